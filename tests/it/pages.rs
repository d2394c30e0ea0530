//! What pages say in words.

use crate::site::{DATE, Site};

const BRIDGE: &str = "content/projects/bridge.yaml";

#[test]
fn a_page_of_an_issue_names_the_issues_day_alone() {
    let site = Site::small("");
    let later =
        "---\nkind: weekly\nnumber: 18\nas_of: 2023-05-03\npublished: 2023-05-05\n---\n文。\n";
    site.write("content/bulletins/2023-18.md", later).build();
    site.check_file("towns/nanshan/index.html", "数据截至<time datetime=\"2023-05-03\">");
    for page in ["bulletins/2023-17/", "bulletins/2023-17/towns/nanshan/"] {
        let page = format!("{page}index.html");
        site.check_file(&page, "数据截至<time datetime=\"2023-04-30\">");
        assert!(!site.read(&page).contains("2023-05-03"), "{page}");
    }
}

#[test]
fn the_page_of_a_project_that_left_says_so_and_has_no_figures() {
    let site = Site::small("");
    let left = "chain: food\nleft: {on: 2023-04-10, reason: 业主申请}";
    site.edit("content/projects/plant.yaml", "chain: food", left).build();
    let page = "projects/plant/index.html";
    site.check_file(page, "续建&nbsp;· 已调出");
    site.check_file(page, "2023年4月10日起；业主申请。调出后不再计入各项数字。");
    assert!(!site.read(page).contains("范围内无在册项目"));
    // One that counts until the year's end has figures until then.
    let method = "sample: true\nmethod: {withdrawn: keep-year}";
    site.edit("content/site.yaml", "sample: true", method).build();
    site.check_file(page, "2023年4月10日起；业主申请。</p>").check_file(page, "class=\"figures\"");
}

/// The sentence that the home page opens with, without its markup.
fn opening(site: &Site, page: &str) -> String {
    let page = site.build().read(page);
    let line = page.split("<p class=\"lede-line\">").nth(1).unwrap();
    gongbao::markdown::text_of(line.split("</p>").next().unwrap()).replace('\u{2060}', "")
}

#[test]
fn the_home_page_says_in_words_how_far_ahead_or_behind_the_work_is() {
    let site = Site::small("");
    for (amount, zh, en) in [
        (
            "4000万元",
            "超前序时进度6.7个百分点。",
            "6.7 percentage points ahead of the target by date.",
        ),
        ("3000万元", "与序时进度持平。", "just on the target by date."),
        (
            "2500万元",
            "落后序时进度3.3个百分点。",
            "3.3 percentage points behind the target by date.",
        ),
    ] {
        site.edit(
            BRIDGE,
            "2023-04, cumulative: 4000万元",
            &format!("2023-04, cumulative: {amount}"),
        );
        assert!(opening(&site, "index.html").ends_with(zh), "{zh}");
        assert!(opening(&site, "en/index.html").ends_with(en), "{en}");
        site.edit(
            BRIDGE,
            &format!("2023-04, cumulative: {amount}"),
            "2023-04, cumulative: 4000万元",
        );
    }
}

#[test]
fn the_home_page_of_a_site_without_projects_says_so() {
    let site = Site::small("");
    site.edit("content/site.yaml", "projects: [bridge]", "projects: []");
    site.edit("content/news/start.md", "projects: [bridge]\n", "");
    site.edit("content/news/start.md", "见[项目页](/projects/bridge/)。", "");
    site.remove(BRIDGE).remove("content/projects/plant.yaml");
    assert_eq!(opening(&site, "index.html"), "截至2023年4月30日，还没有在册的重点项目。");
    let en = "As of 30 April 2023, no key project is on the list yet.";
    assert_eq!(opening(&site, "en/index.html"), en);
}

