//! From the sums of a scope to the value of each metric.

use jiff::civil::Date;

use super::figure::{Quantity, Value, money_phrase};
use super::metric::Metric;
use super::moment::Moment;
use super::scope::Scope;
use super::tally::{Sum, Tally};
use crate::diagnostic::Phrase;
use crate::record::{Method, Unreported};
use crate::value::{Money, Period, Rate, rounded};

/// The value of a metric that rests on the sums of one scope; none for the others: events and changes.
pub(super) fn value(metric: Metric, tally: &Tally, moment: &Moment) -> Option<Value> {
    let (counts, sums) = (&tally.counts, &tally.sums);
    let value = match metric {
        Metric::Projects => Value::Count(counts.listed),
        Metric::Started => Value::Count(counts.started),
        Metric::Finished => Value::Count(counts.finished),
        Metric::InProduction => Value::Count(counts.in_production),
        Metric::TotalPlanned => sum(sums.total, tally, no_total),
        Metric::Plan => sum(sums.plan, tally, no_plan),
        Metric::Year => sum(sums.year, tally, no_report),
        Metric::Ever => sum(sums.ever, tally, nothing_known_since_start),
        Metric::Month => sum(sums.increment, tally, no_month_reported),
        Metric::OffPlan => off_plan(tally),
        Metric::Annual => annual(tally),
        Metric::Total => total(tally),
        Metric::Target => Value::fraction(tally.target(moment)),
        Metric::Deviation => deviation(tally, moment),
        Metric::StartAll => Value::ratio(counts.started, counts.listed, no_project),
        Metric::StartNew => Value::ratio(counts.new_started, counts.new, no_new_project),
        Metric::StartDue => Value::ratio(counts.due_started, counts.due, none_due_to_start),
        Metric::StartEarly => Value::Count(counts.early),
        Metric::StartOrResume => {
            Value::ratio(counts.new_started + counts.resumed, counts.listed, no_project)
        }
        Metric::FinishDue => {
            Value::ratio(counts.finish_done, counts.finish_due, none_due_to_finish)
        }
        Metric::Pool(pool) => Value::Count(tally.in_pool(pool)),
        Metric::PoolAmount(pool) => {
            let amount = tally.pool_amount(pool);
            match amount.unknown {
                0 => Value::Money(amount.money),
                _ => sum(amount, tally, no_total),
            }
        }
        Metric::Lights(colour) => Value::Count(tally.with_light(colour)),
        Metric::Coverage => Value::ratio(counts.reported, counts.report_due, none_due_to_report),
        Metric::YearOnYear => year_on_year(tally),
        Metric::AnnualChange
        | Metric::Events(_)
        | Metric::EventsAmount(_)
        | Metric::AwardPoints => {
            return None;
        }
    };
    Some(value)
}

/// What must be said beside a figure: on which day its data stand, how many projects have reported, what it leaves out, or that
/// two years are of different projects.
///
/// Of a single project the day says all: that it has not reported.
pub(super) fn note(
    metric: Metric,
    scope: Scope,
    tally: &Tally,
    moment: &Moment,
    method: &Method,
) -> Option<Phrase> {
    let of_several = |note: Option<Phrase>| note.filter(|_| !matches!(scope, Scope::Project(_)));
    let coverage = || of_several(coverage(tally, moment));
    let parts = match metric {
        Metric::Year | Metric::Deviation => [data_day(tally, moment), coverage(), None],
        Metric::Annual => [data_day(tally, moment), coverage(), beside_plan(tally, method)],
        Metric::Ever => {
            let unknown = unknown_since_start(tally.sums.ever.unknown);
            [ever_day(tally, moment), coverage(), of_several(unknown)]
        }
        Metric::Total => {
            // Of who started this year and has not reported the total investment counts.
            let unknown = tally.sums.ever.unknown - tally.sums.total_done.unknown;
            [ever_day(tally, moment), coverage(), of_several(unknown_since_start(unknown))]
        }
        Metric::Month | Metric::AnnualChange => [coverage(), None, None],
        Metric::YearOnYear => [manifold(tally, method), incomparable(tally), coverage()],
        _ => [None, None, None],
    };
    let parts: Vec<Phrase> = parts.into_iter().flatten().collect();
    let joined =
        |of: fn(&Phrase) -> &str, with| parts.iter().map(of).collect::<Vec<_>>().join(with);
    (!parts.is_empty())
        .then(|| Phrase::new(joined(|part| &part.zh, "·"), joined(|part| &part.en, "; ")))
}

/// Two days in one figure need a label (DOMAIN.md 6.2): the day it is as of, and the day that its data stand on.
fn data_day(tally: &Tally, moment: &Moment) -> Option<Phrase> {
    earlier_day(tally.reported_until, moment)
}

/// The same of the investment since construction began.
fn ever_day(tally: &Tally, moment: &Moment) -> Option<Phrase> {
    earlier_day(tally.ever_reported_until, moment)
}

