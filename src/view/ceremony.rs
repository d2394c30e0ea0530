//! Views of what a ceremony for several projects announced, and what became of it (集中开工).

use serde::Serialize;

use super::chrome::{self, Link};
use super::project::amount;
use super::{Reader, Site};
use crate::indicator::{BatchReport, Snapshot, batch_report, batch_year};
use crate::plan::Page;
use crate::record::BatchKind;
use crate::value::Money;

/// What a ceremony announced, and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct CeremonyView {
    /// `start`, `complete` or `sign`
    pub kind: &'static str,
    /// Whether it has been held.
    pub held: bool,
    /// How many projects it was for.
    pub projects: usize,
    /// ΣT on the day of the ceremony, as it is printed.
    pub total: String,
    /// Of how many projects T was known then.
    pub total_of: usize,
    /// ΣA of the year on that day, as it is printed.
    pub plan: String,
    /// Of how many projects A was known then.
    pub plan_of: usize,
    /// How many have started since.
    pub started: usize,
    /// How many are completed.
    pub finished: usize,
    /// The project with the largest T on that day.
    pub largest: Option<Link>,
    /// The projects whose start or completion was celebrated and has not happened.
    pub only_celebrated: Vec<Link>,
    /// The projects whose T was revised since.
    pub revised: Vec<RevisedTotal>,
}

/// A project whose total investment was revised after the ceremony.
#[derive(Debug, Clone, Serialize)]
pub struct RevisedTotal {
    /// The project.
    pub project: Link,
    /// T on the day of the ceremony.
    pub then: String,
    /// T on the day of the figures.
    pub now: String,
}

/// The ceremonies of a kind in the year, added up.
#[derive(Debug, Clone, Serialize)]
pub struct YearOfCeremonies {
    /// `start`, `complete` or `sign`
    pub kind: &'static str,
    /// How many were held.
    pub ceremonies: usize,
    /// How many projects they were for.
    pub projects: usize,
    /// Their ΣT at the ceremonies, as it is printed.
    pub total: String,
}

/// What became of a batch by the day of a snapshot.
pub(super) fn view(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    batch: usize,
) -> CeremonyView {
    let kind = site.model.site.batches[batch].kind;
    let report = batch_report(snapshot, batch);
    let link = |project: usize| chrome::link(site, reader, Page::Project(project));
    CeremonyView {
        kind: kind.code(),
        held: report.is_held,
        projects: report.projects.len(),
        total: known(site, reader, report.total),
        total_of: report.total.1,
        plan: known(site, reader, report.plan),
        plan_of: report.plan.1,
        started: report.started,
        finished: report.finished,
        largest: report.largest().map(link),
        only_celebrated: report.only_celebrated(kind).map(link).collect(),
        revised: revised(site, reader, &report, link),
    }
}

fn revised(
    site: &Site<'_>,
    reader: &Reader<'_>,
    report: &BatchReport,
    link: impl Fn(usize) -> Link,
) -> Vec<RevisedTotal> {
    let revised = report.revised().map(|project| RevisedTotal {
        project: link(project.project),
        then: amount(site, reader, project.total_then),
        now: amount(site, reader, project.total_now),
    });
    revised.collect()
}

/// The ceremonies of the year by kind, as far as any were held.
pub(super) fn years(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
) -> Vec<YearOfCeremonies> {
    let years = BatchKind::ALL.iter().map(|kind| (kind, batch_year(snapshot, *kind)));
    let held = years.filter(|(_, year)| year.batches > 0);
    held.map(|(kind, year)| YearOfCeremonies {
        kind: kind.code(),
        ceremonies: year.batches,
        projects: year.projects,
        total: known(site, reader, year.total),
    })
    .collect()
}

/// A sum as it is printed, `—` where nothing was known to add.
fn known(site: &Site<'_>, reader: &Reader<'_>, (money, of): (Money, usize)) -> String {
    amount(site, reader, (of > 0).then_some(money))
}
