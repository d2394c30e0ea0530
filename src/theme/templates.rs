//! The templates of a theme, made ready to render; what is wrong with them, each fault at its place.

use std::collections::BTreeSet;
use std::ops::Range;

use tera::{ErrorKind, Tera};

use super::names::{Names, first_word, is_tag, quoted, tags};
use super::{DEFAULT, DEFAULT_NAME, ThemeFile};
use crate::diagnostic::problems::{self, nearest};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// A template as Tera knows it.
struct Template<'a> {
    /// `<theme>/<path>`
    name: String,
    text: &'a str,
    /// How long the byte order mark is that stands before the text.
    mark: usize,
    is_own: bool,
}

/// What Tera does not tell of a fault while a page is rendered.
#[derive(Default)]
pub(super) struct Untold {
    /// Where a component of the site uses itself.
    endless: Option<Place>,
    /// The templates that begin with a byte order mark.
    marked: BTreeSet<String>,
}

const MARK: char = '\u{feff}';

/// What Tera says of a template, and where.
struct Report<'a> {
    template: &'a str,
    line: usize,
    column: usize,
    said: &'a str,
}

/// Adds templates, all at once because they name each other. If that fails, those of the site are told what is wrong with them.
pub(super) fn add<'a>(
    tera: &mut Tera,
    files: impl Iterator<Item = (&'a ThemeFile<'a>, &'a str)>,
    problems: &mut Diagnostics,
) -> Untold {
    let mut templates = readable(files, problems);
    let is_empty =
        |template: &Template<'_>| template.is_of_page() && template.text.trim().is_empty();
    for empty in templates.extract_if(.., |template| is_empty(template)) {
        problems.add(problems::empty_template(place_in(&empty.name, 0..0), &empty.name));
    }
    if add_all(tera, &templates).is_ok() {
        let mut own = templates.iter().filter(|template| template.is_own);
        let endless = own.find_map(|own| Some(own.place(uses_itself(own.text)?)));
        let marked = templates.into_iter().filter(|template| template.mark > 0);
        return Untold { endless, marked: marked.map(|template| template.name).collect() };
    }
    // The default theme is sound by itself, so that what fails beside it is the site's.
    let (own, default): (Vec<_>, Vec<_>) =
        templates.into_iter().partition(|template| template.is_own);
    if let Err(error) = add_all(tera, &default) {
        problems.add(at_rendering(&error, &Untold::default(), None, None));
    }
    problems.extend(faults(tera, own, &default));
    Untold::default()
}

/// The problem of a template that fails while a page is rendered; `page` is the file of the page's template.
pub(super) fn at_rendering(
    error: &tera::Error,
    untold: &Untold,
    page: Option<Place>,
    record: Option<&str>,
) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        let said = error.to_string();
        let said = said.lines().next().unwrap_or_default();
        let place = untold.endless.clone().or(page);
        let path = place.as_ref().map_or("", |place| &place.path);
        let template = path.trim_start_matches("themes/").replacen("/templates/", "/", 1);
        return problems::template_error(place, &template, record, said, None);
    };
    let mark = if untold.marked.contains(report.filename()) { MARK.len_utf8() } else { 0 };
    let Range { start, end } = report.span().range;
    let place = place_in(report.filename(), start + mark..end + mark);
    let said = report.message();
    let (wanted, listed) = said.split_once(": ").unwrap_or((said, ""));
    let listed = listed.split(", ").filter(|name| !name.is_empty());
    let listed = listed.map(|name| name.trim_matches('`'));
    // Several have no order.
    let name = wanted.split('`').skip(1).step_by(2).min().unwrap_or_default();
    let near = nearest(name, listed);
    let is_field = said.starts_with("Field");
    let said = if is_field && is_of_messages(&error.to_string(), report.span().start_col) {
        format!("Unknown message `{name}`")
    } else {
        said.to_owned()
    };
    problems::template_error(Some(place), report.filename(), record, &said, near)
}

/// Whether a report, which shows the line that it is of, is of a field of `t`.
fn is_of_messages(report: &str, column: usize) -> bool {
    let line = report.lines().nth(3).and_then(|line| line.split_once(" | "));
    let before = line.map(|(_, line)| line.chars().take(column).collect::<String>());
    let object = before.as_deref().and_then(|before| before.strip_suffix("t."));
    let is_named =
        |rest: &str| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
    object.is_some_and(is_named)
}

/// The templates of some files that are text.
fn readable<'a>(
    files: impl Iterator<Item = (&'a ThemeFile<'a>, &'a str)>,
    problems: &mut Diagnostics,
) -> Vec<Template<'a>> {
    let mut templates = Vec::new();
    for (file, path) in files {
        let name = format!("{}/{path}", file.theme);
        match std::str::from_utf8(file.bytes) {
            Ok(all) => {
                let text = all.trim_start_matches(MARK);
                let (mark, is_own) = (all.len() - text.len(), !file.is_default());
                templates.push(Template { name, text, mark, is_own });
            }
            Err(error) => {
                let at = error.valid_up_to();
                let place = Place::bytes(&file.source_path(), at..at + 1);
                problems.add(problems::not_utf8(place, &file.bytes[at..]));
            }
        }
    }
    templates
}

