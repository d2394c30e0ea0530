//! For whom a view is made: the locale, its messages, and how it writes dates, amounts and names.

use jiff::civil::Date;
use serde::Serialize;

use super::Site;
use super::chrome::Link;
use crate::diagnostic::Phrase;
use crate::model::Bulletin;
use crate::plan::{Page, Route};
use crate::record::BulletinKind;
use crate::theme::Catalog;
use crate::value::{Locale, Period, Text, month_end};

/// Who reads a page.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The locale of the page.
    pub locale: &'a Locale,
    /// The messages of that locale.
    pub catalog: &'a Catalog,
    /// The site's first locale, in which names are that were not translated.
    pub default_locale: &'a Locale,
}

/// A day or month, for machines and for people.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Day {
    /// `2023-04-30`, or `2023-04` for a month
    pub iso: String,
    /// `2023年4月30日`
    pub text: String,
}

/// A name, marked with its language where that is not the page's.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Its language, if it is not the page's.
    pub lang: Option<String>,
}

impl<'a> Reader<'a> {
    /// A reader of a locale of a site.
    pub(super) fn new(site: &Site<'a>, locale: &'a Locale) -> Self {
        Reader {
            locale,
            catalog: site.theme.catalog(locale),
            default_locale: site.model.default_locale(),
        }
    }

    /// A text in the reader's locale.
    pub fn text(&self, text: &Text) -> String {
        text.get(self.locale).to_owned()
    }

    /// A text that may be left out; empty then.
    pub fn optional(&self, text: Option<&Text>) -> String {
        text.map_or_else(String::new, |text| self.text(text))
    }

    /// A name with its language.
    pub fn name(&self, text: &Text) -> Name {
        let foreign = self.locale != self.default_locale && !text.has(self.locale);
        Name { text: self.text(text), lang: foreign.then(|| self.default_locale.to_string()) }
    }

    /// A sentence that the program knows in Chinese and English.
    pub fn phrase(&self, phrase: &Phrase) -> String {
        let phrase = if self.locale.is_chinese() { &phrase.zh } else { &phrase.en };
        phrase.to_string()
    }

    /// A day as the locale writes it.
    pub fn day(&self, day: Date) -> Day {
        self.period(Period::day(day))
    }

    /// A day or month as the locale writes it.
    pub fn period(&self, period: Period) -> Day {
        let is_chinese = self.locale.is_chinese();
        let text = if is_chinese { period.in_chinese() } else { period.in_english() };
        Day { iso: period.to_string(), text }
    }

    /// The short name of a month, 1 to 12, for charts.
    pub fn month(&self, month: i8) -> String {
        if self.locale.is_chinese() {
            format!("{month}月")
        } else {
            month_end(2000, month).strftime("%b").to_string()
        }
    }

    /// What an issue is called: `2023年第17期`; those of a month, quarter or year by the year that they are about.
    pub fn issue_name(&self, bulletin: &Bulletin) -> String {
        let record = &*bulletin.record;
        let year = match record.kind {
            BulletinKind::Weekly | BulletinKind::Special => record.published.end.year(),
            BulletinKind::Monthly | BulletinKind::Quarterly | BulletinKind::Annual => {
                record.as_of.end.year()
            }
        };
        let year = ("year", &*year.to_string());
        match record.number {
            Some(number) => {
                let key = format!("issue_{}", record.kind.code());
                self.catalog.fill(&key, &[year, ("n", &number.to_string())])
            }
            None if record.kind == BulletinKind::Annual => {
                self.catalog.fill("issue_of_year", &[year])
            }
            None => bulletin.id.to_string(),
        }
    }

    /// A link to a page of the reader's locale.
    pub fn link(&self, site: &Site<'_>, page: Page, text: &str) -> Link {
        Link { route: Route::page(site.model, page, self.locale), text: text.to_owned() }
    }
}
