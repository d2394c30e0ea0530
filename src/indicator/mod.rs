//! What the facts amount to, as of a day: every figure, light, list and curve, exactly.
//!
//! A figure rests on data up to a day as known on a day, [`AsOf`]; a [`Snapshot`] is all that can be said of one such pair.
//! It holds the [`State`] of each project and the [`Tally`] of each [`Scope`], and gives each [`Metric`] of each scope as a
//! [`Figure`]. Sums are whole numbers and exact money, rates are fractions; nothing is rounded before it is displayed, and
//! what cannot be had is no zero but says why.

mod amount;
mod assessment;
mod award;
mod batch;
mod change;
mod events;
mod figure;
mod frame;
mod honours;
mod ledger;
mod light;
mod metric;
mod moment;
mod pool;
mod ranking;
mod scope;
mod series;
mod snapshot;
mod state;
mod tally;
mod target;
mod values;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

pub use self::award::{AwardMonth, AwardYear, Line, Score, award, award_year};
pub use self::batch::{BatchProject, BatchReport, BatchYear, batch_report, batch_year};
pub use self::change::{Changed, Changes, Moved, Revised, changes, moved};
pub use self::events::{Credit, credits};
pub use self::figure::{DASH, Figure, Quantity, Value, display_money};
pub use self::honours::{Honour, HonourRule, MIANYANG_2022, Standing, honours};
pub use self::light::{Colour, Ground, Light, Rule, RuleSet};
pub use self::metric::{Metric, Polarity, Unit};
pub use self::moment::{DueMonth, Moment};
pub use self::pool::{Balance, Location, Move, PoolFlows, Volume, pool_flows};
pub use self::ranking::{Rank, Ranking, Row};
pub use self::scope::Scope;
pub use self::series::{Point, Series};
pub use self::snapshot::Snapshot;
pub use self::state::{Reporting, State};
pub use self::tally::{Counts, Sum, Sums, Tally};
pub use self::target::{target, targets};

use self::frame::Frame;
use crate::model::{AsOf, Model};

/// The snapshots of a model, by what they rest on.
#[derive(Debug, Clone)]
pub struct Indicators {
    frame: Arc<Frame>,
    snapshots: Vec<(AsOf, Snapshot)>,
}

/// Computes the snapshots for all that figures of a site may rest on: the site's own day, each issue's, each news item's.
pub fn compute(model: &Arc<Model>) -> Indicators {
    let issues = model.bulletins.iter().map(crate::model::Bulletin::as_of);
    let news = model.news.iter().filter_map(|news| news.as_of);
    compute_for(model, issues.chain(news).chain([model.as_of]))
}

/// Computes the snapshots for some days.
pub fn compute_for(model: &Arc<Model>, as_ofs: impl IntoIterator<Item = AsOf>) -> Indicators {
    let frame = Arc::new(Frame::new(model));
    let as_ofs: Vec<AsOf> = as_ofs.into_iter().collect::<BTreeSet<AsOf>>().into_iter().collect();
    let snapshots = as_ofs.par_iter().map(|as_of| (*as_of, Snapshot::new(&frame, *as_of)));
    Indicators { snapshots: snapshots.collect(), frame }
}

impl Indicators {
    /// The snapshot of a day; one that was not asked for at first is computed now.
    pub fn at(&self, as_of: AsOf) -> std::borrow::Cow<'_, Snapshot> {
        match self.snapshots.binary_search_by_key(&as_of, |(at, _)| *at) {
            Ok(position) => std::borrow::Cow::Borrowed(&self.snapshots[position].1),
            Err(_) => std::borrow::Cow::Owned(Snapshot::new(&self.frame, as_of)),
        }
    }

    /// The model that they are of.
    pub fn model(&self) -> &Arc<Model> {
        &self.frame.model
    }
}
