//! What helps people begin: `new`, `view`, `schema`, `headers`.

use crate::site::Site;

/// Asserts that nothing is told of a site but that some projects are to be filled in.
#[track_caller]
fn only_placeholders(site: &Site, projects: usize) {
    let told = problems_today(site);
    assert_eq!(told.lines().count(), projects, "{told}");
    assert!(told.lines().all(|line| line.contains(":1:7: warning[placeholder]")), "{told}");
}

/// What `check` says today, for what is new is dated so.
fn problems_today(site: &Site) -> String {
    site.run(&["--lang", "en", "--message-format", "short", "check"]).stderr()
}

#[test]
fn a_new_site_with_one_of_each_is_sound() {
    let site = Site::from("");
    for what in [
        &["new", "site"][..],
        &["new", "town", "beihe", "北河镇"],
        &["new", "town", "donghu"],
        &["new", "project", "library"],
        &["new", "news", "spring"],
        &["new", "bulletin", "2023-01"],
    ] {
        site.run(what).succeeds();
    }
    only_placeholders(&site, 2);
    site.run(&["build"]).succeeds();
    assert!(site.has("towns/beihe/index.html") && site.has("projects/library/index.html"));
}

#[test]
fn what_is_new_names_what_the_site_has() {
    let site = Site::from(
        "\
//- content/site.yaml
title: 公报
area: 和平区
base_url: https://example.org/
categories: [{id: water, name: 水利}]
groups: [{id: street, name: 街道}]
//- content/towns.yaml
- {id: heping, name: 和平街道, group: street}
",
    );
    site.run(&["new", "town", "xinhua", "新华街道"]).succeeds();
    site.run(&["new", "project", "dam"]).succeeds();
    only_placeholders(&site, 1);
}

#[test]
fn what_the_guide_says_to_try_in_a_new_site_works() {
    let guide = include_str!("../../README.md");
    let line = guide.lines().find(|line| line.contains("`gongbao new project")).unwrap();
    let commands = line.split('`').filter_map(|code| code.split_once("new ").map(|(_, what)| what));
    let site = Site::from("");
    site.run(&["new", "site"]).succeeds();
    let mut count = 0;
    for what in commands {
        let arguments: Vec<&str> = ["new"].into_iter().chain(what.split(' ')).collect();
        site.run(&arguments).succeeds();
        count += 1;
    }
    assert_eq!(count, 4);
    only_placeholders(&site, 2);
}

#[test]
fn a_new_issue_has_the_kind_and_number_that_its_id_says() {
    let site = Site::small("");
    for (id, kind, number) in [
        ("2023-18", "weekly", 18),
        ("2023-04-monthly", "monthly", 4),
        ("2023-q2", "quarterly", 2),
        ("2023-annual", "annual", 1),
        ("special", "weekly", 1),
    ] {
        site.run(&["new", "bulletin", id]).succeeds();
        let text = std::fs::read_to_string(site.path().join(format!("content/bulletins/{id}.md")));
        let text = text.unwrap();
        assert!(text.contains(&format!("\nkind: {kind} ")), "{id}: {text}");
        assert!(text.contains(&format!("\nnumber: {number}\n")), "{id}: {text}");
    }
}

#[test]
fn a_record_is_made_within_a_site_alone() {
    let elsewhere = Site::from("");
    elsewhere.run(&["new", "project", "bridge"]).fails(2, "new site");
    assert!(!elsewhere.path().join("content").exists());
}

#[test]
fn a_title_that_was_not_filled_in_is_told_once_the_item_is_to_be_published() {
    let site = Site::small("");
    site.run(&["new", "news", "spring"]).succeeds();
    assert_eq!(problems_today(&site), "no problems found\n");
    site.edit("content/news/spring.md", "draft: true", "draft: false");
    let told =
        "content/news/spring.md:2:8: warning[placeholder]: `标题` is still to be filled in\n";
    assert!(problems_today(&site).contains(told), "{}", problems_today(&site));
}

#[test]
fn what_is_there_is_not_written_over() {
    let site = Site::small("");
    let before = std::fs::read(site.path().join("content/projects/bridge.yaml")).unwrap();
    site.run(&["new", "project", "bridge"]).fails(2, "bridge.yaml");
    site.run(&["new", "site"]).fails(2, "site.yaml");
    assert_eq!(std::fs::read(site.path().join("content/projects/bridge.yaml")).unwrap(), before);
    site.run(&["new", "town", "nanshan"]).fails(2, "towns.yaml 里已经有 `nanshan`");
}

