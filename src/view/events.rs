//! Views of events (四新一盘活): how many of each kind, by town and by chain, and the events themselves.

use serde::Serialize;

use super::chrome::{self, Link};
use super::figure::{self, FigureView};
use super::project::{amount, town_link};
use super::{Day, Name, Reader, Site};
use crate::indicator::{Credit, Metric, Scope, Snapshot};
use crate::plan::Page;
use crate::record::EventKind;

/// The events of a scope in the year.
#[derive(Debug, Clone, Serialize)]
pub struct EventsView {
    /// How many there are of each kind.
    pub counts: Vec<EventCount>,
    /// The events, newest first.
    pub events: Vec<EventView>,
}

/// How many events of a kind there are.
#[derive(Debug, Clone, Serialize)]
pub struct EventCount {
    /// The kind.
    pub kind: &'static str,
    /// How many.
    pub count: FigureView,
    /// What they amount to, as it is printed.
    pub amount: String,
}

/// An event.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Its id.
    pub id: String,
    /// What happened.
    pub kind: &'static str,
    /// The day.
    pub on: Day,
    /// What it was about.
    pub title: Option<Name>,
    /// The project it was about.
    pub project: Option<Link>,
    /// The town it is credited to.
    pub town: Option<Link>,
    /// The chain it is credited to.
    pub chain: Option<Link>,
    /// What was agreed or built.
    pub amount: String,
}

/// The counts of the whole, and of its towns or chains.
#[derive(Debug, Clone, Serialize)]
pub struct EventTable {
    /// `town` or `chain`
    pub by: &'static str,
    /// The towns or chains, in official order.
    pub rows: Vec<EventRow>,
    /// The whole; more than the sum of the rows where an event names no town or chain.
    pub whole: Vec<EventCount>,
}

/// The counts of a town or chain.
#[derive(Debug, Clone, Serialize)]
pub struct EventRow {
    /// The town or chain.
    pub link: Link,
    /// How many there are of each kind.
    pub counts: Vec<EventCount>,
}

/// The events of a scope in the year of a snapshot, up to its day; none if there are none.
pub(super) fn of(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    scope: Scope,
) -> Option<EventsView> {
    let until = snapshot.as_of().data;
    let credits = snapshot.credits();
    let of_scope = |credit: &Credit| match scope {
        Scope::Town(town) => credit.town == Some(town),
        Scope::Chain(chain) => credit.chain == Some(chain),
        _ => false,
    };
    let mut positions: Vec<usize> = (0..credits.len())
        .filter(|&event| {
            let day = site.model.site.events[event].on.end;
            of_scope(&credits[event]) && day <= until && day.year() == until.year()
        })
        .collect();
    positions.sort_by_key(|&event| std::cmp::Reverse(site.model.site.events[event].on.end));
    let events = positions.iter().map(|&event| view(site, reader, event, &credits[event]));
    (!positions.is_empty()).then(|| EventsView {
        counts: counts(site, reader, snapshot, scope),
        events: events.collect(),
    })
}

/// The counts by town, and by chain; none where the site has no events.
pub(super) fn tables(site: &Site<'_>, reader: &Reader<'_>, snapshot: &Snapshot) -> Vec<EventTable> {
    let model = site.model;
    let row = |link, scope| EventRow { link, counts: counts(site, reader, snapshot, scope) };
    let towns = (0..model.towns.len())
        .map(|town| row(town_link(site, reader, town), Scope::Town(town)))
        .collect();
    let chains = (0..model.site.chains.len())
        .map(|chain| row(chrome::link(site, reader, Page::Chain(chain)), Scope::Chain(chain)))
        .collect();
    let whole = || counts(site, reader, snapshot, Scope::All);
    let tables: [(&'static str, Vec<EventRow>); 2] = [("town", towns), ("chain", chains)];
    let tables =
        tables.into_iter().filter(|(_, rows)| !model.site.events.is_empty() && !rows.is_empty());
    tables.map(|(by, rows)| EventTable { by, rows, whole: whole() }).collect()
}

fn counts(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    scope: Scope,
) -> Vec<EventCount> {
    let count = |kind: &EventKind| EventCount {
        kind: kind.code(),
        count: figure::of(site, reader, snapshot, Metric::Events(*kind), scope),
        amount: figure::of(site, reader, snapshot, Metric::EventsAmount(*kind), scope).display,
    };
    EventKind::ALL.iter().map(count).collect()
}

fn view(site: &Site<'_>, reader: &Reader<'_>, position: usize, credit: &Credit) -> EventView {
    let event = &site.model.site.events[position];
    EventView {
        id: event.id.to_string(),
        kind: event.kind.code(),
        on: reader.period(event.on),
        title: event.title.as_ref().map(|title| reader.name(title)),
        project: credit.project.map(|at| chrome::link(site, reader, Page::Project(at))),
        town: credit.town.map(|town| town_link(site, reader, town)),
        chain: credit.chain.map(|at| chrome::link(site, reader, Page::Chain(at))),
        amount: amount(site, reader, event.amount),
    }
}
