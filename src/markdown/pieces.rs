//! Pieces as they are written one after the other, and the escaping of text in them.

use super::Piece;

/// Pieces in the making.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    done: Vec<Piece>,
    html: String,
}

impl Pieces {
    /// Adds finished HTML.
    pub(super) fn html(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds text, escaped so that it can stand between tags and in attributes.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// Adds a whole attribute, with a space before it.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.html(" ");
        self.html(name);
        self.html("=\"");
        self.text(value);
        self.html("\"");
    }

    /// Adds a hole.
    pub(super) fn hole(&mut self, hole: Piece) {
        self.part();
        self.done.push(hole);
    }

    /// Ends a stretch of HTML; it is kept as long as the site, and so takes no more room than it needs.
    fn part(&mut self) {
        if !self.html.is_empty() {
            self.done.push(Piece::Html(self.html.as_str().into()));
            self.html.clear();
        }
    }

    /// Adds pieces that were written apart.
    pub(super) fn append(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.html(html),
                hole => self.hole(hole.clone()),
            }
        }
    }

    /// All that was added.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.part();
        self.done.shrink_to_fit();
        self.done
    }
}

/// Writes text with the characters escaped that mean something in HTML.
pub(super) fn escape(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let Some(entity) = entity(byte) else { continue };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// Reads back what [`escape`], or the sanitiser, has escaped.
pub(super) fn unescape(html: &str) -> std::borrow::Cow<'_, str> {
    if !html.contains('&') {
        return html.into();
    }
    // The ampersand comes last, or `&amp;lt;` would be read twice.
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&nbsp;", "\u{A0}").replace("&amp;", "&").into()
}
