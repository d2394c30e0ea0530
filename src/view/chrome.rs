//! What surrounds every page: the site's name, its navigation, where the reader is, the same page in other locales.

use serde::Serialize;

use super::{Day, Reader, Site};
use crate::plan::{self, Page, Route};
use crate::record::Site as SiteRecord;
use crate::value::Locale;

/// The site, as every page of a locale shows it.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The site's title.
    pub title: String,
    /// The line below it.
    pub tagline: String,
    /// The whole area.
    pub area: String,
    /// The publisher's name.
    pub publisher: String,
    /// Whom to ask for.
    pub contact: String,
    /// The publisher's telephone number.
    pub phone: String,
    /// The publisher's e-mail address.
    pub email: String,
    /// The site's address, with a slash at its end.
    pub base_url: String,
    /// The path of that address: `/ztzl/xmjs/`.
    pub base_path: String,
    /// Whether the data are an example.
    pub sample: bool,
    /// The main navigation.
    pub navigation: Vec<Link>,
    /// The pages of the mechanisms: lights, pools, chains …, as many as the site has.
    pub mechanisms: Vec<Link>,
    /// The standing pages.
    pub pages: Vec<Link>,
    /// The day that figures outside issues are as of.
    pub as_of: Day,
    /// What a government site must show.
    pub gov: Option<GovernmentView>,
    /// The route of the home page in this locale.
    pub home: Route,
    /// The route of the search page in this locale.
    pub search: Route,
    /// The route of the method page in this locale.
    pub method: Route,
}

/// What a government site must show.
#[derive(Debug, Clone, Serialize)]
pub struct GovernmentView {
    /// 网站名称
    pub site_name: String,
    /// 网站域名
    pub site_domain: String,
    /// 网站标识码
    pub site_id_code: String,
    /// ICP 备案号
    pub icp: String,
    /// 公安备案号
    pub police: String,
    /// The address behind the mark of Party and government bodies.
    pub conac_url: String,
}

/// A link within the site.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub route: Route,
    /// What it says.
    pub text: String,
}

/// A page's place in the site.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The page's route.
    pub route: Route,
    /// The way up to the site's root: `../../`.
    pub root: String,
    /// The page's whole address.
    pub url: String,
    /// The kind of page: `home`, `bulletin`, `project` …
    pub kind: &'static str,
    /// The page's locale.
    pub locale: Locale,
    /// The language of what is not translated, where its script is not the page's: then it is marked in the finished page.
    #[serde(skip)]
    pub foreign: Option<String>,
    /// The page in other locales.
    pub alternates: Vec<Alternate>,
    /// The way from the home page to the page, without either.
    pub breadcrumbs: Vec<Link>,
    /// The route of the section that the page belongs to, to mark it in the navigation.
    pub section: Route,
    /// Whether the page is not published yet, and seen in previews only.
    pub preview: bool,
}

/// A page in another locale.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// The other locale.
    pub locale: Locale,
    /// The page's route in it.
    pub route: Route,
    /// The page's whole address in it.
    pub url: String,
}

/// The site as pages of the reader's locale show it.
pub(super) fn site_view(site: &Site<'_>, reader: &Reader<'_>) -> SiteView {
    let record = &site.model.site;
    let publisher = record.publisher.clone().unwrap_or_default();
    let text =
        |text: Option<&crate::value::Text>| text.map_or_else(String::new, |text| reader.text(text));
    let page = |page| Route::page(site.model, page, reader.locale);
    SiteView {
        title: reader.text(&record.title),
        tagline: text(record.tagline.as_ref()),
        area: reader.text(&record.area),
        publisher: reader.text(&publisher.name),
        contact: text(publisher.contact.as_ref()),
        phone: publisher.phone.unwrap_or_default(),
        email: publisher.email.unwrap_or_default(),
        base_url: record.base_url.as_str().into(),
        base_path: record.base_url.path().into(),
        sample: record.sample,
        navigation: navigation(site, reader),
        mechanisms: mechanisms(site, reader),
        pages: standing_pages(site, reader),
        as_of: reader.day(site.model.as_of.data),
        gov: government(record),
        home: page(Page::Home),
        search: page(Page::Search),
        method: page(Page::Method),
    }
}

fn navigation(site: &Site<'_>, reader: &Reader<'_>) -> Vec<Link> {
    let pages = [
        (Page::Home, "nav_home"),
        (Page::Bulletins, "nav_bulletins"),
        (Page::Projects, "nav_projects"),
        (Page::Towns, "nav_towns"),
        (Page::Lights, "nav_lights"),
        (Page::Rankings, "nav_rankings"),
        (Page::NewsList(1), "nav_news"),
        (Page::Method, "nav_method"),
    ];
    let link = |(page, key): &(Page, &str)| reader.link(site, *page, reader.catalog.get(key));
    pages.iter().map(link).collect()
}

