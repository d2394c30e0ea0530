//! What can be wrong with a project's record: its amounts, its dates, its documents.

use jiff::civil::Date;

use super::{error, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::value::{Money, Period};

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
