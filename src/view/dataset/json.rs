//! Data as JSON.

use serde::Serialize;
use serde_json::Value;

use super::list::List;

/// A file of data: an object.
pub struct Json<'a> {
    /// What is said of all: the first fields of the file.
    pub head: Value,
    /// Lists with the names of their fields, the last of the file: JSON, a comma and the end of a line before each entry.
    pub lists: Vec<(&'static str, List<'a, u8>)>,
}

impl<'a> Json<'a> {
    /// A file that says something of all, and has no lists yet.
    pub(in crate::view) fn new(head: Value) -> Self {
        Json { head, lists: Vec::new() }
    }

    /// The file with a list that is made in so many parts, each of [entries](entry).
    pub(super) fn with(
        mut self,
        name: &'static str,
        parts: usize,
        make: impl Fn(usize, &mut Vec<u8>) + Send + Sync + 'a,
    ) -> Self {
        self.lists.push((name, List::new(parts, make)));
        self
    }

    /// All of it, for who looks at it.
    pub fn to_value(&self) -> Value {
        let mut file = self.head.clone();
        for (name, list) in &self.lists {
            let entries = list.all();
            let entries = [b"[", entries.get(1..).unwrap_or_default(), b"]"].concat();
            file[*name] = serde_json::from_slice(&entries).unwrap_or_default();
        }
        file
    }
}

/// Adds an entry to a list.
pub(super) fn entry(list: &mut Vec<u8>, entry: &impl Serialize) {
    list.extend_from_slice(b",\n");
    // Data have text keys, and a buffer in memory always takes more.
    let _ = serde_json::to_writer(list, entry);
}