/// Links to the pages of mechanisms; a site without pools, chains, batches or award has none to them.
fn mechanisms(site: &Site<'_>, reader: &Reader<'_>) -> Vec<Link> {
    let pages = [
        (Page::Lights, "nav_lights"),
        (Page::Rankings, "nav_rankings"),
        (Page::Pools, "nav_pools"),
        (Page::Chains, "nav_chains"),
        (Page::Batches, "nav_batches"),
        (Page::Award, "nav_award"),
        (Page::Method, "nav_method"),
        (Page::Corrections, "nav_corrections"),
    ];
    let is_there = |page: Page| match page {
        Page::Pools => site.model.has_pools(),
        page => site.plan.outputs.contains_key(&Route::page(site.model, page, reader.locale)),
    };
    let pages = pages.iter().filter(|(page, _)| is_there(*page));
    pages.map(|(page, key)| reader.link(site, *page, reader.catalog.get(key))).collect()
}

fn standing_pages(site: &Site<'_>, reader: &Reader<'_>) -> Vec<Link> {
    let pages = (0..site.model.pages.len()).map(Page::Standing);
    pages.map(|page| link(site, reader, page)).collect()
}

fn government(record: &SiteRecord) -> Option<GovernmentView> {
    let gov = record.gov.clone()?;
    Some(GovernmentView {
        site_name: gov.site_name.unwrap_or_default(),
        site_domain: gov.site_domain.unwrap_or_default(),
        site_id_code: gov.site_id_code.unwrap_or_default(),
        icp: gov.icp.unwrap_or_default(),
        police: gov.police.unwrap_or_default(),
        conac_url: gov.conac_url.map_or_else(String::new, |url| url.as_str().to_owned()),
    })
}

/// A page's place in the site.
pub(super) fn frame(site: &Site<'_>, reader: &Reader<'_>, page: Page, kind: &'static str) -> Frame {
    let model = site.model;
    let route = Route::page(model, page, reader.locale);
    let url = |route: &Route| format!("{}{}", model.site.base_url.as_str(), route.as_str());
    let others = model.locales.iter().filter(|locale| *locale != reader.locale);
    let alternates = others.map(|locale| {
        let route = Route::page(model, page, locale);
        Alternate { locale: locale.clone(), url: url(&route), route }
    });
    // The page for what is not found is served at any depth: only whole paths lead out of it.
    let root = match page {
        Page::NotFound => model.site.base_url.path().to_owned(),
        _ => route.to_root(),
    };
    let breadcrumbs = parents(page).into_iter().map(|page| link(site, reader, page));
    let section = parents(page).first().copied().unwrap_or(page);
    Frame {
        url: url(&route),
        root,
        kind,
        locale: reader.locale.clone(),
        foreign: (reader.locale.has_han() != reader.default_locale.has_han())
            .then(|| reader.default_locale.to_string()),
        alternates: alternates.collect(),
        breadcrumbs: breadcrumbs.collect(),
        section: Route::page(model, section, reader.locale),
        preview: plan::is_preview(model, page),
        route,
    }
}

/// The pages above a page, from the top, without the home page.
fn parents(page: Page) -> Vec<Page> {
    match page {
        Page::Bulletin(_) => vec![Page::Bulletins],
        Page::TownBulletin(issue, _) => vec![Page::Bulletins, Page::Bulletin(issue)],
        Page::Project(_) | Page::Category(_) => vec![Page::Projects],
        Page::Town(_) => vec![Page::Towns],
        Page::News(_) => vec![Page::NewsList(1)],
        Page::NewsList(number) if number > 1 => vec![Page::NewsList(1)],
        Page::Chain(_) => vec![Page::Chains],
        Page::Batch(_) => vec![Page::Batches],
        _ => Vec::new(),
    }
}

/// A link to a page, by what it is called.
pub(super) fn link(site: &Site<'_>, reader: &Reader<'_>, page: Page) -> Link {
    reader.link(site, page, &title(site, reader, page))
}

/// What a page is called.
pub(super) fn title(site: &Site<'_>, reader: &Reader<'_>, page: Page) -> String {
    let (model, record) = (site.model, &site.model.site);
    let key = match page {
        Page::Bulletin(index) => return reader.issue_name(&model.bulletins[index]),
        Page::TownBulletin(_, town) | Page::Town(town) => {
            return reader.text(&model.towns[town].record.name);
        }
        Page::Project(index) => return reader.text(&model.projects[index].record.name),
        Page::News(index) => {
            return reader.text(&model.news[index].in_locale(reader.locale).record.title);
        }
        Page::Category(index) => return reader.text(&record.categories[index].name),
        Page::Chain(index) => return reader.text(&record.chains[index].name),
        Page::Batch(index) => return reader.text(&record.batches[index].name),
        Page::Standing(index) => {
            return reader.text(&model.pages[index].in_locale(reader.locale).record.title);
        }
        Page::Home => "nav_home",
        Page::Bulletins => "nav_bulletins",
        Page::Projects => "nav_projects",
        Page::Towns => "nav_towns",
        Page::NewsList(_) => "nav_news",
        Page::Lights => "nav_lights",
        Page::Rankings => "nav_rankings",
        Page::Chains => "nav_chains",
        Page::Batches => "nav_batches",
        Page::Pools => "nav_pools",
        Page::Award => "nav_award",
        Page::Corrections => "nav_corrections",
        Page::Method => "nav_method",
        Page::Search => "search",
        Page::NotFound => "not_found",
    };
    reader.catalog.get(key).to_owned()
}
