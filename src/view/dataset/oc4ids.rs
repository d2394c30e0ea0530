//! The projects in the form of the Open Contracting for Infrastructure Data Standard 0.9 (DOMAIN.md 4.5).

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::json::{self, Json};
use super::projects::{document_url, yuan};
use crate::indicator::State;
use crate::model::Project;
use crate::record::{self, DisclosureKind, MilestoneState, Pool};
use crate::value::{Money, Period, Rounding, Share, Text, rounded, trimmed};
use crate::view::tree::{Tree, list, object};
use crate::view::{Reader, Site};

/// The version of the standard.
const VERSION: &str = "0.9";
/// What ids begin with. A publisher who registers a prefix of their own puts it here.
const PREFIX: &str = "oc4ids-xxxxxx";

/// The package of all projects. The standard wants no field that says nothing.
pub(super) fn file<'a>(site: Site<'a>, reader: Reader<'a>) -> Json<'a> {
    let model = site.model;
    let base = model.site.base_url.as_str();
    let publisher = model.site.publisher.as_ref();
    let name = publisher.map_or(&model.site.title, |publisher| &publisher.name);
    let snapshot = site.indicators.at(model.as_of);
    let uri = Some(base).filter(|base| base.contains("://"));
    let head = object([
        ("version", VERSION.into()),
        ("uri", format!("{base}data/oc4ids.json").into()),
        ("publishedDate", begin(model.as_of.known_by)),
        ("publisher", object([("name", name.get(reader.locale).into()), ("uri", uri.into())])),
    ]);
    // Plain data with text keys can be written.
    let head = serde_json::to_value(head).unwrap_or_default();
    Json::new(head).with("projects", model.projects.len(), move |index, list| {
        let (project, state) = (&model.projects[index], snapshot.state(index));
        let mapping = Mapping { site, reader, project, state };
        json::entry(list, &mapping.project());
    })
}

/// A project and where it stands.
struct Mapping<'a, 's> {
    site: Site<'a>,
    reader: Reader<'a>,
    project: &'a Project,
    state: &'s State,
}

