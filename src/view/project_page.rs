//! The view of a project's page.

use serde::Serialize;
use tera::Value;

use super::charts::{self, ChartView};
use super::chrome::{self, Frame, Link};
use super::figure::{self, FigureView};
use super::news::{self, NewsEntry};
use super::project::{amount, row, town_link};
use super::prose::{PhotoView, Prose, ProseContext};
use super::{Day, Name, Reader, Site};
use crate::indicator::{Metric, Scope, display_money};
use crate::model::Project;
use crate::plan::Page;
use crate::record;
use crate::value::{Rounding, Text, percent};

/// The page of a project.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectPage {
    /// What lists show of it: a [`ProjectRow`](super::project::ProjectRow).
    pub row: Value,
    /// The project in a sentence.
    pub summary: String,
    /// The project's text.
    pub description: Prose,
    /// The figures; of a project that has left the list and counts no more there are none.
    pub figures: Vec<FigureView>,
    /// The completion curve.
    pub curve: ChartView,
    /// The towns and their shares.
    pub shares: Vec<ShareView>,
    /// The chain.
    pub chain: Option<Link>,
    /// What is known of it, line by line.
    pub facts: Vec<FactView>,
    /// The units that take part.
    pub parties: Vec<PartyView>,
    /// Where the money comes from.
    pub funding: Vec<FundingView>,
    /// The reports, newest first.
    pub reports: Vec<ReportView>,
    /// The milestones.
    pub milestones: Vec<MilestoneView>,
    /// The milestones as a chart.
    pub milestone_chart: Option<ChartView>,
    /// Its lights in the issues of the newest one's kind.
    pub history: Option<ChartView>,
    /// The physical progress, in percent.
    pub physical: Option<String>,
    /// The pictures.
    pub photos: Vec<PhotoView>,
    /// What was disclosed.
    pub disclosures: Vec<DisclosureView>,
    /// The revisions of plan and total investment.
    pub revisions: Vec<RevisionView>,
    /// When and why work is suspended.
    pub paused: Option<PauseView>,
    /// Until when and why it is exempt from lights.
    pub exempt: Option<ExemptView>,
    /// When it is planned to start.
    pub planned_start: Option<Day>,
    /// When it started.
    pub started: Option<Day>,
    /// When it is planned to be completed.
    pub planned_finish: Option<Day>,
    /// When it was completed.
    pub finished: Option<Day>,
    /// When production began.
    pub in_production: Option<Day>,
    /// When it left the list, and why.
    pub left: Option<PauseView>,
    /// The news about it, newest first.
    pub news: Vec<NewsEntry>,
}

/// A town's share.
#[derive(Debug, Clone, Serialize)]
pub struct ShareView {
    /// The town.
    pub town: Link,
    /// `60%`
    pub share: String,
}

/// A line of what is known: the key of its label among the messages, or the label itself.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// The message's key; empty where the label is the record's own.
    pub key: &'static str,
    /// The label of the record's own.
    pub label: String,
    /// What it is.
    pub value: Name,
}

/// A unit that takes part.
#[derive(Debug, Clone, Serialize)]
pub struct PartyView {
    /// What it does.
    pub role: String,
    /// Its name.
    pub name: Name,
}

/// Where money comes from.
#[derive(Debug, Clone, Serialize)]
pub struct FundingView {
    /// The source's name.
    pub name: String,
    /// How much it is.
    pub amount: String,
}

/// A report.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    /// The period.
    pub period: Day,
    /// Completed investment of the year.
    pub cumulative: String,
    /// Completed investment since construction began.
    pub total: String,
    /// Physical progress.
    pub physical: String,
    /// The day on which it became known.
    pub reported: Day,
    /// A remark.
    pub note: String,
    /// Why an earlier figure was corrected.
    pub revision: String,
    /// Whether a later report on the period took its place.
    pub superseded: bool,
}

/// A milestone.
#[derive(Debug, Clone, Serialize)]
pub struct MilestoneView {
    /// Its name.
    pub name: String,
    /// When it is planned.
    pub planned: Option<Day>,
    /// When it is expected.
    pub forecast: Option<Day>,
    /// When it was reached.
    pub actual: Option<Day>,
    /// `met`, `late`, `overdue`, `due`
    pub state: &'static str,
}

/// A document that was disclosed.
#[derive(Debug, Clone, Serialize)]
pub struct DisclosureView {
    /// Which of the eight kinds it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// When it was made.
    pub formed_on: Option<Day>,
    /// When it was published.
    pub published_on: Option<Day>,
    /// By when it is to be published.
    pub due_on: Option<Day>,
    /// `published`, `late`, `overdue`, `due`, `undated`
    pub state: &'static str,
    /// Where it can be read: on the web or, from the page, in the site; empty if nowhere.
    pub url: String,
}

