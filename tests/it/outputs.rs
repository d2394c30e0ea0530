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
            "label": "累计完成投资", "basis": "本项目，自当年1月1日起", "as_of": "2023-04-30"
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
    let of_march = |quoted: &&Value| quoted["as_of"] == "2023-03-31";
    let quoted = figures["quoted"].as_array().unwrap().iter().find(of_march).unwrap();
    assert_eq!(quoted["display"], "20.0%");
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

/// The rows of a CSV file as texts; the file must be one that spreadsheets open.
#[track_caller]
fn rows(site: &Site, route: &str) -> Vec<Vec<String>> {
    let text = site.read(route);
    let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cell of a column in the row that begins with an id.
fn cell<'a>(rows: &'a [Vec<String>], id: &str, column: &str) -> &'a str {
    let at = rows[0].iter().position(|name| name == column).unwrap();
    &rows.iter().find(|row| row[0] == id).unwrap()[at]
}

#[test]
fn tables_open_in_spreadsheets_whatever_is_in_them() {
    let site = Site::small("");
    let record =
        "name: '大桥, \"一期\"'\nsummary: |\n  一行\n  二行\nshares: {nanshan: 60%, longtan: 40%}";
    site.edit("content/projects/bridge.yaml", "name: 清溪大桥", record);
    site.build();
    let projects = rows(&site, "data/projects.csv");
    assert_eq!(projects.len(), 3);
    let cell = |column| cell(&projects, "bridge", column);
    assert_eq!(cell("name"), "大桥, \"一期\"");
    assert_eq!(cell("summary"), "一行\n二行\n");
    assert_eq!(cell("shares"), "longtan:0.4;nanshan:0.6");
    assert_eq!((cell("total_investment"), cell("completed_year")), ("200000000", "40000000"));
    assert_eq!((cell("annual_rate"), cell("planned_start")), ("0.4", "2023-02"));
    assert!(site.read("data/projects.csv").contains("\"大桥, \"\"一期\"\"\""));
    // The money of a town's share is exact, and the same in both forms.
    let figures = rows(&site, "data/figures.csv");
    let share = figures.iter().find(|row| row[0] == "invest.year" && row[2] == "town:nanshan");
    assert_eq!(share.unwrap()[4], "24000000");
}

#[test]
fn every_table_is_described_in_the_package() {
    let site = Site::small("");
    let package = data(site.build(), "data/datapackage.json");
    for resource in package["resources"].as_array().unwrap() {
        let table = rows(&site, &format!("data/{}", resource["path"].as_str().unwrap()));
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(table[0], names);
        assert!(table.len() > 1, "{names:?}");
    }
}

#[test]
fn a_report_that_is_not_yet_known_is_in_no_data() {
    let site = Site::small("");
    let reports = "  - {period: 2023-04, cumulative: 4000万元}\n";
    let later =
        "  - {period: 2023-04, cumulative: 3999万元, reported: 2023-05-20, revision: 多报}\n";
    site.edit("content/projects/bridge.yaml", reports, &format!("{reports}{later}"));
    site.build();
    for route in ["data/reports.csv", "data/projects.json", "data/oc4ids.json"] {
        assert!(!site.read(route).contains("39990000"), "{route}");
    }
    site.run(&["build", "--date", "2023-05-21"]).succeeds();
    let reports = site.read("data/reports.csv");
    assert!(reports.contains("bridge,2023-04,2023-04-30,40000000,,,2023-04-30,,,true\r\n"));
    assert!(reports.contains("bridge,2023-04,2023-04-30,39990000,,,2023-05-20,,多报,false\r\n"));
}

const NOTICES: &str = "\
//- content/news/notice-old.md
---
title: 已过期的通知
date: 2023-03-01
expires: 2023-04-01
kind: notice
---
通知正文。
//- content/news/draft.md
---
title: 尚未写完的稿子
date: 2023-03-02
draft: true
---
草稿。
//- content/news/tomorrow.md
---
title: 明天才发的稿子
date: 2023-05-06
---
未到时间。
//- content/news/evening.md
---
title: 开工之夜
date: 2023-02-16T20:00:00+08:00
updated: 2023-03-03
column: 现场
authors: [{name: 陆知夏, role: 记者}]
summary: 灯火 & 塔吊 <一片>
towns: [nanshan]
photos: [{src: night.svg, alt: 夜里的工地, caption: 工地}]
---
见[大桥](/projects/bridge/)与[附件](night.svg),完成[[invest.annual]]。

