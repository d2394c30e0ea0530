//! Completion rates by month, for the curve of a scope.

use jiff::civil::Date;

use super::amount::Amount;
use super::ledger::{Ledger, Year};
use super::moment::Moment;
use super::scope::Scope;
use super::snapshot::Snapshot;
use super::state::{counts_until, is_listed, state};
use super::target::target;
use crate::model::AsOf;
use crate::record::{Project, Unreported};
use crate::value::{Money, Rate, Share, month_end};

/// The completion of a scope by month: this year, last year, and the target.
///
/// The denominator is the plan in force on the day of the figures, so that the last point of the curve is the figure beside
/// it; last year's is the plan in force at that year's end.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The months of this year up to the day; none where no project of the scope reported, such as in January.
    pub this_year: [Option<Point>; 12],
    /// The months of the year before.
    pub last_year: [Option<Point>; 12],
    /// σ at the ends of the months, over own targets Σ A·σ / Σ A.
    pub target: [Rate; 12],
}

/// A month of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The day it is as of: the month's end, or the day of the figures within the month.
    pub day: Date,
    /// ΣC over A > 0 by the day; what was not reported is carried from the month before.
    pub done: Money,
    /// C / A.
    pub rate: Rate,
    /// What was added since the last point before, over A > 0.
    pub increment: Money,
    /// How many projects reported in the month.
    pub reported: u64,
}

/// Sums over the projects of a scope, by month.
#[derive(Default)]
struct Sums {
    plan: Money,
    done: [Money; 12],
    reported: [u64; 12],
}

impl Sums {
    /// Adds a project with a plan above zero, as far as the scope has a share in it.
    fn add(&mut self, plan: Amount, year: &Year, share: Share) {
        let Some(plan) = plan.get().filter(|plan| !plan.is_zero()) else { return };
        if share == Share::default() {
            return;
        }
        self.plan += plan.share(share);
        let mut carried = Money::ZERO;
        for (position, month) in year.months.iter().enumerate() {
            if let Some(done) = month.get() {
                carried = done.share(share);
                self.reported[position] += 1;
            }
            self.done[position] += carried;
        }
    }

    fn points(&self, year: i16, until: Date) -> [Option<Point>; 12] {
        let mut before = Money::ZERO;
        std::array::from_fn(|position| {
            let end = month_end(year, position as i8 + 1);
            if self.reported[position] == 0 || end.first_of_month() > until {
                return None;
            }
            let done = self.done[position];
            let increment = done - std::mem::replace(&mut before, done);
            let rate = done.ratio(self.plan)?;
            Some(Point {
                day: end.min(until),
                done,
                rate,
                increment,
                reported: self.reported[position],
            })
        })
    }
}

/// The curve of a scope.
pub(super) fn series(snapshot: &Snapshot, scope: Scope) -> Series {
    let (frame, moment) = (snapshot.frame(), snapshot.moment());
    let (year, as_of) = (moment.year(), moment.as_of);
    let year_end = AsOf { data: month_end(year - 1, 12), known_by: as_of.known_by };
    let then = Moment::new(year_end, frame.method());
    let (mut this_year, mut last_year) = (Sums::default(), Sums::default());
    for (position, share) in frame.members(scope) {
        let (ledger, record) = (&frame.ledgers[*position], &frame.model.projects[*position].record);
        let now = snapshot.state(*position);
        if now.listed && !now.is_left_out(moment.unreported) {
            let until = counts_until(record, as_of.data);
            this_year.add(now.plan, &ledger.year(year, until, as_of.known_by), *share);
        }
        let is_listed = is_listed(record, year_end.data, then.withdrawn);
        if is_listed && !was_left_out(record, ledger, &then) {
            let until = counts_until(record, year_end.data);
            let done = ledger.year(year - 1, until, year_end.known_by);
            last_year.add(ledger.plan(year - 1, year_end.data), &done, *share);
        }
    }
    Series {
        this_year: this_year.points(year, as_of.data),
        last_year: last_year.points(year - 1, year_end.data),
        target: targets(snapshot, scope),
    }
}

fn was_left_out(record: &Project, ledger: &Ledger, then: &Moment) -> bool {
    then.unreported == Unreported::Exclude
        && state(record, ledger, then).is_left_out(then.unreported)
}

/// σ of a scope at the ends of the months.
fn targets(snapshot: &Snapshot, scope: Scope) -> [Rate; 12] {
    let (frame, moment) = (snapshot.frame(), snapshot.moment());
    let tally = snapshot.tally(scope);
    let site = super::target::targets(&moment.curve, moment.year());
    let planned = tally.sums.on_plan.money;
    if tally.sums.own_target.projects == 0 || planned.is_zero() {
        return site;
    }
    let by_site = (planned - tally.sums.own_target.money).to_rate();
    let mut due = site.map(|share| share * by_site);
    for (project, share) in frame.members(scope) {
        let state = snapshot.state(*project);
        let Some(curve) = frame.own_curve(*project) else { continue };
        let is_left_out = state.is_left_out(moment.unreported);
        let Some(plan) = state.plan().filter(|_| state.listed && !is_left_out) else { continue };
        for (month, due) in (1..).zip(&mut due) {
            *due += plan.share(*share).to_rate() * target(curve, month_end(moment.year(), month));
        }
    }
    due.map(|due| due / planned.to_rate())
}