/// A revision of a plan or total.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionView {
    /// `total` or `plan`
    pub kind: &'static str,
    /// The year of the plan.
    pub year: Option<i16>,
    /// From when it holds; none for the first amount.
    pub from: Option<Day>,
    /// The amount.
    pub amount: String,
    /// Why.
    pub reason: String,
}

/// When and why work is suspended, or a project left.
#[derive(Debug, Clone, Serialize)]
pub struct PauseView {
    /// Since when.
    pub from: Day,
    /// Why.
    pub reason: String,
    /// When the matter is to be looked at again.
    pub review_by: Option<Day>,
}

/// Until when and why a project is exempt.
#[derive(Debug, Clone, Serialize)]
pub struct ExemptView {
    /// The last day.
    pub until: Day,
    /// Why.
    pub reason: String,
}

/// The issues of the newest one's kind, oldest first.
fn newest_of_kind(site: &Site<'_>) -> Vec<usize> {
    let newest = site.model.bulletins.len().checked_sub(1);
    newest.map(|newest| super::bulletin::of_kind(site, newest)).unwrap_or_default()
}

/// The page of a project.
pub(super) fn page(
    site: &Site<'_>,
    reader: &Reader<'_>,
    frame: &Frame,
    index: usize,
) -> ProjectPage {
    let model = site.model;
    let project = &model.projects[index];
    let record = &project.record;
    let snapshot = &site.indicators.at(model.as_of);
    let scope = Scope::Project(index);
    let lang = reader.default_locale;
    let (file, as_of) = (&*project.path, model.as_of);
    let context = ProseContext { site, reader, frame, file, as_of, issue: None, lang };
    let day = |period: Option<crate::value::Period>| period.map(|period| reader.period(period));
    // What is dated later than the day of publication has not happened.
    let happened = |event: Option<crate::value::Period>| {
        day(event.filter(|event| event.end <= model.as_of.known_by))
    };
    let left = record.left.as_ref().filter(|left| left.on.end <= model.as_of.data);
    let metrics = [Metric::TotalPlanned, Metric::Plan, Metric::Year, Metric::Annual, Metric::Total];
    let shares = project.shares.iter().filter(|_| project.shares.len() > 1);
    ProjectPage {
        row: row(site, reader, snapshot, index),
        summary: reader.optional(record.summary.as_ref()),
        description: context.prose(&record.description.0),
        figures: if left.is_some() && !snapshot.state(index).listed {
            Vec::new()
        } else {
            figure::all(site, reader, snapshot, &metrics, scope)
        },
        curve: charts::curve(site, reader, snapshot, scope, &reader.text(&record.name)),
        shares: shares
            .map(|(town, share)| ShareView {
                town: town_link(site, reader, *town),
                share: share.to_string(),
            })
            .collect(),
        chain: project.chain.map(|at| chrome::link(site, reader, Page::Chain(at))),
        facts: facts(reader, project),
        parties: record
            .parties
            .iter()
            .map(|party| PartyView { role: party.role.clone(), name: reader.name(&party.name) })
            .collect(),
        funding: record
            .funding
            .iter()
            .map(|funding| FundingView {
                name: funding
                    .name
                    .as_ref()
                    .map_or_else(|| funding.source.clone(), |name| reader.text(name)),
                amount: amount(site, reader, funding.amount),
            })
            .collect(),
        reports: reports(site, reader, project),
        milestones: record
            .milestones
            .iter()
            .map(|milestone| milestone_view(site, reader, milestone))
            .collect(),
        milestone_chart: charts::milestones(
            site,
            reader,
            &record.milestones,
            &reader.text(&record.name),
        ),
        history: charts::history(site, reader, &newest_of_kind(site), scope),
        physical: physical(site, project),
        photos: record.photos.iter().map(|photo| context.photo(photo)).collect(),
        disclosures: record
            .disclosures
            .iter()
            .map(|disclosure| disclosure_view(&context, disclosure))
            .collect(),
        revisions: revisions(site, reader, project),
        paused: pause(site, reader, project),
        exempt: record.exempt.as_ref().filter(|exempt| exempt.until.end >= model.as_of.data).map(
            |exempt| ExemptView {
                until: reader.period(exempt.until),
                reason: reader.text(&exempt.reason),
            },
        ),
        planned_start: day(record.planned_start),
        started: happened(record.started),
        planned_finish: day(record.planned_finish),
        finished: happened(record.finished),
        in_production: happened(record.in_production),
        left: left.map(|left| PauseView {
            from: reader.period(left.on),
            reason: reader.text(&left.reason),
            review_by: None,
        }),
        news: project.news.iter().map(|&item| news::entry(site, reader, frame, item)).collect(),
    }
}

