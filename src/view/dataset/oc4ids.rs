//! The projects in the form of the Open Contracting for Infrastructure Data Standard 0.9 (DOMAIN.md 4.5).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::json::Json;
use super::list::List;
use super::projects::{document_url, yuan};
use crate::indicator::State;
use crate::model::Project;
use crate::record::{self, DisclosureKind, MilestoneState, Pool};
use crate::value::{Money, Period, Rounding, Share, Text, rounded};
use crate::view::{Reader, Site};

/// The version of the standard.
const VERSION: &str = "0.9";
/// What ids begin with. A publisher who registers a prefix of their own puts it here.
const PREFIX: &str = "oc4ids-xxxxxx";

/// The package of all projects.
pub(super) fn file<'a>(site: Site<'a>, reader: Reader<'a>) -> Json<'a> {
    let model = site.model;
    let base = model.site.base_url.as_str();
    let publisher = model.site.publisher.as_ref();
    let name = publisher.map_or(&model.site.title, |publisher| &publisher.name);
    let snapshot = site.indicators.at(model.as_of);
    let project = move |index: usize| {
        let (project, state) = (&model.projects[index], snapshot.state(index));
        vec![present(Mapping { site: &site, reader: &reader, project, state }.project())]
    };
    let head = present(json!({
        "version": VERSION,
        "uri": format!("{base}data/oc4ids.json"),
        "publishedDate": begin(model.as_of.known_by),
        "publisher": {"name": reader.text(name), "uri": Some(base).filter(|base| base.contains("://"))},
    }));
    Json::new(head).with("projects", List::new(model.projects.len(), project))
}

/// A project and where it stands.
struct Mapping<'a> {
    site: &'a Site<'a>,
    reader: &'a Reader<'a>,
    project: &'a Project,
    state: &'a State,
}

