//! Rankings of the towns of a group: 1-2-2-4 (DOMAIN.md 6.10).

use std::cmp::{Ordering, Reverse};

use super::figure::Figure;
use super::metric::{Metric, Polarity};
use super::scope::Scope;
use super::snapshot::Snapshot;
use crate::record::Ties;
use crate::value::{Locale, Rate};

/// The towns of a group, the best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// By what they are ranked.
    pub metric: Metric,
    /// The position of the group in [`crate::record::Site::groups`].
    pub group: Option<usize>,
    /// The towns; those without a figure come last, without a rank.
    pub rows: Vec<Row>,
}

/// A town in a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The position of the town in [`crate::model::Model::towns`].
    pub town: usize,
    /// Its rank; none where there is no figure, whose reason says why.
    pub rank: Option<u32>,
    /// Its figure.
    pub figure: Figure,
    /// Its rank in the ranking compared with.
    pub previous: Option<u32>,
}

/// A town's rank in its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The rank.
    pub rank: u32,
    /// How many towns of the group are ranked.
    pub of: usize,
}

/// The ranks of all towns by annual completion, in the order of the model.
pub(super) fn annual_ranks(snapshot: &Snapshot) -> Vec<Option<Rank>> {
    let model = snapshot.model();
    let mut ranks = vec![None; model.towns.len()];
    for group in 0..model.site.groups.len() {
        let rows = ranked(snapshot, Metric::Annual, Some(group));
        let of = rows.iter().filter(|row| row.rank.is_some()).count();
        for row in rows {
            ranks[row.town] = row.rank.map(|rank| Rank { rank, of });
        }
    }
    ranks
}

impl Row {
    /// By how many ranks the town has risen; below zero it has fallen.
    pub fn risen(&self) -> Option<i64> {
        Some(i64::from(self.previous?) - i64::from(self.rank?))
    }
}

/// Ranks the towns of a group by a metric.
pub(super) fn ranking(
    snapshot: &Snapshot,
    metric: Metric,
    group: Option<usize>,
    before: Option<&Snapshot>,
) -> Ranking {
    let mut rows = ranked(snapshot, metric, group);
    if let Some(before) = before {
        let previous = ranked(before, metric, group);
        for row in &mut rows {
            let same = || previous.iter().find(|other| other.town == row.town)?.rank;
            let printed = before.printed_rank(metric, row.town);
            row.previous = printed.map_or_else(same, |printed| printed.map(|rank| rank.rank));
        }
    }
    Ranking { metric, group, rows }
}

fn ranked(snapshot: &Snapshot, metric: Metric, group: Option<usize>) -> Vec<Row> {
    let towns = snapshot.model().towns.iter().enumerate();
    let towns = towns.filter(|(_, town)| town.group == group).map(|(position, _)| position);
    let figures = towns.map(|town| (town, snapshot.figure(metric, Scope::Town(town))));
    let row = |(town, figure): (usize, Figure)| {
        (figure.value.exact(), Row { town, rank: None, figure, previous: None })
    };
    let mut rows: Vec<(Option<Rate>, Row)> = figures.map(row).collect();
    let is_low_good = metric.polarity() == Polarity::LowIsGood;
    // The sort is stable: towns with equal figures, or with none, keep the official order.
    rows.sort_by(|(a, _), (b, _)| best_first(*a, *b, is_low_good));
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    for (position, rank) in ranks(&rows, snapshot).into_iter().enumerate() {
        rows[position].rank = rank;
    }
    rows
}

fn best_first(a: Option<Rate>, b: Option<Rate>, is_low_good: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if is_low_good => a.cmp(&b),
        (Some(a), Some(b)) => Reverse(a).cmp(&Reverse(b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// The ranks of rows in their order: who ties with the one before shares its rank, the next counts all before it.
fn ranks(rows: &[Row], snapshot: &Snapshot) -> Vec<Option<u32>> {
    let mut ranks: Vec<Option<u32>> = Vec::with_capacity(rows.len());
    for (position, row) in rows.iter().enumerate() {
        let is_tied = position > 0 && ties(&rows[position - 1].figure, &row.figure, snapshot);
        let rank = match row.figure.value.exact() {
            None => None,
            Some(_) if is_tied => ranks[position - 1],
            Some(_) => u32::try_from(position + 1).ok(),
        };
        ranks.push(rank);
    }
    ranks
}

fn ties(a: &Figure, b: &Figure, snapshot: &Snapshot) -> bool {
    let method = snapshot.method();
    let display = |figure: &Figure| figure.display(&Locale::default(), method);
    match method.ties {
        Ties::Exact => a.value.exact() == b.value.exact(),
        Ties::Displayed => display(a) == display(b),
    }
}
