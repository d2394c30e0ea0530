//! Shows problems to people and to programs: with their source lines, one a line, or as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::locate::{SourceText, Span};
use super::{At, Diagnostic, Language, Place, Severity};

/// The form in which problems are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MessageFormat {
    /// With the source line and a caret under the fault.
    #[default]
    Human,
    /// One problem a line, without help: `path:line:column: error[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
}

/// Writes problems in the order of the places in their files; `load` answers with the bytes of a file by its path. For people
/// errors come first.
///
/// A file is loaded and parsed only if a part of it is meant, and only once.
///
/// # Errors
/// If `out` cannot be written to.
pub fn emit(
    problems: &[Diagnostic],
    load: &dyn Fn(&str) -> Option<Arc<[u8]>>,
    format: MessageFormat,
    language: Language,
    out: &mut dyn Write,
    color: bool,
) -> io::Result<()> {
    let mut texts = BTreeMap::new();
    let start = |located: Located<'_>| located.map_or(0, |(_, span)| span.start);
    let mut order: Vec<(usize, &Diagnostic)> = Vec::with_capacity(problems.len());
    for problem in problems {
        order.push((start(locate(problem.place.as_ref(), &mut texts, load)), problem));
    }
    let path = |problem: &Diagnostic| problem.place.as_ref().map(|place| place.path.clone());
    let is_later = |problem: &Diagnostic| {
        format == MessageFormat::Human && problem.severity == Severity::Warning
    };
    order.sort_by_key(|(start, problem)| (is_later(problem), path(problem), *start));
    for (_, problem) in order {
        let located = locate(problem.place.as_ref(), &mut texts, load);
        let shown = match format {
            MessageFormat::Human => human(problem, located, language, color) + "\n",
            MessageFormat::Short => short(problem, located, language),
            MessageFormat::Json => json(problem, located, language)?,
        };
        writeln!(out, "{shown}")?;
    }
    Ok(())
}

/// A part of a file, and the file's text.
type Located<'a> = Option<(&'a SourceText, Span)>;

fn locate<'t, 'p>(
    place: Option<&'p Place>,
    texts: &'t mut BTreeMap<&'p str, Option<SourceText>>,
    load: &dyn Fn(&str) -> Option<Arc<[u8]>>,
) -> Located<'t> {
    // Of a file as a whole nothing is shown, and it may be a picture of many megabytes.
    let place = place.filter(|place| place.at != At::File)?;
    let read = || load(&place.path).map(|bytes| SourceText::new(&place.path, &bytes));
    let text = texts.entry(&place.path).or_insert_with(read).as_ref()?;
    Some((text, text.span(&place.at)?))
}

fn human(problem: &Diagnostic, located: Located<'_>, language: Language, color: bool) -> String {
    let title = level(problem.severity, language)
        .primary_title(problem.message.get(language))
        .id(problem.code);
    let mut group = Group::with_title(title);
    group = match (&problem.place, located) {
        (Some(place), Some((text, span))) => group.element(snippet(place, text, span)),
        (Some(place), None) => group.element(Origin::path(&*place.path)),
        (None, _) => group,
    };
    let mut report = vec![group];
    report.extend(problem.help.as_ref().map(|help| help_group(help.get(language), language)));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&report)
}

fn help_group(help: &str, language: Language) -> Group<'_> {
    let name = if language == Language::Chinese { "帮助" } else { "help" };
    Group::with_title(Level::HELP.with_name(name).secondary_title(normalize_untrusted_str(help)))
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    match (severity, language) {
        (Severity::Error, Language::Chinese) => Level::ERROR.with_name("错误"),
        (Severity::Warning, Language::Chinese) => Level::WARNING.with_name("警告"),
        (Severity::Error, Language::English) => Level::ERROR,
        (Severity::Warning, Language::English) => Level::WARNING,
    }
}

/// The first line of a span: a whole report or description would hide the fault rather than show it.
fn snippet<'a>(
    place: &'a Place,
    text: &'a SourceText,
    span: Span,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let line = text.line(span.line);
    let line_start = text.line_start(span.line);
    let start = (span.start - line_start).min(line.len());
    let end = (span.end - line_start).clamp(start, line.len());
    let caret = AnnotationKind::Primary.span(start..end);
    Snippet::source(line).line_start(span.line).path(&*place.path).annotation(caret)
}

fn short(problem: &Diagnostic, located: Located<'_>, language: Language) -> String {
    let Diagnostic { place, code, .. } = problem;
    let severity = word(problem.severity);
    let message = one_line(problem.message.get(language));
    match place {
        // Every line with a file has a line and a column, so that editors need but one pattern.
        Some(Place { path, .. }) => {
            let (line, column) = located.map_or((1, 1), |(_, span)| (span.line, span.column));
            format!("{}:{line}:{column}: {severity}[{code}]: {message}", one_line(path))
        }
        None => format!("gongbao: {severity}[{code}]: {message}"),
    }
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// The word that programs know, in every language.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The JSON form; what a problem has no part in is null.
#[derive(serde::Serialize)]
struct Json<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

fn json(problem: &Diagnostic, located: Located<'_>, language: Language) -> io::Result<String> {
    let span = located.map(|(_, span)| span);
    let object = Json {
        severity: word(problem.severity),
        code: problem.code,
        message: problem.message.get(language),
        help: problem.help.as_ref().map(|help| help.get(language)),
        file: problem.place.as_ref().map(|place| &*place.path),
        line: span.map(|span| span.line),
        column: span.map(|span| span.column),
        end_line: span.map(|span| span.end_line),
        end_column: span.map(|span| span.end_column),
    };
    Ok(serde_json::to_string(&object)?)
}

#[cfg(test)]
mod tests;
