//! What is published on which day, as of when, for which address; and what never is.

use serde_json::Value;

use crate::site::{DATE, Site};

/// The texts of all files of the output, in one.
fn all(site: &Site) -> String {
    let files = site.output().into_iter();
    files
        .map(|(path, bytes)| format!("{}\n{}\n", path.display(), String::from_utf8_lossy(&bytes)))
        .collect()
}

fn news(title: &str, more: &str) -> String {
    format!("---\ntitle: {title}\ntowns: [nanshan]\nprojects: [bridge]\n{more}\n---\n正文。\n")
}

#[test]
fn a_later_item_is_under_embargo_until_its_day() {
    let site = Site::small("");
    site.write("content/news/topped.md", news("大桥封顶", "date: 2023-06-01"));
    assert!(!all(site.build()).contains("大桥封顶"));
    site.run(&["build", "--date", "2023-06-01"]).succeeds();
    assert!(all(&site).contains("大桥封顶"));
    assert!(site.has("news/topped/index.html"));
}

#[test]
fn an_issue_is_out_on_its_day() {
    let site = Site::small("");
    site.run(&["build", "--date", "2023-05-04"]).succeeds();
    assert!(!all(&site).contains("2023-17"));
    site.build();
    assert!(site.has("bulletins/2023-17/index.html"));
    assert!(site.has("bulletins/2023-17/towns/longtan/index.html"));
}

#[test]
fn a_report_counts_from_when_it_is_known() {
    let site = Site::small("");
    site.edit(
        "content/projects/bridge.yaml",
        "{period: 2023-04, cumulative: 4000万元}",
        "{period: 2023-04, cumulative: 4000万元, reported: 2023-05-20}",
    );
    let done = |date: &str| {
        site.run(&["build", "--date", date, "--as-of", "2023-04-30"]).succeeds();
        figure(&site, "invest.year", "project:bridge")["numerator"].clone()
    };
    assert_eq!(done("2023-05-19"), "20000000");
    assert_eq!(done("2023-05-20"), "40000000");
}

/// A file of the output that is JSON.
fn read_json(site: &Site, route: &str) -> Value {
    serde_json::from_str(&site.read(route)).unwrap()
}

/// The figure of a metric and a scope in the open data.
fn figure(site: &Site, metric: &str, scope: &str) -> Value {
    let figures = read_json(site, "data/figures.json");
    let mut entries = figures["figures"].as_array().unwrap().iter();
    let found = entries.find(|entry| entry["metric"] == metric && entry["scope"] == scope);
    found.unwrap_or_else(|| panic!("no {metric}@{scope}")).clone()
}

#[test]
fn the_date_is_that_of_the_environment_if_none_is_named() {
    let site = Site::small("");
    let status =
        site.command().arg("build").env("SOURCE_DATE_EPOCH", "1683244800").output().unwrap().status;
    assert!(status.success());
    let by_epoch = site.output();
    assert_eq!(site.build().output(), by_epoch, "1683244800 is {DATE}");
}

#[test]
fn figures_outside_issues_are_as_of_the_day_asked_for() {
    let site = Site::small("");
    site.build();
    assert_eq!(read_json(&site, "data/figures.json")["as_of"], "2023-04-30");
    assert_eq!(figure(&site, "invest.year", "all")["numerator"], "60000000");
    site.run(&["build", "--date", DATE, "--as-of", "2023-03-31"]).succeeds();
    assert_eq!(read_json(&site, "data/figures.json")["as_of"], "2023-03-31");
    assert_eq!(figure(&site, "invest.year", "all")["numerator"], "30000000");
    assert_eq!(read_json(&site, "bulletins/2023-17/figures.json")["as_of"], "2023-04-30");
}

#[test]
fn drafts_are_shown_only_if_asked_for() {
    let site = Site::small("");
    site.write("content/news/visit.md", news("参观安排", "date: 2023-05-01\ndraft: true"));
    site.write("content/news/june.md", news("六月稿件", "date: 2023-06-01"));
    let text = all(site.build());
    assert!(!text.contains("参观安排") && !text.contains("六月稿件"));
    site.write("content/pages/plan.md", "---\ntitle: 打算\ndraft: true\n---\n未定。\n");
    let june = "---\nkind: weekly\nnumber: 22\nas_of: 2023-05-31\npublished: 2023-06-05\n---\n";
    site.write("content/bulletins/2023-22.md", june);
    site.run(&["build", "--date", DATE, "--drafts"]).succeeds();
    let text = all(&site);
    assert!(text.contains("参观安排") && text.contains("六月稿件"));
    // Who lists the site's pages does not list what is not out.
    let map = site.read("sitemap.xml");
    assert!(map.contains("/news/start/") && map.contains("/bulletins/2023-17/"), "{map}");
    for route in ["/visit/", "/june/", "/plan/", "/2023-22/"] {
        assert!(!map.contains(route), "{route}: {map}");
    }
    // The newest leads the home page.
    let home = site.read("index.html");
    let lead =
        home.split("class=\"news-lead\"").nth(1).unwrap().split("</article>").next().unwrap();
    assert!(lead.contains("六月稿件") && lead.contains("预览"), "{lead}");
}

