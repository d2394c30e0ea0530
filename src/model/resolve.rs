//! Records to model: what they name is found, what they say together is checked, what is not public is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::editorial::{corrections, listed, news_to_come};
use super::projects::{list_news, list_projects};
use super::{AsOf, Bulletin, Edition, Media, Model, Project, Town};
use crate::diagnostic::problems::noun;
use crate::diagnostic::problems::{self, Noun};
use crate::diagnostic::{Diagnosed, Diagnostics, Place, Step};
use crate::key_path;
use crate::record::{self, Body, Group, Record, RecordFile, Site, Slug, Visibility};
use crate::source::SourcePath;
use crate::value::{Id, Locale, Text};

/// Resolves the records of a site into its model.
pub fn resolve(files: &[Arc<RecordFile>], edition: &Edition) -> Diagnosed<Model> {
    let mut resolver = Resolver { edition, problems: Diagnostics::default(), ids: Ids::default() };
    let model = resolver.model(&Sorted::new(files));
    Diagnosed { value: model, problems: resolver.problems }
}

/// The problems of files that a site must have, and has not.
pub fn missing_files(files: &[Arc<RecordFile>]) -> Diagnostics {
    let has = |is: fn(&Record) -> bool| files.iter().any(|file| is(&file.record));
    let mut problems = Diagnostics::default();
    if !has(|record| matches!(record, Record::Site(_))) {
        problems.add(problems::no_site(&"content/site.yaml".into()));
    }
    let has_towns = has(|record| matches!(record, Record::Towns(_)));
    if !has_towns && has(|record| matches!(record, Record::Project(..))) {
        problems.add(problems::no_towns(&"content/towns.yaml".into()));
    }
    problems
}

/// The theme that the site names, and its locales, each once: what a theme is loaded by, which need not wait for the model.
pub fn theme_and_locales(files: &[Arc<RecordFile>]) -> (Option<&str>, Vec<Locale>) {
    let site = files.iter().find_map(|file| match &file.record {
        Record::Site(site) => Some(site),
        _ => None,
    });
    let theme = site.and_then(|site| site.theme.as_deref());
    (theme, site.map_or_else(|| vec![Locale::default()], |site| locales(site)))
}

/// The locales of a site, each once; the default one if it names none.
fn locales(site: &Site) -> Vec<Locale> {
    let mut locales = Vec::with_capacity(site.locales.len());
    for locale in &site.locales {
        if !locales.contains(locale) {
            locales.push(locale.clone());
        }
    }
    if locales.is_empty() { vec![Locale::default()] } else { locales }
}

/// A file of front matter and text.
pub(super) type Item<'a, T> = (&'a SourcePath, &'a Slug, &'a Arc<T>, &'a Arc<Body>);

/// A file of an issue.
type Issue<'a> = (&'a SourcePath, &'a Id, &'a Arc<record::Bulletin>, &'a Arc<Body>);

/// The records by kind, each with its file.
#[derive(Default)]
pub(super) struct Sorted<'a> {
    site: Option<(&'a SourcePath, &'a Site)>,
    towns: Option<(&'a SourcePath, &'a [record::Town])>,
    pub(super) projects: Vec<(&'a SourcePath, &'a Id, &'a Arc<record::Project>)>,
    pub(super) news: Vec<Item<'a, record::News>>,
    bulletins: Vec<Issue<'a>>,
    seals: BTreeMap<&'a Id, (&'a SourcePath, &'a Arc<record::Seal>)>,
    pub(super) pages: Vec<Item<'a, record::Page>>,
    media: Vec<(&'a SourcePath, &'a Arc<[u8]>)>,
}

impl<'a> Sorted<'a> {
    fn new(files: &'a [Arc<RecordFile>]) -> Self {
        let mut sorted = Sorted::default();
        for file in files {
            let path = &file.path;
            match &file.record {
                Record::Site(site) => sorted.site = Some((path, site)),
                Record::Towns(towns) => sorted.towns = Some((path, towns)),
                Record::Project(id, project) => sorted.projects.push((path, id, project)),
                Record::News(slug, news, body) => sorted.news.push((path, slug, news, body)),
                Record::Bulletin(id, bulletin, body) => {
                    sorted.bulletins.push((path, id, bulletin, body));
                }
                Record::Seal(id, seal) => {
                    sorted.seals.insert(id, (path, seal));
                }
                Record::Page(slug, page, body) => sorted.pages.push((path, slug, page, body)),
                Record::Media(bytes) => sorted.media.push((path, bytes)),
            }
        }
        sorted
    }
}

