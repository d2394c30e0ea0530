//! Lights, at their boundaries and a hair either side.

use jiff::civil::{Date, date};

use super::{ONLY, as_of, method, project, project_in};
use crate::indicator::{Colour, Ground, Light, Metric, Scope};
use crate::value::{Rate, month_end};

/// The light of a project with a plan of 100亿元 at the middle of the year, when half should be done.
fn light(rule: &str, done: &str) -> Light {
    let fields = format!(
        "type: new\nstarted: 2023-01\nplan: {{2023: 100亿元}}\nreports: [{{period: 2023-06, cumulative: {done}}}]"
    );
    let files = method(&format!("{{light: {rule}}}")) + &project("a", &fields);
    as_of(date(2023, 6, 30), &files).light(0)
}

fn colours(rule: &str, cases: &[(&str, Colour)]) {
    for (done, colour) in cases {
        assert_eq!(light(rule, done).colour, *colour, "{rule}: {done}");
    }
}

#[test]
fn yinchuan_is_yellow_at_ten_and_at_thirty_points_exactly() {
    colours(
        "yinchuan-2025",
        &[
            ("5000000001元", Colour::Green),
            ("50亿元", Colour::Green),
            ("4999999999元", Colour::Green),
            ("4000000001元", Colour::Green),
            ("40亿元", Colour::Yellow),
            ("3999999999元", Colour::Yellow),
            ("2000000001元", Colour::Yellow),
            ("20亿元", Colour::Yellow),
            ("1999999999元", Colour::Red),
        ],
    );
}

#[test]
fn sanya_measures_what_is_missing_against_the_target() {
    colours(
        "sanya-2022",
        &[
            ("50亿元", Colour::Green),
            ("4999999999元", Colour::Yellow),
            ("25亿元", Colour::Yellow),
            ("2499999999元", Colour::Red),
        ],
    );
}

#[test]
fn wuhan_measures_what_is_done_against_the_target() {
    colours(
        "wuhan",
        &[
            ("40亿元", Colour::Green),
            ("3999999999元", Colour::Yellow),
            ("30亿元", Colour::Yellow),
            ("2999999999元", Colour::Red),
        ],
    );
}

#[test]
fn xinhuang_judges_the_task_of_the_month() {
    let light = |added: &str| {
        let fields = format!(
            "type: new\nstarted: 2023-01\nplan: {{2023: 12亿元}}\nreports:\n  - {{period: 2023-05, cumulative: 1亿元}}\n  - {{period: 2023-06, cumulative: {added}}}"
        );
        let files = method("{light: xinhuang-2015}") + &project("a", &fields);
        as_of(date(2023, 6, 30), &files).light(0)
    };
    assert_eq!(light("1.8亿元").colour, Colour::Green);
    assert_eq!(light("1.7999亿元").colour, Colour::Yellow);
    assert_eq!(light("1.6亿元").colour, Colour::Yellow);
    assert_eq!(light("1.5999亿元").colour, Colour::Red);
    assert_eq!(light("1.6亿元").ground, Ground::MonthTask);
}

#[test]
fn the_first_month_of_a_project_is_judged_against_the_months_since_its_start() {
    let light = |start: &str, done: &str| {
        let fields = format!(
            "type: new\nstarted: {start}\nplan: {{2023: 1200万元}}\nreports: [{{period: 2023-05, cumulative: {done}}}]"
        );
        let files = method("{light: xinhuang-2015, target: linear-month}") + &project("a", &fields);
        let light = as_of(date(2023, 5, 31), &files).light(0);
        (light.colour, light.target.unwrap())
    };
    assert_eq!(light("2023-05", "100万元"), (Colour::Green, Rate::new(1, 12)));
    assert_eq!(light("2023-04-20", "100万元"), (Colour::Red, Rate::new(2, 12)));
    assert_eq!(light("2022-12", "400万元"), (Colour::Green, Rate::new(5, 12)));
}

