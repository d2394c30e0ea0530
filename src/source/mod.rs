//! The files a site is made of, as one immutable snapshot.

pub mod disk;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Bound;
use std::sync::Arc;

/// The hash of a file's bytes: what freshness means here, never a time of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        ContentHash(*blake3::hash(bytes).as_bytes())
    }

    /// The hash of all that can be read, which is not kept.
    ///
    /// # Errors
    /// What reading fails with.
    pub fn of_reader(reader: impl io::Read) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reader)?;
        Ok(hasher.finalize().into())
    }

    /// The hash in hexadecimal digits.
    pub fn to_hex(self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    /// Reads what [`ContentHash::to_hex`] writes.
    pub fn from_hex(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| ContentHash(*hash.as_bytes()))
    }
}

impl From<blake3::Hash> for ContentHash {
    fn from(hash: blake3::Hash) -> Self {
        ContentHash(*hash.as_bytes())
    }
}

/// The path of a file below the site's root, with `/` between its parts on every system.
pub type SourcePath = Arc<str>;

/// One file as it was when it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it is, below the site's root.
    pub path: SourcePath,
    /// What is in it.
    pub bytes: Arc<[u8]>,
    /// The hash of what is in it.
    pub hash: ContentHash,
}

impl SourceFile {
    /// A file with its hash.
    pub fn new(path: impl Into<SourcePath>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        SourceFile { path: path.into(), hash: ContentHash::of(&bytes), bytes }
    }
}

/// Files are equal if they hold the same, in the same place.
impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, self.hash) == (&other.path, other.hash)
    }
}

/// All files of a site: `content/` and the site's themes, by path.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceTree {
    files: BTreeMap<SourcePath, SourceFile>,
    unread: BTreeSet<SourcePath>,
}

impl SourceTree {
    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// Whether a file, or a folder that it lies in, is there but could not be read.
    pub fn is_unread(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
        self.unread.contains(path) || folders.any(|folder| self.unread.contains(folder))
    }

    /// All files, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values()
    }

    /// The files below a folder, in the order of their paths; `folder` ends with a slash.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let from = (Bound::Included(folder), Bound::Unbounded);
        let files = self.files.range::<str, _>(from).map(|(_, file)| file);
        files.take_while(move |file| file.path.starts_with(folder))
    }
}

impl SourceTree {
    /// Puts a file in its place.
    pub fn insert(&mut self, file: SourceFile) {
        self.files.insert(file.path.clone(), file);
    }

    /// Says which files and folders are there but could not be read.
    pub fn set_unread(&mut self, unread: impl IntoIterator<Item = SourcePath>) {
        self.unread = unread.into_iter().collect();
    }

    /// Takes out the files below a folder, in the order of their paths; `folder` ends with a slash.
    pub fn take(&mut self, folder: &str) -> Vec<SourceFile> {
        let paths: Vec<SourcePath> = self.below(folder).map(|file| file.path.clone()).collect();
        paths.iter().filter_map(|path| self.files.remove(path)).collect()
    }

    /// Takes out the file at a path, or all files of the folder that was there.
    pub fn remove(&mut self, path: &str) -> Vec<SourceFile> {
        let mut removed = self.take(&format!("{path}/"));
        removed.extend(self.files.remove(path));
        removed
    }

    /// Puts the files of another tree in their places.
    pub fn extend(&mut self, others: SourceTree) {
        self.files.extend(others.files);
    }
}

impl FromIterator<SourceFile> for SourceTree {
    fn from_iter<I: IntoIterator<Item = SourceFile>>(files: I) -> Self {
        let files = files.into_iter().map(|file| (file.path.clone(), file)).collect();
        SourceTree { files, unread: BTreeSet::new() }
    }
}
