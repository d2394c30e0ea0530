use super::*;

/// A site's root with an empty `content/`, and an output folder that may be missing.
struct Site {
    root: tempfile::TempDir,
    /// Whether files are staged as those that are too long to be kept in memory.
    is_long: bool,
}

type Files<'a> = &'a [(&'a str, &'a str)];

impl Site {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        Site { root, is_long: false }
    }

    /// Two sites: what holds of files holds of long ones too.
    fn of_both_lengths() -> [Self; 2] {
        [Site::new(), Site { is_long: true, ..Site::new() }]
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn open(&self) -> OutputFolder {
        open(&self.out(), self.root.path(), &|| panic!("another build holds the lock")).unwrap()
    }

    fn staged(&self, files: Files<'_>) -> OutputFolder {
        let folder = self.open();
        files
            .par_iter()
            .try_for_each(|(route, text)| match self.is_long {
                true => folder.stage_long(route, |out| out.write_all(text.as_bytes())),
                false => folder.stage(route, text.as_bytes()),
            })
            .unwrap();
        folder
    }

    fn build(&self, files: Files<'_>) -> Published {
        self.staged(files).commit().unwrap()
    }

    /// Builds files, all of them made from one basis.
    fn build_from(&self, basis: &[u8], files: Files<'_>) {
        let mut folder = self.staged(files);
        let counts = Counts { projects: 0, news: 0, issues: 0, warnings: 0 };
        let bases = [ContentHash::of(basis)].into();
        folder.remember(Receipt { inputs: ContentHash::of(b""), counts, bases });
        folder.commit().unwrap();
    }

    fn write(&self, route: &str, text: &str) {
        let path = self.out().join(route);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn forget_state(&self) {
        fs::remove_dir_all(self.out().join(".gongbao")).unwrap();
    }

    /// Every file of the output folder but those of `.gongbao`, and every empty folder with a slash.
    #[track_caller]
    fn check(&self, expected: Files<'_>) {
        let mut found = Vec::new();
        let entries = walkdir::WalkDir::new(self.out()).min_depth(1).sort_by_file_name();
        for entry in entries.into_iter().filter_entry(|entry| entry.file_name() != ".gongbao") {
            let entry = entry.unwrap();
            let route = entry.path().strip_prefix(self.out()).unwrap().to_str().unwrap().to_owned();
            if entry.file_type().is_file() {
                found.push((route, fs::read_to_string(entry.path()).unwrap()));
            } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
                found.push((route + "/", String::new()));
            }
        }
        let found: Vec<(&str, &str)> =
            found.iter().map(|(route, text)| (&**route, &**text)).collect();
        assert_eq!(found, expected);
    }
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(result: Result<T, PublishError>, reason: &str) {
    match result {
        Err(PublishError::Refused(problem)) => {
            assert!(problem.message.en.contains(reason), "{problem:?}");
        }
        other => panic!("{other:?}"),
    }
}

fn published(written: usize, unchanged: usize, removed: usize) -> Published {
    Published { written, unchanged, removed, kept: Vec::new() }
}

#[test]
fn a_missing_folder_is_made_and_filled() {
    let site = Site::new();
    let files = [("a/b/index.html", "甲"), ("index.html", "乙")];
    assert_eq!(site.build(&files), published(2, 0, 0));
    site.check(&files);
}

#[test]
fn unchanged_files_are_left_untouched() {
    for site in Site::of_both_lengths() {
        site.build(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let changed = |route| fs::metadata(site.out().join(route)).unwrap().modified().unwrap();
        let before = (changed("a"), changed("b"), changed(".gongbao/manifest"));
        std::thread::sleep(std::time::Duration::from_millis(20));
        assert_eq!(site.build(&[("a", "1"), ("b", "1"), ("c", "1")]), published(0, 3, 0));
        assert_eq!((changed("a"), changed("b"), changed(".gongbao/manifest")), before);
        assert_eq!(site.build(&[("a", "1"), ("b", "2"), ("c", "1")]), published(1, 2, 0));
        assert_eq!(changed("a"), before.0);
        assert_ne!(changed("b"), before.1);
    }
}

#[test]
fn what_someone_edited_or_deleted_is_put_right() {
    for site in Site::of_both_lengths() {
        site.build(&[("a", "1"), ("b", "1"), ("c", "1")]);
        site.write("a", "2");
        fs::remove_file(site.out().join("b")).unwrap();
        assert_eq!(site.build(&[("a", "1"), ("b", "1"), ("c", "1")]), published(2, 1, 0));
        site.check(&[("a", "1"), ("b", "1"), ("c", "1")]);
    }
}

#[test]
fn what_is_no_longer_produced_is_removed_with_its_folders() {
    let site = Site::new();
    site.build(&[("a/b/c/x", "1"), ("a/b/y", "1"), ("z", "1")]);
    assert_eq!(site.build(&[("z", "1")]), published(0, 1, 2));
    site.check(&[("z", "1")]);
}

#[test]
fn files_that_gongbao_did_not_make_stay() {
    let site = Site::new();
    site.build(&[("a/x", "1"), ("b/x", "1"), ("z", "1")]);
    site.write("a/own", "mine");
    site.write("CNAME", "example.org");
    site.write("b/x", "edited");
    let after = site.build(&[("z", "1")]);
    assert_eq!(after, Published { kept: vec!["b/x".into()], ..published(0, 1, 1) });
    site.check(&[("CNAME", "example.org"), ("a/own", "mine"), ("b/x", "edited"), ("z", "1")]);
    assert_eq!(site.build(&[("z", "1")]), published(0, 1, 0));
}

#[test]
fn files_that_gongbao_did_not_make_are_not_overwritten() {
    for site in Site::of_both_lengths() {
        site.build(&[("a", "1")]);
        site.write("robots.txt", "mine");
        site.write("dir/own", "mine");
        let folder = site.staged(&[("a", "2"), ("robots.txt", "ours"), ("dir", "ours")]);
        assert_refused(folder.commit(), "`dir` and 1 more would be overwritten");
        site.check(&[("a", "1"), ("dir/own", "mine"), ("robots.txt", "mine")]);
        // One that is as it should be is adopted.
        assert_eq!(site.build(&[("a", "2"), ("robots.txt", "mine")]), published(1, 1, 0));
    }
}

#[test]
fn a_build_that_is_given_up_leaves_everything_as_it_was() {
    let site = Site::new();
    drop(site.staged(&[("a", "1")]));
    assert!(!site.out().exists());
    site.build(&[("a", "1")]);
    drop(site.staged(&[("a", "2"), ("b", "2")]));
    site.check(&[("a", "1")]);
    assert!(!site.out().join(".gongbao/staging").exists());
}

#[test]
fn a_build_killed_while_staging_leaves_everything_as_it_was() {
    let site = Site::new();
    site.staged(&[("a", "0")]).state.kill();
    site.check(&[]);
    site.build(&[("a", "1")]);
    site.staged(&[("a", "2"), ("b", "2")]).state.kill();
    site.check(&[("a", "1")]);
    assert_eq!(site.build(&[("a", "3")]), published(1, 0, 0));
    assert!(!site.out().join(".gongbao/staging").exists());
}

/// Does a part of what [`OutputFolder::commit`] does, in the same order.
fn kill_in_commit(folder: OutputFolder, put: &str) {
    let produced = std::mem::take(&mut *lock(&folder.produced));
    let manifest: Manifest =
        produced.iter().map(|(route, file)| (route.as_str().into(), file.hash)).collect();
    manifest.union(&folder.previous).write(&folder.state.manifest()).unwrap();
    fs::rename(folder.state.staged(put), folder.dir.join(put)).unwrap();
    folder.state.kill();
}

#[test]
fn a_build_killed_while_putting_files_in_place_is_repaired_by_the_next() {
    let site = Site::new();
    kill_in_commit(site.staged(&[("a", "1"), ("b", "1")]), "a");
    site.check(&[("a", "1")]);
    site.build(&[("a", "1"), ("b", "1"), ("old", "1")]);
    kill_in_commit(site.staged(&[("a", "2"), ("b", "2"), ("c/d", "2")]), "a");
    site.check(&[("a", "2"), ("b", "1"), ("old", "1")]);
    // Both what was put in place and what was not is known as ours.
    assert_eq!(site.build(&[("e", "3")]), published(1, 0, 3));
    site.check(&[("e", "3")]);
}

#[test]
fn a_disk_that_fails_in_the_middle_is_repaired_by_the_next_build() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b", "1"), ("old", "1")]);
    let folder = site.staged(&[("a", "2"), ("b", "2"), ("c/d", "2")]);
    fs::remove_file(site.out().join("b")).unwrap();
    fs::create_dir(site.out().join("b")).unwrap();
    assert!(matches!(folder.commit(), Err(PublishError::Io(_))));
    fs::remove_dir(site.out().join("b")).unwrap();
    site.build(&[("a", "2"), ("b", "2"), ("c/d", "2")]);
    site.check(&[("a", "2"), ("b", "2"), ("c/d", "2")]);
}

#[track_caller]
fn assert_keeps(folder: &OutputFolder, route: &str, basis: &[u8], expected: bool) {
    assert_eq!(folder.keep(route, || Some(ContentHash::of(basis))).unwrap(), expected, "{route}");
}

#[test]
fn a_folder_does_not_take_the_place_of_an_edited_file() {
    let site = Site::new();
    site.build(&[("notes", "1"), ("b", "1")]);
    fs::write(site.out().join("notes"), "edited").unwrap();
    let refused = site.staged(&[("notes/y", "1"), ("b", "2")]).commit().unwrap_err();
    assert!(matches!(refused, PublishError::Refused(_)), "{refused:?}");
    site.check(&[("b", "1"), ("notes", "edited")]);
    fs::remove_file(site.out().join("notes")).unwrap();
    site.build(&[("notes/y", "1"), ("b", "2")]);
    site.check(&[("b", "2"), ("notes/y", "1")]);
}

#[test]
fn what_is_made_from_the_same_is_kept_if_nobody_touched_it() {
    let site = Site::new();
    site.build_from(b"old", &[("a", "1"), ("b/c", "2"), ("d", "3"), ("e", "4")]);
    site.write("b/c", "edited");
    fs::remove_file(site.out().join("d")).unwrap();
    let folder = site.open();
    assert_keeps(&folder, "a", b"old", true);
    for (route, basis) in [("b/c", "old"), ("d", "old"), ("e", "new"), ("f", "old")] {
        assert_keeps(&folder, route, basis.as_bytes(), false);
    }
    assert_eq!(
        folder.commit().unwrap(),
        Published { kept: vec!["b/c".into()], ..published(0, 1, 1) }
    );
    site.check(&[("a", "1"), ("b/c", "edited")]);
}

#[test]
fn after_a_build_that_was_killed_nothing_is_kept() {
    let site = Site::new();
    site.build_from(b"old", &[("a", "1"), ("b", "1")]);
    kill_in_commit(site.staged(&[("a", "2"), ("b", "1")]), "a");
    let folder = site.open();
    assert_keeps(&folder, "a", b"old", false);
    assert_keeps(&folder, "b", b"old", false);
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b/c/d", "1")]);
    assert_eq!(site.build(&[("a/x", "2"), ("b", "2")]), published(2, 0, 2));
    site.check(&[("a/x", "2"), ("b", "2")]);
}

#[test]
fn folders_of_others_are_refused() {
    let site = Site::new();
    site.write(".git/config", "");
    drop(site.open());
    site.write("thesis.docx", "");
    let refused = open(&site.out(), site.root.path(), &|| {});
    assert_refused(refused, "was not made by gongbao: it holds `thesis.docx`");
    site.check(&[(".git/config", ""), ("thesis.docx", "")]);
    assert!(!site.out().join(".gongbao").exists());
}

#[test]
fn folders_with_the_sources_are_refused() {
    let site = Site::new();
    let root = site.root.path();
    let opened = |out: &str| open(&root.join(out), root, &|| {}).map(drop);
    assert_refused(opened(""), "holds the sources");
    assert_refused(opened(".."), "holds the sources");
    assert_refused(opened("content"), "lies in `content/`");
    assert_refused(opened("content/new/public"), "lies in `content/`");
    assert_refused(opened("missing/../content/public"), "lies in `content/`");
    assert_refused(opened("themes/x"), "lies in `themes/`");
    fs::write(root.join("file"), "").unwrap();
    assert_refused(opened("file"), "is not a folder");
    assert_eq!(fs::read_dir(root.join("content")).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_has_become_a_link_is_refused() {
    use std::os::unix::fs::symlink;
    let (site, elsewhere) = (Site::new(), tempfile::tempdir().unwrap());
    let mine = elsewhere.path().join("old");
    site.build(&[("a", "1"), ("b/c/old", "1")]);
    fs::remove_dir_all(site.out().join("b/c")).unwrap();
    symlink(elsewhere.path(), site.out().join("b/c")).unwrap();
    fs::write(&mine, "1").unwrap();
    for files in [&[("a", "2"), ("b/c/new", "2")], &[("a", "2"), ("d", "2")]] {
        assert_refused(site.staged(files).commit(), "`b/c` is a link");
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(mine).unwrap(), "1");
    site.forget_state();
    symlink(elsewhere.path(), site.out().join(".gongbao")).unwrap();
    assert_refused(open(&site.out(), site.root.path(), &|| {}), "`.gongbao` is a link");
}

const FIGURES: (&str, &str) = ("data/figures.json", r#"{"schema": "gongbao-figures/1"}"#);

#[test]
fn a_site_is_known_by_its_figures_when_its_state_was_deleted() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b", "1"), FIGURES]);
    site.forget_state();
    assert_eq!(site.build(&[("a", "2"), FIGURES]), published(1, 1, 0));
    // What may be someone's is not removed.
    site.check(&[("a", "2"), ("b", "1"), FIGURES]);
    site.build(&[FIGURES]);
    site.check(&[("b", "1"), FIGURES]);
}

#[test]
fn a_folder_without_state_and_figures_is_not_known_as_ours() {
    let site = Site::new();
    site.build(&[("a", "1")]);
    site.forget_state();
    assert_refused(open(&site.out(), site.root.path(), &|| {}), "was not made by gongbao");
}

#[test]
fn routes_that_lead_elsewhere_are_refused() {
    let site = Site::new();
    let folder = site.open();
    for route in
        ["", "/a", "a/", "../a", "a/../../b", "./a", "a\\b", "a\0b", "a\nb", ".gongbao/manifest"]
    {
        assert_eq!(
            folder.stage(route, b"").unwrap_err().kind(),
            io::ErrorKind::InvalidInput,
            "{route:?}"
        );
    }
    folder.stage("a", b"").unwrap();
    assert_eq!(folder.stage("a", b"").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
}

#[test]
fn a_second_build_waits_for_the_first() {
    let site = Site::new();
    let first = site.staged(&[("a", "1")]);
    let (tell, told) = std::sync::mpsc::channel();
    let (out, root) = (site.out(), site.root.path().to_owned());
    let second = std::thread::spawn(move || {
        let folder = open(&out, &root, &|| tell.send(()).unwrap()).unwrap();
        folder.stage("a", b"2").unwrap();
        folder.commit().unwrap()
    });
    told.recv().unwrap();
    // The first is given up and clears away the state that it made; the second makes its own.
    drop(first);
    assert_eq!(second.join().unwrap(), published(1, 0, 0));
    site.check(&[("a", "2")]);
}
