//! Where a project stands on a day: what its record amounts to, before anything is added up.

use jiff::civil::Date;

use super::amount::Amount;
use super::ledger::{Ledger, Start, Works, Year};
use super::moment::Moment;
use crate::model::AsOf;
use crate::record::{Pool, Project, ProjectType, Unreported, Withdrawn};
use crate::value::{Money, Period, Rate, Share};

/// Where a project stands on a day, as known on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Whether it is on the list, p ∈ S(t) (DOMAIN.md 6.1, 6.17).
    pub listed: bool,
    /// Whether it has left the list, even if it still counts until the year's end.
    pub withdrawn: bool,
    /// Whether it is a new project (新建) this year.
    pub is_new: bool,
    /// Whether it has started.
    pub started: bool,
    /// Whether it is completed (竣工).
    pub finished: bool,
    /// Whether production has begun (投产).
    pub in_production: bool,
    /// Whether work is suspended.
    pub paused: bool,
    /// Whether it is exempt from lights.
    pub exempt: bool,
    /// Whether it started in the year.
    pub started_this_year: bool,
    /// Whether it is known when it is planned to start.
    pub has_planned_start: bool,
    /// Whether it is planned to have started by now.
    pub start_is_due: bool,
    /// Whether it is planned to be completed in the year.
    pub finish_is_due: bool,
    /// How it stands with its report.
    pub reporting: Reporting,
    /// The pool it is in.
    pub pool: Option<Pool>,
    /// At how many ends of months it had not started although it was planned to: its planned month is the first.
    pub months_late: u8,
    /// How many months the increment covers: those since the last report, or since its start where that was in the year and
    /// nothing was reported before.
    pub increment_months: u8,
    /// The day that the year's investment is as of; none where nothing was reported, be it that it has not started.
    pub year_as_of: Option<Date>,
    /// The day that the investment since construction began is as of.
    pub ever_as_of: Option<Date>,
    /// The physical progress (形象进度), and the day it is as of.
    pub physical: Option<(Share, Date)>,
    pub(super) total: Amount,
    pub(super) plan: Amount,
    pub(super) year: Amount,
    pub(super) ever: Amount,
    pub(super) last_year: Amount,
    pub(super) increment: Amount,
}

/// How a project stands with the report of the month that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reporting {
    /// None is due.
    NotDue,
    /// It has reported.
    Reported,
    /// It has not; what it reported before is carried on.
    Stale,
    /// It has not reported in the year at all, and should have.
    Missing,
}

impl State {
    /// T: the total investment in force.
    pub fn total_planned(&self) -> Option<Money> {
        self.total.get()
    }

    /// A: the year's plan in force.
    pub fn plan(&self) -> Option<Money> {
        self.plan.get()
    }

    /// C: what was completed in the year, carried from the last report; nothing where it has not started, once reports of the
    /// year are due (DOMAIN.md 6.5).
    pub fn year(&self) -> Option<Money> {
        self.year.get()
    }

    /// G: what was completed since construction began.
    pub fn ever(&self) -> Option<Money> {
        self.ever.get()
    }

    /// What was completed in the year before, by the same day of it; none if the project was not yet on the list.
    pub fn last_year(&self) -> Option<Money> {
        self.last_year.get()
    }

    /// What the due month adds; unknown where its report is missing (DOMAIN.md 6.2).
    pub fn increment(&self) -> Option<Money> {
        self.increment.get()
    }

    /// Whether it is left out of every rate because it has not reported in the year, where the method says so.
    pub(super) fn is_left_out(&self, unreported: Unreported) -> bool {
        unreported == Unreported::Exclude && self.reporting == Reporting::Missing
    }

    /// Whether it has not started and nothing was reported in the year.
    pub(super) fn is_yet_to_start(&self) -> bool {
        !self.started && self.year_as_of.is_none()
    }

    /// C / A over A > 0.
    pub fn annual_rate(&self) -> Option<Rate> {
        self.year()?.ratio(self.plan()?)
    }

    /// G / T over T > 0.
    pub fn total_rate(&self) -> Option<Rate> {
        self.ever()?.ratio(self.total_planned()?)
    }

    /// Whether the project started before it was planned to.
    pub fn started_early(&self) -> bool {
        self.started && self.has_planned_start && !self.start_is_due && self.is_new
    }
}

/// Reads where a project stands; also the cumulative amounts of the year, for who wants more of them.
pub(super) fn state(project: &Project, ledger: &Ledger, moment: &Moment) -> State {
    let as_of = moment.as_of;
    let (year, day) = (moment.year(), as_of.data);
    let until = counts_until(project, day);
    let this_year = ledger.year(year, until, as_of.known_by);
    let (started, start) = (project.has_started_by(day), start(project, day));
    let finished = is_by(project.finished, day);
    let completed = project.finished.map(|finished| finished.end).filter(|_| finished);
    let works = Works { start, finished: completed, no_report_months: &moment.no_report_months };
    let (ever, ever_as_of) = ledger.ever(&this_year, AsOf { data: until, ..as_of }, works);
    let mut state = State {
        listed: is_listed(project, day, moment.withdrawn),
        withdrawn: project.has_left_by(day),
        is_new: is_new(project, year),
        started,
        finished,
        in_production: is_by(project.in_production, day),
        paused: project.pause_on(day).is_some(),
        exempt: project.exempt.as_ref().is_some_and(|exempt| day <= exempt.until.end),
        started_this_year: matches!(start, Start::On(day) if day.year() == year),
        has_planned_start: project.planned_start.is_some(),
        start_is_due: is_by(project.planned_start, day),
        finish_is_due: project.planned_finish.is_some_and(|planned| planned.end.year() == year),
        reporting: Reporting::NotDue,
        pool: pool(project, day),
        months_late: if started { 0 } else { months_late(project.planned_start, day) },
        increment_months: 0,
        year_as_of: this_year.last_day,
        ever_as_of,
        physical: physical(project, moment),
        total: ledger.total_planned(day),
        plan: ledger.plan(year, day),
        year: this_year.last,
        ever,
        last_year: last_year(project, ledger, moment),
        increment: Amount::NONE,
    };
    state.report(project, &this_year, moment);
    state
}

