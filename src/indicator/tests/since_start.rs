//! The investment since construction began: it never falls, and nothing is guessed.

use jiff::civil::{Date, date};

use super::{ONLY, project};
use crate::indicator::testing::{model, on, shown, snapshot};
use crate::value::month_end;

/// What is displayed as invested since the start, on some days.
#[track_caller]
fn check<const N: usize>(fields: &str, expected: [(Date, &str); N]) {
    let model = model(&project("a", &format!("total_investment: 2亿元\n{fields}")));
    for (day, amount) in expected {
        assert_eq!(shown(&snapshot(&model, on(day)), "invest.ever", ONLY), amount, "{day}");
    }
}

#[test]
fn who_was_completed_within_a_year_keeps_what_was_done() {
    let reports =
        "reports: [{period: 2022-09, cumulative: 8000万元}, {period: 2022-10, cumulative: 1亿元}]";
    let kept = [(month_end(2022, 12), "1亿元"), (month_end(2023, 2), "1亿元")];
    check(&format!("type: new\nstarted: 2022-03\nfinished: 2022-10-15\n{reports}"), kept);
    // What it owed of its last months was not reported: nothing is guessed.
    let unknown = [(month_end(2022, 12), "1亿元"), (month_end(2023, 2), "—")];
    check(&format!("type: new\nstarted: 2022-03\nfinished: 2022-11-15\n{reports}"), unknown);
    // No report is asked of January.
    let january = "reports: [{period: 2022-12, cumulative: 3000万元}]";
    let kept = [(month_end(2023, 2), "3000万元"), (month_end(2024, 2), "3000万元")];
    check(&format!("type: new\nstarted: 2022-06\nfinished: 2023-01-20\n{january}"), kept);
    // Years after the last report add nothing, a settlement does.
    let settled =
        "reports: [{period: 2021-12, cumulative: 3000万元}, {period: 2022-05, cumulative: 50万元}]";
    check(
        &format!("type: new\nstarted: 2021-03\nfinished: 2021-12-31\n{settled}"),
        [(month_end(2022, 2), "3000万元"), (month_end(2024, 2), "3050万元")],
    );
}

#[test]
fn money_spent_before_the_start_counts() {
    let reports = "reports: [{period: 2024-12, cumulative: 3000万元}, {period: 2025-02, cumulative: 100万元}]";
    let days = [month_end(2024, 12), date(2025, 1, 31), month_end(2025, 2)];
    let amounts = ["3000万元", "3000万元", "3100万元"];
    let expected: [(Date, &str); 3] = std::array::from_fn(|at| (days[at], amounts[at]));
    check(&format!("type: new\nplanned_start: 2025-03\n{reports}"), expected);
    check(&format!("type: new\nstarted: 2025-02-10\n{reports}"), expected);
}
