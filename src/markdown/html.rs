//! Writes the parser's events as HTML.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::footnote::Footnotes;
use super::heading::{Ids, Outline};
use super::link::{self, Target};
use super::mark::Marked;
use super::pieces::Pieces;
use super::raw::RawHtml;
use super::table::Table;
use super::{FigureReference, Heading, Label, Markdown, Piece, Reference, cjk, figure, plain};

/// The parser's events and where each is in the text that it read.
pub(super) type Events<'e> = &'e [(Event<'e>, Range<usize>)];

/// How deep quotes and lists are shown inside each other. No reader needs as many, and
/// browsers stop at 512 themselves.
const MAX_DEPTH: usize = 100;

/// What a figure is taken for where lines join: it goes with the Chinese before it.
const FIGURE: char = '数';

/// Writes a text, and says whether raw HTML is in it that has yet to be sanitised.
pub(super) fn write(marked: &Marked, events: Events, raw: RawHtml) -> (Markdown, bool) {
    let mut writer = Writer::new(marked, events, raw);
    writer.ids.reserve(marked, events);
    writer.write(0..events.len());
    writer.footnote_section();
    let Writer { out, headings, fragments, refused, removed, has_raw_html, .. } = writer;
    let pieces = out.finish();
    let markdown =
        Markdown { pieces, headings, fragments, refused, removed, ..Markdown::default() };
    (markdown, has_raw_html)
}

/// Where the writing is.
#[derive(Debug)]
pub(super) struct Writer<'e> {
    pub(super) marked: &'e Marked<'e>,
    pub(super) events: Events<'e>,
    /// The event to be written next.
    pub(super) next: usize,
    pub(super) out: Pieces,
    /// The last character written that tells of a script.
    pub(super) last: char,
    pub(super) footnotes: Footnotes,
    pub(super) table: Table<'e>,
    fragments: Vec<Reference>,
    pub(super) refused: Vec<Reference>,
    pub(super) removed: Vec<Reference>,
    pub(super) raw: RawHtml,
    /// Whether there is raw HTML that has yet to be sanitised.
    pub(super) has_raw_html: bool,
    /// Whether a comment of raw HTML is open.
    pub(super) in_comment: bool,
    /// Whether a link is open.
    in_link: bool,
    in_code: bool,
    depth: usize,
    ids: Ids,
    outline: Outline,
    headings: Vec<Heading>,
    /// What was written before the heading that is being written.
    before_heading: Pieces,
    chosen_id: Option<String>,
}

impl<'e> Writer<'e> {
    fn new(marked: &'e Marked<'e>, events: Events<'e>, raw: RawHtml) -> Writer<'e> {
        Writer {
            raw,
            marked,
            events,
            next: 0,
            out: Pieces::default(),
            last: '\n',
            footnotes: Footnotes::collect(events),
            table: Table::default(),
            fragments: Vec::new(),
            refused: Vec::new(),
            removed: Vec::new(),
            has_raw_html: false,
            in_comment: false,
            in_link: false,
            in_code: false,
            depth: 0,
            ids: Ids::default(),
            outline: Outline::default(),
            headings: Vec::new(),
            before_heading: Pieces::default(),
            chosen_id: None,
        }
    }

    /// Writes some of the events.
    pub(super) fn write(&mut self, events: Range<usize>) {
        self.next = events.start;
        while self.next < events.end {
            let (event, range) = &self.events[self.next];
            self.next += 1;
            self.event(event, range);
        }
    }

    fn event(&mut self, event: &'e Event<'e>, range: &'e Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) => self.text(text, range),
            Event::Code(code) => self.code(code),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html, range),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.plain(text),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.out.html("<br>\n"),
            Event::Rule => self.out.html("<hr>\n"),
            Event::TaskListMarker(done) => self.task(*done),
        }
    }

    fn start(&mut self, tag: &'e Tag<'e>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis => self.out.html("<em>"),
            Tag::Strong => self.out.html("<strong>"),
            Tag::Strikethrough => self.strikethrough("<del>", range),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(*link_type, dest_url, title, range);
            }
            Tag::Image { dest_url, title, .. } => self.image(dest_url, title, range),
            _ => {
                self.last = '\n';
                self.start_block(tag);
            }
        }
    }

    fn start_block(&mut self, tag: &'e Tag<'e>) {
        match tag {
            Tag::Paragraph if self.lone_image() => {}
            Tag::Paragraph => self.out.html("<p>"),
            Tag::Heading { id, .. } => {
                self.chosen_id = id.as_ref().map(|id| self.marked.clean(id).into_owned());
                self.before_heading = std::mem::take(&mut self.out);
            }
            Tag::BlockQuote(_) => self.enter("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::List(None) => self.enter("<ul>\n"),
            Tag::List(Some(1)) => self.enter("<ol>\n"),
            Tag::List(Some(first)) => self.enter(&format!("<ol start=\"{first}\">\n")),
            Tag::Item if self.is_task() => self.enter("<li class=\"task\">"),
            Tag::Item => self.enter("<li>"),
            Tag::FootnoteDefinition(_) => self.next = self.footnotes.end_of(self.next - 1),
            Tag::Table(columns) => self.start_table(columns),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            // Raw HTML brings its own tags, and the other extensions are off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.out.html("</em>"),
            TagEnd::Strong => self.out.html("</strong>"),
            TagEnd::Strikethrough => self.strikethrough("</del>", range),
            TagEnd::Link => self.end_link(),
            TagEnd::Paragraph => self.out.html("</p>\n"),
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(_) => self.leave("</blockquote>\n"),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(true) => self.leave("</ol>\n"),
            TagEnd::List(false) => self.leave("</ul>\n"),
            TagEnd::Item => self.leave("</li>\n"),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.out.html("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            _ => {}
        }
    }

    /// Opens something that may lie in itself, unless it lies too deep.
    fn enter(&mut self, tag: &str) {
        self.depth += 1;
        if self.depth <= MAX_DEPTH {
            self.out.html(tag);
        }
    }

    fn leave(&mut self, tag: &str) {
        if self.depth <= MAX_DEPTH {
            self.out.html(tag);
        }
        self.depth -= 1;
    }

    /// Two tildes strike through. One is a range of numbers (`100~150`), whatever the parser
    /// takes it for.
    fn strikethrough(&mut self, tag: &str, range: &Range<usize>) {
        let is_double = self.marked.text()[range.clone()].starts_with("~~");
        self.out.html(if is_double { tag } else { "~" });
    }

    fn end_heading(&mut self, written: u8) {
        let before = std::mem::take(&mut self.before_heading);
        let content = std::mem::replace(&mut self.out, before).finish();
        let level = self.outline.level(written);
        let id = match self.chosen_id.take() {
            Some(id) => self.ids.chosen(&id),
            None => self.ids.of_text(&plain::plain_text(&content, |f| f.metric.clone())),
        };
        self.out.html(&format!("<h{level}"));
        self.out.attribute("id", &id);
        self.out.html(">");
        self.out.append(&content);
        self.out.html(&format!("</h{level}>\n"));
        self.headings.push(Heading::new(level, id, content));
    }

    /// Code may be wider than the page: the keyboard must reach it to scroll.
    fn start_code(&mut self, kind: &CodeBlockKind) {
        self.in_code = true;
        self.out.html("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = self.marked.clean(info).split_whitespace().next()
        {
            self.out.attribute("class", &format!("language-{language}"));
        }
        self.out.html(">");
    }

    fn end_code(&mut self) {
        self.in_code = false;
        self.out.html("</code></pre>\n");
    }

    fn is_task(&self) -> bool {
        let next = |ahead: usize| self.events.get(self.next + ahead).map(|(event, _)| event);
        match next(0) {
            Some(Event::Start(Tag::Paragraph)) => {
                matches!(next(1), Some(Event::TaskListMarker(_)))
            }
            event => matches!(event, Some(Event::TaskListMarker(_))),
        }
    }

    fn task(&mut self, done: bool) {
        let (checked, label) = if done { (" checked", Label::Done) } else { ("", Label::Open) };
        self.out.html(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\""));
        self.out.hole(Piece::Label(label));
        self.out.html("\"> ");
    }

    fn text(&mut self, text: &'e str, range: &Range<usize>) {
        if self.in_code {
            self.out.text(&self.marked.clean(text));
        } else if text != "[" || !self.figure(range.start) {
            self.plain(text);
        }
    }

    /// Writes text as it is.
    pub(super) fn plain(&mut self, text: &str) {
        let text = self.marked.clean(text);
        self.last = cjk::last_telling(&text).unwrap_or(self.last);
        self.out.text(&text);
    }

    fn code(&mut self, code: &str) {
        self.out.html("<code>");
        self.plain(code);
        self.out.html("</code>");
    }

    /// Writes the figure reference that begins here, if one does.
    ///
    /// The parser gives each bracket apart, and other events between them mean that the
    /// brackets hold more than a name.
    fn figure(&mut self, start: usize) -> bool {
        let Some((figure, end)) = figure::read(self.marked.text(), start) else { return false };
        let is_name = |(event, range): &&(Event, Range<usize>)| {
            matches!(event, Event::Text(_)) && range.end <= end
        };
        let name = self.events[self.next..].iter().take_while(is_name).count();
        if self.events[self.next + name - 1].1.end != end {
            return false;
        }
        self.next += name;
        self.figure_hole(figure, self.marked.original(&(start..end)));
        true
    }

    /// Leaves the hole for a figure that was read in marked text, and stands in the original
    /// at a range.
    pub(super) fn figure_hole(&mut self, mut figure: FigureReference, at: Range<usize>) {
        figure.metric = self.marked.clean(&figure.metric).into_owned();
        figure.scope = figure.scope.map(|scope| self.marked.clean(&scope).into_owned());
        figure.at = at;
        figure.in_link = self.in_link;
        self.last = FIGURE;
        self.out.hole(Piece::Figure(Box::new(figure)));
    }

    /// Lines of Chinese are wrapped anywhere, and a space where they were would be seen.
    fn soft_break(&mut self) {
        if !cjk::joins(self.last, self.following()) {
            self.out.html("\n");
        }
    }

    /// The first character ahead that tells of a script, looking through inline markup.
    fn following(&self) -> char {
        for (event, range) in &self.events[self.next..] {
            let found = match event {
                Event::Text(text) if &**text == "[" => self.bracket(range.start),
                Event::Text(text) | Event::Code(text) => {
                    cjk::first_telling(&self.marked.clean(text))
                }
                Event::Start(Tag::Image { .. }) => Some('\n'),
                Event::Start(tag) if is_inline(tag) => None,
                Event::End(tag) if is_inline_end(*tag) => None,
                Event::InlineHtml(_) | Event::FootnoteReference(_) => None,
                _ => Some('\n'),
            };
            if let Some(found) = found {
                return found;
            }
        }
        '\n'
    }

    fn bracket(&self, start: usize) -> Option<char> {
        Some(figure::read(self.marked.text(), start).map_or('[', |_| FIGURE))
    }

    fn start_link(&mut self, kind: LinkType, dest: &str, title: &str, range: &Range<usize>) {
        let target = link::address(kind, &self.marked.clean(dest));
        let class = link::classify(&target);
        if class == Target::Refused {
            let at = self.place(dest, range);
            self.refused.push(Reference { target, at });
            return;
        }
        self.in_link = true;
        self.out.html("<a href=\"");
        match class {
            Target::Local => {
                let at = self.place(dest, range);
                self.out.hole(Piece::Href(Reference { target, at }));
            }
            Target::Fragment => {
                self.out.text(&link::encode(&target));
                let at = self.place(dest, range);
                self.fragments.push(Reference { target, at });
            }
            _ => self.out.text(&link::encode(&target)),
        }
        self.out.html("\"");
        if !title.is_empty() {
            self.out.attribute("title", &self.marked.clean(title));
        }
        if class == Target::External {
            self.out.attribute("rel", link::REL);
        }
        self.out.html(">");
    }

    fn end_link(&mut self) {
        if std::mem::take(&mut self.in_link) {
            self.out.html("</a>");
        }
    }

    /// Where a target stands in the original text: itself if it can be found, else all of
    /// the link.
    pub(super) fn place(&self, target: &str, link: &Range<usize>) -> Range<usize> {
        self.marked.position(target).unwrap_or_else(|| self.marked.original(link))
    }
}

pub(super) fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}

