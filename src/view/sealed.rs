//! Sealed issues: their views as they were, and where the records now say otherwise.

use serde_json::Value;

use super::figure::FigureView;
use super::prose::ProseContext;
use super::{Json, Reader, Site, View, bulletin, chrome, correction, figure};
use crate::diagnostic::{Diagnostics, Place, problems};
use crate::indicator::{Metric, Scope};
use crate::key_path;
use crate::markdown::text_of;
use crate::model::{Bulletin, Model};
use crate::plan::{Chart, Dataset, Output, Page, Route, resolve_link};
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
    Seal::new(site.model.bulletins[issue].id.to_string(), computed_from, views.collect())
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
    unlink(site, &mut body, &route.to_root());
    let around =
        serde_json::to_value(bulletin::around(site, reader, issue, town)).unwrap_or_default();
    if let (Value::Object(body), Value::Object(around)) = (&mut body, around) {
        body.extend(around);
        body.insert("sealed".into(), true.into());
    }
    Some(super::value(body))
}

/// Takes out of a sealed view what leads to pages and pictures that are no longer there.
fn unlink(site: &Site<'_>, view: &mut Value, root: &str) {
    match view {
        Value::Array(items) => items.iter_mut().for_each(|item| unlink(site, item, root)),
        Value::Object(fields) => {
            for (key, value) in fields {
                let is_gone =
                    |route: &Value| route.as_str().is_some_and(|route| !leads(site, route));
                match (&**key, &mut *value) {
                    ("route", route) if is_gone(route) => *value = Value::Null,
                    // Of charts, those of issues alone stay as they are.
                    ("file" | "chart_file", Value::String(file))
                        if !file.starts_with("charts/bulletins/") =>
                    {
                        *value = Value::Null;
                    }
                    ("photo", photo) if is_gone(&photo["route"]) => *value = Value::Null,
                    ("html", Value::String(html)) => *html = without_dead_links(site, html, root),
                    _ => unlink(site, value, root),
                }
            }
        }
        _ => {}
    }
}

/// A sealed text in which what led to a page that is no longer there is no link any more, and a picture that is gone is only its
/// words.
pub(super) fn without_dead_links(site: &Site<'_>, html: &str, root: &str) -> String {
    let without = |html: &str, attribute: &str| {
        let mut parts = html.split(attribute);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (link, rest) = part.split_once('"').unwrap_or((part, ""));
            let is_dead = link.strip_prefix(root).is_some_and(|route| !leads(site, route));
            text.push_str(&if is_dead { rest.to_owned() } else { format!("{attribute}{part}") });
        }
        text
    };
    without(&without(html, " href=\""), " src=\"")
}

/// Whether the site has what a link from its root leads to.
fn leads(site: &Site<'_>, route: &str) -> bool {
    resolve_link(site.model, site.plan, "", &format!("/{route}")).is_some()
}

/// The text of a sealed issue as it was published.
pub(super) fn text<'a>(model: &'a Model, issue: usize, route: &Route) -> Option<&'a str> {
    sealed_view(model, issue, route)?["body"]["html"].as_str()
}

/// The view of a file of an issue as it was published, if the issue is sealed.
pub(super) fn sealed_view<'a>(model: &'a Model, issue: usize, route: &Route) -> Option<&'a Value> {
    model.bulletins[issue].seal.as_ref()?.views.get(route.as_str())
}

/// A figure as an issue printed it, in the reader's locale; where the records now say otherwise, in that of the seal.
pub(super) fn printed(
    site: &Site<'_>,
    reader: &Reader<'_>,
    issue: usize,
    metric: Metric,
    scope: Scope,
) -> FigureView {
    let bulletin = &site.model.bulletins[issue];
    let snapshot = &site.indicators.at(bulletin.as_of());
    let shown = |reader| figure::since(site, reader, snapshot, bulletin.compare_to, metric, scope);
    let now = shown(reader);
    let sealed = bulletin.seal.as_ref();
    let sealed = sealed.and_then(|seal| seal.figure(metric.id(), &scope.id(site.model)));
    let text = |key: &str| Some(sealed?[key].as_str()?.to_owned());
    let default_reader = Reader::new(site, reader.default_locale);
    match text("display") {
        Some(display) if shown(&default_reader).display != display => {
            let basis = text("basis").unwrap_or_default();
            let printed = FigureView { basis, reason: text("reason"), note: text("note"), ..now };
            printed.reading(display, metric, reader)
        }
        _ => now,
    }
}

