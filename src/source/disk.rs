//! The only reader of the disk: takes a snapshot of a site's files.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{ContentHash, SourceFile, SourcePath, SourceTree};
use crate::diagnostic::{Diagnosed, Diagnostic, Diagnostics, Phrase, Place, Severity};

/// The folders that a site's files are in.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Reads `content/` and `themes/` below the root of a site, without dot files and what editors leave behind.
///
/// # Errors
/// If there is no folder `content`, or it cannot be listed. What is wrong with single files is among the problems.
pub fn read(root: &Path) -> io::Result<Diagnosed<SourceTree>> {
    let mut files = Diagnosed::default();
    refresh(root, &mut files)?;
    Ok(files)
}

/// Reads the site anew, and tells whether anything is not as it was; files that are share the bytes that were read before.
///
/// Every file is read and hashed: times of change miss edits within their resolution and lie after a checkout.
///
/// # Errors
/// As [`read`]; nothing has changed then.
pub fn refresh(root: &Path, files: &mut Diagnosed<SourceTree>) -> io::Result<bool> {
    let folders = FOLDERS.map(|folder| root.join(folder));
    refresh_below(root, files, folders, Diagnostics::default())
}

/// Reads some files and folders anew, as [`refresh`] does, and takes the others as they were. Paths that are no part of the
/// site are passed over.
///
/// # Errors
/// As [`refresh`].
pub fn refresh_paths(
    root: &Path,
    files: &mut Diagnosed<SourceTree>,
    changed: impl IntoIterator<Item = PathBuf>,
) -> io::Result<bool> {
    let problems = files.problems.clone();
    refresh_below(root, files, changed, problems)
}

/// Reads what is at some paths; `problems` are those that may still be there.
fn refresh_below(
    root: &Path,
    files: &mut Diagnosed<SourceTree>,
    changed: impl IntoIterator<Item = PathBuf>,
    mut problems: Diagnostics,
) -> io::Result<bool> {
    let real_root = root.canonicalize().map_err(|error| about(root, &error))?;
    let content = real_root.join("content");
    fs::read_dir(&content).map_err(|error| about(&content, &error))?;
    let mut old = SourceTree::default();
    let mut listing =
        Listing { root: &real_root, files: Vec::new(), problems: Diagnostics::default() };
    for below_root in outermost(changed, root, &real_root) {
        let shown = listing.shown_path(&below_root);
        files.value.remove(&shown).into_iter().for_each(|file| old.insert(file));
        problems = problems.into_iter().filter(|problem| !is_about(problem, &shown)).collect();
        listing.walk(&real_root.join(&below_root));
    }
    problems.extend(listing.problems);
    let listed = listing.files;
    let contents = read_files(&listed, &old);
    let mut new = SourceTree::default();
    for (listed, content) in listed.iter().zip(contents) {
        match content {
            Ok(Some(file)) => new.insert(file),
            Ok(None) => {}
            Err(error) => problems.add(unreadable_because(&listed.path, &error)),
        }
    }
    let is_new = new != old || problems != files.problems;
    files.value.set_unread(problems.iter().filter_map(Diagnostic::path));
    files.value.extend(new);
    files.problems = problems;
    Ok(is_new)
}

/// The changed paths that are part of the site, as they are below its root, but for those below others of them.
fn outermost(
    changed: impl IntoIterator<Item = PathBuf>,
    root: &Path,
    real_root: &Path,
) -> BTreeSet<PathBuf> {
    let below_root = |path: PathBuf| {
        let below = path.strip_prefix(root).or_else(|_| path.strip_prefix(real_root));
        below.ok().filter(|path| is_part_of_site(path)).map(Path::to_owned)
    };
    let all: BTreeSet<PathBuf> = changed.into_iter().filter_map(below_root).collect();
    let is_within = |path: &Path| path.ancestors().skip(1).any(|folder| all.contains(folder));
    all.iter().filter(|path| !is_within(path)).cloned().collect()
}

