//! What search knows of the pages, and the files of its index.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Serialize;

use super::chrome::{self, Frame};
use super::prose::ProseContext;
use super::{Name, Reader, Site, method, news, project, sealed};
use crate::markdown::text_of;
use crate::model::{AsOf, Model, Written};
use crate::plan::{self, DOCUMENTS_PER_BLOCK, Page, Route, SearchFile, search_shards, searchable};
use crate::record;
use crate::search::{self, Document, Index};
use crate::source::ContentHash;
use crate::value::{Locale, Text};

/// The index of each locale, made when a file of it is first asked for.
#[derive(Default)]
pub struct Indexes {
    /// The pages that can be found, in the order of their numbers.
    pages: OnceLock<Vec<Page>>,
    locales: BTreeMap<Locale, LocaleIndex>,
}

#[derive(Default)]
struct LocaleIndex {
    index: OnceLock<Index>,
    /// The hash of its documents, which can be had without it.
    hash: OnceLock<ContentHash>,
}

impl Indexes {
    /// No index yet for any of the locales.
    pub fn of(locales: &[Locale]) -> Self {
        let locales = locales.iter().map(|locale| (locale.clone(), LocaleIndex::default()));
        Indexes { pages: OnceLock::new(), locales: locales.collect() }
    }

    /// The pages, the oldest first, so that new ones leave the others' numbers as they are.
    fn pages(&self, model: &Model) -> &[Page] {
        self.pages.get_or_init(|| {
            let mut pages = searchable(model);
            pages.sort_by_cached_key(|page| (day(model, *page), *page));
            pages
        })
    }
}

/// The page of the search: what its results can be filtered by.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The towns: ids and names.
    pub towns: Vec<(String, String)>,
    /// The categories: ids and names.
    pub categories: Vec<(String, String)>,
    /// The years, newest first.
    pub years: Vec<String>,
}

/// The page of the search.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> SearchPage {
    let model = site.model;
    let option = |id: &crate::value::Id, name: &Text| (id.to_string(), reader.text(name));
    let towns = model.towns.iter().map(|town| option(&town.record.id, &town.record.name));
    let categories = model.site.categories.iter();
    let years: BTreeSet<i16> =
        searchable(model).into_iter().flat_map(|page| years(model, page)).collect();
    SearchPage {
        towns: towns.collect(),
        categories: categories.map(|category| option(&category.id, &category.name)).collect(),
        years: years.iter().rev().map(i16::to_string).collect(),
    }
}

/// A file of the index of a locale.
pub(super) fn file(site: &Site<'_>, file: SearchFile, locale: &Locale) -> String {
    let pages = site.search.pages(site.model);
    let writer = Writer::new(site, locale);
    let document = |page: &Page| writer.document(*page);
    let index = || {
        let new = || {
            let shards = search_shards(pages.len());
            Index::new(pages.iter().map(document), shards, DOCUMENTS_PER_BLOCK)
        };
        site.search.locales.get(locale).map(|made| made.index.get_or_init(new))
    };
    match file {
        SearchFile::Manifest => index().map(Index::manifest).unwrap_or_default(),
        SearchFile::Shard(number) => index().map(|index| index.shard(number)).unwrap_or_default(),
        SearchFile::Texts(number) => {
            let block = pages.chunks(DOCUMENTS_PER_BLOCK).nth(number).unwrap_or_default();
            search::texts(number, block.iter().map(document))
        }
    }
}

/// The hash of all that the files of a locale's index are made from.
pub fn hash(site: &Site<'_>, locale: &Locale) -> Option<ContentHash> {
    let LocaleIndex { index, hash } = site.search.locales.get(locale)?;
    let of_documents = || {
        let writer = Writer::new(site, locale);
        let pages = site.search.pages(site.model).iter();
        search::hash(pages.map(|page| writer.document(*page)))
    };
    Some(*hash.get_or_init(|| index.get().map_or_else(of_documents, Index::hash)))
}

/// The day that a page is of: the newest of equally good results comes first.
fn day(model: &Model, page: Page) -> Option<Date> {
    match page {
        Page::News(index) => Some(model.news[index].record.date.day()),
        Page::Bulletin(index) | Page::TownBulletin(index, _) => {
            Some(model.bulletins[index].record.published.end)
        }
        Page::Project(index) => known(model, index).map(record::Report::known_on).max(),
        Page::Batch(index) => Some(model.site.batches[index].on.end),
        _ => None,
    }
}

/// The reports on a project that are known.
fn known(model: &Model, project: usize) -> impl Iterator<Item = &record::Report> {
    let known_by = model.as_of.known_by;
    let reports = model.projects[project].record.reports.iter();
    reports.filter(move |report| report.known_on() <= known_by)
}

