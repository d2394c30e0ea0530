//! One small chart of each kind, for tests.

use super::*;

pub(super) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("curve", curve().into()),
        ("bars", bars().into()),
        ("spark", spark().into()),
        ("stack", stack().into()),
        ("funnel", funnel().into()),
        ("history", history().into()),
        ("milestones", milestones().into()),
        ("slope", slope().into()),
    ]
}

pub(super) fn caption(title: &str, desc: &str) -> Caption {
    Caption { title: title.to_owned(), desc: desc.to_owned() }
}

/// A rate from hundredths of a percent, printed with one decimal for tests only.
pub(super) fn rate(value: i64) -> Figure {
    Figure { value, label: format!("{}.{}%", value / 100, value % 100 / 10) }
}

pub(super) fn count(value: i64) -> Figure {
    Figure { value, label: value.to_string() }
}

pub(super) fn months() -> [String; 12] {
    std::array::from_fn(|nth| format!("{}月", nth + 1))
}

pub(super) fn series(name: &str, values: [i64; 12]) -> Series {
    Series { name: name.to_owned(), points: values.map(|value| (value >= 0).then(|| rate(value))) }
}

pub(super) fn curve() -> Curve {
    Curve {
        caption: caption(
            "年度投资完成率",
            "截至4月30日完成年度计划的53.6%,超过序时进度23.6个百分点。",
        ),
        month_head: "月份".to_owned(),
        months: months(),
        actual: series("实际", [-1, 1210, 3120, 5360, -1, -1, -1, -1, -1, -1, -1, -1]),
        target: Some(series(
            "序时进度",
            [667, 1333, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 8667, 9333, 10000],
        )),
        last_year: Some(series(
            "上年同期",
            [-1, 800, 1600, 2710, 3500, 4620, 5400, 6080, 7120, 7900, 8800, 9740],
        )),
        as_of: Some(Moment { at: 400, label: "截至4月30日".to_owned() }),
    }
}

pub(super) fn light(light: Colour) -> LightMark {
    let name = match light {
        Colour::Green => "绿灯",
        Colour::Yellow => "黄灯",
        Colour::Red => "红灯",
        Colour::None => "不评",
    };
    LightMark { light, name: name.to_owned() }
}

pub(super) fn bar(rank: &str, name: &str, value: Option<i64>, lamp: Colour) -> BarRow {
    let rank = (!rank.is_empty()).then(|| rank.to_owned());
    BarRow { rank, name: name.to_owned(), figure: value.map(rate), light: Some(light(lamp)) }
}

pub(super) fn bars() -> Bars {
    Bars {
        caption: caption("各镇投资完成率排名", "龙潭镇居首。"),
        head: BarHead {
            rank: "位次".to_owned(),
            name: "镇".to_owned(),
            value: "完成率".to_owned(),
            light: "预警".to_owned(),
        },
        rows: vec![
            bar("1", "龙潭镇", Some(15_147), Colour::Green),
            bar("2", "南山镇", Some(5_360), Colour::Green),
            bar("3", "经济技术开发区管理委员会", Some(2_820), Colour::Yellow),
            bar("4", "现代食品与生物医药产业园区筹备工作领导小组", Some(30), Colour::Red),
            bar("", "青云乡", None, Colour::None),
        ],
        target: Some(Figure { value: 3_333, label: "序时进度 33.3%".to_owned() }),
        full: Some(10_000),
    }
}

pub(super) fn spark() -> Spark {
    Spark {
        caption: caption("南山镇投资完成率", ""),
        head: ["月份".to_owned(), "完成率".to_owned()],
        names: months().to_vec(),
        points: series("", [-1, 500, 1200, 2400, -1, 4400, -1, 6080, 7120, 7900, -1, -1])
            .points
            .to_vec(),
        full: Some(10_000),
    }
}

