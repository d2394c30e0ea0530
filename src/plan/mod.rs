//! Every file the site will have, by route.

mod links;
mod route;
mod search;
mod sitemap;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

pub use self::links::{LinkTarget, check_links, resolve_link};
pub use self::route::Route;
pub use self::search::{DOCUMENTS_PER_BLOCK, search_shards, searchable};
pub use self::sitemap::{mapped, pages_per_sitemap, part_route, sitemap_parts};
use crate::diagnostic::{Diagnosed, Diagnostic, Diagnostics, Place, problems};
use crate::model::Model;
use crate::source::SourcePath;
use crate::value::Locale;

/// How many news items stand on one page of the list.
const NEWS_PER_PAGE: usize = 20;

/// A file of the site. `match` on it has no wildcard: a new kind of file is handled everywhere or nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// A page in a locale.
    Page(Page, Locale),
    /// A chart as a file of its own, in the site's first locale.
    Chart(Chart),
    /// A feed of news or corrections.
    Feed(Feed, FeedFormat),
    /// Open data.
    Dataset(Dataset),
    /// A part of the search index of a locale.
    Search(SearchFile, Locale),
    /// `sitemap.xml`
    Sitemap,
    /// A part of a site map that is too large for one file, counted from nought.
    SitemapPart(usize),
    /// `robots.txt`
    Robots,
    /// A file of the theme.
    ThemeAsset(Arc<str>),
    /// A picture or download of the content, by its path below `content/`.
    Media(Arc<str>),
}

/// A page. Positions are those of the model's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// `/`
    Home,
    /// `/bulletins/`
    Bulletins,
    /// `/bulletins/<id>/`
    Bulletin(usize),
    /// `/bulletins/<id>/towns/<town>/`
    TownBulletin(usize, usize),
    /// `/projects/`
    Projects,
    /// `/projects/<id>/`
    Project(usize),
    /// `/towns/`
    Towns,
    /// `/towns/<id>/`
    Town(usize),
    /// `/news/`, `/news/page/<n>/`, counted from one
    NewsList(usize),
    /// `/news/<slug>/`
    News(usize),
    /// `/lights/`
    Lights,
    /// `/rankings/`
    Rankings,
    /// `/categories/<id>/`
    Category(usize),
    /// `/chains/`
    Chains,
    /// `/chains/<id>/`
    Chain(usize),
    /// `/batches/`
    Batches,
    /// `/batches/<id>/`
    Batch(usize),
    /// `/pools/`
    Pools,
    /// `/award/`
    Award,
    /// `/corrections/`
    Corrections,
    /// `/method/`
    Method,
    /// `/search/`
    Search,
    /// `/<slug>/`
    Standing(usize),
    /// `/404.html`
    NotFound,
}

/// A chart that is a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// The completion curve of the whole.
    Curve,
    /// The completion curve of a town.
    TownCurve(usize),
    /// The completion curve of a project.
    ProjectCurve(usize),
    /// The completion curve of an issue.
    BulletinCurve(usize),
    /// How the projects' lights stand.
    Lights,
    /// The towns by completion rate, of a group.
    Ranking(usize),
}

/// A feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// All news and issues.
    All,
    /// The news of a town.
    Town(usize),
    /// The corrections.
    Corrections,
}

/// The format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFormat {
    /// Atom 1.0, RFC 4287
    Atom,
    /// JSON Feed 1.1
    Json,
}

/// A file of open data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dataset {
    /// `/data/figures.json`
    Figures,
    /// `/bulletins/<id>/figures.json`
    BulletinFigures(usize),
    /// `/data/figures.csv`
    FiguresCsv,
    /// `/data/projects.csv`
    ProjectsCsv,
    /// `/data/projects.json`
    ProjectsJson,
    /// `/data/reports.csv`
    ReportsCsv,
    /// `/data/datapackage.json`
    DataPackage,
    /// `/data/oc4ids.json`
    Oc4ids,
}