impl Mapping<'_> {
    fn project(&self) -> Value {
        let record = &*self.project.record;
        let start = record.started.or(record.planned_start);
        let finish = record.finished.or(record.planned_finish);
        let code = record.code.as_ref();
        let responsible = record.responsible_unit.as_ref();
        json!({
            "id": format!("{PREFIX}-{}", self.project.id),
            "identifiers": code.map(|code| [json!({"scheme": "GB/T 40058-2021", "id": code})]),
            "updated": begin(self.updated()),
            "title": self.text(&record.name),
            "description": record.summary.as_ref().map(|summary| self.text(summary).trim().to_owned()),
            "status": status(self.state),
            "period": {"startDate": start.map(|start| begin(start.start())), "endDate": finish.map(|finish| end(finish.end))},
            "sector": self.sector(),
            "locations": self.locations(),
            "budget": self.budget(),
            "parties": self.parties(),
            "publicAuthority": responsible.map(|unit| {
                let name = self.text(unit);
                json!({"id": self.party_id(&name), "name": name})
            }),
            "documents": self.documents(),
            "milestones": self.milestones(),
            "metrics": self.metrics(),
            "completion": {"endDate": record.finished.filter(|_| self.state.finished).map(|day| end(day.end))},
        })
    }

    fn text(&self, text: &Text) -> String {
        self.reader.text(text)
    }

    /// The day on which something about it last became known.
    fn updated(&self) -> Date {
        let as_of = self.site.model.as_of;
        self.reports().map(record::Report::known_on).max().unwrap_or(as_of.data)
    }

    /// The reports that are known, by period; of those on one period, the last known comes last.
    fn reports(&self) -> impl Iterator<Item = &record::Report> {
        let known = self.project.record.reports_known_by(self.site.model.as_of.known_by);
        known.into_iter().map(|(report, _)| report)
    }

    /// What the reports state of each period; of several, the last known counts.
    fn observations<T>(
        &self,
        stated: impl Fn(&record::Report) -> Option<T>,
        observation: impl Fn(Period, T) -> Value,
    ) -> Vec<Value> {
        let stated =
            |report: &record::Report| Some((report.period.end, (report.period, stated(report)?)));
        let by_period: BTreeMap<Date, (Period, T)> = self.reports().filter_map(stated).collect();
        by_period.into_values().map(|(period, stated)| observation(period, stated)).collect()
    }

    /// The sector that the category surely is; none where a category may hold several.
    fn sector(&self) -> Vec<&'static str> {
        match self.site.model.site.categories[self.project.category].id.as_str() {
            "transport" => vec!["transport"],
            "road" | "roads" => vec!["transport", "transport.road"],
            "rail" | "railway" => vec!["transport", "transport.rail"],
            "education" => vec!["education"],
            "health" => vec!["health"],
            "energy" => vec!["energy"],
            "water" | "sewage" | "waste" => vec!["waterAndWaste"],
            "communications" => vec!["communications"],
            "industry" | "agriculture" => vec!["economy"],
            "tourism" | "culture" | "culture-tourism" | "sports" => {
                vec!["cultureSportsAndRecreation"]
            }
            "housing" => vec!["socialHousing"],
            _ => Vec::new(),
        }
    }

    /// The towns that it is in; the address is in the one that leads.
    fn locations(&self) -> Vec<Value> {
        let model = self.site.model;
        let address = self.project.record.address.as_ref().map(|address| self.text(address));
        let location = |(town, _): &(usize, Share)| {
            let record = &model.towns[*town].record;
            let own = address.clone().filter(|_| *town == self.project.town);
            json!({
                "id": record.id,
                "description": own.clone().unwrap_or_else(|| self.text(&record.name)),
                "address": {
                    "streetAddress": own, "locality": self.text(&record.name),
                    "region": self.text(&model.site.area),
                },
            })
        };
        self.project.shares.iter().map(location).collect()
    }

    /// The total investment in force, and the annual plans.
    fn budget(&self) -> Value {
        let as_of = self.site.model.as_of.data;
        let plans = self.project.record.plan.0.iter();
        let breakdown = |(year, plan): (&i16, &record::Revisions)| {
            let amount = plan.at(as_of)?;
            let period = json!({"startDate": format!("{year}-01-01T00:00:00+08:00"), "endDate": format!("{year}-12-31T23:59:59+08:00")});
            Some(json!({"id": year.to_string(), "amount": value(amount), "period": period}))
        };
        json!({
            "amount": self.state.total_planned().map(value),
            "budgetBreakdowns": plans.filter_map(breakdown).collect::<Vec<_>>(),
        })
    }

    /// The units that take part, each once with its roles.
    fn roles(&self) -> Vec<(String, Vec<String>)> {
        let record = &*self.project.record;
        let responsible = record.responsible_unit.iter().map(|unit| (unit, "publicAuthority"));
        let owner = record.owner.iter().map(|owner| (owner, "procuringEntity"));
        let parties = record.parties.iter().map(|party| (&party.name, role(&party.role)));
        let mut roles: Vec<(String, Vec<String>)> = Vec::new();
        for (name, role) in responsible.chain(owner).chain(parties) {
            let name = self.text(name);
            let position = roles.iter().position(|(known, _)| *known == name);
            let position = position.unwrap_or_else(|| {
                roles.push((name, Vec::new()));
                roles.len() - 1
            });
            if !roles[position].1.iter().any(|known| known == role) {
                roles[position].1.push(role.to_owned());
            }
        }
        roles
    }

    fn parties(&self) -> Vec<Value> {
        let party = |(at, (name, roles)): (usize, (String, Vec<String>))| json!({"id": format!("party-{}", at + 1), "name": name, "roles": roles});
        self.roles().into_iter().enumerate().map(party).collect()
    }

    fn party_id(&self, name: &str) -> Option<String> {
        let at = self.roles().iter().position(|(known, _)| known == name)?;
        Some(format!("party-{}", at + 1))
    }

    fn documents(&self) -> Vec<Value> {
        let disclosures = self.project.record.disclosures.iter().enumerate();
        let document = |(at, disclosure): (usize, &record::Disclosure)| {
            let published = disclosure.published_on.map(|day| begin(day.start()));
            json!({
                "id": format!("document-{}", at + 1),
                "documentType": document_type(disclosure.kind),
                "title": self.text(&disclosure.title),
                "url": document_url(self.site, self.project, disclosure).filter(|url| url.contains("://")),
                "datePublished": published,
                "language": self.reader.default_locale.as_str().split('-').next(),
                "author": disclosure.issuer.as_ref().map(|issuer| self.text(issuer)),
            })
        };
        disclosures.map(document).collect()
    }

    fn milestones(&self) -> Vec<Value> {
        let as_of = self.site.model.as_of.data;
        let milestones = self.project.record.milestones.iter().enumerate();
        let mapped = |(at, milestone): (usize, &record::Milestone)| {
            let state = milestone.state(as_of);
            let is_met = matches!(state, MilestoneState::Met | MilestoneState::Late);
            let met = milestone.actual.filter(|_| is_met);
            json!({
                "id": (at + 1).to_string(),
                "title": self.text(&milestone.name),
                "dueDate": milestone.planned.map(|day| end(day.end)),
                "dateMet": met.map(|day| end(day.end)),
                "status": match state {
                    MilestoneState::Met | MilestoneState::Late => "met",
                    MilestoneState::Overdue => "notMet",
                    MilestoneState::Due => "scheduled",
                },
            })
        };
        milestones.map(mapped).collect()
    }

    /// What was done, by report: the money of the year so far, and the work.
    fn metrics(&self) -> Vec<Value> {
        let money = self.observations(
            |report| report.cumulative,
            |period, amount| {
                let year = format!("{}-01-01T00:00:00+08:00", period.end.year());
                let since = json!({"startDate": year, "endDate": end(period.end)});
                json!({"id": period.to_string(), "period": since, "value": value(amount)})
            },
        );
        let work = self.observations(
            |report| report.physical,
            |period, share| {
                let day = json!({"startDate": begin(period.end), "endDate": end(period.end)});
                let unit = json!({"name": "percent", "id": "P1", "scheme": "UNCEFACT"});
                json!({"id": period.to_string(), "period": day, "measure": percent(share), "unit": unit})
            },
        );
        let say = |zh: &'static str, en: &'static str| {
            if self.reader.locale.is_chinese() { zh } else { en }
        };
        let metric = |id, title, observations: Vec<Value>| {
            (!observations.is_empty())
                .then(|| json!({"id": id, "title": title, "observations": observations}))
        };
        let metrics = [
            metric(
                "financialProgress",
                say("本年累计完成投资", "Completed since 1 January"),
                money,
            ),
            metric("physicalProgress", say("形象进度", "Physical progress"), work),
        ];
        metrics.into_iter().flatten().collect()
    }
}

