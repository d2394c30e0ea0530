//! The single values that records are made of, and how each is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use serde_yaml::Value;

use super::address::is_web_url;
use super::fields::{FromYaml, Node, kind_of};
use crate::diagnostic::problems;
use crate::value::{
    Id, Instant, Locale, Money, MoneyUnit, Period, PeriodError, Rounding, Share, Text,
};

impl FromYaml for String {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        match node.value() {
            Value::String(text) => Some(text.clone()),
            // A whole number reads as it was written; one with a fraction may have lost its last zero.
            Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
            Value::Number(_) | Value::Bool(_) => node.report(problems::needs_quotes),
            other => node.report(|at| problems::wrong_type(at, "文字", "a text", &kind_of(other))),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": ["string", "integer"]})
    }
}

impl FromYaml for Text {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        if !node.value().is_mapping() {
            return String::from_yaml(node).map(Text::plain);
        }
        let translations = node.entries(|tag, text| match Locale::parse(tag) {
            Some(locale) => Some((locale, Arc::from(String::from_yaml(text)?))),
            None => text.report(|at| problems::bad_locale(at, tag)),
        })?;
        Some(Text::translated(translations))
    }

    fn schema() -> serde_json::Value {
        json!({"type": ["string", "integer", "object"], "additionalProperties": {"type": "string"}})
    }
}

impl FromYaml for bool {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        match node.value() {
            Value::Bool(value) => Some(*value),
            other => node.report(|at| problems::no_boolean(at, &kind_of(other))),
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "boolean"})
    }
}

impl FromYaml for u32 {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let number = node.value().as_u64().and_then(|number| u32::try_from(number).ok());
        match number {
            Some(number) => Some(number),
            None => node.report(|at| {
                problems::wrong_type(at, "整数", "a whole number", &kind_of(node.value()))
                    .help("只写数字，如 `17`", "write digits alone, as in `17`")
            }),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": "integer", "minimum": 0})
    }
}

impl FromYaml for Id {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let Some(text) = node.scalar() else {
            return node
                .report(|at| problems::wrong_type(at, "id", "an id", &kind_of(node.value())));
        };
        Id::parse(&text).or_else(|| {
            node.report(|at| match node.named(&text) {
                _ if text.contains('，') => problems::full_width_comma(at),
                Some((name, id)) => problems::name_for_id(at, &text, name, id.as_str()),
                None => problems::bad_id(at, &text),
            })
        })
    }

    fn schema() -> serde_json::Value {
        json!({"type": ["string", "integer"], "pattern": "^[a-z0-9][a-z0-9-]*$"})
    }
}

impl FromYaml for Locale {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let text = String::from_yaml(node)?;
        Locale::parse(&text).or_else(|| node.report(|at| problems::bad_locale(at, &text)))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "examples": ["zh-CN", "en"]})
    }
}

impl FromYaml for Money {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let Some(text) = node.scalar() else {
            return node.report(|at| {
                problems::wrong_type(at, "金额", "an amount of money", &kind_of(node.value()))
            });
        };
        // A long unquoted decimal has passed through a binary fraction and may no longer be what was written.
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if node.value().is_f64() && digits > 15 {
            return node.report(problems::needs_quotes);
        }
        match Money::parse(&text, node.reader().conventions().money_unit) {
            Ok(money) => Some(money),
            Err(error) => node.report(|at| problems::bad_money(at, &text, error)),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": ["string", "number"], "examples": ["1.2亿元", "800万元"]})
    }
}

impl FromYaml for MoneyUnit {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let text = node.scalar();
        text.as_deref()
            .and_then(MoneyUnit::parse)
            .or_else(|| node.unknown_code(&["元", "万元", "亿元"]))
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["元", "万元", "亿元"]})
    }
}

impl FromYaml for Share {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let text = node.scalar().unwrap_or_default();
        match Share::parse(&text) {
            Some(share) if share.is_out_of_range() => {
                // 65 is 6500 %, and was meant as 65 %.
                let percent = format!("{text}%");
                let is_meant = Share::parse(&percent).is_some_and(|share| !share.is_out_of_range());
                let meant = is_meant.then_some(&*percent);
                node.report(|at| problems::share_out_of_range(at, meant))
            }
            Some(share) => Some(share),
            None => node.report(problems::bad_percentage),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": ["string", "number"], "examples": ["65%", "0.65"]})
    }
}

impl FromYaml for Period {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        date(node, Period::parse)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "examples": ["2023-04-30", "2023-04"]})
    }
}

impl FromYaml for Instant {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        date(node, Instant::parse)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "examples": ["2023-04-30", "2023-04-30T09:00:00+08:00"]})
    }
}

/// Reads a date in one of its forms.
fn date<T>(node: Node<'_>, parse: impl Fn(&str) -> Result<T, PeriodError>) -> Option<T> {
    let Some(text) = node.scalar() else {
        return node
            .report(|at| problems::wrong_type(at, "日期", "a date", &kind_of(node.value())));
    };
    // October, written as 2023.10, is the number 2023.1.
    if node.value().is_f64() {
        return node.report(problems::needs_quotes);
    }
    match parse(&text) {
        Ok(date) => Some(date),
        Err(error) => node.report(|at| problems::bad_date(at, &text, error)),
    }
}

impl FromYaml for Rounding {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        match node.scalar().as_deref() {
            Some("half-up") => Some(Rounding::HalfUp),
            Some("half-even") => Some(Rounding::HalfEven),
            _ => node.unknown_code(&["half-up", "half-even"]),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["half-up", "half-even"]})
    }
}

/// The address that the site will have: `https://example.org/ztzl/xmjs/`, with a slash at its end; `/` if none is set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl Default for BaseUrl {
    fn default() -> Self {
        BaseUrl("/".into())
    }
}

impl BaseUrl {
    /// Reads an address: `http` or `https`, without a query; or a path alone.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let clean = !text.contains(['?', '#', ' ', '"', '\'', '<', '>', '\\']);
        let slash = if text.ends_with('/') { "" } else { "/" };
        ((is_web_url(text) || text.starts_with('/')) && clean)
            .then(|| BaseUrl(format!("{text}{slash}")))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path at which the site lies on its host: `/ztzl/xmjs/`.
    pub fn path(&self) -> &str {
        match self.0.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
            None => &self.0,
        }
    }
}

impl FromYaml for BaseUrl {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let text = String::from_yaml(node)?;
        BaseUrl::parse(&text).or_else(|| node.report(|at| problems::bad_base_url(at, &text)))
    }

    fn absent() -> Option<Self> {
        Some(BaseUrl::default())
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "format": "uri"})
    }
}

/// A mapping from ids, such as the shares of towns. One entry that cannot be read makes it unknown, for what the others sum to
/// says nothing then.
impl<V: FromYaml> FromYaml for BTreeMap<Id, V> {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let read = |key: &str, value: Node<'_>| match Id::parse(key) {
            Some(id) => Some((id, V::from_yaml(value)?)),
            None => value.report(|at| problems::bad_id(at, key)),
        };
        node.entries(|key, value| Some(read(key, value)))?.into_iter().collect()
    }

    fn absent() -> Option<Self> {
        Some(BTreeMap::new())
    }

    fn schema() -> serde_json::Value {
        json!({"type": "object", "additionalProperties": V::schema()})
    }
}
