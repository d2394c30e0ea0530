//! What is on record of a project (台账), flattened and sorted so that any day's figures are read off in one pass.

use std::sync::Arc;

use jiff::civil::Date;

use super::amount::Amount;
use super::moment::asked;
use crate::model::{AsOf, Memo};
use crate::record;

/// The amounts on record of one project.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The reports by period; of those on one period, the last known comes last.
    reports: Vec<Entry>,
    /// The revisions of the total investment by the day from which they hold.
    totals: Vec<(Date, Amount)>,
    /// The revisions of the annual plans by year and day.
    plans: Vec<(i16, Date, Amount)>,
}

/// The ledger of each project.
pub type Ledgers = Memo<(), Arc<Ledger>>;

/// A report's amounts.
#[derive(Debug, Clone, Copy)]
struct Entry {
    period_end: Date,
    known_on: Date,
    cumulative: Amount,
    total: Amount,
}

/// The cumulative investment of a year, as far as it was reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Year {
    /// What was reported for each month; nothing is carried from month to month.
    pub(super) months: [Amount; 12],
    /// The last amount reported.
    pub(super) last: Amount,
    /// The day that it is as of.
    pub(super) last_day: Option<Date>,
}

impl Year {
    /// The amount known at the end of a month, 1 to 12, carried from the last month that was reported.
    pub(super) fn carried(&self, month: i8) -> Amount {
        let months = self.months[..month.clamp(0, 12) as usize].iter().rev();
        months.copied().find(|amount| amount.is_known()).unwrap_or(Amount::NONE)
    }

    /// The last month before this one, 1 to 12, that was reported.
    pub(super) fn reported_before(&self, month: i8) -> Option<i8> {
        (1..month).rev().find(|earlier| self.months[*earlier as usize - 1].is_known())
    }
}

impl Ledger {
    /// Reads a project's record.
    pub(super) fn new(project: &record::Project) -> Self {
        let mut reports: Vec<Entry> = project.reports.iter().map(Entry::new).collect();
        // The sort is stable: of two reports on one period known on one day, the one written later counts.
        reports.sort_by_key(|entry| (entry.period_end, entry.known_on));
        let totals = project.total_investment.as_ref().map(revisions).unwrap_or_default();
        let plans = project.plan.0.iter();
        let plans = plans.flat_map(|(year, plan)| {
            revisions(plan).into_iter().map(|(from, amount)| (*year, from, amount))
        });
        Ledger { reports, totals, plans: plans.collect() }
    }

    /// The days on which its reports became known.
    pub(super) fn known_on(&self) -> impl Iterator<Item = Date> {
        self.reports.iter().map(|entry| entry.known_on)
    }

    /// The first year that it has a plan for.
    pub(super) fn first_planned_year(&self) -> Option<i16> {
        self.plans.iter().map(|(year, _, _)| *year).min()
    }

    /// T: the total investment in force on a day.
    pub(super) fn total_planned(&self, day: Date) -> Amount {
        let in_force = self.totals.iter().rev().find(|(from, _)| *from <= day);
        in_force.map_or(Amount::NONE, |(_, amount)| *amount)
    }

    /// A: the plan of a year in force on a day.
    pub(super) fn plan(&self, year: i16, day: Date) -> Amount {
        let in_force = self.plans.iter().rev().find(|(of, from, _)| *of == year && *from <= day);
        in_force.map_or(Amount::NONE, |(_, _, amount)| *amount)
    }

    /// C by month: what was reported for a year up to a day, as known on another day.
    pub(super) fn year(&self, year: i16, until: Date, known_by: Date) -> Year {
        let mut read = Year { months: [Amount::NONE; 12], last: Amount::NONE, last_day: None };
        let start = self.reports.partition_point(|entry| entry.period_end.year() < year);
        for entry in &self.reports[start..] {
            if entry.period_end > until || entry.period_end.year() > year {
                break;
            }
            if entry.known_on <= known_by && entry.cumulative.is_known() {
                read.months[entry.period_end.month() as usize - 1] = entry.cumulative;
                read.last = entry.cumulative;
                read.last_day = Some(entry.period_end);
            }
        }
        read
    }

