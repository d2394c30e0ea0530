//! Markup that editors mistype, so that it is text: with a Chinese input method, or pasted from Word and Excel.
//!
//! What may as well be meant as it stands is left alone.

mod brackets;
mod lines;
mod shown;

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use self::shown::Shown;
use super::html::Events;
use super::mark::Marked;

/// What is likely meant as markup, and stands in the text as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Miswritten {
    /// What is wrong with it.
    pub mistake: Mistake,
    /// The right form, in the author's words, unless the mistake says otherwise.
    pub meant: String,
    /// Where it stands in the text.
    pub at: Range<usize>,
}

/// What can be mistyped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mistake {
    /// A name, which is given, has not the brackets of a figure. Whether it is that of one, this module does not know.
    Figure,
    /// The same, in a single pair of brackets as ordinary words may be.
    BracketedFigure,
    /// A link or picture has full-width brackets, or a space between them or in its target.
    Link,
    /// A heading has no space behind its `#`, or `＃`.
    Heading,
    /// The items of a list have no space behind their `-`; the first is given.
    List,
    /// Rows are no table; the first is given.
    Table,
    /// A row has cells, which are given, beyond those of the head.
    ExtraCells,
    /// A line that begins anew is joined to the one before it.
    JoinedLine,
    /// A paragraph, whose beginning is given, is code for the spaces before it.
    Indent,
    /// A footnote has a full-width colon.
    FootnoteColon,
    /// There is no footnote for a reference, which is given.
    MissingFootnote,
    /// There is no reference, which is given, to a footnote.
    UnusedFootnote,
}

impl Miswritten {
    fn new(mistake: Mistake, at: Range<usize>, meant: impl Into<String>) -> Self {
        Miswritten { mistake, meant: meant.into(), at }
    }
}

/// What each mistake has one of, beside a line that begins with `-` and a deep indent.
const SIGNS: [char; 9] = ['[', '【', '［', '{', '|', '｜', '\t', '#', '＃'];

/// Finds what is miswritten in a text.
pub(super) fn find(text: &str, marked: &Marked, events: Events) -> Vec<Miswritten> {
    let is_plain = !text.contains(SIGNS) && !text.contains("\n-") && !text.contains("    ");
    if is_plain && !text.lines().skip(1).any(lines::begins_anew) {
        return Vec::new();
    }
    let Shown { text: shown, paragraphs } = Shown::of(text, marked, events);
    let mut found: Vec<Miswritten> = brackets::find(text, &shown).collect();
    found.extend(paragraphs.into_iter().flat_map(|at| lines::find(text, &shown, at)));
    found.extend(brackets::footnotes(text, &shown));
    found.extend(unused_footnotes(text, marked, events));
    found.extend(extra_cells(text, marked, events));
    found.extend(indented(text, marked, events));
    found
}

/// Paragraphs that are code: no code has sentences in it.
fn indented(text: &str, marked: &Marked, events: Events) -> impl Iterator<Item = Miswritten> {
    events.iter().filter_map(|(event, range)| {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) = event else { return None };
        let range = marked.original(range);
        let code = &text[range.clone()];
        let line = code.lines().next()?;
        let at = range.start..range.start + line.len();
        code.contains(['。', '，', '；'])
            .then(|| Miswritten::new(Mistake::Indent, at, beginning(line)))
    })
}

/// As much of a line as it takes to know it by.
fn beginning(line: &str) -> String {
    let mut characters = line.chars();
    let beginning: String = characters.by_ref().take(10).collect();
    if characters.next().is_some() { beginning + "…" } else { beginning }
}

