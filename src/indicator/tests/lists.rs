//! Pools, batches, events, the award, and the lists of the best and the last.

use jiff::civil::{Date, date};

use super::{as_of, at, method, project, project_in, site};
use crate::indicator::testing::{model, on, shown, snapshot};
use crate::indicator::{
    Answering, HonourRule, Metric, Scope, Standing, award, award_year, batch_report, batch_year,
    changes, honours, moved, pool_flows, responsibilities,
};
use crate::record::{BatchKind, Pool};
use crate::value::{Money, Rate};

const MARCH: Date = date(2023, 3, 31);
const APRIL: Date = date(2023, 4, 30);

#[test]
fn a_pool_opens_takes_in_gives_out_and_closes() {
    let files = project(
        "a",
        "type: new\ntotal_investment: [{from: 2022-01-01, amount: 1亿元}, {from: 2023-04-10, amount: 1.2亿元}]\npools: [{pool: reserve, from: 2022-01-01}, {pool: preparation, from: 2023-04-05}, {pool: construction, from: 2023-04-20}]",
    ) + &project(
        "b",
        "type: new\ntotal_investment: 2亿元\njoined: 2023-04-08\npools: [{pool: preparation, from: 2023-01-01}]",
    ) + &project(
        "c",
        "type: new\ntotal_investment: 3亿元\npools: [{pool: preparation, from: 2023-01-01}]\nleft: {on: 2023-04-15, reason: 停建}",
    ) + &project(
        "d",
        "type: new\ntotal_investment: 4亿元\npools: [{pool: construction, from: 2022-01-01}, {pool: preparation, from: 2023-04-12, reason: 重新论证}]",
    );
    let model = model(&files);
    let (before, now) = (snapshot(&model, on(MARCH)), snapshot(&model, on(APRIL)));
    let flows = pool_flows(&before, &now, Scope::All);
    let preparation = flows.balance(Pool::Preparation);
    let counts = [preparation.opening, preparation.entered, preparation.left, preparation.closing];
    assert_eq!(counts.map(|volume| volume.projects), [1, 3, 2, 2]);
    let amounts = counts.map(|volume| volume.amount.exact());
    assert_eq!(amounts, ["300000000", "700000000", "400000000", "600000000"]);
    // The total of a was revised on its way into construction, and is told there.
    assert_eq!(flows.balance(Pool::Construction).revalued, Money::from_yuan(20_000_000));
    assert_eq!(flows.transition(Some(Pool::Preparation), None).projects, 1);
    assert_eq!(flows.conversion(Pool::Preparation, Pool::Construction), Some(Rate::new(1, 4)));
    let back: Vec<_> = flows.moves.iter().filter(|moved| moved.is_backward).collect();
    assert_eq!(back.len(), 1);
    assert_eq!(back[0].project, at(&model, "d"));
    assert_eq!(
        back[0].reason.as_ref().map(|reason| reason.get(&Default::default())),
        Some("重新论证")
    );
    assert_eq!(shown(&now, "pool.preparation", Scope::All), "2");
    assert_eq!(shown(&now, "pool.preparation.amount", Scope::All), "6亿元");
}

#[test]
fn the_amount_of_a_pool_is_known_if_it_is_of_any_project() {
    let pool = "type: new\npools: [{pool: reserve, from: 2022-01-01}]";
    let opening = |files: &str| {
        let model = model(files);
        let (before, now) = (snapshot(&model, on(date(2022, 12, 31))), snapshot(&model, on(APRIL)));
        pool_flows(&before, &now, Scope::All).balance(Pool::Reserve).opening.known_amount()
    };
    let unknown = project("a", pool);
    assert_eq!(opening(&unknown), None);
    let known = unknown + &project("b", &format!("{pool}\ntotal_investment: 1亿元"));
    assert_eq!(opening(&known), Some(Money::from_yuan(100_000_000)));
    assert_eq!(opening(&project("c", "type: new")), Some(Money::ZERO));
}

