use snapbox::{IntoData, assert_data_eq, str};

use super::*;
use crate::diagnostic::Phrase;
use crate::key_path;

const PROJECT: &str = "name: 鲲鹏小镇\ntown: {lead: 南山镇, other: lishiu}\n";

fn problem(place: Option<Place>) -> Diagnostic {
    Diagnostic {
        place,
        severity: Severity::Error,
        code: "unknown-town",
        message: Phrase::new("没有 id 为 `lishiu` 的镇", "no town has the id `lishiu`"),
        help: None,
    }
    .help("是不是 `lishui`?", "did you mean `lishui`?")
}

fn at_town() -> Diagnostic {
    problem(Some(Place::value(&"content/projects/a.yaml".into(), key_path!["town", "other"])))
}

fn shown_of(problem: Diagnostic, text: &[u8], format: MessageFormat, language: Language) -> String {
    let load = |_: &str| Some(Arc::from(text));
    let mut out = Vec::new();
    emit(&[problem], &load, format, language, &mut out, false).unwrap();
    String::from_utf8(out).unwrap()
}

fn shown(problem: Diagnostic, format: MessageFormat, language: Language) -> String {
    shown_of(problem, PROJECT.as_bytes(), format, language)
}

#[test]
fn people_see_the_line_and_a_caret_under_the_fault() {
    let text = shown(at_town(), MessageFormat::Human, Language::English);
    assert_data_eq!(
        text,
        str![[r#"
error[unknown-town]: no town has the id `lishiu`
 --> content/projects/a.yaml:2:26
  |
2 | town: {lead: 南山镇, other: lishiu}
  |                             ^^^^^^
  |
help: did you mean `lishui`?


"#]]
        .raw()
    );
    let text = shown(at_town(), MessageFormat::Human, Language::Chinese);
    assert_data_eq!(
        text,
        str![[r#"
错误[unknown-town]: 没有 id 为 `lishiu` 的镇
 --> content/projects/a.yaml:2:26
  |
2 | town: {lead: 南山镇, other: lishiu}
  |                             ^^^^^^
  |
帮助: 是不是 `lishui`?


"#]]
        .raw()
    );
}

#[test]
fn the_caret_stands_under_its_column_behind_wide_characters() {
    let text = shown(at_town(), MessageFormat::Human, Language::English);
    let line_of = |part: &str| text.lines().find(|line| line.contains(part)).unwrap();
    let (before, _) = line_of("南山镇").split_once("lishiu").unwrap();
    let columns: usize = before.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum();
    assert_eq!(line_of("^").find("^^^^^^"), Some(columns));
    assert!(line_of("^").ends_with(" ^^^^^^"));
}

#[test]
fn the_short_form_is_one_line_without_help() {
    let text = shown(at_town(), MessageFormat::Short, Language::Chinese);
    assert_eq!(
        text,
        "content/projects/a.yaml:2:26: error[unknown-town]: 没有 id 为 `lishiu` 的镇\n"
    );
    let mut warning = at_town();
    warning.severity = Severity::Warning;
    warning.message = Phrase::new("", "two\nlines");
    let text = shown(warning, MessageFormat::Short, Language::English);
    assert_eq!(text, "content/projects/a.yaml:2:26: warning[unknown-town]: two lines\n");
}

#[test]
fn the_json_form_has_every_member_in_every_object() {
    let text = shown(at_town(), MessageFormat::Json, Language::English);
    assert_eq!(
        text,
        r#"{"severity":"error","code":"unknown-town","message":"no town has the id `lishiu`","help":"did you mean `lishui`?","file":"content/projects/a.yaml","line":2,"column":26,"end_line":2,"end_column":32}
"#
    );
    let text =
        shown(Diagnostic { help: None, ..problem(None) }, MessageFormat::Json, Language::English);
    assert_eq!(
        text,
        r#"{"severity":"error","code":"unknown-town","message":"no town has the id `lishiu`","help":null,"file":null,"line":null,"column":null,"end_line":null,"end_column":null}
"#
    );
}

#[test]
fn a_problem_without_a_file_is_the_programs() {
    let text = shown(problem(None), MessageFormat::Short, Language::English);
    assert_eq!(text, "gongbao: error[unknown-town]: no town has the id `lishiu`\n");
    let text = shown(problem(None), MessageFormat::Human, Language::English);
    assert_data_eq!(
        text,
        str![[r#"
error[unknown-town]: no town has the id `lishiu`
 |
help: did you mean `lishui`?


"#]]
        .raw()
    );
}

#[test]
fn a_problem_of_a_whole_file_shows_no_line_of_it() {
    let whole = || problem(Some(Place::file(&"content/media/a.png".into())));
    let text = shown(whole(), MessageFormat::Human, Language::English);
    assert_data_eq!(
        text,
        str![[r#"
error[unknown-town]: no town has the id `lishiu`
--> content/media/a.png
 |
help: did you mean `lishui`?


"#]]
        .raw()
    );
    let text = shown(whole(), MessageFormat::Short, Language::English);
    assert_eq!(text, "content/media/a.png:1:1: error[unknown-town]: no town has the id `lishiu`\n");
}

#[test]
fn only_the_first_line_of_a_long_part_is_shown() {
    let whole_town = problem(Some(Place::value(&"a.yaml".into(), key_path!["town"])));
    let text = shown_of(
        whole_town,
        b"town:\r\n  lead: a\r\n  other: b\r\n",
        MessageFormat::Human,
        Language::English,
    );
    assert_data_eq!(
        text,
        str![[r#"
error[unknown-town]: no town has the id `lishiu`
 --> a.yaml:2:3
  |
2 |   lead: a
  |   ^^^^^^^
  |
help: did you mean `lishui`?


"#]]
        .raw()
    );
}

#[test]
fn a_long_line_is_cut_around_the_fault() {
    let text = format!("summary: {}lishiu{}\n", "字".repeat(500), "字".repeat(500));
    let start = text.find("lishiu").unwrap();
    let fault = problem(Some(Place::bytes(&"a.yaml".into(), start..start + 6)));
    let shown = shown_of(fault, text.as_bytes(), MessageFormat::Human, Language::English);
    assert!(shown.contains("a.yaml:1:510\n"), "{shown}");
    assert!(
        shown.contains("lishiu字") && shown.lines().all(|line| line.chars().count() < 150),
        "{shown}"
    );
}

#[test]
fn a_file_that_is_no_text_is_shown_all_the_same() {
    let fault = problem(Some(Place::bytes(&"a.yaml".into(), 6..8)));
    let text = shown_of(fault, b"name: \xff\xfe\n", MessageFormat::Human, Language::English);
    assert!(text.contains("1 | name: ??\n"), "{text}");
}

#[test]
fn nothing_in_a_help_commands_the_terminal() {
    let fault = problem(None).help("", "\u{1b}[31mred");
    assert!(!shown(fault, MessageFormat::Human, Language::English).contains('\u{1b}'));
}

#[test]
fn a_file_with_many_problems_is_loaded_once() {
    let loads = std::cell::Cell::new(0);
    let load = |_: &str| {
        loads.set(loads.get() + 1);
        Some(Arc::from(PROJECT.as_bytes()))
    };
    let problems = vec![at_town(); 3];
    emit(&problems, &load, MessageFormat::Short, Language::English, &mut Vec::new(), false)
        .unwrap();
    assert_eq!(loads.get(), 1);
}
