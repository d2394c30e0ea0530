//! Ids: how records name each other.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The id of a record, town, category and so on: `[a-z0-9][a-z0-9-]*`.
///
/// The empty id is what a field without a readable id holds; it names nothing, and nothing is said of it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(Arc<str>);

impl Id {
    /// The id that a text is; `None` if it has a character that ids may not have.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        let valid = !text.is_empty() && !text.starts_with('-') && text.bytes().all(allowed);
        valid.then(|| Id(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the id that names nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
