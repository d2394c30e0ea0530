use super::*;
use crate::diagnostic::Bytes;
use crate::key_path;

/// The text that a part of a file covers, with its line and column.
fn shown<'a>(path: &str, text: &'a str, at: &At) -> (usize, usize, &'a str) {
    let span = SourceText::new(path, text.as_bytes()).span(at).unwrap();
    (span.line, span.column, &text[span.start..span.end])
}

fn value(text: &str, keys: crate::diagnostic::KeyPath) -> (usize, usize, &str) {
    shown("a.yaml", text, &At::Value(keys))
}

const PROJECT: &str = "\
# 一个项目
name: 鲲鹏小镇
town:  lishiu  # 镇
owner:
plan: {2023: 1.2亿元, 2024: '2亿元'}
reports:
  - {period: 2023-02, cumulative: 800万元}
  - period: 2023-03
    note: \"多 \\u62a5\"

description: |
  建设内容
    第二行

  第四行

base: &base
  source: bond
funding: [*base]
";

#[test]
fn values_are_found_at_their_key_path() {
    assert_eq!(value(PROJECT, key_path!["name"]), (2, 7, "鲲鹏小镇"));
    assert_eq!(value(PROJECT, key_path!["town"]), (3, 8, "lishiu"));
    assert_eq!(value(PROJECT, key_path!["plan", "2024"]), (5, 27, "'2亿元'"));
    assert_eq!(value(PROJECT, key_path!["reports", 0, "cumulative"]), (7, 35, "800万元"));
    assert_eq!(value(PROJECT, key_path!["reports", 1, "period"]), (8, 13, "2023-03"));
    assert_eq!(value("- {id: a}\n- {id: b}\n", key_path![1, "id"]), (2, 8, "b"));
}

#[test]
fn whole_values_end_where_their_last_part_ends() {
    assert_eq!(value(PROJECT, key_path!["plan"]), (5, 7, "{2023: 1.2亿元, 2024: '2亿元'}"));
    assert_eq!(
        value(PROJECT, key_path!["reports", 1]).2,
        "period: 2023-03\n    note: \"多 \\u62a5\""
    );
    assert_eq!(value(PROJECT, key_path!["description"]).2, "建设内容\n    第二行\n\n  第四行");
    assert_eq!(value(PROJECT, key_path!["base"]), (18, 3, "source: bond"));
}

#[test]
fn an_empty_value_is_shown_at_its_key() {
    assert_eq!(value(PROJECT, key_path!["owner"]), (4, 1, "owner"));
    assert_eq!(value("a: {b: , c}\n", key_path!["a", "b"]), (1, 5, "b"));
    assert_eq!(value("a: {b: , c}\n", key_path!["a", "c"]), (1, 10, "c"));
}

#[test]
fn keys_are_found_themselves() {
    assert_eq!(shown("a.yaml", PROJECT, &At::Key(key_path!["plan", "2024"])), (5, 21, "2024"));
    assert_eq!(
        shown("a.yaml", PROJECT, &At::Key(key_path!["reports", 1])),
        (8, 5, "period: 2023-03\n    note: \"多 \\u62a5\"")
    );
}

#[test]
fn a_missing_field_is_placed_at_the_nearest_parent() {
    assert_eq!(value(PROJECT, key_path!["category"]), (2, 1, "name"));
    assert_eq!(value(PROJECT, key_path!["reports", 1, "cumulative"]), (8, 5, "period"));
    assert_eq!(
        value(PROJECT, key_path!["reports", 0, "total", "x"]).2,
        "{period: 2023-02, cumulative: 800万元}"
    );
    assert_eq!(value(PROJECT, key_path!["owner", "name"]), (4, 1, "owner"));
    assert_eq!(value(PROJECT, key_path!["town", "name"]), (3, 8, "lishiu"));
    assert_eq!(value("", key_path!["name"]), (1, 1, ""));
}

#[test]
fn a_path_leads_through_an_alias() {
    assert_eq!(value(PROJECT, key_path!["funding", 0, "source"]), (18, 11, "bond"));
    assert_eq!(value(PROJECT, key_path!["funding", 0]), (19, 11, "*base"));
    assert_eq!(value("a: &x [*x]\n", key_path!["a", 0, 0, 0, 0]), (1, 8, "*x"));
}

#[test]
fn yaml_that_cannot_be_parsed_is_placed_as_far_as_it_was_read() {
    let broken = "name: a\ntown: [b\n";
    assert_eq!(value(broken, key_path!["name"]), (1, 7, "a"));
    assert_eq!(value(broken, key_path!["category"]), (1, 1, ""));
}

#[test]
fn the_yaml_of_markdown_is_its_front_matter() {
    let text = "---\ntitle: 通报\ntowns: [x]\n---\ntitle: 正文\n";
    assert_eq!(shown("a.md", text, &At::Value(key_path!["towns", 0])), (3, 9, "x"));
    assert_eq!(shown("a.md", text, &At::Value(key_path!["date"])), (2, 1, "title"));
    assert_eq!(shown("a.md", "正文: 1\n", &At::Value(key_path!["正文"])), (1, 1, ""));
    assert_eq!(shown("a.md", "---\ntitle: 通报\n", &At::Value(key_path!["title"])), (2, 8, "通报"));
}

