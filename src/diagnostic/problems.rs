//! One constructor for each problem: the place where it gets its words.
//!
//! A message says what is wrong, in lower case and without a full stop; the help says what to do about it.

mod content;
mod link;
mod project;
mod seal;
mod site;
mod value;
mod yaml;

pub use self::content::*;
pub use self::link::*;
pub use self::project::*;
pub use self::seal::*;
pub use self::site::*;
pub use self::value::*;
pub use self::yaml::*;

use super::{Diagnostic, Phrase, Place, Severity};

fn error(
    place: Place,
    code: &'static str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    let message = Phrase::new(zh, en);
    Diagnostic { place: Some(place), severity: Severity::Error, code, message, help: None }
}

fn warning(
    place: Place,
    code: &'static str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..error(place, code, zh, en) }
}

/// The known name that a mistyped one is most like, if any is like it.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |candidate: &&str| strsim::damerau_levenshtein(name, candidate);
    let best = known.into_iter().min_by_key(distance)?;
    let length = name.chars().count().max(best.chars().count());
    (distance(&best) <= length.div_ceil(3).min(4)).then_some(best)
}

/// Adds "did you mean", or what else to do where nothing is alike.
fn suggest(problem: Diagnostic, nearest: Option<&str>, zh: &str, en: &str) -> Diagnostic {
    match nearest {
        Some(name) => problem.help(format!("是不是 `{name}`？"), format!("did you mean `{name}`?")),
        None => problem.help(zh, en),
    }
}
