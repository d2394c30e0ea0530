//! The award that moves to the best (流动红旗): points by town and month, each traced to its event (DOMAIN.md 6.11).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::events::town_of;
use crate::model::Model;
use crate::record::{Award, EventKind};

/// The award in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardMonth {
    /// The month's last day.
    pub end: Date,
    /// The competing towns, the best first; the official order among equals.
    pub scores: Vec<Score>,
    /// The towns that won it, several if they tie; none while the month is not over.
    pub holders: Vec<usize>,
}

/// A town's points in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The position of the town in [`Model::towns`].
    pub town: usize,
    /// Its rank, 1-2-2-4.
    pub rank: u32,
    /// The points, the sum of its lines.
    pub points: u64,
    /// Where they are from, in the order of the events.
    pub lines: Vec<Line>,
}

/// An event and the points that it gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The position of the event in [`crate::record::Site::events`].
    pub event: usize,
    /// What happened.
    pub kind: EventKind,
    /// The points; fewer than the kind's where the month's cap was reached.
    pub points: u32,
    /// Whether the cap took points from it.
    pub capped: bool,
}

/// The award in every month up to a day, from the month of the first event, the latest first.
pub fn award(model: &Model, until: Date) -> Vec<AwardMonth> {
    let Some(rule) = &model.site.award else { return Vec::new() };
    let first = model.site.events.iter().map(|event| event.on.end.last_of_month()).min();
    let mut months = Vec::new();
    let mut end = until.last_of_month();
    while first.is_some_and(|first| first <= end) {
        months.push(month(model, rule, end, until));
        end = end.first_of_month().yesterday().unwrap_or(Date::MIN);
    }
    months
}

/// The points of a town in the month of a day, up to that day.
pub(super) fn points(model: &Model, town: usize, until: Date) -> Option<u64> {
    let rule = model.site.award.as_ref()?;
    competes(model, rule, town)
        .then(|| lines(model, rule, town, until).iter().map(|line| u64::from(line.points)).sum())
}

fn month(model: &Model, rule: &Award, end: Date, until: Date) -> AwardMonth {
    let towns = (0..model.towns.len()).filter(|town| competes(model, rule, *town));
    let mut scores: Vec<Score> = towns
        .map(|town| {
            let lines = lines(model, rule, town, end.min(until));
            let points = lines.iter().map(|line| u64::from(line.points)).sum();
            Score { town, rank: 0, points, lines }
        })
        .collect();
    scores.sort_by_key(|score| std::cmp::Reverse(score.points));
    for position in 0..scores.len() {
        let is_tied = position > 0 && scores[position - 1].points == scores[position].points;
        let counted = u32::try_from(position + 1).unwrap_or(u32::MAX);
        scores[position].rank = if is_tied { scores[position - 1].rank } else { counted };
    }
    let holders = if end <= until { holders(&scores, rule) } else { Vec::new() };
    AwardMonth { end, scores, holders }
}

/// Who wins: the first ranks with at least the minimum. Without a point nobody does.
fn holders(scores: &[Score], rule: &Award) -> Vec<usize> {
    let (top, minimum) = (rule.top.unwrap_or(1), u64::from(rule.minimum.unwrap_or(1).max(1)));
    let winners = scores.iter().filter(|score| score.rank <= top && score.points >= minimum);
    winners.map(|score| score.town).collect()
}

/// The events of a town in the month of a day, up to that day, with their points.
fn lines(model: &Model, rule: &Award, town: usize, until: Date) -> Vec<Line> {
    let start = until.first_of_month();
    let mut events: Vec<(usize, &crate::record::Event)> = model
        .site
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| (start..=until).contains(&event.on.end))
        .filter(|(_, event)| town_of(event, model) == Some(town))
        .collect();
    events.sort_by_key(|(_, event)| event.on.end);
    let mut given = BTreeMap::<EventKind, u32>::new();
    let lines = events.into_iter().filter_map(|(position, event)| {
        let kind = event.kind;
        let worth = *rule.points.get(kind.code())?;
        let given = given.entry(kind).or_default();
        let cap = rule.cap.get(kind.code()).copied().unwrap_or(u32::MAX);
        let points = worth.min(cap.saturating_sub(*given));
        *given += points;
        Some(Line { event: position, kind, points, capped: points < worth })
    });
    lines.collect()
}

fn competes(model: &Model, rule: &Award, town: usize) -> bool {
    let Some(group) = &rule.group else { return true };
    let of_town = model.towns[town].group.map(|group| &model.site.groups[group].id);
    of_town == Some(group)
}

/// A town's year: the sum of its months' points, and how often it won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardYear {
    /// The position of the town in [`Model::towns`].
    pub town: usize,
    /// The points of all months.
    pub points: u64,
    /// In how many months it won.
    pub wins: u64,
}

/// The sums of a year (年度红旗), the most points first, from the months that [`award`] gives.
pub fn award_year(months: &[AwardMonth], year: i16) -> Vec<AwardYear> {
    let mut towns = BTreeMap::<usize, AwardYear>::new();
    for month in months.iter().filter(|month| month.end.year() == year) {
        for score in &month.scores {
            let town = score.town;
            let sum = towns.entry(town).or_insert(AwardYear { town, points: 0, wins: 0 });
            sum.points += score.points;
            sum.wins += u64::from(month.holders.contains(&town));
        }
    }
    let mut sums: Vec<AwardYear> = towns.into_values().collect();
    sums.sort_by_key(|sum| std::cmp::Reverse((sum.points, sum.wins)));
    sums
}
