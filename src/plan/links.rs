//! Links and pictures in what editors write: where they lead, and that they lead somewhere.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::{Output, Plan, Route};
use crate::diagnostic::problems::{MOST_HINTS, nearest};
use crate::diagnostic::{At, Diagnostic, Diagnostics, Place, problems};
use crate::key_path;
use crate::markdown::{Markdown, Piece};
use crate::model::{Model, News, Page, Project, Written};
use crate::record::{Address, Body, Photo};
use crate::source::SourcePath;
use crate::value::Id;

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
    let (path, rest) = split(target);
    let found = |route: &str| plan.outputs.get_key_value(route).map(|(route, _)| route.clone());
    let route = match path.strip_prefix('/') {
        Some(path) => found(path)
            .or_else(|| found(&format!("{path}/")))
            .or_else(|| found(path.strip_suffix("index.html")?)),
        None => linked_media(model, file, &path).and_then(|path| found(path)),
    };
    route.map(|route| LinkTarget { route, rest: rest.to_owned() })
}

/// The picture or download that the path of a link leads to, if it leads to one.
fn linked_media<'m>(model: &'m Model, file: &str, path: &str) -> Option<&'m Arc<str>> {
    let media = |path: &str| model.media.get_key_value(path).map(|(path, _)| path);
    if let Some(path) = path.strip_prefix('/') {
        return media(path);
    }
    let own_folder = file.trim_start_matches("content/").rsplit_once('/');
    let own_folder = own_folder.map_or("", |(folder, _)| folder);
    let name = path.trim_start_matches("./");
    media(name)
        .or_else(|| media(&format!("media/{name}")))
        .or_else(|| media(&format!("{own_folder}/{name}")))
}

/// The path of a link as a file is called, and what follows it: a fragment or a query.
fn split(target: &str) -> (Cow<'_, str>, &str) {
    let (path, rest) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
    (percent_decoded(path), rest)
}

/// `%20` and the like as the characters they stand for; as it is where that is no text.
fn percent_decoded(path: &str) -> Cow<'_, str> {
    percent_decode_str(path).decode_utf8().unwrap_or(path.into())
}

/// The pictures and downloads that are published: all in `content/media/`, and those in items' own folders that something
/// published leads to. What lies beside an item that is not out is not out either.
pub(super) fn published_media(model: &Model) -> BTreeSet<&Arc<str>> {
    let (shared, mut own): (BTreeSet<_>, BTreeSet<_>) =
        model.media.keys().partition(|path| path.starts_with("media/"));
    if own.is_empty() {
        return shared;
    }
    let linked =
        links(model).filter_map(|link| linked_media(model, link.file, &split(link.target).0));
    let linked: BTreeSet<_> = linked.collect();
    // A sealed issue shows what its text showed when it was sealed, whatever the text says now.
    let seals = model.bulletins.iter().filter_map(|issue| issue.seal.as_ref());
    let sealed = seals.flat_map(|seal| seal.views.values());
    let sealed: Vec<&str> = sealed.filter_map(|view| view["body"]["html"].as_str()).collect();
    own.retain(|path| linked.contains(path) || sealed.iter().any(|html| html.contains(&***path)));
    &shared | &own
}

/// A link or picture that an editor wrote.
struct Link<'a> {
    /// The record's file, in whose folder what it leads to may be.
    file: &'a SourcePath,
    /// Where it is written.
    at: At,
    /// Where it should lead within the site; empty if it leads elsewhere.
    target: &'a str,
    kind: Kind<'a>,
}

impl Link<'_> {
    fn place(&self) -> Place {
        Place { path: self.file.clone(), at: self.at.clone() }
    }
}

/// What an editor wrote.
enum Kind<'a> {
    /// A link, or a picture whose words are checked elsewhere.
    Link,
    /// A picture, with the words for who cannot see it.
    Picture(&'a str),
    /// A link to a place in the same text, which its page shows nearly alone.
    Within(&'a Markdown),
    /// What must not be linked to, and is not.
    Refused,
    /// No link, but a tag of raw HTML that is left out.
    Removed,
}

/// All links and pictures in what is published.
fn links(model: &Model) -> impl ParallelIterator<Item = Link<'_>> {
    let projects = model.projects.par_iter().map(of_project);
    let news = model.news.par_iter().map(of_news);
    let pages = model.pages.par_iter().map(of_page);
    let issues = model.bulletins.par_iter();
    let issues = issues.map(|issue| in_body(&issue.path, &issue.body).collect());
    projects.chain(news).chain(pages).chain(issues).flat_map_iter(|links: Vec<_>| links)
}