/// A part of the search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchFile {
    /// What a search must know before it loads anything else.
    Manifest,
    /// The lists of documents of a shard.
    Shard(usize),
    /// The texts of a block of documents.
    Texts(usize),
}

/// The site's outputs by route.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What each route is.
    pub outputs: BTreeMap<Route, Output>,
}

/// Lists the outputs of the site. Two outputs on one route are a problem, not a race.
///
/// `theme_assets` are the files of the theme by route.
pub fn plan<'a>(model: &Model, theme_assets: impl IntoIterator<Item = &'a str>) -> Diagnosed<Plan> {
    let mut outputs = Vec::new();
    for locale in &model.locales {
        let page = |page| (Route::page(model, page, locale), Output::Page(page, locale.clone()));
        outputs.extend(pages(model).into_iter().map(page));
        outputs.extend(search::files(model, locale));
    }
    outputs.extend(charts(model).chain(feeds(model)).chain(datasets(model)));
    outputs.push((Route::new("sitemap.xml"), Output::Sitemap));
    let parts = sitemap_parts(model, outputs.iter().map(|(_, output)| output));
    outputs.extend((0..parts).map(|part| (part_route(part), Output::SitemapPart(part))));
    outputs.push((Route::new("robots.txt"), Output::Robots));
    outputs.extend(
        theme_assets
            .into_iter()
            .map(|asset| (Route::new(format!("static/{asset}")), Output::ThemeAsset(asset.into()))),
    );
    let media = links::published_media(model).into_iter();
    outputs.extend(media.map(|path| (Route::new(path.clone()), Output::Media(path.clone()))));
    by_route(model, outputs)
}

/// Outputs by route; of those that want the same one, the first has it.
fn by_route(model: &Model, mut outputs: Vec<(Route, Output)>) -> Diagnosed<Plan> {
    outputs.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut problems = Diagnostics::default();
    outputs.dedup_by(|(route, output), (taken, holder)| {
        let is_taken = route == taken;
        if is_taken {
            problems.add(conflict(model, route, output, holder));
        }
        is_taken
    });
    let outputs: BTreeMap<Route, Output> = outputs.into_iter().collect();
    // A page in a folder of its own is a file there.
    for (route, output) in &outputs {
        let folder = route.as_str().strip_suffix("index.html").filter(|path| path.ends_with('/'));
        if let Some((route, page)) = folder.and_then(|folder| outputs.get_key_value(folder)) {
            problems.add(conflict(model, route, page, output));
        }
    }
    Diagnosed { value: Plan { outputs }, problems }
}

/// The problem of an output on a route that another has.
fn conflict(model: &Model, route: &Route, output: &Output, holder: &Output) -> Diagnostic {
    let first = match holder {
        Output::ThemeAsset(path) => {
            let theme = model.site.theme.as_deref().unwrap_or("default");
            Some(format!("themes/{theme}/static/{path}").into())
        }
        Output::Media(path) => Some(format!("content/{path}").into()),
        _ => record_of(model, holder),
    };
    let owner = record_of(model, output);
    // Told is the record; what else has the route is a page that every site has.
    let (place, first) = match owner {
        Some(owner) => (owner, first),
        None => (first.unwrap_or_else(|| "content/site.yaml".into()), None),
    };
    problems::route_conflict(Place::file(&place), route.as_str(), first.as_deref())
}

/// The file of the record that an output is of, if it is of one.
pub fn record_of(model: &Model, output: &Output) -> Option<SourcePath> {
    let Output::Page(page, locale) = output else { return None };
    match *page {
        Page::News(index) => Some(model.news[index].in_locale(locale).path.clone()),
        Page::Standing(index) => Some(model.pages[index].in_locale(locale).path.clone()),
        Page::Project(index) => Some(model.projects[index].path.clone()),
        Page::Bulletin(index) | Page::TownBulletin(index, _) => {
            Some(model.bulletins[index].path.clone())
        }
        _ => None,
    }
}

