//! What can be counted: each figure's name, denominator and formula (CONTRACT section 3, DOMAIN.md section 6).

mod investment;
mod lists;
mod projects;

use super::light::Colour;
use super::scope::Scope;
use crate::diagnostic::Phrase;
use crate::record::{EventKind, Pool};

/// A kind of figure. Its id is stable: templates, data and prose name it.
///
/// The variant of a rate is part of the id, because one word stands for rates over different denominators (DOMAIN.md
/// section 0, finding 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// |S(t)|, S the projects on the list (DOMAIN.md 6.1).
    Projects,
    /// |{p ∈ S: started ≤ t}| (6.3).
    Started,
    /// |{p ∈ S: finished ≤ t}| (6.4).
    Finished,
    /// |{p ∈ S: in production ≤ t}| (6.4).
    InProduction,
    /// ΣT: total investment in force (6.6).
    TotalPlanned,
    /// ΣA: annual plan in force (6.5).
    Plan,
    /// ΣC: completed in the year (6.5).
    Year,
    /// ΣG: completed since construction began (6.6).
    Ever,
    /// What the month last due added to ΣC (6.19).
    Month,
    /// ΣC / ΣA over A > 0 (6.5).
    Annual,
    /// ΣG / ΣT over T > 0 where G is known (6.6).
    Total,
    /// ΣC over A = 0 (6.5).
    OffPlan,
    /// σ(t), over own targets Σ A·σ / Σ A (6.7).
    Target,
    /// The annual completion rate less σ (6.8).
    Deviation,
    /// |started| / |S| (6.3).
    StartAll,
    /// |started and new| / |new| (6.3).
    StartNew,
    /// |started, new and due| / |new and due| (6.3).
    StartDue,
    /// |started, new and not yet due| (6.3).
    StartEarly,
    /// (|started and new| + |continuing and at work|) / |S| (6.3).
    StartOrResume,
    /// |finished and due this year| / |due this year| (6.4).
    FinishDue,
    /// The projects in a pool (6.12).
    Pool(Pool),
    /// Their ΣT (6.12).
    PoolAmount(Pool),
    /// The projects with a light (6.9).
    Lights(Colour),
    /// |reported| / |due to report| (6.2).
    Coverage,
    /// (ΣC − ΣC′) / ΣC′, C′ by the same day of the year before (6.13).
    YearOnYear,
    /// The annual completion rate less that of the issue compared with (6.14).
    AnnualChange,
    /// Events of a kind since 1 January (6.12).
    Events(EventKind),
    /// Their amounts.
    EventsAmount(EventKind),
    /// Points of the month for the award (6.11).
    AwardPoints,
}

/// What kind of value a metric has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A whole number.
    Count,
    /// Money.
    Money,
    /// A percentage.
    Rate,
    /// A percentage of growth, with its sign.
    Growth,
    /// A difference of percentages in points, with its sign.
    Points,
}

/// Which end of a ranking is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// More is better.
    HighIsGood,
    /// Less is better.
    LowIsGood,
    /// Neither.
    Neutral,
}