/// Cells that are left out, for the head of their table has not as many.
fn extra_cells(text: &str, marked: &Marked, events: Events) -> impl Iterator<Item = Miswritten> {
    let rows = events.windows(2).filter_map(|ends| match ends {
        [(Event::End(TagEnd::TableCell), cell), (Event::End(TagEnd::TableRow), row)] => {
            Some((marked.original(cell), marked.original(row)))
        }
        _ => None,
    });
    rows.filter_map(|(cell, row)| {
        let row = row.start..row.start + text[row].trim_end().len();
        let extra = text.get(cell.end..row.end)?.trim_matches(['|', ' ', '\t']);
        (!extra.is_empty()).then(|| Miswritten::new(Mistake::ExtraCells, row, extra))
    })
}

/// Footnotes that vanish.
fn unused_footnotes(
    text: &str,
    marked: &Marked,
    events: Events,
) -> impl Iterator<Item = Miswritten> {
    let references: HashSet<String> = events
        .iter()
        .filter_map(|(event, _)| match event {
            Event::FootnoteReference(label) => Some(label.to_lowercase()),
            _ => None,
        })
        .collect();
    events.iter().filter_map(move |(event, range)| {
        let Event::Start(Tag::FootnoteDefinition(label)) = event else { return None };
        let start = marked.original(range).start;
        let at = start..start + text[start..].find(']')? + 1;
        let is_unused = !references.contains(&label.to_lowercase());
        is_unused.then(|| Miswritten::new(Mistake::UnusedFootnote, at.clone(), &text[at]))
    })
}

/// Whether nothing but blanks, and the marks of quotes, stands before an offset in its line.
fn begins_line(text: &str, at: usize) -> bool {
    let is_blank = |c: char| c == '>' || c.is_whitespace() && c != '\n';
    let before = text[..at].trim_end_matches(is_blank);
    before.is_empty() || before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

    /// Checks what is found in a text: each mistake, where it stands and what is meant.
    #[track_caller]
    pub(super) fn check(text: &str, expected: &[(Mistake, &str, &str)]) {
        let mut found = parse(text).miswritten;
        found.sort_by_key(|found| found.at.start);
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.mistake, &text[found.at.clone()], &*found.meant))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[track_caller]
    pub(super) fn check_sound(texts: &[&str]) {
        for text in texts {
            check(text, &[]);
        }
    }

    #[test]
    fn a_paragraph_that_is_code_is_found() {
        let meant = "本月，各镇抓紧施工，…";
        check(
            "甲\n\n    本月，各镇抓紧施工，进度\n    加快。",
            &[(Mistake::Indent, "本月，各镇抓紧施工，进度", meant)],
        );
        check("\t甲；乙", &[(Mistake::Indent, "甲；乙", "甲；乙")]);
        check("- 甲\n\n        乙，丙", &[(Mistake::Indent, "  乙，丙", "  乙，丙")]);
        check_sound(&[
            "    let a = b;\n\n甲，乙",
            "```\n甲，乙。\n```",
            "甲\n    乙，丙",
            "　　甲，乙。",
            "- 甲\n    - 乙，丙",
        ]);
    }

    #[test]
    fn cells_beyond_the_head_are_found() {
        let table = "| 镇 | 长 |\n|---|---|\n| 东 | 100米 | 300米 |\n| 西 | 1 \\| 2 |\n| 南 | 1 | |\n| 北 |";
        check(table, &[(Mistake::ExtraCells, "| 东 | 100米 | 300米 |", "300米")]);
        check(
            "> 甲|乙\n> -|-\n> 丙|3*5|丁 | 戊\n",
            &[(Mistake::ExtraCells, "丙|3*5|丁 | 戊", "丁 | 戊")],
        );
        check_sound(&["|甲|\n|-|\n|乙\\|丙|"]);
    }

    #[test]
    fn a_footnote_that_nothing_refers_to_is_found() {
        check("甲[^1]\n\n[^1]: 注\n[^2]: 又注", &[(Mistake::UnusedFootnote, "[^2]", "[^2]")]);
        check_sound(&["甲[^a]\n\n[^A]: 注", "甲\n\n[^1]: 注[^1]"]);
    }
}
