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

#[test]
fn who_is_a_hair_behind_is_not_said_to_be_level() {
    let site = Site::small("");
    let text = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    site.write("content/site.yaml", format!("{text}honours: {{visibility: public}}\n"));
    // The target is a third of 5000万元.
    let old = "2023-04, cumulative: 2000万元, total: 5000万元";
    site.edit("content/projects/plant.yaml", old, "2023-04, cumulative: 1666万元, total: 4666万元");
    let lists = site.view("/rankings/")["page"]["honours"]["lists"].clone();
    assert_eq!(lists[1]["rows"][0]["deviation"], "-0.01");
}

const EVENTS: &str = "events:
  - {id: e1, kind: talk, on: 2023-03-01, town: nanshan, amount: 1亿元, title: 冷库}
  - {id: e2, kind: start, on: 2023-02-15, project: bridge, amount: 2亿元}
  - {id: e3, kind: talk, on: 2023-04-01, town: longtan, chain: food, amount: 3000万元}
  - {id: e4, kind: talk, on: 2023-04-02}
  - {id: e5, kind: talk, on: 2023-05-02, town: nanshan}
  - {id: e6, kind: talk, on: 2022-05-02, town: nanshan}
award: {name: 流动红旗, points: {talk: 1, start: 3}}
";

#[test]
fn events_are_counted_by_town_and_chain_and_each_can_be_looked_up() {
    let site = Site::small("");
    let text = std::fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    site.write("content/site.yaml", format!("{text}{EVENTS}")).build();
    let award = site.view("/award/");
    let tables = award["page"]["events"].as_array().unwrap();
    assert_eq!(tables.iter().map(|table| &table["by"]).collect::<Vec<_>>(), ["town", "chain"]);
    let talks = |row: &Value| row[0]["count"]["display"].clone();
    let of = |table: &Value| {
        let rows = table["rows"].as_array().unwrap().iter();
        (rows.map(|row| talks(&row["counts"])).collect::<Vec<_>>(), talks(&table["whole"]))
    };
    // One talk names neither town nor chain, one was last year, one is after the day.
    assert_eq!(of(&tables[0]), (vec!["1".into(), "1".into()], "3".into()));
    assert_eq!(of(&tables[1]), (vec!["1".into()], "3".into()));
    let town = &site.view("/towns/nanshan/")["page"]["events"];
    let listed: Vec<_> =
        town["events"].as_array().unwrap().iter().map(|event| &event["id"]).collect();
    assert_eq!(listed, ["e1", "e2"]);
    assert_eq!(town["events"][1]["project"]["text"], "清溪大桥");
    site.check_file("towns/nanshan/index.html", "冷库")
        .check_file("chains/food/index.html", "<td>e3</td>");
    site.check_file("award/index.html", "towns/nanshan/#events");
}

#[test]
fn a_chain_shows_the_pools_of_its_own_projects() {
    let site = Site::small("");
    site.edit(
        "content/projects/plant.yaml",
        "type: continuing",
        "type: continuing\npools: [{pool: construction, from: 2022-06-01}]",
    );
    site.edit(BRIDGE, "type: new", "type: new\npools: [{pool: preparation, from: 2022-06-01}]");
    let funnel = &site.view("/chains/food/")["page"]["funnel"]["table"];
    assert_eq!(funnel["rows"][2][1], "1");
    assert_eq!(funnel["rows"][1][1], "0");
    site.build().check_file("chains/food/index.html", "食品饮料四库项目");
}

#[test]
fn leaders_and_units_answer_for_their_projects() {
    let site = Site::small("");
    site.edit(
        BRIDGE,
        "type: new",
        "type: new\nleader: {post: 副县长, name: 张三}\nresponsible_unit: 县交通运输局",
    );
    let tables = site.view("/lights/")["page"]["responsibility"].clone();
    assert_eq!((&tables[0]["by"], &tables[1]["by"]), (&"leader".into(), &"unit".into()));
    let rows = tables[1]["rows"].as_array().unwrap();
    let shown =
        |row: &Value| [row["name"]["text"].clone(), row["projects"].clone(), row["rate"].clone()];
    assert_eq!(shown(&rows[0]), [Value::from("县交通运输局"), 1.into(), "40.0%".into()]);
    assert_eq!(shown(&rows[1]), [Value::Null, 1.into(), "40.0%".into()]);
    site.build().check_file("lights/index.html", "<th scope=\"row\">副县长</th>");
    assert!(!site.read("lights/index.html").contains("张三"));
}

