//! Numbers of persons in what is to be published: of identity cards and mobile phones.

use std::ops::Range;

use super::{Reader, Record, Visibility};
use crate::diagnostic::{Place, problems};
use crate::source::SourceFile;

/// Tells of the numbers of persons in a file, but for what is never published.
pub(super) fn check(file: &SourceFile, record: &Record, reader: &Reader<'_>) {
    let (visibility, tells_phones) = match record {
        Record::Project(_, project) => (project.visibility, true),
        Record::News(_, news, _) => (news.visibility, true),
        Record::Bulletin(..) => (None, true),
        // A contact of the site, a town or an office is meant to be called.
        Record::Site(_) | Record::Towns(_) | Record::Page(..) => (None, false),
        Record::Seal(..) | Record::Media(_) => return,
    };
    if visibility == Some(Visibility::Internal) {
        return;
    }
    let is_project = matches!(record, Record::Project(..));
    for at in long_words(&file.bytes) {
        let Ok(word) = std::str::from_utf8(&file.bytes[at.clone()]) else { continue };
        let is_amount = file.bytes[at.end..].starts_with("元".as_bytes());
        let is_identity = is_identity_number(word);
        let is_phone = tells_phones && is_mobile_number(word) && !is_amount;
        if !(is_identity || is_phone) || is_project && is_internal(&file.bytes[..at.start]) {
            continue;
        }
        let place = Place::bytes(&file.path, at);
        reader.report(match is_identity {
            true => problems::identity_number(place, word),
            false => problems::mobile_number(place, word),
        });
    }
}

/// The length of the shortest number that is told of.
const LEAST: usize = 11;

/// The words of Latin letters and digits in a file, by their places; of those shorter than [`LEAST`] only some.
fn long_words(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let is_apart = |byte: &u8| !byte.is_ascii_alphanumeric();
    let mut from = 0;
    std::iter::from_fn(move || {
        // No long word fits between two of the bytes that are looked at.
        let mut steps = (from + LEAST - 1..bytes.len()).step_by(LEAST);
        let at = steps.find(|at| !is_apart(&bytes[*at]))?;
        let before = bytes[from..at].iter().rposition(is_apart);
        let behind = bytes[at..].iter().position(is_apart);
        let start = before.map_or(from, |before| from + before + 1);
        from = behind.map_or(bytes.len(), |behind| at + behind);
        Some(start..from)
    })
}

/// Whether what follows a part of a project's record is in its field `internal`.
fn is_internal(before: &[u8]) -> bool {
    let begins_field = |line: &&[u8]| {
        line.first().is_some_and(|first| !first.is_ascii_whitespace() && *first != b'#')
    };
    let field = before.split(|byte| *byte == b'\n').rfind(begins_field);
    field.is_some_and(|line| line.starts_with(b"internal:"))
}

/// Whether a word is a citizen identity number: a region, a day of birth, a serial number and a check digit (GB 11643-1999).
fn is_identity_number(word: &str) -> bool {
    let Some((number, check)) = word.split_at_checked(17).filter(|_| word.len() == 18) else {
        return false;
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let is_within =
        |part: &str, range: Range<u16>| part.parse().is_ok_and(|own| range.contains(&own));
    let is_day = is_within(&number[6..10], 1900..2100)
        && is_within(&number[10..12], 1..13)
        && is_within(&number[12..14], 1..32);
    let weighted = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| u32::from(digit - b'0') * ((2 << at) % 11));
    let expected = b"10X98765432"[(weighted.sum::<u32>() % 11) as usize];
    is_day && check.as_bytes()[0].to_ascii_uppercase() == expected
}

/// Whether a word is the number of a mobile phone on the mainland.
fn is_mobile_number(word: &str) -> bool {
    let digits = word.as_bytes();
    digits.len() == 11
        && digits.iter().all(u8::is_ascii_digit)
        && digits[0] == b'1'
        && digits[1] >= b'3'
}

#[cfg(test)]
mod tests {
    use super::{is_identity_number, is_internal, is_mobile_number, long_words};

    #[test]
    fn a_long_word_is_found_wherever_it_stands() {
        for before in 0..30 {
            for word in ["13812345678", "11010519491231002X"] {
                let text =
                    format!("{}{word}，乙", "甲 ".repeat(before / 4) + &" ".repeat(before % 4));
                assert!(long_words(text.as_bytes()).any(|at| text[at] == *word), "{text}");
            }
        }
    }

    #[test]
    fn what_is_internal_ends_with_the_next_field() {
        assert!(is_internal("name: 甲\ninternal:\n  a: 1\n# b\n  c: ".as_bytes()));
        assert!(!is_internal("internal: {a: 1}\nname: ".as_bytes()));
    }

    #[test]
    fn an_identity_number_has_a_day_and_its_check_digit() {
        assert!(is_identity_number("11010519491231002X"));
        assert!(!is_identity_number("440524188001010014"), "born in 1880");
        assert!(!is_identity_number("110105194912310021"), "another check digit");
        assert!(!is_identity_number("202251080247030000"), "a project's code");
        assert!(!is_identity_number("91510802MA6XXXXX1Y"), "a company's code");
    }

    #[test]
    fn a_mobile_number_has_eleven_digits() {
        assert!(is_mobile_number("13812345678"));
        assert!(!is_mobile_number("12345678901") && !is_mobile_number("138123456789"));
    }
}
