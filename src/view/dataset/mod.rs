//! Views of open data: the figures, projects and reports as other programs read them.

pub mod figures;

use super::{Reader, Site, View};
use crate::plan::{Dataset, Route};

/// Makes the view of a file of open data, in the site's first locale.
pub(super) fn view(site: &Site<'_>, route: &Route, dataset: Dataset) -> View {
    let reader = &Reader::new(site, site.model.default_locale());
    match dataset {
        Dataset::Figures => View::Figures(Box::new(figures::of_site(site, reader))),
        Dataset::BulletinFigures(issue) => {
            View::Figures(Box::new(figures::of_issue(site, reader, issue)))
        }
        Dataset::FiguresCsv
        | Dataset::ProjectsCsv
        | Dataset::ProjectsJson
        | Dataset::ReportsCsv
        | Dataset::DataPackage
        | Dataset::Oc4ids => View::Text(route.to_string()),
    }
}