/// All that is to be said of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub(super) metric: Metric,
    pub(super) id: &'static str,
    pub(super) unit: Unit,
    pub(super) polarity: Polarity,
    /// The name, in Chinese and English.
    pub(super) label: [&'static str; 2],
    /// Other Chinese names by which prose may call it.
    pub(super) names: &'static [&'static str],
    /// The denominator, or what is counted or added up.
    pub(super) basis: [&'static str; 2],
    /// The formula in words.
    pub(super) formula: [&'static str; 2],
}

impl Metric {
    /// All metrics, in the order in which they are explained.
    pub fn all() -> impl Iterator<Item = Metric> {
        entries().map(|entry| entry.metric)
    }

    /// The metric of an id or a Chinese name: `start.all`, `开工率`.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        let is_named = |entry: &&Entry| {
            entry.id == name || entry.label[0] == name || entry.names.contains(&name)
        };
        entries().find(is_named).map(|entry| entry.metric)
    }

    /// All names that [`Metric::parse`] knows, to suggest one for a mistyped one.
    pub fn names() -> impl Iterator<Item = &'static str> {
        entries().flat_map(|entry| {
            [entry.id, entry.label[0]].into_iter().chain(entry.names.iter().copied())
        })
    }

    /// The stable id.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// The name.
    pub fn label(self) -> Phrase {
        phrase(self.entry().label)
    }

    /// The denominator, or what is counted or added up.
    pub fn basis(self) -> Phrase {
        phrase(self.entry().basis)
    }

    /// The same for a scope: what of a project it is, where it is of one alone.
    pub fn basis_of(self, scope: Scope) -> Phrase {
        let [zh, en] = match (self, scope) {
            (Metric::TotalPlanned | Metric::Plan | Metric::Month, Scope::Project(_)) => {
                ["本项目", "this project"]
            }
            (Metric::Year, Scope::Project(_)) => {
                ["本项目，自当年1月1日起", "this project, since 1 January"]
            }
            (Metric::Ever, Scope::Project(_)) => {
                ["本项目，自开工起", "this project, since its start"]
            }
            (Metric::Annual, Scope::Project(_)) => {
                ["本项目的年度计划投资", "this project's planned investment of the year"]
            }
            (Metric::Total, Scope::Project(_)) => {
                ["本项目的总投资", "this project's total investment"]
            }
            _ => return self.basis(),
        };
        Phrase::new(zh, en)
    }

    /// The formula in words.
    pub fn formula(self) -> Phrase {
        phrase(self.entry().formula)
    }

    /// What kind of value it has.
    pub fn unit(self) -> Unit {
        self.entry().unit
    }

    /// Which end of a ranking is good.
    pub fn polarity(self) -> Polarity {
        self.entry().polarity
    }

    fn entry(self) -> &'static Entry {
        let entry = entries().find(|entry| entry.metric == self);
        entry.unwrap_or(&projects::ENTRIES[0])
    }
}

fn entries() -> impl Iterator<Item = &'static Entry> {
    projects::ENTRIES.iter().chain(investment::ENTRIES).chain(lists::ENTRIES)
}

fn phrase([zh, en]: [&'static str; 2]) -> Phrase {
    Phrase::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_found_by_its_id_and_its_chinese_name() {
        for metric in Metric::all() {
            assert_eq!(Metric::parse(metric.id()), Some(metric));
            assert_eq!(Metric::parse(&metric.label().zh), Some(metric), "{}", metric.id());
        }
        for kind in EventKind::ALL {
            assert_eq!(Metric::Events(*kind).id(), format!("events.{}", kind.code()));
            assert_eq!(Metric::EventsAmount(*kind).id(), format!("events.{}.amount", kind.code()));
        }
        for pool in Pool::ALL {
            assert_eq!(Metric::Pool(*pool).id(), format!("pool.{}", pool.code()));
            assert_eq!(Metric::PoolAmount(*pool).id(), format!("pool.{}.amount", pool.code()));
        }
        for colour in Colour::ALL {
            assert_eq!(Metric::Lights(colour).id(), format!("lights.{}", colour.code()));
        }
    }

    #[test]
    fn a_name_means_one_metric_only() {
        let mut names: Vec<&str> = Metric::names().collect();
        names.sort_unstable();
        // An entry may repeat its own label among its names, never another's.
        let repeated = names.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(repeated, None);
    }

    #[test]
    fn the_names_of_the_field_are_understood() {
        for (name, id) in [
            ("开工率", "start.all"),
            ("新建项目开工率", "start.new"),
            ("开复工率", "start.or_resume"),
            ("投资完成率", "invest.annual"),
            ("年度投资完成率", "invest.annual"),
            ("总投资完成率", "invest.total"),
            ("累计完成投资", "invest.year"),
            ("完成投资", "invest.year"),
            ("年度计划投资", "invest.plan"),
            ("总投资", "invest.total_planned"),
            ("序时进度", "target"),
            ("报送率", "coverage"),
            ("在册项目数", "projects"),
            ("已开工", "started"),
            ("竣工", "finished"),
            ("投产", "in_production"),
        ] {
            assert_eq!(Metric::parse(name).map(Metric::id), Some(id), "{name}");
        }
        assert_eq!(Metric::parse("完工率"), None);
    }
}
