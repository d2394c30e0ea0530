//! The messages of one locale: what the interface says.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::json;
use tera::Value;

use super::{ORIGINALS, ThemeFile};
use crate::diagnostic::{At, Diagnosed, Diagnostic, Diagnostics, Place, problems};
use crate::key_path;
use crate::record::{self, FromYaml, Node};
use crate::source::{SourceFile, SourcePath};

/// The messages of the default theme in English.
const ENGLISH: &str = "i18n/en.yaml";

/// Messages by key. A message may have places to fill, as in `第{n}期`.
#[derive(Debug, Clone)]
pub struct Catalog {
    messages: BTreeMap<String, String>,
    /// The same for templates, converted once.
    value: Value,
}

impl Default for Catalog {
    fn default() -> Self {
        Catalog { messages: BTreeMap::new(), value: Value::none() }
    }
}

impl Catalog {
    /// Lays files of messages over each other, the first below; under all of them those in English, so that none is without words.
    pub(super) fn new(layers: impl Iterator<Item = Messages>) -> Self {
        let english = ORIGINALS.get(ENGLISH).cloned().into_iter();
        let messages: BTreeMap<_, _> = english.chain(layers).flat_map(|layer| layer.0).collect();
        let value = Value::from_serializable(&messages);
        Catalog { messages, value }
    }

    /// The message with a key; the key itself where there is none, so that the lack is seen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages.get(key).map_or(key, String::as_str)
    }

    /// The message with a key, its places filled: `fill("issue-number", &[("n", "17")])`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.get(key), |place| {
            let value = values.iter().find(|(name, _)| *name == place);
            value.map(|(_, value)| Cow::from(*value))
        })
    }

    /// All messages, for templates; the value is shared, not copied.
    pub fn value(&self) -> Value {
        self.value.clone()
    }
}

/// What one file of messages says.
#[derive(Debug, Clone, Default)]
pub(super) struct Messages(BTreeMap<String, String>);

impl FromYaml for Messages {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let entries = node.entries(|key, text| Some((key.to_owned(), String::from_yaml(text)?)));
        entries.map(|entries| Messages(entries.into_iter().collect()))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "object", "additionalProperties": String::schema()})
    }
}

impl Messages {
    /// Reads a file of messages.
    pub(super) fn read(file: &ThemeFile<'_>, problems: &mut Diagnostics) -> Self {
        let file = SourceFile::new(file.source_path(), file.bytes);
        let Diagnosed { value, problems: found } = record::read_yaml(&file);
        problems.extend(found);
        value.unwrap_or_default()
    }

    /// Tells of messages that are missing in a language that the default theme has not. A file that could not be read lacks none.
    fn missing(&self, path: &SourcePath) -> Option<Diagnostic> {
        let is_whole = ORIGINALS.keys().any(|original| path.ends_with(original));
        let english = ORIGINALS.get(ENGLISH).filter(|_| !is_whole && !self.0.is_empty())?;
        let all = english.0.keys().map(String::as_str);
        let missing: Vec<_> = all.filter(|key| !self.0.contains_key(*key)).collect();
        (!missing.is_empty()).then(|| problems::missing_messages(Place::file(path), &missing))
    }

    /// Tells of messages that nothing says, by what the default theme says in some language and the templates there are, and of
    /// places in them that nothing fills.
    pub(super) fn check(&self, path: &SourcePath, templates: &str) -> Diagnostics {
        let known: BTreeSet<&str> =
            ORIGINALS.values().flat_map(|original| original.0.keys().map(String::as_str)).collect();
        let mut problems = Diagnostics::default();
        problems.extend(self.missing(path));
        for (key, text) in &self.0 {
            if !known.contains(key.as_str()) {
                // What a unit does in a project is the site's own word.
                let is_said = says(templates, key) || key.starts_with("party_");
                if !is_said {
                    let place = Place::key(path, key_path![key.as_str()]);
                    let known = known.iter().copied();
                    problems.add(problems::unknown_message(place, key, known));
                }
                continue;
            }
            let filled: BTreeSet<&str> = ORIGINALS
                .values()
                .filter_map(|original| original.0.get(key))
                .flat_map(|text| places(text))
                .map(|(_, name)| name)
                .collect();
            let is_filled =
                |name: &str| filled.contains(name) || templates.contains(&format!("{name}="));
            for (at, name) in places(text).filter(|(_, name)| !is_filled(name)) {
                let at = At::Inside(key_path![key.as_str()], at.into());
                let place = Place { path: path.clone(), at };
                problems.add(problems::unknown_place(place, name, &filled));
            }
        }
        problems
    }
}

/// Whether templates say a message by its key, or by a key that begins with a part of it: `t["own_" ~ kind]`.
fn says(templates: &str, key: &str) -> bool {
    let composed = templates.split("t[\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let mut beginnings = composed.filter(|(_, rest)| rest.trim_start().starts_with('~'));
    templates.contains(key) || beginnings.any(|(beginning, _)| key.starts_with(beginning))
}

/// The places of a message that are to be filled, each with its name: `{n}`, `{n:point|points}`.
fn places(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.match_indices('{').filter_map(|(start, _)| {
        let end = start + text[start..].find('}')?;
        let name = text[start + 1..end].split(':').next()?;
        Some((start..end + 1, name))
    })
}

/// The names of the places of a message; what else stands in braces has none.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic());
    places(text).map(|(_, name)| name).filter(move |name| is_name(name))
}

/// A message with values in its places: `{n}`, and `{n:point|points}` for the word that goes with one or with another number.
/// Places without a value stay as they are.
pub(super) fn filled<'v>(message: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut text = String::with_capacity(message.len());
    let mut done = 0;
    for (place, name) in places(message) {
        let Some(value) = value(name).filter(|_| place.start >= done) else { continue };
        text.push_str(&message[done..place.start]);
        match message[place.start + 1 + name.len()..place.end - 1].strip_prefix(':') {
            None => text.push_str(&value),
            Some(words) => {
                let (one, many) = words.split_once('|').unwrap_or((words, words));
                text.push_str(if value == "1" { one } else { many });
            }
        }
        done = place.end;
    }
    text.push_str(&message[done..]);
    text
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[track_caller]
    fn check(message: &str, values: &[(&str, &'static str)], expected: &str) {
        let value = |place: &str| values.iter().find(|(name, _)| *name == place);
        assert_eq!(filled(message, |place| Some(value(place)?.1.into())), expected);
    }

    #[test]
    fn a_word_goes_with_its_number() {
        let message = "{n} {n:point|points} of {all}";
        check(message, &[("n", "1")], "1 point of {all}");
        check(message, &[("n", "12"), ("all", "20")], "12 points of 20");
        check("{ {n", &[("n", "2")], "{ {n");
        check("{ {n}", &[("n", "2")], "{ 2");
    }

    #[test]
    fn a_value_is_never_read_as_a_place() {
        check("{first}、{last}", &[("first", "{last}号桥"), ("last", "末")], "{last}号桥、末");
    }
}
