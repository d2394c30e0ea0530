//! Builds public progress bulletins (公报) from project records and news.
//!
//! ```text
//!  content/ themes/     files, hashes    what each says   checked facts   numbers     what exists   what it shows   bytes     public/
//!    files ──read──▶ SourceTree ──parse──▶ Records ──resolve──▶ Model ──compute──▶ Indicators ──plan──▶ Plan ──view──▶ View ──render──▶ bytes ──publish──▶ files
//!          source            record               model            indicator           plan        view           render          publish
//! ```
//!
//! Each stage is a function from values to a value: [`source::disk::read`], [`record::parse`], [`model::resolve`],
//! [`indicator::compute`], [`plan::plan`], [`view::view`], [`render::render`], and [`publish::open`] with what follows.
//! [`build::assemble`] calls them in turn, and is the one place that knows them all.
//!
//! # What never happens
//!
//! 1. **Nothing between reading and publishing touches files, clock, environment or network.** The dates that govern a
//!    build are an argument, the [`Edition`](model::Edition). The same files and dates give the same bytes on every
//!    machine.
//! 2. **`render` never sees the [`Model`](model::Model).** A template, feed or dataset gets its [`View`](view::View) and
//!    nothing else; filters are pure functions of their arguments. So a page is a function of its view and its theme:
//!    `gongbao view ROUTE` prints all that a template can know, and a page whose view and theme have not changed has
//!    not changed.
//! 3. **No stage stops at the first problem.** Stages return [`Diagnosed`](diagnostic::Diagnosed): a value, and the
//!    problems met on the way. A file with a fault still owns its id, so that no problem follows from another; what
//!    would all the same, [`Faults`](diagnostic::Faults) leave out. Only [`command`] decides what an error means.
//! 4. **No module uses one listed after it.** The modules stand below in the order of the pipeline; `tests/it/tidy.rs`
//!    reads them here and holds this and the first point.
//!
//! # Where the line bends, and why
//!
//! - [`value`] (money, dates, rates, ids) stands before [`record`], not in [`model`]: a value that cannot be wrong is
//!   best made where the text is read, at the only place that knows its file and line.
//! - [`diagnostic`] stands before all that can go wrong. Problems carry paths of keys, as in `reports[2].cumulative`;
//!   line and column are found only when a problem is shown, so that sound files never pay for it. The one exception to
//!   point 4 is [`source::disk`], the reader at the rim, which has problems of its own to tell.
//! - [`markdown`] and [`picture`] know of no record. Prose is parsed into a text with places for its links and figures;
//!   the view fills the places, when the figures are known and the address of the page is.
//! - [`theme`] stands before [`view`], because charts are drawn in the view and speak the theme's messages. A view holds
//!   its charts as finished SVG; templates only put them in place.
//! - The plan is a closed `enum`, [`Output`](plan::Output), without a wildcard: a new kind of file makes the compiler
//!   list the places that must know it. Feeds, datasets, charts and the search index are outputs like any page, computed
//!   from the same indicators, and cannot disagree with what is printed.
//! - [`search`] knows texts and files, not pages. The view says what each page holds to be found; the index of a locale is
//!   made when a file of it is first asked for, and the plan knows how many files it has from the number of pages alone.
//! - Rendering and publishing are one stream: each file is staged as soon as it is rendered, and its bytes are let go.
//!   All are put in place when the last has been rendered without a problem, or none.
//! - A build after a change leaves alone what rests on nothing that changed: pages of single records and their lists, curves, the
//!   search. [`build::Bases`] knows what that is by hash, and the output folder remembers the hashes.
//!
//! # The modules
//!
//! In the order of the pipeline.

pub mod side_by_side;
pub mod source;
pub mod value;
pub mod diagnostic;
pub mod markdown;
pub mod picture;
pub mod record;
pub mod model;
pub mod indicator;
pub mod plan;
pub mod chart;
pub mod search;
pub mod theme;
pub mod view;
pub mod render;
pub mod build;
pub mod publish;
pub mod watcher;
pub mod server;
pub mod command;
