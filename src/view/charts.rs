//! Charts of the site's figures: what each shows, in the reader's words.

use std::array;

use jiff::civil::Date;
use serde::Serialize;

use super::{Reader, Site, correction};
use crate::chart::{
    BarHead, BarRow, Bars, Caption, Cell, Chart, Curve, Figure, Funnel, FunnelHead, History,
    HistoryHead, LegendEntry, LightMark, Milestone, MilestoneHead, Milestones, Moment, Part,
    Series, Slope, SlopeRow, Spark, Stack, StackRow, Stage, Table, Tint,
};
use crate::indicator::{Colour, Metric, Point, Ranking, Scope, Snapshot};
use crate::plan::{self, Route};
use crate::record::{self, Pool};
use crate::value::{Period, Rate, month_end, percent};

/// A chart in a page: the picture, its numbers as a table, what its signs mean.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// The picture.
    pub svg: String,
    /// The numbers.
    pub table: Table,
    /// What the signs mean.
    pub legend: Vec<LegendEntry>,
    /// The picture as a file, where it is one.
    pub file: Option<Route>,
    /// Whether there is anything to see.
    pub empty: bool,
}

impl ChartView {
    /// The same with another file, or none.
    pub(super) fn with_file(self, file: Option<Route>) -> Self {
        ChartView { file, ..self }
    }

    fn new(chart: &Chart, id: &str, file: Option<Route>, empty: bool) -> Self {
        ChartView { svg: chart.svg(id), table: chart.table(), legend: chart.legend(), file, empty }
    }
}

/// A rate on a chart's scale of hundredths of a percent. Only lengths are made from it.
fn position(rate: Rate) -> i64 {
    let (numerator, denominator) = (rate.numer() * 10_000, rate.denom());
    i64::try_from((numerator + denominator / 2).div_euclid(*denominator)).unwrap_or(i64::MAX)
}

fn rate_figure(site: &Site<'_>, rate: Rate) -> Figure {
    let method = &site.model.site.method;
    Figure {
        value: position(rate),
        label: format!("{}%", percent(rate, method.rate_decimals, method.rounding)),
    }
}

/// The rates of a curve's points.
fn rates(points: &[Option<Point>; 12]) -> [Option<Rate>; 12] {
    points.each_ref().map(|point| point.as_ref().map(|point| point.rate))
}

fn series(site: &Site<'_>, name: &str, rates: &[Option<Rate>; 12]) -> Series {
    Series {
        name: name.to_owned(),
        points: array::from_fn(|month| rates[month].map(|rate| rate_figure(site, rate))),
    }
}

/// A day on the curve's time scale, in hundredths of a month.
fn day_position(day: Date) -> i64 {
    let in_month = i64::from(day.day()) * 100 / i64::from(day.days_in_month());
    i64::from(day.month() - 1) * 100 + in_month
}

fn months(reader: &Reader<'_>) -> [String; 12] {
    array::from_fn(|index| reader.month(i8::try_from(index + 1).unwrap_or(1)))
}

/// The completion curve of a scope: done by month, the target, last year.
pub(super) fn curve(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    scope: Scope,
    name: &str,
) -> ChartView {
    let (chart, empty) = curve_chart(site, reader, snapshot, scope, name);
    ChartView::new(&chart, "curve", curve_file(site, scope), empty)
}

