//! Projects across towns, zero plans, denominators of nothing.

use jiff::civil::date;

use super::{as_of, project, project_in};
use crate::indicator::testing::{model, on, shown, snapshot};
use crate::indicator::{Colour, Ground, Metric, Reporting, Scope};
use crate::value::month_end;

const EAST: Scope = Scope::Town(0);
const WEST: Scope = Scope::Town(1);

#[test]
fn money_goes_by_share_and_numbers_by_the_leading_town() {
    let files = project(
        "a",
        "type: new\nstarted: 2023-01\nshares: {east: 62.5%, west: 37.5%}\nplan: {2023: 1.87亿元}\nreports: [{period: 2023-04, cumulative: 1.43亿元}]",
    );
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(shown(&snapshot, "projects", EAST), "1");
    assert_eq!(shown(&snapshot, "projects", WEST), "0");
    let exact = |scope| snapshot.figure(Metric::Year, scope).numerator().unwrap();
    assert_eq!(exact(EAST), "89375000");
    assert_eq!(exact(WEST), "53625000");
    // The same rate everywhere, because shares cancel out.
    for scope in [Scope::All, EAST, WEST] {
        assert_eq!(shown(&snapshot, "invest.annual", scope), "76.5%");
    }
    assert_eq!(shown(&snapshot, "start.all", WEST), "—");
}

#[test]
fn the_note_of_a_rate_counts_every_project_with_a_share() {
    let plan = "plan: {2023: 1亿元}";
    let files =
        project("a", &format!("type: continuing\nshares: {{east: 60%, west: 40%}}\n{plan}"))
            + &project_in(
                "west",
                "b",
                &format!(
                    "type: continuing\n{plan}\nreports: [{{period: 2023-04, cumulative: 5000万元}}]"
                ),
            );
    let snapshot = as_of(date(2023, 4, 30), &files);
    let note = |scope| snapshot.figure(Metric::Annual, scope).note.map(|note| note.zh);
    assert_eq!(note(WEST).as_deref(), Some("报送1/2"));
    assert_eq!(note(EAST).as_deref(), Some("报送0/1"));
    assert_eq!(note(Scope::All).as_deref(), Some("报送1/2"));
    // Who is to report is counted once, for the town that leads.
    assert_eq!(shown(&snapshot, "coverage", WEST), "100.0%");
}

#[test]
fn a_share_of_a_yuan_is_exact() {
    let files = project(
        "a",
        "type: new\nshares: {east: 33.33%, west: 66.67%}\nplan: {2023: 100元}\nreports: [{period: 2023-04, cumulative: 1元}]",
    );
    let snapshot = as_of(date(2023, 4, 30), &files);
    let exact = |scope| snapshot.figure(Metric::Year, scope).numerator().unwrap();
    assert_eq!(exact(EAST), "0.3333");
    assert_eq!(exact(WEST), "0.6667");
    assert_eq!(shown(&snapshot, "invest.year", EAST), "0.33元");
}

#[test]
fn investment_off_plan_is_told_apart_and_in_no_rate() {
    let files = project(
        "a",
        "type: new\nplan: {2023: 1亿元}\nreports: [{period: 2023-04, cumulative: 3000万元}]",
    ) + &project(
        "b",
        "type: new\nplan: {2023: 0元}\nreports: [{period: 2023-04, cumulative: 500万元}]",
    ) + &project("c", "type: new\nreports: [{period: 2023-04, cumulative: 70万元}]");
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "30.0%");
    assert_eq!(shown(&snapshot, "invest.off_plan", Scope::All), "500万元");
    assert_eq!(shown(&snapshot, "invest.year", Scope::All), "3570万元");
    assert_eq!(snapshot.tally(Scope::All).counts.off_plan, 1);
}

