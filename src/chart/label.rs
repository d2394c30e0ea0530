//! Where labels go: beside what they name, inside the picture, and on top of nothing.

use super::canvas::Align;
use super::geometry::{Point, Rect, px};
use super::measure::width;

/// A label's point and the side of it that the text takes.
pub(super) type Spot = (Point, Align);

/// What a picture already holds, so that the next label can keep clear of it.
pub(super) struct Board {
    frame: Rect,
    boxes: Vec<Rect>,
    strokes: Vec<(Point, Point)>,
}

impl Board {
    /// An empty board; no label will leave the frame.
    pub(super) fn new(frame: Rect) -> Board {
        Board { frame, boxes: Vec::new(), strokes: Vec::new() }
    }

    /// No label may cover this box.
    pub(super) fn reserve(&mut self, rect: Rect) {
        self.boxes.push(rect);
    }

    /// A label should not cover this line, but may where there is no other room.
    pub(super) fn avoid(&mut self, from: Point, to: Point) {
        self.strokes.push((from, to));
    }

    /// The first free spot, or the one that covers the fewest lines, or none if all are taken.
    pub(super) fn place(
        &mut self,
        width: i32,
        height: i32,
        spots: impl IntoIterator<Item = Spot>,
    ) -> Option<Spot> {
        let boxed =
            spots.into_iter().map(|(at, align)| ((at, align), align.place(at, width, height)));
        let free = boxed.filter(|(_, rect)| {
            self.frame.holds(rect) && !self.boxes.iter().any(|b| b.overlaps(rect))
        });
        let (spot, rect) = free
            .min_by_key(|(_, rect)| self.strokes.iter().filter(|s| rect.meets(s.0, s.1)).count())?;
        self.boxes.push(rect);
        Some(spot)
    }
}

/// The spots around a point, nearest to a reader's habit first: right, then above and below, then
/// left.
pub(super) fn around((x, y): Point, gap: i32, height: i32) -> [Spot; 8] {
    let (above, below) = (y - gap - height / 2, y + gap + height / 2);
    let near = px(3);
    [
        ((x + gap, y), Align::Start),
        ((x + near, above), Align::Start),
        ((x - near, above), Align::End),
        ((x + near, below), Align::Start),
        ((x - gap, y), Align::End),
        ((x - near, below), Align::End),
        ((x, above), Align::Middle),
        ((x, below), Align::Middle),
    ]
}

/// Centres texts on places along a line, rising; one that would run into the text after it is left
/// out, so that the last, which is the newest, always stands.
pub(super) fn in_a_row<'a>(
    wishes: impl IntoIterator<Item = (i32, &'a str), IntoIter: DoubleEndedIterator>,
    size: i32,
    from: i32,
    to: i32,
) -> Vec<(i32, &'a str)> {
    let mut start = to;
    let mut row = Vec::new();
    for (wish, text) in wishes.into_iter().rev() {
        let half = (width(text, size) + 1) / 2;
        let middle = wish.min(to - half).max(from + half);
        if middle + half <= start {
            start = middle - half - px(6);
            row.push((middle, text));
        }
    }
    row.reverse();
    row
}

/// Spreads labels along a line so that none overlap, each as near as may be to where it would like
/// to be.
///
/// `wishes` are the wished-for middles and the sizes, in rising order of the middles. Gives the
/// middles, or nothing if the line is too short for all.
pub(super) fn spread(wishes: &[(i32, i32)], from: i32, to: i32) -> Option<Vec<i32>> {
    if wishes.iter().map(|&(_, size)| size).sum::<i32>() > to - from {
        return None;
    }
    let mut runs: Vec<Run> = Vec::new();
    for &(wish, size) in wishes {
        let mut run = Run { start: (wish - size / 2).clamp(from, to - size), sizes: vec![size] };
        // Labels that would touch are moved as one, to the middle of their wishes.
        while let Some(before) = runs.pop_if(|before| before.end() > run.start) {
            run = before.join(run, from, to);
        }
        runs.push(run);
    }
    Some(runs.iter().flat_map(Run::middles).collect())
}

/// Labels that lie against each other.
struct Run {
    start: i32,
    sizes: Vec<i32>,
}

impl Run {
    fn length(&self) -> i32 {
        self.sizes.iter().sum()
    }

    fn end(&self) -> i32 {
        self.start + self.length()
    }

    /// Puts another run behind this one, both giving way by how many labels they hold.
    fn join(mut self, other: Run, from: i32, to: i32) -> Run {
        let count = |run: &Run| i32::try_from(run.sizes.len()).unwrap_or(i32::MAX);
        let (mine, theirs) = (count(&self), count(&other));
        let wished = other.start - self.length();
        let start = (self.start * mine + wished * theirs) / (mine + theirs);
        self.sizes.extend(other.sizes);
        self.start = start.clamp(from, to - self.length());
        self
    }

    fn middles(&self) -> impl Iterator<Item = i32> {
        self.sizes.iter().scan(self.start, |at, &size| {
            *at += size;
            Some(*at - size / 2)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[(20, 10), (50, 10)], 0, 100), Some(vec![20, 50]));
    }

    #[test]
    fn labels_that_touch_give_way_to_both_sides() {
        assert_eq!(spread(&[(50, 10), (50, 10)], 0, 100), Some(vec![45, 55]));
        assert_eq!(spread(&[(0, 10), (0, 10)], 0, 100), Some(vec![5, 15]));
    }

    #[test]
    fn of_labels_in_a_row_the_last_stands() {
        let wishes = ["2023年第1期", "2023年第2期", "2023年第3期"].into_iter().zip([0, 40, 80]);
        let row = in_a_row(
            wishes.map(|(name, x)| (px(x), name)),
            crate::chart::pen::TICK.size,
            0,
            px(420),
        );
        assert_eq!(row.last().map(|(_, name)| *name), Some("2023年第3期"));
        assert!(row.len() < 3);
    }

    #[test]
    fn a_label_without_a_free_spot_is_left_out() {
        let mut board = Board::new(Rect::new(0, 0, 100, 100));
        board.reserve(Rect::new(0, 0, 100, 100));
        assert_eq!(board.place(10, 10, around((50, 50), 5, 10)), None);
    }

    #[test]
    fn a_label_turns_away_from_a_line() {
        let mut board = Board::new(Rect::new(0, 0, 1000, 1000));
        board.avoid((500, 500), (1000, 500));
        let spot = board.place(100, 40, around((500, 500), 20, 40));
        assert_eq!(spot, Some(((530, 460), Align::Start)));
    }

    proptest! {
        #[test]
        fn spread_labels_never_overlap_nor_leave_the_line(
            mut wishes in prop::collection::vec((-2000..2000_i32, 2..200_i32), 0..40),
        ) {
            wishes.sort();
            let Some(middles) = spread(&wishes, -1000, 3000) else { return Ok(()) };
            let mut end = -1000;
            for (&middle, &(_, size)) in middles.iter().zip(&wishes) {
                prop_assert!(middle - size + size / 2 >= end);
                end = middle + size / 2;
            }
            prop_assert!(end <= 3000);
        }
    }
}
