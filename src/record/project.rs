//! `projects/<id>.yaml`: one project a file.

mod check;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::json;
use serde_yaml::Value;

pub(super) use self::check::check;
use super::disclosure::Disclosure;
use super::fields::{FromYaml, Node, codes, record};
use super::method::TargetCurve;
use super::news::Photo;
use crate::diagnostic::problems;
use crate::markdown::{self, Markdown};
use crate::value::{Id, Money, Period, Share, Text};

/// The name of a project that was made to be filled in.
pub const PLACEHOLDER_NAME: &str = "项目名称";

record! {
    /// A project, as its record has it.
    pub struct Project {
        /// The project's name.
        pub name: Text,
        /// 项目统一代码: `2020-510802-47-03-000000`.
        pub code: Option<String>,
        /// The project's category.
        pub category: Id,
        /// Whether it is new this year or goes on from earlier years.
        pub project_type as "type": ProjectType,
        /// The town that leads.
        pub town: Id,
        /// The towns' shares of the project's money; they sum to 100 %.
        pub shares: Shares,
        /// The industrial chain that it belongs to.
        pub chain: Option<Id>,
        /// Whether it is one of the flagship projects.
        pub flagship: bool,
        /// The project in a sentence.
        pub summary: Option<Text>,
        /// The body of the project's page, in Markdown.
        pub description: Description,
        /// Where it is.
        pub address: Option<Text>,
        /// 建设单位
        pub owner: Option<Text>,
        /// The other units that take part.
        pub parties: Vec<Party>,
        /// Where the money comes from.
        pub funding: Vec<Funding>,
        /// Anything else worth a line.
        pub facts: Vec<Fact>,
        /// The unit of government that is responsible.
        pub responsible_unit: Option<Text>,
        /// The leader who is responsible, by post.
        pub leader: Option<Post>,
        /// The total investment, or dated revisions of it.
        pub total_investment: Option<Revisions>,
        /// The annual plan by year; a year's plan may be dated revisions.
        pub plan: Plan,
        /// The project's own target by month, where it has one.
        pub target: Option<TargetCurve>,
        /// When it is planned to start.
        pub planned_start: Option<Period>,
        /// When it is planned to be completed.
        pub planned_finish: Option<Period>,
        /// When it started.
        pub started: Option<Period>,
        /// When it was completed (竣工).
        pub finished: Option<Period>,
        /// When production began (投产).
        pub in_production: Option<Period>,
        /// The pools it has passed through, and since when.
        pub pools: Vec<PoolEntry>,
        /// Since when it is on the list; always, if left out.
        pub joined: Option<Period>,
        /// When and why it left the list.
        pub left: Option<Left>,
        /// When and why work rested.
        pub paused: Vec<Pause>,
        /// Until when and why it is exempt from lights.
        pub exempt: Option<Exemption>,
        /// What was done, as of when, known when.
        pub reports: Vec<Report>,
        /// The stages of the work.
        pub milestones: Vec<Milestone>,
        /// Pictures.
        pub photos: Vec<Photo>,
        /// What the law wants disclosed.
        pub disclosures: Vec<Disclosure>,
        /// Whether the public may see it.
        pub visibility: Option<Visibility>,
        /// Anything; it is never published.
        pub internal: Internal,
    }
}

codes! {
    /// Whether a project is new this year.
    pub enum ProjectType {
        /// 新建
        New = "new" | "新建",
        /// 续建
        Continuing = "continuing" | "续建",
    }
}

codes! {
    /// Who may see something.
    pub enum Visibility {
        /// Everyone.
        Public = "public",
        /// Nobody outside: it appears nowhere in the output and in no figure.
        Internal = "internal",
    }
}

codes! {
    /// A pool of projects (四库).
    pub enum Pool {
        /// 储备库
        Reserve = "reserve",
        /// 前期库
        Preparation = "preparation",
        /// 在建库
        Construction = "construction",
        /// 投产库
        Production = "production",
    }
}

/// Anything; it is read for its YAML only and never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Internal;

impl FromYaml for Internal {
    fn from_yaml(_: Node<'_>) -> Option<Self> {
        Some(Internal)
    }

    fn absent() -> Option<Self> {
        Some(Internal)
    }

    fn schema() -> serde_json::Value {
        json!({})
    }
}

/// A Markdown text within a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description(pub Markdown);

impl FromYaml for Description {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        String::from_yaml(node).map(|text| Description(markdown::parse(&text)))
    }

    fn absent() -> Option<Self> {
        Some(Description::default())
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string"})
    }
}

