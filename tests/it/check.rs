//! Every problem is told, at its place.

use crate::site::Site;

/// Checks that a small site with one file changed has one problem of a code at a place.
#[track_caller]
fn check(path: &str, text: &str, expected: &str) {
    let site = Site::small("");
    site.write(path, text);
    let problems = site.problems();
    assert!(
        problems.lines().any(|line| line.starts_with(expected)),
        "expected {expected}\nfound:\n{problems}"
    );
    let code = |line: &str| line.split(['[', ']']).nth(1).map(str::to_owned);
    let wanted = code(expected);
    assert!(problems.lines().all(|found| code(found) == wanted), "follow-on problems:\n{problems}");
}

const BRIDGE: &str = "content/projects/bridge.yaml";

/// The bridge's record with a line replaced or, if `old` is empty, added.
fn bridge(old: &str, new: &str) -> String {
    let record = "\
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
";
    if old.is_empty() {
        return format!("{record}{new}\n");
    }
    assert!(record.contains(old));
    record.replace(old, new)
}

#[track_caller]
fn check_bridge(old: &str, new: &str, place_and_code: &str) {
    check(BRIDGE, &bridge(old, new), &format!("{BRIDGE}:{place_and_code}"));
}

#[test]
fn a_sound_site_has_no_problems() {
    let site = Site::small("");
    let problems = site.problems();
    assert_eq!(problems, "no problems found\n");
}

#[test]
fn an_unknown_field_is_told_with_a_suggestion() {
    check_bridge(
        "planned_start:",
        "planed_start:",
        "7:1: error[unknown-field]: there is no field `planed_start`",
    );
    let site = Site::small("");
    site.write(BRIDGE, bridge("planned_start:", "planed_start:"));
    let run = site.run(&["--lang", "en", "check"]);
    assert!(run.stderr().contains("did you mean `planned_start`?"), "{}", run.stderr());
    assert_eq!(run.status(), 1);
}

#[test]
fn faults_of_single_values_are_told_at_the_value() {
    check_bridge("name: 清溪大桥\n", "", "1:1: error[missing-field]");
    check_bridge("name: 清溪大桥", "name: [清溪]", "1:7: error[wrong-type]");
    check_bridge("2亿元", "20000", "5:19: error[bare-number]");
    check_bridge("2亿元", "\"2,5亿元\"", "5:19: error[bad-money]");
    check_bridge("2亿元", "-2亿元", "5:19: error[negative-money]");
    check_bridge("2023-02-15", "2023-02-30", "8:10: error[bad-date]");
    check_bridge("type: new", "type: newly", "3:7: error[unknown-value]");
    check_bridge("name: 清溪大桥", "name: 108.10", "1:7: error[needs-quotes]");
}

