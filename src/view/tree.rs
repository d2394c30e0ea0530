//! JSON that is made only to be written.

use std::borrow::Cow;
use std::fmt::Write;

use serde::{Serialize, Serializer};

use crate::value::Period;

/// A value that costs little to make: texts are borrowed where they can be, and no field is ever looked up.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Tree<'a> {
    /// There is none.
    Null,
    /// Yes or no.
    Truth(bool),
    /// A number.
    Number(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// A day or month.
    Day(Period),
    /// Values.
    List(Vec<Tree<'a>>),
    /// Values with their names.
    #[serde(serialize_with = "as_map")]
    Object(Vec<(&'static str, Tree<'a>)>),
}

/// An object without what is empty in it.
pub(super) fn object<'a, const N: usize>(fields: [(&'static str, Tree<'a>); N]) -> Tree<'a> {
    let mut fields = Vec::from(fields);
    fields.retain(|(_, value)| !value.is_empty());
    Tree::Object(fields)
}

/// A list without what is empty in it.
pub(super) fn list<'a>(items: impl IntoIterator<Item = impl Into<Tree<'a>>>) -> Tree<'a> {
    let items = items.into_iter().map(Into::into);
    Tree::List(items.filter(|item| !item.is_empty()).collect())
}

fn as_map<S: Serializer>(fields: &[(&str, Tree<'_>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}

impl<'a> Tree<'a> {
    /// An object with all of its fields.
    pub(super) fn full<const N: usize>(fields: [(&'static str, Tree<'a>); N]) -> Self {
        Tree::Object(fields.into())
    }

    /// Writes a single value as a plain text.
    pub(super) fn write_to(&self, text: &mut String) {
        // A text always takes more.
        let _ = match self {
            Tree::Truth(holds) => write!(text, "{holds}"),
            Tree::Number(number) => write!(text, "{number}"),
            Tree::Text(part) => text.write_str(part),
            Tree::Day(day) => write!(text, "{day}"),
            Tree::Null | Tree::List(_) | Tree::Object(_) => Ok(()),
        };
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Tree::Null => true,
            Tree::Truth(_) | Tree::Number(_) | Tree::Day(_) => false,
            Tree::Text(text) => text.is_empty(),
            Tree::List(items) => items.is_empty(),
            Tree::Object(fields) => fields.is_empty(),
        }
    }
}

impl<'a> From<&'a str> for Tree<'a> {
    fn from(text: &'a str) -> Self {
        Tree::Text(text.into())
    }
}

impl From<String> for Tree<'_> {
    fn from(text: String) -> Self {
        Tree::Text(text.into())
    }
}

impl<'a> From<Cow<'a, str>> for Tree<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Tree::Text(text)
    }
}

impl From<bool> for Tree<'_> {
    fn from(holds: bool) -> Self {
        Tree::Truth(holds)
    }
}

impl From<i64> for Tree<'_> {
    fn from(number: i64) -> Self {
        Tree::Number(number)
    }
}

impl From<Period> for Tree<'_> {
    fn from(day: Period) -> Self {
        Tree::Day(day)
    }
}

impl<'a, T: Into<Tree<'a>>> From<Option<T>> for Tree<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Tree::Null, Into::into)
    }
}

impl<'a, T: Into<Tree<'a>>> FromIterator<T> for Tree<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Tree::List(items.into_iter().map(Into::into).collect())
    }
}