    /// G, the investment since construction began, and the day it is as of (DOMAIN.md 6.6).
    ///
    /// It is what was done before the year, and the year's cumulative. What was done before follows from the last report that
    /// states a total, or from all years since the start: each as reported at its end, or when no more was to be reported of
    /// it. Where the chain of years is broken, the last stated total stands, as of its own day, unless an amount was reported
    /// later: then it is too low by now, and nothing is known, as where no total was stated. Nothing is guessed.
    pub(super) fn ever(
        &self,
        this_year: &Year,
        as_of: AsOf,
        works: Works<'_>,
    ) -> (Amount, Option<Date>) {
        let year = as_of.data.year();
        let stated = self.reports.iter().rev().find(|entry| {
            entry.period_end <= as_of.data
                && entry.known_on <= as_of.known_by
                && entry.total.is_known()
        });
        if let Some(stated) = stated {
            let is_newest = this_year.last_day.is_none_or(|day| day < stated.period_end);
            if is_newest && stated.period_end.year() == year {
                return (stated.total, Some(stated.period_end));
            }
        }
        // Money may have been spent before the works began.
        let first_reported = self.first_reported_year(as_of).unwrap_or(year);
        let (first_year, before) = match (stated, works.start) {
            (Some(stated), _) => self.before_year_of(stated, as_of.known_by),
            (None, Start::NotYet) if !this_year.last.is_known() && first_reported == year => {
                return (Amount::ZERO, Some(as_of.data));
            }
            (None, Start::NotYet) => (first_reported, Amount::ZERO),
            (None, Start::On(day)) => (day.year().min(first_reported), Amount::ZERO),
            (None, Start::Unknown) => (year, Amount::NONE),
        };
        let opening = before.plus(self.whole_years(first_year, year, as_of.known_by, works));
        let rolled = opening.plus(this_year.last);
        if rolled.is_known() {
            (rolled, this_year.last_day)
        } else if opening.is_known() && !this_year.last.is_known() && first_year < year {
            (opening, Some(crate::value::month_end(year - 1, 12)))
        } else {
            let stated = stated.filter(|stated| !self.has_reported_after(stated.period_end, as_of));
            stated.map_or((Amount::NONE, None), |stated| (stated.total, Some(stated.period_end)))
        }
    }

    /// Whether an amount is known of a period after a day.
    fn has_reported_after(&self, day: Date, as_of: AsOf) -> bool {
        self.reports.iter().any(|entry| {
            entry.period_end > day
                && entry.period_end <= as_of.data
                && entry.known_on <= as_of.known_by
                && entry.cumulative.is_known()
        })
    }

    /// What was done before the year of a stated total; a total at a year's end is what was done before the next.
    fn before_year_of(&self, stated: &Entry, known_by: Date) -> (i16, Amount) {
        let (year, end) = (stated.period_end.year(), stated.period_end);
        let of_year = self.year(year, end, known_by);
        let same_day = if of_year.last_day == Some(end) { of_year.last } else { Amount::NONE };
        let before = stated.total.minus(stated.cumulative.or(same_day));
        if !before.is_known() && end == crate::value::month_end(year, 12) {
            return (year + 1, stated.total);
        }
        (year, before)
    }

    /// The first year of which an amount is known.
    fn first_reported_year(&self, as_of: AsOf) -> Option<i16> {
        let known = self.reports.iter().find(|entry| {
            entry.period_end <= as_of.data
                && entry.known_on <= as_of.known_by
                && entry.cumulative.is_known()
        });
        known.map(|entry| entry.period_end.year())
    }

    /// The sum of the years from one on and before another, if each was reported to its end, or as long as there was anything
    /// to report of it.
    fn whole_years(&self, from: i16, to: i16, known_by: Date, works: Works<'_>) -> Amount {
        (from..to).fold(Amount::ZERO, |sum, year| {
            let read = self.year(year, crate::value::month_end(year, 12), known_by);
            let whole = match works.reports_until(year) {
                None => read.last.or(Amount::ZERO),
                Some(until) if read.last_day.is_some_and(|day| day >= until) => read.last,
                Some(_) => Amount::NONE,
            };
            sum.plus(whole)
        })
    }
}

/// When a project was under construction, as far as it is known: then it reports.
#[derive(Debug, Clone, Copy)]
pub(super) struct Works<'a> {
    /// When they began.
    pub(super) start: Start,
    /// When they were completed, if they are.
    pub(super) finished: Option<Date>,
    /// The months of which no report is asked.
    pub(super) no_report_months: &'a [i8],
}

impl Works<'_> {
    /// The end of the last month of a year that a report is asked of; none where none is.
    fn reports_until(self, year: i16) -> Option<Date> {
        let year_end = crate::value::month_end(year, 12);
        let has_begun = match self.start {
            Start::NotYet => false,
            Start::On(day) => day <= year_end,
            Start::Unknown => true,
        };
        let is_at_work = |end: &Date| self.finished.is_none_or(|day| end.first_of_month() <= day);
        asked(year_end, self.no_report_months).rev().find(is_at_work).filter(|_| has_begun)
    }
}

/// When a project's construction began, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It has not begun.
    NotYet,
    /// It began on a day.
    On(Date),
    /// It has begun, nobody wrote down when.
    Unknown,
}

impl Entry {
    fn new(report: &record::Report) -> Self {
        Entry {
            period_end: report.period.end,
            known_on: report.known_on(),
            cumulative: report.cumulative.into(),
            total: report.total.into(),
        }
    }
}

fn revisions(written: &record::Revisions) -> Vec<(Date, Amount)> {
    let mut revisions: Vec<(Date, Amount)> =
        written.0.iter().map(|revision| (revision.from.end, revision.amount.into())).collect();
    revisions.sort_by_key(|(from, _)| *from);
    revisions
}