/// All ids that records may name, public or not: a file with a fault still owns its id.
#[derive(Default)]
pub(super) struct Ids {
    pub(super) towns: BTreeMap<Id, usize>,
    pub(super) categories: BTreeMap<Id, usize>,
    pub(super) chains: BTreeMap<Id, usize>,
    groups: BTreeMap<Id, usize>,
    pub(super) projects: BTreeSet<Id>,
    pub(super) bulletins: BTreeSet<Id>,
    pub(super) news: BTreeSet<Id>,
}

pub(super) struct Resolver<'a> {
    pub(super) edition: &'a Edition,
    pub(super) problems: Diagnostics,
    pub(super) ids: Ids,
}

impl Resolver<'_> {
    fn model(&mut self, sorted: &Sorted<'_>) -> Model {
        let no_path = SourcePath::from("content/site.yaml");
        let no_site = Site::default();
        let (site_path, site) = sorted.site.unwrap_or((&no_path, &no_site));
        self.gather_ids(site_path, site, sorted);
        let mut towns = self.towns(sorted);
        let mut projects = self.projects(sorted, &towns);
        let mut site = self.site(site_path, site, &projects);
        if site.groups.is_empty() && !towns.is_empty() {
            // Towns are ranked within a group: where there are none, all are one.
            let english = Locale::parse("en").map(|english| (english, "Towns".into()));
            let names = [(Locale::default(), "各镇".into())].into_iter().chain(english);
            let name = Text::translated(names);
            site.groups.extend(Id::parse("town").map(|id| Group { id, name }));
            towns.iter_mut().for_each(|town| town.group = Some(0));
        }
        if let Some(base_url) = &self.edition.base_url {
            site.base_url = base_url.clone();
        }
        self.duplicate_locales(site_path, &site);
        let locales = locales(&site);
        let bulletins = self.bulletins(sorted);
        let as_of = self.as_of(&bulletins, &projects);
        let news = self.news(sorted, &locales, &projects, &bulletins);
        self.announced_digests(&bulletins, &news);
        self.sealed_internal(sorted, &locales, &bulletins, &news);
        list_news(&mut projects, &mut towns, &news);
        list_projects(&mut towns, &projects);
        let pages = self.pages(sorted, &locales);
        let internal = sorted
            .projects
            .iter()
            .filter(|(_, _, record)| record.visibility == Some(Visibility::Internal));
        let internal_projects = internal.map(|(_, id, _)| (*id).clone()).collect();
        let below_content = |path: &SourcePath| Arc::from(path.trim_start_matches("content/"));
        let media = sorted
            .media
            .iter()
            .map(|(path, bytes)| (below_content(path), Media { bytes: Arc::clone(bytes) }));
        Model {
            site,
            locales,
            date: self.edition.date,
            as_of,
            towns,
            projects: projects.into(),
            internal_projects,
            news_to_come: news_to_come(sorted, self.edition.date),
            bulletins,
            listed: listed(&news),
            corrections: corrections(&news),
            news: news.into(),
            pages,
            media: media.collect(),
        }
    }

    fn gather_ids(&mut self, path: &SourcePath, site: &Site, sorted: &Sorted<'_>) {
        let ids = |ids: Vec<&Id>| ids.into_iter().cloned().collect::<Vec<Id>>();
        let categories = ids(site.categories.iter().map(|category| &category.id).collect());
        let chains = ids(site.chains.iter().map(|chain| &chain.id).collect());
        let groups = ids(site.groups.iter().map(|group| &group.id).collect());
        let batches = ids(site.batches.iter().map(|batch| &batch.id).collect());
        let events = ids(site.events.iter().map(|event| &event.id).collect());
        self.ids.categories = self.positions(path, "categories", noun::CATEGORY, &categories);
        self.ids.chains = self.positions(path, "chains", noun::CHAIN, &chains);
        self.ids.groups = self.positions(path, "groups", noun::GROUP, &groups);
        self.positions(path, "batches", noun::BATCH, &batches);
        self.positions(path, "events", noun::EVENT, &events);
        self.ids.projects = sorted.projects.iter().map(|(_, id, _)| (*id).clone()).collect();
        self.ids.bulletins = sorted.bulletins.iter().map(|(_, id, ..)| (*id).clone()).collect();
        self.ids.news = sorted.news.iter().map(|(_, slug, ..)| slug.id.clone()).collect();
    }

    /// The positions that a list's ids have when each is there once; an id that stands twice is a problem.
    fn positions(
        &mut self,
        path: &SourcePath,
        list: &str,
        what: Noun,
        ids: &[Id],
    ) -> BTreeMap<Id, usize> {
        let mut positions = BTreeMap::new();
        for (index, id) in ids.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
            if positions.contains_key(id) {
                let place = Place::value(path, key_path![list, index, "id"]);
                self.problems.add(problems::duplicate_id(place, what, id.as_str(), list));
            } else {
                positions.insert(id.clone(), positions.len());
            }
        }
        positions
    }

    /// Tells of locales that stand twice.
    fn duplicate_locales(&mut self, path: &SourcePath, site: &Site) {
        for (index, locale) in site.locales.iter().enumerate() {
            if site.locales[..index].contains(locale) {
                let place = Place::value(path, key_path!["locales", index]);
                self.problems.add(problems::duplicate_key(place, locale.as_str()));
            }
        }
    }

    fn towns(&mut self, sorted: &Sorted<'_>) -> Vec<Town> {
        let Some((path, records)) = sorted.towns else { return Vec::new() };
        let mut towns = Vec::with_capacity(records.len());
        for (index, record) in records.iter().enumerate().filter(|(_, town)| !town.id.is_empty()) {
            if self.ids.towns.contains_key(&record.id) {
                let place = Place::value(path, vec![Step::Index(index), "id".into()]);
                let id = record.id.as_str();
                self.problems.add(problems::duplicate_id(place, noun::TOWN, id, path));
                continue;
            }
            let place = || Place::value(path, vec![Step::Index(index), "group".into()]);
            let group = record
                .group
                .as_ref()
                .and_then(|id| found(&mut self.problems, &self.ids.groups, place, noun::GROUP, id));
            if record.group.is_none() && !self.ids.groups.is_empty() {
                let place = Place::value(path, key_path![index, "id"]);
                self.problems
                    .add(problems::no_group(place, self.ids.groups.keys().map(Id::as_str)));
            }
            self.ids.towns.insert(record.id.clone(), towns.len());
            let (projects, news) = (Vec::new(), Vec::new());
            towns.push(Town { record: record.clone(), group, projects, news });
        }
        towns
    }

    /// The site with its references checked, and without what is said of projects that are not public.
    fn site(&mut self, path: &SourcePath, site: &Site, projects: &[Project]) -> Site {
        let mut site = site.clone();
        let public: BTreeSet<&Id> = projects.iter().map(|project| &project.id).collect();
        let mut in_start_batch = BTreeMap::<Id, Id>::new();
        for (index, batch) in site.batches.iter_mut().enumerate() {
            for (position, id) in batch.projects.iter().enumerate() {
                let place =
                    || Place::value(path, key_path!["batches", index, "projects", position]);
                known(&mut self.problems, &self.ids.projects, place, noun::PROJECT, id);
                if batch.kind == record::BatchKind::Start
                    && let Some(first) = in_start_batch.insert(id.clone(), batch.id.clone())
                {
                    self.problems.add(problems::in_two_start_batches(
                        place(),
                        id.as_str(),
                        first.as_str(),
                    ));
                }
            }
            batch.projects.retain(|id| public.contains(id));
        }
        for (index, batch) in site.batches.iter().enumerate() {
            self.far_day(batch.on.end, || Place::value(path, key_path!["batches", index, "on"]));
        }
        for (index, event) in site.events.iter().enumerate() {
            self.far_day(event.on.end, || Place::value(path, key_path!["events", index, "on"]));
            let place = |key: &str| Place::value(path, key_path!["events", index, key]);
            let (problems, ids) = (&mut self.problems, &self.ids);
            if let Some(town) = &event.town {
                found(problems, &ids.towns, || place("town"), noun::TOWN, town);
            }
            if let Some(chain) = &event.chain {
                found(problems, &ids.chains, || place("chain"), noun::CHAIN, chain);
            }
            if let Some(project) = &event.project {
                known(problems, &ids.projects, || place("project"), noun::PROJECT, project);
            }
        }
        site.events.retain(|event| event.project.as_ref().is_none_or(|id| public.contains(id)));
        keep_first(&mut site.categories, |category| &category.id);
        keep_first(&mut site.chains, |chain| &chain.id);
        keep_first(&mut site.groups, |group| &group.id);
        keep_first(&mut site.batches, |batch| &batch.id);
        self.award(path, &site);
        let code = site.gov.as_ref().and_then(|gov| gov.site_id_code.as_deref());
        if let Some(code) = code.filter(|code| !record::is_site_code(code)) {
            let place = Place::value(path, key_path!["gov", "site_id_code"]);
            self.problems.add(problems::bad_site_code(place, code));
        }
        site
    }

    fn award(&mut self, path: &SourcePath, site: &Site) {
        let Some(award) = &site.award else { return };
        if let Some(group) = &award.group {
            let place = || Place::value(path, key_path!["award", "group"]);
            found(&mut self.problems, &self.ids.groups, place, noun::GROUP, group);
        }
        let kinds: BTreeSet<Id> =
            record::EventKind::ALL.iter().filter_map(|kind| Id::parse(kind.code())).collect();
        for (list, entries) in [("points", &award.points), ("cap", &award.cap)] {
            for kind in entries.keys() {
                let place = || Place::key(path, key_path!["award", list, kind.as_str()]);
                known(&mut self.problems, &kinds, place, noun::EVENT_KIND, kind);
            }
        }
    }

    /// The issues that are out, oldest first.
    fn bulletins(&mut self, sorted: &Sorted<'_>) -> Vec<Bulletin> {
        let mut records = self.issues(sorted);
        let is_out = |record: &record::Bulletin| {
            record.published.end <= self.edition.date || self.edition.drafts
        };
        records.retain(|(_, _, record, _)| is_out(record));
        let compared: Vec<Option<usize>> =
            (0..records.len()).map(|at| compared(&records, at)).collect();
        let bulletins =
            records.into_iter().zip(compared).map(|((path, id, record, body), compare_to)| {
                Bulletin {
                    id: id.clone(),
                    path: path.clone(),
                    record: Arc::clone(record),
                    body: Arc::clone(body),
                    compare_to,
                    seal: sorted.seals.get(id).map(|(_, seal)| Arc::clone(seal)),
                    preview: record.published.end > self.edition.date,
                }
            });
        bulletins.collect()
    }

    /// Leaves of each id the first file, which owns it, and tells of the others.
    pub(super) fn keep_first_file<'a, T: Copy>(
        &mut self,
        what: Noun,
        records: &mut Vec<T>,
        name: impl Fn(T) -> (&'a SourcePath, &'a Id),
    ) {
        let mut owners = HashMap::<&Id, &SourcePath>::with_capacity(records.len());
        records.retain(|record| {
            let (path, id) = name(*record);
            let first = *owners.entry(id).or_insert(path);
            if first != path {
                let place = Place::file(path);
                self.problems.add(problems::duplicate_id(place, what, id.as_str(), first));
            }
            first == path
        });
    }

    /// The files of all issues, oldest first and each id once, with their references checked.
    fn issues<'a>(&mut self, sorted: &Sorted<'a>) -> Vec<Issue<'a>> {
        for (id, (path, _)) in &sorted.seals {
            if !self.ids.bulletins.contains(*id) {
                let known = self.ids.bulletins.iter().map(Id::as_str);
                self.problems.add(problems::unknown(
                    Place::file(path),
                    noun::ISSUE,
                    id.as_str(),
                    known,
                ));
            }
        }
        let mut records = sorted.bulletins.clone();
        self.keep_first_file(noun::ISSUE, &mut records, |(path, id, ..)| (path, id));
        records.sort_by_key(|(_, id, record, _)| {
            (record.published.end, record.as_of.end, record.number, (*id).clone())
        });
        self.numbers(&records);
        for (at, (path, id, record, _)) in records.iter().enumerate() {
            if let Some(named) = &record.compare_to {
                let place = || Place::value(path, key_path!["compare_to"]);
                if named == *id {
                    self.problems.add(problems::compared_with_itself(place()));
                } else if records[at..].iter().any(|(_, later, ..)| named == *later) {
                    self.problems.add(problems::compared_with_later(place(), named.as_str()));
                } else {
                    known(&mut self.problems, &self.ids.bulletins, place, noun::ISSUE, named);
                }
            }
            self.far_day(record.published.end, || Place::value(path, key_path!["published"]));
            let unset = crate::value::Period::default();
            if record.published.end < record.as_of.end && record.published != unset {
                let place = Place::value(path, key_path!["published"]);
                let (published, as_of) = (record.published.end, record.as_of.end);
                self.problems.add(problems::published_before_as_of(place, published, as_of));
            }
        }
        records
    }

    /// Issues of one kind and year have numbers of their own.
    fn numbers(&mut self, records: &[Issue<'_>]) {
        let mut numbered = BTreeMap::new();
        for (path, _, record, _) in records {
            let Some(number) = record.number else { continue };
            // What is as of December may come out in January, and count to either year.
            let years = (record.as_of.end.year(), record.published.end.year());
            if let Some(first) = numbered.insert((record.kind, years, number), path) {
                let place = Place::value(path, key_path!["number"]);
                self.problems.add(problems::duplicate_number(place, number, first));
            }
        }
    }

    /// Tells of what is dated more than a year ahead: it is not out, and nobody may notice that its year is mistyped.
    pub(super) fn far_day(&mut self, day: Date, place: impl FnOnce() -> Place) {
        if day > self.edition.date.saturating_add(jiff::Span::new().years(1)) {
            self.problems.add(problems::far_day(place(), day));
        }
    }

    /// What figures outside issues rest on (CONTRACT section 2).
    fn as_of(&self, bulletins: &[Bulletin], projects: &[Project]) -> AsOf {
        // An issue that is published before the day of its figures is a problem, and says nothing of the site's.
        let is_out = |issue: &record::Bulletin| {
            issue.published.end <= self.edition.date && issue.as_of.end <= issue.published.end
        };
        let newest_issue = || bulletins.iter().rfind(|issue| is_out(&issue.record));
        let latest_period = || {
            let reports = projects.iter().flat_map(|project| &project.record.reports);
            reports
                .filter(|report| report.known_on() <= self.edition.date)
                .map(|report| report.period.end)
                .max()
        };
        let data = self.edition.as_of;
        let data = data
            .or_else(|| newest_issue().map(|issue| issue.record.as_of.end))
            .or_else(latest_period);
        AsOf { data: data.unwrap_or(self.edition.date), known_by: self.edition.date }
    }
}