fn earlier_day(day: Option<Date>, moment: &Moment) -> Option<Phrase> {
    let day = Period::day(day.filter(|day| *day < moment.as_of.data)?);
    let zh = format!("数据截至{}", day.in_chinese());
    Some(Phrase::new(zh, format!("data as of {}", day.in_english())))
}

/// Who has not reported adds nothing, so the reader must be told (DOMAIN.md 6.2): of every project that has a share in the sums,
/// leading town or not.
fn coverage(tally: &Tally, moment: &Moment) -> Option<Phrase> {
    let (reported, due) = (tally.sharing.reported, tally.sharing.report_due);
    let is_without = moment.unreported == Unreported::Exclude && tally.counts.missing > 0;
    let (without_zh, without_en) = if is_without {
        ("，全年未报的不计入", ", the others left out")
    } else {
        ("", "")
    };
    (reported < due).then(|| {
        Phrase::new(
            format!("报送{reported}/{due}{without_zh}"),
            format!("{reported} of {due} projects reported{without_en}"),
        )
    })
}

/// What was done but is not in the rate, for its projects have a plan of zero or none (DOMAIN.md 6.5): it is in the sum that
/// stands beside.
fn beside_plan(tally: &Tally, method: &Method) -> Option<Phrase> {
    let off_plan = tally.sums.off_plan.money;
    let unplanned = tally.sums.year.money - tally.sums.on_plan_done.money - off_plan;
    if off_plan.is_zero() && unplanned.is_zero() || tally.annual_rate().is_none() {
        return None;
    }
    let told = |amount: Money, zh: &str, en: &str| {
        let shown = (!amount.is_zero()).then(|| money_phrase(amount, method))?;
        Some(Phrase::new(format!("{zh}{}", shown.zh), format!("{} more {en}", shown.en)))
    };
    let off_plan = told(off_plan, "另有计划外完成", "was done outside the plan");
    let unplanned =
        told(unplanned, "另有未下达计划的项目完成", "was done by projects without a plan");
    match (off_plan, unplanned) {
        (Some(off_plan), Some(unplanned)) => Some(Phrase::new(
            format!("{}，{}", off_plan.zh, unplanned.zh),
            format!("{}, {}", off_plan.en, unplanned.en),
        )),
        (off_plan, unplanned) => off_plan.or(unplanned),
    }
}

/// Of whom nothing is known since construction began adds nothing (DOMAIN.md 6.6).
fn unknown_since_start(unknown: u64) -> Option<Phrase> {
    (unknown > 0).then(|| {
        Phrase::new(
            format!("{unknown}个项目开工以来累计数不明，未计入"),
            format!("not known of {unknown} {}", if unknown == 1 { "project" } else { "projects" }),
        )
    })
}

/// From 200 % on growth is also told in multiples (DOMAIN.md 6.13): +250 % is 2.5 times more.
fn manifold(tally: &Tally, method: &Method) -> Option<Phrase> {
    let growth = year_on_year(tally).exact().filter(|growth| *growth >= Rate::from_integer(2))?;
    let shown = |rate| rounded(rate, method.rate_decimals, method.rounding);
    let zh = format!("增长{}倍", shown(growth));
    Some(Phrase::new(zh, format!("{} times last year's", shown(growth + Rate::from_integer(1)))))
}

fn incomparable(tally: &Tally) -> Option<Phrase> {
    let differing = tally.counts.unmatched;
    (differing > 0).then(|| {
        Phrase::new(
            format!("两年有数据的项目不尽相同（相差{differing}个），口径不完全可比"),
            format!(
                "the two years are of different projects ({differing} in one year only) and not fully comparable"
            ),
        )
    })
}

/// C / A over A > 0, the ratio of sums, never capped (DOMAIN.md 6.5).
fn annual(tally: &Tally) -> Value {
    let (done, plan) = (tally.sums.on_plan_done, tally.sums.on_plan);
    // A plan above zero that is no part of the denominator is of a project that is left out.
    let no_plan = if tally.sums.plan.money.is_zero() { no_positive_plan } else { no_report };
    rate(done, plan, tally, no_plan, no_report)
}

/// G / T (DOMAIN.md 6.6).
fn total(tally: &Tally) -> Value {
    let (done, total) = (tally.sums.total_done, tally.sums.total_known);
    let no_total = match tally.sums.total.known() {
        None => no_total,
        Some(total) if total.is_zero() => no_positive_total,
        Some(_) => nothing_known_since_start,
    };
    rate(done, total, tally, no_total, nothing_known_since_start)
}

fn rate(
    done: Sum,
    whole: Sum,
    tally: &Tally,
    no_whole: fn() -> Phrase,
    no_part: fn() -> Phrase,
) -> Value {
    match (done.known(), whole.known()) {
        (Some(part), Some(whole)) if !whole.is_zero() => {
            Value::Rate { part: Quantity::Money(part), whole: Quantity::Money(whole) }
        }
        (_, None) => unavailable(tally, no_whole),
        _ => unavailable(tally, no_part),
    }
}