/// The same without its picture, and whether there is anything to see.
pub(super) fn curve_chart(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    scope: Scope,
    name: &str,
) -> (Chart, bool) {
    let read = snapshot.series(scope);
    let as_of = snapshot.as_of().data;
    let (year, day) = (as_of.year().to_string(), reader.day(as_of).text);
    let rate =
        snapshot.figure(Metric::Annual, scope).display(reader.locale, &site.model.site.method);
    let target =
        snapshot.figure(Metric::Target, scope).display(reader.locale, &site.model.site.method);
    let words =
        [("name", name), ("year", &*year), ("day", &*day), ("rate", &*rate), ("target", &*target)];
    let say = |key: &str| reader.catalog.fill(key, &words);
    let last_year = read.last_year.iter().any(Option::is_some);
    let empty = read.this_year.iter().all(Option::is_none);
    let chart = Chart::Curve(Box::new(Curve {
        caption: Caption { title: say("chart_curve_title"), desc: say("chart_curve_desc") },
        month_head: say("chart_month"),
        months: months(reader),
        actual: series(site, &say("chart_actual"), &rates(&read.this_year)),
        target: Some(series(site, &say("chart_target"), &read.target.map(Some))),
        last_year: last_year
            .then(|| series(site, &say("chart_last_year"), &rates(&read.last_year))),
        as_of: Some(Moment { at: day_position(as_of), label: say("chart_as_of") }),
    }));
    (chart, empty)
}

/// The file of a scope's curve, if it has one.
fn curve_file(site: &Site<'_>, scope: Scope) -> Option<Route> {
    let chart = match scope {
        Scope::All => plan::Chart::Curve,
        Scope::Town(town) => plan::Chart::TownCurve(town),
        Scope::Project(project) => plan::Chart::ProjectCurve(project),
        Scope::Category(_) | Scope::Chain(_) | Scope::Batch(_) => return None,
    };
    Some(Route::chart(site.model, chart))
}

/// The curve of a scope, small and without words.
pub(super) fn spark(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    scope: Scope,
) -> ChartView {
    let read = snapshot.series(scope);
    let say = |key: &str| reader.catalog.get(key).to_owned();
    let points =
        rates(&read.this_year).map(|rate| rate.map(|rate| rate_figure(site, rate))).to_vec();
    let empty = points.iter().all(Option::is_none);
    let chart = Chart::Spark(Spark {
        caption: Caption { title: say("chart_spark_title"), desc: String::new() },
        head: [say("chart_month"), say("chart_actual")],
        names: months(reader).to_vec(),
        points,
        full: Some(10_000),
    });
    ChartView::new(
        &chart,
        &format!("spark-{}", scope.id(site.model).replace(':', "-")),
        None,
        empty,
    )
}

fn light_mark(reader: &Reader<'_>, colour: Colour) -> LightMark {
    let name = reader.catalog.get(&format!("light_{}", colour.code())).to_owned();
    LightMark { light: colour, name }
}

/// How many projects have each light.
pub(super) fn lights(site: &Site<'_>, reader: &Reader<'_>, snapshot: &Snapshot) -> ChartView {
    let file = Route::chart(site.model, plan::Chart::Lights);
    let (chart, empty) = lights_chart(site, reader, snapshot);
    ChartView::new(&chart, "lights", Some(file), empty)
}

/// The same without its picture, and whether there is anything to see.
pub(super) fn lights_chart(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
) -> (Chart, bool) {
    let day = reader.day(snapshot.as_of().data).text;
    let say = |key: &str| reader.catalog.fill(key, &[("day", &day)]);
    let colours = [Colour::Green, Colour::Yellow, Colour::Red, Colour::None];
    let metrics = [
        Metric::Lights(Colour::Green),
        Metric::Lights(Colour::Yellow),
        Metric::Lights(Colour::Red),
        Metric::Lights(Colour::None),
    ];
    let parts = colours.map(|colour| {
        let mark = light_mark(reader, colour);
        Part { name: mark.name, tint: Tint::Light(mark.light) }
    });
    let counts = metrics.map(|metric| count(site, reader, snapshot, metric, Scope::All));
    let empty = counts.iter().all(|count| count.value == 0);
    let chart = Chart::Stack(Stack {
        caption: Caption { title: say("chart_lights_title"), desc: say("chart_lights_desc") },
        row_head: say("chart_scope"),
        parts: parts.to_vec(),
        rows: vec![StackRow { name: reader.text(&site.model.site.area), counts: counts.to_vec() }],
    });
    (chart, empty)
}

