//! What editors write, made ready: links and pictures resolved, figures set in.

use serde::Serialize;

use super::chrome::Frame;
use super::figure::{self, FigureView};
use super::{Reader, Site, correction};
use crate::diagnostic::problems::nearest;
use crate::diagnostic::{At, Diagnostic, Diagnostics, Place, problems};
use crate::indicator::{Metric, Scope};
use crate::key_path;
use crate::markdown::{FigureReference, Fill, Heading, Image, Labels, Markdown, Piece, Reference};
use crate::model::{self, AsOf, Model, News};
use crate::plan::resolve_link;
use crate::record::{Address, NewsKind, Photo};

/// A text of an editor.
#[derive(Debug, Clone, Serialize, Default)]
pub struct Prose {
    /// The text as HTML.
    pub html: String,
    /// The headings, for a table of contents; empty for a short text.
    pub contents: Vec<ContentsEntry>,
    /// The language, if it is not the page's.
    pub lang: Option<String>,
}

/// An entry of a table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsEntry {
    /// The depth, 2 to 6.
    pub level: u8,
    /// The heading's anchor.
    pub id: String,
    /// The heading.
    pub text: String,
}

/// How many headings make a text so long that a table of contents helps.
const HEADINGS_OF_A_LONG_TEXT: usize = 4;

/// Where a text stands, and as of when its figures are.
pub(super) struct ProseContext<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) reader: &'a Reader<'a>,
    pub(super) frame: &'a Frame,
    /// The text's file.
    pub(super) file: &'a str,
    pub(super) as_of: AsOf,
    /// The language the text is in.
    pub(super) lang: &'a crate::value::Locale,
}

impl ProseContext<'_> {
    /// The text as HTML.
    pub(super) fn prose(&self, text: &Markdown) -> Prose {
        let entry = |heading: &Heading| ContentsEntry {
            level: heading.level,
            id: heading.id.clone(),
            text: heading.plain_text(|reference| self.display(reference)),
        };
        let is_long = text.headings.len() >= HEADINGS_OF_A_LONG_TEXT;
        Prose {
            html: text.fill(self),
            contents: if is_long { text.headings.iter().map(entry).collect() } else { Vec::new() },
            lang: (self.lang != self.reader.locale).then(|| self.lang.to_string()),
        }
    }

    /// The text without its markup, the figures in their places.
    pub(super) fn plain(&self, text: &Markdown) -> String {
        text.plain_text(|reference| self.display(reference))
    }

    fn display(&self, reference: &FigureReference) -> String {
        self.figure_view(reference)
            .map_or_else(|| reference.metric.clone(), |figure| figure.display)
    }

    fn figure_view(&self, reference: &FigureReference) -> Option<FigureView> {
        let (metric, scope) = parse_figure(self.site.model, reference)?;
        let snapshot = &self.site.indicators.at(self.as_of);
        Some(figure::since(self.site, self.reader, snapshot, self.compared(), metric, scope))
    }

    /// The issue that changes are told against: an issue's own text knows which.
    fn compared(&self) -> Option<usize> {
        let model = self.site.model;
        let own = model.bulletins.iter().find(|issue| *issue.path == *self.file);
        own.map_or_else(|| figure::compared(model, self.as_of), |issue| issue.compare_to)
    }

    /// Where a link leads, seen from the page.
    fn link(&self, target: &str) -> Option<String> {
        let target = resolve_link(self.site.model, self.site.plan, self.file, target)?;
        let own = in_locale(self, target.route.as_str());
        Some(format!("{}{own}{}", self.frame.root, target.rest))
    }

    /// Where a document can be read, seen from the page; empty if the site does not have it.
    pub(super) fn address(&self, address: &Address) -> String {
        match address {
            Address::Web(url) => url.as_str().to_owned(),
            Address::Site(target) => self.link(target).unwrap_or_default(),
        }
    }

    /// The address of a picture and its size.
    pub(super) fn photo(&self, photo: &Photo) -> PhotoView {
        let target = resolve_link(self.site.model, self.site.plan, self.file, &photo.src);
        let route =
            target.map_or_else(|| photo.src.clone(), |target| target.route.as_str().to_owned());
        let (width, height) = size(self.site, &route).unwrap_or_default();
        PhotoView {
            route,
            width,
            height,
            alt: photo.alt.clone().unwrap_or_default(),
            caption: photo.caption.clone().unwrap_or_default(),
            credit: photo.credit.clone().unwrap_or_default(),
            taken: photo.taken.map(|taken| self.reader.period(taken)),
            position: photo.position.clone().unwrap_or_default(),
        }
    }
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct PhotoView {
    /// Where the picture is.
    pub route: String,
    /// Its width in pixels; 0 if unknown.
    pub width: usize,
    /// Its height in pixels; 0 if unknown.
    pub height: usize,
    /// What is to be seen.
    pub alt: String,
    /// The caption.
    pub caption: String,
    /// Who took it.
    pub credit: String,
    /// When it was taken.
    pub taken: Option<super::Day>,
    /// Where it stands: lead, left, right or full.
    pub position: String,
}

