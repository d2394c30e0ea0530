//! Every sequence of tokens that is worth an entry of its own, and the documents it is in.
//!
//! Each token has an entry, and each pair of tokens that are next to each other. A sequence that is in more than a few
//! documents has its continuations as entries too, up to a length. So a phrase of up to that length either is an entry, or
//! begins with one that is in few documents, or is in no document: it is found exactly, if need be after a look at a few texts.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// Finds the sequences that begin with one of a share of the tokens, of so many shares.
pub(super) fn grams(corpus: &Corpus, share: u32, shares: u32) -> Vec<Gram> {
    let mut grower = Grower { corpus, nodes: Vec::new(), children: HashMap::default() };
    let mut ends = grower.plant(share, shares);
    for length in 2..=LONGEST {
        grower.lengthen(&mut ends, length);
    }
    grower.grams()
}

/// What stands for a list that is the same as that of the sequence without its last token.
const SAME: &str = "=";

/// The sequences as a tree: each is its parent and one token more.
struct Grower<'a> {
    corpus: &'a Corpus,
    nodes: Vec<Node>,
    children: HashMap<(u32, u32), u32, BuildHasherDefault<PairHasher>>,
}

struct Node {
    parent: u32,
    token: u32,
    /// In how many documents it is.
    documents: u32,
    /// How often it occurs in all.
    hits: u32,
    /// The last document it is in.
    last: Posting,
    /// The documents before that: gaps and occurrences as numbers of variable length.
    before: Vec<u8>,
}

/// A place in the texts at which a sequence begins. There are fewer places than a number of 32 bits counts: 16 GB of Chinese.
struct Start {
    position: u32,
    document: u32,
    node: u32,
}

const ROOT: u32 = u32::MAX;

impl Grower<'_> {
    /// Counts the single tokens of a share.
    fn plant(&mut self, share: u32, shares: u32) -> Vec<Start> {
        let corpus = self.corpus;
        let mut starts = Vec::new();
        for (document, span) in (0..).zip(&corpus.documents) {
            for position in span.all.clone() {
                let token = corpus.tokens[position];
                if token != GAP && token % shares == share {
                    let node = self.child(ROOT, token);
                    self.count(node, document, position < span.title_end);
                    if corpus.joins(token) {
                        starts.push(Start { position: position as u32, document, node });
                    }
                }
            }
        }
        starts
    }

    /// Lengthens the sequences that are in many documents, and all single tokens, to a length.
    fn lengthen(&mut self, starts: &mut Vec<Start>, length: u32) {
        let corpus = self.corpus;
        // The counts of the shorter ones are complete; those of the longer ones are made here.
        starts.retain_mut(|start| {
            let is_rare = self.nodes[start.node as usize].documents <= FEW;
            let token = corpus.tokens[(start.position + length - 1) as usize];
            if !corpus.joins(token) || (length > 2 && is_rare) {
                return false;
            }
            start.node = self.child(start.node, token);
            let title_end = corpus.documents[start.document as usize].title_end;
            self.count(start.node, start.document, (start.position as usize) < title_end);
            true
        });
    }

    fn child(&mut self, parent: u32, token: u32) -> u32 {
        let nodes = &mut self.nodes;
        *self.children.entry((parent, token)).or_insert_with(|| {
            let last = Posting { document: 0, hits: 0, in_title: false };
            nodes.push(Node { parent, token, documents: 0, hits: 0, last, before: Vec::new() });
            (nodes.len() - 1) as u32
        })
    }

    fn count(&mut self, node: u32, document: u32, in_title: bool) {
        let node = &mut self.nodes[node as usize];
        if node.documents == 0 || node.last.document != document {
            node.keep_last();
            node.documents += 1;
            node.last = Posting { document, hits: 0, in_title: false };
        }
        node.hits += 1;
        node.last.hits += 1;
        node.last.in_title |= in_title;
    }

    fn grams(self) -> Vec<Gram> {
        let mut postings = Vec::new();
        let gram = |node: &Node| {
            let text = self.text(node);
            if self.nodes.get(node.parent as usize).is_some_and(|parent| node.is_all_of(parent)) {
                return Gram { text, postings: SAME.into() };
            }
            postings.clear();
            node.postings(&mut postings);
            Gram { text, postings: posting::write(&postings) }
        };
        self.nodes.iter().map(gram).collect()
    }

    fn text(&self, node: &Node) -> String {
        let mut text = match node.parent {
            ROOT => String::new(),
            parent => self.text(&self.nodes[parent as usize]),
        };
        self.corpus.write(node.token, &mut text);
        text
    }
}

impl Node {
    /// Whether the shorter sequence never occurs but as a part of this one.
    fn is_all_of(&self, shorter: &Node) -> bool {
        self.hits == shorter.hits
    }

    fn keep_last(&mut self) {
        if self.last.hits > 0 {
            write_number(&mut self.before, self.last.document);
            write_number(&mut self.before, self.last.hits << 1 | u32::from(self.last.in_title));
        }
    }

    fn postings(&self, postings: &mut Vec<Posting>) {
        let mut bytes = self.before.iter();
        while let Some(document) = read_number(&mut bytes) {
            let occurrence = read_number(&mut bytes).unwrap_or_default();
            let in_title = occurrence & 1 == 1;
            postings.push(Posting { document, hits: occurrence >> 1, in_title });
        }
        postings.push(self.last);
    }
}

/// Writes a number, seven bits to a byte.
fn write_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        bytes.push(0x80 | (number & 0x7F) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number<'a>(bytes: &mut impl Iterator<Item = &'a u8>) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
}

/// A hasher for pairs of small numbers: the map is asked millions of times, and nobody can choose its keys to harm it.
#[derive(Default)]
struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32((*byte).into());
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(26) ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