## 一

脚注[^1]。

[^1]: 注。
//- content/news/night.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>
//- content/media/night.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>
";

/// The texts between the tags of an element, one after the other.
fn texts<'a>(xml: &'a roxmltree::Document<'_>, parent: &str, name: &str) -> Vec<&'a str> {
    let parents = xml.descendants().filter(|node| node.tag_name().name() == parent);
    let named = parents.flat_map(|node| node.children());
    named
        .filter(|node| node.tag_name().name() == name)
        .map(|node| node.text().unwrap_or_default())
        .collect()
}

#[test]
fn feeds_hold_what_is_listed_newest_first() {
    let site = Site::small(NOTICES);
    let feed = site.build().read("feed.xml");
    let xml = roxmltree::Document::parse(&feed).unwrap();
    assert_eq!(texts(&xml, "entry", "title"), ["2023年第17期", "开工之夜", "清溪大桥开工"]);
    let dates =
        ["2023-05-05T00:00:00+08:00", "2023-02-16T20:00:00+08:00", "2023-02-16T00:00:00+08:00"];
    assert_eq!(texts(&xml, "entry", "published"), dates);
    assert_eq!(texts(&xml, "entry", "updated")[1], "2023-03-03T00:00:00+08:00");
    assert_eq!(texts(&xml, "feed", "updated"), ["2023-05-05T00:00:00+08:00"]);
    assert_eq!(texts(&xml, "entry", "id")[1], "https://example.org/xmjs/news/evening/");
    assert_eq!(texts(&xml, "entry", "summary")[1], "灯火 & 塔吊 <一片>");
    let json = data(&site, "feed.json");
    let titles: Vec<&Value> =
        json["items"].as_array().unwrap().iter().map(|item| &item["title"]).collect();
    assert_eq!(titles, ["2023年第17期", "开工之夜", "清溪大桥开工"]);
    // A draft is in the feed of whoever asks for drafts, and nowhere else.
    site.run(&["build", "--date", "2023-05-05", "--drafts"]).succeeds();
    assert!(site.read("feed.xml").contains("尚未写完的稿子"));
}

#[test]
fn an_item_of_a_feed_is_whole_and_leads_out_of_it() {
    let site = Site::small(NOTICES);
    let feed = data(site.build(), "feed.json");
    let html = feed["items"][1]["content_html"].as_str().unwrap();
    for part in [
        "href=\"https://example.org/xmjs/projects/bridge/\"",
        "href=\"https://example.org/xmjs/media/night.svg\"",
        "src=\"https://example.org/xmjs/media/night.svg\" alt=\"夜里的工地\"",
        "href=\"https://example.org/xmjs/news/evening/#",
        ">40.0%</a>",
    ] {
        assert!(html.contains(part), "{part} is not in:\n{html}");
    }
    let links = html.split(" href=\"").skip(1).chain(html.split(" src=\"").skip(1));
    assert!(links.into_iter().all(|link| link.starts_with("https://example.org/xmjs/")), "{html}");
}

#[test]
fn a_town_subscribes_to_its_own_news_and_bulletins() {
    let site = Site::small(NOTICES);
    let feed = site.build().read("towns/longtan/feed.xml");
    let xml = roxmltree::Document::parse(&feed).unwrap();
    assert_eq!(texts(&xml, "entry", "title"), ["2023年第17期 · 龙潭镇"]);
    let corrections = site.read("corrections/feed.xml");
    let xml = roxmltree::Document::parse(&corrections).unwrap();
    assert!(texts(&xml, "entry", "title").is_empty());
    assert_eq!(texts(&xml, "feed", "updated").len(), 1);
}

#[test]
fn a_sealed_issue_stays_in_the_feed_as_it_was() {
    let site = Site::small("");
    let before = site.build().read("feed.xml");
    site.run(&["seal", "2023-17", "--date", "2023-05-05"]).succeeds();
    assert_eq!(site.build().read("feed.xml"), before);
}

