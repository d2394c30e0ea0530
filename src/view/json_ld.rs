//! What a page says of itself to machines, as JSON-LD by schema.org.

use serde_json::{Value, json};

use super::chrome::{self, Frame};
use super::{Reader, Site};
use crate::diagnostic::Phrase;
use crate::model::{AsOf, Written};
use crate::plan::{Dataset, Page, Route, resolve_link};

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
    in_script(&json!({"@context": "https://schema.org", "@graph": graph}).to_string())
}

/// JSON that no browser takes for the end of the script: the escapes mean the same in JSON.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}

struct Writer<'a> {
    site: &'a Site<'a>,
    reader: &'a Reader<'a>,
    frame: &'a Frame,
}

impl Writer<'_> {
    fn url(&self, route: &str) -> String {
        format!("{}{route}", self.site.model.site.base_url.as_str())
    }

    fn page(&self, page: Page) -> String {
        self.url(Route::page(self.site.model, page, self.reader.locale).as_str())
    }

    /// The publisher, by which the others call it.
    fn publisher_id(&self) -> Value {
        json!({"@id": self.url("#publisher")})
    }

    fn publisher(&self) -> Value {
        let record = &self.site.model.site;
        let publisher = record.publisher.as_ref();
        let name = publisher.map_or(&record.title, |publisher| &publisher.name);
        let mut organization = json!({
            "@type": "Organization",
            "@id": self.url("#publisher"),
            "name": self.reader.text(name),
            "url": self.url(""),
        });
        if let Some(email) = publisher.and_then(|publisher| publisher.email.as_ref()) {
            organization["email"] = email.as_str().into();
        }
        organization
    }

    fn website(&self) -> Value {
        let record = &self.site.model.site;
        let mut website = json!({
            "@type": "WebSite",
            "@id": self.url("#website"),
            "url": self.frame.url,
            "name": self.reader.text(&record.title),
            "inLanguage": self.reader.locale,
            "publisher": self.publisher_id(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": format!("{}?q={{search_term_string}}", self.page(Page::Search)),
                "query-input": "required name=search_term_string",
            },
        });
        if let Some(tagline) = &record.tagline {
            website["description"] = self.reader.text(tagline).into();
        }
        website
    }

    /// All open data of the site.
    fn open_data(&self) -> Value {
        let as_of = self.site.model.as_of;
        let title = self.reader.text(&self.site.model.site.title);
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
        let mut data = self.dataset(&name, as_of, &files);
        data["dateModified"] = as_of.known_by.to_string().into();
        data
    }

    fn issue(&self, index: usize) -> Value {
        let bulletin = &self.site.model.bulletins[index];
        let record = &bulletin.record;
        let site = self.reader.text(&self.site.model.site.title);
        let issue = self.reader.issue_name(bulletin);
        let title = record.title.as_ref().map(|title| self.reader.text(title));
        let name = [Some(site), Some(issue), title].into_iter().flatten().collect::<Vec<_>>();
        let name = name.join(" ");
        let files = [Dataset::BulletinFigures(index)];
        let mut data = self.dataset(&Phrase::new(&name, &name), bulletin.as_of(), &files);
        data["datePublished"] = record.published.end.to_string().into();
        data
    }

    fn dataset(&self, name: &Phrase, as_of: AsOf, files: &[Dataset]) -> Value {
        let area = self.reader.text(&self.site.model.site.area);
        let day = self.reader.day(as_of.data).text;
        let description = Phrase::new(
            format!(
                "{area}重点项目的开工、投资、进度、灯号和排名等全部公开指标，逐项注明口径，数据截至{day}。"
            ),
            format!(
                "All published figures on the key projects of {area}: starts, investment, progress, lights and rankings, \
                 each with its basis, as of {day}."
            ),
        );
        let file = |file: &Dataset| {
            let route = Route::dataset(self.site.model, *file);
            let is_table = route.as_str().ends_with(".csv");
            let media_type = if is_table { "text/csv" } else { "application/json" };
            json!({"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": self.url(route.as_str())})
        };
        json!({
            "@type": "Dataset",
            "@id": format!("{}#data", self.frame.url),
            "name": self.reader.phrase(name),
            "description": self.reader.phrase(&description),
            "url": self.frame.url,
            "inLanguage": self.reader.locale,
            "temporalCoverage": format!("{}-01-01/{}", as_of.data.year(), as_of.data),
            "spatialCoverage": {"@type": "Place", "name": area},
            "isAccessibleForFree": true,
            "creator": self.publisher_id(),
            "publisher": self.publisher_id(),
            "distribution": files.iter().map(file).collect::<Vec<_>>(),
        })
    }

    fn article(&self, index: usize) -> Value {
        let item = &self.site.model.news[index];
        let Written { path, record, locale, .. } = item.in_locale(self.reader.locale);
        let published = record.date.rfc3339();
        let corrected = record.updated.filter(|updated| updated.end > record.date.day());
        let corrected = corrected.map(|day| format!("{}T00:00:00+08:00", day.end));
        let authors = record.authors.iter();
        let authors = authors.map(|author| json!({"@type": "Person", "name": author.name}));
        let authors: Vec<Value> = authors.collect();
        let images = record.photos.iter().filter_map(|photo| {
            let target = resolve_link(self.site.model, self.site.plan, path, &photo.src)?;
            Some(self.url(target.route.as_str()))
        });
        let mut article = json!({
            "@type": "NewsArticle",
            "@id": format!("{}#article", self.frame.url),
            "mainEntityOfPage": self.frame.url,
            "url": self.frame.url,
            "headline": self.reader.text(&record.title),
            "inLanguage": locale,
            "datePublished": published,
            "dateModified": corrected.unwrap_or_else(|| published.clone()),
            "author": if authors.is_empty() { self.publisher_id() } else { authors.into() },
            "publisher": self.publisher_id(),
            "isAccessibleForFree": true,
        });
        let optional = [
            ("alternativeHeadline", json!(record.subtitle)),
            ("description", json!(record.summary)),
            ("articleSection", json!(record.column)),
            ("keywords", json!(record.keywords)),
            ("image", images.collect()),
            ("expires", json!(record.expires.map(|day| day.end.to_string()))),
        ];
        for (key, value) in optional {
            if !value.is_null() && value != json!([]) {
                article[key] = value;
            }
        }
        article
    }

    fn breadcrumbs(&self, page: Page) -> Value {
        let home = (self.reader.catalog.get("nav_home").to_owned(), self.page(Page::Home));
        let above = self.frame.breadcrumbs.iter();
        let above = above.map(|link| (link.text.clone(), self.url(link.route.as_str())));
        let own = (chrome::title(self.site, self.reader, page), self.frame.url.clone());
        let items = std::iter::once(home).chain(above).chain([own]).enumerate();
        let item = |(position, (name, url)): (usize, (String, String))| json!({"@type": "ListItem", "position": position + 1, "name": name, "item": url});
        json!({"@type": "BreadcrumbList", "itemListElement": items.map(item).collect::<Vec<_>>()})
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
