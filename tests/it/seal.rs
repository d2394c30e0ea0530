//! A sealed issue never changes silently.

use std::collections::BTreeMap;

use gongbao::build;
use gongbao::view::sealed::issue_of;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::site::{DATE, Site};

const ISSUE: &str = "bulletins/2023-17/index.html";
const TOWN: &str = "bulletins/2023-17/towns/nanshan/index.html";
const FILE: &str = "content/bulletins/2023-17.md";
const BRIDGE: &str = "content/projects/bridge.yaml";

fn sealed() -> Site {
    let site = Site::small("");
    site.build();
    site.run(&["seal", "2023-17", "--date", DATE]).succeeds();
    site
}

/// The figures of a page: all that an edit of a record could change in it.
fn printed(site: &Site) -> [String; 3] {
    [site.read(ISSUE), site.read(TOWN), site.read("bulletins/2023-17/figures.json")]
}

#[test]
fn an_edit_of_a_record_changes_other_pages_but_not_the_sealed_issue() {
    let site = sealed();
    site.build();
    let (before, home) = (printed(&site), site.read("index.html"));
    site.edit(BRIDGE, "4000万元", "5000万元").edit(BRIDGE, "清溪大桥", "清溪特大桥");
    site.build();
    assert_eq!(printed(&site), before);
    assert_ne!(site.read("index.html"), home);
}

#[test]
fn a_sealed_issue_keeps_its_pictures() {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";
    let site = Site::small(&format!("//- content/bulletins/map.svg\n{picture}\n"));
    site.edit("content/bulletins/2023-17.md", "截至", "![图](map.svg)\n\n截至");
    site.run(&["seal", "2023-17", "--date", DATE]).succeeds();
    site.edit("content/bulletins/2023-17.md", "![图](map.svg)", "").build();
    site.check_file(ISSUE, "src=\"../../bulletins/map.svg\"");
    assert!(site.has("bulletins/map.svg"));
}

#[test]
fn an_issue_that_is_not_sealed_follows_its_records() {
    let site = Site::small("");
    site.build();
    let before = printed(&site);
    site.edit(BRIDGE, "4000万元", "5000万元").build();
    assert_ne!(printed(&site), before);
}

#[test]
fn check_tells_where_the_records_now_say_otherwise() {
    let site = sealed();
    assert_eq!(site.problems(), "no problems found\n");
    site.edit(BRIDGE, "4000万元", "5000万元");
    let problems = site.problems();
    assert!(
        problems.contains("content/bulletins/2023-17.md:1:1: warning[sealed-differs]"),
        "{problems}"
    );
    let examples = "invest.annual@all 40.0% → 46.7%, invest.year@all 6000万元 → 7000万元, invest.ever@all 9000万元 → 1亿元\n";
    assert!(problems.contains(examples), "{problems}");
}

#[test]
fn a_correction_shows_the_old_figure_and_the_new() {
    let site = sealed();
    site.edit(BRIDGE, "4000万元}", "4000万元}\n  - {period: 2023-04, cumulative: 3000万元, reported: 2023-05-10, revision: 多报}");
    let correction = "---\ntitle: 更正\ndate: 2023-05-11\nkind: correction\ncorrection_of: 2023-17\n\
                      figures: [invest.year]\nsummary: 多报一笔\n---\n文。\n";
    site.write("content/news/correction.md", correction);
    site.run(&["build", "--date", "2023-05-12"]).succeeds();
    let view = site.run(&["view", "/bulletins/2023-17/", "--date", "2023-05-12"]).stdout();
    let view: serde_json::Value = serde_json::from_str(&view).unwrap();
    let correction = &view["page"]["corrections"][0];
    assert_eq!(correction["figures"][0]["old"], "6000万元");
    assert_eq!(correction["figures"][0]["new"]["display"], "5000万元");
    assert_eq!(correction["reason"], "多报一笔");
    for page in [ISSUE, "corrections/index.html", "news/correction/index.html"] {
        site.check_file(page, "多报一笔").check_file(page, "<del>6000万元</del>");
    }
    // To who reads by feed the issue has changed, the town's bulletin has not.
    let is_new = |feed: &str, id: &str| {
        let feed = site.read(feed);
        let entry = feed.split("<entry>").find(|entry| entry.contains(id)).unwrap().to_owned();
        entry.contains("<updated>2023-05-11T00:00:00+08:00</updated>")
    };
    assert!(is_new("feed.xml", "bulletins/2023-17/</id>"));
    assert!(!is_new("towns/nanshan/feed.xml", "bulletins/2023-17/towns/nanshan/</id>"));
    // What was reported late by then is in the new figure too, and the reader is told.
    site.check_file(ISSUE, "“应为”是2023年5月11日已知的数，到那时补报、修订的都已计入");
}