#[test]
fn the_site_map_names_every_page_once_with_its_last_change() {
    let site = Site::small(NOTICES);
    let map = site.build().read("sitemap.xml");
    let xml = roxmltree::Document::parse(&map).unwrap();
    let mut mapped = texts(&xml, "url", "loc");
    mapped.sort_unstable();
    let pages = site.output().into_iter().filter_map(|(path, _)| {
        let path = path.to_str().unwrap().strip_suffix("index.html")?.to_owned();
        (!path.ends_with("search/")).then(|| format!("https://example.org/xmjs/{path}"))
    });
    let mut pages: Vec<String> = pages.collect();
    pages.sort_unstable();
    assert_eq!(mapped, pages);
    let entry = |page: &str| {
        let entry = map.lines().find(|line| line.contains(&format!("<loc>{page}</loc>")));
        entry.unwrap_or_else(|| panic!("no {page}"))
    };
    let project = entry("https://example.org/xmjs/projects/plant/");
    assert!(project.contains("<lastmod>2023-04-30</lastmod>"), "{project}");
    assert!(
        entry("https://example.org/xmjs/news/evening/").contains("<lastmod>2023-03-03</lastmod>")
    );
    let issue = entry("https://example.org/xmjs/en/bulletins/2023-17/");
    assert!(issue.contains("<lastmod>2023-05-05</lastmod>"), "{issue}");
    assert!(
        issue.contains("hreflang=\"zh-CN\" href=\"https://example.org/xmjs/bulletins/2023-17/\"")
    );
    assert!(
        issue.contains("hreflang=\"en\" href=\"https://example.org/xmjs/en/bulletins/2023-17/\"")
    );
    site.check_file("robots.txt", "Sitemap: https://example.org/xmjs/sitemap.xml");
}

#[test]
fn every_chart_is_a_picture_of_its_own() {
    let site = Site::small("");
    let charts: Vec<_> =
        site.build().output().into_iter().filter(|(path, _)| path.starts_with("charts")).collect();
    assert_eq!(charts.len(), 8);
    for (path, svg) in charts {
        let svg = String::from_utf8(svg).unwrap();
        let xml = roxmltree::Document::parse(&svg).unwrap();
        assert_eq!(xml.root_element().tag_name().name(), "svg", "{}", path.display());
    }
    site.check_file("charts/projects/bridge.svg", "清溪大桥");
}

#[test]
fn a_long_ranking_leads_to_its_chart_instead_of_holding_it() {
    let site = Site::small("");
    let shown = "<a href=\"../charts/rankings/town.svg\">";
    let is_held = || site.build().read("rankings/index.html").contains("chart-bars");
    assert!(is_held());
    let towns: String =
        (0..60).map(|town| format!("- {{id: t{town}, name: 镇{town}, group: town}}\n")).collect();
    let two =
        "- {id: nanshan, name: 南山镇, group: town}\n- {id: longtan, name: 龙潭镇, group: town}\n";
    site.write("content/towns.yaml", two.to_owned() + &towns);
    assert!(!is_held());
    site.check_file("rankings/index.html", shown).check_file("charts/rankings/town.svg", "镇59");
}

#[test]
fn what_is_not_public_is_in_no_file_at_all() {
    let site = Site::small(NOTICES);
    site.write(
        "content/projects/secret.yaml",
        "name: 保密的项目\ncategory: industry\ntype: new\ntown: nanshan\ntotal_investment: 987654321元\n\
         visibility: internal\ninternal: {phone: 不可外传}\n",
    );
    site.edit("content/site.yaml", "projects: [bridge]", "projects: [bridge, secret]");
    site.edit(
        "content/projects/bridge.yaml",
        "town: nanshan",
        "town: nanshan\ninternal: {note: 仅供内部}",
    );
    site.build();
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        for secret in [
            "保密的项目",
            "987654321",
            "不可外传",
            "仅供内部",
            "尚未写完的稿子",
            "明天才发的稿子",
            "project:secret",
        ] {
            assert!(!text.contains(secret), "{} holds {secret}", path.display());
        }
    }
    for route in ["feed.xml", "feed.json"] {
        assert!(!site.read(route).contains("已过期的通知"), "{route}");
    }
}

