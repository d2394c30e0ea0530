//! File system events, gathered into batches.
//!
//! An event only says that something has changed: what there is now is read from the disk. Most editors raise several
//! events a save, and some hold an empty or half-written file for a moment, so a batch ends when it has been quiet for a
//! little while. The gathering is our own because a watcher reports each opening of a file, our reading included; these
//! events are dropped where they arrive, before anything is kept or woken for them.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

/// How long nothing may happen before a batch is whole.
const QUIET: Duration = Duration::from_millis(25);

/// How long a batch may grow if it is never quiet.
const LONGEST: Duration = Duration::from_millis(500);

/// How often the folders are looked at, to see whether they are still those that are watched.
const LOOK: Duration = Duration::from_secs(1);

/// The folders that a site's files are in.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// What has changed.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// Files or folders at these paths, or below them.
    Paths(BTreeSet<PathBuf>),
    /// What has changed is not known: events were lost.
    Anything,
    /// Nor will be what changes from now on: the system does not watch so many folders, for this reason.
    Unwatched(String),
}

impl Change {
    /// Both changes.
    pub fn and(self, other: Change) -> Change {
        match (self, other) {
            (Change::Paths(mut paths), Change::Paths(more)) => {
                paths.extend(more);
                Change::Paths(paths)
            }
            (Change::Unwatched(reason), _) | (_, Change::Unwatched(reason)) => {
                Change::Unwatched(reason)
            }
            _ => Change::Anything,
        }
    }
}

/// Watches the site at `root` on a thread of its own, until `report` returns `false`.
///
/// The first report is of a change after this function has returned.
///
/// # Errors
/// If the system cannot watch, or not so many folders.
pub fn watch(root: &Path, report: impl Fn(Change) -> bool + Send + 'static) -> io::Result<()> {
    let root = std::path::absolute(root)?;
    let (sender, receiver) = mpsc::channel();
    let watched = Watched::start(root.canonicalize()?, &sender).map_err(io::Error::other)?;
    let gathering = Gathering { root, _sender: sender, receiver, watched };
    thread::Builder::new().name("watcher".into()).spawn(move || gathering.run(&report))?;
    Ok(())
}

/// An event, as far as it matters.
enum Signal {
    /// Something has changed in these files or folders.
    Changed(Vec<PathBuf>),
    /// These were made, removed, or have other names.
    Moved(Vec<PathBuf>),
    Lost,
    Unwatched(String),
}

struct Gathering {
    /// The site, which may be a link that later leads elsewhere.
    root: PathBuf,
    /// Keeps the way open by which signals come, whatever becomes of the watcher.
    _sender: Sender<Signal>,
    receiver: Receiver<Signal>,
    watched: Watched,
}

