//! What browsers are shown: the sites to answer from, and the problems laid over them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use super::page::Rendered;
use crate::build::{self, Site};
use crate::diagnostic::Diagnostic;
use crate::plan::{Output, Route};
use crate::source::{ContentHash, SourcePath};

/// The site as it was assembled from the files at one moment.
pub struct Generation {
    /// Its number, counted up.
    pub number: u64,
    /// The site.
    pub site: Site,
    /// The files that were asked for, as they were rendered.
    rendered: Mutex<BTreeMap<Route, Arc<Rendered>>>,
    /// The hash of the site's stylesheets.
    styles: ContentHash,
    /// The hash of the theme's files that stylesheets may name.
    looks: ContentHash,
}

/// A page of a generation that could not be rendered.
pub struct Fault {
    /// The generation's number.
    pub generation: u64,
    /// The page's.
    pub route: Route,
    /// Why.
    pub problem: Box<Diagnostic>,
}

impl Generation {
    /// A generation of which nothing has been rendered.
    pub fn new(number: u64, site: Site) -> Self {
        let assets = || site.theme.assets().iter();
        let of_content = site.model.media.iter().map(|(path, media)| (path, &media.bytes));
        let is_sheet = |path: &str| path.ends_with(".css");
        // One may import another, so any of them may change any page.
        let styles = hash(assets().chain(of_content).filter(|(path, _)| is_sheet(path)));
        let looks = hash(assets().filter(|(path, _)| !is_sheet(path) && !path.ends_with(".js")));
        Generation { number, site, rendered: Mutex::default(), styles, looks }
    }

    /// The hash of the site's stylesheets.
    pub(super) fn styles(&self) -> ContentHash {
        self.styles
    }

    /// The hash of the theme's files that stylesheets may name.
    pub(super) fn looks(&self) -> ContentHash {
        self.looks
    }

    /// A file of the site, rendered once.
    pub(super) fn render(&self, route: &Route, output: &Output) -> Result<Arc<Rendered>, Fault> {
        if let Some(rendered) = self.memo().get(route) {
            return Ok(Arc::clone(rendered));
        }
        let bytes = build::render(&self.site, route, output).map_err(|problem| Fault {
            generation: self.number,
            route: route.clone(),
            problem,
        })?;
        let rendered = Arc::new(Rendered::new(self, route, output, bytes));
        self.memo().insert(route.clone(), Arc::clone(&rendered));
        Ok(rendered)
    }

    /// What a panicking thread left is whole: every entry is made by one insertion.
    fn memo(&self) -> MutexGuard<'_, BTreeMap<Route, Arc<Rendered>>> {
        self.rendered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hash of some files.
fn hash<'a>(files: impl Iterator<Item = (&'a SourcePath, &'a Arc<[u8]>)>) -> ContentHash {
    let line =
        |(path, bytes): (_, &Arc<[u8]>)| format!("{} {path}\n", ContentHash::of(bytes).to_hex());
    let lines: String = files.map(line).collect();
    ContentHash::of(lines.as_bytes())
}

/// The problems as browsers show them, in the words of the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Overlay {
    /// How many there are, and what is shown beneath.
    pub title: String,
    /// The problems.
    pub text: String,
    /// The word on the button that puts them aside.
    pub close: String,
    /// The language of all this.
    pub lang: String,
}

/// What browsers are shown at one moment.
#[derive(Default)]
pub struct Shown {
    /// The sites to answer from. The first says what there is; the next is asked for a page that fails in those before it.
    pub sites: Vec<Arc<Generation>>,
    /// What is laid over each page, if anything is wrong.
    pub overlay: Option<Overlay>,
}

/// Where something is shown to all browsers at once.
pub struct Screen(watch::Sender<Arc<Shown>>);

impl Screen {
    /// A screen that shows something.
    pub fn new(shown: Shown) -> Self {
        Screen(watch::Sender::new(Arc::new(shown)))
    }

    /// Shows something else, and gives back what was shown before.
    pub fn show(&self, shown: Shown) -> Arc<Shown> {
        self.0.send_replace(Arc::new(shown))
    }

    pub(super) fn watch(&self) -> watch::Receiver<Arc<Shown>> {
        self.0.subscribe()
    }
}