#[test]
fn a_correction_that_changes_nothing_is_told() {
    let site = sealed();
    let correction = "---\ntitle: 更正\ndate: 2023-05-05\nkind: correction\ncorrection_of: 2023-17\n\
                      figures: [start.all, invest.year@project:bridge]\n---\n文。\n";
    site.write("content/news/correction.md", correction);
    site.edit(BRIDGE, "4000万元}", "4000万元}\n  - {period: 2023-04, cumulative: 3000万元, reported: 2023-05-05, revision: 多报}");
    let told = "content/news/correction.md:6:11: warning[unchanged-correction]: \
                the correction does not change this figure: it is 100.0% as before";
    let problems = site.problems();
    assert!(problems.contains(told), "{problems}");
    assert!(!problems.contains("6:22"), "{problems}");
}

#[test]
fn a_correction_must_name_what_it_corrects() {
    let site = Site::small("");
    let item = |figures: &str| {
        format!(
            "---\ntitle: 更正\ndate: 2023-05-01\nkind: correction\ncorrection_of: 2023-17\n{figures}---\n文。\n"
        )
    };
    site.write("content/news/c.md", item(""));
    assert!(site.problems().contains("error[vague-correction]"), "{}", site.problems());
    for (line, told) in [
        ("correction_of: 2023-17\n", "the correction does not say `correction_of`"),
        ("kind: correction\n", "the correction does not say `kind`"),
    ] {
        let without = item("figures: [invest.annual]\n").replace(line, "");
        site.write("content/news/c.md", without);
        assert!(site.problems().contains(told), "{told}: {}", site.problems());
    }
    site.write("content/news/c.md", item("figures: [invest.anual]\n"));
    assert!(site.problems().contains("c.md:6:11: error[unknown-figure]"), "{}", site.problems());
}

#[test]
fn a_seal_edited_by_hand_is_an_error_and_is_not_overwritten() {
    let site = sealed();
    let again = site.run(&["seal", "2023-17", "--date", DATE]);
    assert_eq!(again.status(), 2);
    site.edit("content/bulletins/2023-17.seal.json", "30.0%", "40.0%");
    assert!(site.problems().contains("error[edited-seal]"), "{}", site.problems());
}

#[test]
fn an_issue_is_not_sealed_before_it_is_published() {
    let site = Site::small("");
    let seal = |issue: &str, language: &str| {
        site.run(&["--lang", language, "seal", issue, "--date", "2023-05-04"])
    };
    seal("2023-17", "zh-CN").fails(2, "`2023-17` 这一期2023年5月5日才出版，出版以前不能封存");
    seal("2023-17", "en")
        .fails(2, "the issue `2023-17` is published on 5 May 2023, and cannot be sealed before");
    seal("2023-18", "en").fails(2, "no issue that is out has the id `2023-18`");
    assert!(!site.path().join("content/bulletins/2023-17.seal.json").exists());
}

#[test]
fn what_a_sealed_issue_says_of_itself_cannot_be_edited() {
    for (old, new, told) in [
        ("number: 17", "number: 99", "3:9: error[sealed-edited]"),
        ("kind: weekly", "kind: monthly", "2:7: error[sealed-edited]"),
        ("as_of: 2023-04-30", "as_of: 2023-05-04", "4:8: error[sealed-edited]"),
        ("number: 17", "number: 17\ntitle: 补记", "4:8: error[sealed-edited]"),
    ] {
        let site = sealed();
        let told = format!("{FILE}:{told}");
        let problems = site.edit(FILE, old, new).problems();
        assert!(problems.contains(&told), "{new}: {problems}");
    }
}

