//! Headings: their levels in the page and the names they are linked by.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Tag};

use super::mark::Marked;
use super::{FigureReference, Piece, plain};

/// A heading, for a table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// Its level in the page, 2 to 6: the page's own title is 1.
    pub level: u8,
    /// The name it is linked by, unique within the text.
    pub id: String,
    /// What it says. Not for pages: raw HTML in it has not been sanitised.
    content: Vec<Piece>,
}

impl Heading {
    pub(super) fn new(level: u8, id: String, content: Vec<Piece>) -> Heading {
        Heading { level, id, content }
    }

    /// What it says, without markup.
    pub fn plain_text(&self, figure: impl Fn(&FigureReference) -> String) -> String {
        plain::plain_text(&self.content, figure)
    }
}

/// The levels of the headings so far, outermost first.
#[derive(Debug, Default)]
pub(super) struct Outline(Vec<u8>);

impl Outline {
    /// The level in the page of a heading that the author gave a level.
    ///
    /// The author's levels only say what belongs under what: a text may begin at `#` or at
    /// `###`, and the page's outline must neither begin below 2 nor skip a level.
    pub(super) fn level(&mut self, written: u8) -> u8 {
        while self.0.last().is_some_and(|outer| *outer >= written) {
            self.0.pop();
        }
        self.0.push(written);
        // There are six written levels, so never more than six here.
        (self.0.len() as u8 + 1).min(6)
    }
}

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// How often each name was asked for, so that the hundredth namesake need not try all.
    asked: HashMap<String, usize>,
    /// Names that the author will give to a heading further on.
    reserved: HashSet<String>,
}

impl Ids {
    /// Sets apart the names that the author chose, which others link to.
    pub(super) fn reserve<R>(&mut self, marked: &Marked, events: &[(Event, R)]) {
        for (event, _) in events {
            if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
                self.reserved.insert(marked.clean(id).into_owned());
            }
        }
    }

    /// The name that the author chose, or one like it if it has been given.
    pub(super) fn chosen(&mut self, id: &str) -> String {
        if self.reserved.remove(id) {
            self.taken.insert(id.to_owned());
            return id.to_owned();
        }
        self.unique(id)
    }

    /// A name made of what a heading says.
    pub(super) fn of_text(&mut self, text: &str) -> String {
        self.unique(&slug(text))
    }

    fn unique(&mut self, id: &str) -> String {
        let asked = self.asked.entry(id.to_owned()).or_default();
        loop {
            *asked += 1;
            let unique = if *asked == 1 { id.to_owned() } else { format!("{id}-{asked}") };
            if !self.reserved.contains(&unique) && self.taken.insert(unique.clone()) {
                return unique;
            }
        }
    }
}

/// Letters and digits of any script, in lower case, with a hyphen for all between them.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_chinese() {
        assert_eq!(slug("一、重点项目（1—4月）"), "一-重点项目-1-4月");
        assert_eq!(slug("Key Projects!"), "key-projects");
        assert_eq!(slug("……"), "section");
    }

    #[test]
    fn levels_begin_at_two_and_skip_none() {
        let check = |written: &[u8], expected: &[u8]| {
            let mut outline = Outline::default();
            let levels: Vec<u8> = written.iter().map(|level| outline.level(*level)).collect();
            assert_eq!(levels, expected);
        };
        check(&[1, 2, 3, 2, 1], &[2, 3, 4, 3, 2]);
        check(&[2, 3, 2], &[2, 3, 2]);
        check(&[1, 4, 2, 6], &[2, 3, 3, 4]);
        check(&[3, 1, 2], &[2, 2, 3]);
        check(&[1, 2, 3, 4, 5, 6], &[2, 3, 4, 5, 6, 6]);
    }

    #[test]
    fn names_are_unique() {
        let mut ids = Ids::default();
        ids.reserved.insert("乙".to_owned());
        assert_eq!(ids.of_text("甲"), "甲");
        assert_eq!(ids.of_text("甲"), "甲-2");
        assert_eq!(ids.of_text("甲-2"), "甲-2-2");
        assert_eq!(ids.of_text("甲"), "甲-3");
        assert_eq!(ids.of_text("乙"), "乙-2");
        assert_eq!(ids.chosen("乙"), "乙");
        assert_eq!(ids.chosen("乙"), "乙-3");
    }
}