/// The years that a page is about: of a project, those that it has a plan or a report for.
fn years(model: &Model, page: Page) -> BTreeSet<i16> {
    match page {
        Page::Project(index) => {
            let plans = model.projects[index].record.plan.0.keys().copied();
            plans.chain(known(model, index).map(|report| report.period.end.year())).collect()
        }
        page => day(model, page).map(Date::year).into_iter().collect(),
    }
}

/// Writes down what pages say.
struct Writer<'a> {
    site: &'a Site<'a>,
    reader: Reader<'a>,
    frame: Frame,
}

impl<'a> Writer<'a> {
    fn new(site: &'a Site<'a>, locale: &'a Locale) -> Self {
        let reader = Reader::new(site, locale);
        let frame = chrome::frame(site, &reader, Page::Search, "search");
        Writer { site, reader, frame }
    }

    fn document(&self, page: Page) -> Document {
        let mut document = match page {
            Page::Project(index) => self.project(index),
            Page::News(index) => self.news(index),
            Page::Bulletin(index) => self.bulletin(index),
            Page::TownBulletin(index, town) => self.town_bulletin(index, town),
            Page::Town(index) => self.town(index),
            Page::Standing(index) => self.standing(index),
            Page::Method => self.method(),
            page => self.list(page),
        };
        if plan::is_preview(self.site.model, page) {
            let told = [document.date, self.reader.catalog.get("preview").to_owned()];
            document.date = told.join(" ").trim_start().to_owned();
        }
        document.route = Route::page(self.site.model, page, self.reader.locale).as_str().into();
        document.facets.insert(0, ("kind", document.kind.into()));
        let years = years(self.site.model, page).into_iter();
        document.facets.extend(years.map(|year| ("year", year.to_string())));
        document
    }

    fn titled(&self, kind: &'static str, title: Name, text: Lines) -> Document {
        let Name { text: title, lang } = title;
        let text = text.0.join("\n");
        Document { kind, title, lang, text, weighty_title: true, ..Document::default() }
    }

    fn project(&self, index: usize) -> Document {
        let model = self.site.model;
        let project = &model.projects[index];
        let record = &*project.record;
        let lang = self.reader.default_locale;
        let mut lines = Lines::default();
        let mut add = |text: Option<&Text>| lines.add(&self.reader.optional(text));
        add(record.summary.as_ref());
        add(Some(&Text::plain(self.prose(
            &project.path,
            model.as_of,
            None,
            lang,
            &record.description.0,
        ))));
        add(project.chain.map(|chain| &model.site.chains[chain].name));
        let towns = project.shares.iter().map(|(town, _)| &model.towns[*town].record.name);
        towns.for_each(|town| add(Some(town)));
        add(Some(&model.site.categories[project.category].name));
        add(record.address.as_ref());
        add(record.owner.as_ref());
        add(record.responsible_unit.as_ref());
        add(record.leader.as_ref().map(|leader| &leader.post));
        record.parties.iter().for_each(|party| add(Some(&party.name)));
        record.funding.iter().for_each(|funding| add(funding.name.as_ref()));
        record.milestones.iter().for_each(|milestone| add(Some(&milestone.name)));
        known(model, index).for_each(|report| add(report.note.as_ref()));
        for fact in &record.facts {
            let (label, value) = (self.reader.text(&fact.label), self.reader.text(&fact.value));
            lines.add(&format!("{label} {value}"));
        }
        for disclosure in &record.disclosures {
            lines.add(&self.reader.text(&disclosure.title));
            lines.add(disclosure.number.as_deref().unwrap_or_default());
        }
        lines.add(record.code.as_deref().unwrap_or_default());
        lines.photos(&record.photos);
        let mut document = self.titled("project", self.reader.name(&record.name), lines);
        document.facets = self.project_facets(index);
        document
    }

    fn project_facets(&self, index: usize) -> Vec<(&'static str, String)> {
        let model = self.site.model;
        let project = &model.projects[index];
        let snapshot = self.site.indicators.at(model.as_of);
        let mut facets = self.towns(project.shares.iter().map(|(town, _)| *town));
        facets.push(("category", model.site.categories[project.category].id.to_string()));
        let state = snapshot.state(index);
        if state.listed {
            facets.push(("light", snapshot.colour(index).code().into()));
            facets.push(("stage", project::stage(state).into()));
        }
        facets
    }

    fn towns(&self, towns: impl Iterator<Item = usize>) -> Vec<(&'static str, String)> {
        let id = |town: usize| self.site.model.towns[town].record.id.to_string();
        towns.map(|town| ("town", id(town))).collect()
    }

