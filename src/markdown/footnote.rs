//! Footnotes: numbered in the order they are first referred to, and shown at the end.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::{Events, Writer};
use super::{Label, Piece};

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// The events of each definition, its own start and end included, by where they start.
    definitions: Vec<Range<usize>>,
    /// The definition a label stands for; the first, if there are several.
    by_label: HashMap<String, usize>,
    /// The notes referred to so far.
    notes: Vec<Note>,
    /// The number of a definition among the notes.
    numbers: HashMap<usize, usize>,
}

#[derive(Debug)]
struct Note {
    definition: usize,
    /// How many links there are to it, which it links back to.
    links: usize,
}

impl Footnotes {
    /// Finds the definitions.
    pub(super) fn collect(events: Events) -> Footnotes {
        let mut footnotes = Footnotes::default();
        let mut open = Vec::new();
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push(footnotes.definitions.len());
                    footnotes.define(label, at);
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some(definition) = open.pop() {
                        footnotes.definitions[definition].end = at + 1;
                    }
                }
                _ => {}
            }
        }
        footnotes
    }

    fn define(&mut self, label: &str, at: usize) {
        self.by_label.entry(label.to_lowercase()).or_insert(self.definitions.len());
        self.definitions.push(at..at + 1);
    }

    /// The event after the definition that starts at an event.
    pub(super) fn end_of(&self, start: usize) -> usize {
        let found = self.definitions.binary_search_by_key(&start, |events| events.start);
        found.map_or(start + 1, |definition| self.definitions[definition].end)
    }

    /// The number of the note that a label stands for, from 1.
    fn number(&mut self, label: &str) -> Option<usize> {
        let definition = *self.by_label.get(&label.to_lowercase())?;
        let number = *self.numbers.entry(definition).or_insert_with(|| {
            self.notes.push(Note { definition, links: 0 });
            self.notes.len()
        });
        Some(number)
    }
}

impl Writer<'_> {
    /// Writes a reference to a footnote.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let Some(number) = self.footnotes.number(label) else {
            return self.plain(&format!("[^{label}]"));
        };
        self.out.html("<sup class=\"footnote-ref\">");
        self.footnote_link(number);
        self.out.html("</sup>");
    }

    fn footnote_link(&mut self, number: usize) {
        let links = &mut self.footnotes.notes[number - 1].links;
        *links += 1;
        let id = link_id(number, *links);
        self.out.html(&format!(
            "<a href=\"#fn:{number}\" id=\"{id}\" role=\"doc-noteref\" aria-label=\""
        ));
        self.out.hole(Piece::Label(Label::Footnote(number)));
        self.out.html(&format!("\">{number}</a>"));
    }

    /// Writes the footnotes referred to, and those that they refer to.
    pub(super) fn footnote_section(&mut self) {
        if self.footnotes.notes.is_empty() {
            return;
        }
        self.out.html("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.out.hole(Piece::Label(Label::Footnotes));
        self.out.html("\">\n<ol>\n");
        let mut number = 1;
        while let Some(note) = self.footnotes.notes.get(number - 1) {
            let events = self.footnotes.definitions[note.definition].clone();
            self.footnote(number, events.start + 1..events.end - 1);
            number += 1;
        }
        self.out.html("</ol>\n</section>\n");
    }

    /// The way back stands at the end of the last paragraph rather than on a line of its own.
    fn footnote(&mut self, number: usize, body: Range<usize>) {
        self.out.html(&format!("<li id=\"fn:{number}\">"));
        let last = self.events[body.clone()].last();
        let ends_in_text = matches!(last, Some((Event::End(TagEnd::Paragraph), _)));
        self.write(body.start..body.end - usize::from(ends_in_text));
        self.backlinks(number);
        self.out.html(if ends_in_text { "</p>\n</li>\n" } else { "</li>\n" });
    }

    fn backlinks(&mut self, number: usize) {
        for link in 1..=self.footnotes.notes[number - 1].links {
            let id = link_id(number, link);
            self.out.html(&format!(
                " <a class=\"footnote-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\""
            ));
            self.out.hole(Piece::Label(Label::Back(number)));
            self.out.html("\">↩</a>");
        }
    }
}

/// The colon keeps these names apart from those of headings.
fn link_id(number: usize, link: usize) -> String {
    if link == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{link}") }
}

#[cfg(test)]
mod tests {
    use crate::markdown::tests::{check, html};

    #[test]
    fn footnotes_are_numbered_as_they_are_met_and_lead_back() {
        check(
            "甲[^b]乙[^a]\n\n[^a]: 注一\n[^b]: 注二[^b]\n[^c]: 无人引用",
            "<p>甲<sup class=\"footnote-ref\"><a href=\"#fn:1\" id=\"fnref:1\" role=\"doc-noteref\" \
             aria-label=\"脚注 1\">1</a></sup>乙<sup class=\"footnote-ref\"><a href=\"#fn:2\" \
             id=\"fnref:2\" role=\"doc-noteref\" aria-label=\"脚注 2\">2</a></sup></p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n\
             <li id=\"fn:1\"><p>注二<sup class=\"footnote-ref\"><a href=\"#fn:1\" id=\"fnref:1:2\" \
             role=\"doc-noteref\" aria-label=\"脚注 1\">1</a></sup> <a class=\"footnote-back\" \
             href=\"#fnref:1\" role=\"doc-backlink\" aria-label=\"返回正文，脚注 1\">↩</a> \
             <a class=\"footnote-back\" href=\"#fnref:1:2\" role=\"doc-backlink\" \
             aria-label=\"返回正文，脚注 1\">↩</a></p>\n</li>\n\
             <li id=\"fn:2\"><p>注一 <a class=\"footnote-back\" href=\"#fnref:2\" \
             role=\"doc-backlink\" aria-label=\"返回正文，脚注 2\">↩</a></p>\n</li>\n\
             </ol>\n</section>",
        );
    }

    #[test]
    fn a_footnote_without_a_definition_is_text() {
        check("甲[^b]", "<p>甲[^b]</p>");
    }

    #[test]
    fn a_line_break_beside_a_footnote_number_is_dropped() {
        let html = html("甲[^1]\n乙\n\n[^1]: 注");
        assert!(html.contains("</sup>乙"), "{html}");
    }
}
