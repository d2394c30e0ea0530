//! Feeds: the newest news and issues, whole, for who subscribes.

use jiff::civil::{Date, Time};
use serde::Serialize;

use super::bulletin::ISSUE_METRICS;
use super::chrome::Frame;
use super::figure::{self, FigureView};
use super::news::{self, NewsPage};
use super::prose::{PhotoView, ProseContext, escaped};
use super::town::{self, TOWN_METRICS};
use super::{Reader, Site, chrome, correction, sealed};
use crate::diagnostic::Phrase;
use crate::indicator::Scope;
use crate::plan::{self, Page, Route};
use crate::value::Instant;

/// How many items a feed holds.
const ITEMS: usize = 30;

/// A feed. Addresses are whole.
#[derive(Debug, Clone, Serialize)]
pub struct Feed {
    /// What never changes of it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The line below the title.
    pub subtitle: String,
    /// Its own address.
    pub url: String,
    /// The page that shows the same.
    pub home: String,
    /// The language of its titles.
    pub language: String,
    /// Who publishes it.
    pub author: String,
    /// How to write to them.
    pub email: Option<String>,
    /// When something in it last changed.
    pub updated: String,
    /// The newest items first.
    pub items: Vec<FeedItem>,
}

/// An item of a feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedItem {
    /// What never changes of it.
    pub id: String,
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// When it was published.
    pub published: String,
    /// When it last changed.
    pub updated: String,
    /// It in a sentence or two.
    pub summary: String,
    /// All of it, with whole addresses.
    pub html: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The column and words to find it by.
    pub tags: Vec<String>,
    /// Its first picture.
    pub image: Option<String>,
}

/// What may become an item of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Issue(usize),
    TownBulletin(usize, usize),
    News(usize),
}

/// Makes the view of a feed, in the site's first locale.
pub(super) fn view(site: &Site<'_>, route: &Route, feed: plan::Feed) -> Feed {
    let reader = &Reader::new(site, site.model.default_locale());
    let maker = Maker { site, reader, base: site.model.site.base_url.as_str() };
    maker.feed(route, feed)
}

struct Maker<'a> {
    site: &'a Site<'a>,
    reader: &'a Reader<'a>,
    base: &'a str,
}

