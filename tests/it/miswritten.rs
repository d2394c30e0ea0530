//! What a Chinese input method, Word or Excel makes of Markdown is told, where it is text for it.

use crate::site::{DATE, Site};

const NEWS: &str = "content/news/typed.md";
const HEAD: &str = "---\ntitle: 录入\ndate: 2023-05-04\n---\n";

fn site(text: &str) -> Site {
    let site = Site::small("");
    site.write(NEWS, format!("{HEAD}{text}"));
    site
}

#[test]
fn each_mistake_is_told_at_its_place() {
    let text = "\
大桥[开工率]，{{invest.annual@town:nanshan}}，[[invest.annual
@town:nanshan]]。

    本月，各镇抓紧施工。

见![图]（a.png）和【项目】(/projects/bridge/)。

##现场

各镇：
-南山镇
-龙潭镇

｜镇｜长｜
｜东｜2｜

镇\t长
东\t2

| 镇 | 长 |
|---|---|
| 东 | 100米 | 300米 |

甲[^1]，乙[^2]。

[^2]：注
[^3]: 又注
";
    let expected = [
        "5:3: warning[miswritten-figure]",
        "5:9: error[miswritten-figure]",
        "5:40: error[miswritten-figure]",
        "8:5: warning[indented-paragraph]",
        "10:2: warning[miswritten-link]",
        "10:14: warning[miswritten-link]",
        "12:1: warning[miswritten-heading]",
        "15:1: warning[miswritten-list]",
        "18:1: warning[miswritten-table]",
        "21:1: warning[miswritten-table]",
        "26:1: warning[miswritten-table]",
        "28:2: warning[miswritten-footnote]",
        "30:1: warning[miswritten-footnote]",
        "31:1: warning[miswritten-footnote]",
    ];
    let told = site(text).problems();
    let place = |line: &str| line.rsplit_once("]: ").map(|(place, _)| format!("{place}]"));
    let places: Vec<String> = told.lines().filter_map(place).collect();
    assert_eq!(places, expected.map(|place| format!("{NEWS}:{place}")), "{told}");
}

#[test]
fn sound_texts_are_told_nothing_of() {
    let text = "\
# 一、总体情况

桥面30*12*2米，引桥20*8米；**重点**项目#1、＃2机组，[2023]（修订），【通知】（全文），［1］，[注]。
`[[开工率]`、`[^1]`、\\[[开工率]]、\\[开工率]、{略}，C#，票价|元，3>2。

#重点项目#开工，见[项目](/projects/bridge/)和[项目][1]（第1期）。

- 南山镇（20*8米）
- 龙潭镇[^1]

-1℃
——各镇

| 镇 | 长 |
|---|---|
| 东\\|西 | 2 |

```
|a|b|c|
|d|e|f|，##甲。
```

<p>[项目]（/projects/bridge/）</p>

[^1]: 注：[[开工率@town:nanshan]]。

[1]: /projects/bridge/
";
    assert_eq!(site(text).problems(), "no problems found\n");
}

#[test]
fn the_right_form_is_made_of_what_was_typed() {
    for (text, words) in [
        ("大桥[开工率]，", "写成 `[[开工率]]`"),
        ("{{开工率}}", "写成 `[[开工率]]`"),
        ("\t大桥，合龙。", "`大桥，合龙。`"),
        ("【大桥】（/projects/bridge/）", "写成 `[大桥](/projects/bridge/)`"),
        ("![现场](kai gong.png)", "写成 `![现场](<kai gong.png>)`"),
        ("＃＃现场", "写成 `## 现场`"),
        ("-南山镇\n-龙潭镇", "写成 `- 南山镇`"),
        ("镇\t长\t宽\n东\t2\t3", "写成 `| 镇 | 长 | 宽 |`，下一行写 `| --- | --- | --- |`"),
        ("|镇|\n|-|\n|东|300米|", "或删去 `300米`"),
        ("甲[^1]", "`[^1]: …`"),
        ("[^1]：注", "写成 `[^1]: 注`"),
        ("[^1]: 注", "写 `[^1]`"),
    ] {
        let told = site(text).run(&["--lang", "zh-CN", "check", "--date", DATE]).stderr();
        assert!(told.contains(words), "expected {words:?}, found:\n{told}");
    }
}

#[test]
fn a_product_of_numbers_is_no_emphasis() {
    let site = site("桥面30*12*2米，**引桥20*8米**。\n");
    let page = "news/typed/index.html";
    site.build().check_file(page, "桥面30*12*2米，<strong>引桥20*8米</strong>。");
}
