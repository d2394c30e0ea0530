//! What a project's record says of itself, checked for sense.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{At, Diagnostics, KeyPath, Place, problems};
use crate::key_path;
use crate::record::{DisclosureState, Project, Report};
use crate::source::SourcePath;
use crate::value::{Money, Period, Rate, Rounding, Share, percent};

/// Checks all of a project that can be checked within its record.
pub(super) fn check(path: &SourcePath, project: &Project) -> Diagnostics {
    let mut problems = Diagnostics::default();
    ProjectCheck { path, project, problems: &mut problems }.run();
    problems
}

/// A project's record and where to tell of it.
struct ProjectCheck<'a> {
    path: &'a SourcePath,
    project: &'a Project,
    problems: &'a mut Diagnostics,
}

impl ProjectCheck<'_> {
    fn run(&mut self) {
        self.code();
        self.shares();
        self.dates();
        self.pools();
        self.reports();
        self.falling_figures();
        self.disclosures();
        self.photos();
    }

    fn at(&self, keys: KeyPath) -> Place {
        Place { path: self.path.clone(), at: At::Value(keys) }
    }

    fn code(&mut self) {
        let Some(code) = &self.project.code else { return };
        if !is_project_code(code) {
            self.problems.add(problems::bad_project_code(self.at(key_path!["code"]), code));
        }
    }

    fn shares(&mut self) {
        let shares = &self.project.shares;
        if shares.is_empty() {
            return;
        }
        for (town, _) in shares.iter().filter(|(_, share)| share.is_out_of_range()) {
            self.problems
                .add(problems::share_out_of_range(self.at(key_path!["shares", town.as_str()])));
        }
        let sum = Share::sum(shares.values().copied());
        if sum != Rate::from_integer(1) {
            let sum = percent(sum, 4, Rounding::HalfUp);
            let sum = sum.trim_end_matches('0').trim_end_matches('.');
            self.problems.add(problems::shares_sum(self.at(key_path!["shares"]), sum));
        }
        let town = &self.project.town;
        if !town.is_empty() && !shares.contains_key(town) {
            self.problems.add(problems::lead_town_without_share(
                self.at(key_path!["shares"]),
                town.as_str(),
            ));
        }
    }

    fn dates(&mut self) {
        let project = self.project;
        self.in_order(key_path!["finished"], project.started, project.finished);
        self.in_order(key_path!["in_production"], project.started, project.in_production);
        self.in_order(key_path!["planned_finish"], project.planned_start, project.planned_finish);
        self.in_order(key_path!["started"], project.started, project.planned_finish);
        for (index, pause) in project.paused.iter().enumerate() {
            self.in_order(key_path!["paused", index, "to"], Some(pause.from), pause.to);
        }
    }

    fn in_order(&mut self, keys: KeyPath, start: Option<Period>, finish: Option<Period>) {
        let (Some(start), Some(finish)) = (start, finish) else { return };
        if finish.end < start.start() {
            self.problems.add(problems::finish_before_start(
                self.at(keys),
                finish.end,
                start.start(),
            ));
        }
    }

    fn pools(&mut self) {
        let pools = &self.project.pools;
        for (index, pair) in pools.windows(2).enumerate() {
            if pair[1].from.start() < pair[0].from.start() {
                let place = self.at(key_path!["pools", index + 1, "from"]);
                self.problems.add(problems::pools_out_of_order(place));
            }
        }
    }

    fn reports(&mut self) {
        let joined = self.project.joined;
        for (index, report) in self.project.reports.iter().enumerate() {
            let period = report.period.end;
            if let Some(reported) = report.reported.filter(|reported| reported.end < period) {
                let place = self.at(key_path!["reports", index, "reported"]);
                self.problems.add(problems::reported_before_period_end(
                    place,
                    reported.end,
                    period,
                ));
            }
            if let Some(joined) = joined.filter(|joined| period < joined.start()) {
                let place = self.at(key_path!["reports", index, "period"]);
                self.problems.add(problems::report_before_joined(place, period, joined.start()));
            }
            if let (Some(year), Some(total)) = (report.cumulative, report.total)
                && year > total
            {
                let place = self.at(key_path!["reports", index, "cumulative"]);
                self.problems.add(problems::year_above_total(place));
            }
        }
    }

    /// A cumulative figure may not fall, from period to period or by a later report on one period, unless the report says
    /// that it is a revision.
    fn falling_figures(&mut self) {
        let mut in_order: Vec<(usize, &Report)> = self.project.reports.iter().enumerate().collect();
        in_order.sort_by_key(|(_, report)| (report.known_on(), report.period.end));
        let mut known = BTreeMap::<Date, (Money, Period)>::new();
        for (index, report) in in_order {
            let Some(cumulative) = report.cumulative else { continue };
            let end = report.period.end;
            let year_start = end.first_of_year();
            let before = known.range(year_start..=end).next_back().map(|(_, before)| *before);
            if let Some((amount, period)) = before
                && cumulative < amount
                && report.revision.is_none()
            {
                let place = self.at(key_path!["reports", index, "cumulative"]);
                let (from, to) = (amount.exact(), cumulative.exact());
                self.problems.add(problems::cumulative_falls(
                    place,
                    &from,
                    &to,
                    &period.to_string(),
                ));
            }
            known.insert(end, (cumulative, report.period));
        }
    }

    fn disclosures(&mut self) {
        for (index, document) in self.project.disclosures.iter().enumerate() {
            let (Some(formed), Some(published)) = (document.formed_on, document.published_on)
            else {
                continue;
            };
            if published.end < formed.start() {
                let place = self.at(key_path!["disclosures", index, "published_on"]);
                self.problems.add(problems::published_before_formed(
                    place,
                    published.end,
                    formed.start(),
                ));
            }
        }
    }

    fn photos(&mut self) {
        for (index, photo) in self.project.photos.iter().enumerate() {
            if photo.alt.as_deref().is_none_or(|alt| alt.trim().is_empty()) {
                self.problems.add(problems::photo_without_alt(self.at(key_path!["photos", index])));
            }
        }
    }
}

