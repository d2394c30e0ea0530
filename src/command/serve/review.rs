//! Renders the pages that nobody has asked for yet, behind, so that their problems are told too.

use std::collections::HashSet;
use std::mem::discriminant;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::Duration;

use crate::build::{self, Site};
use crate::diagnostic::Diagnostics;
use crate::plan::{Output, Route};
use crate::server::{Fault, Generation, Shown};

/// What is reviewed.
pub(super) enum Subject {
    /// A site that is shown.
    Shown(Arc<Generation>),
    /// A site that is not shown, for it has these problems: a build tells what is wrong with its pages too.
    Faulty(Box<Site>, Diagnostics),
}

/// What came of a review.
pub(super) enum Reviewed {
    /// A page of what is shown failed; the review goes on.
    Fault(Fault),
    /// All pages have been rendered. These are the problems of those that failed, and some of them.
    Whole(Diagnostics, Vec<Route>),
}

/// How long a review waits before it begins: who has just saved looks at a page first, and may soon save again.
const REST: Duration = Duration::from_millis(250);

/// So many of the pages that failed are tried again before anything else is shown: those of one template mostly fail together.
const MOST_FAILED: usize = 16;

/// A review at work; it ends when it is dropped.
pub(super) struct Review {
    _wanted: Sender<()>,
}

/// Renders all pages of a site on one thread, so that the others are free for who saves and looks. What was shown
/// before is let go of when it begins, not sooner: that takes as long as making a page.
pub(super) fn start(
    subject: Subject,
    before: Arc<Shown>,
    report: impl Fn(Reviewed) + Send + 'static,
) -> Review {
    let (wanted, unwanted) = mpsc::channel();
    let work = move || {
        let is_wanted = unwanted.recv_timeout(REST) == Err(RecvTimeoutError::Timeout);
        drop(before);
        if is_wanted {
            review_all(&subject, &unwanted, &report);
        }
    };
    // Without a thread, pages are only found to fail when they are asked for.
    let _ = thread::Builder::new().name("review".into()).spawn(work);
    Review { _wanted: wanted }
}

fn review_all(subject: &Subject, unwanted: &Receiver<()>, report: &dyn Fn(Reviewed)) {
    let none = Diagnostics::default();
    let (site, known) = match subject {
        Subject::Shown(generation) => (&generation.site, &none),
        Subject::Faulty(site, known) => (&**site, known),
    };
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for (route, output) in in_order(build::sound_pages(site, known)) {
        if unwanted.try_recv() == Err(TryRecvError::Disconnected) {
            return;
        }
        let Err(problem) = build::render(site, route, output) else { continue };
        if let (true, Subject::Shown(generation)) = (found.is_empty(), subject) {
            let (generation, route) = (generation.number, route.clone());
            report(Reviewed::Fault(Fault { generation, route, problem: problem.clone() }));
        }
        found.push(problem);
        if failed.len() < MOST_FAILED {
            failed.push(route.clone());
        }
    }
    report(Reviewed::Whole(build::merge_template_problems(found), failed));
}

/// First a page of each kind: a fault of a template mostly shows in any page of it.
fn in_order<'a>(pages: Vec<(&'a Route, &'a Output)>) -> Vec<(&'a Route, &'a Output)> {
    let mut kinds = HashSet::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (route, output) in pages {
        let Output::Page(page, _) = output else { continue };
        let is_first = kinds.insert(discriminant(page));
        if is_first { &mut first } else { &mut rest }.push((route, output));
    }
    first.extend(rest);
    first
}
