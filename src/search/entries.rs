//! The entries of an index, and how they are cut into shards.

use super::posting::Written;

/// A word, a sequence or a facet, and the documents it is in.
pub(super) struct Entry {
    key: Box<str>,
    /// The beginning of the key, to sort by: its first four units.
    units: u64,
    list: Written,
    /// Whether the list is that of the sequence without the last token.
    is_same: bool,
}

/// Some entries that are next to each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Shard {
    /// The first key; none of a shard without entries.
    pub(super) start: Option<String>,
    /// The entries as they are written, `"清溪":"BAE0"`, with a comma behind each.
    pub(super) lists: Box<str>,
}

/// What stands for a list that is the same as that of the sequence without its last token.
const SAME: &str = "=";

impl Entry {
    /// The entry of a token, or of the sequence that is longer by it than that of another entry.
    pub(super) fn new(token: &str, list: Written, shorter: Option<&Entry>) -> Self {
        let key = shorter.map(|shorter| &*shorter.key).unwrap_or_default();
        let key: Box<str> = [key, token].concat().into();
        let first = key.encode_utf16().chain([0; 4]).take(4);
        let units = first.fold(0, |units, unit| units << 16 | u64::from(unit));
        let is_same = shorter.is_some_and(|shorter| shorter.list == list);
        Entry { key, units, list, is_same }
    }

    /// About how long it is when it is written.
    fn len(&self) -> usize {
        let list = if self.is_same { SAME.len() } else { self.list.len() };
        self.key.len() + list + "\"\":\"\",".len()
    }

    /// Neither a key nor a list has a sign that JSON escapes.
    fn write(&self, text: &mut String) {
        text.push('"');
        text.push_str(&self.key);
        text.push_str("\":\"");
        if self.is_same {
            text.push_str(SAME);
        } else {
            self.list.write(text);
        }
        text.push_str("\",");
    }
}

/// Shards of about the same size, with the entries in the order of texts in scripts: by their UTF-16 units.
pub(super) fn cut(mut entries: Vec<Entry>, shards: usize) -> Vec<Shard> {
    entries.sort_unstable_by(|a, b| {
        let all = || a.key.encode_utf16().cmp(b.key.encode_utf16());
        a.units.cmp(&b.units).then_with(all)
    });
    let total: usize = entries.iter().map(Entry::len).sum();
    let mut cut = Vec::with_capacity(shards);
    let mut start = None;
    let (mut lists, mut written) = (String::new(), 0);
    for entry in entries {
        if written * shards >= total * (cut.len() + 1) {
            cut.push(Shard { start: start.take(), lists: lists.as_str().into() });
            lists.clear();
        }
        written += entry.len();
        start.get_or_insert_with(|| entry.key.to_string());
        entry.write(&mut lists);
    }
    cut.push(Shard { start, lists: lists.into() });
    cut.resize(shards.max(1), Shard::default());
    cut
}
