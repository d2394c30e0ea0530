//! What has brackets: links and pictures, figures, footnotes.

use std::collections::HashSet;
use std::ops::Range;

use super::{Mistake, Miswritten, begins_line};

/// Finds links, pictures and figures.
pub(super) fn find(text: &str, shown: &str) -> impl Iterator<Item = Miswritten> {
    let mut end = 0;
    shown.match_indices(['[', '【', '［', '{']).filter_map(move |(at, _)| {
        let found = || link(text, shown, at).or_else(|| figure(text, shown, at));
        let found = (at >= end).then(found)??;
        end = found.at.end;
        Some(found)
    })
}

/// What at an offset is a link or picture but for its brackets, or for a space.
fn link(text: &str, shown: &str, at: usize) -> Option<Miswritten> {
    let (label, end) = bracketed(shown, at, &['[', '【', '［'], &[']', '】', '］'])?;
    let behind = shown[end..].trim_start_matches([' ', '\u{3000}']);
    let behind = shown.len() - behind.len();
    let (target, end) = bracketed(shown, behind, &['(', '（'], &[')', '）'])?;
    let (label, target) = (&text[label], text[target].trim());
    if label.trim().is_empty() || !is_target(target) {
        return None;
    }
    let picture = if shown[..at].ends_with('!') { "!" } else { "" };
    let meant = if target.contains(char::is_whitespace) {
        format!("{picture}[{label}](<{target}>)")
    } else {
        format!("{picture}[{label}]({target})")
    };
    let at = at - picture.len()..end;
    (meant != text[at.clone()]).then(|| Miswritten::new(Mistake::Link, at, meant))
}

/// What is within brackets at an offset, and where they end. No further ones are within.
fn bracketed(
    shown: &str,
    at: usize,
    opening: &[char],
    closing: &[char],
) -> Option<(Range<usize>, usize)> {
    let inner = shown[at..].strip_prefix(opening)?;
    let start = shown.len() - inner.len();
    let len = inner.find(|c| c == '\n' || opening.contains(&c) || closing.contains(&c))?;
    let behind = inner[len..].strip_prefix(closing)?;
    Some((start..start + len, shown.len() - behind.len()))
}

/// The files that texts lead to.
const EXTENSIONS: [&str; 16] = [
    "jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "pdf", "doc", "docx", "xls", "xlsx", "ppt",
    "pptx", "zip", "mp4",
];

/// Whether what stands in parentheses is an address, and no remark such as `（修订）`, `（/月）` or `（#2）`.
fn is_target(inner: &str) -> bool {
    let extension = inner.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_file = extension.is_some_and(|extension| EXTENSIONS.contains(&&*extension));
    let is_address = match inner.split_at_checked(1) {
        Some(("/", path)) => path.starts_with(|c: char| c.is_ascii_alphanumeric()),
        Some(("#", place)) => place.starts_with(char::is_alphabetic),
        _ => inner.starts_with("http://") || inner.starts_with("https://"),
    };
    is_file || is_address && !inner.contains(char::is_whitespace)
}

/// How the brackets of a figure are mistyped. Two plain ones on either side are right, unless a line ends between them.
const FORMS: [(&str, &str, Mistake); 7] = [
    ("[[", "]]", Mistake::Figure),
    ("[[", "]", Mistake::Figure),
    ("[", "]]", Mistake::Figure),
    ("【【", "】】", Mistake::Figure),
    ("［［", "］］", Mistake::Figure),
    ("{{", "}}", Mistake::Figure),
    ("[", "]", Mistake::BracketedFigure),
];

/// What at an offset is a figure but for its brackets, if it is the name of one.
fn figure(text: &str, shown: &str, at: usize) -> Option<Miswritten> {
    let (before, rest) = (&text[..at], &shown[at..]);
    FORMS.into_iter().find_map(|(opening, closing, mistake)| {
        let inner = rest.strip_prefix(opening)?;
        let len = inner.find(['[', ']', '【', '】', '［', '］', '{', '}'])?;
        let behind = inner[len..].strip_prefix(closing)?;
        let lines: Vec<&str> = inner[..len].lines().map(str::trim).collect();
        let name = lines.concat();
        let wanted_lines = if (opening, closing) == ("[[", "]]") { 2 } else { 1 };
        // What is within brackets anyway may end with two.
        let last = before.rfind(['[', ']', '\n']).filter(|_| opening == "[");
        let is_within = last.is_some_and(|last| before[last..].starts_with('['));
        // The text of a link may stand in brackets, and so may the kind of news at the head of a line.
        let is_link = behind.starts_with(['(', '[', ']']);
        let is_kind = mistake == Mistake::BracketedFigure
            && behind.starts_with(' ')
            && begins_line(shown, at);
        let is_name = name.starts_with(char::is_alphabetic) && lines.len() == wanted_lines;
        let at = at..shown.len() - behind.len();
        (is_name && !is_within && !is_link && !is_kind).then(|| Miswritten::new(mistake, at, name))
    })
}

