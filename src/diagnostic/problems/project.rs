//! What can be wrong with a project's record: its amounts, its dates, its reports.

use jiff::civil::Date;

use super::{error, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::value::{Money, Period, Share};

/// The shares of a project do not sum to the whole.
pub fn shares_sum(at: Place, sum: &str) -> Diagnostic {
    error(
        at,
        "shares-sum",
        format!("各镇份额之和是 {sum}%，不是 100%"),
        format!("the shares sum to {sum}%, not 100%"),
    )
    .help("改正份额，使之和为 100%", "correct the shares so that they sum to 100%")
}

/// The shares leave out the town that leads.
pub fn lead_town_without_share(at: Place, town: &str) -> Diagnostic {
    warning(
        at,
        "lead-town-without-share",
        format!("牵头镇 `{town}` 没有份额"),
        format!("the leading town `{town}` has no share"),
    )
    .help("在 `shares` 里写上它，或改 `town`", "give it a share, or change `town`")
}

/// Something ends before it begins: two fields, each with its date.
pub fn finish_before_start(
    at: Place,
    (last, end): (&str, Period),
    (first, start): (&str, Period),
) -> Diagnostic {
    error(
        at,
        "finish-before-start",
        format!("`{last}` 的 {end} 早于 `{first}` 的 {start}"),
        format!("`{last}`, {end}, is before `{first}`, {start}"),
    )
    .help("核对两个日期", "check both dates")
}

/// An actual date lies behind the day of publication: it can only be a forecast.
pub fn future_fact(at: Place, day: Date) -> Diagnostic {
    warning(
        at,
        "future-fact",
        format!("{day} 还没有到，不计入"),
        format!("{day} is yet to come and does not count"),
    )
    .help("预计的日期请写在 planned 或 forecast 里", "write expected dates as planned or forecast")
}

/// A project joins the list behind the day of publication: it counts from then on, but is public already.
pub fn joins_later(at: Place, day: Date) -> Diagnostic {
    warning(
        at,
        "future-fact",
        format!("{day} 才入库，现在不计入，但它的页面和数据已经公开"),
        format!(
            "it joins on {day} and does not count before, but its page and data are public already"
        ),
    )
    .help(
        "还不能公开的，到那天为止写 `visibility: internal`",
        "if it is not to be public yet, write `visibility: internal` until then",
    )
}

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

/// Money was spent on a project that does not say when it started.
pub fn no_start(at: Place) -> Diagnostic {
    warning(
        at,
        "no-start",
        "已报完成投资，但没有写 `started`，按未开工计算",
        "investment is reported, but `started` is not written: it counts as not started",
    )
    .help(
        "写明开工日期；确未开工的，在报送里写 `note` 说明",
        "write the day; if work has not begun, say so in the report's `note`",
    )
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

/// A project or item has the name that it was made with.
pub fn placeholder(at: Place, name: &str) -> Diagnostic {
    warning(
        at,
        "placeholder",
        format!("`{name}` 还没有填"),
        format!("`{name}` is still to be filled in"),
    )
    .help("写上名称，并核对其余各项", "write the name, and check the other fields")
}

/// 项目统一代码 is not of the form of GB/T 40058.
pub fn bad_project_code(at: Place, code: &str) -> Diagnostic {
    error(
        at,
        "bad-project-code",
        format!("项目代码 `{code}` 的格式不对"),
        format!("the project code `{code}` has not the right form"),
    )
    .help("形如 `2020-510802-47-03-000000`", "it is like `2020-510802-47-03-000000`")
}

/// Two projects have one code; `first` is the file of the one that has it.
pub fn duplicate_code(at: Place, first: &str) -> Diagnostic {
    warning(
        at,
        "duplicate-code",
        format!("{first} 的项目代码与此相同"),
        format!("{first} has the same project code"),
    )
    .help(
        "核对 `code`；是同一个项目的，合成一个文件",
        "check `code`; if it is one project, make one file of both",
    )
}

/// Two projects of one town have one name; `first` is the file of the one that has it.
pub fn same_name(at: Place, first: &str) -> Diagnostic {
    warning(
        at,
        "same-name",
        format!("{first} 的名称和镇与此相同"),
        format!("{first} has the same name and town"),
    )
    .help(
        "是同一个项目的，合成一个文件；不是的，名称上加以区别，如“（二期）”",
        "if it is one project, make one file of both; if not, tell them apart by name",
    )
}

/// Pools are not in the order of their days.
pub fn pools_out_of_order(at: Place) -> Diagnostic {
    error(
        at,
        "pools-out-of-order",
        "入库日期应当先后有序",
        "the days of the pools are not in order",
    )
    .help("按日期先后排列", "sort them by their days")
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

/// A year's plan is next to nothing of what the project costs.
pub fn negligible_plan(at: Place, year: i16, plan: Money) -> Diagnostic {
    let plan = plan.written();
    warning(
        at,
        "negligible-amount",
        format!("{year} 年计划 {plan}，不到总投资的万分之一"),
        format!(
            "the plan of {plan} for {year} is less than a ten-thousandth of the total investment"
        ),
    )
    .help("核对单位（元、万元、亿元）", "check the unit")
}

/// A year's plan is more than the project costs.
pub fn plan_above_total(at: Place, year: i16, plan: Money, total: Money) -> Diagnostic {
    let (plan, total) = (plan.written(), total.written());
    warning(
        at,
        "plan-above-total",
        format!("{year} 年计划 {plan}，超过总投资 {total}"),
        format!("the plan of {plan} for {year} is above the total investment of {total}"),
    )
    .help("核对两个数和单位", "check both amounts and their units")
}

/// A project at work has no plan for the year.
pub fn no_plan(at: Place, year: i16) -> Diagnostic {
    warning(
        at,
        "no-plan",
        format!("缺 {year} 年的年度计划：不计入年度投资完成率"),
        format!("the plan for {year} is missing: the project is left out of the completion rate"),
    )
    .help(
        format!("写上 `plan: {{{year}: …}}`；已竣工的写明 `finished`，已退出的写明 `left`"),
        format!("write `plan: {{{year}: …}}`; of a project that is completed or withdrawn, write `finished` or `left`"),
    )
}

/// The annual plan is zero.
pub fn zero_plan(at: Place, year: i16) -> Diagnostic {
    warning(
        at,
        "zero-plan",
        format!("{year} 年计划为零：完成的投资只计作计划外"),
        format!("the plan for {year} is zero: what is done counts as outside the plan only"),
    )
    .help("核对年度计划", "check the annual plan")
}

/// A pause goes on, and was not looked at again by the day that it says.
pub fn review_overdue(at: Place, review_by: Period) -> Diagnostic {
    warning(
        at,
        "review-overdue",
        format!("暂停应在 {review_by} 前复核，已经逾期"),
        format!("the pause was to be reviewed by {review_by}, which has passed"),
    )
    .help(
        "已复工的写明 `to`；仍暂停的，复核后改写 `review_by`",
        "write `to` if work has resumed; if it is suspended, review it and write a new `review_by`",
    )
}

/// A document should have been published by now.
pub fn disclosure_overdue(at: Place, title: &str, due: Date, days: u32) -> Diagnostic {
    warning(
        at,
        "disclosure-overdue",
        format!("`{title}` 的公开期限 {due} 已过"),
        format!("`{title}` was to be published by {due}"),
    )
    .help(
        format!("公开后写明 `published_on`；期限为 {days} 个工作日，未扣除法定节假日"),
        format!("publish it and write `published_on`; the time is {days} working days, public holidays not taken out"),
    )
}

/// Of a document it is not known when it was made, so that its deadline is not known either.
pub fn disclosure_undated(at: Place, title: &str) -> Diagnostic {
    warning(
        at,
        "disclosure-undated",
        format!("`{title}` 没有形成日期，算不出公开期限"),
        format!("`{title}` does not say when it was made, so that its deadline is not known"),
    )
    .help("写明 `formed_on`", "write `formed_on`")
}

/// A document was published before it was made.
pub fn published_before_formed(at: Place, published: Date, formed: Date) -> Diagnostic {
    error(
        at,
        "published-before-formed",
        format!("公开日期 {published} 早于形成日期 {formed}"),
        format!("it was published on {published}, before it was made on {formed}"),
    )
    .help("核对 `formed_on` 和 `published_on`", "check `formed_on` and `published_on`")
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
