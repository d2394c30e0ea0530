//! What was known when: late reports, corrections, revisions, joining and leaving.

use jiff::civil::{Date, date};

use super::{ONLY, as_of, at, method, project};
use crate::indicator::testing::{model, on, shown, snapshot};
use crate::indicator::{Changes, Metric, Reporting, Scope, changes, compute_for};
use crate::model::AsOf;
use crate::value::Money;

/// The kunpeng project of the contract: a figure for March, reported late and corrected later.
const CORRECTED: &str = "type: new
started: 2023-02-15
plan: {2023: 1亿元}
reports:
  - {period: 2023-02, cumulative: 800万元, physical: 5%}
  - {period: 2023-03, cumulative: 2100万元, total: 1.9亿元, physical: 9%, reported: 2023-04-03}
  - {period: 2023-03, cumulative: 2000万元, reported: 2023-04-20, revision: 多报一笔设备款}
";

fn march_known_on(known_by: Date) -> crate::indicator::Snapshot {
    let as_of = AsOf { data: date(2023, 3, 31), known_by };
    snapshot(&model(&project("a", CORRECTED)), as_of)
}

#[test]
fn a_report_counts_from_the_day_it_is_known() {
    assert_eq!(shown(&march_known_on(date(2023, 4, 2)), "invest.year", ONLY), "800万元");
    assert_eq!(shown(&march_known_on(date(2023, 4, 3)), "invest.year", ONLY), "2100万元");
    assert_eq!(shown(&march_known_on(date(2023, 4, 19)), "invest.year", ONLY), "2100万元");
    assert_eq!(shown(&march_known_on(date(2023, 4, 20)), "invest.year", ONLY), "2000万元");
}

#[test]
fn days_prepared_together_each_know_their_own_reports() {
    let model = model(&project("a", CORRECTED));
    let days =
        [2, 3, 19, 20].map(|day| AsOf { data: date(2023, 3, 31), known_by: date(2023, 4, day) });
    let indicators = compute_for(&model, days);
    let said = days
        .map(|day| (indicators.at(day).as_of(), shown(&indicators.at(day), "invest.year", ONLY)));
    let expected = ["800万元", "2100万元", "2100万元", "2000万元"].map(str::to_owned);
    assert_eq!(said.clone().map(|(_, amount)| amount), expected);
    assert_eq!(said.map(|(as_of, _)| as_of), days);
    let unprepared = AsOf { data: date(2023, 3, 31), known_by: date(2023, 2, 1) };
    assert_eq!(shown(&indicators.at(unprepared), "invest.year", ONLY), "—");
}

#[test]
fn a_missing_report_is_carried_marked_and_its_increment_unknown() {
    let late = march_known_on(date(2023, 4, 2));
    let state = late.state(0);
    assert_eq!(state.reporting, Reporting::Stale);
    assert_eq!(state.year_as_of, Some(date(2023, 2, 28)));
    assert_eq!(state.increment(), None);
    assert_eq!(shown(&late, "coverage", Scope::All), "0.0%");
    assert_eq!(shown(&late, "invest.month", Scope::All), "—");
    let note = late.figure(Metric::Year, Scope::All).note.unwrap();
    assert_eq!(note.zh, "数据截至2023年2月28日·报送0/1");
    let known = march_known_on(date(2023, 4, 3));
    assert_eq!(known.state(0).increment(), Some(Money::from_yuan(13_000_000)));
    assert_eq!(known.figure(Metric::Year, Scope::All).note, None);
}

#[test]
fn the_first_report_of_the_year_covers_january_and_february() {
    let earlier = CORRECTED.replace("2023-02-15", "2022-11-15");
    // A project that started in February has worked in February alone.
    for (fields, months) in [(earlier.as_str(), 2), (CORRECTED, 1)] {
        let snapshot = as_of(date(2023, 2, 28), &project("a", fields));
        let state = snapshot.state(0);
        assert_eq!(state.increment(), Some(Money::from_yuan(8_000_000)));
        assert_eq!(state.increment_months, months);
    }
    let january = as_of(date(2023, 1, 31), &project("a", CORRECTED));
    assert_eq!(january.state(0).reporting, Reporting::NotDue);
    assert_eq!(shown(&january, "coverage", Scope::All), "—");
    assert_eq!(shown(&january, "invest.annual", Scope::All), "—");
    let reason = january.figure(Metric::Annual, Scope::All).reason().unwrap().zh.clone();
    assert_eq!(reason, "本年尚无报送");
}

