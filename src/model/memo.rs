//! What is made of single records, kept from one model of a site to the next.

use std::sync::Arc;

use rayon::prelude::*;

use super::Project;
use crate::record;
use crate::value::Id;

/// What was made of each project's record, and made again only of the records that have changed since.
///
/// It may rest on the record and the terms alone, nothing else of a model.
#[derive(Debug)]
pub struct Memo<Terms, T> {
    terms: Option<Terms>,
    /// By id, like the projects of a model.
    made: Vec<(Id, Arc<record::Project>, T)>,
}

impl<Terms, T> Default for Memo<Terms, T> {
    fn default() -> Self {
        Memo { terms: None, made: Vec::new() }
    }
}

impl<Terms: PartialEq, T: Clone + Send + Sync> Memo<Terms, T> {
    /// What is made of each of a model's projects on some terms, in their order, by its position.
    pub fn of_each(
        &mut self,
        terms: Terms,
        projects: &[Project],
        make: impl Fn(usize, &Project) -> T + Sync,
    ) -> Vec<T> {
        if self.terms.as_ref() != Some(&terms) {
            *self = Memo { terms: Some(terms), made: Vec::new() };
        }
        let kept = |at: usize, project: &Project| {
            let is_same = |(_, record, _): &&(_, _, _)| Arc::ptr_eq(record, &project.record);
            let found = || self.made.binary_search_by(|(id, ..)| id.cmp(&project.id)).ok();
            // Most are where they were.
            let kept = self.made.get(at).filter(is_same);
            kept.or_else(|| self.made.get(found()?).filter(is_same)).map(|(.., made)| made.clone())
        };
        let made: Vec<T> = projects
            .par_iter()
            .enumerate()
            .map(|(at, project)| kept(at, project).unwrap_or_else(|| make(at, project)))
            .collect();
        let keep = |(project, made): (&Project, &T)| {
            (project.id.clone(), Arc::clone(&project.record), made.clone())
        };
        self.made = projects.iter().zip(&made).map(keep).collect();
        made
    }
}
