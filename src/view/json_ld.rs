//! What a page says of itself to machines, as JSON-LD by schema.org.

use std::borrow::Cow;
use std::fmt::Write;

use super::chrome::{self, Frame};
use super::tree::{Tree, list, object};
use super::{Reader, Site};
use crate::diagnostic::Phrase;
use crate::model::{AsOf, Written};
use crate::plan::{Dataset, Page, Route, resolve_link};
use crate::record::Author;
use crate::value::Text;

/// The page as JSON-LD, ready to stand between the tags of a script; empty where there is nothing to say.
pub(super) fn script(site: &Site<'_>, reader: &Reader<'_>, frame: &Frame, page: Page) -> String {
    if page == Page::NotFound {
        return String::new();
    }
    let writer = Writer { site, reader, frame };
    let mut graph = vec![];
    match page {
        Page::Home => graph.extend([writer.website(), writer.open_data(), writer.publisher()]),
        Page::Bulletin(issue) => graph.extend([writer.issue(issue), writer.publisher()]),
        Page::News(index) => graph.extend([writer.article(index), writer.publisher()]),
        _ => {}
    }
    if page != Page::Home {
        graph.push(writer.breadcrumbs(page));
    }
    let graph = object([("@context", "https://schema.org".into()), ("@graph", list(graph))]);
    // Plain data with text keys can be written.
    in_script(&serde_json::to_string(&graph).unwrap_or_default())
}

/// JSON that no browser takes for the end of the script: the escapes mean the same in JSON.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut from = 0;
    for (at, found) in json.match_indices(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        safe.push_str(&json[from..at]);
        for character in found.chars() {
            // A text always takes more.
            let _ = write!(safe, "\\u{:04x}", u32::from(character));
        }
        from = at + found.len();
    }
    safe + &json[from..]
}

struct Writer<'a> {
    site: &'a Site<'a>,
    reader: &'a Reader<'a>,
    frame: &'a Frame,
}

impl<'a> Writer<'a> {
    fn url(&self, route: &str) -> String {
        format!("{}{route}", self.site.model.site.base_url.as_str())
    }

    fn page(&self, page: Page) -> String {
        self.url(Route::page(self.site.model, page, self.reader.locale).as_str())
    }

    fn text(&self, text: &'a Text) -> &'a str {
        text.get(self.reader.locale)
    }

    /// The publisher, by which the others call it.
    fn publisher_id(&self) -> Tree<'a> {
        object([("@id", self.url("#publisher").into())])
    }

