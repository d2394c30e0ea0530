//! Views of issues, and of each town's bulletin in an issue.

use jiff::civil::Date;
use serde::Serialize;
use tera::Value;

use super::change::{self, ChangesView};
use super::charts::{self, ChartView};
use super::chrome::{self, Frame, Link};
use super::correction::{self, CorrectionView};
use super::figure::{self, FigureView};
use super::honours::{self, HonoursView};
use super::light::{LIGHT_METRICS, LightList, LightView};
use super::news::{self, NewsEntry};
use super::project;
use super::prose::{Prose, ProseContext};
use super::ranking::{self, RankingView};
use super::town::{self, RankView, TOWN_METRICS};
use super::{Day, Reader, Site, sealed};
use crate::indicator::{Colour, Metric, Scope};
use crate::model::Bulletin;
use crate::plan::{Chart, Dataset, Page, Route};

/// An issue's masthead.
#[derive(Debug, Clone, Serialize)]
pub struct Masthead {
    /// The issue's page.
    pub route: Route,
    /// The issue's id.
    pub id: String,
    /// What it is called: `第17期`.
    pub name: String,
    /// `weekly`, `monthly` …
    pub kind: &'static str,
    /// 期号, within the year.
    pub number: Option<u32>,
    /// 总期号
    pub total_number: Option<u32>,
    /// The title.
    pub title: String,
    /// The day up to which data count.
    pub as_of: Day,
    /// The day of publication.
    pub published: Day,
    /// Whether its figures are sealed.
    pub sealed: bool,
    /// Whether it is not out yet, and shown in previews only.
    pub preview: bool,
}

/// The list of issues.
#[derive(Debug, Clone, Serialize)]
pub struct BulletinsPage {
    /// The issues by year, newest first.
    pub years: Vec<YearOfIssues>,
}

/// The issues of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearOfIssues {
    /// The year.
    pub year: i16,
    /// The issues, newest first.
    pub issues: Vec<IssueEntry>,
}

/// An issue in a list.
#[derive(Debug, Clone, Serialize)]
pub struct IssueEntry {
    /// Its masthead.
    #[serde(flatten)]
    pub masthead: Masthead,
    /// Its most important figures.
    pub figures: Vec<FigureView>,
}

/// The page of an issue.
#[derive(Debug, Clone, Serialize)]
pub struct BulletinPage {
    /// The masthead.
    #[serde(flatten)]
    pub masthead: Masthead,
    /// The figures of the whole.
    pub figures: Vec<FigureView>,
    /// How many projects have each light.
    pub light_figures: Vec<FigureView>,
    /// The completion curve.
    pub curve: ChartView,
    /// The lights as a chart.
    pub light_chart: ChartView,
    /// The rankings by annual completion.
    pub rankings: Vec<RankingView>,
    /// The lists of the best and the last, where they are published.
    pub honours: Option<HonoursView>,
    /// The projects that lag: red, then yellow.
    pub lagging: Vec<LightList>,
    /// The editor's text.
    pub body: Prose,
    /// What has changed since the issue compared with.
    pub changes: Option<ChangesView>,
    /// The towns' ranks in the last issues of the kind.
    pub slope: Option<ChartView>,
    /// The towns' bulletins, in official order.
    pub towns: Vec<Link>,
    /// The news of the period, newest first.
    pub news: Vec<NewsEntry>,
    /// The issue that changes are told against.
    pub compared: Option<Link>,
    /// What became of it since.
    #[serde(flatten)]
    pub around: Around,
    /// Its figures as data.
    pub data: Route,
}

/// A town's bulletin in an issue.
#[derive(Debug, Clone, Serialize)]
pub struct TownBulletinPage {
    /// The issue's masthead.
    #[serde(flatten)]
    pub masthead: Masthead,
    /// The town.
    pub town: Link,
    /// The town's group.
    pub group: String,
    /// The town's figures.
    pub figures: Vec<FigureView>,
    /// How many of its projects have each light.
    pub light_figures: Vec<FigureView>,
    /// The town's light.
    pub light: LightView,
    /// The town's rank by annual completion.
    pub rank: Option<RankView>,
    /// The completion curve.
    pub curve: ChartView,
    /// What has changed since the issue compared with.
    pub changes: Option<ChangesView>,
    /// The town's lights in the issues of the kind up to this one.
    pub history: Option<ChartView>,
    /// The town's projects: a [`ProjectRow`](super::project::ProjectRow) each.
    pub projects: Vec<Value>,
    /// The news of the period about the town, newest first.
    pub news: Vec<NewsEntry>,
    /// What became of it since.
    #[serde(flatten)]
    pub around: Around,
    /// The bulletins of the towns around it in official order.
    pub others: Vec<Link>,
}

