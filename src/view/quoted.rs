//! Checks the figures that editors name, in texts and in corrections, and what else of texts is mistyped.

use std::ops::Range;

use super::prose::parse_figure;
use crate::diagnostic::problems::{MOST_HINTS, nearest};
use crate::diagnostic::{At, Diagnostic, Diagnostics, Place, problems};
use crate::indicator::{Metric, Scope};
use crate::key_path;
use crate::markdown::{FigureReference, Markdown, Mistake, Miswritten};
use crate::model::{self, Model, News};
use crate::record::NewsKind;
use crate::source::SourcePath;

/// Checks that each figure that is named is of a metric and a scope that there are, and that corrections say what they correct.
pub fn check(model: &Model) -> Diagnostics {
    let mut problems = Diagnostics::default();
    let mut unknown = Vec::new();
    for text in texts(model) {
        let references = text.markdown.figures();
        unknown.extend(
            references
                .filter(|reference| parse_figure(model, reference).is_none())
                .map(|reference| (text.place(&reference.at), reference.clone())),
        );
        let miswritten = text.markdown.miswritten.iter();
        problems.extend(miswritten.filter_map(|found| miswritten_text(&text, found)));
        let alts = text.markdown.images().filter(|image| image.alt.contains("[["));
        problems.extend(alts.map(|image| problems::literal_figure(text.place(&image.at))));
    }
    for item in model.news.iter() {
        problems.extend(moving_figure(model, item));
        problems.extend(early_item(item));
        problems.extend(vague_correction(item));
        problems.extend(early_correction(model, item));
        let named = item.record.figures.iter().map(|named| FigureReference::named(named));
        let named = named.enumerate().filter(|(_, named)| parse_figure(model, named).is_none());
        let place = |index: usize| Place::value(&item.path, key_path!["figures", index]);
        unknown.extend(named.map(|(index, named)| (place(index), named)));
    }
    problems.extend(literal_figures(model));
    problems.extend(unknown_figures(model, unknown));
    problems
}

/// The fields of a line that name a figure, though only texts are given one.
fn literal_figures(model: &Model) -> impl Iterator<Item = Diagnostic> {
    let locale = model.default_locale();
    let projects = model.projects.iter().flat_map(move |project| {
        let summary = project.record.summary.as_ref();
        let name = ("name", Some(project.record.name.get(locale)));
        [name, ("summary", summary.map(|text| text.get(locale)))].map(|said| (&project.path, said))
    });
    let news = model.news.iter().flat_map(News::in_all_locales).flat_map(|written| {
        let record = written.record;
        let lines = [
            ("title", Some(record.title.get(written.locale))),
            ("kicker", record.kicker.as_deref()),
            ("subtitle", record.subtitle.as_deref()),
            ("summary", record.summary.as_deref()),
        ];
        lines.map(|said| (written.path, said))
    });
    let named =
        projects.chain(news).filter(|(_, (_, said))| said.is_some_and(|said| said.contains("[[")));
    named.map(|(path, (key, _))| problems::literal_figure(Place::value(path, key_path![key])))
}

/// A text of an editor.
struct Text<'a> {
    path: &'a SourcePath,
    markdown: &'a Markdown,
    /// Where in its file it begins; none where it is a field of a record.
    offset: Option<usize>,
}

impl Text<'_> {
    /// The place of a part of the text.
    fn place(&self, at: &Range<usize>) -> Place {
        match self.offset {
            Some(offset) => Place::bytes(self.path, at.start + offset..at.end + offset),
            None => {
                let at = At::Inside(key_path!["description"], at.clone().into());
                Place { path: self.path.clone(), at }
            }
        }
    }
}

/// All texts in which figures may be named.
fn texts(model: &Model) -> impl Iterator<Item = Text<'_>> {
    let news = model.news.iter().flat_map(News::in_all_locales);
    let news = news.map(|written| (written.path, written.body));
    let pages = model.pages.iter().flat_map(model::Page::in_all_locales);
    let pages = pages.map(|written| (written.path, written.body));
    let bulletins = model.bulletins.iter().map(|bulletin| (&bulletin.path, &*bulletin.body));
    let bodies = news.chain(pages).chain(bulletins).map(|(path, body)| Text {
        path,
        markdown: &body.markdown,
        offset: Some(body.offset),
    });
    let descriptions = model.projects.iter().map(|project| Text {
        path: &project.path,
        markdown: &project.record.description.0,
        offset: None,
    });
    bodies.chain(descriptions)
}