impl Fill for ProseContext<'_> {
    fn href(&self, link: &Reference) -> String {
        self.link(&link.target).unwrap_or_else(|| link.target.clone())
    }

    fn image(&self, image: &Image) -> String {
        let target = resolve_link(self.site.model, self.site.plan, self.file, &image.target);
        let size = target.as_ref().and_then(|target| size(self.site, target.route.as_str()));
        let size = size.map_or_else(String::new, |(width, height)| {
            format!(" width=\"{width}\" height=\"{height}\"")
        });
        let source = match target {
            Some(target) => format!("{}{}", self.frame.root, target.route.as_str()),
            None => image.target.clone(),
        };
        let (source, alt) = (escaped(&source), escaped(&image.alt));
        format!("<img src=\"{source}\" alt=\"{alt}\"{size} loading=\"lazy\" decoding=\"async\">")
    }

    fn labels(&self) -> &Labels {
        if self.reader.locale.is_chinese() { &Labels::CHINESE } else { &Labels::ENGLISH }
    }

    fn figure(&self, reference: &FigureReference) -> String {
        let Some(figure) = self.figure_view(reference) else { return reference.metric.clone() };
        figure.html(&self.frame.root)
    }
}

/// A link to a page leads to the page in the reader's locale.
fn in_locale(context: &ProseContext<'_>, route: &str) -> String {
    if context.reader.locale == context.reader.default_locale {
        return route.to_owned();
    }
    let localised = format!("{}/{route}", context.reader.locale);
    if context.site.plan.outputs.contains_key(localised.as_str()) {
        localised
    } else {
        route.to_owned()
    }
}

/// The size of a picture of the site.
fn size(site: &Site<'_>, route: &str) -> Option<(usize, usize)> {
    crate::picture::size(&site.model.media.get(route)?.bytes)
}

/// The metric and scope that a figure in prose names.
pub(super) fn parse_figure(model: &Model, reference: &FigureReference) -> Option<(Metric, Scope)> {
    let metric = Metric::parse(&reference.metric)?;
    let scope = match &reference.scope {
        Some(scope) => Scope::parse(scope, model)?,
        None => Scope::All,
    };
    Some((metric, scope))
}

