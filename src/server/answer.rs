//! From the path of a request to what the site has there.

use std::borrow::Cow;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::page::Rendered;
use super::shown::{Fault, Generation, Shown};
use crate::plan::{Output, Route};

/// What a request is answered with.
pub(super) enum Answer {
    /// A file of the site.
    Found(Arc<Rendered>),
    /// Nothing is there: the site's page that says so.
    NotFound(Arc<Rendered>),
    /// The page cannot be rendered, and never could.
    Failed(Arc<Rendered>),
    /// A folder was asked for without the slash.
    Redirect(String),
}

/// Answers a path as it stands in a request, with percent signs and all. Only routes of the plan lead anywhere.
pub(super) fn answer(shown: &Shown, path: &str, report: &dyn Fn(Fault)) -> Answer {
    let Some(newest) = shown.sites.first() else {
        return Answer::Failed(Arc::new(Rendered::nothing()));
    };
    match find(newest, path) {
        Found::Route(route) => render(shown, &route, report).map_or_else(failed, Answer::Found),
        Found::Folder(location) => Answer::Redirect(location),
        Found::Nothing => render(shown, "404.html", report).map_or_else(failed, Answer::NotFound),
    }
}

fn failed() -> Answer {
    Answer::Failed(Arc::new(Rendered::nothing()))
}

/// Renders a route in the first site that can.
fn render(shown: &Shown, route: &str, report: &dyn Fn(Fault)) -> Option<Arc<Rendered>> {
    for generation in &shown.sites {
        let Some((route, output)) = planned(generation, route) else { continue };
        match generation.render(route, output) {
            Ok(rendered) => return Some(rendered),
            Err(fault) => report(fault),
        }
    }
    None
}

/// Where a path leads.
enum Found {
    Route(String),
    /// To a folder, which is at this address.
    Folder(String),
    Nothing,
}

/// Finds a path in the plan: below the path of the site's address, as it will be published, or else below `/`.
fn find(generation: &Generation, path: &str) -> Found {
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Found::Nothing };
    let base = percent_decode_str(generation.site.model.site.base_url.path()).decode_utf8_lossy();
    if Some(&*decoded) == base.strip_suffix('/') && !decoded.is_empty() {
        return Found::Folder(format!("{path}/"));
    }
    for base in [&*base, "/"] {
        let Some(below) = decoded.strip_prefix(base) else { continue };
        let is_planned = |route: &str| planned(generation, route).is_some();
        let index = |folder: &str| format!("{folder}index.html");
        // A page is in a folder; what a theme or an editor brings may be a file of that name.
        let routes = [below.into(), without_index(below), index(below).into()];
        if let Some(route) = routes.iter().find(|route| is_planned(route)) {
            return Found::Route(route.to_string());
        }
        let folder = format!("{below}/");
        if is_planned(&folder) || is_planned(&index(&folder)) {
            return Found::Folder(format!("{path}/"));
        }
    }
    Found::Nothing
}

/// A page in a folder of its own may be asked for by its file.
fn without_index(below: &str) -> Cow<'_, str> {
    match below.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.into(),
        _ => below.into(),
    }
}

fn planned<'a>(generation: &'a Generation, route: &str) -> Option<(&'a Route, &'a Output)> {
    generation.site.plan.outputs.get_key_value(route)
}
