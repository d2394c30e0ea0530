//! Sealed issues: their views as they were, and where the records now say otherwise.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Json, Reader, Site, View, bulletin, correction, figure};
use crate::diagnostic::{Diagnostics, Place, problems};
use crate::indicator::{Metric, Scope};
use crate::model::Model;
use crate::plan::{Chart, Dataset, Output, Page, Route};
use crate::record::Seal;
use crate::value::Locale;

/// The issue that an output belongs to, so that its seal holds it.
pub fn issue_of(output: &Output) -> Option<usize> {
    match *output {
        Output::Page(Page::Bulletin(issue) | Page::TownBulletin(issue, _), _)
        | Output::Dataset(Dataset::BulletinFigures(issue))
        | Output::Chart(Chart::BulletinCurve(issue)) => Some(issue),
        _ => None,
    }
}

/// Seals an issue: the views of all of its files as they are now.
pub fn seal(site: &Site<'_>, issue: usize, computed_from: String) -> Seal {
    let outputs = site.plan.outputs.iter().filter(|(_, output)| issue_of(output) == Some(issue));
    let views = outputs.map(|(route, output)| {
        (route.as_str().to_owned(), frozen(super::view(site, route, output)))
    });
    Seal {
        issue: site.model.bulletins[issue].id.to_string(),
        computed_from,
        views: views.collect(),
    }
}

/// What a seal holds of a view: of a page only the page itself, not what surrounds it.
fn frozen(view: View<'_>) -> Value {
    match view {
        View::Page(page) => serde_json::to_value(page.body).unwrap_or_default(),
        other => other.to_json(),
    }
}

/// The sealed view of a file that is no page.
pub(super) fn file<'a>(site: &Site<'a>, route: &Route, output: &Output) -> Option<View<'a>> {
    if matches!(output, Output::Page(..)) {
        return None;
    }
    let sealed = sealed_view(site.model, issue_of(output)?, route)?;
    Some(match sealed {
        Value::String(text) => View::Text(text.clone()),
        json => View::Json(Json::new(json.clone())),
    })
}

/// The sealed body of a page, within the site as it is now: its neighbours and the corrections made since.
pub(super) fn body(
    site: &Site<'_>,
    reader: &Reader<'_>,
    page: Page,
    route: &Route,
) -> Option<tera::Value> {
    let (issue, town) = match page {
        Page::Bulletin(issue) => (issue, None),
        Page::TownBulletin(issue, town) => (issue, Some(town)),
        _ => return None,
    };
    let mut body = sealed_view(site.model, issue, route)?.clone();
    let around =
        serde_json::to_value(bulletin::around(site, reader, issue, town)).unwrap_or_default();
    if let (Value::Object(body), Value::Object(around)) = (&mut body, around) {
        body.extend(around);
        body.insert("sealed".into(), true.into());
    }
    Some(super::value(body))
}

fn sealed_view<'a>(model: &'a Model, issue: usize, route: &Route) -> Option<&'a Value> {
    model.bulletins[issue].seal.as_ref()?.views.get(route.as_str())
}

/// A figure as an issue printed it, in the reader's locale.
pub(super) fn printed(
    site: &Site<'_>,
    reader: &Reader<'_>,
    issue: usize,
    metric: Metric,
    scope: Scope,
) -> String {
    let bulletin = &site.model.bulletins[issue];
    let snapshot = &site.indicators.at(bulletin.as_of());
    let shown =
        |reader| figure::since(site, reader, snapshot, bulletin.compare_to, metric, scope).display;
    let now = shown(reader);
    let key = (metric.id(), scope.id(site.model));
    let sealed = bulletin.seal.as_ref().map(|seal| sealed_figures(seal));
    let sealed = sealed.as_ref().and_then(|figures| figures.get(&(key.0, key.1.as_str())));
    let Some(sealed) = sealed.and_then(|figure| figure["display"].as_str()) else { return now };
    let default_reader = Reader::new(site, reader.default_locale);
    if shown(&default_reader) == sealed { now } else { sealed.to_owned() }
}

/// The figures of a seal by metric and scope.
fn sealed_figures(seal: &Seal) -> BTreeMap<(&str, &str), &Map<String, Value>> {
    let data =
        seal.views.iter().find(|(route, _)| route.ends_with("figures.json")).map(|(_, data)| data);
    let figures = data.and_then(|data| data["figures"].as_array()).into_iter().flatten();
    let figures = figures.filter_map(Value::as_object);
    figures
        .filter_map(|figure| {
            Some(((figure["metric"].as_str()?, figure["scope"].as_str()?), figure))
        })
        .collect()
}

/// Checks the seals: that every sealed page is still there, and where the records now say otherwise without a correction.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (issue, bulletin) in site.model.bulletins.iter().enumerate() {
        let Some(seal) = &bulletin.seal else { continue };
        for route in
            seal.views.keys().filter(|route| !site.plan.outputs.contains_key(route.as_str()))
        {
            found.add(problems::sealed_page_lost(Place::file(&bulletin.path), route));
        }
        let differing = differing(site, issue, seal);
        if !differing.is_empty() {
            let examples = differing.iter().take(3).cloned().collect::<Vec<_>>().join("、");
            found.add(problems::sealed_differs(
                Place::file(&bulletin.path),
                differing.len(),
                &examples,
            ));
        }
    }
    found
}

/// The figures of which the records now say something else, and that no correction names: `invest.annual@all 53.6% → 53.5%`.
fn differing(site: &Site<'_>, issue: usize, seal: &Seal) -> Vec<String> {
    let corrected: Vec<(&str, String)> = correction::all(site)
        .filter(|(_, news)| news.correction_of == Some(issue))
        .flat_map(|(_, news)| correction::figures(site, news))
        .map(|(metric, scope)| (metric.id(), scope.id(site.model)))
        .collect();
    let locale: &Locale = site.model.default_locale();
    let reader = Reader::new(site, locale);
    let bulletin = &site.model.bulletins[issue];
    let (snapshot, compared) = (site.indicators.at(bulletin.as_of()), bulletin.compare_to);
    let mut differing = Vec::new();
    for ((metric_id, scope_id), sealed) in sealed_figures(seal) {
        let (Some(metric), Some(scope)) =
            (Metric::parse(metric_id), Scope::parse(scope_id, site.model))
        else {
            continue;
        };
        if corrected.iter().any(|(metric, scope)| *metric == metric_id && scope == scope_id) {
            continue;
        }
        let now = figure::since(site, &reader, &snapshot, compared, metric, scope).display;
        let then = sealed["display"].as_str().unwrap_or_default();
        if now != then {
            differing.push(format!("{metric_id}@{scope_id} {then} → {now}"));
        }
    }
    differing
}
