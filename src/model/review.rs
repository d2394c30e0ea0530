//! What may be a mistake in a project's record, as of a day.

use jiff::civil::Date;

use super::{AsOf, Memo, Model};
use crate::diagnostic::{At, Diagnostic, Diagnostics, KeyPath, Place, problems};
use crate::key_path;
use crate::record::{DisclosureState, Project, Report};
use crate::source::SourcePath;
use crate::value::{Money, Period, Rate};

/// What may be a mistake in each record, as of a day, if no report is asked for some months.
pub type Reviews = Memo<(AsOf, Vec<i8>), Diagnostics>;

/// Tells what may be a mistake in the projects' records, as of the site's day.
pub fn review(model: &Model, reviews: &mut Reviews) -> Diagnostics {
    let no_report_months = &model.site.method.no_report_months;
    let terms = (model.as_of, no_report_months.clone());
    let found = reviews.of_each(terms, &model.projects, |_, project| {
        let mut review = ProjectReview {
            path: &project.path,
            project: &project.record,
            as_of: model.as_of.data,
            known_by: model.as_of.known_by,
            no_report_months,
            problems: Diagnostics::default(),
        };
        review.run();
        review.problems
    });
    found.iter().flat_map(Diagnostics::iter).cloned().collect()
}

/// A project's record on a day.
struct ProjectReview<'a> {
    path: &'a SourcePath,
    project: &'a Project,
    /// The day that figures are as of.
    as_of: Date,
    /// The day of publication: later reports are not yet known.
    known_by: Date,
    /// The months for which no report is asked.
    no_report_months: &'a [i8],
    problems: Diagnostics,
}

