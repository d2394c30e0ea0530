//! The index of the search: from the texts of the site's pages to files of which a query loads only a few.
//!
//! All files are scripts that hand their data to one function, because pages that were opened from a disk may load scripts but
//! nothing else. The manifest says which shard holds which entries; a shard holds the lists of documents of its entries; a block
//! holds the texts of some documents, to check long phrases in and to show.

mod corpus;
mod fold;
mod gram;
mod posting;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::json;

use self::corpus::Corpus;
pub use self::gram::{FEW, LONGEST};
use self::gram::{Gram, grams};
use self::posting::Posting;

/// A page as search sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Where the page is.
    pub route: String,
    /// The kind of page, the first of the facets.
    pub kind: &'static str,
    /// The page's title.
    pub title: String,
    /// The title's language, if it is not that of the locale.
    pub lang: Option<String>,
    /// The day it was published, as it is printed.
    pub date: String,
    /// What the page says, a line a paragraph.
    pub text: String,
    /// Whether a hit in the title counts more than others.
    pub weighty_title: bool,
    /// What the page can be filtered by: `("town", "nanshan")`.
    pub facets: Vec<(&'static str, String)>,
}

/// The index of a locale.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// How many documents there are.
    documents: usize,
    entries: Vec<Gram>,
    /// Where each shard begins among the entries.
    shards: Vec<usize>,
    /// How many documents are in a block.
    block: usize,
    /// Tells one index from another, so that no cache mixes the files of two.
    version: String,
}

impl Index {
    /// Indexes documents, the oldest first, with so many threads, for so many shards and blocks of so many documents.
    pub fn new(
        documents: impl Iterator<Item = Document>,
        threads: usize,
        shards: usize,
        block: usize,
    ) -> Self {
        let mut corpus = Corpus::default();
        let mut facets = Facets::default();
        let mut version = blake3::Hasher::new();
        for document in documents {
            version.update(document.route.as_bytes()).update(document.text.as_bytes());
            corpus.read(&document);
            facets.read(&document);
        }
        corpus.survey();
        let mut entries = gather(&corpus, threads);
        entries.extend(facets.entries());
        entries.sort_by(|a, b| as_scripts_compare(&a.text, &b.text));
        for entry in &entries {
            version.update(entry.text.as_bytes()).update(entry.postings.as_bytes());
        }
        let version = version.finalize().to_hex()[..8].to_owned();
        let shards = cut(&entries, shards);
        Index { documents: corpus.documents.len(), entries, shards, block, version }
    }

    /// What a search must know before it loads anything else.
    pub fn manifest(&self) -> String {
        let start = |at: &usize| self.entries.get(*at).map_or("\u{FFFF}", |entry| &entry.text);
        let manifest = json!({
            "version": self.version,
            "documents": self.documents,
            "block": self.block,
            "few": FEW,
            "longest": LONGEST,
            "starts": self.shards.iter().map(start).collect::<Vec<_>>(),
        });
        script("manifest", &manifest.to_string())
    }

    /// The lists of a shard.
    pub fn shard(&self, number: usize) -> String {
        let from = self.shards[number];
        let to = self.shards.get(number + 1).copied().unwrap_or(self.entries.len());
        let mut lists = String::from("{");
        for (at, entry) in self.entries[from..to].iter().enumerate() {
            // Neither an entry nor a list has a sign that JSON escapes.
            let comma = if at > 0 { "," } else { "" };
            let _ = write!(lists, "{comma}\"{}\":\"{}\"", entry.text, entry.postings);
        }
        lists.push('}');
        script(&format!("shards/{number}"), &lists)
    }
}

/// The documents of a block as they are shown.
pub fn texts(number: usize, documents: impl Iterator<Item = Document>) -> String {
    let texts: Vec<_> = documents.map(text).collect();
    script(&format!("texts/{number}"), &json!(texts).to_string())
}

fn text(document: Document) -> serde_json::Value {
    let facets: Vec<_> =
        document.facets.iter().map(|(facet, value)| format!("{facet}:{value}")).collect();
    let Document { route, title, date, text, lang, .. } = document;
    json!([route, title, text, date, facets.join(" "), lang.unwrap_or_default()])
}

fn script(name: &str, data: &str) -> String {
    format!("gongbaoSearch(\"{name}\",{data});\n")
}

/// All sequences of the texts, each thread finding a share of them.
///
/// The threads are not those of rayon: one that waits for its share might begin another file of the index, and wait for itself.
fn gather(corpus: &Corpus, threads: usize) -> Vec<Gram> {
    let threads = u32::try_from(threads).unwrap_or(1).max(1);
    let shares = (threads * SHARES_PER_THREAD).next_power_of_two();
    let some = move |thread| (thread..shares).step_by(threads as usize);
    let find = move |thread| {
        some(thread).flat_map(|share| grams(corpus, share, shares)).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let handles: Vec<_> =
            (1..threads).map(|thread| scope.spawn(move || find(thread))).collect();
        let mut all = find(0);
        for handle in handles {
            match handle.join() {
                Ok(share) => all.extend(share),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

/// How many shares each thread finds the sequences of at least, one after the other: the places of one share are in memory at
/// once.
const SHARES_PER_THREAD: u32 = 4;

/// What pages can be filtered by.
#[derive(Default)]
struct Facets {
    lists: BTreeMap<String, Vec<Posting>>,
    /// How many documents were read.
    documents: u32,
}

impl Facets {
    fn read(&mut self, document: &Document) {
        let number = self.documents;
        for (facet, value) in &document.facets {
            let list = self.lists.entry(format!(":{facet}:{value}")).or_default();
            if list.last().is_none_or(|last| last.document != number) {
                list.push(Posting { document: number, hits: 1, in_title: false });
            }
        }
        self.documents += 1;
    }

    /// The lists as entries that no text can have: `:town:nanshan`.
    fn entries(self) -> impl Iterator<Item = Gram> {
        let gram =
            |(text, list): (String, Vec<Posting>)| Gram { text, postings: posting::write(&list) };
        self.lists.into_iter().map(gram)
    }
}

/// The order of texts by their UTF-16 units. It differs from that of their bytes only for what is behind the surrogates.
fn as_scripts_compare(a: &str, b: &str) -> Ordering {
    let is_behind = |text: &str| text.bytes().any(|byte| byte >= 0xEE);
    if is_behind(a) || is_behind(b) { a.encode_utf16().cmp(b.encode_utf16()) } else { a.cmp(b) }
}

/// Where shards of about the same size begin.
fn cut(entries: &[Gram], shards: usize) -> Vec<usize> {
    // With the quotes, the colon and the comma.
    let size = |entry: &Gram| entry.text.len() + entry.postings.len() + 6;
    let total: usize = entries.iter().map(size).sum();
    let mut starts = vec![0];
    let mut written = 0;
    for (at, entry) in entries.iter().enumerate() {
        written += size(entry);
        while starts.len() < shards && written * shards >= total * starts.len() {
            starts.push(at + 1);
        }
    }
    starts.resize(shards.max(1), entries.len());
    starts
}