#[test]
fn what_is_not_known_of_a_shared_project_is_no_zero() {
    let shared = "type: continuing\nshares: {east: 60%, west: 40%}\nplan: {2023: 0元}\npools: [{pool: construction, from: 2022-01-01}]";
    let own = "type: continuing\nplan: {2023: 1亿元}\ntotal_investment: 1亿元\nreports: [{period: 2023-04, cumulative: 5000万元}]";
    let snapshot =
        as_of(date(2023, 4, 30), &(project("a", shared) + &project_in("west", "b", own)));
    for scope in [EAST, WEST] {
        let reason = |metric: &str| {
            let figure = snapshot.figure(Metric::parse(metric).unwrap(), scope);
            figure.reason().map(|reason| reason.zh.clone())
        };
        assert_eq!(reason("invest.off_plan").as_deref(), Some("本年尚无报送"));
        assert_eq!(reason("pool.construction.amount").as_deref(), Some("总投资未填报"));
        assert_eq!(shown(&snapshot, "pool.reserve.amount", scope), "0万元");
    }
    // What is known counts, and what is not is left out.
    let reported = own.replace("{2023: 1亿元}", "{2023: 0元}");
    let files = project("a", shared) + &project_in("west", "b", &reported);
    assert_eq!(shown(&as_of(date(2023, 4, 30), &files), "invest.off_plan", WEST), "5000万元");
}

#[test]
fn who_has_not_reported_stays_in_the_denominator() {
    let reports = "reports: [{period: 2023-04, cumulative: 5000万元}]";
    let files = project("a", &format!("type: continuing\nplan: {{2023: 1亿元}}\n{reports}"))
        + &project("b", "type: continuing\nplan: {2023: 1亿元}");
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "25.0%");
    assert_eq!(snapshot.figure(Metric::Annual, Scope::All).note.unwrap().zh, "报送1/2");
    assert_eq!(shown(&snapshot, "coverage", Scope::All), "50.0%");
    let excluded = as_of(date(2023, 4, 30), &(super::method("{unreported: exclude}") + &files));
    assert_eq!(shown(&excluded, "invest.annual", Scope::All), "50.0%");
}

#[test]
fn who_owed_reports_and_gave_none_stays_left_out_when_it_is_completed() {
    let (reports, plan) =
        ("reports: [{period: 2023-08, cumulative: 700万元}]", "plan: {2023: 1000万元}");
    let files = super::method("{unreported: exclude, withdrawn: keep-year}")
        + &project("a", &format!("type: continuing\n{plan}\n{reports}"))
        + &project("b", &format!("type: new\nstarted: 2023-02\nfinished: 2023-07-19\n{plan}"))
        + &project("c", &format!("type: continuing\nleft: {{on: 2023-05-08, reason: 停建}}\n{plan}"))
        // Nothing was asked of the two: January is not reported, and the other has not begun.
        + &project("d", "type: continuing\nfinished: 2023-01-20\nplan: {2023: 0元}")
        + &project("e", "type: new\nplan: {2023: 0元}");
    let model = model(&files);
    for month in [8, 12] {
        let snapshot = snapshot(&model, on(month_end(2023, month)));
        let reporting: Vec<_> = snapshot.states().iter().map(|state| state.reporting).collect();
        assert_eq!(reporting[1..3], [Reporting::Missing; 2]);
        assert_eq!(reporting[3..], [Reporting::NotDue; 2]);
        assert_eq!(snapshot.light(1).ground, Ground::NotReported);
        assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "70.0%");
        let note = snapshot.figure(Metric::Annual, Scope::All).note.unwrap().zh;
        let reported = if month == 8 { "报送1/3" } else { "报送0/3" };
        assert!(note.ends_with(&format!("{reported}，全年未报的不计入")), "{note}");
    }
    // The next year owes its own reports alone.
    let next = snapshot(&model, on(date(2024, 2, 29)));
    assert_eq!(next.state(1).reporting, Reporting::NotDue);
}

#[test]
fn who_has_not_started_owes_no_report_and_stays_in_every_denominator() {
    let reports = "reports: [{period: 2023-04, cumulative: 5000万元}]";
    let files = super::method("{unreported: exclude}")
        + &project("a", &format!("type: continuing\nplan: {{2023: 1亿元}}\n{reports}"))
        + &project("b", "type: new\nplan: {2023: 1亿元}");
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(shown(&snapshot, "coverage", Scope::All), "100.0%");
    assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "25.0%");
    assert_eq!(snapshot.figure(Metric::Annual, Scope::All).note, None);
    let light = snapshot.light(1);
    assert_eq!(light.reason(snapshot.method()).zh, "未开工·完成0.0%·序时33.3%·落后33.3个百分点");
}