/// The problem of what is mistyped in a text; there is none where it would have to be a figure, and is no name of one.
fn miswritten_text(text: &Text<'_>, found: &Miswritten) -> Option<Diagnostic> {
    let Miswritten { mistake, meant, at } = found;
    let is_figure = || Metric::parse(&FigureReference::named(meant).metric).is_some();
    let told = match mistake {
        Mistake::Figure | Mistake::BracketedFigure if !is_figure() => return None,
        Mistake::Figure => problems::miswritten_figure,
        Mistake::BracketedFigure => problems::bracketed_figure,
        Mistake::Link => problems::miswritten_link,
        Mistake::Heading => problems::miswritten_heading,
        Mistake::List => problems::miswritten_list,
        Mistake::Table => problems::miswritten_table,
        Mistake::ExtraCells => problems::extra_cells,
        Mistake::JoinedLine => problems::joined_line,
        Mistake::Indent => problems::indented_paragraph,
        Mistake::FootnoteColon => problems::footnote_colon,
        Mistake::MissingFootnote => problems::missing_footnote,
        Mistake::UnusedFootnote => problems::unused_footnote,
    };
    Some(told(text.place(at), meant))
}

/// The first figure of a news item that does not say which day its figures are as of, where that day is by now later than the
/// item: what was published changes, and says what nobody knew then.
fn moving_figure(model: &Model, item: &News) -> Option<Diagnostic> {
    let (written, shown) = (item.record.date.day(), model.as_of.data);
    let is_moving = item.as_of.is_none() && shown > written;
    let is_known = |named: &&FigureReference| parse_figure(model, named).is_some();
    let first = item.body.markdown.figures().find(is_known).filter(|_| is_moving)?;
    let text =
        Text { path: &item.path, markdown: &item.body.markdown, offset: Some(item.body.offset) };
    Some(problems::moving_figure(text.place(&first.at), written, shown))
}

/// An item whose figures are to be as of a day behind its own.
fn early_item(item: &News) -> Option<Diagnostic> {
    let (written, shown) = (item.record.date.day(), item.record.as_of?);
    let place = || Place::value(&item.path, key_path!["as_of"]);
    (shown.start() > written).then(|| problems::early_item(place(), written, shown))
}

/// A correction that does not say what it corrects, or what corrects and does not say that it is a correction.
fn vague_correction(item: &News) -> Option<Diagnostic> {
    let record = &item.record;
    let is_correction = record.kind == Some(NewsKind::Correction);
    let field = match (is_correction, &record.correction_of) {
        (false, None) => None,
        (false, Some(_)) => Some("kind"),
        (true, None) => Some("correction_of"),
        (true, Some(_)) => record.figures.is_empty().then_some("figures"),
    }?;
    Some(problems::vague_correction(Place::value(&item.path, key_path![field]), field))
}

/// A correction that is dated before its issue was out.
fn early_correction(model: &Model, item: &News) -> Option<Diagnostic> {
    let published = model.bulletins[item.correction_of?].record.published.end;
    let date = item.record.date.day();
    let place = || Place::value(&item.path, key_path!["date"]);
    (date < published).then(|| problems::correction_before_issue(place(), date, published))
}

/// The problems of figures that there are not, each with what may be meant; nobody reads hints by the hundred.
fn unknown_figures(
    model: &Model,
    unknown: Vec<(Place, FigureReference)>,
) -> impl Iterator<Item = Diagnostic> + use<'_> {
    let is_hinted = !unknown.is_empty() && unknown.len() <= MOST_HINTS;
    let scopes: Vec<String> =
        Scope::every(model).filter(|_| is_hinted).map(|scope| scope.id(model)).collect();
    unknown.into_iter().map(move |(place, reference)| {
        let FigureReference { metric, scope, .. } = &reference;
        let (Some(scope), Some(_)) = (scope, Metric::parse(metric)) else {
            let near = nearest(metric, Metric::names());
            return problems::unknown_figure(place, metric, near);
        };
        if let Some(project) = Scope::internal_project(scope, model) {
            return problems::internal_figure(place, project.as_str());
        }
        let named = Scope::by_name(scope, model).map(|scope| scope.id(model));
        let near = named.as_deref();
        let near = near.or_else(|| nearest(scope, scopes.iter().map(String::as_str)));
        problems::unknown_figure(place, scope, near)
    })
}