#[test]
fn a_scope_is_judged_against_the_tasks_of_its_projects_weighed_by_plan() {
    let fields = |reports: &str| {
        format!("type: continuing\nplan: {{2023: 1200万元}}\nreports: [{reports}]\n")
    };
    let quarter = "{period: 2023-03, cumulative: 300万元}, {period: 2023-06, cumulative: 600万元}";
    let month = "{period: 2023-05, cumulative: 500万元}, {period: 2023-06, cumulative: 600万元}";
    let silent = "{period: 2023-05, cumulative: 500万元}";
    let own = "target: [0, 0, 0, 0, 0, 50%, 60%, 70%, 80%, 90%, 95%, 100%]";
    let files = method("{light: xinhuang-2015, target: linear-month}")
        + &project("a", &fields(quarter))
        + &project("b", &fields(month))
        + &project_in("west", "c", &(fields(month) + own))
        + &project_in("west", "d", &fields(silent));
    let snapshot = as_of(date(2023, 6, 30), &files);
    let judged = |scope| {
        let light = snapshot.scope_light(scope);
        (light.value.unwrap(), light.target.unwrap())
    };
    // 300 and 100 of tasks of three months and one, of plans of 2400.
    assert_eq!(judged(Scope::Town(0)), (Rate::new(400, 2400), Rate::new(400, 2400)));
    // 100 of a task of half the plan by the project's own curve, and of a month's of one that has not reported.
    assert_eq!(judged(Scope::Town(1)), (Rate::new(100, 2400), Rate::new(700, 2400)));
    assert_eq!(judged(Scope::All), (Rate::new(500, 4800), Rate::new(1100, 4800)));
}

#[test]
fn who_owes_no_report_of_the_month_has_no_task_in_it() {
    let fields = |more: &str, reports: &str| {
        format!("type: continuing\nplan: {{2023: 1200万元}}\nreports: [{reports}]\n{more}")
    };
    let finished = fields("finished: 2023-03-20", "{period: 2023-03, cumulative: 1200万元}");
    let built = fields(
        "",
        "{period: 2023-03, cumulative: 300万元}, {period: 2023-04, cumulative: 400万元}",
    );
    let files = method("{light: xinhuang-2015, target: linear-month}")
        + &project("a", &finished)
        + &project("b", &built)
        + &project_in("west", "c", &finished);
    let snapshot = as_of(date(2023, 4, 30), &files);
    assert_eq!(snapshot.light(0).ground, Ground::Finished);
    assert_eq!(snapshot.scope_light(Scope::Town(0)).colour, Colour::Green);
    assert_eq!(snapshot.scope_light(Scope::Town(1)).ground, Ground::NoReportDue);
}

#[test]
fn a_town_that_shares_a_project_shares_its_task() {
    let fields = "type: new\nstarted: 2023-05\nshares: {east: 25%, west: 75%}\nplan: {2023: 1200万元}\nreports: [{period: 2023-05, cumulative: 100万元}]";
    let files = method("{light: xinhuang-2015, target: linear-month}") + &project("a", fields);
    let snapshot = as_of(date(2023, 5, 31), &files);
    for scope in [Scope::All, Scope::Town(0), Scope::Town(1)] {
        let light = snapshot.scope_light(scope);
        assert_eq!((light.colour, light.target), (Colour::Green, Some(Rate::new(1, 12))));
    }
}

#[test]
fn a_written_rule_is_tried_green_then_yellow_then_red() {
    let rule = "{basis: deviation-pp, green: '>= 0', yellow: '>= -10', red: otherwise}";
    colours(
        rule,
        &[
            ("50亿元", Colour::Green),
            ("4999999999元", Colour::Yellow),
            ("40亿元", Colour::Yellow),
            ("3999999999元", Colour::Red),
        ],
    );
    let gap = "{basis: deviation-pp, green: '>= 0', yellow: '>= -10', red: '< -20'}";
    assert_eq!(light(gap, "35亿元").ground, Ground::NoClause);
}

#[test]
fn a_light_says_value_target_and_gap() {
    let fields = "type: new\nstarted: 2023-01\nplan: {2023: 1亿元}\nreports: [{period: 2023-07, cumulative: 4500万元}]";
    let snapshot = as_of(date(2023, 7, 31), &project("a", fields));
    let reason = snapshot.light(0).reason(&crate::record::Method::default());
    assert_eq!(reason.zh, "完成45.0%·序时58.3%·落后13.3个百分点");
    assert_eq!(reason.en, "45.0% done · target 58.3% · 13.3 points behind");
    assert_eq!(snapshot.light(0).rule.id, "yinchuan-2025");
}