impl Maker<'_> {
    fn feed(&self, route: &Route, feed: plan::Feed) -> Feed {
        let model = self.site.model;
        let record = &model.site;
        let title = self.reader.text(&record.title);
        let (part, page) = match feed {
            plan::Feed::All => (None, Page::Home),
            plan::Feed::Town(town) => {
                (Some(self.reader.text(&model.towns[town].record.name)), Page::Town(town))
            }
            plan::Feed::Corrections => {
                (Some(self.reader.phrase(&Phrase::new("更正", "Corrections"))), Page::Corrections)
            }
        };
        let items: Vec<FeedItem> =
            newest(self.site, feed).into_iter().map(|source| self.item(source)).collect();
        let publisher = record.publisher.as_ref();
        let updated = items
            .iter()
            .map(|item| &item.updated)
            .max_by_key(|at| Instant::parse(at).ok())
            .cloned();
        let url = self.url(route);
        Feed {
            id: self.id(route),
            title: part.map_or_else(|| title.clone(), |part| format!("{part} · {title}")),
            subtitle: self.reader.optional(record.tagline.as_ref()),
            url,
            home: self.url(&Route::page(model, page, self.reader.locale)),
            language: self.reader.locale.to_string(),
            author: publisher
                .map_or_else(|| title.clone(), |publisher| self.reader.text(&publisher.name)),
            email: publisher.and_then(|publisher| publisher.email.clone()),
            updated: updated.unwrap_or_else(|| midnight(plan::newest_day(model)).rfc3339()),
            items,
        }
    }

    fn item(&self, source: Source) -> FeedItem {
        match source {
            Source::News(index) => self.news(index),
            Source::Issue(issue) => self.issue(issue, None),
            Source::TownBulletin(issue, town) => self.issue(issue, Some(town)),
        }
    }

    fn news(&self, index: usize) -> FeedItem {
        let record = &self.site.model.news[index].record;
        let (route, frame) = self.place(Page::News(index));
        let page = news::page(self.site, self.reader, &frame, index);
        let published = record.date;
        let changed = record.updated.map(|day| midnight(day.end));
        let updated = changed.filter(|changed| *changed > published).unwrap_or(published);
        let keywords = std::iter::once(page.entry.column.clone()).chain(page.keywords.clone());
        FeedItem {
            id: self.id(&route),
            url: self.url(&route),
            title: page.entry.title.text.clone(),
            language: page.entry.title.lang.clone().unwrap_or_else(|| self.language()),
            published: published.rfc3339(),
            updated: updated.rfc3339(),
            summary: page.entry.summary.clone(),
            html: self.news_html(&page, &route),
            authors: page.authors.iter().map(|author| author.name.clone()).collect(),
            tags: keywords.filter(|tag| !tag.is_empty()).collect(),
            image: page.photos.first().map(|photo| format!("{}{}", self.base, photo.route)),
        }
    }

    /// An issue, or a town's bulletin in it.
    fn issue(&self, issue: usize, town: Option<usize>) -> FeedItem {
        let model = self.site.model;
        let bulletin = &model.bulletins[issue];
        let record = &bulletin.record;
        let page = town.map_or(Page::Bulletin(issue), |town| Page::TownBulletin(issue, town));
        let (route, frame) = self.place(page);
        let name = self.reader.issue_name(bulletin);
        let part = town.map(|town| self.reader.text(&model.towns[town].record.name));
        let part = part.or_else(|| record.title.as_ref().map(|title| self.reader.text(title)));
        let figures = self.figures(issue, town, &route);
        let day = self.reader.day(record.as_of.end).text;
        let as_of = Phrase::new(format!("数据截至{day}"), format!("Data as of {day}"));
        let as_of = self.reader.phrase(&as_of);
        let text = if town.is_none() { self.text(issue, &route, &frame) } else { String::new() };
        let published = record.published.end;
        let updated = self.corrected(issue, town).map_or(published, |day| day.max(published));
        FeedItem {
            id: self.id(&route),
            url: self.url(&route),
            title: part.map_or_else(|| name.clone(), |part| format!("{name} · {part}")),
            language: self.language(),
            updated: midnight(updated).rfc3339(),
            published: midnight(published).rfc3339(),
            summary: summary(&as_of, &figures),
            html: format!("<p>{}</p>{}{text}", escaped(&as_of), table(&figures)),
            authors: Vec::new(),
            tags: Vec::new(),
            image: None,
        }
    }

    /// The day of the last correction of an issue, of a town's bulletin that of one of the town's figures.
    fn corrected(&self, issue: usize, town: Option<usize>) -> Option<Date> {
        let of_issue =
            correction::all(self.site).filter(|(_, news)| news.correction_of == Some(issue));
        let is_of_town = |news| {
            let mut figures = correction::figures(self.site, news);
            town.is_none_or(|town| figures.any(|(_, scope)| scope == Scope::Town(town)))
        };
        let told = of_issue.filter(|(_, news)| is_of_town(news));
        told.map(|(_, news)| news.record.date.day()).max()
    }

    /// The figures that an issue opens with; of a sealed issue those that it was published with.
    fn figures(&self, issue: usize, town: Option<usize>, route: &Route) -> Vec<Printed> {
        let model = self.site.model;
        let sealed = sealed::sealed_view(model, issue, route);
        if let Some(figures) = sealed.and_then(|page| page["figures"].as_array()) {
            let text = |figure: &serde_json::Value, key: &str| {
                figure[key].as_str().unwrap_or_default().to_owned()
            };
            let printed = |figure| ["label", "display", "basis"].map(|key| text(figure, key));
            return figures.iter().map(printed).collect();
        }
        let snapshot = &self.site.indicators.at(model.bulletins[issue].as_of());
        let (metrics, scope) = match town {
            Some(town) => (&TOWN_METRICS[..], Scope::Town(town)),
            None => (&ISSUE_METRICS[..], Scope::All),
        };
        let figures = figure::all(self.site, self.reader, snapshot, metrics, scope);
        let printed = |figure: FigureView| [figure.label, figure.display, figure.basis];
        figures.into_iter().map(printed).collect()
    }

    /// The editor's text of an issue.
    fn text(&self, issue: usize, route: &Route, frame: &Frame) -> String {
        let bulletin = &self.site.model.bulletins[issue];
        if let Some(html) = sealed::text(self.site.model, issue, route) {
            let html = sealed::without_dead_links(self.site, html, &route.to_root());
            let relative = format!("=\"{}", route.to_root());
            return self.anchored(&html.replace(&relative, &format!("=\"{}", self.base)), route);
        }
        let context = ProseContext {
            site: self.site,
            reader: self.reader,
            frame,
            file: &bulletin.path,
            as_of: bulletin.as_of(),
            issue: Some(issue),
            lang: self.reader.default_locale,
        };
        self.anchored(&context.prose(&bulletin.body.markdown).html, route)
    }

    fn news_html(&self, page: &NewsPage, route: &Route) -> String {
        let photos: String = page.photos.iter().map(|photo| self.photo(photo)).collect();
        format!("{photos}{}", self.anchored(&page.body.html, route))
    }

    fn photo(&self, photo: &PhotoView) -> String {
        let source = escaped(&format!("{}{}", self.base, photo.route));
        let words = [&photo.caption, &photo.credit].map(|text| escaped(text));
        let caption = words.join(" ");
        let caption = match caption.trim() {
            "" => String::new(),
            words => format!("<figcaption>{words}</figcaption>"),
        };
        format!("<figure><img src=\"{source}\" alt=\"{}\">{caption}</figure>", escaped(&photo.alt))
    }

    /// Leads links within a text to its page, because many texts stand in one feed.
    fn anchored(&self, html: &str, route: &Route) -> String {
        html.replace("href=\"#", &format!("href=\"{}#", self.url(route)))
    }

    /// The route of a page, and a frame whose links are whole addresses.
    fn place(&self, page: Page) -> (Route, Frame) {
        let frame = chrome::frame(self.site, self.reader, page, "");
        (frame.route.clone(), Frame { root: self.base.to_owned(), ..frame })
    }

    fn language(&self) -> String {
        self.reader.locale.to_string()
    }

    fn url(&self, route: &Route) -> String {
        format!("{}{}", self.base, route.as_str())
    }

    /// An address is an id as long as the site stays where it is; a site that has no address yet has no better one.
    fn id(&self, route: &Route) -> String {
        match self.base.contains("://") {
            true => self.url(route),
            false => format!("tag:localhost,2000:{}", self.url(route)),
        }
    }
}

