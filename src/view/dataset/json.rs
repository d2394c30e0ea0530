//! Data as JSON.

use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::list::List;

/// A file of data: an object.
pub struct Json<'a> {
    /// What is said of all: the first fields of the file.
    pub head: Value,
    /// Lists with the names of their fields, the last of the file.
    pub lists: Vec<(&'static str, List<'a, Box<RawValue>>)>,
}

impl<'a> Json<'a> {
    /// A file that says something of all, and has no lists yet.
    pub(in crate::view) fn new(head: Value) -> Self {
        Json { head, lists: Vec::new() }
    }

    /// The file with a list.
    pub(super) fn with<T: Serialize + Send + 'a>(
        mut self,
        name: &'static str,
        list: List<'a, T>,
    ) -> Self {
        // Data have text keys, and so can always be written.
        let raw = |entry| to_raw_value(&entry).unwrap_or_default();
        self.lists.push((name, list.map(raw)));
        self
    }

    /// All of it, for who looks at it.
    pub fn to_value(&self) -> Value {
        let mut file = self.head.clone();
        for (name, list) in &self.lists {
            let read = |entry: Box<RawValue>| -> Value {
                serde_json::from_str(entry.get()).unwrap_or_default()
            };
            file[*name] = list.all().into_iter().map(read).collect();
        }
        file
    }
}