impl<'a> Mapping<'a, '_> {
    fn project(&self) -> Tree<'a> {
        let record = &*self.project.record;
        let start = record.started.or(record.planned_start).map(Period::start);
        let finish = record.finished.or(record.planned_finish).map(|day| day.end);
        let finished = record.finished.filter(|_| self.state.finished).map(|day| day.end);
        let code = record.code.as_deref();
        let code =
            code.map(|code| object([("scheme", "GB/T 40058-2021".into()), ("id", code.into())]));
        let summary = record.summary.as_ref().map(|summary| self.text(summary).trim());
        let roles = self.roles();
        let authority = record.responsible_unit.as_ref().map(|unit| {
            let name = self.text(unit);
            object([("id", party_id(&roles, name).into()), ("name", name.into())])
        });
        object([
            ("id", format!("{PREFIX}-{}", self.project.id).into()),
            ("identifiers", list(code)),
            ("updated", begin(self.updated())),
            ("title", self.text(&record.name).into()),
            ("description", summary.into()),
            ("status", status(self.state).into()),
            ("period", span(start, finish)),
            ("sector", list(self.sector().iter().copied())),
            ("locations", self.locations()),
            ("budget", self.budget()),
            ("parties", parties(roles)),
            ("publicAuthority", authority.into()),
            ("documents", self.documents()),
            ("milestones", self.milestones()),
            ("metrics", self.metrics()),
            ("completion", object([("endDate", finished.map(end).into())])),
        ])
    }

    fn text(&self, text: &'a Text) -> &'a str {
        text.get(self.reader.locale)
    }

    /// The day on which something about it last became known.
    fn updated(&self) -> Date {
        let as_of = self.site.model.as_of;
        self.reports().map(record::Report::known_on).max().unwrap_or(as_of.data)
    }

    /// The reports that are known, by period; of those on one period, the last known comes last.
    fn reports(&self) -> impl Iterator<Item = &'a record::Report> {
        let known = self.project.record.reports_known_by(self.site.model.as_of.known_by);
        known.into_iter().map(|(report, _)| report)
    }

    /// What the reports state of each period; of several, the last known counts.
    fn observations<T>(
        &self,
        stated: impl Fn(&record::Report) -> Option<T>,
        observation: impl Fn(Period, T) -> Tree<'a>,
    ) -> Tree<'a> {
        let stated =
            |report: &record::Report| Some((report.period.end, (report.period, stated(report)?)));
        let by_period: BTreeMap<Date, (Period, T)> = self.reports().filter_map(stated).collect();
        list(by_period.into_values().map(|(period, stated)| observation(period, stated)))
    }

    /// The sector that the category surely is; none where a category may hold several.
    fn sector(&self) -> &'static [&'static str] {
        match self.site.model.site.categories[self.project.category].id.as_str() {
            "transport" => &["transport"],
            "road" | "roads" => &["transport", "transport.road"],
            "rail" | "railway" => &["transport", "transport.rail"],
            "education" => &["education"],
            "health" => &["health"],
            "energy" => &["energy"],
            "water" | "sewage" | "waste" => &["waterAndWaste"],
            "communications" => &["communications"],
            "industry" | "agriculture" => &["economy"],
            "tourism" | "culture" | "culture-tourism" | "sports" => &["cultureSportsAndRecreation"],
            "housing" => &["socialHousing"],
            _ => &[],
        }
    }

    /// The towns that it is in; the address is in the one that leads.
    fn locations(&self) -> Tree<'a> {
        let model = self.site.model;
        let address = self.project.record.address.as_ref().map(|address| self.text(address));
        list(self.project.shares.iter().map(|(town, _)| {
            let record = &model.towns[*town].record;
            let own = address.filter(|_| *town == self.project.town);
            let address = object([
                ("streetAddress", own.into()),
                ("locality", self.text(&record.name).into()),
                ("region", self.text(&model.site.area).into()),
            ]);
            object([
                ("id", record.id.as_str().into()),
                ("description", own.unwrap_or_else(|| self.text(&record.name)).into()),
                ("address", address),
            ])
        }))
    }

    /// The total investment in force, and the annual plans.
    fn budget(&self) -> Tree<'a> {
        let as_of = self.site.model.as_of.data;
        let plans = self.project.record.plan.0.iter();
        let breakdowns = plans.filter_map(|(year, plan)| {
            let amount = plan.at(as_of)?;
            Some(object([
                ("id", year.to_string().into()),
                ("amount", value(amount)),
                ("period", span(Date::new(*year, 1, 1).ok(), Date::new(*year, 12, 31).ok())),
            ]))
        });
        object([
            ("amount", self.state.total_planned().map(value).into()),
            ("budgetBreakdowns", list(breakdowns)),
        ])
    }

    /// The units that take part, each once with its roles.
    fn roles(&self) -> Vec<(&'a str, Vec<&'a str>)> {
        let record = &*self.project.record;
        let responsible = record.responsible_unit.iter().map(|unit| (unit, "publicAuthority"));
        let owner = record.owner.iter().map(|owner| (owner, "procuringEntity"));
        let parties = record.parties.iter().map(|party| (&party.name, role(&party.role)));
        let mut roles: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, role) in responsible.chain(owner).chain(parties) {
            let name = self.text(name);
            let position = roles.iter().position(|(known, _)| *known == name);
            let position = position.unwrap_or_else(|| {
                roles.push((name, Vec::new()));
                roles.len() - 1
            });
            if !roles[position].1.contains(&role) {
                roles[position].1.push(role);
            }
        }
        roles
    }

    fn documents(&self) -> Tree<'a> {
        let disclosures = self.project.record.disclosures.iter().enumerate();
        list(disclosures.map(|(at, disclosure)| {
            let url = document_url(&self.site, self.project, disclosure);
            let published = disclosure.published_on.map(|day| begin(day.start()));
            let issuer = disclosure.issuer.as_ref().map(|issuer| self.text(issuer));
            object([
                ("id", format!("document-{}", at + 1).into()),
                ("documentType", document_type(disclosure.kind).into()),
                ("title", self.text(&disclosure.title).into()),
                ("url", url.filter(|url| url.contains("://")).into()),
                ("datePublished", published.into()),
                ("language", self.reader.default_locale.as_str().split('-').next().into()),
                ("author", issuer.into()),
            ])
        }))
    }

    fn milestones(&self) -> Tree<'a> {
        let as_of = self.site.model.as_of.data;
        let milestones = self.project.record.milestones.iter().enumerate();
        list(milestones.map(|(at, milestone)| {
            let state = milestone.state(as_of);
            let is_met = matches!(state, MilestoneState::Met | MilestoneState::Late);
            let met = milestone.actual.filter(|_| is_met);
            let status = match state {
                MilestoneState::Met | MilestoneState::Late => "met",
                MilestoneState::Overdue => "notMet",
                MilestoneState::Due => "scheduled",
            };
            object([
                ("id", (at + 1).to_string().into()),
                ("title", self.text(&milestone.name).into()),
                ("dueDate", milestone.planned.map(|day| end(day.end)).into()),
                ("dateMet", met.map(|day| end(day.end)).into()),
                ("status", status.into()),
            ])
        }))
    }

    /// What was done, by report: the money of the year so far, and the work.
    fn metrics(&self) -> Tree<'a> {
        let money = self.observations(
            |report| report.cumulative,
            |period, amount| {
                let year = date(period.end.year(), 1, 1);
                object([
                    ("id", period.into()),
                    ("period", span(Some(year), Some(period.end))),
                    ("value", value(amount)),
                ])
            },
        );
        let work = self.observations(
            |report| report.physical,
            |period, share| {
                let unit = [("name", "percent"), ("id", "P1"), ("scheme", "UNCEFACT")];
                object([
                    ("id", period.into()),
                    ("period", span(Some(period.end), Some(period.end))),
                    ("measure", percent(share).into()),
                    ("unit", object(unit.map(|(name, text)| (name, text.into())))),
                ])
            },
        );
        let say = |zh: &'static str, en: &'static str| {
            if self.reader.locale.is_chinese() { zh } else { en }
        };
        let metric = |id: &'static str, title: &'static str, observations: Tree<'a>| {
            let metric =
                [("id", id.into()), ("title", title.into()), ("observations", observations)];
            (!metric[2].1.is_empty()).then(|| object(metric))
        };
        let metrics = [
            metric(
                "financialProgress",
                say("本年累计完成投资", "Completed since 1 January"),
                money,
            ),
            metric("physicalProgress", say("形象进度", "Physical progress"), work),
        ];
        list(metrics)
    }
}

