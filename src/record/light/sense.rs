//! Whether a light rule that is written out makes sense: units, ranges, and clauses that could never decide.

use super::{Basis, Bound, Comparison, LightRule, Node};
use crate::diagnostic::problems;
use crate::value::Rate;

/// From here on a ratio without `%` was meant in percent: nobody rates ten times the target.
const LARGEST_PLAIN_RATIO: i128 = 10;

/// Tells of what makes no sense in a rule, each at its clause. A basis that could not be read is not judged by.
pub(super) fn check(node: Node<'_>, rule: &LightRule) {
    let basis = node.value().get("basis").and_then(serde_yaml::Value::as_str);
    if basis != Some(rule.basis.code()) {
        return;
    }
    let mut before: Vec<(&str, Extent)> = Vec::new();
    for colour in ["green", "yellow", "red"] {
        let Some(text) = node.value().get(colour).and_then(serde_yaml::Value::as_str) else {
            continue;
        };
        let bounds: Option<Vec<Bound>> = match text.trim() {
            "otherwise" | "其余" => Some(Vec::new()),
            text => text.split(" and ").map(Bound::parse).collect(),
        };
        let Some(bounds) = bounds else { continue };
        let at = Written { node, colour, text };
        if bounds.iter().any(|bound| !at.is_sound(rule.basis, *bound)) {
            continue;
        }
        let extent = Extent::of(&bounds);
        // What a late start or a lasting yellow makes red needs no clause of its own.
        let is_reached_otherwise = colour == "red" && turns_red_otherwise(rule);
        if extent.is_empty() {
            at.report(|place| problems::clause_never_holds(place, text));
        } else if colour == "green" && extent.favours_the_worse(rule.basis) {
            at.report(|place| problems::clause_upside_down(place, text, rule.basis.code()));
        } else if let Some((earlier, _)) = before.iter().find(|(_, other)| other.holds(&extent))
            && !is_reached_otherwise
        {
            at.report(|place| problems::unreachable_clause(place, colour, earlier));
        }
        before.push((colour, extent));
    }
    check_months(node, rule);
}

fn turns_red_otherwise(rule: &LightRule) -> bool {
    let by_start = rule.start.as_ref().and_then(|start| start.red_after_months);
    let by_lasting = rule.escalate.as_ref().and_then(|escalate| escalate.yellow_months_to_red);
    by_start.or(by_lasting).is_some()
}

/// The months of a late start and of a lasting yellow.
fn check_months(node: Node<'_>, rule: &LightRule) {
    let start = rule.start.as_ref();
    let months = start.and_then(|start| start.yellow_after_months.zip(start.red_after_months));
    if let Some((yellow, red)) = months.filter(|(yellow, red)| red <= yellow) {
        at(node, "start", |node| node.report(|at| problems::start_skips_yellow(at, yellow, red)));
    }
    let lasting = rule.escalate.as_ref().and_then(|escalate| escalate.yellow_months_to_red);
    if lasting == Some(0) {
        at(node, "escalate", |node| node.report(problems::escalates_at_once));
    }
}

/// Goes to a field of the rule.
fn at(node: Node<'_>, name: &str, report: impl Fn(Node<'_>) -> Option<()>) {
    node.entries(|key, child| if key == name { report(child) } else { None });
}

/// A clause where it stands.
#[derive(Clone, Copy)]
struct Written<'a> {
    node: Node<'a>,
    colour: &'a str,
    text: &'a str,
}

impl Written<'_> {
    fn report(self, problem: impl Fn(crate::diagnostic::Place) -> crate::diagnostic::Diagnostic) {
        at(self.node, self.colour, |node| node.report(&problem));
    }

    /// Whether a bound is in the unit of the basis and within what the basis can be; else tells of it.
    fn is_sound(self, basis: Basis, bound: Bound) -> bool {
        let (text, number) = (self.text, bound.number);
        let largest_plain = match basis {
            Basis::DeviationPp => None,
            Basis::Ratio => Some(Rate::from_integer(LARGEST_PLAIN_RATIO)),
            Basis::RelativeGap => Some(Rate::from_integer(1)),
        };
        let has_wrong_unit = match largest_plain {
            None => bound.is_percent,
            Some(largest) => !bound.is_percent && (number > largest || number < -largest),
        };
        if has_wrong_unit {
            self.report(|at| problems::clause_unit(at, text, basis.code(), bound.is_percent));
            return false;
        }
        // C is never below zero, so that the deviation is never below −100 points, the ratio never below 0 and the gap
        // never above the whole target (DOMAIN.md 6.8).
        let value = bound.value();
        let is_possible = match basis {
            Basis::DeviationPp => value >= Rate::from_integer(-100),
            Basis::Ratio => value >= Rate::default(),
            Basis::RelativeGap => value <= Rate::from_integer(1),
        };
        if !is_possible {
            self.report(|at| problems::clause_out_of_range(at, text, basis.code()));
        }
        is_possible
    }
}

/// The values for which a clause holds: between two ends, each with whether it belongs to them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Extent {
    from: Option<(Rate, bool)>,
    to: Option<(Rate, bool)>,
}

impl Extent {
    fn of(bounds: &[Bound]) -> Self {
        let mut extent = Extent::default();
        for bound in bounds {
            let value = bound.value();
            match bound.comparison {
                Comparison::AtLeast => extent.rises_to((value, true)),
                Comparison::Above => extent.rises_to((value, false)),
                Comparison::AtMost => extent.falls_to((value, true)),
                Comparison::Below => extent.falls_to((value, false)),
            }
        }
        extent
    }

    fn rises_to(&mut self, end: (Rate, bool)) {
        if self.from.is_none_or(|from| end.0 > from.0 || (end.0 == from.0 && !end.1)) {
            self.from = Some(end);
        }
    }

    fn falls_to(&mut self, end: (Rate, bool)) {
        if self.to.is_none_or(|to| end.0 < to.0 || (end.0 == to.0 && !end.1)) {
            self.to = Some(end);
        }
    }

    /// Whether however bad a value may be within it, and a good one may not.
    fn favours_the_worse(&self, basis: Basis) -> bool {
        let (worse, better) = match basis {
            Basis::DeviationPp | Basis::Ratio => (self.from, self.to),
            Basis::RelativeGap => (self.to, self.from),
        };
        worse.is_none() && better.is_some()
    }

    fn is_empty(&self) -> bool {
        match (self.from, self.to) {
            (Some((from, has_from)), Some((to, has_to))) => {
                from > to || (from == to && !(has_from && has_to))
            }
            _ => false,
        }
    }

    /// Whether all of another extent is within this one.
    fn holds(&self, other: &Extent) -> bool {
        let reaches = |own: Option<(Rate, bool)>,
                       other: Option<(Rate, bool)>,
                       beyond: fn(Rate, Rate) -> bool| {
            match (own, other) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some((own, has_own)), Some((other, has_other))) => {
                    beyond(own, other) || (own == other && (has_own || !has_other))
                }
            }
        };
        reaches(self.from, other.from, |own, other| own < other)
            && reaches(self.to, other.to, |own, other| own > other)
    }
}
