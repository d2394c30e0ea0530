//! Raw HTML on its way to the sanitiser.

use std::ops::Range;

use super::figure;
use super::html::Writer;

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
            self.raw_with_figures(html, range);
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
