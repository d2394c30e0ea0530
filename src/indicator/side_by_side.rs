//! The same work on each project, shared out between threads.

use std::ops::Range;

/// Fewer than these are done sooner than a thread is started.
const FEWEST: usize = 256;

/// Makes something of each of `count` projects, in their order.
///
/// The threads are not those of rayon. A snapshot is made where it is first asked for: a thread of rayon that waits for its
/// share might begin another page meanwhile, ask for the same snapshot, and wait for itself.
pub(super) fn of_each<T: Send>(count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let share = count.div_ceil(rayon::current_num_threads()).max(FEWEST);
    let of_share = |share: Range<usize>| share.map(&make).collect::<Vec<T>>();
    std::thread::scope(|scope| {
        let later = (share..count).step_by(share);
        let later: Vec<_> = later
            .map(|start| scope.spawn(move || of_share(start..count.min(start + share))))
            .collect();
        let mut made = of_share(0..count.min(share));
        for share in later {
            match share.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    })
}
