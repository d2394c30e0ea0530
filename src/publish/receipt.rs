//! What the last build was made from and what it said: the same inputs need not be built again.
//!
//! A receipt holds for one manifest only. It is never trusted across versions, because the program itself is among the inputs,
//! nor against the disk: every file that the manifest lists is compared with what was written.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::{about, manifest::Manifest};
use crate::source::ContentHash;

/// What a build was made from, and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The hash of all inputs.
    pub inputs: ContentHash,
    /// What was said of them.
    pub said: String,
}

impl Receipt {
    /// Reads the receipt of a build whose manifest is still the same.
    pub(super) fn read(path: &Path, manifest: &Manifest) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let (inputs, rest) = text.split_once('\n')?;
        let (of, said) = rest.split_once('\n')?;
        let inputs = ContentHash::from_hex(inputs)?;
        (of == manifest.hash().to_hex()).then(|| Receipt { inputs, said: said.to_owned() })
    }

    /// Writes the receipt whole or not at all.
    pub(super) fn write(&self, path: &Path, manifest: &Manifest) -> io::Result<()> {
        let text = format!("{}\n{}\n{}", self.inputs.to_hex(), manifest.hash().to_hex(), self.said);
        let unfinished = path.with_extension("new");
        fs::write(&unfinished, text).map_err(|error| about(&unfinished, &error))?;
        fs::rename(&unfinished, path).map_err(|error| about(path, &error))
    }
}

/// Whether all files of a manifest are as they were written.
pub(super) fn is_intact(dir: &Path, manifest: &Manifest) -> bool {
    let files: Vec<&str> = manifest.routes().collect();
    files.into_par_iter().all(|route| {
        let bytes = fs::read(dir.join(route));
        bytes.is_ok_and(|bytes| manifest.lists_only(route, ContentHash::of(&bytes)))
    })
}
