//! The data package: which tables there are and what their columns mean (Frictionless Data Package v1).

use serde_json::{Value, json};

use super::table::{Column, fields};
use super::{figures_table, projects, reports};
use crate::view::{Reader, Site};

/// The data package of the site.
pub(super) fn file(site: &Site<'_>, reader: &Reader<'_>) -> Value {
    let model = site.model;
    let say = |zh: &'static str, en: &'static str| {
        if reader.locale.is_chinese() { zh } else { en }
    };
    let mut package = json!({
        "profile": "data-package",
        "name": "gongbao",
        "title": reader.text(&model.site.title),
        "homepage": model.site.base_url.as_str(),
        "language": reader.locale,
        "as_of": model.as_of.data.to_string(),
        "known_by": model.as_of.known_by.to_string(),
        "resources": [
            resource(reader, "figures", say("指标", "figures"), &figures_table::columns(), json!(["metric", "scope"]), None),
            resource(reader, "projects", say("项目", "projects"), &projects::columns(), json!(["id"]), None),
            resource(reader, "reports", say("报送", "reports"), &reports::columns(), json!([]), Some(json!([
                {"fields": ["project"], "reference": {"resource": "projects", "fields": ["id"]}}
            ]))),
        ],
    });
    if let Some(publisher) = &model.site.publisher {
        let name = reader.text(&publisher.name);
        let mut contributor = json!({"title": name, "role": "publisher"});
        if let Some(email) = &publisher.email {
            contributor["email"] = email.as_str().into();
        }
        package["contributors"] = json!([contributor]);
    }
    // Relative, as everything else in the package: it stays right wherever a copy lies.
    if !model.site.base_url.as_str().contains("://")
        && let Some(package) = package.as_object_mut()
    {
        package.shift_remove("homepage");
    }
    package
}

fn resource<R>(
    reader: &Reader<'_>,
    name: &str,
    title: &str,
    columns: &[Column<R>],
    primary_key: Value,
    foreign_keys: Option<Value>,
) -> Value {
    let mut schema = json!({"fields": fields(reader, columns), "missingValues": [""]});
    if primary_key != json!([]) {
        schema["primaryKey"] = primary_key;
    }
    if let Some(foreign_keys) = foreign_keys {
        schema["foreignKeys"] = foreign_keys;
    }
    json!({
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": format!("{name}.csv"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true},
        "schema": schema,
    })
}