    fn news(&self, index: usize) -> Document {
        let model = self.site.model;
        let item = &model.news[index];
        let Written { path, record, body, locale: lang } = item.in_locale(self.reader.locale);
        let mut lines = Lines::default();
        for line in [&record.kicker, &record.subtitle, &record.summary, &record.column] {
            lines.add(line.as_deref().unwrap_or_default());
        }
        let (as_of, issue) = (item.as_of.unwrap_or(model.as_of), item.told_issue());
        lines.add(&self.prose(path, as_of, issue, lang, &body.markdown));
        lines.photos(&record.photos);
        record.authors.iter().for_each(|author| lines.add(&author.name));
        record.keywords.iter().for_each(|keyword| lines.add(keyword));
        lines.add(record.source.as_deref().unwrap_or_default());
        let title = news::title(&self.reader, &record.title, lang);
        let mut document = self.titled("news", title, lines);
        document.date = self.reader.day(record.date.day()).text;
        document.facets = self.towns(item.towns.iter().copied());
        let categories: BTreeSet<usize> =
            item.projects.iter().map(|project| model.projects[*project].category).collect();
        let id = |category: usize| model.site.categories[category].id.to_string();
        document.facets.extend(categories.into_iter().map(|at| ("category", id(at))));
        document
    }

    fn bulletin(&self, index: usize) -> Document {
        let bulletin = &self.site.model.bulletins[index];
        let lang = self.reader.default_locale;
        let mut lines = Lines::default();
        let route = Route::page(self.site.model, Page::Bulletin(index), self.reader.locale);
        lines.add(&match sealed::text(self.site.model, index, &route) {
            Some(html) => text_of(html),
            None => {
                let (path, as_of) = (&bulletin.path, bulletin.as_of());
                self.prose(path, as_of, Some(index), lang, &bulletin.body.markdown)
            }
        });
        let name = self.reader.issue_name(bulletin);
        let title = self.reader.optional(bulletin.record.title.as_ref());
        let title = Name { text: format!("{name} {title}").trim_end().into(), lang: None };
        let mut document = self.titled("bulletin", title, lines);
        document.date = self.reader.period(bulletin.record.published).text;
        document
    }

    /// A town has a bulletin in every issue: they are found by the town's name, after all that tells more of it.
    fn town_bulletin(&self, index: usize, town: usize) -> Document {
        let model = self.site.model;
        let bulletin = &model.bulletins[index];
        let name = self.reader.name(&model.towns[town].record.name);
        let text = format!("{} · {}", name.text, self.reader.issue_name(bulletin));
        let title = Name { text, lang: name.lang };
        let mut document = self.titled("bulletin", title, Lines::default());
        document.weighty_title = false;
        document.date = self.reader.period(bulletin.record.published).text;
        document.facets = self.towns([town].into_iter());
        document
    }

    fn town(&self, index: usize) -> Document {
        let record = &self.site.model.towns[index].record;
        let mut lines = Lines::default();
        lines.add(&self.reader.optional(record.intro.as_ref()));
        let mut document = self.titled("town", self.reader.name(&record.name), lines);
        document.facets = self.towns([index].into_iter());
        document
    }

    fn standing(&self, index: usize) -> Document {
        let model = self.site.model;
        let page = model.pages[index].in_locale(self.reader.locale);
        let Written { path, record, body, locale: lang } = page;
        let mut lines = Lines::default();
        lines.add(record.summary.as_deref().unwrap_or_default());
        let as_of = news::page_as_of(model, record);
        lines.add(&self.prose(path, as_of, None, lang, &body.markdown));
        self.titled("page", news::title(&self.reader, &record.title, lang), lines)
    }

    fn method(&self) -> Document {
        let mut lines = Lines::default();
        for metric in method::metrics(self.site, &self.reader) {
            lines.add(&format!("{} {} {}", metric.label, metric.basis, metric.formula));
        }
        let title = self.reader.catalog.get("nav_method").to_owned();
        self.titled("page", Name { text: title, lang: None }, lines)
    }

    /// A page that lists the projects of a category, chain or batch.
    fn list(&self, page: Page) -> Document {
        let record = &self.site.model.site;
        let (name, more) = match page {
            Page::Category(index) => (&record.categories[index].name, None),
            Page::Chain(index) => {
                (&record.chains[index].name, record.chains[index].lead_unit.as_ref())
            }
            Page::Batch(index) => {
                (&record.batches[index].name, record.batches[index].place.as_ref())
            }
            _ => return Document::default(),
        };
        let mut lines = Lines::default();
        lines.add(&self.reader.optional(more));
        let mut document = self.titled("list", self.reader.name(name), lines);
        if let Page::Category(index) = page {
            document.facets.push(("category", record.categories[index].id.to_string()));
        }
        document
    }

    /// A text of an editor without its markup.
    fn prose(
        &self,
        file: &str,
        as_of: AsOf,
        issue: Option<usize>,
        lang: &Locale,
        text: &crate::markdown::Markdown,
    ) -> String {
        let Writer { site, reader, frame } = self;
        ProseContext { site, reader, frame, file, as_of, issue, lang }.plain(text)
    }
}

/// What a page says, line by line.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.0.push(text.trim().to_owned());
        }
    }

    fn photos(&mut self, photos: &[record::Photo]) {
        for photo in photos {
            self.add(photo.caption.as_deref().unwrap_or_default());
        }
    }
}
