//! Events (四新一盘活) of a scope: talks, signings, starts, completions, revivals. They are counted, not their projects.

use std::collections::BTreeMap;

use super::figure::Value;
use super::frame::Frame;
use super::moment::Moment;
use super::scope::Scope;
use crate::diagnostic::Phrase;
use crate::model::Model;
use crate::record::{Event, EventKind};
use crate::value::Money;

/// What an event is credited to: positions in the [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// The town it names, else the one that leads its project.
    pub town: Option<usize>,
    /// The chain it names, else that of its project.
    pub chain: Option<usize>,
    /// The project it is about.
    pub project: Option<usize>,
}

/// What each event of [`crate::record::Site::events`] is credited to.
pub(super) fn credits(model: &Model) -> Vec<Credit> {
    let towns = model.towns.iter().enumerate();
    let towns: BTreeMap<&str, usize> =
        towns.map(|(position, town)| (town.record.id.as_str(), position)).collect();
    let chain_of = |id: &str| model.site.chains.iter().position(|chain| chain.id.as_str() == id);
    let credit = |event: &Event| {
        let project = event.project.as_ref().and_then(|id| model.project(id.as_str()));
        let town = match &event.town {
            Some(town) => towns.get(town.as_str()).copied(),
            None => project.map(|project| model.projects[project].town),
        };
        let chain = match &event.chain {
            Some(chain) => chain_of(chain.as_str()),
            None => project.and_then(|project| model.projects[project].chain),
        };
        Credit { town, chain, project }
    };
    model.site.events.iter().map(credit).collect()
}

/// The number of events of a kind in the year up to a day, or their amount (DOMAIN.md 6.12).
pub(super) fn value(
    frame: &Frame,
    moment: &Moment,
    kind: EventKind,
    scope: Scope,
    is_amount: bool,
) -> Value {
    let until = moment.as_of.data;
    let is_counted = |event: &Event| {
        let day = event.on.end;
        event.kind == kind && day.year() == until.year() && day <= until
    };
    let events = frame.model.site.events.iter().zip(&frame.credits);
    let of_kind: Vec<&Event> = events
        .filter(|(event, credit)| is_counted(event) && belongs(credit, scope, frame))
        .map(|(event, _)| event)
        .collect();
    if !is_amount {
        return Value::Count(of_kind.len() as u64);
    }
    let amounts: Vec<Money> = of_kind.iter().filter_map(|event| event.amount).collect();
    if amounts.is_empty() && !of_kind.is_empty() {
        return Value::Unavailable(Phrase::new("金额未填报", "no amount is on record"));
    }
    Value::Money(amounts.into_iter().sum())
}

fn belongs(credit: &Credit, scope: Scope, frame: &Frame) -> bool {
    match scope {
        Scope::All => true,
        Scope::Town(town) => credit.town == Some(town),
        Scope::Chain(chain) => credit.chain == Some(chain),
        Scope::Project(project) => credit.project == Some(project),
        Scope::Category(_) | Scope::Batch(_) => credit.project.is_some_and(|project| {
            frame.members(scope).iter().any(|(member, _)| *member == project)
        }),
    }
}
