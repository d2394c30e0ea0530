//! A warm site equals a cold build, and a build another machine's, byte for byte, after any series of edits.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gongbao::build::{self, Bases, Cache, Input, Inputs, Site as Assembled};
use gongbao::diagnostic::{Diagnosed, Diagnostic, Diagnostics};
use gongbao::model::Edition;
use gongbao::source::{ContentHash, SourceTree, disk};
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use rayon::prelude::*;

use crate::site::{DATE, Site, files_in};

/// What is done to a site.
#[derive(Debug, Clone)]
enum Edit {
    /// A file is created or changed: one of those that there may be, with one of its texts.
    Write(Index, Index),
    /// A file is deleted.
    Delete(Index),
    /// A file takes the place of another of its kind.
    Rename(Index, Index),
    /// A folder is moved away and put back under another name.
    RenameFolder(Index, Index),
    /// A day passes, or the editor looks at drafts.
    Edition(Index, bool),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        12 => (index(), index()).prop_map(|(file, text)| Edit::Write(file, text)),
        2 => index().prop_map(Edit::Delete),
        2 => (index(), index()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (index(), index()).prop_map(|(from, to)| Edit::RenameFolder(from, to)),
        1 => (index(), any::<bool>()).prop_map(|(day, drafts)| Edit::Edition(day, drafts)),
    ]
}

/// The texts that a file may have: line by line, with a change where there is one. The first is sound.
fn texts(path: &str) -> Vec<String> {
    let (text, changes) = FILES
        .iter()
        .find_map(|(known, text, changes)| (*known == path).then_some((text, changes)))
        .unwrap();
    let changed = changes.iter().map(|(old, new)| {
        assert!(text.contains(old), "{path}: {old}");
        text.replace(old, new)
    });
    std::iter::once((*text).to_owned()).chain(changed).collect()
}

/// A site on disk that is edited, and what a session knows of it.
struct Warm {
    site: Site,
    files: Diagnosed<SourceTree>,
    cache: Cache,
    edition: Edition,
}

impl Warm {
    fn new() -> Self {
        let site = Site::from("");
        for (path, text, _) in FILES {
            site.write(path, text);
        }
        let files = disk::read(site.path()).unwrap();
        Warm { site, files, cache: Cache::default(), edition: EDITION }
    }

    /// Does an edit, and reads again what an editor's tools would report.
    fn edit(&mut self, edit: &Edit) {
        let changed = self.apply(edit);
        let changed = changed.iter().map(|path| self.site.path().join(path));
        self.read(changed.collect());
    }

    fn write(&mut self, file: usize, text: usize) {
        let path = FILES[file].0;
        self.site.write(path, &texts(path)[text]);
        self.read(vec![self.site.path().join(path)]);
    }

    /// Writes something else than what stands in a file.
    fn replace(&mut self, path: &str, old: &str, new: &str) {
        let text = &texts(path)[0];
        assert!(text.contains(old), "{path}: {old}");
        self.site.write(path, text.replace(old, new));
        self.read(vec![self.site.path().join(path)]);
    }

    /// Reads what was reported; whether it is new must be told rightly, or watch mode would not show it.
    fn read(&mut self, changed: Vec<PathBuf>) {
        let before = self.files.clone();
        let is_new = disk::refresh_paths(self.site.path(), &mut self.files, changed).unwrap();
        assert_eq!(is_new, self.files != before);
    }

    fn apply(&mut self, edit: &Edit) -> BTreeSet<PathBuf> {
        match edit {
            Edit::Write(file, text) => {
                let path = file.get(FILES).0;
                self.site.write(path, text.get(&texts(path)));
                [path.into()].into()
            }
            Edit::Delete(file) => {
                let path = file.get(FILES).0;
                let _ = fs::remove_file(self.site.path().join(path));
                [path.into()].into()
            }
            Edit::Rename(from, to) => {
                let from = from.get(FILES).0;
                let alike: Vec<&str> = FILES.iter().map(|file| file.0).collect();
                let is_alike = |path: &&&str| kind(path) == kind(from);
                let alike: Vec<&str> = alike.iter().filter(is_alike).copied().collect();
                let &to = to.get(&alike);
                self.rename(from, to)
            }
            Edit::RenameFolder(from, to) => {
                let (&from, &to) = (from.get(FOLDERS), to.get(FOLDERS));
                self.rename(from, to)
            }
            Edit::Edition(day, drafts) => {
                self.edition.date = *day.get(DAYS);
                self.edition.drafts = *drafts;
                BTreeSet::new()
            }
        }
    }

