//! What merely follows from a fault that has been told, and is not told itself.

use super::problems::nearest;
use super::{At, Diagnostic, Place, Severity, Step};

const SITE: &str = "content/site.yaml";
const TOWNS: &str = "content/towns.yaml";

/// The lists and settings of `site.yaml` without which pages are missing, and what names their entries.
const LISTS: &[(&str, &str)] = &[
    ("categories", "unknown-category"),
    ("chains", "unknown-chain"),
    ("groups", "unknown-group"),
    ("batches", "unknown-batch"),
    ("award", ""),
    ("locales", ""),
];

/// The faults of what could not be read, or not in full: a file with a fault still owns its ids.
pub struct Faults(Vec<Place>);

impl Faults {
    /// The errors met so far.
    pub fn of<'a>(problems: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let errors = problems.into_iter().filter(|problem| problem.severity == Severity::Error);
        Faults(errors.filter_map(|error| error.place.clone()).collect())
    }

    /// Whether a problem met later may merely follow from them.
    pub fn explain(&self, problem: &Diagnostic) -> bool {
        let is_of_list = match problem.code {
            "unknown-town" => self.has_lost_towns(),
            "broken-link" | "unknown-figure" | "sealed-page-lost" => self.has_lost_pages(),
            "announced-differs" => {
                self.0.iter().any(|fault| fault.path.starts_with("content/news/"))
            }
            // Two categories without an id share a route, and all pages of two locales that are none.
            "route-conflict" => {
                let is_of_site = problem.path().as_deref() == Some(SITE);
                self.has_lost("locales") || (is_of_site && self.has_lost_pages())
            }
            "report-missing" => self.has_lost("method"),
            "sealed-differs" | "unchanged-correction" => !self.0.is_empty(),
            code => LISTS.iter().any(|(list, unknown)| *unknown == code && self.has_lost(list)),
        };
        let is_of_file = |place: &Place| {
            self.0.iter().filter(|fault| fault.path == place.path).any(|fault| {
                problem.severity == Severity::Warning || is_about(&fault.at, &place.at)
            })
        };
        is_of_list || problem.place.as_ref().is_some_and(is_of_file)
    }

    fn has_lost_pages(&self) -> bool {
        self.has_lost_towns() || LISTS.iter().any(|(list, _)| self.has_lost(list))
    }

    /// Whether entries of a list of `site.yaml` may not be known by their ids.
    fn has_lost(&self, list: &str) -> bool {
        self.loses(SITE, |keys| match keys {
            [named, entry @ ..] => is_meant(named, list) && loses_id(entry),
            [] => true,
        })
    }

    fn has_lost_towns(&self) -> bool {
        self.loses(TOWNS, loses_id)
    }

    /// Whether a file is faulty as a whole, or at such a value.
    fn loses(&self, path: &str, at: impl Fn(&[Step]) -> bool) -> bool {
        let mut of_file = self.0.iter().filter(|fault| &*fault.path == path);
        of_file.any(|fault| keys(&fault.at).is_none_or(&at))
    }
}

/// Whether a fault of a list, an entry or a part of it leaves the entry's id unknown.
fn loses_id(entry: &[Step]) -> bool {
    entry.get(1).is_none_or(|field| is_meant(field, "id"))
}

/// Whether a key may be a name, mistyped.
fn is_meant(key: &Step, name: &str) -> bool {
    let Step::Key(key) = key else { return false };
    let key = key.split(['：', ':']).next().unwrap_or_default();
    nearest(key, [name]).is_some()
}

/// Whether what is said of a part of a file may follow from a fault of another: one is within the other.
fn is_about(fault: &At, part: &At) -> bool {
    match (keys(fault), keys(part)) {
        (Some(fault), Some(part)) => fault.starts_with(part) || part.starts_with(fault),
        (None, Some(_)) => *fault != At::File,
        (None, None) => *fault == At::File && *part == At::File,
        (Some(_), None) => false,
    }
}

fn keys(at: &At) -> Option<&[Step]> {
    match at {
        At::File | At::Bytes(_) => None,
        At::Value(keys) | At::Key(keys) | At::Inside(keys, _) => Some(keys),
    }
}
