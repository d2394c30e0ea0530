//! What holds of every site: parts add up, pools conserve, ranks are ranks, the past is not changed by what comes after.

use std::sync::Arc;

use jiff::civil::Date;
use proptest::prelude::*;

use super::{method, project_in};
use crate::indicator::testing::{model, snapshot};
use crate::indicator::{Metric, Scope, Snapshot, Tally, Value, changes, pool_flows};
use crate::model::{AsOf, Model};
use crate::record::Pool;
use crate::value::{Money, month_end};

/// A project as random as the records allow.
#[derive(Debug, Clone)]
struct Written {
    lead: usize,
    share: u32,
    is_new: bool,
    own_target: bool,
    planned: i8,
    started: Option<i8>,
    joined: Option<i8>,
    left: Option<i8>,
    total: u32,
    plan: Option<u32>,
    revised: u32,
    /// The months reported, what each added, and how many months late it was.
    reports: Vec<(i8, u32, i8)>,
    pools: Vec<(u8, i8)>,
    last_year: Option<(i8, u32)>,
}

prop_compose! {
    fn written()(
        lead in 0_usize..3,
        share in 0_u32..=10_000,
        flags in any::<[bool; 2]>(),
        planned in 1_i8..=12,
        started in proptest::option::of(1_i8..=12),
        joined in proptest::option::weighted(0.2, 1_i8..=1),
        left in proptest::option::weighted(0.2, 2_i8..=12),
        total in 1_u32..1_000_000,
        plan in proptest::option::of(0_u32..100_000),
        revised in 0_u32..100_000,
        reports in proptest::collection::vec((2_i8..=12, 0_u32..9_999, 0_i8..3), 0..6),
        pools in proptest::collection::vec((0_u8..4, 1_i8..=12), 0..4),
        last_year in proptest::option::of((2_i8..=12, 0_u32..99_999)),
    ) -> Written {
        let [is_new, own_target] = flags;
        Written { lead, share, is_new, own_target, planned, started, joined, left, total, plan, revised, reports, pools, last_year }
    }
}

const TOWNS: [&str; 3] = ["t0", "t1", "t2"];

impl Written {
    fn file(&self) -> String {
        let (other, rest) = ((self.lead + 1) % 3, 10_000 - self.share);
        let part = |parts: u32| format!("{}.{:02}%", parts / 100, parts % 100);
        let mut fields = format!(
            "type: {}\nshares: {{{}: {}, {}: {}}}\ntotal_investment: [{{from: 2022-01-01, amount: {}元}}, {{from: 2023-05-01, amount: {}元}}]\nplanned_start: 2023-{:02}\n",
            if self.is_new { "new" } else { "continuing" },
            TOWNS[self.lead],
            part(self.share),
            TOWNS[other],
            part(rest),
            self.total,
            self.total + self.revised,
            self.planned,
        );
        if let Some(plan) = self.plan {
            fields += &format!(
                "plan: {{2023: [{{from: 2023-01-01, amount: {plan}元}}, {{from: 2023-07-01, amount: {}元}}]}}\n",
                self.revised
            );
        }
        if self.own_target {
            fields += "target: [0, 1%, 2%, 3%, 5%, 8%, 13%, 21%, 34%, 55%, 89%, 100%]\n";
        }
        if let Some(started) = self.started {
            fields += &format!("started: 2023-{started:02}\n");
        }
        if let Some(joined) = self.joined {
            fields += &format!("joined: 2023-{joined:02}-15\n");
        }
        if let Some(left) = self.left {
            fields += &format!("left: {{on: 2023-{left:02}-10, reason: 停建}}\n");
        }
        fields + &self.pools() + &self.reports()
    }

    fn pools(&self) -> String {
        let mut pools = self.pools.clone();
        pools.sort_by_key(|(_, month)| *month);
        let entry = |(pool, month): &(u8, i8)| {
            format!("{{pool: {}, from: 2023-{month:02}-20}}", Pool::ALL[*pool as usize].code())
        };
        format!("pools: [{}]\n", pools.iter().map(entry).collect::<Vec<_>>().join(", "))
    }

    fn reports(&self) -> String {
        let before = self.last_year.filter(|_| self.joined.is_none());
        let before = before
            .map(|(month, done)| format!("{{period: 2022-{month:02}, cumulative: {done}元}}"));
        let mut done = 0;
        let entry = |(month, added, late): &(i8, u32, i8)| {
            done += added;
            let known =
                month_end(2023 + i16::from((month + late - 1) / 12), (month + late - 1) % 12 + 1);
            format!(
                "{{period: 2023-{month:02}, cumulative: {done}元, reported: {known}, revision: 核对}}"
            )
        };
        let all: Vec<String> = before.into_iter().chain(self.reports.iter().map(entry)).collect();
        format!("reports: [{}]\n", all.join(", "))
    }
}

