//! Views of open data: the figures, projects and reports as other programs read them.

pub mod figures;
mod figures_table;
mod json;
mod list;
mod oc4ids;
mod package;
mod projects;
mod reports;
mod table;

pub use self::json::Json;
pub use self::list::List;
pub use self::table::Table;
use super::{Reader, Site, View};
use crate::plan::Dataset;

/// Makes the view of a file of open data, in the site's first locale.
pub(super) fn view<'a>(site: Site<'a>, dataset: Dataset) -> View<'a> {
    let reader = Reader::new(&site, site.model.default_locale());
    match dataset {
        Dataset::Figures => View::Json(figures::of_site(site, reader)),
        Dataset::BulletinFigures(issue) => View::Json(figures::of_issue(site, reader, issue)),
        Dataset::FiguresCsv => View::Table(figures_table::file(site, reader)),
        Dataset::ProjectsCsv => View::Table(projects::table(site, reader)),
        Dataset::ProjectsJson => View::Json(projects::file(site, reader)),
        Dataset::ReportsCsv => View::Table(reports::table(site, reader)),
        Dataset::DataPackage => View::Json(Json::new(package::file(&site, &reader))),
        Dataset::Oc4ids => View::Json(oc4ids::file(site, reader)),
    }
}