impl Gathering {
    fn run(mut self, report: &dyn Fn(Change) -> bool) {
        loop {
            let change = match self.receiver.recv_timeout(LOOK) {
                Ok(signal) => {
                    let (change, is_moved) = self.gather(signal);
                    // A folder that was put back is watched before it is read, so that nothing is missed in between.
                    self.watch_anew(is_moved).unwrap_or(change)
                }
                Err(RecvTimeoutError::Timeout) => match self.watch_anew(false) {
                    Some(change) => change,
                    None => continue,
                },
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if !report(change) {
                return;
            }
        }
    }

    /// Takes signals until it is quiet. Also tells whether one of the watched folders was moved: the one that stands there now may
    /// be the same, but is no longer watched. So is one in which a link out of the site has come: what is behind it is not to be.
    fn gather(&self, first: Signal) -> (Change, bool) {
        let began = Instant::now();
        let mut change = Change::Paths(BTreeSet::new());
        let mut is_moved = false;
        let mut next = Ok(first);
        while let Ok(signal) = next {
            if let Signal::Moved(paths) = &signal {
                is_moved |= paths.iter().any(|path| self.is_to_watch_anew(path));
            }
            change = change.and(match signal {
                Signal::Changed(paths) | Signal::Moved(paths) => {
                    Change::Paths(paths.into_iter().collect())
                }
                Signal::Lost => Change::Anything,
                Signal::Unwatched(reason) => Change::Unwatched(reason),
            });
            if began.elapsed() > LONGEST {
                break;
            }
            next = self.receiver.recv_timeout(QUIET);
        }
        (change, is_moved)
    }

    /// Whether a path is the root's or that of one of the site's folders, or brings a link that must not be followed.
    fn is_to_watch_anew(&self, path: &Path) -> bool {
        let Watched { root, follows_links, .. } = &self.watched;
        // What is gone may have been the link for which none is followed.
        let is_about_links =
            if *follows_links { leads_out(root, path) } else { path.symlink_metadata().is_err() };
        path == root || FOLDERS.iter().any(|folder| path == root.join(folder)) || is_about_links
    }

    /// Watches the folders that stand there now, if they were moved or are not those that are watched.
    fn watch_anew(&mut self, is_moved: bool) -> Option<Change> {
        let folders = identities(&self.root);
        if !is_moved && self.watched.folders == folders {
            return None;
        }
        let root = self.root.canonicalize().unwrap_or_else(|_| self.watched.root.clone());
        // A watcher that was stopped may still have something to say, of what is not to be watched any more.
        let (sender, receiver) = mpsc::channel();
        Some(match Watched::start(root, &sender) {
            Ok(watched) => {
                (self.watched, self.receiver, self._sender) = (watched, receiver, sender);
                Change::Anything
            }
            Err(error) => {
                self.watched.folders = folders;
                Change::Unwatched(error.to_string())
            }
        })
    }
}

/// A watcher and the folders that it watches.
struct Watched {
    /// The folder that the root leads to.
    root: PathBuf,
    /// Whether what is behind links is watched too.
    follows_links: bool,
    folders: Vec<Option<Identity>>,
    /// It stops when it is dropped.
    _watcher: RecommendedWatcher,
}

impl Watched {
    fn start(root: PathBuf, sender: &Sender<Signal>) -> notify::Result<Self> {
        let folders = identities(&root);
        let sender = sender.clone();
        let handle = move |event| {
            if let Some(signal) = signal(event) {
                // The gathering has ended only if nobody wants reports.
                let _ = sender.send(signal);
            }
        };
        let follows_links = !FOLDERS.iter().any(|folder| leads_out(&root, &root.join(folder)));
        let config = Config::default().with_follow_symlinks(follows_links);
        let mut watcher = RecommendedWatcher::new(handle, config)?;
        // The root by itself tells when a folder appears.
        if root.is_dir() {
            watcher.watch(&root, RecursiveMode::NonRecursive)?;
        }
        for folder in FOLDERS.map(|folder| root.join(folder)) {
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(Watched { root, follows_links, folders, _watcher: watcher })
    }
}

fn signal(event: notify::Result<Event>) -> Option<Signal> {
    let event = match event {
        Ok(event) => event,
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
            return Some(Signal::Unwatched(error.to_string()));
        }
        Err(_) => return Some(Signal::Lost),
    };
    if event.need_rescan() {
        return Some(Signal::Lost);
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        // It was only read.
        EventKind::Access(_) => return None,
        EventKind::Create(_)
        | EventKind::Remove(_)
        | EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Any => return Some(Signal::Moved(event.paths)),
        _ => {}
    }
    Some(Signal::Changed(event.paths))
}

/// Whether a link in a folder leads out of the site. What is there is not read, and may be all that the disk holds.
fn leads_out(root: &Path, folder: &Path) -> bool {
    let entries = WalkDir::new(folder).into_iter().flatten();
    let mut links = entries.filter(|entry| entry.path_is_symlink());
    links.any(|link| link.path().canonicalize().is_ok_and(|target| !target.starts_with(root)))
}

/// What tells one folder from another that is later put in its place.
type Identity = (u64, u64);

/// The identities of the root and the site's folders; `None` for one that is not there.
fn identities(root: &Path) -> Vec<Option<Identity>> {
    let folders = FOLDERS.map(|folder| root.join(folder));
    [root.to_owned()].iter().chain(&folders).map(|folder| identity(folder)).collect()
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let found = folder.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    folder.is_dir().then_some((0, 0))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Starts watching a folder with `content/`, and answers with where the changes arrive.
    fn watched() -> (tempfile::TempDir, Receiver<Change>) {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("content")).unwrap();
        let (sender, changes) = mpsc::channel();
        watch(site.path(), move |change| sender.send(change).is_ok()).unwrap();
        (site, changes)
    }

