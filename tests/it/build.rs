//! What a build writes, what it leaves alone, and how it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::site::{DATE, Site, files_in};

/// When each file of the output was last changed.
fn changed(site: &Site) -> Vec<(PathBuf, SystemTime)> {
    let public = site.path().join("public");
    let time = |path: PathBuf| {
        let changed = fs::metadata(public.join(&path)).unwrap().modified().unwrap();
        (path, changed)
    };
    site.output().into_iter().map(|(path, _)| time(path)).collect()
}

#[test]
fn the_same_content_and_dates_give_the_same_bytes_everywhere() {
    let here = Site::sample();
    here.build();
    let elsewhere = Site::sample();
    let mut command = elsewhere.command_elsewhere(&["build", "--date", DATE]);
    assert!(command.stderr(Stdio::null()).status().unwrap().success());
    let (one, other) = (here.output(), elsewhere.output());
    assert!(one.len() > 500, "{} files", one.len());
    let differing = one.iter().zip(&other).find(|(one, other)| one != other);
    assert!(differing.is_none(), "{:?}", differing.map(|(one, _)| &one.0));
    assert_eq!(one.len(), other.len());
    // Nobody takes a page of the sample for one of a county that there is.
    for (path, page) in one.iter().filter(|(path, _)| path.extension() == Some("html".as_ref())) {
        let said = if path.starts_with("en") { "Sample data" } else { "示例数据" };
        assert!(String::from_utf8_lossy(page).contains(said), "{}", path.display());
    }
}

#[test]
fn a_build_without_changes_touches_no_file() {
    let site = Site::small("");
    let before = changed(site.build());
    std::thread::sleep(Duration::from_millis(20));
    let run = site.run(&["--lang", "en", "build", "--date", DATE]);
    assert!(run.succeeds().stderr().contains(" 0 changed, 0 removed"), "{}", run.stderr());
    assert_eq!(changed(&site), before);
}

#[test]
fn only_files_that_change_are_written() {
    let site = Site::small("");
    let before = changed(site.build());
    std::thread::sleep(Duration::from_millis(20));
    site.edit("content/pages/about.md", "项目进展", "项目的进展").build();
    let after = changed(&site);
    let touched: Vec<_> =
        before.iter().zip(&after).filter(|(old, new)| old != new).map(|(old, _)| &old.0).collect();
    assert!(touched.len() < before.len() / 2, "{touched:?}");
    assert!(!touched.contains(&&PathBuf::from("projects/bridge/index.html")), "{touched:?}");
}

#[test]
fn a_build_after_a_change_writes_what_a_first_one_would() {
    let site = Site::small("");
    site.build();
    site.write("public/projects/bridge/index.html", "改坏了");
    site.remove("public/charts/projects/bridge.svg");
    site.edit("content/projects/plant.yaml", "2000万元", "2001万元").build();
    let fresh = site.path().join("fresh");
    site.run(&["build", "--date", DATE, "--out", fresh.to_str().unwrap()]).succeeds();
    assert!(site.output() == files_in(&fresh));
}

#[test]
fn what_is_no_longer_there_leaves_the_output() {
    let site = Site::small("");
    site.build();
    assert!(site.has("news/start/index.html"));
    site.remove("content/news/start.md").build();
    assert!(!site.has("news/start"));
}

#[test]
fn an_error_leaves_the_output_as_it_was() {
    let site = Site::small("");
    site.build();
    let before = site.output();
    site.write("content/news/new.md", "---\ntitle: 新稿\ndate: 2023-03-01\n---\n正文。\n");
    site.edit("content/projects/bridge.yaml", "nanshan", "nowhere");
    site.run(&["build", "--date", DATE]).fails(1, "unknown-town");
    assert_eq!(site.output(), before);
    let fresh = Site::small("//- content/projects/bad.yaml\nname：坏\n");
    fresh.run(&["build"]).fails(1, "full-width-colon");
    assert!(!fresh.path().join("public").exists());
}

#[test]
fn a_fault_of_a_template_leaves_the_output_as_it_was() {
    let site = Site::small("");
    site.build();
    let before = site.output();
    site.write("themes/default/templates/town.html", "{{ page.nothing.at.all }}");
    site.run(&["build", "--date", DATE]).fails(1, "template-error");
    assert_eq!(site.output(), before);
}

