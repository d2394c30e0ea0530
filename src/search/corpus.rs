//! The texts of all documents, as one long row of tokens: they are what an index is made from, not the texts, which nobody
//! need keep.

use std::ops::Range;

use super::Document;
use super::fold::{GAP, Words, word};
use super::gram::FEW;

/// The texts as tokens.
#[derive(Default)]
pub(super) struct Corpus {
    words: Words,
    /// Whether each word is in so few documents that a longer sequence with it would tell nothing more.
    rare: Vec<bool>,
    /// The tokens of all documents; a gap ends each of them.
    pub(super) tokens: Vec<u32>,
    pub(super) documents: Vec<Span>,
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

impl Corpus {
    /// Adds a document.
    pub(super) fn read(&mut self, document: &Document) {
        let start = self.tokens.len();
        self.words.read(&document.title, &mut self.tokens);
        let end = self.tokens.len();
        self.words.read(&document.text, &mut self.tokens);
        let title_end = if document.weighty_title { end } else { start };
        self.documents.push(Span { all: start..self.tokens.len(), title_end });
    }

    /// Looks over all documents, once none is added any more.
    pub(super) fn survey(&mut self) {
        self.tokens.shrink_to_fit();
        self.rare = self.rare_words();
        let marks = (0..self.tokens.len()).step_by(MARK);
        let document = |at| self.documents.partition_point(|span| span.all.end <= at);
        self.marks = marks.map(document).collect();
    }

    /// The number of the document that a place is in.
    pub(super) fn document_at(&self, position: usize) -> usize {
        let from = self.marks[position / MARK];
        let later = self.documents[from..].iter().take_while(|span| span.all.end <= position);
        from + later.count()
    }

    fn rare_words(&self) -> Vec<bool> {
        let mut documents = vec![0; self.words.len()];
        let mut last = vec![usize::MAX; self.words.len()];
        for (number, span) in self.documents.iter().enumerate() {
            for word in self.tokens[span.all.clone()].iter().filter_map(|token| word(*token)) {
                if std::mem::replace(&mut last[word], number) != number {
                    documents[word] += 1;
                }
            }
        }
        documents.into_iter().map(|documents: u32| documents <= FEW).collect()
    }

    /// Whether a token may be part of a sequence with others.
    ///
    /// Rare words may not: most are amounts, each of which would make several entries that are in one document.
    pub(super) fn joins(&self, token: u32) -> bool {
        token != GAP && word(token).is_none_or(|word| !self.rare[word])
    }

    /// Writes a token as it is in the text.
    pub(super) fn write(&self, token: u32, text: &mut String) {
        self.words.write(token, text);
    }
}
