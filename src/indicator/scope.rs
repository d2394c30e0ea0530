//! What a figure is about: the whole, a town, a category, a chain, a project or a batch.

use crate::model::Model;
use crate::value::{Id, Text};

/// What a figure is about. Positions are those of the [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole area.
    All,
    /// A town: it counts the projects that it leads, and its share of the money of every project that it has a part in.
    Town(usize),
    /// A category.
    Category(usize),
    /// A chain.
    Chain(usize),
    /// A project.
    Project(usize),
    /// A batch.
    Batch(usize),
}

impl Scope {
    /// Reads `all`, `town:nanshan`, `category:industry` and so on; `None` if the site has nothing of the name.
    pub fn parse(text: &str, model: &Model) -> Option<Self> {
        let (kind, id) = text.split_once([':', '：']).unwrap_or((text, ""));
        let (kind, id) = (kind.trim(), id.trim());
        let site = &model.site;
        match kind {
            "all" | "全部" => id.is_empty().then_some(Scope::All),
            "town" | "镇" => model.town(id).map(Scope::Town),
            "project" | "项目" => model.project(id).map(Scope::Project),
            "category" | "类别" => {
                position(&site.categories, id, |category| &category.id).map(Scope::Category)
            }
            "chain" | "产业链" => {
                position(&site.chains, id, |chain| &chain.id).map(Scope::Chain)
            }
            "batch" | "批次" => position(&site.batches, id, |batch| &batch.id).map(Scope::Batch),
            _ => None,
        }
    }

    /// The scope that a text names by its name instead of its id: `town:南山镇`.
    pub fn by_name(text: &str, model: &Model) -> Option<Self> {
        let (_, name) = text.split_once([':', '：'])?;
        let is_own = |own: &Text| model.locales.iter().any(|locale| own.get(locale) == name.trim());
        Scope::every(model).find(|scope| scope.name(model).is_some_and(is_own))
    }

    fn name(self, model: &Model) -> Option<&Text> {
        let site = &model.site;
        Some(match self {
            Scope::All => return None,
            Scope::Town(at) => &model.towns[at].record.name,
            Scope::Category(at) => &site.categories[at].name,
            Scope::Chain(at) => &site.chains[at].name,
            Scope::Project(at) => &model.projects[at].record.name,
            Scope::Batch(at) => &site.batches[at].name,
        })
    }

    /// The internal project that a text names as a scope, if it names one.
    pub fn internal_project<'a>(text: &str, model: &'a Model) -> Option<&'a Id> {
        let (kind, id) = text.split_once([':', '：'])?;
        let is_project = matches!(kind.trim(), "project" | "项目");
        model.internal_projects.iter().find(|internal| is_project && internal.as_str() == id.trim())
    }

    /// The scope as it is written in data: `all`, `town:nanshan`.
    pub fn id(self, model: &Model) -> String {
        let site = &model.site;
        let (kind, id) = match self {
            Scope::All => return "all".into(),
            Scope::Town(at) => ("town", &model.towns[at].record.id),
            Scope::Category(at) => ("category", &site.categories[at].id),
            Scope::Chain(at) => ("chain", &site.chains[at].id),
            Scope::Project(at) => ("project", &model.projects[at].id),
            Scope::Batch(at) => ("batch", &site.batches[at].id),
        };
        format!("{kind}:{id}")
    }

    /// All scopes of a site in the order of the model; projects last.
    pub fn every(model: &Model) -> impl Iterator<Item = Scope> {
        let site = &model.site;
        std::iter::once(Scope::All)
            .chain((0..model.towns.len()).map(Scope::Town))
            .chain((0..site.categories.len()).map(Scope::Category))
            .chain((0..site.chains.len()).map(Scope::Chain))
            .chain((0..site.batches.len()).map(Scope::Batch))
            .chain((0..model.projects.len()).map(Scope::Project))
    }
}

fn position<T>(of: &[T], id: &str, id_of: impl Fn(&T) -> &Id) -> Option<usize> {
    of.iter().position(|each| id_of(each).as_str() == id)
}
