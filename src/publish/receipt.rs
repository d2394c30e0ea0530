//! What the last build was made from and what it came to: what is made from the same need not be made again.
//!
//! The output folder is put on the web with all that is in it: a receipt holds hashes and numbers, and not a word of the
//! records.
//!
//! A receipt holds for one manifest only. It is never trusted across versions, because the program itself is among the inputs,
//! nor against the disk: each file that is left alone is compared with what the manifest says was written.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::{about, hash_of, manifest::Manifest};
use crate::source::ContentHash;

/// What a build was made from, and what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The hash of all inputs.
    pub inputs: ContentHash,
    /// What there was in them.
    pub counts: Counts,
    /// The hash of a file's route and of what it was made from, of each file that is not made from everything.
    pub bases: BTreeSet<ContentHash>,
}

/// How many there were of what a build tells at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Published projects.
    pub projects: usize,
    /// Published news items.
    pub news: usize,
    /// Issues that are out.
    pub issues: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Receipt {
    /// Reads the receipt of a build whose manifest is still the same file.
    pub(super) fn read(path: &Path, manifest: &Path) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let mut lines = text.lines();
        let inputs = ContentHash::from_hex(lines.next()?)?;
        let of = hash_of(manifest).ok()??;
        lines.next().filter(|line| *line == of.to_hex())?;
        let mut number = || lines.next()?.parse().ok();
        let (projects, news) = (number()?, number()?);
        let (issues, warnings) = (number()?, number()?);
        let counts = Counts { projects, news, issues, warnings };
        Some(Receipt { inputs, counts, bases: lines.filter_map(ContentHash::from_hex).collect() })
    }

    /// Writes the receipt whole or not at all, once the manifest is written.
    pub(super) fn write(&self, path: &Path, manifest: &Path) -> io::Result<()> {
        let Counts { projects, news, issues, warnings } = self.counts;
        let Some(of) = hash_of(manifest)? else { return Ok(()) };
        let (inputs, of) = (self.inputs.to_hex(), of.to_hex());
        let mut text = format!("{inputs}\n{of}\n{projects}\n{news}\n{issues}\n{warnings}\n");
        self.bases.iter().for_each(|basis| text.extend([&*basis.to_hex(), "\n"]));
        let unfinished = path.with_extension("new");
        fs::write(&unfinished, text).map_err(|error| about(&unfinished, &error))?;
        fs::rename(&unfinished, path).map_err(|error| about(path, &error))
    }
}

/// Whether all files of a manifest are as they were written.
pub(super) fn is_intact(dir: &Path, manifest: &Manifest) -> bool {
    let files: Vec<&str> = manifest.routes().collect();
    files.into_par_iter().all(|route| {
        let hash = hash_of(&dir.join(route)).ok().flatten();
        hash.is_some_and(|hash| manifest.lists_only(route, hash))
    })
}