#[test]
fn what_is_internal_reaches_no_output() {
    let site = Site::small("");
    let record = "\
name: 秘密金库
category: industry
type: new
town: nanshan
total_investment: 99亿元
plan: {2023: 33亿元}
started: 2023-01-05
visibility: internal
reports:
  - {period: 2023-02, cumulative: 11亿元}
  - {period: 2023-03, cumulative: 12亿元}
  - {period: 2023-04, cumulative: 13亿元}
";
    let before = site.build().output();
    site.write("content/projects/vault.yaml", record);
    site.edit("content/projects/bridge.yaml", "type: new", "type: new\ninternal: {电话: 暗号}");
    site.write("content/news/plan.md", news("内部安排", "date: 2023-05-01\nvisibility: internal"));
    for more in [None, Some("--drafts")] {
        site.run(&[&["build", "--date", DATE], more.as_slice()].concat()).succeeds();
        let text = all(&site);
        for secret in ["秘密金库", "vault", "内部安排", "暗号"] {
            assert!(!text.contains(secret), "{secret} with {more:?}");
        }
    }
    assert_eq!(site.build().output(), before, "not even in a sum");
}

#[test]
fn an_expired_notice_leaves_lists_and_keeps_its_page() {
    let site = Site::small("");
    let notice = news("封路通告", "date: 2023-04-01\nkind: notice\nexpires: 2023-04-20");
    site.write("content/news/notice.md", notice);
    site.run(&["build", "--date", "2023-04-20"]).succeeds();
    site.check_file("feed.xml", "封路通告");
    site.build();
    assert!(!site.read("feed.xml").contains("封路通告"));
    assert_eq!(site.view("/news/notice/")["page"]["expired"], true);
    // The issue came out when it had expired.
    for list in ["/", "/news/", "/towns/nanshan/", "/projects/bridge/", "/bulletins/2023-17/"] {
        let view = site.view(list).to_string();
        assert!(!view.contains("封路通告"), "{list}");
    }
    site.write("content/news/notice.en.md", "---\ntitle: Closed\ndate: 2023-04-01\n---\nText.\n");
    assert_eq!(site.view("/en/news/notice/")["page"]["expires"]["iso"], "2023-04-20");
    // Nor do its neighbours lead to it.
    site.write("content/news/later.md", news("复工", "date: 2023-04-21"));
    assert_eq!(site.view("/news/start/")["page"]["newer"]["route"], "news/later/");
    assert_eq!(site.view("/news/later/")["page"]["older"]["route"], "news/start/");
}

#[test]
fn what_is_to_happen_later_has_not_happened_on_the_page_of_a_project() {
    let site = Site::small("");
    let later = "left: {on: 2023-12-01, reason: 调整}\nfinished: 2023-11-30\nplan:";
    site.edit("content/projects/plant.yaml", "plan:", later);
    let page = &site.view("/projects/plant/")["page"];
    assert_eq!((&page["left"], &page["finished"]), (&Value::Null, &Value::Null));
    let view = ["view", "/projects/plant/", "--date", "2024-01-05", "--as-of", "2023-12-31"];
    let page: Value = serde_json::from_str(&site.run(&view).succeeds().stdout()).unwrap();
    assert_eq!(page["page"]["left"]["reason"], "调整");
    assert_eq!(page["page"]["finished"]["iso"], "2023-11-30");
}

#[test]
fn an_issue_gives_the_reason_of_the_pause_that_it_tells_of() {
    let site = Site::small("");
    let pauses = "\
paused:
  - {from: 2023-04-05, to: 2023-04-20, reason: 冬歇}
  - {from: 2023-04-28, to: 2023-05-01, reason: 断料}
  - {from: 2023-05-02, reason: 资金断链}
plan:";
    site.edit("content/projects/plant.yaml", "plan:", pauses);
    let earlier = "---\nkind: weekly\nas_of: 2023-03-31\npublished: 2023-04-05\n---\n三月。\n";
    site.write("content/bulletins/2023-16.md", earlier);
    let paused = &site.view("/bulletins/2023-17/")["page"]["changes"]["paused"];
    assert_eq!(paused[0]["reason"], "断料", "{paused}");
}

#[test]
fn another_address_is_used_everywhere() {
    let site = Site::small("");
    let address = "https://mirror.example.net/a/b/";
    site.run(&["build", "--date", DATE, "--base-url", address]).succeeds();
    let text = all(&site);
    assert!(!text.contains("https://example.org/xmjs/"));
    site.check_file("sitemap.xml", &format!("{address}towns/nanshan/"));
    site.check_file("feed.xml", &format!("{address}news/start/"));
    let named = site.edit("content/site.yaml", "https://example.org/xmjs/", address);
    assert_eq!(all(named.build()), text, "the option is the same as the field");
}
