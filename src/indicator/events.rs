//! Events (四新一盘活) of a scope: talks, signings, starts, completions, revivals. They are counted, not their projects.

use jiff::civil::Date;

use super::figure::Value;
use super::frame::Frame;
use super::moment::Moment;
use super::scope::Scope;
use crate::diagnostic::Phrase;
use crate::model::Model;
use crate::record::{Event, EventKind};
use crate::value::Money;

/// The town that an event is credited to: the one it names, else the one that leads its project.
pub fn town_of(event: &Event, model: &Model) -> Option<usize> {
    match &event.town {
        Some(town) => model.town(town.as_str()),
        None => project_of(event, model).map(|project| model.projects[project].town),
    }
}

/// The chain that an event is credited to: the one it names, else that of its project.
pub fn chain_of(event: &Event, model: &Model) -> Option<usize> {
    match &event.chain {
        Some(chain) => model.site.chains.iter().position(|known| known.id == *chain),
        None => project_of(event, model).and_then(|project| model.projects[project].chain),
    }
}

/// The project that an event is about.
pub fn project_of(event: &Event, model: &Model) -> Option<usize> {
    model.project(event.project.as_ref()?.as_str())
}

/// The positions in [`crate::record::Site::events`] of a scope's events of the year up to a day.
pub(super) fn events(frame: &Frame, scope: Scope, until: Date) -> impl Iterator<Item = usize> {
    let model = &frame.model;
    let is_counted = move |event: &Event| {
        let day = event.on.end;
        day.year() == until.year() && day <= until && belongs(event, scope, frame)
    };
    let events = model.site.events.iter().enumerate();
    events.filter(move |(_, event)| is_counted(event)).map(|(position, _)| position)
}

fn belongs(event: &Event, scope: Scope, frame: &Frame) -> bool {
    let model = &frame.model;
    let project = || project_of(event, model);
    match scope {
        Scope::All => true,
        Scope::Town(town) => town_of(event, model) == Some(town),
        Scope::Chain(chain) => chain_of(event, model) == Some(chain),
        Scope::Project(at) => project() == Some(at),
        Scope::Category(_) | Scope::Batch(_) => project().is_some_and(|project| {
            frame.members(scope).iter().any(|(member, _)| *member == project)
        }),
    }
}

/// The number of events of a kind, or their amount (DOMAIN.md 6.12).
pub(super) fn value(
    frame: &Frame,
    moment: &Moment,
    kind: EventKind,
    scope: Scope,
    is_amount: bool,
) -> Value {
    let all = &frame.model.site.events;
    let of_kind: Vec<&Event> = events(frame, scope, moment.as_of.data)
        .map(|position| &all[position])
        .filter(|event| event.kind == kind)
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
