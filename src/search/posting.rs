//! Lists of documents, written compactly: what a reader loads to find a word.
//!
//! A list is a string of base64 digits: the number of documents, the parameters of the code, then for each document how far it
//! is from the one before it and how the word occurs in it, both in Rice codes. `search.js` reads them.

/// How a word occurs in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    /// The document's number.
    pub(super) document: u32,
    /// How often the word occurs.
    pub(super) hits: u32,
    /// Whether it occurs in the title.
    pub(super) in_title: bool,
}

/// More hits than this count as this many.
const MOST_HITS: u32 = 64;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes a list, whose documents ascend.
pub(super) fn write(postings: &[Posting]) -> String {
    let mut next = 0;
    let gaps: Vec<u32> = postings
        .iter()
        .map(|posting| {
            let gap = posting.document - next;
            next = posting.document + 1;
            gap
        })
        .collect();
    let occurrences: Vec<u32> = postings.iter().map(|posting| occurrence(*posting)).collect();
    let (gap_bits, occurrence_bits) = (parameter(&gaps, 15), parameter(&occurrences, 3));
    let mut digits = Digits::default();
    digits.count(postings.len());
    digits.bits(gap_bits, 4);
    digits.bits(occurrence_bits, 2);
    for (gap, occurrence) in gaps.into_iter().zip(occurrences) {
        digits.rice(gap, gap_bits);
        digits.rice(occurrence, occurrence_bits);
    }
    digits.finish()
}

fn occurrence(posting: Posting) -> u32 {
    (posting.hits.clamp(1, MOST_HITS) - 1) * 2 + u32::from(posting.in_title)
}

/// The parameter of the Rice code that makes the shortest text of some numbers.
fn parameter(numbers: &[u32], most: u32) -> u32 {
    let sum: u64 = numbers.iter().map(|number| u64::from(*number)).sum();
    let mean = sum / numbers.len().max(1) as u64;
    let likely = (mean + 1).ilog2();
    let candidates = likely.saturating_sub(1)..=likely + 1;
    let length = |bits: &u32| {
        numbers.iter().map(|number| u64::from(number >> bits) + 1 + u64::from(*bits)).sum::<u64>()
    };
    candidates.filter(|bits| *bits <= most).min_by_key(length).unwrap_or(most)
}

/// Base64 digits, written bit by bit.
#[derive(Default)]
struct Digits {
    text: Vec<u8>,
    /// The bits that do not yet make a digit, and any number of bits before them.
    bits: u64,
    filled: u32,
}

impl Digits {
    /// Writes the lowest bits of a number, at most 32.
    fn bits(&mut self, number: u32, bits: u32) {
        self.bits = self.bits << bits | u64::from(number) & ((1 << bits) - 1);
        self.filled += bits;
        while self.filled >= 6 {
            self.filled -= 6;
            let digit = self.bits >> self.filled & 63;
            self.text.push(DIGITS[digit as usize]);
        }
    }

    /// A number in digits of five bits, the lowest first; the sixth says that more follow.
    fn count(&mut self, mut number: usize) {
        while number > 31 {
            self.bits(32 | (number & 31) as u32, 6);
            number >>= 5;
        }
        self.bits(number as u32, 6);
    }

    /// A number as ones, a zero and its lowest bits.
    fn rice(&mut self, number: u32, bits: u32) {
        let mut ones = number >> bits;
        while ones > 8 {
            self.bits(0xFF, 8);
            ones -= 8;
        }
        let low = number & ((1 << bits) - 1);
        self.bits(((1 << ones) - 1) << (bits + 1) | low, ones + 1 + bits);
    }

    fn finish(mut self) -> String {
        if self.filled > 0 {
            self.bits(0, 6 - self.filled);
        }
        // Digits are ASCII.
        String::from_utf8(self.text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(postings: &[(u32, u32, bool)], expected: &str) {
        let postings: Vec<Posting> = postings
            .iter()
            .map(|&(document, hits, in_title)| Posting { document, hits, in_title })
            .collect();
        assert_eq!(write(&postings), expected);
    }

    #[test]
    fn a_list_is_its_count_its_parameters_and_its_codes() {
        // One document; the parameters 1 and 0; a gap of 5; once, not in the title.
        // 00001 | 0001 00 | 110 1 | 0
        check(&[(5, 1, false)], "BE0");
        // Three documents next to each other, in the title of each: 0 10 | 0 10 | 0 10
        check(&[(0, 1, true), (1, 1, true), (2, 1, true)], "DASQ");
    }

    #[test]
    fn a_long_list_is_short() {
        let dense: Vec<Posting> =
            (0..10_000).map(|document| Posting { document, hits: 1, in_title: false }).collect();
        assert!(write(&dense).len() < 3400);
    }
}
