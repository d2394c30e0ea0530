//! The texts of all documents, as one long row of tokens: they are what an index is made from, not the texts, which nobody
//! need keep.

use std::ops::Range;

use super::Document;
use super::entries::as_scripts_compare;
use super::fold::{self, Words};
use super::gram::FEW;

/// Stands between two tokens that are not next to each other in the text.
pub(super) const GAP: u32 = 0;

/// A token's number in three bytes: the row of them is the largest thing that an index is made from. That is enough for every
/// character and fifteen million words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token([u8; 3]);

impl Token {
    pub(super) fn new(number: u32) -> Self {
        let [first, second, third, _] = number.to_le_bytes();
        Token([first, second, third])
    }

    pub(super) fn number(self) -> u32 {
        let Token([first, second, third]) = self;
        u32::from_le_bytes([first, second, third, 0])
    }
}

/// The texts as tokens, which are numbered in the order of their texts.
pub(super) struct Corpus {
    /// The tokens of all documents; a gap ends each of them.
    tokens: Vec<Token>,
    pub(super) documents: Vec<Span>,
    /// What each token is in the texts.
    texts: Vec<Box<str>>,
    /// At how many places each token is.
    counts: Vec<u32>,
    /// Whether each token is in a sequence with others.
    joins: Vec<bool>,
    /// The document at every so many tokens, to find that of a place.
    marks: Vec<usize>,
}

/// How many tokens there are between two marks.
const MARK: usize = 256;

/// Where a document is among the tokens.
pub(super) struct Span {
    /// All of its tokens.
    pub(super) all: Range<usize>,
    /// Where its title ends.
    pub(super) title_end: usize,
}

/// Documents, as they are read one by one.
#[derive(Default)]
pub(super) struct Reader {
    words: Words,
    tokens: Vec<Token>,
    documents: Vec<Span>,
}

impl Reader {
    /// Adds a document.
    pub(super) fn read(&mut self, document: &Document) {
        let start = self.tokens.len();
        self.words.read(&document.title, &mut self.tokens);
        let end = self.tokens.len();
        self.words.read(&document.text, &mut self.tokens);
        let title_end = if document.weighty_title { end } else { start };
        self.documents.push(Span { all: start..self.tokens.len(), title_end });
    }

    /// The corpus of the documents read.
    pub(super) fn corpus(self) -> Corpus {
        let Reader { words, mut tokens, documents } = self;
        tokens.shrink_to_fit();
        let texts = number(&words, &mut tokens);
        let marks = (0..tokens.len()).step_by(MARK);
        let document = |at| documents.partition_point(|span: &Span| span.all.end <= at);
        let marks = marks.map(document).collect();
        let mut counts = vec![0; texts.len()];
        tokens.iter().for_each(|token| counts[token.number() as usize] += 1);
        let rare = rare(&tokens, &documents, texts.len());
        // Most rare words are amounts, each of which would make several entries that are in one document.
        let joins = texts.iter().zip(rare).enumerate().map(|(token, (text, is_rare))| {
            token as u32 != GAP && (!is_rare || text.starts_with(fold::is_han))
        });
        Corpus { joins: joins.collect(), tokens, documents, texts, counts, marks }
    }
}

/// Numbers tokens in the order of their texts, and gives the texts by number; that of the gap is empty.
fn number(words: &Words, tokens: &mut [Token]) -> Vec<Box<str>> {
    let mut occurs = vec![false; words.end()];
    occurs[GAP as usize] = true;
    tokens.iter().for_each(|token| occurs[token.number() as usize] = true);
    let known = (0..).zip(occurs).filter(|(_, occurs)| *occurs);
    let mut texts: Vec<(Box<str>, u32)> =
        known.map(|(token, _)| (words.text(token), token)).collect();
    texts.sort_by(|(a, _), (b, _)| as_scripts_compare(a, b));
    let mut numbers = vec![GAP; words.end()];
    for (number, (_, token)) in (0..).zip(&texts) {
        numbers[*token as usize] = number;
    }
    tokens.iter_mut().for_each(|token| *token = Token::new(numbers[token.number() as usize]));
    texts.into_iter().map(|(text, _)| text).collect()
}

/// Whether each token is in so few documents that a longer sequence with it would tell nothing more.
fn rare(tokens: &[Token], documents: &[Span], known: usize) -> impl Iterator<Item = bool> {
    let mut numbers = vec![0; known];
    let mut last = vec![usize::MAX; known];
    for (document, span) in documents.iter().enumerate() {
        for token in tokens[span.all.clone()].iter().map(|token| token.number() as usize) {
            if std::mem::replace(&mut last[token], document) != document {
                numbers[token] += 1;
            }
        }
    }
    numbers.into_iter().map(|documents: u32| documents <= FEW)
}

impl Corpus {
    /// The tokens in ranges of about the same number of places. Those whose texts begin with the same sign are in one range:
    /// so what begins with them is sorted if each range is.
    pub(super) fn shares(&self, shares: usize) -> Vec<Range<u32>> {
        let tokens = 1..self.texts.len();
        let total: usize = tokens.clone().map(|token| self.counts[token] as usize).sum();
        let sign = |token: usize| self.texts[token].chars().next();
        let mut ranges = Vec::new();
        let (mut start, mut count) = (1, 0);
        for token in tokens {
            count += self.counts[token] as usize;
            let is_last = token + 1 == self.texts.len();
            if is_last || (count * shares >= total && sign(token) != sign(token + 1)) {
                ranges.push(start as u32..token as u32 + 1);
                (start, count) = (token + 1, 0);
            }
        }
        ranges
    }

    /// The places of a range of tokens: token by token, and those of each in the order of the texts.
    pub(super) fn places(&self, share: &Range<u32>) -> Vec<u32> {
        let counts = &self.counts[share.start as usize..share.end as usize];
        let mut next: Vec<u32> = Vec::with_capacity(counts.len());
        let mut total = 0;
        for count in counts {
            next.push(total);
            total += count;
        }
        let mut places = vec![0; total as usize];
        for (place, token) in (0..).zip(&self.tokens) {
            let token = token.number();
            if share.contains(&token) {
                let next = &mut next[(token - share.start) as usize];
                places[*next as usize] = place;
                *next += 1;
            }
        }
        places
    }

    /// The token at a place.
    pub(super) fn token(&self, place: usize) -> u32 {
        self.tokens[place].number()
    }

    /// The number of the document that a place is in.
    pub(super) fn document_at(&self, place: usize) -> usize {
        let from = self.marks[place / MARK];
        let later = self.documents[from..].iter().take_while(|span| span.all.end <= place);
        from + later.count()
    }

    /// Whether a token may be part of a sequence with others.
    pub(super) fn joins(&self, token: u32) -> bool {
        self.joins[token as usize]
    }

    /// A token as it is in the texts.
    pub(super) fn text(&self, token: u32) -> &str {
        &self.texts[token as usize]
    }
}