#[test]
fn who_left_and_counts_until_the_year_s_end_goes_out_on_the_first_of_january() {
    let fields =
        "type: new\ntotal_investment: 1亿元\npools: [{pool: preparation, from: 2022-01-01}]";
    let files = method("{withdrawn: keep-year}")
        + &project("a", &format!("{fields}\nleft: {{on: 2022-06-15, reason: 停建}}"))
        + &project("b", &format!("{fields}\njoined: 2023-01-01"));
    let model = model(&files);
    let (before, now) = (snapshot(&model, on(date(2022, 12, 31))), snapshot(&model, on(APRIL)));
    let flows = pool_flows(&before, &now, Scope::All);
    let balance = flows.balance(Pool::Preparation);
    let counts = [balance.opening, balance.entered, balance.left, balance.closing];
    assert_eq!(counts.map(|volume| volume.projects), [1, 1, 1, 1]);
    let days: Vec<Date> = flows.moves.iter().map(|moved| moved.on).collect();
    assert_eq!(days, [date(2023, 1, 1), date(2023, 1, 1)]);
    let reasons = flows.moves.iter().map(|moved| moved.reason.is_some());
    assert_eq!(reasons.collect::<Vec<_>>(), [true, false]);
}

const BATCHES: &str = "batches:
  - {id: q1, kind: start, name: 一季度, on: 2023-02-10, projects: [b, a]}
  - {id: q2, kind: start, name: 二季度, on: 2023-05-10, projects: [c]}
";

#[test]
fn a_batch_is_what_was_announced_and_what_became_of_it() {
    let files = site(BATCHES)
        + &project(
            "a",
            "type: new\nstarted: 2023-02-12\ntotal_investment: [{from: 2022-01-01, amount: 1亿元}, {from: 2023-03-01, amount: 5亿元}]\nplan: {2023: 2000万元}",
        )
        + &project("b", "type: new\nplanned_start: 2023-02\ntotal_investment: 2亿元")
        + &project("c", "type: new\ntotal_investment: 4亿元");
    let snapshot = as_of(APRIL, &files);
    let report = batch_report(&snapshot, 0);
    assert_eq!(report.total, (Money::from_yuan(300_000_000), 2));
    assert_eq!(report.plan, (Money::from_yuan(20_000_000), 1));
    assert_eq!((report.started, report.finished, report.largest()), (1, 0, Some(1)));
    assert_eq!(report.only_celebrated(BatchKind::Start).collect::<Vec<_>>(), [1]);
    assert_eq!(report.revised().count(), 1);
    assert!(!batch_report(&snapshot, 1).is_held);
    let year = batch_year(&snapshot, BatchKind::Start);
    assert_eq!((year.batches, year.projects), (1, 2));
    assert_eq!(shown(&snapshot, "start.all", Scope::Batch(0)), "50.0%");
}

const EVENTS: &str = "chains: [{id: food, name: 食品}]
award: {name: 流动红旗, group: town, points: {talk: 1, sign: 2, start: 3}, cap: {talk: 2}, minimum: 2}
events:
  - {id: e1, kind: talk, on: 2023-03-01, town: east, amount: 1亿元}
  - {id: e2, kind: talk, on: 2023-03-02, town: east, chain: food}
  - {id: e3, kind: talk, on: 2023-03-03, town: east}
  - {id: e4, kind: sign, on: 2023-03-04, town: west, amount: 2亿元}
  - {id: e5, kind: start, on: 2023-04-05, project: a}
  - {id: e6, kind: finish, on: 2023-04-06, town: west}
  - {id: e7, kind: talk, on: 2022-12-31, town: west}
";

