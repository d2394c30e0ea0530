//! `method` in site.yaml: target, light rule, ties, rounding and treatment of special cases.

use serde_json::json;
use serde_yaml::Value;

use super::fields::{FromYaml, Node, codes, kind_of, record};
use crate::diagnostic::problems;
use crate::value::{Decimal, Rate, Rounding, Share};

record! {
    /// How figures are computed (DOMAIN.md section 6).
    struct MethodFields {
        /// The target by date (序时进度).
        pub target: Option<TargetCurve>,
        /// The rule of lights.
        pub light: Option<LightSetting>,
        /// Which values tie in a ranking.
        pub ties: Option<Ties>,
        /// How displayed figures are rounded.
        pub rounding: Option<Rounding>,
        /// How many decimals are displayed.
        pub decimals: Option<Decimals>,
        /// What becomes of a project that leaves the list.
        pub withdrawn: Option<Withdrawn>,
        /// What becomes of a project that has not reported.
        pub unreported: Option<Unreported>,
        /// The months, 1 to 12, for which no report is asked.
        pub no_report_months: Vec<u32>,
    }
}

/// How figures are computed, with the defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// The target by date (序时进度).
    pub target: TargetCurve,
    /// The rule of lights.
    pub light: LightSetting,
    /// Which values tie in a ranking.
    pub ties: Ties,
    /// How displayed figures are rounded.
    pub rounding: Rounding,
    /// Decimals of rates, 0 to 4.
    pub rate_decimals: u32,
    /// Decimals of amounts in 亿元 or 万元, 0 to 4.
    pub amount_decimals: u32,
    /// What becomes of a project that leaves the list.
    pub withdrawn: Withdrawn,
    /// What becomes of a project that has not reported.
    pub unreported: Unreported,
    /// The months, 1 to 12, for which no report is asked.
    pub no_report_months: Vec<i8>,
}

impl Default for Method {
    fn default() -> Self {
        Method {
            target: TargetCurve::LinearMonth,
            light: LightSetting::Preset(Preset::Yinchuan2025),
            ties: Ties::Displayed,
            rounding: Rounding::HalfUp,
            rate_decimals: 1,
            amount_decimals: 2,
            withdrawn: Withdrawn::Drop,
            unreported: Unreported::Keep,
            no_report_months: vec![1],
        }
    }
}

impl FromYaml for Method {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let written = MethodFields::from_yaml(node)?;
        let default = Method::default();
        let decimals = written.decimals.unwrap_or_default();
        let lists_months = node.value().get("no_report_months").is_some();
        let months = written.no_report_months.iter().filter_map(|&month| i8::try_from(month).ok());
        Some(Method {
            target: written.target.unwrap_or(default.target),
            light: written.light.unwrap_or(default.light),
            ties: written.ties.unwrap_or(default.ties),
            rounding: written.rounding.unwrap_or(default.rounding),
            rate_decimals: decimals.rate.unwrap_or(default.rate_decimals).min(4),
            amount_decimals: decimals.amount.unwrap_or(default.amount_decimals).min(4),
            withdrawn: written.withdrawn.unwrap_or(default.withdrawn),
            unreported: written.unreported.unwrap_or(default.unreported),
            no_report_months: if lists_months {
                months.collect()
            } else {
                default.no_report_months
            },
        })
    }

    fn absent() -> Option<Self> {
        Some(Method::default())
    }

    fn schema() -> serde_json::Value {
        MethodFields::schema()
    }
}

record! {
    /// How many decimals are displayed, 0 to 4.
    pub struct Decimals {
        /// Of rates, in percent.
        pub rate: Option<u32>,
        /// Of amounts.
        pub amount: Option<u32>,
    }
}

codes! {
    /// Which values share a rank.
    pub enum Ties {
        /// Those that are displayed alike: the same number never stands at two places.
        Displayed = "displayed",
        /// Those that are exactly equal.
        Exact = "exact",
    }
}

codes! {
    /// What becomes of a project that leaves the list.
    pub enum Withdrawn {
        /// It leaves every figure from that day on.
        Drop = "drop",
        /// It stays until the year's end.
        KeepYear = "keep-year",
    }
}

codes! {
    /// What becomes of a project that has not reported in the year.
    pub enum Unreported {
        /// Its plan stays in the denominator.
        Keep = "keep",
        /// It is left out of numerator and denominator.
        Exclude = "exclude",
    }
}

/// The share of the year's plan that should be done by a date (DOMAIN.md 6.7).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum TargetCurve {
    /// The number of the month divided by twelve.
    #[default]
    LinearMonth,
    /// The day of the year divided by its days.
    LinearDay,
    /// Months and half months divided by twelve.
    HalfMonth,
    /// 20, 50, 80 and 100 % at the ends of the quarters, straight between.
    QuarterCurve,
    /// The share at the end of each month.
    Custom(Box<[Rate; 12]>),
}

impl FromYaml for TargetCurve {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        if node.value().is_sequence() {
            let shares = node.each(Share::from_yaml)?;
            let months: Vec<Rate> = shares.into_iter().map(Share::to_rate).collect();
            let rises = months.is_sorted() && months.last() == Some(&Rate::from_integer(1));
            return match <[Rate; 12]>::try_from(months) {
                Ok(months) if rises => Some(TargetCurve::Custom(Box::new(months))),
                _ => node.report(problems::bad_target),
            };
        }
        match node.scalar().as_deref() {
            Some("linear-month") => Some(TargetCurve::LinearMonth),
            Some("linear-day") => Some(TargetCurve::LinearDay),
            Some("half-month") => Some(TargetCurve::HalfMonth),
            Some("quarter-curve") => Some(TargetCurve::QuarterCurve),
            _ => node.unknown_code(&["linear-month", "linear-day", "half-month", "quarter-curve"]),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [
            {"enum": ["linear-month", "linear-day", "half-month", "quarter-curve"]},
            {"type": "array", "items": Share::schema(), "minItems": 12, "maxItems": 12},
        ]})
    }
}

