//! Why a text is no YAML: the mistakes that editors are known to make.
//!
//! The parser stops at one fault, often far behind it, in words that help nobody. Here the text is searched for what may be
//! a mistake; it is one if the parser gets further without it. So nothing is blamed that the parser takes, such as a
//! full-width colon within a description.

use std::ops::Range;

use serde_yaml::{Error, Value};

use crate::diagnostic::{Diagnostic, Place, problems};

/// What an editor may have mistyped, and where.
#[derive(Debug, Clone)]
pub(super) struct Mistake {
    kind: Kind,
    at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    TabIndent,
    OtherSpace(char),
    FullWidthBracket(char),
    FullWidthColon,
    FullWidthComma,
    NoSpace,
    Reserved(char),
    UnclosedQuote,
    PartQuoted,
}

impl Mistake {
    /// The problem; `place` finds the place of a part of the text.
    pub(super) fn problem(&self, place: impl Fn(Range<usize>) -> Place) -> Diagnostic {
        let place = place(self.at.clone());
        match self.kind {
            Kind::TabIndent => problems::tab_indent(place),
            Kind::OtherSpace(space) => problems::other_space(place, space),
            Kind::FullWidthBracket(mark) => problems::full_width_bracket(place, mark),
            Kind::FullWidthColon => problems::full_width_colon(place),
            Kind::FullWidthComma => problems::full_width_comma(place),
            Kind::NoSpace => problems::no_space(place),
            Kind::Reserved(mark) => problems::reserved_character(place, mark),
            Kind::UnclosedQuote => problems::unclosed_quote(place),
            Kind::PartQuoted => problems::part_quoted(place),
        }
    }

    /// The text without the mistake; every byte behind it stays where it is.
    fn mend(&self, text: &str) -> String {
        let Range { start, end } = self.at;
        let behind = &text[end..];
        let line = behind.lines().next().unwrap_or_default();
        let (with, more) = match self.kind {
            Kind::TabIndent => (" ", behind.len() - behind.trim_start_matches([' ', '\t']).len()),
            Kind::OtherSpace(_) => (" ", 0),
            Kind::FullWidthBracket('｛') => ("{", 0),
            Kind::FullWidthBracket('｝') => ("}", 0),
            Kind::FullWidthBracket('［') => ("[", 0),
            Kind::FullWidthBracket(_) => ("]", 0),
            Kind::FullWidthColon => (":", 0),
            Kind::FullWidthComma => (",", 0),
            Kind::NoSpace => (":", behind.chars().next().map_or(0, char::len_utf8)),
            Kind::Reserved(_) => ("x", 0),
            Kind::UnclosedQuote | Kind::PartQuoted => {
                let value_end =
                    line.find([',', '}', ']']).filter(|_| is_in_brackets(&text[..start]));
                ("x", value_end.unwrap_or(line.len()))
            }
        };
        let end = end + more;
        format!("{}{with:<width$}{}", &text[..start], &text[end..], width = end - start)
    }
}

/// The mistakes for which the parser does not take a text, and the error that is left without them.
pub(super) fn mistakes(text: &str, error: Error) -> (Vec<Mistake>, Option<Error>) {
    let mut text = text.to_owned();
    let mut found = Vec::new();
    let mut stopped = Some(error);
    while let Some(stop) = stopped.as_ref().map(|error| reached(error, &text)) {
        let helps = |mistake: Mistake| {
            let mended = mistake.mend(&text);
            let error = serde_yaml::from_str::<Value>(&mended).err();
            let now = error.as_ref().map_or(usize::MAX, |error| reached(error, &mended));
            // The scanner may run ahead of the parser, and a quote that is not closed hides the next.
            let uncovers = mistake.at.start == stop
                || (mistake.at.start < now && error.as_ref().is_some_and(is_open_quote));
            let is_cause = now > stop || (now < stop && uncovers);
            is_cause.then_some((mistake, mended, error))
        };
        let Some((mistake, mended, error)) = suspects(&text, stop).into_iter().find_map(helps)
        else {
            break;
        };
        found.push(mistake);
        (text, stopped) = (mended, error);
    }
    (found, stopped)
}

/// How far the parser got.
fn reached(error: &Error, text: &str) -> usize {
    let message = error.to_string();
    match error.location() {
        // From a quote that is not closed on, nothing was understood.
        Some(_) if is_open_quote(error) => {
            let value = began(&message, text).map_or(0, |quote| quote + 1);
            value + text[value..].find(|c: char| !c.is_whitespace()).unwrap_or(0) + 1
        }
        // Keys are compared when all has been parsed.
        Some(location) if !message.contains("duplicate entry") => location.index(),
        _ => text.len() + 1,
    }
}

/// Whether the parser stopped within a quote that is not closed.
fn is_open_quote(error: &Error) -> bool {
    error.to_string().contains("while scanning a quoted scalar")
}

/// Where the quote or bracket is within which the parser stopped.
pub(super) fn began(message: &str, text: &str) -> Option<usize> {
    let (_, context) = message.split_once(", while ")?;
    let (_, position) = context.split_once(" at line ")?;
    let (line, column) = position.split_once(" column ")?;
    let (line, column) = (line.parse::<usize>().ok()?, column.parse::<usize>().ok()?);
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let (within, _) = text[line_start..].char_indices().nth(column - 1)?;
    Some(line_start + within).filter(|at| text[*at..].starts_with(['"', '\'', '{', '[']))
}