fn site_of(projects: &[Written], written: &str) -> Arc<Model> {
    let towns: String =
        TOWNS.iter().map(|id| format!("- {{id: {id}, name: {id}, group: town}}\n")).collect();
    let files = projects
        .iter()
        .enumerate()
        .map(|(id, project)| project_in(TOWNS[project.lead], &format!("p{id}"), &project.file()));
    let files: String = files.collect();
    model(&format!("{}//- towns.yaml\n{towns}{files}", method(written)))
}

fn known(month: i8, known_by: Date) -> AsOf {
    AsOf { data: month_end(2023, month), known_by: known_by.max(month_end(2023, month)) }
}

const METHODS: [&str; 5] = [
    "{}",
    "{target: quarter-curve, withdrawn: keep-year, ties: exact}",
    "{target: linear-day, unreported: exclude, rounding: half-even}",
    "{target: half-month, light: {basis: ratio, green: '>= 90%', yellow: '>= 50%', red: otherwise, escalate: {yellow_months_to_red: 2}}}",
    "{target: quarter-curve, light: xinhuang-2015}",
];

fn snapshots() -> impl Strategy<Value = (Arc<Model>, Snapshot)> {
    let projects = proptest::collection::vec(written(), 1..8);
    (projects, 0..METHODS.len(), 1_i8..=12).prop_map(|(projects, written, month)| {
        let model = site_of(&projects, METHODS[written]);
        let snapshot = snapshot(&model, known(month, month_end(2023, month)));
        (model, snapshot)
    })
}

