//! What of a text is shown as it was typed.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::html::{Events, is_inline, is_inline_end};
use crate::markdown::mark::{self, Marked};

/// What stands for each byte of markup, code, raw HTML and escaped characters in a line.
const COVER: u8 = 1;

/// A text of the original's length in which only what is shown as it was typed is left.
#[derive(Debug)]
pub(super) struct Shown {
    /// Lines end where they do in the original; what is in no line is blank.
    pub(super) text: String,
    /// Where paragraphs and the texts of items of lists are.
    pub(super) paragraphs: Vec<Range<usize>>,
}

impl Shown {
    /// Leaves of a text what is shown as it was typed.
    pub(super) fn of(original: &str, marked: &Marked, events: Events) -> Shown {
        let mut sheet = Sheet {
            original,
            bytes: vec![b' '; original.len()],
            paragraphs: Vec::new(),
            paragraph: None,
            within: Within::Prose,
            pictures: 0,
        };
        for (event, range) in events {
            sheet.event(event, marked, marked.original(range));
        }
        sheet.end_paragraph();
        for (at, _) in original.match_indices(['\n', '\r']) {
            sheet.bytes[at] = original.as_bytes()[at];
        }
        // Whole characters were copied, so that this is text.
        let text = String::from_utf8(sheet.bytes).unwrap_or_default();
        Shown { text, paragraphs: sheet.paragraphs }
    }
}

/// The text in the making.
struct Sheet<'a> {
    original: &'a str,
    bytes: Vec<u8>,
    paragraphs: Vec<Range<usize>>,
    paragraph: Option<Range<usize>>,
    within: Within,
    /// How many pictures are open, whose descriptions are not shown.
    pictures: usize,
}

/// What kind of block text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Prose,
    HeadingOrCell,
    Code,
}

impl Sheet<'_> {
    fn event(&mut self, event: &Event, marked: &Marked, range: Range<usize>) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                self.cover(range);
                self.pictures += 1;
            }
            Event::End(TagEnd::Image) => self.pictures -= 1,
            Event::Start(tag) if !is_inline(tag) => self.start_block(tag),
            Event::End(tag) if !is_inline_end(*tag) => self.end_paragraph(),
            Event::Text(_) if self.within == Within::Code || self.pictures > 0 => {}
            Event::Text(text) => self.text(&marked.clean(text), range),
            Event::End(_) | Event::SoftBreak | Event::HardBreak | Event::Rule | Event::Html(_) => {}
            _ => self.cover(range),
        }
    }

    fn start_block(&mut self, tag: &Tag) {
        self.end_paragraph();
        self.within = match tag {
            Tag::CodeBlock(_) => Within::Code,
            Tag::Heading { .. } | Tag::TableCell => Within::HeadingOrCell,
            _ => Within::Prose,
        };
    }

    fn end_paragraph(&mut self) {
        self.paragraphs.extend(self.paragraph.take());
    }

    /// Writes text, unless it was typed as something else: as `&amp;`, or with a backslash before it.
    fn text(&mut self, text: &str, range: Range<usize>) {
        self.cover(range.clone());
        if self.original[range.clone()] == *text {
            let is_escaped = mark::is_escaped(self.original.as_bytes(), range.start);
            let escaped = text.chars().next().filter(|_| is_escaped).map_or(0, char::len_utf8);
            let range = range.start + escaped..range.end;
            self.bytes[range.clone()].copy_from_slice(self.original[range].as_bytes());
        }
    }

    /// Hides what is in a line.
    fn cover(&mut self, range: Range<usize>) {
        self.bytes[range.clone()].fill(COVER);
        if self.within == Within::Prose {
            let paragraph = self.paragraph.get_or_insert(range.clone());
            paragraph.end = paragraph.end.max(range.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;

    /// Writes `_` for what is covered.
    fn check(text: &str, expected: &str, paragraphs: &[&str]) {
        let marked = mark::mark(text);
        let parser = Parser::new_ext(marked.text(), crate::markdown::options());
        let events: Vec<_> = parser.into_offset_iter().collect();
        let shown = Shown::of(text, &marked, &events);
        assert_eq!(shown.text.replace(char::from(COVER), "_"), expected);
        let found: Vec<&str> = shown.paragraphs.iter().map(|at| &text[at.clone()]).collect();
        assert_eq!(found, paragraphs);
    }

    #[test]
    fn what_is_in_no_line_is_blank() {
        check("> # 甲\n> 乙\n> 丙", "    甲\n  乙\n  丙", &["乙\n> 丙"]);
        check("- 甲\n\n      乙", "  甲\n\n         ", &["甲"]);
        check("<p>甲</p>\n\n乙", "          \n\n乙", &["乙"]);
        check("|甲|\n|-|\n|乙|丙|", " 甲 \n   \n 乙     ", &[]);
    }

    #[test]
    fn what_is_not_shown_as_typed_is_covered() {
        check("a`b`[c](d)", "a____c____", &["a`b`[c](d)"]);
        check("**a**3*5<b>", "__a__3*5___", &["**a**3*5<b>"]);
        check(r"\[a&lt;b", " _a____b", &["[a&lt;b"]);
        check("![a](b)c", "_______c", &["![a](b)c"]);
    }
}
