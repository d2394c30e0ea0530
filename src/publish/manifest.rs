//! What gongbao wrote into an output folder: routes with the hashes of what stands or stood there.

use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::{about, is_file_route};
use crate::source::ContentHash;

/// The first line of the file: a manifest in another form is none.
const HEADER: &str = "gongbao-manifest/1";

/// Routes with the hashes of their files; with several while a build is being put in place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// In order, each pair once.
    files: Vec<(Box<str>, ContentHash)>,
}

impl Manifest {
    /// Reads a manifest; `None` if there is none, or it is damaged.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error)
                if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) =>
            {
                Ok(None)
            }
            Err(error) => Err(about(path, &error)),
        }
    }

    /// Whether a manifest is at a path, by how it begins.
    pub(super) fn is_at(path: &Path) -> bool {
        let mut beginning = [0; HEADER.len()];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut beginning));
        read.is_ok() && beginning == *HEADER.as_bytes()
    }

    /// Writes the manifest whole or not at all.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let unfinished = path.with_extension("new");
        fs::write(&unfinished, self.to_text()).map_err(|error| about(&unfinished, &error))?;
        fs::rename(&unfinished, path).map_err(|error| about(path, &error))
    }

    /// All routes, in their order.
    pub(super) fn routes(&self) -> impl Iterator<Item = &str> {
        self.files.chunk_by(|(a, _), (b, _)| a == b).map(|of_route| &*of_route[0].0)
    }

    /// Whether gongbao wrote a file at a route.
    pub(super) fn lists(&self, route: &str) -> bool {
        self.hashes(route).next().is_some()
    }

    /// Whether gongbao wrote this content at a route.
    pub(super) fn lists_with(&self, route: &str, hash: ContentHash) -> bool {
        self.hashes(route).any(|listed| listed == hash)
    }

    /// Whether this content, and no other, stands at a route.
    pub(super) fn lists_only(&self, route: &str, hash: ContentHash) -> bool {
        self.hashes(route).eq([hash])
    }

    /// Whether gongbao wrote files into a folder.
    pub(super) fn lists_below(&self, folder: &str) -> bool {
        let folder = format!("{folder}/");
        self.from(&folder).first().is_some_and(|(route, _)| route.starts_with(&folder))
    }

    /// All that this or the other manifest lists.
    pub(super) fn union(&self, other: &Manifest) -> Manifest {
        self.files.iter().chain(&other.files).cloned().collect()
    }

    fn hashes(&self, route: &str) -> impl Iterator<Item = ContentHash> {
        self.from(route)
            .iter()
            .take_while(move |(listed, _)| **listed == *route)
            .map(|(_, hash)| *hash)
    }

    /// What is listed from a route on.
    fn from(&self, route: &str) -> &[(Box<str>, ContentHash)] {
        &self.files[self.files.partition_point(|(listed, _)| **listed < *route)..]
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|header| *header == HEADER)?;
        let file = |line: &str| {
            let (hash, route) = line.split_once(' ')?;
            // What is listed may be deleted, so nothing outside of the folder may be.
            is_file_route(route).then_some((route.into(), ContentHash::from_hex(hash)?))
        };
        lines.map(file).collect()
    }

    fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (route, hash) in &self.files {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {route}", hash.to_hex());
        }
        text
    }
}

impl FromIterator<(Box<str>, ContentHash)> for Manifest {
    fn from_iter<I: IntoIterator<Item = (Box<str>, ContentHash)>>(files: I) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_unstable();
        files.dedup();
        Manifest { files }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let old: Manifest = [("a b/甲.html".into(), ContentHash::of(b"1"))].into_iter().collect();
        let new: Manifest = [("a b/甲.html".into(), ContentHash::of(b"2"))].into_iter().collect();
        let both = new.union(&old);
        assert_eq!(Manifest::parse(&both.to_text()), Some(both));
    }

    #[test]
    fn a_damaged_manifest_is_none() {
        let hash = ContentHash::of(b"").to_hex();
        assert!(Manifest::parse("").is_none());
        assert!(Manifest::parse("gongbao-manifest/2\n").is_none());
        assert!(Manifest::parse(&format!("{HEADER}\n{hash} ../../etc/passwd\n")).is_none());
        assert!(Manifest::parse(&format!("{HEADER}\n{hash} a\n{}", &hash[..9])).is_none());
    }

    #[test]
    fn folders_are_known_by_what_is_in_them() {
        let manifest: Manifest = [("a/b".into(), ContentHash::of(b""))].into_iter().collect();
        assert!(manifest.lists_below("a"));
        assert!(!manifest.lists_below("a/b"));
        assert!(!manifest.lists_below("b"));
    }
}