/// Whether a path below the root lies in the site's folders, and is not among what editors leave behind.
fn is_part_of_site(below_root: &Path) -> bool {
    let mut parts = below_root.iter();
    let is_in_folder =
        parts.next().is_some_and(|first| FOLDERS.iter().any(|folder| first == *folder));
    is_in_folder && !parts.any(is_leftover)
}

/// Whether a problem is that of a path or of something below it.
fn is_about(problem: &Diagnostic, path: &str) -> bool {
    let of = problem.place.as_ref().and_then(|place| place.path.strip_prefix(path));
    of.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A file to be read.
struct Listed {
    path: SourcePath,
    on_disk: PathBuf,
}

/// The files found so far.
struct Listing<'a> {
    root: &'a Path,
    files: Vec<Listed>,
    problems: Diagnostics,
}

impl Listing<'_> {
    fn walk(&mut self, folder: &Path) {
        if folder.symlink_metadata().is_err_and(|error| is_absence(&error)) {
            return;
        }
        // A walk that begins with a link does not know the folders that it is in.
        if folder.is_symlink() && folder.canonicalize().is_ok_and(|to| folder.starts_with(to)) {
            self.problems.add(symlink_loop(&self.shown_path(folder)));
            return;
        }
        // What lies below a link that leads out of the site is no part of it.
        if folder.parent().is_some_and(|parent| !self.leads_inside(parent)) {
            return;
        }
        let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    let descend = self.take(&entry);
                    if entry.file_type().is_dir() && !descend {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.refuse(&error),
            }
        }
    }

    /// Lists a file, and says of a folder whether to list what is in it.
    fn take(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() > 0 && is_leftover(entry.file_name()) {
            return false;
        }
        let Some(path) = self.source_path(entry.path()) else {
            self.problems.add(name_not_utf8(&self.shown_path(entry.path())));
            return false;
        };
        if path.contains(|sign: char| sign == '\\' || sign.is_control()) {
            self.problems.add(name_unfit(&path));
            return false;
        }
        if entry.path_is_symlink() && !self.leads_inside(entry.path()) {
            self.problems.add(symlink_outside(&path));
            return false;
        }
        if entry.file_type().is_file() {
            self.files.push(Listed { path, on_disk: entry.path().to_owned() });
        } else if !entry.file_type().is_dir() {
            // To read a pipe would be to wait for ever.
            self.problems.add(unreadable_file(&path, "它不是普通文件", "it is no regular file"));
        }
        true
    }

    fn refuse(&mut self, error: &walkdir::Error) {
        let on_disk = error.path().unwrap_or(self.root);
        // Emacs marks a file that is being edited by a dangling link.
        if on_disk.file_name().is_some_and(is_leftover) {
            return;
        }
        let path = self.shown_path(on_disk);
        self.problems.add(match error.io_error() {
            // A file that was removed between listing and looking is a file that is not there.
            Some(gone) if is_gone(gone, on_disk) => return,
            Some(cause) => unreadable_because(&path, cause),
            None => symlink_loop(&path),
        });
    }

    fn leads_inside(&self, link: &Path) -> bool {
        link.canonicalize().is_ok_and(|target| target.starts_with(self.root))
    }

    /// The path below the root, with `/` between its parts; `None` if it is no UTF-8.
    fn source_path(&self, on_disk: &Path) -> Option<SourcePath> {
        let below_root = on_disk.strip_prefix(self.root).unwrap_or(on_disk);
        let parts: Option<Vec<&str>> = below_root.iter().map(OsStr::to_str).collect();
        Some(parts?.join("/").into())
    }

    fn shown_path(&self, on_disk: &Path) -> SourcePath {
        let below_root = on_disk.strip_prefix(self.root).unwrap_or(on_disk);
        let parts: Vec<_> = below_root.iter().map(OsStr::to_string_lossy).collect();
        parts.join("/").into()
    }
}

