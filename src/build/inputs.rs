//! What a site, and each of its files, is made from, by hash: what is made from the same need not be made again.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Input, Site, view_site};
use crate::plan::{Output, Route};
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
        ContentHash::of((self.head.clone() + &listing(&self.files)).as_bytes())
    }
}

/// What single files of a site are made from.
///
/// Most files of a large site are the page of one project or news item, or its curve. Such a file rests on a few records
/// ([`view::records`]), and on the ground of them all: whatever else there is to build from, what surrounds every page, and which
/// files there are for a link to lead to. The files of the search rest on the texts of all pages ([`view::search::hash`]).
pub struct Bases<'a> {
    site: &'a Site,
    /// The hash of the ground, in digits.
    ground: String,
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
        let (records, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            files.into_iter().partition(|(path, _)| own.contains(path));
        ground += &listing(&others);
        ground += &view::surroundings(&view_site(site));
        for route in site.plan.outputs.keys() {
            ground.extend([route.as_str(), "\n"]);
        }
        Bases { site, ground: ContentHash::of(ground.as_bytes()).to_hex(), records }
    }

    /// The bases of all files that have one.
    pub fn of_all(&self) -> BTreeSet<ContentHash> {
        let outputs = self.site.plan.outputs.par_iter();
        outputs.filter_map(|(route, output)| self.of(route, output)).collect()
    }

    /// The hash of a file's route and of all that it is made from; none if that may be anything.
    pub fn of(&self, route: &Route, output: &Output) -> Option<ContentHash> {
        let basis = if let Output::Search(_, locale) = output {
            view::search::hash(&view_site(self.site), locale)?.to_hex()
        } else {
            let paths = view::records(&self.site.model, output)?;
            let records = paths.into_iter().map(|path| self.records.get_key_value(path));
            listing(records.collect::<Option<Vec<_>>>()?)
        };
        Some(ContentHash::of(format!("{} {route}\n{basis}", self.ground).as_bytes()))
    }
}

/// Files and their hashes, line by line.
pub(super) fn listing<'a>(
    files: impl IntoIterator<Item = (&'a SourcePath, &'a ContentHash)>,
) -> String {
    files.into_iter().map(|(path, hash)| format!("{} {path}\n", hash.to_hex())).collect()
}
