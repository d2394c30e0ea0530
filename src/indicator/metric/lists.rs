//! What is to be said of pools, lights, events and points.

use super::{Colour, Entry, EventKind, Metric, Polarity, Pool, Unit};

/// How many projects are in a pool, by its code and its names.
macro_rules! pool {
    ($pool:ident, $code:literal, $zh:literal) => {
        Entry {
            metric: Metric::Pool(Pool::$pool),
            id: concat!("pool.", $code),
            unit: Unit::Count,
            polarity: Polarity::Neutral,
            label: [concat!($zh, "项目数"), concat!("projects in the ", $code, " pool")],
            names: &[$zh],
            basis: [
                concat!("在", $zh, "的在册项目"),
                concat!("projects on the list in the ", $code, " pool"),
            ],
            formula: [
                concat!("截至日在", $zh, "的在册项目个数"),
                concat!("the projects on the list that were in the ", $code, " pool on the day"),
            ],
        }
    };
}

/// Their total investment.
macro_rules! pool_amount {
    ($pool:ident, $code:literal, $zh:literal) => {
        Entry {
            metric: Metric::PoolAmount(Pool::$pool),
            id: concat!("pool.", $code, ".amount"),
            unit: Unit::Money,
            polarity: Polarity::Neutral,
            label: [concat!($zh, "总投资"), concat!("total investment in the ", $code, " pool")],
            names: &[],
            basis: [
                concat!("在", $zh, "的在册项目"),
                concat!("projects on the list in the ", $code, " pool"),
            ],
            formula: [
                concat!("截至日在", $zh, "的在册项目总投资之和"),
                concat!(
                    "the total investments of the projects that were in the ",
                    $code,
                    " pool on the day"
                ),
            ],
        }
    };
}

/// How many projects have a light of a colour.
macro_rules! lights {
    ($colour:ident, $polarity:ident, $code:literal, $zh:literal) => {
        Entry {
            metric: Metric::Lights(Colour::$colour),
            id: concat!("lights.", $code),
            unit: Unit::Count,
            polarity: Polarity::$polarity,
            label: [concat!($zh, "项目数"), concat!("projects with a ", $code, " light")],
            names: &[$zh],
            basis: ["全部在册项目", "all projects on the list"],
            formula: [
                concat!("按预警规则亮", $zh, "的在册项目个数"),
                concat!("the projects on the list with a ", $code, " light by the rule"),
            ],
        }
    };
}

/// How many events of a kind there were in the year.
macro_rules! events {
    ($kind:ident, $code:literal, $zh:literal, $en:literal) => {
        Entry {
            metric: Metric::Events(EventKind::$kind),
            id: concat!("events.", $code),
            unit: Unit::Count,
            polarity: Polarity::HighIsGood,
            label: [concat!($zh, "数"), concat!($en, " this year")],
            names: &[$zh],
            basis: [
                concat!("当年1月1日至截至日的", $zh, "事项"),
                concat!($en, " from 1 January to the day"),
            ],
            formula: [
                concat!("当年1月1日至截至日的", $zh, "事项个数；计事项，不计项目"),
                concat!(
                    "the ",
                    $en,
                    " from 1 January to the day; events are counted, not projects"
                ),
            ],
        }
    };
}

/// What they amount to.
macro_rules! events_amount {
    ($kind:ident, $code:literal, $zh:literal, $en:literal) => {
        Entry {
            metric: Metric::EventsAmount(EventKind::$kind),
            id: concat!("events.", $code, ".amount"),
            unit: Unit::Money,
            polarity: Polarity::HighIsGood,
            label: [concat!($zh, "金额"), concat!("amount of ", $en, " this year")],
            names: &[],
            basis: [
                concat!("当年1月1日至截至日的", $zh, "事项"),
                concat!($en, " from 1 January to the day"),
            ],
            formula: [
                concat!("当年1月1日至截至日", $zh, "事项的金额之和"),
                concat!("the amounts of the ", $en, " from 1 January to the day"),
            ],
        }
    };
}

pub(super) const ENTRIES: &[Entry] = &[
    pool!(Reserve, "reserve", "储备库"),
    pool_amount!(Reserve, "reserve", "储备库"),
    pool!(Preparation, "preparation", "前期库"),
    pool_amount!(Preparation, "preparation", "前期库"),
    pool!(Construction, "construction", "在建库"),
    pool_amount!(Construction, "construction", "在建库"),
    pool!(Production, "production", "投产库"),
    pool_amount!(Production, "production", "投产库"),
    lights!(Green, HighIsGood, "green", "绿灯"),
    lights!(Yellow, LowIsGood, "yellow", "黄灯"),
    lights!(Red, LowIsGood, "red", "红灯"),
    Entry {
        metric: Metric::Lights(Colour::None),
        id: "lights.none",
        unit: Unit::Count,
        polarity: Polarity::Neutral,
        label: ["未评灯项目数", "projects not rated"],
        names: &["不评灯"],
        basis: ["全部在册项目", "all projects on the list"],
        formula: [
            "按预警规则不评灯的在册项目个数，各有原因",
            "the projects on the list that the rule does not rate, each with its reason",
        ],
    },
    events!(Talk, "talk", "新洽谈", "talks"),
    events_amount!(Talk, "talk", "新洽谈", "talks"),
    events!(Sign, "sign", "新签约", "signings"),
    events_amount!(Sign, "sign", "新签约", "signings"),
    events!(Start, "start", "新开工", "starts"),
    events_amount!(Start, "start", "新开工", "starts"),
    events!(Finish, "finish", "新竣工", "completions"),
    events_amount!(Finish, "finish", "新竣工", "completions"),
    events!(Revive, "revive", "盘活", "revivals"),
    events_amount!(Revive, "revive", "盘活", "revivals"),
    Entry {
        metric: Metric::AwardPoints,
        id: "award.points",
        unit: Unit::Count,
        polarity: Polarity::HighIsGood,
        label: ["红旗积分", "points for the award"],
        names: &["积分"],
        basis: [
            "截至日所在月份的计分事项",
            "events of the month of the day that count for the award",
        ],
        formula: [
            "当月各类事项的分值之和，每类以月度上限为限",
            "the points of the month's events, each kind up to its monthly cap",
        ],
    },
];