fn of_project(project: &Project) -> Vec<Link<'_>> {
    let (file, record) = (&project.path, &project.record);
    let inside = |at: &Range<usize>| At::Inside(key_path!["description"], at.clone().into());
    in_markdown(file, &record.description.0, inside)
        .chain(of_photos(file, &record.photos))
        .chain(record.disclosures.iter().enumerate().filter_map(move |(index, document)| {
            let Some(Address::Site(target)) = &document.url else { return None };
            let at = At::Value(key_path!["disclosures", index, "url"]);
            Some(Link { file, at, target, kind: Kind::Link })
        }))
        .collect()
}

fn of_news(news: &News) -> Vec<Link<'_>> {
    let written = news.in_all_locales();
    let links = written.flat_map(|Written { path, record, body, .. }| {
        in_whole(path, body).chain(of_photos(path, &record.photos))
    });
    links.collect()
}

fn of_page(page: &Page) -> Vec<Link<'_>> {
    page.in_all_locales().flat_map(|written| in_whole(written.path, written.body)).collect()
}

/// What is in a text that its page shows nearly alone.
fn in_whole<'a>(file: &'a SourcePath, body: &'a Body) -> impl Iterator<Item = Link<'a>> {
    let text = &body.markdown;
    let within = text.fragments.iter().map(|link| {
        let (at, kind) = (in_file(body, &link.at), Kind::Within(text));
        Link { file, at, target: &link.target, kind }
    });
    in_body(file, body).chain(within)
}

fn in_body<'a>(file: &'a SourcePath, body: &'a Body) -> impl Iterator<Item = Link<'a>> {
    in_markdown(file, &body.markdown, |at| in_file(body, at))
}

/// Where in its file a part of a text is.
fn in_file(body: &Body, at: &Range<usize>) -> At {
    At::Bytes((at.start + body.offset..at.end + body.offset).into())
}

fn in_markdown<'a>(
    file: &'a SourcePath,
    text: &'a Markdown,
    at: impl Fn(&Range<usize>) -> At,
) -> impl Iterator<Item = Link<'a>> {
    let refused = text.refused.iter().map(|link| (&link.at, &*link.target, Kind::Refused));
    let links = text.pieces.iter().filter_map(|piece| match piece {
        Piece::Html(_) | Piece::Figure(_) | Piece::Label(_) => None,
        Piece::Href(link) => Some((&link.at, &*link.target, Kind::Link)),
        Piece::Image(image) => {
            let target = if image.is_external() { "" } else { &*image.target };
            Some((&image.at, target, Kind::Picture(&image.alt)))
        }
    });
    let link = move |(range, target, kind)| Link { file, at: at(range), target, kind };
    let removed = text.removed.iter().map(|tag| (&tag.at, &*tag.target, Kind::Removed));
    links.chain(refused).chain(removed).map(link)
}

fn of_photos<'a>(file: &'a SourcePath, photos: &'a [Photo]) -> impl Iterator<Item = Link<'a>> {
    photos.iter().enumerate().map(move |(index, photo)| {
        let at = At::Value(key_path!["photos", index, "src"]);
        Link { file, at, target: &photo.src, kind: Kind::Link }
    })
}

/// Checks all links and pictures in what editors write.
pub fn check_links(model: &Model, plan: &Plan) -> Diagnostics {
    let check = |hints, link: &Link<'_>| check(model, plan, hints, link).into_iter().flatten();
    let is_faulty = |link: &Link<'_>| check(false, link).next().is_some();
    let faulty: Vec<Link<'_>> = links(model).filter(is_faulty).collect();
    let hints = faulty.len() <= MOST_HINTS;
    faulty.iter().flat_map(|link| check(hints, link)).collect()
}

