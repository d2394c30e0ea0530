//! What a record lacks for its figures to be known.

use super::Indicators;
use crate::diagnostic::{Diagnostics, Place, problems};
use crate::key_path;
use crate::model::Model;

/// Tells of the projects of which it is not known what was done since construction began: they are left out of the total
/// completion rate (DOMAIN.md 6.6).
pub fn review(model: &Model, indicators: &Indicators) -> Diagnostics {
    let snapshot = indicators.at(model.as_of);
    let is_unknown = |at: &usize| {
        let state = snapshot.state(*at);
        state.listed && state.year_as_of.is_some() && state.ever().is_none()
    };
    let unknown = (0..model.projects.len()).filter(is_unknown);
    let place = |at: usize| Place::value(&model.projects[at].path, key_path!["reports"]);
    unknown.map(|at| problems::total_unknown(place(at))).collect()
}
