//! Views of projects in lists.

use serde::Serialize;
use tera::Value;

use super::chrome::{self, Link};
use super::figure::{self, FigureView};
use super::light::LightView;
use super::{Name, Reader, Site};
use crate::indicator::{DASH, Metric, Reporting, Scope, Snapshot, State, display_money};
use crate::plan::{Page, Route};
use crate::value::{Money, Rate, Rounding, percent};

/// A project in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectRow {
    /// The project's id.
    pub id: String,
    /// The project's page.
    pub route: Route,
    /// The project's name.
    pub name: Name,
    /// The town that leads: a [`Link`].
    pub town: Value,
    /// Whether other towns have a part in it (跨镇).
    pub cross_town: bool,
    /// The category: a [`Link`].
    pub category: Value,
    /// `new` or `continuing`
    pub project_type: &'static str,
    /// Whether it is one of the flagship projects.
    pub flagship: bool,
    /// How far it is: `planned`, `started`, `finished`, `in-production`, `paused`.
    pub stage: &'static str,
    /// The total investment, as it is printed.
    pub total: String,
    /// The annual plan, as it is printed.
    pub plan: String,
    /// What was done this year, as it is printed.
    pub year: String,
    /// The annual completion rate, as it is printed.
    pub rate: String,
    /// What the columns are sorted by: whole yuan, and percent for the rate; empty where there is none.
    pub sort: SortKeys,
    /// The light.
    pub light: LightView,
    /// Whether the figures are carried from an earlier month.
    pub stale: bool,
}

/// What the columns of a list of projects are sorted by.
#[derive(Debug, Clone, Serialize)]
pub struct SortKeys {
    /// Of the total investment.
    pub total: String,
    /// Of the annual plan.
    pub plan: String,
    /// Of what was done this year.
    pub year: String,
    /// Of the rate.
    pub rate: String,
}

/// The list of projects.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectsPage {
    /// The figures above the list.
    pub figures: Vec<FigureView>,
    /// The projects: a [`ProjectRow`] each.
    pub projects: Vec<Value>,
    /// The towns to filter by.
    pub towns: Vec<Link>,
    /// The categories to filter by.
    pub categories: Vec<Link>,
}

/// An amount as it is printed, `—` where there is none.
pub(super) fn amount(site: &Site<'_>, reader: &Reader<'_>, amount: Option<Money>) -> String {
    amount.map_or_else(
        || DASH.into(),
        |amount| display_money(amount, reader.locale, &site.model.site.method),
    )
}

/// A rate as it is printed, `—` where there is none.
pub(super) fn rate(site: &Site<'_>, rate: Option<Rate>) -> String {
    let method = &site.model.site.method;
    rate.map_or_else(
        || DASH.into(),
        |rate| format!("{}%", percent(rate, method.rate_decimals, method.rounding)),
    )
}

fn new_row(site: &Site<'_>, reader: &Reader<'_>, snapshot: &Snapshot, index: usize) -> ProjectRow {
    let project = &site.model.projects[index];
    let record = &project.record;
    let scope = Scope::Project(index);
    let state = snapshot.state(index);
    let rate = snapshot.figure(Metric::Annual, scope);
    let exact = |amount: Option<Money>| amount.map_or_else(String::new, |amount| amount.exact());
    let links = site.shared.links(reader.locale, project.town, project.category);
    let (town, category) = links.unwrap_or_else(|| (Value::none(), Value::none()));
    ProjectRow {
        id: project.id.to_string(),
        route: Route::page(site.model, Page::Project(index), reader.locale),
        name: reader.name(&record.name),
        town,
        cross_town: project.shares.len() > 1,
        category,
        project_type: record.project_type.code(),
        flagship: record.flagship,
        stage: stage(state),
        total: amount(site, reader, state.total_planned()),
        plan: amount(site, reader, state.plan()),
        year: amount(site, reader, state.year()),
        rate: rate.display(reader.locale, &site.model.site.method),
        sort: SortKeys {
            total: exact(state.total_planned()),
            plan: exact(state.plan()),
            year: exact(state.year()),
            rate: rate
                .value
                .exact()
                .map_or_else(String::new, |rate| percent(rate, 6, Rounding::HalfUp)),
        },
        light: LightView::new(site, reader, &snapshot.light(index)),
        stale: matches!(state.reporting, Reporting::Stale),
    }
}

pub(super) fn town_link(site: &Site<'_>, reader: &Reader<'_>, town: usize) -> Link {
    chrome::link(site, reader, Page::Town(town))
}

/// How far a project is, in a word.
pub(super) fn stage(state: &State) -> &'static str {
    match state {
        State { in_production: true, .. } => "in-production",
        State { finished: true, .. } => "finished",
        State { paused: true, .. } => "paused",
        State { started: true, .. } => "started",
        State { .. } => "planned",
    }
}

/// Projects as lists show them: by town and category, each in its official order (DOMAIN.md 6.10).
pub(super) fn in_order(site: &Site<'_>, projects: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut ordered: Vec<usize> = projects.collect();
    let place = |index: usize| {
        let project = &site.model.projects[index];
        (project.town, project.category)
    };
    ordered.sort_by_key(|&index| place(index));
    ordered
}

/// The listed projects as rows, in the order of the given positions: a [`ProjectRow`] each.
pub(super) fn rows(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    projects: impl IntoIterator<Item = usize>,
) -> Vec<Value> {
    let listed = projects.into_iter().filter(|&index| snapshot.state(index).listed);
    listed.map(|index| row(site, reader, snapshot, index)).collect()
}

/// A project as lists show it: a [`ProjectRow`], made once for all lists that show the site's own day.
pub(super) fn row(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    index: usize,
) -> Value {
    let make = || Value::from_serializable(&new_row(site, reader, snapshot, index));
    let kept = site.shared.row(reader.locale, index);
    match kept.filter(|_| snapshot.as_of() == site.model.as_of) {
        Some(kept) => kept.get_or_init(make).clone(),
        None => make(),
    }
}

/// The list of projects.
pub(super) fn list(site: &Site<'_>, reader: &Reader<'_>) -> ProjectsPage {
    let snapshot = &site.indicators.at(site.model.as_of);
    let metrics =
        [Metric::Projects, Metric::Started, Metric::StartAll, Metric::TotalPlanned, Metric::Annual];
    let categories = 0..site.model.site.categories.len();
    ProjectsPage {
        figures: figure::all(site, reader, snapshot, &metrics, Scope::All),
        projects: rows(site, reader, snapshot, in_order(site, 0..site.model.projects.len())),
        towns: (0..site.model.towns.len()).map(|town| town_link(site, reader, town)).collect(),
        categories: categories
            .map(|category| chrome::link(site, reader, Page::Category(category)))
            .collect(),
    }
}
