//! The one user of the YAML parser: text to a tree of values, with the real cause where it is no YAML.

mod mistake;

use std::ops::Range;

use serde_yaml::Value;

pub(super) use self::mistake::colon_of_key;
use self::mistake::{began, mistakes};
use super::Body;
use super::fields::{FromYaml, Node, Reader};
use crate::diagnostic::{Place, duplicate_keys, problems};
use crate::markdown;
use crate::source::SourceFile;
use crate::value::Id;

/// Reads a file that is YAML throughout.
pub(super) fn read<T: FromYaml>(file: &SourceFile, reader: &Reader<'_>) -> Option<T> {
    let text = utf8(&file.bytes, reader)?;
    read_text(text, offset(text, file), reader)
}

/// Reads a file of YAML front matter and Markdown. A faulty front matter is told and stood in for.
pub(super) fn read_with_body<T: FromYaml>(file: &SourceFile, reader: &Reader<'_>) -> (T, Body) {
    let Some(text) = utf8(&file.bytes, reader) else { return Default::default() };
    let Some((front, body)) = split_front_matter(text) else {
        reader.report(problems::no_front_matter(reader.path()));
        return Default::default();
    };
    let record = read_text(front, offset(front, file), reader).unwrap_or_default();
    (
        record,
        Body { markdown: markdown::parse(body), offset: offset(body, file), typed: Vec::new() },
    )
}

/// Where in a file a part of it begins, in bytes.
fn offset(part: &str, file: &SourceFile) -> usize {
    part.as_ptr() as usize - file.bytes.as_ptr() as usize
}

/// The `slug` of a front matter that cannot be read otherwise: what links to it is right all the same.
pub(super) fn written_slug(file: &SourceFile) -> Option<Id> {
    let text = strip_bom(std::str::from_utf8(&file.bytes).ok()?);
    let (front, _) = split_front_matter(text)?;
    let value = front.lines().find_map(|line| line.strip_prefix("slug"))?;
    Id::parse(value.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
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
    let text = text.trim_start_matches(['\r', '\n']);
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
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
            explain(text, offset, error, reader);
            return None;
        }
    };
    for (comment, read) in cut_texts(text) {
        let place = Place::bytes(reader.path(), offset + comment.start..offset + comment.end);
        reader.report(problems::cut_text(place, read));
    }
    match value {
        Value::Null => T::from_yaml(Node::top(&Value::Mapping(serde_yaml::Mapping::new()), reader)),
        value => T::from_yaml(Node::top(&value, reader)),
    }
}

/// The comments that cut off a headline or name, such as ` #1` of `项目 #1 过半`, each with what is read of the text. A comment
/// that is meant has a space behind its mark.
fn cut_texts(yaml: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut block = None;
    yaml.lines().filter_map(move |line| {
        let indent = line.len() - line.trim_start().len();
        // Within a block of text everything is text.
        block = block.filter(|outer| indent > *outer || line.trim().is_empty());
        if block.is_some() {
            return None;
        }
        if line.trim_end().trim_end_matches(['-', '+']).ends_with(['|', '>']) {
            block = Some(indent);
        }
        let field = line.trim_start().trim_start_matches("- ");
        let (key, text) = field.split_once(": ")?;
        let is_text = matches!(key, "title" | "name" | "kicker" | "subtitle" | "summary");
        let is_plain = !text.trim_start().starts_with(['"', '\'', '|', '>', '{', '[', '#']);
        let (read, comment) = text.split_once(" #").filter(|_| is_text && is_plain)?;
        let start = comment.as_ptr() as usize - yaml.as_ptr() as usize - 1;
        let is_meant = comment.starts_with(char::is_whitespace) || comment.is_empty();
        (!is_meant).then(|| (start..start + 1 + comment.trim_end().len(), read.trim()))
    })
}

/// The problems of a text that is no YAML: the mistakes that are certain, or else where the parser stopped.
fn explain(text: &str, offset: usize, error: serde_yaml::Error, reader: &Reader<'_>) {
    let place = |at: Range<usize>| Place::bytes(reader.path(), offset + at.start..offset + at.end);
    let (mistakes, left) = mistakes(text, error);
    for mistake in &mistakes {
        reader.report(mistake.problem(place));
    }
    let Some(error) = left else { return };
    let message = error.to_string();
    let is_duplicate = message.contains("duplicate entry");
    let duplicates = if is_duplicate { duplicate_keys(text) } else { Vec::new() };
    for (at, key) in &duplicates {
        reader.report(problems::duplicate_key(place(at.clone()), key));
    }
    if mistakes.is_empty() && duplicates.is_empty() {
        let bracket = began(&message, text).filter(|_| message.contains("parsing a flow"));
        reader.report(match bracket {
            Some(at) => problems::unclosed_bracket(place(at..at + 1), &text[at..at + 1]),
            None => {
                let stop = error.location().map_or(0, |location| location.index());
                let stop = text.floor_char_boundary(stop);
                problems::bad_yaml(place(stop..stop))
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::record::{Conventions, parse};
    use crate::source::SourceFile;

    proptest! {
        #[test]
        fn a_text_that_is_no_yaml_is_told_whatever_it_is(
            text in "([ab1:：,，{}\\[\\]\"'@%|\t甲\u{2028}]|- |\n|\n  |\r|: |name: ){0,24}"
        ) {
            let is_yaml = serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok();
            let file = SourceFile::new("content/projects/a.yaml", text.into_bytes());
            let problems = parse(&file, &Conventions::default()).problems;
            prop_assert!(is_yaml || problems.has_errors());
        }
    }
}
