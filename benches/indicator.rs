//! How long all figures of a large site take: 10,000 projects, 24 months, 100 issues.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use divan::{Bencher, black_box};
use gongbao::indicator::{Indicators, Metric, Scope, compute_for};
use gongbao::model::{AsOf, Model, Project, Town};
use gongbao::record::{self, ProjectType, Report, Revision, Revisions};
use gongbao::value::{Id, Locale, Money, Period, Share, month_end};
use jiff::civil::Date;

const PROJECTS: usize = 10_000;
const ISSUES: usize = 100;
const TOWNS: usize = 20;
const CATEGORIES: usize = 7;

fn main() {
    divan::main();
}

/// Computes the states, lights and sums of every issue.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn all_issues(bencher: Bencher<'_, '_>) {
    let model = model();
    bencher.bench_local(|| computed(&model, issues()));
}

/// Computes those of a single issue, as an editor waits for them.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn one_issue(bencher: Bencher<'_, '_>) {
    let model = model();
    bencher.bench_local(|| computed(&model, issues().take(1)));
}

/// Reads every metric of every town, category and of the whole, in every issue.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn figures_of_scopes(bencher: Bencher<'_, '_>) {
    let model = model();
    let indicators = computed(&model, issues());
    bencher.bench_local(|| issues().map(|as_of| figures(&indicators, as_of)).sum::<usize>());
}

/// Reads every metric of every project in one issue.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn figures_of_projects(bencher: Bencher<'_, '_>) {
    let model = model();
    let day = model.as_of;
    let indicators = compute_for(&model, [day]);
    let snapshot = indicators.at(day);
    bencher.bench_local(|| {
        let figures = (0..PROJECTS)
            .flat_map(|project| Metric::all().map(move |metric| (metric, Scope::Project(project))));
        figures
            .map(|(metric, scope)| snapshot.figure(metric, scope))
            .filter(|figure| figure.reason().is_none())
            .count()
    });
}

/// Draws the curve of the whole and of every town, in every issue.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn curves(bencher: Bencher<'_, '_>) {
    let model = model();
    let indicators = computed(&model, issues());
    bencher.bench_local(|| {
        for as_of in issues() {
            let snapshot = indicators.at(as_of);
            black_box(snapshot.series(Scope::All));
            for town in 0..TOWNS {
                black_box(snapshot.series(Scope::Town(town)));
            }
        }
    });
}

/// The figures of some days, all of which are computed.
fn computed(model: &Arc<Model>, days: impl Iterator<Item = AsOf> + Clone) -> Indicators {
    let indicators = compute_for(black_box(model), days.clone());
    days.for_each(|day| {
        black_box(indicators.at(day));
    });
    indicators
}

fn figures(indicators: &Indicators, as_of: AsOf) -> usize {
    let snapshot = indicators.at(as_of);
    let towns = (0..TOWNS).map(Scope::Town);
    let categories = (0..CATEGORIES).map(Scope::Category);
    let scopes = towns.chain(categories).chain([Scope::All]);
    let figures = scopes.flat_map(|scope| Metric::all().map(move |metric| (metric, scope)));
    let known = |(metric, scope)| snapshot.figure(metric, scope).reason().is_none();
    figures.map(known).filter(|known| *known).count()
}

/// A hundred weeks, each issue out five days after its day.
fn issues() -> impl Iterator<Item = AsOf> + Clone {
    (0..ISSUES).map(|week| {
        let data = Date::constant(2022, 1, 31) + jiff::Span::new().weeks(week as i64);
        AsOf { data, known_by: data + jiff::Span::new().days(5) }
    })
}

fn model() -> Arc<Model> {
    let id =
        |name: &str, number: usize| Id::parse(&format!("{name}-{number:05}")).unwrap_or_default();
    let town = |number| Town {
        record: record::Town { id: id("town", number), ..Default::default() },
        group: Some(0),
        projects: Vec::new(),
        news: Vec::new(),
    };
    let category = |number| record::Category { id: id("category", number), ..Default::default() };
    let site = record::Site {
        categories: (0..CATEGORIES).map(category).collect(),
        groups: vec![record::Group::default()],
        ..Default::default()
    };
    let day = Date::constant(2023, 12, 31);
    Arc::new(Model {
        site,
        locales: vec![Locale::default()],
        date: day,
        as_of: AsOf { data: day, known_by: day },
        towns: (0..TOWNS).map(town).collect(),
        projects: (0..PROJECTS)
            .map(|number| project(id("project", number), number))
            .collect::<Vec<_>>()
            .into(),
        internal_projects: BTreeSet::new(),
        news_to_come: BTreeMap::new(),
        bulletins: Vec::new(),
        news: Vec::new().into(),
        listed: Vec::new(),
        corrections: Vec::new(),
        pages: Vec::new(),
        media: BTreeMap::new(),
    })
}

/// A project that reports for two years; every tenth lies across two towns.
fn project(id: Id, number: usize) -> Project {
    let year = |year: i16| {
        (1..=12).map(move |month| Period { end: month_end(year, month), is_month: true })
    };
    let report = |(position, period): (usize, Period)| Report {
        period,
        cumulative: Some(Money::from_yuan((position % 12 + 1) as i64 * 7_654_321)),
        total: Some(Money::from_yuan((position + 1) as i64 * 7_654_321)),
        ..Report::default()
    };
    let amount = |yuan| {
        let revision = |from: Date, yuan| Revision {
            from: Period::day(from),
            amount: Money::from_yuan(yuan),
            reason: None,
        };
        Revisions(vec![
            revision(Date::constant(2021, 1, 1), yuan),
            revision(Date::constant(2023, 6, 1), yuan * 2),
        ])
    };
    let record = record::Project {
        project_type: if number.is_multiple_of(3) {
            ProjectType::Continuing
        } else {
            ProjectType::New
        },
        total_investment: Some(amount(500_000_000)),
        plan: record::Plan(BTreeMap::from([
            (2022, amount(90_000_000)),
            (2023, amount(100_000_000)),
        ])),
        planned_start: Some(Period {
            end: month_end(2022, (number % 12) as i8 + 1),
            is_month: true,
        }),
        started: (!number.is_multiple_of(5))
            .then(|| Period::day(month_end(2022, (number % 11) as i8 + 1))),
        reports: year(2022).chain(year(2023)).enumerate().map(report).collect(),
        ..Default::default()
    };
    let town = number % TOWNS;
    let shares = if number.is_multiple_of(10) {
        let share = |text| Share::parse(text).unwrap_or_default();
        vec![(town, share("62.5%")), ((town + 1) % TOWNS, share("37.5%"))]
    } else {
        vec![(town, Share::WHOLE)]
    };
    Project {
        path: format!("content/projects/{id}.yaml").into(),
        id,
        record: Arc::new(record),
        town,
        shares,
        category: number % CATEGORIES,
        chain: None,
        news: Vec::new(),
    }
}
