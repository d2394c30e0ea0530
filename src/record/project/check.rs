//! What a project's record says of itself, checked for sense.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::Reader;
use super::{PLACEHOLDER_NAME, Project, ProjectType, Report};
use crate::diagnostic::{At, KeyPath, Place, problems};
use crate::key_path;
use crate::value::{Locale, Money, Period, Rate, Rounding, Share, percent, trimmed};

/// Checks all of a project that can be checked within its record.
pub(in crate::record) fn check(project: &Project, reader: &Reader<'_>) {
    ProjectCheck { project, reader }.run();
}

/// A project's record and where to tell of it.
struct ProjectCheck<'a> {
    project: &'a Project,
    reader: &'a Reader<'a>,
}

impl ProjectCheck<'_> {
    fn run(&self) {
        self.name();
        self.code();
        self.shares();
        self.dates();
        self.pools();
        self.reports();
        self.falling_figures();
        self.falling_progress();
        self.disclosures();
        self.photos();
    }

    fn at(&self, keys: KeyPath) -> Place {
        Place { path: self.reader.path().clone(), at: At::Value(keys) }
    }

    fn name(&self) {
        if self.project.name.get(&Locale::default()) == PLACEHOLDER_NAME {
            let place = self.at(key_path!["name"]);
            self.reader.report(problems::placeholder(place, PLACEHOLDER_NAME));
        }
    }

    fn code(&self) {
        let Some(code) = &self.project.code else { return };
        if !is_project_code(code) {
            self.reader.report(problems::bad_project_code(self.at(key_path!["code"]), code));
        }
    }

    fn shares(&self) {
        let shares = &self.project.shares;
        if shares.is_empty() {
            return;
        }
        let sum = Share::sum(shares.values().copied());
        if sum != Rate::from_integer(1) {
            // A share has at most six decimals in percent.
            let sum = percent(sum, 6, Rounding::HalfUp);
            let place = self.at(key_path!["shares"]);
            self.reader.report(problems::shares_sum(place, trimmed(&sum)));
        }
    }

    fn dates(&self) {
        let project = self.project;
        let started = ("started", project.started);
        self.in_order(key_path!["finished"], started, ("finished", project.finished));
        self.in_order(
            key_path!["in_production"],
            started,
            ("in_production", project.in_production),
        );
        self.in_order(
            key_path!["planned_finish"],
            ("planned_start", project.planned_start),
            ("planned_finish", project.planned_finish),
        );
        for (index, pause) in project.paused.iter().enumerate() {
            let keys = key_path!["paused", index, "to"];
            self.in_order(keys, ("from", Some(pause.from)), ("to", pause.to));
        }
    }

    /// A date is not before another; each goes by the name of its field.
    fn in_order(
        &self,
        keys: KeyPath,
        (first, start): (&str, Option<Period>),
        (last, end): (&str, Option<Period>),
    ) {
        let (Some(start), Some(end)) = (start, end) else { return };
        if end.end < start.start() {
            let place = self.at(keys);
            self.reader.report(problems::finish_before_start(place, (last, end), (first, start)));
        }
    }

    fn pools(&self) {
        let pools = &self.project.pools;
        for (index, pair) in pools.windows(2).enumerate() {
            if pair[1].from.start() < pair[0].from.start() {
                let place = self.at(key_path!["pools", index + 1, "from"]);
                self.reader.report(problems::pools_out_of_order(place));
            }
        }
    }

    fn reports(&self) {
        let joined = self.project.joined;
        for (index, report) in self.project.reports.iter().enumerate() {
            let period = report.period.end;
            if let Some(reported) = report.reported.filter(|reported| reported.end < period) {
                let place = self.at(key_path!["reports", index, "reported"]);
                self.reader.report(problems::reported_before_period_end(
                    place,
                    reported.end,
                    period,
                ));
            }
            if let Some(joined) = joined.filter(|joined| period < joined.start()) {
                let place = self.at(key_path!["reports", index, "period"]);
                self.reader.report(problems::report_before_joined(place, period, joined.start()));
            }
            let left = self.project.left.as_ref().map(|left| left.on.end);
            if let Some(left) = left.filter(|left| *left < period) {
                let place = self.at(key_path!["reports", index, "period"]);
                self.reader.report(problems::report_after_left(place, period, left));
            }
            let is_spent = report.cumulative.is_some_and(|amount| !amount.is_zero());
            if let Some(started) = self.project.started.filter(|_| is_spent)
                && self.project.project_type == ProjectType::New
                && period.year() < started.end.year()
            {
                let place = self.at(key_path!["reports", index, "period"]);
                let problem = problems::report_before_start(place, report.period, started.end);
                self.reader.report(problem);
            }
            if let (Some(year), Some(total)) = (report.cumulative, report.total)
                && year > total
            {
                let place = self.at(key_path!["reports", index, "cumulative"]);
                self.reader.report(problems::year_above_total(place));
            }
        }
    }

    /// A cumulative figure may not fall, from period to period or by a later report on one period, unless the report says
    /// that it is a revision.
    fn falling_figures(&self) {
        let mut in_order: Vec<(usize, &Report)> = self.project.reports.iter().enumerate().collect();
        in_order.sort_by_key(|(_, report)| (report.known_on(), report.period.end));
        let mut known = BTreeMap::<Date, (usize, &Report, Money)>::new();
        for (index, report) in in_order {
            let Some(cumulative) = report.cumulative else { continue };
            let end = report.period.end;
            let own = (index, report, cumulative);
            let before = known.range(end.first_of_year()..=end).next_back();
            // The period before may be reported last.
            let after = known.range(end..=end.last_of_year()).find(|(later, _)| **later > end);
            let falls = match (before, after) {
                (Some((_, before)), _) if own.2 < before.2 => Some((*before, own)),
                (_, Some((_, after))) if after.2 < own.2 => Some((own, *after)),
                _ => None,
            };
            let revised = known.get(&end).filter(|before| before.2 != cumulative);
            let is_undated =
                |report: &Report| report.revision.is_some() && report.reported.is_none();
            if let Some((undated, before, _)) = revised.filter(|before| is_undated(before.1))
                && report.revision.is_none()
            {
                let place = self.at(key_path!["reports", *undated, "revision"]);
                let (known, then) = (before.known_on(), report.known_on());
                self.reader.report(problems::idle_revision(place, known, then));
            } else if let Some((from, to)) = falls.filter(|_| report.revision.is_none()) {
                self.falls(from, to);
            } else if let Some(before) = revised.filter(|_| report.revision.is_none()) {
                let place = self.at_last(*before, own);
                let from = (before.2, before.1.known_on());
                let to = (cumulative, report.known_on());
                let problem = problems::unexplained_revision(place, report.period, from, to);
                self.reader.report(problem);
            } else if revised.is_some_and(|_| report.reported.is_none()) {
                let place = self.at(key_path!["reports", index, "revision"]);
                self.reader.report(problems::undated_revision(place, report.known_on()));
            }
            known.insert(end, own);
        }
    }

    /// Physical progress does not fall either; where it seems to, more may be known than the record says.
    fn falling_progress(&self) {
        let mut in_order: Vec<(usize, &Report)> = self.project.reports.iter().enumerate().collect();
        in_order.sort_by_key(|(_, report)| (report.period.end, report.known_on()));
        let mut before: Option<(Share, Period)> = None;
        for (index, report) in in_order {
            let Some(physical) = report.physical else { continue };
            if let Some(before) = before.filter(|before| physical < before.0)
                && report.revision.is_none()
            {
                let place = self.at(key_path!["reports", index, "physical"]);
                self.reader.report(problems::physical_falls(place, before, physical));
            }
            before = Some((physical, report.period));
        }
    }

    fn falls(&self, from: (usize, &Report, Money), to: (usize, &Report, Money)) {
        let place = self.at_last(from, to);
        let ((_, earlier, before), (_, later, after)) = (from, to);
        self.reader.report(if earlier.period.end == later.period.end {
            let (from, to) = ((before, earlier.known_on()), (after, later.known_on()));
            problems::reported_lower(place, later.period, from, to)
        } else {
            problems::cumulative_falls(place, (before, earlier.period), (after, later.period))
        });
    }

    /// The place of the one of two reports that was known last. One that does not say when it was reported may have been so at
    /// any time: then of the one written last.
    fn at_last(&self, from: (usize, &Report, Money), to: (usize, &Report, Money)) -> Place {
        let last = match (from.1.reported, to.1.reported) {
            (Some(one), Some(other)) if one.end > other.end => from.0,
            (Some(_), Some(_)) => to.0,
            _ => from.0.max(to.0),
        };
        self.at(key_path!["reports", last, "cumulative"])
    }

    fn disclosures(&self) {
        for (index, document) in self.project.disclosures.iter().enumerate() {
            let (Some(formed), Some(published)) = (document.formed_on, document.published_on)
            else {
                continue;
            };
            if published.end < formed.start() {
                let place = self.at(key_path!["disclosures", index, "published_on"]);
                self.reader.report(problems::published_before_formed(
                    place,
                    published.end,
                    formed.start(),
                ));
            }
        }
    }

    fn photos(&self) {
        for (index, photo) in self.project.photos.iter().enumerate() {
            if photo.alt.as_deref().is_none_or(|alt| alt.trim().is_empty()) {
                self.reader
                    .report(problems::photo_without_alt(self.at(key_path!["photos", index])));
            }
        }
    }
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