fn facts(reader: &Reader<'_>, project: &Project) -> Vec<FactView> {
    let record = &project.record;
    let leader = record.leader.as_ref().map(|leader| &leader.post);
    let code = record.code.as_ref().map(|code| Text::plain(code.as_str()));
    let known: [(&'static str, Option<&Text>); 5] = [
        ("fact_address", record.address.as_ref()),
        ("fact_owner", record.owner.as_ref()),
        ("fact_responsible_unit", record.responsible_unit.as_ref()),
        ("fact_leader", leader),
        ("fact_code", code.as_ref()),
    ];
    let known = known.into_iter().filter_map(|(key, value)| {
        Some(FactView { key, label: String::new(), value: reader.name(value?) })
    });
    let own = record.facts.iter().map(|fact| FactView {
        key: "",
        label: reader.text(&fact.label),
        value: reader.name(&fact.value),
    });
    known.chain(own).collect()
}

/// The reports that are known, newest first.
fn reports(site: &Site<'_>, reader: &Reader<'_>, project: &Project) -> Vec<ReportView> {
    let known_by = site.model.as_of.known_by;
    let text = |text: &Option<Text>| reader.optional(text.as_ref());
    let view = |(report, superseded): (&record::Report, bool)| ReportView {
        period: reader.period(report.period),
        cumulative: amount(site, reader, report.cumulative),
        total: amount(site, reader, report.total),
        physical: report.physical.map_or_else(
            || "—".into(),
            |share| format!("{}%", percent(share.to_rate(), 0, Rounding::HalfUp)),
        ),
        reported: reader.day(report.known_on()),
        note: text(&report.note),
        revision: text(&report.revision),
        superseded,
    };
    project.record.reports_known_by(known_by).into_iter().rev().map(view).collect()
}

/// The last physical progress reported by the day that figures are as of.
fn physical(site: &Site<'_>, project: &Project) -> Option<String> {
    let as_of = site.model.as_of;
    let reports = project.record.reports.iter();
    let known = reports
        .filter(|report| report.known_on() <= as_of.known_by && report.period.end <= as_of.data);
    let latest = known
        .filter(|report| report.physical.is_some())
        .max_by_key(|report| (report.period.end, report.known_on()));
    latest?.physical.map(|share| percent(share.to_rate(), 0, Rounding::HalfUp))
}

fn milestone_view(
    site: &Site<'_>,
    reader: &Reader<'_>,
    milestone: &record::Milestone,
) -> MilestoneView {
    let day = |period: Option<crate::value::Period>| period.map(|period| reader.period(period));
    MilestoneView {
        name: reader.text(&milestone.name),
        planned: day(milestone.planned),
        forecast: day(milestone.forecast),
        actual: day(milestone.actual),
        state: milestone.state(site.model.as_of.data).code(),
    }
}

fn disclosure_view(context: &ProseContext<'_>, disclosure: &record::Disclosure) -> DisclosureView {
    let reader = context.reader;
    DisclosureView {
        kind: disclosure.kind.code(),
        title: reader.text(&disclosure.title),
        number: disclosure.number.clone().unwrap_or_default(),
        issuer: reader.optional(disclosure.issuer.as_ref()),
        formed_on: disclosure.formed_on.map(|day| reader.period(day)),
        published_on: disclosure.published_on.map(|day| reader.period(day)),
        due_on: disclosure.due_on().map(|day| reader.day(day)),
        state: disclosure.state(context.site.model.date).code(),
        url: disclosure.url.as_ref().map_or_else(String::new, |url| context.address(url)),
    }
}

/// The amounts that were revised, with every amount that held before.
fn revisions(site: &Site<'_>, reader: &Reader<'_>, project: &Project) -> Vec<RevisionView> {
    let view = |kind, year, revision: &record::Revision| RevisionView {
        kind,
        year,
        from: (revision.from != crate::value::Period::default())
            .then(|| reader.period(revision.from)),
        amount: display_money(revision.amount, reader.locale, &site.model.site.method),
        reason: reader.optional(revision.reason.as_ref()),
    };
    let totals = project.record.total_investment.iter().filter(|total| total.0.len() > 1);
    let totals = totals.flat_map(|total| &total.0).map(|revision| view("total", None, revision));
    let plans = project.record.plan.0.iter().filter(|(_, plan)| plan.0.len() > 1);
    let plans = plans
        .flat_map(|(year, plan)| plan.0.iter().map(|revision| view("plan", Some(*year), revision)));
    totals.chain(plans).collect()
}

fn pause(site: &Site<'_>, reader: &Reader<'_>, project: &Project) -> Option<PauseView> {
    let pause = project.record.pause_on(site.model.as_of.data)?;
    Some(PauseView {
        from: reader.period(pause.from),
        reason: reader.text(&pause.reason),
        review_by: pause.review_by.map(|day| reader.period(day)),
    })
}
