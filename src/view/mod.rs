//! All that a template, feed or dataset may see: plain data, ready to be shown.
//!
//! A view holds everything that its file depends on, by value: equal views and themes make equal files. Only the long lists of
//! open data are made as they are written: at 50,000 projects one of them is as large as all records together.

pub mod award;
mod basis;
pub mod bulletin;
pub mod change;
pub mod ceremony;
mod chart_file;
pub mod charts;
pub mod correction;
mod chrome;
pub mod dataset;
pub mod events;
pub mod feed;
mod figure;
pub mod home;
pub mod honours;
mod json_ld;
pub mod light;
pub mod listing;
pub mod method;
pub mod news;
pub mod project;
pub mod project_page;
pub mod pool;
pub mod prose;
pub mod quoted;
pub mod ranking;
pub mod responsibility;
pub mod sealed;
pub mod search;
mod reader;
pub mod sitemap;
pub mod town;
mod tree;
pub mod typed;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::Value;

pub use self::basis::{records, surroundings};
pub use self::chrome::{Alternate, Frame, Link, SiteView};
pub use self::dataset::{Json, List, Table};
pub use self::feed::{Feed, FeedItem};
pub use self::figure::FigureView;
pub use self::reader::{Day, Name, Reader};
pub use self::sitemap::{MappedPage, SitemapView};
use crate::indicator::Indicators;
use crate::model::{Model, reading, reading_all};
use crate::plan::{FeedFormat, Output, Page, Plan, Route, record_of};
use crate::theme::Theme;
use crate::value::Locale;

/// What views are made from.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The facts.
    pub model: &'a Model,
    /// What they amount to.
    pub indicators: &'a Indicators,
    /// The files there will be.
    pub plan: &'a Plan,
    /// The theme, for its messages.
    pub theme: &'a Theme,
    /// What all pages of a locale share.
    pub shared: &'a Shared,
    /// The indexes of the search.
    pub search: &'a search::Indexes,
}

/// What pages of a locale share, made once, as the template engine's own values.
#[derive(Debug, Clone, Default)]
pub struct Shared(BTreeMap<Locale, LocaleShared>);

#[derive(Debug, Clone)]
struct LocaleShared {
    /// The [`SiteView`].
    site: Value,
    /// The [`Link`] to each town.
    towns: Vec<Value>,
    /// The [`Link`] to each category.
    categories: Vec<Value>,
    /// The [`ProjectRow`](project::ProjectRow) of each project as of the site's own day, made when first asked for.
    rows: Vec<OnceLock<Value>>,
}

/// On a site of more projects than this no rows are kept: one takes some 3 kB, and is wanted by a handful of pages.
const MOST_ROWS: usize = 20_000;

impl Shared {
    /// Makes what the pages of each locale share. `site.shared` is not read.
    pub fn new(site: &Site<'_>) -> Self {
        let model = site.model;
        let shared = |locale: &Locale| {
            let reader = Reader::new(site, locale);
            let link = |page: Page| value(chrome::link(site, &reader, page));
            let n_projects = model.projects.len();
            LocaleShared {
                site: value(chrome::site_view(site, &reader)),
                towns: (0..model.towns.len()).map(Page::Town).map(link).collect(),
                categories: (0..model.site.categories.len())
                    .map(Page::Category)
                    .map(link)
                    .collect(),
                rows: vec![OnceLock::new(); if n_projects > MOST_ROWS { 0 } else { n_projects }],
            }
        };
        Shared(site.model.locales.iter().map(|locale| (locale.clone(), shared(locale))).collect())
    }

    /// The link to a town, and to a category.
    fn links(&self, locale: &Locale, town: usize, category: usize) -> Option<(Value, Value)> {
        let shared = self.0.get(locale)?;
        Some((shared.towns.get(town)?.clone(), shared.categories.get(category)?.clone()))
    }

    /// Where the row of a project is kept.
    fn row(&self, locale: &Locale, project: usize) -> Option<&OnceLock<Value>> {
        self.0.get(locale)?.rows.get(project)
    }
}

/// What a file is made from.
pub enum View<'a> {
    /// A page, through a template.
    Page(Box<PageView>),
    /// A text as it is: a chart, a feed, a table.
    Text(String),
    /// A feed.
    Feed(Box<Feed>, FeedFormat),
    /// The site map, or a part of it.
    Sitemap(SitemapView),
    /// A table of data.
    Table(Table<'a>),
    /// Data.
    Json(Json<'a>),
    /// A file that is copied.
    File(Arc<[u8]>),
}

/// What a template gets.
#[derive(Serialize)]
pub struct PageView {
    /// The template's name.
    #[serde(skip)]
    pub template: &'static str,
    /// What the page is of, to name it when the template fails.
    #[serde(skip)]
    pub record: String,
    /// The site: a [`SiteView`].
    pub site: Value,
    /// The page's place in the site.
    pub frame: Frame,
    /// What the page says of itself to machines: JSON-LD, ready to stand between the tags of a script.
    pub json_ld: String,
    /// The page itself: what its kind's view holds, as the template engine's own value, so that nothing is converted twice.
    #[serde(rename = "page")]
    pub body: Value,
}

impl View<'_> {
    /// What a template gets, for who writes one.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            View::Page(page) => serde_json::to_value(page).unwrap_or_default(),
            View::Text(text) => text.as_str().into(),
            View::Feed(feed, _) => serde_json::to_value(feed).unwrap_or_default(),
            View::Sitemap(map) => serde_json::to_value(map).unwrap_or_default(),
            View::Table(table) => table.to_value(),
            View::Json(json) => json.to_value(),
            View::File(bytes) => serde_json::json!({"bytes": bytes.len()}),
        }
    }
}