pub(super) fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

#[cfg(test)]
mod tests {
    use crate::markdown::parse;
    use crate::markdown::tests::check;

    #[test]
    fn blocks_are_written() {
        check(
            "> 甲\n\n---\n\n3. 乙\n4. 丙",
            "<blockquote>\n<p>甲</p>\n</blockquote>\n<hr>\n<ol start=\"3\">\n<li>乙</li>\n<li>丙</li>\n</ol>",
        );
        check(
            "```rust\nlet a = \"<b>\";\r\n```",
            "<pre tabindex=\"0\"><code class=\"language-rust\">let a = &quot;&lt;b&gt;&quot;;\n</code></pre>",
        );
        check("\"a\" -- b... H~2~O x^2^", "<p>&quot;a&quot; -- b... H~2~O x^2^</p>");
        check("", "");
    }

    #[test]
    fn headings_are_named_and_fit_under_the_title_of_the_page() {
        check(
            "# 甲 *乙*\n\n#### 丙 {#c}\n\n## 甲 乙",
            "<h2 id=\"甲-乙\">甲 <em>乙</em></h2>\n<h3 id=\"c\">丙</h3>\n<h3 id=\"甲-乙-2\">甲 乙</h3>",
        );
        let markdown = parse("# 甲[[b]]\n\n## [丙](d)");
        let headings: Vec<_> = markdown
            .headings
            .iter()
            .map(|heading| {
                (heading.level, heading.id.as_str(), heading.plain_text(|_| "78%".to_owned()))
            })
            .collect();
        assert_eq!(headings, [(2, "甲b", "甲78%".to_owned()), (3, "丙", "丙".to_owned())]);
    }

