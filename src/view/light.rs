//! Views of lights: a project's or town's light in words, and the page of all of them.

use serde::Serialize;
use tera::Value;

use super::charts::{self, ChartView};
use super::chrome::Link;
use super::figure::{self, FigureView};
use super::project::{self, rate};
use super::responsibility::{self, ResponsibilityView};
use super::{Reader, Site};
use crate::indicator::{Colour, DASH, Light, Metric, RuleSet, Scope, Snapshot};
use crate::value::points;

/// A light, and why.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct LightView {
    /// `green`, `yellow`, `red` or `none`.
    pub code: &'static str,
    /// The completion rate, as it is printed.
    pub value: String,
    /// The target, as it is printed.
    pub target: String,
    /// How far it is ahead (+) or behind (−), in percentage points.
    pub gap: String,
    /// The rule that decided.
    pub rule: String,
    /// Why, in words.
    pub reason: String,
}

impl LightView {
    /// A light in the reader's words.
    pub(super) fn new(site: &Site<'_>, reader: &Reader<'_>, light: &Light) -> Self {
        let method = &site.model.site.method;
        LightView {
            code: light.colour.code(),
            value: rate(site, light.value),
            target: rate(site, light.target),
            gap: light.gap().map_or_else(
                || DASH.into(),
                |gap| points(gap, method.rate_decimals, method.rounding),
            ),
            rule: light.rule.id.to_string(),
            reason: reader.phrase(&light.reason(method)),
        }
    }
}

/// The page of all lights.
#[derive(Debug, Clone, Serialize)]
pub struct LightsPage {
    /// How many there are of each.
    pub figures: Vec<FigureView>,
    /// The same as a chart.
    pub chart: ChartView,
    /// The projects by light: red, yellow, green, none.
    pub lists: Vec<LightList>,
    /// The towns' lights.
    pub towns: Vec<TownLight>,
    /// Who answers for projects.
    pub responsibility: Vec<ResponsibilityView>,
    /// The rule in force: a preset's id, or `site`.
    pub rule: &'static str,
}

/// The projects with one light.
#[derive(Debug, Clone, Serialize)]
pub struct LightList {
    /// The light.
    pub light: &'static str,
    /// The projects: a [`ProjectRow`](super::project::ProjectRow) each.
    pub projects: Vec<Value>,
}

impl LightList {
    /// The projects with a light, those that are farthest behind first.
    pub(super) fn new(
        site: &Site<'_>,
        reader: &Reader<'_>,
        snapshot: &Snapshot,
        colour: Colour,
    ) -> Self {
        let all = 0..site.model.projects.len();
        let mut of_colour =
            project::in_order(site, all.filter(|&index| snapshot.colour(index) == colour));
        of_colour.sort_by_cached_key(|&index| {
            let gap = snapshot.light(index).gap();
            (gap.is_none(), gap)
        });
        LightList {
            light: colour.code(),
            projects: project::rows(site, reader, snapshot, of_colour),
        }
    }
}

/// A town's light.
#[derive(Debug, Clone, Serialize)]
pub struct TownLight {
    /// The town.
    pub town: Link,
    /// The light of its aggregate.
    pub light: LightView,
    /// How many of its projects have each light: red, yellow, green, none.
    pub counts: Vec<String>,
}

/// The metrics that count lights, worst first.
pub(super) const LIGHT_METRICS: [Metric; 4] = [
    Metric::Lights(Colour::Red),
    Metric::Lights(Colour::Yellow),
    Metric::Lights(Colour::Green),
    Metric::Lights(Colour::None),
];

/// The page of all lights.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> LightsPage {
    let snapshot = &site.indicators.at(site.model.as_of);
    let lists = [Colour::Red, Colour::Yellow, Colour::Green, Colour::None]
        .into_iter()
        .map(|colour| LightList::new(site, reader, snapshot, colour));
    let towns = (0..site.model.towns.len()).map(|town| {
        let counts = figure::all(site, reader, snapshot, &LIGHT_METRICS, Scope::Town(town));
        TownLight {
            town: project::town_link(site, reader, town),
            light: LightView::new(site, reader, &snapshot.scope_light(Scope::Town(town))),
            counts: counts.into_iter().map(|figure| figure.display).collect(),
        }
    });
    LightsPage {
        figures: figure::all(site, reader, snapshot, &LIGHT_METRICS, Scope::All),
        chart: charts::lights(site, reader, snapshot),
        lists: lists.collect(),
        towns: towns.collect(),
        responsibility: responsibility::view(site, reader, snapshot),
        rule: RuleSet::new(&site.model.site.method.light).project.id,
    }
}
