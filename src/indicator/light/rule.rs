//! The rules of lights: those that some place has published, and those that a site writes out (DOMAIN.md 4.9, 6.9).

use super::{Colour, Ground, Progress, Verdict};
use crate::record::{Basis, Clause, Escalation, LightRule, LightSetting, Preset, StartClause};
use crate::value::Rate;

/// A rule of lights, ready to judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name in data: the preset's, or `site`.
    pub id: &'static str,
    /// What the clauses are compared with.
    pub basis: Basis,
    /// When the light is green, yellow and red; tried in this order.
    pub clauses: [(Colour, Clause); 3],
    /// How a late start is judged.
    pub start: Option<StartClause>,
    /// How many months of yellow one after the other make a red.
    pub escalate: Option<u32>,
    /// Whether the month's task is judged, not the year's progress.
    pub judges_month: bool,
}

/// The rules in force for projects, and for towns and other scopes.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    /// For projects.
    pub project: Rule,
    /// For towns, categories, chains and the whole: on their sums.
    pub scope: Rule,
}

impl RuleSet {
    /// The rules that a site's method sets.
    pub fn new(setting: &LightSetting) -> Self {
        match setting {
            LightSetting::Preset(preset) => RuleSet::preset(*preset),
            LightSetting::Rule(rule) => RuleSet::same(Rule::written("site", rule)),
        }
    }

    /// One rule for all; a scope has no start of its own.
    fn same(project: Rule) -> Self {
        let scope = Rule { start: None, ..project.clone() };
        RuleSet { project, scope }
    }

    fn preset(preset: Preset) -> Self {
        let id = preset.code();
        let rule = |basis, green, yellow| Rule::new(id, basis, green, yellow);
        match preset {
            // The source says nothing of less than ten points behind; it counts as on time. Ten points are yellow.
            Preset::Yinchuan2025 => RuleSet::same(Rule {
                start: Some(StartClause {
                    yellow_after_months: Some(1),
                    red_after_months: Some(3),
                }),
                ..rule(Basis::DeviationPp, "> -10", ">= -30")
            }),
            // For districts the source asks for the target met, and is red when it is missed two months running.
            Preset::Sanya2022 => RuleSet {
                project: rule(Basis::RelativeGap, "<= 0", "<= 50%"),
                scope: Rule { escalate: Some(2), ..rule(Basis::RelativeGap, "<= 0", "> 0") },
            },
            Preset::Wuhan => RuleSet::same(rule(Basis::Ratio, ">= 80%", ">= 60%")),
            Preset::Xinhuang2015 => {
                RuleSet::same(Rule { judges_month: true, ..rule(Basis::Ratio, ">= 80%", ">= 60%") })
            }
        }
    }
}

impl Rule {
    fn new(id: &'static str, basis: Basis, green: &str, yellow: &str) -> Self {
        let clause = |text| Clause::parse(text).unwrap_or_default();
        let (green, yellow) = (clause(green), clause(yellow));
        Rule::written(id, &LightRule { basis, green, yellow, ..LightRule::default() })
    }

    fn written(id: &'static str, rule: &LightRule) -> Self {
        let escalate = rule.escalate.as_ref();
        Rule {
            id,
            basis: rule.basis,
            clauses: [
                (Colour::Green, rule.green.clone()),
                (Colour::Yellow, rule.yellow.clone()),
                (Colour::Red, rule.red.clone()),
            ],
            start: rule.start.clone(),
            escalate: escalate.and_then(|Escalation { yellow_months_to_red: months }| *months),
            judges_month: false,
        }
    }

    /// The light that the first clause gives which holds, on exact values.
    pub(in crate::indicator) fn judge(&self, progress: Progress) -> Verdict {
        let measured = self.measure(progress.value, progress.target);
        let holding = self.clauses.iter().find(|(_, clause)| clause.holds(measured));
        match holding {
            Some((colour, _)) => Verdict { colour: *colour, ground: progress.ground },
            None => Verdict { colour: Colour::None, ground: Ground::NoClause },
        }
    }

    /// What the clauses are compared with: points, a ratio, or the part of the target that is missing.
    pub fn measure(&self, value: Rate, target: Rate) -> Rate {
        match self.basis {
            Basis::DeviationPp => (value - target) * 100,
            Basis::Ratio => value / target,
            Basis::RelativeGap => (target - value) / target,
        }
    }
}
