//! The figures, lights and rankings as data: every one that a page shows, exactly (CONTRACT section 3).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::json;

use super::json::{self, Json};
use crate::indicator::{DASH, Figure, Metric, Scope, Snapshot};
use crate::markdown::Markdown;
use crate::model::{self, AsOf, Bulletin, Model};
use crate::view::light::LightView;
use crate::view::ranking::RANKED;
use crate::view::{Reader, Site, correction, figure, news, prose};

/// By what a reader of the data knows their form.
const SCHEMA: &str = "gongbao-figures/1";

/// A figure of a scope.
#[derive(Debug, Clone, Serialize)]
pub struct FigureEntry {
    /// The metric's id.
    pub metric: &'static str,
    /// The scope's id.
    pub scope: Arc<str>,
    /// The numerator, or the figure itself, exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<String>,
    /// The denominator, exactly, where the figure is a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// The nearest number that programs can compute with.
    pub value: Option<Number>,
    /// As pages print it.
    pub display: String,
    /// What it is called.
    pub label: Arc<str>,
    /// What it is of.
    pub basis: Arc<str>,
    /// The day that it is as of.
    pub as_of: Arc<str>,
    /// Why it cannot be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What must be known beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A number that is written without a point where it is whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

impl Number {
    /// The number as it is written in JSON.
    pub fn text(self) -> String {
        serde_json::to_string(&self).unwrap_or_default()
    }
}

/// Up to here every whole number has a floating-point number of its own.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract().abs() == 0.0 && self.0.abs() <= LARGEST_EXACT {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// The light of a town or project.
#[derive(Debug, Clone, Serialize)]
pub struct LightEntry {
    /// The scope's id.
    pub scope: String,
    /// `green`, `yellow`, `red` or `none`
    pub light: &'static str,
    /// The completion rate that was judged, as pages print it.
    pub value: String,
    /// What it should be.
    pub target: String,
    /// How far it is ahead (+) or behind (−), in percentage points.
    pub deviation_pp: String,
    /// The rule that decided.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// The towns of a group by a metric.
#[derive(Debug, Clone, Serialize)]
pub struct RankingEntry {
    /// The metric's id.
    pub metric: &'static str,
    /// The group's id.
    pub group: String,
    /// The towns, the best first; those without a rank come last.
    pub rows: Vec<RankedTown>,
}

/// A town in a ranking.
#[derive(Debug, Clone, Serialize)]
pub struct RankedTown {
    /// The town's scope.
    pub scope: String,
    /// Its rank; none where there is no figure.
    pub rank: Option<u32>,
    /// Its figure, as pages print it.
    pub display: String,
    /// Its rank in the issue compared with.
    pub previous: Option<u32>,
    /// Why there is no rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A figure that a text quotes as of a day of its own.
#[derive(Debug, Clone, Serialize)]
pub struct QuotedEntry {
    /// The figure.
    #[serde(flatten)]
    pub figure: FigureEntry,
    /// The day on which it was known.
    pub known_by: String,
}

/// What pages show of a single project. The rest counts projects or needs several of them.
const PROJECT_METRICS: [Metric; 7] = [
    Metric::TotalPlanned,
    Metric::Plan,
    Metric::Year,
    Metric::Ever,
    Metric::Annual,
    Metric::Total,
    Metric::Deviation,
];

/// Figures that texts name, to be told apart from those that every scope has.
type Quoted = BTreeSet<(Metric, Scope)>;

/// The figures as of the site's own day. Changes are told against the issue before the newest.
pub(super) fn of_site<'a>(site: Site<'a>, reader: Reader<'a>) -> Json<'a> {
    let model = site.model;
    let newest = model.bulletins.last();
    let issue = newest.filter(|issue| issue.as_of().data == model.as_of.data);
    let others = quoted(model).filter(|(as_of, ..)| *as_of != model.as_of);
    let otherwise = quoted_otherwise(site, reader, others.chain(corrected(&site)).collect());
    let file = of_day(site, reader).file(issue, quoted_of_day(model));
    match otherwise.is_empty() {
        true => file,
        false => file.with("quoted", otherwise.len(), move |at, list| {
            json::entry(list, &otherwise[at]);
        }),
    }
}

/// The figures as of the site's own day.
pub(super) fn all<'a>(site: Site<'a>, reader: Reader<'a>) -> Figures<'a> {
    let quoted = quoted_of_day(site.model);
    Figures::new(Arc::new(of_day(site, reader)), quoted)
}

fn of_day<'a>(site: Site<'a>, reader: Reader<'a>) -> Source<'a> {
    let as_of = site.model.as_of;
    Source::new(site, reader, as_of, figure::compared(site.model, as_of))
}

/// The figures that texts quote as of the site's own day.
fn quoted_of_day(model: &Model) -> Quoted {
    let of_day = quoted(model).filter(|(as_of, ..)| *as_of == model.as_of);
    of_day.map(|(_, metric, scope)| (metric, scope)).collect()
}

/// The figures of an issue. Changes are told against the issue that it is compared with.
pub(super) fn of_issue<'a>(site: Site<'a>, reader: Reader<'a>, index: usize) -> Json<'a> {
    let issue = &site.model.bulletins[index];
    let quoted = named(site.model, &issue.body.markdown).collect();
    Source::new(site, reader, issue.as_of(), issue.compare_to).file(Some(issue), quoted)
}

/// The figures that texts outside issues quote, and what they rest on; but for those that a sealed issue has among its own.
fn quoted(model: &Model) -> impl Iterator<Item = (AsOf, Metric, Scope)> {
    let of_news = model.news.iter().flat_map(move |item| {
        let as_of = item.as_of.unwrap_or(model.as_of);
        let seal = item.told_issue().and_then(|issue| model.bulletins[issue].seal.as_ref());
        let is_sealed = move |metric: Metric, scope: Scope| {
            seal.is_some_and(|seal| seal.figure(metric.id(), &scope.id(model)).is_some())
        };
        let named = item.in_all_locales().flat_map(move |text| named(model, &text.body.markdown));
        named
            .filter(move |(metric, scope)| !is_sealed(*metric, *scope))
            .map(move |(metric, scope)| (as_of, metric, scope))
    });
    let of_pages = model.pages.iter().flat_map(model::Page::in_all_locales).flat_map(move |page| {
        let as_of = news::page_as_of(model, page.record);
        named(model, &page.body.markdown).map(move |(metric, scope)| (as_of, metric, scope))
    });
    let of_projects = model.projects.iter().flat_map(move |project| {
        let named = named(model, &project.record.description.0);
        named.map(move |(metric, scope)| (model.as_of, metric, scope))
    });
    of_news.chain(of_pages).chain(of_projects)
}

/// The figures that a text names.
fn named(model: &Model, text: &Markdown) -> impl Iterator<Item = (Metric, Scope)> {
    text.figures().filter_map(move |reference| prose::parse_figure(model, reference))
}

/// The figures that corrections tell, as known on their days.
fn corrected<'a>(site: &'a Site<'a>) -> impl Iterator<Item = (AsOf, Metric, Scope)> {
    correction::all(site).flat_map(move |(_, news)| {
        let issue = news.correction_of.map(|issue| &site.model.bulletins[issue]);
        let as_of = issue.map(|issue| correction::as_of(issue, news));
        let figures = correction::figures(site, news);
        figures.filter_map(move |(metric, scope)| Some((as_of?, metric, scope)))
    })
}

/// The figures that texts quote as of other days, by day.
fn quoted_otherwise<'a>(
    site: Site<'a>,
    reader: Reader<'a>,
    quoted: BTreeSet<(AsOf, Metric, Scope)>,
) -> Vec<QuotedEntry> {
    let mut days: Vec<AsOf> = quoted.iter().map(|(as_of, ..)| *as_of).collect();
    days.dedup();
    let of_day = |day: AsOf| {
        let compared = figure::compared(site.model, day);
        let source = Source::new(site, reader, day, compared);
        let quoted = quoted.iter().filter(move |(as_of, ..)| *as_of == day);
        let entries = quoted.map(move |(_, metric, scope)| QuotedEntry {
            figure: source.entry(&source.words(*metric), *scope, &source.scope(*scope)),
            known_by: day.known_by.to_string(),
        });
        entries.collect::<Vec<_>>()
    };
    days.into_iter().flat_map(of_day).collect()
}

/// What entries are made from.
struct Source<'a> {
    site: Site<'a>,
    reader: Reader<'a>,
    snapshot: Snapshot,
    before: Option<Snapshot>,
    as_of: Arc<str>,
}

