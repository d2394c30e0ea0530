//! Charts as files of their own.

use super::{Reader, Site, charts, correction};
use crate::indicator::{Metric, Scope};
use crate::plan::Chart;

/// A chart as a file of its own: the picture that pages show, in the site's first locale.
pub(super) fn draw(site: &Site<'_>, chart: Chart) -> String {
    let model = site.model;
    let reader = &Reader::new(site, model.default_locale());
    let as_of = match chart {
        Chart::BulletinCurve(issue) => model.bulletins[issue].as_of(),
        _ => model.as_of,
    };
    let snapshot = &site.indicators.at(as_of);
    let curve = |scope| {
        let name = correction::scope_name(site, reader, scope);
        charts::curve_chart(site, reader, snapshot, scope, &name).0
    };
    let chart = match chart {
        Chart::Curve | Chart::BulletinCurve(_) => curve(Scope::All),
        Chart::TownCurve(town) => curve(Scope::Town(town)),
        Chart::ProjectCurve(project) => curve(Scope::Project(project)),
        Chart::Lights => charts::lights_chart(site, reader, snapshot).0,
        Chart::Ranking(group) => {
            let ranking = snapshot.ranking(Metric::Annual, Some(group), None);
            let name = reader.text(&model.site.groups[group].name);
            charts::ranking_chart(site, reader, snapshot, &ranking, &name)
        }
    };
    chart.standalone()
}
