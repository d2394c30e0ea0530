//! What stands on pages beside the figures: what they are of, and what must be known of them.

use serde_json::Value;

use crate::site::Site;

const BRIDGE: &str = "content/projects/bridge.yaml";

/// The figure of a metric among the figures of a page.
fn figure<'a>(view: &'a Value, metric: &str) -> &'a Value {
    let figures = view["page"]["figures"].as_array().unwrap();
    figures.iter().find(|figure| figure["metric"] == metric).unwrap()
}

#[test]
fn a_rate_over_a_missing_report_says_how_many_have_reported() {
    let site = Site::small("");
    site.edit(BRIDGE, "  - {period: 2023-04, cumulative: 4000万元}\n", "");
    let home = site.view("/");
    assert_eq!(figure(&home, "invest.annual")["note"], "报送1/2");
    assert_eq!(figure(&home, "start.all")["note"], Value::Null);
    // A single project has reported or not: the day says which.
    let project = site.view("/projects/bridge/");
    assert_eq!(figure(&project, "invest.annual")["note"], "数据截至2023年3月31日");
    site.build();
    let note = "<span class=\"sub beside\">报送1/2</span>";
    site.check_file("bulletins/2023-17/index.html", note);
    site.check_file("bulletins/2023-17/index.html", "data-note=\"报送1/2\"");
    site.check_file("en/index.html", "<span class=\"beside\">1 of 2 projects reported</span>");
    site.check_file(
        "rankings/index.html",
        "<span class=\"sub-line\">数据截至2023年3月31日·报送0/1",
    );
}

#[test]
fn a_reason_is_of_its_light_and_the_rule_is_named_where_it_is_linked() {
    let site = Site::small("");
    site.build();
    site.check_file("projects/bridge/index.html", "完成40.0%·序时33.3%·超前6.7个百分点 <a");
    site.check_file("projects/bridge/index.html", "#lights\">灯号规则 · 银川2025年</a>");
    site.check_file("en/lights/index.html", "The light rule: Yinchuan 2025</a>");
    assert!(!site.read("lights/index.html").contains("yinchuan"));
}

#[test]
fn the_lists_of_the_best_and_the_last_are_internal_unless_published() {
    let site = Site::small("");
    let text = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    // The bridge's town is ahead of the target; the plant's falls behind it.
    site.edit(
        "content/projects/plant.yaml",
        "2023-04, cumulative: 2000万元, total: 5000万元",
        "2023-04, cumulative: 1100万元, total: 4100万元",
    );
    for setting in ["", "honours: {}\n", "honours: {visibility: internal}\n"] {
        site.write("content/site.yaml", format!("{text}{setting}")).build();
        for (path, bytes) in site.output() {
            let file = String::from_utf8_lossy(&bytes);
            assert!(!file.contains("红榜") && !file.contains("red list"), "{}", path.display());
        }
        assert_eq!(site.view("/rankings/")["page"]["honours"], Value::Null);
    }
    site.write("content/site.yaml", format!("{text}honours: {{visibility: public}}\n")).build();
    let lists = &site.view("/rankings/")["page"]["honours"]["lists"];
    assert_eq!(
        (&lists[0]["polarity"], &lists[1]["polarity"]),
        (&"honour".into(), &"warning".into())
    );
    assert_eq!(lists[0]["rows"][0]["town"]["text"], "南山镇");
    assert_eq!(
        (&lists[1]["rows"][0]["town"]["text"], &lists[1]["rows"][0]["deviation"]),
        (&"龙潭镇".into(), &"-11.3".into())
    );
    for page in ["rankings/index.html", "bulletins/2023-17/index.html"] {
        site.check_file(page, "★</span> 红榜·先进 · 镇")
            .check_file(page, "◆</span> 黑榜·后进 · 镇");
    }
}
