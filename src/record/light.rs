//! `method.light` in site.yaml: the rule of lights, a published one or one written out.

mod sense;

use serde_json::json;
use serde_yaml::Value;

use super::fields::{FromYaml, Node, codes, kind_of, record};
use crate::diagnostic::problems;
use crate::value::{Decimal, Rate};

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
            sense::check(node, &rule);
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
        let bounds = text.split(" and ").map(Bound::parse).collect::<Option<Vec<_>>>()?;
        let comparisons = bounds.iter().map(|bound| (bound.comparison, bound.value()));
        Some(Clause { comparisons: comparisons.collect() })
    }

    /// Whether the clause holds for a value; `otherwise` always does.
    pub fn holds(&self, value: Rate) -> bool {
        self.comparisons.iter().all(|&(comparison, bound)| comparison.holds(value, bound))
    }
}

/// A comparison as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    comparison: Comparison,
    number: Rate,
    is_percent: bool,
}

impl Bound {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let signs = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            (">", Comparison::Above),
            ("<", Comparison::Below),
        ];
        let mut signs = signs.into_iter();
        let (comparison, number) =
            signs.find_map(|(sign, comparison)| Some((comparison, text.strip_prefix(sign)?)))?;
        let (number, rest) = Decimal::read_prefix(number).ok()?;
        let is_percent = match rest {
            "" => false,
            "%" | "％" => true,
            _ => return None,
        };
        let number = Rate::new(number.digits, 10_i128.pow(number.scale));
        Some(Bound { comparison, number, is_percent })
    }

    /// The number in the basis's own unit: points, or a fraction.
    fn value(self) -> Rate {
        if self.is_percent { self.number / 100 } else { self.number }
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
