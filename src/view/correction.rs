//! Views of corrections: what an issue said, what it should have said, and why.

use serde::Serialize;

use super::chrome::{self, Link};
use super::figure::{self, FigureView};
use super::prose::parse_figure;
use super::{Day, Reader, Site, sealed};
use crate::diagnostic::{Diagnostics, Place, problems};
use crate::indicator::{Metric, Scope};
use crate::key_path;
use crate::markdown::FigureReference;
use crate::model::{AsOf, Bulletin, News};
use crate::plan::Page;

/// A correction of an issue.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// The news item that tells of it.
    pub news: Link,
    /// The day of the correction.
    pub date: Day,
    /// Why, in a sentence or two.
    pub reason: String,
    /// The issue that it corrects.
    pub issue: Link,
    /// The figures that it corrects.
    pub figures: Vec<CorrectedFigure>,
}

/// A figure, as it was and as it should be.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectedFigure {
    /// What it is of: the town, project and so on.
    pub scope_name: String,
    /// What the issue printed.
    pub old: String,
    /// What it should have printed.
    pub new: FigureView,
}

/// The page of all corrections, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionsPage {
    /// The corrections.
    pub corrections: Vec<CorrectionView>,
}

/// The page of all corrections.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> CorrectionsPage {
    let listed = all(site).filter(|(_, news)| !news.expired);
    let corrections = listed.filter_map(|(index, news)| view(site, reader, index, news, |_| true));
    CorrectionsPage { corrections: corrections.collect() }
}

/// The corrections of an issue; those of a town where one is named.
pub(super) fn of_issue(
    site: &Site<'_>,
    reader: &Reader<'_>,
    issue: usize,
    town: Option<usize>,
) -> Vec<CorrectionView> {
    let of_town = |scope| town.is_none_or(|town| scope == Scope::Town(town));
    let of_issue = all(site).filter(|(_, news)| news.correction_of == Some(issue));
    let views = of_issue.filter_map(|(index, news)| view(site, reader, index, news, of_town));
    views.filter(|correction| town.is_none() || !correction.figures.is_empty()).collect()
}

/// The news items that correct issues, with their positions, newest first.
pub(super) fn all<'a>(site: &Site<'a>) -> impl Iterator<Item = (usize, &'a News)> + use<'a> {
    let model = site.model;
    model.corrections.iter().map(|&position| (position, &model.news[position]))
}

/// The figures that a correction names.
pub(super) fn figures<'a>(
    site: &Site<'a>,
    news: &'a News,
) -> impl Iterator<Item = (Metric, Scope)> + use<'a> {
    let model = site.model;
    news.record
        .figures
        .iter()
        .filter_map(move |named| parse_figure(model, &FigureReference::named(named)))
}

/// Checks that each figure that a correction names is another for it.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let reader = &Reader::new(site, site.model.default_locale());
    let mut found = Diagnostics::default();
    for (_, news) in all(site) {
        let Some(issue) = news.correction_of else { continue };
        for (index, named) in news.record.figures.iter().enumerate() {
            let reference = FigureReference::named(named);
            let Some((metric, scope)) = parse_figure(site.model, &reference) else { continue };
            let corrected = corrected(site, reader, issue, news, (metric, scope));
            if corrected.old == corrected.new.display {
                let place = Place::value(&news.path, key_path!["figures", index]);
                found.add(problems::unchanged_correction(place, &corrected.old));
            }
        }
    }
    found
}

/// What a corrected figure rests on: the day of the issue, as known on the day of the correction.
pub(super) fn as_of(issue: &Bulletin, news: &News) -> AsOf {
    let printed = issue.as_of();
    AsOf { data: printed.data, known_by: news.record.date.day().max(printed.known_by) }
}

/// What an item corrects, of the scopes that are shown.
pub(super) fn view(
    site: &Site<'_>,
    reader: &Reader<'_>,
    index: usize,
    news: &News,
    shown: impl Fn(Scope) -> bool,
) -> Option<CorrectionView> {
    let issue = news.correction_of?;
    let figures = figures(site, news).filter(|(_, scope)| shown(*scope));
    let figures = figures.map(|named| corrected(site, reader, issue, news, named));
    let record = news.in_locale(reader.locale).record;
    Some(CorrectionView {
        news: super::news::news_link(site, reader, index),
        date: reader.day(news.record.date.day()),
        reason: record.summary.clone().unwrap_or_default(),
        issue: chrome::link(site, reader, Page::Bulletin(issue)),
        figures: figures.collect(),
    })
}

/// A figure of an issue, as it was and as a correction has it.
fn corrected(
    site: &Site<'_>,
    reader: &Reader<'_>,
    issue: usize,
    news: &News,
    (metric, scope): (Metric, Scope),
) -> CorrectedFigure {
    let known = as_of(&site.model.bulletins[issue], news);
    CorrectedFigure {
        scope_name: scope_name(site, reader, scope),
        old: sealed::printed(site, reader, issue, metric, scope).display,
        new: figure::figure(site, reader, known, metric, scope),
    }
}

/// What a scope is called.
pub(super) fn scope_name(site: &Site<'_>, reader: &Reader<'_>, scope: Scope) -> String {
    let record = &site.model.site;
    reader.text(match scope {
        Scope::All => &record.area,
        Scope::Town(town) => &site.model.towns[town].record.name,
        Scope::Category(category) => &record.categories[category].name,
        Scope::Chain(chain) => &record.chains[chain].name,
        Scope::Batch(batch) => &record.batches[batch].name,
        Scope::Project(project) => &site.model.projects[project].record.name,
    })
}
