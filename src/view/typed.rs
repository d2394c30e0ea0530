//! Checks what editors typed by hand where a figure is meant: prose and tables cannot disagree.

use std::collections::BTreeMap;

use super::Site;
use crate::diagnostic::{Diagnostics, Place, problems};
use crate::indicator::{Metric, Scope};
use crate::model::AsOf;
use crate::value::{Decimal, Locale, Rate};

/// Tells of numbers in issues and in news of a day that are said to be a figure, and are that of no scope on that day. What a
/// sealed issue printed is past.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let model = site.model;
    let is_open = |issue: &usize| model.bulletins[*issue].seal.is_none();
    let issues = (0..model.bulletins.len()).filter(is_open).map(|issue| &model.bulletins[issue]);
    let issues = issues.map(|issue| (&issue.path, &*issue.body, issue.as_of()));
    let news = model.news.iter().filter(|item| item.told_issue().iter().all(is_open));
    let news = news.filter_map(|item| Some((&item.path, &*item.body, item.as_of?)));
    let mut found = Diagnostics::default();
    let mut said = BTreeMap::new();
    for (path, body, as_of) in issues.chain(news) {
        for typed in &body.typed {
            let Some((metric, (value, half))) = named(&typed.words).zip(value(&typed.number))
            else {
                continue;
            };
            let said = said.entry((as_of, metric)).or_insert_with(|| all(site, as_of, metric));
            let nearest = said.partition_point(|said| *said < value - half);
            if said.get(nearest).is_none_or(|said| *said > value + half) {
                let place =
                    Place::bytes(path, typed.at.start + body.offset..typed.at.end + body.offset);
                let whole = site.indicators.at(as_of).figure(metric, Scope::All);
                let whole = whole.display(&Locale::default(), &model.site.method);
                let label = metric.label();
                found.add(problems::typed_figure(place, &typed.number, &label, &whole));
            }
        }
    }
    found
}

/// What a figure is of all scopes on a day, in order.
fn all(site: &Site<'_>, as_of: AsOf, metric: Metric) -> Vec<Rate> {
    let snapshot = site.indicators.at(as_of);
    let exact = |scope| snapshot.figure(metric, scope).value.exact();
    let mut all: Vec<Rate> = Scope::every(site.model).filter_map(exact).collect();
    all.sort_unstable();
    all
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