#[test]
fn the_text_of_a_sealed_issue_stays_what_it_was_wherever_it_is_read() {
    let site = sealed();
    let search = |site: &Site| -> String {
        let files = site.output().into_iter();
        let texts = files.filter(|(path, _)| path.starts_with("search/texts"));
        texts.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
    };
    site.build();
    let before = (printed(&site), site.read("feed.xml"), search(&site));
    assert!(before.2.contains("截至4月底"));
    site.edit(FILE, "截至4月底", "截至四月底").build();
    assert_eq!((printed(&site), site.read("feed.xml"), search(&site)), before);
    let told = format!("{FILE}:1:1: warning[sealed-differs]: it is sealed, but its text");
    assert!(site.problems().starts_with(&told), "{}", site.problems());
}

#[test]
fn an_item_of_a_sealed_issue_tells_what_the_issue_printed() {
    let site = Site::small("");
    let item = "---\ntitle: 进度\ndate: 2023-05-05\nissue: 2023-17\n---\n完成[[invest.annual]]，投资[[invest.year@town:nanshan]]。\n";
    site.write("content/news/item.md", item);
    site.run(&["seal", "2023-17", "--date", DATE]).succeeds();
    let check = || {
        site.build();
        for page in ["news/item/index.html", "en/news/item/index.html"] {
            site.check_file(page, ">40.0%</a>").check_file(page, ">4000万元</a>");
        }
    };
    check();
    site.edit(BRIDGE, "2023-04, cumulative: 4000万元", "2023-04, cumulative: 5000万元");
    check();
    // The open data have the figure with the issue, and not once more as the records give it.
    let data: serde_json::Value = serde_json::from_str(&site.read("data/figures.json")).unwrap();
    let quoted = data["quoted"].as_array().unwrap();
    assert!(quoted.iter().all(|figure| figure["metric"] == "start.all"), "{quoted:?}");
    // The text was edited too, which the other figures do not hide.
    site.edit(FILE, "截至4月底", "截至四月底");
    let problems = site.problems();
    assert!(problems.contains("its text was changed since"), "{problems}");
    assert!(problems.contains("the records now give"), "{problems}");
}

#[test]
fn a_seal_that_is_lost_is_told() {
    let site = sealed();
    let week = |number: u32| MARCH.replace("16", &number.to_string());
    site.write("content/bulletins/2023-15.md", week(15).replace("04-05", "03-31"));
    site.write("content/bulletins/2023-16.md", week(16));
    let is_told = || {
        let told = "content/bulletins/2023-16.md:1:1: warning[seal-missing]: the issues before";
        site.problems().contains(told)
    };
    assert!(!is_told());
    site.run(&["seal", "2023-15", "--date", DATE]).succeeds();
    assert!(is_told());
    site.run(&["seal", "2023-16", "--date", DATE]).succeeds();
    assert!(!is_told());
}

#[test]
fn a_seal_seals_no_other_issue() {
    let site = sealed();
    site.write("content/bulletins/2023-16.md", MARCH);
    let seal = std::fs::read(site.path().join("content/bulletins/2023-17.seal.json")).unwrap();
    site.write("content/bulletins/2023-16.seal.json", seal);
    let told = "content/bulletins/2023-16.seal.json:1:1: error[bad-seal]";
    assert!(site.problems().contains(told), "{}", site.problems());
}

