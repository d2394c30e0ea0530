//! The vocabulary of the tests: a small site on disk, what is done to it, what should come of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A site in a folder of its own, which goes when the test ends.
pub(crate) struct Site {
    folder: TempDir,
}

/// The day of publication in tests, unless the test says otherwise.
pub(crate) const DATE: &str = "2023-05-05";

impl Site {
    /// Makes a site of files: each begins with a line `//- path`.
    pub(crate) fn from(files: &str) -> Self {
        let site = Site { folder: TempDir::new().unwrap() };
        for (path, text) in split(files) {
            site.write(&path, text);
        }
        site
    }

    /// A small county: two towns, two projects, an issue; and the files given beside or instead.
    pub(crate) fn small(files: &str) -> Self {
        let site = Site::from(SMALL);
        for (path, text) in split(files) {
            site.write(&path, text);
        }
        site
    }

    /// The sample site; its files are made in another order than they are listed in its folder.
    pub(crate) fn sample() -> Self {
        let site = Site::from("");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        for (path, bytes) in files_in(&source).into_iter().rev() {
            site.write(Path::new("content").join(path).to_str().unwrap(), bytes);
        }
        site
    }

    /// Where the site is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Replaces a text in a file; the text must be there.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) -> &Self {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(old), "{path} does not contain {old:?}:\n{text}");
        self.write(path, text.replace(old, new))
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.path().join(path)).unwrap();
        self
    }

    /// Runs the program on the site.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let mut command = self.command();
        Run { output: command.args(arguments).output().unwrap() }
    }

    /// The program, to be run on the site.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongbao"));
        command.arg("--root").arg(self.path()).env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
        command
    }

    /// The program as another machine may run it: another language, time zone, place and number of processors.
    pub(crate) fn command_elsewhere(&self, arguments: &[&str]) -> Command {
        let mut command = self.command();
        command
            .args(arguments)
            .args(["--jobs", "3"])
            .envs([("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("COLUMNS", "40")])
            .env("HOME", "/nowhere")
            .current_dir("/");
        command
    }

    /// Builds the site, which must succeed.
    pub(crate) fn build(&self) -> &Self {
        self.run(&["build", "--date", DATE]).succeeds();
        self
    }

    /// What `view` prints of a route on the tests' day.
    pub(crate) fn view(&self, route: &str) -> serde_json::Value {
        let run = self.run(&["view", route, "--date", DATE]);
        serde_json::from_str(&run.succeeds().stdout()).unwrap()
    }

    /// What `check` says in the short form, in English.
    pub(crate) fn problems(&self) -> String {
        self.run(&["--lang", "en", "--message-format", "short", "check", "--date", DATE]).stderr()
    }

    /// A file of the output.
    pub(crate) fn read(&self, route: &str) -> String {
        let path = self.path().join("public").join(route);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{route}: {error}"))
    }

    /// Whether the output has a file.
    pub(crate) fn has(&self, route: &str) -> bool {
        self.path().join("public").join(route).exists()
    }

    /// Asserts that a file of the output holds a text.
    pub(crate) fn check_file(&self, route: &str, text: &str) -> &Self {
        let file = self.read(route);
        assert!(file.contains(text), "{route} does not hold {text:?}:\n{file}");
        self
    }

    /// All files of the output but the program's own, with their bytes, by path.
    pub(crate) fn output(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_in(&self.path().join("public"))
    }
}

/// All files of a folder but dot files, with their bytes, by path.
pub(crate) fn files_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    gather(folder, Path::new(""), &mut files);
    files.sort();
    files
}

fn gather(folder: &Path, below: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            gather(&entry.path(), &path, files);
        } else {
            files.push((path, fs::read(entry.path()).unwrap()));
        }
    }
}

/// What a run of the program came to.
pub(crate) struct Run {
    output: Output,
}

impl Run {
    /// What was said to people.
    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    /// What was printed.
    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    /// The exit status.
    pub(crate) fn status(&self) -> i32 {
        self.output.status.code().unwrap()
    }

    /// Asserts the exit status, and that something was said.
    #[track_caller]
    pub(crate) fn fails(&self, status: i32, saying: &str) -> &Self {
        let told = self.stderr();
        assert_eq!(self.status(), status, "{told}");
        assert!(told.contains(saying), "expected {saying:?}, found:\n{told}");
        self
    }

    /// Asserts that all went well.
    #[track_caller]
    pub(crate) fn succeeds(&self) -> &Self {
        assert_eq!(self.status(), 0, "{}", self.stderr());
        self
    }
}

fn split(files: &str) -> Vec<(String, &str)> {
    let mut parts = files.split("//- ").skip(1);
    let mut result = Vec::new();
    for part in &mut parts {
        let (path, text) = part.split_once('\n').unwrap();
        result.push((path.trim().to_owned(), text));
    }
    result
}

const SMALL: &str = "\
//- content/site.yaml
title: 示例县重点项目公报
area: 示例县
publisher: {name: 示例县融媒体中心}
base_url: https://example.org/xmjs/
locales: [zh-CN, en]
sample: true
categories: [{id: industry, name: 工业}, {id: transport, name: 交通}]
chains: [{id: food, name: 食品饮料}]
groups: [{id: town, name: 镇}]
batches: [{id: 2023-q1, kind: start, name: 一季度集中开工, on: 2023-02-10, projects: [bridge]}]
//- content/towns.yaml
- {id: nanshan, name: 南山镇, group: town}
- {id: longtan, name: 龙潭镇, group: town}
//- content/projects/bridge.yaml
name: 清溪大桥
category: transport
type: new
town: nanshan
total_investment: 2亿元
plan: {2023: 1亿元}
planned_start: 2023-02
started: 2023-02-15
reports:
  - {period: 2023-02, cumulative: 800万元}
  - {period: 2023-03, cumulative: 2000万元}
  - {period: 2023-04, cumulative: 4000万元}
//- content/projects/plant.yaml
name: 鲜果饮料厂
category: industry
chain: food
type: continuing
town: longtan
total_investment: 1亿元
plan: {2023: 5000万元}
started: 2022-06-01
reports:
  - {period: 2022-12, cumulative: 3000万元, total: 3000万元}
  - {period: 2023-02, cumulative: 500万元, total: 3500万元}
  - {period: 2023-03, cumulative: 1000万元, total: 4000万元}
  - {period: 2023-04, cumulative: 2000万元, total: 5000万元}
//- content/news/start.md
---
title: 清溪大桥开工
date: 2023-02-16
as_of: 2023-02
towns: [nanshan]
projects: [bridge]
---
大桥开工,开工率[[start.all]]。见[项目页](/projects/bridge/)。
//- content/bulletins/2023-17.md
---
kind: weekly
number: 17
as_of: 2023-04-30
published: 2023-05-05
---
截至4月底,年度投资完成率[[invest.annual]]。
//- content/pages/about.md
---
title: 关于本站
---
本站刊载项目进展。
";
