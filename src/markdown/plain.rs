//! The text of a page without its markup.

use super::pieces::unescape;
use super::{FigureReference, Piece};

/// The text of some pieces, a line a block.
pub(super) fn plain_text(pieces: &[Piece], figure: impl Fn(&FigureReference) -> String) -> String {
    let mut plain = Plain::default();
    for piece in pieces {
        match piece {
            Piece::Html(html) => plain.html(html),
            Piece::Figure(reference) => plain.text(&figure(reference)),
            Piece::Href(_) | Piece::Image(_) | Piece::Label(_) => {}
        }
    }
    plain.text.truncate(plain.text.trim_end().len());
    plain.text
}

#[derive(Debug, Default)]
struct Plain {
    text: String,
    /// Whether white space was met that is due before the next word.
    spaced: bool,
    /// The tag that is open, as a hole may lie in its attributes.
    tag: Option<Quoted>,
    /// The end tag of an element that is not part of the text.
    skipped: Option<&'static str>,
}

/// Whether the open tag has an open quote.
type Quoted = bool;

impl Plain {
    fn html(&mut self, html: &str) {
        let mut rest = html;
        loop {
            if let Some(quoted) = self.tag {
                let Some(end) = self.tag_end(rest, quoted) else { return };
                rest = &rest[end..];
            }
            let start = rest.find('<').unwrap_or(rest.len());
            self.text(&unescape(&rest[..start]));
            if start == rest.len() {
                return;
            }
            rest = &rest[start..];
            self.start_tag(rest);
        }
    }

    /// Where the open tag ends, if it ends in this stretch of HTML.
    fn tag_end(&mut self, html: &str, mut quoted: Quoted) -> Option<usize> {
        for (at, byte) in html.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'>' if !quoted => {
                    self.tag = None;
                    return Some(at + 1);
                }
                _ => {}
            }
        }
        self.tag = Some(quoted);
        None
    }

    fn start_tag(&mut self, tag: &str) {
        self.tag = Some(false);
        if let Some(end) = self.skipped {
            if tag.starts_with(end) {
                self.skipped = None;
            }
            return;
        }
        self.skipped = skipped(tag);
        let name = tag.trim_start_matches(['<', '/']);
        let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        match &name[..len] {
            "td" | "th" => self.spaced = true,
            name if is_block(name) => self.end_line(),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        self.spaced = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// White space means no more than one space, as in HTML.
    fn text(&mut self, text: &str) {
        if self.skipped.is_some() || self.tag.is_some() {
            return;
        }
        let is_space = |c: char| c.is_ascii_whitespace();
        self.spaced |= text.starts_with(is_space);
        for (at, word) in text.split_ascii_whitespace().enumerate() {
            let is_apart = std::mem::take(&mut self.spaced) || at > 0;
            if is_apart && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        self.spaced |= text.ends_with(is_space);
    }
}

/// Footnote numbers and the ways back are for the eye only.
fn skipped(tag: &str) -> Option<&'static str> {
    if tag.starts_with("<sup class=\"footnote-ref\"") {
        Some("</sup")
    } else if tag.starts_with("<a class=\"footnote-back\"") {
        Some("</a")
    } else {
        None
    }
}

/// Whether an element is not in the flow of a line.
fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    fn check(markdown: &str, expected: &str) {
        let plain =
            crate::markdown::parse(markdown).plain_text(|figure| format!("<{}>", figure.metric));
        assert_eq!(plain, expected);
    }

    #[test]
    fn blocks_are_lines_and_chinese_is_not_spaced() {
        check(
            "# 标题\n\n第一行，\n第二行**重点**。\n\n- 甲\n- 乙",
            "标题\n第一行，第二行重点。\n甲\n乙",
        );
        check("a\nb  \nc", "a b\nc");
        check("|甲|乙|\n|-|-|\n|1|2|", "甲 乙\n1 2");
    }

    #[test]
    fn text_is_unescaped_once() {
        check("a < b &amp;lt; \"c\"", "a < b &lt; \"c\"");
    }

    #[test]
    fn links_keep_their_words_and_footnotes_lose_their_numbers() {
        check("见[附件](a.pdf \"a > b\")和<https://a.example>", "见附件和https://a.example");
        check("甲[^1]乙\n\n[^1]: 注", "甲乙\n注");
    }

    #[test]
    fn figures_are_filled_in_and_pictures_left_out() {
        check("开工率[[start.all]]，![图](a.png)好", "开工率<start.all>，好");
        check("![图](a.png \"图为现场\")", "图为现场");
    }

    #[test]
    fn raw_html_leaves_its_text() {
        check(
            "<div title=\"a>b\">甲</div>\n\n乙<script>x</script>丙[^1]\n\n[^1]: 注",
            "甲\n乙丙\n注",
        );
    }
}