#[test]
fn a_correction_keeps_what_it_does_not_name() {
    let corrected = march_known_on(date(2023, 4, 20));
    let physical = corrected.state(0).physical.map(|(share, day)| (share.parts(), day));
    assert_eq!(physical, Some((9_000_000, date(2023, 3, 31))));
    // What was done before the year stands: 1.9亿 less 2100万. The correction of the year corrects the total.
    assert_eq!(shown(&corrected, "invest.ever", ONLY), "1.89亿元");
}

#[test]
fn the_total_goes_on_from_what_was_stated_last() {
    let since = |fields: &str, day: Date| {
        let fields = format!("type: continuing\ntotal_investment: 10亿元\n{fields}");
        shown(&as_of(day, &project("a", &fields)), "invest.ever", ONLY)
    };
    let stated = "started: 2021-05\nreports: [{period: 2022-09, cumulative: 2亿元, total: 3亿元}, {period: 2022-12, cumulative: 4亿元}, {period: 2023-02, cumulative: 5000万元}]";
    assert_eq!(since(stated, date(2022, 12, 31)), "5亿元");
    assert_eq!(since(stated, date(2023, 1, 31)), "5亿元");
    assert_eq!(since(stated, date(2023, 2, 28)), "5.5亿元");
    // The end of 2022 is missing, so what was done by it is not known: the last stated total stands until more is reported.
    let broken = "started: 2021-05\nreports: [{period: 2022-09, cumulative: 2亿元, total: 3亿元}, {period: 2023-02, cumulative: 5000万元}]";
    assert_eq!(since(broken, date(2023, 1, 31)), "3亿元");
    assert_eq!(since(broken, date(2023, 2, 28)), "—");
    // Nothing was ever stated: the years since the start add up, if each was reported to its end.
    let years = "started: 2022-03\nreports: [{period: 2022-12, cumulative: 4亿元}, {period: 2023-02, cumulative: 5000万元}]";
    assert_eq!(since(years, date(2023, 2, 28)), "4.5亿元");
    let unknown = "started: 2021-03\nreports: [{period: 2022-12, cumulative: 4亿元}, {period: 2023-02, cumulative: 5000万元}]";
    assert_eq!(since(unknown, date(2023, 2, 28)), "—");
    // A total at the end of a year is what was done before the next.
    let end = "started: 2021-03\nreports: [{period: 2022-12, total: 4亿元}, {period: 2023-02, cumulative: 5000万元}]";
    assert_eq!(since(end, date(2023, 2, 28)), "4.5亿元");
}

#[test]
fn the_total_never_goes_back_to_what_was_stated_before_more_was_reported() {
    let fields = "type: new\nstarted: 2023-03-01\ntotal_investment: 1亿元\nreports: [{period: 2023-08, cumulative: 1000万元, total: 1000万元}, {period: 2023-11, cumulative: 1800万元}, {period: 2024-02, cumulative: 500万元}, {period: 2024-06, cumulative: 3000万元}]";
    let model = model(&project("a", fields));
    let shown = |metric, day| shown(&snapshot(&model, on(day)), metric, ONLY);
    let days = [date(2023, 10, 31), date(2023, 12, 31), date(2024, 1, 31), date(2024, 6, 30)];
    let ever = days.map(|day| shown("invest.ever", day));
    assert_eq!(ever, ["1000万元", "1800万元", "—", "—"]);
    assert_eq!(shown("invest.total", date(2024, 6, 30)), "—");
}

