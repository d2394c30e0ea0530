//! The records of projects and news items. A view of single ones may only read those that it tells of.
//!
//! What the views of single records read is told by hand, so that a build can leave alone what has not changed. In debug builds,
//! and so in all tests, a view that reads another record, or a figure of several, panics. What a view reads from lists of
//! positions, such as [`Town::projects`](super::Town::projects), is not seen unless it looks the record up.

use std::cell::RefCell;
use std::ops::{Deref, Index};

use super::Model;

/// Records, by position.
#[derive(Debug, Clone)]
pub struct Records<T>(Vec<T>);

thread_local! {
    /// The addresses of the records that may be read; none if all may be.
    static TOLD: RefCell<Option<Vec<usize>>> = const { RefCell::new(None) };
}

/// Makes something of some projects and news items alone, by their positions.
///
/// # Panics
/// In debug builds, if it reads another.
pub fn reading<R>(
    model: &Model,
    (projects, news): (&[usize], &[usize]),
    make: impl FnOnce() -> R,
) -> R {
    let told = || {
        let projects = projects.iter().map(|at| address(&model.projects.0[*at]));
        let news = news.iter().map(|at| address(&model.news.0[*at]));
        Some(projects.chain(news).collect())
    };
    within(told, make)
}

/// Makes something of any records.
pub fn reading_all<R>(make: impl FnOnce() -> R) -> R {
    within(|| None, make)
}

fn within<R>(told: impl FnOnce() -> Option<Vec<usize>>, make: impl FnOnce() -> R) -> R {
    if !cfg!(debug_assertions) {
        return make();
    }
    let before = TOLD.replace(told());
    let made = make();
    TOLD.set(before);
    made
}

fn address<T>(record: &T) -> usize {
    std::ptr::from_ref(record).addr()
}

fn check(is_told: impl Fn(&[usize]) -> bool) {
    if cfg!(debug_assertions) {
        let may_be = TOLD.with_borrow(|told| told.as_deref().is_none_or(is_told));
        assert!(may_be, "a view reads a record that `view::records` does not tell");
    }
}

impl<T> Records<T> {
    /// How many there are. Any view may know.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, to find those that a view then tells of.
    pub(super) fn untold(&self) -> &[T] {
        &self.0
    }

    /// Says that what is known of one of them is read.
    pub fn read(&self, position: usize) {
        check(|told| told.contains(&address(&self.0[position])));
    }

    /// Says that what is known of all of them together is read.
    pub fn read_all(&self) {
        check(|_| false);
    }
}

impl<T> From<Vec<T>> for Records<T> {
    fn from(records: Vec<T>) -> Self {
        Records(records)
    }
}

impl<T> Index<usize> for Records<T> {
    type Output = T;

    fn index(&self, position: usize) -> &T {
        self.read(position);
        &self.0[position]
    }
}

impl<T> Deref for Records<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.read_all();
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(records: &Records<u8>, position: usize) -> u8 {
        within(|| Some(vec![address(&records.0[0])]), || records[position])
    }

    #[test]
    fn what_is_told_can_be_read() {
        assert_eq!(read(&vec![1, 2].into(), 0), 1);
    }

    #[test]
    #[should_panic(expected = "does not tell")]
    fn what_is_not_told_cannot() {
        read(&vec![1, 2].into(), 1);
    }

    #[test]
    #[should_panic(expected = "does not tell")]
    fn nor_can_all_be_gone_through() {
        let records = Records::from(vec![1, 2]);
        within(|| Some(vec![address(&records.0[0])]), || records.iter().count());
    }
}
