//! The whole pipeline in one function: a snapshot of files in, a site whose every file can be rendered out.

mod cache;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use self::cache::Cache;
use crate::diagnostic::{At, Diagnosed, Diagnostic, Diagnostics, Phrase};
use crate::indicator::Indicators;
use crate::model::{Edition, Model};
use crate::plan::{Output, Plan, Route};
use crate::source::{ContentHash, SourceTree};
use crate::theme::Theme;
use crate::{render, view};

/// All that a site comes from.
pub struct Input {
    /// The files.
    pub tree: SourceTree,
    /// The dates and wishes that govern the build.
    pub edition: Edition,
}

impl Input {
    /// The hash of the records that figures are computed from.
    pub fn records_hash(&self) -> ContentHash {
        let names = ["content/site.yaml", "content/towns.yaml"];
        let lists = names.into_iter().filter_map(|path| self.tree.get(path));
        let records = lists.chain(self.tree.below("content/projects/"));
        let lines: String =
            records.map(|file| format!("{} {}\n", file.hash.to_hex(), file.path)).collect();
        ContentHash::of(lines.as_bytes())
    }
}

/// A site, ready to be rendered file by file in any order.
pub struct Site {
    /// The facts.
    pub model: Arc<Model>,
    /// What they amount to.
    pub indicators: Indicators,
    /// The files there will be.
    pub plan: Plan,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What all pages of a locale share.
    pub shared: view::Shared,
    /// The indexes of the search, each made when it is first asked for.
    pub search: view::search::Indexes,
}

/// Runs the pipeline up to the plan, and tells of all problems but those of single pages.
pub fn assemble(input: &Input) -> Diagnosed<Site> {
    Cache::default().assemble(input)
}

/// The bytes of one file of the site.
///
/// # Errors
/// The problem of its template.
pub fn render(site: &Site, route: &Route, output: &Output) -> Result<Vec<u8>, Box<Diagnostic>> {
    render::render(&view::view(&view_site(site), route, output), &site.theme)
}

/// What the template of a file gets.
pub fn view_json(site: &Site, route: &Route, output: &Output) -> serde_json::Value {
    view::view(&view_site(site), route, output).to_json()
}

/// What views are made from.
pub fn view_site(site: &Site) -> view::Site<'_> {
    view::Site {
        model: &site.model,
        indicators: &site.indicators,
        plan: &site.plan,
        theme: &site.theme,
        shared: &site.shared,
        search: &site.search,
    }
}

/// Merges the problems that one fault of a template raises on many pages into one, which counts the pages.
pub fn merge_template_problems(found: Vec<Box<Diagnostic>>) -> Diagnostics {
    let mut merged = BTreeMap::<(Option<(Arc<str>, At)>, &'static str), (Diagnostic, usize)>::new();
    for problem in found.into_iter().map(|problem| *problem) {
        let place = problem.place.as_ref().map(|place| (place.path.clone(), place.at.clone()));
        let entry = merged.entry((place, problem.code)).or_insert((problem.clone(), 0));
        entry.0 = entry.0.clone().min(problem);
        entry.1 += 1;
    }
    let mut problems = Diagnostics::default();
    for (mut problem, pages) in merged.into_values() {
        if pages > 1 {
            problem.help = Some(Phrase::new(
                format!("共有 {pages} 个页面出错"),
                format!("{pages} pages fail"),
            ));
        }
        problems.add(problem);
    }
    problems
}