/// The issue that an issue's changes are told against.
fn compared(records: &[Issue<'_>], at: usize) -> Option<usize> {
    let (_, _, record, _) = records[at];
    match &record.compare_to {
        Some(named) => records.iter().position(|(_, id, ..)| *id == named),
        None => {
            let is_before = |other: &record::Bulletin| {
                other.kind == record.kind && other.as_of.end <= record.as_of.end
            };
            records[..at].iter().rposition(|(_, _, other, _)| is_before(other))
        }
    }
}

/// The position of what a record names, or a problem. The empty id was told of before.
pub(super) fn found(
    problems: &mut Diagnostics,
    positions: &BTreeMap<Id, usize>,
    place: impl FnOnce() -> Place,
    what: Noun,
    id: &Id,
) -> Option<usize> {
    let position = positions.get(id).copied();
    if position.is_none() && !id.is_empty() {
        let known = positions.keys().map(Id::as_str);
        problems.add(problems::unknown(place(), what, id.as_str(), known));
    }
    position
}

/// Tells of an id that nothing has, public or not.
pub(super) fn known(
    problems: &mut Diagnostics,
    ids: &BTreeSet<Id>,
    place: impl FnOnce() -> Place,
    what: Noun,
    id: &Id,
) {
    if !id.is_empty() && !ids.contains(id) {
        problems.add(problems::unknown(place(), what, id.as_str(), ids.iter().map(Id::as_str)));
    }
}

/// Leaves of each id the first, which is the one that records name.
fn keep_first<T>(list: &mut Vec<T>, id: impl Fn(&T) -> &Id) {
    let mut seen = BTreeSet::new();
    list.retain(|item| !id(item).is_empty() && seen.insert(id(item).clone()));
}
