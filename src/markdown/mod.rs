//! Markdown read once into HTML, with holes for what only the whole site knows.
//!
//! [`parse`] needs nothing but the text, so its result can be kept for as long as the text
//! is the same. Where a link leads, what a picture looks like, what a figure's value is and
//! in which language labels are, is asked of a [`Fill`] when a page is written.

mod cjk;
mod figure;
mod footnote;
mod heading;
mod html;
mod image;
mod label;
mod link;
mod mark;
mod miswritten;
mod nesting;
mod pieces;
mod plain;
mod raw;
mod sanitise;
mod table;
mod typed;

use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use self::raw::RawHtml;

pub use self::heading::Heading;
pub use self::label::{Label, Labels};
pub use self::miswritten::{Mistake, Miswritten};
pub use self::typed::{TypedFigure, typed_figures};

/// Markdown read once: HTML in pieces, with holes for what only the whole site knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Markdown {
    /// The HTML and its holes, in reading order.
    pub pieces: Vec<Piece>,
    /// The headings in reading order, for a table of contents.
    pub headings: Vec<Heading>,
    /// Links to places in the text itself, `#…`. Those in raw HTML are not among them.
    pub fragments: Vec<Reference>,
    /// What is likely meant as markup, and stands there as it was typed.
    pub miswritten: Vec<Miswritten>,
    /// Links and pictures left out because of their scheme (`javascript:`, `data:`), so
    /// that the author can be told. Those in raw HTML go without a word.
    pub refused: Vec<Reference>,
    /// The tags of raw HTML that are left out, each once, with the tag's name for a target.
    pub removed: Vec<Reference>,
}

/// A stretch of finished HTML, or a hole in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Finished, sanitised HTML.
    Html(String),
    /// The inside of an `href="…"` whose target the site has to find.
    Href(Reference),
    /// A whole `<img …>`.
    Image(Box<Image>),
    /// A figure of the site in running text.
    Figure(Box<FigureReference>),
    /// A word for readers of the page, in the page's language.
    Label(Label),
}

/// A link into the site: `/…` from the site's root, anything else from media or beside the text.
///
/// Links to other sites, `mailto:`, `tel:` and `#fragment` are no references: they are
/// finished HTML.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The target as the author wrote it, entities and backslashes resolved.
    pub target: String,
    /// Where it stands in the text: the target itself where that can be told, else the link.
    pub at: Range<usize>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Image {
    /// The target as the author wrote it; it may be on another site (`https://…`).
    pub target: String,
    /// The text for those who do not see the picture.
    pub alt: String,
    /// The title, unless it is shown as a caption.
    pub title: Option<String>,
    /// Where it stands in the text: the target itself where that can be told, else the picture.
    pub at: Range<usize>,
}

/// A figure named in the text, `[[invest.annual@town:nanshan]]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FigureReference {
    /// What is before the `@`: a metric's id or name. Empty in `[[]]`.
    pub metric: String,
    /// What is after the `@`, if there is one.
    pub scope: Option<String>,
    /// Where it stands in the text, brackets included.
    pub at: Range<usize>,
    /// Whether it stands in the text of a link, so that it cannot be a link itself.
    pub in_link: bool,
}

/// What the holes are filled with.
pub trait Fill {
    /// The address that a link leads to, not yet escaped.
    fn href(&self, reference: &Reference) -> String;

    /// The `<img …>` tag, as HTML.
    fn image(&self, image: &Image) -> String;

    /// The figure as it stands in running text, as HTML: a name that is shown has to be
    /// escaped.
    fn figure(&self, figure: &FigureReference) -> String;

    /// The words for labels, in the page's language.
    fn labels(&self) -> &Labels {
        &Labels::CHINESE
    }
}

