//! The method page says what is computed, under every setting.

use serde_json::Value;

use crate::site::Site;

/// The method page of a site with a method, as its view and as a reader has it.
fn method_page(method: &str) -> (Value, String) {
    let site = Site::small("");
    let text = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    site.write("content/site.yaml", format!("{text}method: {method}\n"));
    let page = site.view("/method/")["page"].clone();
    site.build();
    (page, site.read("method/index.html"))
}

/// The conditions of the rules for projects and for towns.
fn clauses(page: &Value) -> [Vec<String>; 2] {
    [0, 1].map(|rule| {
        let clauses = page["lights"][rule]["clauses"].as_array().unwrap();
        clauses.iter().map(|clause| clause[1].as_str().unwrap().to_owned()).collect()
    })
}

#[test]
fn every_preset_is_told_with_its_bounds_for_projects_and_towns() {
    let points = ["> −10 个百分点", "≥ −30 个百分点", ""];
    let ratio = ["≥ 80%", "≥ 60%", ""];
    for (preset, project, scope) in [
        ("yinchuan-2025", points, points),
        ("sanya-2022", ["≤ 0%", "≤ 50%", ""], ["≤ 0%", "> 0%", ""]),
        ("wuhan", ratio, ratio),
        ("xinhuang-2015", ratio, ratio),
    ] {
        let (page, html) = method_page(&format!("{{light: {preset}}}"));
        assert_eq!(
            clauses(&page),
            [project.map(String::from), scope.map(String::from)],
            "{preset}"
        );
        let (month, year) = ("当月任务", "按开工评定");
        assert_eq!(html.contains(month), preset == "xinhuang-2015", "{preset}");
        assert_eq!(html.contains(year), preset == "yinchuan-2025", "{preset}");
        assert_eq!(html.contains("应报月份未报送，当月完成数不明"), preset == "xinhuang-2015");
        assert_eq!(html.contains("连续2个月末为黄灯的转为红灯"), preset == "sanya-2022");
        assert!(html.contains("不评开工") && html.contains("四舍五入，存在总计与分项合计不等"));
    }
}

#[test]
fn a_rule_written_out_is_told_as_it_is_tried() {
    let rule = "{basis: deviation-pp, green: '>= 0', yellow: '>= -20 and < 0', red: '< -30', start: {yellow_after_months: 2}}";
    let (page, html) = method_page(&format!("{{light: {rule}}}"));
    let expected = ["≥ 0 个百分点", "≥ −20 个百分点，且< 0 个百分点", "< −30 个百分点"];
    assert_eq!(clauses(&page)[0], expected);
    assert_eq!((&page["rule"], &page["lights"][0]["start_yellow"]), (&"site".into(), &2.into()));
    assert_eq!(page["lights"][0]["start_red"], Value::Null);
    // Between −30 and −20 nothing holds.
    assert!(html.contains("不合任何一条") && html.contains("本站自定"));
}

#[test]
fn the_conventions_are_those_in_force() {
    let (_, html) = method_page("{}");
    for said in [
        "自调出日起不再计入",
        "计划仍计入分母",
        "公布值相同即并列",
        "四舍五入；比率保留1位",
        "1月，其完成数并入",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let (page, html) = method_page(
        "{withdrawn: keep-year, unreported: exclude, ties: exact, rounding: half-even, no_report_months: []}",
    );
    for said in
        ["自次年1月1日起不再计入", "分子、分母都不计入", "未取整的值相同才并列", "GB/T 8170"]
    {
        assert!(html.contains(said), "{said}");
    }
    assert!(page["unrated"].as_array().unwrap().contains(&"unrated_not_reported".into()));
    assert!(!html.contains("免报月份不计") && !html.contains("其完成数并入"));
}

#[test]
fn only_what_the_site_uses_is_explained() {
    let (page, html) = method_page("{}");
    let ids = |page: &Value| {
        let metrics = page["metrics"].as_array().unwrap().clone();
        metrics.iter().map(|metric| metric["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = ids(&page);
    assert!(all.contains(&"invest.annual".into()) && !all.contains(&"award.points".into()));
    assert!(!all.iter().any(|id| id.starts_with("events.")));
    for absent in ["跨镇", "工作日", "红黑榜", "上年12月31日在库"] {
        assert!(!html.contains(absent), "{absent}");
    }
    let site = Site::small("");
    let bridge = "content/projects/bridge.yaml";
    let more = "type: new\npools: [{pool: reserve, from: 2022-01-01}]\nshares: {nanshan: 50%, longtan: 50%}\ntarget: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100%]\ndisclosures: [{kind: tender, title: 招标, formed_on: 2023-05-04}]";
    site.edit(bridge, "type: new", more).build();
    for said in
        ["上年12月31日在库", "各镇之和等于全县", "20个工作日内", "法定节假日", "项目自定进度的"]
    {
        site.check_file("method/index.html", said);
    }
}
