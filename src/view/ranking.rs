//! Views of rankings.

use std::collections::BTreeMap;

use serde::Serialize;

use super::charts::{self, ChartView};
use super::chrome::Link;
use super::honours::{self, HonoursView};
use super::light::LightView;
use super::{Reader, Site, figure, project};
use crate::indicator::{Metric, Scope, Snapshot};
use crate::plan::Route;
use crate::side_by_side::of_each;

/// The towns of a group by a metric.
#[derive(Debug, Clone, Serialize)]
pub struct RankingView {
    /// The group's id.
    pub group_id: String,
    /// The group.
    pub group: String,
    /// The metric's id.
    pub metric: &'static str,
    /// What the metric is called.
    pub label: String,
    /// What it is of.
    pub basis: String,
    /// What stands beside the figure ranked by: what it is computed from, by the row's fields.
    pub heads: BTreeMap<&'static str, RankingHead>,
    /// The rows, best first; those without a rank last.
    pub rows: Vec<RankingRow>,
    /// The same as a chart, if it is short enough to be taken in at a glance.
    pub chart: Option<ChartView>,
    /// The file of that chart, however long it is.
    pub chart_file: Option<Route>,
}

/// A metric at the head of a column.
#[derive(Debug, Clone, Serialize)]
pub struct RankingHead {
    /// The metric's id.
    pub metric: &'static str,
    /// What it is called.
    pub label: String,
    /// What it is of.
    pub basis: String,
}

/// A town in a ranking.
#[derive(Debug, Clone, Serialize)]
pub struct RankingRow {
    /// The rank; none where the figure cannot be had.
    pub rank: Option<u32>,
    /// The town.
    pub town: Link,
    /// The town's id.
    pub town_id: String,
    /// The figure, as it is printed.
    pub display: String,
    /// Why there is no rank.
    pub reason: String,
    /// What must be known beside the figure.
    pub note: Option<String>,
    /// The rank in the issue compared with.
    pub previous: Option<u32>,
    /// How many places it went up (+) or down (−) since.
    pub movement: Option<i64>,
    /// How many projects it leads.
    pub projects: String,
    /// How many of them have started.
    pub started: String,
    /// Its start rate.
    pub start: String,
    /// Its annual plan.
    pub plan: String,
    /// What was done this year.
    pub year: String,
    /// Its light.
    pub light: LightView,
}

impl RankingView {
    /// The same without the files of its chart.
    pub(super) fn without_files(self) -> Self {
        let chart = self.chart.map(|chart| chart.with_file(None));
        RankingView { chart, chart_file: None, ..self }
    }
}

/// The page of rankings.
#[derive(Debug, Clone, Serialize)]
pub struct RankingsPage {
    /// By annual completion, then by start rate, group by group.
    pub rankings: Vec<RankingView>,
    /// The lists of the best and the last, where they are published.
    pub honours: Option<HonoursView>,
}

/// By what the towns of a group are ranked.
pub(super) const RANKED: [Metric; 2] = [Metric::Annual, Metric::StartAll];

/// A chart of more bars than these is several screens high, and says no more than the table.
const MOST_BARS: usize = 60;

/// The page of rankings.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> RankingsPage {
    let snapshot = &site.indicators.at(site.model.as_of);
    let previous = figure::compared(site.model, site.model.as_of);
    let previous = previous.map(|issue| site.indicators.of_issue(issue));
    let rankings = all(site, reader, snapshot, previous.as_ref(), &RANKED);
    RankingsPage { rankings, honours: honours::view(site, reader, snapshot) }
}

/// The rankings of all groups, metric by metric.
pub(super) fn all(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    previous: Option<&Snapshot>,
    metrics: &[Metric],
) -> Vec<RankingView> {
    let groups = site.model.site.groups.len();
    let rankings = of_each(metrics.len() * groups, 1, rayon::current_num_threads(), |at| {
        let (metric, group) = (metrics[at / groups], at % groups);
        ranking(site, reader, snapshot, previous, metric, group)
    });
    rankings.into_iter().filter(|ranking| !ranking.rows.is_empty()).collect()
}

fn ranking(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    previous: Option<&Snapshot>,
    metric: Metric,
    group: usize,
) -> RankingView {
    let method = &site.model.site.method;
    let record = &site.model.site.groups[group];
    let ranking = snapshot.ranking(metric, Some(group), previous);
    let show =
        |metric, town| snapshot.figure(metric, Scope::Town(town)).display(reader.locale, method);
    let rows: Vec<RankingRow> = ranking
        .rows
        .iter()
        .map(|row| RankingRow {
            rank: row.rank,
            town: project::town_link(site, reader, row.town),
            town_id: site.model.towns[row.town].record.id.to_string(),
            display: row.figure.display(reader.locale, method),
            reason: row.figure.reason().map(|reason| reader.phrase(reason)).unwrap_or_default(),
            note: row.figure.note.as_ref().map(|note| reader.phrase(note)),
            previous: row.previous,
            movement: row.risen(),
            projects: show(Metric::Projects, row.town),
            started: show(Metric::Started, row.town),
            start: show(Metric::StartAll, row.town),
            plan: show(Metric::Plan, row.town),
            year: show(Metric::Year, row.town),
            light: LightView::new(site, reader, &snapshot.scope_light(Scope::Town(row.town))),
        })
        .collect();
    let has_bars = ranking.rows.iter().any(|row| row.rank.is_some());
    let is_drawn = has_bars && ranking.rows.len() <= MOST_BARS;
    RankingView {
        group_id: record.id.to_string(),
        group: reader.text(&record.name),
        metric: metric.id(),
        label: reader.phrase(&metric.label()),
        basis: reader.phrase(&metric.basis()),
        heads: heads(reader, metric),
        chart: is_drawn
            .then(|| charts::ranking(site, reader, snapshot, &ranking, &reader.text(&record.name))),
        chart_file: charts::ranking_file(site, &ranking),
        rows,
    }
}

/// What a metric that towns are ranked by is computed from.
fn heads(reader: &Reader<'_>, ranked: Metric) -> BTreeMap<&'static str, RankingHead> {
    let columns = match ranked {
        Metric::StartAll => [("started", Metric::Started), ("projects", Metric::Projects)],
        _ => [("year", Metric::Year), ("plan", Metric::Plan)],
    };
    let head = |metric: Metric| RankingHead {
        metric: metric.id(),
        label: reader.phrase(&metric.label()),
        basis: reader.phrase(&metric.basis()),
    };
    columns.into_iter().map(|(field, metric)| (field, head(metric))).collect()
}
