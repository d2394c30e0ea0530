//! What must be said beside a figure, so that nobody takes it for more than it is.

use jiff::civil::date;

use super::{as_of, project, project_in};
use crate::indicator::testing::{model, on, shown, snapshot};
use crate::indicator::{Metric, Scope};

fn note(snapshot: &crate::indicator::Snapshot, metric: Metric) -> String {
    snapshot.figure(metric, Scope::All).note.map(|note| note.zh.into_owned()).unwrap_or_default()
}

#[test]
fn changes_say_how_many_have_reported_as_the_rates_do() {
    let reports = |last: &str| {
        format!(
            "type: continuing\nplan: {{2022: 1200万元, 2023: 1200万元}}\nreports: [{{period: 2022-04, cumulative: 400万元}}, {{period: 2023-02, cumulative: 200万元}}{last}]"
        )
    };
    let files = project("a", &reports(""))
        + &project("b", &reports(", {period: 2023-04, cumulative: 400万元}"));
    let model = model(&files);
    let (now, before) =
        (snapshot(&model, on(date(2023, 4, 30))), snapshot(&model, on(date(2023, 2, 28))));
    assert_eq!(note(&now, Metric::YearOnYear), "报送1/2");
    let change = now.figure_since(Metric::AnnualChange, Scope::All, &before);
    assert_eq!(change.note.unwrap().zh, "报送1/2");
}

#[test]
fn what_is_done_beside_the_plan_is_told_beside_the_rate() {
    let done = |plan: &str, amount| {
        format!("type: new\n{plan}\nreports: [{{period: 2023-04, cumulative: {amount}}}]")
    };
    let planned = project("a", &done("plan: {2023: 1亿元}", "3000万元"));
    let zero = project("b", &done("plan: {2023: 0元}", "500万元"));
    let none = project("c", &done("", "70万元"));
    let note = |files: &str| note(&as_of(date(2023, 4, 30), files), Metric::Annual);
    assert_eq!(note(&planned), "");
    assert_eq!(note(&(planned.clone() + &zero)), "另有计划外完成500万元");
    assert_eq!(note(&(planned.clone() + &none)), "另有未下达计划的项目完成70万元");
    assert_eq!(
        note(&(planned + &zero + &none)),
        "另有计划外完成500万元，另有未下达计划的项目完成70万元"
    );
    // There is no rate to tell it beside.
    assert_eq!(note(&none), "");
}

#[test]
fn who_is_left_out_of_the_total_rate_is_counted() {
    let files = project(
        "a",
        "type: new\nstarted: 2023-02\ntotal_investment: 2亿元\nreports: [{period: 2023-04, cumulative: 1亿元}]",
    ) + &project_in(
        "west",
        "b",
        "type: continuing\nstarted: 2021-02\ntotal_investment: 2亿元\nreports: [{period: 2023-04, cumulative: 1亿元}]",
    );
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(shown(&snapshot, "invest.total", Scope::All), "50.0%");
    assert_eq!(note(&snapshot, Metric::Total), "1个项目开工以来累计数不明，未计入");
}

#[test]
fn growth_of_more_than_double_is_told_in_multiples_too() {
    let grown = |to: &str| {
        let reports = format!(
            "[{{period: 2022-04, cumulative: 100万元}}, {{period: 2023-04, cumulative: {to}}}]"
        );
        as_of(date(2023, 4, 30), &project("a", &format!("type: continuing\nreports: {reports}")))
    };
    assert_eq!(shown(&grown("350万元"), "invest.year.yoy", Scope::All), "+250.0%");
    assert_eq!(note(&grown("350万元"), Metric::YearOnYear), "增长2.5倍");
    assert_eq!(note(&grown("299万元"), Metric::YearOnYear), "");
}

#[test]
fn the_year_before_is_compared_up_to_the_same_month() {
    let reports = "[{period: 2023-01, cumulative: 100万元}, {period: 2023-02, cumulative: 200万元}, {period: 2024-01, cumulative: 100万元}, {period: 2024-02, cumulative: 200万元}]";
    let model = model(&project("a", &format!("type: continuing\nreports: {reports}")));
    for day in [28, 29] {
        let snapshot = snapshot(&model, on(date(2024, 2, day)));
        assert_eq!(shown(&snapshot, "invest.year.yoy", Scope::All), "0.0%", "{day}");
    }
}

#[test]
fn of_who_started_this_year_the_total_counts_before_the_first_report() {
    let total = "type: new\ntotal_investment: 1亿元";
    let files = project(
        "a",
        &format!(
            "{total}\nstarted: 2023-01-05\nreports: [{{period: 2023-02, cumulative: 1000万元}}]"
        ),
    ) + &project("b", &format!("{total}\nstarted: 2023-02-12"))
        + &project("c", &format!("{total}\nstarted: 2021-02-12"));
    let snapshot = as_of(date(2023, 2, 28), &files);
    assert_eq!(shown(&snapshot, "invest.total", Scope::All), "5.0%");
    assert_eq!(note(&snapshot, Metric::Total), "报送1/3·1个项目开工以来累计数不明，未计入");
    assert_eq!(note(&snapshot, Metric::Ever), "报送1/3·2个项目开工以来累计数不明，未计入");
}

#[test]
fn what_is_invested_since_the_start_is_as_of_its_own_day() {
    let reports =
        "reports: [{period: 2023-02, cumulative: 200万元}, {period: 2023-03, total: 1500万元}]";
    let files = project("a", &format!("type: continuing\nstarted: 2022-03\n{reports}"));
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert!(note(&snapshot, Metric::Year).starts_with("数据截至2023年2月28日"));
    assert!(note(&snapshot, Metric::Ever).starts_with("数据截至2023年3月31日"));
}
