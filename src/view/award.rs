//! The view of the award that moves to the best (流动红旗): every point with the event that gave it.

use serde::Serialize;

use super::events::{self, EventTable};
use super::{Day, Link, Reader, Site, chrome, project};
use crate::indicator::{self, AwardMonth, Score};
use crate::plan::Page;
use crate::record::EventKind;
use crate::value::Period;

/// The page of the award.
#[derive(Debug, Clone, Serialize)]
pub struct AwardPage {
    /// The award's name.
    pub name: String,
    /// The points of an event of each kind, and the cap of a month.
    pub points: Vec<PointsView>,
    /// How many places win it.
    pub top: u32,
    /// The least points that win it.
    pub minimum: u32,
    /// The events of the year, by town and by chain.
    pub events: Vec<EventTable>,
    /// The months, latest first.
    pub months: Vec<MonthView>,
    /// The sums of the year, the most points first.
    pub year: Vec<YearRow>,
}

/// The points of an event.
#[derive(Debug, Clone, Serialize)]
pub struct PointsView {
    /// The kind of event.
    pub kind: &'static str,
    /// The points of one.
    pub points: u32,
    /// The most that a town can have from the kind in a month.
    pub cap: Option<u32>,
}

/// A month of the award.
#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// The month.
    pub month: Day,
    /// The towns that won it; none while the month is not over.
    pub holders: Vec<Link>,
    /// The towns' scores, the best first; none where no town has a point.
    pub scores: Vec<ScoreView>,
}

/// A town's score in a month.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreView {
    /// The rank.
    pub rank: u32,
    /// The town.
    pub town: Link,
    /// The points.
    pub points: u64,
    /// The events that gave them.
    pub lines: Vec<LineView>,
}

/// An event that gave points.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    /// The event's id.
    pub event: String,
    /// What happened.
    pub kind: &'static str,
    /// The day.
    pub on: Day,
    /// What it was about.
    pub title: String,
    /// The project it was about.
    pub project: Option<Link>,
    /// The points.
    pub points: u32,
    /// Whether the month's cap took points from it.
    pub capped: bool,
}

/// A town's year.
#[derive(Debug, Clone, Serialize)]
pub struct YearRow {
    /// The town.
    pub town: Link,
    /// The points of all months.
    pub points: u64,
    /// In how many months it won.
    pub wins: u64,
}

/// The page of the award; none where the site has no award.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> Option<AwardPage> {
    let award = site.model.site.award.as_ref()?;
    let day = site.model.as_of.data;
    let months = indicator::award(site.model, day);
    let year = indicator::award_year(&months, day.year());
    let points = EventKind::ALL.iter().map(|kind| PointsView {
        kind: kind.code(),
        points: award.points.get(kind.code()).copied().unwrap_or(0),
        cap: award.cap.get(kind.code()).copied(),
    });
    Some(AwardPage {
        name: reader.text(&award.name),
        points: points.collect(),
        top: award.top(),
        minimum: award.minimum(),
        events: events::tables(site, reader, &site.indicators.at(site.model.as_of)),
        months: months.iter().map(|month| month_view(site, reader, month)).collect(),
        year: year
            .iter()
            .map(|row| YearRow {
                town: project::town_link(site, reader, row.town),
                points: row.points,
                wins: row.wins,
            })
            .collect(),
    })
}

fn month_view(site: &Site<'_>, reader: &Reader<'_>, month: &AwardMonth) -> MonthView {
    let is_scored = month.scores.iter().any(|score| score.points > 0);
    let scores = month.scores.iter().filter(|_| is_scored);
    MonthView {
        month: reader.period(Period { end: month.end, is_month: true }),
        holders: month.holders.iter().map(|town| project::town_link(site, reader, *town)).collect(),
        scores: scores.map(|score| score_view(site, reader, score)).collect(),
    }
}

fn score_view(site: &Site<'_>, reader: &Reader<'_>, score: &Score) -> ScoreView {
    let lines = score.lines.iter().map(|line| {
        let event = &site.model.site.events[line.event];
        let project = event.project.as_ref().and_then(|id| site.model.project(id.as_str()));
        LineView {
            event: event.id.to_string(),
            kind: line.kind.code(),
            on: reader.period(event.on),
            title: reader.optional(event.title.as_ref()),
            project: project.map(|index| chrome::link(site, reader, Page::Project(index))),
            points: line.points,
            capped: line.capped,
        }
    });
    ScoreView {
        rank: score.rank,
        town: project::town_link(site, reader, score.town),
        points: score.points,
        lines: lines.collect(),
    }
}
