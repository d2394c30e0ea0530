//! What Chinese, Japanese and Korean text needs to know of its characters.

/// Whether a character is Chinese, Japanese or Korean, full-width punctuation included.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE1F}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FFE6}'
        | '\u{1B000}'..='\u{1B2FF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character is Korean, whose words are parted by spaces.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// Whether a punctuation mark is used by Chinese and Latin text alike, so that only its
/// neighbour tells which of the two it belongs to: `“ ” ‘ ’ … — – ·`.
fn is_shared(c: char) -> bool {
    matches!(
        c,
        '\u{2013}'..='\u{2015}' | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}'
            | '\u{2025}'..='\u{2027}' | '\u{00B7}'
    ) || is_variation(c)
}

/// Whether a character only chooses the shape of the one before it.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether CommonMark might take a character for punctuation.
///
/// Rather too often than too seldom: a marker beside what is no punctuation changes nothing.
pub(super) fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// The last character that is seen.
pub(super) fn last(text: &str) -> Option<char> {
    text.chars().rev().find(|c| !is_variation(*c))
}

/// Whether text ends in Chinese, quotes and dashes taken for what stands before them.
pub(super) fn ends_cjk(text: &str) -> bool {
    last_telling(text).is_some_and(is_cjk)
}

/// Whether text begins in Chinese, quotes and dashes taken for what stands after them.
pub(super) fn starts_cjk(text: &str) -> bool {
    first_telling(text).is_some_and(is_cjk)
}

/// The last character that tells of a script.
pub(super) fn last_telling(text: &str) -> Option<char> {
    text.chars().rev().find(|c| !is_shared(*c))
}

/// The first character that tells of a script.
pub(super) fn first_telling(text: &str) -> Option<char> {
    text.chars().find(|c| !is_shared(*c))
}

/// Whether a line break between two characters is only the author's way of wrapping lines.
///
/// Korean keeps it: there it parts two words.
pub(super) fn joins(before: char, after: char) -> bool {
    is_wide(before) && is_wide(after)
}

fn is_wide(c: char) -> bool {
    is_cjk(c) && !is_hangul(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_belong_to_the_script_beside_them() {
        assert!(ends_cjk("甲”"));
        assert!(ends_cjk("等等……"));
        assert!(!ends_cjk("say “hi”"));
        assert!(starts_cjk("“乙"));
        assert!(!starts_cjk("“hi"));
        assert!(!starts_cjk("……"));
    }

    #[test]
    fn chinese_lines_join_and_korean_ones_do_not() {
        assert!(joins('甲', '乙'));
        assert!(joins('，', '（'));
        assert!(joins('か', 'ー'));
        assert!(!joins('甲', 'A'));
        assert!(!joins('4', '月'));
        assert!(!joins('한', '국'));
    }

    #[test]
    fn a_variation_selector_is_part_of_the_character_before_it() {
        assert_eq!(last("葛\u{E0100}"), Some('葛'));
        assert!(ends_cjk("葛\u{E0100}"));
    }

    use crate::markdown::tests::check;

    #[test]
    fn a_line_break_within_chinese_is_dropped() {
        check("第一行\n第二行", "<p>第一行第二行</p>");
        check("第一行，\r\n第二行", "<p>第一行，第二行</p>");
        check("**第一行**\n第二行", "<p><strong>第一行</strong>第二行</p>");
        check("第一行\n**《第二行》**", "<p>第一行<strong>《第二行》</strong></p>");
        check("“甲。”\n“乙。”", "<p>“甲。”“乙。”</p>");
        check(
            "甲\n[乙](#c)\n`丙`\n~~丁~~",
            "<p>甲<a href=\"#c\">乙</a><code>丙</code><del>丁</del></p>",
        );
        check("甲\n[[a]]\n乙", "<p>甲⟦a⟧乙</p>");
        check("> 甲\n> 乙", "<blockquote>\n<p>甲乙</p>\n</blockquote>");
    }

    #[test]
    fn any_other_line_break_is_kept() {
        check("第一行\nsecond", "<p>第一行\nsecond</p>");
        check("first\n第二行", "<p>first\n第二行</p>");
        check("截至\n4月", "<p>截至\n4月</p>");
        check("a\n[[b]]", "<p>a\n⟦b⟧</p>");
        check("한국\n사람", "<p>한국\n사람</p>");
        check("甲\n![乙](c.png)", "<p>甲\n<img src=\"c.png\" alt=\"乙\"></p>");
        check("甲  \n乙\\\n丙", "<p>甲<br>\n乙<br>\n丙</p>");
    }

    #[test]
    fn a_space_that_the_author_wrote_is_kept() {
        check("开工 147 个 项目", "<p>开工 147 个 项目</p>");
    }
}
