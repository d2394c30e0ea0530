//! The folder `.gongbao` in an output folder: the lock, the manifest and the staging files.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::about;

/// The name of the folder.
pub(super) const FOLDER: &str = ".gongbao";

/// The state of an output folder, held by one build at a time.
#[derive(Debug)]
pub(super) struct State {
    dir: PathBuf,
    /// The folders that were made for the state, the outermost first.
    made: Vec<PathBuf>,
    /// Keeps other builds out as long as it is open; a killed process lets go of it.
    lock: File,
}

impl State {
    /// Locks the state of an output folder and clears away what a killed build left.
    pub(super) fn lock(out: &Path, waiting: &dyn Fn()) -> io::Result<Self> {
        let dir = out.join(FOLDER);
        loop {
            let made = missing_folders(&dir);
            fs::create_dir_all(&dir).map_err(|error| about(&dir, &error))?;
            let path = dir.join("lock");
            let lock = acquire(&path, waiting).map_err(|error| about(&path, &error))?;
            // The build waited for may have removed the state that it had made.
            if is_at(&lock, &path) {
                let state = State { dir, made, lock };
                state.clear_staging()?;
                fs::create_dir(state.staging()).map_err(|error| about(&state.staging(), &error))?;
                return Ok(state);
            }
        }
    }

    /// Where the manifest is.
    pub(super) fn manifest(&self) -> PathBuf {
        self.dir.join("manifest")
    }

    /// Where the receipt is.
    pub(super) fn receipt(&self) -> PathBuf {
        self.dir.join("receipt")
    }

    /// Where the file of a route is staged.
    pub(super) fn staged(&self, route: &str) -> PathBuf {
        self.staging().join(route)
    }

    /// Keeps the folders that were made, from when there is something to remember.
    pub(super) fn keep(&mut self) {
        self.made.clear();
    }

    /// Where the files of the new site are staged.
    pub(super) fn staging(&self) -> PathBuf {
        self.dir.join("staging")
    }

    fn clear_staging(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.staging()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(about(&self.staging(), &error))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
impl State {
    /// Ends as a killed process does.
    pub(super) fn kill(self) {
        let _ = self.lock.unlock();
        std::mem::forget(self);
    }
}

impl Drop for State {
    fn drop(&mut self) {
        // What cannot be cleared now is cleared by the next build.
        let _ = self.clear_staging();
        if !self.made.is_empty() {
            let _ = fs::remove_file(self.dir.join("lock"));
        }
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        let _ = self.lock.unlock();
    }
}

fn acquire(path: &Path, waiting: &dyn Fn()) -> io::Result<File> {
    let lock = File::options().create(true).truncate(false).write(true).open(path)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            waiting();
            lock.lock()?;
        }
        // On a network drive without locks it is better to build than to refuse for ever.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(error),
    }
    Ok(lock)
}

/// Whether the file that was opened is still the one at its path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    let opened = file.metadata().map(identity).ok();
    opened.is_some() && opened == path.metadata().map(identity).ok()
}

/// Whether the file that was opened is still the one at its path; elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

fn missing_folders(folder: &Path) -> Vec<PathBuf> {
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let mut missing: Vec<PathBuf> =
        folder.ancestors().take_while(is_missing).map(Path::to_owned).collect();
    missing.reverse();
    missing
}
