//! What editors write, resolved: news and standing pages, with their translations.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::resolve::{Resolver, Sorted, found, known};
use super::{AsOf, Bulletin, News, Page, Project, Translation};
use crate::diagnostic::Place;
use crate::diagnostic::problems::{self, noun};
use crate::key_path;
use crate::record::{self, Body, Slug, Visibility};
use crate::source::SourcePath;
use crate::value::{Id, Locale};

impl Resolver<'_> {
    /// The news that may be shown, newest first.
    pub(super) fn news(
        &mut self,
        sorted: &Sorted<'_>,
        locales: &[Locale],
        projects: &[Project],
        bulletins: &[Bulletin],
    ) -> Vec<News> {
        let slugs = sorted.news.iter().map(|(_, slug, ..)| *slug);
        let mut translations = Translations::among(slugs, locales);
        let mut news = Vec::with_capacity(sorted.news.len());
        for &(path, slug, record, body) in &sorted.news {
            let (towns, chains) = self.news_references(path, record);
            let date = record.date.day();
            let preview = record.draft || date > self.edition.date;
            self.far_day(date, || Place::value(path, key_path!["date"]));
            for (key, day) in [("expires", record.expires), ("updated", record.updated)] {
                if let Some(day) = day.filter(|day| day.end < date) {
                    let place = Place::value(path, key_path![key]);
                    self.problems.add(problems::early_day(place, key, day, date));
                }
            }
            if record.visibility == Some(Visibility::Internal) || (preview && !self.edition.drafts)
            {
                continue;
            }
            if translations.take(slug, path, record, body) {
                continue;
            }
            if record.title.get(&Locale::default()) == record::PLACEHOLDER_TITLE {
                let place = Place::value(path, key_path!["title"]);
                self.problems.add(problems::placeholder(place, record::PLACEHOLDER_TITLE));
            }
            let position = |id: &Id| bulletins.iter().position(|bulletin| bulletin.id == *id);
            let issue = record.issue.as_ref().and_then(position);
            let own_as_of = record.as_of.map(|as_of| AsOf {
                data: as_of.end,
                known_by: record.updated.map_or(date, |updated| updated.end.max(date)),
            });
            let known_project =
                |id: &Id| projects.binary_search_by(|project| project.id.cmp(id)).ok();
            news.push(News {
                slug: slug.id.clone(),
                path: path.clone(),
                record: Arc::clone(record),
                body: Arc::clone(body),
                locale: translations.locale(slug),
                translations: BTreeMap::new(),
                towns,
                projects: record.projects.iter().filter_map(known_project).collect(),
                chains,
                issue,
                correction_of: record.correction_of.as_ref().and_then(position),
                as_of: own_as_of.or_else(|| issue.map(|issue| bulletins[issue].as_of())),
                preview,
                expired: record.expires.is_some_and(|expires| expires.end < self.edition.date),
            });
        }
        for item in &mut news {
            item.translations = translations.of(&item.slug);
        }
        news.sort_by(|a: &News, b: &News| (b.record.date, &a.slug).cmp(&(a.record.date, &b.slug)));
        news
    }

    /// Checks what a news item names; the towns and chains that it names.
    fn news_references(
        &mut self,
        path: &SourcePath,
        record: &record::News,
    ) -> (Vec<usize>, Vec<usize>) {
        let (problems, ids) = (&mut self.problems, &self.ids);
        let mut positions = |key: &'static str, named: &[Id], known, what| -> Vec<usize> {
            let place = |index| Place::value(path, key_path![key, index]);
            let named = named.iter().enumerate();
            named.filter_map(|(at, id)| found(problems, known, || place(at), what, id)).collect()
        };
        let towns = positions("towns", &record.towns, &ids.towns, noun::TOWN);
        let chains = positions("chains", &record.chains, &ids.chains, noun::CHAIN);
        for (index, id) in record.projects.iter().enumerate() {
            let place = || Place::value(path, key_path!["projects", index]);
            known(problems, &ids.projects, place, noun::PROJECT, id);
        }
        for (key, id) in [("issue", &record.issue), ("correction_of", &record.correction_of)] {
            if let Some(id) = id {
                let place = || Place::value(path, key_path![key]);
                known(problems, &ids.bulletins, place, noun::ISSUE, id);
            }
        }
        if let Some(id) = &record.continued_from {
            let place = || Place::value(path, key_path!["continued_from"]);
            known(problems, &ids.news, place, noun::NEWS, id);
        }
        for (index, photo) in record.photos.iter().enumerate() {
            if photo.alt.as_deref().is_none_or(|alt| alt.trim().is_empty()) {
                self.problems.add(problems::photo_without_alt(Place::value(
                    path,
                    key_path!["photos", index],
                )));
            }
        }
        (towns, chains)
    }

    /// An issue that announces N digests of towns' speeches has N (DOMAIN.md 2.1).
    pub(super) fn announced_digests(&mut self, bulletins: &[Bulletin], news: &[News]) {
        for (position, bulletin) in bulletins.iter().enumerate() {
            let Some(announced) = bulletin.record.digests else { continue };
            let of_issue = news.iter().filter(|item| item.issue == Some(position));
            let present =
                of_issue.filter(|item| item.record.kind == Some(record::NewsKind::Digest)).count();
            if present != announced as usize {
                let place = Place::value(&bulletin.path, key_path!["digests"]);
                self.problems.add(problems::announced_differs(place, announced, present));
            }
        }
    }

    /// The standing pages that may be shown, in the order of the navigation.
    pub(super) fn pages(&mut self, sorted: &Sorted<'_>, locales: &[Locale]) -> Vec<Page> {
        let slugs = sorted.pages.iter().map(|(_, slug, ..)| *slug);
        let mut translations = Translations::among(slugs, locales);
        let mut pages = Vec::new();
        for &(path, slug, record, body) in &sorted.pages {
            let hidden = record.draft && !self.edition.drafts;
            if record.visibility == Some(Visibility::Internal) || hidden {
                continue;
            }
            if translations.take(slug, path, record, body) {
                continue;
            }
            pages.push(Page {
                slug: slug.id.clone(),
                path: path.clone(),
                record: Arc::clone(record),
                body: Arc::clone(body),
                locale: translations.locale(slug),
                translations: BTreeMap::new(),
            });
        }
        for page in &mut pages {
            page.translations = translations.of(&page.slug);
        }
        pages.sort_by_key(|page: &Page| (page.record.order.unwrap_or(u32::MAX), page.slug.clone()));
        pages
    }
}

