//! The projects as data: what their pages tell, for programs.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::figures::Number;
use super::json::Json;
use super::list::List;
use super::reports::{self, ReportData};
use super::table::{Column, Kind, cell, column};
use crate::indicator::{Metric, Reporting, Scope, Snapshot};
use crate::model::Project;
use crate::plan::{Page, Route, resolve_link};
use crate::record::{self, Address, Pool};
use crate::value::{Money, Period, Rounding, Share, Text, rounded};
use crate::view::light::LightView;
use crate::view::{Reader, Site, project};

/// By what a reader of the data knows their form.
const SCHEMA: &str = "gongbao-projects/1";

/// A project. Amounts are whole yuan, shares of a whole decimal texts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProjectData {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) url: String,
    pub(super) category: String,
    pub(super) category_name: String,
    #[serde(rename = "type")]
    pub(super) project_type: &'static str,
    pub(super) town: String,
    pub(super) town_name: String,
    pub(super) shares: BTreeMap<String, String>,
    pub(super) chain: Option<String>,
    pub(super) chain_name: Option<String>,
    pub(super) flagship: bool,
    pub(super) summary: Option<String>,
    pub(super) address: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) responsible_unit: Option<String>,
    pub(super) leader_post: Option<String>,
    pub(super) listed: bool,
    pub(super) stage: &'static str,
    pub(super) pool: Option<&'static str>,
    pub(super) total_investment: Option<i64>,
    pub(super) plan: Option<i64>,
    pub(super) completed_year: Option<i64>,
    pub(super) completed_year_as_of: Option<String>,
    pub(super) completed_ever: Option<i64>,
    pub(super) completed_ever_as_of: Option<String>,
    pub(super) annual_rate: Option<Number>,
    pub(super) total_rate: Option<Number>,
    pub(super) physical: Option<String>,
    pub(super) physical_as_of: Option<String>,
    pub(super) reporting: &'static str,
    pub(super) light: &'static str,
    pub(super) light_reason: String,
    pub(super) planned_start: Option<String>,
    pub(super) started: Option<String>,
    pub(super) planned_finish: Option<String>,
    pub(super) finished: Option<String>,
    pub(super) in_production: Option<String>,
    pub(super) joined: Option<String>,
    pub(super) left: Option<String>,
    pub(super) left_reason: Option<String>,
    pub(super) paused: Option<String>,
    pub(super) paused_reason: Option<String>,
    /// What does not fit into a row.
    #[serde(flatten)]
    pub(super) details: Details,
}

/// Lists within a project.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Details {
    total_investment_revisions: Vec<Value>,
    plans: BTreeMap<String, Vec<Value>>,
    funding: Vec<Value>,
    parties: Vec<Value>,
    facts: Vec<Value>,
    pools: Vec<Value>,
    milestones: Vec<Value>,
    disclosures: Vec<Value>,
    reports: Vec<ReportData>,
}

/// The file of all projects.
pub(super) fn file<'a>(site: Site<'a>, reader: Reader<'a>) -> Json<'a> {
    let as_of = site.model.as_of;
    let head = json!({
        "schema": SCHEMA,
        "as_of": as_of.data.to_string(),
        "known_by": as_of.known_by.to_string(),
        "language": reader.locale,
        "currency": "CNY",
    });
    Json::new(head).with("projects", all(site, reader))
}

/// All projects, in the order of their ids.
pub(super) fn all<'a>(site: Site<'a>, reader: Reader<'a>) -> List<'a, ProjectData> {
    let snapshot = site.indicators.at(site.model.as_of);
    let project = move |index| vec![data(&site, &reader, &snapshot, index)];
    List::new(site.model.projects.len(), project)
}