#[test]
fn units_and_words_stand_in_the_order_of_the_language() {
    let site = Site::small("");
    site.build();
    site.check_file(
        "index.html",
        "<time datetime=\"2023-05-05\">2023年5月5日</time></strong> 出版",
    );
    site.check_file(
        "en/index.html",
        "<span>Published <strong><time datetime=\"2023-05-05\">5 May 2023",
    );
    let page = "towns/nanshan/index.html";
    site.check_file(page, ">2</a><span class=\"unit\">亿元</span>");
    let page = format!("en/{page}");
    site.check_file(&page, "<span class=\"big\"><span class=\"unit\">CNY</span> <a class");
    site.check_file(&page, ">200</a> <span class=\"unit\">million</span>");
}

#[test]
fn a_month_of_the_award_without_points_says_so() {
    let site = Site::small("");
    let award = "sample: true\naward: {name: 流动红旗, points: {talk: 1}}\n\
                 events: [{id: e1, kind: talk, on: 2023-02-01, town: nanshan}]";
    site.edit("content/site.yaml", "sample: true", award);
    let months = site.view("/award/")["page"]["months"].as_array().unwrap().clone();
    let scores = |month: &serde_json::Value| month["scores"].as_array().unwrap().len();
    let of = |month: &str| scores(months.iter().find(|of| of["month"]["iso"] == month).unwrap());
    assert_eq!((of("2023-02"), of("2023-03")), (2, 0));
    site.build().check_file("award/index.html", "<p>本月没有镇、园区得分。</p>");
    site.check_file("en/award/index.html", "<p>No town or park has points this month.</p>");
}

#[test]
fn an_issue_leads_to_charts_that_stay_as_they_are() {
    let site = Site::small("");
    let files = |route: &str| {
        let page = site.view(route)["page"].clone();
        [&page["curve"], &page["light_chart"], &page["rankings"][0]["chart"]]
            .map(|chart| chart["file"].clone())
    };
    let own = ["charts/curve.svg", "charts/lights.svg", "charts/rankings/town.svg"];
    assert_eq!(files("/"), own.map(serde_json::Value::from));
    let issue = files("/bulletins/2023-17/");
    let [curve, others @ ..] = &issue;
    assert_eq!(curve, "charts/bulletins/2023-17.svg");
    assert!(others.iter().all(serde_json::Value::is_null), "{others:?}");
    site.run(&["seal", "2023-17", "--date", DATE]).succeeds();
    let seal = "content/bulletins/2023-17.seal.json";
    assert!(std::fs::read_to_string(site.path().join(seal)).unwrap().contains("charts/bulletins/"));
    assert_eq!(files("/bulletins/2023-17/"), issue);
}

#[test]
fn towns_without_groups_are_one_group() {
    let site = Site::small("");
    site.edit("content/site.yaml", "groups: [{id: town, name: 镇}]\n", "");
    for town in ["nanshan, name: 南山镇", "longtan, name: 龙潭镇"] {
        site.edit("content/towns.yaml", &format!("{town}, group: town"), town);
    }
    assert_eq!(site.problems(), "no problems found\n");
    let rankings = site.view("/rankings/")["page"]["rankings"].clone();
    assert_eq!(
        (&rankings[0]["group"], &rankings[0]["rows"][0]["rank"]),
        (&"各镇".into(), &1.into())
    );
    assert_eq!(site.view("/en/rankings/")["page"]["rankings"][0]["group"], "Towns");
    assert_eq!(site.view("/towns/longtan/")["page"]["rank"]["of"], 2);
}

