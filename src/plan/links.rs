//! Links and pictures in what editors write: where they lead, and that they lead somewhere.

use rayon::prelude::*;

use super::{Output, Plan, Route};
use crate::diagnostic::problems::nearest;
use crate::diagnostic::{At, Diagnostic, Diagnostics, Place, problems};
use crate::key_path;
use crate::markdown::{Markdown, Piece};
use crate::model::{Model, News, Page, Project};
use crate::record::{Body, Photo};
use crate::source::SourcePath;

/// Where a link or picture leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTarget {
    /// The route it leads to.
    pub route: Route,
    /// What follows the route: a fragment or a query.
    pub rest: String,
}

/// Finds where a link leads: from the site's root if it begins with `/`, else from `content/media/` or the file's own folder.
pub fn resolve_link(model: &Model, plan: &Plan, file: &str, target: &str) -> Option<LinkTarget> {
    let at = target.find(['#', '?']).unwrap_or(target.len());
    let (path, rest) = target.split_at(at);
    let path = percent_decoded(path);
    let found = |route: &str| plan.outputs.get_key_value(route).map(|(route, _)| route.clone());
    let route = match path.strip_prefix('/') {
        Some(path) => found(path)
            .or_else(|| found(&format!("{path}/")))
            .or_else(|| found(path.strip_suffix("index.html")?)),
        None => {
            let own_folder = file
                .trim_start_matches("content/")
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            let name = path.trim_start_matches("./");
            let places = [name.to_owned(), format!("media/{name}"), format!("{own_folder}/{name}")];
            places
                .iter()
                .find(|place| model.media.contains_key(place.as_str()))
                .and_then(|place| found(place))
        }
    };
    route.map(|route| LinkTarget { route, rest: rest.to_owned() })
}

/// `%20` and the like as the characters they stand for; as it is where that is no text.
fn percent_decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| path.to_owned())
}

/// Checks all links and pictures in what editors write.
pub fn check_links(model: &Model, plan: &Plan) -> Diagnostics {
    let check = || LinkCheck { model, plan, problems: Diagnostics::default() };
    let projects = model.projects.par_iter().map(|project| check().project(project));
    let news = model.news.par_iter().map(|news| check().news(news));
    let pages = model.pages.par_iter().map(|page| check().page(page));
    let issues = model.bulletins.par_iter();
    let issues = issues.map(|issue| check().body(&issue.path, &issue.body));
    let checked: Vec<_> = projects.chain(news).chain(pages).chain(issues).collect();
    checked.into_iter().flat_map(|check| check.problems).collect()
}

/// The links of one record.
struct LinkCheck<'a> {
    model: &'a Model,
    plan: &'a Plan,
    problems: Diagnostics,
}

impl LinkCheck<'_> {
    fn project(self, project: &Project) -> Self {
        let inside =
            |at: &std::ops::Range<usize>| At::Inside(key_path!["description"], at.clone().into());
        self.markdown(&project.path, &project.record.description.0, inside)
            .photos(&project.path, &project.record.photos)
    }

    fn news(self, news: &News) -> Self {
        let own = self.whole(&news.path, &news.body).photos(&news.path, &news.record.photos);
        news.translations.values().fold(own, |check, other| check.whole(&other.path, &other.body))
    }

    fn page(self, page: &Page) -> Self {
        let own = self.whole(&page.path, &page.body);
        page.translations.values().fold(own, |check, other| check.whole(&other.path, &other.body))
    }

    /// A text that its page shows nearly alone: what `#…` leads to is in it.
    fn whole(mut self, path: &SourcePath, body: &Body) -> Self {
        for link in &body.markdown.fragments {
            let at = At::Bytes((link.at.start + body.offset..link.at.end + body.offset).into());
            self.fragment(&body.markdown, &link.target, || Place { path: path.clone(), at });
        }
        self.body(path, body)
    }

    fn body(self, path: &SourcePath, body: &Body) -> Self {
        let offset = body.offset;
        self.markdown(path, &body.markdown, |at| {
            At::Bytes((at.start + offset..at.end + offset).into())
        })
    }

    fn markdown(
        mut self,
        path: &SourcePath,
        text: &Markdown,
        at: impl Fn(&std::ops::Range<usize>) -> At,
    ) -> Self {
        let place = |range| Place { path: path.clone(), at: at(range) };
        for piece in &text.pieces {
            match piece {
                Piece::Html(_) | Piece::Figure(_) | Piece::Label(_) => {}
                Piece::Href(link) => self.target(path, &link.target, || place(&link.at)),
                Piece::Image(image) => {
                    if !image.is_external() {
                        self.target(path, &image.target, || place(&image.at));
                    }
                    if image.alt.trim().is_empty() {
                        self.problems.add(problems::photo_without_alt(place(&image.at)));
                    }
                }
            }
        }
        self
    }

    fn photos(mut self, path: &SourcePath, photos: &[Photo]) -> Self {
        for (index, photo) in photos.iter().enumerate() {
            self.target(path, &photo.src, || Place::value(path, key_path!["photos", index, "src"]));
        }
        self
    }

    fn target(&mut self, path: &SourcePath, target: &str, place: impl FnOnce() -> Place) {
        match resolve_link(self.model, self.plan, path, target) {
            Some(found) => {
                if let Some(text) = text_of(self.model, self.plan, &found.route) {
                    self.fragment(text, &found.rest, place);
                }
            }
            None if target.is_empty() => {}
            None => {
                let problem = self.broken(place(), target);
                self.problems.add(problem);
            }
        }
    }

    /// Checks that a text has the place that `#…` names.
    fn fragment(&mut self, text: &Markdown, rest: &str, place: impl FnOnce() -> Place) {
        let Some((_, name)) = rest.split_once('#') else { return };
        let name = percent_decoded(name);
        if !matches!(&*name, "" | "top") && !text.has_place(&name) {
            let near = nearest(&name, text.headings.iter().map(|heading| &*heading.id));
            self.problems.add(problems::no_such_place(place(), &name, near));
        }
    }

    fn broken(&self, place: Place, target: &str) -> Diagnostic {
        if let Some(path) = target.strip_prefix('/') {
            let pages =
                self.plan.outputs.iter().filter(|(_, output)| matches!(output, Output::Page(..)));
            let near = nearest(path, pages.map(|(route, _)| route.as_str()))
                .map(|route| format!("/{route}"));
            problems::broken_link(place, target, near.as_deref())
        } else {
            let near = nearest(
                target,
                self.model.media.keys().map(|path| path.trim_start_matches("media/")),
            );
            problems::missing_media(place, target, near)
        }
    }
}

/// The text of a page that has hardly anything else.
fn text_of<'a>(model: &'a Model, plan: &Plan, route: &Route) -> Option<&'a Markdown> {
    let Some(Output::Page(page, locale)) = plan.outputs.get(route) else { return None };
    let body = match *page {
        super::Page::News(at) => {
            let news = &model.news[at];
            news.translations.get(locale).map_or(&news.body, |other| &other.body)
        }
        super::Page::Standing(at) => {
            let page = &model.pages[at];
            page.translations.get(locale).map_or(&page.body, |other| &other.body)
        }
        _ => return None,
    };
    Some(&body.markdown)
}
