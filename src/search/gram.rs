//! Every sequence of tokens that is worth an entry of its own, and the documents it is in.
//!
//! Each token has an entry, and each pair of tokens that are next to each other. A sequence that is in more than a few
//! documents has its continuations as entries too, up to a length. So a phrase of up to that length either is an entry, or
//! begins with one that is in few documents, or is in no document: it is found exactly, if need be after a look at a few texts.
//!
//! The sequences grow while the documents are read, which nobody need keep. What is still in few documents keeps what follows
//! at each of its places, and is gone into when it turns out to be in more. What grows from one token has nothing to do with what
//! grows from another: so one thread reads, and some others grow a part of the sequences each.

use std::ops::Range;

use super::Document;
use super::entries::Entry;
use super::fold::{GAP, Token, Words};
use super::posting::{List, Place};

/// A sequence that is in no more documents than this has no longer ones, but for the pairs.
pub const FEW: u32 = 10;

/// The most tokens of a sequence.
pub const LONGEST: usize = 4;

/// Reads documents into tokens, and tells which words are in more than a few of them. Most of the others are amounts, each of which
/// would make several entries that are in one document: they are parts of no sequence.
#[derive(Default)]
pub(super) struct Reader {
    words: Words,
    /// The words, by number.
    rare: Vec<Few>,
    /// The places of those that are in few, with the tokens around them and themselves.
    around: Kept<AROUND>,
    /// How many documents were read.
    documents: u32,
}

/// How many tokens a word can be in a sequence with, itself among them.
const AROUND: usize = 2 * LONGEST - 1;

/// Where a word is, and the tokens around it.
type Around = (Place, [Token; AROUND]);

/// A document as sequences grow from it.
pub(super) struct Tokens {
    number: u32,
    /// The tokens, between gaps that are as long as a sequence.
    tokens: Vec<Token>,
    /// Where the tokens of a title that counts more end.
    title_end: usize,
    /// How many words were read by its end.
    words: usize,
    /// The words that are in more than a few documents from this one on, with their places in those before.
    joining: Vec<(usize, Vec<Around>)>,
}

impl Tokens {
    fn place(&self, start: usize) -> Place {
        Place::new(self.number, start < self.title_end)
    }

    /// Where sequences may begin.
    fn starts(&self) -> Range<usize> {
        LONGEST - 1..self.tokens.len() + 1 - LONGEST
    }
}

impl Reader {
    /// Reads the next document.
    pub(super) fn read(&mut self, document: &Document) -> Tokens {
        let gaps = [GAP; LONGEST - 1];
        let mut tokens = gaps.to_vec();
        self.words.read(&document.title, &mut tokens);
        let title_end = if document.weighty_title { tokens.len() } else { 0 };
        self.words.read(&document.text, &mut tokens);
        tokens.extend(gaps);
        let (number, words) = (self.documents, self.words.len());
        self.documents += 1;
        self.rare.resize(words, Few::default());
        let mut read = Tokens { number, tokens, title_end, words, joining: Vec::new() };
        for start in read.starts() {
            if let Some(word) = read.tokens[start].word() {
                let around = &read.tokens[start + 1 - LONGEST..];
                let before = self.word(word, around, read.place(start));
                read.joining.extend(before.map(|before| (word, before)));
            }
        }
        read
    }

    /// Keeps a place of a word that is in few documents, with the tokens around it. In the first document that is one too many,
    /// gives its places in the others.
    fn word(&mut self, word: usize, around: &[Token], place: Place) -> Option<Vec<Around>> {
        let few = &mut self.rare[word];
        if !few.is_in_few() {
            return None;
        }
        self.around.keep(few, place, *around.first_chunk()?);
        if few.is_in_few() {
            return None;
        }
        let kept = self.around.take(*few);
        Some(kept.filter(|(other, _)| other.document() != place.document()).collect())
    }

    /// The entries of the words that are in few documents to the end, and the words.
    pub(super) fn entries(self) -> (Vec<Entry>, Words) {
        let Reader { words, rare, mut around, .. } = self;
        let rare = rare.into_iter().enumerate().filter(|(_, few)| few.is_in_few());
        let entry = |(word, few): (usize, Few)| {
            let list: List = around.take(few).map(|(place, _)| place).collect();
            Entry::new(words.word(word), list.finish(), None)
        };
        (rare.map(entry).collect(), words)
    }
}

