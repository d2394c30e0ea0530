//! The site's facts, checked: after this stage there is no doubt left to handle.
//!
//! Only what may be published gets here. An internal project, a draft, an item under embargo, an issue that is not out:
//! [`resolve`] checks them like all others and then leaves them out, so that no later stage can let them slip.

mod editorial;
mod memo;
mod projects;
mod records;
mod resolve;
mod review;
mod sealed;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

pub use self::memo::Memo;
pub use self::records::{Records, reading, reading_all};
pub use self::resolve::{missing_files, resolve, theme_and_locales};
pub use self::review::{Reviews, review};
use crate::picture;
use crate::record::{self, Body};
use crate::source::SourcePath;
use crate::value::{Id, Locale, Share};

/// The dates and wishes that govern a build, besides the content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edition {
    /// The day of publication: what is dated or known later is not published or known.
    pub date: Date,
    /// The day that figures outside issues are as of, if it is not to be found from the content.
    pub as_of: Option<Date>,
    /// Whether drafts and items under embargo are shown.
    pub drafts: bool,
    /// Another address than the one in site.yaml.
    pub base_url: Option<record::BaseUrl>,
}

/// What a figure rests on: data up to a day, as known on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    /// The day up to which data count (截至).
    pub data: Date,
    /// The day on which they were known.
    pub known_by: Date,
}

impl AsOf {
    /// The same day of the year before, as known on the same day as this.
    pub fn year_before(self) -> Self {
        let is_month_end = self.data == self.data.last_of_month();
        let day = self.data.saturating_sub(jiff::Span::new().years(1));
        let data = match (is_month_end, day == day.last_of_month()) {
            (true, _) => day.last_of_month(),
            // 28 February of a leap year, when the month is not yet over.
            (false, true) => day.yesterday().unwrap_or(day),
            (false, false) => day,
        };
        AsOf { data, known_by: self.known_by }
    }
}

/// All that may be published.
#[derive(Debug, Clone)]
pub struct Model {
    /// The site's names, codelists and methods.
    pub site: record::Site,
    /// The site's locales; never empty.
    pub locales: Vec<Locale>,
    /// The day of publication.
    pub date: Date,
    /// What figures outside issues rest on.
    pub as_of: AsOf,
    /// The towns, in official order.
    pub towns: Vec<Town>,
    /// The projects, by id.
    pub projects: Records<Project>,
    /// The ids of internal projects, of which nothing else is known here: to tell why nothing can be said of one.
    pub internal_projects: BTreeSet<Id>,
    /// The names in routes of the news that are not out, with the day of those under embargo: to tell why nothing can lead there.
    pub news_to_come: BTreeMap<Id, Option<Date>>,
    /// The issues, oldest first.
    pub bulletins: Vec<Bulletin>,
    /// The news, newest first; pinned items are not yet on top.
    pub news: Records<News>,
    /// Positions in [`Model::news`] of the items that lists show: pinned first, then newest first.
    pub listed: Vec<usize>,
    /// Positions in [`Model::news`] of the items that correct issues, newest first.
    pub corrections: Vec<usize>,
    /// The standing pages, in the order of the navigation.
    pub pages: Vec<Page>,
    /// Pictures and downloads, by their path below `content/`.
    pub media: BTreeMap<Arc<str>, Media>,
}

/// A town, with its group found.
#[derive(Debug, Clone)]
pub struct Town {
    /// What `towns.yaml` says of it.
    pub record: record::Town,
    /// The position of its group in [`record::Site::groups`].
    pub group: Option<usize>,
    /// Positions in [`Model::projects`] of those that it has a part in, those that it leads first.
    pub projects: Vec<usize>,
    /// Positions in [`Model::news`] of the items about it, in their order, those that have expired too.
    pub news: Vec<usize>,
}

/// A project, with all that it names found.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its id.
    pub id: Id,
    /// Its file, for problems met later.
    pub path: SourcePath,
    /// What the record says.
    pub record: Arc<record::Project>,
    /// The position of the leading town in [`Model::towns`]. In counts the project belongs to it alone.
    pub town: usize,
    /// The towns' shares of its money: positions in [`Model::towns`], the shares sum to the whole.
    pub shares: Vec<(usize, Share)>,
    /// The position of its category in [`record::Site::categories`].
    pub category: usize,
    /// The position of its chain in [`record::Site::chains`].
    pub chain: Option<usize>,
    /// Positions in [`Model::news`] of the items about it that have not expired, in their order.
    pub news: Vec<usize>,
}

/// An issue of the bulletin.
#[derive(Debug, Clone)]
pub struct Bulletin {
    /// Its id.
    pub id: Id,
    /// Its file.
    pub path: SourcePath,
    /// What the front matter says.
    pub record: Arc<record::Bulletin>,
    /// The editor's text.
    pub body: Arc<Body>,
    /// The position in [`Model::bulletins`] of the issue that changes are told against.
    pub compare_to: Option<usize>,
    /// The seal, if the issue is sealed.
    pub seal: Option<Arc<record::Seal>>,
    /// Whether it is not out yet, and shown in previews only.
    pub preview: bool,
}

impl Bulletin {
    /// What its figures rest on.
    pub fn as_of(&self) -> AsOf {
        AsOf { data: self.record.as_of.end, known_by: self.record.published.end }
    }
}

