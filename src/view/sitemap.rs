//! The site map: every page once, when it last changed, and the same page in other locales.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{Site, correction};
use crate::model::News;
use crate::plan::{self, Page, Route};

/// A file of the site map. Addresses are whole.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SitemapView {
    /// Pages.
    Pages(Vec<MappedPage>),
    /// The files that hold the pages, where one would be too large.
    Parts(Vec<String>),
}

/// A page in the site map.
#[derive(Debug, Clone, Serialize)]
pub struct MappedPage {
    /// Its address.
    pub url: String,
    /// The day on which it last changed.
    pub changed: String,
    /// The page in every locale, itself among them, by language; nothing where there is one locale.
    pub alternates: Vec<(String, String)>,
}

/// `sitemap.xml`
pub(super) fn view(site: &Site<'_>) -> SitemapView {
    match plan::sitemap_parts(site.model, site.plan.outputs.values()) {
        0 => SitemapView::Pages(pages(site, 0)),
        parts => {
            SitemapView::Parts((0..parts).map(|part| url(site, &plan::part_route(part))).collect())
        }
    }
}

/// A part of the site map.
pub(super) fn part(site: &Site<'_>, part: usize) -> SitemapView {
    SitemapView::Pages(pages(site, part))
}

/// What tells robots where the site map is.
pub(super) fn robots(site: &Site<'_>) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", url(site, &Route::new("sitemap.xml")))
}

fn pages(site: &Site<'_>, part: usize) -> Vec<MappedPage> {
    let changes = Changes::new(site);
    let most = plan::pages_per_sitemap(site.model);
    let pages = plan::mapped(site.model, site.plan).skip(part * most).take(most);
    pages
        .map(|(route, page, _)| MappedPage {
            url: url(site, route),
            changed: changes.of(page).to_string(),
            alternates: alternates(site, page),
        })
        .collect()
}

fn alternates(site: &Site<'_>, page: Page) -> Vec<(String, String)> {
    let locales = &site.model.locales;
    if locales.len() < 2 {
        return Vec::new();
    }
    let address = |locale| url(site, &Route::page(site.model, page, locale));
    let each = locales.iter().map(|locale| (locale.to_string(), address(locale)));
    each.chain([("x-default".to_owned(), address(&locales[0]))]).collect()
}

fn url(site: &Site<'_>, route: &Route) -> String {
    format!("{}{}", site.model.site.base_url.as_str(), route.as_str())
}

/// When pages last changed.
struct Changes<'a> {
    site: &'a Site<'a>,
    /// The day that figures outside issues are as of.
    figures: Date,
    /// The newest item of the lists of news.
    news: Date,
    /// The newest item about each town and project.
    towns: BTreeMap<usize, Date>,
    projects: BTreeMap<usize, Date>,
    /// The newest correction of each issue.
    corrections: BTreeMap<usize, Date>,
}

impl<'a> Changes<'a> {
    fn new(site: &'a Site<'a>) -> Self {
        let model = site.model;
        let mut changes = Changes {
            site,
            figures: model.as_of.data,
            news: model.listed_news().map(changed).max().unwrap_or(model.as_of.data),
            towns: BTreeMap::new(),
            projects: BTreeMap::new(),
            corrections: BTreeMap::new(),
        };
        for item in model.news.iter() {
            item.towns.iter().for_each(|town| later(&mut changes.towns, *town, changed(item)));
            item.projects.iter().for_each(|at| later(&mut changes.projects, *at, changed(item)));
        }
        for (_, item) in correction::all(site) {
            if let Some(issue) = item.correction_of {
                later(&mut changes.corrections, issue, changed(item));
            }
        }
        changes
    }

    /// The day on which a page last changed.
    fn of(&self, page: Page) -> Date {
        let at_least = |others: &BTreeMap<usize, Date>, at: usize, day: Date| {
            others.get(&at).map_or(day, |other| day.max(*other))
        };
        match page {
            Page::Home => self.figures.max(self.news).max(self.newest_issue()),
            Page::Bulletins => self.newest_issue(),
            Page::Bulletin(issue) | Page::TownBulletin(issue, _) => {
                at_least(&self.corrections, issue, self.published(issue))
            }
            Page::Project(project) => at_least(&self.projects, project, self.figures),
            Page::Town(town) => at_least(&self.towns, town, self.figures).max(self.newest_issue()),
            Page::NewsList(_) => self.news,
            Page::News(index) => changed(&self.site.model.news[index]),
            Page::Corrections => self.corrections.values().max().copied().unwrap_or(self.figures),
            _ => self.figures,
        }
    }

    fn published(&self, issue: usize) -> Date {
        self.site.model.bulletins[issue].record.published.end
    }

    fn newest_issue(&self) -> Date {
        let newest = self.site.model.bulletins.len().checked_sub(1);
        newest.map_or(self.figures, |issue| self.published(issue))
    }
}

fn later(days: &mut BTreeMap<usize, Date>, at: usize, day: Date) {
    let known = days.entry(at).or_insert(day);
    *known = day.max(*known);
}

/// The day on which an item was published or last corrected.
fn changed(item: &News) -> Date {
    let published = item.record.date.day();
    item.record.updated.map_or(published, |updated| published.max(updated.end))
}
