use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::sync::Arc;

use super::*;

fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    fs::create_dir(site.path().join("content")).unwrap();
    for (path, text) in files {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    site
}

fn paths(tree: &SourceTree) -> Vec<&str> {
    tree.files().map(|file| &*file.path).collect()
}

/// The paths read, and the code and path of each problem.
fn check(site: &tempfile::TempDir, files: &[&str], problems: &[(&str, &str)]) {
    let Diagnosed { value, problems: found } = read(site.path()).unwrap();
    assert_eq!(paths(&value), files);
    let found = found.into_sorted();
    let found: Vec<_> = found
        .iter()
        .map(|problem| (problem.code, &*problem.place.as_ref().unwrap().path))
        .collect();
    assert_eq!(found, problems);
}

#[test]
fn content_and_themes_are_read_and_nothing_else() {
    let site = site(&[
        ("content/site.yaml", "title: 甲"),
        ("content/projects/区/桥.yaml", ""),
        ("themes/own/templates/home.html", ""),
        ("public/index.html", ""),
        ("README.md", ""),
    ]);
    check(
        &site,
        &["content/projects/区/桥.yaml", "content/site.yaml", "themes/own/templates/home.html"],
        &[],
    );
    let tree = read(site.path()).unwrap().value;
    assert_eq!(&*tree.get("content/site.yaml").unwrap().bytes, "title: 甲".as_bytes());
    assert_eq!(
        tree.get("content/site.yaml").unwrap().hash,
        ContentHash::of("title: 甲".as_bytes())
    );
}

#[test]
fn what_editors_leave_behind_is_skipped() {
    let site = site(&[
        ("content/a.md", ""),
        ("content/.a.md.swp", ""),
        ("content/a.md~", ""),
        ("content/~$a.docx", ""),
        ("content/4913", ""),
        ("content/#a.md#", ""),
        ("content/a.md___jb_tmp___", ""),
        ("content/Thumbs.db", ""),
        ("content/.git/config", ""),
    ]);
    symlink("lee@host.1234", site.path().join("content/.#a.md")).unwrap();
    check(&site, &["content/a.md"], &[]);
}

#[test]
fn links_inside_the_site_are_followed() {
    let site = site(&[("content/media/a.png", "1"), ("shared/b.png", "2")]);
    symlink("a.png", site.path().join("content/media/link.png")).unwrap();
    symlink("../shared", site.path().join("content/shared")).unwrap();
    check(&site, &["content/media/a.png", "content/media/link.png", "content/shared/b.png"], &[]);
}

#[test]
fn links_out_of_the_site_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret"), "").unwrap();
    let site = site(&[("content/a.md", "")]);
    symlink(outside.path(), site.path().join("content/folder")).unwrap();
    symlink(outside.path().join("secret"), site.path().join("content/secret.md")).unwrap();
    let refused = [("symlink-outside", "content/folder"), ("symlink-outside", "content/secret.md")];
    check(&site, &["content/a.md"], &refused);
}

#[test]
fn loops_end() {
    let site = site(&[("content/a/a.md", "")]);
    symlink("../../content", site.path().join("content/a/up")).unwrap();
    symlink("self", site.path().join("content/self")).unwrap();
    check(
        &site,
        &["content/a/a.md"],
        &[("symlink-loop", "content/a/up"), ("unreadable-file", "content/self")],
    );
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_read() {
    let site = site(&[("content/a.md", "")]);
    symlink("nowhere", site.path().join("content/dangling.md")).unwrap();
    let socket = site.path().join("content/socket");
    let _listening = std::os::unix::net::UnixListener::bind(socket).unwrap();
    fs::write(site.path().join("content").join(OsStr::from_bytes(b"\xff.md")), "").unwrap();
    fs::write(site.path().join("content/a\\b.md"), "").unwrap();
    let problems = [
        ("name-unfit", "content/a\\b.md"),
        ("unreadable-file", "content/dangling.md"),
        ("unreadable-file", "content/socket"),
        ("name-not-utf8", "content/\u{fffd}.md"),
    ];
    check(&site, &["content/a.md"], &problems);
}

#[test]
fn a_file_that_is_being_written_anew_is_not_taken_for_empty() {
    let site = site(&[("content/a.md", "1")]);
    let mut files = read(site.path()).unwrap();
    let path = site.path().join("content/a.md");
    fs::write(&path, "").unwrap();
    let writing = thread::spawn(move || {
        thread::sleep(EMPTY / 5);
        fs::write(path, "2").unwrap();
    });
    refresh(site.path(), &mut files).unwrap();
    assert_eq!(&*files.value.get("content/a.md").unwrap().bytes, b"2");
    writing.join().unwrap();
    fs::write(site.path().join("content/a.md"), "").unwrap();
    assert!(refresh(site.path(), &mut files).unwrap());
    assert!(files.value.get("content/a.md").unwrap().bytes.is_empty());
}

#[test]
fn a_folder_without_content_is_no_site() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(read(folder.path()).unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn unchanged_files_share_their_bytes_with_the_old_snapshot() {
    let site = site(&[("content/a.md", "1"), ("content/b.md", "1"), ("content/c.md", "1")]);
    let old = read(site.path()).unwrap();
    fs::write(site.path().join("content/a.md"), "1").unwrap();
    fs::write(site.path().join("content/b.md"), "2").unwrap();
    fs::remove_file(site.path().join("content/c.md")).unwrap();
    let mut files = old.clone();
    assert!(refresh(site.path(), &mut files).unwrap());
    let new = files.value;
    let is_shared =
        |path| Arc::ptr_eq(&old.value.get(path).unwrap().bytes, &new.get(path).unwrap().bytes);
    assert!(is_shared("content/a.md"));
    assert!(!is_shared("content/b.md"));
    assert!(new.get("content/c.md").is_none());
}

#[test]
fn what_changed_can_be_read_alone() {
    let site = site(&[
        ("content/a.md", "1"),
        ("content/b/c.md", "1"),
        ("content/b/d.md", "1"),
        ("content/b.md", "1"),
    ]);
    symlink("/etc", site.path().join("content/etc")).unwrap();
    let old = read(site.path()).unwrap();
    fs::remove_dir_all(site.path().join("content/b")).unwrap();
    fs::write(site.path().join("content/b"), "a file now").unwrap();
    fs::write(site.path().join("content/a.md"), "2").unwrap();
    fs::create_dir(site.path().join("content/new")).unwrap();
    fs::write(site.path().join("content/new/e.md"), "1").unwrap();
    fs::write(site.path().join("content/.hidden"), "1").unwrap();
    let changed = ["b", "a.md", "new", ".hidden", "etc/passwd", "gone", "../public/x"];
    let changed = changed.map(|path| site.path().join("content").join(path));
    let mut new = old.clone();
    assert!(refresh_paths(site.path(), &mut new, changed.clone()).unwrap());
    let cold = read(site.path()).unwrap();
    assert!(new.value == cold.value, "{:?}", new.value);
    assert!(!refresh_paths(site.path(), &mut new, changed).unwrap(), "it is as it was");
    assert_eq!(new.problems.into_sorted(), cold.problems.into_sorted());
}
