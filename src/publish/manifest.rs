//! What gongbao wrote into an output folder: routes with the hashes of what stands or stood there.

use std::collections::BTreeMap;
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
    files: BTreeMap<String, Vec<ContentHash>>,
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
        self.files.keys().map(String::as_str)
    }

    /// Whether gongbao wrote a file at a route.
    pub(super) fn lists(&self, route: &str) -> bool {
        self.files.contains_key(route)
    }

    /// Whether gongbao wrote this content at a route.
    pub(super) fn lists_with(&self, route: &str, hash: ContentHash) -> bool {
        self.files.get(route).is_some_and(|hashes| hashes.contains(&hash))
    }

    /// Whether this content, and no other, stands at a route.
    pub(super) fn lists_only(&self, route: &str, hash: ContentHash) -> bool {
        self.files.get(route).is_some_and(|hashes| hashes.as_slice() == [hash])
    }

    /// Whether gongbao wrote files into a folder.
    pub(super) fn lists_below(&self, folder: &str) -> bool {
        let folder = format!("{folder}/");
        self.files
            .range(folder.clone()..)
            .next()
            .is_some_and(|(route, _)| route.starts_with(&folder))
    }

    /// All that this or the other manifest lists.
    pub(super) fn union(&self, other: &Manifest) -> Manifest {
        let mut union = self.clone();
        for (route, hashes) in &other.files {
            for hash in hashes {
                union.add(route.clone(), *hash);
            }
        }
        union
    }

    fn add(&mut self, route: String, hash: ContentHash) {
        let hashes = self.files.entry(route).or_default();
        if !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|header| *header == HEADER)?;
        let mut manifest = Manifest::default();
        for line in lines {
            let (hash, route) = line.split_once(' ')?;
            // What is listed may be deleted, so nothing outside of the folder may be.
            if !is_file_route(route) {
                return None;
            }
            manifest.add(route.to_owned(), ContentHash::from_hex(hash)?);
        }
        Some(manifest)
    }

    fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (route, hashes) in &self.files {
            for hash in hashes {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{} {route}", hash.to_hex());
            }
        }
        text
    }
}

impl FromIterator<(String, ContentHash)> for Manifest {
    fn from_iter<I: IntoIterator<Item = (String, ContentHash)>>(files: I) -> Self {
        Manifest { files: files.into_iter().map(|(route, hash)| (route, vec![hash])).collect() }
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
