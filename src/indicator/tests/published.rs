//! Figures that real places have published, from the facts behind them (DOMAIN.md 2.1).

use jiff::civil::date;

use super::{as_of, method, project, project_in};
use crate::indicator::testing::shown;
use crate::indicator::{Metric, Ranking, Scope, Snapshot};

/// Projects numbered from zero, all alike.
fn projects(id: &str, number: usize, fields: &str) -> String {
    (0..number).map(|position| project(&format!("{id}-{position}"), fields)).collect()
}

#[test]
fn of_188_projects_147_have_started() {
    let files = projects("a", 147, "type: new\nstarted: 2023-04")
        + &projects("b", 41, "type: new\nstarted: 2023-05");
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(shown(&snapshot, "开工率", Scope::All), "78.2%");
    assert_eq!(shown(&snapshot, "projects", Scope::All), "188");
    assert_eq!(shown(&snapshot, "started", Scope::All), "147");
}

#[test]
fn completion_is_over_the_annual_plan() {
    let files = project(
        "a",
        "type: new\ntotal_investment: 282.6亿元\nplan: {2023: 144.78亿元}\nreports: [{period: 2023-04, cumulative: 77.6亿元}]",
    );
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(shown(&snapshot, "投资完成率", Scope::All), "53.6%");
    assert_eq!(shown(&snapshot, "invest.year", Scope::All), "77.6亿元");
    assert_eq!(shown(&snapshot, "deviation_pp", Scope::All), "+20.3");
}

#[test]
fn one_amount_gives_two_rates_by_two_denominators() {
    let files = method("{decimals: {rate: 2}}")
        + &project(
            "a",
            "type: new\nstarted: 2020-01\ntotal_investment: 40.71亿元\nplan: {2020: 27.93亿元}\nreports: [{period: 2020-06, cumulative: 14.43亿元}]",
        );
    let snapshot = as_of(date(2020, 6, 30), &files);
    assert_eq!(shown(&snapshot, "invest.total", Scope::All), "35.45%");
    assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "51.66%");
}

#[test]
fn the_deviation_is_computed_before_anything_is_rounded() {
    let files = project(
        "a",
        "type: new\nplan: {2022: 647.4亿元}\nreports: [{period: 2022-10, cumulative: 629.0亿元}]",
    );
    let snapshot = as_of(date(2022, 10, 31), &files);
    assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "97.2%");
    assert_eq!(shown(&snapshot, "target", Scope::All), "83.3%");
    // 97.2 − 83.3 would be 13.9.
    assert_eq!(shown(&snapshot, "deviation_pp", Scope::All), "+13.8");
}

#[test]
fn the_middle_of_august_is_half_a_month() {
    let files = method("{target: half-month}")
        + &project(
            "a",
            "type: new\nplan: {2017: 195.82亿元}\nreports: [{period: 2017-08-15, cumulative: 119.73亿元}]",
        );
    let snapshot = as_of(date(2017, 8, 15), &files);
    assert_eq!(shown(&snapshot, "target", Scope::All), "62.5%");
    assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "61.1%");
    assert_eq!(shown(&snapshot, "deviation_pp", Scope::All), "-1.4");
}

#[test]
fn new_projects_started_are_206_of_255() {
    let files = projects("a", 206, "type: new\nplanned_start: 2023-06\nstarted: 2023-06")
        + &projects("b", 17, "type: new\nplanned_start: 2023-10")
        + &projects("c", 32, "type: new\nplanned_start: 2023-12")
        + &projects("d", 189, "type: continuing");
    let snapshot = as_of(date(2023, 10, 31), &files);
    assert_eq!(shown(&snapshot, "start.new", Scope::All), "80.8%");
    let figure = snapshot.figure(Metric::StartDue, Scope::All);
    assert_eq!(figure.numerator().as_deref(), Some("206"));
    assert_eq!(figure.denominator().as_deref(), Some("223"));
}

#[test]
fn starts_are_those_due_less_those_late_and_those_early() {
    // 118 = 140 − 33 + 11.
    let files = projects("a", 107, "type: new\nplanned_start: 2023-06\nstarted: 2023-06")
        + &projects("b", 33, "type: new\nplanned_start: 2023-06")
        + &projects("c", 11, "type: new\nplanned_start: 2023-12\nstarted: 2023-05")
        + &projects("d", 197, "type: new\nplanned_start: 2023-12");
    let snapshot = as_of(date(2023, 10, 31), &files);
    let due = snapshot.figure(Metric::StartDue, Scope::All);
    assert_eq!(due.numerator().as_deref(), Some("107"));
    assert_eq!(due.denominator().as_deref(), Some("140"));
    assert_eq!(shown(&snapshot, "start.early", Scope::All), "11");
    assert_eq!(shown(&snapshot, "started", Scope::All), "118");
}

#[test]
fn completion_is_never_capped() {
    for (decimals, done, rate) in [(1, "1.226亿元", "122.6%"), (2, "1.5147亿元", "151.47%")] {
        let fields = format!(
            "type: new\nplan: {{2023: 1亿元}}\nreports: [{{period: 2023-12, cumulative: {done}}}]"
        );
        let files = method(&format!("{{decimals: {{rate: {decimals}}}}}")) + &project("a", &fields);
        let snapshot = as_of(date(2023, 12, 31), &files);
        assert_eq!(shown(&snapshot, "invest.annual", Scope::All), rate);
    }
}

/// A site of five towns with the given completion of plans of 1亿元 each.
fn five_towns(done: [&str; 5], written: &str) -> Snapshot {
    let towns: String =
        (0..5).map(|t| format!("- {{id: t{t}, name: 镇{t}, group: town}}\n")).collect();
    let project = |(town, done): (usize, &&str)| {
        let fields = format!(
            "type: new\nplan: {{2023: 1亿元}}\nreports: [{{period: 2023-06, cumulative: {done}}}]"
        );
        project_in(&format!("t{town}"), &format!("p{town}"), &fields)
    };
    let projects: String = done.iter().enumerate().map(project).collect();
    let files = format!("{}//- towns.yaml\n{towns}{projects}", method(written));
    as_of(date(2023, 6, 30), &files)
}

fn order(ranking: &Ranking) -> Vec<(usize, Option<u32>)> {
    ranking.rows.iter().map(|row| (row.town, row.rank)).collect()
}

#[test]
fn two_towns_share_the_third_rank_and_the_next_is_fifth() {
    let snapshot = five_towns(["5000万元", "6000万元", "3000万元", "9000万元", "5000万元"], "{}");
    let ranking = snapshot.ranking(Metric::Annual, Some(0), None);
    let expected = [(3, Some(1)), (1, Some(2)), (0, Some(3)), (4, Some(3)), (2, Some(5))];
    assert_eq!(order(&ranking), expected);
}

#[test]
fn what_is_displayed_alike_has_one_rank_unless_exact_values_are_asked_for() {
    let done = ["5000万元", "5001万元", "3000万元", "9000万元", "5004万元"];
    let ranking = five_towns(done, "{}").ranking(Metric::Annual, Some(0), None);
    let expected = [(3, Some(1)), (4, Some(2)), (1, Some(2)), (0, Some(2)), (2, Some(5))];
    assert_eq!(order(&ranking), expected);
    let ranking = five_towns(done, "{ties: exact}").ranking(Metric::Annual, Some(0), None);
    let expected = [(3, Some(1)), (4, Some(2)), (1, Some(3)), (0, Some(4)), (2, Some(5))];
    assert_eq!(order(&ranking), expected);
}