#[test]
fn a_project_that_started_this_year_has_done_what_it_reports() {
    let fields = "type: new\nstarted: 2023-01-10\ntotal_investment: 10亿元\nreports: [{period: 2023-02, cumulative: 1亿元}]";
    let files = project("a", fields)
        + &project("b", "type: new\nstarted: 2023-01-20\ntotal_investment: 10亿元")
        + &project("c", "type: new\ntotal_investment: 5亿元")
        + &project("d", "type: continuing\nstarted: 2020-01\ntotal_investment: 7亿元");
    let snapshot = as_of(date(2023, 2, 28), &files);
    let figure = snapshot.figure(Metric::Total, Scope::All);
    // b has not reported and stays in the denominator, c has not begun, of d nothing is known.
    assert_eq!(figure.numerator().as_deref(), Some("100000000"));
    assert_eq!(figure.denominator().as_deref(), Some("2500000000"));
}

#[test]
fn a_plan_holds_from_its_day() {
    let fields = "type: new\nstarted: 2023-01\nplan: {2023: [{from: 2023-01-01, amount: 2亿元}, {from: 2023-06-01, amount: 1亿元, reason: 调减}]}\nreports: [{period: 2023-05, cumulative: 5000万元}, {period: 2023-06, cumulative: 6000万元}]";
    let model = model(&project("a", fields));
    let (may, june) = (date(2023, 5, 31), date(2023, 6, 30));
    let (before, now) = (snapshot(&model, on(may)), snapshot(&model, on(june)));
    assert_eq!(shown(&before, "invest.annual", ONLY), "25.0%");
    assert_eq!(shown(&now, "invest.annual", ONLY), "60.0%");
    let Changes { plans, annual_by_old_plans, .. } = changes(&before, &now, Scope::All);
    assert_eq!(plans.len(), 1);
    assert_eq!(annual_by_old_plans, Some(crate::value::Rate::new(3, 10)));
    assert!(plans[0].cut_raises_rate(), "a cut that raises the rate is pointed out");
    assert_eq!(plans[0].reason.as_ref().map(|text| text.get(&Default::default())), Some("调减"));
}

#[test]
fn an_amount_revised_in_a_month_holds_from_its_last_day() {
    let fields = "type: new\ntotal_investment: [{from: 2023-01, amount: 1亿元}, {from: 2023-04, amount: 2亿元}]";
    let model = model(&project("a", fields));
    let total = |day| shown(&snapshot(&model, on(day)), "invest.total_planned", ONLY);
    assert_eq!([date(2023, 4, 29), date(2023, 4, 30)].map(total), ["1亿元", "2亿元"]);
}

#[test]
fn a_rest_from_a_month_on_begins_on_its_last_day() {
    let model = model(&project(
        "a",
        "type: continuing\npaused: [{from: 2023-03, to: 2023-05, reason: 汛期}]",
    ));
    let rests = |day| snapshot(&model, on(day)).state(0).paused;
    let days = [date(2023, 3, 1), date(2023, 3, 30), date(2023, 3, 31), date(2023, 5, 31)];
    assert_eq!(days.map(rests), [false, false, true, true]);
    assert!(!rests(date(2023, 6, 1)));
}

#[test]
fn who_leaves_is_dropped_or_kept_for_the_year() {
    let files = project(
        "a",
        "type: new\nstarted: 2023-01\nplan: {2023: 1亿元}\nreports: [{period: 2023-03, cumulative: 3000万元}]\nleft: {on: 2023-04-10, reason: 停建}",
    ) + &project(
        "b",
        "type: new\nplan: {2023: 1亿元}\nreports: [{period: 2023-03, cumulative: 1000万元}]",
    );
    let april = date(2023, 4, 30);
    let dropped = as_of(april, &files);
    assert_eq!(shown(&dropped, "invest.annual", Scope::All), "10.0%");
    assert_eq!(shown(&dropped, "start.all", Scope::All), "0.0%");
    let kept = as_of(april, &(method("{withdrawn: keep-year}") + &files));
    assert_eq!(shown(&kept, "invest.annual", Scope::All), "20.0%");
    assert_eq!(shown(&kept, "start.all", Scope::All), "50.0%");
    let model = model(&files);
    let (before, now) = (snapshot(&model, on(date(2023, 3, 31))), snapshot(&model, on(april)));
    assert_eq!(changes(&before, &now, Scope::All).left, [at(&model, "a")]);
}

