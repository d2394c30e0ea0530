//! The view of the method page (统计口径): generated from the configuration in force.

use serde::Serialize;

use super::{Reader, Site};
use crate::indicator::{self, Metric, RuleSet};
use crate::record::{Clause, Comparison, Method, TargetCurve};
use crate::value::{Rate, Rounding, percent, rounded};

/// The method page.
#[derive(Debug, Clone, Serialize)]
pub struct MethodPage {
    /// Every metric, with its formula.
    pub metrics: Vec<MetricView>,
    /// The target by month, in percent.
    pub target: TargetView,
    /// The light rule.
    pub light: LightRuleView,
    /// The other conventions: a key of a message, and the code of what is in force.
    pub ties: &'static str,
    /// `half-up` or `half-even`
    pub rounding: &'static str,
    /// Decimals of rates.
    pub rate_decimals: u32,
    /// Decimals of amounts.
    pub amount_decimals: u32,
    /// `drop` or `keep-year`
    pub withdrawn: &'static str,
    /// `keep` or `exclude`
    pub unreported: &'static str,
    /// The months for which no report is asked, named.
    pub no_report_months: Vec<String>,
}

/// A metric and what it means.
#[derive(Debug, Clone, Serialize)]
pub struct MetricView {
    /// Its id, and the anchor on the page.
    pub id: &'static str,
    /// What it is called.
    pub label: String,
    /// What it is of.
    pub basis: String,
    /// How it is computed.
    pub formula: String,
}

/// The target curve.
#[derive(Debug, Clone, Serialize)]
pub struct TargetView {
    /// `linear-month`, `quarter-curve` …
    pub kind: &'static str,
    /// The targets at the ends of the months, as they are printed.
    pub months: Vec<(String, String)>,
}

/// The light rule.
#[derive(Debug, Clone, Serialize)]
pub struct LightRuleView {
    /// The preset's name, or `site` for a rule written out.
    pub name: String,
    /// `deviation-pp`, `ratio` or `relative-gap`
    pub basis: &'static str,
    /// The conditions as they are written: green, yellow, red.
    pub clauses: Vec<(&'static str, String)>,
    /// From how many months on a late start is yellow.
    pub start_yellow: Option<u32>,
    /// From how many months on a late start is red.
    pub start_red: Option<u32>,
    /// After how many months yellow becomes red.
    pub escalate: Option<u32>,
}

/// The method page.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> MethodPage {
    let method = &site.model.site.method;
    let metrics = Metric::all().map(|metric| MetricView {
        id: metric.id(),
        label: reader.phrase(&metric.label()),
        basis: reader.phrase(&metric.basis()),
        formula: reader.phrase(&metric.formula()),
    });
    MethodPage {
        metrics: metrics.collect(),
        target: target(site, reader, method),
        light: light(method),
        ties: method.ties.code(),
        rounding: match method.rounding {
            Rounding::HalfUp => "half-up",
            Rounding::HalfEven => "half-even",
        },
        rate_decimals: method.rate_decimals,
        amount_decimals: method.amount_decimals,
        withdrawn: method.withdrawn.code(),
        unreported: method.unreported.code(),
        no_report_months: method
            .no_report_months
            .iter()
            .map(|&month| reader.month(month))
            .collect(),
    }
}

fn target(site: &Site<'_>, reader: &Reader<'_>, method: &Method) -> TargetView {
    let year = site.model.as_of.data.year();
    let months = (1..=12).map(|month| {
        let rate = indicator::target(&method.target, crate::value::month_end(year, month));
        (reader.month(month), format!("{}%", percent(rate, 2, method.rounding)))
    });
    let kind = match method.target {
        TargetCurve::LinearMonth => "linear-month",
        TargetCurve::LinearDay => "linear-day",
        TargetCurve::HalfMonth => "half-month",
        TargetCurve::QuarterCurve => "quarter-curve",
        TargetCurve::Custom(_) => "custom",
    };
    TargetView { kind, months: months.collect() }
}

fn light(method: &Method) -> LightRuleView {
    let rule = RuleSet::new(&method.light).project;
    let start = rule.start.as_ref();
    LightRuleView {
        name: rule.id.to_owned(),
        basis: rule.basis.code(),
        clauses: rule
            .clauses
            .iter()
            .map(|(colour, clause)| (colour.code(), written(clause)))
            .collect(),
        start_yellow: start.and_then(|start| start.yellow_after_months),
        start_red: start.and_then(|start| start.red_after_months),
        escalate: rule.escalate,
    }
}

/// A condition as it is written: `≥ −30, ≤ −10`; empty for `otherwise`.
fn written(clause: &Clause) -> String {
    let part = |(comparison, bound): &(Comparison, Rate)| {
        let sign = match comparison {
            Comparison::AtLeast => "≥",
            Comparison::Above => ">",
            Comparison::AtMost => "≤",
            Comparison::Below => "<",
        };
        let number = rounded(*bound, 4, Rounding::HalfUp);
        format!("{sign} {}", number.trim_end_matches('0').trim_end_matches('.'))
    };
    clause.comparisons.iter().map(part).collect::<Vec<_>>().join(", ")
}
