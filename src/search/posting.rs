//! Lists of documents, written compactly: what a reader loads to find a word.
//!
//! A list is a string of base64 digits: the number of documents, then for each document how far it is from the one before it
//! and, unless the word is in it once and not in its title, how it is there. How long the code of a number is depends on the
//! numbers before it: so a list is written while it is being found, and is never larger in memory than what will be loaded.
//! `search.js` reads them.

/// Where a word or sequence is: a document, and below it whether this is in its title.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place(u32);

impl Place {
    /// There are far fewer documents than 31 bits count.
    pub(super) fn new(document: u32, in_title: bool) -> Self {
        Place(document << 1 | u32::from(in_title))
    }

    pub(super) fn document(self) -> u32 {
        self.0 >> 1
    }

    fn in_title(self) -> bool {
        self.0 & 1 == 1
    }
}

/// More hits than this count as this many.
const MOST_HITS: u32 = 64;

/// A list that grows place by place, in the order of the documents.
#[derive(Default)]
pub(super) struct List {
    bits: Bits,
    /// What was written for the documents before the last one.
    gaps: Numbers,
    occurrences: Numbers,
    documents: u32,
    /// One more than the document before the last one.
    next: u32,
    /// The last document, which may have more hits yet.
    document: u32,
    hits: u32,
    in_title: bool,
}

impl List {
    pub(super) fn add(&mut self, place: Place) {
        if self.hits == 0 || place.document() != self.document {
            self.write_last();
            self.document = place.document();
            self.documents += 1;
            (self.hits, self.in_title) = (0, false);
        }
        self.hits += 1;
        self.in_title |= place.in_title();
    }

    fn write_last(&mut self) {
        if self.hits > 0 {
            let occurrence = (self.hits.min(MOST_HITS) - 1) * 2 + u32::from(self.in_title);
            let gap = self.document - self.next;
            self.gaps.write(gap * 2 + u32::from(occurrence > 0), &mut self.bits);
            if occurrence > 0 {
                self.occurrences.write(occurrence - 1, &mut self.bits);
            }
            self.next = self.document + 1;
        }
    }

    /// The list, once there are no more places.
    pub(super) fn finish(mut self) -> Written {
        self.write_last();
        Written { documents: self.documents, bits: self.bits.finish() }
    }
}

impl FromIterator<Place> for List {
    fn from_iter<T: IntoIterator<Item = Place>>(places: T) -> Self {
        let mut list = List::default();
        places.into_iter().for_each(|place| list.add(place));
        list
    }
}

/// Numbers of one kind that are written one after the other.
#[derive(Default)]
struct Numbers {
    /// Eight times as much as they are of late.
    mean: u32,
}

impl Numbers {
    /// Writes a number in an exponential Golomb code: a one for each bit that it is longer than expected, a zero, and its bits
    /// below the highest.
    fn write(&mut self, number: u32, bits: &mut Bits) {
        let expected = ((self.mean >> 3) + 1).ilog2();
        let above = u64::from(number) + (1 << expected);
        let length = above.ilog2();
        let longer = length - expected;
        let ones = (2 << longer) - 2;
        bits.push(ones << length | (above ^ 1 << length), longer + 1 + length);
        self.mean = self.mean - (self.mean >> 3) + number;
    }
}

/// Bits in a row, the first the highest of its byte.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// The last bits, at most 64 of them.
    last: u64,
    filled: u32,
}

impl Bits {
    /// Adds a number of so many bits, at most 57.
    fn push(&mut self, number: u64, bits: u32) {
        if self.filled + bits > 64 {
            self.write_bytes();
        }
        self.last = self.last << bits | number;
        self.filled += bits;
    }

    /// Writes all whole bytes.
    fn write_bytes(&mut self) {
        let bytes = (self.last << (64 - self.filled)).to_be_bytes();
        let whole = &bytes[..self.filled as usize / 8];
        if self.bytes.len() + whole.len() > self.bytes.capacity() {
            // There are many lists, and together they are large: none has much more room than it needs.
            self.bytes.reserve_exact(8 + self.bytes.len() / 4);
        }
        self.bytes.extend_from_slice(whole);
        self.filled %= 8;
    }

    fn finish(mut self) -> Box<[u8]> {
        let rest = (8 - self.filled % 8) % 8;
        self.push(0, rest);
        if self.filled > 0 {
            self.write_bytes();
        }
        self.bytes.into()
    }
}

/// A list that is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    documents: u32,
    bits: Box<[u8]>,
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(bits: u32) -> char {
    DIGITS[(bits & 63) as usize].into()
}

impl Written {
    /// About how many digits it has.
    pub(super) fn len(&self) -> usize {
        1 + self.bits.len() * 4 / 3
    }

    /// Adds the digits to a text.
    pub(super) fn write(&self, text: &mut String) {
        // The count has digits of five bits, the lowest first; the sixth says that more follow.
        let mut count = self.documents;
        while count > 31 {
            text.push(digit(32 | count & 31));
            count >>= 5;
        }
        text.push(digit(count));
        for bytes in self.bits.chunks(3) {
            let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
            let bits = u32::from_be_bytes([0, byte(0), byte(1), byte(2)]);
            let digits = [18, 12, 6, 0].map(|below| digit(bits >> below));
            text.extend(&digits[..=bytes.len()]);
        }
        // Bits behind the last digit are read as zeros. The count never ends with one.
        text.truncate(text.trim_end_matches(digit(0)).len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(places: impl Iterator<Item = Place>) -> String {
        let mut text = String::new();
        places.collect::<List>().finish().write(&mut text);
        text
    }

    #[track_caller]
    fn check(places: &[(u32, bool)], expected: &str) {
        let places = places.iter().map(|&(document, in_title)| Place::new(document, in_title));
        assert_eq!(written(places), expected);
    }

    #[test]
    fn a_list_is_its_count_and_its_codes() {
        // One document, after five others; once, not in the title. Ten is eleven with the one expected: three bits longer.
        // 000001 | 1110 011
        check(&[(5, false)], "B5g");
        // Three documents next to each other, in the title of each: 10 0 0 | 10 0 0 | 10 0 0
        check(&[(0, true), (1, true), (2, true)], "DiI");
    }

    #[test]
    fn a_long_list_is_short() {
        let dense = (0..10_000).map(|document| Place::new(document, false));
        assert!(written(dense).len() < 3400);
    }
}
