//! Brings an output folder in line with the files of a site, all of them or none.
//!
//! Files are first staged beside the site, each at its route below `.gongbao/staging`, and moved into place when the whole site
//! has been rendered without a problem: a folder at once where nothing stands in its place. The manifest in
//! `.gongbao/manifest` says what gongbao wrote, by content hash. Before anything is changed it is rewritten to list both what is
//! there and what will be, so that a build that is killed or runs out of disk leaves nothing that the next build does not know.

mod manifest;
mod receipt;
mod refusal;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use blake3::Hasher;
use rayon::prelude::*;

use self::manifest::Manifest;
pub use self::receipt::{Counts, Receipt};
use self::state::State;
use crate::diagnostic::Diagnostic;
use crate::source::ContentHash;

/// Why a site could not be published.
#[derive(Debug)]
pub enum PublishError {
    /// Files of others are in danger. Nothing was changed.
    Refused(Box<Diagnostic>),
    /// The disk is full, a folder is read-only, and the like.
    Io(io::Error),
}

impl From<io::Error> for PublishError {
    fn from(error: io::Error) -> Self {
        PublishError::Io(error)
    }
}

/// What was done to an output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// How many files are new or have changed.
    pub written: usize,
    /// How many files were left untouched because they are as they should be.
    pub unchanged: usize,
    /// How many files of an earlier build were removed.
    pub removed: usize,
    /// Files of an earlier build that are no longer produced, but were edited since and therefore left.
    pub kept: Vec<String>,
}

/// An output folder that is about to be brought in line. Until [`OutputFolder::commit`] it stays as it was.
#[derive(Debug)]
pub struct OutputFolder {
    dir: PathBuf,
    previous: Manifest,
    /// Whether the manifest was deleted, so that files may be gongbao's which it does not list.
    is_manifest_lost: bool,
    /// Whether nothing stood in the folder: there is nothing to compare with or to endanger.
    is_empty: bool,
    produced: Mutex<BTreeMap<String, Produced>>,
    foreign: Mutex<BTreeSet<String>>,
    /// What is remembered of the last build.
    receipt_before: Option<Receipt>,
    /// What is to be remembered of this build.
    receipt: Option<Receipt>,
    state: State,
}

/// A file of the new site.
#[derive(Debug)]
struct Produced {
    hash: ContentHash,
    /// Whether it is staged; not if the file on disk is already right.
    is_staged: bool,
}

/// Opens the output folder of the site at `root` and locks it; `waiting` is called if another build must end first.
///
/// # Errors
/// [`PublishError::Refused`] if the folder holds the sources, or files that gongbao did not make.
pub fn open(out: &Path, root: &Path, waiting: &dyn Fn()) -> Result<OutputFolder, PublishError> {
    refusal::check(out, root)?;
    let is_empty = is_empty(out)?;
    let state = State::lock(out, waiting)?;
    let manifest = Manifest::read(&state.manifest())?;
    Ok(OutputFolder {
        dir: out.to_owned(),
        receipt_before: Receipt::read(&state.receipt(), &state.manifest()),
        is_manifest_lost: manifest.is_none() && refusal::is_signed(out),
        // Another build may have filled it while this one waited.
        is_empty: is_empty && manifest.is_none(),
        previous: manifest.unwrap_or_default(),
        produced: Mutex::default(),
        foreign: Mutex::default(),
        receipt: None,
        state,
    })
}

impl OutputFolder {
    /// What the last build came to, if it was made from the same inputs and all that it wrote is still there.
    pub fn counts_before(&self, inputs: ContentHash) -> Option<Counts> {
        let receipt = self.receipt_before.as_ref().filter(|receipt| receipt.inputs == inputs)?;
        receipt::is_intact(&self.dir, &self.previous).then_some(receipt.counts)
    }

    /// How many files the last build wrote.
    pub fn files_before(&self) -> usize {
        self.previous.routes().count()
    }

