//! What sealed issues show and may show no longer: a seal outlives the record that made something internal.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::resolve::{Resolver, Sorted};
use super::{Bulletin, News};
use crate::diagnostic::Place;
use crate::diagnostic::problems;
use crate::key_path;
use crate::record::Visibility;
use crate::source::SourcePath;
use crate::value::Locale;

/// Something that is not public: its record, the field that says so, its page, and its scope if it has figures.
struct Hidden<'a> {
    path: &'a SourcePath,
    field: &'static str,
    page: String,
    scope: Option<String>,
}

impl Hidden<'_> {
    /// What a seal shows it by: its scope, and its page in each locale.
    fn names(&self, locales: &[Locale]) -> impl Iterator<Item = Cow<'_, str>> {
        let plain = self.scope.iter().chain([&self.page]).map(|name| Cow::Borrowed(&**name));
        plain.chain(locales.iter().map(|locale| format!("{locale}/{}", self.page).into()))
    }
}

impl Resolver<'_> {
    /// Tells of projects and news that are not public, and that sealed issues show.
    pub(super) fn sealed_internal(
        &mut self,
        sorted: &Sorted<'_>,
        locales: &[Locale],
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
            // Links within the site lead up to its root first.
            let shown: BTreeSet<&str> =
                seal.shown().into_iter().map(|name| name.trim_start_matches("../")).collect();
            for (hidden, issues) in hidden.iter().zip(&mut issues) {
                if hidden.names(locales).any(|name| shown.contains(&*name)) {
                    issues.push(bulletin.id.as_str());
                }
            }
        }
        for (hidden, issues) in hidden.iter().zip(issues).filter(|(_, issues)| !issues.is_empty()) {
            let place = Place::value(hidden.path, key_path![hidden.field]);
            self.problems.add(problems::sealed_internal(place, &issues));
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
