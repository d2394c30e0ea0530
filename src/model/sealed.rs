//! What sealed issues show and may show no longer: a seal outlives the record that made something internal.

use super::resolve::{Resolver, Sorted};
use super::{Bulletin, News};
use crate::diagnostic::Place;
use crate::diagnostic::problems;
use crate::key_path;
use crate::record::Visibility;
use crate::source::SourcePath;

/// Something that is not public: its record, the field that says so, its page, and its scope if it has figures.
struct Hidden<'a> {
    path: &'a SourcePath,
    field: &'static str,
    page: String,
    scope: Option<String>,
}

impl Resolver<'_> {
    /// Tells of projects and news that are not public, and that sealed issues show.
    pub(super) fn sealed_internal(
        &mut self,
        sorted: &Sorted<'_>,
        bulletins: &[Bulletin],
        news: &[News],
    ) {
        let hidden = hidden(sorted, news);
        if hidden.is_empty() {
            return;
        }
        let mut issues = vec![Vec::new(); hidden.len()];
        for bulletin in bulletins {
            let Some(seal) = &bulletin.seal else { continue };
            let shown = seal.shown();
            for (hidden, issues) in hidden.iter().zip(&mut issues) {
                let is_shown = |name: &&str| {
                    hidden.scope.as_deref() == Some(*name) || is_page(name, &hidden.page)
                };
                if shown.iter().any(is_shown) {
                    issues.push(bulletin.id.as_str());
                }
            }
        }
        for (hidden, issues) in hidden.iter().zip(issues).filter(|(_, issues)| !issues.is_empty()) {
            let place = Place::value(hidden.path, key_path![hidden.field]);
            self.problems.add(problems::sealed_internal(place, &issues.join("、")));
        }
    }
}

/// The projects that are internal, and the news of which nothing is public.
fn hidden<'a>(sorted: &Sorted<'a>, news: &[News]) -> Vec<Hidden<'a>> {
    let internal = |visibility| visibility == Some(Visibility::Internal);
    let projects = sorted.projects.iter().filter(|(.., record)| internal(record.visibility));
    let projects = projects.map(|&(path, id, _)| Hidden {
        path,
        field: "visibility",
        page: format!("projects/{id}/"),
        scope: Some(format!("project:{id}")),
    });
    let items = sorted.news.iter().filter(|(_, slug, record, _)| {
        let is_public = || news.iter().any(|item| item.slug == slug.id);
        (internal(record.visibility) || record.draft) && !is_public()
    });
    let items = items.map(|&(path, slug, record, _)| Hidden {
        path,
        field: if internal(record.visibility) { "visibility" } else { "draft" },
        page: format!("news/{}/", slug.id),
        scope: None,
    });
    projects.chain(items).collect()
}

/// Whether a link leads to a page, in whatever locale and from wherever.
fn is_page(link: &str, page: &str) -> bool {
    link.strip_suffix(page).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