#[test]
fn a_document_to_be_disclosed_says_by_when_and_whether_it_was() {
    let site = Site::small("");
    let documents = "disclosures:
  - {kind: permit, title: 甲, formed_on: 2023-03-06, published_on: 2023-03-16}
  - {kind: permit, title: 乙, formed_on: 2023-03-06, published_on: 2023-03-15}
  - {kind: tender, title: 丙, formed_on: 2023-04-03}
  - {kind: tender, title: 丁, formed_on: 2023-04-28, published_on: 2023-05-08}
";
    site.edit(BRIDGE, "type: new\n", &format!("type: new\n{documents}"));
    let shown = site.view("/projects/bridge/")["page"]["disclosures"].clone();
    let states: Vec<_> = shown.as_array().unwrap().iter().map(|item| &item["state"]).collect();
    // The last is dated after the day of publication: it has not happened.
    assert_eq!(states, ["late", "published", "overdue", "due"]);
    assert_eq!(shown[3]["due_on"]["iso"], "2023-05-26");
    site.build().check_file("projects/bridge/index.html", "逾期未公开，期限为2023年5月1日");
}

#[test]
fn a_site_without_pools_says_so_and_leads_nobody_there() {
    let site = Site::small("");
    site.build();
    site.check_file("pools/index.html", "各项目尚未填报所在的库");
    assert!(!site.read("pools/index.html").contains("在建库"));
    assert!(!site.read("index.html").contains("pools/"));
    assert!(!site.read("method/index.html").contains("pool."));
    site.edit(BRIDGE, "type: new", "type: new\npools: [{pool: construction, from: 2023-02-15}]");
    site.build();
    site.check_file("pools/index.html", "在建库");
    site.check_file("index.html", "pools/").check_file("method/index.html", "pool.reserve");
}

#[test]
fn the_pools_open_with_the_stock_of_the_last_day_of_the_year_before() {
    let site = Site::small("");
    site.edit(BRIDGE, "type: new", "type: new\njoined: 2023-01-01\npools: [{pool: preparation, from: 2022-06-01}, {pool: construction, from: 2023-02-15}]");
    site.edit(
        "content/projects/plant.yaml",
        "type: continuing",
        "type: continuing\npools: [{pool: construction, from: 2022-06-01}]",
    );
    let page = site.view("/pools/")["page"].clone();
    assert_eq!(page["since"]["iso"], "2022-12-31");
    let balance = |pool: usize, of: &str| {
        let volume = &page["balances"][pool][of];
        (
            volume["projects"].as_str().unwrap().to_owned(),
            volume["amount"].as_str().unwrap().to_owned(),
        )
    };
    let (none, bridge, plant) = ("0 0万元", "1 2亿元", "1 1亿元");
    let shown = |pool: usize| {
        ["opening", "entered", "left", "closing"].map(|of| {
            let (projects, amount) = balance(pool, of);
            format!("{projects} {amount}")
        })
    };
    // The bridge joins on 1 January: that is a movement of the year.
    assert_eq!(shown(1), [none, bridge, bridge, none]);
    assert_eq!(shown(2), [plant, bridge, none, "2 3亿元"]);
}

#[test]
fn a_batch_shows_what_was_announced_and_what_became_of_it() {
    let site = Site::small("");
    site.edit("content/site.yaml", "projects: [bridge]}", "projects: [bridge, plan-only]}");
    site.edit(
        BRIDGE,
        "total_investment: 2亿元",
        "total_investment: [{from: 2022-01-01, amount: 1亿元}, {from: 2023-03-01, amount: 2亿元}]",
    );
    site.write(
        "content/projects/plan-only.yaml",
        "name: 未动工厂\ncategory: industry\ntype: new\ntown: nanshan\ntotal_investment: 5亿元\n",
    );
    let ceremony = site.view("/batches/2023-q1/")["page"]["ceremony"].clone();
    assert_eq!((&ceremony["total"], &ceremony["started"]), (&"6亿元".into(), &1.into()));
    assert_eq!(ceremony["only_celebrated"][0]["text"], "未动工厂");
    assert_eq!(
        (&ceremony["revised"][0]["then"], &ceremony["revised"][0]["now"]),
        (&"1亿元".into(), &"2亿元".into())
    );
    site.build().check_file("batches/2023-q1/index.html", "仪式后未实质开工");
    site.check_file("batches/index.html", "本年集中开工1批次，2个项目，仪式时总投资6亿元");
}

#[test]
fn the_figures_of_a_project_are_of_that_project() {
    let site = Site::small("");
    let project = site.view("/projects/bridge/");
    assert_eq!(figure(&project, "invest.annual")["basis"], "本项目的年度计划投资");
    assert_eq!(figure(&project, "invest.total_planned")["basis"], "本项目");
    let town = site.view("/towns/nanshan/");
    assert_eq!(figure(&town, "invest.year")["basis"], "全部在册项目，自当年1月1日起");
}

