//! How wide a text will be, and how to break or shorten one, without any font.
//!
//! The estimate leans to the wide side: a label that turns out narrower leaves a little air, a
//! wider one would collide.

/// What ends a text that was shortened.
const ELLIPSIS: char = '…';

/// Estimates the width of a text set in the given size, in the unit of the size.
pub(super) fn width(text: &str, size: i32) -> i32 {
    text.chars().map(|c| em_share(c) * size).sum::<i32>() / 100
}

/// Hundredths of an em that a character takes in a usual sans-serif face.
fn em_share(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' => 30,
        ' ' | 'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' => 40,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 92,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' | '~' => 70,
        '\u{0300}'..='\u{036f}' => 0,
        _ if is_wide(c) => 100,
        _ => 60,
    }
}

/// Whether the character fills a whole em, as Chinese characters and the punctuation set with them
/// do.
fn is_wide(c: char) -> bool {
    matches!(c,
        '·' | '×' | '÷' | '—' | '‘'..='‟' | '…' | '‰' | '←'..='⇿' | '①'..='⓿' | '■'..='◿' | '★'..='☆'
        | '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f000}'..='\u{3fffd}')
}

/// A text as it was set: its lines, and whether any of it had to go.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) lines: Vec<String>,
    pub(super) shortened: bool,
}

impl Setting {
    /// The width of the longest line.
    pub(super) fn width(&self, size: i32) -> i32 {
        self.lines.iter().map(|line| width(line, size)).max().unwrap_or(0)
    }
}

/// Sets a text on one line of at most the given width, shortened if need be.
pub(super) fn set_line(text: &str, size: i32, room: i32) -> Setting {
    let text = text.trim();
    let shortened = width(text, size) > room;
    let line = if shortened { shorten(text, size, room) } else { text.to_owned() };
    Setting { lines: vec![line], shortened }
}

/// Sets a text on one line or two of about equal width, shortened if two do not hold it.
pub(super) fn set_two_lines(text: &str, size: i32, room: i32) -> Setting {
    let text = text.trim();
    if width(text, size) <= room {
        return set_line(text, size, room);
    }
    let widest =
        |at: usize| width(text[..at].trim_end(), size).max(width(text[at..].trim_start(), size));
    let even = breaks(text).min_by_key(|&at| widest(at));
    let full = breaks(text).filter(|&at| width(text[..at].trim_end(), size) <= room).last();
    let (at, rest) = match (even, full) {
        (Some(at), _) if widest(at) <= room => (at, set_line(&text[at..], size, room)),
        (_, Some(at)) => (at, set_line(&text[at..], size, room)),
        _ => return set_line(text, size, room),
    };
    let mut lines = vec![text[..at].trim_end().to_owned()];
    lines.extend(rest.lines);
    Setting { lines, shortened: rest.shortened }
}

/// The places where a line may end: between words, and beside wide characters where punctuation
/// allows it.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    let pairs = text.char_indices().zip(text.char_indices().skip(1));
    pairs.filter(|&((_, before), (_, after))| may_break(before, after)).map(|(_, (at, _))| at)
}

fn may_break(before: char, after: char) -> bool {
    let closes = matches!(
        after,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '”' | '’' | '·' | '…'
    );
    let opens = matches!(before, '（' | '《' | '“' | '‘' | '·');
    (before == ' ' || is_wide(before) || is_wide(after)) && after != ' ' && !closes && !opens
}

fn shorten(text: &str, size: i32, room: i32) -> String {
    let room = room - width("…", size);
    let mut used = 0;
    let kept = text.chars().take_while(|&c| {
        used += em_share(c) * size;
        used <= room * 100
    });
    let mut line: String = kept.collect();
    line.truncate(line.trim_end().len());
    line.push(ELLIPSIS);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_counts_one_em_and_a_digit_less() {
        assert_eq!(width("公报", 140), 280);
        assert_eq!(width("53.6%", 100), 60 + 60 + 30 + 60 + 92);
    }

    #[test]
    fn a_long_name_is_broken_into_two_even_lines() {
        let set = set_two_lines("现代食品产业园一期工程", 10, 80);
        assert_eq!(set.lines, ["现代食品产", "业园一期工程"]);
        assert!(!set.shortened);
    }

    #[test]
    fn a_name_too_long_for_two_lines_is_shortened() {
        let set = set_two_lines("城乡供水一体化及智慧水务改造提升工程", 10, 60);
        assert_eq!(set.lines, ["城乡供水一体", "化及智慧水…"]);
        assert!(set.shortened);
    }

    #[test]
    fn words_are_not_broken_and_punctuation_does_not_begin_a_line() {
        assert_eq!(set_two_lines("Rural water supply", 10, 70).lines, ["Rural water", "supply"]);
        assert_eq!(set_two_lines("道路（二期）", 10, 40).lines, ["道路", "（二期）"]);
    }

    #[test]
    fn a_word_without_a_break_is_shortened_on_its_line() {
        assert_eq!(set_two_lines("aaaaaaaaaaaaaaa", 10, 40).lines, ["aaaaa…"]);
    }
}
