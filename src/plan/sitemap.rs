//! Which pages stand in the site map, and over how many files it is spread.

use super::{Output, Page, Plan, Route, is_preview};
use crate::model::Model;
use crate::value::Locale;

/// The most addresses that one file may hold.
const MOST: usize = 50_000;
/// How many addresses of the same page in other locales a file of that many may name without growing too large.
const ALTERNATES: usize = 4;

/// How many pages one file of the site map holds.
pub fn pages_per_sitemap(model: &Model) -> usize {
    MOST / model.locales.len().div_ceil(ALTERNATES)
}

/// The pages of the site map, in the order of their routes.
pub fn mapped<'a>(
    model: &'a Model,
    plan: &'a Plan,
) -> impl Iterator<Item = (&'a Route, Page, &'a Locale)> {
    plan.outputs.iter().filter_map(|(route, output)| {
        let (page, locale) = mapped_page(model, output)?;
        Some((route, page, locale))
    })
}

/// The page of an output that stands in the site map: neither what is not found, nor the search, nor drafts.
fn mapped_page<'a>(model: &Model, output: &'a Output) -> Option<(Page, &'a Locale)> {
    match output {
        Output::Page(Page::NotFound | Page::Search, _) => None,
        Output::Page(page, _) if is_preview(model, *page) => None,
        Output::Page(page, locale) => Some((*page, locale)),
        _ => None,
    }
}

/// How many files the site map is spread over besides `sitemap.xml`, which then names them; none if it holds all itself.
pub fn sitemap_parts<'a>(model: &Model, outputs: impl IntoIterator<Item = &'a Output>) -> usize {
    let pages = outputs.into_iter().filter_map(|output| mapped_page(model, output)).count();
    match pages.div_ceil(pages_per_sitemap(model)) {
        0 | 1 => 0,
        parts => parts,
    }
}

/// The route of a part, counted from nought.
pub fn part_route(part: usize) -> Route {
    Route::new(format!("sitemap-{}.xml", part + 1))
}