/// Makes the view of a file of the site.
pub fn view<'a>(site: &Site<'a>, route: &Route, output: &Output) -> View<'a> {
    reading_all(|| {
        let view = || any_view(site, route, output);
        let told = || basis::read_by(site.model, output);
        match cfg!(debug_assertions).then(told).flatten() {
            Some((projects, news)) => reading(site.model, (&projects, &news), view),
            None => view(),
        }
    })
}

fn any_view<'a>(site: &Site<'a>, route: &Route, output: &Output) -> View<'a> {
    if let Some(sealed) = sealed::file(site, route, output) {
        return sealed;
    }
    match output {
        Output::Page(page, locale) => View::Page(Box::new(page_view(site, output, *page, locale))),
        Output::ThemeAsset(path) => View::File(site.theme.assets()[path].clone()),
        Output::Media(path) => View::File(site.model.media[path].published()),
        Output::Dataset(dataset) => dataset::view(*site, *dataset),
        Output::Feed(feed, format) => View::Feed(Box::new(feed::view(site, route, *feed)), *format),
        Output::Chart(chart) => View::Text(chart_file::draw(site, *chart)),
        Output::Sitemap => View::Sitemap(sitemap::view(site)),
        Output::SitemapPart(part) => View::Sitemap(sitemap::part(site, *part)),
        Output::Robots => View::Text(sitemap::robots(site)),
        Output::Search(file, locale) => View::Text(search::file(site, *file, locale)),
    }
}

fn page_view(site: &Site<'_>, output: &Output, page: Page, locale: &Locale) -> PageView {
    let reader = Reader::new(site, locale);
    let (kind, template) = kind(page);
    let frame = chrome::frame(site, &reader, page, kind);
    let record = record_of(site.model, output)
        .map_or_else(|| frame.route.to_string(), |path| path.to_string());
    let sealed = sealed::body(site, &reader, page, &frame.route);
    let body = sealed.unwrap_or_else(|| body(site, &reader, &frame, page));
    let shared = site.shared.0.get(locale).map_or_else(Value::none, |shared| shared.site.clone());
    let json_ld = json_ld::script(site, &reader, &frame, page);
    PageView { template, record, site: shared, frame, json_ld, body }
}

/// The page itself, as data.
fn body(site: &Site<'_>, reader: &Reader<'_>, frame: &Frame, page: Page) -> Value {
    match page {
        Page::Home => value(home::page(site, reader, frame)),
        Page::Bulletins => value(bulletin::list(site, reader)),
        Page::Bulletin(index) => value(bulletin::page(site, reader, frame, index)),
        Page::TownBulletin(index, town) => {
            value(bulletin::town_page(site, reader, frame, index, town))
        }
        Page::Projects => value(project::list(site, reader)),
        Page::Project(index) => value(project_page::page(site, reader, frame, index)),
        Page::Towns => value(town::list(site, reader)),
        Page::Town(town) => value(town::page(site, reader, frame, town)),
        Page::NewsList(number) => value(news::list(site, reader, frame, number)),
        Page::News(index) => value(news::page(site, reader, frame, index)),
        Page::Lights => value(light::page(site, reader)),
        Page::Rankings => value(ranking::page(site, reader)),
        Page::Category(index) => value(listing::category(site, reader, index)),
        Page::Chains => value(listing::chains(site, reader)),
        Page::Chain(index) => value(listing::chain(site, reader, index)),
        Page::Batches => value(listing::batches(site, reader)),
        Page::Batch(index) => value(listing::batch(site, reader, index)),
        Page::Method => value(method::page(site, reader)),
        Page::Standing(index) => value(news::standing(site, reader, frame, index)),
        Page::Corrections => value(correction::page(site, reader)),
        Page::Pools => value(pool::page(site, reader)),
        Page::Award => value(award::page(site, reader)),
        Page::Search => value(search::page(site, reader)),
        Page::NotFound => Value::none(),
    }
}

/// Views are plain data with text keys, which always become values.
fn value(view: impl Serialize) -> Value {
    Value::from_serializable(&view)
}

/// The kind of a page, and its template.
fn kind(page: Page) -> (&'static str, &'static str) {
    match page {
        Page::Home => ("home", "home.html"),
        Page::Bulletins => ("bulletins", "bulletins.html"),
        Page::Bulletin(_) => ("bulletin", "bulletin.html"),
        Page::TownBulletin(..) => ("town-bulletin", "town-bulletin.html"),
        Page::Projects => ("projects", "projects.html"),
        Page::Project(_) => ("project", "project.html"),
        Page::Towns => ("towns", "towns.html"),
        Page::Town(_) => ("town", "town.html"),
        Page::NewsList(_) => ("news-list", "news-list.html"),
        Page::News(_) => ("news", "news.html"),
        Page::Lights => ("lights", "lights.html"),
        Page::Rankings => ("rankings", "rankings.html"),
        Page::Category(_) => ("category", "category.html"),
        Page::Chains => ("chains", "chains.html"),
        Page::Chain(_) => ("chain", "chain.html"),
        Page::Batches => ("batches", "batches.html"),
        Page::Batch(_) => ("batch", "batch.html"),
        Page::Pools => ("pools", "pools.html"),
        Page::Award => ("award", "award.html"),
        Page::Corrections => ("corrections", "corrections.html"),
        Page::Method => ("method", "method.html"),
        Page::Search => ("search", "search.html"),
        Page::Standing(_) => ("page", "page.html"),
        Page::NotFound => ("not-found", "404.html"),
    }
}