    /// Waits for a change that satisfies a condition.
    fn wait(changes: &Receiver<Change>, is_wanted: impl Fn(&Change) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while let Ok(change) =
            changes.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if is_wanted(&change) {
                return;
            }
        }
        panic!("no such change was reported");
    }

    fn is_at(change: &Change, path: &str) -> bool {
        match change {
            Change::Paths(paths) => paths.iter().any(|changed| changed.ends_with(path)),
            Change::Anything | Change::Unwatched(_) => false,
        }
    }

    #[test]
    fn a_file_that_is_written_is_reported() {
        let (site, changes) = watched();
        fs::write(site.path().join("content/a.md"), "1").unwrap();
        wait(&changes, |change| is_at(change, "content/a.md"));
    }

    #[test]
    fn a_file_that_is_read_is_not_reported() {
        let (site, changes) = watched();
        fs::write(site.path().join("content/a.md"), "1").unwrap();
        wait(&changes, |change| is_at(change, "content/a.md"));
        fs::read(site.path().join("content/a.md")).unwrap();
        fs::write(site.path().join("content/b.md"), "1").unwrap();
        wait(&changes, |change| {
            assert!(!is_at(change, "content/a.md"), "{change:?}");
            is_at(change, "content/b.md")
        });
    }

    #[test]
    fn a_folder_that_is_put_back_is_watched_again() {
        let (site, changes) = watched();
        fs::remove_dir(site.path().join("content")).unwrap();
        wait(&changes, |change| *change == Change::Anything);
        fs::create_dir(site.path().join("content")).unwrap();
        wait(&changes, |change| *change == Change::Anything);
        fs::write(site.path().join("content/a.md"), "1").unwrap();
        wait(&changes, |change| is_at(change, "content/a.md"));
    }

    #[test]
    fn a_folder_that_is_put_back_at_once_is_still_watched() {
        let (site, changes) = watched();
        let (content, aside) = (site.path().join("content"), site.path().join("aside"));
        fs::rename(&content, &aside).unwrap();
        fs::rename(&aside, &content).unwrap();
        wait(&changes, |change| *change == Change::Anything);
        fs::write(content.join("a.md"), "1").unwrap();
        wait(&changes, |change| is_at(change, "content/a.md"));
    }

    #[test]
    fn a_site_that_is_put_back_is_watched_again() {
        let (site, changes) = watched();
        let (root, aside) = (site.path().to_owned(), site.path().with_extension("aside"));
        fs::rename(&root, &aside).unwrap();
        wait(&changes, |change| *change == Change::Anything);
        fs::rename(&aside, &root).unwrap();
        wait(&changes, |change| *change == Change::Anything);
        fs::write(root.join("content/a.md"), "1").unwrap();
        wait(&changes, |change| is_at(change, "content/a.md"));
    }

    #[cfg(unix)]
    #[test]
    fn a_root_that_is_a_link_is_watched_where_it_leads_to_now() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new, root] = ["old", "new", "root"].map(|name| folder.path().join(name));
        fs::create_dir_all(old.join("content")).unwrap();
        fs::create_dir_all(new.join("content")).unwrap();
        std::os::unix::fs::symlink(&old, &root).unwrap();
        let (sender, changes) = mpsc::channel();
        watch(&root, move |change| sender.send(change).is_ok()).unwrap();
        fs::remove_file(&root).unwrap();
        std::os::unix::fs::symlink(&new, &root).unwrap();
        wait(&changes, |change| *change == Change::Anything);
        fs::write(new.join("content/a.md"), "1").unwrap();
        wait(&changes, |change| is_at(change, "content/a.md"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_behind_a_link_that_leads_out_is_not_watched() {
        let (site, changes) = watched();
        let aside = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), aside.path().join("out")).unwrap();
        fs::rename(aside.path(), site.path().join("content/media")).unwrap();
        wait(&changes, |change| *change == Change::Anything);
        fs::write(outside.path().join("c.md"), "1").unwrap();
        fs::write(site.path().join("content/b.md"), "1").unwrap();
        wait(&changes, |change| {
            assert!(!is_at(change, "c.md"), "{change:?}");
            is_at(change, "content/b.md")
        });
    }
}
