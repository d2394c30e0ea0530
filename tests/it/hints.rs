//! What is said of a problem tells an editor what to do, in plain words.

use crate::site::{DATE, Site};

const BRIDGE: &str = "content/projects/bridge.yaml";

/// What is told in Chinese of the small site with a file changed.
fn told(path: &str, old: &str, new: &str) -> String {
    let site = Site::small("");
    site.edit(path, old, new);
    said_of(&site)
}

fn said_of(site: &Site) -> String {
    site.run(&["--lang", "zh-CN", "check", "--date", DATE]).stderr()
}

/// Checks the words that are told of the bridge's record with a line in place of another.
#[track_caller]
fn check_bridge(old: &str, new: &str, words: &[&str]) {
    check_words(&told(BRIDGE, old, new), words);
}

/// Checks the words that are told of a text of news.
#[track_caller]
fn check_news(text: &str, words: &[&str]) {
    check_words(&told("content/news/start.md", "大桥开工,", text), words);
}

#[track_caller]
fn check_words(told: &str, words: &[&str]) {
    for words in words {
        assert!(told.contains(words), "expected {words:?}, found:\n{told}");
    }
    assert!(!told.contains("映射"), "{told}");
}

#[test]
fn a_value_of_another_shape_is_told_with_an_example() {
    check_bridge(
        "plan: {2023: 1亿元}",
        "plan: 6000万元",
        &["写明年份，如 `plan: {2023: 6000万元}`"],
    );
    let left = "type: new\nleft: 2023-05-10";
    check_bridge("type: new", left, &["应当是几项 `项: 值`", "写成 `left: {on: …, reason: …}`"]);
    let report = "  - 2023-04 4000万元";
    let april = "  - {period: 2023-04, cumulative: 4000万元}";
    check_bridge(april, report, &["写成 `- {period: …}`"]);
    check_bridge("type: new", "type: new\nflagship: 是", &["是写 `true`，不是写 `false`"]);
    check_bridge("name: 清溪大桥", "name: [清溪]", &["应当是文字，写的却是列表"]);
    check_bridge("planned_start: 2023-02", "planned_start: {on: 2023-02}", &["写的却是几项"]);
    let photos = "type: new\nphotos: {src: a.jpg, alt: 桥}";
    check_bridge("type: new", photos, &["应当是列表", "每项一行，以 `- ` 开头"]);
}

#[test]
fn a_project_of_two_start_batches_is_taken_out_of_one() {
    let more = "projects: [bridge]}, {id: 2023-q2, kind: start, name: 二季度, on: 2023-04-10, projects: [bridge]}]";
    let told = told("content/site.yaml", "projects: [bridge]}]", more);
    check_words(&told, &["已在开工批次 `2023-q1` 里", "从其中一个批次里删去"]);
    assert!(!told.contains("换一个 id"), "{told}");
}

#[test]
fn an_address_without_its_beginning_is_told_how_to_write_it() {
    check_news("[甲](www.example.org/a)", &["写成 `https://www.example.org/a`"]);
    check_news("![甲](pictures\\bridge.png)", &["分隔符是 `/`：写成 `pictures/bridge.png`"]);
    let photos = "type: new\nphotos: [{src: media\\bridge.png, alt: 桥}]";
    check_bridge("type: new", photos, &["分隔符是 `/`：写成 `media/bridge.png`"]);
}

#[test]
fn a_figure_of_an_internal_project_is_told_for_what_it_is() {
    let site = Site::small("");
    let record = std::fs::read_to_string(site.path().join(BRIDGE)).unwrap();
    site.write("content/projects/bridges.yaml", format!("{record}visibility: internal\n"));
    site.edit("content/projects/bridges.yaml", "清溪大桥", "内部工程");
    site.edit("content/news/start.md", "大桥开工,", "[[invest.year@project:bridges]]");
    let told = said_of(&site);
    check_words(&told, &["`bridges` 是内部项目", "内部项目不进任何数字"]);
    assert!(!told.contains("是不是"), "{told}");
}

#[test]
fn a_correction_comes_behind_the_issue_that_it_corrects() {
    let site = Site::small("");
    let news = |date: &str| {
        format!(
            "---\ntitle: 更正\ndate: {date}\nkind: correction\ncorrection_of: 2023-17\nfigures: [start.all]\n---\n文。\n"
        )
    };
    site.write("content/news/correction.md", news("2023-05-05"));
    assert!(!site.problems().contains("correction-before-issue"), "{}", site.problems());
    site.write("content/news/correction.md", news("2023-05-04"));
    let told =
        "content/news/correction.md:3:7: error[correction-before-issue]: it is dated 2023-05-04";
    assert!(site.problems().starts_with(told), "{}", site.problems());
}

#[test]
fn a_translation_of_an_issue_is_told_once() {
    let site = Site::small("");
    let text = std::fs::read_to_string(site.path().join("content/bulletins/2023-17.md")).unwrap();
    site.write("content/bulletins/2023-17.en.md", text);
    let told = site.problems();
    let file = "content/bulletins/2023-17.en.md:1:1: error[issue-translated]";
    assert!(told.starts_with(file) && told.lines().count() == 1, "{told}");
}