fn data(site: &Site<'_>, reader: &Reader<'_>, snapshot: &Snapshot, index: usize) -> ProjectData {
    let model = site.model;
    let project = &model.projects[index];
    let record = &*project.record;
    let state = snapshot.state(index);
    let text = |text: Option<&Text>| text.map(|text| reader.text(text));
    let period = |period: Option<Period>| period.map(|period| period.to_string());
    let rate = |metric| snapshot.figure(metric, Scope::Project(index)).approximate().map(Number);
    let category = &model.site.categories[project.category];
    let chain = project.chain.map(|at| &model.site.chains[at]);
    let town = &model.towns[project.town].record;
    let light = LightView::new(site, reader, &snapshot.light(index));
    let pause = record.pause_on(model.as_of.data);
    let route = Route::page(model, Page::Project(index), reader.locale);
    ProjectData {
        id: project.id.to_string(),
        name: reader.text(&record.name),
        code: record.code.clone(),
        url: format!("{}{}", model.site.base_url.as_str(), route.as_str()),
        category: category.id.to_string(),
        category_name: reader.text(&category.name),
        project_type: record.project_type.code(),
        town: town.id.to_string(),
        town_name: reader.text(&town.name),
        shares: shares(site, project),
        chain: chain.map(|chain| chain.id.to_string()),
        chain_name: chain.map(|chain| reader.text(&chain.name)),
        flagship: record.flagship,
        summary: text(record.summary.as_ref()),
        address: text(record.address.as_ref()),
        owner: text(record.owner.as_ref()),
        responsible_unit: text(record.responsible_unit.as_ref()),
        leader_post: text(record.leader.as_ref().map(|leader| &leader.post)),
        listed: state.listed,
        stage: project::stage(state),
        pool: state.pool.map(Pool::code),
        total_investment: state.total_planned().map(yuan),
        plan: state.plan().map(yuan),
        completed_year: state.year().map(yuan),
        completed_year_as_of: state.year_as_of.map(|day| day.to_string()),
        completed_ever: state.ever().map(yuan),
        completed_ever_as_of: state.ever_as_of.map(|day| day.to_string()),
        annual_rate: rate(Metric::Annual),
        total_rate: rate(Metric::Total),
        physical: state.physical.map(|(share, _)| decimal(share)),
        physical_as_of: state.physical.map(|(_, day)| day.to_string()),
        reporting: reporting(state.reporting),
        light: light.code,
        light_reason: light.reason,
        planned_start: period(record.planned_start),
        started: period(record.started),
        planned_finish: period(record.planned_finish),
        finished: period(record.finished),
        in_production: period(record.in_production),
        joined: period(record.joined),
        left: record.left.as_ref().map(|left| left.on.to_string()),
        left_reason: text(record.left.as_ref().map(|left| &left.reason)),
        paused: pause.map(|pause| pause.from.to_string()),
        paused_reason: text(pause.map(|pause| &pause.reason)),
        details: details(site, reader, project),
    }
}

/// An amount in yuan; what a record says is whole and fits.
pub(super) fn yuan(money: Money) -> i64 {
    i64::try_from(money.whole_yuan()).unwrap_or(i64::MAX)
}

/// A share as an exact decimal: `0.6`.
pub(super) fn decimal(share: Share) -> String {
    let text = rounded(share.to_rate(), 8, Rounding::HalfUp);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn shares(site: &Site<'_>, project: &Project) -> BTreeMap<String, String> {
    let share = |(town, share): &(usize, Share)| {
        (site.model.towns[*town].record.id.to_string(), decimal(*share))
    };
    project.shares.iter().map(share).collect()
}

fn reporting(reporting: Reporting) -> &'static str {
    match reporting {
        Reporting::NotDue => "not-due",
        Reporting::Reported => "reported",
        Reporting::Stale => "stale",
        Reporting::Missing => "missing",
    }
}

