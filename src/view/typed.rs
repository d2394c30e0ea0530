//! Checks what editors typed by hand where a figure is meant: prose and tables cannot disagree.

use super::Site;
use crate::diagnostic::{Diagnostics, Place, problems};
use crate::indicator::{Metric, Scope};
use crate::markdown::{Markdown, TypedFigure};
use crate::model::AsOf;
use crate::value::{Decimal, Locale, Rate};

/// Tells of numbers in issues and in news of a day that are said to be a figure, and are that of no scope on that day.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let model = site.model;
    let issues = model.bulletins.iter().filter(|bulletin| bulletin.seal.is_none());
    let issues = issues.map(|issue| (&issue.path, &*issue.body, issue.as_of()));
    let news = model.news.iter().filter_map(|item| Some((&item.path, &*item.body, item.as_of?)));
    let mut found = Diagnostics::default();
    for (path, body, as_of) in issues.chain(news) {
        let typed = differing(site, &body.markdown, as_of);
        found.extend(typed.map(|(typed, metric, said)| {
            let at = typed.at.start + body.offset..typed.at.end + body.offset;
            problems::typed_figure(Place::bytes(path, at), &typed.number, &metric.label(), &said)
        }));
    }
    found
}

/// The typed numbers that are no figure of the day, with the figure of the whole.
fn differing<'a>(
    site: &'a Site<'_>,
    text: &'a Markdown,
    as_of: AsOf,
) -> impl Iterator<Item = (&'a TypedFigure, Metric, String)> {
    text.typed.iter().filter_map(move |typed| {
        let metric = named(&typed.words)?;
        let (value, half) = value(&typed.number)?;
        let snapshot = site.indicators.at(as_of);
        let is_said = |scope| {
            let exact = snapshot.figure(metric, scope).value.exact();
            exact.is_some_and(|exact| exact - half <= value && value <= exact + half)
        };
        let whole = snapshot.figure(metric, Scope::All);
        let said = whole.display(&Locale::default(), &site.model.site.method);
        (!Scope::every(site.model).any(is_said)).then_some((typed, metric, said))
    })
}

/// The figure whose name words end with: the longest such name.
fn named(words: &str) -> Option<Metric> {
    let ends_words = |name: &&str| words.ends_with(name);
    Metric::names().filter(ends_words).max_by_key(|name| name.len()).and_then(Metric::parse)
}

/// A typed number exactly, and half of what its last digit stands for.
fn value(number: &str) -> Option<(Rate, Rate)> {
    let (decimal, unit) = Decimal::read_prefix(number).ok()?;
    let unit = match unit {
        "亿元" => Rate::from_integer(100_000_000),
        "万元" => Rate::from_integer(10_000),
        _ => Rate::new(1, 100),
    };
    let last = unit / Rate::from_integer(10_i128.checked_pow(decimal.scale)?);
    Some((last * Rate::from_integer(decimal.digits), last / Rate::from_integer(2)))
}
