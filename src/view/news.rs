//! Views of news and standing pages.

use serde::Serialize;

use super::chrome::{self, Frame, Link};
use super::correction::{self, CorrectionView};
use super::prose::{PhotoView, Prose, ProseContext};
use super::{Day, Name, Reader, Site};
use crate::model::{AsOf, Model, Written};
use crate::plan::{Page, Route, news_on, news_pages};
use crate::record::{self, NewsKind};
use crate::value::{Locale, Text};

/// A news item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct NewsEntry {
    /// The item's page.
    pub route: Route,
    /// The title.
    pub title: Name,
    /// The line above the title.
    pub kicker: String,
    /// The item in a sentence or two.
    pub summary: String,
    /// The day of publication.
    pub date: Day,
    /// The kind of item: `news`, `feature` …
    pub kind: &'static str,
    /// The column it appears in.
    pub column: String,
    /// Whether it stays on top.
    pub pin: bool,
    /// Whether only its editors see it.
    pub preview: bool,
    /// The first picture.
    pub photo: Option<PhotoView>,
    /// The towns it is about.
    pub towns: Vec<Link>,
}

/// The page of a news item.
#[derive(Debug, Clone, Serialize)]
pub struct NewsPage {
    /// What lists show of it.
    #[serde(flatten)]
    pub entry: NewsEntry,
    /// The line below the title.
    pub subtitle: String,
    /// The wire lead-in: 本报讯
    pub dateline: String,
    /// Who wrote it, by role.
    pub authors: Vec<AuthorView>,
    /// Where it comes from.
    pub source: String,
    /// The day that its figures are as of, where it has one of its own.
    pub as_of: Option<Day>,
    /// The day of what it tells.
    pub event_date: Option<Day>,
    /// The day on which it was last corrected.
    pub updated: Option<Day>,
    /// The day of publication with its time, for machines.
    pub published_at: String,
    /// The last day on which it is listed.
    pub expires: Option<Day>,
    /// Whether that day has passed.
    pub expired: bool,
    /// Who speaks.
    pub speaker: String,
    /// The text.
    pub body: Prose,
    /// All pictures.
    pub photos: Vec<PhotoView>,
    /// The projects it is about.
    pub projects: Vec<Link>,
    /// The chains it is about.
    pub chains: Vec<Link>,
    /// The issue it belongs to.
    pub issue: Option<Link>,
    /// What it corrects.
    pub correction: Option<CorrectionView>,
    /// The item that it continues.
    pub continued_from: Option<Link>,
    /// The series it is a part of: `name (1/3)`.
    pub series: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The item after it in time.
    pub newer: Option<Link>,
    /// The item before it in time.
    pub older: Option<Link>,
}

/// Who wrote or photographed it.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorView {
    /// The name.
    pub name: String,
    /// 记者, 通讯员 …
    pub role: String,
}

/// A page of the list of news.
#[derive(Debug, Clone, Serialize)]
pub struct NewsList {
    /// Which page it is, from one.
    pub number: usize,
    /// How many pages there are.
    pub of: usize,
    /// The items.
    pub items: Vec<NewsEntry>,
    /// The page of newer items.
    pub newer: Option<Route>,
    /// The page of older items.
    pub older: Option<Route>,
}

/// A standing page.
#[derive(Debug, Clone, Serialize)]
pub struct StandingPage {
    /// The title.
    pub title: Name,
    /// The page in a sentence.
    pub summary: String,
    /// The text.
    pub body: Prose,
}

/// An item as lists show it.
pub(super) fn entry(
    site: &Site<'_>,
    reader: &Reader<'_>,
    frame: &Frame,
    index: usize,
) -> NewsEntry {
    let item = &site.model.news[index];
    let Written { path: file, record, locale: lang, .. } = item.in_locale(reader.locale);
    let (as_of, issue) = (site.model.as_of, None);
    let context = ProseContext { site, reader, frame, file, as_of, issue, lang };
    NewsEntry {
        route: Route::page(site.model, Page::News(index), reader.locale),
        title: title(reader, &record.title, lang),
        kicker: record.kicker.clone().unwrap_or_default(),
        summary: record.summary.clone().unwrap_or_default(),
        date: reader.day(record.date.day()),
        kind: record.kind.unwrap_or(NewsKind::News).code(),
        column: record.column.clone().unwrap_or_default(),
        pin: record.pin,
        preview: item.preview,
        photo: record.photos.first().map(|photo| context.photo(photo)),
        towns: item
            .towns
            .iter()
            .map(|town| chrome::link(site, reader, Page::Town(*town)))
            .collect(),
    }
}