fn parties<'a>(roles: Vec<(&'a str, Vec<&'a str>)>) -> Tree<'a> {
    list(roles.into_iter().enumerate().map(|(at, (name, roles))| {
        object([
            ("id", format!("party-{}", at + 1).into()),
            ("name", name.into()),
            ("roles", list(roles)),
        ])
    }))
}

fn party_id(roles: &[(&str, Vec<&str>)], name: &str) -> Option<String> {
    let at = roles.iter().position(|(known, _)| *known == name)?;
    Some(format!("party-{}", at + 1))
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

fn document_type(kind: DisclosureKind) -> Cow<'static, str> {
    match kind {
        DisclosureKind::Tender => "tenderNotice".into(),
        DisclosureKind::Land => "landAndSettlementImpact".into(),
        DisclosureKind::Completion => "completionCertificate".into(),
        other => format!("x_{}", other.code()).into(),
    }
}

fn value<'a>(money: Money) -> Tree<'a> {
    object([("amount", yuan(money).into()), ("currency", "CNY".into())])
}

fn percent(share: Share) -> String {
    let text = rounded(share.to_rate() * 100, 6, Rounding::HalfUp);
    trimmed(&text).to_owned()
}

fn begin<'a>(day: Date) -> Tree<'a> {
    format!("{day}T00:00:00+08:00").into()
}

fn end<'a>(day: Date) -> Tree<'a> {
    format!("{day}T23:59:59+08:00").into()
}

fn span<'a>(from: Option<Date>, to: Option<Date>) -> Tree<'a> {
    object([("startDate", from.map(begin).into()), ("endDate", to.map(end).into())])
}