/// The problems of a link, with hints at what may be meant or without.
fn check(model: &Model, plan: &Plan, hints: bool, link: &Link<'_>) -> [Option<Diagnostic>; 2] {
    let place = || link.place();
    match link.kind {
        Kind::Refused if link.target.contains('\\') => {
            return [Some(problems::backslash(place(), link.target)), None];
        }
        Kind::Refused => return [Some(problems::refused_link(place(), link.target)), None],
        Kind::Removed => return [Some(problems::removed_tag(place(), link.target)), None],
        Kind::Within(text) => return [no_such_place(text, link.target, place), None],
        Kind::Link | Kind::Picture(_) => {}
    }
    let broken = match resolve_link(model, plan, link.file, link.target) {
        _ if link.target.is_empty() => None,
        Some(found) => {
            let text = text_of(model, plan, &found.route);
            text.and_then(|text| no_such_place(text, &found.rest, place))
        }
        None => Some(broken(model, plan, hints, link)),
    };
    let is_without_alt = matches!(link.kind, Kind::Picture(alt) if alt.trim().is_empty());
    [broken, is_without_alt.then(|| problems::photo_without_alt(place()))]
}

/// The problem that a text has not the place that `#…` names.
fn no_such_place(text: &Markdown, rest: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
    let (_, name) = rest.split_once('#')?;
    let name = percent_decoded(name);
    let is_there = matches!(&*name, "" | "top") || text.has_place(&name);
    let near = || nearest(&name, text.headings.iter().map(|heading| &*heading.id));
    (!is_there).then(|| problems::no_such_place(place(), &name, near()))
}

fn broken(model: &Model, plan: &Plan, hints: bool, link: &Link<'_>) -> Diagnostic {
    let (place, target) = (link.place(), link.target);
    if target.starts_with("www.") {
        problems::address_without_scheme(place, target)
    } else if target.contains('\\') {
        problems::backslash(place, target)
    } else if let Some(day) = to_come(model, target) {
        problems::link_to_come(place, target, day)
    } else if let Some(path) = target.strip_prefix('/') {
        let is_page = |output: &Output| hints && matches!(output, Output::Page(..));
        let pages = plan.outputs.iter().filter(|(_, output)| is_page(output));
        let near =
            nearest(path, pages.map(|(route, _)| route.as_str())).map(|route| format!("/{route}"));
        problems::broken_link(place, target, near.as_deref())
    } else {
        let files = model.media.keys().filter(|_| hints);
        let files = files.map(|path| path.trim_start_matches("media/"));
        let written = hints.then(|| as_written(model, plan, link)).flatten();
        let near = written.as_deref().or_else(|| nearest(target, files));
        problems::missing_media(place, target, near)
    }
}

/// The day on which a news item will be out that a link leads to, if that is known; none at all if it leads to no such item.
fn to_come(model: &Model, target: &str) -> Option<Option<Date>> {
    let slug = target.strip_prefix("/news/")?.split(['/', '#', '?']).next()?;
    model.news_to_come.get(&Id::parse(slug)?).copied()
}

/// What leads to where a link should that names a page without the `/`, a source file, or a file by its whole path.
fn as_written(model: &Model, plan: &Plan, link: &Link<'_>) -> Option<String> {
    let path = link.target.trim_start_matches("./").trim_start_matches("content/");
    let name = [".md", ".yaml"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    let name = name.trim_end_matches('/');
    let pages = ["/", "/news/", "/projects/", "/towns/"].map(|folder| format!("{folder}{name}/"));
    let mut meant = pages.into_iter().chain([path.trim_start_matches("media/").to_owned()]);
    meant.find(|meant| resolve_link(model, plan, link.file, meant).is_some())
}

/// The text of a page that has hardly anything else.
fn text_of<'a>(model: &'a Model, plan: &'a Plan, route: &Route) -> Option<&'a Markdown> {
    let Some(Output::Page(page, locale)) = plan.outputs.get(route) else { return None };
    let body = match *page {
        super::Page::News(at) => model.news[at].in_locale(locale).body,
        super::Page::Standing(at) => model.pages[at].in_locale(locale).body,
        _ => return None,
    };
    Some(&body.markdown)
}
