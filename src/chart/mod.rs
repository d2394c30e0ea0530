//! Charts as plain data, and their drawing.
//!
//! A [`Chart`] holds what is to be shown with all its words ready, in whatever language. It becomes
//! an SVG ([`Chart::svg`]), a table of the same numbers ([`Chart::table`]) and the entries of a
//! legend ([`Chart::legend`]).
//!
//! * Numbers are printed as the caller wrote them. The integers beside them only say where a point
//!   lies.
//! * No clock, file, font or floating point of ours takes part: the same chart gives the same bytes
//!   everywhere.
//! * A chart is legible without colour: lines differ by their dashes, lights by their shape,
//!   fillings by their hatching. Everything is drawn in `currentColor`, so a theme sets `color` on
//!   the classes and need not know more.
//! * A missing value is a gap, never a zero.

mod bars;
mod canvas;
#[cfg(test)]
mod check;
mod curve;
mod document;
mod funnel;
mod geometry;
mod history;
mod label;
mod mark;
mod measure;
mod milestones;
mod pen;
#[cfg(test)]
mod samples;
mod slope;
mod spark;
mod stack;
mod svg;

use serde::Serialize;

use crate::indicator::Colour;

pub use bars::{BarHead, BarRow, Bars};
pub use curve::{Curve, Series};
pub use funnel::{Funnel, FunnelHead, Stage};
pub use history::{Cell, History, HistoryHead};
pub use milestones::{Milestone, MilestoneHead, Milestones};
pub use slope::{Slope, SlopeRow};
pub use spark::Spark;
pub use stack::{Part, Stack, StackRow};

use canvas::Canvas;
use geometry::px;

/// The width that charts are drawn for: on a phone of 360 px a text of 14 is set in 11.7 px, on one of 320 px in 10.4 px.
const WIDTH: i32 = px(420);

/// What stands for a value that is not there.
const ABSENT: &str = "—";

/// A chart of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Completion over the months of a year, against target and last year.
    Curve(Box<Curve>),
    /// A ranking, as horizontal bars.
    Bars(Bars),
    /// A curve without words, for lists.
    Spark(Spark),
    /// Counts by light or category, as stacked bars.
    Stack(Stack),
    /// The four pools that a project passes through.
    Funnel(Funnel),
    /// The lights of past issues.
    History(History),
    /// Planned, forecast and actual dates on a time axis.
    Milestones(Milestones),
    /// How ranks changed from issue to issue.
    Slope(Slope),
}

impl Chart {
    /// Draws the chart as an element of a page. The ids in it begin with `id_prefix`, which must be
    /// unique on the page.
    pub fn svg(&self, id_prefix: &str) -> String {
        document::inline(self.kind(), id_prefix)
    }

    /// Draws the chart as a file of its own, legible without the site's style sheet.
    pub fn standalone(&self) -> String {
        document::standalone(self.kind())
    }

    /// The same numbers as a table, to stand beside the chart.
    pub fn table(&self) -> Table {
        let (head, rows) = self.kind().table();
        Table { caption: self.kind().caption().title.clone(), head, rows }
    }

    /// What the classes of the chart mean, for a legend in HTML.
    pub fn legend(&self) -> Vec<LegendEntry> {
        self.kind().legend()
    }

    fn kind(&self) -> &dyn Kind {
        match self {
            Chart::Curve(curve) => curve.as_ref(),
            Chart::Bars(bars) => bars,
            Chart::Spark(spark) => spark,
            Chart::Stack(stack) => stack,
            Chart::Funnel(funnel) => funnel,
            Chart::History(history) => history,
            Chart::Milestones(milestones) => milestones,
            Chart::Slope(slope) => slope,
        }
    }
}

/// What every kind of chart can do.
trait Kind {
    fn class(&self) -> &'static str;
    fn caption(&self) -> &Caption;
    fn draw(&self) -> Canvas;
    fn table(&self) -> (Vec<String>, Vec<Vec<String>>);
    fn legend(&self) -> Vec<LegendEntry>;
}

/// What a chart is called, and what it says to those who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// The chart's name, also the caption of its table.
    pub title: String,
    /// The chart's message in a sentence or two. May be empty where the title says all.
    pub desc: String,
}

/// A number as it is printed, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The position on the chart's scale: hundredths of a percent for rates, so that 53.6 % is
    /// 5360.
    ///
    /// Only lengths and heights are made from it; negative values are drawn as zero.
    pub value: i64,
    /// The number ready for print.
    pub label: String,
}

/// A place on a time axis, with the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The position on the chart's time scale, in the unit that the chart names.
    pub at: i64,
    /// The date ready for print.
    pub label: String,
}

/// A light and the word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LightMark {
    /// Which light is on.
    pub light: Colour,
    /// The word for it; colour alone says nothing to many readers.
    pub name: String,
}

/// How a part of a whole is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// As a light: solid, hatched, cross-hatched, empty.
    Light(Colour),
    /// As one of eight categories, counted from 0; more begin anew.
    Category(u8),
}

/// The numbers of a chart as a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Table {
    /// The chart's title.
    pub caption: String,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// What one class of a chart means.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LegendEntry {
    /// The class, as in the SVG.
    pub class: &'static str,
    /// The words for it.
    pub text: String,
    /// A small picture of the line, sign or filling, hidden from screen readers.
    pub sample: String,
}

impl LegendEntry {
    fn new(class: &'static str, text: &str, draw: impl FnOnce(&Canvas)) -> LegendEntry {
        LegendEntry { class, text: text.to_owned(), sample: document::sample(draw) }
    }
}

/// The words for what the signs of the lights mean, each light once, in their order.
fn light_legend<'a>(marks: impl Iterator<Item = &'a LightMark>) -> Vec<LegendEntry> {
    let names: std::collections::BTreeMap<Colour, &str> =
        marks.map(|m| (m.light, m.name.as_str())).collect();
    let entry = |(light, name)| {
        LegendEntry::new(mark::class(Tint::Light(light)), name, |canvas| {
            mark::light(canvas, light, document::SAMPLE.middle(), px(5));
        })
    };
    names.into_iter().map(entry).collect()
}

/// Keeps a value in the range that can be drawn, far beyond any that has a meaning.
fn drawable(value: i64) -> i64 {
    value.clamp(0, 1_000_000_000_000)
}
