//! Views of who answers for projects (包联领导、责任单位): how many, how far, with which lights.

use serde::Serialize;

use super::light::LIGHT_METRICS;
use super::project::{amount, rate};
use super::{Name, Reader, Site};
use crate::indicator::{Answering, Metric, Responsibility, Snapshot, responsibilities};

/// The leaders, or the units, with their projects.
#[derive(Debug, Clone, Serialize)]
pub struct ResponsibilityView {
    /// `leader` or `unit`
    pub by: &'static str,
    /// One row each, those with most projects first.
    pub rows: Vec<ResponsibilityRow>,
}

/// A leader or unit.
#[derive(Debug, Clone, Serialize)]
pub struct ResponsibilityRow {
    /// The post or unit; none for the projects of which the records name none.
    pub name: Option<Name>,
    /// How many projects are on the list.
    pub projects: u64,
    /// How many of them have started.
    pub started: u64,
    /// Their annual plan.
    pub plan: String,
    /// What was done this year.
    pub year: String,
    /// Their annual completion rate.
    pub rate: String,
    /// How many have each light: red, yellow, green, none.
    pub lights: Vec<u64>,
}

/// The leaders and the units, as far as the records name them.
pub(super) fn view(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
) -> Vec<ResponsibilityView> {
    let views = [Answering::Leader, Answering::Unit].map(|by| ResponsibilityView {
        by: by.code(),
        rows: responsibilities(snapshot, by).iter().map(|of| row(site, reader, of)).collect(),
    });
    views.into_iter().filter(|view| !view.rows.is_empty()).collect()
}

fn row(site: &Site<'_>, reader: &Reader<'_>, of: &Responsibility) -> ResponsibilityRow {
    let tally = &of.tally;
    let lights = LIGHT_METRICS.iter().filter_map(|metric| match metric {
        Metric::Lights(colour) => Some(tally.with_light(*colour)),
        _ => None,
    });
    ResponsibilityRow {
        name: of.name.as_ref().map(|name| reader.name(name)),
        projects: tally.counts.listed,
        started: tally.counts.started,
        plan: amount(site, reader, tally.sums.plan.known()),
        year: amount(site, reader, tally.sums.year.known()),
        rate: rate(site, tally.annual_rate()),
        lights: lights.collect(),
    }
}
