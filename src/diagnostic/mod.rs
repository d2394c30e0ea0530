//! Problems as values: what is wrong, where, and what to do, in Chinese and English.

pub mod emit;
pub mod problems;

mod fault;
mod locate;
mod place;

use std::borrow::Cow;
use std::sync::Arc;

pub use self::fault::Faults;
pub use self::locate::duplicate_keys;
pub use self::place::{At, Bytes, KeyPath, Place, Step};
use crate::source::SourcePath;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Something to look at; the site is published all the same.
    Warning,
}

/// The language in which problems are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

/// A sentence in the languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase {
    /// The Chinese sentence.
    pub zh: Cow<'static, str>,
    /// The English sentence: lower case, no full stop.
    pub en: Cow<'static, str>,
}

impl Phrase {
    /// A sentence in both languages.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Phrase { zh: zh.into(), en: en.into() }
    }

    /// The sentence in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// A problem, as it is shown to people.
///
/// If only one thing of it can be shown, that is the message at its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Where the problem is; the site as a whole if nowhere in a file.
    pub place: Option<Place>,
    /// How much it matters.
    pub severity: Severity,
    /// What kind of problem it is, in kebab-case; stable, for editors' tools.
    pub code: &'static str,
    /// What is wrong.
    pub message: Phrase,
    /// What to do about it.
    pub help: Option<Phrase>,
}

impl Diagnostic {
    /// The file that it is about.
    pub fn path(&self) -> Option<SourcePath> {
        self.place.as_ref().map(|place| place.path.clone())
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(
        mut self,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.help = Some(Phrase::new(zh, en));
        self
    }
}

/// The problems met on the way: the sink within a stage. Copies share what they hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    problems: Arc<Vec<Diagnostic>>,
}

impl Diagnostics {
    /// Adds a problem.
    pub fn add(&mut self, problem: Diagnostic) {
        self.own().push(problem);
    }

    /// Adds the problems of another stage or file.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.own().extend(others);
    }

    /// Adds the problems of a later stage, but for those that merely follow from faults that have been told.
    pub fn extend_unless(&mut self, faults: &Faults, later: impl IntoIterator<Item = Diagnostic>) {
        self.own().extend(later.into_iter().filter(|problem| !faults.explain(problem)));
    }

    /// Whether anything forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// The problems as they were met.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter()
    }

    /// The problems in the order of their places, each once.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut problems = Arc::unwrap_or_clone(self.problems);
        problems.sort();
        problems.dedup();
        problems
    }

    fn own(&mut self) -> &mut Vec<Diagnostic> {
        Arc::make_mut(&mut self.problems)
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(problems: I) -> Self {
        Diagnostics { problems: Arc::new(problems.into_iter().collect()) }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.problems).into_iter()
    }
}

/// What a stage made, and the problems met on the way. No stage stops at the first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagnosed<T> {
    /// What could be made.
    pub value: T,
    /// What was wrong.
    pub problems: Diagnostics,
}
