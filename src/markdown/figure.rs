//! Figures named in running text: `[[metric]]` and `[[metric@scope]]`.

use super::{FigureReference, mark};

/// Reads the figure reference that begins at an offset, and says where it ends.
///
/// It lies on one line and holds no further bracket, so that a run of brackets is read once
/// and no tag of raw HTML is taken for a part of it.
pub(super) fn read(text: &str, start: usize) -> Option<(FigureReference, usize)> {
    let inner = text.get(start..)?.strip_prefix("[[")?;
    if mark::is_escaped(text.as_bytes(), start) {
        return None;
    }
    let len = inner.find(['[', ']', '<', '>', '\n', '\r'])?;
    inner[len..].strip_prefix("]]")?;
    let end = start + 2 + len + 2;
    Some((named(&inner[..len], start, end), end))
}

fn named(name: &str, start: usize, end: usize) -> FigureReference {
    FigureReference { at: start..end, ..FigureReference::named(name) }
}

impl FigureReference {
    /// The figure of a name such as `invest.annual@town:nanshan`, which stands by itself.
    pub fn named(name: &str) -> Self {
        let (metric, scope) = match name.split_once('@') {
            Some((metric, scope)) => (metric, Some(scope.trim().to_owned())),
            None => (name, None),
        };
        let metric = metric.trim().to_owned();
        FigureReference { metric, scope, at: 0..name.len(), in_link: false }
    }
}

/// The first figure reference in a text of its own, such as a caption.
pub(super) fn first(text: &str) -> Option<FigureReference> {
    text.match_indices('[').find_map(|(start, _)| read(text, start)).map(|(figure, _)| figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, metric: &str, scope: Option<&str>) {
        let (figure, end) = read(text, 0).unwrap();
        assert_eq!((figure.metric.as_str(), figure.scope.as_deref()), (metric, scope));
        assert_eq!(figure.at, 0..end);
    }

    #[test]
    fn metric_and_scope_are_parted_and_trimmed() {
        check("[[开工率]]", "开工率", None);
        check("[[ invest.annual @ town:nanshan ]]", "invest.annual", Some("town:nanshan"));
        check("[[start.all@]]", "start.all", Some(""));
        check("[[]]", "", None);
    }

    #[test]
    fn other_brackets_are_no_figures() {
        for text in ["[[甲", "[[甲]", "[[甲\n乙]]", "[甲]]", "[[[甲]]", "[[甲[乙]]", "[[<b>]]"]
        {
            assert_eq!(read(text, 0), None, "{text}");
        }
        assert_eq!(read(r"\[[甲]]", 1), None);
        assert!(read(r"\\[[甲]]", 2).is_some());
    }

    #[test]
    fn the_first_figure_of_a_caption_is_found_behind_other_brackets() {
        assert_eq!(first("甲[[[乙]]").unwrap().metric, "乙");
        assert_eq!(first("甲[[乙"), None);
    }

    use crate::markdown::tests::check as check_html;

    #[test]
    fn figures_are_read_in_any_text() {
        check_html("截至4月底，开工率[[start.all]]。", "<p>截至4月底，开工率⟦start.all⟧。</p>");
        check_html("**[[a@b:c]]**", "<p><strong>⟦a@b:c⟧</strong></p>");
        check_html("完成**[[a]]**以上", "<p>完成<strong>⟦a⟧</strong>以上</p>");
        check_html("- [[ a_b @ c_d ]]", "<ul>\n<li>⟦a_b@c_d⟧</li>\n</ul>");
        check_html("[见[[a]]](b)", "<p><a href=\"site:b\">见⟦a⟧</a></p>");
        check_html("[[[a]]]", "<p>[⟦a⟧]</p>");
        check_html("[[a]][[b]]", "<p>⟦a⟧⟦b⟧</p>");
        check_html("# [[a]]总览", "<h2 id=\"a总览\">⟦a⟧总览</h2>");
    }

    #[test]
    fn code_and_escaped_brackets_are_left_alone() {
        check_html("`[[a]]`", "<p><code>[[a]]</code></p>");
        check_html("    [[a]]", "<pre tabindex=\"0\"><code>[[a]]</code></pre>");
        check_html(r"\[[a]]", "<p>[[a]]</p>");
        check_html(r"\\[[a]]", r"<p>\⟦a⟧</p>");
        check_html("[[a", "<p>[[a</p>");
        check_html("[[a\nb]]", "<p>[[a\nb]]</p>");
        check_html("[[*a*]]", "<p>[[<em>a</em>]]</p>");
        check_html("[[a]](b)", "<p><a href=\"site:b\">[a]</a></p>");
    }

    #[test]
    fn a_figure_is_found_in_the_original_text() {
        let text = "**注意：**请看\r\n\r\n|[[甲@乙]]|\r\n|-|\r\n|**“一”**和[[丙]]|";
        let markdown = crate::markdown::parse(text);
        let found: Vec<&str> = markdown.figures().map(|figure| &text[figure.at.clone()]).collect();
        assert_eq!(found, ["[[甲@乙]]", "[[丙]]"]);
    }
}