impl ProjectReview<'_> {
    fn run(&mut self) {
        self.plan();
        self.plan_above_total();
        self.future_facts();
        self.missing_start();
        self.missing_months();
        self.above_total();
        self.units();
        self.jumps();
        self.overdue_reviews();
        self.disclosures();
    }

    fn at(&self, keys: KeyPath) -> Place {
        Place { path: self.path.clone(), at: At::Value(keys) }
    }

    fn plan(&mut self) {
        let year = self.as_of.year();
        match self.project.plan.0.get(&year).and_then(|plan| plan.at(self.as_of)) {
            Some(plan) if plan.is_zero() => {
                let place = self.at(key_path!["plan", year.to_string().as_str()]);
                self.problems.add(problems::zero_plan(place, year));
            }
            None if self.is_at_work_in_year() => {
                let place = self.at(key_path!["plan"]);
                self.problems.add(problems::no_plan(place, year));
            }
            _ => {}
        }
    }

    /// A year's plan is at most what the project costs, as both stood in that year.
    fn plan_above_total(&mut self) {
        let Some(total) = &self.project.total_investment else { return };
        for (year, plan) in &self.project.plan.0 {
            let day = crate::value::month_end(*year, 12).min(self.as_of);
            if let (Some(plan), Some(total)) = (plan.at(day), total.at(day))
                && plan > total
            {
                let place = self.at(key_path!["plan", year.to_string().as_str()]);
                self.problems.add(problems::plan_above_total(place, *year, plan, total));
            }
        }
    }

    /// Whether the project is on the list, and under construction in the year or to start by the day.
    fn is_at_work_in_year(&self) -> bool {
        let project = self.project;
        let is_listed = project.has_joined_by(self.as_of) && !project.has_left_by(self.as_of);
        let is_begun = project.has_started_by(self.as_of)
            || project.planned_start.is_some_and(|planned| planned.end <= self.as_of);
        let is_left_over =
            project.finished.is_none_or(|finished| finished.end >= self.as_of.first_of_year());
        is_listed && is_begun && is_left_over
    }

    /// What is dated later than the day of publication has not happened, and does not count (DOMAIN.md 6.2).
    fn future_facts(&mut self) {
        let project = self.project;
        for (key, day) in [
            ("started", project.started),
            ("finished", project.finished),
            ("in_production", project.in_production),
        ] {
            if let Some(day) = day.filter(|day| day.end > self.known_by) {
                let place = self.at(key_path![key]);
                self.problems.add(problems::future_fact(place, day.end));
            }
        }
        if let Some(day) = project.joined.filter(|day| day.end > self.known_by) {
            let place = self.at(key_path!["joined"]);
            self.problems.add(problems::joins_later(place, day.end));
        }
        for (index, report) in project.reports.iter().enumerate() {
            let days = [("period", report.period.end), ("reported", report.known_on())];
            if let Some((key, day)) = days.into_iter().find(|(_, day)| *day > self.known_by) {
                let place = self.at(key_path!["reports", index, key]);
                self.problems.add(problems::future_report(place, day));
            }
        }
    }

    /// Money is spent on what has started; where it has not, the last report says so.
    fn missing_start(&mut self) {
        let project = self.project;
        if project.started.is_some() || project.has_left_by(self.as_of) {
            return;
        }
        let reports = project.reports.iter().enumerate();
        let known = reports.filter(|(_, report)| report.known_on() <= self.known_by);
        let last = known.max_by_key(|(_, report)| (report.period.end, report.known_on()));
        let is_spent = |amount: Option<Money>| amount.is_some_and(|amount| amount > Money::ZERO);
        if let Some((index, report)) = last
            && (is_spent(report.cumulative) || is_spent(report.total))
            && report.note.is_none()
        {
            let place = self.at(key_path!["reports", index]);
            self.problems.add(problems::no_start(place));
        }
    }

    /// A project under construction reports every month but those for which no report is asked. What it did since the year began
    /// is what a report is asked for.
    fn missing_months(&mut self) {
        // A report of which the period could not be read may be the one that is missing.
        if self.project.reports.iter().any(|report| report.period == Period::default()) {
            return;
        }
        let year = self.as_of.year();
        let reports = self.project.reports.iter();
        let known = reports
            .filter(|report| report.cumulative.is_some() && report.known_on() <= self.known_by);
        let known: Vec<i8> = known
            .map(|report| report.period.end)
            .filter(|end| end.year() == year)
            .map(Date::month)
            .collect();
        let is_missing =
            |month: &i8| !known.contains(month) && !self.no_report_months.contains(month);
        let is_due = |end: &Date| *end <= self.as_of && self.project.is_to_report(*end, self.as_of);
        let missing: Vec<String> = (1..=12)
            .filter(is_missing)
            .map(|month| crate::value::month_end(year, month))
            .filter(is_due)
            .map(|end| format!("{:04}-{:02}", end.year(), end.month()))
            .collect();
        if !missing.is_empty() {
            let place = self.at(key_path!["reports"]);
            self.problems.add(problems::report_missing(place, &missing.join(" ")));
        }
    }

    /// A pause that goes on is looked at again by the day that it says.
    fn overdue_reviews(&mut self) {
        for (index, pause) in self.project.paused.iter().enumerate() {
            if let Some(review) = pause.review_overdue(self.known_by) {
                let place = self.at(key_path!["paused", index, "review_by"]);
                self.problems.add(problems::review_overdue(place, review));
            }
        }
    }

    /// Documents that should have been published by the day of publication, and those of which that cannot be said.
    fn disclosures(&mut self) {
        for (index, document) in self.project.disclosures.iter().enumerate() {
            let place = self.at(key_path!["disclosures", index]);
            let title = document.title.get(&crate::value::Locale::default()).to_owned();
            match (document.state(self.known_by), document.due_on()) {
                (DisclosureState::Overdue, Some(due)) => {
                    let days = document.kind.working_days();
                    self.problems.add(problems::disclosure_overdue(place, &title, due, days));
                }
                (_, None) => self.problems.add(problems::disclosure_undated(place, &title)),
                _ => {}
            }
        }
    }

    /// What was done since construction began, or in a year alone, is at most what the project costs.
    fn above_total(&mut self) {
        let above = self
            .last_above_total("total", |report| report.total)
            .or_else(|| self.last_above_total("cumulative", |report| report.cumulative));
        self.problems.extend(above);
    }

    /// The problem that the last report of an amount is above the total investment.
    fn last_above_total(
        &self,
        key: &str,
        done: impl Fn(&Report) -> Option<Money>,
    ) -> Option<Diagnostic> {
        let (index, report, done) = last_of(self.project.reports.iter().enumerate(), done)?;
        let total = self.project.total_investment.as_ref()?.at(report.known_on())?;
        let place = self.at(key_path!["reports", index, key]);
        let problem = if is_times(done, 10, total) {
            problems::impossible_amount
        } else {
            problems::above_total
        };
        (done > total).then(|| problem(place, done, total))
    }

    /// A unit that was mixed up shows where amounts are set against each other: what was done in a year against its plan, a plan
    /// against the total investment.
    fn units(&mut self) {
        let total = self.project.total_investment.as_ref().and_then(|total| total.at(self.as_of));
        for (year, plan) in &self.project.plan.0 {
            let Some(plan) = plan.at(self.as_of).filter(|plan| !plan.is_zero()) else { continue };
            if total.is_some_and(|total| is_negligible(plan, total)) {
                let place = self.at(key_path!["plan", year.to_string().as_str()]);
                self.problems.add(problems::negligible_plan(place, *year, plan));
                continue;
            }
            let of_year = |(_, report): &(usize, &Report)| {
                report.period.end.year() == *year && report.known_on() <= self.known_by
            };
            let reports = self.project.reports.iter().enumerate().filter(of_year);
            let last = last_of(reports, |report| report.cumulative);
            let Some((index, _, done)) = last else { continue };
            let place = || self.at(key_path!["reports", index, "cumulative"]);
            let is_told = total.is_some_and(|total| done > total);
            if total.is_none() && is_times(done, 1000, plan) {
                self.problems.add(problems::impossible_amount(place(), done, plan));
            } else if done + done > plan + plan + plan && !is_told {
                self.problems.add(problems::above_plan(place(), done, plan));
            } else if !done.is_zero() && is_negligible(done, plan) {
                self.problems.add(problems::negligible_report(place(), done, plan));
            }
        }
    }

    fn jumps(&mut self) {
        let increments = increments(&self.project.reports);
        let mut sorted: Vec<Money> = increments.iter().map(|(_, increment)| *increment).collect();
        sorted.sort();
        if sorted.len() < 4 {
            return;
        }
        let median = sorted[sorted.len() / 2];
        let five_medians: Money = std::iter::repeat_n(median, 5).sum();
        for (index, increment) in increments {
            if median > Money::ZERO && increment > five_medians {
                let place = self.at(key_path!["reports", index, "cumulative"]);
                self.problems.add(problems::increment_jumps(place, increment, median));
            }
        }
    }
}

