//! Open data as bytes.

use serde::Serialize;

use crate::view::FiguresFile;

/// The figures as JSON, an entry a line, so that it is small and its changes are easily seen.
pub(super) fn figures(file: &FiguresFile) -> Vec<u8> {
    let mut lists = Lists { json: Vec::with_capacity(file.figures.len() * 300 + 4096) };
    lists.add("{\"schema\": ", &file.schema);
    lists.add(", \"as_of\": ", &file.as_of);
    lists.add(", \"known_by\": ", &file.known_by);
    lists.add(", \"issue\": ", &file.issue);
    lists.list("figures", &file.figures);
    lists.list("lights", &file.lights);
    lists.list("rankings", &file.rankings);
    if !file.quoted.is_empty() {
        lists.list("quoted", &file.quoted);
    }
    lists.json.extend_from_slice(b"}\n");
    lists.json
}

/// JSON in the making: an object of lists.
struct Lists {
    json: Vec<u8>,
}

impl Lists {
    /// Adds a value behind its key.
    fn add(&mut self, key: &str, value: &impl Serialize) {
        self.json.extend_from_slice(key.as_bytes());
        // Views are plain data with text keys, and a buffer in memory always takes more.
        let _ = serde_json::to_writer(&mut self.json, value);
    }

    /// Adds a list, an entry a line.
    fn list(&mut self, key: &str, entries: &[impl Serialize]) {
        self.json.extend_from_slice(format!(",\n\"{key}\": [").as_bytes());
        for (position, entry) in entries.iter().enumerate() {
            self.add(if position == 0 { "\n" } else { ",\n" }, entry);
        }
        self.json.extend_from_slice(b"]");
    }
}