/// The sequences of the documents read so far that begin with one of a part of all tokens.
pub(super) struct Sequences {
    /// Which part it is, and of how many.
    part: (u32, u32),
    table: Table,
    /// The documents of the sequences that are in many.
    many: Vec<List>,
    few: Vec<Few>,
    /// The places of those that are in few, with the tokens that follow.
    kept: Kept<{ LONGEST - 2 }>,
    /// Whether each word is in few documents.
    rare: Vec<bool>,
}

impl Sequences {
    /// No sequences yet of one of so many parts.
    pub(super) fn of_part(part: u32, parts: u32) -> Self {
        Sequences {
            part: (part, parts),
            table: Table::default(),
            many: Vec::new(),
            few: Vec::new(),
            kept: Kept::default(),
            rare: Vec::new(),
        }
    }

    /// Grows by what the next document holds.
    pub(super) fn read(&mut self, document: &Tokens) {
        self.rare.resize(document.words, true);
        for (word, before) in &document.joining {
            self.join(*word, before);
        }
        for start in document.starts() {
            if self.is_own(document.tokens[start]) {
                self.grow(NONE, &document.tokens[start..start + LONGEST], document.place(start));
            }
        }
    }

    /// Whether sequences that begin with a token belong to this part.
    fn is_own(&self, token: Token) -> bool {
        let (part, parts) = self.part;
        token.0 % parts == part
    }

    /// Adds the sequences that a word is in where it was before.
    fn join(&mut self, word: usize, before: &[Around]) {
        self.rare[word] = false;
        for (place, around) in before {
            for (start, sequence) in around.windows(LONGEST).enumerate() {
                let (before, rest) = sequence.split_at(LONGEST - 1 - start);
                // If the word is twice in a sequence, this is added from where it is first.
                if self.is_own(sequence[0])
                    && !before.contains(&around[LONGEST - 1])
                    && let Some(before) = self.gone_into(before)
                {
                    self.grow(before, rest, *place);
                }
            }
        }
    }

    /// The number of the list of a sequence whose continuations are there.
    fn gone_into(&self, tokens: &[Token]) -> Option<u32> {
        let longer = |shorter, token: &Token| self.table.many(shorter, *token);
        tokens.iter().try_fold(NONE, longer)
    }

    /// Adds a place of the sequences that are longer than one by the next tokens.
    fn grow(&mut self, mut sequence: u32, next: &[Token], place: Place) {
        for at in 0..next.len() {
            match self.add(sequence, &next[at..], place) {
                Some(longer) => sequence = longer,
                None => return,
            }
        }
    }

    /// Adds a place of the sequence that is longer than one by the next token, and gives its number if it is to be gone into.
    fn add(&mut self, sequence: u32, next: &[Token], place: Place) -> Option<u32> {
        let (token, rest) = next.split_first().filter(|(token, _)| self.joins(**token))?;
        let slot = self.table.slot(sequence, *token);
        let known = self.table.slots.get(slot).copied().flatten();
        match known.map_or_else(|| self.begin(sequence, *token), |known| known.places) {
            Places::Many(list) => {
                self.many[list as usize].add(place);
                return Some(list);
            }
            Places::Few(few) => {
                let mut after = [GAP; LONGEST - 2];
                after[..rest.len()].copy_from_slice(rest);
                let few = &mut self.few[few as usize];
                self.kept.keep(few, place, after);
                if !few.is_in_few() {
                    let few = *few;
                    self.go_into(slot, few);
                }
            }
        }
        None
    }

    /// Begins a sequence. All continuations of a single token are wanted, in however few documents it is.
    fn begin(&mut self, shorter: u32, last: Token) -> Places {
        // There are fewer sequences than places.
        let places = if shorter == NONE {
            Places::Many(self.list(List::default()))
        } else {
            self.few.push(Few::default());
            Places::Few(self.few.len() as u32 - 1)
        };
        self.table.add(Sequence { shorter, last, places });
        places
    }

    /// Adds the continuations of a sequence that is in few documents no longer.
    fn go_into(&mut self, slot: usize, few: Few) {
        let kept = self.kept.take(few);
        let list = self.list(kept.clone().map(|(place, _)| place).collect());
        if let Some(sequence) = &mut self.table.slots[slot] {
            sequence.places = Places::Many(list);
        }
        for (place, after) in kept {
            self.grow(list, &after, place);
        }
    }

    /// Adds a list, and gives its number.
    fn list(&mut self, list: List) -> u32 {
        self.many.push(list);
        self.many.len() as u32 - 1
    }

    /// Whether a token may be part of a sequence with others.
    fn joins(&self, token: Token) -> bool {
        let is_rare = |word: usize| self.rare[word];
        token != GAP && !token.word().is_some_and(is_rare)
    }