#[test]
fn what_stands_under_the_leading_figures_can_be_asked_too() {
    let site = Site::small("");
    let home = site.build().read("index.html");
    let heroes = home.split_once("<dl class=\"heroes\">").unwrap().1.split_once("</dl>").unwrap().0;
    for metric in ["invest.year", "invest.plan", "target", "started", "invest.total_planned"] {
        assert!(heroes.contains(&format!("href=\"method/#{metric}\"")), "{metric}");
    }
    // Where nothing was reported there is no bar, so nothing is said of a mark on it.
    for project in ["bridge", "plant"] {
        let path = format!("content/projects/{project}.yaml");
        let text = std::fs::read_to_string(site.path().join(&path)).unwrap();
        site.write(&path, text.split_once("reports:").unwrap().0);
    }
    let home = site.build().read("index.html");
    assert!(home.contains("年度计划<a") && !home.contains("竖线"));
}

#[test]
fn a_ranking_shows_what_its_figure_is_computed_from() {
    let site = Site::small("");
    let rankings = site.build().read("rankings/index.html");
    let tables: Vec<&str> = rankings.split("<table class=\"ranking\">").skip(1).collect();
    let cells = |table: &str, label: &str| table.contains(&format!("data-label=\"{label}\""));
    assert!(cells(tables[0], "累计完成") && cells(tables[0], "计划"));
    assert!(cells(tables[1], "已开工") && cells(tables[1], "在册") && !cells(tables[1], "计划"));
    let head = tables[1].split_once("</thead>").unwrap().0;
    assert!(head.contains("data-label=\"已开工项目数\" data-basis=\"全部在册项目\""), "{head}");
}

#[test]
fn every_chart_of_a_page_is_described() {
    let site = Site::small(
        "//- content/bulletins/2023-16.md\n---\nkind: weekly\nnumber: 16\nas_of: 2023-03-31\npublished: 2023-04-28\n---\n",
    );
    site.edit(
        BRIDGE,
        "name: 清溪大桥",
        "name: 清溪大桥\nmilestones: [{name: 合龙, planned: 2023-03, actual: 2023-04-02}, {name: 通车, planned: 2023-12}]",
    );
    site.build();
    for (route, said) in [
        ("projects/bridge/", "共2个节点，截至2023年4月30日已完成1个。"),
        ("bulletins/2023-17/towns/nanshan/", "共2期；最近一期为绿灯"),
        ("bulletins/2023-17/", "各期位次，第1名在最上。"),
        (
            "en/",
            "Projects completed, under way and not started in 2 categories, as of 30 April 2023.",
        ),
    ] {
        let page = site.read(&format!("{route}index.html"));
        assert!(page.contains(said), "{route}");
        assert_eq!(page.matches("role=\"img\"").count(), page.matches("<desc ").count(), "{route}");
    }
}

#[test]
fn a_site_without_a_publisher_does_not_say_who_publishes_it() {
    let site = Site::small("");
    site.edit("content/site.yaml", "publisher: {name: 示例县融媒体中心}\n", "");
    assert!(!site.build().read("index.html").contains("主办"));
}

#[test]
fn a_town_that_shares_its_rank_is_said_to() {
    let site = Site::small("");
    let page = "towns/nanshan/index.html";
    site.build().check_file(page, "年度投资完成率列镇并列第1位（共2个）");
    site.check_file("en/towns/nanshan/index.html", "Joint No. 1 of 2 by annual completion");
    site.edit(BRIDGE, "cumulative: 4000万元", "cumulative: 4100万元").build();
    site.check_file(page, "年度投资完成率列镇第1位（共2个）");
}

#[test]
fn where_there_is_nothing_to_rank_the_page_says_so() {
    let site = Site::small("");
    site.edit("content/towns.yaml", ", group: town", "").build();
    site.check_file("rankings/index.html", "还没有可以排名的镇、园区。");
    site.check_file("en/rankings/index.html", "There are no towns or parks to rank yet.");
}

#[test]
fn a_typed_figure_that_nothing_has_on_its_day_is_told() {
    let site = Site::small("");
    let item =
        |text: &str| format!("---\ntitle: 进度\ndate: 2023-05-04\nissue: 2023-17\n---\n{text}\n");
    let check = |text: &str, told: &str| {
        site.write("content/news/typed.md", item(text));
        let problems = site.problems();
        match told {
            "" => assert_eq!(problems, "no problems found\n", "{text}"),
            told => assert!(
                problems.starts_with(&format!("content/news/typed.md:6:{told}")),
                "{problems}"
            ),
        }
    };
    let told = "12: warning[typed-figure]: `45.0%` is not the annual investment completion rate of that day: \
                of the whole it is 40.0%";
    check("全县年度投资完成率达到45.0%。", told);
    check("全县累计完成投资6100万元", "9: warning[typed-figure]: `6100万元` is not");
    // That of the whole, of a town, and one rounded further.
    check("年度投资完成率40%，累计完成投资0.6亿元，龙潭镇累计完成投资为2000万元。", "");
    check("上年年度投资完成率45.0%", "");
}
