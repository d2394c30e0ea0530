//! What is to be said of investment: sums, completion, target, comparison.

use super::{Entry, Metric, Polarity, Unit};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        metric: Metric::TotalPlanned,
        id: "invest.total_planned",
        unit: Unit::Money,
        polarity: Polarity::Neutral,
        label: ["总投资", "total investment"],
        names: &["计划总投资"],
        basis: ["全部在册项目", "all projects on the list"],
        formula: [
            "在册项目截至日有效的总投资之和",
            "the sum of the total investments in force on the day",
        ],
    },
    Entry {
        metric: Metric::Plan,
        id: "invest.plan",
        unit: Unit::Money,
        polarity: Polarity::Neutral,
        label: ["年度计划投资", "planned investment of the year"],
        names: &["年度计划"],
        basis: ["全部在册项目", "all projects on the list"],
        formula: [
            "在册项目截至日有效的年度计划投资之和",
            "the sum of the annual plans in force on the day",
        ],
    },
    Entry {
        metric: Metric::Year,
        id: "invest.year",
        unit: Unit::Money,
        polarity: Polarity::HighIsGood,
        label: ["累计完成投资", "investment completed this year"],
        names: &["完成投资", "本年完成投资", "年度完成投资"],
        basis: ["全部在册项目，自当年1月1日起", "all projects on the list, since 1 January"],
        formula: [
            "在册项目自当年1月1日至截至日完成投资之和；未报当月的沿用最近一次上报数，未开工的为零",
            "the sum of the investment completed from 1 January to the day; where the month is not reported, the last report stands; nothing where it has not started",
        ],
    },
    Entry {
        metric: Metric::Ever,
        id: "invest.ever",
        unit: Unit::Money,
        polarity: Polarity::HighIsGood,
        label: ["开工以来完成投资", "investment completed since the start"],
        names: &["开累完成投资", "自开工累计完成投资"],
        basis: ["全部在册项目，自开工起", "all projects on the list, since their start"],
        formula: [
            "在册项目自开工至截至日完成投资之和，为年初以前完成数加当年累计数",
            "the sum of the investment completed since construction began: what was done before the year, and the year's cumulative",
        ],
    },
    Entry {
        metric: Metric::Month,
        id: "invest.month",
        unit: Unit::Money,
        polarity: Polarity::HighIsGood,
        label: ["本月新增投资", "investment added in the month"],
        names: &["当月完成投资", "本期新增投资", "当月新增投资"],
        basis: ["应报月份已报送的在册项目", "projects on the list that reported the month due"],
        formula: [
            "应报月份累计数减上一次上报的累计数；未报的增量不明，不计入",
            "the cumulative of the month due less that reported before; unknown, and left out, where the month is not reported",
        ],
    },
    Entry {
        metric: Metric::Annual,
        id: "invest.annual",
        unit: Unit::Rate,
        polarity: Polarity::HighIsGood,
        label: ["年度投资完成率", "annual investment completion rate"],
        names: &["投资完成率", "年度完成率", "占年度计划投资"],
        basis: [
            "年度计划大于零的在册项目的年度计划投资",
            "the annual plans of projects on the list with a plan above zero",
        ],
        formula: [
            "年度计划大于零的在册项目当年累计完成投资之和÷其年度计划投资之和",
            "the investment completed this year over the annual plans, for projects with a plan above zero",
        ],
    },
    Entry {
        metric: Metric::Total,
        id: "invest.total",
        unit: Unit::Rate,
        polarity: Polarity::HighIsGood,
        label: ["总投资完成率", "total investment completion rate"],
        names: &["累计投资完成率"],
        basis: [
            "总投资大于零，且开工以来完成数可知或今年开工的在册项目的总投资",
            "the total investments of projects on the list whose investment since the start is known, or that started this year",
        ],
        formula: [
            "开工以来完成投资之和÷总投资之和",
            "the investment completed since the start over the total investments",
        ],
    },
    Entry {
        metric: Metric::OffPlan,
        id: "invest.off_plan",
        unit: Unit::Money,
        polarity: Polarity::Neutral,
        label: ["计划外完成投资", "investment outside the plan"],
        names: &["计划外投资"],
        basis: ["年度计划为零的在册项目", "projects on the list with an annual plan of zero"],
        formula: [
            "年度计划为零的在册项目当年累计完成投资之和，不计入年度投资完成率",
            "the investment completed this year by projects with an annual plan of zero; no part of the annual completion rate",
        ],
    },
    Entry {
        metric: Metric::Target,
        id: "target",
        unit: Unit::Rate,
        polarity: Polarity::Neutral,
        label: ["序时进度", "target by date"],
        names: &["时间进度"],
        basis: ["年度计划", "the annual plan"],
        formula: [
            "按时间应完成年度计划的份额；项目自定进度的，以年度计划为权数加权平均",
            "the share of the annual plan that should be done by the day; own targets are weighted by the annual plan",
        ],
    },
    Entry {
        metric: Metric::Deviation,
        id: "deviation_pp",
        unit: Unit::Points,
        polarity: Polarity::HighIsGood,
        label: ["与序时进度之差", "deviation from target"],
        names: &["偏差", "超前滞后", "进度偏差"],
        basis: [
            "年度投资完成率减序时进度，百分点",
            "annual completion rate less target, in percentage points",
        ],
        formula: [
            "年度投资完成率减序时进度，用未舍入的数值相减后舍入一次",
            "the annual completion rate less the target, subtracted exactly and rounded once",
        ],
    },
    Entry {
        metric: Metric::YearOnYear,
        id: "invest.year.yoy",
        unit: Unit::Growth,
        polarity: Polarity::HighIsGood,
        label: ["累计完成投资同比", "investment against last year"],
        names: &["同比", "完成投资同比"],
        basis: ["上年同期在册项目累计完成投资", "investment completed by the same day last year"],
        formula: [
            "(本年累计完成投资−上年同期)÷上年同期",
            "the investment completed this year less that by the same day last year, over the latter",
        ],
    },
    Entry {
        metric: Metric::AnnualChange,
        id: "invest.annual.change_pp",
        unit: Unit::Points,
        polarity: Polarity::HighIsGood,
        label: ["年度投资完成率较上期", "change of the annual completion rate"],
        names: &["较上期"],
        basis: [
            "与对比期年度投资完成率之差，百分点",
            "against the issue compared with, in percentage points",
        ],
        formula: [
            "本期年度投资完成率减对比期年度投资完成率，用未舍入的数值相减后舍入一次；对比期已封存的，用封存的数",
            "the annual completion rate less that of the issue compared with, subtracted exactly and rounded once; of a sealed issue, the rate that it printed",
        ],
    },
];