    /// The entries of the sequences.
    pub(super) fn entries(self, words: &Words) -> Vec<Entry> {
        let Sequences { table, mut many, few, mut kept, .. } = self;
        let mut sequences: Vec<Sequence> = table.slots.into_iter().flatten().collect();
        // Those that are in many come first, each behind the shorter one.
        sequences.sort_unstable_by_key(|sequence| sequence.places);
        let mut entries: Vec<Entry> = Vec::with_capacity(sequences.len());
        for Sequence { shorter, last, places } in sequences {
            let list = match places {
                Places::Many(list) => std::mem::take(&mut many[list as usize]),
                Places::Few(number) => {
                    kept.take(few[number as usize]).map(|(place, _)| place).collect()
                }
            };
            let shorter = entries.get(shorter as usize);
            entries.push(Entry::new(&words.text(last), list.finish(), shorter));
        }
        entries
    }
}

/// A sequence, known by its last token and the list of the one without it.
#[derive(Clone, Copy)]
struct Sequence {
    shorter: u32,
    last: Token,
    places: Places,
}

/// Where a sequence is: the number of its list, or of what is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Places {
    Many(u32),
    Few(u32),
}

/// Stands for the list of the sequence of no tokens.
const NONE: u32 = u32::MAX;

/// The sequences, each in the slot that its hash says or the next that was free. Each token of each text is looked up several
/// times, and nearly each time what is found is far away in memory: so it should be all that is needed.
#[derive(Default)]
struct Table {
    slots: Vec<Option<Sequence>>,
    taken: usize,
}

impl Table {
    /// The number of the list of the sequence that is longer by a token, if it is in many documents.
    fn many(&self, shorter: u32, last: Token) -> Option<u32> {
        match self.slots.get(self.slot(shorter, last))?.as_ref()?.places {
            Places::Many(list) => Some(list),
            Places::Few(_) => None,
        }
    }

    /// Where a sequence is, or would be.
    fn slot(&self, shorter: u32, last: Token) -> usize {
        // The number of slots is a power of two.
        let mask = self.slots.len().wrapping_sub(1);
        let key = u64::from(shorter) << 32 | u64::from(last.0);
        let mut slot = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
        while let Some(Some(other)) = self.slots.get(slot)
            && (other.shorter, other.last) != (shorter, last)
        {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn add(&mut self, sequence: Sequence) {
        self.taken += 1;
        if self.taken * 3 > self.slots.len() * 2 {
            let more = vec![None; (self.slots.len() * 2).max(1024)];
            for sequence in std::mem::replace(&mut self.slots, more).into_iter().flatten() {
                self.put(sequence);
            }
        }
        self.put(sequence);
    }

    fn put(&mut self, sequence: Sequence) {
        let slot = self.slot(sequence.shorter, sequence.last);
        self.slots[slot] = Some(sequence);
    }
}

/// What is in few documents: the last of its places that are kept.
#[derive(Clone, Copy)]
struct Few {
    last: u32,
    documents: u32,
}

impl Default for Few {
    fn default() -> Self {
        Few { last: NONE, documents: 0 }
    }
}

impl Few {
    /// Whether it really is.
    fn is_in_few(self) -> bool {
        self.documents <= FEW
    }
}

/// Places with some tokens, each knowing the one before it of the same word or sequence.
#[derive(Default)]
struct Kept<const TOKENS: usize> {
    places: Vec<(Place, [Token; TOKENS], u32)>,
    /// Those that are needed no longer.
    free: Vec<u32>,
}

impl<const TOKENS: usize> Kept<TOKENS> {
    /// Keeps one more place.
    fn keep(&mut self, few: &mut Few, place: Place, tokens: [Token; TOKENS]) {
        let last = self.places.get(few.last as usize);
        if last.is_none_or(|(last, ..)| last.document() != place.document()) {
            few.documents += 1;
        }
        let kept = (place, tokens, few.last);
        match self.free.pop() {
            Some(free) => {
                self.places[free as usize] = kept;
                few.last = free;
            }
            None => {
                few.last = self.places.len() as u32;
                self.places.push(kept);
            }
        }
    }

    /// Gives away what was kept of something, the oldest first.
    fn take(
        &mut self,
        few: Few,
    ) -> impl Iterator<Item = (Place, [Token; TOKENS])> + Clone + use<TOKENS> {
        let mut taken = Vec::new();
        let mut last = few.last;
        while let Some((place, tokens, before)) = self.places.get(last as usize) {
            taken.push((*place, *tokens));
            self.free.push(last);
            last = *before;
        }
        taken.into_iter().rev()
    }
}