/// A metric in the reader's words.
struct Words {
    metric: Metric,
    id: &'static str,
    label: Arc<str>,
    basis: Arc<str>,
    basis_of_project: Arc<str>,
    is_of_project: bool,
}

/// The figures of a day: one entry for each metric and scope, the whole first, projects last.
pub(super) struct Figures<'a> {
    source: Arc<Source<'a>>,
    metrics: Vec<Words>,
    /// What they are of.
    pub(super) scopes: Vec<Scope>,
    quoted: Quoted,
}

impl<'a> Figures<'a> {
    fn new(source: Arc<Source<'a>>, quoted: Quoted) -> Self {
        let metrics = Metric::all().map(|metric| source.words(metric)).collect();
        let scopes = Scope::every(source.site.model).collect();
        Figures { source, metrics, scopes, quoted }
    }

    /// The figures of a scope, by its position.
    pub(super) fn of_scope(&self, at: usize) -> impl Iterator<Item = FigureEntry> {
        let scope = self.scopes[at];
        let id = self.source.scope(scope);
        let has = move |words: &&Words| {
            self.source.has(words, scope) || self.quoted.contains(&(words.metric, scope))
        };
        self.metrics.iter().filter(has).map(move |words| self.source.entry(words, scope, &id))
    }
}

impl<'a> Source<'a> {
    fn new(site: Site<'a>, reader: Reader<'a>, as_of: AsOf, compared: Option<usize>) -> Self {
        let before = compared.map(|issue| site.indicators.of_issue(issue));
        let snapshot = site.indicators.at(as_of);
        Source { site, reader, snapshot, before, as_of: as_of.data.to_string().into() }
    }