/// What may be a mistake in a project's record, as of a day.
pub(super) struct ProjectReview<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) project: &'a Project,
    /// The day that figures are as of.
    pub(super) as_of: Date,
    /// The day of publication: later reports are not yet known.
    pub(super) known_by: Date,
    /// The months for which no report is asked.
    pub(super) no_report_months: &'a [i8],
    pub(super) problems: &'a mut Diagnostics,
}

impl ProjectReview<'_> {
    /// Looks for what is to be looked at.
    pub(super) fn run(&mut self) {
        self.zero_plan();
        self.missing_months();
        self.above_total();
        self.jumps();
        self.disclosures();
    }

    fn at(&self, keys: KeyPath) -> Place {
        Place { path: self.path.clone(), at: At::Value(keys) }
    }

    fn zero_plan(&mut self) {
        let year = self.as_of.year();
        let plan = self.project.plan.0.get(&year).and_then(|plan| plan.at(self.as_of));
        if plan.is_some_and(Money::is_zero) {
            let place = self.at(key_path!["plan", year.to_string().as_str()]);
            self.problems.add(problems::zero_plan(place, year));
        }
    }

    /// A project under construction reports every month but those for which no report is asked.
    fn missing_months(&mut self) {
        let year = self.as_of.year();
        let Some(started) = self.project.started.map(|started| started.end) else { return };
        let joined = self.project.joined.map_or(started, |joined| joined.end);
        let first = started.max(joined);
        let last = [
            self.project.finished.map(|day| day.end),
            self.project.left.as_ref().map(|left| left.on.end),
        ];
        let last = last.into_iter().flatten().fold(self.as_of, Date::min);
        let known = |month_end: Date| {
            let reports = self.project.reports.iter();
            let same_month =
                |day: Date| (day.year(), day.month()) == (month_end.year(), month_end.month());
            reports
                .filter(|report| report.known_on() <= self.known_by)
                .any(|report| same_month(report.period.end))
        };
        let months = (1..=12).map(|month| crate::value::month_end(year, month));
        let missing: Vec<String> = months
            .filter(|end| {
                *end >= first && *end <= last && !self.no_report_months.contains(&end.month())
            })
            .filter(|end| !known(*end))
            .map(|end| format!("{:04}-{:02}", end.year(), end.month()))
            .collect();
        if !missing.is_empty() {
            let place = self.at(key_path!["reports"]);
            self.problems.add(problems::report_missing(place, &missing.join(" ")));
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

    fn above_total(&mut self) {
        let latest =
            self.project.reports.iter().enumerate().filter(|(_, report)| report.total.is_some());
        let Some((index, report)) =
            latest.max_by_key(|(_, report)| (report.period.end, report.known_on()))
        else {
            return;
        };
        let total =
            self.project.total_investment.as_ref().and_then(|total| total.at(report.known_on()));
        let (Some(done), Some(total)) = (report.total, total) else { return };
        if done > total {
            let place = self.at(key_path!["reports", index, "total"]);
            self.problems.add(problems::above_total(place, &done.exact(), &total.exact()));
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
                self.problems.add(problems::increment_jumps(
                    place,
                    &increment.exact(),
                    &median.exact(),
                ));
            }
        }
    }
}

/// What each report adds to the one of the period before it in the same year, by the report's position.
fn increments(reports: &[Report]) -> Vec<(usize, Money)> {
    let mut latest = BTreeMap::<Date, (Date, usize, Money)>::new();
    for (index, report) in reports.iter().enumerate() {
        let Some(cumulative) = report.cumulative else { continue };
        let known =
            latest.entry(report.period.end).or_insert((report.known_on(), index, cumulative));
        if report.known_on() >= known.0 {
            *known = (report.known_on(), index, cumulative);
        }
    }
    let mut before: Option<(i16, Money)> = None;
    let mut increments = Vec::with_capacity(latest.len());
    for (end, (_, index, cumulative)) in latest {
        let base = before
            .filter(|(year, _)| *year == end.year())
            .map_or(Money::ZERO, |(_, amount)| amount);
        increments.push((index, cumulative - base));
        before = Some((end.year(), cumulative));
    }
    increments
}

/// Whether a text has the form of 项目统一代码 (GB/T 40058-2021): groups of 4, 6, 2, 2 and 6 digits.
fn is_project_code(code: &str) -> bool {
    let groups: Vec<&str> = code.split('-').collect();
    let lengths = [4, 6, 2, 2, 6];
    groups.len() == lengths.len()
        && groups.iter().zip(lengths).all(|(group, length)| {
            group.len() == length && group.bytes().all(|byte| byte.is_ascii_digit())
        })
}
