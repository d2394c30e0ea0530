//! The projects as data: what their pages tell, for programs.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::figures::Number;
use super::json::{self, Json};
use super::reports::{self, ReportData};
use super::table::{self, Column, Kind, Table, column};
use crate::indicator::{Metric, Reporting, Scope, Snapshot};
use crate::model::{Model, Project};
use crate::plan::{Page, Route, resolve_link};
use crate::record::{self, Address, Pool};
use crate::value::{Money, Period, Rounding, Share, Text, rounded, trimmed};
use crate::view::light::LightView;
use crate::view::tree::Tree;
use crate::view::{Reader, Site, project};

/// By what a reader of the data knows their form.
const SCHEMA: &str = "gongbao-projects/1";

/// A project. Amounts are whole yuan, shares of a whole decimal texts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProjectData<'a> {
    id: &'a str,
    name: &'a str,
    code: Option<&'a str>,
    url: String,
    category: &'a str,
    category_name: &'a str,
    #[serde(rename = "type")]
    project_type: &'static str,
    town: &'a str,
    town_name: &'a str,
    shares: BTreeMap<&'a str, String>,
    chain: Option<&'a str>,
    chain_name: Option<&'a str>,
    flagship: bool,
    summary: Option<&'a str>,
    address: Option<&'a str>,
    owner: Option<&'a str>,
    responsible_unit: Option<&'a str>,
    leader_post: Option<&'a str>,
    listed: bool,
    stage: &'static str,
    pool: Option<&'static str>,
    total_investment: Option<i64>,
    plan: Option<i64>,
    completed_year: Option<i64>,
    completed_year_as_of: Option<Period>,
    completed_ever: Option<i64>,
    completed_ever_as_of: Option<Period>,
    annual_rate: Option<Number>,
    total_rate: Option<Number>,
    physical: Option<String>,
    physical_as_of: Option<Period>,
    reporting: &'static str,
    light: &'static str,
    light_reason: String,
    planned_start: Option<Period>,
    started: Option<Period>,
    planned_finish: Option<Period>,
    finished: Option<Period>,
    in_production: Option<Period>,
    joined: Option<Period>,
    left: Option<Period>,
    left_reason: Option<&'a str>,
    paused: Option<Period>,
    paused_reason: Option<&'a str>,
}

/// A project with its lists.
#[derive(Serialize)]
struct WholeProject<'a> {
    #[serde(flatten)]
    project: ProjectData<'a>,
    /// What does not fit into a row.
    #[serde(flatten)]
    details: Details<'a>,
}

/// Lists within a project.
#[derive(Serialize)]
struct Details<'a> {
    total_investment_revisions: Tree<'a>,
    plans: BTreeMap<String, Tree<'a>>,
    funding: Tree<'a>,
    parties: Tree<'a>,
    facts: Tree<'a>,
    pools: Tree<'a>,
    milestones: Tree<'a>,
    disclosures: Tree<'a>,
    reports: Vec<ReportData<'a>>,
}

/// The file of all projects, in the order of their ids.
pub(super) fn file<'a>(site: Site<'a>, reader: Reader<'a>) -> Json<'a> {
    let as_of = site.model.as_of;
    let head = json!({
        "schema": SCHEMA,
        "as_of": as_of.data.to_string(),
        "known_by": as_of.known_by.to_string(),
        "language": reader.locale,
        "currency": "CNY",
    });
    let snapshot = site.indicators.at(as_of);
    Json::new(head).with("projects", site.model.projects.len(), move |index, list| {
        let project = data(site, reader, &snapshot, index);
        let details = details(site, reader, &site.model.projects[index]);
        json::entry(list, &WholeProject { project, details });
    })
}

/// The table of all projects, in the order of their ids.
pub(super) fn table<'a>(site: Site<'a>, reader: Reader<'a>) -> Table<'a> {
    let snapshot = site.indicators.at(site.model.as_of);
    table::table(columns(), site.model.projects.len(), move |index, row| {
        row(&data(site, reader, &snapshot, index));
    })
}