/// The towns' shares of a project, by id.
pub type Shares = BTreeMap<Id, Share>;

/// An amount that is revised from time to time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Revisions(pub Vec<Revision>);

record! {
    /// An amount that holds from a day on.
    pub struct Revision {
        /// The day from which it holds.
        pub from: Period,
        /// The amount.
        pub amount: Money,
        /// Why it was revised.
        pub reason: Option<Text>,
    }
}

impl Revisions {
    /// The amount in force on a day: the latest revision that holds by then.
    pub fn at(&self, day: Date) -> Option<Money> {
        let in_force = self.0.iter().filter(|revision| revision.from.end <= day);
        in_force.max_by_key(|revision| revision.from.end).map(|revision| revision.amount)
    }
}

impl FromYaml for Revisions {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        if matches!(node.value(), Value::Sequence(_)) {
            return node.each(Revision::from_yaml).map(Revisions);
        }
        // An amount that was never revised has always held.
        let amount = Money::from_yaml(node)?;
        Some(Revisions(vec![Revision { amount, ..Revision::default() }]))
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [Money::schema(), {"type": "array", "items": Revision::schema()}]})
    }
}

/// The annual plan, by year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan(pub BTreeMap<i16, Revisions>);

impl FromYaml for Plan {
    fn from_yaml(node: Node<'_>) -> Option<Self> {
        let unit = node.reader().conventions().money_unit;
        if let Some(amount) = node.scalar().filter(|text| Money::parse(text, unit).is_ok()) {
            return node.report(|at| problems::plan_without_year(at, &amount));
        }
        let years = node.entries(|year, amount| match year.parse::<i16>() {
            Ok(year @ 1900..=2999) => Some((year, Revisions::from_yaml(amount)?)),
            _ => amount.report(|at| problems::bad_year(at, year)),
        })?;
        Some(Plan(years.into_iter().collect()))
    }

    fn absent() -> Option<Self> {
        Some(Plan::default())
    }

    fn schema() -> serde_json::Value {
        json!({"type": "object", "additionalProperties": Revisions::schema()})
    }
}

record! {
    /// A unit that takes part in a project.
    pub struct Party {
        /// What it does: designer, builder, supervisor, operator and so on.
        pub role: String,
        /// The unit's name.
        pub name: Text,
    }
}

record! {
    /// Where money comes from.
    pub struct Funding {
        /// The kind of source, such as `special-bond`.
        pub source: String,
        /// Its name.
        pub name: Option<Text>,
        /// How much it is.
        pub amount: Option<Money>,
    }
}

record! {
    /// A fact worth a line.
    pub struct Fact {
        /// What it is about.
        pub label: Text,
        /// What it is.
        pub value: Text,
    }
}

record! {
    /// A person by the post held; the name is left out unless the site wants it.
    pub struct Post {
        /// The post.
        pub post: Text,
        /// The name.
        pub name: Option<Text>,
    }
}

record! {
    /// When a project came into a pool.
    pub struct PoolEntry {
        /// The pool.
        pub pool: Pool,
        /// Since when.
        pub from: Period,
        /// Why, where it moved backwards.
        pub reason: Option<Text>,
    }
}

record! {
    /// When and why a project left the list.
    pub struct Left {
        /// The first day on which it is no longer on the list.
        pub on: Period,
        /// Why.
        pub reason: Text,
    }
}

record! {
    /// When and why work rested.
    pub struct Pause {
        /// The first day of rest.
        pub from: Period,
        /// The last day of rest; still resting if left out.
        pub to: Option<Period>,
        /// Why.
        pub reason: Text,
        /// When the matter is to be looked at again.
        pub review_by: Option<Period>,
    }
}

record! {
    /// Until when and why a project is exempt from lights.
    pub struct Exemption {
        /// The last day.
        pub until: Period,
        /// Why.
        pub reason: Text,
    }
}

record! {
    /// What was done by the end of a period, and since when that is known.
    pub struct Report {
        /// The period at whose end the figures stand.
        pub period: Period,
        /// Completed investment since 1 January of the period's year.
        pub cumulative: Option<Money>,
        /// Completed investment since construction began.
        pub total: Option<Money>,
        /// Physical progress (形象进度).
        pub physical: Option<Share>,
        /// When it became known; the period's end if left out.
        pub reported: Option<Period>,
        /// A remark.
        pub note: Option<Text>,
        /// Why an earlier figure is corrected.
        pub revision: Option<Text>,
    }
}

