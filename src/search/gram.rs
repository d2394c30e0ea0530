//! Every sequence of tokens that is worth an entry of its own, and the documents it is in.
//!
//! Each token has an entry, and each pair of tokens that are next to each other. A sequence that is in more than a few
//! documents has its continuations as entries too, up to a length. So a phrase of up to that length either is an entry, or
//! begins with one that is in few documents, or is in no document: it is found exactly, if need be after a look at a few texts.

use super::corpus::Corpus;
use super::fold::GAP;
use super::posting::{self, Posting};

/// A sequence that is in no more documents than this has no longer ones, but for the pairs.
pub const FEW: u32 = 10;

/// The most tokens of a sequence.
pub const LONGEST: u32 = 4;

/// A sequence and the list of its documents, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gram {
    pub(super) text: String,
    pub(super) postings: String,
}

/// Finds the sequences that begin with one of a share of the tokens, of so many shares: a power of two.
pub(super) fn grams(corpus: &Corpus, share: u32, shares: u32) -> Vec<Gram> {
    let places = (0_u32..).zip(&corpus.tokens);
    let mut starts: Vec<Start> = places
        .filter(|(_, token)| **token != GAP && **token & (shares - 1) == share)
        .map(|(position, token)| Start::new(*token, position))
        .collect();
    let mut grower =
        Grower { corpus, text: String::new(), postings: Vec::new(), grams: Vec::new() };
    grower.part(&mut starts, 1, None);
    grower.grams
}

/// What stands for a list that is the same as that of the sequence without its last token.
const SAME: &str = "=";

/// The last token of a sequence, and below it the place in the texts at which the sequence begins: one number, for millions of
/// them are sorted. There are fewer places than 32 bits count: 16 GB of Chinese.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Start(u64);

impl Start {
    fn new(token: u32, position: u32) -> Self {
        Start(u64::from(token) << 32 | u64::from(position))
    }

    fn token(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn position(self) -> u32 {
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
    grams: Vec<Gram>,
}

impl Grower<'_> {
    /// Parts places by the last token of their sequences of a length; `hits` of them have what comes before it.
    fn part(&mut self, starts: &mut [Start], length: u32, hits: Option<usize>) {
        starts.sort_unstable();
        for group in starts.chunk_by(|a, b| a.token() == b.token()) {
            self.sequence(group, length, hits);
        }
    }

    /// Keeps a sequence by the places it is at, and those that begin with it.
    fn sequence(&mut self, starts: &[Start], length: u32, hits: Option<usize>) {
        let corpus = self.corpus;
        let Some(token) = starts.first().map(|start| start.token()) else { return };
        let before = self.text.len();
        corpus.write(token, &mut self.text);
        self.find(starts);
        // The shorter one never occurs but as a part of this one.
        let is_all = hits == Some(starts.len());
        let postings = if is_all { SAME.into() } else { posting::write(&self.postings) };
        self.grams.push(Gram { text: self.text.clone(), postings });
        let is_common = length == 1 || self.postings.len() > FEW as usize;
        if length < LONGEST && is_common && corpus.joins(token) {
            let mut longer = Vec::with_capacity(starts.len());
            longer.extend(starts.iter().filter_map(|start| {
                let token = corpus.tokens[(start.position() + length) as usize];
                corpus.joins(token).then_some(Start::new(token, start.position()))
            }));
            self.part(&mut longer, length + 1, Some(starts.len()));
        }
        self.text.truncate(before);
    }

    /// Finds the documents of places, which ascend.
    fn find(&mut self, starts: &[Start]) {
        self.postings.clear();
        for start in starts {
            let position = start.position() as usize;
            let document = self.corpus.document_at(position);
            let in_title = position < self.corpus.documents[document].title_end;
            // There are fewer documents than places.
            let document = document as u32;
            match self.postings.last_mut().filter(|last| last.document == document) {
                Some(last) => {
                    last.hits += 1;
                    last.in_title |= in_title;
                }
                None => self.postings.push(Posting { document, hits: 1, in_title }),
            }
        }
    }
}
