//! What a record lacks for its figures to be known.

use super::Indicators;
use super::moment::Moment;
use super::state::state;
use crate::diagnostic::{Diagnostics, Place, problems};
use crate::key_path;
use crate::model::{Memo, Model, Project};

/// Whether it is not known of each project what was done since construction began.
pub type Unknowns = Memo<Moment, bool>;

/// Tells of the projects of which it is not known what was done since construction began: they are left out of the total
/// completion rate (DOMAIN.md 6.6).
pub fn review(model: &Model, indicators: &Indicators, unknowns: &mut Unknowns) -> Diagnostics {
    let moment = Moment::new(model.as_of, &model.site.method);
    let is_unknown = |at: usize, project: &Project| {
        let state = state(&project.record, &indicators.frame.ledgers[at], &moment);
        state.listed && state.year_as_of.is_some() && state.ever().is_none()
    };
    let unknown = unknowns.of_each(moment.clone(), &model.projects, is_unknown);
    let unknown = model.projects.iter().zip(unknown).filter(|(_, is_unknown)| *is_unknown);
    let place = |project: &Project| Place::value(&project.path, key_path!["reports"]);
    unknown.map(|(project, _)| problems::total_unknown(place(project))).collect()
}