#[test]
fn a_sealed_issue_does_not_lead_to_what_is_gone() {
    let site = Site::small("");
    let plant = "content/projects/plant.yaml";
    let item = "---\ntitle: 投产\ndate: 2023-04-20\n---\n文。\n";
    site.write("content/news/item.md", item);
    site.edit(
        FILE,
        "截至",
        "[厂](/projects/plant/#curve)[桥](/projects/bridge/)[外](https://example.org/)\n\n截至",
    );
    site.run(&["seal", "2023-17", "--date", DATE]).succeeds();
    site.build();
    let town = "bulletins/2023-17/towns/longtan/index.html";
    site.check_file(ISSUE, "<a href=\"../../projects/plant/#curve\">厂</a>");
    site.check_file(ISSUE, "<a href=\"../../news/item/\">投产</a>");
    site.check_file(town, "<a href=\"../../../../projects/plant/\">鲜果饮料厂</a>");
    let record = std::fs::read(site.path().join(plant)).unwrap();
    site.edit(FILE, "[厂](/projects/plant/#curve)", "");
    site.remove(plant).remove("content/news/item.md").write("content/projects/drinks.yaml", record);
    site.build();
    site.check_file(ISSUE, "<a>厂</a><a href=\"../../projects/bridge/\">桥</a><a href=\"https:");
    site.check_file(ISSUE, "<a>投产</a>").check_file(town, "<a>鲜果饮料厂</a>");
    assert!(!site.read("feed.xml").contains("projects/plant/"));
}

#[test]
fn what_is_made_internal_cannot_stay_in_a_sealed_issue() {
    let site = Site::small("");
    let plant = "content/projects/plant.yaml";
    let item = |visibility: &str| {
        format!("---\ntitle: 投产\ndate: 2023-04-20\n{visibility}towns: [longtan]\n---\n文。\n")
    };
    site.write("content/news/item.md", item(""));
    site.run(&["seal", "2023-17", "--date", DATE]).succeeds();
    assert_eq!(site.problems(), "no problems found\n");
    site.edit(plant, "chain: food", "chain: food\nvisibility: internal");
    let told = format!("{plant}:4:13: error[sealed-internal]: it is no longer public");
    assert!(site.problems().starts_with(&told), "{}", site.problems());
    assert!(site.problems().contains("still show it: 2023-17"), "{}", site.problems());
    site.edit(plant, "visibility: internal", "visibility: public");
    for (hidden, told) in
        [("visibility: internal\n", "4:13: error"), ("draft: true\n", "4:8: error")]
    {
        site.write("content/news/item.md", item(hidden));
        let told = format!("content/news/item.md:{told}[sealed-internal]");
        assert!(site.problems().starts_with(&told), "{hidden}: {}", site.problems());
    }
    // A page of another site may have the same address.
    site.remove("content/news/item.md").edit(
        FILE,
        "年度投资",
        "[外](https://other.example/news/other/) 年度投资",
    );
    site.remove("content/bulletins/2023-17.seal.json");
    site.run(&["seal", "2023-17", "--date", DATE]).succeeds();
    site.write("content/news/other.md", item("draft: true\n"));
    assert_eq!(site.problems(), "no problems found\n");
    // Without its seal the issue is made from what is public.
    site.remove("content/bulletins/2023-17.seal.json").build();
    assert!(!site.read(TOWN.replace("nanshan", "longtan").as_str()).contains("投产</a>"));
}

#[test]
fn a_sealed_page_cannot_vanish_silently() {
    let site = sealed();
    site.edit("content/towns.yaml", "- {id: longtan, name: 龙潭镇, group: town}\n", "");
    site.edit("content/projects/plant.yaml", "town: longtan", "town: nanshan");
    let told =
        "error[sealed-page-lost]: the sealed `/bulletins/2023-17/towns/longtan/` is no longer";
    assert!(site.problems().contains(told), "{}", site.problems());
    site.run(&["--lang", "en", "check", "--date", DATE]).fails(1, "put `id: longtan` back");
}

/// What the first seals held, before later views said more.
const FIRST: &str = include_str!("../seals/first.json");

