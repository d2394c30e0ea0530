//! Texts in another language than their page's, marked so that they are read aloud and set rightly.
//!
//! What nobody translated is shown as it is written, often within a sentence of the page: `Contact: 公报编辑部`. Which part of
//! the sentence that is, the script tells: Chinese characters on a page in another language, Latin letters on a Chinese one.

use std::ops::Range;

/// A page in which each text that is in another language says so: within `<span lang="…">`, or by its element where no other may
/// stand in it. What is below an element that says so already is left as it is.
pub(super) fn marked(page: &str, lang: &str) -> String {
    let mut html = String::with_capacity(page.len() + page.len() / 8);
    let mut rest = page;
    let says_so = format!(" lang=\"{lang}\"");
    let mut around: Vec<Named<'_>> = Vec::new();
    while let Some(at) = rest.find('<') {
        let (text, tagged) = rest.split_at(at);
        let is_marked = |around: &[Named<'_>]| around.last().is_some_and(|named| named.says_so);
        if is_marked(&around) {
            html.push_str(text);
        } else {
            mark(&mut html, text, lang);
        }
        let (tag, behind) = tagged.split_at(tag_length(tagged));
        rest = behind;
        let (name, is_end) = (element(tag), tag.starts_with("</"));
        if let Some(named) = named_language(tag).filter(|_| !is_end && !name.is_empty()) {
            around.push(Named { name, open: 1, says_so: named == lang });
        } else if let Some(named) = around.last_mut().filter(|named| named.name == name) {
            named.open = if is_end { named.open - 1 } else { named.open + 1 };
            around.pop_if(|named| named.open == 0);
        }
        let text = &rest[..rest.find('<').unwrap_or(rest.len())];
        let is_foreign = !is_marked(&around) && !foreign_parts(text, lang).is_empty();
        match tag.strip_suffix('>').filter(|_| is_foreign && !is_end && is_text_only(name)) {
            Some(tag) => {
                html.push_str(&format!("{tag}{says_so}>"));
                around.push(Named { name, open: 1, says_so: true });
            }
            None => html.push_str(tag),
        }
        if !is_end && matches!(name, "script" | "style") {
            let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            html.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    mark(&mut html, rest, lang);
    html
}

/// An element that names the language of what is in it.
struct Named<'a> {
    name: &'a str,
    /// How many elements of its name are open, itself among them.
    open: usize,
    /// Whether it names the other language.
    says_so: bool,
}

/// How long the tag or comment is that a text begins with. What stands in quotes does not end it.
fn tag_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let mut at = 0;
    while let Some(mark) = text[at..].find(['>', '"', '\'']) {
        let (before, mark) = (&text[..at + mark], &text[at + mark..=at + mark]);
        at = before.len() + 1;
        if mark == ">" {
            return at;
        }
        if before.trim_end().ends_with('=') {
            at += text[at..].find(mark).map_or(text.len() - at, |end| end + 1);
        }
    }
    text.len()
}

/// The language that a tag names.
fn named_language(tag: &str) -> Option<&str> {
    let value = tag.split_once(" lang=")?.1.trim_start_matches(['"', '\'']);
    value.split(['"', '\'', ' ', '>']).next()
}

/// The name of a tag's element; empty for a comment.
fn element(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    &name[..end]
}

/// Whether an element holds text in which no `<span>` may stand: those of drawings among them.
fn is_text_only(element: &str) -> bool {
    matches!(element, "title" | "desc" | "option" | "textarea" | "text" | "tspan")
}

/// Adds a text, with what is in another language between `<span lang="…">` and `</span>`.
fn mark(html: &mut String, text: &str, lang: &str) {
    let mut rest = 0;
    for part in foreign_parts(text, lang) {
        html.push_str(&text[rest..part.start]);
        html.push_str(&format!("<span lang=\"{lang}\">{}</span>", &text[part.clone()]));
        rest = part.end;
    }
    html.push_str(&text[rest..]);
}

/// The words of a text that are in the other language; those that follow one another are one part.
fn foreign_parts(text: &str, lang: &str) -> Vec<Range<usize>> {
    let has_han = lang.starts_with("zh") || lang.starts_with("ja");
    let is_letter = |c: char| if has_han { is_han(c) } else { c.is_ascii_alphabetic() };
    // Chinese takes in what it holds without a space; of Chinese, Latin is what stands between its characters.
    let is_apart = |c: char| c.is_whitespace() || (!has_han && !c.is_ascii());
    let mut parts: Vec<Range<usize>> = Vec::new();
    for word in text.split(is_apart).filter(|word| word.contains(is_letter)) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let own = start..start + word.len();
        match parts.last_mut() {
            Some(last) if text[last.end..start].chars().all(char::is_whitespace) => {
                last.end = own.end;
            }
            _ => parts.push(own),
        }
    }
    parts
}

/// Whether a character is Chinese, or one that stands among Chinese ones in Japanese.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_is_chinese_in_a_sentence_is_marked() {
        let zh = |text| {
            marked(text, "zh-CN").replace("<span lang=\"zh-CN\">", "[").replace("</span>", "]")
        };
        assert_eq!(zh("Contact: 公报编辑部"), "Contact: [公报编辑部]");
        assert_eq!(zh("G108国道 桥梁 &amp; more"), "[G108国道 桥梁] &amp; more");
        assert_eq!(zh("exempt · 汛期，不得&lt;动工&gt;。"), "exempt · [汛期，不得&lt;动工&gt;。]");
        assert_eq!(zh("No. 14, 2023"), "No. 14, 2023");
    }

    #[test]
    fn what_is_latin_on_a_chinese_page_is_marked() {
        let en =
            |text| marked(text, "en").replace("<span lang=\"en\">", "[").replace("</span>", "]");
        assert_eq!(en("联系人：News Desk, Nanshan"), "联系人：[News Desk, Nanshan]");
        assert_eq!(en("第17期 100%"), "第17期 100%");
    }

    #[test]
    fn where_no_element_may_stand_the_element_says_it() {
        let svg = "<svg><title>图</title><text x=\"1\">南山</text><text x=\"2\">A<title>甲</title></text></svg>";
        assert_eq!(
            marked(svg, "zh-CN"),
            "<svg><title lang=\"zh-CN\">图</title><text x=\"1\" lang=\"zh-CN\">南山</text>\
             <text x=\"2\">A<title lang=\"zh-CN\">甲</title></text></svg>"
        );
        let list = "<select><option value=\"甲\">甲镇</option></select>";
        assert_eq!(
            marked(list, "zh-CN"),
            "<select><option value=\"甲\" lang=\"zh-CN\">甲镇</option></select>"
        );
    }

    #[test]
    fn what_is_marked_and_what_is_no_text_are_left_as_they_are() {
        for same in [
            "<div lang=\"zh-CN\"><div>甲</div><p>乙</p></div>",
            "<script>const a = \"甲\" < 1;</script>",
            "<a title=\"甲\">A</a>",
            "<a title=\"A > 甲\" data-a='甲>乙'>A</a>",
            "<!-- <p lang=\"en\"> 甲 > 乙 -->",
            "<p lang='zh-CN'>甲</p><p lang=zh-CN>乙</p>",
        ] {
            assert_eq!(marked(same, "zh-CN"), same);
        }
        assert_eq!(
            marked("<b lang=\"zh-CN\">甲<i lang=\"en\">A: 乙</i></b>丙", "zh-CN"),
            "<b lang=\"zh-CN\">甲<i lang=\"en\">A: <span lang=\"zh-CN\">乙</span></i></b><span lang=\"zh-CN\">丙</span>"
        );
    }
}
