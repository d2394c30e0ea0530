//! How projects move through the pools (四库): opening + in − out = closing, in number and amount (DOMAIN.md 6.12).

use jiff::civil::Date;

use super::amount::Amount;
use super::scope::Scope;
use super::snapshot::Snapshot;
use super::state::{is_listed, pool};
use crate::record::{Pool, Project, Withdrawn};
use crate::value::{Money, Rate, Share, Text};

/// Where a project is: in a pool, or in none that counts.
pub type Location = Option<Pool>;

/// The movements between the pools from one day to another.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolFlows {
    /// The balance of each pool, in the order of [`Pool::ALL`].
    pub balances: [Balance; 4],
    /// Every movement, by day.
    pub moves: Vec<Move>,
    /// The numbers and amounts of the movements by where they are from and where they lead; the last row and column stand for
    /// what is in no pool: not on the list, or on it without a pool.
    pub transitions: [[Volume; 5]; 5],
}

/// A number of projects and their ΣT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Volume {
    /// How many.
    pub projects: i64,
    /// How much.
    pub amount: Money,
    /// Of how many projects, leading town or not, that is.
    pub known: i64,
}

/// The balance of a pool: opening + in − out = closing; the amount also by what total investments were revised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// On the first day.
    pub opening: Volume,
    /// What came in.
    pub entered: Volume,
    /// What went out.
    pub left: Volume,
    /// By how much the total investments of its projects were revised.
    pub revalued: Money,
    /// On the last day.
    pub closing: Volume,
}

/// A project that moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The position of the project in [`crate::model::Model::projects`].
    pub project: usize,
    /// When.
    pub on: Date,
    /// From where.
    pub from: Location,
    /// Where to.
    pub to: Location,
    /// Whether it moved back.
    pub is_backward: bool,
    /// Why, where the record says.
    pub reason: Option<Text>,
}

impl PoolFlows {
    /// The balance of a pool.
    pub fn balance(&self, pool: Pool) -> &Balance {
        &self.balances[pool as usize]
    }

    /// The movements from one place to another.
    pub fn transition(&self, from: Location, to: Location) -> Volume {
        self.transitions[row(from)][row(to)]
    }

    /// The part of a pool's projects that moved on to another: moved / (opening + in); none if the pool was empty.
    pub fn conversion(&self, from: Pool, to: Pool) -> Option<Rate> {
        let balance = self.balance(from);
        let had = balance.opening.projects + balance.entered.projects;
        let moved = self.transition(Some(from), Some(to)).projects;
        (had > 0).then(|| Rate::new(i128::from(moved), i128::from(had)))
    }
}

/// The movements of a scope's projects between the days of two snapshots.
///
/// Numbers go by the leading town, amounts by share, as in all figures. A project moves with the total investment it had on
/// the first day, or when it came; what was revised since then is told of the pool that it ended in.
pub fn pool_flows(before: &Snapshot, now: &Snapshot, scope: Scope) -> PoolFlows {
    let mut flows = PoolFlows {
        balances: Default::default(),
        moves: Vec::new(),
        transitions: Default::default(),
    };
    let days = (before.as_of().data, now.as_of().data);
    for (position, share) in now.frame().members(scope) {
        let project = &now.model().projects[*position];
        let counts = match scope {
            Scope::Town(town) => project.town == town,
            _ => true,
        };
        let path = path(&project.record, days, now.moment().withdrawn);
        let (old, new) = (before.state(*position), now.state(*position));
        let weight =
            Weight { counts, share: *share, value: value(path[0].1, old.total, new.total) };
        flows.add(*position, &project.record, &path, &weight, new.total);
    }
    flows.moves.sort_by_key(|moved| (moved.on, moved.project));
    flows
}

/// What a project counts for, and the amount it moves with.
struct Weight {
    counts: bool,
    share: Share,
    value: Amount,
}

impl Weight {
    fn of(&self, amount: Amount) -> Volume {
        Volume {
            projects: i64::from(self.counts),
            amount: amount.get().unwrap_or_default().share(self.share),
            known: i64::from(amount.is_known()),
        }
    }
}

impl PoolFlows {
    fn add(
        &mut self,
        position: usize,
        record: &Project,
        path: &[(Date, Location)],
        weight: &Weight,
        closing_value: Amount,
    ) {
        let moved = weight.of(weight.value);
        let (opening, closing) = (path[0].1, path[path.len() - 1].1);
        if let Some(pool) = opening {
            self.balances[pool as usize].opening.add(moved);
        }
        for step in path.windows(2) {
            let ((_, from), (on, to)) = (step[0], step[1]);
            if let Some(pool) = from {
                self.balances[pool as usize].left.add(moved);
            }
            if let Some(pool) = to {
                self.balances[pool as usize].entered.add(moved);
            }
            self.transitions[row(from)][row(to)].add(moved);
            self.moves.push(step_of(position, record, on, from, to));
        }
        if let Some(pool) = closing {
            let closing = weight.of(closing_value);
            let balance = &mut self.balances[pool as usize];
            balance.closing.add(closing);
            balance.revalued += closing.amount - moved.amount;
        }
    }
}

impl Volume {
    fn add(&mut self, other: Volume) {
        self.projects += other.projects;
        self.amount += other.amount;
        self.known += other.known;
    }

    /// How much, as far as it is known; none where there are projects and it is known of none.
    pub fn known_amount(self) -> Option<Money> {
        (self.known > 0 || self.projects == 0).then_some(self.amount)
    }
}

fn row(location: Location) -> usize {
    location.map_or(Pool::ALL.len(), |pool| pool as usize)
}

/// The amount that a project moves with: as on the first day if it was in a pool then.
fn value(opening: Location, old: Amount, new: Amount) -> Amount {
    if opening.is_some() { old } else { new }
}

/// Where a project was on the first day, and each change of it up to the last, by day.
fn path(
    project: &Project,
    (first, last): (Date, Date),
    withdrawn: Withdrawn,
) -> Vec<(Date, Location)> {
    let location = |day| if is_listed(project, day, withdrawn) { pool(project, day) } else { None };
    let entered = project.pools.iter().map(|entry| entry.from.end);
    let joined = project.joined.iter().map(|joined| joined.end);
    let left = project.left.iter().map(|left| match withdrawn {
        Withdrawn::Drop => left.on.end,
        // Who leaves counts until the year's end.
        Withdrawn::KeepYear => left.on.end.last_of_year().tomorrow().unwrap_or(Date::MAX),
    });
    let mut days: Vec<Date> = entered.chain(joined).chain(left).collect();
    days.push(last);
    days.retain(|day| first < *day && *day <= last);
    days.sort_unstable();
    let mut path = vec![(first, location(first))];
    for day in days {
        let now = location(day);
        if path.last().is_some_and(|(_, before)| *before != now) {
            path.push((day, now));
        }
    }
    path
}

fn step_of(position: usize, record: &Project, on: Date, from: Location, to: Location) -> Move {
    let entry = record.pools.iter().rev().find(|entry| entry.from.end == on);
    let left = record.left.as_ref().filter(|left| left.on.end <= on && to.is_none());
    let reason = left.map(|left| left.reason.clone());
    let reason = reason.or_else(|| entry.and_then(|entry| entry.reason.clone()));
    let is_backward = matches!((from, to), (Some(from), Some(to)) if to < from);
    Move { project: position, on, from, to, is_backward, reason }
}
