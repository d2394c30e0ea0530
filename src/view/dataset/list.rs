//! Long lists of open data, of which only a few entries are in memory at once.

use rayon::prelude::*;

/// How many parts of a list are made before they are taken.
const AT_ONCE: usize = 512;
/// How many of them are made into one buffer.
const TOGETHER: usize = 16;

/// The entries of a list: there may be a million, so they are made as they are taken, and not kept.
pub struct List<'a, T> {
    parts: usize,
    make: Box<Make<'a, T>>,
}

/// Adds the entries of a part.
type Make<'a, T> = dyn Fn(usize, &mut Vec<T>) + Send + Sync + 'a;

impl<'a, T: Send> List<'a, T> {
    /// A list that is made in so many parts, each behind the one before.
    pub(super) fn new(parts: usize, make: impl Fn(usize, &mut Vec<T>) + Send + Sync + 'a) -> Self {
        List { parts, make: Box::new(make) }
    }

    /// All entries, for who looks at them.
    pub(super) fn all(&self) -> Vec<T> {
        self.made(0, self.parts)
    }

    fn made(&self, from: usize, to: usize) -> Vec<T> {
        let mut entries = Vec::new();
        (from..to).for_each(|part| (self.make)(part, &mut entries));
        entries
    }

    /// Hands out the entries in their order, many at once.
    ///
    /// # Errors
    /// The first of whoever takes them; no more are made then.
    pub fn try_for_each<E>(&self, mut take: impl FnMut(&[T]) -> Result<(), E>) -> Result<(), E> {
        for start in (0..self.parts).step_by(AT_ONCE) {
            let end = self.parts.min(start + AT_ONCE);
            let buffers = (start..end).into_par_iter().step_by(TOGETHER);
            let made: Vec<Vec<T>> =
                buffers.map(|from| self.made(from, end.min(from + TOGETHER))).collect();
            made.iter().try_for_each(|entries| take(entries))?;
        }
        Ok(())
    }
}