#[test]
fn a_name_in_place_of_an_id_is_told_with_the_id() {
    check_bridge("town: nanshan", "town: 南山镇", &["是不是 `nanshan`（南山镇）？"]);
    check_bridge("transport", "交通", &["是不是 `transport`（交通）？"]);
    check_bridge("type: new", "type: new\nchain: 食品", &["是不是 `food`（食品饮料）？"]);
    let towns = told("content/news/start.md", "[nanshan]", "[nanshan, 龙潭]");
    check_words(&towns, &["是不是 `longtan`（龙潭镇）？"]);
    check_news("[[start.all@town:南山镇]]", &["是不是 `town:nanshan`？"]);
    check_news("[[start.all@category: 工业]]", &["是不是 `category:industry`？"]);
}

#[test]
fn a_figure_that_lacks_a_bracket_is_told() {
    let told = |text: &str| {
        let site = Site::small("");
        site.edit("content/news/start.md", "大桥开工,", text).problems()
    };
    for (text, column) in [
        ("大桥[[invest.annual@town:nanshan]，", 3),
        ("大桥[invest.annual@town:nanshan]]，", 3),
        ("大桥**【【开工率】】**，", 5),
        ("大桥［［开工率］］，", 3),
    ] {
        let place = format!("content/news/start.md:8:{column}: error[miswritten-figure]");
        assert!(told(text).starts_with(&place), "{text}: {}", told(text));
    }
    for text in
        ["[表[coverage]]", "[[甲]", "【【甲】】", "\\[[start.all]]", "`[[start.all]`", "【开工率】"]
    {
        assert_eq!(told(text), "no problems found\n", "{text}");
    }
    check_news("[[开工率]，", &["写成 `[[开工率]]`"]);
    let description = "type: new\ndescription: |\n  建成【【开工率】】。";
    check_bridge("type: new", description, &["bridge.yaml:5:5", "写成 `[[开工率]]`"]);
}

#[test]
fn html_that_is_left_out_is_told_by_its_tag() {
    let text = "视频：\n\n<iframe src=\"https://example.org\">\n</iframe>\n\n<p>一</p><video></video> 甲<font>乙</font><iframe>\n";
    let site = Site::small("");
    let told = site.edit("content/news/start.md", "大桥开工,", text).problems();
    let places = [(10, 1, "iframe"), (13, 9, "video"), (13, 26, "font")];
    let expected = places.map(|(line, column, tag)| {
        format!(
            "content/news/start.md:{line}:{column}: warning[removed-tag]: `<{tag}>` is left out"
        )
    });
    let told: Vec<_> = told.lines().collect();
    assert_eq!(told, expected);
    let description = "type: new\ndescription: |\n  建成<video></video>。";
    check_bridge("type: new", description, &["bridge.yaml:5:5", "`<video>`"]);
}

#[test]
fn a_text_that_a_comment_cuts_off_is_told() {
    check_bridge(
        "name: 清溪大桥",
        "name: 清溪大桥 #1 标段",
        &["bridge.yaml:1:12", "只读到 `清溪大桥`", "引号"],
    );
    let site = Site::small("");
    site.edit("content/news/start.md", "title: 清溪大桥开工", "title: 项目 #1 过半");
    let told = "content/news/start.md:2:11: warning[cut-text]: only `项目` is read of this text";
    assert!(site.problems().starts_with(told), "{}", site.problems());
    for text in ["title: 清溪大桥开工 # 待定", "title: '项目 #1 过半'", "title: 项目#1 过半"]
    {
        let site = Site::small("");
        site.edit("content/news/start.md", "title: 清溪大桥开工", text);
        assert_eq!(site.problems(), "no problems found\n", "{text}");
    }
    let site = Site::small("");
    site.edit(BRIDGE, "type: new", "type: new\ndescription: |\n  name: 甲 #1标段\n  其余");
    assert_eq!(site.problems(), "no problems found\n");
}

#[test]
fn a_date_that_ends_with_the_year_is_told_how_to_be_written() {
    for (text, meant) in [
        ("10/02/2023", "2023-10-02"),
        ("20/04/2023", "2023-04-20"),
        ("04/2023", "2023-04"),
        ("2023-02-30", "核对年、月、日"),
    ] {
        check_bridge("started: 2023-02-15", &format!("started: {text}"), &["没有", meant]);
    }
}

#[test]
fn what_a_link_names_in_another_way_is_told_how_to_be_written() {
    for (link, words) in [
        ("[桥](projects/bridge)", "是不是 `/projects/bridge/`"),
        ("[桥](start.md)", "是不是 `/news/start/`"),
        ("![桥](content/media/a.svg)", "是不是 `a.svg`"),
        (r"![桥](C:\\Users\\x\\a.svg)", "写成 `a.svg`"),
    ] {
        let site = Site::small("//- content/media/a.svg\n<svg/>\n");
        site.edit("content/news/start.md", "大桥开工,", link);
        check_words(&said_of(&site), &[words]);
    }
}

#[test]
fn a_translation_is_told_how_its_file_is_named() {
    for name in ["start.EN.md", "start_en.md"] {
        let site = Site::small(&format!(
            "//- content/news/{name}\n---\ntitle: Start\ndate: 2023-02-16\n---\nText.\n"
        ));
        check_words(&said_of(&site), &["改名为 `start.en.md`"]);
    }
}

#[test]
fn a_mistyped_name_of_a_figure_is_told_in_its_language() {
    check_news("[[年度投资完成律]]", &["是不是 `年度投资完成率`"]);
}
