//! The outputs that other programs read.

use serde_json::{Value, json};

use crate::site::Site;

fn data(site: &Site, route: &str) -> Value {
    serde_json::from_str(&site.read(route)).unwrap()
}

/// The entry of a metric and scope, of which there is one.
#[track_caller]
fn entry<'a>(figures: &'a Value, metric: &str, scope: &str) -> &'a Value {
    let entries = figures["figures"].as_array().unwrap();
    let mut found =
        entries.iter().filter(|entry| entry["metric"] == metric && entry["scope"] == scope);
    let entry = found.next().unwrap_or_else(|| panic!("no {metric} of {scope}"));
    assert_eq!(found.next(), None);
    entry
}

#[test]
fn each_figure_is_there_exactly_with_what_it_is_of() {
    let site = Site::small("");
    let figures = data(site.build(), "data/figures.json");
    assert_eq!(figures["as_of"], "2023-04-30");
    assert_eq!(figures["known_by"], "2023-05-05");
    assert_eq!(figures["issue"], "2023-17");
    assert_eq!(
        *entry(&figures, "invest.annual", "all"),
        json!({
            "metric": "invest.annual", "scope": "all",
            "numerator": "60000000", "denominator": "150000000", "value": 0.4, "display": "40.0%",
            "label": "年度投资完成率", "basis": entry(&figures, "invest.annual", "all")["basis"],
            "as_of": "2023-04-30"
        })
    );
    assert_eq!(
        *entry(&figures, "invest.year", "project:bridge"),
        json!({
            "metric": "invest.year", "scope": "project:bridge",
            "numerator": "40000000", "value": 40_000_000, "display": "4000万元",
            "label": "累计完成投资", "basis": "全部在册项目,自当年1月1日起", "as_of": "2023-04-30"
        })
    );
    let none = entry(&figures, "finish.due", "town:nanshan");
    assert_eq!((&none["value"], &none["display"]), (&Value::Null, &json!("—")));
    assert_eq!(none["reason"], "无当年应竣工项目");
    // What counts projects makes no sense for one of them.
    let entries = figures["figures"].as_array().unwrap();
    assert!(!entries.iter().any(|entry| entry["metric"] == "started"
        && entry["scope"].as_str().unwrap().starts_with("project:")));
}

#[test]
fn lights_and_rankings_stand_beside_the_figures() {
    let site = Site::small("");
    let figures = data(site.build(), "data/figures.json");
    let lights = figures["lights"].as_array().unwrap();
    let bridge = lights.iter().find(|light| light["scope"] == "project:bridge").unwrap();
    assert_eq!(bridge["light"], "green");
    assert_eq!((&bridge["value"], &bridge["target"]), (&json!("40.0%"), &json!("33.3%")));
    assert_eq!(
        (&bridge["deviation_pp"], &bridge["rule"]),
        (&json!("+6.7"), &json!("yinchuan-2025"))
    );
    let ranking = &figures["rankings"][0];
    assert_eq!((&ranking["metric"], &ranking["group"]), (&json!("invest.annual"), &json!("town")));
    // Both have done 40 %, and share the first place.
    assert_eq!(
        ranking["rows"],
        json!([
            {"scope": "town:nanshan", "rank": 1, "display": "40.0%", "previous": null},
            {"scope": "town:longtan", "rank": 1, "display": "40.0%", "previous": null}
        ])
    );
}

#[test]
fn an_issue_tells_its_own_figures_and_movement() {
    let site = Site::small(
        "\
//- content/bulletins/2023-13.md
---
kind: weekly
number: 13
as_of: 2023-03-31
published: 2023-04-06
---
南山镇报送率[[coverage@project:bridge]]。
",
    );
    site.build();
    let before = data(&site, "bulletins/2023-13/figures.json");
    assert_eq!((&before["as_of"], &before["issue"]), (&json!("2023-03-31"), &json!("2023-13")));
    assert_eq!(entry(&before, "invest.annual", "town:nanshan")["display"], "20.0%");
    // What the issue's text quotes is there too, although it is odd.
    assert_eq!(entry(&before, "coverage", "project:bridge")["display"], "100.0%");
    let after = data(&site, "bulletins/2023-17/figures.json");
    assert_eq!(entry(&after, "invest.annual.change_pp", "town:nanshan")["display"], "+20.0");
    assert_eq!(after["rankings"][0]["rows"][0]["previous"], 1);
}

#[test]
fn what_a_text_quotes_as_of_another_day_is_told_apart() {
    let site = Site::small(
        "\
//- content/news/march.md
---
title: 3月进展
date: 2023-04-06
as_of: 2023-03-31
---
南山镇完成[[invest.annual@town:nanshan]]。
",
    );
    let figures = data(site.build(), "data/figures.json");
    assert_eq!(entry(&figures, "invest.annual", "town:nanshan")["display"], "40.0%");
    let quoted = &figures["quoted"][0];
    assert_eq!((&quoted["as_of"], &quoted["display"]), (&json!("2023-03-31"), &json!("20.0%")));
}

#[test]
fn sealing_an_issue_changes_no_byte_of_its_data() {
    let site = Site::small("");
    // A third needs all its digits to be read back.
    site.edit("content/projects/plant.yaml", "plan: {2023: 5000万元}", "plan: {2023: 7000万元}");
    let before = site.build().read("bulletins/2023-17/figures.json");
    site.run(&["seal", "2023-17", "--date", "2023-05-05"]).succeeds();
    assert_eq!(site.build().read("bulletins/2023-17/figures.json"), before);
}
