//! What may be a mistake is told, and forbids nothing.

use crate::site::Site;

const BRIDGE: &str = "content/projects/bridge.yaml";
const PLANT: &str = "content/projects/plant.yaml";

/// Checks what is told of a small site after an edit of one file: one line that begins so, or nothing if it is empty.
#[track_caller]
fn check_edit(path: &str, old: &str, new: &str, expected: &str) {
    let site = Site::small("");
    let told = site.edit(path, old, new).problems();
    let expected = match expected {
        "" => "no problems found".to_owned(),
        place_and_code => format!("{path}:{place_and_code}"),
    };
    assert!(told.starts_with(&expected) && told.lines().count() == 1, "{expected}\nfound:\n{told}");
}

/// The line of the bridge's record behind which tests add theirs.
const APRIL: &str = "  - {period: 2023-04, cumulative: 4000万元}\n";

#[track_caller]
fn check_bridge(more: &str, expected: &str) {
    check_edit(BRIDGE, APRIL, &format!("{APRIL}{more}\n"), expected);
}

#[test]
fn a_project_that_owes_reports_has_a_plan_for_the_year() {
    let missing = "6:7: warning[no-plan]: the plan for 2023 is missing";
    check_edit(BRIDGE, "{2023: 1亿元}", "{2024: 1亿元}", missing);
    check_edit(PLANT, "{2023: 5000万元}", "{2022: 5000万元}", &missing.replace("6:7", "7:7"));
    // The plan of a project that is not to start yet may come later.
    let later = "joined: 2023-05-01\nplan: {2024: 1亿元}";
    let reports = "\
planned_start: 2023-02
started: 2023-02-15
reports:
  - {period: 2023-02, cumulative: 800万元}
  - {period: 2023-03, cumulative: 2000万元}
  - {period: 2023-04, cumulative: 4000万元}
";
    let site = Site::small("");
    site.edit(BRIDGE, reports, "planned_start: 2024-02\n");
    site.edit(BRIDGE, "plan: {2023: 1亿元}", "plan: {2024: 1亿元}");
    assert_eq!(site.problems(), "no problems found\n");
    site.edit(BRIDGE, "planned_start: 2024-02", "planned_start: 2023-04");
    assert!(site.problems().contains(&format!("{BRIDGE}:{missing}")), "{}", site.problems());
    // It is not on the list yet, or no more.
    site.edit(BRIDGE, "plan: {2024: 1亿元}", later);
    assert_eq!(site.problems(), "no problems found\n");
    site.edit(BRIDGE, "joined: 2023-05-01", "left: {on: 2023-04-01, reason: 撤回备案}");
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn a_period_that_is_yet_to_come_is_told() {
    let warning = "13:14: warning[future-fact]: 2062-05-31 is yet to come and the report";
    check_bridge("  - {period: 2062-05, cumulative: 4100万元}", warning);
}

#[test]
fn a_fall_is_told_at_the_line_that_was_written_last() {
    let falls = |old: &str, new: &str, told: &str| {
        let site = Site::small("");
        let problems = site.edit(BRIDGE, old, new).problems();
        let expected = format!("{BRIDGE}:{told}");
        assert!(problems.starts_with(&expected), "{expected}\nfound:\n{problems}");
    };
    let known = "  - {period: 2023-04, cumulative: 4000万元, reported: 2023-05-04}\n";
    let again = "  - {period: 2023-04, cumulative: 4500万元}\n";
    let told = "13:35: error[cumulative-falls]: 2023-04 is reported twice, first as 4500万元 (known on \
                2023-04-30), then as 4000万元 (known on 2023-05-04)";
    falls(APRIL, &format!("{known}{again}"), told);
    let told = "13:35: error[cumulative-falls]: the cumulative figure falls from 3000万元 at 2023-02 to \
                2000万元 at 2023-03";
    let february = "  - {period: 2023-02, cumulative: 3000万元, revision: 补报}\n";
    falls(APRIL, &format!("{APRIL}{february}"), told);
}

#[test]
fn a_period_reported_anew_says_why() {
    let again = |rest: &str| format!("  - {{period: 2023-04, cumulative: {rest}}}");
    let warning = "13:35: warning[unexplained-revision]: 2023-04 is reported twice, first as 4";
    check_bridge(&again("4500万元, reported: 2023-05-04"), warning);
    check_bridge(&again("4500万元"), warning);
    check_bridge(&again("4500万元, reported: 2023-05-04, revision: 补报设备款"), "");
    check_bridge(&again("4000万元, reported: 2023-05-04"), "");
    // The one written last is the one known first, for it does not say when it was reported.
    let known = "  - {period: 2023-04, cumulative: 4000万元, reported: 2023-05-04}\n";
    check_edit(
        BRIDGE,
        APRIL,
        &format!("{known}{}\n", again("3900万元")),
        &warning.replace("as 4", "as 3900万元"),
    );
}

#[test]
fn issues_of_one_kind_and_year_have_numbers_of_their_own() {
    let issue =
        |kind: &str, days: &str| format!("---\nkind: {kind}\nnumber: 17\n{days}\n---\n文。\n");
    let path = "content/bulletins/2023-18.md";
    let told = |kind: &str, days: &str| {
        let site = Site::small("");
        site.write(path, issue(kind, days)).problems()
    };
    let days = "as_of: 2023-05-05\npublished: 2023-05-05";
    let warning = format!("{path}:3:9: warning[duplicate-number]: number 17 of the year");
    assert!(told("weekly", days).contains(&warning), "{}", told("weekly", days));
    assert!(!told("special", days).contains("duplicate-number"));
    let before = "as_of: 2022-05-05\npublished: 2022-05-05";
    assert!(!told("weekly", before).contains("duplicate-number"));
}

#[test]
fn a_project_written_down_twice_is_told() {
    let code = "code: 2023-510802-47-03-000001\ntype:";
    let site = Site::small("");
    site.edit(BRIDGE, "type:", code).edit(PLANT, "type:", code);
    let warning =
        format!("{PLANT}:4:7: warning[duplicate-code]: {BRIDGE} has the same project code\n");
    assert_eq!(site.problems(), warning);
    let site = Site::small("");
    site.edit(PLANT, "鲜果饮料厂", "清溪大桥");
    assert_eq!(site.problems(), "no problems found\n");
    site.edit(PLANT, "town: longtan", "town: nanshan");
    let warning = format!("{PLANT}:1:7: warning[same-name]: {BRIDGE} has the same name and town\n");
    assert_eq!(site.problems(), warning);
}

#[test]
fn a_plan_above_the_total_investment_is_told() {
    let warning = "6:14: warning[plan-above-total]: the plan of 30000万元 for 2023 is above";
    check_edit(BRIDGE, "{2023: 1亿元}", "{2023: 3亿元}", warning);
    check_edit(
        BRIDGE,
        "{2023: 1亿元}",
        "{2023: 1亿元, 2024: 3亿元}",
        &warning.replace("6:14", "6:25").replace("2023", "2024"),
    );
    check_edit(BRIDGE, "{2023: 1亿元}", "{2023: 2亿元}", "");
    // The total was cut after that year.
    let total = "[{from: 2021-01-01, amount: 3亿元}, {from: 2023-01-01, amount: 1亿元}]";
    let plan = format!("total_investment: {total}\nplan: {{2022: 2亿元, 2023: 5000万元}}");
    check_edit(PLANT, "total_investment: 1亿元\nplan: {2023: 5000万元}", &plan, "");
}

#[test]
fn a_pause_is_looked_at_again_in_time() {
    let pause = |rest: &str| format!("paused: [{{from: 2023-02-20, reason: 汛期, {rest}}}]");
    let warning = "13:52: warning[review-overdue]: the pause was to be reviewed by 2023-04-01";
    check_bridge(&pause("review_by: 2023-04-01"), warning);
    check_bridge(&pause("review_by: 2023-05"), "");
    check_bridge(&pause("review_by: 2023-04-01, to: 2023-04-10"), "");
}

#[test]
fn what_was_done_since_the_start_is_known_or_told_to_be_written() {
    let site = Site::small("");
    let total = ", total: 5000万元";
    for report in [", total: 3000万元", ", total: 3500万元", ", total: 4000万元", total] {
        site.edit(PLANT, report, "");
    }
    // It started in 2022, and the end of that year is reported.
    assert_eq!(site.problems(), "no problems found\n");
    site.edit(PLANT, "period: 2022-12", "period: 2022-11");
    let told = site.problems();
    assert!(told.starts_with(&format!("{PLANT}:10:3: warning[total-unknown]")), "{told}");
    site.edit(PLANT, "cumulative: 2000万元", &format!("cumulative: 2000万元{total}"));
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn a_project_that_is_public_before_it_joins_is_told() {
    let site = Site::small("");
    let joined = "name: 水厂\ncategory: industry\ntype: new\ntown: nanshan\njoined: 2023-06-01\n";
    let problems = site.write("content/projects/water.yaml", joined).problems();
    let told = "content/projects/water.yaml:5:9: warning[future-fact]: it joins on 2023-06-01";
    assert!(problems.contains(told), "{problems}");
}

#[test]
fn a_report_that_is_yet_to_be_made_is_told() {
    let march = "{period: 2023-03, cumulative: 2000万元";
    let typed = format!("{march}, reported: 2032-04-04");
    let told = "11:53: warning[future-fact]: 2032-04-04 is yet to come and the report";
    let site = Site::small("");
    let problems = site.edit(BRIDGE, march, &typed).problems();
    assert!(problems.contains(&format!("{BRIDGE}:{told}")), "{problems}");
}

#[test]
fn a_report_of_a_day_after_leaving_is_told() {
    let left = "town: nanshan\nleft: {on: 2023-04-15, reason: 停建}";
    let told =
        "13:14: warning[report-after-left]: it reports on 2023-04-30, after the project left";
    check_edit(BRIDGE, "town: nanshan", left, told);
}

#[test]
fn a_revision_says_on_which_day_it_was_made() {
    let revised = "  - {period: 2023-04, cumulative: 3900万元, revision: 多报}";
    check_bridge(revised, "13:53: warning[undated-revision]: it does not say when it was revised");
    check_bridge(&revised.replace("revision", "reported: 2023-05-04, revision"), "");
    // What it revises was reported late: it would revise nothing.
    let site = Site::small("");
    site.edit(BRIDGE, "4000万元}", &format!("4000万元, reported: 2023-05-03}}\n{revised}"));
    let told =
        format!("{BRIDGE}:13:53: error[undated-revision]: it does not say when it was revised");
    assert!(site.problems().contains(&told), "{}", site.problems());
}

#[test]
fn investment_in_what_has_not_started_is_told() {
    let told = "11:5: warning[no-start]: investment is reported, but `started` is not written";
    check_edit(BRIDGE, "started: 2023-02-15\n", "", told);
    let site = Site::small("");
    site.edit(BRIDGE, "started: 2023-02-15\n", "").edit(
        BRIDGE,
        "4000万元",
        "4000万元, note: 前期费用",
    );
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn a_start_behind_the_planned_finish_is_a_delay_and_no_mistake() {
    check_edit(
        BRIDGE,
        "planned_start: 2023-02",
        "planned_start: 2022-06\nplanned_finish: 2023-01",
        "",
    );
}

#[test]
fn an_item_is_not_older_than_its_figures() {
    let told =
        "4:8: warning[early-item]: the item is of 2023-02-16, but its figures are to be as of";
    check_edit("content/news/start.md", "as_of: 2023-02", "as_of: 2023-03", told);
}

#[test]
fn units_that_were_mixed_up_show_against_other_amounts() {
    let plan = |amount| format!("{{2023: {amount}}}");
    let above = "12:35: warning[above-plan]";
    check_edit(BRIDGE, &plan("1亿元"), &plan("2600万元"), above);
    check_edit(BRIDGE, &plan("1亿元"), &plan("2700万元"), "");
    check_edit(BRIDGE, &plan("1亿元"), &plan("1万元"), "6:14: warning[negligible-amount]");
    let impossible = "12:35: error[impossible-amount]: 200000万元 done, of a project of 20000万元";
    check_edit(BRIDGE, "4000万元}", "20亿元}", impossible);
    let reports = "cumulative: 4000元}";
    let site = Site::small("");
    site.edit(BRIDGE, "800万元}", "800元}").edit(BRIDGE, "2000万元}", "2000元}");
    let told = site.edit(BRIDGE, "cumulative: 4000万元}", reports).problems();
    assert!(told.starts_with(&format!("{BRIDGE}:12:35: warning[negligible-amount]")), "{told}");
}

#[test]
fn progress_that_falls_is_told_unless_it_is_revised() {
    let progress = |april: &str| {
        let site = Site::small("");
        site.edit(BRIDGE, "2000万元}", "2000万元, physical: 9%}");
        site.edit(BRIDGE, "4000万元}", &format!("4000万元, {april}}}")).problems()
    };
    let told = progress("physical: 0.9%");
    assert!(told.contains("12:53: warning[physical-falls]"), "{told}");
    assert!(told.contains("from 9% at 2023-03 to 0.9%"), "{told}");
    assert_eq!(progress("physical: 8.5%, revision: 重新测算"), "no problems found\n");
}

#[test]
fn a_report_of_a_year_before_a_new_project_started_is_told() {
    check_bridge(
        "  - {period: 2022-04, cumulative: 4100万元}",
        "13:14: warning[report-before-start]",
    );
}

#[test]
fn what_is_dated_far_ahead_is_told() {
    let start = "content/news/start.md";
    check_edit(start, "date: 2023-02-16", "date: 2032-02-16", "3:7: warning[far-day]");
    check_edit(start, "date: 2023-02-16", "date: 2023-12-16", "");
    let batch = "on: 2023-02-10, projects";
    let told = "10:57: warning[far-day]";
    check_edit("content/site.yaml", batch, "on: 2032-02-10, projects", told);
    for key in ["expires", "updated"] {
        let early = format!("date: 2023-02-16\n{key}: 2023-02-15");
        let told = format!("4:{}: warning[early-day]", key.len() + 3);
        check_edit(start, "date: 2023-02-16", &early, &told);
    }
    let issue = "content/bulletins/2023-17.md";
    check_edit(issue, "published: 2023-05-05", "published: 2032-05-05", "5:12: warning[far-day]");
}

#[test]
fn a_town_in_no_group_is_told_where_there_are_groups() {
    let town = "{id: longtan, name: 龙潭镇";
    check_edit(
        "content/towns.yaml",
        &format!("{town}, group: town}}"),
        &format!("{town}}}"),
        "2:8: warning[no-group]",
    );
}

#[test]
fn a_mobile_number_is_told_but_those_of_contacts() {
    check_bridge("summary: 联系人电话13812345678。", "13:15: warning[mobile-number]");
    let site = Site::small("");
    site.edit(
        "content/site.yaml",
        "{name: 示例县融媒体中心}",
        "{name: 甲, phone: \"13812345678\"}",
    );
    site.edit(BRIDGE, "2亿元", "20000000000元").edit(
        BRIDGE,
        "type: new",
        "type: new\ninternal: 13812345678",
    );
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn files_of_a_theme_that_nothing_reads_are_told() {
    let site = Site::small(
        "//- themes/own/i18n/zh_CN.yaml\nnews: 要闻\n\
         //- themes/own/tokens.css\n:root {}\n\
         //- themes/own/templates/twon.html\n甲\n\
         //- themes/own/templates/pages/town.html\n甲\n\
         //- themes/own/templates/pages/towns.html\n甲\n\
         //- themes/own/templates/tags.html\n{%- component own() %}甲{% endcomponent own %}\n\
         //- themes/own/templates/town.html\n{% extends \"own/frame.html\" %}\n\
         //- themes/own/templates/frame.html\n\u{feff}{% extends \"default/town.html\" %}\n\
         //- themes/own/README.md\n甲\n",
    );
    site.edit("content/site.yaml", "sample: true", "sample: true\ntheme: own");
    let told = site.problems();
    let places: Vec<_> = told.lines().filter_map(|line| line.split(": warning").next()).collect();
    let expected = [
        "i18n/zh_CN.yaml",
        "templates/pages/town.html",
        "templates/pages/towns.html",
        "templates/twon.html",
        "tokens.css",
    ];
    assert_eq!(places, expected.map(|path| format!("themes/own/{path}:1:1")), "{told}");
    site.run(&["check"]).succeeds();
    let help = site.run(&["check", "--date", "2023-05-05"]).stderr();
    assert!(
        help.contains("`zh-CN.yaml` 或 `en.yaml`")
            && help.contains("是不是 `town.html`")
            && help.contains("移到 templates/ 下：`templates/towns.html`"),
        "{help}"
    );
}