/// The colours of a project by month under a rule.
fn by_month(rule: &str, fields: &str, days: &[Date]) -> Vec<Colour> {
    let files = method(&format!("{{light: {rule}}}")) + &project("a", fields);
    days.iter().map(|day| as_of(*day, &files).colour(0)).collect()
}

#[test]
fn a_missed_start_is_yellow_at_once_and_red_at_the_third_end_of_a_month() {
    let fields = "type: new\nplanned_start: 2023-02\nplan: {2023: 1亿元}";
    let days = [
        date(2023, 2, 27),
        date(2023, 2, 28),
        date(2023, 3, 31),
        date(2023, 4, 29),
        date(2023, 4, 30),
    ];
    let expected = [Colour::None, Colour::Yellow, Colour::Yellow, Colour::Yellow, Colour::Red];
    assert_eq!(by_month("yinchuan-2025", fields, &days), expected);
}

#[test]
fn a_yellow_that_lasts_two_months_is_red() {
    let rule = "{basis: deviation-pp, green: '>= 0', yellow: otherwise, red: otherwise, escalate: {yellow_months_to_red: 2}}";
    let reports = "reports: [{period: 2023-02, cumulative: 2000万元}, {period: 2023-03, cumulative: 2400万元}, {period: 2023-04, cumulative: 3000万元}, {period: 2023-05, cumulative: 5000万元}]";
    let fields = format!("type: new\nstarted: 2022-12\nplan: {{2023: 1亿元}}\n{reports}");
    let ends: Vec<Date> = (2..=5).map(|month| month_end(2023, month)).collect();
    let expected = [Colour::Green, Colour::Yellow, Colour::Red, Colour::Green];
    assert_eq!(by_month(rule, &fields, &ends), expected);
    // Within a month only the months that have ended count.
    assert_eq!(by_month(rule, &fields, &[date(2023, 4, 29)]), [Colour::Yellow]);
}

#[test]
fn a_run_of_yellow_months_goes_on_across_new_year() {
    let fields = "type: continuing\nplan: {2022: 1亿元, 2023: 1亿元}\nreports: [{period: 2022-10, cumulative: 8500万元}, {period: 2022-11, cumulative: 9000万元}, {period: 2022-12, cumulative: 9500万元}, {period: 2023-02, cumulative: 1000万元}, {period: 2023-03, cumulative: 1500万元}]";
    let rule = "{basis: deviation-pp, green: '>= 0', yellow: otherwise, red: otherwise, escalate: {yellow_months_to_red: 3}}";
    let files = method(&format!("{{light: {rule}, target: linear-month}}")) + &project("a", fields);
    let grounds = |day| {
        let snapshot = as_of(day, &files);
        (snapshot.light(0).ground, snapshot.scope_light(Scope::Town(0)).ground)
    };
    assert_eq!(grounds(date(2022, 12, 31)), (Ground::Progress, Ground::Progress));
    // In January no report is asked for: it is no month of the run.
    assert_eq!(grounds(date(2023, 2, 28)), (Ground::Lasting(3), Ground::Lasting(3)));
    let town = method("{light: sanya-2022, target: linear-month}") + &project("a", fields);
    let colour = |day| as_of(day, &town).scope_light(Scope::Town(0)).colour;
    assert_eq!(colour(date(2022, 11, 30)), Colour::Yellow);
    assert_eq!(colour(date(2023, 2, 28)), Colour::Red);
}

#[test]
fn a_town_under_sanya_is_red_when_it_misses_two_months_running() {
    let fields = "type: new\nstarted: 2022-12\nplan: {2023: 1亿元}\nreports: [{period: 2023-02, cumulative: 2000万元}, {period: 2023-03, cumulative: 2400万元}, {period: 2023-04, cumulative: 3300万元}]";
    let files = method("{light: sanya-2022}") + &project("a", fields);
    let colour = |day| as_of(day, &files).scope_light(Scope::Town(0)).colour;
    assert_eq!(colour(date(2023, 2, 28)), Colour::Green);
    assert_eq!(colour(date(2023, 3, 31)), Colour::Yellow);
    assert_eq!(colour(date(2023, 4, 30)), Colour::Red);
}

