//! The award that moves to the best (流动红旗): points by town and month, each traced to its event (DOMAIN.md 6.11).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::events::{Credit, credits};
use crate::model::Model;
use crate::record::{Award, Event, EventKind};

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
    let credits = credits(model);
    let Some(contest) = Contest::new(model, &credits) else { return Vec::new() };
    let first = model.site.events.iter().map(|event| event.on.end.last_of_month()).min();
    let mut months = Vec::new();
    let mut end = until.last_of_month();
    while first.is_some_and(|first| first <= end) {
        months.push(contest.month(end, until));
        end = end.first_of_month().yesterday().unwrap_or(Date::MIN);
    }
    months
}

/// The points of a town in the month of a day, up to that day; none if it does not compete.
pub(super) fn points(model: &Model, credits: &[Credit], town: usize, until: Date) -> Option<u64> {
    let contest = Contest::new(model, credits)?;
    contest.competes(town).then(|| sum(&contest.lines(town, until)))
}

/// The rule of the award and what it judges.
struct Contest<'a> {
    model: &'a Model,
    credits: &'a [Credit],
    rule: &'a Award,
}

impl<'a> Contest<'a> {
    fn new(model: &'a Model, credits: &'a [Credit]) -> Option<Self> {
        model.site.award.as_ref().map(|rule| Contest { model, credits, rule })
    }

    fn competes(&self, town: usize) -> bool {
        let Some(group) = &self.rule.group else { return true };
        let of_town = self.model.towns[town].group.map(|group| &self.model.site.groups[group].id);
        of_town == Some(group)
    }

    fn month(&self, end: Date, until: Date) -> AwardMonth {
        let towns = (0..self.model.towns.len()).filter(|town| self.competes(*town));
        let mut scores: Vec<Score> = towns
            .map(|town| {
                let lines = self.lines(town, end.min(until));
                Score { town, rank: 0, points: sum(&lines), lines }
            })
            .collect();
        scores.sort_by_key(|score| std::cmp::Reverse(score.points));
        for position in 0..scores.len() {
            let is_tied = position > 0 && scores[position - 1].points == scores[position].points;
            let counted = u32::try_from(position + 1).unwrap_or(u32::MAX);
            scores[position].rank = if is_tied { scores[position - 1].rank } else { counted };
        }
        let holders = if end <= until { self.holders(&scores) } else { Vec::new() };
        AwardMonth { end, scores, holders }
    }

    /// Who wins: the first ranks with at least the minimum. Without a point nobody does.
    fn holders(&self, scores: &[Score]) -> Vec<usize> {
        let (top, minimum) = (self.rule.top(), u64::from(self.rule.minimum()));
        let winners = scores.iter().filter(|score| score.rank <= top && score.points >= minimum);
        winners.map(|score| score.town).collect()
    }

    /// The events of a town in the month of a day, up to that day, with their points.
    fn lines(&self, town: usize, until: Date) -> Vec<Line> {
        let month = until.first_of_month()..=until;
        let events = self.model.site.events.iter().enumerate();
        let mut events: Vec<(usize, &Event)> = events
            .filter(|(_, event)| month.contains(&event.on.end))
            .filter(|(position, _)| self.credits[*position].town == Some(town))
            .collect();
        events.sort_by_key(|(_, event)| event.on.end);
        let mut given = BTreeMap::<EventKind, u32>::new();
        let lines = events.into_iter().filter_map(|(position, event)| {
            let kind = event.kind;
            let worth = *self.rule.points.get(kind.code())?;
            let given = given.entry(kind).or_default();
            let cap = self.rule.cap.get(kind.code()).copied().unwrap_or(u32::MAX);
            let points = worth.min(cap.saturating_sub(*given));
            *given += points;
            Some(Line { event: position, kind, points, capped: points < worth })
        });
        lines.collect()
    }
}

fn sum(lines: &[Line]) -> u64 {
    lines.iter().map(|line| u64::from(line.points)).sum()
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