/// Of some reports, by their positions, the last that states an amount: of the latest period, as it was last known.
fn last_of<'r>(
    reports: impl Iterator<Item = (usize, &'r Report)>,
    amount: impl Fn(&Report) -> Option<Money>,
) -> Option<(usize, &'r Report, Money)> {
    reports
        .filter_map(|(index, report)| Some((index, report, amount(report)?)))
        .max_by_key(|(_, report, _)| (report.period.end, report.known_on()))
}

/// Whether an amount is at least so many times another.
fn is_times(amount: Money, times: i128, other: Money) -> bool {
    amount.ratio(other).is_some_and(|ratio| ratio >= Rate::from_integer(times))
}

/// Whether an amount is less than a ten-thousandth of another, as one in 元 is of one in 万元.
fn is_negligible(amount: Money, whole: Money) -> bool {
    amount.whole_yuan() * 10_000 < whole.whole_yuan()
}

/// What each report adds to the one of the period before it in the same year, by the report's position.
fn increments(reports: &[Report]) -> Vec<(usize, Money)> {
    let amounts = reports.iter().enumerate();
    let mut amounts: Vec<(usize, &Report, Money)> =
        amounts.filter_map(|(index, report)| Some((index, report, report.cumulative?))).collect();
    // Of several on one period the last known counts; of two known on one day, the one written later.
    amounts.sort_by_key(|(index, report, _)| (report.period.end, report.known_on(), *index));
    let mut before: Option<(i16, Money)> = None;
    let mut increments = Vec::with_capacity(amounts.len());
    for of_period in amounts.chunk_by(|(_, a, _), (_, b, _)| a.period.end == b.period.end) {
        let (index, report, cumulative) = of_period[of_period.len() - 1];
        let year = report.period.end.year();
        let base = before.filter(|(of, _)| *of == year).map_or(Money::ZERO, |(_, amount)| amount);
        increments.push((index, cumulative - base));
        before = Some((year, cumulative));
    }
    increments
}
