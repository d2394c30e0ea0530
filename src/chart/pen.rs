//! The pens that charts are drawn with: what a stroke means, as a class, and how it looks where no
//! style sheet does.
//!
//! Everything is `currentColor`, so a theme colours a chart by setting `color` on these classes.
//! What must stay legible without colour (dashes, hatching, hollow marks) stands in attributes,
//! which any style sheet may still override.

/// A class with the presentation attributes that stand in for its style sheet.
#[derive(Debug)]
pub(super) struct Pen {
    /// The classes of what is drawn.
    pub(super) class: &'static str,
    /// Ready-made attributes.
    pub(super) look: &'static str,
    /// The size of texts in tenths; zero for a pen that writes none.
    pub(super) size: i32,
}

/// There is one of each, which is told from the others by where it is.
impl PartialEq for Pen {
    fn eq(&self, other: &Pen) -> bool {
        std::ptr::eq(self, other)
    }
}

const fn stroke(class: &'static str, look: &'static str) -> Pen {
    Pen { class, look, size: 0 }
}

const fn text(class: &'static str, size: i32, look: &'static str) -> Pen {
    Pen { class, look, size }
}

macro_rules! line {
    ($rest:literal) => {
        concat!(r#"fill="none" stroke="currentColor""#, $rest)
    };
}

pub(super) static AXIS: Pen =
    stroke("axis", line!(r#" stroke-opacity=".7" shape-rendering="crispEdges""#));
pub(super) static GRID: Pen =
    stroke("grid", line!(r#" stroke-opacity=".15" shape-rendering="crispEdges""#));
pub(super) static AS_OF: Pen = stroke("as-of", line!(r#" stroke-dasharray="1 3""#));

pub(super) static TICK: Pen = text("label tick", 130, "");
pub(super) static LABEL: Pen = text("label", 140, "");
pub(super) static VALUE: Pen = text("value", 140, r#"font-weight="600""#);
pub(super) static AS_OF_LABEL: Pen = text("label as-of-label", 130, "");
pub(super) static LEADER: Pen =
    stroke("leader", line!(r#" stroke-opacity=".5" stroke-width=".8""#));

pub(super) static ACTUAL: Pen = stroke(
    "series-actual",
    line!(r#" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round""#),
);
pub(super) static SPARK: Pen =
    stroke("series-actual", line!(r#" stroke-width="1.5" stroke-linejoin="round""#));
pub(super) static TARGET: Pen =
    stroke("series-target", line!(r#" stroke-width="1.5" stroke-dasharray="6 4""#));
pub(super) static LAST_YEAR: Pen = stroke(
    "series-last-year",
    line!(
        r#" stroke-width="1.5" stroke-dasharray="0 4" stroke-linecap="round" stroke-opacity=".8""#
    ),
);
pub(super) static ACTUAL_MARKER: Pen = stroke("marker series-actual", "");
pub(super) static TARGET_MARKER: Pen =
    stroke("marker series-target", line!(r#" stroke-width="1.5""#));
pub(super) static LAST_YEAR_MARKER: Pen = stroke("marker series-last-year", r#"fill-opacity=".8""#);
pub(super) static ACTUAL_LABEL: Pen = text("label label-actual", 140, r#"font-weight="600""#);
pub(super) static TARGET_LABEL: Pen = text("label label-target", 140, "");
pub(super) static TARGET_NOTE: Pen = text("label label-target", 130, "");
pub(super) static LAST_YEAR_LABEL: Pen = text("label label-last-year", 140, "");

pub(super) static BAR: Pen = stroke("bar", r#"fill-opacity=".75" shape-rendering="crispEdges""#);
pub(super) static BAR_TRACK: Pen =
    stroke("bar-track", r#"fill-opacity=".07" shape-rendering="crispEdges""#);
pub(super) static TARGET_MARK: Pen = stroke("target-mark", line!(r#" stroke-width="1.5""#));

pub(super) static PLANNED: Pen = stroke("marker series-target", line!(r#" stroke-width="1.5""#));
pub(super) static FORECAST: Pen =
    stroke("marker series-forecast", line!(r#" stroke-width="1.5" stroke-dasharray="3 2""#));

pub(super) static RANK_UP: Pen =
    stroke("rank-up", line!(r#" stroke-width="2.2" stroke-linecap="round""#));
pub(super) static RANK_DOWN: Pen =
    stroke("rank-down", line!(r#" stroke-width="1.6" stroke-dasharray="5 3""#));
pub(super) static RANK_SAME: Pen = stroke("rank-same", line!(r#" stroke-opacity=".4""#));
pub(super) static RANK_MARKER: Pen = stroke("marker", "");

/// The pens of one filling: its ground, and the strokes drawn over it.
#[derive(Debug)]
pub(super) struct Fill {
    pub(super) ground: Pen,
    pub(super) hatch: Pen,
}

macro_rules! filling {
    ($class:literal, $ground:literal) => {
        Fill {
            ground: stroke(
                concat!($class, " fill"),
                concat!(r#"shape-rendering="crispEdges""#, $ground),
            ),
            hatch: stroke(concat!($class, " hatch"), line!(r#" stroke-width="1""#)),
        }
    };
}

pub(super) static GREEN: Fill = filling!("light-green", "");
pub(super) static YELLOW: Fill = filling!("light-yellow", r#" fill-opacity=".22""#);
pub(super) static RED: Fill = filling!("light-red", r#" fill-opacity=".3""#);
pub(super) static NONE: Fill = filling!("light-none", r#" fill-opacity=".06""#);

/// The eight categories, told apart by their density where there is no colour.
pub(super) static CATEGORIES: [Fill; 8] = [
    filling!("cat-1", r#" fill-opacity=".9""#),
    filling!("cat-2", r#" fill-opacity=".45""#),
    filling!("cat-3", r#" fill-opacity=".6""#),
    filling!("cat-4", r#" fill-opacity=".25""#),
    filling!("cat-5", r#" fill-opacity=".8""#),
    filling!("cat-6", r#" fill-opacity=".35""#),
    filling!("cat-7", r#" fill-opacity=".7""#),
    filling!("cat-8", r#" fill-opacity=".15""#),
];

pub(super) static GREEN_MARK: Pen = stroke("light-green mark", "");
pub(super) static YELLOW_MARK: Pen = stroke("light-yellow mark", "");
pub(super) static RED_MARK: Pen = stroke("light-red mark", "");
pub(super) static NONE_MARK: Pen = stroke("light-none mark", line!(r#" stroke-width="1.5""#));
