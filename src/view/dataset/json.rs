//! Data as JSON: a list may be long, so each of its entries is written at once and not kept as a tree.

use rayon::prelude::*;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// A file of data.
#[derive(Debug, Clone)]
pub struct Json {
    /// What is said of all: an object.
    head: Value,
    /// A list with the name of its field, the last of the file.
    list: Option<(&'static str, Vec<Box<RawValue>>)>,
}

impl Json {
    /// A file with a list of `count` entries.
    pub(super) fn list<T: Serialize>(
        head: Value,
        name: &'static str,
        count: usize,
        entry: impl Fn(usize) -> T + Sync,
    ) -> Self {
        // Data have text keys, and so can always be written.
        let raw = |at| serde_json::value::to_raw_value(&entry(at)).unwrap_or_default();
        Json { head, list: Some((name, (0..count).into_par_iter().map(raw).collect())) }
    }
}

impl From<Value> for Json {
    fn from(head: Value) -> Self {
        Json { head, list: None }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.head.as_object().into_iter().flatten() {
            map.serialize_entry(key, value)?;
        }
        if let Some((name, entries)) = &self.list {
            map.serialize_entry(name, entries)?;
        }
        map.end()
    }
}