    /// Remembers what this build is made from and what it came to, once it is in place.
    pub fn remember(&mut self, receipt: Receipt) {
        self.receipt = Some(receipt);
    }

    /// Takes a file as the last build wrote it, if it was made from the same `basis` and is still as it was written; if not,
    /// `false`, and it must be made. May be called from many threads.
    ///
    /// # Errors
    /// If the route was taken already, or the disk fails.
    pub fn keep(
        &self,
        route: &str,
        basis: impl FnOnce() -> Option<ContentHash>,
    ) -> io::Result<bool> {
        let before = self.receipt_before.as_ref();
        let is_same = |before: &Receipt| basis().is_some_and(|now| before.bases.contains(&now));
        if !before.is_some_and(is_same) {
            return Ok(false);
        }
        match hash_of(&self.dir.join(route))? {
            Some(hash) if self.previous.lists_only(route, hash) => {
                self.take(route, Produced { hash, is_staged: false })?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Takes a file of the new site; may be called from many threads.
    ///
    /// The file on disk is compared by its content, never by its time of change, and not only by the manifest:
    /// reading 10,000 files costs a twentieth of a second, and repairs what someone edited or deleted.
    ///
    /// # Errors
    /// If the route is not fit for a file, was taken already, or the disk fails.
    pub fn stage(&self, route: &str, bytes: &[u8]) -> io::Result<()> {
        check_route(route)?;
        let hash = ContentHash::of(bytes);
        let is_right = self.may_be_right(route, hash) && has_content(&self.dir.join(route), bytes)?;
        if self.is_in_danger(route, is_right) {
            return Ok(());
        }
        if !is_right {
            let staged = self.state.staged(route);
            let written = create(&staged).and_then(|mut file| file.write_all(bytes));
            written.map_err(|error| about(&staged, &error))?;
        }
        self.take(route, Produced { hash, is_staged: !is_right })
    }

    /// Takes a file as [`OutputFolder::stage`] does that may be too long to be kept in memory: it is written as it is made.
    ///
    /// # Errors
    /// As [`OutputFolder::stage`], and what `write` fails with.
    pub fn stage_long(
        &self,
        route: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        check_route(route)?;
        let staged = self.state.staged(route);
        let hash = create(&staged).and_then(|file| write_hashed(file, write));
        let hash = hash.map_err(|error| about(&staged, &error))?;
        let path = self.dir.join(route);
        let is_right = self.may_be_right(route, hash) && hash_of(&path)? == Some(hash);
        let is_in_danger = self.is_in_danger(route, is_right);
        if is_right || is_in_danger {
            fs::remove_file(&staged).map_err(|error| about(&staged, &error))?;
        }
        if is_in_danger {
            return Ok(());
        }
        self.take(route, Produced { hash, is_staged: !is_right })
    }

    /// Whether what is on the disk may be what it should be, as far as the manifest knows.
    fn may_be_right(&self, route: &str, hash: ContentHash) -> bool {
        !self.is_empty && (!self.previous.lists(route) || self.previous.lists_with(route, hash))
    }

    /// Whether a file that is not right is someone else's; that is told when all are known.
    fn is_in_danger(&self, route: &str, is_right: bool) -> bool {
        let is_own = is_right || self.is_empty || self.previous.lists(route);
        let is_in_danger = !is_own && self.is_foreign(route, &self.dir.join(route));
        if is_in_danger {
            lock(&self.foreign).insert(route.to_owned());
        }
        is_in_danger
    }

    fn take(&self, route: &str, file: Produced) -> io::Result<()> {
        match lock(&self.produced).insert(route.to_owned(), file) {
            Some(_) => {
                Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("staged twice: {route}")))
            }
            None => Ok(()),
        }
    }

    /// Puts the new site in place and removes what earlier builds wrote and this one did not produce.
    ///
    /// # Errors
    /// [`PublishError::Refused`] if files would be overwritten that gongbao did not make, or a folder has become a link to
    /// where others' files may be; nothing was changed then.
    /// After [`PublishError::Io`] the folder may hold old and new files; the next build puts it right.
    pub fn commit(mut self) -> Result<Published, PublishError> {
        let foreign = std::mem::take(&mut *lock(&self.foreign));
        if let Some(first) = foreign.first() {
            return Err(refusal::foreign_files(first, foreign.len()));
        }
        let produced = std::mem::take(&mut *lock(&self.produced));
        let folders = folders_of(produced.keys());
        if !self.is_empty {
            let before = folders_of(self.previous.routes());
            let all: Vec<_> = folders.union(&before).collect();
            let refused = all
                .par_iter()
                .find_map_first(|folder| refusal::check_folder(&self.dir, folder).err());
            if let Some(refused) = refused {
                return Err(refused);
            }
        }
        let manifest: Manifest =
            produced.iter().map(|(route, file)| (route.as_str().into(), file.hash)).collect();
        let written = produced.values().filter(|file| file.is_staged).count();
        let mut published =
            Published { written, unchanged: produced.len() - written, ..Published::default() };
        if written == 0 && manifest == self.previous {
            self.state.keep();
            self.write_receipt()?;
            return Ok(published);
        }
        let stale: Vec<&str> =
            self.previous.routes().filter(|route| !produced.contains_key(*route)).collect();
        let (in_the_way, others): (Vec<&str>, _) = stale
            .into_iter()
            .partition(|stale| folders.contains(stale) || lies_below_a_file(stale, &produced));
        if let Some(edited) = in_the_way.iter().find(|route| self.is_edited(route)) {
            return Err(refusal::foreign_files(edited, 1));
        }
        self.state.keep();
        manifest.union(&self.previous).write(&self.state.manifest())?;
        self.remove(&in_the_way, &mut published)?;
        put_in_place(&self.state.staging(), &self.dir)?;
        self.remove(&others, &mut published)?;
        manifest.write(&self.state.manifest())?;
        self.write_receipt()?;
        Ok(published)
    }

    fn write_receipt(&self) -> io::Result<()> {
        match &self.receipt {
            Some(receipt) => receipt.write(&self.state.receipt(), &self.state.manifest()),
            None => Ok(()),
        }
    }

    /// Whether something stands in a new file's place that gongbao did not put there.
    fn is_foreign(&self, route: &str, path: &Path) -> bool {
        match path.symlink_metadata() {
            Ok(found) if found.is_dir() => !self.previous.lists_below(route),
            Ok(_) => !self.is_manifest_lost,
            Err(_) => false,
        }
    }

    /// Removes files that are still as an earlier build wrote them, and the folders that this empties.
    fn remove(&self, stale: &[&str], published: &mut Published) -> io::Result<()> {
        let fates: Vec<(&str, Fate)> = stale
            .par_iter()
            .map(|route| Ok((*route, self.remove_file(route)?)))
            .collect::<io::Result<_>>()?;
        for (route, fate) in &fates {
            match fate {
                Fate::Removed => published.removed += 1,
                Fate::Kept => published.kept.push((*route).to_owned()),
                Fate::Gone => {}
            }
        }
        // The deepest first; a folder that still holds something cannot be removed.
        for folder in folders_of(stale.iter().copied()).into_iter().rev() {
            let _ = fs::remove_dir(self.dir.join(folder));
        }
        Ok(())
    }

    /// Whether a file of an earlier build was edited since, so that it stays.
    fn is_edited(&self, route: &str) -> bool {
        let hash = hash_of(&self.dir.join(route)).ok().flatten();
        hash.is_some_and(|hash| !self.previous.lists_with(route, hash))
    }

    fn remove_file(&self, route: &str) -> io::Result<Fate> {
        let path = self.dir.join(route);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if is_absence(&error) => return Ok(Fate::Gone),
            Err(error) => return Err(about(&path, &error)),
        };
        if !self.previous.lists_with(route, ContentHash::of(&bytes)) {
            return Ok(Fate::Kept);
        }
        fs::remove_file(&path).map_err(|error| about(&path, &error))?;
        Ok(Fate::Removed)
    }
}

