//! One constructor for each problem: the place where it gets its words.
//!
//! A message says what is wrong, in lower case and without a full stop; the help says what to do about it.

mod content;
mod link;
mod project;
mod report;
mod seal;
mod site;
mod template;
mod text;
mod value;
mod yaml;

pub use self::content::*;
pub use self::link::*;
pub use self::project::*;
pub use self::report::*;
pub use self::seal::*;
pub use self::site::*;
pub use self::template::*;
pub use self::text::*;
pub use self::value::*;
pub use self::yaml::*;

use std::borrow::Cow;

use super::{Diagnostic, Phrase, Place, Severity};

fn error(
    place: Place,
    code: &'static str,
    zh: impl Into<Cow<'static, str>>,
    en: impl Into<Cow<'static, str>>,
) -> Diagnostic {
    let message = Phrase::new(zh, en);
    Diagnostic { place: Some(place), severity: Severity::Error, code, message, help: None }
}

fn warning(
    place: Place,
    code: &'static str,
    zh: impl Into<Cow<'static, str>>,
    en: impl Into<Cow<'static, str>>,
) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..error(place, code, zh, en) }
}

/// More problems of a kind than these have no hints: they come of one cause, and to look for what may be meant takes long.
pub const MOST_HINTS: usize = 100;

/// The known name that a mistyped one is most like, if any is like it. Another number is another thing, not a slip: `2026-03` is
/// not meant by `2026-02`, and `2026-2` is.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let alike = known.into_iter().filter_map(|candidate| {
        let other = candidate.chars().count();
        let most = length.max(other).div_ceil(3).min(4);
        // A name that is much longer or shorter cannot be meant, and there may be many.
        let is_alike = length.abs_diff(other) <= most;
        let distance = is_alike.then(|| strsim::damerau_levenshtein(name, candidate))?;
        let is_meant = distance <= most && numbers(name).eq(numbers(candidate));
        is_meant.then_some((distance, candidate))
    });
    alike.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// The numbers in a name, without the zeros before them.
fn numbers(name: &str) -> impl Iterator<Item = &str> {
    let numbers = name.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    numbers.map(|number| number.trim_start_matches('0'))
}

/// Adds "did you mean", or what else to do where nothing is alike.
fn suggest(
    problem: Diagnostic,
    nearest: Option<&str>,
    zh: impl Into<Cow<'static, str>>,
    en: impl Into<Cow<'static, str>>,
) -> Diagnostic {
    match nearest {
        Some(name) => problem.help(format!("是不是 `{name}`？"), format!("did you mean `{name}`?")),
        None => problem.help(zh, en),
    }
}