fn add_all(tera: &mut Tera, templates: &[Template<'_>]) -> tera::TeraResult<()> {
    tera.add_raw_templates(templates.iter().map(|template| (&*template.name, template.text)))
}

/// What is wrong with the site's templates. `tera` has those of the default theme.
fn faults(tera: &Tera, own: Vec<Template<'_>>, default: &[Template<'_>]) -> Vec<Diagnostic> {
    let all = || own.iter().chain(default);
    let names = Names::of(all().map(|template| (&*template.name, template.text)));
    let mut told: Vec<_> = own.iter().filter_map(|template| unread(template, &names)).collect();
    // What names a template that is at fault fails for that alone.
    let (mut own, mut gone): (Vec<_>, Vec<_>) =
        own.into_iter().partition(|template| unread(template, &names).is_none());
    loop {
        let Err(error) = add_all(&mut tera.clone(), &own) else { return told };
        let (involved, said, named) = match error.kind() {
            ErrorKind::MissingParent { current, parent } => {
                (vec![current], "Unknown template", vec![parent.as_str()])
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
            | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                let chain: Vec<_> = [tpl].into_iter().chain(chain).collect();
                let named = chain.iter().map(|name| path_of(name)).collect();
                (chain, "Circle", named)
            }
            _ => {
                told.extend(unfit(tera, &own, &names, &error, told.is_empty()));
                return told;
            }
        };
        let Some(at) = own.iter().position(|template| involved.contains(&&template.name)) else {
            told.push(at_rendering(&error, &Untold::default(), None, None));
            return told;
        };
        let template = own.remove(at);
        if !named.iter().any(|name| gone.iter().any(|gone| gone.name.ends_with(name))) {
            let mut places = named.iter().filter_map(|name| template.place_of(name));
            let name = if said == "Circle" { path_of(&template.name) } else { named[0] };
            let said = format!("{said} `{name}`");
            told.push(template.fault(places.next().unwrap_or(0..0), &said, &names));
        }
        gone.push(template);
    }
}

/// The fault of a template that cannot be read by itself.
fn unread(template: &Template<'_>, names: &Names) -> Option<Diagnostic> {
    let error = Tera::new().add_raw_template(&template.name, template.text).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    let range = report.span().range.clone();
    let at = || template.text.get(range.start..).unwrap_or_default();
    let said = match report.message() {
        "Unexpected end of input" => match open_tag(template.text) {
            Some(open) => missing_end(open),
            None => "Unexpected end of input".to_owned(),
        },
        "Unexpected character" => {
            format!("Unexpected character `{}`", at().chars().next().unwrap_or_default())
        }
        "Unknown tag" => {
            let before =
                template.text[..range.start].rsplit_once("{%").map_or("", |(text, _)| text);
            match (first_word(at()), open_tag(before)) {
                (tag, _) if !is_tag(tag) => format!("Unknown tag `{tag}`"),
                (end, Some(open)) if end.starts_with("end") => missing_end(open),
                (end, None) if end.starts_with("end") => format!("Unopened `{end}`"),
                (tag, _) => format!("Misplaced `{tag}`"),
            }
        }
        said => said.to_owned(),
    };
    Some(template.fault(range, &said, names))
}

/// What an error says of templates that can be read, and do not fit together. Unless they are `whole`, only what is not for want
/// of another template.
fn unfit(
    tera: &Tera,
    own: &[Template<'_>],
    names: &Names,
    error: &tera::Error,
    whole: bool,
) -> Vec<Diagnostic> {
    let text = error.to_string();
    let mut said: Vec<_> = reports(&text).collect();
    if said.is_empty() {
        // A component that two templates define.
        let last = own.iter().rfind(|template| text.contains(&*template.name));
        return last.map(|template| template.fault(0..0, &text, names)).into_iter().collect();
    }
    if !whole {
        let by_itself = ["Unknown filter", "Unknown test", "Unknown function"];
        said.retain(|report| by_itself.iter().any(|kind| report.said.starts_with(kind)));
    }
    let find = |report: &Report<'_>| own.iter().find(|own| own.name == report.template);
    let are_all_own = said.iter().all(|report| find(report).is_some());
    let (mut told, lacking) =
        if are_all_own { Default::default() } else { lacking(tera, own, names) };
    for report in &said {
        let is_lacking = report.said.starts_with("Block") && lacking.contains(quoted(report.said));
        if let Some(template) = find(report).filter(|_| !is_lacking) {
            told.push(template.fault(report.range_in(template.text), report.said, names));
        }
    }
    if told.is_empty() {
        let of = |report: &Report<'_>| {
            let place = Some(place_in(report.template, 0..0));
            problems::template_error(place, report.template, None, report.said, None)
        };
        told.extend(said.iter().map(of));
    }
    told
}

