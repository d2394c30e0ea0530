//! What all snapshots of a model share: ledgers, members of scopes, rules.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::events::{Credit, credits};
use super::ledger::{Ledger, Ledgers};
use super::light::RuleSet;
use super::scope::Scope;
use crate::model::{AsOf, Model, Project};
use crate::record::{Method, TargetCurve};
use crate::value::Share;

/// What all snapshots of a model share.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) model: Arc<Model>,
    pub(super) ledgers: Vec<Arc<Ledger>>,
    pub(super) rules: RuleSet,
    /// What each event is credited to.
    pub(super) credits: Vec<Credit>,
    /// The projects of each town with their shares, in the order of the model.
    towns: Vec<Vec<(usize, Share)>>,
    categories: Vec<Vec<(usize, Share)>>,
    chains: Vec<Vec<(usize, Share)>>,
    batches: Vec<Vec<(usize, Share)>>,
    all: Vec<(usize, Share)>,
    /// The first year for which a project has a plan.
    pub(super) first_planned_year: Option<i16>,
    /// The days on which a report became known.
    known_on: BTreeSet<Date>,
}

impl Frame {
    pub(super) fn new(model: &Arc<Model>, ledgers: &mut Ledgers) -> Self {
        let (projects, site) = (&model.projects, &model.site);
        let mut towns = vec![Vec::new(); model.towns.len()];
        let mut categories = vec![Vec::new(); site.categories.len()];
        let mut chains = vec![Vec::new(); site.chains.len()];
        for (position, project) in projects.iter().enumerate() {
            for (town, share) in &project.shares {
                towns[*town].push((position, *share));
            }
            categories[project.category].push((position, Share::WHOLE));
            if let Some(chain) = project.chain {
                chains[chain].push((position, Share::WHOLE));
            }
        }
        let members = |batch: &crate::record::Batch| {
            let members = batch.projects.iter().filter_map(|id| model.project(id.as_str()));
            members.map(|position| (position, Share::WHOLE)).collect()
        };
        let ledger = |_: usize, project: &Project| Arc::new(Ledger::new(&project.record));
        let ledgers = ledgers.of_each((), projects, ledger);
        let known_on = ledgers.par_iter().fold(BTreeSet::new, |mut days, ledger| {
            days.extend(ledger.known_on());
            days
        });
        Frame {
            first_planned_year: ledgers
                .iter()
                .filter_map(|ledger| ledger.first_planned_year())
                .min(),
            known_on: known_on.reduce(BTreeSet::new, |days, more| &days | &more),
            ledgers,
            rules: RuleSet::new(&site.method.light),
            credits: credits(model),
            towns,
            categories,
            chains,
            batches: site.batches.iter().map(members).collect(),
            all: (0..projects.len()).map(|position| (position, Share::WHOLE)).collect(),
            model: Arc::clone(model),
        }
    }

    /// The first day on which no less was known of the projects than on the day asked for; the day itself if nothing was.
    pub(super) fn last_known(&self, as_of: AsOf) -> AsOf {
        let last = self.known_on.range(..=as_of.known_by).next_back();
        AsOf { known_by: last.copied().unwrap_or(as_of.known_by), ..as_of }
    }

    pub(super) fn method(&self) -> &Method {
        &self.model.site.method
    }

    /// The projects of a scope with their shares; for one project it is that project.
    pub(super) fn members(&self, scope: Scope) -> &[(usize, Share)] {
        match scope {
            Scope::All => &self.all,
            Scope::Town(at) => &self.towns[at],
            Scope::Category(at) => &self.categories[at],
            Scope::Chain(at) => &self.chains[at],
            Scope::Batch(at) => &self.batches[at],
            Scope::Project(at) => &self.all[at..=at],
        }
    }

    /// A project's own curve, if it has one.
    pub(super) fn own_curve(&self, project: usize) -> Option<&TargetCurve> {
        self.model.projects[project].record.target.as_ref()
    }
}