fn data<'a>(
    site: Site<'a>,
    reader: Reader<'a>,
    snapshot: &Snapshot,
    index: usize,
) -> ProjectData<'a> {
    let model = site.model;
    let project = &model.projects[index];
    let record = &*project.record;
    let state = snapshot.state(index);
    let text = |text: &'a Text| text.get(reader.locale);
    let optional = |text: Option<&'a Text>| text.map(|text| text.get(reader.locale));
    let rate = |metric| snapshot.figure(metric, Scope::Project(index)).approximate().map(Number);
    let category = &model.site.categories[project.category];
    let chain = project.chain.map(|at| &model.site.chains[at]);
    let town = &model.towns[project.town].record;
    let light = LightView::new(&site, &reader, &snapshot.light(index));
    let pause = record.pause_on(model.as_of.data);
    let route = Route::page(model, Page::Project(index), reader.locale);
    ProjectData {
        id: project.id.as_str(),
        name: text(&record.name),
        code: record.code.as_deref(),
        url: format!("{}{}", model.site.base_url.as_str(), route.as_str()),
        category: category.id.as_str(),
        category_name: text(&category.name),
        project_type: record.project_type.code(),
        town: town.id.as_str(),
        town_name: text(&town.name),
        shares: shares(site.model, project),
        chain: chain.map(|chain| chain.id.as_str()),
        chain_name: chain.map(|chain| text(&chain.name)),
        flagship: record.flagship,
        summary: optional(record.summary.as_ref()),
        address: optional(record.address.as_ref()),
        owner: optional(record.owner.as_ref()),
        responsible_unit: optional(record.responsible_unit.as_ref()),
        leader_post: optional(record.leader.as_ref().map(|leader| &leader.post)),
        listed: state.listed,
        stage: project::stage(state),
        pool: state.pool.map(Pool::code),
        total_investment: state.total_planned().map(yuan),
        plan: state.plan().map(yuan),
        completed_year: state.year().map(yuan),
        completed_year_as_of: state.year_as_of.map(Period::day),
        completed_ever: state.ever().map(yuan),
        completed_ever_as_of: state.ever_as_of.map(Period::day),
        annual_rate: rate(Metric::Annual),
        total_rate: rate(Metric::Total),
        physical: state.physical.map(|(share, _)| decimal(share)),
        physical_as_of: state.physical.map(|(_, day)| Period::day(day)),
        reporting: reporting(state.reporting),
        light: light.code,
        light_reason: light.reason,
        planned_start: record.planned_start,
        started: record.started,
        planned_finish: record.planned_finish,
        finished: record.finished,
        in_production: record.in_production,
        joined: record.joined,
        left: record.left.as_ref().map(|left| left.on),
        left_reason: optional(record.left.as_ref().map(|left| &left.reason)),
        paused: pause.map(|pause| pause.from),
        paused_reason: optional(pause.map(|pause| &pause.reason)),
    }
}

/// An amount in yuan; what a record says is whole and fits.
pub(super) fn yuan(money: Money) -> i64 {
    i64::try_from(money.whole_yuan()).unwrap_or(i64::MAX)
}

/// A share as an exact decimal: `0.6`.
pub(super) fn decimal(share: Share) -> String {
    let text = rounded(share.to_rate(), 8, Rounding::HalfUp);
    trimmed(&text).to_owned()
}

fn shares<'a>(model: &'a Model, project: &Project) -> BTreeMap<&'a str, String> {
    let share =
        |(town, share): &(usize, Share)| (model.towns[*town].record.id.as_str(), decimal(*share));
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

