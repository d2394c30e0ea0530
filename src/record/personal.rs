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
    for (word, at) in public_words(&file.bytes, is_project) {
        let is_amount = file.bytes[at.end..].starts_with("元".as_bytes());
        let place = || Place::bytes(&file.path, at.clone());
        if is_identity_number(word) {
            reader.report(problems::identity_number(place(), word));
        } else if tells_phones && is_mobile_number(word) && !is_amount {
            reader.report(problems::mobile_number(place(), word));
        }
    }
}

/// The words of Latin letters and digits in a file, with their places; those of a project's field `internal` are left out.
fn public_words(bytes: &[u8], is_project: bool) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut is_internal = false;
    let lines = bytes.split(|byte| *byte == b'\n').filter(move |line| {
        if line.first().is_some_and(|first| !first.is_ascii_whitespace() && *first != b'#') {
            is_internal = is_project && line.starts_with(b"internal:");
        }
        !is_internal
    });
    let words = lines.flat_map(|line| line.split(|byte| !byte.is_ascii_alphanumeric()));
    words.filter_map(move |word| {
        let start = word.as_ptr() as usize - bytes.as_ptr() as usize;
        Some((std::str::from_utf8(word).ok()?, start..start + word.len()))
    })
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
    let weighted = number.bytes().rev().enumerate().map(|(at, digit)| {
        let weight = (0..=at).fold(1, |weight, _| weight * 2 % 11);
        u32::from(digit - b'0') * weight
    });
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
    use super::{is_identity_number, is_mobile_number};

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