    fn publisher(&self) -> Tree<'a> {
        let record = &self.site.model.site;
        let publisher = record.publisher.as_ref();
        let name = publisher.map_or(&record.title, |publisher| &publisher.name);
        let email = publisher.and_then(|publisher| publisher.email.as_deref());
        object([
            ("@type", "Organization".into()),
            ("@id", self.url("#publisher").into()),
            ("name", self.text(name).into()),
            ("url", self.url("").into()),
            ("email", email.into()),
        ])
    }

    fn website(&self) -> Tree<'a> {
        let record = &self.site.model.site;
        let search = object([
            ("@type", "SearchAction".into()),
            ("target", format!("{}?q={{search_term_string}}", self.page(Page::Search)).into()),
            ("query-input", "required name=search_term_string".into()),
        ]);
        object([
            ("@type", "WebSite".into()),
            ("@id", self.url("#website").into()),
            ("url", self.frame.url.as_str().into()),
            ("name", self.text(&record.title).into()),
            ("inLanguage", self.reader.locale.as_str().into()),
            ("publisher", self.publisher_id()),
            ("potentialAction", search),
            ("description", record.tagline.as_ref().map(|tagline| self.text(tagline)).into()),
        ])
    }

    /// All open data of the site.
    fn open_data(&self) -> Tree<'a> {
        let as_of = self.site.model.as_of;
        let title = self.text(&self.site.model.site.title);
        let name = Phrase::new(format!("{title}开放数据"), format!("Open data of {title}"));
        let files = [
            Dataset::Figures,
            Dataset::FiguresCsv,
            Dataset::ProjectsJson,
            Dataset::ProjectsCsv,
            Dataset::ReportsCsv,
            Dataset::Oc4ids,
            Dataset::DataPackage,
        ];
        let known_by = as_of.known_by.to_string();
        self.dataset(self.reader.phrase(&name), as_of, &files, ("dateModified", known_by))
    }

    fn issue(&self, index: usize) -> Tree<'a> {
        let bulletin = &self.site.model.bulletins[index];
        let record = &bulletin.record;
        let site = self.reader.text(&self.site.model.site.title);
        let issue = self.reader.issue_name(bulletin);
        let title = record.title.as_ref().map(|title| self.reader.text(title));
        let name = [Some(site), Some(issue), title].into_iter().flatten().collect::<Vec<_>>();
        let files = [Dataset::BulletinFigures(index)];
        let published = record.published.end.to_string();
        self.dataset(name.join(" "), bulletin.as_of(), &files, ("datePublished", published))
    }

    fn dataset(
        &self,
        name: String,
        as_of: AsOf,
        files: &[Dataset],
        (kind, day): (&'static str, String),
    ) -> Tree<'a> {
        let area = self.text(&self.site.model.site.area);
        let day_of_data = self.reader.day(as_of.data).text;
        let description = Phrase::new(
            format!(
                "{area}重点项目的开工、投资、进度、灯号和排名等全部公开指标，逐项注明口径，数据截至{day_of_data}。"
            ),
            format!(
                "All published figures on the key projects of {area}: starts, investment, progress, lights and rankings, \
                 each with its basis, as of {day_of_data}."
            ),
        );
        let file = |file: &Dataset| {
            let route = Route::dataset(self.site.model, *file);
            let is_table = route.as_str().ends_with(".csv");
            let media_type = if is_table { "text/csv" } else { "application/json" };
            object([
                ("@type", "DataDownload".into()),
                ("encodingFormat", media_type.into()),
                ("contentUrl", self.url(route.as_str()).into()),
            ])
        };
        let covered = format!("{}-01-01/{}", as_of.data.year(), as_of.data);
        object([
            ("@type", "Dataset".into()),
            ("@id", format!("{}#data", self.frame.url).into()),
            ("name", name.into()),
            ("description", self.reader.phrase(&description).into()),
            ("url", self.frame.url.as_str().into()),
            ("inLanguage", self.reader.locale.as_str().into()),
            ("temporalCoverage", covered.into()),
            ("spatialCoverage", object([("@type", "Place".into()), ("name", area.into())])),
            ("isAccessibleForFree", true.into()),
            ("creator", self.publisher_id()),
            ("publisher", self.publisher_id()),
            ("distribution", list(files.iter().map(file))),
            (kind, day.into()),
        ])
    }

    fn article(&self, index: usize) -> Tree<'a> {
        let item = &self.site.model.news[index];
        let Written { path, record, locale, .. } = item.in_locale(self.reader.locale);
        let published = record.date.rfc3339();
        let corrected = record.updated.filter(|updated| updated.end > record.date.day());
        let corrected = corrected.map(|day| format!("{}T00:00:00+08:00", day.end));
        let author = |author: &'a Author| {
            object([("@type", "Person".into()), ("name", author.name.as_str().into())])
        };
        let authors = match record.authors.is_empty() {
            true => self.publisher_id(),
            false => list(record.authors.iter().map(author)),
        };
        let images = record.photos.iter().filter_map(|photo| {
            let target = resolve_link(self.site.model, self.site.plan, path, &photo.src)?;
            Some(self.url(target.route.as_str()))
        });
        let url = self.frame.url.as_str();
        object([
            ("@type", "NewsArticle".into()),
            ("@id", format!("{url}#article").into()),
            ("mainEntityOfPage", url.into()),
            ("url", url.into()),
            ("headline", self.text(&record.title).into()),
            ("inLanguage", locale.as_str().into()),
            ("datePublished", published.clone().into()),
            ("dateModified", corrected.unwrap_or(published).into()),
            ("author", authors),
            ("publisher", self.publisher_id()),
            ("isAccessibleForFree", true.into()),
            ("alternativeHeadline", record.subtitle.as_deref().into()),
            ("description", record.summary.as_deref().into()),
            ("articleSection", record.column.as_deref().into()),
            ("keywords", list(record.keywords.iter().map(String::as_str))),
            ("image", list(images)),
            ("expires", record.expires.map(|day| day.end.to_string()).into()),
        ])
    }

    fn breadcrumbs(&self, page: Page) -> Tree<'a> {
        let item = |(position, name, url): (i64, Cow<'a, str>, String)| {
            object([
                ("@type", "ListItem".into()),
                ("position", position.into()),
                ("name", name.into()),
                ("item", url.into()),
            ])
        };
        let home = (self.reader.catalog.get("nav_home").into(), self.page(Page::Home));
        let above = self.frame.breadcrumbs.iter();
        let above = above.map(|link| (link.text.as_str().into(), self.url(link.route.as_str())));
        let own = chrome::title(self.site, self.reader, page);
        let own = (own.into(), self.frame.url.clone());
        let items = std::iter::once(home).chain(above).chain([own]);
        let items = (1..).zip(items).map(|(position, (name, url))| item((position, name, url)));
        object([("@type", "BreadcrumbList".into()), ("itemListElement", list(items))])
    }
}

#[cfg(test)]
mod tests {
    use super::in_script;

    #[test]
    fn no_text_ends_the_script() {
        let json = serde_json::json!({"headline": "</script><b>&\u{2028}"}).to_string();
        let safe = in_script(&json);
        assert_eq!(safe, r#"{"headline":"\u003c/script\u003e\u003cb\u003e\u0026\u2028"}"#);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&safe).unwrap()["headline"],
            "</script><b>&\u{2028}"
        );
    }
}
