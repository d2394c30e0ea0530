//! Raw HTML made harmless.
//!
//! Raw HTML comes in fragments, an opening tag here and its end three paragraphs on, so that
//! only the finished whole can be judged. Holes go through the sanitiser as numbers between
//! two private characters, and links and pictures of the author's own HTML become holes on
//! the way back. A text without raw HTML never comes here.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::link::{self, Target};
use super::pieces::{Pieces, unescape};
use super::{Image, Piece, Reference, mark, nesting};

/// Sanitises finished pieces, unless they are too much for that; `text` is what the author
/// wrote.
pub(super) fn sanitise(pieces: Vec<Piece>, text: &str) -> Option<Vec<Piece>> {
    let mark = mark::unused(text)?;
    let (html, holes) = join(pieces, mark);
    if nesting::is_excessive(&html) {
        return None;
    }
    let clean = POLICY.clean(&html).to_string();
    let mut restorer = Restorer { holes, mark, text, from: 0, out: Pieces::default() };
    restorer.restore(&clean);
    Some(restorer.out.finish())
}

/// One HTML text, and the holes that it has numbers for.
fn join(pieces: Vec<Piece>, mark: char) -> (String, Vec<Piece>) {
    let mut html = String::new();
    let mut holes = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Html(part) => html.push_str(&part),
            hole => {
                html.push_str(&format!("{mark}{}{mark}", holes.len()));
                holes.push(hole);
            }
        }
    }
    (html, holes)
}

/// Puts the holes back.
struct Restorer<'t> {
    holes: Vec<Piece>,
    mark: char,
    text: &'t str,
    /// How far in the text links and pictures have been found.
    from: usize,
    out: Pieces,
}

impl Restorer<'_> {
    fn restore(&mut self, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            self.content(&rest[..start]);
            let end = start + tag_len(&rest[start..]);
            self.tag(&rest[start..end]);
            rest = &rest[end..];
        }
        self.content(rest);
    }

    fn tag(&mut self, tag: &str) {
        if tag.starts_with("<a ") {
            self.link(tag);
        } else if tag.starts_with("<img ") {
            self.image(tag);
        } else if tag.starts_with("<input") && !tag.contains(self.mark) {
            // Only the writer's own boxes have a label in them, and others ask for input
            // that goes nowhere.
        } else {
            self.in_tag(tag);
        }
    }

    /// Between tags, any hole but an address has its place.
    fn content(&mut self, html: &str) {
        self.parts(html, |out, hole| match hole {
            Piece::Href(_) => {}
            hole => out.hole(hole.clone()),
        });
    }

    /// In a tag, a hole that would write tags of its own could break out of its attribute:
    /// it becomes a word. That happens where an author leaves a quote open.
    fn in_tag(&mut self, html: &str) {
        self.parts(html, |out, hole| match hole {
            Piece::Label(_) => out.hole(hole.clone()),
            Piece::Figure(figure) => out.text(&figure.metric),
            Piece::Image(image) => out.text(&image.alt),
            Piece::Html(_) | Piece::Href(_) => {}
        });
    }

    /// Writes HTML with the holes in it as the caller has it.
    fn parts(&mut self, html: &str, write: impl Fn(&mut Pieces, &Piece)) {
        for (number, part) in html.split(self.mark).enumerate() {
            if number % 2 == 0 {
                self.out.html(part);
            } else if let Some(hole) =
                part.parse().ok().and_then(|hole: usize| self.holes.get(hole))
            {
                write(&mut self.out, hole);
            }
        }
    }

    fn link(&mut self, tag: &str) {
        self.out.html("<a");
        for (name, value) in attributes(tag) {
            if name == "href" {
                self.href(value);
            } else {
                self.in_tag(&format!(" {name}=\"{value}\""));
            }
        }
        self.out.html(">");
    }

    fn href(&mut self, value: &str) {
        if let Some(Piece::Href(reference)) = self.whole(value) {
            return self.reference(reference.clone());
        }
        let target = unescape(value).into_owned();
        if target.contains(self.mark) {
            return;
        }
        match link::classify(&target) {
            Target::Refused => {}
            Target::Local => {
                let at = self.place("href", &target);
                self.reference(Reference { target, at });
            }
            Target::Fragment => self.out.attribute("href", &link::encode(&target)),
            Target::External => {
                self.out.attribute("href", &link::encode(&target));
                self.out.attribute("rel", link::REL);
            }
        }
    }

    fn reference(&mut self, reference: Reference) {
        self.out.html(" href=\"");
        self.out.hole(Piece::Href(reference));
        self.out.html("\"");
    }

    /// The hole that a value is nothing else than.
    fn whole(&self, value: &str) -> Option<&Piece> {
        let number = value.strip_prefix(self.mark)?.strip_suffix(self.mark)?;
        self.holes.get(number.parse::<usize>().ok()?)
    }

    fn image(&mut self, tag: &str) {
        let attributes: HashMap<_, _> = attributes(tag).collect();
        let value = |name| attributes.get(name).map(|value| unescape(value).replace(self.mark, ""));
        let alt = value("alt").unwrap_or_default();
        let title = value("title");
        match value("src") {
            Some(target) if link::classify(&target) != Target::Refused => {
                let at = self.place("src", &target);
                self.out.hole(Piece::Image(Box::new(Image { target, alt, title, at })));
            }
            _ => self.out.text(&alt),
        }
    }

    /// Where an attribute of raw HTML has a target in the text: the next place after the one before, or nowhere in particular if
    /// it is written in other signs.
    fn place(&mut self, attribute: &str, target: &str) -> std::ops::Range<usize> {
        let is_value = |at: &usize| {
            let before = self.text[..*at].trim_end_matches(['"', '\'']).trim_end();
            let name = before.strip_suffix('=').map_or("", str::trim_end);
            let start = name.len().saturating_sub(attribute.len());
            name.get(start..).is_some_and(|name| name.eq_ignore_ascii_case(attribute))
        };
        let mut places = self.text.match_indices(target).map(|(at, _)| at).filter(is_value);
        match places.clone().find(|at| *at >= self.from).or_else(|| places.next()) {
            Some(start) => {
                self.from = start + target.len();
                start..self.from
            }
            None => 0..0,
        }
    }
}

