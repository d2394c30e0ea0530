//! The one user of the YAML parser: text to a tree of values, with the real cause where it is no YAML.

use serde_yaml::Value;

use super::Body;
use super::fields::{FromYaml, Node, Reader};
use crate::diagnostic::{Place, problems};
use crate::markdown;
use crate::source::SourceFile;

/// Reads a file that is YAML throughout.
pub(super) fn read<T: FromYaml>(file: &SourceFile, reader: &Reader<'_>) -> Option<T> {
    let text = utf8(&file.bytes, reader)?;
    read_text(text, 0, reader)
}

/// Reads a file of YAML front matter and Markdown. A faulty front matter is told and stood in for.
pub(super) fn read_with_body<T: FromYaml>(file: &SourceFile, reader: &Reader<'_>) -> (T, Body) {
    let Some(text) = utf8(&file.bytes, reader) else { return Default::default() };
    let Some((front, body)) = split_front_matter(text) else {
        reader.report(problems::no_front_matter(reader.path()));
        return Default::default();
    };
    let offset = |part: &str| part.as_ptr() as usize - file.bytes.as_ptr() as usize;
    let record = read_text(front, offset(front), reader).unwrap_or_default();
    (record, Body { markdown: markdown::parse(body), offset: offset(body) })
}

/// The YAML of a file, without a word about what may be wrong with it.
pub(super) fn peek(bytes: &[u8]) -> Option<Value> {
    serde_yaml::from_str(strip_bom(std::str::from_utf8(bytes).ok()?)).ok()
}

/// The bytes as text without the byte-order mark, or a problem that names the likely encoding.
fn utf8<'a>(bytes: &'a [u8], reader: &Reader<'_>) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(strip_bom(text)),
        Err(error) => {
            let at = error.valid_up_to();
            reader
                .report(problems::not_utf8(Place::bytes(reader.path(), at..at + 1), &bytes[at..]));
            None
        }
    }
}

fn strip_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Splits a text into the YAML between the `---` lines and the Markdown behind them.
fn split_front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let mut from = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&rest[..from], &rest[from + line.len()..]));
        }
        from += line.len();
    }
    None
}

fn read_text<T: FromYaml>(text: &str, offset: usize, reader: &Reader<'_>) -> Option<T> {
    let value: Value = match serde_yaml::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            reader.report(explain(text, offset, &error, reader));
            return None;
        }
    };
    // A full-width colon makes no mapping: the text parses, but as one long scalar.
    if let (Value::String(_), Some(problem)) = (&value, hidden_cause(text, offset, reader)) {
        reader.report(problem);
        return None;
    }
    match value {
        Value::Null => T::from_yaml(Node::top(&Value::Mapping(serde_yaml::Mapping::new()), reader)),
        value => T::from_yaml(Node::top(&value, reader)),
    }
}

/// Words for a text that is no YAML.
fn explain(
    text: &str,
    offset: usize,
    error: &serde_yaml::Error,
    reader: &Reader<'_>,
) -> crate::diagnostic::Diagnostic {
    let message = error.to_string();
    let index = error.location().map_or(0, |location| location.index().min(text.len()));
    let index = (0..=index).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    if let Some(key) = message.split("duplicate entry with key ").nth(1) {
        let key = key.split('"').nth(1).unwrap_or(key);
        let range = second_line_with_key(text, key, index).unwrap_or(index..index);
        return problems::duplicate_key(
            Place::bytes(reader.path(), offset + range.start..offset + range.end),
            key,
        );
    }
    hidden_cause(text, offset, reader).unwrap_or_else(|| {
        let place = Place::bytes(reader.path(), offset + index..offset + index);
        problems::bad_yaml(place, &message)
    })
}

/// Where a key is written for the second time at one depth; the parser only tells where its mapping begins.
fn second_line_with_key(text: &str, key: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let mut first_indents = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches([' ', '-']);
        let indent = line.len() - trimmed.len();
        let is_key = trimmed.trim_start_matches(['"', '\'']).strip_prefix(key);
        if is_key
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
            && start + line.len() >= from
        {
            if first_indents.contains(&indent) {
                return Some(start + indent..start + indent + key.len());
            }
            first_indents.push(indent);
        }
        start += line.len();
    }
    None
}

/// The mistake behind a text that is no YAML, if it is one that editors are known to make: it is often reported at
/// another line, in words that help nobody.
fn hidden_cause(
    text: &str,
    offset: usize,
    reader: &Reader<'_>,
) -> Option<crate::diagnostic::Diagnostic> {
    let mut start = offset;
    for line in text.split_inclusive('\n') {
        let place =
            |at: usize, length: usize| Place::bytes(reader.path(), start + at..start + at + length);
        let body = line.trim_end();
        let content = body.trim_start_matches([' ', '\t']);
        let indent = body.len() - content.len();
        if let Some(tab) = body[..indent].find('\t').filter(|_| !content.is_empty()) {
            return Some(problems::tab_indent(place(tab, 1)));
        }
        let entry = content.trim_start_matches(['-', ' ']);
        let entry_at = body.len() - entry.len();
        if let Some(colon) = full_width_colon(entry) {
            return Some(problems::full_width_colon(place(entry_at + colon, '：'.len_utf8())));
        }
        let value = entry.split_once(": ").map_or("", |(_, value)| value).trim_start();
        let value_at = body.len() - value.len();
        match value.chars().next() {
            Some(mark @ ('@' | '%' | '`')) => {
                return Some(problems::reserved_character(place(value_at, 1), mark));
            }
            Some(quote @ ('"' | '\'')) if is_unclosed(value, quote) => {
                return Some(problems::unclosed_quote(place(value_at, 1)));
            }
            _ => {}
        }
        start += line.len();
    }
    None
}

/// Where a full-width colon stands in place of the colon behind a key.
fn full_width_colon(entry: &str) -> Option<usize> {
    let at = entry.find('：')?;
    let is_key =
        entry[..at].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\''));
    (at > 0 && is_key).then_some(at)
}

/// Whether a quoted value does not end on its line. Editors' values do; a text over several lines is a block.
fn is_unclosed(value: &str, quote: char) -> bool {
    let mut characters = value.chars().skip(1).peekable();
    while let Some(character) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            if quote == '\'' && characters.peek() == Some(&'\'') {
                characters.next();
            } else {
                return false;
            }
        }
    }
    true
}
