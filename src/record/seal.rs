//! `bulletins/<id>.seal.json`: an issue as it was published, frozen.
//!
//! A seal holds the views of all of the issue's files: what the templates got, not what they made of it. The issue is
//! rendered from them from then on, so that no later edit of a record can change it, while a theme still may.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::source::ContentHash;

/// The form of seals that this program writes and reads.
const SCHEMA: &str = "gongbao-seal/1";

/// An issue as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal {
    /// The issue's id.
    pub issue: String,
    /// The hash of the records that the figures were computed from.
    pub computed_from: String,
    /// The views of the issue's files, by route.
    pub views: Map<String, Value>,
    /// The positions of the figures in the issue's data, in the order of metric and scope.
    by_name: Vec<usize>,
}

/// Why a file is no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealError {
    /// It is not of the form that `gongbao seal` writes.
    NotASeal,
    /// It was changed after it was written.
    Edited,
}

impl Seal {
    /// A seal of the views of an issue, computed from records of that hash.
    pub fn new(issue: String, computed_from: String, views: Map<String, Value>) -> Self {
        let mut seal = Seal { issue, computed_from, views, by_name: Vec::new() };
        let mut by_name: Vec<usize> = (0..seal.figures().len()).collect();
        by_name.sort_by_key(|&position| name(&seal.figures()[position]));
        seal.by_name = by_name;
        seal
    }

    /// Reads a seal and checks that it is as it was written.
    ///
    /// # Errors
    /// [`SealError`] if the file is no seal, or was edited.
    pub fn read(bytes: &[u8]) -> Result<Self, SealError> {
        let mut value: Value = serde_json::from_slice(bytes).map_err(|_| SealError::NotASeal)?;
        let object = value.as_object_mut().ok_or(SealError::NotASeal)?;
        let hash = object.shift_remove("hash").ok_or(SealError::NotASeal)?;
        if object.get("schema") != Some(&SCHEMA.into()) {
            return Err(SealError::NotASeal);
        }
        if hash != fingerprint(object) {
            return Err(SealError::Edited);
        }
        let text = |key: &str| {
            object.get(key).and_then(Value::as_str).map(str::to_owned).ok_or(SealError::NotASeal)
        };
        let (issue, computed_from) = (text("issue")?, text("computed_from")?);
        match object.shift_remove("views") {
            Some(Value::Object(views)) => Ok(Seal::new(issue, computed_from, views)),
            _ => Err(SealError::NotASeal),
        }
    }

    /// The issue's open data: figures, lights and rankings.
    pub fn data(&self) -> Option<&Value> {
        self.views.iter().find(|(route, _)| route.ends_with("figures.json")).map(|(_, data)| data)
    }

    /// The figures of the open data.
    pub fn figures(&self) -> &[Value] {
        self.data().and_then(|data| data["figures"].as_array()).map_or(&[], Vec::as_slice)
    }

    /// The figure of a metric and scope.
    pub fn figure(&self, metric: &str, scope: &str) -> Option<&Value> {
        let figures = self.figures();
        let named = |&position: &usize| name(&figures[position]).cmp(&(Some(metric), Some(scope)));
        self.by_name.binary_search_by(named).ok().map(|found| &figures[self.by_name[found]])
    }

    /// What the views show: the routes that they lead to, and the scopes that they have figures of.
    pub fn shown(&self) -> BTreeSet<&str> {
        let mut shown = BTreeSet::new();
        self.views.values().for_each(|view| gather(view, &mut shown));
        shown
    }

    /// The seal as a file, with the hash by which an edit is noticed.
    pub fn write(&self) -> String {
        let mut object = Map::new();
        object.insert("schema".into(), json!(SCHEMA));
        object.insert("issue".into(), json!(self.issue));
        object.insert("computed_from".into(), json!(self.computed_from));
        object.insert("views".into(), Value::Object(self.views.clone()));
        let hash = fingerprint(&object);
        // A view a line: short enough to compare two seals by.
        let views = self.views.iter().map(|(route, view)| format!("{}: {view}", json!(route)));
        let views = views.collect::<Vec<_>>().join(",\n");
        let (issue, computed_from) = (json!(self.issue), json!(self.computed_from));
        format!(
            "{{\n\"schema\": \"{SCHEMA}\",\n\"issue\": {issue},\n\"computed_from\": {computed_from},\n\"views\": {{\n{views}\n}},\n\
             \"hash\": {hash}\n}}\n"
        )
    }
}

/// The metric and scope of a figure.
fn name(figure: &Value) -> (Option<&str>, Option<&str>) {
    (figure["metric"].as_str(), figure["scope"].as_str())
}

/// Gathers the routes and scopes of a view, and where its texts lead to.
fn gather<'a>(view: &'a Value, shown: &mut BTreeSet<&'a str>) {
    match view {
        Value::Array(items) => items.iter().for_each(|item| gather(item, shown)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match (&**key, value) {
                    ("route" | "scope", Value::String(name)) => _ = shown.insert(name),
                    ("html", Value::String(html)) => {
                        let links = html.split("href=\"").skip(1);
                        shown.extend(links.filter_map(|link| link.split(['"', '#', '?']).next()));
                    }
                    _ => gather(value, shown),
                }
            }
        }
        _ => {}
    }
}

fn fingerprint(object: &Map<String, Value>) -> Value {
    let text = serde_json::to_vec(object).unwrap_or_default();
    ContentHash::of(&text).to_hex().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_that_was_edited_is_noticed() {
        let views = json!({"bulletins/2023-17/": {"display": "53.6%"}});
        let Value::Object(views) = views else { unreachable!() };
        let seal = Seal::new("2023-17".into(), "ab".into(), views);
        let written = seal.write();
        assert_eq!(Seal::read(written.as_bytes()), Ok(seal));
        let edited = written.replace("53.6%", "63.6%");
        assert_eq!(Seal::read(edited.as_bytes()), Err(SealError::Edited));
        assert_eq!(Seal::read(b"{}"), Err(SealError::NotASeal));
    }

    #[test]
    fn what_a_seal_shows_is_found_in_lists_figures_and_texts() {
        let page = json!({
            "projects": [{"route": "en/projects/bridge/", "name": "Bridge"}],
            "body": {"html": "<a href=\"../../news/start/#top\">…</a>"},
            "light": {"scope": "project:plant"},
        });
        let views = Map::from_iter([("bulletins/2023-17/".to_owned(), page)]);
        let seal = Seal::new("2023-17".into(), "ab".into(), views);
        let shown: Vec<&str> = seal.shown().into_iter().collect();
        assert_eq!(shown, ["../../news/start/", "en/projects/bridge/", "project:plant"]);
    }
}