/// Whether what a page is of is a draft, or not out yet.
pub fn is_preview(model: &Model, page: Page) -> bool {
    match page {
        Page::Bulletin(issue) | Page::TownBulletin(issue, _) => model.bulletins[issue].preview,
        Page::News(item) => model.news[item].preview,
        Page::Standing(page) => model.pages[page].record.draft,
        _ => false,
    }
}

/// The pages of one locale.
fn pages(model: &Model) -> Vec<Page> {
    let mut pages = vec![
        Page::Home,
        Page::Bulletins,
        Page::Projects,
        Page::Towns,
        Page::Lights,
        Page::Rankings,
    ];
    pages.extend([Page::Method, Page::Search, Page::NotFound, Page::Corrections, Page::Pools]);
    pages.extend((0..model.bulletins.len()).map(Page::Bulletin));
    let towns =
        |bulletin| (0..model.towns.len()).map(move |town| Page::TownBulletin(bulletin, town));
    pages.extend((0..model.bulletins.len()).flat_map(towns));
    pages.extend((0..model.projects.len()).map(Page::Project));
    pages.extend((0..model.towns.len()).map(Page::Town));
    pages.extend((1..=news_pages(model)).map(Page::NewsList));
    pages.extend((0..model.news.len()).map(Page::News));
    pages.extend((0..model.site.categories.len()).map(Page::Category));
    if !model.site.chains.is_empty() {
        pages.push(Page::Chains);
        pages.extend((0..model.site.chains.len()).map(Page::Chain));
    }
    if !model.site.batches.is_empty() {
        pages.push(Page::Batches);
        pages.extend((0..model.site.batches.len()).map(Page::Batch));
    }
    if model.site.award.is_some() {
        pages.push(Page::Award);
    }
    pages.extend((0..model.pages.len()).map(Page::Standing));
    pages
}

/// How many pages the list of news has; the first is there even if it is empty.
pub fn news_pages(model: &Model) -> usize {
    model.listed.len().div_ceil(NEWS_PER_PAGE).max(1)
}

/// The positions of the items on a page of the list of news, counted from one.
pub fn news_on(model: &Model, page: usize) -> &[usize] {
    model.listed.chunks(NEWS_PER_PAGE).nth(page - 1).unwrap_or_default()
}

fn charts(model: &Model) -> impl Iterator<Item = (Route, Output)> {
    let whole = [Chart::Curve, Chart::Lights].into_iter();
    whole
        .chain((0..model.towns.len()).map(Chart::TownCurve))
        .chain((0..model.projects.len()).map(Chart::ProjectCurve))
        .chain((0..model.bulletins.len()).map(Chart::BulletinCurve))
        .chain((0..model.site.groups.len()).map(Chart::Ranking))
        .map(|chart| (Route::chart(model, chart), Output::Chart(chart)))
}

fn feeds(model: &Model) -> impl Iterator<Item = (Route, Output)> {
    let towns = (0..model.towns.len()).map(Feed::Town);
    [Feed::All, Feed::Corrections]
        .into_iter()
        .chain(towns)
        .map(|feed| (feed, FeedFormat::Atom))
        .chain([(Feed::All, FeedFormat::Json)])
        .map(|(feed, format)| (Route::feed(model, feed, format), Output::Feed(feed, format)))
}

fn datasets(model: &Model) -> impl Iterator<Item = (Route, Output)> {
    let whole = [
        Dataset::Figures,
        Dataset::FiguresCsv,
        Dataset::ProjectsCsv,
        Dataset::ProjectsJson,
        Dataset::ReportsCsv,
        Dataset::DataPackage,
        Dataset::Oc4ids,
    ];
    whole
        .into_iter()
        .chain((0..model.bulletins.len()).map(Dataset::BulletinFigures))
        .map(|dataset| (Route::dataset(model, dataset), Output::Dataset(dataset)))
}

/// The day of the newest issue or news item; the day of the data where there is none. A feed without items was last changed then.
pub fn newest_day(model: &Model) -> Date {
    let issues = model.bulletins.last().map(|issue| issue.record.published.end);
    let news = model.news.first().map(|news| news.record.date.day());
    issues.into_iter().chain(news).max().unwrap_or(model.as_of.data)
}