/// Files that are translations, by the slug of what they translate.
struct Translations<'a, T> {
    locales: &'a [Locale],
    /// The place among the locales of the first that something is written in, if anything is written in another than the first
    /// of all.
    originals: BTreeMap<&'a Id, usize>,
    taken: BTreeMap<Id, BTreeMap<Locale, Translation<T>>>,
}

impl<'a, T> Translations<'a, T> {
    /// None yet; `slugs` are those of all files, of which some are translations of others.
    fn among(slugs: impl Iterator<Item = &'a Slug> + Clone, locales: &'a [Locale]) -> Self {
        let mut originals = BTreeMap::new();
        if slugs.clone().any(|slug| place(slug, locales) > 0) {
            for slug in slugs {
                let first = originals.entry(&slug.id).or_insert(usize::MAX);
                *first = place(slug, locales).min(*first);
            }
        }
        Translations { locales, originals, taken: BTreeMap::new() }
    }

    /// Takes a file if it is a translation: if the same is written in a locale that the site names before.
    fn take(&mut self, slug: &Slug, path: &SourcePath, record: &Arc<T>, body: &Arc<Body>) -> bool {
        let original = self.originals.get(&slug.id);
        let is_translation = original.is_some_and(|first| *first < place(slug, self.locales));
        let Some(locale) = slug.locale.clone().filter(|_| is_translation) else { return false };
        let (path, record, body) = (path.clone(), Arc::clone(record), Arc::clone(body));
        let of_slug = self.taken.entry(slug.id.clone()).or_default();
        of_slug.insert(locale, Translation { path, record, body });
        true
    }

    /// The locale that a file is written in: the first of the site if it names none.
    fn locale(&self, slug: &Slug) -> Locale {
        slug.locale.clone().unwrap_or_else(|| self.locales[0].clone())
    }

    fn of(&mut self, slug: &Id) -> BTreeMap<Locale, Translation<T>> {
        self.taken.remove(slug).unwrap_or_default()
    }
}

/// The place of a file's locale among the site's; that of a file that names none is the first.
fn place(slug: &Slug, locales: &[Locale]) -> usize {
    let position = |own| locales.iter().position(|locale| locale == own);
    slug.locale.as_ref().map_or(0, |own| position(own).unwrap_or(locales.len()))
}

/// The news that are not out, with the day on which they will be.
pub(super) fn news_to_come(sorted: &Sorted<'_>, today: Date) -> BTreeMap<Id, Option<Date>> {
    let to_come = sorted.news.iter().filter_map(|(_, slug, record, _)| {
        let is_hidden = record.draft || record.visibility == Some(Visibility::Internal);
        let date = record.date.day();
        (is_hidden || date > today).then(|| (slug.id.clone(), Some(date).filter(|_| !is_hidden)))
    });
    to_come.collect()
}

/// The positions of the items that lists show: pinned first, then newest first.
pub(super) fn listed(news: &[News]) -> Vec<usize> {
    let mut listed: Vec<usize> = (0..news.len()).filter(|&item| !news[item].expired).collect();
    listed.sort_by_key(|&item| !news[item].record.pin);
    listed
}

/// The positions of the items that correct issues, newest first.
pub(super) fn corrections(news: &[News]) -> Vec<usize> {
    let corrects = |&item: &usize| {
        let item = &news[item];
        item.record.kind == Some(record::NewsKind::Correction) && item.correction_of.is_some()
    };
    (0..news.len()).filter(corrects).collect()
}