/// Whether a name is a dot file's, or that of an editor's or the system's backup, lock, trial or thumbnail file.
fn is_leftover(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".")
        || name.starts_with(b"~$")
        || name.ends_with(b"~")
        || (name.starts_with(b"#") && name.ends_with(b"#"))
        || name.ends_with(b"___jb_tmp___")
        || name.ends_with(b"___jb_old___")
        || [&b"4913"[..], b"Thumbs.db", b"desktop.ini"].contains(&name)
}

/// How long is waited before a file that has become empty is read again.
const EMPTY: Duration = Duration::from_millis(50);

type Read = io::Result<Option<SourceFile>>;

/// Reads files. Those that have become empty are read once more, after a while: who saves may have emptied one to write it anew.
fn read_files(listed: &[Listed], old: &SourceTree) -> Vec<Read> {
    let mut contents: Vec<Read> = listed.par_iter().map(|listed| read_file(listed, old)).collect();
    let is_emptied = |content: &Read| {
        let Ok(Some(file)) = content else { return false };
        file.bytes.is_empty() && old.get(&file.path).is_some_and(|old| !old.bytes.is_empty())
    };
    if contents.iter().any(is_emptied) {
        thread::sleep(EMPTY);
        let emptied = listed.iter().zip(&mut contents).filter(|(_, content)| is_emptied(content));
        emptied.for_each(|(listed, content)| *content = read_file(listed, old));
    }
    contents
}

/// Reads a file; `None` if it was removed since it was listed.
fn read_file(listed: &Listed, old: &SourceTree) -> Read {
    let Listed { path, on_disk } = listed;
    let bytes = match fs::read(on_disk) {
        Ok(bytes) => bytes,
        Err(error) if is_gone(&error, on_disk) => return Ok(None),
        Err(error) => return Err(error),
    };
    let hash = ContentHash::of(&bytes);
    let unchanged = old.get(path).filter(|file| file.hash == hash);
    let changed = || SourceFile { path: path.clone(), bytes: bytes.into(), hash };
    Ok(Some(unchanged.cloned().unwrap_or_else(changed)))
}

/// Whether nothing is left of a file: a link that leads nowhere is there all the same.
fn is_gone(error: &io::Error, on_disk: &Path) -> bool {
    is_absence(error) && on_disk.symlink_metadata().is_err()
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn unreadable_because(path: &SourcePath, error: &io::Error) -> Diagnostic {
    unreadable_file(path, &format!("系统报告“{error}”"), &error.to_string())
}

fn unreadable_file(path: &SourcePath, reason_zh: &str, reason_en: &str) -> Diagnostic {
    let message = Phrase::new(
        format!("无法读取这个文件：{reason_zh}"),
        format!("this cannot be read: {reason_en}"),
    );
    problem(path, "unreadable-file", message)
}

fn symlink_outside(path: &SourcePath) -> Diagnostic {
    let message = Phrase::new("符号链接指向网站目录之外", "this link leads out of the site");
    problem(path, "symlink-outside", message)
        .help("用文件本身代替这个链接", "put what it leads to in the place of the link")
}

fn symlink_loop(path: &SourcePath) -> Diagnostic {
    let message =
        Phrase::new("符号链接指向它自己所在的目录", "this link leads to a folder that it is in");
    problem(path, "symlink-loop", message).help("删除这个链接", "remove the link")
}

fn name_unfit(path: &SourcePath) -> Diagnostic {
    let message = Phrase::new(
        "文件名里有反斜杠或控制字符",
        "the name of this file has a backslash or a control character",
    );
    problem(path, "name-unfit", message).help("给文件改名", "rename it")
}

fn name_not_utf8(path: &SourcePath) -> Diagnostic {
    let message = Phrase::new("文件名不是 UTF-8 编码", "the name of this file is not UTF-8");
    problem(path, "name-not-utf8", message).help("给文件改名", "rename it")
}

fn problem(path: &SourcePath, code: &'static str, message: Phrase) -> Diagnostic {
    Diagnostic {
        place: Some(Place::file(path)),
        severity: Severity::Error,
        code,
        message,
        help: None,
    }
}

#[cfg(test)]
mod tests;