/// What a page says of itself to machines.
#[track_caller]
fn json_ld(site: &Site, route: &str) -> Vec<Value> {
    let page = site.read(route);
    let (_, script) = page.split_once("<script type=\"application/ld+json\">").expect("JSON-LD");
    let (json, _) = script.split_once("</script>").unwrap();
    let data: Value = serde_json::from_str(json).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().clone()
}

#[test]
fn pages_tell_machines_what_they_are() {
    let site = Site::small(NOTICES);
    site.edit("content/news/evening.md", "title: 开工之夜", "title: 开工之夜</script>");
    site.build();
    let types = |route: &str| -> Vec<String> {
        json_ld(&site, route)
            .iter()
            .map(|node| node["@type"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(types("index.html"), ["WebSite", "Dataset", "Organization"]);
    assert_eq!(types("projects/bridge/index.html"), ["BreadcrumbList"]);
    let article = &json_ld(&site, "news/evening/index.html")[0];
    assert_eq!(article["headline"], "开工之夜</script>");
    assert_eq!(article["datePublished"], "2023-02-16T20:00:00+08:00");
    assert_eq!(article["dateModified"], "2023-03-03T00:00:00+08:00");
    assert_eq!(article["author"], json!([{"@type": "Person", "name": "陆知夏"}]));
    assert_eq!(article["image"], json!(["https://example.org/xmjs/media/night.svg"]));
    let issue = json_ld(&site, "en/bulletins/2023-17/index.html");
    assert_eq!(issue[0]["temporalCoverage"], "2023-01-01/2023-04-30");
    let file = "https://example.org/xmjs/bulletins/2023-17/figures.json";
    assert_eq!(issue[0]["distribution"][0]["contentUrl"], file);
    let crumbs = json_ld(&site, "bulletins/2023-17/towns/nanshan/index.html");
    let crumbs = crumbs[0]["itemListElement"].as_array().unwrap();
    let names: Vec<&Value> = crumbs.iter().map(|crumb| &crumb["name"]).collect();
    assert_eq!(names, ["总览", "公报", "2023年第17期", "南山镇"]);
    assert_eq!(crumbs[3]["item"], "https://example.org/xmjs/bulletins/2023-17/towns/nanshan/");
    assert!(!site.read("404.html").contains("ld+json"));
}

#[test]
fn projects_are_there_by_the_infrastructure_standard() {
    let site = Site::small("");
    let record = "code: 2023-510802-47-03-000000\nowner: 清溪路桥公司\nresponsible_unit: 县交通局\n\
                  parties: [{role: builder, name: 清溪路桥公司}]\n\
                  milestones: [{name: 合龙, planned: 2023-03}, {name: 通车, planned: 2023-12}]\nname: 清溪大桥";
    site.edit("content/projects/bridge.yaml", "name: 清溪大桥", record);
    let package = data(site.build(), "data/oc4ids.json");
    assert_eq!(
        (&package["version"], &package["uri"]),
        (&json!("0.9"), &json!("https://example.org/xmjs/data/oc4ids.json"))
    );
    let bridge = &package["projects"][0];
    assert_eq!(bridge["id"], "oc4ids-xxxxxx-bridge");
    assert_eq!(
        (&bridge["status"], &bridge["sector"]),
        (&json!("implementation"), &json!(["transport"]))
    );
    assert_eq!(bridge["period"], json!({"startDate": "2023-02-15T00:00:00+08:00"}));
    assert_eq!(bridge["budget"]["amount"], json!({"amount": 200_000_000, "currency": "CNY"}));
    assert_eq!(
        bridge["parties"],
        json!([
            {"id": "party-1", "name": "县交通局", "roles": ["publicAuthority"]},
            {"id": "party-2", "name": "清溪路桥公司", "roles": ["procuringEntity", "supplier"]}
        ])
    );
    let states: Vec<&Value> =
        bridge["milestones"].as_array().unwrap().iter().map(|stage| &stage["status"]).collect();
    assert_eq!(states, ["notMet", "scheduled"]);
    let done = &bridge["metrics"][0]["observations"][2];
    assert_eq!(done["value"], json!({"amount": 40_000_000, "currency": "CNY"}));
    assert_eq!(done["period"]["endDate"], "2023-04-30T23:59:59+08:00");
}

#[test]
fn a_report_that_leaves_an_amount_out_does_not_take_its_place() {
    let site = Site::small("");
    let april = "  - {period: 2023-04, cumulative: 4000万元}\n";
    let superseded = |later: &str| {
        let later = format!("{april}  - {{period: 2023-04, {later}, reported: 2023-04-30}}\n");
        site.edit("content/projects/bridge.yaml", april, &later).build();
        let reports = site.read("data/reports.csv");
        let of_april = reports.lines().filter(|line| line.starts_with("bridge,2023-04,"));
        of_april.map(|line| line.ends_with("true")).collect::<Vec<bool>>()
    };
    assert_eq!(superseded("physical: 30%"), [false, false]);
    assert!(!site.read("projects/bridge/index.html").contains("已被修订"));
    let metrics = &data(&site, "data/oc4ids.json")["projects"][0]["metrics"];
    let done = &metrics[0]["observations"][2];
    assert_eq!(done["value"], json!({"amount": 40_000_000, "currency": "CNY"}));
    assert_eq!(metrics[1]["observations"].as_array().unwrap().last().unwrap()["measure"], "30");
    assert_eq!(superseded("cumulative: 3900万元, revision: 多报"), [true, false, false]);
}

#[test]
fn a_milestone_reached_in_a_month_is_reached_at_its_end() {
    let site = Site::small("");
    let record = "milestones: [{name: 合龙, planned: 2023-03, actual: 2023-04}]\nname: 清溪大桥";
    site.edit("content/projects/bridge.yaml", "name: 清溪大桥", record);
    let status = |as_of: &str| {
        site.run(&["build", "--as-of", as_of]).succeeds();
        let package = data(&site, "data/oc4ids.json");
        package["projects"][0]["milestones"][0]["status"].clone()
    };
    assert_eq!(status("2023-04-20"), "notMet");
    assert_eq!(status("2023-04-30"), "met");
}

/// All figures in a view, wherever they are: objects with a metric, a scope and what is printed.
fn figures_in<'a>(view: &'a Value, found: &mut Vec<&'a Value>) {
    match view {
        Value::Object(fields) => {
            if ["metric", "scope", "display"].iter().all(|key| fields.contains_key(*key)) {
                found.push(view);
            }
            fields.values().for_each(|field| figures_in(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| figures_in(item, found)),
        _ => {}
    }
}

#[test]
fn every_figure_that_a_page_shows_is_among_the_data() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = gongbao::source::disk::read(root).unwrap().value;
    let edition = gongbao::model::Edition {
        date: jiff::civil::date(2023, 5, 5),
        as_of: None,
        drafts: false,
        base_url: None,
    };
    let site = gongbao::build::assemble(gongbao::build::Input { tree, edition }).value;
    let view = |route: &str| {
        let (route, output) = site.plan.outputs.get_key_value(route).unwrap();
        gongbao::build::view_json(&site, route, output)
    };
    // Each figure by the day it is as of; those of the site's own day are the same as in its newest issue.
    let issues = site.model.bulletins.iter();
    let issues = issues.map(|issue| view(&format!("bulletins/{}/figures.json", issue.id)));
    let files: Vec<Value> = issues.chain([view("data/figures.json")]).collect();
    let mut known = std::collections::BTreeSet::new();
    for entry in files.iter().flat_map(|file| {
        let lists = ["figures", "quoted"].map(|list| file[list].as_array().into_iter().flatten());
        lists.into_iter().flatten()
    }) {
        let text = |key: &str| entry[key].as_str().unwrap();
        known.insert(["metric", "scope", "as_of", "display"].map(text));
    }
    let mut shown = 0;
    for (route, output) in &site.plan.outputs {
        let is_default =
            matches!(output, gongbao::plan::Output::Page(_, locale) if locale.is_chinese());
        if !is_default {
            continue;
        }
        let view = gongbao::build::view_json(&site, route, output);
        let mut figures = Vec::new();
        figures_in(&view["page"], &mut figures);
        for figure in figures {
            let text = |key: &str| figure[key].as_str().unwrap_or_default();
            let as_of = figure["as_of"]["iso"].as_str().unwrap_or_default();
            let key = [text("metric"), text("scope"), as_of, text("display")];
            assert!(known.contains(&key), "{route} shows {key:?}, which is in no figures.json");
            shown += 1;
        }
    }
    assert!(shown > 1000, "{shown}");
}