fn details(site: &Site<'_>, reader: &Reader<'_>, project: &Project) -> Details {
    let record = &*project.record;
    let text = |text: Option<&Text>| text.map(|text| reader.text(text));
    let day = |period: Option<Period>| period.map(|period| period.to_string());
    let revision = |revision: &record::Revision| {
        json!({
            "from": Some(revision.from).filter(|from| *from != Period::default()).map(|from| from.to_string()),
            "amount": yuan(revision.amount),
            "reason": text(revision.reason.as_ref()),
        })
    };
    let totals = record.total_investment.iter().flat_map(|total| &total.0);
    let plans = record.plan.0.iter();
    Details {
        total_investment_revisions: totals.map(revision).collect(),
        plans: plans
            .map(|(year, plan)| (year.to_string(), plan.0.iter().map(revision).collect()))
            .collect(),
        funding: record
            .funding
            .iter()
            .map(|funding| {
                json!({"source": funding.source, "name": text(funding.name.as_ref()), "amount": funding.amount.map(yuan)})
            })
            .collect(),
        parties: record
            .parties
            .iter()
            .map(|party| json!({"role": party.role, "name": reader.text(&party.name)}))
            .collect(),
        facts: record
            .facts
            .iter()
            .map(|fact| json!({"label": reader.text(&fact.label), "value": reader.text(&fact.value)}))
            .collect(),
        pools: record
            .pools
            .iter()
            .map(|entry| json!({"pool": entry.pool.code(), "from": entry.from.to_string()}))
            .collect(),
        milestones: record
            .milestones
            .iter()
            .map(|milestone| {
                json!({
                    "name": reader.text(&milestone.name), "planned": day(milestone.planned),
                    "forecast": day(milestone.forecast), "actual": day(milestone.actual),
                    "state": milestone.state(site.model.as_of.data).code(),
                })
            })
            .collect(),
        disclosures: record
            .disclosures
            .iter()
            .map(|disclosure| {
                json!({
                    "kind": disclosure.kind.code(), "title": reader.text(&disclosure.title),
                    "number": disclosure.number, "issuer": text(disclosure.issuer.as_ref()),
                    "formed_on": day(disclosure.formed_on), "published_on": day(disclosure.published_on),
                    "url": document_url(site, project, disclosure),
                })
            })
            .collect(),
        reports: reports::of_project(site, reader, project),
    }
}

/// The whole address at which a document can be read.
pub(super) fn document_url(
    site: &Site<'_>,
    project: &Project,
    document: &record::Disclosure,
) -> Option<String> {
    match document.url.as_ref()? {
        Address::Web(url) => Some(url.as_str().to_owned()),
        Address::Site(target) => {
            let target = resolve_link(site.model, site.plan, &project.path, target)?;
            let base = site.model.site.base_url.as_str();
            Some(format!("{base}{}{}", target.route.as_str(), target.rest))
        }
    }
}