#[test]
fn a_seal_from_before_a_view_said_more_is_still_rendered() {
    let site = Site::small("");
    let views = serde_json::from_str(FIRST).unwrap();
    let seal = gongbao::record::Seal::new("2023-17".into(), "ab".into(), views);
    site.write("content/bulletins/2023-17.seal.json", seal.write());
    site.build();
    for page in [ISSUE, TOWN, "bulletins/2023-17/towns/longtan/index.html"] {
        site.check_file(page, "序时进度");
    }
    site.check_file(ISSUE, "40.0%").check_file(ISSUE, "本期数据已封存");
}

const MARCH: &str = "---
kind: weekly
number: 16
as_of: 2023-03-31
published: 2023-04-05
---
三月。
";

#[test]
fn a_later_issue_is_told_against_what_the_sealed_one_printed() {
    let site = Site::small("");
    site.write("content/bulletins/2023-16.md", MARCH);
    let prose = "截至4月底,年度投资完成率[[invest.annual]],比上期[[invest.annual.change_pp]]。";
    site.edit("content/bulletins/2023-17.md", "截至4月底,年度投资完成率[[invest.annual]]。", prose);
    let item =
        "---\ntitle: 数字\ndate: 2023-05-02\n---\n提高[[invest.annual.change_pp@town:nanshan]]。\n";
    site.write("content/news/figures.md", item);
    site.run(&["seal", "2023-16", "--date", "2023-04-05"]).succeeds();
    let shown = || {
        let issue = site.view("/bulletins/2023-17/")["page"].clone();
        let rows = issue["rankings"][0]["rows"].as_array().unwrap().clone();
        let previous: Vec<_> = rows.iter().map(|row| row["previous"].as_u64()).collect();
        let prose = issue["body"]["html"].as_str().unwrap().to_owned();
        (issue["changes"].clone(), previous, prose)
    };
    let check = || {
        let (changes, previous, prose) = shown();
        assert_eq!((&changes["invested"], previous), (&"3000万元".into(), vec![Some(1), Some(1)]));
        assert!(prose.contains(">+20.0</a>"), "{prose}");
        changes["corrections"].clone()
    };
    assert_eq!(check(), serde_json::json!([]));
    assert!(shown().2.contains("data-note=\"与2023年第16期比\""));
    // The records now have other figures for March. The issue printed 20.0%, and that is what has changed.
    site.edit(BRIDGE, "2023-03, cumulative: 2000万元", "2023-03, cumulative: 2900万元");
    let corrections = check();
    assert_eq!(
        (&corrections[0]["from"], &corrections[0]["to"]),
        (&"2000万元".into(), &"2900万元".into())
    );
    site.build();
    site.check_file("news/figures/index.html", ">+20.0</a>");
    let figures = site.read("bulletins/2023-17/figures.json");
    let figures: serde_json::Value = serde_json::from_str(&figures).unwrap();
    let change = figures["figures"].as_array().unwrap().iter().find(|figure| {
        figure["metric"] == "invest.annual.change_pp" && figure["scope"] == "town:nanshan"
    });
    assert_eq!(change.unwrap()["display"], "+20.0");
    // An issue that is not sealed is compared with as the records have it.
    site.remove("content/bulletins/2023-16.seal.json");
    let (changes, previous, prose) = shown();
    assert_eq!((&changes["invested"], previous), (&"2100万元".into(), vec![Some(1), Some(2)]));
    assert!(prose.contains(">+14.0</a>"), "{prose}");
}

#[test]
fn an_issue_is_told_against_none_of_a_later_day() {
    let site = Site::small("");
    // It came out before the issue of March 20, which was late.
    site.write("content/bulletins/2023-16.md", MARCH);
    let late = MARCH.replace("03-31", "03-20").replace("04-05", "04-08").replace("16", "15");
    site.write("content/bulletins/2023-15.md", late);
    assert_eq!(site.view("/bulletins/2023-15/")["page"]["changes"], serde_json::Value::Null);
}

