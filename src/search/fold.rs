//! How a text is read for search: which signs count, and which are taken for the same.
//!
//! `search.js` folds what a reader types and the texts it shows in the same way; the two must be changed together.

use std::collections::HashMap;

use super::corpus::{GAP, Token};

/// The first token that is a word; those below it are Chinese characters, by their code points.
const FIRST_WORD: u32 = 0x11_0000;

/// The words of all texts, by token.
#[derive(Default)]
pub(super) struct Words {
    tokens: HashMap<Box<str>, u32>,
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
        let mut push = |token: u32, spaced: bool| {
            let parted = spaced && last != GAP && (last < FIRST_WORD) == (token < FIRST_WORD);
            if parted {
                tokens.push(Token::new(GAP));
            }
            if token != GAP || last != GAP {
                tokens.push(Token::new(token));
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
                Sign::Han(c) => push(c.into(), std::mem::take(&mut spaced)),
                Sign::Space => spaced = true,
                Sign::Letter(_) | Sign::Other => push(GAP, std::mem::take(&mut spaced)),
            }
        }
        if !word.is_empty() {
            push(self.token(&word), spaced);
        }
        push(GAP, false);
    }

    fn token(&mut self, word: &str) -> u32 {
        if let Some(token) = self.tokens.get(word) {
            return *token;
        }
        // There are far fewer words than numbers.
        let token = u32::try_from(self.words.len()).map_or(u32::MAX, |at| FIRST_WORD + at);
        self.tokens.insert(word.into(), token);
        self.words.push(word.into());
        token
    }

    /// One more than the highest token.
    pub(super) fn end(&self) -> usize {
        FIRST_WORD as usize + self.words.len()
    }

    /// A token as it is in the text; nothing for a gap.
    pub(super) fn text(&self, token: u32) -> Box<str> {
        match token.checked_sub(FIRST_WORD) {
            Some(word) => self.words[word as usize].clone(),
            None if token == GAP => Box::default(),
            None => char::from_u32(token).into_iter().collect(),
        }
    }
}

fn sign(c: char) -> Sign {
    let c = half_width(c);
    match c {
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
            match token.number() {
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
