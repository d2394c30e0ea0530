//! `method` in site.yaml: target, light rule, ties, rounding and treatment of special cases.

use super::fields::{FromYaml, Node, codes, record};
use super::light::{LightSetting, Preset};
use crate::diagnostic::problems;
use crate::value::{Rate, Rounding, Share};
use serde_json::json;

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
        pub no_report_months: Option<Vec<Within<1, 12>>>,
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
        let months = |written: Vec<Within<1, 12>>| {
            written.into_iter().map(|month| month.0.cast_signed()).collect()
        };
        Some(Method {
            target: written.target.unwrap_or(default.target),
            light: written.light.unwrap_or(default.light),
            ties: written.ties.unwrap_or(default.ties),
            rounding: written.rounding.unwrap_or(default.rounding),
            rate_decimals: decimals.rate.map_or(default.rate_decimals, |rate| rate.0.into()),
            amount_decimals: decimals
                .amount
                .map_or(default.amount_decimals, |amount| amount.0.into()),
            withdrawn: written.withdrawn.unwrap_or(default.withdrawn),
            unreported: written.unreported.unwrap_or(default.unreported),
            no_report_months: written.no_report_months.map_or(default.no_report_months, months),
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
        pub rate: Option<Within<0, 4>>,
        /// Of amounts.
        pub amount: Option<Within<0, 4>>,
    }
}

/// A whole number within bounds, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Within<const LEAST: u8, const MOST: u8>(u8);

impl<const LEAST: u8, const MOST: u8> FromYaml for Within<LEAST, MOST> {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let number = u32::from_yaml(node)?;
        match u8::try_from(number) {
            Ok(number) if (LEAST..=MOST).contains(&number) => Some(Within(number)),
            _ => node.report(|at| problems::out_of_range(at, number, LEAST, MOST)),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": "integer", "minimum": LEAST, "maximum": MOST})
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
            let shares = node.each(|share| Some(Share::from_yaml(share)))?;
            // One that cannot be read is told of already.
            let months = shares.into_iter().map(|share| Some(share?.to_rate()));
            let months = months.collect::<Option<Vec<Rate>>>()?;
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