impl Project {
    /// Whether construction has begun by a day. That of a continuing project has by definition (DOMAIN.md 6.3), and so has that
    /// of one that is completed or produces.
    pub fn has_started_by(&self, day: Date) -> bool {
        let is_by = |event: Option<Period>| event.is_some_and(|event| event.end <= day);
        match self.started {
            Some(started) => started.end <= day,
            None => {
                self.project_type == ProjectType::Continuing
                    || is_by(self.finished)
                    || is_by(self.in_production)
            }
        }
    }

    /// Whether the project is to report on a month that has ended by a day: it was on the list, and under construction. Who has
    /// not started has nothing to report.
    pub fn is_to_report(&self, month_end: Date, day: Date) -> bool {
        self.has_started_by(day)
            && self.started.is_none_or(|started| started.end <= month_end)
            && self.has_joined_by(month_end)
            && self.finished.is_none_or(|finished| finished.end >= month_end.first_of_month())
            && !self.has_left_by(month_end)
    }

    /// The reports that are known on a day, by period; of those on one period, the last known comes last. With each, whether a
    /// later one has taken its place: states anew what was completed, or where it leaves that out, what it states.
    pub fn reports_known_by(&self, day: Date) -> Vec<(&Report, bool)> {
        let mut known: Vec<&Report> =
            self.reports.iter().filter(|report| report.known_on() <= day).collect();
        known.sort_by_key(|report| (report.period.end, report.known_on()));
        let is_superseded = |at: usize| {
            let report = known[at];
            let same = |later: &&&Report| later.period.end == report.period.end;
            let states_anew = |stated: fn(&Report) -> bool| {
                stated(report) && known[at + 1..].iter().take_while(same).any(|later| stated(later))
            };
            match report.cumulative {
                Some(_) => states_anew(|report| report.cumulative.is_some()),
                None => {
                    states_anew(|report| report.total.is_some())
                        || states_anew(|report| report.physical.is_some())
                }
            }
        };
        known.iter().enumerate().map(|(at, report)| (*report, is_superseded(at))).collect()
    }

    /// The rest (停工) that a day falls into. From a month on is from its last day on, as a month stands for it everywhere.
    pub fn pause_on(&self, day: Date) -> Option<&Pause> {
        self.paused.iter().find(|pause| pause.holds_on(day))
    }

    /// Whether it has come onto the list by a day, be it that it has left it since.
    pub fn has_joined_by(&self, day: Date) -> bool {
        self.joined.is_none_or(|joined| joined.end <= day)
    }

    /// Whether it has left the list by a day.
    pub fn has_left_by(&self, day: Date) -> bool {
        self.left.as_ref().is_some_and(|left| left.on.end <= day)
    }
}

impl Pause {
    /// Whether it goes on on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.end <= day && self.to.is_none_or(|to| day <= to.end)
    }

    /// The day by which it should have been looked at again, if it goes on and that day has passed (DOMAIN.md 6.17).
    pub fn review_overdue(&self, day: Date) -> Option<Period> {
        self.review_by.filter(|review| self.holds_on(day) && review.end < day)
    }
}

impl Report {
    /// The day from which the report is known.
    pub fn known_on(&self) -> Date {
        self.reported.unwrap_or(self.period).end
    }
}

record! {
    /// A stage of the work.
    pub struct Milestone {
        /// The stage's name.
        pub name: Text,
        /// When it is planned.
        pub planned: Option<Period>,
        /// When it is expected now.
        pub forecast: Option<Period>,
        /// When it was reached.
        pub actual: Option<Period>,
    }
}

codes! {
    /// How a milestone stands as of a day.
    pub enum MilestoneState {
        /// It was reached in time, or no time was planned.
        Met = "met",
        /// It was reached later than planned.
        Late = "late",
        /// It was not reached, and the planned time has passed.
        Overdue = "overdue",
        /// Its time is yet to come.
        Due = "due",
    }
}

impl Milestone {
    /// How it stands as of a day. What is dated later is a forecast, whatever it is called.
    pub fn state(&self, as_of: Date) -> MilestoneState {
        let passed = |period: Period| period.end < as_of;
        match (self.actual.filter(|actual| actual.end <= as_of), self.planned) {
            (Some(actual), Some(planned)) if actual.start() > planned.end => MilestoneState::Late,
            (Some(_), _) => MilestoneState::Met,
            (None, Some(planned)) if passed(planned) => MilestoneState::Overdue,
            (None, _) => MilestoneState::Due,
        }
    }
}
