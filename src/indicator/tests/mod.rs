//! What a statistician would notice.

mod knowledge;
mod laws;
mod lights;
mod lists;
mod money;
mod notes;
mod oracle;
mod published;
mod since_start;

use std::sync::Arc;

use jiff::civil::Date;

use super::testing::{model, on, snapshot};
use super::{Scope, Snapshot};
use crate::model::Model;

/// A project of the east town, with more fields.
fn project(id: &str, fields: &str) -> String {
    project_in("east", id, fields)
}

/// A project of a town, with more fields.
fn project_in(town: &str, id: &str, fields: &str) -> String {
    format!("//- projects/{id}.yaml\nname: {id}\ncategory: industry\ntown: {town}\n{fields}\n")
}

/// `site.yaml` with more written below it.
fn site(more: &str) -> String {
    format!("//- site.yaml\n{}", super::testing::site(more))
}

/// `site.yaml` with a method.
fn method(method: &str) -> String {
    site(&format!("method: {method}\n"))
}

/// A site of the given files, as of a day and as known on it.
fn as_of(day: Date, files: &str) -> Snapshot {
    snapshot(&model(files), on(day))
}

/// The position of a project.
fn at(model: &Arc<Model>, id: &str) -> usize {
    model.project(id).unwrap()
}

/// The scope of the only project.
const ONLY: Scope = Scope::Project(0);
