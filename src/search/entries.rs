//! The entries of an index, as they are written.

use std::cmp::Ordering;

use super::posting::{self, Posting};

/// Entries, one after the other in one text: there are millions.
#[derive(Default)]
pub(super) struct Entries {
    /// `"清溪":"BAE0",` for each.
    text: String,
    entries: Vec<Entry>,
}

/// Where an entry is in the text.
#[derive(Clone, Copy)]
struct Entry {
    at: u32,
    len: u32,
    /// How long its key is.
    key: u32,
}

/// What stands for a list that is the same as that of the sequence without its last token.
const SAME: &str = "=";

impl Entries {
    /// Adds an entry; without postings it is in the documents that the sequence without its last token is in. Neither a key
    /// nor a list has a sign that JSON escapes.
    pub(super) fn add(&mut self, key: &str, postings: Option<&Vec<Posting>>) {
        let at = self.text.len();
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":\"");
        match postings {
            Some(postings) => posting::write(postings, &mut self.text),
            None => self.text.push_str(SAME),
        }
        self.text.push_str("\",");
        // An index is cut into shares that are far smaller than what 32 bits count.
        let (at, len) = (at as u32, (self.text.len() - at) as u32);
        self.entries.push(Entry { at, len, key: key.len() as u32 });
    }

    /// Sorts the entries by their keys, once there are no more: those of other shares need the room.
    pub(super) fn sort(&mut self) {
        let Entries { text, entries } = self;
        entries.sort_by(|a, b| as_scripts_compare(a.key_in(text), b.key_in(text)));
        text.shrink_to_fit();
        entries.shrink_to_fit();
    }

    /// How long all entries are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The entries: the key of each, and all of it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|entry| (entry.key_in(&self.text), entry.text_in(&self.text)))
    }
}

impl Entry {
    fn text_in(self, text: &str) -> &str {
        &text[self.at as usize..(self.at + self.len) as usize]
    }

    fn key_in(self, text: &str) -> &str {
        let start = self.at as usize + 1;
        &text[start..start + self.key as usize]
    }
}

/// The order of texts in scripts, by their UTF-16 units: what is behind the surrogates comes last.
pub(super) fn as_scripts_compare(a: &str, b: &str) -> Ordering {
    let unit = |c: char| match c {
        '\u{E000}'..='\u{FFFF}' => u32::from(c) + 0x11_0000,
        c => c.into(),
    };
    a.chars().map(unit).cmp(b.chars().map(unit))
}