/// A figure's label, what it printed, and its basis.
type Printed = [String; 3];

fn table(figures: &[Printed]) -> String {
    let row = |figure: &Printed| {
        let [label, display, basis] = figure.each_ref().map(|text| escaped(text));
        format!("<tr><th scope=\"row\">{label}</th><td>{display}</td><td>{basis}</td></tr>")
    };
    format!("<table>{}</table>", figures.iter().map(row).collect::<String>())
}

fn summary(as_of: &str, figures: &[Printed]) -> String {
    let figures = figures.iter().map(|[label, display, _]| format!("{label} {display}"));
    std::iter::once(as_of.to_owned()).chain(figures).collect::<Vec<_>>().join(" · ")
}

/// What a feed is about, the newest first.
fn newest(site: &Site<'_>, feed: plan::Feed) -> Vec<Source> {
    let model = site.model;
    let issues = 0..model.bulletins.len();
    let mut sources: Vec<Source> = match feed {
        plan::Feed::All => {
            let news = model.listed.iter().copied().map(Source::News);
            news.chain(issues.map(Source::Issue)).collect()
        }
        plan::Feed::Town(of) => {
            let news = town::news_about(site, of).map(Source::News);
            news.chain(issues.map(|issue| Source::TownBulletin(issue, of))).collect()
        }
        plan::Feed::Corrections => {
            let listed = correction::all(site).filter(|(_, news)| !news.expired);
            listed.map(|(index, _)| Source::News(index)).collect()
        }
    };
    let published = |source: &Source| match *source {
        Source::News(index) => model.news[index].record.date,
        Source::Issue(issue) | Source::TownBulletin(issue, _) => {
            midnight(model.bulletins[issue].record.published.end)
        }
    };
    // The model has news newest first and issues oldest first; of what was published at once, issues lead.
    let position = |source: &Source| match *source {
        Source::Issue(issue) | Source::TownBulletin(issue, _) => (0, usize::MAX - issue),
        Source::News(index) => (1, index),
    };
    sources.sort_by_key(|source| (std::cmp::Reverse(published(source)), position(source)));
    sources.truncate(ITEMS);
    sources
}

/// The beginning of a day in China.
fn midnight(day: jiff::civil::Date) -> Instant {
    Instant { at: day.to_datetime(Time::midnight()), ..Instant::default() }
}