/// The length of the tag that HTML begins with, as the sanitiser writes tags.
fn tag_len(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// The attributes of a tag, as the sanitiser writes them: `name="value"`.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag.split_once(' ').map_or("", |(_, attributes)| attributes);
    std::iter::from_fn(move || {
        let (name, value) = rest.split_once("=\"")?;
        let (value, after) = value.split_once('"')?;
        rest = after;
        Some((name.trim_start(), value))
    })
}

/// What may stay of raw HTML; what the writer itself writes must be among it.
static POLICY: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut policy = Builder::default();
    policy
        .tags(TAGS.iter().copied().collect())
        .generic_attributes(GENERIC.iter().copied().collect())
        .tag_attributes(of_tags(&ATTRIBUTES))
        .tag_attribute_values(HashMap::from([
            ("div", HashMap::from([("role", HashSet::from(["region"]))])),
            ("section", HashMap::from([("role", HashSet::from(["doc-endnotes"]))])),
            ("a", HashMap::from([("role", HashSet::from(["doc-noteref", "doc-backlink"]))])),
        ]))
        .attribute_filter(keep)
        .url_schemes(link::SCHEMES.iter().copied().collect())
        .link_rel(None);
    policy
});

/// Whether a tag may stay, by its name in small letters.
pub(super) fn keeps(tag: &str) -> bool {
    TAGS.contains(&tag)
}

const TAGS: [&str; 68] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

const GENERIC: [&str; 6] = ["aria-label", "class", "id", "lang", "tabindex", "title"];