/// Reads Markdown; every text is some Markdown, so this cannot fail.
pub fn parse(text: &str) -> Markdown {
    let marked = mark::mark(text);
    let parser = Parser::new_ext(marked.text(), options());
    let events: Vec<_> = parser.into_offset_iter().collect();
    let (mut markdown, has_raw_html) = html::write(&marked, &events, RawHtml::Kept);
    if has_raw_html {
        match sanitise::sanitise(markdown.pieces, text) {
            Some(pieces) => markdown.pieces = pieces,
            None => (markdown, _) = html::write(&marked, &events, RawHtml::Shown),
        }
    }
    markdown.miswritten = miswritten::find(text, &marked, &events);
    markdown
}

/// CommonMark and what editors expect beside it. Smart punctuation stays off: it makes one
/// sign of `...` where Chinese wants `……`, and quotes are the author's business.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// The text of finished HTML without its markup, a line a block.
pub fn text_of(html: &str) -> String {
    plain::plain_text(&[Piece::Html(html.into())], |_| String::new())
}

impl Markdown {
    /// The HTML with its holes filled.
    pub fn fill(&self, filler: &impl Fill) -> String {
        let mut html = String::with_capacity(self.pieces.iter().map(Piece::likely_len).sum());
        for piece in &self.pieces {
            match piece {
                Piece::Html(text) => html.push_str(text),
                Piece::Href(reference) => pieces::escape(&mut html, &filler.href(reference)),
                Piece::Image(image) => html.push_str(&filler.image(image)),
                Piece::Figure(figure) => html.push_str(&filler.figure(figure)),
                Piece::Label(label) => {
                    pieces::escape(&mut html, &filler.labels().text(*label));
                }
            }
        }
        html
    }

    /// The text without its markup, a line a block: for search, feeds and descriptions.
    ///
    /// Pictures, footnote numbers and labels are left out.
    pub fn plain_text(&self, figure: impl Fn(&FigureReference) -> String) -> String {
        plain::plain_text(&self.pieces, figure)
    }

    /// Whether nothing would be shown.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether the text has a place of a name that `#…` can lead to: a heading, a footnote.
    pub fn has_place(&self, name: &str) -> bool {
        let id = format!(" id=\"{name}\"");
        self.pieces.iter().any(|piece| matches!(piece, Piece::Html(html) if html.contains(&id)))
    }

    /// The links into the site.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Href(reference) => Some(reference),
            _ => None,
        })
    }

    /// The pictures.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Image(image) => Some(&**image),
            _ => None,
        })
    }

    /// The figures named in running text.
    pub fn figures(&self) -> impl Iterator<Item = &FigureReference> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Figure(figure) => Some(&**figure),
            _ => None,
        })
    }
}

/// Whether a link leads to something of the site's own, for the site to find.
pub fn is_local(target: &str) -> bool {
    link::classify(target) == link::Target::Local
}

impl Image {
    /// Whether the picture is on another site, and not for this one to find.
    pub fn is_external(&self) -> bool {
        link::classify(&self.target) == link::Target::External
    }
}