/// What may be a mistake up to where the parser stopped, the likeliest first.
fn suspects(text: &str, stop: usize) -> Vec<Mistake> {
    let mut suspects = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut suspect = |kind, at: usize, length: usize| {
            suspects.push(Mistake { kind, at: start + at..start + at + length });
        };
        let content = line.trim_start_matches([' ', '\t']);
        if let Some(tab) = line[..line.len() - content.len()].find('\t') {
            suspect(Kind::TabIndent, tab, 1);
        }
        for (at, mark) in line.char_indices() {
            if matches!(mark, '｛' | '｝' | '［' | '］') {
                suspect(Kind::FullWidthBracket(mark), at, mark.len_utf8());
            }
        }
        for spaces in other_spaces(line) {
            let space = line[spaces.clone()].chars().next().unwrap_or_default();
            suspect(Kind::OtherSpace(space), spaces.start, spaces.len());
        }
        for (comma, written) in line.match_indices('，') {
            if is_in_brackets(&text[..start + comma]) {
                suspect(Kind::FullWidthComma, comma, written.len());
            }
        }
        for at in beginnings(line) {
            let rest = &line[at..];
            if let Some((colon, is_full_width)) = colon_of_key(rest) {
                let kind = if is_full_width { Kind::FullWidthColon } else { Kind::NoSpace };
                suspect(kind, at + colon.start, colon.len());
            }
            match rest.chars().next() {
                Some(mark @ ('@' | '%' | '`')) => suspect(Kind::Reserved(mark), at, 1),
                Some(quote @ ('"' | '\'')) => {
                    match behind_quote(rest, quote).map(str::trim_start) {
                        None => suspect(Kind::UnclosedQuote, at, 1),
                        Some("") => {}
                        Some(behind) if behind.starts_with([',', '}', ']', ':', '#']) => {}
                        Some(_) => suspect(Kind::PartQuoted, at, 1),
                    }
                }
                _ => {}
            }
        }
        start += line.len();
    }
    suspects.retain(|suspect| suspect.at.start <= stop);
    // A quote that is not closed reaches up to the next; all else is near to where the parser stopped.
    suspects.sort_by_key(|suspect| match suspect.kind {
        Kind::UnclosedQuote | Kind::PartQuoted => (true, suspect.at.start),
        _ => (false, stop - suspect.at.start),
    });
    suspects
}

/// The spaces that YAML does not take for spaces, where it needs some: before a line, or behind what parts keys and values.
fn other_spaces(line: &str) -> impl Iterator<Item = Range<usize>> {
    let is_other = |c: char| !c.is_ascii() && (c.is_whitespace() || c == '\u{200b}');
    let mut last = '\n';
    let starts = line.char_indices().filter(move |(_, c)| {
        let is_behind_mark = matches!(last, '\n' | ' ' | ':' | '-' | ',' | '{' | '[');
        let is_first = is_other(*c) && is_behind_mark;
        last = *c;
        is_first
    });
    starts.map(move |(start, _)| {
        let behind = &line[start..];
        start..start + behind.len() - behind.trim_start_matches(is_other).len()
    })
}

/// Where a key or value may begin on a line.
fn beginnings(line: &str) -> Vec<usize> {
    let mut beginnings = Vec::new();
    let mut begins = true;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let is_spaced = characters.peek().is_none_or(|(_, next)| next.is_whitespace());
        let is_mark = matches!(character, '{' | '[' | ',' | '，' | '：')
            || (is_spaced && matches!(character, ':' | '-'));
        if begins && !is_mark && !character.is_whitespace() {
            beginnings.push(at);
        }
        begins = is_mark || (begins && character.is_whitespace());
    }
    beginnings
}

/// Where behind the key that a text begins with a colon stands that YAML takes for a part of it, and whether the colon is
/// full-width or only lacks its space.
pub(in crate::record) fn colon_of_key(text: &str) -> Option<(Range<usize>, bool)> {
    let is_of_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'');
    let at = text.find(|c| !is_of_key(c)).filter(|at| *at > 0)?;
    let mut behind = text[at..].chars();
    match behind.next()? {
        '：' => Some((at..at + '：'.len_utf8(), true)),
        ':' if behind.next().is_some_and(|next| !next.is_whitespace() && next != '/') => {
            Some((at..at + 1, false))
        }
        _ => None,
    }
}

/// What follows a quoted value on its line; `None` if the quote is not closed there.
fn behind_quote(value: &str, quote: char) -> Option<&str> {
    let mut characters = value.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        let is_doubled = character == quote
            && quote == '\''
            && characters.peek().is_some_and(|(_, next)| *next == quote);
        if is_doubled || (character == '\\' && quote == '"') {
            characters.next();
        } else if character == quote {
            return Some(&value[at + 1..]);
        }
    }
    None
}

fn is_in_brackets(before: &str) -> bool {
    before.rfind(['{', '[', '}', ']']).is_some_and(|at| before[at..].starts_with(['{', '[']))
}
