//! What a site, and each of its files, is made from, by hash: what is made from the same need not be made again.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;

use super::{Input, Site, view_site};
use crate::plan::{Output, Plan, Route};
use crate::source::{ContentHash, SourcePath};
use crate::view;

/// All that a build is made from.
pub struct Inputs {
    /// The program and the edition.
    head: String,
    files: BTreeMap<SourcePath, ContentHash>,
}

impl Inputs {
    /// What a program, known by the hash of its own file, builds from.
    pub fn new(program: ContentHash, input: &Input) -> Self {
        let head = format!("{} {:?}\n", program.to_hex(), input.edition);
        let files = input.tree.files().map(|file| (file.path.clone(), file.hash)).collect();
        Inputs { head, files }
    }

    /// The hash of it all.
    pub fn hash(&self) -> ContentHash {
        let mut lines = self.head.clone();
        add(&mut lines, &self.files);
        ContentHash::of(lines.as_bytes())
    }
}

/// What single files of a site are made from.
///
/// Most files of a large site are the page of one project or news item, or its curve. Such a file rests on a few records
/// ([`view::records`]), and on the ground of them all: whatever else there is to build from, what surrounds every page, and which
/// files there are for a link to lead to. The files of the search rest on the texts of all pages ([`view::search::hash`]).
pub struct Bases<'a> {
    site: &'a Site,
    ground: ContentHash,
    records: BTreeMap<SourcePath, ContentHash>,
}

impl<'a> Bases<'a> {
    /// The bases of the site that was made from some inputs.
    pub fn new(inputs: Inputs, site: &'a Site) -> Self {
        let Inputs { head: mut ground, files } = inputs;
        let model = &*site.model;
        let items = model.news.iter().flat_map(|item| item.in_all_locales());
        let projects = model.projects.iter().map(|project| &project.path);
        let own: BTreeSet<&SourcePath> =
            projects.chain(items.map(|written| written.path)).collect();
        let (records, others) = files.into_iter().partition(|(path, _)| own.contains(path));
        add(&mut ground, &others);
        ground.push_str(&view::surroundings(&view_site(site)));
        for route in site.plan.outputs.keys() {
            ground.extend([route.as_str(), "\n"]);
        }
        Bases { site, ground: ContentHash::of(ground.as_bytes()), records }
    }

    /// The bases of all files that have one.
    pub fn of_all(&self, plan: &Plan) -> HashSet<ContentHash> {
        plan.outputs.iter().filter_map(|(route, output)| self.of(route, output)).collect()
    }

    /// The hash of a file's route and of all that it is made from; none if that may be anything.
    pub fn of(&self, route: &Route, output: &Output) -> Option<ContentHash> {
        let mut lines = format!("{} {route}\n", self.ground.to_hex());
        if let Output::Search(_, locale) = output {
            lines.push_str(&view::search::hash(&view_site(self.site), locale)?.to_hex());
        } else {
            for path in view::records(&self.site.model, output)? {
                add_file(&mut lines, path, *self.records.get(path)?);
            }
        }
        Some(ContentHash::of(lines.as_bytes()))
    }
}

fn add(lines: &mut String, files: &BTreeMap<SourcePath, ContentHash>) {
    files.iter().for_each(|(path, hash)| add_file(lines, path, *hash));
}

fn add_file(lines: &mut String, path: &SourcePath, hash: ContentHash) {
    // Writing to a string cannot fail.
    let _ = writeln!(lines, "{} {path}", hash.to_hex());
}
