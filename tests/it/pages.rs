//! What pages say in words.

use crate::site::Site;

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