/// What is not part of an issue as it was published: its neighbours, and what was corrected since.
#[derive(Debug, Clone, Serialize)]
pub struct Around {
    /// The issue of the same kind before it, or the town's bulletin in that.
    pub previous: Option<Link>,
    /// The issue of the same kind after it, or the town's bulletin in that.
    pub next: Option<Link>,
    /// The corrections of its figures, newest first.
    pub corrections: Vec<CorrectionView>,
}

/// The figures that an issue opens with.
pub(super) const ISSUE_METRICS: [Metric; 8] = [
    Metric::Projects,
    Metric::StartAll,
    Metric::Annual,
    Metric::Deviation,
    Metric::TotalPlanned,
    Metric::Plan,
    Metric::Year,
    Metric::Coverage,
];

/// An issue's masthead.
pub(super) fn masthead(site: &Site<'_>, reader: &Reader<'_>, index: usize) -> Masthead {
    let bulletin = &site.model.bulletins[index];
    let record = &bulletin.record;
    Masthead {
        route: Route::page(site.model, Page::Bulletin(index), reader.locale),
        id: bulletin.id.to_string(),
        name: reader.issue_name(bulletin),
        kind: record.kind.code(),
        number: record.number,
        total_number: record.total_number,
        title: reader.optional(record.title.as_ref()),
        as_of: reader.period(record.as_of),
        published: reader.period(record.published),
        sealed: bulletin.seal.is_some(),
        preview: bulletin.preview,
    }
}

