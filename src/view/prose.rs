//! What editors write, made ready: links and pictures resolved, figures set in.

use serde::Serialize;

use super::chrome::Frame;
use super::figure::{self, FigureView};
use super::{Reader, Site, sealed};
use crate::indicator::{Metric, Scope};
use crate::markdown::{FigureReference, Fill, Heading, Image, Labels, Markdown, Reference};
use crate::model::{AsOf, Model};
use crate::plan::{Page, Route, resolve_link};
use crate::record::{Address, Photo};

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
    /// The issue that it belongs to, if its figures are those of the issue.
    pub(super) issue: Option<usize>,
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

    /// A figure, in the language of the text.
    fn figure_view(&self, reference: &FigureReference) -> Option<FigureView> {
        let ProseContext { site, as_of, .. } = *self;
        let (metric, scope) = parse_figure(site.model, reference)?;
        let reader = &Reader::new(site, self.lang);
        let figure = match self.issue {
            Some(issue) => sealed::printed(site, reader, issue, metric, scope),
            None => figure::figure(site, reader, as_of, metric, scope),
        };
        let method = Route::page(site.model, Page::Method, self.reader.locale);
        Some(FigureView { method, ..figure })
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
        match reference.in_link {
            true => figure.html_within_link(),
            false => figure.html(&self.frame.root),
        }
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

/// A text as it may stand in HTML, in attributes too.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}
