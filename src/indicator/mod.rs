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
mod printed;
mod ranking;
mod responsibility;
mod review;
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

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

pub use self::award::{AwardMonth, AwardYear, Line, Score, award, award_year};
pub use self::batch::{BatchProject, BatchReport, BatchYear, batch_report, batch_year};
pub use self::change::{Changed, Changes, Corrected, Moved, Revised, changes, moved};
pub use self::events::Credit;
pub use self::figure::{DASH, Figure, Quantity, Value, display_money};
pub use self::honours::{Honour, HonourRule, MIANYANG_2022, Standing, honours};
pub use self::ledger::Ledgers;
pub use self::light::{Colour, Ground, Light, Rule, RuleSet};
pub use self::metric::{Metric, Polarity, Unit};
pub use self::moment::{DueMonth, Moment};
pub use self::pool::{Balance, Location, Move, PoolFlows, Volume, pool_flows};
pub use self::ranking::{Rank, Ranking, Row};
pub use self::responsibility::{Answering, Responsibility, responsibilities};
pub use self::review::{Unknowns, review};
pub use self::scope::Scope;
pub use self::series::{Point, Series};
pub use self::snapshot::Snapshot;
pub use self::state::{Reporting, State};
pub use self::tally::{Counts, Sharing, Sum, Sums, Tally};
pub use self::target::{target, targets};

use self::frame::Frame;
use self::snapshot::Computed;
use crate::model::{AsOf, Model, reading_all};

/// The snapshots of a model, by what they rest on.
#[derive(Debug, Clone)]
pub struct Indicators {
    frame: Arc<Frame>,
    /// Each is computed when it is first asked for: who looks at one issue need not wait for a hundred others. One serves all
    /// days between which no report became known.
    computed: BTreeMap<AsOf, OnceLock<Arc<Computed>>>,
    /// The sealed issues as they were printed, by their position.
    printed: BTreeMap<usize, OnceLock<Snapshot>>,
}

/// Prepares the snapshots for all that figures of a site may rest on: the site's own day, each issue's, each news item's.
pub fn compute(model: &Arc<Model>, ledgers: &mut Ledgers) -> Indicators {
    let issues = model.bulletins.iter().map(crate::model::Bulletin::as_of);
    let news = model.news.iter().filter_map(|news| news.as_of);
    prepare(Frame::new(model, ledgers), issues.chain(news).chain([model.as_of]))
}

/// Prepares the snapshots for some days.
pub fn compute_for(model: &Arc<Model>, as_ofs: impl IntoIterator<Item = AsOf>) -> Indicators {
    prepare(Frame::new(model, &mut Ledgers::default()), as_ofs)
}

fn prepare(frame: Frame, as_ofs: impl IntoIterator<Item = AsOf>) -> Indicators {
    let as_ofs = as_ofs.into_iter().map(|as_of| frame.last_known(as_of));
    let computed = as_ofs.map(|as_of| (as_of, OnceLock::new())).collect();
    let issues = frame.model.bulletins.iter().enumerate();
    let sealed = issues.filter(|(_, issue)| issue.seal.is_some());
    let printed = sealed.map(|(issue, _)| (issue, OnceLock::new())).collect();
    Indicators { frame: Arc::new(frame), computed, printed }
}

impl Indicators {
    /// The snapshot of a day; one that was not prepared for is not kept.
    pub fn at(&self, as_of: AsOf) -> Snapshot {
        let computed = reading_all(|| {
            let known = self.frame.last_known(as_of);
            let compute = || Arc::new(Computed::new(&self.frame, known));
            match self.computed.get(&known) {
                Some(kept) => Arc::clone(kept.get_or_init(compute)),
                None => compute(),
            }
        });
        Snapshot::new(as_of, computed)
    }

    /// An issue, by its position, to compare later ones with: a sealed one as it was printed, another as the records have it.
    pub fn of_issue(&self, issue: usize) -> Snapshot {
        let bulletin = &self.frame.model.bulletins[issue];
        let Some((kept, seal)) = self.printed.get(&issue).zip(bulletin.seal.as_ref()) else {
            return self.at(bulletin.as_of());
        };
        let as_printed = || reading_all(|| self.at(bulletin.as_of()).into_printed(seal));
        kept.get_or_init(as_printed).clone()
    }

    /// The model that they are of.
    pub fn model(&self) -> &Arc<Model> {
        &self.frame.model
    }
}