fn details<'a>(site: Site<'a>, reader: Reader<'a>, project: &'a Project) -> Details<'a> {
    let record = &*project.record;
    let text = |text: &'a Text| Tree::from(text.get(reader.locale));
    let optional = |written: Option<&'a Text>| written.map(text).into();
    let revision = |revision: &'a record::Revision| {
        let from = Some(revision.from).filter(|from| *from != Period::default());
        Tree::full([
            ("from", from.into()),
            ("amount", yuan(revision.amount).into()),
            ("reason", optional(revision.reason.as_ref())),
        ])
    };
    let totals = record.total_investment.iter().flat_map(|total| &total.0);
    let plans = record.plan.0.iter();
    let funding = record.funding.iter().map(|funding| {
        Tree::full([
            ("source", funding.source.as_str().into()),
            ("name", optional(funding.name.as_ref())),
            ("amount", funding.amount.map(yuan).into()),
        ])
    });
    let parties = record.parties.iter().map(|party| {
        Tree::full([("role", party.role.as_str().into()), ("name", text(&party.name))])
    });
    let facts = record
        .facts
        .iter()
        .map(|fact| Tree::full([("label", text(&fact.label)), ("value", text(&fact.value))]));
    let pools = record
        .pools
        .iter()
        .map(|entry| Tree::full([("pool", entry.pool.code().into()), ("from", entry.from.into())]));
    let milestones = record.milestones.iter().map(|milestone| {
        Tree::full([
            ("name", text(&milestone.name)),
            ("planned", milestone.planned.into()),
            ("forecast", milestone.forecast.into()),
            ("actual", milestone.actual.into()),
            ("state", milestone.state(site.model.as_of.data).code().into()),
        ])
    });
    let disclosures = record.disclosures.iter().map(|disclosure| {
        Tree::full([
            ("kind", disclosure.kind.code().into()),
            ("title", text(&disclosure.title)),
            ("number", disclosure.number.as_deref().into()),
            ("issuer", optional(disclosure.issuer.as_ref())),
            ("formed_on", disclosure.formed_on.into()),
            ("published_on", disclosure.published_on.into()),
            ("url", document_url(&site, project, disclosure).into()),
        ])
    });
    Details {
        total_investment_revisions: totals.map(revision).collect(),
        plans: plans
            .map(|(year, plan)| (year.to_string(), plan.0.iter().map(revision).collect()))
            .collect(),
        funding: funding.collect(),
        parties: parties.collect(),
        facts: facts.collect(),
        pools: pools.collect(),
        milestones: milestones.collect(),
        disclosures: disclosures.collect(),
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
pub(super) fn columns<'a>() -> Vec<Column<ProjectData<'a>>> {
    vec![
        column("id", Kind::Text, ["项目标识", "project id"], |p| p.id.into()),
        column("name", Kind::Text, ["项目名称", "name"], |p| p.name.into()),
        column("code", Kind::Text, ["项目统一代码", "national project code"], |p| {
            p.code.into()
        }),
        column("category", Kind::Text, ["类别标识", "category id"], |p| p.category.into()),
        column("category_name", Kind::Text, ["类别", "category"], |p| p.category_name.into()),
        column(
            "type",
            Kind::Code(&["new", "continuing"]),
            ["建设性质", "new or continuing"],
            |p| p.project_type.into(),
        ),
        column("town", Kind::Text, ["牵头镇标识", "leading town id"], |p| p.town.into()),
        column("town_name", Kind::Text, ["牵头镇", "leading town"], |p| p.town_name.into()),
        column("shares", Kind::Text, ["各镇份额", "shares of towns"], |p| {
            let shares = p.shares.iter().map(|(town, share)| format!("{town}:{share}"));
            shares.collect::<Vec<_>>().join(";").into()
        }),
        column("chain", Kind::Text, ["产业链标识", "chain id"], |p| p.chain.into()),
        column("chain_name", Kind::Text, ["产业链", "chain"], |p| p.chain_name.into()),
        column("flagship", Kind::Truth, ["支撑性项目", "flagship"], |p| p.flagship.into()),
        column("listed", Kind::Truth, ["在册", "on the list"], |p| p.listed.into()),
        column(
            "stage",
            Kind::Code(&["planned", "started", "paused", "finished", "in-production"]),
            ["建设阶段", "stage"],
            |p| p.stage.into(),
        ),
        column(
            "pool",
            Kind::Code(&["reserve", "preparation", "construction", "production"]),
            ["所在库", "pool"],
            |p| p.pool.into(),
        ),
        column(
            "total_investment",
            Kind::Whole,
            ["总投资（元）", "total investment, CNY"],
            |p| p.total_investment.into(),
        ),
        column(
            "plan",
            Kind::Whole,
            ["年度计划投资（元）", "planned investment of the year, CNY"],
            |p| p.plan.into(),
        ),
        column(
            "completed_year",
            Kind::Whole,
            ["本年累计完成投资（元）", "completed since 1 January, CNY"],
            |p| p.completed_year.into(),
        ),
        column(
            "completed_year_as_of",
            Kind::Day,
            ["本年完成投资数据截至", "completed since 1 January, as of"],
            |p| p.completed_year_as_of.into(),
        ),
        column(
            "completed_ever",
            Kind::Whole,
            ["开工以来完成投资（元）", "completed since the start, CNY"],
            |p| p.completed_ever.into(),
        ),
        column(
            "annual_rate",
            Kind::Number,
            ["年度投资完成率", "annual completion rate"],
            |p| p.annual_rate.map(Number::text).into(),
        ),
        column("total_rate", Kind::Number, ["总投资完成率", "total completion rate"], |p| {
            p.total_rate.map(Number::text).into()
        }),
        column("physical", Kind::Number, ["形象进度", "physical progress"], |p| {
            p.physical.as_deref().into()
        }),
        column(
            "physical_as_of",
            Kind::Day,
            ["形象进度截至", "physical progress as of"],
            |p| p.physical_as_of.into(),
        ),
        column(
            "reporting",
            Kind::Code(&["not-due", "reported", "stale", "missing"]),
            ["报送情况", "reporting"],
            |p| p.reporting.into(),
        ),
        column(
            "light",
            Kind::Code(&["green", "yellow", "red", "none"]),
            ["预警灯", "light"],
            |p| p.light.into(),
        ),
        column("light_reason", Kind::Text, ["亮灯依据", "why"], |p| {
            p.light_reason.as_str().into()
        }),
        column("planned_start", Kind::Period, ["计划开工", "planned start"], |p| {
            p.planned_start.into()
        }),
        column("started", Kind::Period, ["开工", "started"], |p| p.started.into()),
        column("planned_finish", Kind::Period, ["计划竣工", "planned completion"], |p| {
            p.planned_finish.into()
        }),
        column("finished", Kind::Period, ["竣工", "completed"], |p| p.finished.into()),
        column("in_production", Kind::Period, ["投产", "in production"], |p| {
            p.in_production.into()
        }),
        column("joined", Kind::Period, ["列入", "joined the list"], |p| p.joined.into()),
        column("left", Kind::Period, ["调出", "left the list"], |p| p.left.into()),
        column("left_reason", Kind::Text, ["调出原因", "why it left"], |p| {
            p.left_reason.into()
        }),
        column("paused", Kind::Period, ["暂停自", "suspended since"], |p| p.paused.into()),
        column("paused_reason", Kind::Text, ["暂停原因", "why it is suspended"], |p| {
            p.paused_reason.into()
        }),
        column("address", Kind::Text, ["地址", "address"], |p| p.address.into()),
        column("owner", Kind::Text, ["建设单位", "owner"], |p| p.owner.into()),
        column("responsible_unit", Kind::Text, ["责任单位", "responsible unit"], |p| {
            p.responsible_unit.into()
        }),
        column(
            "leader_post",
            Kind::Text,
            ["包抓领导职务", "responsible leader's post"],
            |p| p.leader_post.into(),
        ),
        column("summary", Kind::Text, ["简介", "summary"], |p| p.summary.into()),
        column("url", Kind::Address, ["网页", "page"], |p| p.url.as_str().into()),
    ]
}
