//! The list of the best and the last (红黑榜): by rank and eligibility, not by rank alone (DOMAIN.md 4.9).
//!
//! Here red is the honour and black the warning, while on a list of lights red is the worst. A list therefore says which
//! end it is of. The lists name units publicly only if the site wants it (DOMAIN.md section 9): that is for the caller.

use serde::Serialize;

use super::metric::Metric;
use super::ranking::Row;
use super::snapshot::Snapshot;
use crate::record::Honours;
use crate::value::Rate;

/// Which end of a ranking a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// 红榜, the honour list.
    Best,
    /// 黑榜, the warning list.
    Last,
}

impl Standing {
    /// The code as it is written in templates: what the list says of those on it, whatever its colour is called.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Best => "honour",
            Standing::Last => "warning",
        }
    }
}

/// How many places each list has at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HonourRule {
    /// Places on the honour list.
    pub best: u32,
    /// Places on the warning list.
    pub last: u32,
}

/// The rule of Mianyang, 2022, for counties: the target exceeded and among the first five; the target missed and among the
/// last four.
pub const MIANYANG_2022: HonourRule = HonourRule { best: 5, last: 4 };

impl HonourRule {
    /// The rule that a site sets: the places it names, else those of [`MIANYANG_2022`].
    pub fn new(setting: &Honours) -> Self {
        HonourRule {
            best: setting.best.unwrap_or(MIANYANG_2022.best),
            last: setting.last.unwrap_or(MIANYANG_2022.last),
        }
    }
}

/// A town on one of the lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Honour {
    /// On which list.
    pub standing: Standing,
    /// Its row in the ranking by annual completion.
    pub row: Row,
    /// How far it is from the target.
    pub deviation: Rate,
}

/// The towns of a group that are on a list: the best first, then the last, the very last at the end.
pub fn honours(snapshot: &Snapshot, group: Option<usize>, rule: HonourRule) -> Vec<Honour> {
    let ranking = snapshot.ranking(Metric::Annual, group, None);
    let honour = |row: &Row| {
        let scope = super::scope::Scope::Town(row.town);
        let deviation = snapshot.figure(Metric::Deviation, scope).value.exact()?;
        let rank = row.rank?;
        // Who ties with the last place shares it: behind a rank stand all rows of worse ones.
        let behind = ranking.rows.iter().filter(|other| other.rank > Some(rank)).count();
        let standing = if rank <= rule.best && deviation > Rate::default() {
            Standing::Best
        } else if behind < rule.last as usize && deviation < Rate::default() {
            Standing::Last
        } else {
            return None;
        };
        Some(Honour { standing, row: row.clone(), deviation })
    };
    ranking.rows.iter().filter_map(honour).collect()
}