/// Checks that each figure in prose names a metric and a scope that there are.
pub(super) fn check_figures(model: &Model) -> Diagnostics {
    let mut problems = Diagnostics::default();
    let news = model.news.iter().flat_map(News::in_all_locales);
    let news = news.map(|written| (written.path, written.body));
    let pages = model.pages.iter().flat_map(model::Page::in_all_locales);
    let pages = pages.map(|written| (written.path, written.body));
    let bulletins = model.bulletins.iter().map(|bulletin| (&bulletin.path, &*bulletin.body));
    for (path, body) in news.chain(pages).chain(bulletins) {
        for reference in unknown_figures(model, &body.markdown) {
            let at = &reference.at;
            let place = Place::bytes(path, at.start + body.offset..at.end + body.offset);
            problems.add(unknown_figure(model, place, reference));
        }
        for reference in miswritten_figures(&body.markdown) {
            let at = &reference.at;
            let place = Place::bytes(path, at.start + body.offset..at.end + body.offset);
            problems.add(miswritten_figure(place, reference));
        }
    }
    for item in &model.news {
        problems.extend(moving_figure(model, item));
        let record = &item.record;
        let is_correction = record.kind == Some(NewsKind::Correction);
        let vague = match (is_correction, &record.correction_of) {
            (false, None) => continue,
            (false, Some(_)) => Some("kind"),
            (true, None) => Some("correction_of"),
            (true, Some(_)) => record.figures.is_empty().then_some("figures"),
        };
        if let Some(field) = vague {
            let place = Place::value(&item.path, key_path![field]);
            problems.add(problems::vague_correction(place, field));
        }
        if let Some(issue) = item.correction_of.map(|issue| &model.bulletins[issue])
            && record.date.day() < issue.record.published.end
        {
            let place = Place::value(&item.path, key_path!["date"]);
            let (date, published) = (record.date.day(), issue.record.published.end);
            problems.add(problems::correction_before_issue(place, date, published));
        }
        for (index, named) in item.record.figures.iter().enumerate() {
            if correction::parse(model, named).is_none() {
                let place = Place::value(&item.path, key_path!["figures", index]);
                let near = nearest(named, Metric::all().map(Metric::id));
                problems.add(problems::unknown_figure(place, named, near));
            }
        }
    }
    for project in &model.projects {
        for reference in unknown_figures(model, &project.record.description.0) {
            let at = At::Inside(key_path!["description"], reference.at.clone().into());
            problems.add(unknown_figure(
                model,
                Place { path: project.path.clone(), at },
                reference,
            ));
        }
        for reference in miswritten_figures(&project.record.description.0) {
            let at = At::Inside(key_path!["description"], reference.at.clone().into());
            let place = Place { path: project.path.clone(), at };
            problems.add(miswritten_figure(place, reference));
        }
    }
    problems
}

/// The first figure of a news item that does not say which day its figures are as of, where that day is by now later than the
/// item: what was published changes, and says what nobody knew then.
fn moving_figure(model: &Model, item: &News) -> Option<Diagnostic> {
    let (written, shown) = (item.record.date.day(), model.as_of.data);
    let is_moving = item.as_of.is_none() && shown > written;
    let is_known = |named: &&FigureReference| parse_figure(model, named).is_some();
    let first = figures(&item.body.markdown).find(is_known).filter(|_| is_moving)?;
    let place = Place::bytes(
        &item.path,
        first.at.start + item.body.offset..first.at.end + item.body.offset,
    );
    Some(problems::moving_figure(place, written, shown))
}

/// What would be a figure of the site if it had the right brackets.
fn miswritten_figures(text: &Markdown) -> impl Iterator<Item = &FigureReference> {
    text.miswritten.iter().filter(|reference| Metric::parse(&reference.metric).is_some())
}

fn miswritten_figure(place: Place, reference: &FigureReference) -> Diagnostic {
    let scope = reference.scope.as_ref().map(|scope| format!("@{scope}"));
    let figure = format!("[[{}{}]]", reference.metric, scope.unwrap_or_default());
    problems::miswritten_figure(place, &figure)
}

fn unknown_figures<'a>(
    model: &'a Model,
    text: &'a Markdown,
) -> impl Iterator<Item = &'a FigureReference> {
    figures(text).filter(|reference| parse_figure(model, reference).is_none())
}

/// The figures that a text names.
fn figures(text: &Markdown) -> impl Iterator<Item = &FigureReference> {
    text.pieces.iter().filter_map(|piece| match piece {
        Piece::Figure(reference) => Some(&**reference),
        Piece::Html(_) | Piece::Href(_) | Piece::Image(_) | Piece::Label(_) => None,
    })
}

fn unknown_figure(model: &Model, place: Place, reference: &FigureReference) -> Diagnostic {
    match (&reference.scope, Metric::parse(&reference.metric)) {
        (Some(scope), Some(_)) => {
            if let Some(project) = Scope::internal_project(scope, model) {
                return problems::internal_figure(place, project.as_str());
            }
            let named = Scope::by_name(scope, model).map(|scope| scope.id(model));
            let scopes: Vec<String> = Scope::every(model).map(|scope| scope.id(model)).collect();
            let near =
                named.as_deref().or_else(|| nearest(scope, scopes.iter().map(String::as_str)));
            problems::unknown_figure(place, scope, near)
        }
        _ => {
            let near = nearest(&reference.metric, Metric::all().map(Metric::id));
            problems::unknown_figure(place, &reference.metric, near)
        }
    }
}

/// A text as it may stand in HTML, in attributes too.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}