/// What is wrong with templates that take the place of the default theme's, which others of it need; and the blocks they lack.
fn lacking(
    tera: &Tera,
    own: &[Template<'_>],
    names: &Names,
) -> (Vec<Diagnostic>, BTreeSet<String>) {
    let (mut told, mut all_blocks) = (Vec::new(), BTreeSet::new());
    for template in own {
        let (blocks, others) = lacks(tera, template);
        if !blocks.is_empty() {
            let place = place_in(&template.name, 0..0);
            told.push(problems::missing_blocks(place, &template.name, &blocks));
        }
        told.extend(others.iter().map(|said| template.fault(0..0, said, names)));
        all_blocks.extend(blocks);
    }
    (told, all_blocks)
}

/// What the default theme lacks when a template of the site takes the place of one of it: blocks, and what else is said.
fn lacks(tera: &Tera, template: &Template<'_>) -> (BTreeSet<String>, BTreeSet<String>) {
    let added = tera.clone().add_raw_template(&template.name, template.text);
    let text = added.err().map(|error| error.to_string()).unwrap_or_default();
    let foreign = reports(&text).filter(|report| report.template != template.name);
    let (blocks, others): (Vec<_>, Vec<_>) =
        foreign.map(|report| report.said).partition(|said| said.starts_with("Block"));
    let blocks = blocks.into_iter().map(|said| quoted(said).to_owned()).collect();
    (blocks, others.into_iter().map(str::to_owned).collect())
}

/// The reports that the text of one error holds. Each begins with its message and its place:
///
/// ```text
/// error: Unknown filter `uppper`
///  --> yan/town.html:5:16
/// ```
fn reports(text: &str) -> impl Iterator<Item = Report<'_>> {
    text.lines().zip(text.lines().skip(1)).filter_map(|(head, place)| {
        let mut place = place.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let (column, line) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?);
        let said = head.strip_prefix("error: ")?;
        Some(Report { template: place.next()?, line, column, said })
    })
}

impl Report<'_> {
    /// The bytes of the name that a report is of.
    fn range_in(&self, text: &str) -> Range<usize> {
        let start: usize = text.split_inclusive('\n').take(self.line - 1).map(str::len).sum();
        let line = text.get(start..).unwrap_or_default();
        let before: usize = line.chars().take(self.column - 1).map(char::len_utf8).sum();
        let name = quoted(self.said);
        // Where a whole tag is meant, the name is in it.
        let behind = line[before..].lines().next().and_then(|rest| rest.find(name));
        let start = start + before + behind.unwrap_or_default();
        start..start + name.len()
    }
}

impl Template<'_> {
    /// Whether it takes the place of a page of the default theme, or of the frame of all.
    fn is_of_page(&self) -> bool {
        let path = path_of(&self.name);
        !path.contains('/') && DEFAULT.get_file(format!("templates/{path}")).is_some()
    }

    fn fault(&self, at: Range<usize>, said: &str, names: &Names) -> Diagnostic {
        let near = names.near(said);
        problems::template_error(Some(self.place(at)), &self.name, None, said, near.as_deref())
    }

    fn place(&self, at: Range<usize>) -> Place {
        place_in(&self.name, at.start + self.mark..at.end + self.mark)
    }

    /// Where it names another template.
    fn place_of(&self, name: &str) -> Option<Range<usize>> {
        self.text.find(name).map(|at| at..at + name.len())
    }
}

fn missing_end(open: &str) -> String {
    format!("Missing `{{% end{open} %}}`")
}

/// The first tag that another should end, and that nothing ends; none if a tag itself is open.
fn open_tag(text: &str) -> Option<&str> {
    let last = |one: &str, other: &str| text.rfind(one).max(text.rfind(other));
    if last("{{", "{%") > last("}}", "%}") {
        return None;
    }
    let mut open = Vec::new();
    for tag in tags(text).map(first_word) {
        match tag.strip_prefix("end") {
            Some(_) => drop(open.pop()),
            None if matches!(tag, "if" | "for" | "block" | "component" | "filter") => {
                open.push(tag);
            }
            None => {}
        }
    }
    open.pop()
}

/// Where a component uses itself.
fn uses_itself(text: &str) -> Option<Range<usize>> {
    let starts = text.match_indices("component ").map(|(at, tag)| at + tag.len());
    let mut starts = starts.filter(|start| !text[..*start].ends_with("endcomponent "));
    starts.find_map(|start| {
        let (name, body) =
            (first_word(&text[start..]), text[start..].split("endcomponent").next()?);
        let at = start + body.find(&format!("<{name} "))? + 1;
        Some(at..at + name.len())
    })
}

/// The file of a page's template: the site's, if it brings one.
pub(super) fn place_of(tera: &Tera, template: &str) -> Option<Place> {
    let named = tera.get_template_names().filter(|name| path_of(name) == template);
    named.min_by_key(|name| name.starts_with(DEFAULT_NAME)).map(|name| place_in(name, 0..0))
}

/// A template's path within its theme.
fn path_of(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, path)| path)
}

/// A range of a template, by the name under which it is registered.
fn place_in(template: &str, range: Range<usize>) -> Place {
    let (theme, path) = template.split_once('/').unwrap_or((DEFAULT_NAME, template));
    Place::bytes(&format!("themes/{theme}/templates/{path}").into(), range)
}
