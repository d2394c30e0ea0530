//! The few words that a page's HTML has beside the author's.

use std::borrow::Cow;

/// A word for readers of the page, in the page's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// The name of the region that the nth table scrolls in.
    Table(usize),
    /// The name of the list of footnotes.
    Footnotes,
    /// The name of a link to the nth footnote.
    Footnote(usize),
    /// The name of a link from the nth footnote back to the text.
    Back(usize),
    /// The name of a ticked box.
    Done,
    /// The name of a box that is not ticked.
    Open,
}

/// The words for labels in one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Labels {
    /// A table; its number follows.
    pub table: Cow<'static, str>,
    /// The list of footnotes.
    pub footnotes: Cow<'static, str>,
    /// A footnote; its number follows.
    pub footnote: Cow<'static, str>,
    /// The way back from a footnote; its number follows.
    pub back: Cow<'static, str>,
    /// A ticked box.
    pub done: Cow<'static, str>,
    /// A box that is not ticked.
    pub open: Cow<'static, str>,
}

impl Labels {
    /// The labels of a Chinese page.
    pub const CHINESE: Labels = Labels {
        table: Cow::Borrowed("表格"),
        footnotes: Cow::Borrowed("脚注"),
        footnote: Cow::Borrowed("脚注"),
        back: Cow::Borrowed("返回正文，脚注"),
        done: Cow::Borrowed("已完成"),
        open: Cow::Borrowed("未完成"),
    };

    /// The labels of an English page.
    pub const ENGLISH: Labels = Labels {
        table: Cow::Borrowed("Table"),
        footnotes: Cow::Borrowed("Footnotes"),
        footnote: Cow::Borrowed("Footnote"),
        back: Cow::Borrowed("Back to the text, footnote"),
        done: Cow::Borrowed("Done"),
        open: Cow::Borrowed("Not done"),
    };

    /// The words for a label.
    pub fn text(&self, label: Label) -> Cow<'_, str> {
        match label {
            Label::Table(number) => numbered(&self.table, number),
            Label::Footnotes => Cow::Borrowed(&self.footnotes),
            Label::Footnote(number) => numbered(&self.footnote, number),
            Label::Back(number) => numbered(&self.back, number),
            Label::Done => Cow::Borrowed(&self.done),
            Label::Open => Cow::Borrowed(&self.open),
        }
    }
}

/// Chinese with a number likewise has a space here: these words are heard, not seen.
fn numbered(word: &str, number: usize) -> Cow<'static, str> {
    Cow::Owned(format!("{word} {number}"))
}