#[test]
fn events_are_counted_from_the_first_of_january() {
    let snapshot = as_of(APRIL, &(site(EVENTS) + &project("a", "type: new")));
    assert_eq!(shown(&snapshot, "新洽谈", Scope::All), "3");
    assert_eq!(shown(&snapshot, "events.talk.amount", Scope::All), "1亿元");
    assert_eq!(shown(&snapshot, "events.talk", Scope::Chain(0)), "1");
    assert_eq!(shown(&snapshot, "events.start", Scope::Town(0)), "1");
    assert_eq!(shown(&snapshot, "events.start", Scope::Category(0)), "1");
    // Nobody wrote down how much was started.
    assert_eq!(shown(&snapshot, "events.start.amount", Scope::All), "—");
    assert_eq!(shown(&snapshot, "events.revive.amount", Scope::All), "0万元");
}

#[test]
fn every_point_of_the_award_is_of_an_event_up_to_the_cap() {
    let model = model(&(site(EVENTS) + &project("a", "type: new")));
    let months = award(&model, APRIL);
    let ends: Vec<Date> = months.iter().map(|month| month.end).collect();
    assert_eq!(ends, [APRIL, MARCH, date(2023, 2, 28), date(2023, 1, 31), date(2022, 12, 31)]);
    let march = &months[1];
    let east = march.scores.iter().find(|score| score.town == 0).unwrap();
    let lines: Vec<_> =
        east.lines.iter().map(|line| (line.event, line.points, line.capped)).collect();
    assert_eq!(lines, [(0, 1, false), (1, 1, false), (2, 0, true)]);
    // Two points each: they hold it together.
    assert_eq!(march.holders, [0, 1]);
    assert_eq!(march.scores.iter().map(|score| score.rank).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(months[0].holders, [0]);
    // A single point is below the minimum, and an empty month has no winner.
    assert_eq!((&months[4].holders[..], &months[2].holders[..]), (&[][..], &[][..]));
    let year: Vec<_> =
        award_year(&months, 2023).iter().map(|sum| (sum.town, sum.points, sum.wins)).collect();
    assert_eq!(year, [(0, 5, 2), (1, 2, 1)]);
    // The month in which the day falls is not decided.
    assert!(award(&model, date(2023, 4, 29))[0].holders.is_empty());
    let april = snapshot(&model, on(APRIL));
    assert_eq!(shown(&april, "红旗积分", Scope::Town(0)), "3");
}

fn completion(town: &str, done: &str) -> String {
    let fields = format!(
        "type: new\nplan: {{2023: 1亿元}}\nreports: [{{period: 2023-03, cumulative: 2500万元}}, {{period: 2023-04, cumulative: {done}}}]"
    );
    project_in(town, &format!("p-{town}"), &fields)
}

#[test]
fn the_lists_of_the_best_and_the_last_ask_for_rank_and_target() {
    let towns: String = ["a", "b", "c", "d"]
        .iter()
        .map(|id| format!("- {{id: {id}, name: {id}, group: town}}\n"))
        .collect();
    let files = format!("//- towns.yaml\n{towns}")
        + &completion("a", "5000万元")
        + &completion("b", "3400万元")
        + &completion("c", "3300万元")
        + &completion("d", "2600万元");
    let snapshot = as_of(APRIL, &files);
    let listed = |rule| {
        let honours = honours(&snapshot, Some(0), rule);
        honours.iter().map(|honour| (honour.row.town, honour.standing)).collect::<Vec<_>>()
    };
    // The target is a third: c is a hair behind it.
    let (best, last) = (Standing::Best, Standing::Last);
    assert_eq!(listed(HonourRule { best: 1, last: 1 }), [(0, best), (3, last)]);
    assert_eq!(
        listed(HonourRule { best: 3, last: 3 }),
        [(0, best), (1, best), (2, last), (3, last)]
    );
}

#[test]
fn ranks_move_between_two_issues() {
    let files = completion("east", "2600万元") + &completion("west", "9000万元");
    let model = model(&files);
    let (before, now) = (snapshot(&model, on(MARCH)), snapshot(&model, on(APRIL)));
    let ranking = now.ranking(Metric::Annual, Some(0), Some(&before));
    assert_eq!(ranking.rows.iter().map(|row| row.risen()).collect::<Vec<_>>(), [Some(0), Some(-1)]);
    let moved: Vec<_> =
        moved(&ranking).iter().map(|moved| (moved.town, moved.from, moved.to)).collect();
    assert_eq!(moved, [(0, Some(1), Some(2))]);
    assert_eq!(
        now.figure_since(Metric::AnnualChange, Scope::Town(1), &before)
            .display(&Default::default(), now.method()),
        "+65.0"
    );
}

#[test]
fn an_issue_tells_what_has_happened_since_the_one_before() {
    let files = method("{target: linear-month}")
        + &project("a", "type: new\nplanned_start: 2023-03\nstarted: 2023-04-02")
        + &project(
            "b",
            "type: new\nstarted: 2023-01\nfinished: 2023-04-20\nin_production: 2023-04-25",
        )
        + &project("c", "type: new\njoined: 2023-04-10")
        + &project(
            "d",
            "type: new\nstarted: 2023-01\npaused: [{from: 2023-04-01, reason: 汛期}]\npools: [{pool: construction, from: 2023-04-02}]",
        );
    let model = model(&files);
    let (before, now) = (snapshot(&model, on(MARCH)), snapshot(&model, on(APRIL)));
    let changes = changes(&before, &now, Scope::All);
    assert_eq!(changes.started, [0]);
    assert_eq!(changes.finished, [1]);
    assert_eq!(changes.in_production, [1]);
    assert_eq!(changes.joined, [2]);
    assert_eq!(changes.paused, [3]);
    assert_eq!(changes.pools.len(), 1);
    assert_eq!(changes.lights.iter().map(|light| light.project).collect::<Vec<_>>(), [0]);
    assert_eq!(changes.invested, None);
}

#[test]
fn who_answers_for_projects_answers_for_all_of_them() {
    let of = |id: &str, fields: &str, done: &str| {
        let fields = format!(
            "type: new\nshares: {{east: 50%, west: 50%}}\n{fields}\nplan: {{2023: 1亿元}}\nreports: [{{period: 2023-04, cumulative: {done}}}]"
        );
        project(id, &fields)
    };
    let files = of("a", "responsible_unit: 乙局", "1000万元")
        + &of("b", "responsible_unit: 甲局", "2000万元")
        + &of("c", "responsible_unit: 甲局", "4000万元")
        + &of("d", "", "3000万元")
        + &project("e", "type: new\nresponsible_unit: 丙局\njoined: 2023-05-01");
    let snapshot = as_of(APRIL, &files);
    let rows = responsibilities(&snapshot, Answering::Unit);
    let shown = |row: &crate::indicator::Responsibility| {
        let name = row.name.as_ref().map(|name| name.get(&Default::default()).to_owned());
        (name, row.tally.counts.listed, row.tally.annual_rate())
    };
    let shown: Vec<_> = rows.iter().map(shown).collect();
    let rate = |tenths| Some(Rate::new(tenths, 10));
    let expected =
        [(Some("甲局".into()), 2, rate(3)), (Some("乙局".into()), 1, rate(1)), (None, 1, rate(3))];
    assert_eq!(shown, expected);
    let whole = snapshot.tally(Scope::All);
    let done: Money = rows.iter().map(|row| row.tally.sums.year.money).sum();
    assert_eq!(Some(done), whole.sums.year.known());
    assert_eq!(responsibilities(&snapshot, Answering::Leader), []);
}

#[test]
fn without_a_point_nobody_wins_the_award_whatever_its_minimum() {
    let events = EVENTS.replace("minimum: 2", "minimum: 0");
    let model = model(&(site(&events) + &project("a", "type: new")));
    assert_eq!(model.site.award.as_ref().unwrap().minimum(), 1);
    assert!(award(&model, APRIL)[2].holders.is_empty());
}