#[test]
fn ranks_over_time_are_those_of_the_largest_group() {
    let site = Site::small("");
    site.edit(
        "content/site.yaml",
        "{id: town, name: 镇}",
        "{id: park, name: 园区}, {id: town, name: 镇}",
    );
    let towns = std::fs::read_to_string(site.path().join("content/towns.yaml")).unwrap();
    site.write("content/towns.yaml", format!("- {{id: east, name: 东园, group: park}}\n{towns}"));
    let march = "---\nkind: weekly\nnumber: 13\nas_of: 2023-03-31\npublished: 2023-04-05\n---\n";
    site.write("content/bulletins/2023-13.md", march);
    let slope = site.view("/bulletins/2023-17/")["page"]["slope"]["table"].clone();
    assert_eq!(slope["caption"], "镇年度投资完成率位次");
    assert_eq!(slope["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn a_milestone_dated_later_is_forecast() {
    let site = Site::small("");
    let milestones = "type: new\nmilestones: [{name: 合龙, planned: 2023-03, actual: 2023-08}]";
    site.edit("content/projects/bridge.yaml", "type: new", milestones);
    let rows = site.view("/projects/bridge/")["page"]["milestone_chart"]["table"]["rows"].clone();
    assert_eq!(rows[0], serde_json::json!(["合龙", "2023年3月", "2023年8月", "—"]));
}

#[test]
fn a_rate_of_an_unknown_total_says_that_it_is_the_total() {
    let site = Site::small("");
    site.edit("content/projects/bridge.yaml", "total_investment: 2亿元\n", "");
    let figures = site.view("/projects/bridge/")["page"]["figures"].clone();
    let total = figures.as_array().unwrap().iter().find(|one| one["metric"] == "invest.total");
    assert_eq!(total.unwrap()["reason"], "总投资未填报");
}

#[test]
fn a_project_without_dates_has_no_schedule() {
    let site = Site::small(
        "//- content/projects/idea.yaml\nname: 设想\ncategory: industry\ntype: new\ntown: nanshan\n",
    );
    let page = site.build().read("projects/idea/index.html");
    assert!(!page.contains("id=\"schedule\""), "{page}");
    site.check_file("projects/bridge/index.html", "id=\"schedule\"");
}

#[test]
fn an_issue_of_a_month_or_year_is_of_the_year_that_it_is_about() {
    let issue = |kind: &str| {
        format!("---\nkind: {kind}\nas_of: 2022-12-31\npublished: 2023-01-09\n---\n上年。\n")
    };
    let site = Site::small("");
    site.write("content/bulletins/2022-12.md", issue("monthly\nnumber: 12"));
    site.write("content/bulletins/2022-annual.md", issue("annual"));
    site.write("content/bulletins/2023-01.md", issue("weekly\nnumber: 1"));
    let name = |locale: &str| {
        site.view(&format!("{locale}/bulletins/2022-annual/"))["page"]["name"].clone()
    };
    assert_eq!((name(""), name("/en")), ("2022年年报".into(), "Annual report 2022".into()));
    assert_eq!(site.view("/bulletins/2022-12/")["page"]["name"], "2022年月报第12期");
    assert_eq!(site.view("/bulletins/2023-01/")["page"]["name"], "2023年第1期");
}

#[test]
fn figures_are_in_the_language_of_the_text_around_them() {
    let site = Site::small("");
    site.edit("content/bulletins/2023-17.md", "[[invest.annual]]", "投资[[invest.year]]");
    site.build();
    let prose = "投资<a class=\"figure\" href=\"../../../en/method/#invest.year\" data-label=\"累计完成投资\"";
    site.check_file("en/bulletins/2023-17/index.html", prose);
    site.check_file("en/bulletins/2023-17/index.html", ">6000万元</a>。");
}

#[test]
fn projects_stand_in_the_official_order_and_the_farthest_behind_first_under_a_light() {
    let project = |town: &str, category: &str, done: &str| {
        format!(
            "name: {town}{category}{done}\ncategory: {category}\ntype: new\ntown: {town}\nstarted: 2023-01\nplan: {{2023: 1亿元}}\n\
             reports: [{{period: 2023-04, cumulative: {done}}}]\n"
        )
    };
    let site = Site::small("");
    site.write("content/projects/a.yaml", project("longtan", "industry", "200万元"));
    site.write("content/projects/b.yaml", project("nanshan", "industry", "300万元"));
    site.write("content/projects/c.yaml", project("longtan", "industry", "100万元"));
    let ids = |projects: &serde_json::Value| -> Vec<String> {
        let rows = projects.as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        ids(&site.view("/projects/")["page"]["projects"]),
        ["b", "bridge", "a", "c", "plant"]
    );
    let red = &site.view("/lights/")["page"]["lists"][0];
    assert_eq!(
        (&red["light"], ids(&red["projects"])),
        (&"red".into(), vec!["c".into(), "a".into(), "b".into()])
    );
}