impl Piece {
    /// A guess that saves the filled page from growing step by step.
    fn likely_len(&self) -> usize {
        match self {
            Piece::Html(html) => html.len(),
            Piece::Image(_) => 128,
            Piece::Href(_) | Piece::Figure(_) | Piece::Label(_) => 32,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Fills holes so that they can be told from the text around them.
    struct Outline;

    impl Fill for Outline {
        fn href(&self, reference: &Reference) -> String {
            format!("site:{}", reference.target)
        }

        fn image(&self, image: &Image) -> String {
            let mut html = pieces::Pieces::default();
            html.html("<img");
            html.attribute("src", &image.target);
            html.attribute("alt", &image.alt);
            if let Some(title) = &image.title {
                html.attribute("title", title);
            }
            html.html(">");
            match html.finish().pop() {
                Some(Piece::Html(html)) => html,
                _ => String::new(),
            }
        }

        fn figure(&self, figure: &FigureReference) -> String {
            match &figure.scope {
                Some(scope) => format!("⟦{}@{scope}⟧", figure.metric),
                None => format!("⟦{}⟧", figure.metric),
            }
        }
    }

    pub(super) fn html(text: &str) -> String {
        parse(text).fill(&Outline)
    }

    pub(super) fn check(text: &str, expected: &str) {
        assert_eq!(html(text).trim_end(), expected, "{text}");
    }

    #[test]
    fn labels_are_in_the_language_of_the_page() {
        struct English;
        impl Fill for English {
            fn href(&self, _: &Reference) -> String {
                String::new()
            }
            fn image(&self, _: &Image) -> String {
                String::new()
            }
            fn figure(&self, _: &FigureReference) -> String {
                String::new()
            }
            fn labels(&self) -> &Labels {
                &Labels::ENGLISH
            }
        }
        assert!(parse("- [x] a").fill(&English).contains("aria-label=\"Done\""));
    }

    #[test]
    fn hostile_nesting_is_read_in_reasonable_time() {
        for text in [
            "> ".repeat(10_000) + "甲<b>",
            "- ".repeat(10_000) + "甲",
            "[".repeat(100_000),
            "![".repeat(50_000),
            "[[a".repeat(50_000),
            "*~".repeat(50_000) + "甲",
            "**“".repeat(50_000),
            "<div>".repeat(10_000),
            "<b>".repeat(10_000),
            "甲\n*".repeat(20_000),
            "# a\n".repeat(10_000),
            "[^1]: ".repeat(5_000) + "甲[^1]",
            "{{a【[a](/b".repeat(20_000),
            "|a\n".repeat(50_000),
            "3*5".repeat(50_000),
        ] {
            html(&text);
        }
    }

    fn fragments() -> impl Strategy<Value = String> {
        let fragments = [
            "**",
            "*",
            "~~",
            "“",
            "”",
            "《",
            "》",
            "，",
            "甲",
            "a",
            " ",
            "\n",
            "\r\n",
            "\n\n",
            "[[",
            "]]",
            "[",
            "](",
            ")",
            "![",
            "|",
            "\n|-|\n",
            "`",
            "```\n",
            "# ",
            "> ",
            "- ",
            "- [x] ",
            "[^1]",
            "\n[^1]: ",
            "<b>",
            "</b>",
            "<div>",
            "<div title=\"",
            "<a href=\"",
            "\">",
            "javascript:",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "\\",
            "&#xE000;",
            "\u{E000}",
            "{#a}",
            "@",
            "http://a",
            "<img src=\"",
            "\u{0}",
            "\t",
            "    ",
            "3*5",
            "##",
            "：",
            "【",
            "】",
            "（/a",
            "）",
            "{{",
            "}}",
            "https:",
            "<svg>",
            "<style>",
            "<textarea>",
        ];
        prop::collection::vec(prop::sample::select(fragments.to_vec()), 0..40)
            .prop_map(|fragments| fragments.concat())
    }

    fn check_sound(text: &str) -> Result<(), TestCaseError> {
        let markdown = parse(text);
        let html = markdown.fill(&Outline).to_lowercase();
        prop_assert!(!html.contains("<script"), "{html}");
        prop_assert!(!html.contains("<a href=\"javascript:"), "{html}");
        let is_private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}');
        let leaks = html.contains(is_private) && !text.contains(is_private) && !text.contains("&#");
        prop_assert!(!leaks, "{html}");
        let ranges = markdown.references().map(|reference| &reference.at);
        let ranges = ranges.chain(markdown.images().map(|image| &image.at));
        let ranges = ranges.chain(markdown.refused.iter().map(|reference| &reference.at));
        for range in ranges {
            prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
        for miswritten in &markdown.miswritten {
            prop_assert!(text.get(miswritten.at.clone()).is_some(), "{miswritten:?}");
        }
        for figure in markdown.figures() {
            let named = text.get(figure.at.clone());
            prop_assert!(named.is_some_and(|named| named.contains("[[")), "{figure:?}");
        }
        markdown.plain_text(|figure| figure.metric.clone());
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read_safely(text in any::<String>()) {
            check_sound(&text)?;
        }

        #[test]
        fn any_markup_is_read_safely(text in fragments()) {
            check_sound(&text)?;
        }
    }
}
