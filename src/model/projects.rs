//! Projects, resolved: the towns, categories and chains that they name, and the news about them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::resolve::{Ids, Resolver, Sorted, found};
use super::{News, Project, Town};
use crate::diagnostic::problems::{self, noun};
use crate::diagnostic::{Diagnostics, Place};
use crate::key_path;
use crate::record::{self, Visibility};
use crate::source::SourcePath;
use crate::value::{Id, Locale, Share};

impl Resolver<'_> {
    /// The projects that may be published, by id.
    pub(super) fn projects(&mut self, sorted: &Sorted<'_>, towns: &[Town]) -> Vec<Project> {
        let mut records = sorted.projects.clone();
        self.keep_first_file(noun::PROJECT, &mut records, |(path, id, _)| (path, id));
        let ids = &self.ids;
        let resolve = |(path, id, record)| {
            let mut problems = Diagnostics::default();
            let project = project(ids, &mut problems, path, id, record);
            (project, problems)
        };
        let (resolved, twice) = rayon::join(
            || records.par_iter().copied().map(resolve).collect::<Vec<_>>(),
            || written_twice(&records),
        );
        self.problems.extend(twice);
        let mut projects = Vec::with_capacity(records.len());
        for (project, problems) in resolved {
            self.problems.extend(problems);
            projects.extend(project.filter(|project| {
                let is_public = project.record.visibility != Some(Visibility::Internal);
                is_public && project.town < towns.len()
            }));
        }
        projects.sort_by(|a, b| a.id.cmp(&b.id));
        projects
    }
}

/// Tells of records that are likely of one project.
fn written_twice(records: &[(&SourcePath, &Id, &Arc<record::Project>)]) -> Diagnostics {
    let mut problems = Diagnostics::default();
    let (mut codes, mut names) = (HashMap::new(), HashMap::new());
    for (path, _, record) in records {
        let code = record.code.as_ref();
        if let Some(first) = code.and_then(|code| codes.insert(code, path)) {
            let place = Place::value(path, key_path!["code"]);
            problems.add(problems::duplicate_code(place, first));
        }
        let name = record.name.get(&Locale::default());
        let first = names.insert((name, &record.town), path);
        if let Some(first) = first.filter(|_| name != record::PLACEHOLDER_NAME) {
            let place = Place::value(path, key_path!["name"]);
            problems.add(problems::same_name(place, first));
        }
    }
    problems
}

/// A project with what it names found. One that names no town or category is a problem by now and will not be published. It
/// stays in the model, so that links to it are not problems too.
fn project(
    ids: &Ids,
    problems: &mut Diagnostics,
    path: &SourcePath,
    id: &Id,
    record: &Arc<record::Project>,
) -> Option<Project> {
    let place = |key: &str| Place::value(path, key_path![key]);
    let named = &record.category;
    let category = found(problems, &ids.categories, || place("category"), noun::CATEGORY, named);
    let town = found(problems, &ids.towns, || place("town"), noun::TOWN, &record.town);
    let chain = record
        .chain
        .as_ref()
        .and_then(|id| found(problems, &ids.chains, || place("chain"), noun::CHAIN, id));
    let mut shares = Vec::with_capacity(record.shares.len().max(1));
    for (town, share) in &record.shares {
        let place = || Place::key(path, key_path!["shares", town.as_str()]);
        shares.extend(
            found(problems, &ids.towns, place, noun::TOWN, town).map(|town| (town, *share)),
        );
    }
    let all_known = town.is_some() && shares.len() == record.shares.len();
    if all_known && !shares.is_empty() && !record.shares.contains_key(&record.town) {
        problems.add(problems::lead_town_without_share(place("shares"), record.town.as_str()));
    }
    let town = town.or_else(|| first_of(&ids.towns))?;
    let category = category.or_else(|| first_of(&ids.categories))?;
    if shares.is_empty() {
        shares.push((town, Share::WHOLE));
    }
    let (id, path, record) = (id.clone(), path.clone(), Arc::clone(record));
    Some(Project { id, path, record, town, shares, category, chain, news: Vec::new() })
}

/// Gives each project and each town the items about it.
pub(super) fn list_news(projects: &mut [Project], towns: &mut [Town], news: &[News]) {
    let add = |about: &mut Vec<usize>, position| {
        if about.last() != Some(&position) {
            about.push(position);
        }
    };
    for (position, item) in news.iter().enumerate() {
        item.towns.iter().for_each(|town| add(&mut towns[*town].news, position));
        if !item.expired {
            item.projects.iter().for_each(|project| add(&mut projects[*project].news, position));
        }
    }
}

/// Gives each town the projects that it has a part in.
pub(super) fn list_projects(towns: &mut [Town], projects: &[Project]) {
    for leads in [true, false] {
        for (position, project) in projects.iter().enumerate() {
            let parts = project.shares.iter().filter(|(town, _)| (*town == project.town) == leads);
            parts.for_each(|(town, _)| towns[*town].projects.push(position));
        }
    }
}

fn first_of(positions: &BTreeMap<Id, usize>) -> Option<usize> {
    positions.values().min().copied()
}
