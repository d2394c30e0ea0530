//! Long lists of open data, of which only a few entries are in memory at once.

use rayon::prelude::*;

/// How many parts of a list are made before they are taken.
const AT_ONCE: usize = 512;

/// The entries of a list: there may be a million, so they are made as they are taken, and not kept.
pub struct List<'a, T> {
    parts: usize,
    make: Box<dyn Fn(usize) -> Vec<T> + Send + Sync + 'a>,
}

impl<'a, T: Send> List<'a, T> {
    /// A list that is made in so many parts.
    pub(super) fn new(parts: usize, make: impl Fn(usize) -> Vec<T> + Send + Sync + 'a) -> Self {
        List { parts, make: Box::new(make) }
    }

    /// The same list of something made of each entry.
    pub(super) fn map<U>(self, each: impl Fn(T) -> U + Send + Sync + 'a) -> List<'a, U>
    where
        T: 'a,
    {
        let List { parts, make } = self;
        let make = move |part| make(part).into_iter().map(&each).collect();
        List { parts, make: Box::new(make) }
    }

    /// All entries, for who looks at them.
    pub(super) fn all(&self) -> Vec<T> {
        (0..self.parts).flat_map(&self.make).collect()
    }

    /// Hands out the entries in their order.
    ///
    /// # Errors
    /// The first of whoever takes them; no more are made then.
    pub fn try_for_each<E>(&self, mut take: impl FnMut(T) -> Result<(), E>) -> Result<(), E> {
        for start in (0..self.parts).step_by(AT_ONCE) {
            let parts = (start..self.parts.min(start + AT_ONCE)).into_par_iter();
            let made: Vec<Vec<T>> = parts.map(&self.make).collect();
            made.into_iter().flatten().try_for_each(&mut take)?;
        }
        Ok(())
    }
}
