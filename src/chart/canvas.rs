//! The sheet a chart is drawn on: plotters' drawing area over our SVG backend, in the few strokes
//! that charts need.

use std::cell::RefCell;
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordi64;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::geometry::{Point, Rect};
use super::pen::Pen;
use super::svg::Svg;

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// The text begins at the point.
    Start,
    /// The point is the middle of the text.
    Middle,
    /// The text ends at the point.
    End,
}

impl Align {
    /// The box of a text of this size, its middle line at the point's height.
    pub(super) fn place(self, (x, y): Point, width: i32, height: i32) -> Rect {
        let left = match self {
            Align::Start => x,
            Align::Middle => x - width / 2,
            Align::End => x - width,
        };
        Rect::new(left, y - height / 2, left + width, y + height / 2)
    }
}

/// A picture in the making.
pub(super) struct Canvas {
    svg: Rc<RefCell<Svg>>,
    area: DrawingArea<Svg, Shift>,
    size: (i32, i32),
    // Kept because plotters makes a font of every new style, though none is ever used.
    aligned: [TextStyle<'static>; 3],
}

impl Canvas {
    /// An empty sheet; like all lengths its size is in tenths.
    pub(super) fn new(width: i32, height: i32) -> Canvas {
        let svg = Rc::new(RefCell::new(Svg::new((width.unsigned_abs(), height.unsigned_abs()))));
        let area = DrawingArea::from(&svg);
        let aligned = [HPos::Left, HPos::Center, HPos::Right]
            .map(|h_pos| TextStyle::from(FontFamily::SansSerif).pos(Pos::new(h_pos, VPos::Center)));
        Canvas { svg, area, size: (width, height), aligned }
    }

    /// Draws with another pen from here on.
    pub(super) fn pen(&self, pen: &'static Pen) -> &Canvas {
        self.svg.borrow_mut().take(pen);
        self
    }

    /// Gives the next shape a title, which browsers show to the pointer.
    pub(super) fn tip(&self, text: &str) -> &Canvas {
        self.svg.borrow_mut().tip(text);
        self
    }

    /// Draws the straight lines from point to point.
    pub(super) fn path(&self, points: &[Point]) {
        drawn(self.area.draw(&PathElement::new(points, BLACK)));
    }

    /// Draws the closed shape with these corners.
    pub(super) fn polygon(&self, corners: &[Point]) {
        drawn(self.area.draw(&Polygon::new(corners, BLACK)));
    }

    /// Draws a box.
    pub(super) fn rect(&self, rect: Rect) {
        let corners = [(rect.left, rect.top), (rect.right, rect.bottom)];
        drawn(self.area.draw(&Rectangle::new(corners, BLACK)));
    }

    /// Draws a circle.
    pub(super) fn circle(&self, center: Point, radius: i32) {
        drawn(self.area.draw(&Circle::new(center, radius, BLACK)));
    }

    /// Writes a text whose middle line runs at the point's height.
    pub(super) fn text(&self, at: Point, align: Align, text: &str) {
        if text.is_empty() {
            return;
        }
        let [start, middle, end] = &self.aligned;
        let style = match align {
            Align::Start => start,
            Align::Middle => middle,
            Align::End => end,
        };
        drawn(self.area.draw_text(text, style, at));
    }

    /// Writes lines one below the other, centred on the point's height.
    pub(super) fn lines(&self, (x, y): Point, align: Align, lines: &[String], leading: i32) {
        let count = i32::try_from(lines.len()).unwrap_or(i32::MAX);
        let first = y - (count - 1) * leading / 2;
        for (line, nth) in lines.iter().zip(0..) {
            self.text((x, first + nth * leading), align, line);
        }
    }

    /// A part of the sheet with a scale of its own along each side; `y` runs upwards.
    pub(super) fn plot(&self, frame: Rect, x: Range<i64>, y: Range<i64>) -> Plot {
        let pixels = (frame.left..frame.right, frame.bottom..frame.top);
        Plot { area: self.area.apply_coord_spec(Cartesian2d::new(x, y, pixels)) }
    }

    /// The width and height of the sheet, and the elements drawn on it.
    pub(super) fn finish(self) -> ((i32, i32), String) {
        (self.size, self.svg.borrow_mut().finish())
    }
}

/// A part of the sheet on which points are values, not places.
pub(super) struct Plot {
    area: DrawingArea<Svg, Cartesian2d<RangedCoordi64, RangedCoordi64>>,
}

impl Plot {
    /// Where a pair of values lies on the sheet.
    pub(super) fn at(&self, x: i64, y: i64) -> Point {
        self.area.map_coordinate(&(x, y))
    }

    /// Draws the line through the values.
    pub(super) fn line(&self, values: &[(i64, i64)]) {
        for element in LineSeries::new(values.iter().copied(), BLACK) {
            drawn(self.area.draw(&element));
        }
    }
}

/// The round values, at most so many, that divide a scale.
pub(super) fn round_values(scale: Range<i64>, at_most: usize) -> Vec<i64> {
    use plotters::coord::ranged1d::Ranged;
    RangedCoordi64::from(scale).key_points(at_most)
}

/// Writing to a string cannot fail, and no pen is in use while a shape is drawn.
fn drawn(result: Result<(), DrawingAreaErrorKind<Infallible>>) {
    debug_assert!(result.is_ok(), "{result:?}");
}
