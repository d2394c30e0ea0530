//! Who answers for which projects (包联领导、责任单位): the sums of the projects of each leader and each unit.

use std::collections::BTreeMap;

use super::scope::Scope;
use super::snapshot::Snapshot;
use super::tally::Tally;
use crate::record::Project;
use crate::value::Text;

/// By whom projects are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// 包联领导, by the post.
    Leader,
    /// 责任单位
    Unit,
}

impl Answering {
    /// The code as it is written in templates.
    pub fn code(self) -> &'static str {
        match self {
            Answering::Leader => "leader",
            Answering::Unit => "unit",
        }
    }

    fn of(self, project: &Project) -> Option<&Text> {
        match self {
            Answering::Leader => project.leader.as_ref().map(|leader| &leader.post),
            Answering::Unit => project.responsible_unit.as_ref(),
        }
    }
}

/// A leader or unit, and the sums of its projects.
#[derive(Debug, Clone, PartialEq)]
pub struct Responsibility {
    /// The post or unit; none for the projects of which the record names none.
    pub name: Option<Text>,
    /// The sums; each project counts once and with all of its money.
    pub tally: Tally,
}

/// The leaders or units of the projects on the list, those with most projects first; projects without one come last.
///
/// The rows add up to the whole. Without a single name there are no rows.
pub fn responsibilities(snapshot: &Snapshot, by: Answering) -> Vec<Responsibility> {
    let model = snapshot.model();
    let locale = model.default_locale();
    let mut positions = BTreeMap::<Option<&str>, usize>::new();
    let mut rows: Vec<Responsibility> = Vec::new();
    for (position, project) in model.projects.iter().enumerate() {
        if !snapshot.state(position).listed {
            continue;
        }
        let name = by.of(&project.record);
        let row = *positions.entry(name.map(|name| name.get(locale))).or_insert_with(|| {
            rows.push(Responsibility { name: name.cloned(), tally: Tally::default() });
            rows.len() - 1
        });
        rows[row].tally.add(&snapshot.tally(Scope::Project(position)));
    }
    if rows.iter().all(|row| row.name.is_none()) {
        return Vec::new();
    }
    // The sort is stable: among equals who comes first in the order of the projects.
    rows.sort_by_key(|row| (row.name.is_none(), std::cmp::Reverse(row.tally.counts.listed)));
    rows
}
