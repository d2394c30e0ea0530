//! Tables: they scroll by themselves, and say what their columns are.

use pulldown_cmark::{Alignment, Event, TagEnd};

use super::html::Writer;
use super::{Label, Piece};

/// The table that is being written, and how many there were.
#[derive(Debug, Default)]
pub(super) struct Table<'e> {
    number: usize,
    columns: &'e [Alignment],
    column: usize,
    in_head: bool,
    has_body: bool,
    cell_end: &'static str,
}

impl<'e> Writer<'e> {
    /// A wide table scrolls in a region of its own, which the keyboard can reach and which
    /// therefore needs a name.
    pub(super) fn start_table(&mut self, columns: &'e [Alignment]) {
        self.table = Table { number: self.table.number + 1, columns, ..Table::default() };
        self.out.html(r#"<div class="table-scroll" role="region" tabindex="0" aria-label=""#);
        self.out.hole(Piece::Label(Label::Table(self.table.number)));
        self.out.html("\"><table>\n");
    }

    pub(super) fn start_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.html("<thead>\n<tr>");
    }

    pub(super) fn end_head(&mut self) {
        self.table.in_head = false;
        self.out.html("</tr>\n</thead>\n");
    }

    pub(super) fn start_row(&mut self) {
        self.table.column = 0;
        if !std::mem::replace(&mut self.table.has_body, true) {
            self.out.html("<tbody>\n");
        }
        self.out.html("<tr>");
    }

    /// A header without a word heads nothing, and is announced as if it did.
    pub(super) fn start_cell(&mut self) {
        let is_empty = matches!(self.events[self.next].0, Event::End(TagEnd::TableCell));
        let is_header = self.table.in_head && !is_empty;
        let (start, end) = if is_header { ("<th", "</th>") } else { ("<td", "</td>") };
        self.table.cell_end = end;
        self.out.html(start);
        match self.table.columns.get(self.table.column) {
            Some(Alignment::Right) => self.out.html(" class=\"num\""),
            Some(Alignment::Center) => self.out.html(" class=\"center\""),
            _ => {}
        }
        self.out.html(if is_header { " scope=\"col\">" } else { ">" });
    }

    pub(super) fn end_cell(&mut self) {
        self.table.column += 1;
        self.out.html(self.table.cell_end);
    }

    pub(super) fn end_table(&mut self) {
        if self.table.has_body {
            self.out.html("</tbody>\n");
        }
        self.out.html("</table></div>\n");
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::tests::{check, html};

    #[test]
    fn a_table_scrolls_and_names_its_columns() {
        check(
            "| 镇 | 开工率 | 灯 |\n|:--|--:|:-:|\n| 甲 | **78.2%** | 绿 |",
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"表格 1\"><table>\n\
             <thead>\n<tr><th scope=\"col\">镇</th><th class=\"num\" scope=\"col\">开工率</th>\
             <th class=\"center\" scope=\"col\">灯</th></tr>\n</thead>\n\
             <tbody>\n<tr><td>甲</td><td class=\"num\"><strong>78.2%</strong></td>\
             <td class=\"center\">绿</td></tr>\n</tbody>\n</table></div>",
        );
    }

    #[test]
    fn an_empty_header_is_no_header() {
        let html = html("| | 甲 |\n|-|-|\n| 乙 | [[a]]<br>丙 |\n\n| 丁 |\n|-|");
        assert!(html.contains("<tr><td></td><th scope=\"col\">甲</th></tr>"), "{html}");
        assert!(html.contains("<tr><td>乙</td><td>⟦a⟧<br>丙</td></tr>"), "{html}");
        assert!(html.contains("aria-label=\"表格 2\""), "{html}");
        assert_eq!(html.matches("<tbody>").count(), 1);
    }
}
