//! Views of towns.

use serde::Serialize;
use tera::Value;

use super::charts::{self, ChartView};
use super::chrome::{Frame, Link};
use super::events::{self, EventsView};
use super::figure::{self, FigureView};
use super::light::{LIGHT_METRICS, LightView};
use super::news::{self, NewsEntry};
use super::project;
use super::{Reader, Site};
use crate::indicator::{Metric, Scope, Snapshot};
use crate::plan::{Feed, FeedFormat, Page, Route};

/// The list of towns, group by group, in official order.
#[derive(Debug, Clone, Serialize)]
pub struct TownsPage {
    /// The groups.
    pub groups: Vec<TownGroup>,
}

/// The towns of a group.
#[derive(Debug, Clone, Serialize)]
pub struct TownGroup {
    /// The group; empty for towns without one.
    pub group: String,
    /// The towns.
    pub towns: Vec<TownCard>,
}

/// A town in a list.
#[derive(Debug, Clone, Serialize)]
pub struct TownCard {
    /// The town.
    pub town: Link,
    /// The town in a sentence.
    pub intro: String,
    /// The most important figures.
    pub figures: Vec<FigureView>,
    /// Its light.
    pub light: LightView,
    /// The curve of its completion, small.
    pub spark: ChartView,
}

/// The page of a town.
#[derive(Debug, Clone, Serialize)]
pub struct TownPage {
    /// The town's name.
    pub name: String,
    /// The town's id.
    pub id: String,
    /// The town in a sentence.
    pub intro: String,
    /// Its group.
    pub group: String,
    /// Its figures.
    pub figures: Vec<FigureView>,
    /// How many of its projects have each light.
    pub light_figures: Vec<FigureView>,
    /// Its light.
    pub light: LightView,
    /// Its rank by annual completion within the group, and of how many.
    pub rank: Option<RankView>,
    /// The completion curve.
    pub curve: ChartView,
    /// The events of the year that are credited to it.
    pub events: Option<EventsView>,
    /// Its projects, those that it leads first: a [`ProjectRow`](super::project::ProjectRow) each.
    pub projects: Vec<Value>,
    /// The news about it, newest first.
    pub news: Vec<NewsEntry>,
    /// Its bulletins, newest first.
    pub bulletins: Vec<Link>,
    /// The route of its feed.
    pub feed: Route,
}

/// A rank among others.
#[derive(Debug, Clone, Serialize)]
pub struct RankView {
    /// The rank.
    pub rank: u32,
    /// Whether another town has the same rank.
    pub joint: bool,
    /// How many are ranked.
    pub of: usize,
    /// The group.
    pub group: String,
    /// The rank in the issue compared with.
    pub previous: Option<u32>,
    /// How many places it went up (+) or down (−) since.
    pub movement: Option<i64>,
}

/// The figures that a town is introduced with.
pub(super) const TOWN_METRICS: [Metric; 8] = [
    Metric::Projects,
    Metric::Started,
    Metric::StartAll,
    Metric::TotalPlanned,
    Metric::Plan,
    Metric::Year,
    Metric::Annual,
    Metric::Deviation,
];

/// The list of towns.
pub(super) fn list(site: &Site<'_>, reader: &Reader<'_>) -> TownsPage {
    let groups = site
        .model
        .site
        .groups
        .iter()
        .enumerate()
        .map(|(index, group)| (Some(index), reader.text(&group.name)));
    let groups = groups.chain([(None, String::new())]).map(|(index, name)| TownGroup {
        group: name,
        towns: (0..site.model.towns.len())
            .filter(|&town| site.model.towns[town].group == index)
            .map(|town| card(site, reader, town))
            .collect(),
    });
    TownsPage { groups: groups.filter(|group| !group.towns.is_empty()).collect() }
}

fn card(site: &Site<'_>, reader: &Reader<'_>, town: usize) -> TownCard {
    let snapshot = &site.indicators.at(site.model.as_of);
    let scope = Scope::Town(town);
    let metrics = [Metric::Projects, Metric::StartAll, Metric::Year, Metric::Annual];
    TownCard {
        town: project::town_link(site, reader, town),
        intro: reader.optional(site.model.towns[town].record.intro.as_ref()),
        figures: figure::all(site, reader, snapshot, &metrics, scope),
        light: LightView::new(site, reader, &snapshot.scope_light(scope)),
        spark: charts::spark(site, reader, snapshot, scope),
    }
}

/// The page of a town.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>, frame: &Frame, town: usize) -> TownPage {
    let model = site.model;
    let record = &model.towns[town].record;
    let snapshot = &site.indicators.at(model.as_of);
    let scope = Scope::Town(town);
    let previous = figure::compared(model, model.as_of);
    let previous = previous.map(|issue| site.indicators.of_issue(issue));
    let name = reader.text(&record.name);
    let issues = (0..model.bulletins.len()).rev();
    TownPage {
        id: record.id.to_string(),
        intro: reader.optional(record.intro.as_ref()),
        group: group_name(site, reader, town),
        figures: figure::all(site, reader, snapshot, &TOWN_METRICS, scope),
        light_figures: figure::all(site, reader, snapshot, &LIGHT_METRICS, scope),
        light: LightView::new(site, reader, &snapshot.scope_light(scope)),
        rank: rank(site, reader, snapshot, previous.as_ref(), town),
        curve: charts::curve(site, reader, snapshot, scope, &name),
        projects: project::rows(
            site,
            reader,
            snapshot,
            project::in_order(site, model.towns[town].projects.iter().copied()),
        ),
        events: events::of(site, reader, snapshot, scope),
        news: news_about(site, town).map(|item| news::entry(site, reader, frame, item)).collect(),
        bulletins: issues
            .map(|issue| {
                reader.link(
                    site,
                    Page::TownBulletin(issue, town),
                    &reader.issue_name(&model.bulletins[issue]),
                )
            })
            .collect(),
        feed: Route::feed(model, Feed::Town(town), FeedFormat::Atom),
        name,
    }
}

/// The name of a town's group.
pub(super) fn group_name(site: &Site<'_>, reader: &Reader<'_>, town: usize) -> String {
    let group = site.model.towns[town].group.map(|group| &site.model.site.groups[group]);
    group.map_or_else(String::new, |group| reader.text(&group.name))
}

/// The positions of the listed news about a town, newest first.
pub(super) fn news_about<'a>(
    site: &Site<'a>,
    town: usize,
) -> impl Iterator<Item = usize> + use<'a> {
    let model = site.model;
    model.towns[town].news.iter().copied().filter(|&item| !model.news[item].expired)
}

/// A town's rank by annual completion.
pub(super) fn rank(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    previous: Option<&Snapshot>,
    town: usize,
) -> Option<RankView> {
    let now = snapshot.annual_rank(town)?;
    let previous = previous.and_then(|previous| previous.annual_rank(town)).map(|rank| rank.rank);
    let towns = &site.model.towns;
    let mut others = (0..towns.len()).filter(|&other| other != town);
    let joint = others.any(|other| {
        let same_group = towns[other].group == towns[town].group;
        same_group && snapshot.annual_rank(other).is_some_and(|rank| rank.rank == now.rank)
    });
    Some(RankView {
        rank: now.rank,
        joint,
        of: now.of,
        group: group_name(site, reader, town),
        previous,
        movement: previous.map(|previous| i64::from(previous) - i64::from(now.rank)),
    })
}