#[test]
fn the_history_of_lights_and_ranks_is_what_the_issues_printed() {
    let site = Site::small("");
    site.write("content/bulletins/2023-16.md", MARCH);
    site.run(&["seal", "2023-16", "--date", "2023-04-05"]).succeeds();
    let history = |page: &str| site.view(page)["page"]["history"]["table"]["rows"][0][1].clone();
    let rank = || {
        let slope = site.view("/bulletins/2023-17/")["page"]["slope"]["table"]["rows"].clone();
        slope.as_array().unwrap().iter().find(|row| row[0] == "南山镇").unwrap()[1].clone()
    };
    let light = history("/projects/bridge/");
    assert_eq!((&light, rank()), (&"绿灯·正常".into(), "1".into()));
    // By this plan the bridge was far behind in March too; the issue said green, and the town second to none.
    site.edit(BRIDGE, "plan: {2023: 1亿元}", "plan: {2023: 20亿元}");
    assert_eq!(history("/projects/bridge/"), light);
    assert_eq!(history("/bulletins/2023-17/towns/nanshan/"), light);
    assert_eq!(rank(), "1");
    site.remove("content/bulletins/2023-16.seal.json");
    assert_eq!(history("/projects/bridge/"), "黄灯·预警");
    assert_eq!(rank(), "2");
}

/// Edits of the records: a file, what stands in it, and what is written instead.
const EDITS: [(&str, &str, &str); 13] = [
    (BRIDGE, "cumulative: 4000万元", "cumulative: 9900万元"),
    (BRIDGE, "cumulative: 800万元", "cumulative: 1.5万元"),
    (BRIDGE, "name: 清溪大桥", "name: 清溪特大桥"),
    (BRIDGE, "plan: {2023: 1亿元}", "plan: {2023: 5000万元}"),
    (BRIDGE, "total_investment: 2亿元", "total_investment: 3亿元"),
    (BRIDGE, "type: new", "type: new\njoined: 2023-05-01"),
    (BRIDGE, "town: nanshan", "town: nanshan\nshares: {nanshan: 50%, longtan: 50%}"),
    (
        "content/projects/plant.yaml",
        "started: 2022-06-01",
        "started: 2022-06-01\nleft: {on: 2023-03-01, reason: 停建}",
    ),
    (
        "content/projects/plant.yaml",
        "started: 2022-06-01",
        "started: 2022-06-01\npaused: [{from: 2023-01-01, reason: 汛期}]",
    ),
    ("content/news/start.md", "title: 清溪大桥开工", "title: 开工了"),
    ("content/towns.yaml", "name: 南山镇", "name: 南山街道"),
    (
        "content/site.yaml",
        "sample: true",
        "sample: true\nmethod: {light: wuhan, target: quarter-curve, decimals: {rate: 3}}",
    ),
    ("content/site.yaml", "name: 工业", "name: 制造业"),
];

/// The views of the issue's files, and of those that are no pages and of pages whose frame is untouched the bytes too.
fn of_issue(site: &Site, with_frame: bool) -> BTreeMap<String, (serde_json::Value, Vec<u8>)> {
    let tree = gongbao::source::disk::read(site.path()).unwrap().value;
    let edition = gongbao::model::Edition {
        date: date(2023, 5, 6),
        as_of: None,
        drafts: false,
        base_url: None,
    };
    let assembled = build::assemble(build::Input { tree, edition }).value;
    let outputs = assembled.plan.outputs.iter().filter(|(_, output)| issue_of(output).is_some());
    let view = |(route, output)| {
        let view = build::view_json(&assembled, route, output);
        let bytes = build::render(&assembled, route, output).unwrap();
        let own = view.get("page").cloned();
        let bytes = if with_frame || own.is_none() { bytes } else { Vec::new() };
        (route.to_string(), (own.unwrap_or(view), bytes))
    };
    outputs.map(view).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_of_the_records_changes_a_sealed_issue(edits in subsequence(EDITS.to_vec(), 1..=5)) {
        let site = sealed();
        let with_frame = edits.iter().all(|(path, ..)| path.starts_with("content/projects"));
        let before = of_issue(&site, with_frame);
        for (path, old, new) in edits {
            site.edit(path, old, new);
        }
        prop_assert_eq!(of_issue(&site, with_frame), before);
    }
}
