//! What an issue printed, read back from its seal: an issue is compared with as its readers have it, not as the records
//! have become since.

use std::collections::BTreeMap;

use serde_json::Value;

use super::amount::Amount;
use super::light::Colour;
use super::metric::Metric;
use super::ranking::Rank;
use super::scope::Scope;
use super::state::State;
use crate::model::Model;
use crate::record::Seal;
use crate::value::{Decimal, Money, Rate};

/// The figures of a sealed issue that later ones are told against.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Printed {
    /// The annual completion rates of all scopes but single projects; none where the issue printed a dash.
    annual: BTreeMap<Scope, Option<Rate>>,
    /// The amounts of projects in yuan; none where the issue printed a dash.
    amounts: BTreeMap<(usize, Metric), Amount>,
    /// The lights of towns and projects.
    lights: BTreeMap<Scope, Colour>,
    /// The ranks of towns; those without a rank are left out.
    ranks: BTreeMap<(Metric, usize), Rank>,
    /// The metrics that towns were ranked by.
    ranked: Vec<Metric>,
}

/// The amounts of a project that an issue prints.
const AMOUNTS: [Metric; 4] = [Metric::TotalPlanned, Metric::Plan, Metric::Year, Metric::Ever];

impl Printed {
    /// Reads the figures of a seal; none if it holds none. What the site no longer has is passed over.
    pub(super) fn read(seal: &Seal, model: &Model) -> Option<Self> {
        let data = seal.data()?;
        let mut printed = Printed::default();
        for entry in list(&data["figures"]) {
            printed.add_figure(entry, model);
        }
        for entry in list(&data["lights"]) {
            if let (Some(scope), Some(colour)) = (scope(entry, model), colour(&entry["light"])) {
                printed.lights.insert(scope, colour);
            }
        }
        for entry in list(&data["rankings"]) {
            printed.add_ranking(entry, model);
        }
        Some(printed)
    }

    fn add_figure(&mut self, entry: &Value, model: &Model) {
        let (Some(metric), Some(scope)) = (metric(entry), scope(entry, model)) else { return };
        match scope {
            Scope::Project(project) if AMOUNTS.contains(&metric) => {
                let yuan = entry["numerator"].as_str().and_then(|text| text.parse().ok());
                self.amounts.insert((project, metric), yuan.map(Money::from_yuan).into());
            }
            Scope::Project(_) => {}
            scope if metric == Metric::Annual => {
                let part = |key: &str| exact(entry[key].as_str()?);
                let whole = part("denominator").filter(|whole| *whole != Rate::default());
                let rate = part("numerator").zip(whole).map(|(part, whole)| part / whole);
                self.annual.insert(scope, rate);
            }
            _ => {}
        }
    }

    fn add_ranking(&mut self, entry: &Value, model: &Model) {
        let Some(metric) = metric(entry) else { return };
        let ranks = list(&entry["rows"]).filter_map(|row| {
            let rank = u32::try_from(row["rank"].as_u64()?).ok()?;
            match scope(row, model)? {
                Scope::Town(town) => Some((town, rank)),
                _ => None,
            }
        });
        let ranks: Vec<(usize, u32)> = ranks.collect();
        let of = list(&entry["rows"]).filter(|row| row["rank"].is_u64()).count();
        self.ranks
            .extend(ranks.iter().map(|(town, rank)| ((metric, *town), Rank { rank: *rank, of })));
        self.ranked.push(metric);
    }

    /// The annual completion rate that was printed of a scope; none where it was a dash or the scope was not yet there.
    pub(super) fn annual(&self, scope: Scope) -> Option<Rate> {
        self.annual.get(&scope).copied().flatten()
    }

    /// The light that was printed of a town or project.
    pub(super) fn light(&self, scope: Scope) -> Option<Colour> {
        self.lights.get(&scope).copied()
    }

    /// The rank that was printed of a town, if towns were ranked by the metric at all.
    pub(super) fn rank(&self, metric: Metric, town: usize) -> Option<Option<Rank>> {
        let rank = || self.ranks.get(&(metric, town)).copied();
        self.ranked.contains(&metric).then(rank)
    }

    /// Puts the amounts that were printed of a project in the place of those on record now.
    ///
    /// A project of which nothing was printed was not on the list of the issue.
    pub(super) fn put_into(&self, project: usize, state: &mut State) {
        let printed = |metric| self.amounts.get(&(project, metric)).copied();
        let [total, plan, year, ever] = AMOUNTS.map(printed);
        state.listed &= total.is_some();
        state.total = total.unwrap_or(state.total);
        state.plan = plan.unwrap_or(state.plan);
        state.year = year.unwrap_or(state.year);
        state.ever = ever.unwrap_or(state.ever);
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn metric(entry: &Value) -> Option<Metric> {
    Metric::parse(entry["metric"].as_str()?)
}

fn scope(entry: &Value, model: &Model) -> Option<Scope> {
    Scope::parse(entry["scope"].as_str()?, model)
}

fn colour(code: &Value) -> Option<Colour> {
    Colour::ALL.into_iter().find(|colour| Some(colour.code()) == code.as_str())
}

/// A decimal text as the number that it is.
fn exact(text: &str) -> Option<Rate> {
    let (number, rest) = Decimal::read_prefix(text).ok()?;
    rest.is_empty().then(|| Rate::new(number.digits, 10_i128.pow(number.scale)))
}