/// A news item, with all that it names found.
#[derive(Debug, Clone)]
pub struct News {
    /// Its name in the route.
    pub slug: Id,
    /// Its file.
    pub path: SourcePath,
    /// What the front matter says.
    pub record: Arc<record::News>,
    /// The text.
    pub body: Arc<Body>,
    /// The locale that it is written in.
    pub locale: Locale,
    /// The item in other locales: its file, front matter and text.
    pub translations: BTreeMap<Locale, Translation<record::News>>,
    /// Positions in [`Model::towns`].
    pub towns: Vec<usize>,
    /// Positions in [`Model::projects`].
    pub projects: Vec<usize>,
    /// Positions in [`record::Site::chains`].
    pub chains: Vec<usize>,
    /// The position in [`Model::bulletins`] of the issue it belongs to.
    pub issue: Option<usize>,
    /// The position in [`Model::bulletins`] of the issue it corrects.
    pub correction_of: Option<usize>,
    /// What its figures rest on, unless the site's.
    pub as_of: Option<AsOf>,
    /// Whether it may only be shown to its editors: a draft, or under embargo.
    pub preview: bool,
    /// Whether it has expired: it leaves the lists, and its page says so.
    pub expired: bool,
}

impl News {
    /// The issue whose figures it tells: that which it belongs to, unless it names a day of its own.
    pub fn told_issue(&self) -> Option<usize> {
        self.issue.filter(|_| self.record.as_of.is_none())
    }
}

/// A file in another locale.
#[derive(Debug, Clone)]
pub struct Translation<T> {
    /// The file.
    pub path: SourcePath,
    /// Its front matter.
    pub record: Arc<T>,
    /// Its text.
    pub body: Arc<Body>,
}

/// What an editor wrote in one locale.
#[derive(Debug)]
pub struct Written<'a, T> {
    /// The file.
    pub path: &'a SourcePath,
    /// Its front matter.
    pub record: &'a T,
    /// Its text.
    pub body: &'a Body,
    /// The locale that it is written in.
    pub locale: &'a Locale,
}

impl<T> Translation<T> {
    fn written<'a>(&'a self, locale: &'a Locale) -> Written<'a, T> {
        Written { path: &self.path, record: &self.record, body: &self.body, locale }
    }
}

macro_rules! written {
    ($what:ident, $record:ty) => {
        impl $what {
            /// What is written in a locale, or the original where nothing is.
            pub fn in_locale<'a>(&'a self, locale: &'a Locale) -> Written<'a, $record> {
                let translation = self.translations.get(locale);
                translation.map_or_else(|| self.original(), |other| other.written(locale))
            }

            /// What is written in each locale, the original before its translations.
            pub fn in_all_locales(&self) -> impl Iterator<Item = Written<'_, $record>> {
                let translations = self.translations.iter();
                std::iter::once(self.original())
                    .chain(translations.map(|(locale, other)| other.written(locale)))
            }

            fn original(&self) -> Written<'_, $record> {
                let $what { path, record, body, locale, .. } = self;
                Written { path, record, body, locale }
            }
        }
    };
}

written!(News, record::News);
written!(Page, record::Page);

/// A standing page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its name in the route.
    pub slug: Id,
    /// Its file.
    pub path: SourcePath,
    /// What the front matter says.
    pub record: Arc<record::Page>,
    /// The text.
    pub body: Arc<Body>,
    /// The locale that it is written in.
    pub locale: Locale,
    /// The page in other locales.
    pub translations: BTreeMap<Locale, Translation<record::Page>>,
}

/// A picture or download.
#[derive(Debug, Clone)]
pub struct Media {
    /// What is in the file.
    pub bytes: Arc<[u8]>,
}

impl Media {
    /// The file as it is published: a picture without its metadata. One that cannot be published is a problem
    /// of its record, and never gets here.
    pub fn published(&self) -> Arc<[u8]> {
        match picture::published(&self.bytes) {
            Ok(Cow::Owned(clean)) => clean.into(),
            Ok(Cow::Borrowed(_)) => self.bytes.clone(),
            Err(_) => Arc::default(),
        }
    }
}

impl Model {
    /// The site's first locale, which lives at the root.
    pub fn default_locale(&self) -> &Locale {
        &self.locales[0]
    }

    /// The position of a town.
    pub fn town(&self, id: &str) -> Option<usize> {
        self.towns.iter().position(|town| town.record.id.as_str() == id)
    }

    /// The position of a project.
    pub fn project(&self, id: &str) -> Option<usize> {
        self.projects.binary_search_by(|project| project.id.as_str().cmp(id)).ok()
    }

    /// The position of an issue.
    pub fn bulletin(&self, id: &str) -> Option<usize> {
        self.bulletins.iter().position(|bulletin| bulletin.id.as_str() == id)
    }

    /// Whether any project says which pool it is in.
    pub fn has_pools(&self) -> bool {
        self.projects.iter().any(|project| !project.record.pools.is_empty())
    }

    /// The positions of the items next to one in time that have not expired: the newer, the older.
    pub fn neighbours(&self, item: usize) -> [Option<usize>; 2] {
        let news = self.news.untold();
        let is_current = |other: &usize| !news[*other].expired;
        let mut older = item + 1..news.len();
        [(0..item).rev().find(is_current), older.find(is_current)]
    }

    /// The position of the item that one continues.
    pub fn continued(&self, item: &record::News) -> Option<usize> {
        let slug = item.continued_from.as_ref()?;
        self.news.untold().iter().position(|other| other.slug == *slug)
    }

    /// The news that belong in lists: neither expired nor for editors only unless drafts are shown.
    pub fn listed_news(&self) -> impl DoubleEndedIterator<Item = &News> {
        self.listed.iter().map(|item| &self.news[*item])
    }
}
