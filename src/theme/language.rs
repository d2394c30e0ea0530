//! Texts in another language than their page's, marked so that they are read aloud and set rightly.
//!
//! What nobody translated is shown as it is written, often within a sentence of the page: `Contact: 公报编辑部`. Which part of
//! the sentence that is, the script tells: Chinese characters on a page in another language, Latin letters on a Chinese one.

use std::ops::Range;

/// A text of HTML without tags, with what is in another language between `<span lang="…">` and `</span>`.
pub(super) fn marked(text: &str, lang: &str) -> String {
    let mut html = String::with_capacity(text.len() + 32);
    let mut rest = 0;
    for part in foreign_parts(text, lang.starts_with("zh")) {
        html.push_str(&text[rest..part.start]);
        html.push_str(&format!("<span lang=\"{lang}\">{}</span>", &text[part.clone()]));
        rest = part.end;
    }
    html.push_str(&text[rest..]);
    html
}

/// A drawing in which each text that is in another language says so.
pub(super) fn marked_texts(svg: &str, lang: &str) -> String {
    let mut marked = String::with_capacity(svg.len());
    let mut pieces = svg.split("<text ");
    marked.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        marked.push_str("<text ");
        let text = piece.split_once('>').map_or("", |(_, rest)| rest);
        let text = text.split("</text>").next().unwrap_or_default();
        if !foreign_parts(text, lang.starts_with("zh")).is_empty() {
            marked.push_str(&format!("lang=\"{lang}\" "));
        }
        marked.push_str(piece);
    }
    marked
}

/// The words of a text that are in the other language; those that follow one another are one part.
fn foreign_parts(text: &str, is_chinese: bool) -> Vec<Range<usize>> {
    let is_letter = |c: char| if is_chinese { is_han(c) } else { c.is_ascii_alphabetic() };
    // Chinese takes in what it holds without a space; of Chinese, Latin is what stands between its characters.
    let is_apart = |c: char| c.is_whitespace() || (!is_chinese && !c.is_ascii());
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

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

#[cfg(test)]
mod tests {
    use super::{marked, marked_texts};

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
    fn texts_of_a_drawing_are_marked_whole() {
        let svg = "<svg><title>图</title><text x=\"1\">南山</text><text x=\"2\">A<title>甲</title></text></svg>";
        let marked = marked_texts(svg, "zh-CN");
        assert!(
            marked.contains("<title>图</title><text lang=\"zh-CN\" x=\"1\">南山</text>"),
            "{marked}"
        );
    }
}
