//! The messages of one locale: what the interface says.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use crate::diagnostic::{Diagnostics, Place, problems};

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
    /// Reads files of messages, each laid over those before it.
    pub(super) fn read<'a>(
        layers: impl Iterator<Item = (Arc<str>, &'a [u8])>,
        problems: &mut Diagnostics,
    ) -> Self {
        let mut messages = BTreeMap::new();
        for (path, bytes) in layers {
            match serde_yaml::from_slice::<BTreeMap<String, String>>(bytes) {
                Ok(layer) => messages.extend(layer),
                Err(error) => {
                    let at = error.location().map_or(0, |location| location.index());
                    problems.add(problems::bad_theme_file(
                        Place::bytes(&path, at..at),
                        &error.to_string(),
                    ));
                }
            }
        }
        let value = Value::from_serializable(&messages);
        Catalog { messages, value }
    }

    /// The message with a key; the key itself where there is none, so that the lack is seen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages.get(key).map_or(key, String::as_str)
    }

    /// The message with a key, its places filled: `fill("issue-number", &[("n", "17")])`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            put(&mut text, name, value);
        }
        text
    }

    /// All messages, for templates; the value is shared, not copied.
    pub fn value(&self) -> Value {
        self.value.clone()
    }
}

/// Puts a value in its places: `{n}`, and `{n:point|points}` for the word that goes with one or with another number.
pub(super) fn put(text: &mut String, name: &str, value: &str) {
    *text = text.replace(&format!("{{{name}}}"), value);
    let opening = format!("{{{name}:");
    while let Some((from, to)) =
        text.find(&opening).and_then(|from| Some((from, from + text[from..].find('}')?)))
    {
        let words = &text[from + opening.len()..to];
        let (one, many) = words.split_once('|').unwrap_or((words, words));
        let word = if value == "1" { one } else { many }.to_owned();
        text.replace_range(from..=to, &word);
    }
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn a_word_goes_with_its_number() {
        let say = |value| {
            let mut text = "{n} {n:point|points} of {all}".to_owned();
            put(&mut text, "n", value);
            text
        };
        assert_eq!(
            (say("1").as_str(), say("12").as_str()),
            ("1 point of {all}", "12 points of {all}")
        );
    }
}
