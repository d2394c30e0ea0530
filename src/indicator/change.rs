//! What has changed between two snapshots (本期变化).

use super::light::Colour;
use super::metric::Metric;
use super::ranking::Ranking;
use super::scope::Scope;
use super::snapshot::Snapshot;
use super::state::State;
use crate::record::{Pool, Report, Revisions};
use crate::value::{Money, Rate, Share, Text};

/// What has changed in a scope since an earlier snapshot. Projects are positions in [`crate::model::Model::projects`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// Those that have started.
    pub started: Vec<usize>,
    /// Those that are completed.
    pub finished: Vec<usize>,
    /// Those where production has begun.
    pub in_production: Vec<usize>,
    /// Those that have come onto the list.
    pub joined: Vec<usize>,
    /// Those that have left the list.
    pub left: Vec<usize>,
    /// Those where work has come to rest.
    pub paused: Vec<usize>,
    /// Those where work goes on.
    pub resumed: Vec<usize>,
    /// Those that are in another pool.
    pub pools: Vec<Changed<Option<Pool>>>,
    /// Those whose light is another.
    pub lights: Vec<Changed<Colour>>,
    /// Those whose annual plan was revised.
    pub plans: Vec<Revised>,
    /// Those whose total investment was revised.
    pub totals: Vec<Revised>,
    /// Those of which the figure last known at the earlier day has been corrected since.
    pub corrections: Vec<Corrected>,
    /// The annual completion rate now, if the plans had stayed as they were; none where none was revised.
    pub annual_by_old_plans: Option<Rate>,
    /// What was added to C of the projects on the list; none between two years, or where one of them has no figure.
    ///
    /// ΣC now is ΣC before, what was added, what those that joined had already done, less what those that left had done.
    pub invested: Option<Money>,
    /// What of it is corrections of earlier figures.
    pub corrected: Money,
    /// What those that joined had already done.
    pub joined_with: Money,
    /// What those that left had done.
    pub left_with: Money,
}

/// Something that was one thing and is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed<T> {
    /// The project.
    pub project: usize,
    /// What was.
    pub from: T,
    /// What is.
    pub to: T,
}

/// A corrected figure of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// The project.
    pub project: usize,
    /// What was known.
    pub from: Option<Money>,
    /// What is known of the same period now.
    pub to: Option<Money>,
    /// Why, where the report says.
    pub reason: Option<Text>,
}

/// A revised amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Revised {
    /// The project.
    pub project: usize,
    /// What was in force.
    pub from: Option<Money>,
    /// What is in force.
    pub to: Option<Money>,
    /// Why, where the record says.
    pub reason: Option<Text>,
    /// The completion rate now by the old amount and by the new; the reader must see when a cut has raised it.
    pub rates: Option<(Rate, Rate)>,
}

impl Revised {
    /// Whether the amount was cut and the completion rate is higher for it (DOMAIN.md 6.17).
    pub fn cut_raises_rate(&self) -> bool {
        self.to < self.from && self.rates.is_some_and(|(by_old, by_new)| by_new > by_old)
    }
}

/// What has changed in a scope between two snapshots of one model.
pub fn changes(before: &Snapshot, now: &Snapshot, scope: Scope) -> Changes {
    let mut changes = Changes::default();
    let same_year = before.moment().year() == now.moment().year();
    for (project, share) in now.frame().members(scope) {
        let (old, new) = (before.state(*project), now.state(*project));
        changes.membership(*project, old, new);
        let done_before = old.year().unwrap_or_default().share(*share);
        if old.listed && !new.listed {
            changes.left_with += done_before;
        }
        if !new.listed {
            continue;
        }
        if !old.listed {
            changes.joined_with += done_before;
        }
        changes.events(*project, old, new);
        changes.revisions(before, now, *project, same_year);
        if old.listed && before.colour(*project) != now.colour(*project) {
            let (from, to) = (before.colour(*project), now.colour(*project));
            changes.lights.push(Changed { project: *project, from, to });
        }
        if same_year
            && old.listed
            && let Some(correction) = correction(before, now, *project)
        {
            let at = |amount: Option<Money>| amount.unwrap_or_default().share(*share);
            changes.corrected += at(correction.to) - at(correction.from);
            changes.corrections.push(correction);
        }
    }
    let year = |snapshot: &Snapshot| snapshot.tally(scope).sums.year.known();
    let both = year(now).zip(year(before)).filter(|_| same_year);
    changes.invested =
        both.map(|(now, before)| now - before - changes.joined_with + changes.left_with);
    changes.annual_by_old_plans = changes.by_old_plans(now, scope);
    changes
}

