//! Pictures: in the text, or alone in a paragraph and then with a caption.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::Writer;
use super::link::{self, Target};
use super::{Image, Piece, Reference, cjk, figure};

impl<'e> Writer<'e> {
    /// Writes a picture in the text.
    pub(super) fn image(&mut self, dest: &str, title: &str, range: &Range<usize>) {
        let end = self.image_end(self.next);
        let mut image = self.read_image(self.next..end, dest, range);
        self.next = end + 1;
        if link::classify(&image.target) == Target::Refused {
            self.plain(&image.alt);
            self.refused.push(Reference { target: image.target, at: image.at });
            return;
        }
        if !title.is_empty() {
            image.title = Some(self.marked.clean(title).into_owned());
        }
        self.last = '\n';
        self.out.hole(Piece::Image(Box::new(image)));
    }

    /// Writes the paragraph that begins here as a figure if a picture is all there is in it.
    pub(super) fn lone_image(&mut self) -> bool {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) =
            self.events.get(self.next)
        else {
            return false;
        };
        let end = self.image_end(self.next + 1);
        if !matches!(self.events.get(end + 1), Some((Event::End(TagEnd::Paragraph), _))) {
            return false;
        }
        let image = self.read_image(self.next + 1..end, dest_url, range);
        if link::classify(&image.target) == Target::Refused {
            return false;
        }
        self.next = end + 2;
        self.out.html("<figure>");
        self.out.hole(Piece::Image(Box::new(image)));
        self.caption(title, range);
        self.out.html("</figure>\n");
        true
    }

    fn caption(&mut self, title: &str, range: &Range<usize>) {
        if title.is_empty() {
            return;
        }
        self.out.html("<figcaption>");
        self.prose(title, range);
        self.out.html("</figcaption>");
    }

    /// Writes text that is not Markdown, figures read in it.
    fn prose(&mut self, text: &str, range: &Range<usize>) {
        let mut rest = text;
        while let Some(figure) = figure::first(rest) {
            let found = figure.at.clone();
            self.plain(&rest[..found.start]);
            self.figure_hole(figure, self.place(&rest[found.clone()], range));
            rest = &rest[found.end..];
        }
        self.plain(rest);
    }

    /// The event that ends the picture whose content begins here.
    fn image_end(&self, content: usize) -> usize {
        let mut depth = 1;
        for (ahead, (event, _)) in self.events[content..].iter().enumerate() {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return content + ahead;
            }
        }
        self.events.len()
    }

    fn read_image(&self, content: Range<usize>, dest: &str, range: &Range<usize>) -> Image {
        let target = self.marked.clean(dest).trim().to_owned();
        Image { target, alt: self.alt(content), title: None, at: self.place(dest, range) }
    }

    /// What a picture's description says, without markup.
    fn alt(&self, content: Range<usize>) -> String {
        let mut alt = String::new();
        let mut broken = false;
        for (event, _) in &self.events[content] {
            match event {
                Event::Text(text) | Event::Code(text) => {
                    let text = self.marked.clean(text);
                    if std::mem::take(&mut broken) && !joins(&alt, &text) {
                        alt.push(' ');
                    }
                    alt.push_str(&text);
                }
                Event::SoftBreak | Event::HardBreak => broken = true,
                _ => {}
            }
        }
        alt
    }
}

fn joins(before: &str, after: &str) -> bool {
    match (cjk::last_telling(before), cjk::first_telling(after)) {
        (Some(before), Some(after)) => cjk::joins(before, after),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::tests::check;

    #[test]
    fn a_picture_alone_is_a_figure() {
        check("![现场](a.jpg)", "<figure><img src=\"a.jpg\" alt=\"现场\"></figure>");
        check(
            "![现场](a.jpg \"图为[[b]]现场\")",
            "<figure><img src=\"a.jpg\" alt=\"现场\"><figcaption>图为⟦b⟧现场</figcaption></figure>",
        );
    }

    #[test]
    fn a_picture_in_text_is_not() {
        check(
            "见![**现**`场`\n图](/b.jpg \"标题\")",
            "<p>见<img src=\"/b.jpg\" alt=\"现场图\" title=\"标题\"></p>",
        );
        check(
            "[![甲](a.jpg)](/b)",
            "<p><a href=\"site:/b\"><img src=\"a.jpg\" alt=\"甲\"></a></p>",
        );
    }

    #[test]
    fn a_picture_of_a_refused_scheme_is_its_description() {
        check("![甲](data:image/png;base64,x)", "<p>甲</p>");
        check(
            "![甲](https://a.example/b.png)",
            "<figure><img src=\"https://a.example/b.png\" alt=\"甲\"></figure>",
        );
    }

    #[test]
    fn a_picture_is_found_in_the_original_text() {
        let text = "**注：**甲![乙](媒体/丙.jpg)";
        let markdown = crate::markdown::parse(text);
        let image = markdown.images().next().unwrap();
        assert_eq!(&text[image.at.clone()], "媒体/丙.jpg");
        assert!(!image.is_external());
    }
}
