//! Records to model: what they name is found, what they say together is checked, what is not public is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::check::{ProjectCheck, ProjectReview};
use super::{AsOf, Bulletin, Edition, Media, Model, News, Page, Project, Town, Translation};
use crate::diagnostic::problems::noun;
use crate::diagnostic::problems::{self, Noun};
use crate::diagnostic::{Diagnosed, Diagnostics, KeyPath, Place, Step};
use crate::key_path;
use crate::record::{self, Body, Record, RecordFile, Site, Slug, Visibility};
use crate::source::SourcePath;
use crate::value::{Id, Locale};

/// Resolves the records of a site into its model.
pub fn resolve(files: &[Arc<RecordFile>], edition: &Edition) -> Diagnosed<Model> {
    let mut resolver = Resolver { edition, problems: Diagnostics::default(), ids: Ids::default() };
    let model = resolver.model(&Sorted::new(files));
    Diagnosed { value: model, problems: resolver.problems }
}

/// The records by kind, each with its file.
#[derive(Default)]
struct Sorted<'a> {
    site: Option<(&'a SourcePath, &'a Site)>,
    towns: Option<(&'a SourcePath, &'a [record::Town])>,
    projects: Vec<(&'a SourcePath, &'a Id, &'a record::Project)>,
    news: Vec<(&'a SourcePath, &'a Slug, &'a record::News, &'a Body)>,
    bulletins: Vec<(&'a SourcePath, &'a Id, &'a record::Bulletin, &'a Body)>,
    seals: BTreeMap<&'a Id, (&'a SourcePath, &'a Arc<record::Seal>)>,
    pages: Vec<(&'a SourcePath, &'a Slug, &'a record::Page, &'a Body)>,
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
struct Ids {
    towns: BTreeMap<Id, usize>,
    categories: BTreeMap<Id, usize>,
    chains: BTreeMap<Id, usize>,
    groups: BTreeMap<Id, usize>,
    projects: BTreeSet<Id>,
    bulletins: BTreeSet<Id>,
    news: BTreeSet<Id>,
}

struct Resolver<'a> {
    edition: &'a Edition,
    problems: Diagnostics,
    ids: Ids,
}