#[test]
fn who_has_not_started_has_done_nothing_and_that_is_known() {
    let files = project("a", "type: new\nplanned_start: 2023-05\nplan: {2023: 1亿元}")
        + &project_in("west", "b", "type: new\nplan: {2023: 0元}");
    let model = model(&files);
    let on = |day| snapshot(&model, on(day));
    let june = on(date(2023, 6, 30));
    let metrics = ["invest.year", "invest.month", "invest.annual", "deviation_pp", "coverage"];
    let of_east = metrics.map(|metric| shown(&june, metric, EAST));
    assert_eq!(of_east, ["0万元", "0万元", "0.0%", "-50.0", "—"]);
    assert_eq!(june.figure(Metric::Annual, EAST).note, None);
    assert_eq!(june.scope_light(EAST).colour, Colour::Red);
    assert_eq!(june.annual_rank(0).map(|rank| rank.rank), Some(1));
    assert_eq!(shown(&june, "invest.off_plan", WEST), "0万元");
    assert_eq!(june.state(0).year_as_of, None);
    // Before the first report of the year is due, nothing is known (DOMAIN.md 6.5).
    let january = on(date(2023, 1, 31));
    assert_eq!(shown(&january, "invest.annual", EAST), "—");
    assert_eq!(january.figure(Metric::Annual, EAST).reason().unwrap().zh, "本年尚无报送");
}

#[test]
fn that_one_has_not_started_does_not_tell_what_another_did() {
    let started = "type: new\nstarted: 2023-02\nplan: {2023: 1亿元}";
    let not_started = project("a", "type: new\nplan: {2023: 1亿元}");
    let silent = as_of(date(2023, 4, 30), &(not_started.clone() + &project("b", started)));
    for metric in ["invest.year", "invest.month", "invest.annual", "invest.ever"] {
        assert_eq!(shown(&silent, metric, EAST), "—");
    }
    let reported = format!("{started}\nreports: [{{period: 2023-04, cumulative: 5000万元}}]");
    let both = as_of(date(2023, 4, 30), &(not_started + &project("b", &reported)));
    assert_eq!(shown(&both, "invest.annual", EAST), "25.0%");
    assert_eq!(shown(&both, "invest.month", EAST), "5000万元");
    assert_eq!(shown(&both, "invest.year", Scope::Project(0)), "0万元");
}

#[test]
fn what_cannot_be_had_is_a_dash_with_a_reason() {
    let snapshot = as_of(date(2023, 4, 30), &project("a", "type: continuing"));
    let reason = |metric, scope| snapshot.figure(metric, scope).reason().unwrap().zh.clone();
    assert_eq!(shown(&snapshot, "invest.annual", EAST), "—");
    assert_eq!(reason(Metric::Annual, EAST), "无年度计划大于零的项目");
    assert_eq!(reason(Metric::Annual, WEST), "范围内无在册项目");
    assert_eq!(reason(Metric::StartNew, EAST), "无新建项目");
    assert_eq!(reason(Metric::StartDue, EAST), "无应开工项目");
    assert_eq!(reason(Metric::TotalPlanned, EAST), "总投资未填报");
    assert_eq!(reason(Metric::AnnualChange, EAST), "无对比期");
    assert_eq!(reason(Metric::AwardPoints, EAST), "不参评");
    let figure = snapshot.figure(Metric::Annual, EAST);
    assert_eq!(
        (figure.numerator(), figure.denominator(), figure.approximate()),
        (None, None, None)
    );
}