    fn rename(&self, from: &str, to: &str) -> BTreeSet<PathBuf> {
        // One of the two may not be there, or the folder not be empty: then nothing happens, and that too is a case.
        let _ = fs::rename(self.site.path().join(from), self.site.path().join(to));
        [from.into(), to.into()].into()
    }

    /// Asserts that the session knows what a program does that starts now.
    fn check(&mut self) -> Option<(Assembled, Assembled)> {
        let cold = disk::read(self.site.path()).unwrap();
        assert!(self.files.value == cold.value, "the files differ");
        let warm = self.cache.assemble(&self.files.value, &self.edition);
        let cold = build::assemble(Input { tree: cold.value, edition: self.edition.clone() });
        let has_errors = cold.problems.has_errors();
        if has_errors {
            // What can be made of a faulty site can be looked at.
            let pages =
                |site: &Diagnosed<Assembled>| build::check_pages(&site.value, &site.problems);
            assert_eq!(pages(&warm), pages(&cold));
        }
        assert_eq!(warm.problems.into_sorted(), cold.problems.into_sorted());
        assert_eq!(warm.value.plan.outputs, cold.value.plan.outputs);
        (!has_errors).then_some((warm.value, cold.value))
    }

    /// Asserts that it also makes the same files of it; `false` if there are none because of a problem.
    fn check_files(&mut self) -> bool {
        let sites = self.check();
        if let Some((warm, cold)) = &sites {
            assert_same(&rendered(warm), &rendered(cold));
        }
        sites.is_some()
    }
}

type Rendered = BTreeMap<String, Result<Vec<u8>, Box<Diagnostic>>>;

fn rendered(site: &Assembled) -> Rendered {
    let outputs = site.plan.outputs.par_iter();
    outputs.map(|(route, output)| (route.to_string(), build::render(site, route, output))).collect()
}

#[track_caller]
fn assert_same(warm: &Rendered, cold: &Rendered) {
    assert!(warm.keys().eq(cold.keys()), "{:?}\n{:?}", warm.keys(), cold.keys());
    for (route, warm) in warm {
        let cold = &cold[route];
        assert!(warm == cold, "{route} differs:\n{}\n---\n{}", shown(warm), shown(cold));
    }
}

