//! The sample site shows what the program can do, with figures that are known.

use serde_json::Value;

use crate::site::{Site, files_in};

/// The elements of a list.
fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[test]
fn the_home_page_and_the_data_have_the_figures_it_is_known_for() {
    let site = Site::sample();
    let (home, data) = (site.view("/"), site.view("/data/figures.json"));
    for (metric, display) in [
        ("projects", "188"),
        ("started", "147"),
        ("start.all", "78.2%"),
        ("invest.total_planned", "282.6亿元"),
        ("invest.year", "77.6亿元"),
        ("invest.annual", "53.6%"),
    ] {
        let of_all = |figure: &&Value| figure["metric"] == metric && figure["scope"] == "all";
        let published = list(&data["figures"]).iter().find(of_all).unwrap();
        assert_eq!(
            (&published["display"], &published["as_of"]),
            (&display.into(), &"2023-04-30".into())
        );
        let shown = list(&home["page"]["figures"]).iter().find(|figure| figure["metric"] == metric);
        let shown = shown.unwrap();
        assert_eq!(
            (&shown["display"], &shown["as_of"]["iso"]),
            (&display.into(), &"2023-04-30".into())
        );
    }
    assert_eq!(list(&home["page"]["categories"]).len(), 7);
    let issues = site.view("/bulletins/")["page"]["years"].clone();
    let issues: usize = list(&issues).iter().map(|year| list(&year["issues"]).len()).sum();
    let news = |route| list(&site.view(route)["page"]["items"]).len();
    let news = news("/news/") + news("/news/page/2/");
    assert!(issues >= 6 && news >= 24, "{issues} issues, {news} news");
}

#[test]
fn it_has_a_project_of_every_kind_that_is_hard_to_count() {
    let site = Site::sample();
    let data = site.view("/data/projects.json");
    let projects = list(&data["projects"]);
    let has = |kind: &str, is_of_kind: &dyn Fn(&Value) -> bool| {
        assert!(projects.iter().any(is_of_kind), "no project {kind}");
    };
    has("across two towns", &|project| project["shares"].as_object().unwrap().len() > 1);
    has("withdrawn", &|project| project["left"].is_string());
    has("paused", &|project| project["paused"].is_string());
    has("with a plan of nothing", &|project| project["plan"] == 0);
    has("that has not reported", &|project| project["reporting"] == "missing");
    has("finished early at over 120 %", &|project| {
        let month = |key: &str| project[key].as_str().map(|date| date[..7].to_owned());
        let is_early = month("finished").zip(month("planned_finish"));
        is_early.is_some_and(|(done, due)| done < due)
            && project["annual_rate"].as_f64().is_some_and(|rate| rate > 1.2)
    });
    has("with a revised plan", &|project| {
        project["plans"].as_object().unwrap().values().any(|plan| list(plan).len() > 1)
    });
    has("with a corrected report", &|project| {
        list(&project["reports"]).iter().any(|report| report["revision"].is_string())
    });
    // An internal one is there, and nowhere but in its file.
    let records = files_in(&site.path().join("content/projects"));
    let is_internal =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("\nvisibility: internal\n");
    let internal: Vec<_> = records
        .iter()
        .filter(|(_, bytes)| is_internal(bytes))
        .map(|(path, _)| path.file_stem().and_then(|stem| stem.to_str()))
        .collect();
    assert!(!internal.is_empty());
    assert!(projects.iter().all(|project| !internal.contains(&project["id"].as_str())));
}
