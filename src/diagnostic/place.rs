//! Where a problem is: in a file, at bytes of it or at a key of its YAML.

use std::fmt;
use std::ops::Range;

use crate::source::SourcePath;

/// A step from a YAML value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a mapping, by key.
    Key(String),
    /// Into a sequence, by position from zero.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(key.into())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}

/// The way from the top of a YAML document to a value: `reports[2].cumulative`.
pub type KeyPath = Vec<Step>;

/// A range of bytes, which unlike [`Range`] has an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl From<Range<usize>> for Bytes {
    fn from(range: Range<usize>) -> Self {
        Bytes { start: range.start, end: range.end }
    }
}

/// Which part of a file is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// The file as a whole.
    File,
    /// These bytes.
    Bytes(Bytes),
    /// The value at a key path. It becomes a line and column only when the problem is shown.
    Value(KeyPath),
    /// The key itself at the end of a key path.
    Key(KeyPath),
    /// These bytes of the text that stands at a key path, as in a project's description.
    Inside(KeyPath, Bytes),
}

/// A file and a part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The part of it.
    pub at: At,
}

impl Place {
    /// A file as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Place { path: path.clone(), at: At::File }
    }

    /// Bytes of a file.
    pub fn bytes(path: &SourcePath, range: Range<usize>) -> Self {
        Place { path: path.clone(), at: At::Bytes(range.into()) }
    }

    /// The value at a key path of a file's YAML.
    pub fn value(path: &SourcePath, keys: KeyPath) -> Self {
        Place { path: path.clone(), at: At::Value(keys) }
    }

    /// The key at the end of a key path of a file's YAML.
    pub fn key(path: &SourcePath, keys: KeyPath) -> Self {
        Place { path: path.clone(), at: At::Key(keys) }
    }
}

/// Writes a key path: `key_path!["reports", 2, "cumulative"]`.
#[macro_export]
macro_rules! key_path {
    ($($step:expr),* $(,)?) => { vec![$($crate::diagnostic::Step::from($step)),*] };
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Key(key) => f.write_str(key),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}