/// Creates a staging file, and the folders that it lies in.
fn create(staged: &Path) -> io::Result<File> {
    match File::create(staged) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            staged.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create(staged)
        }
        created => created,
    }
}

/// Moves what is staged in a folder to where it belongs: at once what nothing stands in the way of.
fn put_in_place(staged: &Path, place: &Path) -> io::Result<()> {
    let entries = fs::read_dir(staged).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| about(staged, &error))?;
    entries.par_iter().try_for_each(|entry| {
        let place = place.join(entry.file_name());
        if entry.file_type()?.is_dir() && place.is_dir() {
            return put_in_place(&entry.path(), &place);
        }
        fs::rename(entry.path(), &place).map_err(|error| about(&place, &error))
    })
}

/// Whether nothing is in a folder, which may be missing.
fn is_empty(dir: &Path) -> io::Result<bool> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if is_absence(&error) => Ok(true),
        Err(error) => Err(about(dir, &error)),
    }
}

/// What became of a file that is no longer produced.
enum Fate {
    Removed,
    /// Someone edited it: it is theirs now.
    Kept,
    /// Someone removed it.
    Gone,
}

/// A file that is hashed while it is written.
struct Hashed {
    file: BufWriter<File>,
    hash: Hasher,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a file, which is closed then, and gives its hash.
fn write_hashed(
    file: File,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<ContentHash> {
    let file = BufWriter::with_capacity(1 << 16, file);
    let mut file = Hashed { file, hash: Hasher::new() };
    write(&mut file)?;
    file.flush()?;
    Ok(file.hash.finalize().into())
}

/// The hash of the file at a path, if there is one.
fn hash_of(path: &Path) -> io::Result<Option<ContentHash>> {
    match File::open(path).and_then(ContentHash::of_reader) {
        Ok(hash) => Ok(Some(hash)),
        Err(error) if is_absence(&error) || path.is_dir() => Ok(None),
        Err(error) => Err(about(path, &error)),
    }
}

fn check_route(route: &str) -> io::Result<()> {
    match is_file_route(route) {
        true => Ok(()),
        false => {
            Err(io::Error::new(io::ErrorKind::InvalidInput, format!("not a route: {route:?}")))
        }
    }
}

/// Whether a route is a path below the output folder, in names that every file system takes, and not our own state.
fn is_file_route(route: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..") && part.len() <= 255;
    let is_plain = !route.contains(['\\', '\0', '\n', '\r']);
    is_plain && route.split('/').all(is_name) && !route.starts_with(state::FOLDER)
}

/// All folders that files lie in, at any depth; an outer one comes before those in it.
fn folders_of<'a>(
    routes: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>,
) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for route in routes {
        let mut rest = route.as_ref();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    folders
}

fn lies_below_a_file(route: &str, produced: &BTreeMap<String, Produced>) -> bool {
    route.match_indices('/').any(|(slash, _)| produced.contains_key(&route[..slash]))
}

/// Whether the file at a path holds these bytes.
fn has_content(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if is_absence(&error) => return Ok(false),
        Err(error) => return Err(about(path, &error)),
    };
    let found = file.metadata()?;
    if !found.is_file() || found.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut buffer = [0; 1 << 15];
    let mut rest = bytes;
    loop {
        let n_read = file.read(&mut buffer).map_err(|error| about(path, &error))?;
        if n_read == 0 || !rest.starts_with(&buffer[..n_read]) {
            return Ok(n_read == 0 && rest.is_empty());
        }
        rest = &rest[n_read..];
    }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// What a panicking thread left is whole: every entry is made by one insertion.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