#[test]
fn byte_order_mark_and_crlf_move_no_column() {
    let text = "\u{feff}name: 甲\r\ntown: 乙\r\n";
    assert_eq!(value(text, key_path!["name"]), (1, 7, "甲"));
    assert_eq!(value(text, key_path!["town"]), (2, 7, "乙"));
    assert_eq!(value(text, key_path!["none"]), (1, 1, "name"));
    assert_eq!(shown("a.yaml", text, &At::Bytes((0..7).into())), (1, 1, "name"));
    let text = "\u{feff}---\r\ntitle: 通报\r\n---\r\n";
    assert_eq!(shown("a.md", text, &At::Value(key_path!["title"])), (2, 8, "通报"));
}

fn inside<'a>(text: &'a str, key: &str, value: &str, wanted: &str) -> (usize, usize, &'a str) {
    let start = value.find(wanted).unwrap();
    shown("a.yaml", text, &At::Inside(key_path![key], (start..start + wanted.len()).into()))
}

#[test]
fn parts_of_a_literal_block_are_found_line_by_line() {
    let value = "建设内容\n  第二行\n\n第四行\n";
    assert_eq!(inside(PROJECT, "description", value, "内容"), (12, 5, "内容"));
    assert_eq!(inside(PROJECT, "description", value, "二行"), (13, 6, "二行"));
    assert_eq!(inside(PROJECT, "description", value, "四"), (15, 4, "四"));
    let crlf = "a: |\r\n\r\n  一\r\n\r\n  二三\r\n";
    assert_eq!(inside(crlf, "a", "\n一\n\n二三\n", "三"), (5, 4, "三"));
    assert_eq!(inside("a: |2\n    x\n   yz\n", "a", "  x\n yz\n", "z"), (3, 5, "z"));
}

#[test]
fn parts_of_scalars_on_one_line_are_found_directly() {
    assert_eq!(inside("a: 甲乙丙\n", "a", "甲乙丙", "丙"), (1, 6, "丙"));
    assert_eq!(inside("a: '甲乙丙'\n", "a", "甲乙丙", "丙"), (1, 7, "丙"));
}

#[test]
fn parts_of_rewritten_scalars_are_found_if_they_stand_there_once() {
    assert_eq!(inside("a: \"\\u7532 乙\"\n", "a", "甲 乙", "乙"), (1, 12, "乙"));
    assert_eq!(inside("a: \"\\u7532 乙\"\n", "a", "甲 乙", "甲"), (1, 4, ""));
    assert_eq!(inside("a: 一：二\n  三：四\n", "a", "一：二 三：四", "：四"), (2, 4, "：四"));
    assert_eq!(inside("a: >\n  一\n  [[率]]\n", "a", "一 [[率]]\n", "[[率]]"), (3, 3, "[[率]]"));
}

#[test]
fn parts_of_a_key_without_a_value_are_found() {
    assert_eq!(inside("{甲：乙, 丙}\n", "甲：乙", "甲：乙", "：乙"), (1, 3, "：乙"));
}

#[test]
fn keys_that_stand_twice_in_one_mapping_are_found() {
    let text = "a: 1\nb: {a: 1, c: 2, a: 3}\nl:\n  - {a: 1}\n  - {a: 1}\na: 2\n\"a\": 3\n";
    let found = duplicate_keys(text);
    let found: Vec<_> = found.iter().map(|(at, key)| (at.start, &**key)).collect();
    assert_eq!(found, [(52, "a"), (57, "a"), (21, "a")]);
}

#[test]
fn places_outside_of_the_text_are_moved_into_it() {
    assert_eq!(shown("a.yaml", "a: 甲\n", &At::Bytes((4..99).into())), (1, 4, "甲\n"));
    assert_eq!(shown("a.yaml", "a: 甲\n", &At::Bytes((98..99).into())), (2, 1, ""));
    assert_eq!(
        shown("a.yaml", "a: 甲\n", &At::Inside(key_path!["a"], Bytes { start: 7, end: 3 })),
        (1, 5, "")
    );
}

#[test]
fn bytes_that_are_no_text_keep_the_places_behind_them() {
    let text = SourceText::new("a.yaml", b"a: \xff\xfe\nb: \xe7\x94\xb2\n");
    let span = text.span(&At::Value(key_path!["b"])).unwrap();
    assert_eq!((span.start, span.line, span.column, span.end_column), (9, 2, 4, 5));
}

#[test]
fn a_span_ends_behind_its_last_character() {
    let text = SourceText::new("a.yaml", "a: 甲乙\nb: 1\n".as_bytes());
    let span = text.span(&At::Bytes((3..12).into())).unwrap();
    assert_eq!((span.end_line, span.end_column), (2, 3));
}