/// The towns of a group by a metric.
pub(super) fn ranking(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    ranking: &Ranking,
    group: &str,
) -> ChartView {
    let id =
        format!("ranking-{}-{}", ranking.metric.id().replace('.', "-"), group_id(site, ranking));
    let chart = ranking_chart(site, reader, snapshot, ranking, group);
    let file = ranking_file(site, ranking);
    ChartView::new(&chart, &id, file, ranking.rows.is_empty())
}

/// The same without its picture.
pub(super) fn ranking_chart(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    ranking: &Ranking,
    group: &str,
) -> Chart {
    let method = &site.model.site.method;
    let label = reader.phrase(&ranking.metric.label());
    let day = reader.day(snapshot.as_of().data).text;
    let say = |key: &str| {
        reader.catalog.fill(key, &[("group", group), ("metric", &label), ("day", &day)])
    };
    let rows = ranking.rows.iter().map(|row| BarRow {
        rank: row.rank.map(|rank| rank.to_string()),
        name: reader.text(&site.model.towns[row.town].record.name),
        figure: row.figure.value.exact().map(|rate| Figure {
            value: position(rate),
            label: row.figure.display(reader.locale, method),
        }),
        light: Some(light_mark(reader, snapshot.scope_light(Scope::Town(row.town)).colour)),
    });
    let target = snapshot.figure(Metric::Target, Scope::All);
    let target = (ranking.metric == Metric::Annual).then(|| target.value.exact()).flatten();
    Chart::Bars(Bars {
        caption: Caption { title: say("chart_ranking_title"), desc: say("chart_ranking_desc") },
        head: BarHead {
            rank: say("rank"),
            name: say("town"),
            value: label.clone(),
            light: say("light"),
        },
        rows: rows.collect(),
        target: target.map(|rate| Figure {
            value: position(rate),
            label: reader
                .catalog
                .fill("chart_target_at", &[("rate", &rate_figure(site, rate).label)]),
        }),
        full: Some(10_000),
    })
}

/// The file of the chart of a ranking, if it has one.
pub(super) fn ranking_file(site: &Site<'_>, ranking: &Ranking) -> Option<Route> {
    let is_file = ranking.metric == Metric::Annual;
    let group = ranking.group.filter(|_| is_file)?;
    Some(Route::chart(site.model, plan::Chart::Ranking(group)))
}

fn group_id(site: &Site<'_>, ranking: &Ranking) -> String {
    ranking.group.map(|group| site.model.site.groups[group].id.to_string()).unwrap_or_default()
}

