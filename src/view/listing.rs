//! Views of categories, chains and batches: a scope, its figures and its projects.

use serde::Serialize;
use tera::Value;

use super::ceremony::{self, CeremonyView, YearOfCeremonies};
use super::charts::{self, ChartView};
use super::chrome::{self, Link};
use super::events::{self, EventsView};
use super::figure::{self, FigureView};
use super::project;
use super::{Day, Reader, Site};
use crate::indicator::{Metric, Scope};
use crate::plan::Page;
use crate::record::Batch;

/// A category, chain or batch with its projects.
#[derive(Debug, Clone, Serialize)]
pub struct ScopePage {
    /// What it is called.
    pub name: String,
    /// What is to be said of it, line by line.
    pub facts: Vec<(&'static str, String)>,
    /// Its figures.
    pub figures: Vec<FigureView>,
    /// Its completion curve.
    pub curve: ChartView,
    /// The pools that its projects pass through, of a chain.
    pub funnel: Option<ChartView>,
    /// The events of the year that are credited to it, of a chain.
    pub events: Option<EventsView>,
    /// What was announced and what became of it, of a batch.
    pub ceremony: Option<CeremonyView>,
    /// Its projects: a [`ProjectRow`](super::project::ProjectRow) each.
    pub projects: Vec<Value>,
}

/// A list of chains or batches.
#[derive(Debug, Clone, Serialize)]
pub struct ScopesPage {
    /// The entries.
    pub entries: Vec<ScopeEntry>,
    /// The ceremonies of the year, added up; empty of chains.
    pub years: Vec<YearOfCeremonies>,
}

/// A chain or batch in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ScopeEntry {
    /// The chain or batch.
    pub link: Link,
    /// The day of the ceremony.
    pub on: Option<Day>,
    /// Its figures.
    pub figures: Vec<FigureView>,
}

const METRICS: [Metric; 7] = [
    Metric::Projects,
    Metric::Started,
    Metric::StartAll,
    Metric::TotalPlanned,
    Metric::Plan,
    Metric::Year,
    Metric::Annual,
];

const LIST_METRICS: [Metric; 4] =
    [Metric::Projects, Metric::TotalPlanned, Metric::Year, Metric::Annual];

fn scope_page(
    site: &Site<'_>,
    reader: &Reader<'_>,
    scope: Scope,
    name: String,
    facts: Vec<(&'static str, String)>,
    projects: impl IntoIterator<Item = usize>,
) -> ScopePage {
    let snapshot = &site.indicators.at(site.model.as_of);
    ScopePage {
        facts,
        figures: figure::all(site, reader, snapshot, &METRICS, scope),
        curve: charts::curve(site, reader, snapshot, scope, &name),
        funnel: None,
        events: None,
        ceremony: None,
        projects: project::rows(site, reader, snapshot, projects),
        name,
    }
}

/// The page of a category.
pub(super) fn category(site: &Site<'_>, reader: &Reader<'_>, index: usize) -> ScopePage {
    let name = reader.text(&site.model.site.categories[index].name);
    let projects = (0..site.model.projects.len())
        .filter(|&project| site.model.projects[project].category == index);
    let projects = project::in_order(site, projects);
    scope_page(site, reader, Scope::Category(index), name, Vec::new(), projects)
}

/// The page of a chain.
pub(super) fn chain(site: &Site<'_>, reader: &Reader<'_>, index: usize) -> ScopePage {
    let chain = &site.model.site.chains[index];
    let chief = chain.chief.as_ref().map(|chief| ("chain_chief", reader.text(&chief.post)));
    let unit = chain.lead_unit.as_ref().map(|unit| ("chain_lead_unit", reader.text(unit)));
    let projects = (0..site.model.projects.len())
        .filter(|&project| site.model.projects[project].chain == Some(index));
    let projects = project::in_order(site, projects);
    let facts = chief.into_iter().chain(unit).collect();
    let (scope, name) = (Scope::Chain(index), reader.text(&chain.name));
    let snapshot = &site.indicators.at(site.model.as_of);
    let funnel = charts::funnel(site, reader, snapshot, scope, &name);
    ScopePage {
        funnel: Some(funnel).filter(|funnel| !funnel.empty),
        events: events::of(site, reader, snapshot, scope),
        ..scope_page(site, reader, scope, name, facts, projects)
    }
}

/// The page of a batch.
pub(super) fn batch(site: &Site<'_>, reader: &Reader<'_>, index: usize) -> ScopePage {
    let batch = &site.model.site.batches[index];
    let place = batch.place.as_ref().map(|place| ("batch_place", reader.text(place)));
    let on = ("batch_on", reader.period(batch.on).text);
    let kind =
        ("batch_kind", reader.catalog.get(&format!("batch_{}", batch.kind.code())).to_owned());
    let projects = batch.projects.iter().filter_map(|id| site.model.project(id.as_str()));
    let facts = [kind, on].into_iter().chain(place).collect();
    let (scope, name) = (Scope::Batch(index), reader.text(&batch.name));
    let snapshot = &site.indicators.at(site.model.as_of);
    ScopePage {
        ceremony: Some(ceremony::view(site, reader, snapshot, index)),
        ..scope_page(site, reader, scope, name, facts, projects)
    }
}

/// The list of chains.
pub(super) fn chains(site: &Site<'_>, reader: &Reader<'_>) -> ScopesPage {
    let snapshot = &site.indicators.at(site.model.as_of);
    let chains = 0..site.model.site.chains.len();
    let entries = chains.map(|index| ScopeEntry {
        link: chrome::link(site, reader, Page::Chain(index)),
        on: None,
        figures: figure::all(site, reader, snapshot, &LIST_METRICS, Scope::Chain(index)),
    });
    ScopesPage { entries: entries.collect(), years: Vec::new() }
}

/// The list of batches, newest first.
pub(super) fn batches(site: &Site<'_>, reader: &Reader<'_>) -> ScopesPage {
    let snapshot = &site.indicators.at(site.model.as_of);
    let mut batches: Vec<(usize, &Batch)> = site.model.site.batches.iter().enumerate().collect();
    batches.sort_by_key(|(_, batch)| std::cmp::Reverse(batch.on));
    let entries = batches.into_iter().map(|(index, batch)| ScopeEntry {
        link: chrome::link(site, reader, Page::Batch(index)),
        on: Some(reader.period(batch.on)),
        figures: figure::all(site, reader, snapshot, &LIST_METRICS, Scope::Batch(index)),
    });
    ScopesPage { entries: entries.collect(), years: ceremony::years(site, reader, snapshot) }
}
