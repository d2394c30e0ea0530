//! The view of the pools (四库): what is in each, what moved, what was converted.

use jiff::civil::Date;
use serde::Serialize;

use super::charts::{self, ChartView};
use super::figure::{self, FigureView};
use super::project::amount;
use super::{Day, Link, Reader, Site, chrome, project};
use crate::indicator::{Balance, Metric, Move, Scope, Volume, pool_flows};
use crate::model::AsOf;
use crate::plan::Page;
use crate::record::Pool;

/// The page of the pools.
#[derive(Debug, Clone, Serialize)]
pub struct PoolsPage {
    /// Whether any project says which pool it is in.
    pub recorded: bool,
    /// The number and amount of each pool.
    pub figures: Vec<FigureView>,
    /// The pools as a funnel.
    pub chart: ChartView,
    /// The day of the opening stock, the last of the year before: what moves on 1 January moves in the year.
    pub since: Day,
    /// The balance of each pool since that day.
    pub balances: Vec<BalanceView>,
    /// How much of each pool moved on to the next.
    pub conversions: Vec<ConversionView>,
    /// Every movement, newest first.
    pub moves: Vec<MoveView>,
}

/// The balance of a pool: opening + in − out (± revisions) = closing.
#[derive(Debug, Clone, Serialize)]
pub struct BalanceView {
    /// The pool's code.
    pub pool: &'static str,
    /// On the first day.
    pub opening: VolumeView,
    /// What came in.
    pub entered: VolumeView,
    /// What went out.
    pub left: VolumeView,
    /// By how much total investments were revised.
    pub revalued: String,
    /// On the last day.
    pub closing: VolumeView,
}

/// A number of projects and their total investment.
#[derive(Debug, Clone, Serialize)]
pub struct VolumeView {
    /// How many.
    pub projects: String,
    /// How much.
    pub amount: String,
}

/// How much of a pool moved on to another.
#[derive(Debug, Clone, Serialize)]
pub struct ConversionView {
    /// From which pool.
    pub from: &'static str,
    /// To which.
    pub to: &'static str,
    /// How many projects.
    pub projects: String,
    /// Of those that the pool had, in percent; `—` if it had none.
    pub rate: String,
}

/// A project that moved.
#[derive(Debug, Clone, Serialize)]
pub struct MoveView {
    /// The project.
    pub project: Link,
    /// When.
    pub on: Day,
    /// The pool's code; empty where it was in none.
    pub from: &'static str,
    /// The pool's code; empty where it is in none.
    pub to: &'static str,
    /// Whether it moved back.
    pub backward: bool,
    /// Why.
    pub reason: String,
}

/// The page of the pools: the movements of the year.
pub(super) fn page(site: &Site<'_>, reader: &Reader<'_>) -> PoolsPage {
    let snapshot = &site.indicators.at(site.model.as_of);
    let opening = last_of_year_before(site.model.as_of.data);
    let before = &site.indicators.at(AsOf { data: opening, ..site.model.as_of });
    let flows = pool_flows(before, snapshot, Scope::All);
    let metrics = Pool::ALL.iter().flat_map(|&pool| [Metric::Pool(pool), Metric::PoolAmount(pool)]);
    let balances = Pool::ALL.iter().zip(&flows.balances);
    let conversions = Pool::ALL.windows(2).map(|pair| ConversionView {
        from: pair[0].code(),
        to: pair[1].code(),
        projects: flows.transition(Some(pair[0]), Some(pair[1])).projects.to_string(),
        rate: project::rate(site, flows.conversion(pair[0], pair[1])),
    });
    PoolsPage {
        recorded: site.model.has_pools(),
        figures: metrics
            .map(|metric| figure::of(site, reader, snapshot, metric, Scope::All))
            .collect(),
        chart: charts::funnel(
            site,
            reader,
            snapshot,
            Scope::All,
            &reader.text(&site.model.site.area),
        ),
        since: reader.day(opening),
        balances: balances
            .map(|(pool, balance)| balance_view(site, reader, *pool, balance))
            .collect(),
        conversions: conversions.collect(),
        moves: flows.moves.iter().rev().map(|moved| move_view(site, reader, moved)).collect(),
    }
}

fn last_of_year_before(day: Date) -> Date {
    day.first_of_year().yesterday().unwrap_or(Date::MIN)
}

fn balance_view(
    site: &Site<'_>,
    reader: &Reader<'_>,
    pool: Pool,
    balance: &Balance,
) -> BalanceView {
    let volume = |volume: Volume| VolumeView {
        projects: volume.projects.to_string(),
        amount: amount(site, reader, volume.known_amount()),
    };
    BalanceView {
        pool: pool.code(),
        opening: volume(balance.opening),
        entered: volume(balance.entered),
        left: volume(balance.left),
        revalued: amount(site, reader, Some(balance.revalued)),
        closing: volume(balance.closing),
    }
}

fn move_view(site: &Site<'_>, reader: &Reader<'_>, moved: &Move) -> MoveView {
    MoveView {
        project: chrome::link(site, reader, Page::Project(moved.project)),
        on: reader.day(moved.on),
        from: moved.from.map_or("", Pool::code),
        to: moved.to.map_or("", Pool::code),
        backward: moved.is_backward,
        reason: reader.optional(moved.reason.as_ref()),
    }
}
