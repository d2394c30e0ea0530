//! A day on which figures are computed, and what follows from it for every project.

use jiff::civil::Date;

use crate::model::AsOf;
use crate::record::{Method, TargetCurve, Unreported, Withdrawn};
use crate::value::{Rate, month_end};

use super::target::target;

/// What a figure rests on, with what follows from it and the method.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// What figures rest on.
    pub as_of: AsOf,
    /// The same day of the year before.
    pub year_before: AsOf,
    /// The last month of the year for which a report is due by now; none early in the year.
    pub due: Option<DueMonth>,
    /// The ends of the months of the year for which reports are due by now, the due month's the last.
    pub asked: Vec<Date>,
    /// The months of which no report is asked, in any year.
    pub no_report_months: Vec<i8>,
    /// The site's curve.
    pub curve: TargetCurve,
    /// σ by the site's curve.
    pub target: Rate,
    /// What becomes of a project that leaves the list.
    pub withdrawn: Withdrawn,
    /// What becomes of a project that has not reported in the year.
    pub unreported: Unreported,
}

/// A month for which reports are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueMonth {
    /// The first day for which a report counts as one of the month.
    pub start: Date,
    /// The month's last day.
    pub end: Date,
    /// The first month, 1 to 12, that the report covers: months without reports go with the next.
    pub covers_from: i8,
}

impl Moment {
    /// What follows from a day and the site's method.
    pub fn new(as_of: AsOf, method: &Method) -> Self {
        Moment {
            as_of,
            year_before: as_of.year_before(),
            due: due_month(as_of.data, &method.no_report_months),
            asked: asked(as_of.data, &method.no_report_months).collect(),
            no_report_months: method.no_report_months.clone(),
            curve: method.target.clone(),
            target: target(&method.target, as_of.data),
            withdrawn: method.withdrawn,
            unreported: method.unreported,
        }
    }

    /// The year of the figures.
    pub fn year(&self) -> i16 {
        self.as_of.data.year()
    }

    /// The share of a plan that should be done, by a project's own curve if it has one.
    pub fn target(&self, own: Option<&TargetCurve>) -> Rate {
        own.map_or(self.target, |curve| target(curve, self.as_of.data))
    }

    /// What the months after one and up to another should add to the completion rate; month 0 is the year's start.
    pub fn task(&self, own: Option<&TargetCurve>, after: i8, month: i8) -> Rate {
        let curve = own.unwrap_or(&self.curve);
        let at = |month: i8| match month {
            0 => Rate::default(),
            month => target(curve, month_end(self.year(), month)),
        };
        at(month) - at(after)
    }
}

/// The ends of the year's months that have ended by a day and for which reports are asked.
pub(super) fn asked(day: Date, skipped: &[i8]) -> impl DoubleEndedIterator<Item = Date> {
    let last = if day == day.last_of_month() { day.month() } else { day.month() - 1 };
    let months = (1..=last).filter(|month| !skipped.contains(month));
    months.map(move |month| month_end(day.year(), month))
}

/// The last month that has ended by a day and for which reports are asked.
fn due_month(day: Date, skipped: &[i8]) -> Option<DueMonth> {
    let mut asked = asked(day, skipped).rev();
    let end = asked.next()?;
    let before = asked.next().map_or(0, Date::month);
    Some(DueMonth { start: end.first_of_month(), end, covers_from: before + 1 })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_due_month_is_the_last_that_has_ended_and_is_asked_for() {
        let due = |day| due_month(day, &[1]).map(|due| (due.end, due.covers_from));
        assert_eq!(due(date(2023, 1, 31)), None);
        assert_eq!(due(date(2023, 2, 27)), None);
        assert_eq!(due(date(2023, 2, 28)), Some((date(2023, 2, 28), 1)));
        assert_eq!(due(date(2023, 4, 29)), Some((date(2023, 3, 31), 3)));
        assert_eq!(due(date(2023, 4, 30)), Some((date(2023, 4, 30), 4)));
    }
}