impl Resolver<'_> {
    fn model(&mut self, sorted: &Sorted<'_>) -> Model {
        let no_path = SourcePath::from("content/site.yaml");
        let no_site = Site::default();
        let (site_path, site) = sorted.site.unwrap_or((&no_path, &no_site));
        if sorted.site.is_none() {
            self.problems.add(problems::no_site(&no_path));
        }
        self.gather_ids(site_path, site, sorted);
        let towns = self.towns(sorted);
        let projects = self.projects(sorted, &towns);
        let mut site = self.site(site_path, site, &projects);
        if let Some(base_url) = &self.edition.base_url {
            site.base_url = base_url.clone();
        }
        let locales =
            if site.locales.is_empty() { vec![Locale::default()] } else { site.locales.clone() };
        let bulletins = self.bulletins(sorted);
        let as_of = self.as_of(&bulletins, &projects);
        self.review_projects(&site, &projects, as_of);
        let news = self.news(sorted, &locales, &towns, &projects, &site, &bulletins);
        self.announced_digests(&bulletins, &news);
        let pages = self.pages(sorted, &locales);
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
            projects,
            bulletins,
            news,
            pages,
            media: media.collect(),
            drafts: self.edition.drafts,
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

    /// The positions of a list's ids; an id that stands twice is a problem.
    fn positions(
        &mut self,
        path: &SourcePath,
        list: &str,
        what: Noun,
        ids: &[Id],
    ) -> BTreeMap<Id, usize> {
        let mut positions = BTreeMap::new();
        for (index, id) in ids.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
            if let Some(first) = positions.get(id) {
                let place = Place::value(path, key_path![list, index, "id"]);
                let first = format!("{list}[{first}]");
                self.problems.add(problems::duplicate_id(place, what, id.as_str(), &first));
            } else {
                positions.insert(id.clone(), index);
            }
        }
        positions
    }

    fn towns(&mut self, sorted: &Sorted<'_>) -> Vec<Town> {
        let Some((path, records)) = sorted.towns else { return Vec::new() };
        let mut towns = Vec::with_capacity(records.len());
        for (index, record) in records.iter().enumerate() {
            if let Some(first) = self.ids.towns.get(&record.id) {
                let place = Place::value(path, vec![Step::Index(index), "id".into()]);
                let first = format!("[{first}]");
                self.problems.add(problems::duplicate_id(
                    place,
                    noun::TOWN,
                    record.id.as_str(),
                    &first,
                ));
                continue;
            }
            let place = Place::value(path, vec![Step::Index(index), "group".into()]);
            let group = record
                .group
                .as_ref()
                .and_then(|id| found(&mut self.problems, &self.ids.groups, place, noun::GROUP, id));
            self.ids.towns.insert(record.id.clone(), towns.len());
            towns.push(Town { record: record.clone(), group });
        }
        towns
    }

    fn projects(&mut self, sorted: &Sorted<'_>, towns: &[Town]) -> Vec<Project> {
        let mut owners = BTreeMap::<&Id, &SourcePath>::new();
        let mut projects = Vec::with_capacity(sorted.projects.len());
        for &(path, id, record) in &sorted.projects {
            if let Some(first) = owners.get(id) {
                let place = Place::file(path);
                self.problems.add(problems::duplicate_id(place, noun::PROJECT, id.as_str(), first));
                continue;
            }
            owners.insert(id, path);
            ProjectCheck { path, project: record, problems: &mut self.problems }.run();
            let project = self.project(path, id, record);
            let is_public = record.visibility != Some(Visibility::Internal);
            projects.extend(project.filter(|project| is_public && project.town < towns.len()));
        }
        projects.sort_by(|a, b| a.id.cmp(&b.id));
        projects
    }

    fn project(&mut self, path: &SourcePath, id: &Id, record: &record::Project) -> Option<Project> {
        let place = |key: &str| Place::value(path, key_path![key]);
        let (problems, ids) = (&mut self.problems, &self.ids);
        let category =
            found(problems, &ids.categories, place("category"), noun::CATEGORY, &record.category);
        let town = found(problems, &ids.towns, place("town"), noun::TOWN, &record.town);
        let chain = record
            .chain
            .as_ref()
            .and_then(|id| found(problems, &ids.chains, place("chain"), noun::CHAIN, id));
        let mut shares = Vec::with_capacity(record.shares.len().max(1));
        for (town, share) in &record.shares {
            let place = Place::key(path, key_path!["shares", town.as_str()]);
            shares.extend(
                found(problems, &ids.towns, place, noun::TOWN, town).map(|town| (town, *share)),
            );
        }
        // A project that names no town or category is a problem by now and will not be published. It stays in the model, so that
        // links to it are not problems too.
        let town = town.or_else(|| first_of(&ids.towns))?;
        let category = category.or_else(|| first_of(&ids.categories))?;
        if shares.is_empty() {
            shares.push((town, crate::value::Share::WHOLE));
        }
        let (id, path, record) = (id.clone(), path.clone(), Arc::new(record.clone()));
        Some(Project { id, path, record, town, shares, category, chain })
    }

    /// The site with its references checked, and without what is said of projects that are not public.
    fn site(&mut self, path: &SourcePath, site: &Site, projects: &[Project]) -> Site {
        let mut site = site.clone();
        let public: BTreeSet<&Id> = projects.iter().map(|project| &project.id).collect();
        let mut in_start_batch = BTreeMap::<Id, Id>::new();
        for (index, batch) in site.batches.iter_mut().enumerate() {
            for (position, id) in batch.projects.iter().enumerate() {
                let place = Place::value(path, key_path!["batches", index, "projects", position]);
                self.known(place.clone(), noun::PROJECT, id, &self.ids.projects.clone());
                if batch.kind == record::BatchKind::Start
                    && let Some(first) = in_start_batch.insert(id.clone(), batch.id.clone())
                {
                    self.problems.add(problems::duplicate_id(
                        place,
                        noun::PROJECT,
                        id.as_str(),
                        first.as_str(),
                    ));
                }
            }
            batch.projects.retain(|id| public.contains(id));
        }
        for (index, event) in site.events.iter().enumerate() {
            let place = |key: &str| Place::value(path, key_path!["events", index, key]);
            let (problems, ids) = (&mut self.problems, &self.ids);
            if let Some(town) = &event.town {
                found(problems, &ids.towns, place("town"), noun::TOWN, town);
            }
            if let Some(chain) = &event.chain {
                found(problems, &ids.chains, place("chain"), noun::CHAIN, chain);
            }
            if let Some(project) = &event.project {
                self.known(place("project"), noun::PROJECT, project, &self.ids.projects.clone());
            }
        }
        site.events.retain(|event| event.project.as_ref().is_none_or(|id| public.contains(id)));
        self.award(path, &site);
        let code = site.gov.as_ref().and_then(|gov| gov.site_id_code.as_deref());
        if let Some(code) = code.filter(|code| !is_site_code(code)) {
            let place = Place::value(path, key_path!["gov", "site_id_code"]);
            self.problems.add(problems::bad_site_code(place, code));
        }
        site
    }

    fn award(&mut self, path: &SourcePath, site: &Site) {
        let Some(award) = &site.award else { return };
        if let Some(group) = &award.group {
            let place = Place::value(path, key_path!["award", "group"]);
            found(&mut self.problems, &self.ids.groups, place, noun::GROUP, group);
        }
        let kinds: BTreeSet<Id> =
            record::EventKind::ALL.iter().filter_map(|kind| Id::parse(kind.code())).collect();
        for (list, entries) in [("points", &award.points), ("cap", &award.cap)] {
            for kind in entries.keys() {
                let place = Place::key(path, key_path!["award", list, kind.as_str()]);
                self.known(place, noun::EVENT_KIND, kind, &kinds);
            }
        }
    }

    /// Tells of an id that nothing has, public or not.
    fn known(&mut self, place: Place, what: Noun, id: &Id, ids: &BTreeSet<Id>) {
        if !id.is_empty() && !ids.contains(id) {
            self.problems.add(problems::unknown(
                place,
                what,
                id.as_str(),
                ids.iter().map(Id::as_str),
            ));
        }
    }

    fn bulletins(&mut self, sorted: &Sorted<'_>) -> Vec<Bulletin> {
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
        records.sort_by_key(|(_, id, record, _)| {
            (record.published.end, record.as_of.end, record.number, (*id).clone())
        });
        for (path, _, record, _) in &records {
            let unset = crate::value::Period::default();
            if record.published.end < record.as_of.end && record.published != unset {
                let place = Place::value(path, key_path!["published"]);
                let (published, as_of) = (record.published.end, record.as_of.end);
                self.problems.add(problems::published_before_as_of(place, published, as_of));
            }
        }
        let is_out = |record: &record::Bulletin| {
            record.published.end <= self.edition.date || self.edition.drafts
        };
        records.retain(|(_, _, record, _)| is_out(record));
        let compared: Vec<Option<usize>> =
            (0..records.len()).map(|at| self.compared(&records, at)).collect();
        let bulletins =
            records.into_iter().zip(compared).map(|((path, id, record, body), compare_to)| {
                Bulletin {
                    id: id.clone(),
                    path: path.clone(),
                    record: Arc::new(record.clone()),
                    body: Arc::new(body.clone()),
                    compare_to,
                    seal: sorted.seals.get(id).map(|(_, seal)| Arc::clone(seal)),
                }
            });
        bulletins.collect()
    }

    /// The issue that an issue's changes are told against.
    fn compared(
        &mut self,
        records: &[(&SourcePath, &Id, &record::Bulletin, &Body)],
        at: usize,
    ) -> Option<usize> {
        let (path, _, record, _) = records[at];
        match &record.compare_to {
            Some(named) => {
                let position = records.iter().position(|(_, id, ..)| *id == named);
                let place = Place::value(path, key_path!["compare_to"]);
                self.known(place, noun::ISSUE, named, &self.ids.bulletins.clone());
                position
            }
            None => records[..at].iter().rposition(|(_, _, other, _)| other.kind == record.kind),
        }
    }

    /// What figures outside issues rest on (CONTRACT section 2).
    fn as_of(&self, bulletins: &[Bulletin], projects: &[Project]) -> AsOf {
        let newest_issue =
            || bulletins.iter().rfind(|issue| issue.record.published.end <= self.edition.date);
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

    fn review_projects(&mut self, site: &Site, projects: &[Project], as_of: AsOf) {
        for project in projects {
            let mut review = ProjectReview {
                path: &project.path,
                project: &project.record,
                as_of: as_of.data,
                known_by: as_of.known_by,
                no_report_months: &site.method.no_report_months,
                problems: &mut self.problems,
            };
            review.run();
        }
    }

    fn news(
        &mut self,
        sorted: &Sorted<'_>,
        locales: &[Locale],
        towns: &[Town],
        projects: &[Project],
        site: &Site,
        bulletins: &[Bulletin],
    ) -> Vec<News> {
        let mut translations = Translations::default();
        let mut news = Vec::with_capacity(sorted.news.len());
        for &(path, slug, record, body) in &sorted.news {
            self.news_references(path, record);
            let date = record.date.day();
            let preview = record.draft || date > self.edition.date;
            if record.visibility == Some(Visibility::Internal) || (preview && !self.edition.drafts)
            {
                continue;
            }
            let is_original = slug.locale.as_ref().is_none_or(|locale| *locale == locales[0])
                || !sorted
                    .news
                    .iter()
                    .any(|(_, other, ..)| other.id == slug.id && other.locale != slug.locale);
            if let Some(locale) = slug.locale.clone().filter(|_| !is_original) {
                translations.add(slug, locale, path, record, body);
                continue;
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
                record: Arc::new(record.clone()),
                body: Arc::new(body.clone()),
                locale: slug.locale.clone().unwrap_or_else(|| locales[0].clone()),
                translations: BTreeMap::new(),
                towns: positions(&record.towns, |id| {
                    towns.iter().position(|town| town.record.id == *id)
                }),
                projects: positions(&record.projects, known_project),
                chains: positions(&record.chains, |id| {
                    site.chains.iter().position(|chain| chain.id == *id)
                }),
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

    fn news_references(&mut self, path: &SourcePath, record: &record::News) {
        let each = |key: &'static str, ids: &[Id]| -> Vec<(KeyPath, Id)> {
            ids.iter().enumerate().map(|(index, id)| (key_path![key, index], id.clone())).collect()
        };
        for (keys, id) in each("towns", &record.towns) {
            found(&mut self.problems, &self.ids.towns, Place::value(path, keys), noun::TOWN, &id);
        }
        for (keys, id) in each("chains", &record.chains) {
            found(&mut self.problems, &self.ids.chains, Place::value(path, keys), noun::CHAIN, &id);
        }
        let ids = std::mem::take(&mut self.ids);
        for (keys, id) in each("projects", &record.projects) {
            self.known(Place::value(path, keys), noun::PROJECT, &id, &ids.projects);
        }
        for (key, id) in [("issue", &record.issue), ("correction_of", &record.correction_of)] {
            if let Some(id) = id {
                self.known(Place::value(path, key_path![key]), noun::ISSUE, id, &ids.bulletins);
            }
        }
        if let Some(id) = &record.continued_from {
            self.known(Place::value(path, key_path!["continued_from"]), noun::NEWS, id, &ids.news);
        }
        self.ids = ids;
        for (index, photo) in record.photos.iter().enumerate() {
            if photo.alt.as_deref().is_none_or(|alt| alt.trim().is_empty()) {
                self.problems.add(problems::photo_without_alt(Place::value(
                    path,
                    key_path!["photos", index],
                )));
            }
        }
    }

    /// An issue that announces N digests of towns' speeches has N (DOMAIN.md 2.1).
    fn announced_digests(&mut self, bulletins: &[Bulletin], news: &[News]) {
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

    fn pages(&mut self, sorted: &Sorted<'_>, locales: &[Locale]) -> Vec<Page> {
        let mut translations = Translations::default();
        let mut pages = Vec::new();
        for &(path, slug, record, body) in &sorted.pages {
            let hidden = record.draft && !self.edition.drafts;
            if record.visibility == Some(Visibility::Internal) || hidden {
                continue;
            }
            match &slug.locale {
                Some(locale) if *locale != locales[0] => {
                    translations.add(slug, locale.clone(), path, record, body);
                }
                _ => pages.push(Page {
                    slug: slug.id.clone(),
                    path: path.clone(),
                    record: Arc::new(record.clone()),
                    body: Arc::new(body.clone()),
                    locale: locales[0].clone(),
                    translations: BTreeMap::new(),
                }),
            }
        }
        for page in &mut pages {
            page.translations = translations.of(&page.slug);
        }
        pages.sort_by_key(|page: &Page| (page.record.order.unwrap_or(u32::MAX), page.slug.clone()));
        pages
    }
}

/// Files in other locales, by the slug of what they translate.
struct Translations<T>(BTreeMap<Id, BTreeMap<Locale, Translation<T>>>);

impl<T> Default for Translations<T> {
    fn default() -> Self {
        Translations(BTreeMap::new())
    }
}

impl<T: Clone> Translations<T> {
    fn add(&mut self, slug: &Slug, locale: Locale, path: &SourcePath, record: &T, body: &Body) {
        let (path, record, body) = (path.clone(), Arc::new(record.clone()), Arc::new(body.clone()));
        self.0
            .entry(slug.id.clone())
            .or_default()
            .insert(locale, Translation { path, record, body });
    }

    fn of(&mut self, slug: &Id) -> BTreeMap<Locale, Translation<T>> {
        self.0.remove(slug).unwrap_or_default()
    }
}

/// The position of what a record names, or a problem. The empty id was told of before.
fn found(
    problems: &mut Diagnostics,
    positions: &BTreeMap<Id, usize>,
    place: Place,
    what: Noun,
    id: &Id,
) -> Option<usize> {
    let position = positions.get(id).copied();
    if position.is_none() && !id.is_empty() {
        problems.add(problems::unknown(place, what, id.as_str(), positions.keys().map(Id::as_str)));
    }
    position
}

fn first_of(positions: &BTreeMap<Id, usize>) -> Option<usize> {
    positions.values().min().copied()
}

fn positions(ids: &[Id], position: impl Fn(&Id) -> Option<usize>) -> Vec<usize> {
    ids.iter().filter_map(position).collect()
}

/// Whether a text has the form of 网站标识码: ten digits, or `bm` and eight digits.
fn is_site_code(code: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(code, 10) || code.strip_prefix("bm").is_some_and(|rest| digits(rest, 8))
}