#[test]
fn a_kill_leaves_only_whole_files() {
    let site = Site::small("");
    let old = site.build().output();
    site.edit("content/site.yaml", "示例县重点项目公报", "示例县重大项目公报").build();
    let new = site.output();
    for delay in (0..60).step_by(4) {
        let title = if delay % 8 == 0 {
            "示例县重点项目公报"
        } else {
            "示例县重大项目公报"
        };
        site.write("content/site.yaml", with_title(&site, title));
        let mut child =
            site.command().args(["build", "--date", DATE]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        for file in site.output() {
            assert!(
                old.contains(&file) || new.contains(&file),
                "{} is half-written",
                file.0.display()
            );
        }
    }
    site.write("content/site.yaml", with_title(&site, "示例县重点项目公报"));
    assert_eq!(site.build().output(), old);
}

fn with_title(site: &Site, title: &str) -> String {
    let text = fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    format!("title: {title}\n{rest}")
}

#[test]
fn two_builds_at_once_take_turns() {
    let site = Site::small("");
    let mut builds: Vec<_> = (0..4)
        .map(|_| {
            let mut command = site.command();
            command.args(["build", "--date", DATE]).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for build in &mut builds {
        assert!(build.wait().unwrap().success());
    }
    let output = site.output();
    assert_eq!(Site::small("").build().output(), output);
}

#[test]
fn a_folder_of_someone_else_is_refused() {
    let site = Site::small("//- public/thesis.txt\n毕业论文\n");
    site.run(&["--lang", "en", "build"]).fails(2, "was not made by gongbao: it holds `thesis.txt`");
    let files = site.output();
    assert_eq!(files, [("thesis.txt".into(), "毕业论文\n".into())]);
    site.run(&["build", "--out", "."]).fails(2, "output-folder");
    let content = site.path().join("content/media");
    site.run(&["build", "--out", content.to_str().unwrap()]).fails(2, "output-folder");
    assert!(!content.exists());
}

#[test]
fn a_file_of_someone_else_stays() {
    let site = Site::small("");
    site.build();
    site.write("public/CNAME", "example.org").write("public/news/start/note.txt", "我的");
    site.remove("content/news/start.md").build();
    site.check_file("CNAME", "example.org").check_file("news/start/note.txt", "我的");
    assert!(!site.has("news/start/index.html"));
}

#[test]
fn the_output_goes_where_it_is_asked_for() {
    let site = Site::small("");
    let out = site.path().join("elsewhere/site");
    site.run(&["build", "--date", DATE, "--out", out.to_str().unwrap()]).succeeds();
    assert!(!site.path().join("public").exists());
    assert_eq!(files_in(&out), Site::small("").build().output());
    let mut command = site.command();
    let status = command
        .args(["build", "--date", DATE, "--out", "relative"])
        .current_dir(site.path())
        .stderr(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    assert!(site.path().join("relative/index.html").exists(), "relative to where one is");
}

#[test]
fn the_last_line_says_what_was_done() {
    let site = Site::small("");
    let run = site.run(&["--lang", "en", "build", "--date", DATE]);
    let told = run.succeeds().stderr();
    let files = site.output().len();
    let expected = format!("2 projects, 1 news, 1 issues → {files} files, {files} changed");
    assert!(told.contains(&expected), "{told}");
    let told = site.run(&["--lang", "zh-CN", "build", "--date", DATE]).stderr();
    assert!(told.contains("2 个项目、1 篇稿件、1 期公报"), "{told}");
}

#[test]
fn what_cannot_run_says_why() {
    let site = Site::from("");
    site.run(&["build"]).fails(2, "gongbao new site");
    site.write("content/towns.yaml", "[]\n").run(&["build"]).fails(1, "no-site");
    site.run(&["build", "--date", "yesterday"]).fails(2, "2023-04-30");
    site.run(&["build", "--base-url", "xmjs"]).fails(2, "https://example.org/xmjs/");
    site.run(&["publish"]).fails(2, "publish");
}

#[test]
fn a_site_of_a_title_and_an_area_is_a_site() {
    let site = Site::from("//- content/site.yaml\ntitle: 公报\narea: 示例县\n");
    site.build();
    for page in ["index.html", "404.html", "projects/index.html", "method/index.html", "feed.xml"] {
        assert!(site.has(page), "{page}");
    }
}

#[test]
fn a_county_of_one_town_is_a_site() {
    let site = Site::small("");
    site.write("content/towns.yaml", "- {id: nanshan, name: 南山镇, group: town}\n");
    site.edit("content/projects/plant.yaml", "longtan", "nanshan").build();
    assert!(site.has("towns/nanshan/index.html"));
}

#[test]
fn long_names_and_names_with_signs_are_printed_whole() {
    let name = "示例县霁川河流域综合治理与水生态修复及沿线基础设施配套提升改造工程(第一期)项目";
    assert_eq!(name.chars().count(), 40);
    let site = Site::small("");
    site.edit("content/projects/bridge.yaml", "清溪大桥", name);
    site.edit("content/projects/plant.yaml", "鲜果饮料厂", "\"<b>&'{{x}}\"");
    site.build();
    let named = site.view("/projects/bridge/");
    assert!(named.to_string().contains(name));
    for (path, bytes) in site.output() {
        if path.extension().is_some_and(|extension| extension == "html" || extension == "svg") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains("<b>&'"), "{}", path.display());
        }
    }
}

#[test]
fn files_of_windows_editors_give_the_same_site() {
    let site = Site::small("");
    let unix = site.build().output();
    for (path, bytes) in files_in(&site.path().join("content")) {
        let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
        let path = Path::new("content").join(path);
        site.write(path.to_str().unwrap(), format!("\u{feff}{text}"));
    }
    assert_eq!(site.build().output(), unix);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_is_refused() {
    let site = Site::small("");
    let secret = Site::from("//- secret.txt\n机密\n");
    fs::create_dir_all(site.path().join("content/media")).unwrap();
    let link = site.path().join("content/media/secret.txt");
    std::os::unix::fs::symlink(secret.path().join("secret.txt"), link).unwrap();
    site.run(&["build"]).fails(1, "content/media/secret.txt");
    assert!(!site.has("media/secret.txt"));
}

#[test]
fn the_page_of_what_is_not_found_works_at_any_depth() {
    let site = Site::small("");
    assert_eq!(site.view("/404.html")["frame"]["root"], "/xmjs/");
    assert_eq!(site.view("/towns/nanshan/")["frame"]["root"], "../../");
}

#[test]
fn a_build_of_the_same_inputs_counts_the_warnings_and_repairs_what_was_touched() {
    let site = Site::small("");
    site.edit("content/projects/bridge.yaml", "1亿元", "0元");
    let first = site.run(&["build", "--date", DATE]).stderr();
    assert!(first.contains("zero-plan"), "{first}");
    let again = site.run(&["build", "--date", DATE]).stderr();
    assert!(again.starts_with("仍有 1 条警告，用 `gongbao check` 查看\n"), "{again}");
    let counts = |said: &str| said.lines().last().unwrap().split("→").next().unwrap().to_owned();
    assert_eq!(counts(&again), counts(&first));
    let home = site.read("index.html");
    site.write("public/index.html", "edited");
    site.build();
    assert_eq!(site.read("index.html"), home);
}

#[test]
fn what_the_program_remembers_holds_no_word_of_the_records() {
    let site = Site::small("");
    let shares = "shares: {longtan: 100%} # 暗号";
    let hidden = "category: industry\ntype: new\ntown: nanshan\nvisibility: internal";
    site.write("content/projects/vault.yaml", format!("name: 金库\n{hidden}\n{shares}\n"));
    assert!(site.run(&["check", "--date", DATE]).stderr().contains("暗号"));
    let warnings = site.build().run(&["build", "--date", DATE]).stderr();
    assert!(warnings.contains("1 条警告"), "{warnings}");
    for file in fs::read_dir(site.path().join("public/.gongbao")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            !text.contains("暗号") && !text.contains("content/"),
            "{}:\n{text}",
            path.display()
        );
    }
}