#[test]
fn a_list_of_towns_in_another_encoding_is_left_alone() {
    let site = Site::small("");
    let list = b"- {id: nanshan, name: \xc4\xcf\xc9\xbd\xd5\xf2}\n";
    site.write("content/towns.yaml", list);
    site.run(&["new", "town", "longtan"]).fails(2, "UTF-8");
    assert_eq!(std::fs::read(site.path().join("content/towns.yaml")).unwrap(), list);
}

#[test]
fn a_list_of_towns_to_which_no_line_can_be_added_is_left_alone() {
    let list = "[{id: nanshan, name: 南山镇}]\n";
    let site = Site::small(&format!("//- content/towns.yaml\n{list}"));
    site.run(&["new", "town", "longtan"]).fails(2, "towns.yaml");
    assert_eq!(std::fs::read_to_string(site.path().join("content/towns.yaml")).unwrap(), list);
}

#[test]
fn an_id_must_be_fit_for_an_address() {
    let site = Site::small("");
    for id in ["南山", "A", "../up", "a b", "-"] {
        assert_eq!(site.run(&["new", "project", "--", id]).status(), 2, "{id}");
    }
}

#[test]
fn the_view_of_a_route_is_printed() {
    let site = Site::small("");
    let view = site.view("/projects/bridge/");
    assert_eq!(view["frame"]["kind"], "project");
    assert_eq!(view["frame"]["url"], "https://example.org/xmjs/projects/bridge/");
    assert_eq!(site.view("projects/bridge"), view);
    assert_eq!(site.view("/en/projects/bridge/")["frame"]["locale"], "en");
}

#[test]
fn a_route_that_is_not_there_is_told_with_a_suggestion() {
    let site = Site::small("");
    site.run(&["view", "/projects/brigde/"]).fails(2, "/projects/bridge/");
}

#[test]
fn each_kind_of_file_has_a_schema() {
    for kind in ["site", "towns", "project", "news", "bulletin"] {
        let printed = Site::from("").run(&["schema", kind]);
        let schema: serde_json::Value = serde_json::from_str(&printed.succeeds().stdout()).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{kind}");
        if kind == "project" {
            // What may be left out may be left empty.
            let kinds = schema["properties"]["finished"]["anyOf"].to_string();
            assert!(kinds.contains("null"), "{schema}");
        }
    }
}

#[test]
fn a_new_site_says_no_more_than_it_knows() {
    let site = Site::from("");
    site.run(&["new", "site"]).succeeds();
    site.build();
    let home = site.read("index.html");
    let lede = home.split("class=\"lede-line\">").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(lede.contains("个在册重点项目") && !lede.contains('—'), "{lede}");
}

#[test]
fn the_headers_of_a_careful_host_are_printed_for_each_kind_of_host() {
    let printed = |form: &str| Site::from("").run(&["headers", "--form", form]).succeeds().stdout();
    let policy = "default-src 'none'; script-src 'self'; style-src 'self';";
    assert!(printed("plain").starts_with(&format!("Content-Security-Policy: {policy}")));
    assert!(
        printed("nginx").starts_with(&format!("add_header Content-Security-Policy \"{policy}"))
    );
    assert!(
        printed("apache")
            .starts_with(&format!("Header always set Content-Security-Policy \"{policy}"))
    );
    assert!(!printed("plain").contains("unsafe"));
}

#[test]
fn what_is_new_is_to_be_filled_in_before_it_is_out() {
    let site = Site::small("");
    site.run(&["new", "news", "spring"]).succeeds();
    site.run(&["new", "project", "library"]).succeeds();
    let told = "content/projects/library.yaml:1:7: warning[placeholder]: `项目名称` is still to be filled in\n";
    assert_eq!(problems_today(&site), told);
    site.run(&["build"]).succeeds();
    assert!(!site.has("news/spring/index.html"));
    site.edit("content/projects/library.yaml", "项目名称", "县图书馆");
    assert_eq!(problems_today(&site), "no problems found\n");
}