/// Every amount of a tally.
fn amounts(tally: &Tally) -> Vec<Money> {
    let sums = &tally.sums;
    let mut amounts: Vec<Money> = [
        sums.total,
        sums.plan,
        sums.year,
        sums.ever,
        sums.on_plan,
        sums.on_plan_done,
        sums.off_plan,
        sums.total_known,
        sums.total_done,
        sums.last_year,
        sums.increment,
        sums.own_target,
    ]
    .iter()
    .map(|sum| sum.money)
    .collect();
    amounts.extend(Pool::ALL.iter().map(|pool| tally.pool_amount(*pool).money));
    amounts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_towns_add_up_to_the_whole((_, snapshot) in snapshots()) {
        let whole = snapshot.tally(Scope::All);
        let towns: Vec<_> = (0..3).map(|town| snapshot.tally(Scope::Town(town))).collect();
        let mut sum = vec![Money::ZERO; amounts(&whole).len()];
        for town in &towns {
            for (sum, amount) in sum.iter_mut().zip(amounts(town)) {
                *sum += amount;
            }
        }
        prop_assert_eq!(sum, amounts(&whole));
        let month_due: crate::value::Rate = towns.iter().map(|town| town.month_due).sum();
        prop_assert_eq!(month_due, whole.month_due);
        let listed: u64 = towns.iter().map(|town| town.counts.listed).sum();
        prop_assert_eq!(listed, whole.counts.listed);
        let lights: u64 = whole.lights.iter().sum();
        prop_assert_eq!(lights, whole.counts.listed);
        let category = snapshot.tally(Scope::Category(0));
        prop_assert_eq!(&*category, &*whole);
    }

    #[test]
    fn pools_conserve(projects in proptest::collection::vec(written(), 1..8), method in 0_usize..2, first in 0_i8..=12, last in 1_i8..=24) {
        // From the end of the year before, within the year, and into the next.
        let day = |month: i8| month_end(2022 + i16::from((month + 11) / 12), (month + 11) % 12 + 1);
        let (first, last) = (first.min(last), first.max(last));
        let model = site_of(&projects, METHODS[method]);
        let on = |month| AsOf { data: day(month), known_by: day(last) };
        let (before, now) = (snapshot(&model, on(first)), snapshot(&model, on(last)));
        for scope in Scope::every(&model) {
            let flows = pool_flows(&before, &now, scope);
            for (pool, balance) in Pool::ALL.iter().zip(&flows.balances) {
                let [opening, entered, left, closing] = [balance.opening, balance.entered, balance.left, balance.closing];
                prop_assert_eq!(opening.projects + entered.projects - left.projects, closing.projects);
                prop_assert_eq!(opening.amount + entered.amount - left.amount + balance.revalued, closing.amount);
                prop_assert_eq!(closing.projects, now.tally(scope).in_pool(*pool) as i64);
                prop_assert_eq!(closing.amount, now.tally(scope).pool_amount(*pool).money);
                prop_assert_eq!(opening.projects, before.tally(scope).in_pool(*pool) as i64);
                prop_assert_eq!(opening.amount, before.tally(scope).pool_amount(*pool).money);
            }
        }
    }

    #[test]
    fn a_ranking_is_one_of_competition((model, snapshot) in snapshots()) {
        for metric in Metric::all() {
            let ranking = snapshot.ranking(metric, Some(0), None);
            prop_assert_eq!(ranking.rows.len(), 3);
            let ranked: Vec<_> = ranking.rows.iter().filter(|row| row.rank.is_some()).collect();
            for (position, row) in ranking.rows.iter().enumerate() {
                // Who has no figure has no rank and stands behind all who have.
                prop_assert_eq!(row.rank.is_some(), position < ranked.len());
                prop_assert_eq!(row.figure.reason().is_none(), row.rank.is_some());
            }
            let display = |row: &crate::indicator::Row| row.figure.display(model.default_locale(), &model.site.method);
            let is_exact = model.site.method.ties == crate::record::Ties::Exact;
            for row in &ranked {
                // A rank is one more than the number of those better placed; who ties has the same.
                let better = ranked.iter().filter(|other| other.rank < row.rank).count();
                prop_assert_eq!(row.rank, Some(better as u32 + 1));
                for other in &ranked {
                    let ties = if is_exact { row.figure.value.exact() == other.figure.value.exact() } else { display(row) == display(other) };
                    prop_assert_eq!(ties, row.rank == other.rank);
                }
            }
        }
    }

    #[test]
    fn what_is_reported_later_changes_nothing_known_before(
        projects in proptest::collection::vec(written(), 1..6),
        month in 1_i8..=12,
        later in proptest::collection::vec((2_i8..=12, 0_u32..9_999, 0_i8..3), 1..4),
    ) {
        let as_of = known(month, month_end(2023, month));
        let figures = |model: &Arc<Model>| {
            let snapshot = snapshot(model, as_of);
            let scopes: Vec<Scope> = Scope::every(model).collect();
            let values: Vec<Value> = scopes.iter()
                .flat_map(|scope| Metric::all().map(|metric| snapshot.figure(metric, *scope).value).collect::<Vec<_>>())
                .collect();
            (values, snapshot.series(Scope::All))
        };
        let before = figures(&site_of(&projects, "{}"));
        let mut more = projects;
        for project in &mut more {
            // Only what becomes known after the day is new.
            let unknown = later.iter().filter(|(of, _, late)| of + late > month);
            project.reports.extend(unknown);
        }
        prop_assert_eq!(figures(&site_of(&more, "{}")), before);
    }

    #[test]
    fn the_last_point_of_the_curve_is_the_figure((model, snapshot) in snapshots()) {
        for scope in Scope::every(&model) {
            let series = snapshot.series(scope);
            let month = snapshot.as_of().data.month() as usize - 1;
            let annual = snapshot.figure(Metric::Annual, scope).value.exact();
            if let Some(point) = series.this_year[month] {
                prop_assert_eq!(Some(point.rate), annual);
            }
            prop_assert_eq!(Some(series.target[month]), snapshot.figure(Metric::Target, scope).value.exact());
        }
    }

    #[test]
    fn a_year_on_year_base_is_the_figure_of_that_day((model, snapshot) in snapshots()) {
        let then = super::snapshot(&model, snapshot.as_of().year_before());
        for scope in Scope::every(&model) {
            let (base, year) = (snapshot.tally(scope).sums.last_year, then.tally(scope).sums.year);
            prop_assert_eq!((base.money, base.projects), (year.money, year.projects));
        }
    }

    #[test]
    fn what_was_invested_is_what_each_project_on_the_list_added(
        projects in proptest::collection::vec(written(), 1..8), first in 1_i8..=12, last in 1_i8..=12,
    ) {
        let (first, last) = (first.min(last), first.max(last));
        let model = site_of(&projects, "{}");
        let (before, now) = (snapshot(&model, known(first, month_end(2023, first))), snapshot(&model, known(last, month_end(2023, last))));
        for scope in Scope::every(&model) {
            let found = changes(&before, &now, scope);
            let year = |snapshot: &Snapshot| snapshot.tally(scope).sums.year.money;
            let Some(invested) = found.invested else { continue };
            prop_assert_eq!(year(&before) + invested + found.joined_with - found.left_with, year(&now));
            if scope == Scope::All {
                let year = |snapshot: &Snapshot, project| snapshot.state(project).year().unwrap_or_default();
                let listed = (0..projects.len()).filter(|project| now.state(*project).listed);
                let added: Money = listed.map(|project| year(&now, project) - year(&before, project)).sum();
                prop_assert_eq!(added, invested);
            }
        }
    }
}