#[test]
fn the_target_of_a_scope_weighs_own_targets_by_plan() {
    let own = "target: [0, 0, 0, 10%, 20%, 30%, 40%, 50%, 60%, 70%, 80%, 100%]";
    let files = project(
        "a",
        &format!(
            "type: new\nplan: {{2023: 3亿元}}\n{own}\nshares: {{east: 50%, west: 50%}}\nreports: [{{period: 2023-06, cumulative: 1亿元}}]"
        ),
    ) + &project(
        "b",
        "type: new\nplan: {2023: 1亿元}\nreports: [{period: 2023-06, cumulative: 1亿元}]",
    );
    let snapshot = as_of(date(2023, 6, 30), &files);
    // (3 × 30 % + 1 × 50 %) / 4, and (1.5 × 30 % + 1 × 50 %) / 2.5.
    assert_eq!(shown(&snapshot, "target", Scope::All), "35.0%");
    assert_eq!(shown(&snapshot, "target", EAST), "38.0%");
    assert_eq!(shown(&snapshot, "target", WEST), "30.0%");
    assert_eq!(shown(&snapshot, "deviation_pp", Scope::All), "+15.0");
    let series = snapshot.series(Scope::All);
    assert_eq!(series.target[5], crate::value::Rate::new(35, 100));
    assert_eq!(series.target[11], crate::value::Rate::from_integer(1));
}

#[test]
fn who_has_no_share_in_a_project_has_none_of_its_months() {
    let files = project(
        "a",
        "type: new\nshares: {east: 100%, west: 0%}\nplan: {2023: 1亿元}\nreports: [{period: 2023-04, cumulative: 1000万元}]",
    ) + &project_in(
        "west",
        "b",
        "type: new\nplan: {2023: 1亿元}\nreports: [{period: 2023-02, cumulative: 2000万元}]",
    );
    let series = as_of(date(2023, 4, 30), &files).series(WEST);
    let months: Vec<_> = (1..).zip(series.this_year).filter(|(_, point)| point.is_some()).collect();
    assert_eq!(months.iter().map(|(month, _)| *month).collect::<Vec<i8>>(), [2]);
}

#[test]
fn the_curve_has_gaps_where_nobody_reported_and_ends_at_the_figure() {
    let files = project(
        "a",
        "type: new\nplan: {2022: 4亿元, 2023: 1亿元}\nreports: [{period: 2022-02, cumulative: 1亿元}, {period: 2022-12, cumulative: 4亿元}, {period: 2023-02, cumulative: 1000万元}, {period: 2023-04, cumulative: 3000万元}]",
    ) + &project(
        "b",
        "type: new\nplan: {2023: 1亿元}\nreports: [{period: 2023-02, cumulative: 2000万元}]",
    );
    let snapshot = as_of(date(2023, 4, 30), &files);
    let series = snapshot.series(Scope::All);
    let rate = |point: Option<crate::indicator::Point>| point.map(|point| point.rate.to_string());
    let this_year: Vec<_> = series.this_year.into_iter().map(rate).collect();
    assert_eq!(this_year[..4], [None, Some("3/20".into()), None, Some("1/4".into())]);
    assert!(this_year[4..].iter().all(Option::is_none));
    let last_year: Vec<_> = series.last_year.into_iter().map(rate).collect();
    assert_eq!((&last_year[1], &last_year[11]), (&Some("1/4".into()), &Some("1".into())));
    assert_eq!(shown(&snapshot, "invest.annual", Scope::All), "25.0%");
    let april = series.this_year[3].unwrap();
    assert_eq!((april.increment.exact(), april.reported), ("20000000".into(), 1));
}

#[test]
fn who_left_and_counts_until_the_year_s_end_has_done_what_it_had_done_by_then() {
    let reports = "reports: [{period: 2023-02, cumulative: 200万元}, {period: 2023-03, cumulative: 300万元}, {period: 2023-04, cumulative: 700万元}]";
    let left = "left: {on: 2023-03-15, reason: 停建}";
    let files = super::method("{withdrawn: keep-year}")
        + &project(
            "a",
            &format!("type: new\nstarted: 2023-01-10\nplan: {{2023: 1000万元}}\n{left}\n{reports}"),
        );
    let snapshot = as_of(date(2023, 4, 30), &files);
    let of_all = ["invest.year", "invest.ever", "invest.annual", "invest.month"]
        .map(|metric| shown(&snapshot, metric, Scope::All));
    assert_eq!(of_all, ["200万元", "200万元", "20.0%", "—"]);
}