codes! {
    /// A light rule that some place has published (DOMAIN.md 4.9).
    pub enum Preset {
        /// Ten to thirty points behind the target is yellow, more is red; a start three months late is red.
        Yinchuan2025 = "yinchuan-2025",
        /// Short by up to half of the target is yellow, by more is red.
        Sanya2022 = "sanya-2022",
        /// Below 80 % of the target is yellow, below 60 % red.
        Wuhan = "wuhan",
        /// Below 80 % of the target is yellow, below 60 % red, judged on the month's task.
        Xinhuang2015 = "xinhuang-2015",
    }
}

/// Which light rule is in force.
#[derive(Debug, Clone, PartialEq)]
pub enum LightSetting {
    /// A published one.
    Preset(Preset),
    /// One that the site writes out.
    Rule(Box<LightRule>),
}

impl FromYaml for LightSetting {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        if node.value().is_mapping() {
            let rule = LightRule::from_yaml(node)?;
            return Some(LightSetting::Rule(Box::new(rule)));
        }
        Preset::from_yaml(node).map(LightSetting::Preset)
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [Preset::schema(), LightRule::schema()]})
    }
}

impl Default for LightSetting {
    fn default() -> Self {
        LightSetting::Preset(Preset::Yinchuan2025)
    }
}

codes! {
    /// What the clauses of a light rule are compared with.
    pub enum Basis {
        /// Completion rate less target, in percentage points.
        DeviationPp = "deviation-pp",
        /// Completion rate divided by target.
        Ratio = "ratio",
        /// The shortfall divided by the target.
        RelativeGap = "relative-gap",
    }
}

record! {
    /// A light rule written out. Clauses are tried green, yellow, red; the first that holds decides, on exact values.
    pub struct LightRule {
        /// What the clauses are compared with.
        pub basis: Basis,
        /// When the light is green.
        pub green: Clause,
        /// When it is yellow.
        pub yellow: Clause,
        /// When it is red.
        pub red: Clause,
        /// How a late start is judged.
        pub start: Option<StartClause>,
        /// When a lasting yellow becomes red.
        pub escalate: Option<Escalation>,
    }
}

record! {
    /// How a start that is later than planned is judged, by the ends of months missed: the planned month's own is the first.
    pub struct StartClause {
        /// From how many months on it is yellow.
        pub yellow_after_months: Option<u32>,
        /// From how many months on it is red.
        pub red_after_months: Option<u32>,
    }
}

record! {
    /// When a lasting yellow becomes red.
    pub struct Escalation {
        /// After how many months of yellow one after the other.
        pub yellow_months_to_red: Option<u32>,
    }
}

/// A condition of a light rule: comparisons that must all hold, or none at all for `otherwise`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clause {
    /// The comparisons, with the number in the basis's own unit: points, or a fraction.
    pub comparisons: Vec<(Comparison, Rate)>,
}

/// How a value is compared with a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
}

impl Comparison {
    /// Whether a value stands in this relation to a bound.
    pub fn holds(self, value: Rate, bound: Rate) -> bool {
        match self {
            Comparison::AtLeast => value >= bound,
            Comparison::Above => value > bound,
            Comparison::AtMost => value <= bound,
            Comparison::Below => value < bound,
        }
    }
}

impl Clause {
    /// Reads `">= -10"`, `"< 0.8"`, `">= -30 and <= -10"`, `"< 80%"` or `"otherwise"`.
    pub fn parse(text: &str) -> Option<Self> {
        if matches!(text.trim(), "otherwise" | "其余") {
            return Some(Clause::default());
        }
        let comparisons = text.split(" and ").map(|part| {
            let part = part.trim();
            let (comparison, number) = [
                (">=", Comparison::AtLeast),
                ("<=", Comparison::AtMost),
                (">", Comparison::Above),
                ("<", Comparison::Below),
            ]
            .into_iter()
            .find_map(|(sign, comparison)| Some((comparison, part.strip_prefix(sign)?)))?;
            let (number, rest) = Decimal::read_prefix(number).ok()?;
            let hundredth = match rest {
                "" => 1,
                "%" | "％" => 100,
                _ => return None,
            };
            Some((comparison, Rate::new(number.digits, 10_i128.pow(number.scale) * hundredth)))
        });
        comparisons.collect::<Option<Vec<_>>>().map(|comparisons| Clause { comparisons })
    }

    /// Whether the clause holds for a value; `otherwise` always does.
    pub fn holds(&self, value: Rate) -> bool {
        self.comparisons.iter().all(|&(comparison, bound)| comparison.holds(value, bound))
    }
}

impl FromYaml for Clause {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        match node.value() {
            Value::String(text) => {
                Clause::parse(text).or_else(|| node.report(|at| problems::bad_clause(at, text)))
            }
            other => node.report(|at| problems::wrong_type(at, "文字", "a text", &kind_of(other))),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "examples": [">= 0", ">= -30 and <= -10", "otherwise"]})
    }
}
