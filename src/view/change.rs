//! Views of what has changed since the issue compared with (本期变化).

use serde::Serialize;

use super::project::{amount, rate};
use super::{Link, Name, Reader, Site, project};
use crate::indicator::{
    Changed, Changes, Colour, Corrected, Metric, Moved, Revised, Scope, Snapshot, changes, moved,
};
use crate::plan::{Page, Route};
use crate::record;
use crate::value::{Money, Text};

/// What has changed since the issue compared with.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    /// Those that have started.
    pub started: Vec<ProjectName>,
    /// Those that are completed.
    pub finished: Vec<ProjectName>,
    /// Those where production has begun.
    pub in_production: Vec<ProjectName>,
    /// Those that have come onto the list.
    pub joined: Vec<ProjectName>,
    /// Those that have left the list, with the reason.
    pub left: Vec<ProjectName>,
    /// Those where work has come to rest, with the reason.
    pub paused: Vec<ProjectName>,
    /// Those where work goes on.
    pub resumed: Vec<ProjectName>,
    /// Those whose light is another.
    pub lights: Vec<LightChange>,
    /// The towns that have another rank.
    pub ranks: Vec<RankChange>,
    /// Those whose annual plan was revised.
    pub plans: Vec<RevisionChange>,
    /// Those whose total investment was revised.
    pub totals: Vec<RevisionChange>,
    /// Those of which an earlier figure was corrected.
    pub corrections: Vec<AmountChange>,
    /// What was added to the year's investment; `—` where it cannot be had.
    pub invested: String,
    /// Whether nothing changed.
    pub empty: bool,
}

/// A project by name.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectName {
    /// The project's page.
    pub route: Route,
    /// The project's name.
    pub name: Name,
    /// The town that leads.
    pub town: Link,
    /// Why, where there is a reason to tell.
    pub reason: String,
}

/// A project whose light is another.
#[derive(Debug, Clone, Serialize)]
pub struct LightChange {
    /// The project.
    pub project: ProjectName,
    /// The light before.
    pub from: &'static str,
    /// The light now.
    pub to: &'static str,
    /// Whether it is worse.
    pub worse: bool,
}

/// A town that has another rank.
#[derive(Debug, Clone, Serialize)]
pub struct RankChange {
    /// The town.
    pub town: Link,
    /// The rank before.
    pub from: Option<u32>,
    /// The rank now.
    pub to: Option<u32>,
}

/// A revised plan or total investment.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionChange {
    /// The project, with the reason.
    pub project: ProjectName,
    /// The amount before.
    pub from: String,
    /// The amount now.
    pub to: String,
    /// Whether the amount was cut and the completion rate is higher for it.
    pub cut_raises_rate: bool,
    /// The completion rate by the old amount.
    pub rate_by_old: String,
    /// The completion rate by the new amount.
    pub rate_by_new: String,
}

/// A corrected figure.
#[derive(Debug, Clone, Serialize)]
pub struct AmountChange {
    /// The project, with the reason.
    pub project: ProjectName,
    /// The amount before.
    pub from: String,
    /// The amount now.
    pub to: String,
}

/// Why something became of a project.
type Reason<'a> = &'a dyn Fn(&record::Project) -> Option<&Text>;

/// What has changed in a scope between two snapshots.
pub(super) fn view(
    site: &Site<'_>,
    reader: &Reader<'_>,
    before: &Snapshot,
    now: &Snapshot,
    scope: Scope,
) -> ChangesView {
    let found = changes(before, now, scope);
    let names = |projects: &[usize], reason: Reason<'_>| {
        let name = |index: &usize| {
            let reason = reason(&site.model.projects[*index].record);
            project_name(site, reader, *index, reason)
        };
        projects.iter().map(name).collect::<Vec<_>>()
    };
    let none: Reason<'_> = &|_| None;
    let left: Reason<'_> = &|record| record.left.as_ref().map(|left| &left.reason);
    let day = now.as_of().data;
    let paused: Reason<'_> = &|record| record.pause_on(day).map(|pause| &pause.reason);
    let ranks = if scope == Scope::All { ranks(site, reader, before, now) } else { Vec::new() };
    ChangesView {
        started: names(&found.started, none),
        finished: names(&found.finished, none),
        in_production: names(&found.in_production, none),
        joined: names(&found.joined, none),
        left: names(&found.left, left),
        paused: names(&found.paused, paused),
        resumed: names(&found.resumed, none),
        lights: found.lights.iter().map(|light| light_change(site, reader, light)).collect(),
        plans: found.plans.iter().map(|plan| revision(site, reader, plan)).collect(),
        totals: found.totals.iter().map(|total| revision(site, reader, total)).collect(),
        corrections: found
            .corrections
            .iter()
            .map(|corrected| amount_change(site, reader, corrected))
            .collect(),
        invested: amount(site, reader, found.invested),
        empty: is_empty(&found) && ranks.is_empty(),
        ranks,
    }
}

/// Whether a reader would find nothing to read.
fn is_empty(found: &Changes) -> bool {
    let projects =
        [&found.started, &found.finished, &found.in_production, &found.joined, &found.left];
    projects.into_iter().chain([&found.paused, &found.resumed]).all(Vec::is_empty)
        && found.lights.is_empty()
        && found.plans.is_empty()
        && found.totals.is_empty()
        && found.corrections.is_empty()
        && found.invested.is_none_or(Money::is_zero)
}

fn ranks(
    site: &Site<'_>,
    reader: &Reader<'_>,
    before: &Snapshot,
    now: &Snapshot,
) -> Vec<RankChange> {
    let groups = (0..site.model.site.groups.len()).map(Some);
    let rankings = groups.map(|group| now.ranking(Metric::Annual, group, Some(before)));
    let moved = rankings.flat_map(|ranking| moved(&ranking));
    let change = |town: Moved| RankChange {
        town: project::town_link(site, reader, town.town),
        from: town.from,
        to: town.to,
    };
    moved.map(change).collect()
}

fn project_name(
    site: &Site<'_>,
    reader: &Reader<'_>,
    index: usize,
    reason: Option<&Text>,
) -> ProjectName {
    let found = &site.model.projects[index];
    ProjectName {
        route: Route::page(site.model, Page::Project(index), reader.locale),
        name: reader.name(&found.record.name),
        town: project::town_link(site, reader, found.town),
        reason: reader.optional(reason),
    }
}

fn light_change(site: &Site<'_>, reader: &Reader<'_>, light: &Changed<Colour>) -> LightChange {
    LightChange {
        project: project_name(site, reader, light.project, None),
        from: light.from.code(),
        to: light.to.code(),
        worse: light.to != Colour::None && light.from != Colour::None && light.to > light.from,
    }
}

fn revision(site: &Site<'_>, reader: &Reader<'_>, revised: &Revised) -> RevisionChange {
    RevisionChange {
        project: project_name(site, reader, revised.project, revised.reason.as_ref()),
        from: amount(site, reader, revised.from),
        to: amount(site, reader, revised.to),
        cut_raises_rate: revised.cut_raises_rate(),
        rate_by_old: rate(site, revised.rates.map(|(old, _)| old)),
        rate_by_new: rate(site, revised.rates.map(|(_, new)| new)),
    }
}

fn amount_change(site: &Site<'_>, reader: &Reader<'_>, corrected: &Corrected) -> AmountChange {
    AmountChange {
        project: project_name(site, reader, corrected.project, corrected.reason.as_ref()),
        from: amount(site, reader, corrected.from),
        to: amount(site, reader, corrected.to),
    }
}
