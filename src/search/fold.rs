//! How a text is read for search: which signs count, and which are taken for the same.
//!
//! `search.js` folds what a reader types and the texts it shows in the same way; the two must be changed together.

use std::borrow::Cow;
use std::collections::HashMap;

/// A Chinese character by its code point, or a word by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Token(pub(super) u32);

/// Stands between two tokens that are not next to each other in the text.
pub(super) const GAP: Token = Token(0);

const FIRST_WORD: Token = Token(0x11_0000);

/// The words of all texts, by number.
#[derive(Default)]
pub(super) struct Words {
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
}

/// What a character is to search.
enum Sign {
    /// A token by itself.
    Han(char),
    /// A part of a word.
    Letter(char),
    /// A space: it parts words, but not a Chinese character and a word (`新建 2 座`).
    Space,
    /// Anything else parts what is beside it.
    Other,
}

impl Words {
    /// Reads a text into tokens, and a gap at its end.
    pub(super) fn read(&mut self, text: &str, tokens: &mut Vec<Token>) {
        let mut word = String::new();
        let mut spaced = false;
        let mut last = GAP;
        let mut push = |token: Token, spaced: bool| {
            let parted = spaced && last != GAP && last.is_word() == token.is_word();
            if parted {
                tokens.push(GAP);
            }
            if token != GAP || last != GAP {
                tokens.push(token);
            }
            last = token;
        };
        for c in text.chars() {
            let sign = sign(c);
            if let Sign::Letter(c) = sign {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                push(self.token(&word), std::mem::take(&mut spaced));
                word.clear();
            }
            match sign {
                Sign::Han(c) => push(Token(c.into()), std::mem::take(&mut spaced)),
                Sign::Space => spaced = true,
                Sign::Letter(_) | Sign::Other => push(GAP, std::mem::take(&mut spaced)),
            }
        }
        if !word.is_empty() {
            push(self.token(&word), spaced);
        }
        push(GAP, false);
    }

    fn token(&mut self, word: &str) -> Token {
        if let Some(number) = self.numbers.get(word) {
            return Token(FIRST_WORD.0 + number);
        }
        // There are far fewer words than numbers.
        let number = self.words.len() as u32;
        self.numbers.insert(word.into(), number);
        self.words.push(word.into());
        Token(FIRST_WORD.0 + number)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word by its number.
    pub(super) fn word(&self, number: usize) -> &str {
        &self.words[number]
    }

    /// A token as it is in the text; nothing for a gap.
    pub(super) fn text(&self, token: Token) -> Cow<'_, str> {
        match token.word() {
            Some(word) => self.word(word).into(),
            None if token == GAP => Cow::default(),
            None => char::from_u32(token.0).into_iter().collect(),
        }
    }
}

impl Token {
    fn is_word(self) -> bool {
        self.0 >= FIRST_WORD.0
    }

    /// The number of a word.
    pub(super) fn word(self) -> Option<usize> {
        self.0.checked_sub(FIRST_WORD.0).map(|word| word as usize)
    }
}

fn sign(c: char) -> Sign {
    match half_width(c) {
        // Nearly all are Chinese or plain: those are told first.
        c @ '\u{4E00}'..='\u{9FFF}' => Sign::Han(c),
        c @ ('a'..='z' | '0'..='9') => Sign::Letter(c),
        ' ' => Sign::Space,
        c if is_han(c) => Sign::Han(c),
        c if c.is_alphanumeric() => Sign::Letter(lower_case(c)),
        _ => Sign::Other,
    }
}

/// `Ａ` and `１` as `A` and `1`, the ideographic space as a space.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        c => c,
    }
}

/// Chinese characters, kana and hangul: scripts that put no spaces between words.
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn lower_case(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (mut words, mut tokens) = (Words::default(), Vec::new());
        words.read(text, &mut tokens);
        let mut read = String::new();
        for token in tokens {
            match token {
                GAP => read.push('|'),
                token => {
                    read.push_str(&words.text(token));
                    read.push(' ');
                }
            }
        }
        assert_eq!(read, expected);
    }

    #[test]
    fn characters_and_words_are_tokens() {
        check("修建G108国道", "修 建 g108 国 道 |");
        check("Kunpeng Town", "kunpeng |town |");
        check("", "");
    }

    #[test]
    fn full_width_forms_and_capitals_count_as_their_plain_ones() {
        check("ＡＢ１２亿元　Ⅱ期", "ab12 亿 元 ⅱ 期 |");
    }

    #[test]
    fn signs_part_what_is_beside_them_but_spaces_beside_chinese_do_not() {
        check("道路，桥梁。", "道 路 |桥 梁 |");
        check("新建 2 座桥", "新 建 2 座 桥 |");
        check("张 三", "张 |三 |");
        check("甲\n2，，乙", "甲 |2 |乙 |");
    }
}
