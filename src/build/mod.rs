//! The whole pipeline in one function: a snapshot of files in, a site whose every file can be rendered out.

mod cache;
mod inputs;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

pub use self::cache::Cache;
pub use self::inputs::{Bases, Inputs};
use crate::diagnostic::{At, Diagnosed, Diagnostic, Diagnostics, Faults, Phrase, Severity};
use crate::indicator::{self, Indicators, Ledgers, Unknowns};
use crate::model::{self, Edition, Model, Reviews};
use crate::plan::{self, Output, Plan, Route};
use crate::record::{self, RecordFile};
use crate::source::{ContentHash, SourceFile, SourcePath, SourceTree};
use crate::theme::Theme;
use crate::value::Locale;
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
        ContentHash::of(inputs::listing(records.map(|file| (&file.path, &file.hash))).as_bytes())
    }
}

/// A site, ready to be rendered file by file in any order.
pub struct Site {
    /// The facts.
    pub model: Arc<Model>,
    /// What they amount to.
    pub indicators: Arc<Indicators>,
    /// The files there will be.
    pub plan: Arc<Plan>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What all pages of a locale share.
    pub shared: view::Shared,
    /// The indexes of the search, each made when it is first asked for.
    pub search: view::search::Indexes,
}

/// What was made of records for a site, and can be had again for the next.
#[derive(Default)]
struct Memos {
    ledgers: Ledgers,
    reviews: Reviews,
    unknowns: Unknowns,
    /// What was made of all records together.
    facts: Option<Facts>,
}

/// What the records of an edition amount to, however a theme shows it.
struct Facts {
    records: Vec<Arc<RecordFile>>,
    edition: Edition,
    model: Arc<Model>,
    indicators: Arc<Indicators>,
    /// The theme's files that the plan has a place for.
    assets: Vec<SourcePath>,
    plan: Arc<Plan>,
    problems: Diagnostics,
}

impl Facts {
    fn new(
        resolved: Diagnosed<Model>,
        records: &[Arc<RecordFile>],
        edition: &Edition,
        theme: &Theme,
        memos: &mut Memos,
    ) -> Self {
        let Diagnosed { value: model, mut problems } = resolved;
        let model = Arc::new(model);
        let figures = || {
            let indicators = indicator::compute(&model, &mut memos.ledgers);
            let found = indicator::review(&model, &indicators, &mut memos.unknowns);
            (indicators, found)
        };
        let review = || model::review(&model, &mut memos.reviews);
        let texts = || view::quoted::check(&model);
        // The plan takes as long as the others together.
        let ((plan, of_plan), (((indicators, of_figures), of_records), of_texts)) = rayon::join(
            || plan(&model, theme),
            || rayon::join(|| rayon::join(figures, review), texts),
        );
        let found = of_plan.into_iter().chain(of_figures).chain(of_records).chain(of_texts);
        problems.extend(found);
        let (indicators, plan) = (Arc::new(indicators), Arc::new(plan));
        let assets = theme.assets().keys().cloned().collect();
        let (records, edition) = (records.to_vec(), edition.clone());
        Facts { records, edition, model, indicators, assets, plan, problems }
    }

    /// Whether they are of these very records, in this edition.
    fn are_of(&self, records: &[Arc<RecordFile>], edition: &Edition) -> bool {
        let mut pairs = self.records.iter().zip(records);
        let is_same = self.records.len() == records.len() && pairs.all(|(a, b)| Arc::ptr_eq(a, b));
        is_same && self.edition == *edition
    }

    /// Whether the plan is the one for a theme.
    fn are_for(&self, theme: &Theme) -> bool {
        self.assets.iter().eq(theme.assets().keys())
    }
}

/// Runs the pipeline up to the plan, and tells of all problems but those of single pages.
///
/// Each file is let go of once it is read: together they are as large as half of what a site is made from.
pub fn assemble(input: Input) -> Diagnosed<Site> {
    let Input { mut tree, edition } = input;
    let mut problems = Diagnostics::default();
    let conventions = record::conventions(&tree);
    let read = |file: SourceFile| record::parse(&file, &conventions);
    let parsed: Vec<_> = tree.take("content/").into_par_iter().map(read).collect();
    let mut records = Vec::with_capacity(parsed.len());
    for file in parsed {
        problems.extend(file.problems);
        records.extend(file.value.map(Arc::new));
    }
    let theme = |name: Option<&str>, locales: &[Locale]| {
        let Diagnosed { value, problems } = Theme::load(&tree, name, locales);
        Diagnosed { value: Arc::new(value), problems }
    };
    site(&records, &edition, theme, problems, &tree, &mut Memos::default())
}