pub(super) fn stack() -> Stack {
    let lights = [Colour::Green, Colour::Yellow, Colour::Red, Colour::None];
    Stack {
        caption: caption("亮灯情况", "188个项目中亮绿灯132个。"),
        row_head: "范围".to_owned(),
        parts: lights.map(|lamp| Part { name: light(lamp).name, tint: Tint::Light(lamp) }).to_vec(),
        rows: vec![StackRow { name: String::new(), counts: [132, 41, 9, 6].map(count).to_vec() }],
    }
}

pub(super) fn funnel() -> Funnel {
    let stage = |name: &str, n: i64, amount: &str| Stage {
        name: name.to_owned(),
        count: Figure { value: n, label: format!("{n}个") },
        amount: Some(amount.to_owned()),
    };
    Funnel {
        caption: caption("四库项目", "储备库290个,投产库28个。"),
        head: FunnelHead {
            stage: "库".to_owned(),
            count: "项目".to_owned(),
            amount: "总投资".to_owned(),
        },
        stages: vec![
            stage("储备库", 290, "412.6亿元"),
            stage("前期库", 121, "188.3亿元"),
            stage("在建库", 188, "282.6亿元"),
            stage("投产库", 28, "36.9亿元"),
        ],
    }
}

pub(super) fn history() -> History {
    let lights =
        [Colour::None, Colour::Green, Colour::Yellow, Colour::Red, Colour::Yellow, Colour::Green];
    let letter = |lamp| light(lamp).name.chars().take(1).collect();
    let cell = |(lamp, nth): (Colour, i32)| Cell {
        issue: format!("{nth}期"),
        light: light(lamp),
        letter: letter(lamp),
    };
    History {
        caption: caption("南山镇历期亮灯", "近6期中亮红灯1期。"),
        head: HistoryHead { issue: "期次".to_owned(), light: "亮灯".to_owned() },
        cells: lights.into_iter().zip(12..).map(cell).collect(),
    }
}

pub(super) fn moment(at: i64, label: &str) -> Moment {
    Moment { at, label: label.to_owned() }
}

pub(super) fn milestones() -> Milestones {
    let row = |name: &str, planned, forecast, actual| Milestone {
        name: name.to_owned(),
        planned,
        forecast,
        actual,
    };
    Milestones {
        caption: caption("重要节点", "主体封顶预计比计划晚一个月。"),
        head: MilestoneHead {
            name: "节点".to_owned(),
            planned: "计划".to_owned(),
            forecast: "预计".to_owned(),
            actual: "实际".to_owned(),
        },
        rows: vec![
            row("开工", Some(moment(40, "2月10日")), None, Some(moment(45, "2月15日"))),
            row("基础完工", Some(moment(105, "4月15日")), None, Some(moment(98, "4月8日"))),
            row("主体封顶", Some(moment(180, "6月30日")), Some(moment(211, "7月31日")), None),
            row("竣工验收并投入使用", Some(moment(350, "12月16日")), None, None),
        ],
        ticks: vec![
            moment(0, "1月"),
            moment(90, "4月"),
            moment(181, "7月"),
            moment(273, "10月"),
            moment(365, "2024年1月"),
        ],
        as_of: Some(moment(119, "截至4月30日")),
    }
}

pub(super) fn slope() -> Slope {
    let row = |name: &str, ranks: [u32; 3]| SlopeRow {
        name: name.to_owned(),
        ranks: ranks.map(|rank| (rank > 0).then_some(rank)).to_vec(),
    };
    Slope {
        caption: caption("位次变化", "龙潭镇由第4位升至第1位。"),
        name_head: "镇".to_owned(),
        issues: vec!["第15期".to_owned(), "第16期".to_owned(), "第17期".to_owned()],
        rows: vec![
            row("南山镇", [1, 1, 2]),
            row("龙潭镇", [4, 3, 1]),
            row("经济技术开发区", [2, 2, 2]),
            row("青云乡", [3, 0, 4]),
            row("河口镇", [5, 4, 5]),
        ],
        legend: ["上升".to_owned(), "下降".to_owned(), "持平".to_owned()],
    }
}
