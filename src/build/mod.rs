//! The whole pipeline in one function: a snapshot of files in, a site whose every file can be rendered out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{At, Diagnosed, Diagnostic, Diagnostics, Phrase};
use crate::indicator::{self, Indicators};
use crate::model::{self, Edition, Model};
use crate::plan::{self, Output, Plan, Route};
use crate::record;
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
    pub theme: Theme,
    /// What all pages of a locale share.
    pub shared: view::Shared,
}

/// Runs the pipeline up to the plan, and tells of all problems but those of single pages.
pub fn assemble(input: &Input) -> Diagnosed<Site> {
    let mut problems = Diagnostics::default();
    let conventions = record::conventions(input.tree.get("content/site.yaml"));
    let files: Vec<_> = input.tree.below("content/").collect();
    let parsed: Vec<_> =
        files.into_par_iter().map(|file| record::parse(file, &conventions)).collect();
    let mut records = Vec::with_capacity(parsed.len());
    for file in parsed {
        problems.extend(file.problems);
        records.extend(file.value.map(Arc::new));
    }
    let resolved = model::resolve(&records, &input.edition);
    problems.extend(resolved.problems);
    let model = Arc::new(resolved.value);
    let theme = Theme::load(&input.tree, &model);
    problems.extend(theme.problems);
    let planned = plan::plan(&model, theme.value.assets().keys().map(|path| &**path));
    problems.extend(planned.problems);
    problems.extend(plan::check_links(&model, &planned.value));
    problems.extend(view::check_figures(&model));
    let indicators = indicator::compute(&model);
    let shared = view::Shared::default();
    let mut site = Site { model, indicators, plan: planned.value, theme: theme.value, shared };
    site.shared = view::Shared::new(&view_site(&site));
    problems.extend(view::sealed::check(&view_site(&site)));
    Diagnosed { value: site, problems }
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