    fn file(self, issue: Option<&Bulletin>, quoted: Quoted) -> Json<'a> {
        let as_of = self.snapshot.as_of();
        let head = json!({
            "schema": SCHEMA,
            "as_of": as_of.data.to_string(),
            "known_by": as_of.known_by.to_string(),
            "issue": issue.map(|issue| issue.id.as_str()),
        });
        let rankings = self.rankings();
        let source = Arc::new(self);
        let figures = Figures::new(Arc::clone(&source), quoted);
        let model = source.site.model;
        Json::new(head)
            .with("figures", figures.scopes.len(), move |at, list| {
                figures.of_scope(at).for_each(|figure| json::entry(list, &figure));
            })
            .with("lights", model.towns.len() + model.projects.len(), move |at, list| {
                json::entry(list, &source.light(at));
            })
            .with("rankings", rankings.len(), move |at, list| json::entry(list, &rankings[at]))
    }

    /// Whether a metric makes sense for a scope.
    fn has(&self, words: &Words, scope: Scope) -> bool {
        match (words.metric, scope) {
            (_, Scope::Project(_)) => words.is_of_project,
            (Metric::AwardPoints, scope) => {
                matches!(scope, Scope::Town(_)) && self.site.model.site.award.is_some()
            }
            _ => true,
        }
    }

    fn words(&self, metric: Metric) -> Words {
        Words {
            metric,
            id: metric.id(),
            label: self.reader.phrase(&metric.label()).into(),
            basis: self.reader.phrase(&metric.basis()).into(),
            basis_of_project: self.reader.phrase(&metric.basis_of(Scope::Project(0))).into(),
            is_of_project: PROJECT_METRICS.contains(&metric),
        }
    }

    fn scope(&self, scope: Scope) -> Arc<str> {
        scope.id(self.site.model).into()
    }

    fn entry(&self, words: &Words, scope: Scope, id: &Arc<str>) -> FigureEntry {
        let figure = self.figure(words.metric, scope);
        let is_had = figure.reason().is_none();
        FigureEntry {
            metric: words.id,
            scope: Arc::clone(id),
            numerator: figure.numerator(),
            denominator: figure.denominator(),
            value: figure.approximate().map(Number),
            display: if is_had { self.display(&figure) } else { DASH.into() },
            label: Arc::clone(&words.label),
            basis: match scope {
                Scope::Project(_) => Arc::clone(&words.basis_of_project),
                _ => Arc::clone(&words.basis),
            },
            as_of: Arc::clone(&self.as_of),
            reason: figure.reason().map(|reason| self.reader.phrase(reason)),
            note: figure.note.as_ref().map(|note| self.reader.phrase(note)),
        }
    }

    fn figure(&self, metric: Metric, scope: Scope) -> Figure {
        match &self.before {
            Some(before) => self.snapshot.figure_since(metric, scope, before),
            None => self.snapshot.figure(metric, scope),
        }
    }

    fn display(&self, figure: &Figure) -> String {
        figure.display(self.reader.locale, &self.site.model.site.method)
    }

    /// The light of a town or project: all towns come before the first project.
    fn light(&self, at: usize) -> LightEntry {
        let model = self.site.model;
        let scope = at.checked_sub(model.towns.len()).map_or(Scope::Town(at), Scope::Project);
        let light = self.snapshot.scope_light(scope);
        let view = LightView::new(&self.site, &self.reader, &light);
        LightEntry {
            scope: scope.id(model),
            light: view.code,
            value: view.value,
            target: view.target,
            deviation_pp: view.gap,
            rule: view.rule,
            reason: view.reason,
        }
    }

    fn rankings(&self) -> Vec<RankingEntry> {
        let groups = 0..self.site.model.site.groups.len();
        let rankings = RANKED
            .iter()
            .flat_map(|metric| groups.clone().map(|group| self.ranking(*metric, group)));
        rankings.filter(|ranking| !ranking.rows.is_empty()).collect()
    }

    fn ranking(&self, metric: Metric, group: usize) -> RankingEntry {
        let model = self.site.model;
        let ranking = self.snapshot.ranking(metric, Some(group), self.before.as_ref());
        let rows = ranking.rows.iter().map(|row| RankedTown {
            scope: Scope::Town(row.town).id(model),
            rank: row.rank,
            display: self.display(&row.figure),
            previous: row.previous,
            reason: row.figure.reason().map(|reason| self.reader.phrase(reason)),
        });
        let group = model.site.groups[group].id.to_string();
        RankingEntry { metric: metric.id(), group, rows: rows.collect() }
    }
}