#[test]
fn what_is_not_rated_says_why() {
    let day = date(2023, 6, 30);
    let ground = |fields: &str| {
        let light = as_of(day, &project("a", fields)).light(0);
        assert_eq!(light.colour, Colour::None);
        light.ground
    };
    let plan = "type: new\nplan: {2023: 1亿元}\nreports: [{period: 2023-06, cumulative: 1万元}]";
    assert_eq!(ground("type: new\nstarted: 2023-01"), Ground::NoPlan);
    assert_eq!(ground("type: new\nstarted: 2023-01\nplan: {2023: 0元}"), Ground::ZeroPlan);
    assert_eq!(ground(&format!("{plan}\nplanned_start: 2023-07")), Ground::StartNotDue);
    assert_eq!(ground("type: new\nplan: {2023: 1亿元}\njoined: 2023-07-01"), Ground::NotListed);
    assert_eq!(
        ground(&format!("{plan}\nleft: {{on: 2023-06-30, reason: 停建}}")),
        Ground::Withdrawn
    );
    assert_eq!(
        ground(&format!("{plan}\npaused: [{{from: 2023-03, reason: 汛期}}]")),
        Ground::Paused
    );
    assert_eq!(
        ground(&format!("{plan}\nexempt: {{until: 2023-06-30, reason: 灾害}}")),
        Ground::Exempt
    );
    assert_eq!(ground(&format!("{plan}\nfinished: 2023-05\nstarted: 2023-01")), Ground::Finished);
}

#[test]
fn a_start_that_is_due_is_not_said_to_be_early() {
    let reason = |day, rule: &str| {
        let fields = "type: new\nplan: {2023: 1亿元}\nplanned_start: 2023-05-05";
        let light = as_of(day, &(method(rule) + &project("a", fields))).light(0);
        assert_eq!(light.colour, Colour::None);
        light.reason(&Default::default())
    };
    let said = reason(date(2023, 5, 20), "{}");
    assert_eq!(said.zh, "计划2023年5月开工·计划开工当月未结束");
    assert_eq!(
        said.en,
        "planned to start in May 2023 · the month of the planned start is not over"
    );
    assert_eq!(reason(date(2023, 5, 4), "{}").zh, "未到计划开工时间");
    let patient = "{light: {basis: ratio, green: '>= 90%', yellow: '>= 50%', red: otherwise, start: {yellow_after_months: 2}}}";
    let said = reason(date(2023, 5, 31), patient);
    assert_eq!(said.zh, "计划2023年5月开工·连续1个月末未开工·未到预警月数");
}

#[test]
fn a_town_without_a_light_says_what_its_figures_say() {
    let day = date(2023, 4, 30);
    let said = |files: &str, town| {
        let snapshot = as_of(day, files);
        let scope = Scope::Town(town);
        let light = snapshot.scope_light(scope).reason(&Default::default());
        let figure = snapshot.figure(Metric::Annual, scope);
        assert_eq!(figure.reason(), Some(&light), "{files}");
        light.zh
    };
    let silent = "type: continuing\nplan: {2023: 1亿元}\n";
    assert_eq!(said(&project("a", silent), 0), "本年尚无报送");
    assert_eq!(said(&project("a", silent), 1), "范围内无在册项目");
    let excluded = method("{unreported: exclude}") + &project("a", silent);
    assert_eq!(said(&excluded, 0), "本年尚无报送");
    let away = project("a", &format!("{silent}shares: {{west: 100%}}"));
    assert_eq!(said(&away, 0), "牵头项目的投资份额均为零");
    assert_eq!(said(&away, 1), "本年尚无报送");
    let total = as_of(day, &away).figure(Metric::TotalPlanned, Scope::Town(0));
    assert_eq!(total.reason().unwrap().zh, "牵头项目的投资份额均为零");
}

