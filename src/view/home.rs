//! The view of the home page.

use serde::Serialize;
use tera::Value;

use super::bulletin::{self, IssueEntry};
use super::charts::{self, ChartView};
use super::chrome::{self, Frame, Link};
use super::figure::{self, FigureView};
use super::light::LIGHT_METRICS;
use super::news::{self, NewsEntry};
use super::project;
use super::ranking::{self, RankingView};
use super::{Reader, Site};
use crate::indicator::{Metric, Scope};
use crate::plan::Page;

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// The figures of the whole, the most important first.
    pub figures: Vec<FigureView>,
    /// How many projects have each light.
    pub light_figures: Vec<FigureView>,
    /// The completion curve.
    pub curve: ChartView,
    /// The lights as a chart.
    pub light_chart: ChartView,
    /// The rankings by annual completion.
    pub rankings: Vec<RankingView>,
    /// The categories with their figures.
    pub categories: Vec<CategoryRow>,
    /// The same as a chart.
    pub category_chart: ChartView,
    /// The flagship projects: a [`ProjectRow`](super::project::ProjectRow) each.
    pub flagships: Vec<Value>,
    /// The newest issue.
    pub issue: Option<IssueEntry>,
    /// The towns' bulletins in the newest issue.
    pub town_bulletins: Vec<Link>,
    /// The newest news.
    pub news: Vec<NewsEntry>,
}

/// A category with its figures.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryRow {
    /// The category.
    pub category: Link,
    /// Its figures.
    pub figures: Vec<FigureView>,
}

/// The figures of the whole, the most important first.
const HOME_METRICS: [Metric; 10] = [
    Metric::Projects,
    Metric::StartAll,
    Metric::Annual,
    Metric::Deviation,
    Metric::Started,
    Metric::TotalPlanned,
    Metric::Plan,
    Metric::Year,
    Metric::Target,
    Metric::Coverage,
];

/// How many news items the home page shows.
const NEWS_ON_HOME: usize = 6;

/// The home page.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>, frame: &Frame) -> HomePage {
    let model = site.model;
    let snapshot = &site.indicators.at(model.as_of);
    let newest = model.bulletins.len().checked_sub(1);
    let compared = figure::compared(model, model.as_of);
    let compared = compared.map(|issue| site.indicators.of_issue(issue));
    let flagships =
        (0..model.projects.len()).filter(|&index| model.projects[index].record.flagship);
    HomePage {
        figures: figure::all(site, reader, snapshot, &HOME_METRICS, Scope::All),
        light_figures: figure::all(site, reader, snapshot, &LIGHT_METRICS, Scope::All),
        curve: charts::curve(site, reader, snapshot, Scope::All, &reader.text(&model.site.area)),
        light_chart: charts::lights(site, reader, snapshot),
        rankings: ranking::all(site, reader, snapshot, compared.as_ref(), &[Metric::Annual]),
        categories: categories(site, reader),
        category_chart: charts::categories(site, reader, snapshot),
        flagships: project::rows(site, reader, snapshot, project::in_order(site, flagships)),
        issue: newest.map(|index| bulletin::entry(site, reader, index)),
        town_bulletins: newest
            .map(|index| bulletin::town_links(site, reader, index))
            .unwrap_or_default(),
        news: model
            .listed
            .iter()
            .take(NEWS_ON_HOME)
            .map(|&item| news::entry(site, reader, frame, item))
            .collect(),
    }
}

/// The categories in official order, with their figures.
pub(super) fn categories(site: &Site<'_>, reader: &Reader<'_>) -> Vec<CategoryRow> {
    let snapshot = &site.indicators.at(site.model.as_of);
    let metrics =
        [Metric::Projects, Metric::StartAll, Metric::TotalPlanned, Metric::Year, Metric::Annual];
    let categories = 0..site.model.site.categories.len();
    let row = |index| CategoryRow {
        category: chrome::link(site, reader, Page::Category(index)),
        figures: figure::all(site, reader, snapshot, &metrics, Scope::Category(index)),
    };
    categories.map(row).collect()
}
