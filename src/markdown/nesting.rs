//! How deep raw HTML nests, found out before the sanitiser has to.
//!
//! Reading HTML as browsers do takes the square of the number of elements open at once, and
//! more where unclosed `<b>`s are opened again in every paragraph.

/// How many elements may be open at once.
const MAX_OPEN: usize = 300;

/// Elements whose end goes without saying.
const ENDLESS: [&str; 16] = [
    "area", "br", "col", "dd", "dt", "hr", "img", "input", "li", "p", "rp", "rt", "td", "th", "tr",
    "wbr",
];

/// Elements in which tags are no tags.
const OPAQUE: [&str; 14] = [
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// Whether HTML opens more elements at once than any author means to.
///
/// Where it is not plain what is a tag, no end tag counts: rather is an odd text refused
/// than a hostile one read.
pub(super) fn is_excessive(html: &str) -> bool {
    let mut open = Vec::new();
    let mut is_plain = true;
    for tag in html.split('<').skip(1) {
        let (name, is_end) = name(tag);
        if is_end {
            if is_plain && open.last().is_some_and(|open: &&str| open.eq_ignore_ascii_case(name)) {
                open.pop();
            }
        } else if !name.is_empty() && !is_one_of(name, &ENDLESS) {
            open.push(name);
        }
        if open.len() > MAX_OPEN {
            return true;
        }
        is_plain &= is_whole(tag) && !is_one_of(name, &OPAQUE);
    }
    false
}

/// The name in a tag, and whether the tag is an end.
fn name(tag: &str) -> (&str, bool) {
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (&name[..len], name.len() < tag.len())
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a tag, from behind its `<`, ends before the next one begins, all of its quotes
/// being those of attributes.
fn is_whole(tag: &str) -> bool {
    let mut quote = None;
    let mut previous = b'<';
    for byte in tag.bytes() {
        match (quote, byte) {
            (None, b'>') => return !tag.starts_with(['!', '?']),
            (None, b'"' | b'\'') if previous != b'=' => return false,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        previous = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::tests::html;

    #[test]
    fn raw_html_that_nests_too_deep_is_shown() {
        assert!(html(&"<div>".repeat(1_000)).starts_with("&lt;div&gt;"));
        assert!(html(&"<div>\n\n甲\n\n</div>\n\n".repeat(1_000)).starts_with("<div>"));
    }

    #[test]
    fn ends_that_are_none_do_not_count() {
        for text in [
            "<div></b>",
            "<div title=\"</div>\">",
            "<div x='\"' y=\"'>\" z=\"</div>\">",
            "<div \" x=\">\" y=\"</div>\">",
            "<div><!-- </div> -->",
            "<div><!-- > </div> -->",
            "<div><textarea></div></textarea>",
            "<div><table></div>",
        ] {
            assert!(is_excessive(&text.repeat(1_000)), "{text}");
        }
    }

    #[test]
    fn large_tables_are_not_excessive() {
        let row = "<tr><td><span title=\"it's\">甲</span><td class='num'>1<br></tr>";
        assert!(!is_excessive(&format!("<table>{}</table>", row.repeat(10_000))));
    }
}