pub(super) fn title(reader: &Reader<'_>, title: &Text, lang: &Locale) -> Name {
    Name { text: reader.text(title), lang: (lang != reader.locale).then(|| lang.to_string()) }
}

/// The page of an item.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>, frame: &Frame, index: usize) -> NewsPage {
    let model = site.model;
    let item = &model.news[index];
    let Written { path: file, record, body, locale: lang } = item.in_locale(reader.locale);
    let (as_of, issue) = (item.as_of.unwrap_or(model.as_of), item.told_issue());
    let context = ProseContext { site, reader, frame, file, as_of, issue, lang };
    let issue = |issue: usize| chrome::link(site, reader, Page::Bulletin(issue));
    let speaker = record.speaker.clone().unwrap_or_default();
    let speaker = [speaker.unit, speaker.post, speaker.name]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let series = record.series.as_ref().map(|series| match (series.part, series.of) {
        (Some(part), Some(of)) => format!("{}({part}/{of})", series.name),
        (Some(part), None) => format!("{}({part})", series.name),
        _ => series.name.clone(),
    });
    let link = |item: usize| news_link(site, reader, item);
    let [newer, older] = model.neighbours(index);
    NewsPage {
        entry: entry(site, reader, frame, index),
        subtitle: record.subtitle.clone().unwrap_or_default(),
        dateline: record.dateline.clone().unwrap_or_default(),
        authors: record.authors.iter().map(author).collect(),
        source: record.source.clone().unwrap_or_default(),
        as_of: item.as_of.map(|as_of| reader.day(as_of.data)),
        event_date: record.event_date.map(|day| reader.period(day)),
        updated: record.updated.map(|day| reader.period(day)),
        published_at: record.date.rfc3339(),
        expires: item.record.expires.map(|day| reader.period(day)),
        expired: item.expired,
        speaker,
        body: context.prose(&body.markdown),
        photos: record.photos.iter().map(|photo| context.photo(photo)).collect(),
        projects: item
            .projects
            .iter()
            .map(|at| chrome::link(site, reader, Page::Project(*at)))
            .collect(),
        chains: item.chains.iter().map(|at| chrome::link(site, reader, Page::Chain(*at))).collect(),
        issue: item.issue.map(issue),
        correction: correction::view(site, reader, index, item, |_| true),
        continued_from: model.continued(record).map(link),
        series: series.unwrap_or_default(),
        keywords: record.keywords.clone(),
        newer: newer.map(link),
        older: older.map(link),
    }
}

fn author(author: &record::Author) -> AuthorView {
    AuthorView { name: author.name.clone(), role: author.role.clone().unwrap_or_default() }
}

pub(super) fn news_link(site: &Site<'_>, reader: &Reader<'_>, index: usize) -> Link {
    chrome::link(site, reader, Page::News(index))
}

/// A page of the list of news, counted from one.
pub(super) fn list(site: &Site<'_>, reader: &Reader<'_>, frame: &Frame, number: usize) -> NewsList {
    let of = news_pages(site.model);
    let route = |number| Route::page(site.model, Page::NewsList(number), reader.locale);
    NewsList {
        number,
        of,
        items: news_on(site.model, number)
            .iter()
            .map(|&index| entry(site, reader, frame, index))
            .collect(),
        newer: (number > 1).then(|| route(number - 1)),
        older: (number < of).then(|| route(number + 1)),
    }
}

/// What the figures of a standing page rest on: one that names a day is as of that day for good.
pub(super) fn page_as_of(model: &Model, page: &record::Page) -> AsOf {
    let named = page.as_of.map(|day| AsOf { data: day.end, known_by: model.as_of.known_by });
    named.unwrap_or(model.as_of)
}

/// A standing page.
pub(super) fn standing(
    site: &Site<'_>,
    reader: &Reader<'_>,
    frame: &Frame,
    index: usize,
) -> StandingPage {
    let page = site.model.pages[index].in_locale(reader.locale);
    let Written { path: file, record, body, locale: lang } = page;
    let as_of = page_as_of(site.model, record);
    let context = ProseContext { site, reader, frame, file, as_of, issue: None, lang };
    StandingPage {
        title: title(reader, &record.title, lang),
        summary: record.summary.clone().unwrap_or_default(),
        body: context.prose(&body.markdown),
    }
}
