//! The view of the method page (统计口径): generated from the configuration in force.

use serde::Serialize;

use super::{Reader, Site};
use crate::indicator::{self, Colour, HonourRule, Metric, Rule, RuleSet};
use crate::record::{
    Basis, Clause, Comparison, DisclosureKind, Method, TargetCurve, Unreported, Visibility,
};
use crate::value::{Rate, Rounding, percent, rounded, trimmed};

/// The method page.
#[derive(Debug, Clone, Serialize)]
pub struct MethodPage {
    /// Every metric that the site uses, with its formula.
    pub metrics: Vec<MetricView>,
    /// The target by month, in percent.
    pub target: TargetView,
    /// The name of the light rule: a preset's, or `site` for a rule written out.
    pub rule: &'static str,
    /// The rule for projects, and that for towns and other scopes.
    pub lights: [LightRuleView; 2],
    /// Why a project may have no light under the rule: keys of messages.
    pub unrated: Vec<&'static str>,
    /// The lists of the best and the last, where they are published: how many places each has.
    pub honours: Option<HonourRule>,
    /// Whether any project is across towns.
    pub cross_town: bool,
    /// Within how many working days documents are to be published, where any are: permits, all else.
    pub disclosures: Option<[u32; 2]>,
    /// Whether the site has pools, whose stock opens with the year.
    pub pools: bool,
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
    /// Whether projects have targets of their own.
    pub own: bool,
}

/// A light rule.
#[derive(Debug, Clone, Serialize)]
pub struct LightRuleView {
    /// `project` or `scope`
    pub of: &'static str,
    /// `deviation-pp`, `ratio` or `relative-gap`
    pub basis: &'static str,
    /// Whether the month's task is judged, not the year's progress.
    pub month: bool,
    /// The conditions as they are written: green, yellow, red; empty for `otherwise`.
    pub clauses: Vec<(&'static str, String)>,
    /// Whether a late start is judged by its own clause.
    pub judges_start: bool,
    /// From how many ends of months on a late start is yellow.
    pub start_yellow: Option<u32>,
    /// From how many ends of months on a late start is red.
    pub start_red: Option<u32>,
    /// After how many ends of months yellow becomes red.
    pub escalate: Option<u32>,
}

/// The method page.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> MethodPage {
    let record = &site.model.site;
    let (method, projects) = (&record.method, &site.model.projects);
    let rules = RuleSet::new(&method.light);
    let has_disclosures = projects.iter().any(|project| !project.record.disclosures.is_empty());
    MethodPage {
        metrics: metrics(site, reader),
        target: target(site, reader, method),
        rule: rules.project.id,
        lights: [light(reader, "project", &rules.project), light(reader, "scope", &rules.scope)],
        unrated: unrated(&rules.project, method),
        honours: record
            .honours
            .as_ref()
            .filter(|honours| honours.visibility == Some(Visibility::Public))
            .map(HonourRule::new),
        cross_town: projects.iter().any(|project| project.shares.len() > 1),
        disclosures: has_disclosures.then(|| {
            [DisclosureKind::Permit, DisclosureKind::Tender].map(|kind| kind.working_days())
        }),
        pools: site.model.has_pools(),
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

/// The metrics, in the order in which they are explained; without those of mechanisms that the site does not have.
pub(super) fn metrics(site: &Site<'_>, reader: &Reader<'_>) -> Vec<MetricView> {
    let record = &site.model.site;
    let is_used = |metric: &Metric| match metric {
        Metric::AwardPoints => record.award.is_some(),
        Metric::Pool(_) | Metric::PoolAmount(_) => site.model.has_pools(),
        Metric::Events(_) | Metric::EventsAmount(_) => !record.events.is_empty(),
        _ => true,
    };
    let view = |metric: Metric| MetricView {
        id: metric.id(),
        label: reader.phrase(&metric.label()),
        basis: reader.phrase(&metric.basis()),
        formula: reader.phrase(&metric.formula()),
    };
    Metric::all().filter(is_used).map(view).collect()
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
    let own = site.model.projects.iter().any(|project| project.record.target.is_some());
    TargetView { kind, months: months.collect(), own }
}

fn light(reader: &Reader<'_>, of: &'static str, rule: &Rule) -> LightRuleView {
    let start = rule.start.as_ref();
    let clause =
        |(colour, clause): &(Colour, Clause)| (colour.code(), written(reader, rule.basis, clause));
    LightRuleView {
        of,
        basis: rule.basis.code(),
        month: rule.judges_month,
        clauses: rule.clauses.iter().map(clause).collect(),
        judges_start: start.is_some(),
        start_yellow: start.and_then(|start| start.yellow_after_months),
        start_red: start.and_then(|start| start.red_after_months),
        escalate: rule.escalate,
    }
}

/// The grounds on which a project is without a light that can occur under a rule.
fn unrated(rule: &Rule, method: &Method) -> Vec<&'static str> {
    let leaves_a_gap = rule.clauses.iter().all(|(_, clause)| !clause.comparisons.is_empty());
    let grounds = [
        ("unrated_withdrawn", true),
        ("unrated_exempt", true),
        ("unrated_paused", true),
        ("unrated_start_not_due", true),
        ("unrated_start_due", rule.start.is_some()),
        ("unrated_no_plan", true),
        ("unrated_no_report_due", true),
        ("unrated_not_reported", method.unreported == Unreported::Exclude),
        ("unrated_month_unknown", rule.judges_month),
        ("unrated_finished", true),
        ("unrated_no_clause", leaves_a_gap),
    ];
    grounds.into_iter().filter(|(_, occurs)| *occurs).map(|(ground, _)| ground).collect()
}

/// A condition in the unit of its basis: `≥ −30 个百分点`, `≥ 80%`; empty for `otherwise`.
fn written(reader: &Reader<'_>, basis: Basis, clause: &Clause) -> String {
    let (factor, unit) = match basis {
        Basis::DeviationPp => (1, format!(" {}", reader.catalog.get("unit_points"))),
        Basis::Ratio | Basis::RelativeGap => (100, "%".to_owned()),
    };
    let part = |(comparison, bound): &(Comparison, Rate)| {
        let sign = match comparison {
            Comparison::AtLeast => "≥",
            Comparison::Above => ">",
            Comparison::AtMost => "≤",
            Comparison::Below => "<",
        };
        let number = rounded(*bound * factor, 4, Rounding::HalfUp);
        let number = trimmed(&number).replace('-', "−");
        format!("{sign} {number}{unit}")
    };
    clause.comparisons.iter().map(part).collect::<Vec<_>>().join(reader.catalog.get("clause_and"))
}
