//! Raw HTML on its way to the sanitiser.

use std::ops::Range;

use super::html::Writer;
use super::{Reference, figure, sanitise};

/// What becomes of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawHtml {
    /// It is kept for the sanitiser.
    Kept,
    /// It is shown as it was typed, being too much for the sanitiser.
    Shown,
}

impl Writer<'_> {
    /// Writes raw HTML, which makes the whole text go through the sanitiser.
    ///
    /// What is known to be harmless, a line break or a note to other editors, does not.
    pub(super) fn raw_html(&mut self, html: &str, range: &Range<usize>) {
        if is_break(html) {
            self.out.html("<br>");
        } else if self.raw == RawHtml::Shown {
            self.plain(html);
        } else if !is_comment(html) {
            self.has_raw_html = true;
            self.note_removed(html, range);
            self.raw_with_figures(html, range);
        }
    }

    /// Keeps the tags that the sanitiser will leave out, so that the author can be told.
    fn note_removed(&mut self, html: &str, range: &Range<usize>) {
        let mut rest = html;
        loop {
            if self.in_comment {
                let Some((_, behind)) = rest.split_once("-->") else { return };
                (rest, self.in_comment) = (behind, false);
            }
            let Some(start) = rest.find('<') else { return };
            rest = &rest[start..];
            self.in_comment = rest.starts_with("<!--");
            let name =
                rest[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            let tag = &rest[..=name.len()];
            let target = name.to_ascii_lowercase();
            let is_told = self.removed.iter().any(|told| told.target == target);
            if !name.is_empty() && !sanitise::keeps(&target) && !is_told {
                let at = self.place(tag, range);
                self.removed.push(Reference { target, at });
            }
            rest = &rest[tag.len()..];
        }
    }

    /// A figure in a table that was written as HTML is a figure all the same.
    fn raw_with_figures(&mut self, html: &str, range: &Range<usize>) {
        let mut rest = html;
        while let Some(figure) = figure::first(rest) {
            let found = figure.at.clone();
            self.out.html(&self.marked.clean(&rest[..found.start]));
            self.figure_hole(figure, self.place(&rest[found.clone()], range));
            rest = &rest[found.end..];
        }
        self.out.html(&self.marked.clean(rest));
    }
}

fn is_break(html: &str) -> bool {
    matches!(html, "<br>" | "<br/>" | "<br />")
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.len() >= 7 && html.find("-->") == Some(html.len() - 3)
}