const ATTRIBUTES: [(&str, &[&str]); 14] = [
    ("a", &["href"]),
    ("bdo", &["dir"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("img", &["alt", "src"]),
    ("input", &["checked", "disabled", "type"]),
    ("ins", &["datetime"]),
    ("ol", &["start"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// The classes that the theme knows text by.
const CLASSES: [&str; 7] =
    ["center", "footnote-back", "footnote-ref", "footnotes", "num", "table-scroll", "task"];

fn of_tags(
    attributes: &[(&'static str, &[&'static str])],
) -> HashMap<&'static str, HashSet<&'static str>> {
    attributes.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect()
}

/// Classes and focus only as the writer uses them: the page around the text has its own.
fn keep<'v>(_: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let kept = match name {
        "class" => CLASSES.contains(&value) || is_language(value),
        "tabindex" => value == "0",
        _ => true,
    };
    kept.then_some(Cow::Borrowed(value))
}

fn is_language(class: &str) -> bool {
    class.starts_with("language-") && !class.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use crate::markdown::parse;
    use crate::markdown::tests::{check, html};

    #[test]
    fn scripts_and_handlers_are_dropped() {
        check("甲<script>alert(1)</script>乙", "<p>甲乙</p>");
        check("<p onclick=\"a()\" style=\"x\">甲</p>", "<p>甲</p>");
        check("<b>甲</b><iframe src=\"https://a\"></iframe>", "<p><b>甲</b></p>");
        check(
            "<a href=\"javascript:x\">甲</a><a href=\"java&#9;script:x\">乙</a>",
            "<p><a>甲</a><a>乙</a></p>",
        );
        check("<div class=\"overlay\" tabindex=\"3\" role=\"main\">甲</div>", "<div>甲</div>");
        check("甲<input name=a>", "<p>甲</p>");
    }

    #[test]
    fn what_the_writer_writes_stays() {
        let markdown = "# 标题 {#a}\n\n- [x] 甲\n\n|乙|丙|\n|-:|:-:|\n|[[b]]|丁|\n\n见[附件](c.pdf)[^1]和[戊](https://a.example)\n\n```rust\nx\n```\n\n![己](d.png \"庚\")\n\n[^1]: 注";
        let expected = html(markdown).replace(
            " disabled checked aria-label=\"已完成\"",
            " disabled=\"\" checked=\"\" aria-label=\"已完成\"",
        );
        assert_eq!(
            html(&format!("{markdown}\n\n<i>辛</i>")),
            expected.replace("<section", "<p><i>辛</i></p>\n<section")
        );
    }

    #[test]
    fn links_and_pictures_of_raw_html_are_holes() {
        let text = "**注：**甲 <a href=\"/乙/?a=1&amp;b=2\">丙</a> <img src=\"丁.png\" alt=\"戊\" onerror=\"x\" width=3>";
        check(
            text,
            "<p><strong>注：</strong>甲 <a href=\"site:/乙/?a=1&amp;b=2\">丙</a> <img src=\"丁.png\" alt=\"戊\"></p>",
        );
        let markdown = parse(text);
        assert_eq!(markdown.references().next().unwrap().target, "/乙/?a=1&b=2");
        let image = markdown.images().next().unwrap();
        assert_eq!(&text[image.at.clone()], "丁.png");
        let text = "见a.png：<img alt='a.png' SRC = 'a.png'>";
        let image = parse(text).images().next().unwrap().clone();
        assert_eq!(image.at.start, text.rfind("a.png").unwrap());
        check(
            "<a href=\"//a.example\" rel=x>甲</a>",
            "<p><a href=\"//a.example\" rel=\"noopener noreferrer external\">甲</a></p>",
        );
        check("<img src=\"data:x\" alt=\"甲\">", "甲");
    }

    #[test]
    fn figures_of_raw_html_are_holes() {
        check(
            "<table><tr><td>[[a@b]]</td></tr></table>",
            "<table><tbody><tr><td>⟦a@b⟧</td></tr></tbody></table>",
        );
        check("<div title=\"[[a]]\">甲</div>", "<div title=\"a\">甲</div>");
    }

    #[test]
    fn a_picture_in_an_open_quote_writes_no_tag() {
        let html = html("<div title=\"\n\n![\" onmouseover=x y=](a.png)\n\n[甲](b)\">\n\n乙");
        assert!(!html.contains("onmouseover=x y=\"") && !html.contains("<img"), "{html}");
    }

    #[test]
    fn holes_cannot_be_forged() {
        check(
            "<i>\u{E000}0\u{E000}&#xE001;0&#xE001;</i>[[a]]",
            "<p><i>\u{E000}0\u{E000}\u{E001}0\u{E001}</i>⟦a⟧</p>",
        );
    }

    #[test]
    fn line_breaks_and_comments_need_no_sanitiser() {
        check("甲<br>乙<br />丙<!-- 丁 -->", "<p>甲<br>乙<br>丙</p>");
        assert!(parse("<!-- 甲 -->").is_empty());
    }
}
