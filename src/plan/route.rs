//! Routes: where a file of the site is, below its address.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use super::{Chart, Dataset, Feed, FeedFormat, Page};
use crate::model::Model;
use crate::value::Locale;

/// Where a file is, without a slash before it: `projects/kunpeng-town/` for a page in a folder of its own, `feed.xml` for a
/// file; empty for the home page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Arc<str>);

impl Route {
    /// A route as it is written.
    pub fn new(route: impl Into<Arc<str>>) -> Self {
        Route(route.into())
    }

    /// The route of a page in a locale. The first locale lives at the root.
    pub fn page(model: &Model, page: Page, locale: &Locale) -> Self {
        let path = path(model, page);
        if locale == model.default_locale() {
            Route::new(path)
        } else {
            Route::new(format!("{locale}/{path}"))
        }
    }

    /// The route of a chart.
    pub fn chart(model: &Model, chart: Chart) -> Self {
        let name = match chart {
            Chart::Curve => "curve".into(),
            Chart::Lights => "lights".into(),
            Chart::TownCurve(at) => format!("towns/{}", model.towns[at].record.id),
            Chart::ProjectCurve(at) => format!("projects/{}", model.projects[at].id),
            Chart::BulletinCurve(at) => format!("bulletins/{}", model.bulletins[at].id),
            Chart::Ranking(group) => format!("rankings/{}", model.site.groups[group].id),
        };
        Route::new(format!("charts/{name}.svg"))
    }

    /// The route of a feed.
    pub fn feed(model: &Model, feed: Feed, format: FeedFormat) -> Self {
        let name = match format {
            FeedFormat::Atom => "feed.xml",
            FeedFormat::Json => "feed.json",
        };
        Route::new(match feed {
            Feed::All => name.to_owned(),
            Feed::Town(at) => format!("towns/{}/{name}", model.towns[at].record.id),
            Feed::Corrections => format!("corrections/{name}"),
        })
    }

    /// The route of a file of open data.
    pub fn dataset(model: &Model, dataset: Dataset) -> Self {
        Route::new(match dataset {
            Dataset::Figures => "data/figures.json".to_owned(),
            Dataset::FiguresCsv => "data/figures.csv".to_owned(),
            Dataset::ProjectsCsv => "data/projects.csv".to_owned(),
            Dataset::ProjectsJson => "data/projects.json".to_owned(),
            Dataset::ReportsCsv => "data/reports.csv".to_owned(),
            Dataset::DataPackage => "data/datapackage.json".to_owned(),
            Dataset::Oc4ids => "data/oc4ids.json".to_owned(),
            Dataset::BulletinFigures(at) => {
                format!("bulletins/{}/figures.json", model.bulletins[at].id)
            }
        })
    }

    /// The route as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file it is in the output folder.
    pub fn file(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            format!("{}index.html", self.0)
        } else {
            self.0.to_string()
        }
    }

    /// The way from the route up to the site's root: `../../` for `projects/kunpeng-town/`.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// The path of a page within its locale.
fn path(model: &Model, page: Page) -> String {
    let town = |at: usize| &model.towns[at].record.id;
    let issue = |at: usize| &model.bulletins[at].id;
    match page {
        Page::Home => String::new(),
        Page::Bulletins => "bulletins/".into(),
        Page::Bulletin(at) => format!("bulletins/{}/", issue(at)),
        Page::TownBulletin(at, of) => format!("bulletins/{}/towns/{}/", issue(at), town(of)),
        Page::Projects => "projects/".into(),
        Page::Project(at) => format!("projects/{}/", model.projects[at].id),
        Page::Towns => "towns/".into(),
        Page::Town(at) => format!("towns/{}/", town(at)),
        Page::NewsList(1) => "news/".into(),
        Page::NewsList(number) => format!("news/page/{number}/"),
        Page::News(at) => format!("news/{}/", model.news[at].slug),
        Page::Lights => "lights/".into(),
        Page::Rankings => "rankings/".into(),
        Page::Category(at) => format!("categories/{}/", model.site.categories[at].id),
        Page::Chains => "chains/".into(),
        Page::Chain(at) => format!("chains/{}/", model.site.chains[at].id),
        Page::Batches => "batches/".into(),
        Page::Batch(at) => format!("batches/{}/", model.site.batches[at].id),
        Page::Pools => "pools/".into(),
        Page::Award => "award/".into(),
        Page::Corrections => "corrections/".into(),
        Page::Method => "method/".into(),
        Page::Search => "search/".into(),
        Page::Standing(at) => format!("{}/", model.pages[at].slug),
        Page::NotFound => "404.html".into(),
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

impl Borrow<str> for Route {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl serde::Serialize for Route {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