    #[test]
    fn task_boxes_are_labelled() {
        check(
            "- [x] 开工\n- [ ] 竣工",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"已完成\"> 开工</li>\n\
             <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"未完成\"> 竣工</li>\n</ul>",
        );
    }

    #[test]
    fn only_links_into_the_site_are_holes() {
        check(
            "[甲](/news/ \"乙\") [丙](https://a.example/?b=1&c=2) [丁](#戊) <a@b.example>",
            "<p><a href=\"site:/news/\" title=\"乙\">甲</a> \
             <a href=\"https://a.example/?b=1&amp;c=2\" rel=\"noopener noreferrer external\">丙</a> \
             <a href=\"#戊\">丁</a> \
             <a href=\"mailto:a@b.example\" rel=\"noopener noreferrer external\">a@b.example</a></p>",
        );
        let text = "**注：**[甲][乙]和[丙](a%20b.pdf)\n\n[乙]: /丁/";
        let markdown = parse(text);
        let found: Vec<_> = markdown
            .references()
            .map(|reference| (reference.target.as_str(), &text[reference.at.clone()]))
            .collect();
        assert_eq!(found, [("/丁/", "/丁/"), ("a%20b.pdf", "a%20b.pdf")]);
    }

    #[test]
    fn links_of_refused_schemes_are_text() {
        for target in [
            "javascript:alert(1)",
            "&#106;avascript:x",
            "java&Tab;script:x",
            "<java\u{A0}script:x>",
            "data:text/html,x",
            "VBSCRIPT:x",
        ] {
            check(&format!("[**甲**]({target})"), "<p><strong>甲</strong></p>");
        }
        let markdown = parse("[甲](javascript:x)");
        assert_eq!(
            (markdown.refused[0].target.as_str(), markdown.refused[0].at.clone()),
            ("javascript:x", 6..18)
        );
    }
}
