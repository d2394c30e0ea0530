//! What can be wrong with what is reported of a project: amounts, periods, revisions.

use jiff::civil::Date;

use super::{error, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::value::{Money, Period, Share};

/// A report is of a period that ends behind the day of publication.
pub fn future_report(at: Place, day: Date) -> Diagnostic {
    warning(
        at,
        "future-fact",
        format!("{day} 还没有到，这次报送不计入"),
        format!("{day} is yet to come and the report does not count"),
    )
    .help("核对年份和月份", "check the year and month")
}

/// A report is known before its period ends.
pub fn reported_before_period_end(at: Place, reported: Date, period: Date) -> Diagnostic {
    error(
        at,
        "reported-before-period-end",
        format!("报送日期 {reported} 早于所报期末 {period}"),
        format!("it was reported on {reported}, before its period ended on {period}"),
    )
    .help("核对 `period` 和 `reported`", "check `period` and `reported`")
}

/// A report is of a period before the project was on the list.
pub fn report_before_joined(at: Place, period: Date, joined: Date) -> Diagnostic {
    error(
        at,
        "report-before-joined",
        format!("所报 {period} 早于入库 {joined}"),
        format!("it reports on {period}, before the project joined on {joined}"),
    )
    .help("核对 `period` 和 `joined`", "check `period` and `joined`")
}

/// A report is of a day after the project left the list, and does not count.
pub fn report_after_left(at: Place, period: Date, left: Date) -> Diagnostic {
    warning(
        at,
        "report-after-left",
        format!("所报 {period} 晚于调出 {left}，不计入"),
        format!("it reports on {period}, after the project left on {left}, and does not count"),
    )
    .help(
        format!("报到调出那天为止的，写 `period: {left}`"),
        format!("if it reports up to the day of leaving, write `period: {left}`"),
    )
}

/// A cumulative figure falls without a word about it.
pub fn cumulative_falls(at: Place, from: (Money, Period), to: (Money, Period)) -> Diagnostic {
    let ((from, since), (to, until)) = ((from.0.written(), from.1), (to.0.written(), to.1));
    error(
        at,
        "cumulative-falls",
        format!("累计数从 {since} 的 {from} 降到 {until} 的 {to}"),
        format!("the cumulative figure falls from {from} at {since} to {to} at {until}"),
    )
    .help(
        "核对数字；确属更正的，写明 `revision: 原因`",
        "check the figure; if it is a correction, write `revision: reason`",
    )
}

/// Physical progress falls, and nothing is said of it.
pub fn physical_falls(at: Place, from: (Share, Period), to: Share) -> Diagnostic {
    let ((from, since), to) = ((from.0.to_string(), from.1), to.to_string());
    warning(
        at,
        "physical-falls",
        format!("形象进度从 {since} 的 {from} 降到 {to}"),
        format!("physical progress falls from {from} at {since} to {to}"),
    )
    .help(
        "核对数字；确属更正的，写明 `revision: 原因`",
        "check the figure; if it is a correction, write `revision: reason`",
    )
}

/// Money is reported of a year before the one in which a new project started.
pub fn report_before_start(at: Place, period: Period, started: Date) -> Diagnostic {
    warning(
        at,
        "report-before-start",
        format!("所报的 {period} 在开工（{started}）的前一年或更早"),
        format!("{period} is of a year before the start on {started}"),
    )
    .help("核对 `period` 的年份", "check the year of `period`")
}

/// A period is reported anew with a smaller amount, and without a word about it: two amounts, each with the day on which it
/// was known.
pub fn reported_lower(
    at: Place,
    period: Period,
    from: (Money, Date),
    to: (Money, Date),
) -> Diagnostic {
    let (zh, en) = reported_twice(period, from, to);
    error(at, "cumulative-falls", zh, en).help(
        "重复的删去一条；确属更正的，在后报的一条写明 `reported` 和 `revision: 原因`",
        "remove one of them; if it is a correction, write `reported` and `revision: reason` in the later one",
    )
}

/// A period is reported anew with a larger amount, and without a word about it.
pub fn unexplained_revision(
    at: Place,
    period: Period,
    from: (Money, Date),
    to: (Money, Date),
) -> Diagnostic {
    let (zh, en) = reported_twice(period, from, to);
    warning(at, "unexplained-revision", zh, en).help(
        "写错了月份的，改正 `period`；确属更正的，在后报的一条写明 `reported` 和 `revision: 原因`",
        "correct `period` if it is of another month; of a revision, write `reported` and `revision: reason` in the later one",
    )
}

/// A revision does not say when it was reported: it counts as known when the period ended, in issues too that are out.
pub fn undated_revision(at: Place, known: Date) -> Diagnostic {
    warning(
        at,
        "undated-revision",
        format!("没有写哪天更正，就当作 {known} 已经知道，已出的公报也会跟着变"),
        format!("it does not say when it was revised, so it counts as known on {known}, and issues that are out change with it"),
    )
    .help("写明更正那天，如 `reported: 2023-05-08`", "write the day, such as `reported: 2023-05-08`")
}

/// A revision does not say when it was reported, and counts as known before what it revises.
pub fn idle_revision(at: Place, known: Date, then: Date) -> Diagnostic {
    error(
        at,
        "undated-revision",
        format!("没有写哪天更正，就当作 {known} 已经知道，比 {then} 报的那一条早，更正不起作用"),
        format!("it does not say when it was revised, so it counts as known on {known}, before what was reported on {then}, and revises nothing"),
    )
    .help("写明更正那天，如 `reported: 2023-05-08`", "write the day, such as `reported: 2023-05-08`")
}

fn reported_twice(
    period: Period,
    (from, first): (Money, Date),
    (to, then): (Money, Date),
) -> (String, String) {
    let (from, to) = (from.written(), to.written());
    (
        format!("{period} 报了两次，先是 {from}（{first} 报），后是 {to}（{then} 报）"),
        format!(
            "{period} is reported twice, first as {from} (known on {first}), then as {to} (known on {then})"
        ),
    )
}

/// What was done this year is more than what was done in all.
pub fn year_above_total(at: Place) -> Diagnostic {
    error(
        at,
        "year-above-total",
        "本年累计大于开工以来累计",
        "the year's figure is above the total since construction began",
    )
    .help("核对 `cumulative` 和 `total`", "check `cumulative` and `total`")
}

/// A started project has no report for a month.
pub fn report_missing(at: Place, month: &str) -> Diagnostic {
    warning(
        at,
        "report-missing",
        format!("缺 {month} 的报送"),
        format!("there is no report for {month}"),
    )
    .help(
        "补报；在此之前沿用上次的数，并标明未更新",
        "add it; until then the last figure is carried on and marked as stale",
    )
}

/// It is not known what was done since construction began.
pub fn total_unknown(at: Place) -> Diagnostic {
    warning(
        at,
        "total-unknown",
        "往年的累计数没有报全，开工以来完成了多少不明，不计入总投资完成率",
        "earlier years are not reported to their ends: what was done since the start is not known and in no total rate",
    )
    .help(
        "在最近一次报送里写明开工以来累计 `total`，或补报往年12月的累计数",
        "write `total` in the last report, or the cumulative figure of each December before",
    )
}

/// More was done than the project costs.
pub fn above_total(at: Place, done: Money, total: Money) -> Diagnostic {
    let (done, total) = (done.written(), total.written());
    warning(
        at,
        "above-total",
        format!("累计完成 {done}，超过总投资 {total}"),
        format!("{done} done is above the total investment of {total}"),
    )
    .help(
        "核对单位；确属超概算的，修订总投资并写明原因",
        "check the unit; if it is so, revise the total investment with a reason",
    )
}

/// Of a year's plan half as much again was done (DOMAIN.md 8).
pub fn above_plan(at: Place, done: Money, plan: Money) -> Diagnostic {
    let (done, plan) = (done.written(), plan.written());
    warning(
        at,
        "above-plan",
        format!("累计完成 {done}，超过年度计划 {plan} 的一倍半"),
        format!("{done} done is over one and a half times the year's plan of {plan}"),
    )
    .help("核对两处的单位（万元、亿元）", "check the units of both")
}

/// More was done than a project can cost: ten times its total investment, or a thousand times the year's plan.
pub fn impossible_amount(at: Place, done: Money, most: Money) -> Diagnostic {
    let (done, most) = (done.written(), most.written());
    error(
        at,
        "impossible-amount",
        format!("累计完成 {done}，而这个项目只有 {most}：单位写错了"),
        format!("{done} done, of a project of {most}: the unit is wrong"),
    )
    .help("核对两处的单位（元、万元、亿元）", "check the units of both")
}

/// Of a year's plan next to nothing was done.
pub fn negligible_report(at: Place, done: Money, plan: Money) -> Diagnostic {
    let (done, plan) = (done.written(), plan.written());
    warning(
        at,
        "negligible-amount",
        format!("累计完成 {done}，不到年度计划 {plan} 的万分之一"),
        format!("{done} done is less than a ten-thousandth of the year's plan of {plan}"),
    )
    .help("核对两处的单位（元、万元、亿元）", "check the units of both")
}

/// An increment is far above the others.
pub fn increment_jumps(at: Place, increment: Money, median: Money) -> Diagnostic {
    let (increment, median) = (increment.written(), median.written());
    warning(
        at,
        "increment-jumps",
        format!("本期新增 {increment}，超过各期中位数 {median} 的五倍"),
        format!("the increment of {increment} is over five times the median of {median}"),
    )
    .help("核对数字和单位", "check the figure and its unit")
}