/// A project's milestones: planned, expected, reached.
pub(super) fn milestones(
    site: &Site<'_>,
    reader: &Reader<'_>,
    milestones: &[record::Milestone],
    name: &str,
) -> Option<ChartView> {
    let dates =
        |milestone: &record::Milestone| [milestone.planned, milestone.forecast, milestone.actual];
    let all: Vec<Date> =
        milestones.iter().flat_map(dates).flatten().map(|period| period.end).collect();
    let (first, last) = (all.iter().min()?, all.iter().max()?);
    let epoch = first.first_of_month();
    let moment = |period: Period| Moment {
        at: days_between(epoch, period.end),
        label: reader.period(period).text,
    };
    let as_of = site.model.as_of.data;
    let is_met =
        |milestone: &&record::Milestone| milestone.actual.is_some_and(|actual| actual.end <= as_of);
    let met = milestones.iter().filter(is_met).count().to_string();
    let (total, day) = (milestones.len().to_string(), reader.day(as_of).text);
    let say = |key: &str| {
        let words = [("name", name), ("total", &total), ("met", &met), ("day", &day)];
        reader.catalog.fill(key, &words)
    };
    let is_later = |day: &Period| day.end > as_of;
    let rows = milestones.iter().map(|milestone| Milestone {
        name: reader.text(&milestone.name),
        planned: milestone.planned.map(moment),
        // What is dated later is a forecast, whatever it is called.
        forecast: milestone.actual.filter(is_later).or(milestone.forecast).map(moment),
        actual: milestone.actual.filter(|day| !is_later(day)).map(moment),
    });
    let chart = Chart::Milestones(Milestones {
        caption: Caption {
            title: say("chart_milestones_title"),
            desc: say("chart_milestones_desc"),
        },
        head: MilestoneHead {
            name: say("milestone"),
            planned: say("planned"),
            forecast: say("forecast"),
            actual: say("actual"),
        },
        rows: rows.collect(),
        ticks: ticks(epoch, *last)
            .into_iter()
            .map(|end| moment(Period { end, is_month: true }))
            .collect(),
        as_of: (as_of >= epoch)
            .then(|| Moment { at: days_between(epoch, as_of), label: say("chart_as_of") }),
    });
    Some(ChartView::new(&chart, "milestones", None, false))
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The ends of some months between two days, few enough to be named on an axis.
fn ticks(first: Date, last: Date) -> Vec<Date> {
    let month_number = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let (from, to) = (month_number(first), month_number(last));
    let step = [1, 3, 6, 12, 24, 60].into_iter().find(|step| (to - from) / step < 6).unwrap_or(120);
    let end = |number: i32| {
        let (year, month) = (
            i16::try_from(number / 12).unwrap_or(i16::MAX),
            i8::try_from(number % 12 + 1).unwrap_or(1),
        );
        month_end(year, month)
    };
    (from..=to).filter(|number| number % step == 0).map(end).collect()
}

/// The pools that a scope's projects pass through.
pub(super) fn funnel(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    scope: Scope,
    name: &str,
) -> ChartView {
    let method = &site.model.site.method;
    let day = reader.day(snapshot.as_of().data).text;
    let say = |key: &str| reader.catalog.fill(key, &[("day", &day), ("name", name)]);
    let stages: Vec<Stage> = Pool::ALL
        .iter()
        .map(|&pool| {
            let amount = snapshot.figure(Metric::PoolAmount(pool), scope);
            Stage {
                name: say(&format!("pool_{}", pool.code())),
                count: count(site, reader, snapshot, Metric::Pool(pool), scope),
                amount: Some(amount.display(reader.locale, method)),
            }
        })
        .collect();
    let empty = stages.iter().all(|stage| stage.count.value == 0);
    let chart = Chart::Funnel(Funnel {
        caption: Caption { title: say("chart_pools_title"), desc: say("chart_pools_desc") },
        head: FunnelHead { stage: say("pool"), count: say("projects"), amount: say("total") },
        stages,
    });
    ChartView::new(&chart, "pools", None, empty)
}

/// A count as charts show it.
fn count(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    metric: Metric,
    scope: Scope,
) -> Figure {
    let figure = snapshot.figure(metric, scope);
    let value =
        figure.value.exact().and_then(|count| i64::try_from(count.to_integer()).ok()).unwrap_or(0);
    Figure { value, label: figure.display(reader.locale, &site.model.site.method) }
}

/// The lights of a scope in some issues, oldest first; none for a single issue.
pub(super) fn history(
    site: &Site<'_>,
    reader: &Reader<'_>,
    issues: &[usize],
    scope: Scope,
) -> Option<ChartView> {
    let cells = issues.iter().map(|&issue| {
        let bulletin = &site.model.bulletins[issue];
        let colour = site.indicators.of_issue(issue).scope_colour(scope);
        Cell {
            issue: reader.issue_name(bulletin),
            light: light_mark(reader, colour),
            letter: reader.catalog.get(&format!("light_letter_{}", colour.code())).to_owned(),
        }
    });
    let cells: Vec<Cell> = cells.collect();
    let (first, last) = (cells.first()?, cells.last()?);
    let (name, count) = (correction::scope_name(site, reader, scope), cells.len().to_string());
    let words = [
        ("name", name.as_str()),
        ("first", &first.issue),
        ("last", &last.issue),
        ("count", &count),
        ("light", &last.light.name),
    ];
    let say = |key: &str| reader.catalog.fill(key, &words);
    let caption = Caption { title: say("chart_history_title"), desc: say("chart_history_desc") };
    let head = HistoryHead { issue: say("issue"), light: say("light") };
    let chart = Chart::History(History { caption, head, cells });
    (issues.len() > 1).then(|| ChartView::new(&chart, "history", None, false))
}

/// The ranks by annual completion of the largest group's towns in some issues, oldest first; none for a single issue or a single
/// town.
pub(super) fn slope(site: &Site<'_>, reader: &Reader<'_>, issues: &[usize]) -> Option<ChartView> {
    let n_towns =
        |group: &usize| site.model.towns.iter().filter(|town| town.group == Some(*group)).count();
    // Of equally large groups the first in official order.
    let group = (0..site.model.site.groups.len()).rev().max_by_key(n_towns)?;
    let last = site.indicators.of_issue(*issues.last()?).ranking(Metric::Annual, Some(group), None);
    let rank = |issue: usize, town| {
        site.indicators.of_issue(issue).annual_rank(town).map(|rank| rank.rank)
    };
    let rows = last.rows.iter().map(|row| SlopeRow {
        name: reader.text(&site.model.towns[row.town].record.name),
        ranks: issues.iter().map(|&issue| rank(issue, row.town)).collect(),
    });
    let names = issues.iter().map(|&issue| reader.issue_name(&site.model.bulletins[issue]));
    let names: Vec<String> = names.collect();
    let group = reader.text(&site.model.site.groups[group].name);
    let words = [("first", names.first()?.as_str()), ("last", names.last()?), ("group", &group)];
    let say = |key: &str| reader.catalog.fill(key, &words);
    let chart = Chart::Slope(Slope {
        caption: Caption { title: say("chart_slope_title"), desc: say("chart_slope_desc") },
        name_head: say("town"),
        rows: rows.collect(),
        legend: [say("rank_up"), say("rank_down"), say("rank_same")],
        issues: names,
    });
    (issues.len() > 1 && last.rows.len() > 1).then(|| ChartView::new(&chart, "slope", None, false))
}

/// The categories by how far their projects are.
pub(super) fn categories(site: &Site<'_>, reader: &Reader<'_>, snapshot: &Snapshot) -> ChartView {
    let (day, number) =
        (reader.day(snapshot.as_of().data).text, site.model.site.categories.len().to_string());
    let say = |key: &str| reader.catalog.fill(key, &[("day", &day), ("count", &number)]);
    let parts = [("stage_finished", 0), ("stage_started", 4), ("stage_planned", 6)];
    let parts = parts.map(|(key, tint)| Part { name: say(key), tint: Tint::Category(tint) });
    let rows: Vec<StackRow> = site
        .model
        .site
        .categories
        .iter()
        .enumerate()
        .map(|(index, category)| {
            let number =
                |metric| count(site, reader, snapshot, metric, Scope::Category(index)).value;
            let (all, started, finished) =
                (number(Metric::Projects), number(Metric::Started), number(Metric::Finished));
            let counts = [finished, started - finished, all - started];
            let counts = counts.map(|value| Figure { value, label: value.to_string() });
            StackRow { name: reader.text(&category.name), counts: counts.to_vec() }
        })
        .collect();
    let empty = rows.iter().flat_map(|row| &row.counts).all(|count| count.value == 0);
    let chart = Chart::Stack(Stack {
        caption: Caption {
            title: say("chart_categories_title"),
            desc: say("chart_categories_desc"),
        },
        row_head: say("category"),
        parts: parts.to_vec(),
        rows,
    });
    ChartView::new(&chart, "categories", None, empty)
}
