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

/// Writes a list, whose documents ascend, behind a text.
pub(super) fn write(postings: &[Posting], text: &mut String) {
    let mut next = 0;
    let gaps = postings.iter().map(move |posting| {
        let gap = posting.document - next;
        next = posting.document + 1;
        gap
    });
    let occurrences = postings.iter().map(|posting| occurrence(*posting));
    let (gap_bits, occurrence_bits) =
        (parameter(gaps.clone(), 15), parameter(occurrences.clone(), 3));
    let mut digits = Digits { text, bits: 0, filled: 0 };
    digits.count(postings.len());
    digits.bits(gap_bits, 4);
    digits.bits(occurrence_bits, 2);
    for (gap, occurrence) in gaps.zip(occurrences) {
        digits.rice(gap, gap_bits);
        digits.rice(occurrence, occurrence_bits);
    }
    digits.finish();
}

fn occurrence(posting: Posting) -> u32 {
    (posting.hits.clamp(1, MOST_HITS) - 1) * 2 + u32::from(posting.in_title)
}

/// The parameter of the Rice code for some numbers: with as many low bits as their mean is long, the codes are about as short
/// as they can be.
fn parameter(numbers: impl ExactSizeIterator<Item = u32>, most: u32) -> u32 {
    let count = numbers.len().max(1) as u64;
    let sum: u64 = numbers.map(u64::from).sum();
    (sum * 2 / 3 / count + 1).ilog2().min(most)
}

/// Base64 digits, written bit by bit.
struct Digits<'a> {
    text: &'a mut String,
    /// The bits that do not yet make a digit, and any number of bits before them.
    bits: u64,
    filled: u32,
}

impl Digits<'_> {
    /// Writes the lowest bits of a number, at most 32.
    fn bits(&mut self, number: u32, bits: u32) {
        self.bits = self.bits << bits | u64::from(number) & ((1 << bits) - 1);
        self.filled += bits;
        while self.filled >= 6 {
            self.filled -= 6;
            let digit = self.bits >> self.filled & 63;
            self.text.push(DIGITS[digit as usize].into());
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

    fn finish(mut self) {
        if self.filled > 0 {
            self.bits(0, 6 - self.filled);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(postings: &[Posting]) -> String {
        let mut text = String::new();
        write(postings, &mut text);
        text
    }

    #[track_caller]
    fn check(postings: &[(u32, u32, bool)], expected: &str) {
        let postings: Vec<Posting> = postings
            .iter()
            .map(|&(document, hits, in_title)| Posting { document, hits, in_title })
            .collect();
        assert_eq!(written(&postings), expected);
    }

    #[test]
    fn a_list_is_its_count_its_parameters_and_its_codes() {
        // One document; the parameters 2 and 0; a gap of 5; once, not in the title.
        // 000001 | 0010 00 | 10 01 | 0
        check(&[(5, 1, false)], "BIk");
        // Three documents next to each other, in the title of each: 0 10 | 0 10 | 0 10
        check(&[(0, 1, true), (1, 1, true), (2, 1, true)], "DASQ");
    }

    #[test]
    fn a_long_list_is_short() {
        let dense: Vec<Posting> =
            (0..10_000).map(|document| Posting { document, hits: 1, in_title: false }).collect();
        assert!(written(&dense).len() < 3400);
    }
}
