//! Small signs and fillings that tell the lights and categories apart, by shape before colour.

use super::Tint;
use super::canvas::Canvas;
use super::geometry::{Point, Rect, px};
use super::pen::{self, Fill, Pen};
use crate::indicator::Colour;

/// The distance between the strokes of a hatching.
const SPACING: i32 = px(5);

/// Draws the sign of a light: a disc, a triangle, a square, or a ring for none.
pub(super) fn light(canvas: &Canvas, light: Colour, center: Point, radius: i32) {
    canvas.pen(mark_pen(light));
    match light {
        Colour::Green | Colour::None => canvas.circle(center, radius),
        Colour::Yellow => triangle(canvas, center, radius),
        Colour::Red => square(canvas, center, radius),
    }
}

fn mark_pen(light: Colour) -> &'static Pen {
    match light {
        Colour::Green => &pen::GREEN_MARK,
        Colour::Yellow => &pen::YELLOW_MARK,
        Colour::Red => &pen::RED_MARK,
        Colour::None => &pen::NONE_MARK,
    }
}

/// A square a little smaller than the circle of the same radius, so that both look equally large.
pub(super) fn square(canvas: &Canvas, center: Point, radius: i32) {
    canvas.rect(Rect::around(center, radius * 9 / 5, radius * 9 / 5));
}

/// An upright triangle.
pub(super) fn triangle(canvas: &Canvas, (x, y): Point, radius: i32) {
    let (half, up, down) = (radius * 23 / 20, radius * 6 / 5, radius * 4 / 5);
    canvas.polygon(&[(x, y - up), (x + half, y + down), (x - half, y + down)]);
}

/// A square on its corner.
pub(super) fn diamond(canvas: &Canvas, (x, y): Point, radius: i32) {
    let reach = radius * 5 / 4;
    canvas.polygon(&[(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]);
}

/// Fills a box in the manner of its tint: solid, hatched, cross-hatched or empty.
pub(super) fn fill(canvas: &Canvas, tint: Tint, rect: Rect) {
    let Fill { ground, hatch } = filling(tint);
    canvas.pen(ground).rect(rect);
    canvas.pen(hatch);
    match tint {
        Tint::Light(Colour::Yellow) => strokes(canvas, rect, false),
        Tint::Light(Colour::Red) => {
            strokes(canvas, rect, false);
            strokes(canvas, rect, true);
        }
        Tint::Light(Colour::None) => outline(canvas, rect),
        Tint::Light(Colour::Green) | Tint::Category(_) => {}
    }
}

fn filling(tint: Tint) -> &'static Fill {
    match tint {
        Tint::Light(Colour::Green) => &pen::GREEN,
        Tint::Light(Colour::Yellow) => &pen::YELLOW,
        Tint::Light(Colour::Red) => &pen::RED,
        Tint::Light(Colour::None) => &pen::NONE,
        Tint::Category(nth) => &pen::CATEGORIES[usize::from(nth) % pen::CATEGORIES.len()],
    }
}

/// The class that a legend names the tint by.
pub(super) fn class(tint: Tint) -> &'static str {
    match tint {
        Tint::Light(Colour::Green) => "light-green",
        Tint::Light(Colour::Yellow) => "light-yellow",
        Tint::Light(Colour::Red) => "light-red",
        Tint::Light(Colour::None) => "light-none",
        Tint::Category(nth) => CATEGORY_CLASSES[usize::from(nth) % CATEGORY_CLASSES.len()],
    }
}

const CATEGORY_CLASSES: [&str; 8] =
    ["cat-1", "cat-2", "cat-3", "cat-4", "cat-5", "cat-6", "cat-7", "cat-8"];

fn outline(canvas: &Canvas, rect: Rect) {
    // Half a stroke inwards, so that the outline does not look larger than a filled neighbour.
    let Rect { left, top, right, bottom } = rect;
    canvas.rect(Rect::new(left + 5, top + 5, (right - 5).max(left + 5), (bottom - 5).max(top + 5)));
}

/// Draws diagonal strokes, each cut off at the edges of the box. A `<pattern>` would do it too, but
/// needs an id, and ids collide on a page of many charts.
fn strokes(canvas: &Canvas, rect: Rect, falling: bool) {
    let (width, height) = (rect.width(), rect.height());
    let mut diagonal = SPACING;
    while diagonal < width + height {
        let from = (diagonal.min(width), (diagonal - width).max(0));
        let to = ((diagonal - height).max(0), diagonal.min(height));
        let place = |(x, y): Point| {
            if falling { (rect.right - x, rect.top + y) } else { (rect.left + x, rect.top + y) }
        };
        canvas.path(&[place(from), place(to)]);
        diagonal += SPACING;
    }
}