impl State {
    /// Sees whether the due report is there, and what it adds.
    fn report(&mut self, project: &Project, this_year: &Year, moment: &Moment) {
        let Some(due) = moment.due else { return };
        let owes = |month_end: Date| project.is_to_report(month_end, moment.as_of.data);
        self.reporting = match self.year_as_of {
            // Who owed a report of the year and gave none owes it to the year's end, completed or not.
            None if self.listed && moment.asked.iter().copied().any(owes) => Reporting::Missing,
            Some(_) if self.withdrawn || !owes(due.end) => Reporting::NotDue,
            Some(day) if day >= due.start => Reporting::Reported,
            Some(_) => Reporting::Stale,
            None => Reporting::NotDue,
        };
        let of_month = this_year.months[due.end.month() as usize - 1];
        if of_month.is_known() {
            let before = this_year.reported_before(due.end.month());
            let base = before.map_or(Amount::ZERO, |month| this_year.carried(month));
            self.increment = of_month.minus(base);
            let after = before.or_else(|| self.month_before_start(project, moment)).unwrap_or(0);
            self.increment_months = (due.end.month() - after).max(1).unsigned_abs();
        }
        if self.is_yet_to_start() {
            (self.year, self.increment) = (Amount::ZERO, Amount::ZERO);
            self.increment_months = (due.end.month() - due.covers_from + 1).unsigned_abs();
        }
    }

    /// The month, 0 to 11, after which a project that started in the year has worked.
    fn month_before_start(&self, project: &Project, moment: &Moment) -> Option<i8> {
        let started = project.started.filter(|started| started.end.year() == moment.year())?;
        self.started.then(|| started.end.month() - 1)
    }
}

/// Whether something has happened by a day.
pub(super) fn is_by(event: Option<Period>, day: Date) -> bool {
    event.is_some_and(|event| event.end <= day)
}

/// The day up to which counts what a project does in the year of a day: that on which it left, if it did (DOMAIN.md 6.17).
pub(super) fn counts_until(project: &Project, day: Date) -> Date {
    let left_on = project.left.as_ref().map(|left| left.on.end);
    left_on.filter(|on| on.year() == day.year()).map_or(day, |on| on.min(day))
}

/// Whether a project counts on a day.
pub(super) fn is_listed(project: &Project, day: Date, withdrawn: Withdrawn) -> bool {
    let stays = || {
        let left_on = project.left.as_ref().map(|left| left.on.end);
        withdrawn == Withdrawn::KeepYear && left_on.is_some_and(|on| on.year() == day.year())
    };
    project.has_joined_by(day) && (!project.has_left_by(day) || stays())
}

/// The pool that a project is in on a day: the last that it has come into.
pub(super) fn pool(project: &Project, day: Date) -> Option<Pool> {
    let entered = project.pools.iter().rev().find(|entry| entry.from.end <= day);
    entered.map(|entry| entry.pool)
}

/// A new project stays new to the end of the year of its start, and in the year it was planned to start in.
fn is_new(project: &Project, year: i16) -> bool {
    let is_this_year_or_later = |period: Period| period.end.year() >= year;
    project.project_type == ProjectType::New
        && (project.started.is_none_or(is_this_year_or_later)
            || project.planned_start.is_some_and(is_this_year_or_later))
}

/// When a project has started, if it has by a day.
fn start(project: &Project, day: Date) -> Start {
    match project.started {
        _ if !project.has_started_by(day) => Start::NotYet,
        Some(started) => Start::On(started.end),
        None => Start::Unknown,
    }
}

/// How many months have ended since the planned one, itself included.
fn months_late(planned: Option<Period>, day: Date) -> u8 {
    let Some(planned) = planned.map(|planned| planned.end) else { return 0 };
    let index = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let ended = if day == day.last_of_month() { index(day) } else { index(day) - 1 };
    u8::try_from((ended - index(planned) + 1).clamp(0, 255)).unwrap_or(u8::MAX)
}

/// What was completed by the same day of the year before, if the project was on the list then.
fn last_year(project: &Project, ledger: &Ledger, moment: &Moment) -> Amount {
    let then = moment.year_before;
    if !is_listed(project, then.data, moment.withdrawn) {
        return Amount::NONE;
    }
    ledger.year(then.data.year(), counts_until(project, then.data), then.known_by).last
}

/// The last physical progress reported.
fn physical(project: &Project, moment: &Moment) -> Option<(Share, Date)> {
    let as_of = moment.as_of;
    let known = project.reports.iter().filter(|report| {
        report.physical.is_some()
            && report.period.end <= as_of.data
            && report.known_on() <= as_of.known_by
    });
    let last = known.max_by_key(|report| (report.period.end, report.known_on()))?;
    Some((last.physical?, last.period.end))
}
