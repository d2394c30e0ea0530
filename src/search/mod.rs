//! The index of the search: from the texts of the site's pages to files of which a query loads only a few.
//!
//! All files are scripts that hand their data to one function, because pages that were opened from a disk may load scripts but
//! nothing else. The manifest says which shard holds which entries; a shard holds the lists of documents of its entries; a block
//! holds the texts of some documents, to check long phrases in and to show.

mod entries;
mod fold;
mod gram;
mod posting;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::{self, ScopedJoinHandle};

use blake3::Hasher;
use serde_json::json;

use self::entries::{Entry, Shard, cut};
pub use self::gram::{FEW, LONGEST};
use self::gram::{Reader, Sequences, Tokens};
use self::posting::{List, Place};
use crate::source::ContentHash;

/// The most threads that an index is made by, besides the one that reads.
const MOST_PARTS: usize = 4;

/// How many documents a thread gets at once: a batch.
const BATCH: usize = 128;

/// How many batches may wait for a thread.
const BATCHES_AHEAD: usize = 4;

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

impl Document {
    /// Adds all of the document to a hash.
    fn hash(&self, hasher: &mut Hasher) {
        let Document { route, kind, title, lang, date, text, weighty_title, facets } = self;
        let lang = lang.as_deref().unwrap_or_default();
        let own = [route, *kind, title, lang, date, text];
        let by_facet = facets.iter().flat_map(|(facet, value)| [*facet, value]);
        hasher.update(&[u8::from(*weighty_title)]);
        hasher.update(&(facets.len() as u64).to_le_bytes());
        for part in own.into_iter().chain(by_facet) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
    }
}

/// The hash of documents: the same ones in the same order make the same files.
pub fn hash(documents: impl Iterator<Item = Document>) -> ContentHash {
    let mut hasher = Hasher::new();
    documents.for_each(|document| document.hash(&mut hasher));
    hasher.finalize().into()
}

/// The index of a locale.
#[derive(Debug, Clone)]
pub struct Index {
    /// How many documents there are.
    documents: usize,
    shards: Vec<Shard>,
    /// How many documents are in a block.
    block: usize,
    /// Tells one index from another, so that no cache mixes the files of two.
    version: String,
    hash: ContentHash,
}

impl Index {
    /// Indexes documents, the oldest first, for so many shards and blocks of so many documents.
    pub fn new(documents: impl Iterator<Item = Document>, shards: usize, block: usize) -> Self {
        let mut reader = Reader::default();
        let mut facets = Facets::default();
        let mut version = Hasher::new();
        let read = documents.map(|document| {
            document.hash(&mut version);
            facets.read(&document);
            reader.read(&document)
        });
        let parts = grown(read);
        let hash = version.finalize().into();
        let documents = facets.documents as usize;
        let (mut entries, words) = reader.entries();
        entries.extend(parts.into_iter().flat_map(|part| part.entries(&words)));
        entries.extend(facets.entries());
        let shards = cut(entries, shards);
        for shard in &shards {
            version.update(shard.lists.as_bytes());
        }
        let version = version.finalize().to_hex()[..8].to_owned();
        Index { documents, shards, block, version, hash }
    }

    /// The hash of the documents, as [`hash`] has it.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// What a search must know before it loads anything else.
    pub fn manifest(&self) -> String {
        let start = |shard: &Shard| shard.start.clone().unwrap_or_else(|| "\u{FFFF}".into());
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
        let lists = self.shards[number].lists.trim_end_matches(',');
        script(&format!("shards/{number}"), &format!("{{{lists}}}"))
    }
}

/// The sequences of documents, in as many parts as there are threads to make them: threads of their own, for the reason that
/// [`side_by_side`](crate::side_by_side) tells.
fn grown(documents: impl Iterator<Item = Tokens>) -> Vec<Sequences> {
    let parts = rayon::current_num_threads().min(MOST_PARTS) as u32;
    if parts == 1 {
        let mut whole = Sequences::of_part(0, 1);
        documents.for_each(|document| whole.read(&document));
        return vec![whole];
    }
    thread::scope(|scope| {
        let grow = |part| {
            let (sender, receiver) = sync_channel::<Arc<[Tokens]>>(BATCHES_AHEAD);
            let grow = move || {
                let mut sequences = Sequences::of_part(part, parts);
                for batch in receiver {
                    batch.iter().for_each(|document| sequences.read(document));
                }
                sequences
            };
            (sender, scope.spawn(grow))
        };
        let (senders, growing): (Vec<_>, Vec<_>) = (0..parts).map(grow).unzip();
        let mut documents = documents.peekable();
        while documents.peek().is_some() {
            let batch: Arc<[Tokens]> = documents.by_ref().take(BATCH).collect();
            // A thread that has ended has panicked, which is told when it is joined.
            senders.iter().for_each(|sender| _ = sender.send(Arc::clone(&batch)));
        }
        drop(senders);
        let joined = growing.into_iter().map(ScopedJoinHandle::join);
        joined.map(|sequences| sequences.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
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

/// What pages can be filtered by.
#[derive(Default)]
struct Facets {
    lists: BTreeMap<String, List>,
    /// How many documents were read.
    documents: u32,
}

impl Facets {
    fn read(&mut self, document: &Document) {
        for (facet, value) in document.facets.iter().collect::<BTreeSet<_>>() {
            let list = self.lists.entry(format!("#{facet}:{value}")).or_default();
            list.add(Place::new(self.documents, false));
        }
        self.documents += 1;
    }

    /// The lists as entries that no text can have, `#town:nanshan`.
    fn entries(self) -> impl Iterator<Item = Entry> {
        self.lists.into_iter().map(|(key, list)| Entry::new(&key, list.finish(), None))
    }
}