#[test]
fn the_reason_of_an_unrated_light_is_what_the_record_says() {
    let fields = "type: new\nplan: {2023: 1亿元}\npaused: [{from: 2023-03-01, reason: 汛期停工, review_by: 2023-06-01}]";
    let light = as_of(date(2023, 6, 30), &project("a", fields)).light(0);
    let reason = light.reason(&crate::record::Method::default());
    assert_eq!(reason.zh, "暂停建设·汛期停工·应于2023年6月1日前复核，已逾期");
}

#[test]
fn who_never_reports_is_not_spared_the_light() {
    let fields = "type: new\nstarted: 2023-01\nplan: {2023: 1亿元}";
    let snapshot = as_of(date(2023, 6, 30), &project("a", fields));
    assert_eq!(snapshot.colour(0), Colour::Red);
    let reason = snapshot.light(0).reason(&crate::record::Method::default());
    assert_eq!(reason.zh, "本年无报送，按未完成计·完成0.0%·序时50.0%·落后50.0个百分点");
    let files = method("{unreported: exclude}") + &project("a", fields);
    assert_eq!(as_of(date(2023, 6, 30), &files).light(0).ground, Ground::NotReported);
    // There is nothing to warn of in what is completed, but no report was given for it either.
    let completed = project("a", &format!("{fields}\nfinished: 2023-05-10"));
    let reason = as_of(date(2023, 6, 30), &completed).light(0).reason(&Default::default());
    assert_eq!(
        reason.zh,
        "已竣工，不再预警·本年无报送，按未完成计·完成0.0%·序时50.0%·落后50.0个百分点"
    );
    // In January no report is asked for.
    let january = as_of(date(2023, 1, 31), &project("a", fields));
    assert_eq!(january.light(0).ground, Ground::NoReportDue);
}

#[test]
fn a_project_is_held_to_its_own_target() {
    let own = "target: [0, 0, 0, 0, 0, 10%, 20%, 30%, 40%, 60%, 80%, 100%]";
    let fields = format!(
        "type: new\nstarted: 2023-01\nplan: {{2023: 1亿元}}\n{own}\nreports: [{{period: 2023-06, cumulative: 1000万元}}]"
    );
    let snapshot = as_of(date(2023, 6, 30), &project("a", &fields));
    assert_eq!(snapshot.colour(0), Colour::Green);
    assert_eq!(crate::indicator::testing::shown(&snapshot, "target", ONLY), "10.0%");
    let april = as_of(date(2023, 4, 30), &project("a", &fields));
    assert_eq!(april.light(0).ground, Ground::NoTarget);
}

#[test]
fn a_yellow_of_who_has_not_started_becomes_red_if_it_lasts() {
    let rule = "{basis: deviation-pp, green: '> -5', yellow: '>= -40', red: otherwise, \
                start: {yellow_after_months: 1, red_after_months: 5}, escalate: {yellow_months_to_red: 2}}";
    let files = method(&format!("{{light: {rule}, target: linear-month}}"));
    let of = |fields: &str, month| {
        let files =
            files.clone() + &project("a", &format!("type: new\nplan: {{2023: 1亿元}}\n{fields}"));
        as_of(month_end(2023, month), &files).light(0).colour
    };
    assert_eq!([2, 3].map(|month| of("", month)), [Colour::Yellow, Colour::Red]);
    // Where the start is judged, the rule says after how many months that is red.
    assert_eq!([2, 4].map(|month| of("planned_start: 2023-01", month)), [Colour::Yellow; 2]);
}

#[test]
fn what_is_completed_has_reported() {
    let reports =
        "reports: [{period: 2023-02, cumulative: 200万元}, {period: 2023-03, cumulative: 300万元}]";
    let fields = "type: new\nstarted: 2023-01-05\nfinished: 2023-03-29\nplan: {2023: 1000万元}";
    let files = method("{light: xinhuang-2015}") + &project("a", &format!("{fields}\n{reports}"));
    let snapshot = as_of(date(2023, 4, 30), &files);
    let reason = snapshot.light(0).reason(snapshot.method()).zh;
    assert_eq!(reason, "已竣工，不再预警·数据截至2023年3月31日");
}