/// How far it is, by the standard's codes; there is none for work that rests.
fn status(state: &State) -> &'static str {
    match state {
        State { withdrawn: true, .. } => "cancelled",
        State { in_production: true, .. } => "maintenance",
        State { finished: true, .. } => "completion",
        State { started: true, .. } | State { pool: Some(Pool::Construction), .. } => {
            "implementation"
        }
        State { pool: Some(Pool::Reserve), .. } => "identification",
        State { .. } => "preparation",
    }
}

/// A role by the standard's codes; its list is open for those that it lacks.
fn role(role: &str) -> &str {
    match role {
        "designer" | "builder" | "supervisor" | "contractor" | "operator" => "supplier",
        other => other,
    }
}

fn document_type(kind: DisclosureKind) -> String {
    match kind {
        DisclosureKind::Tender => "tenderNotice".into(),
        DisclosureKind::Land => "landAndSettlementImpact".into(),
        DisclosureKind::Completion => "completionCertificate".into(),
        other => format!("x_{}", other.code()),
    }
}

fn value(money: Money) -> Value {
    json!({"amount": yuan(money), "currency": "CNY"})
}

fn percent(share: Share) -> String {
    let text = rounded(share.to_rate() * 100, 6, Rounding::HalfUp);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn begin(day: Date) -> String {
    format!("{day}T00:00:00+08:00")
}

fn end(day: Date) -> String {
    format!("{day}T23:59:59+08:00")
}

/// A value without what is empty in it: the standard wants no field that says nothing.
fn present(mut value: Value) -> Value {
    says_something(&mut value);
    value
}

/// Takes out of a value what is empty, and tells whether something is left.
fn says_something(value: &mut Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => {
            items.retain_mut(says_something);
            !items.is_empty()
        }
        Value::Object(fields) => {
            fields.retain(|_, value| says_something(value));
            !fields.is_empty()
        }
        _ => true,
    }
}
