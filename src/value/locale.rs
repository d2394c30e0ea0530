//! Locales, and texts that may be written in several of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A language tag such as `zh-CN` or `en`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(Arc<str>);

impl Default for Locale {
    fn default() -> Self {
        Locale("zh-CN".into())
    }
}

impl Locale {
    /// The locale that a tag names; `None` if it is not of letters, digits and hyphens.
    pub fn parse(tag: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let valid = tag.len() >= 2 && tag.as_bytes()[0].is_ascii_alphabetic();
        (valid && tag.bytes().all(allowed)).then(|| Locale(tag.into()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether its texts are in Chinese characters, as Chinese and Japanese are.
    pub fn has_han(&self) -> bool {
        self.is_chinese() || self.0.starts_with("ja")
    }

    /// Whether its texts are Chinese.
    pub fn is_chinese(&self) -> bool {
        self.0.starts_with("zh")
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Locale {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A text in the site's first locale, or one for each of several locales.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    plain: Arc<str>,
    /// Nothing for a text that is written once, as nearly all are: there are millions of them.
    translations: Option<Arc<BTreeMap<Locale, Arc<str>>>>,
}

impl Text {
    /// A text that is written once, in the site's first locale.
    pub fn plain(text: impl Into<Arc<str>>) -> Self {
        Text { plain: text.into(), translations: None }
    }

    /// A text that is written for each locale; the first given serves those that are not.
    pub fn translated(translations: impl IntoIterator<Item = (Locale, Arc<str>)>) -> Self {
        let mut translations = translations.into_iter().peekable();
        let plain = translations.peek().map(|(_, text)| text.clone()).unwrap_or_default();
        Text { plain, translations: Some(Arc::new(translations.collect())) }
    }

    /// The text for a locale.
    pub fn get(&self, locale: &Locale) -> &str {
        let translation = self.translations.as_ref().and_then(|texts| texts.get(locale));
        translation.unwrap_or(&self.plain)
    }

    /// Whether the text was written for this very locale.
    pub fn has(&self, locale: &Locale) -> bool {
        self.translations.as_ref().is_some_and(|texts| texts.contains_key(locale))
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.translations.as_ref().is_none_or(|texts| texts.is_empty())
    }
}
