//! Views of the lists of the best and the last (红黑榜), where a site publishes them.

use serde::Serialize;

use super::chrome::Link;
use super::{Reader, Site, project};
use crate::indicator::{self, HonourRule, Snapshot, Standing};
use crate::record::{Method, Visibility};
use crate::value::{Rate, points};

/// The lists of a day.
#[derive(Debug, Clone, Serialize)]
pub struct HonoursView {
    /// How many places the honour list has in each group.
    pub best: u32,
    /// How many places the warning list has in each group.
    pub last: u32,
    /// The lists, group by group: the honour list, then the warning list.
    pub lists: Vec<HonourList>,
}

/// One of the lists of a group.
#[derive(Debug, Clone, Serialize)]
pub struct HonourList {
    /// `honour` or `warning`: here red is the honour, while among lights red is the worst.
    pub polarity: &'static str,
    /// The group.
    pub group: String,
    /// Who is on it; may be nobody.
    pub rows: Vec<HonourRow>,
}

/// A town on a list.
#[derive(Debug, Clone, Serialize)]
pub struct HonourRow {
    /// Its rank in the group.
    pub rank: Option<u32>,
    /// The town.
    pub town: Link,
    /// Its annual completion rate, as it is printed.
    pub display: String,
    /// How far it is from the target, in percentage points, as it is printed.
    pub deviation: String,
}

/// The lists as of a snapshot; none where the site does not publish them.
pub(super) fn view(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
) -> Option<HonoursView> {
    let setting = site.model.site.honours.as_ref()?;
    if setting.visibility != Some(Visibility::Public) {
        return None;
    }
    let rule = HonourRule::new(setting);
    let groups = (0..site.model.site.groups.len()).filter(|group| competes(site, snapshot, *group));
    let lists = groups.flat_map(|group| {
        [Standing::Best, Standing::Last].map(|list| of(site, reader, snapshot, group, rule, list))
    });
    Some(HonoursView { best: rule.best, last: rule.last, lists: lists.collect() })
}

/// Who is alone in a group is neither the best nor the last of it.
fn competes(site: &Site<'_>, snapshot: &Snapshot, group: usize) -> bool {
    let towns = site.model.towns.iter().enumerate().filter(|(_, town)| town.group == Some(group));
    towns.filter(|(town, _)| snapshot.annual_rank(*town).is_some()).count() > 1
}

fn of(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    group: usize,
    rule: HonourRule,
    list: Standing,
) -> HonourList {
    let method = &site.model.site.method;
    let honours = indicator::honours(snapshot, Some(group), rule);
    let rows = honours.iter().filter(|honour| honour.standing == list).map(|honour| HonourRow {
        rank: honour.row.rank,
        town: project::town_link(site, reader, honour.row.town),
        display: honour.row.figure.display(reader.locale, method),
        deviation: never_zero(honour.deviation, method),
    });
    HonourList {
        polarity: list.code(),
        group: reader.text(&site.model.site.groups[group].name),
        rows: rows.collect(),
    }
}

/// A deviation as it is printed, with more decimals where it would read as none: who is on a list is ahead or behind.
fn never_zero(deviation: Rate, method: &Method) -> String {
    let shown = |decimals| points(deviation, decimals, method.rounding);
    let says_something = |shown: &String| shown.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    let mut more = (method.rate_decimals..=6).map(shown);
    more.find(says_something).unwrap_or_else(|| shown(method.rate_decimals))
}