fn shown(rendered: &Result<Vec<u8>, Box<Diagnostic>>) -> String {
    match rendered {
        Ok(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(problem) => format!("{problem:?}"),
    }
}

/// Files of one kind may take each other's places.
fn kind(path: &str) -> (Option<&Path>, Option<&str>) {
    (Path::new(path).parent(), path.rsplit('.').next())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_warm_site_equals_a_cold_build(series in vec(vec(edit(), 2..8), 4)) {
        let mut warm = Warm::new();
        warm.check();
        for edits in &series {
            for edit in edits {
                warm.edit(edit);
                warm.check();
            }
            warm.check_files();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn another_machine_says_the_same_and_writes_the_same_bytes(
        edits in vec((any::<Index>(), any::<Index>()), 0..4),
    ) {
        let mut files: BTreeMap<&str, String> =
            FILES.iter().map(|(path, text, _)| (*path, (*text).to_owned())).collect();
        for (file, text) in &edits {
            let path = file.get(FILES).0;
            files.insert(path, text.get(&texts(path)).clone());
        }
        let (here, elsewhere) = (Site::from(""), Site::from(""));
        for (path, text) in &files {
            here.write(path, text);
        }
        for (path, text) in files.iter().rev() {
            elsewhere.write(path, text);
        }
        let build = ["--message-format", "json", "build", "--date", DATE];
        let there = elsewhere.command_elsewhere(&build).output().unwrap();
        prop_assert_eq!(here.run(&build).stderr(), String::from_utf8(there.stderr).unwrap());
        prop_assert!(files_in(here.path()) == files_in(elsewhere.path()));
    }
}

#[test]
fn each_kind_of_edit_equals_a_cold_build() {
    let mut warm = Warm::new();
    warm.check();
    for (file, (path, ..)) in FILES.iter().enumerate() {
        // The first change of each file is sound, the others may not be; the last edit puts the file back.
        let n_texts = texts(path).len();
        for text in (0..n_texts).rev() {
            warm.write(file, text);
            warm.check();
            assert!(text != 1 || warm.check_files(), "{path}: the first change is no sound one");
        }
    }
}

#[test]
fn what_is_made_from_the_same_is_the_same() {
    let site = Site::from("");
    let mut made = BTreeMap::new();
    let mut kept = BTreeSet::new();
    let mut make = || {
        let tree = disk::read(site.path()).unwrap().value;
        let input = Input { tree, edition: EDITION };
        let inputs = Inputs::new(ContentHash::of(b"program"), &input);
        let Diagnosed { value: site, problems } = build::assemble(input);
        if problems.has_errors() {
            return;
        }
        let bases = Bases::new(inputs, &site);
        for (route, output) in &site.plan.outputs {
            let Some(basis) = bases.of(route, output) else { continue };
            let file = build::render(&site, route, output);
            match made.entry(basis) {
                Entry::Vacant(free) => _ = free.insert(file),
                Entry::Occupied(known) => {
                    let (known, file) = (shown(known.get()), shown(&file));
                    assert!(known == file, "{route}:\n{known}\n---\n{file}");
                    kept.insert(route.to_string());
                }
            }
        }
    };
    for (path, text, _) in FILES {
        site.write(path, text);
    }
    make();
    for (path, text, _) in FILES {
        for changed in &texts(path)[1..] {
            site.write(path, changed);
            make();
        }
        site.remove(path);
        make();
        site.write(path, text);
    }
    let routes = [
        "/projects/bridge/",
        "/en/news/visit/",
        "/news/",
        "/charts/projects/plant.svg",
        "/search/manifest.js",
    ];
    for route in routes {
        assert!(kept.contains(route), "{route} was never kept: {kept:?}");
    }
}

#[test]
fn a_file_that_is_taken_away_is_gone_and_one_put_back_is_there() {
    let mut warm = Warm::new();
    warm.check();
    for (path, text, _) in FILES {
        let file = warm.site.path().join(path);
        fs::remove_file(&file).unwrap();
        warm.read(vec![file.clone()]);
        warm.check();
        warm.site.write(path, text);
        warm.read(vec![file]);
        warm.check();
    }
}

#[test]
fn a_new_day_or_rule_is_seen_for_records_that_did_not_change() {
    let mut warm = Warm::new();
    let (bridge, site) = ("content/projects/bridge.yaml", "content/site.yaml");
    let april = "  - {period: 2023-04, cumulative: 4000万元}\n";
    warm.replace(bridge, april, "");
    for day in DAYS {
        warm.edition.date = *day;
        warm.check();
    }
    warm.replace(site, "theme: own", "method: {no_report_months: [4]}");
    warm.check();
}

#[test]
fn a_site_without_problems_stays_without() {
    let warm = Warm::new();
    let assembled =
        build::assemble(Input { tree: warm.files.value.clone(), edition: warm.edition.clone() });
    assert_eq!(assembled.problems, Diagnostics::default());
}

const EDITION: Edition =
    Edition { date: date(2023, 5, 5), as_of: None, drafts: false, base_url: None };

const DAYS: &[Date] = &[date(2023, 4, 1), date(2023, 5, 5), date(2023, 7, 1)];

const FOLDERS: &[&str] = &[
    "content/news",
    "content/pages",
    "content/projects",
    "content/projects/more",
    "content/bulletins",
    "content/media",
    "themes/own",
    "themes/other",
];

/// What may be written instead of what.
type Change = (&'static str, &'static str);

/// The files that there may be: path, text, and changes of the text.
const FILES: &[(&str, &str, &[Change])] = &[
    (
        "content/site.yaml",
        "\
title: 示例县重点项目公报
area: 示例县
base_url: https://example.org/xmjs/
locales: [zh-CN, en]
theme: own
categories: [{id: industry, name: 工业}, {id: transport, name: 交通}]
chains: [{id: food, name: 食品饮料}]
groups: [{id: town, name: 镇}]
batches: [{id: 2023-q1, kind: start, name: 一季度集中开工, on: 2023-02-10, projects: [bridge]}]
",
        &[
            ("重点项目公报", "公报"),
            ("[zh-CN, en]", "[zh-CN]"),
            ("[zh-CN, en]", "[en, zh-CN]"),
            ("theme: own", "theme: other"),
            ("theme: own\n", ""),
            ("theme: own", "money_unit: 万元"),
            ("/xmjs/", "/"),
            ("name: 工业", "name: 制造业"),
            ("title: ", "title"),
        ],
    ),
    (
        "content/towns.yaml",
        "- {id: nanshan, name: 南山镇, group: town}\n- {id: longtan, name: 龙潭镇, group: town}\n",
        &[("南山镇", "南山街道"), ("- {id: longtan, name: 龙潭镇, group: town}\n", "")],
    ),
    (
        "content/projects/bridge.yaml",
        "\
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
",
        &[
            ("4000万元", "5000万元"),
            ("800万元", "900万元"),
            ("清溪大桥", "清溪二桥"),
            ("town: nanshan", "town: longtan"),
            ("type: new", "type: new\nvisibility: internal"),
            ("type: new", "type: new\npools: [{pool: reserve, from: 2022-08}]"),
            ("2亿元", "20000"),
            ("name: ", "name："),
        ],
    ),
    (
        "content/projects/more/plant.yaml",
        "\
name: 鲜果饮料厂
category: industry
chain: food
type: continuing
town: longtan
description: 全县完成[[invest.annual]]。
total_investment: 1亿元
plan: {2023: 5000万元}
started: 2022-06-01
reports:
  - {period: 2022-12, cumulative: 3000万元, total: 3000万元}
  - {period: 2023-02, cumulative: 500万元, total: 3500万元}
  - {period: 2023-03, cumulative: 1000万元, total: 4000万元}
  - {period: 2023-04, cumulative: 2000万元, total: 5000万元}
",
        &[
            ("2000万元", "1500万元"),
            (" 500万元, total: 3500万元", " 400万元, total: 3400万元"),
            ("chain: food\n", ""),
            ("[[invest.annual]]", "五成"),
        ],
    ),
    (
        "content/news/start.md",
        "---\ntitle: 清溪大桥开工\ndate: 2023-03-16\nas_of: 2023-02\ntowns: [nanshan]\nprojects: [bridge]\n---\n大桥开工,全县完成[[invest.annual]]。\n\n![桥](map.svg)\n",
        &[
            ("大桥开工,", "大桥动工,"),
            ("清溪大桥开工", "清溪大桥动工"),
            ("2023-03-16", "2023-06-16"),
            ("projects: [bridge]", "draft: true"),
            ("date: 2023-03-16", "date: 2023-03-16\nexpires: 2023-04-01"),
            ("map.svg", "none.svg"),
            ("date: ", "dated: "),
        ],
    ),
    (
        "content/news/start.en.md",
        "---\ntitle: A bridge is begun\ndate: 2023-03-16\n---\nWork has begun.\n",
        &[("has begun", "began")],
    ),
    (
        "content/news/visit.md",
        "---\ntitle: 调研重点项目\ndate: 2023-04-03\n---\n见[项目页](/projects/)。\n",
        &[("调研", "观摩"), ("/projects/", "/projects/bridge/"), ("调研重点项目", "")],
    ),
    (
        "content/news/tour.md",
        "---\ntitle: 清溪大桥合龙\ndate: 2023-04-20\nprojects: [bridge]\ncontinued_from: visit\n---\n大桥合龙。\n",
        &[
            ("清溪大桥合龙", "清溪大桥通车"),
            ("大桥合龙。", "大桥全线合龙。"),
            ("[bridge]", "[plant]"),
            ("大桥合龙。", "大桥合龙,开工[[start.all]]。"),
            ("continued_from: visit\n", ""),
        ],
    ),
    (
        "content/news/tour.en.md",
        "---\ntitle: The bridge is closed\ndate: 2023-04-20\ncontinued_from: start\n---\nBoth ends meet.\n",
        &[("Both ends", "Two ends")],
    ),
    (
        "content/bulletins/2023-17.md",
        "---\nkind: weekly\nnumber: 17\nas_of: 2023-04-30\npublished: 2023-05-05\n---\n年度投资完成率[[invest.annual]]。\n",
        &[("number: 17", "number: 18"), ("as_of: 2023-04-30", "as_of: 2023-03-31")],
    ),
    (
        "content/pages/about.md",
        "---\ntitle: 关于本站\n---\n本站刊载项目进展。\n",
        &[("进展", "情况")],
    ),
    (
        "content/media/map.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>\n",
        &[("width='10'", "width='20'"), ("<svg", "svg")],
    ),
    (
        "content/media/plan.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='10'/>\n",
        &[("width='30'", "width='20'")],
    ),
    (
        "themes/own/templates/page.html",
        "<!doctype html><title>{{ site.title }}</title><p>{{ frame.url }}</p>\n",
        &[("<p>", "<p class=\"own\">"), ("frame.url", "frame.no.url"), ("{{ site", "{{{ site")],
    ),
    ("themes/own/static/own.css", "body { color: black }\n", &[("black", "navy")]),
    ("themes/own/i18n/zh-CN.yaml", "nav_home: 首页\n", &[("首页", "主页")]),
    (
        "themes/other/templates/page.html",
        "<!doctype html><title>{{ frame.url }}</title>\n",
        &[("frame.url", "site.title")],
    ),
];
