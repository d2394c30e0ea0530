//! From a place to a line and a column, found only when a problem is shown.

mod tree;

use std::cell::OnceCell;
use std::ops::Range;

use self::tree::Tree;
use super::{At, Step};

/// Where something stands in a file: in bytes, and in lines and columns counted from 1. The end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// The first byte.
    pub(super) start: usize,
    /// The byte behind the last.
    pub(super) end: usize,
    /// The line of the first character.
    pub(super) line: usize,
    /// The column of the first character, in characters.
    pub(super) column: usize,
    /// The line of the end.
    pub(super) end_line: usize,
    /// The column behind the last character.
    pub(super) end_column: usize,
}

/// The text of a file, in which places are found.
pub(super) struct SourceText {
    text: String,
    /// Where the text begins behind a byte-order mark.
    start: usize,
    line_starts: Vec<usize>,
    yaml: Range<usize>,
    tree: OnceCell<Tree>,
}

impl SourceText {
    /// The text of a file's bytes.
    pub(super) fn new(path: &str, bytes: &[u8]) -> Self {
        let text = lossy(bytes);
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let behind_newlines = text.match_indices('\n').map(|(newline, _)| newline + 1);
        let line_starts = std::iter::once(start).chain(behind_newlines).collect();
        let yaml =
            if path.ends_with(".md") { front_matter(&text, start) } else { start..text.len() };
        SourceText { text, start, line_starts, yaml, tree: OnceCell::new() }
    }

    /// Where a part of the file stands; `None` for the file as a whole.
    pub(super) fn span(&self, at: &At) -> Option<Span> {
        let range = match at {
            At::File => return None,
            At::Bytes(bytes) => bytes.start..bytes.end,
            At::Value(path) => self.value(path),
            At::Key(path) => self.key(path),
            At::Inside(path, within) => self.inside(path, &(within.start..within.end)),
        };
        Some(self.to_span(&range))
    }

    /// A line by its number from 1, without its line end.
    pub(super) fn line(&self, number: usize) -> &str {
        let start = self.line_starts.get(number - 1).copied().unwrap_or(self.text.len());
        let end = self.line_starts.get(number).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte at which a line begins.
    pub(super) fn line_start(&self, number: usize) -> usize {
        self.line_starts.get(number - 1).copied().unwrap_or(self.text.len())
    }

    fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| Tree::parse(&self.text[self.yaml.clone()], self.yaml.start))
    }

    fn value(&self, path: &[Step]) -> Range<usize> {
        let tree = self.tree();
        let Some(found) = tree.find(path) else { return self.start..self.start };
        let range = if found.is_complete { tree.shown(&found) } else { tree.head(&found) };
        // A block scalar reaches to where the next key begins.
        let length = self.text[range.clone()].trim_end().len();
        range.start..range.start + length
    }

    fn key(&self, path: &[Step]) -> Range<usize> {
        let found = self.tree().find(path).filter(|found| found.is_complete);
        let key = found.and_then(|found| self.tree().key_range(&found));
        key.unwrap_or_else(|| self.value(path))
    }

    fn inside(&self, path: &[Step], within: &Range<usize>) -> Range<usize> {
        let tree = self.tree();
        let scalar =
            tree.find(path).filter(|found| found.is_complete).and_then(|found| tree.scalar(&found));
        let Some((range, value, is_literal)) = scalar else { return self.value(path) };
        let within = clamped(value, within);
        let written = &self.text[range.clone()];
        if is_literal {
            let position = |offset| self.in_literal(&range, value, offset);
            return position(within.start)..position(within.end);
        }
        if let Some(lead) =
            written.find(value).filter(|_| !value.is_empty() && !value.contains('\n'))
        {
            let start = range.start + lead;
            return start + within.start..start + within.end;
        }
        // Folded and escaped texts differ from what is written; what stands there as often in the same words is meant.
        let wanted = &value[within.clone()];
        let before = value[..within.start].matches(wanted).count();
        let occurs_alike = value.matches(wanted).count() == written.matches(wanted).count();
        let same = written.match_indices(wanted).nth(before);
        match same.filter(|_| occurs_alike && !wanted.is_empty()) {
            Some((lead, _)) => range.start + lead..range.start + lead + wanted.len(),
            None => range.start..range.start,
        }
    }

    /// Where a byte of a literal block scalar's value stands in the file.
    fn in_literal(&self, range: &Range<usize>, value: &str, offset: usize) -> usize {
        // The mark stands behind the indent of the first line that is not empty.
        let empty_lines = value.bytes().take_while(|byte| *byte == b'\n').count();
        let mark_line = self.line_number(range.start);
        let indent = range.start - self.line_start(mark_line);
        let lines_above = value[..offset].matches('\n').count();
        let number = (mark_line + lines_above).saturating_sub(empty_lines).max(1);
        let in_line = offset - value[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        self.line_start(number) + (indent + in_line).min(self.line(number).len())
    }

    fn line_number(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).max(1)
    }

    fn to_span(&self, range: &Range<usize>) -> Span {
        let Range { start, end } = clamped(&self.text, range);
        let start = start.max(self.start);
        let end = end.max(start);
        let (line, column) = self.line_and_column(start);
        let (end_line, end_column) = self.line_and_column(end);
        Span { start, end, line, column, end_line, end_column }
    }

    fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line_number(offset);
        (line, self.text[self.line_start(line)..offset].chars().count() + 1)
    }
}

/// The keys of a YAML text that stand in their mapping before, each with its place.
pub fn duplicate_keys(yaml: &str) -> Vec<(Range<usize>, String)> {
    Tree::parse(yaml, 0).duplicate_keys()
}

/// The range moved into a text and onto borders of its characters.
fn clamped(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.floor_char_boundary(range.end).max(start)
}

/// The text of bytes; what is no UTF-8 becomes as many question marks, so that every offset stays true.
fn lossy(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// The bytes between the leading `---` lines; nothing if the text does not begin with such a line.
fn front_matter(text: &str, start: usize) -> Range<usize> {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text[start..].split_inclusive('\n');
    let Some(opening) = lines.next().filter(|line| is_fence(line)) else { return start..start };
    let yaml_start = start + opening.len();
    let yaml_length: usize = lines.take_while(|line| !is_fence(line)).map(str::len).sum();
    yaml_start..yaml_start + yaml_length
}

#[cfg(test)]
mod tests;
