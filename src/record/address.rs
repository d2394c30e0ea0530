//! Addresses that records hold, fit to be linked to: no script, no other scheme.

use serde_json::json;

use super::fields::{FromYaml, Node};
use crate::diagnostic::problems;
use crate::markdown;

/// An address on the web: `http` or `https`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebUrl(String);

impl WebUrl {
    /// Reads an address.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        is_web_url(text).then(|| WebUrl(text.to_owned()))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is an address of a host on the web, in signs that an attribute may hold.
pub(super) fn is_web_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    let is_fit = |c: char| !c.is_whitespace() && !c.is_control() && !"\"'<>\\".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && rest.chars().all(is_fit))
}

impl FromYaml for WebUrl {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let text = String::from_yaml(node)?;
        WebUrl::parse(&text).or_else(|| node.report(|at| problems::bad_url(at, &text)))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "format": "iri", "pattern": "^https?://"})
    }
}

/// Where a document can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// On the web.
    Web(WebUrl),
    /// In the site: a page or a file, written as in Markdown.
    Site(String),
}

impl Default for Address {
    fn default() -> Self {
        Address::Site(String::new())
    }
}

impl FromYaml for Address {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let text = String::from_yaml(node)?;
        let in_site = || markdown::is_local(&text).then(|| Address::Site(text.trim().to_owned()));
        let address = WebUrl::parse(&text).map(Address::Web).or_else(in_site);
        address.or_else(|| node.report(|at| problems::bad_link(at, &text)))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "format": "iri-reference", "examples": ["https://example.org/permit.html", "permit.pdf"]})
    }
}