#[test]
fn who_leaves_is_told_of_once() {
    let left = "type: new\nreports: []\nleft: {on: 2023-06-15, reason: 停建}";
    for withdrawn in ["drop", "keep-year"] {
        let model = model(&(method(&format!("{{withdrawn: {withdrawn}}}")) + &project("a", left)));
        let days = [date(2023, 5, 31), date(2023, 6, 30), date(2023, 12, 31), date(2024, 2, 29)];
        let snapshots = days.map(|day| snapshot(&model, on(day)));
        let left = |of: &[_]| changes(&of[0], &of[1], Scope::All).left.len();
        assert_eq!(snapshots.windows(2).map(left).collect::<Vec<_>>(), [1, 0, 0], "{withdrawn}");
    }
}

#[test]
fn a_project_counts_from_the_day_it_joined() {
    let files = project("a", "type: new\njoined: 2023-04-01") + &project("b", "type: new");
    assert_eq!(shown(&as_of(date(2023, 3, 31), &files), "projects", Scope::All), "1");
    assert_eq!(shown(&as_of(date(2023, 4, 1), &files), "projects", Scope::All), "2");
}

#[test]
fn last_year_is_what_a_figure_of_last_year_was() {
    let files = project(
        "a",
        "type: continuing\nreports: [{period: 2022-04, cumulative: 1亿元}, {period: 2023-04, cumulative: 1.5亿元}]",
    ) + &project(
        "b",
        "type: continuing\nreports: [{period: 2022-04, cumulative: 2亿元}]\nleft: {on: 2023-01-05, reason: 停建}",
    ) + &project(
        "c",
        "type: new\njoined: 2023-01-01\nreports: [{period: 2023-04, cumulative: 1.5亿元}]",
    );
    let model = model(&files);
    let now = on(date(2023, 4, 30));
    let (now, then) = (snapshot(&model, now), snapshot(&model, now.year_before()));
    assert_eq!(shown(&then, "invest.year", Scope::All), "3亿元");
    assert_eq!(shown(&now, "invest.year", Scope::All), "3亿元");
    assert_eq!(shown(&now, "invest.year.yoy", Scope::All), "0.0%");
    assert_eq!(shown(&now, "invest.year.yoy", Scope::Project(0)), "+50.0%");
    let note = now.figure(Metric::YearOnYear, Scope::All).note.unwrap();
    assert!(note.zh.contains("不完全可比"), "{}", note.zh);
    let reason = now.figure(Metric::YearOnYear, Scope::Project(2)).reason().unwrap().zh.clone();
    assert_eq!(reason, "上年同期无数据");
}

#[test]
fn a_late_report_is_no_correction_and_a_correction_is_told() {
    let model = model(&project("a", CORRECTED));
    let known = |day, known_by| snapshot(&model, AsOf { data: day, known_by });
    let march = date(2023, 3, 31);
    let (early, late) = (known(march, date(2023, 4, 1)), known(march, date(2023, 4, 3)));
    assert_eq!(changes(&early, &late, Scope::All).corrections, []);
    assert_eq!(changes(&early, &late, Scope::All).invested, Some(Money::from_yuan(13_000_000)));
    let corrected = changes(&late, &known(march, date(2023, 4, 20)), Scope::All);
    assert_eq!(corrected.corrections.len(), 1);
    let reason = corrected.corrections[0].reason.as_ref();
    assert_eq!(reason.map(|text| text.get(&Default::default())), Some("多报一笔设备款"));
    assert_eq!(corrected.corrected, Money::from_yuan(-1_000_000));
    assert_eq!(corrected.invested, Some(Money::from_yuan(-1_000_000)));
}
