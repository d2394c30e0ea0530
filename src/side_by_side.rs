//! Work shared out between threads that are not rayon's.
//!
//! A snapshot is made where it is first asked for: a thread of rayon that waits for its share might begin another file
//! meanwhile, ask for the same thing, and wait for itself.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes something of each of `count` places, in their order. Each thread takes the next `at_once` of them when it is done with
/// those before.
pub fn of_each<T: Send>(
    count: usize,
    at_once: usize,
    threads: usize,
    make: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        while let start = next.fetch_add(at_once, Ordering::Relaxed)
            && start < count
        {
            let places = start..count.min(start + at_once);
            made.push((start, places.map(&make).collect::<Vec<T>>()));
        }
        made
    };
    let mut made = std::thread::scope(|scope| {
        let threads = threads.min(count.div_ceil(at_once));
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            match other.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_by_key(|(start, _)| *start);
    made.into_iter().flat_map(|(_, made)| made).collect()
}
