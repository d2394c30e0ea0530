//! Every sequence of tokens that is worth an entry of its own, and the documents it is in.
//!
//! Each token has an entry, and each pair of tokens that are next to each other. A sequence that is in more than a few
//! documents has its continuations as entries too, up to a length. So a phrase of up to that length either is an entry, or
//! begins with one that is in few documents, or is in no document: it is found exactly, if need be after a look at a few texts.

use std::ops::Range;

use super::corpus::{Corpus, GAP};
use super::entries::Entries;
use super::posting::Posting;

/// A sequence that is in no more documents than this has no longer ones, but for the pairs.
pub const FEW: u32 = 10;

/// The most tokens of a sequence.
pub const LONGEST: usize = 4;

/// Finds the sequences that begin with one of a range of tokens.
pub(super) fn grams(corpus: &Corpus, share: &Range<u32>) -> Entries {
    let mut grower = Grower {
        corpus,
        text: String::new(),
        postings: Vec::new(),
        longer: Default::default(),
        entries: Entries::default(),
    };
    let places = corpus.places(share);
    let token = |place: u32| corpus.token(place as usize);
    for group in places.chunk_by(|a, b| token(*a) == token(*b)) {
        let starts: Vec<Start> = group.iter().map(|place| Start::new(GAP, *place)).collect();
        grower.sequence(token(group[0]), &starts, 1, None);
    }
    grower.entries.sort();
    grower.entries
}

/// The last token of a sequence, and below it the place in the texts at which the sequence begins: one number, for millions of
/// them are sorted. There are fewer places than 32 bits count: 16 GB of Chinese.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Start(u64);

impl Start {
    fn new(token: u32, place: u32) -> Self {
        Start(u64::from(token) << 32 | u64::from(place))
    }

    fn token(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn place(self) -> u32 {
        self.0 as u32
    }
}

/// Goes through the sequences depth first. The places of one sequence are sorted by the token that comes next: so those of
/// each longer one are found beside each other, in the order of the documents.
struct Grower<'a> {
    corpus: &'a Corpus,
    /// The sequence, as far as it has been gone into.
    text: String,
    postings: Vec<Posting>,
    /// The places of the sequences that are longer by one, for each length: room that is used again and again.
    longer: [Vec<Start>; LONGEST],
    entries: Entries,
}

impl Grower<'_> {
    /// Keeps a sequence by its last token and the places it is at, and those that begin with it. What comes before the last
    /// token is at `hits` places.
    fn sequence(&mut self, token: u32, starts: &[Start], length: usize, hits: Option<usize>) {
        let corpus = self.corpus;
        let before = self.text.len();
        self.text.push_str(corpus.text(token));
        self.find(starts);
        // The shorter one never occurs but as a part of this one.
        let is_all = hits == Some(starts.len());
        self.entries.add(&self.text, (!is_all).then_some(&self.postings));
        let is_common = length == 1 || self.postings.len() > FEW as usize;
        if length < LONGEST && is_common && corpus.joins(token) {
            let mut longer = std::mem::take(&mut self.longer[length]);
            longer.clear();
            longer.extend(starts.iter().filter_map(|start| {
                let token = corpus.token(start.place() as usize + length);
                corpus.joins(token).then_some(Start::new(token, start.place()))
            }));
            longer.sort_unstable();
            for group in longer.chunk_by(|a, b| a.token() == b.token()) {
                self.sequence(group[0].token(), group, length + 1, Some(starts.len()));
            }
            self.longer[length] = longer;
        }
        self.text.truncate(before);
    }

    /// Finds the documents of places, which ascend.
    fn find(&mut self, starts: &[Start]) {
        self.postings.clear();
        let mut end = 0;
        let mut title_end = 0;
        for start in starts {
            let place = start.place() as usize;
            if place >= end {
                let document = self.corpus.document_at(place);
                let span = &self.corpus.documents[document];
                (end, title_end) = (span.all.end, span.title_end);
                // There are fewer documents than places.
                let document = document as u32;
                self.postings.push(Posting { document, hits: 0, in_title: false });
            }
            if let Some(posting) = self.postings.last_mut() {
                posting.hits += 1;
                posting.in_title |= place < title_end;
            }
        }
    }
}