/// The list of issues.
pub(super) fn list(site: &Site<'_>, reader: &Reader<'_>) -> BulletinsPage {
    let mut years = Vec::<YearOfIssues>::new();
    for index in (0..site.model.bulletins.len()).rev() {
        let year = site.model.bulletins[index].record.published.end.year();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(YearOfIssues { year, issues: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.issues.push(entry(site, reader, index));
        }
    }
    BulletinsPage { years }
}

/// An issue as lists show it.
pub(super) fn entry(site: &Site<'_>, reader: &Reader<'_>, index: usize) -> IssueEntry {
    let metrics = [Metric::StartAll, Metric::Annual, Metric::Lights(Colour::Red)];
    let printed = |metric| sealed::printed(site, reader, index, metric, Scope::All);
    let figures = metrics.map(printed).into();
    IssueEntry { masthead: masthead(site, reader, index), figures }
}

/// The page of an issue.
pub(super) fn page(
    site: &Site<'_>,
    reader: &Reader<'_>,
    frame: &Frame,
    index: usize,
) -> BulletinPage {
    let model = site.model;
    let bulletin = &model.bulletins[index];
    let snapshot = &site.indicators.at(bulletin.as_of());
    let compared = bulletin.compare_to.map(|other| site.indicators.of_issue(other));
    let lang = reader.default_locale;
    let (file, as_of) = (&*bulletin.path, bulletin.as_of());
    let context = ProseContext { site, reader, frame, file, as_of, issue: Some(index), lang };
    let lagging = [Colour::Red, Colour::Yellow].into_iter();
    let lagging = lagging.map(|colour| LightList::new(site, reader, snapshot, colour));
    let issue_link = |other: usize| chrome::link(site, reader, Page::Bulletin(other));
    let curve = charts::curve(site, reader, snapshot, Scope::All, &reader.text(&model.site.area));
    let rankings = ranking::all(site, reader, snapshot, compared.as_ref(), &[Metric::Annual]);
    // The files of the site's own charts are drawn anew with every report; an issue leads to what stays as it is.
    BulletinPage {
        masthead: masthead(site, reader, index),
        figures: figure::all(site, reader, snapshot, &ISSUE_METRICS, Scope::All),
        light_figures: figure::all(site, reader, snapshot, &LIGHT_METRICS, Scope::All),
        curve: curve.with_file(Some(Route::chart(model, Chart::BulletinCurve(index)))),
        light_chart: charts::lights(site, reader, snapshot).with_file(None),
        rankings: rankings.into_iter().map(RankingView::without_files).collect(),
        honours: honours::view(site, reader, snapshot),
        lagging: lagging.collect(),
        body: context.prose(&bulletin.body.markdown),
        changes: compared
            .as_ref()
            .map(|before| change::view(site, reader, before, snapshot, Scope::All)),
        slope: charts::slope(site, reader, &of_kind(site, index)),
        towns: town_links(site, reader, index),
        news: of_period(site, index, 0..model.news.len())
            .map(|item| news::entry(site, reader, frame, item))
            .collect(),
        compared: bulletin.compare_to.map(issue_link),
        around: around(site, reader, index, None),
        data: Route::dataset(model, Dataset::BulletinFigures(index)),
    }
}

/// How many towns before and behind it in official order a town's bulletin leads to; the issue leads to all.
const NEAR: usize = 20;

/// A town's bulletin in an issue.
pub(super) fn town_page(
    site: &Site<'_>,
    reader: &Reader<'_>,
    frame: &Frame,
    index: usize,
    town: usize,
) -> TownBulletinPage {
    let model = site.model;
    let bulletin = &model.bulletins[index];
    let snapshot = &site.indicators.at(bulletin.as_of());
    let compared = bulletin.compare_to.map(|other| site.indicators.of_issue(other));
    let scope = Scope::Town(town);
    let news = of_period(site, index, model.towns[town].news.iter().copied());
    let near = town.saturating_sub(NEAR)..model.towns.len().min(town + NEAR + 1);
    let others = near.filter(|&other| other != town);
    TownBulletinPage {
        masthead: masthead(site, reader, index),
        town: project::town_link(site, reader, town),
        group: town::group_name(site, reader, town),
        figures: figure::all(site, reader, snapshot, &TOWN_METRICS, scope),
        light_figures: figure::all(site, reader, snapshot, &LIGHT_METRICS, scope),
        light: LightView::new(site, reader, &snapshot.scope_light(scope)),
        rank: town::rank(site, reader, snapshot, compared.as_ref(), town),
        curve: charts::curve(
            site,
            reader,
            snapshot,
            scope,
            &reader.text(&model.towns[town].record.name),
        )
        .with_file(None),
        changes: compared
            .as_ref()
            .map(|before| change::view(site, reader, before, snapshot, scope)),
        history: charts::history(site, reader, &of_kind(site, index), scope),
        projects: project::rows(
            site,
            reader,
            snapshot,
            project::in_order(site, model.towns[town].projects.iter().copied()),
        ),
        news: news.map(|item| news::entry(site, reader, frame, item)).collect(),
        around: around(site, reader, index, Some(town)),
        others: others.map(|other| town_bulletin_link(site, reader, index, other)).collect(),
    }
}

/// What surrounds an issue, or a town's bulletin in it, as the site is now.
pub(super) fn around(
    site: &Site<'_>,
    reader: &Reader<'_>,
    issue: usize,
    town: Option<usize>,
) -> Around {
    let link = |other: usize| {
        let page = town.map_or(Page::Bulletin(other), |town| Page::TownBulletin(other, town));
        reader.link(site, page, &reader.issue_name(&site.model.bulletins[other]))
    };
    Around {
        previous: neighbour(site, issue, Direction::Before).map(link),
        next: neighbour(site, issue, Direction::After).map(link),
        corrections: correction::of_issue(site, reader, issue, town),
    }
}

/// The towns' bulletins in an issue, in official order.
pub(super) fn town_links(site: &Site<'_>, reader: &Reader<'_>, issue: usize) -> Vec<Link> {
    (0..site.model.towns.len()).map(|town| town_bulletin_link(site, reader, issue, town)).collect()
}

fn town_bulletin_link(site: &Site<'_>, reader: &Reader<'_>, issue: usize, town: usize) -> Link {
    chrome::link(site, reader, Page::TownBulletin(issue, town))
}

/// The issues of the same kind up to an issue, oldest first; the last twelve.
pub(super) fn of_kind(site: &Site<'_>, index: usize) -> Vec<usize> {
    let bulletins = &site.model.bulletins;
    let kind = bulletins[index].record.kind;
    let mut issues: Vec<usize> =
        (0..=index).filter(|&other| bulletins[other].record.kind == kind).collect();
    issues.drain(..issues.len().saturating_sub(12));
    issues
}

enum Direction {
    Before,
    After,
}

/// The next issue of the same kind in a direction.
fn neighbour(site: &Site<'_>, index: usize, direction: Direction) -> Option<usize> {
    let bulletins = &site.model.bulletins;
    let same_kind = |other: &usize| bulletins[*other].record.kind == bulletins[index].record.kind;
    match direction {
        Direction::Before => (0..index).rev().find(same_kind),
        Direction::After => (index + 1..bulletins.len()).find(same_kind),
    }
}

/// Of some news those that belong to an issue: that name it, or were published since the issue of the same kind before it and had
/// not expired. What has expired since stays in it, as the issue stays what it was.
fn of_period<'a>(
    site: &Site<'a>,
    index: usize,
    news: impl Iterator<Item = usize> + 'a,
) -> impl Iterator<Item = usize> + 'a {
    let model = site.model;
    let published = |bulletin: &Bulletin| bulletin.record.published.end;
    let since =
        neighbour(site, index, Direction::Before).map(|before| published(&model.bulletins[before]));
    let since = since.unwrap_or_else(|| model.bulletins[index].record.as_of.end.first_of_month());
    let until = published(&model.bulletins[index]);
    let in_period = move |day: Date| day > since && day <= until;
    news.filter(move |&item| {
        let news = &model.news[item];
        let had_expired = || news.record.expires.is_some_and(|expires| expires.end < until);
        let is_of_period = || in_period(news.record.date.day()) && !had_expired();
        news.issue == Some(index) || (news.issue.is_none() && is_of_period())
    })
}