/// The site of some records, in a theme.
fn site(
    records: &[Arc<RecordFile>],
    edition: &Edition,
    theme: impl FnOnce(Option<&str>, &[Locale]) -> Diagnosed<Arc<Theme>> + Send,
    mut problems: Diagnostics,
    tree: &SourceTree,
    memos: &mut Memos,
) -> Diagnosed<Site> {
    let missing = model::missing_files(records);
    let faults = Faults::of(problems.iter().chain(missing.iter()));
    // What is there but could not be read has been told.
    let is_untold = |missing: &&Diagnostic| {
        let told = || problems.iter().any(|problem| problem.path() == missing.path());
        !missing.path().is_some_and(|path| tree.is_unread(&path) || told())
    };
    let untold: Vec<Diagnostic> = missing.iter().filter(is_untold).cloned().collect();
    problems.extend(untold);
    let (theme_name, locales) = model::theme_and_locales(records);
    let kept = memos.facts.take().filter(|facts| facts.are_of(records, edition));
    let resolve = || model::resolve(records, edition);
    let (resolved, themed) =
        rayon::join(|| kept.is_none().then(resolve), || theme(theme_name, &locales));
    let theme = themed.value;
    problems.extend(themed.problems);
    let facts = kept.filter(|facts| facts.are_for(&theme)).unwrap_or_else(|| {
        Facts::new(resolved.unwrap_or_else(resolve), records, edition, &theme, memos)
    });
    problems.extend_unless(&faults, facts.problems.clone());
    let (model, indicators) = (Arc::clone(&facts.model), Arc::clone(&facts.indicators));
    let plan = Arc::clone(&facts.plan);
    memos.facts = Some(facts);
    let shared = view::Shared::default();
    let search = view::search::Indexes::of(&model.locales);
    let mut site = Site { model, indicators, plan, theme, shared, search };
    site.shared = view::Shared::new(&view_site(&site));
    let faults = Faults::of(problems.iter().chain(missing.iter()));
    problems.extend_unless(&faults, view::sealed::check(&view_site(&site)));
    problems.extend_unless(&faults, view::correction::check(&view_site(&site)));
    problems.extend_unless(&faults, view::typed::check(&view_site(&site)));
    Diagnosed { value: site, problems }
}

/// The plan, and the problems of what leads to somewhere in it.
fn plan(model: &Model, theme: &Theme) -> (Plan, Diagnostics) {
    let planned = plan::plan(model, theme.assets().keys().map(|path| &**path));
    let mut problems = planned.problems;
    problems.extend(plan::check_links(model, &planned.value));
    (planned.value, problems)
}

/// The bytes of one file of the site.
///
/// # Errors
/// The problem of its template.
pub fn render(site: &Site, route: &Route, output: &Output) -> Result<Vec<u8>, Box<Diagnostic>> {
    render::render(&view::view(&view_site(site), route, output), &site.theme)
}

/// Writes a file that is no page as it is made, for it may be too long to be kept in memory.
///
/// # Errors
/// What whoever takes the bytes fails with.
pub fn write(
    site: &Site,
    route: &Route,
    output: &Output,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    render::write(&view::view(&view_site(site), route, output), out)
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

/// The problems of templates, which only show when pages are made; `known` are the problems of the site.
pub fn check_pages(site: &Site, known: &Diagnostics) -> Diagnostics {
    let pages = sound_pages(site, known).into_par_iter();
    let found = pages.filter_map(|(route, output)| render(site, route, output).err()).collect();
    merge_template_problems(found)
}

/// The pages that can be tried: one that rests on a file with one of the problems `known` may fail for that alone.
pub fn sound_pages<'a>(site: &'a Site, known: &Diagnostics) -> Vec<(&'a Route, &'a Output)> {
    let errors = known.iter().filter(|problem| problem.severity == Severity::Error);
    let faulty: BTreeSet<&str> =
        errors.filter_map(|problem| Some(&*problem.place.as_ref()?.path)).collect();
    let all_rest_on = |path: &&str| {
        path.starts_with("themes/") || ["content/site.yaml", "content/towns.yaml"].contains(path)
    };
    if faulty.iter().any(all_rest_on) {
        return Vec::new();
    }
    let is_sound = |output: &Output| {
        let record = plan::record_of(&site.model, output);
        record.is_none_or(|path| !faulty.contains(&*path))
    };
    let pages = site.plan.outputs.iter();
    pages.filter(|(_, output)| matches!(output, Output::Page(..)) && is_sound(output)).collect()
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
            let (zh, en) = (format!("共有 {pages} 个页面出错"), format!("{pages} pages fail"));
            problem.help = Some(match problem.help {
                Some(help) => {
                    Phrase::new(format!("{zh}；{}", help.zh), format!("{en}; {}", help.en))
                }
                None => Phrase::new(zh, en),
            });
        }
        problems.add(problem);
    }
    problems
}