fn deviation(tally: &Tally, moment: &Moment) -> Value {
    match annual(tally) {
        Value::Unavailable(reason) => Value::Unavailable(reason),
        annual => match annual.exact() {
            Some(rate) => Value::Points(rate - tally.target(moment)),
            None => unavailable(tally, no_positive_plan),
        },
    }
}

/// Investment outside the plan is nothing where no project has a zero plan; where one has, its reports are needed.
fn off_plan(tally: &Tally) -> Value {
    let off_plan = tally.sums.off_plan;
    match off_plan.unknown {
        0 if tally.sums.plan.projects == 0 => unavailable(tally, no_plan),
        0 => Value::Money(off_plan.money),
        _ => sum(off_plan, tally, no_report),
    }
}

/// (x − x′) / x′ (DOMAIN.md 6.13).
fn year_on_year(tally: &Tally) -> Value {
    let (now, then) = (tally.sums.year.known(), tally.sums.last_year.known());
    match (now, then) {
        (None, _) => unavailable(tally, no_report),
        (_, None) => Value::Unavailable(Phrase::new(
            "上年同期无数据",
            "nothing is known of the same day last year",
        )),
        (Some(now), Some(then)) if then.is_zero() => Value::Unavailable(Phrase::new(
            format!("上年同期为0，本年为{}", now.written()),
            format!("nothing by the same day last year, CNY {} this year", now.exact()),
        )),
        (Some(now), Some(then)) => {
            Value::Rate { part: Quantity::Money(now - then), whole: Quantity::Money(then) }
        }
    }
}

/// The change of the annual completion rate between two days (DOMAIN.md 6.14).
pub(super) fn annual_change(now: &Tally, before: Option<Rate>, same_year: bool) -> Value {
    match (now.annual_rate(), before) {
        _ if !same_year => Value::Unavailable(Phrase::new(
            "对比期在上一年度，年度完成率不可比",
            "the issue compared with is of another year",
        )),
        (Some(now), Some(before)) => match crate::value::difference(now, before) {
            Some(difference) => Value::Points(difference),
            None => Value::Unavailable(Phrase::new(
                "数位过多，无法精确相减",
                "there are too many digits to subtract exactly",
            )),
        },
        (None, _) => unavailable(now, no_report),
        (_, None) => {
            Value::Unavailable(Phrase::new("对比期无数据", "there is no figure to compare with"))
        }
    }
}

/// Why a change is no figure of one day alone.
pub(super) fn needs_comparison() -> Value {
    Value::Unavailable(Phrase::new("无对比期", "there is no issue to compare with"))
}

/// Why a scope has no points.
pub(super) fn no_award() -> Value {
    Value::Unavailable(Phrase::new("不参评", "it does not compete for the award"))
}

fn sum(sum: Sum, tally: &Tally, reason: fn() -> Phrase) -> Value {
    sum.known().map_or_else(|| unavailable(tally, reason), Value::Money)
}

/// Says that there is no project at all, or none with a share, before saying what the projects lack.
fn unavailable(tally: &Tally, reason: fn() -> Phrase) -> Value {
    Value::Unavailable(match (tally.counts.listed, tally.sharing.listed) {
        (0, 0) => no_project(),
        (_, 0) => no_share(),
        _ => reason(),
    })
}

/// Why a scope has no figure and no light, in Chinese and English: nothing is in it.
pub(super) const NO_PROJECT: (&str, &str) = ("范围内无在册项目", "no project is on the list");

/// Why a scope has no figure and no light, in Chinese and English: what is in it counts elsewhere.
pub(super) const NO_SHARE: (&str, &str) =
    ("牵头项目的投资份额均为零", "it has no share in the money of the projects that it leads");

fn no_project() -> Phrase {
    Phrase::new(NO_PROJECT.0, NO_PROJECT.1)
}

fn no_share() -> Phrase {
    Phrase::new(NO_SHARE.0, NO_SHARE.1)
}

fn no_new_project() -> Phrase {
    Phrase::new("无新建项目", "there are no new projects")
}

fn none_due_to_start() -> Phrase {
    Phrase::new("无应开工项目", "no project is due to have started")
}

fn none_due_to_finish() -> Phrase {
    Phrase::new("无当年应竣工项目", "no project is due to be completed this year")
}

fn none_due_to_report() -> Phrase {
    Phrase::new("尚无应报送的项目", "no report is due")
}

fn no_total() -> Phrase {
    Phrase::new("总投资未填报", "no total investment is on record")
}

fn no_plan() -> Phrase {
    Phrase::new("未下达年度计划", "no annual plan is on record")
}

fn no_positive_plan() -> Phrase {
    Phrase::new("无年度计划大于零的项目", "no project has an annual plan above zero")
}

fn no_positive_total() -> Phrase {
    Phrase::new("总投资为零", "the total investment is zero")
}

fn no_report() -> Phrase {
    Phrase::new("本年尚无报送", "nothing has been reported this year")
}

fn no_month_reported() -> Phrase {
    Phrase::new("应报月份尚无报送", "nothing has been reported for the month due")
}

fn nothing_known_since_start() -> Phrase {
    Phrase::new("开工以来完成投资不明", "the investment since the start is not known")
}
