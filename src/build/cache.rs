//! What the last assembly knew, so that the next reads only the files that changed into records.
//!
//! What is kept is found by content alone: the record of a file by the file's hash and the site's conventions, the theme by
//! the hash of all its files; what is made of single projects by their records; what is made of all records while none of them
//! changes. Once one does, the model, the rest of the indicators and the plan are made anew; they are plain arithmetic.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Memos, Site, site};
use crate::diagnostic::{Diagnosed, Diagnostics};
use crate::model::Edition;
use crate::record::{self, Conventions, RecordFile};
use crate::source::{ContentHash, SourceFile, SourcePath, SourceTree};
use crate::theme::Theme;
use crate::value::Locale;

/// The records and the theme of the last assembly.
#[derive(Default)]
pub struct Cache {
    conventions: Conventions,
    records: BTreeMap<SourcePath, Kept<Option<Arc<RecordFile>>>>,
    theme: Option<Kept<Arc<Theme>>>,
    memos: Memos,
}

/// Something made, the problems met on the way, and the hash of what it was made from.
struct Kept<T> {
    hash: ContentHash,
    made: Diagnosed<T>,
}

impl Cache {
    /// Runs the pipeline up to the plan, as [`assemble`](super::assemble) does, on what has changed since the last time.
    pub fn assemble(&mut self, tree: &SourceTree, edition: &Edition) -> Diagnosed<Site> {
        let mut problems = Diagnostics::default();
        let records = self.records(tree, &mut problems);
        let Cache { theme: kept, memos, .. } = self;
        let theme = |name: Option<&str>, locales: &[Locale]| load(kept, tree, name, locales);
        site(&records, edition, theme, problems, tree, memos)
    }

    /// The records of all files, in the order of their paths.
    fn records(&mut self, tree: &SourceTree, problems: &mut Diagnostics) -> Vec<Arc<RecordFile>> {
        let conventions = record::conventions(tree);
        if conventions != self.conventions {
            self.records.clear();
            self.conventions = conventions;
        }
        let files: Vec<&SourceFile> = tree.below("content/").collect();
        // Both are in the order of their paths.
        let mut kept = self.records.iter().peekable();
        let mut is_changed = |file: &&SourceFile| {
            while kept.next_if(|(path, _)| **path < file.path).is_some() {}
            let same = kept.peek().filter(|(path, _)| **path == file.path);
            same.is_none_or(|(_, kept)| kept.hash != file.hash)
        };
        let changed: Vec<&SourceFile> =
            files.iter().copied().filter(|file| is_changed(file)).collect();
        let parsed: Vec<_> = changed
            .into_par_iter()
            .map(|file| (file.path.clone(), parse(file, &self.conventions)))
            .collect();
        self.records.extend(parsed);
        if self.records.len() > files.len() {
            self.records.retain(|path, _| tree.get(path).is_some());
        }
        let mut records = Vec::with_capacity(self.records.len());
        for kept in self.records.values() {
            problems.extend(kept.made.problems.iter().cloned());
            records.extend(kept.made.value.clone());
        }
        records
    }
}

/// The theme that was kept, if it is the one wanted; else it is loaded, and kept.
fn load(
    kept: &mut Option<Kept<Arc<Theme>>>,
    tree: &SourceTree,
    name: Option<&str>,
    locales: &[Locale],
) -> Diagnosed<Arc<Theme>> {
    let hash = theme_hash(tree, name, locales);
    let same = kept.take().filter(|kept| kept.hash == hash);
    let kept = kept.insert(same.unwrap_or_else(|| {
        let Diagnosed { value, problems } = Theme::load(tree, name, locales);
        Kept { hash, made: Diagnosed { value: Arc::new(value), problems } }
    }));
    kept.made.clone()
}

fn parse(file: &SourceFile, conventions: &Conventions) -> Kept<Option<Arc<RecordFile>>> {
    let Diagnosed { value, problems } = record::parse(file, conventions);
    Kept { hash: file.hash, made: Diagnosed { value: value.map(Arc::new), problems } }
}

/// The hash of all that a theme is made from besides the program.
fn theme_hash(tree: &SourceTree, name: Option<&str>, locales: &[Locale]) -> ContentHash {
    let files = tree.below("themes/").map(|file| format!("{} {}\n", file.hash.to_hex(), file.path));
    let files: String = files.collect();
    ContentHash::of(format!("{name:?} {locales:?}\n{files}").as_bytes())
}
