//! What the views of single records rest on, so that a build can leave alone what would come out the same.
//!
//! A hash of the view would need no such knowledge. But views and the charts in them take a fifth of a build, and all would be made
//! to be hashed: that was measured, and made each build a tenth slower. So what they read is told here by hand. In debug builds, and
//! so in all tests, the model panics when a view reads another record ([`reading`](crate::model::reading)).

use super::Site;
use crate::model::{Model, Project};
use crate::plan::{Chart, Output, Page, news_on};
use crate::source::SourcePath;

/// What every view may read that is in no single file: what surrounds pages, and the day that figures are as of.
pub fn surroundings(site: &Site<'_>) -> String {
    let shared = site.shared.0.values();
    // Plain data with text keys can be written.
    let shared = shared.map(|shared| serde_json::to_string(&shared.site).unwrap_or_default());
    format!("{:?}\n{}\n", site.model.as_of, shared.collect::<Vec<_>>().join("\n"))
}

/// The positions of the projects and news items that the view of a file reads; none if it may read any.
pub(super) fn read_by(model: &Model, output: &Output) -> Option<(Vec<usize>, Vec<usize>)> {
    match *output {
        Output::Chart(Chart::ProjectCurve(project)) => Some((vec![project], vec![])),
        Output::Page(Page::Project(project), _) => {
            let Project { record, news, .. } = &model.projects[project];
            let is_own = record.description.0.figures().next().is_none();
            is_own.then(|| (vec![project], news.clone()))
        }
        Output::Page(Page::News(item), _) => {
            let news = &model.news[item];
            let mut texts = news.in_all_locales().map(|written| &written.body.markdown);
            let is_own =
                news.correction_of.is_none() && texts.all(|text| text.figures().next().is_none());
            let continued = news.in_all_locales().map(|written| model.continued(written.record));
            let linked = model.neighbours(item).into_iter().chain(continued).flatten();
            let items = std::iter::once(item).chain(linked).collect();
            is_own.then(|| (news.projects.clone(), items))
        }
        Output::Page(Page::NewsList(number), _) => Some((vec![], news_on(model, number).to_vec())),
        _ => None,
    }
}

/// The files of those projects and news items.
pub fn records<'a>(model: &'a Model, output: &Output) -> Option<Vec<&'a SourcePath>> {
    let (projects, items) = read_by(model, output)?;
    let items = items.into_iter().flat_map(|item| model.news[item].in_all_locales());
    let projects = projects.into_iter().map(|project| &model.projects[project].path);
    Some(projects.chain(items.map(|written| written.path)).collect())
}