/// Checks the seals: that every sealed page is still there, that the issue's own file says what it said, and where the records
/// now say otherwise without a correction.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (issue, bulletin) in site.model.bulletins.iter().enumerate() {
        let Some(seal) = &bulletin.seal else {
            let is_missing = is_among_sealed(site.model, issue);
            let place = || Place::file(&bulletin.path);
            found.extend(is_missing.then(|| problems::seal_missing(place())));
            continue;
        };
        for route in
            seal.views.keys().filter(|route| !site.plan.outputs.contains_key(route.as_str()))
        {
            found.add(problems::sealed_page_lost(Place::file(&bulletin.path), route));
        }
        let place = Place::file(&bulletin.path);
        found.extend(
            edited(site, issue, seal).map(|key| {
                problems::sealed_edited(Place::value(&bulletin.path, key_path![key]), key)
            }),
        );
        let is_other = is_other_text(site, issue);
        found.extend(is_other.then(|| problems::sealed_text_differs(place.clone())));
        let differing = differing(site, issue, seal);
        if !differing.is_empty() {
            let examples = &differing[..differing.len().min(3)];
            found.add(problems::sealed_differs(place, differing.len(), examples));
        }
    }
    found
}

/// Whether issues of the same kind are sealed, earlier ones and later ones.
fn is_among_sealed(model: &Model, issue: usize) -> bool {
    let kind = model.bulletins[issue].record.kind;
    let is_sealed = |other: &Bulletin| other.record.kind == kind && other.seal.is_some();
    let (earlier, later) = model.bulletins.split_at(issue);
    earlier.iter().any(is_sealed) && later.iter().any(is_sealed)
}

/// What the issue's file now says otherwise of the issue itself. Lists, links and feeds rest on that, and cannot show both.
fn edited<'a>(
    site: &'a Site<'_>,
    issue: usize,
    seal: &'a Seal,
) -> impl Iterator<Item = &'static str> + use<'a> {
    let reader = Reader::new(site, site.model.default_locale());
    let masthead = bulletin::masthead(site, &reader, issue);
    let sealed = seal.views.get(masthead.route.as_str());
    let now = serde_json::to_value(masthead).unwrap_or_default();
    let said = |view: &Value, key| match &view[key] {
        Value::Object(day) => day.get("iso").cloned(),
        other => Some(other.clone()),
    };
    let keys = ["kind", "number", "total_number", "title", "as_of", "published"];
    keys.into_iter().filter(move |&key| {
        let sealed = sealed.filter(|view| view.get(key).is_some());
        sealed.is_some_and(|sealed| said(sealed, key) != said(&now, key))
    })
}

/// Whether the issue's file now has another text, but for the figures.
fn is_other_text(site: &Site<'_>, issue: usize) -> bool {
    let lang = site.model.default_locale();
    let reader = &Reader::new(site, lang);
    let bulletin = &site.model.bulletins[issue];
    let route = Route::page(site.model, Page::Bulletin(issue), lang);
    let Some(sealed) = text(site.model, issue, &route) else { return false };
    let frame = &chrome::frame(site, reader, Page::Bulletin(issue), "bulletin");
    let (file, as_of) = (&*bulletin.path, bulletin.as_of());
    let context = ProseContext { site, reader, frame, file, as_of, issue: Some(issue), lang };
    text_of(&context.prose(&bulletin.body.markdown).html) != text_of(sealed)
}

/// The figures that everyone knows an issue by.
const KNOWN: [Metric; 4] = [Metric::Projects, Metric::StartAll, Metric::Annual, Metric::Year];

/// The figures of which the records now say something else, and that no correction names: `invest.annual@all 53.6% → 53.5%`.
/// Those of the whole come first, then those of towns and the rest; of each the figures that everyone knows before the others.
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
    for sealed in seal.figures() {
        let [metric_id, scope_id, then] =
            ["metric", "scope", "display"].map(|key| sealed[key].as_str().unwrap_or_default());
        let (Some(metric), Some(scope)) =
            (Metric::parse(metric_id), Scope::parse(scope_id, site.model))
        else {
            continue;
        };
        if corrected.iter().any(|(metric, scope)| *metric == metric_id && scope == scope_id) {
            continue;
        }
        let now = figure::since(site, &reader, &snapshot, compared, metric, scope).display;
        if now != then {
            let text = format!("{metric_id}@{scope_id} {then} → {now}");
            let rank = KNOWN.into_iter().chain(Metric::all()).position(|of| of == metric);
            differing.push((scope, rank, text));
        }
    }
    differing.sort();
    differing.into_iter().map(|(.., text)| text).collect()
}