/// Finds references to footnotes that there are not, and footnotes that are none for their colon.
pub(super) fn footnotes(text: &str, shown: &str) -> Vec<Miswritten> {
    let references = shown.match_indices("[^").filter_map(|(at, _)| {
        let (label, end) = bracketed(shown, at, &['['], &[']'])?;
        let is_label = |c: char| !c.is_whitespace() && !c.is_control();
        (label.len() > 1 && shown[label].chars().all(is_label)).then_some(at..end)
    });
    let is_note =
        |at: &Range<usize>| shown[at.end..].starts_with('：') && begins_line(text, at.start);
    let (notes, references): (Vec<_>, Vec<_>) = references.partition(is_note);
    let noted: HashSet<&str> = notes.iter().map(|at| &shown[at.clone()]).collect();
    let missing = references.into_iter().filter(|at| !noted.contains(&shown[at.clone()]));
    let missing =
        missing.map(|at| Miswritten::new(Mistake::MissingFootnote, at.clone(), &text[at]));
    let notes = notes.iter().map(|at| {
        let note = text[at.end + '：'.len_utf8()..].lines().next().unwrap_or_default().trim();
        let meant = format!("{}: {note}", &text[at.clone()]);
        Miswritten::new(Mistake::FootnoteColon, at.clone(), meant)
    });
    missing.chain(notes).collect()
}

#[cfg(test)]
mod tests {
    use super::Mistake::*;
    use crate::markdown::miswritten::tests::{check, check_sound};

    #[test]
    fn links_with_other_brackets_or_spaces_are_found() {
        for (text, meant) in [
            ("![图]（a.png）", "![图](a.png)"),
            ("[项目]（/projects/x/）", "[项目](/projects/x/)"),
            ("【项目】(/projects/x/)", "[项目](/projects/x/)"),
            ("［**项目**］（/projects/x/)", "[**项目**](/projects/x/)"),
            ("[项目] (/projects/x/)", "[项目](/projects/x/)"),
            ("![现场](kai gong.PNG)", "![现场](<kai gong.PNG>)"),
            ("[甲]（https://a.example）", "[甲](https://a.example)"),
            ("[甲]（#现场）", "[甲](#现场)"),
            ("[开工率]（/method/）", "[开工率](/method/)"),
        ] {
            check(&format!("见：{text}。"), &[(Link, text, meant)]);
            check(&format!("| 甲 |\n|-|\n| {text} |"), &[(Link, text, meant)]);
        }
    }

    #[test]
    fn remarks_in_parentheses_are_no_targets() {
        check_sound(&[
            "[2023]（修订），【通知】（全文），[1] (see below)",
            "【票价】（/月），［1标］（#2），［甲］ (a. b)",
            "[甲](/x/)（/y/）、[![图](a.png)](/x/)和[甲](<b c.png>)",
            "`[项目]（/x/）`，\\[项目]（/x/），[项目\\]（/x/）",
            "[甲\n乙]（/x/）【】（/x/）",
            "<p>[项目]（/x/）</p>",
            "![【项目】（/x/）](a.png)",
        ]);
    }

    #[test]
    fn figures_with_other_brackets_are_found() {
        for (text, meant) in [
            ("[[a@b]", "a@b"),
            ("[a@b]]", "a@b"),
            ("【【a】】", "a"),
            ("［［a］］", "a"),
            ("{{ a@b }}", "a@b"),
            ("[[a.b\n@c]]", "a.b@c"),
        ] {
            check(&format!("甲**{text}**，"), &[(Figure, text, meant)]);
        }
        check("> 甲[[a.b\r\n> @c]]", &[(Figure, "[[a.b\r\n> @c]]", "a.b@c")]);
        check("甲[a@b]（乙）", &[(BracketedFigure, "[a@b]", "a@b")]);
    }

    #[test]
    fn other_brackets_are_no_figures() {
        check_sound(&[
            "[[a]]、[a](b)、[a][b]和[a]\n\n[a]: /c\n[b]: /d",
            "`[[a]`、\\[[a]]、\\[a]、\\{{a}}、【a】、｛｛a｝｝、{a}",
            "甲[[a\n\nb]]",
            "[表[a]]、[[甲](b)",
            "[a] 甲",
        ]);
    }

    #[test]
    fn footnotes_without_their_other_half_are_found() {
        check("甲[^1]，乙", &[(MissingFootnote, "[^1]", "[^1]")]);
        check("甲[^1]\n\n[^1]： 注，[甲](b)\n乙", &[(FootnoteColon, "[^1]", "[^1]: 注，[甲](b)")]);
        check_sound(&["甲[^1]：乙\n\n[^1]: 注", "`[^1]`、\\[^1]、[^]、[^ 甲]、[^**甲**]"]);
    }
}