/// The columns of the table of projects.
pub(super) const COLUMNS: &[Column<ProjectData>] = &[
    column("id", Kind::Text, ["项目标识", "project id"], |p| p.id.clone()),
    column("name", Kind::Text, ["项目名称", "name"], |p| p.name.clone()),
    column("code", Kind::Text, ["项目统一代码", "national project code"], |p| {
        cell(p.code.as_ref())
    }),
    column("category", Kind::Text, ["类别标识", "category id"], |p| p.category.clone()),
    column("category_name", Kind::Text, ["类别", "category"], |p| p.category_name.clone()),
    column(
        "type",
        Kind::Code(&["new", "continuing"]),
        ["建设性质", "new or continuing"],
        |p| p.project_type.to_owned(),
    ),
    column("town", Kind::Text, ["牵头镇标识", "leading town id"], |p| p.town.clone()),
    column("town_name", Kind::Text, ["牵头镇", "leading town"], |p| p.town_name.clone()),
    column("shares", Kind::Text, ["各镇份额", "shares of towns"], |p| {
        let shares = p.shares.iter().map(|(town, share)| format!("{town}:{share}"));
        shares.collect::<Vec<_>>().join(";")
    }),
    column("chain", Kind::Text, ["产业链标识", "chain id"], |p| cell(p.chain.as_ref())),
    column("chain_name", Kind::Text, ["产业链", "chain"], |p| cell(p.chain_name.as_ref())),
    column("flagship", Kind::Truth, ["支撑性项目", "flagship"], |p| p.flagship.to_string()),
    column("listed", Kind::Truth, ["在册", "on the list"], |p| p.listed.to_string()),
    column(
        "stage",
        Kind::Code(&["planned", "started", "paused", "finished", "in-production"]),
        ["建设阶段", "stage"],
        |p| p.stage.to_owned(),
    ),
    column(
        "pool",
        Kind::Code(&["reserve", "preparation", "construction", "production"]),
        ["所在库", "pool"],
        |p| cell(p.pool.as_ref()),
    ),
    column("total_investment", Kind::Whole, ["总投资（元）", "total investment, CNY"], |p| {
        cell(p.total_investment.as_ref())
    }),
    column(
        "plan",
        Kind::Whole,
        ["年度计划投资（元）", "planned investment of the year, CNY"],
        |p| cell(p.plan.as_ref()),
    ),
    column(
        "completed_year",
        Kind::Whole,
        ["本年累计完成投资（元）", "completed since 1 January, CNY"],
        |p| cell(p.completed_year.as_ref()),
    ),
    column(
        "completed_year_as_of",
        Kind::Day,
        ["本年完成投资数据截至", "completed since 1 January, as of"],
        |p| cell(p.completed_year_as_of.as_ref()),
    ),
    column(
        "completed_ever",
        Kind::Whole,
        ["开工以来完成投资（元）", "completed since the start, CNY"],
        |p| cell(p.completed_ever.as_ref()),
    ),
    column("annual_rate", Kind::Number, ["年度投资完成率", "annual completion rate"], |p| {
        p.annual_rate.map_or_else(String::new, Number::text)
    }),
    column("total_rate", Kind::Number, ["总投资完成率", "total completion rate"], |p| {
        p.total_rate.map_or_else(String::new, Number::text)
    }),
    column("physical", Kind::Number, ["形象进度", "physical progress"], |p| {
        cell(p.physical.as_ref())
    }),
    column("physical_as_of", Kind::Day, ["形象进度截至", "physical progress as of"], |p| {
        cell(p.physical_as_of.as_ref())
    }),
    column(
        "reporting",
        Kind::Code(&["not-due", "reported", "stale", "missing"]),
        ["报送情况", "reporting"],
        |p| p.reporting.to_owned(),
    ),
    column("light", Kind::Code(&["green", "yellow", "red", "none"]), ["预警灯", "light"], |p| {
        p.light.to_owned()
    }),
    column("light_reason", Kind::Text, ["亮灯依据", "why"], |p| p.light_reason.clone()),
    column("planned_start", Kind::Period, ["计划开工", "planned start"], |p| {
        cell(p.planned_start.as_ref())
    }),
    column("started", Kind::Period, ["开工", "started"], |p| cell(p.started.as_ref())),
    column("planned_finish", Kind::Period, ["计划竣工", "planned completion"], |p| {
        cell(p.planned_finish.as_ref())
    }),
    column("finished", Kind::Period, ["竣工", "completed"], |p| cell(p.finished.as_ref())),
    column("in_production", Kind::Period, ["投产", "in production"], |p| {
        cell(p.in_production.as_ref())
    }),
    column("joined", Kind::Period, ["列入", "joined the list"], |p| cell(p.joined.as_ref())),
    column("left", Kind::Period, ["调出", "left the list"], |p| cell(p.left.as_ref())),
    column("left_reason", Kind::Text, ["调出原因", "why it left"], |p| {
        cell(p.left_reason.as_ref())
    }),
    column("paused", Kind::Period, ["暂停自", "suspended since"], |p| cell(p.paused.as_ref())),
    column("paused_reason", Kind::Text, ["暂停原因", "why it is suspended"], |p| {
        cell(p.paused_reason.as_ref())
    }),
    column("address", Kind::Text, ["地址", "address"], |p| cell(p.address.as_ref())),
    column("owner", Kind::Text, ["建设单位", "owner"], |p| cell(p.owner.as_ref())),
    column("responsible_unit", Kind::Text, ["责任单位", "responsible unit"], |p| {
        cell(p.responsible_unit.as_ref())
    }),
    column("leader_post", Kind::Text, ["包抓领导职务", "responsible leader's post"], |p| {
        cell(p.leader_post.as_ref())
    }),
    column("summary", Kind::Text, ["简介", "summary"], |p| cell(p.summary.as_ref())),
    column("url", Kind::Address, ["网页", "page"], |p| p.url.clone()),
];
