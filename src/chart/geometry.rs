//! Points and boxes on the picture, in whole tenths of an SVG unit.
//!
//! Whole numbers because plotters hands its backend whole pixels: a pixel ten times smaller gives
//! one decimal in the file, and every machine the same one.

/// A place on the picture, from its upper left corner.
pub(super) type Point = (i32, i32);

/// Turns SVG units into the tenths that are drawn with.
pub(super) const fn px(units: i32) -> i32 {
    units * 10
}

/// An upright box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl Rect {
    /// The box between two corners.
    pub(super) fn new(left: i32, top: i32, right: i32, bottom: i32) -> Rect {
        Rect { left, top, right, bottom }
    }

    /// The box of a given size around a point.
    pub(super) fn around((x, y): Point, width: i32, height: i32) -> Rect {
        Rect::new(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    }

    pub(super) fn width(&self) -> i32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> i32 {
        self.bottom - self.top
    }

    pub(super) fn middle(&self) -> Point {
        ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
    }

    /// Whether the two boxes share more than an edge.
    pub(super) fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether the other box lies wholly inside this one.
    pub(super) fn holds(&self, other: &Rect) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.right <= self.right
            && other.bottom <= self.bottom
    }

    /// Whether a straight line passes through the box.
    pub(super) fn meets(&self, from: Point, to: Point) -> bool {
        // Outside on one side entirely, or all four corners on one side of the line: no meeting.
        let apart = from.0.max(to.0) < self.left
            || from.0.min(to.0) > self.right
            || from.1.max(to.1) < self.top
            || from.1.min(to.1) > self.bottom;
        let (dx, dy) = (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
        let side =
            |x: i32, y: i32| (dx * i64::from(y - from.1) - dy * i64::from(x - from.0)).signum();
        let sides = [
            side(self.left, self.top),
            side(self.right, self.top),
            side(self.left, self.bottom),
            side(self.right, self.bottom),
        ];
        !apart && !sides.iter().all(|&s| s == 1) && !sides.iter().all(|&s| s == -1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_clips_a_corner_meets_the_box() {
        let rect = Rect::new(10, 10, 20, 20);
        assert!(rect.meets((5, 18), (18, 5)));
        assert!(!rect.meets((0, 19), (19, 0)));
        assert!(rect.meets((0, 15), (30, 15)));
        assert!(!rect.meets((0, 15), (9, 15)));
    }
}