#[test]
fn a_date_that_yaml_reads_as_a_number_is_told_to_be_quoted() {
    check_bridge("period: 2023-04", "period: 2023.10", "12:14: error[needs-quotes]");
    let news = "---\ntitle: 甲\ndate: 2023.10\n---\n文。\n";
    check("content/news/a.md", news, "content/news/a.md:3:7: error[needs-quotes]");
    let site = Site::small("");
    site.write(BRIDGE, bridge("planned_start: 2023-02", "planned_start: \"2023.02\""));
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn a_percentage_is_a_part_of_a_whole() {
    let physical = |percentage: &str, place_and_code: &str| {
        let report = format!("2023-04, physical: {percentage}");
        check_bridge("2023-04", &report, place_and_code);
    };
    physical("most", "12:33: error[bad-percentage]");
    physical("[1]", "12:33: error[bad-percentage]");
    physical("65", "12:33: error[share-out-of-range]");
    physical("-5%", "12:33: error[share-out-of-range]");
    physical("150%", "12:33: error[share-out-of-range]");
    check_bridge("", "shares: {nanshan: 60, longtan: 40%}", "13:19: error[share-out-of-range]");
    check_bridge("", "shares: {nanshan: six, longtan: 40%}", "13:19: error[bad-percentage]");
    let target = "target: [10, 20%, 30%, 40%, 50%, 60%, 70%, 80%, 90%, 95%, 99%, 100%]";
    check_bridge("", target, "13:10: error[share-out-of-range]");
    let site = Site::small("");
    site.write(BRIDGE, bridge("2023-04", "2023-04, physical: 65"));
    site.run(&["--lang", "en", "check"]).fails(1, "write `65%`");
}

#[test]
fn names_of_what_there_is_not_are_told_where_they_are_named() {
    check_bridge("town: nanshan", "town: nanshn", "4:7: error[unknown-town]");
    check_bridge("transport", "transprt", "2:11: error[unknown-category]");
    check_bridge("", "chain: foood", "13:8: error[unknown-chain]");
    check_bridge("", "shares: {nanshn: 60%, longtan: 40%}", "13:10: error[unknown-town]");
    let news = "---\ntitle: 甲\ndate: 2023-03-01\nprojects: [brigde]\n---\n文。\n";
    check("content/news/a.md", news, "content/news/a.md:4:12: error[unknown-project]");
}

#[test]
fn what_a_record_says_must_make_sense() {
    check_bridge("", "shares: {nanshan: 60%, longtan: 30%}", "13:9: error[shares-sum]");
    let sum = "13:9: error[shares-sum]: the shares sum to 100.000001%,";
    check_bridge("", "shares: {nanshan: 60.000001%, longtan: 40%}", sum);
    let code = "13:7: error[bad-project-code]";
    check_bridge("", "code: 2020-510802-47-03-00000", code);
    let before = |field: &str, date: &str, than: &str| {
        format!("error[finish-before-start]: `{field}`, {date}, is before `{than}`")
    };
    let finished = before("finished", "2023-01-01", "started");
    check_bridge("", "finished: 2023-01-01", &format!("13:11: {finished}"));
    let produced = before("in_production", "2023-01", "started");
    check_bridge("", "in_production: 2023-01", &format!("13:16: {produced}"));
    let planned = before("planned_finish", "2023-01", "planned_start");
    check_bridge("", "planned_finish: 2023-01", &format!("13:17: {planned}"));
    let pause = "paused: [{from: 2023-04, to: 2023-03-31, reason: 雨}]";
    check_bridge("", pause, &format!("13:30: {}", before("to", "2023-03-31", "from")));
    check_bridge(
        "period: 2023-04,",
        "period: 2023-04, reported: 2023-04-01,",
        "12:33: error[reported-before-period-end]",
    );
    check_bridge("4000万元", "1000万元", "12:35: error[cumulative-falls]");
    check_bridge("", "joined: 2023-03-01", "10:14: error[report-before-joined]");
}

#[test]
fn what_must_be_disclosed_is_told_when_its_time_has_passed() {
    let told = |document: &str, date: &str| {
        let site = Site::small("");
        site.write(BRIDGE, bridge("", &format!("disclosures: [{{title: 许可, {document}}}]")));
        let arguments = ["--lang", "en", "--message-format", "short", "check", "--date", date];
        site.run(&arguments).stderr()
    };
    // The seventh working day after Friday, 5 May is 16 May; the twentieth is 2 June.
    let permit = "kind: permit, formed_on: 2023-05-05";
    assert_eq!(told(permit, "2023-05-16"), "no problems found\n");
    let overdue = "content/projects/bridge.yaml:13:15: warning[disclosure-overdue]";
    assert!(told(permit, "2023-05-17").starts_with(overdue), "{}", told(permit, "2023-05-17"));
    let tender = "kind: tender, formed_on: 2023-05-05";
    assert_eq!(told(tender, "2023-06-02"), "no problems found\n");
    assert!(told(tender, "2023-06-03").contains("[disclosure-overdue]"));
    let published = format!("{permit}, published_on: 2023-05-17");
    assert_eq!(told(&published, "2023-06-03"), "no problems found\n");
    assert!(
        told("kind: land, published_on: 2023-05-17", "2023-06-03").contains("[disclosure-undated]")
    );
    let before = "kind: permit, formed_on: 2023-05-05, published_on: 2023-05-04";
    assert!(
        told(before, "2023-06-03").contains("13:78: error[published-before-formed]"),
        "{}",
        told(before, "2023-06-03")
    );
}

#[test]
fn a_figure_is_named_in_texts_alone() {
    let told =
        |place: &str| format!("{place}: error[literal-figure]: `[[…]]` is a figure in texts alone");
    check_bridge("", "summary: 完成[[invest.annual]]", &told("13:10"));
    let news = "---\ntitle: 开工率[[start.all]]\ndate: 2023-04-03\n---\n文。\n";
    check("content/news/a.md", news, &told("content/news/a.md:2:8"));
}

#[test]
fn a_correction_may_fall_if_it_says_so() {
    let site = Site::small("");
    site.write(BRIDGE, bridge("cumulative: 4000万元", "cumulative: 1000万元, revision: 多报"));
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn a_month_reported_late_may_not_exceed_the_months_known_after_it() {
    let january = |rest: &str| format!("  - {{period: 2023-01, cumulative: 900万元{rest}}}");
    let late = january(", reported: 2023-04-10");
    check_bridge("", &late, "13:35: error[cumulative-falls]");
    let site = Site::small("");
    site.write(BRIDGE, bridge("", &late));
    let told = "falls from 900万元 at 2023-01 to 800万元 at 2023-02";
    site.run(&["--lang", "en", "check"]).fails(1, told);
    site.write(BRIDGE, bridge("", &january(", reported: 2023-04-10, revision: 补报")));
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn more_done_than_a_project_costs_is_a_warning_at_the_figure() {
    let told = |old: &str, new: &str| {
        let site = Site::small("");
        site.write(BRIDGE, bridge(old, new));
        site.problems()
    };
    let above = "content/projects/bridge.yaml:12:35: warning[above-total]: 40000万元 done";
    // It started this year: the year's figure is all that was done.
    let found = told("4000万元", "4亿元");
    assert!(found.starts_with(above), "{found}");
    let found = told("cumulative: 4000万元", "cumulative: 4000万元, total: 2.1亿元");
    assert!(found.contains("bridge.yaml:12:50: warning[above-total]"), "{found}");
    let found = told("cumulative: 4000万元", "cumulative: 4000万元, total: 2亿元");
    assert_eq!(found, "no problems found\n");
}

#[test]
fn an_increment_far_above_the_others_is_a_warning() {
    let site = Site::small("");
    let more =
        "  - {period: 2023-05, cumulative: 4500万元}\n  - {period: 2023-06, cumulative: 1.6亿元}";
    site.write(BRIDGE, bridge("", more));
    let found = site.problems();
    let jump = "bridge.yaml:14:35: warning[increment-jumps]: the increment of 11500万元";
    assert!(found.contains(jump), "{found}");
}

#[test]
fn text_that_is_no_yaml_is_told_with_the_real_cause() {
    check_bridge("name: 清溪大桥", "name：清溪大桥", "1:5: error[full-width-colon]");
    check_bridge("  - {period: 2023-02", "\t- {period: 2023-02", "10:1: error[tab-indent]");
    check_bridge("name: 清溪大桥", "name: \"清溪大桥", "1:7: error[unclosed-quote]");
    check_bridge("name: 清溪大桥", "name: @清溪", "1:7: error[reserved-character]");
    check_bridge("", "name: 又一座桥", "13:1: error[duplicate-key]");
    check_bridge("name: 清溪大桥", "name:\u{a0}清溪大桥", "1:6: error[other-space]");
    check_bridge("name: 清溪大桥", "name:\u{3000}清溪大桥", "1:6: error[other-space]");
    let report = "  - {period: 2023-02";
    check_bridge(report, "\u{3000}\u{3000}- {period: 2023-02", "10:1: error[other-space]");
    check_bridge("{2023: 1亿元}", "｛2023: 1亿元}", "6:7: error[full-width-bracket]");
}

#[test]
fn the_real_cause_is_told_within_brackets_and_further_in() {
    let report = "  - {period: 2023-02, cumulative: 800万元}";
    let check_report = |new: &str, told: &str| check_bridge(report, new, told);
    check_report("  - {period：2023-02, cumulative: 800万元}", "10:12: error[full-width-colon]");
    check_report("  - {period:2023-02, cumulative: 800万元}", "10:12: error[no-space]");
    check_report("  - {period: 2023-02，cumulative: 800万元}", "10:21: error[full-width-comma]");
    check_report("  - period：2023-02\n    cumulative：800万元", "11:15: error[full-width-colon]");
    check_report("  - {period: 2023-02, note: \"甲}", "10:29: error[unclosed-quote]");
    check_report("  - {period: 2023-02, note: \"甲, total: 1亿元}", "10:29: error[unclosed-quote]");
    check_report("  - {period: 2023-02, note: \"甲\"乙}", "10:29: error[part-quoted]");
    check_report("  - {period: 2023-02, note: @甲}", "10:29: error[reserved-character]");
    check_report("  - {period: 2023-02, physical: %5}", "10:33: error[reserved-character]");
    check_report("  - {period: 2023-02, cumulative: 4,000万元}", "10:35: error[cut-number]");
    check_report("  - {period: 2023-02, cumulative: 14,400,000元}", "10:35: error[cut-number]");
    check_report("  - {period: 2023-02, cumulative: 800万元", "10:5: error[unclosed-bracket]");
    check_bridge("{2023: 1亿元}", "{2023：1亿元}", "6:12: error[full-width-colon]");
    check_bridge("{2023: 1亿元}", "{2023: 1,200万元}", "6:14: error[cut-number]");
    check_bridge("type: new", "type:new", "3:5: error[no-space]");
    check_bridge("", "leader:\n  post：副县长", "14:7: error[full-width-colon]");
    check_bridge("", "leader:\n  post:副县长\n  name: 甲", "14:7: error[no-space]");
    let news = |field: &str| format!("---\ntitle: 甲\n{field}\ndate: 2023-03-01\n---\n文。\n");
    let check_news = |field: &str, told: &str| {
        check("content/news/a.md", &news(field), &format!("content/news/a.md:{told}"));
    };
    check_news("keywords: [@甲]", "3:12: error[reserved-character]");
    check_news("keywords:\n  - 乙\n  - @甲", "5:5: error[reserved-character]");
    check_news("keywords:\n  - \"甲", "4:5: error[unclosed-quote]");
    check_news("towns: [nanshan，longtan]", "3:9: error[full-width-comma]");
    check_news("summary: 甲: 乙", "3:11: error[bad-yaml]");
}

#[test]
fn words_of_the_yaml_parser_are_not_for_editors() {
    let site = Site::small("");
    for text in ["name: 甲: 乙\n", "name: [甲\n", "name: *甲\n", "name: \"\\q\"\n", "a: 1\n---\n"]
    {
        site.write(BRIDGE, text);
        let told = site.run(&["--lang", "zh-CN", "--message-format", "short", "check"]).stderr();
        let message = told.split("]: ").nth(1).unwrap();
        assert!(!message.contains("expected") && !message.contains("line"), "{told}");
        assert!(message.is_ascii() == message.is_empty(), "{told}");
    }
}

/// Asserts the places and codes that are told of the bridge's record.
#[track_caller]
fn all_told(record: &str, expected: &[&str]) {
    let site = Site::small("");
    site.write(BRIDGE, record);
    let problems = site.problems();
    let prefix = format!("{BRIDGE}:");
    let places = problems.lines().filter_map(|line| line.strip_prefix(&prefix)?.split_once("]: "));
    let places: Vec<_> = places.map(|(place, _)| format!("{place}]")).collect();
    assert_eq!(places, expected, "{problems}");
}

#[test]
fn all_mistakes_in_a_text_that_is_no_yaml_are_told() {
    let record = bridge("name: 清溪大桥", "name：清溪大桥")
        .replace("type: new", "type:new")
        .replace("total_investment: 2", "total_investment: \"2")
        .replace("2023-02, ", "2023-02， ")
        .replace("  - {period: 2023-03", "\t- {period: 2023-03");
    let told = [
        "1:5: error[full-width-colon]",
        "3:5: error[no-space]",
        "5:19: error[unclosed-quote]",
        "10:21: error[full-width-comma]",
        "11:1: error[tab-indent]",
    ];
    all_told(&record, &told);
    let tabs = bridge("", "").replace("\n  - ", "\n\t- ");
    all_told(
        &tabs,
        &["10:1", "11:1", "12:1"]
            .map(|at| format!("{at}: error[tab-indent]"))
            .each_ref()
            .map(String::as_str),
    );
    let quotes = "name: \"甲\ncategory: 'transport\ntown: \"nanshan\n";
    let told = ["1:7", "2:11", "3:7"].map(|at| format!("{at}: error[unclosed-quote]"));
    all_told(quotes, &told.each_ref().map(String::as_str));
}

#[test]
fn sound_text_is_not_blamed_for_a_mistake_elsewhere() {
    let open = ["plan: {2023: 1亿元}", "plan: {2023: 1亿元"];
    let sound = [
        "description: |\n  建设内容：新建厂房。\n  @甲,“乙”\n",
        "description: |\n  一\n  \t二\n",
        "summary: \"一句,\n  又一句\"\n",
        "summary: '一句,\n  又一句'\n",
    ];
    for text in sound {
        let record = format!("{text}{}", bridge(open[0], open[1]));
        let line = text.lines().count() + 6;
        all_told(&record, &[&format!("{line}:7: error[unclosed-bracket]")]);
    }
    let quotes = format!("name: \"甲\n{}{}", sound[2], bridge("name: 清溪大桥\n", ""));
    all_told(&quotes, &["1:7: error[unclosed-quote]"]);
}

#[test]
fn keys_that_stand_twice_are_told_where_they_do_so_again() {
    let parties = "parties:\n  - role: builder\n    name: 甲\n  - role: designer\n    name: 乙\n";
    let record = format!("name: 桥\n{parties}name: 桥\n{}", bridge("name: 清溪大桥\n", ""));
    all_told(&record, &["7:1: error[duplicate-key]"]);
    let twice = bridge("plan: {2023: 1亿元}", "plan: {2023: 1亿元, 2023: 2亿元}");
    all_told(
        &twice.replace("type: new", "type: new\ntype: new"),
        &["4:1: error[duplicate-key]", "7:19: error[duplicate-key]"],
    );
    check_bridge(
        "plan: {2023: 1亿元}",
        "plan:\n  2023: 1亿元\n  2023: 2亿元",
        "8:3: error[duplicate-key]: `2023` is written twice",
    );
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let marked = |old: &str, new: &str| format!("\u{feff}{}", bridge(old, new));
    all_told(&marked("town: nanshan", "town：nanshan"), &["4:5: error[full-width-colon]"]);
    all_told(&marked("  - {period: 2023-03", "\t- {period: 2023-03"), &["11:1: error[tab-indent]"]);
    all_told(&marked("type: new", "type: new\ntype: new"), &["4:1: error[duplicate-key]"]);
    let news = "\u{feff}---\ntitle: 甲\ndate：2023-03-01\n---\n文。\n";
    check("content/news/a.md", news, "content/news/a.md:3:5: error[full-width-colon]");
}

#[test]
fn a_file_in_another_encoding_is_told_to_be_saved_as_utf8() {
    let site = Site::small("");
    site.write(BRIDGE, [b"name: ".as_slice(), &[0xC7, 0xE5, 0xCF, 0xAA], b"\n"].concat());
    assert!(site.problems().contains("bridge.yaml:1:7: error[not-utf8]"), "{}", site.problems());
    let told = site.run(&["check"]).stderr();
    assert!(told.contains("GB18030"), "{told}");
}

#[test]
fn issues_have_their_dates_in_order() {
    let issue = |as_of: &str| {
        format!("---\nkind: weekly\nnumber: 1\n{as_of}published: 2023-04-01\n---\n文。\n")
    };
    check("content/bulletins/x.md", &issue(""), "content/bulletins/x.md:2:1: error[missing-field]");
    // The day of its figures does not become the site's: nothing is missing for April.
    let place = "content/bulletins/x.md:5:12: error[published-before-as-of]";
    check("content/bulletins/x.md", &issue("as_of: 2023-04-30\n"), place);
    let site = Site::small("");
    site.write("content/bulletins/x.md", issue("as_of: 2023-06-30\n").replace("04-01", "05-05"));
    assert!(!site.problems().contains("report-missing"), "{}", site.problems());
}

#[test]
fn an_issue_is_compared_with_another_that_there_is() {
    let issue = |compare_to: &str, published: &str| {
        format!(
            "---\nkind: weekly\nas_of: 2023-05-05\npublished: {published}\ncompare_to: {compare_to}\n---\n文。\n"
        )
    };
    let path = "content/bulletins/2023-18.md";
    let unknown = format!("{path}:5:13: error[unknown-issue]");
    check(path, &issue("2023-71", "2023-05-05"), &unknown);
    // It is not out yet.
    check(path, &issue("2023-71", "2023-06-01"), &unknown);
    let itself = format!("{path}:5:13: error[compared-with-itself]");
    check(path, &issue("2023-18", "2023-05-05"), &itself);
}

#[test]
fn what_is_yet_to_come_is_no_fact() {
    let told = |line: &str| {
        let site = Site::small("");
        site.write(BRIDGE, bridge("", line));
        site.problems()
    };
    let warning = "content/projects/bridge.yaml:13:11: warning[future-fact]: 2023-05-06 is yet";
    assert!(told("finished: 2023-05-06").starts_with(warning), "{}", told("finished: 2023-05-06"));
    assert_eq!(told("finished: 2023-05-05"), "no problems found\n");
    assert!(told("in_production: 2024").contains("bad-date"));
    assert!(told("in_production: 2023-12").contains("warning[future-fact]: 2023-12-31"));
}

#[test]
fn links_pictures_and_figures_in_prose_lead_somewhere() {
    let news = |text: &str| format!("---\ntitle: 甲\ndate: 2023-03-01\n---\n{text}\n");
    let path = "content/news/a.md";
    check(path, &news("见[桥](/projects/brigde/)。"), &format!("{path}:5:6: error[broken-link]"));
    check(path, &news("![图](no.jpg)"), &format!("{path}:5:6: error[missing-media]"));
    check(path, &news("[点](javascript:a)"), &format!("{path}:5:5: error[refused-link]"));
    check(path, &news("见![图](data:a)。"), &format!("{path}:5:7: error[refused-link]"));
    check(path, &news("开工率[[start.al]]。"), &format!("{path}:5:4: error[unknown-figure]"));
    check(
        path,
        &news("开工率[[start.all@town:nowhere]]。"),
        &format!("{path}:5:4: error[unknown-figure]"),
    );
    let batch = "签约[[projects@batch:2023-q3]]个。";
    check(path, &news(batch), &format!("{path}:5:3: error[unknown-figure]"));
    check(path, &news("见[批次](/batches/2023-q3/)。"), &format!("{path}:5:7: error[broken-link]"));
    let site = Site::small(
        "//- content/media/a.svg\n<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>\n",
    );
    site.write(path, news("![](a.svg)"));
    assert!(site.problems().contains("error[photo-without-alt]"), "{}", site.problems());
}

#[test]
fn figures_of_an_item_stay_those_of_its_own_time() {
    let told = |front: &str| {
        let site = Site::small("");
        let item = format!("---\ntitle: 甲\n{front}\n---\n完成投资[[invest.year]]。\n");
        site.write("content/news/a.md", item).problems()
    };
    let moving = "content/news/a.md:5:5: warning[moving-figure]";
    let problems = told("date: 2023-03-10");
    assert!(problems.starts_with(moving), "{problems}");
    for front in ["date: 2023-04-30", "date: 2023-03-10\nas_of: 2023-02"] {
        assert!(!told(front).contains("moving-figure"), "{front}");
    }
}

#[test]
fn a_link_to_a_place_in_a_text_finds_it_there() {
    let path = "content/news/a.md";
    let news = |links: &str| {
        format!(
            "---\ntitle: 甲\ndate: 2023-03-01\n---\n## 一、总体情况\n\n注[^1]。{links}\n\n[^1]: 乙\n"
        )
    };
    let warning = format!("{path}:7:11: warning[no-such-place]");
    check(path, &news("[见](#总体情况)"), &warning);
    check(path, &news("[见](/news/a/#二)"), &warning);
    check(path, &news("[见](/about/#nowhere)"), &warning);
    let site = Site::small("");
    let links =
        "[一](#一-总体情况)、[二](#%E4%B8%80-总体情况)、[三](/news/a/#一-总体情况)、[四](#top)";
    // What the templates add to a page is not known here.
    site.write(path, news(&format!("{links}、[五](/projects/bridge/#figures)")));
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn ids_and_routes_belong_to_one_record() {
    let other = "content/projects/more/bridge.yaml";
    let duplicate = format!("{other}:1:1: error[duplicate-id]: the project `bridge` is already in");
    check(other, &bridge("", "summary: 另一座"), &duplicate);
    let issue = "---\nkind: weekly\nas_of: 2023-04-30\npublished: 2023-05-05\n---\n文。\n";
    let path = "content/bulletins/more/2023-17.md";
    check(path, issue, &format!("{path}:1:1: error[duplicate-id]"));
    let page = "---\ntitle: 甲\n---\n文。\n";
    for route in ["projects", "en"] {
        let path = format!("content/pages/{route}.md");
        let told = "is already taken by a page of the site itself";
        let expected = format!("{path}:1:1: error[route-conflict]: the route `{route}/` {told}");
        check(&path, page, &expected);
    }
}

/// Checks that the small site's `site.yaml` has one problem when a line is replaced or, if `old` is empty, added.
#[track_caller]
fn check_site(old: &str, new: &str, place_and_code: &str) {
    let path = "content/site.yaml";
    let text = std::fs::read_to_string(Site::small("").path().join(path)).unwrap();
    assert!(text.contains(old));
    let text = if old.is_empty() { format!("{text}{new}\n") } else { text.replace(old, new) };
    check(path, &text, &format!("{path}:{place_and_code}"));
}

#[test]
fn what_a_list_of_the_site_has_twice_is_told_at_the_second() {
    let categories = "{id: transport, name: 交通}]";
    let twice = "{id: transport, name: 交通}, {id: industry, name: 工业}]";
    check_site(categories, twice, "7:72: error[duplicate-id]: the category `industry`");
    check_site("[{id: food", "[{id: food, name: 甲}, {id: food", "8:36: error[duplicate-id]");
    check_site("locales: [zh-CN, en]", "locales: [zh-CN, zh-CN]", "5:18: error[duplicate-key]");
    let towns = "\
- {id: nanshan, name: 南山镇, group: town}
- {id: longtan, name: 龙潭镇, group: twon}
";
    let path = "content/towns.yaml";
    check(path, towns, &format!("{path}:2:35: error[unknown-group]"));
    let towns = towns.replace("twon", "town") + "- {id: nanshan, name: 又一镇}\n";
    let first = "the town `nanshan` is already in content/towns.yaml";
    check(path, &towns, &format!("{path}:3:8: error[duplicate-id]: {first}"));
}

#[test]
fn a_number_of_the_method_is_within_its_bounds() {
    check_site("", "method: {decimals: {rate: 9}}", "11:27: error[out-of-range]");
    check_site("", "method: {decimals: {amount: 300}}", "11:29: error[out-of-range]");
    check_site("", "method: {no_report_months: [1, 13]}", "11:32: error[out-of-range]");
    check_site("", "method: {no_report_months: [1, 0]}", "11:32: error[out-of-range]");
}

#[test]
fn a_locale_without_words_is_one_problem() {
    check_site("locales: [zh-CN, en]", "locales: [zh-CN, fr]", "5:18: error[no-messages]");
    let site = Site::small("");
    site.edit("content/site.yaml", "[zh-CN, en]", "[zh-CN, fr]");
    site.run(&["--lang", "en", "check"]).fails(1, "themes/default/i18n/fr.yaml");
}

#[test]
fn all_problems_are_told_at_once_and_none_follows_from_another() {
    let site = Site::small("");
    site.write(BRIDGE, bridge("2亿元", "20000").replace("town: nanshan", "town: nanshn"));
    site.write("content/projects/plant.yaml", "name：甲\n");
    let problems = site.problems();
    let codes: Vec<&str> =
        problems.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    assert_eq!(codes, ["unknown-town", "bare-number", "full-width-colon"], "{problems}");
}

/// A site in which each list is named somewhere, in records, prose and links.
fn site_of_references() -> Site {
    let site = Site::small("");
    site.edit(
        "content/site.yaml",
        "sample: true",
        "money_unit: 万元\naward: {name: 红旗, group: town}",
    );
    site.write("content/pages/about.en.md", "---\ntitle: About\n---\nSee [home](/en/).\n");
    site.edit(BRIDGE, "800万元", "800");
    let links = "/towns/longtan/ /categories/industry/ /chains/food/ /batches/2023-q1/ /award/ /projects/bridge/ \
                 /bulletins/2023-17/towns/nanshan/ /en/towns/nanshan/ /feed.xml";
    let links: Vec<String> = links.split(' ').map(|to| format!("[见]({to})")).collect();
    let figures =
        "[[start.all@town:nanshan]] [[start.all@category:industry]] [[start.all@batch:2023-q1]]";
    let text = format!("{} {figures}", links.join(" "));
    site.write(
        "content/news/all.md",
        format!(
            "---\ntitle: 甲\ndate: 2023-03-01\nissue: 2023-17\ntowns: [longtan]\nchains: [food]\n---\n{text}\n"
        ),
    );
    assert_eq!(site.problems(), "no problems found\n");
    site.run(&["seal", "2023-17", "--date", crate::site::DATE]).succeeds();
    site
}

/// Asserts the places and codes of all that is told.
#[track_caller]
fn only_told(site: &Site, expected: &[impl AsRef<str>]) {
    let problems = site.problems();
    let told: Vec<_> = problems.lines().map(|line| line.split("]: ").next().unwrap()).collect();
    let expected: Vec<_> =
        expected.iter().map(|line| line.as_ref().trim_end_matches(']')).collect();
    assert_eq!(told, expected, "{problems}");
}

#[test]
fn nothing_follows_from_a_fault_of_the_site_or_its_towns() {
    let path = "content/site.yaml";
    let check_site = |old: &str, new: &str, told: &str| {
        let site = site_of_references();
        site.edit(path, old, new);
        only_told(&site, &[&format!("{path}:{told}]")]);
    };
    check_site("area: 示例县", "area：示例县", "2:5: error[full-width-colon");
    check_site("area: 示例县", "area: 甲: 乙", "2:8: error[bad-yaml");
    check_site("area: 示例县", "area: 甲\narea: 乙", "3:1: error[duplicate-key");
    check_site("money_unit: 万元", "money_unit: 百万", "6:13: error[unknown-value");
    check_site("[zh-CN, en]", "[zh-CN, e.n]", "5:18: error[bad-locale");
    check_site("categories: [", "categories: 工业 # [", "8:13: error[wrong-type");
    check_site("categories:", "categorys:", "8:1: error[unknown-field");
    check_site("{id: industry,", "{id: 工业,", "8:19: error[bad-id");
    check_site("{id: industry,", "{id：industry,", "8:17: error[full-width-colon");
    check_site("{id: food,", "{", "9:10: error[missing-field");
    check_site("{id: town,", "{", "10:10: error[missing-field");
    check_site("{id: 2023-q1,", "{id: 一季度,", "11:16: error[bad-id");
    check_site("{name: 红旗, group: town}", "红旗", "7:8: error[wrong-type");

    let site = site_of_references();
    site.edit(path, "{id: industry,", "{id: 工业,").edit(path, "{id: transport,", "{id: 交通,");
    only_told(&site, &["8:19", "8:39"].map(|at| format!("{path}:{at}: error[bad-id]")));

    let path = "content/towns.yaml";
    let check_towns = |old: &str, new: &str, told: &str| {
        let site = site_of_references();
        site.edit(path, old, new);
        only_told(&site, &[&format!("{path}:{told}]")]);
    };
    check_towns("- {id: nanshan", "- {id：nanshan", "1:6: error[full-width-colon");
    check_towns("- {id: nanshan", "- {id:nanshan", "1:6: error[no-space");
    check_towns("- {id: nanshan", "- {id: @nanshan", "1:8: error[reserved-character");
    check_towns("- {id: nanshan, name: 南山镇, group: town}", "- nanshan", "1:3: error[wrong-type");
    check_towns("- {id: longtan", "towns:\n- {id: longtan", "2:1: error[bad-yaml");
}

#[test]
fn what_does_not_follow_is_told_beside_a_fault_of_the_site() {
    let site = site_of_references();
    site.edit("content/site.yaml", "{id: industry,", "{id: 工业,");
    site.edit(BRIDGE, "town: nanshan", "town: nanshn").edit(BRIDGE, "2亿元", "-2亿元");
    let told = [
        "content/projects/bridge.yaml:4:7: error[unknown-town]",
        "content/projects/bridge.yaml:5:19: error[negative-money]",
        "content/site.yaml:8:19: error[bad-id]",
    ];
    only_told(&site, &told);
}

#[test]
fn a_file_that_is_missing_or_out_of_reach_is_told_once() {
    for (path, code) in [("content/site.yaml", "no-site"), ("content/towns.yaml", "no-towns")] {
        let site = site_of_references();
        site.remove(path);
        only_told(&site, &[&format!("{path}:1:1: error[{code}]")]);
        std::os::unix::fs::symlink("/etc/hostname", site.path().join(path)).unwrap();
        only_told(&site, &[&format!("{path}:1:1: error[symlink-outside]")]);
    }
    let site = site_of_references();
    let elsewhere = Site::from("");
    let content = site.path().join("content");
    std::fs::rename(&content, elsewhere.path().join("content")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("content"), &content).unwrap();
    only_told(&site, &["content:1:1: error[symlink-outside]"]);
}

#[test]
fn nothing_follows_from_a_fault_within_a_record() {
    check_bridge("", "shares: {nanshan: 60%, longtan: 4o%}", "13:33: error[bad-percentage]");
    check_bridge("", "photos: [桥.jpg]", "13:10: error[wrong-type]");
    let photo = bridge("", "photos: [{src: a.jpg, alt: [桥]}]");
    all_told(&photo, &["13:16: error[missing-media]", "13:28: error[wrong-type]"]);
    let report = "{period: 2023-02, cumulative: 800万元}";
    let told = |new: &str, expected: &str| {
        all_told(&format!("{}joined: 2023-01-01\n", bridge(report, new)), &[expected]);
    };
    told("{period: 2023-22, cumulative: 800万元}", "10:14: error[bad-date]");
    told("{cumulative: 800万元}", "10:5: error[missing-field]");
    told("800万元", "10:5: error[wrong-type]");
    let pools =
        "pools: [{pool: reserve, from: 2022-05-01}, {pool: construction, from: 2023-02-30}]";
    check_bridge("", pools, "13:71: error[bad-date]");
    // A faulty entry keeps its place, and those behind it theirs.
    let news = "---\ntitle: 甲\ndate: 2023-03-01\ntowns: [Nanshan, nowhere]\n---\n文。\n";
    let site = Site::small("");
    site.write("content/news/a.md", news);
    let told =
        ["content/news/a.md:4:9: error[bad-id]", "content/news/a.md:4:18: error[unknown-town]"];
    only_told(&site, &told);
    let target = "[1%, 2%, 3%, 4%, 5%, 6%, 7%, 8%, 9%, 10%, 11%, 1oo%]";
    check_bridge("", &format!("target: {target}"), "13:56: error[bad-percentage]");
}

#[test]
fn news_with_faulty_front_matter_keep_their_slug() {
    for fault in ["summary: \"甲", "summary: 甲: 乙", "title: 乙"] {
        let site = Site::small("");
        let front = format!("title: 甲\ndate: 2023-03-01\nslug: bridge-begun\n{fault}\n");
        site.write("content/news/a.md", format!("---\n{front}---\n文。\n"));
        site.write(
            "content/news/b.md",
            "---\ntitle: 丙\ndate: 2023-03-02\ncontinued_from: bridge-begun\n---\n[甲](/news/bridge-begun/)\n",
        );
        let problems = site.problems();
        assert_eq!(problems.lines().count(), 1, "{problems}");
        assert!(problems.starts_with("content/news/a.md:5:"), "{problems}");
    }
}

#[test]
fn every_kind_of_problem_is_told_in_one_run() {
    let site = Site::small(FAULTY);
    site.write("content/projects/old.yaml", [b"name: ".as_slice(), &[0xC7, 0xE5], b"\n"].concat());
    let run = site.run(&[
        "--lang",
        "en",
        "--message-format",
        "json",
        "check",
        "--date",
        crate::site::DATE,
    ]);
    let told: Vec<String> = run
        .stderr()
        .lines()
        .map(|line| {
            let problem: serde_json::Value = serde_json::from_str(line).unwrap();
            let [file, code, help] =
                ["file", "code", "help"].map(|key| problem[key].as_str().unwrap_or_default());
            let meant = help.strip_prefix("did you mean ").map(|meant| format!(": {meant}"));
            let place =
                problem["line"].as_u64().map(|line| format!(":{line}:{}", problem["column"]));
            let (place, meant) = (place.unwrap_or_default(), meant.unwrap_or_default());
            format!("{}{place} {code}{meant}", file.trim_start_matches("content/"))
        })
        .collect();
    let expected = "\
bulletins/2023-18.md:2:1 missing-field
bulletins/2023-19.md:5:12 published-before-as-of
news/front.md:4:12 unknown-project: `bridge`?
news/front.md:5:10 photo-without-alt
news/front.md:7:6 broken-link: `/projects/bridge/`?
news/front.md:8:5 photo-without-alt
news/front.md:8:17 missing-media: `a.svg`?
pages/projects.md route-conflict
pages/projects.md route-conflict
projects/a.yaml:2:11 unknown-category: `industry`?
projects/a.yaml:4:7 unknown-town: `nanshan`?
projects/a.yaml:5:8 unknown-chain: `food`?
projects/a.yaml:6:19 bare-number
projects/a.yaml:7:14 negative-money
projects/a.yaml:8:1 unknown-field: `planned_start`?
projects/a.yaml:9:10 bad-date
projects/a.yaml:10:8 wrong-type
projects/b.yaml:1:1 missing-field
projects/b.yaml:4:9 shares-sum
projects/b.yaml:6:11 finish-before-start
projects/b.yaml:8:16 missing-media
projects/b.yaml:8:35 photo-without-alt
projects/b.yaml:10:10 unknown-figure: `invest.annual`?
projects/b.yaml:10:27 unknown-figure
projects/b.yaml:12:14 report-before-joined
projects/b.yaml:14:35 cumulative-falls
projects/b.yaml:14:52 reported-before-period-end
projects/c.yaml:1:5 full-width-colon
projects/d.yaml:3:1 tab-indent
projects/e.yaml:1:7 unclosed-quote
projects/f.yaml:2:1 duplicate-key
projects/more/bridge.yaml duplicate-id
projects/old.yaml:1:7 not-utf8
";
    assert_eq!(told.join("\n"), expected.trim_end());
}

/// A site in which everything is wrong that can be, laid over the small one.
const FAULTY: &str = "\
//- content/projects/a.yaml
name: 甲
category: industri
type: new
town: nanshn
chain: fod
total_investment: 20000
plan: {2023: -1亿元}
planed_start: 2023-02
started: 2023-02-30
facts: 三亩
//- content/projects/b.yaml
category: industry
type: new
town: nanshan
shares: {nanshan: 60%, longtan: 30%}
started: 2023-03-01
finished: 2023-01-31
joined: 2023-02-01
photos: [{src: none.jpg, alt: 桥}, {src: a.svg}]
description: |
  年度投资完成率[[invest.anual]],[[start.all@batch:2023-q2]]。
reports:
  - {period: 2023-01, cumulative: 100万元}
  - {period: 2023-03, cumulative: 300万元}
  - {period: 2023-04, cumulative: 200万元, reported: 2023-04-03}
//- content/projects/c.yaml
name：丙
type: new
//- content/projects/d.yaml
name: 丁
reports:
\t- {period: 2023-02}
//- content/projects/e.yaml
name: \"戊
type: new
//- content/projects/f.yaml
name: 己
name: 己
//- content/projects/more/bridge.yaml
name: 又一座桥
category: transport
type: new
town: nanshan
//- content/bulletins/2023-18.md
---
kind: weekly
number: 18
published: 2023-05-05
---
//- content/bulletins/2023-19.md
---
kind: weekly
number: 19
as_of: 2023-05-05
published: 2023-05-04
---
//- content/news/front.md
---
title: 甲
date: 2023-03-01
projects: [brigde]
photos: [{src: a.svg}]
---
见[桥](/projects/brigde/)。
![](a.svg) ![图](b.svg)
//- content/pages/projects.md
---
title: 项目
---
//- content/media/a.svg
<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>
";

#[test]
fn warnings_do_not_forbid_publishing() {
    let site = Site::small("");
    site.write(
        BRIDGE,
        bridge("  - {period: 2023-03, cumulative: 2000万元}\n", "").replace("1亿元}", "0元}"),
    );
    site.write("content/notes.txt", "x");
    let run = site.run(&[
        "--lang",
        "en",
        "--message-format",
        "short",
        "check",
        "--date",
        crate::site::DATE,
    ]);
    let told = run.stderr();
    for code in ["report-missing", "zero-plan", "stray-file"] {
        assert!(told.contains(&format!("warning[{code}]")), "{code}: {told}");
    }
    assert_eq!(run.status(), 0);
}

#[test]
fn a_month_for_which_no_report_is_asked_is_not_missing() {
    let told = |method: &str| {
        let site = Site::small("");
        let text = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
        site.write("content/site.yaml", format!("{text}method: {method}\n"));
        site.problems()
    };
    // The plant goes on from last year and has no report for January.
    assert_eq!(told("{}"), "no problems found\n");
    let missing =
        "content/projects/plant.yaml:10:3: warning[report-missing]: there is no report for";
    assert!(told("{no_report_months: []}").starts_with(&format!("{missing} 2023-01\n")));
    assert!(told("{no_report_months: [2]}").starts_with(&format!("{missing} 2023-01\n")));
}

#[test]
fn a_report_is_missed_of_whoever_is_counted_as_owing_it() {
    let (plant, march) = ("content/projects/plant.yaml", "  - {period: 2023-03");
    let physical = "  - {period: 2023-04, physical: 30%}\n";
    let cases = [
        // Work went on in the month in which it was completed.
        ("plan:", "finished: 2023-04-15\nplan:".to_owned()),
        // A continuing project has started, whoever wrote down when.
        ("started: 2022-06-01\n", String::new()),
        // A report without an amount leaves the amount to be asked for.
        (march, format!("{physical}{march}")),
    ];
    for (old, new) in cases {
        let site = Site::small("");
        site.edit(plant, "  - {period: 2023-04, cumulative: 2000万元, total: 5000万元}\n", "");
        let told = site.edit(plant, old, &new).problems();
        let missing = "warning[report-missing]: there is no report for 2023-04";
        assert!(told.contains(missing), "{new}: {told}");
        let page = &site.view("/bulletins/2023-17/")["page"];
        let figures = page["figures"].as_array().unwrap();
        let coverage = figures.iter().find(|figure| figure["metric"] == "coverage").unwrap();
        assert_eq!(coverage["display"], "50.0%", "{new}");
    }
}

#[test]
fn a_time_of_day_is_read_as_editors_write_it() {
    let site = Site::small("");
    site.edit("content/news/start.md", "2023-02-16", "2023-02-16 9:00");
    assert_eq!(site.problems(), "no problems found\n");
    site.edit("content/news/start.md", "9:00", "9点");
    let told =
        "content/news/start.md:3:7: error[bad-date]: the time of day in `2023-02-16 9点` is none";
    assert!(site.problems().starts_with(told), "{}", site.problems());
}

#[test]
fn files_of_windows_editors_are_read() {
    let site = Site::small("");
    site.write(BRIDGE, format!("\u{feff}{}", bridge("", "summary: 一座桥").replace('\n', "\r\n")));
    assert_eq!(site.problems(), "no problems found\n");
}

/// Checks what is told of a light rule in `site.yaml`, at a part of it; nothing if no code is given.
#[track_caller]
fn check_light(rule: &str, at: &str, code: &str) {
    let site = Site::small("");
    let text = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    let line = format!("method: {{light: {rule}}}");
    let column = line.find(at).unwrap() + 1;
    let file = format!("{text}{line}\n");
    if code.is_empty() {
        site.write("content/site.yaml", file);
        assert_eq!(site.problems(), "no problems found\n");
    } else {
        let row = text.lines().count() + 1;
        check(
            "content/site.yaml",
            &file,
            &format!("content/site.yaml:{row}:{column}: error[{code}]"),
        );
    }
}

#[test]
fn a_light_rule_must_make_sense() {
    let deviation = |yellow: &str| {
        format!("{{basis: deviation-pp, green: '>= 0', yellow: {yellow}, red: '< -50'}}")
    };
    let check_yellow = |yellow: &str, code| check_light(&deviation(yellow), yellow, code);
    check_yellow("'>= -10'", "");
    check_yellow("'>= -10%'", "clause-unit");
    check_yellow("'>= -1000'", "clause-range");
    check_yellow("'>= 10'", "unreachable-clause");
    check_yellow("'>= -10 and < -30'", "clause-never-holds");
    let check_gap = |yellow: &str, code| {
        let rule =
            format!("{{basis: relative-gap, green: '<= 0', yellow: {yellow}, red: otherwise}}");
        check_light(&rule, yellow, code);
    };
    check_gap("'<= 50%'", "");
    check_gap("'<= 0.5'", "");
    check_gap("'<= 50'", "clause-unit");
    check_gap("'<= -50'", "clause-unit");
    check_gap("'<= 150%'", "clause-range");
    let check_ratio = |green: &str, code| {
        check_light(
            &format!("{{basis: ratio, green: {green}, yellow: '>= 60%', red: otherwise}}"),
            green,
            code,
        );
    };
    check_ratio("'>= 80%'", "");
    check_ratio("'>= 80'", "clause-unit");
    check_ratio("'<= 80%'", "clause-upside-down");
    check_ratio("'>= -80%'", "clause-range");
    let upside_down = "{basis: relative-gap, green: '>= 0', yellow: '>= -10%', red: otherwise}";
    check_light(upside_down, "'>= 0'", "clause-upside-down");
    let rest = "{basis: ratio, green: '>= 1', yellow: otherwise, red: '< 1'";
    check_light(&format!("{rest}}}"), "'< 1'", "unreachable-clause");
    // What a lasting yellow makes red needs no clause of its own.
    check_light(&format!("{rest}, escalate: {{yellow_months_to_red: 2}}}}"), "", "");
    let at_once = "{yellow_months_to_red: 0}";
    check_light(&format!("{rest}, escalate: {at_once}}}"), at_once, "escalates-at-once");
    let start = "{yellow_after_months: 3, red_after_months: 1}";
    check_light(&format!("{rest}, start: {start}}}"), start, "start-skips-yellow");
}

#[test]
fn a_clause_in_the_wrong_unit_is_told_how_to_write_it() {
    let site = Site::small("");
    let text = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    let rule = "{basis: deviation-pp, green: '>= 0', yellow: '>= -10%', red: otherwise}";
    site.write("content/site.yaml", format!("{text}method: {{light: {rule}}}\n"));
    site.run(&["--lang", "en", "check"]).fails(1, "write \">= -10\"");
}

#[test]
fn an_identity_number_is_never_published() {
    let number = "11010519491231002X";
    check_bridge("", &format!("summary: 联系人身份证{number}。"), "13:16: error[identity-number]");
    let news = format!("---\ntitle: 甲\ndate: 2023-03-01\n---\n身份证号{number}。\n");
    check("content/news/a.md", &news, "content/news/a.md:5:5: error[identity-number]");
    let site = Site::small("");
    site.write(
        BRIDGE,
        bridge("", &format!("internal:\n  owner: {number}\ncode: 2020-510802-47-03-000000")),
    );
    assert_eq!(site.problems(), "no problems found\n");
    site.write(BRIDGE, bridge("", &format!("summary: {number}")));
    site.run(&["--lang", "en", "check"]).fails(1, "write `110105********002X`");
}

#[test]
fn a_record_in_a_file_of_another_name_is_told() {
    let record = bridge("", "");
    for (path, meant) in [
        ("content/projects/tower.yaml.txt", "tower.yaml"),
        ("content/projects/tower.txt", "tower.yaml"),
        ("content/news/a.md.txt", "a.md"),
        ("content/site.yml", "site.yaml"),
    ] {
        let text = if path.contains("news") { "---\ntitle: 甲\n---\n" } else { &*record };
        let text = if path.contains("site") { "title: 甲\n" } else { text };
        check(path, text, &format!("{path}:1:1: error[misnamed-file]"));
        let site = Site::small("");
        site.write(path, text);
        site.run(&["--lang", "en", "check"]).fails(1, &format!("rename it to `{meant}`"));
    }
    let site = Site::small("");
    site.write("content/projects/tower.YAML", record.replace("清溪大桥", "清溪塔"));
    site.write("content/news/b.MD", "---\ntitle: 甲\ndate: 2023-03-01\n---\n文。\n");
    assert_eq!(site.problems(), "no problems found\n");
    site.build().check_file("projects/tower/index.html", "清溪塔");
}

#[test]
fn an_issue_is_not_compared_with_a_later_one() {
    let later = "---\nkind: weekly\nnumber: 18\nas_of: 2023-05-04\npublished: 2023-05-05\n---\n";
    let site = Site::small(&format!("//- content/bulletins/2023-18.md\n{later}"));
    site.edit("content/bulletins/2023-17.md", "published:", "compare_to: 2023-18\npublished:");
    site.edit("content/bulletins/2023-17.md", "published: 2023-05-05", "published: 2023-05-04");
    let told = site.problems();
    assert!(
        told.starts_with("content/bulletins/2023-17.md:5:13: error[compared-with-later]"),
        "{told}"
    );
}

#[test]
fn an_empty_field_is_told_to_be_empty() {
    let news = "---\ntitle: #快讯 合龙\ndate: 2023-03-01\n---\n文。\n";
    check(
        "content/news/a.md",
        news,
        "content/news/a.md:2:1: error[missing-field]: nothing is written after `title:`",
    );
}

#[test]
fn blanks_around_the_lines_of_a_front_matter_do_no_harm() {
    let site = Site::small("");
    site.write(
        "content/news/a.md",
        "\r\n--- \r\ntitle: 甲\r\ndate: 2023-03-01\r\n--- \r\n文。\r\n",
    );
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn another_number_is_no_slip_of_the_pen() {
    let suggested = |issue: &str| {
        let news = format!("---\ntitle: 甲\ndate: 2023-03-01\nissue: {issue}\n---\n文。\n");
        let site = Site::small(&format!("//- content/news/a.md\n{news}"));
        site.run(&["--lang", "en", "check"]).stderr().contains("did you mean `2023-17`?")
    };
    assert!(suggested("2023-017"));
    assert!(!suggested("2023-16"));
}