impl Changes {
    /// C / A with the plans that were in force before in place of those that have been revised.
    fn by_old_plans(&self, now: &Snapshot, scope: Scope) -> Option<Rate> {
        if self.plans.is_empty() {
            return None;
        }
        let tally = now.tally(scope);
        let (mut done, mut plan) = (tally.sums.on_plan_done.money, tally.sums.on_plan.money);
        let share_of = |project| {
            let members = now.frame().members(scope);
            let found = members.binary_search_by_key(&project, |(member, _)| *member);
            found.map_or(Share::WHOLE, |position| members[position].1)
        };
        for revised in &self.plans {
            let share = share_of(revised.project);
            let positive = |plan: Option<Money>| plan.filter(|plan| !plan.is_zero());
            let (old, new) = (positive(revised.from), positive(revised.to));
            plan += (old.unwrap_or_default() - new.unwrap_or_default()).share(share);
            // A plan that was zero or not yet issued kept the project out of the rate.
            let own = now.state(revised.project).year().unwrap_or_default().share(share);
            match (old.is_some(), new.is_some()) {
                (true, false) => done += own,
                (false, true) => done += -own,
                _ => {}
            }
        }
        done.ratio(plan)
    }

    fn membership(&mut self, project: usize, old: &State, new: &State) {
        if new.listed && !old.listed {
            self.joined.push(project);
        }
        // A project that has left but counts until the year's end is told of when it leaves, not when it counts no more.
        if old.listed && new.withdrawn && !old.withdrawn {
            self.left.push(project);
        }
    }

    fn events(&mut self, project: usize, old: &State, new: &State) {
        let happened = [
            (old.started, new.started, &mut self.started),
            (old.finished, new.finished, &mut self.finished),
            (old.in_production, new.in_production, &mut self.in_production),
            (old.paused, new.paused, &mut self.paused),
            (new.paused, old.paused, &mut self.resumed),
        ];
        for (was, is, list) in happened {
            if is && !was {
                list.push(project);
            }
        }
        if old.listed && old.pool != new.pool {
            self.pools.push(Changed { project, from: old.pool, to: new.pool });
        }
    }

    fn revisions(&mut self, before: &Snapshot, now: &Snapshot, project: usize, same_year: bool) {
        let (old, new) = (before.state(project), now.state(project));
        let record = &now.model().projects[project].record;
        let day = now.as_of().data;
        let reason = |revisions: Option<&Revisions>| revisions.and_then(|of| reason(of, day));
        if same_year && old.listed && old.plan != new.plan {
            self.plans.push(Revised {
                project,
                from: old.plan(),
                to: new.plan(),
                reason: reason(record.plan.0.get(&now.moment().year())),
                rates: rates(new.year(), old.plan(), new.plan()),
            });
        }
        if old.listed && old.total != new.total {
            self.totals.push(Revised {
                project,
                from: old.total_planned(),
                to: new.total_planned(),
                reason: reason(record.total_investment.as_ref()),
                rates: rates(new.ever(), old.total_planned(), new.total_planned()),
            });
        }
    }
}

/// What is now said of the last period known at the earlier day, where it is not what was said then.
///
/// A report that was late is no correction: of its period nothing had been said.
fn correction(before: &Snapshot, now: &Snapshot, project: usize) -> Option<Corrected> {
    let old = before.state(project);
    let period_end = old.year_as_of?;
    let ledger = &now.frame().ledgers[project];
    let known_by = now.as_of().known_by;
    let of_period = ledger.year(period_end.year(), period_end, known_by);
    let (from, to) = (old.year(), of_period.last.get());
    let reason = || {
        let known = now.model().projects[project].record.reports_known_by(known_by);
        let is_of_period = |of: &&Report| of.period.end == period_end && of.cumulative.is_some();
        known.into_iter().map(|(report, _)| report).rev().find(is_of_period)?.revision.clone()
    };
    (from != to).then(|| Corrected { project, from, to, reason: reason() })
}

fn rates(done: Option<Money>, old: Option<Money>, new: Option<Money>) -> Option<(Rate, Rate)> {
    Some((done?.ratio(old?)?, done?.ratio(new?)?))
}

fn reason(revisions: &Revisions, day: jiff::civil::Date) -> Option<Text> {
    let in_force = revisions.0.iter().filter(|revision| revision.from.end <= day);
    in_force.max_by_key(|revision| revision.from.end)?.reason.clone()
}

/// A town that has another rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// By what it is ranked.
    pub metric: Metric,
    /// The position of the town in [`crate::model::Model::towns`].
    pub town: usize,
    /// Its rank before; none if it had none.
    pub from: Option<u32>,
    /// Its rank now.
    pub to: Option<u32>,
}

/// The towns that have another rank than in the ranking compared with.
pub fn moved(ranking: &Ranking) -> Vec<Moved> {
    let rows = ranking.rows.iter().filter(|row| row.rank != row.previous);
    let moved = |row: &super::ranking::Row| {
        let (metric, town) = (ranking.metric, row.town);
        Moved { metric, town, from: row.previous, to: row.rank }
    };
    rows.map(moved).collect()
}
