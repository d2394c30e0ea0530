//! How commands speak: to people, to programs, into a pipe.

use std::process::Stdio;

use crate::site::{DATE, Site};

const KEYS: [&str; 9] =
    ["severity", "code", "message", "help", "file", "line", "column", "end_line", "end_column"];

#[test]
fn programs_that_read_json_get_one_object_a_line_and_nothing_else() {
    let sound = Site::small("");
    let warned = Site::small("");
    warned.edit("content/projects/bridge.yaml", "1亿元", "0元");
    let broken = Site::small("");
    broken.edit("content/projects/bridge.yaml", "nanshan", "nowhere");
    let none = Site::from("");
    let foreign = Site::small("//- public/thesis.txt\n毕业论文\n");
    let cases = [
        (&sound, vec!["check"], 0, vec![]),
        (&sound, vec!["build"], 0, vec![]),
        (&sound, vec!["build"], 0, vec![]),
        (&sound, vec!["seal", "2023-17"], 0, vec![]),
        (&sound, vec!["seal", "2023-18"], 2, vec!["could-not-run"]),
        (&warned, vec!["build"], 0, vec!["zero-plan"]),
        (&warned, vec!["build"], 0, vec!["zero-plan"]),
        (&broken, vec!["check"], 1, vec!["unknown-town"]),
        (&none, vec!["build"], 2, vec!["could-not-run"]),
        (&foreign, vec!["build"], 2, vec!["output-folder"]),
    ];
    for (site, command, status, codes) in cases {
        let run = site.run(&[&["--message-format", "json"], &*command, &["--date", DATE]].concat());
        let told = run.stderr();
        let object = |line| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let objects: Vec<_> = told.lines().map(object).collect();
        let found: Vec<_> = objects.iter().map(|object| object["code"].as_str().unwrap()).collect();
        assert_eq!((run.status(), found), (status, codes), "{command:?}: {told}");
        assert!(objects.iter().all(|object| object.as_object().unwrap().keys().eq(KEYS)));
    }
}

#[test]
fn a_pipe_gets_no_colours_and_no_progress() {
    let site = Site::small("");
    site.edit("content/projects/bridge.yaml", "1亿元", "0元");
    let run = site.command().env_remove("NO_COLOR").args(["build", "--date", DATE]).output();
    let told = String::from_utf8(run.unwrap().stderr).unwrap();
    assert!(told.contains("zero-plan"), "{told}");
    assert!(!told.contains(['\u{1b}', '\r']), "{told:?}");
}

#[test]
fn a_reader_who_has_seen_enough_may_close_the_pipe() {
    let site = Site::small("");
    for command in [&["view", "/"], &["schema", "project"], &["headers", "--form=plain"]] {
        let mut child = site
            .command()
            .args(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert!(ended.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }
}

#[test]
fn a_folder_without_a_site_is_told_in_the_language_that_was_asked_for() {
    let none = Site::from("");
    let folder = none.path().display().to_string();
    let chinese = none.run(&["--lang", "zh", "build"]).fails(2, "里没有 content 文件夹").stderr();
    let english =
        none.run(&["--lang", "en", "build"]).fails(2, "there is no folder `content`").stderr();
    assert!(chinese.contains(&folder) && english.contains(&folder), "{chinese}{english}");
    assert!(!chinese.contains("there is") && !english.contains("没有"), "{chinese}{english}");
}
