//! Counts by light or category, as stacked bars.

use super::canvas::{Align, Canvas};
use super::geometry::{Rect, px};
use super::label::spread;
use super::measure::{Setting, set_two_lines, width};
use super::pen;
use super::{Caption, Chart, Figure, Kind, LegendEntry, Tint, WIDTH, drawable, mark};

const BAR: i32 = px(15);
const LABEL: i32 = px(20);
const ROW: i32 = LABEL + BAR + px(10);
const GAP: i32 = px(10);

/// Wholes and their parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// The chart's name and message.
    pub caption: Caption,
    /// The name of the table's first column.
    pub row_head: String,
    /// The parts that every whole is made of.
    pub parts: Vec<Part>,
    /// The wholes, all on one scale. With a single one the parts are named in the picture, if there is room for all.
    pub rows: Vec<StackRow>,
}

/// A part of every whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What the part is called.
    pub name: String,
    /// How the part is filled.
    pub tint: Tint,
}

/// A whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackRow {
    /// What the whole is called; may be empty if there is only one.
    pub name: String,
    /// How much of each part there is, in the order of the parts. The value is the count itself.
    pub counts: Vec<Figure>,
}

impl StackRow {
    /// The parts that there are any of, each with where it begins and ends on the scale.
    fn segments<'a>(&'a self, parts: &'a [Part]) -> impl Iterator<Item = Segment<'a>> {
        parts.iter().zip(&self.counts).scan(0, |at, (part, figure)| {
            let from = *at;
            *at += drawable(figure.value);
            Some(Segment { part, figure, from, to: *at })
        })
    }

    fn total(&self) -> i64 {
        self.counts.iter().map(|figure| drawable(figure.value)).sum()
    }
}

struct Segment<'a> {
    part: &'a Part,
    figure: &'a Figure,
    from: i64,
    to: i64,
}

/// A segment's words, with where the segment begins and ends.
struct SegmentLabel {
    text: String,
    from: i32,
    to: i32,
}

impl SegmentLabel {
    /// The width, made even so that both halves are whole.
    fn width(&self) -> i32 {
        (width(&self.text, pen::LABEL.size) + 1) / 2 * 2
    }

    fn about(&self) -> i32 {
        (self.from + self.to) / 2
    }

    /// Whether a reader would see which segment is meant: the label's middle is over the segment,
    /// or all the segment is under the label.
    fn belongs(&self, middle: i32) -> bool {
        let half = self.width() / 2;
        let over = self.from - px(8) < middle && middle < self.to + px(8);
        over || (middle - half <= self.from && self.to <= middle + half)
    }
}

/// Labels with the middles they were given.
type Placed = Vec<(SegmentLabel, i32)>;

/// A whole, ready to be drawn.
struct Lane<'a> {
    name: Setting,
    row: &'a StackRow,
    above: Placed,
    // Only a single whole has words below its bar too; among several they would seem to belong to
    // the next.
    below: Placed,
}

impl Stack {
    fn is_single(&self) -> bool {
        self.rows.len() == 1
    }

    /// The labels of a whole above and below its bar, and whether all found room.
    fn labels(&self, row: &StackRow, scale: &Scale, named: bool) -> (Placed, Placed, bool) {
        let label = |segment: Segment<'_>| {
            let Segment { part, figure, from, to } = segment;
            let count = figure.label.clone();
            let text = if named { format!("{} {count}", part.name) } else { count };
            SegmentLabel { text, from: scale.at(from), to: scale.at(to) }
        };
        let segments = row.segments(&self.parts).filter(|segment| segment.to > segment.from);
        let (above, rest) = fitting(segments.map(label).collect(), scale.left);
        if self.is_single() {
            let (below, rest) = fitting(rest, scale.left);
            (above, below, rest.is_empty())
        } else {
            (above, Vec::new(), rest.is_empty())
        }
    }

    /// The scale that all wholes share, from where the names end.
    fn scale(&self, names: &[Setting]) -> Scale {
        let column = names.iter().map(|name| name.width(pen::LABEL.size)).max().unwrap_or(0);
        let left = if column > 0 { column + px(10) } else { 0 };
        Scale { left, largest: self.rows.iter().map(StackRow::total).max().unwrap_or(0).max(1) }
    }

    fn lanes(&self, names: Vec<Setting>, scale: &Scale) -> Vec<Lane<'_>> {
        let lane = |(row, name): (_, Setting)| {
            // A single whole names its parts. Where not all the names find room it has the counts
            // alone, as several have: the smallest part would go unsaid, and that is often the red.
            let (above, below, is_whole) = self.labels(row, scale, self.is_single());
            let counts = (!is_whole).then(|| self.labels(row, scale, false));
            let (above, below) = match counts {
                Some((above, below, true)) => (above, below),
                _ => (above, below),
            };
            Lane { name, row, above, below }
        };
        self.rows.iter().zip(names).map(lane).collect()
    }

    fn draw_lane(&self, canvas: &Canvas, scale: &Scale, lane: &Lane<'_>, top: i32) {
        let (upper, lower) = (top + LABEL, top + LABEL + BAR);
        for Segment { part, from, to, .. } in
            lane.row.segments(&self.parts).filter(|segment| segment.to > segment.from)
        {
            let (left, right) = (scale.at(from), scale.at(to));
            // A hair's breadth between neighbours, but never a segment thinner than a hair.
            mark::fill(
                canvas,
                part.tint,
                Rect::new(left, upper, (right - px(1)).max(left + px(1)), lower),
            );
        }
        draw_labels(canvas, &lane.above, top + px(8), (top + px(16), upper - px(1)));
        draw_labels(canvas, &lane.below, lower + px(12), (lower + px(4), lower + px(1)));
        canvas.pen(&pen::LABEL);
        if lane.name.shortened {
            canvas.tip(lane.row.name.trim());
        }
        canvas.lines((0, (upper + lower) / 2), Align::Start, &lane.name.lines, px(16));
    }
}

/// Where a count lies between the names and the right edge.
struct Scale {
    left: i32,
    largest: i64,
}

impl Scale {
    fn at(&self, value: i64) -> i32 {
        let along = i64::from(WIDTH - self.left) * value / self.largest;
        self.left + i32::try_from(along).unwrap_or(WIDTH - self.left)
    }
}

impl Kind for Stack {
    fn class(&self) -> &'static str {
        "chart-stack"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        // A single whole is named by the chart's title, and has all the width.
        let name = |row: &StackRow| if self.is_single() { String::new() } else { row.name.clone() };
        let names: Vec<Setting> = self
            .rows
            .iter()
            .map(|row| set_two_lines(&name(row), pen::LABEL.size, px(142)))
            .collect();
        let scale = self.scale(&names);
        let lanes = self.lanes(names, &scale);
        let count = i32::try_from(lanes.len()).unwrap_or(i32::MAX / ROW).max(1);
        let below = if lanes.iter().any(|lane| !lane.below.is_empty()) { LABEL } else { 0 };
        let canvas = Canvas::new(WIDTH, count * ROW - px(2) + below);
        for (lane, nth) in lanes.iter().zip(0..) {
            self.draw_lane(&canvas, &scale, lane, nth * ROW);
        }
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut head = vec![self.row_head.clone()];
        head.extend(self.parts.iter().map(|part| part.name.clone()));
        let row = |row: &StackRow| {
            let counts =
                row.counts.iter().take(self.parts.len()).map(|figure| figure.label.clone());
            [row.name.clone()].into_iter().chain(counts).collect()
        };
        (head, self.rows.iter().map(row).collect())
    }

    /// The parts; those of a single whole with their counts, as the picture may have had no room
    /// for their names.
    fn legend(&self) -> Vec<LegendEntry> {
        let single = self.rows.first().filter(|_| self.is_single());
        let entry = |(nth, part): (usize, &Part)| {
            let count = single
                .and_then(|row| row.counts.get(nth))
                .map(|figure| format!(" {}", figure.label));
            let text = format!("{}{}", part.name, count.unwrap_or_default());
            LegendEntry::new(mark::class(part.tint), &text, |canvas| {
                mark::fill(canvas, part.tint, Rect::new(px(2), px(1), px(26), px(13)));
            })
        };
        self.parts.iter().enumerate().map(entry).collect()
    }
}

impl From<Stack> for Chart {
    fn from(stack: Stack) -> Chart {
        Chart::Stack(stack)
    }
}

/// Places as many labels as can stand over their own segments, the largest first to stay; gives
/// back the others.
fn fitting(mut labels: Vec<SegmentLabel>, left: i32) -> (Placed, Vec<SegmentLabel>) {
    let mut rest = Vec::new();
    loop {
        let wishes: Vec<(i32, i32)> =
            labels.iter().map(|label| (label.about(), label.width() + GAP)).collect();
        // The gap on the outer side of the outermost labels may hang over.
        let middles = spread(&wishes, left - GAP / 2, WIDTH + GAP / 2);
        let middles = middles
            .filter(|middles| labels.iter().zip(middles).all(|(label, &at)| label.belongs(at)));
        if let Some(middles) = middles {
            return (labels.into_iter().zip(middles).collect(), rest);
        }
        let Some(least) = (0..labels.len()).min_by_key(|&nth| labels[nth].to - labels[nth].from)
        else {
            return (Vec::new(), rest);
        };
        rest.push(labels.remove(least));
        rest.sort_by_key(|label| label.from);
    }
}

/// Writes labels on a line, and ties each to its segment that does not stand over or under the
/// middle of it.
fn draw_labels(canvas: &Canvas, labels: &Placed, y: i32, (from, to): (i32, i32)) {
    canvas.pen(&pen::LABEL);
    for (label, middle) in labels {
        canvas.text((*middle, y), Align::Middle, &label.text);
    }
    canvas.pen(&pen::LEADER);
    for (label, middle) in
        labels.iter().filter(|(label, middle)| !(label.from..label.to).contains(middle))
    {
        canvas.path(&[(*middle, from), (label.about(), to)]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, name, path, value};
    use crate::chart::samples;
    use crate::indicator::Colour;

    #[test]
    fn lights_differ_by_their_hatching() {
        let svg = Chart::from(samples::stack()).svg("c1");
        assert_eq!(path(&svg, "light-green hatch"), "");
        assert!(!path(&svg, "light-yellow hatch").is_empty());
        assert!(!path(&svg, "light-red hatch").is_empty());
    }

    #[test]
    fn what_finds_no_room_above_stands_below() {
        let mut stack = samples::stack();
        stack.rows[0].counts = [1880, 4, 3, 2].map(samples::count).to_vec();
        let lane = |stack: &Stack| {
            let scale = stack.scale(&[]);
            let lanes = stack.lanes(vec![set_two_lines("", pen::LABEL.size, 0)], &scale);
            (lanes[0].above.len(), lanes[0].below.len())
        };
        assert_eq!(lane(&samples::stack()), (3, 1));
        assert_eq!(lane(&stack), (2, 1));
    }

    #[test]
    fn no_part_goes_unsaid_where_names_are_long() {
        let mut stack = samples::stack();
        let names = ["Green: on course", "Yellow: behind", "Red: far behind", "Not rated"];
        for (part, name) in stack.parts.iter_mut().zip(names) {
            part.name = name.to_owned();
        }
        stack.rows[0].counts = [135, 17, 7, 29].map(samples::count).to_vec();
        let svg = Chart::from(stack).svg("c1");
        assert!([">135<", ">17<", ">7<", ">29<"].iter().all(|count| svg.contains(count)), "{svg}");
        assert!(!svg.contains(">Green: on course 135<"));
    }

    #[test]
    fn the_legend_of_a_single_whole_says_the_counts() {
        let legend = Chart::from(samples::stack()).legend();
        assert_eq!(legend[2].text, "红灯 9");
        assert_eq!(legend[2].class, "light-red");
    }

    proptest! {
        #[test]
        fn words_neither_collide_nor_leave_the_picture(
            parts in prop::collection::vec((name(), 0..10_u8), 0..9),
            rows in prop::collection::vec((name(), prop::collection::vec(value(), 0..9)), 0..6),
        ) {
            let tint = |nth| if nth > 7 { Tint::Light(Colour::Red) } else { Tint::Category(nth) };
            let parts = parts.into_iter().map(|(name, nth)| Part { name, tint: tint(nth) }).collect();
            let counts = |values: Vec<Option<i64>>| values.into_iter().map(|v| samples::count(v.unwrap_or(0))).collect();
            let rows = rows.into_iter().map(|(name, values)| StackRow { name, counts: counts(values) }).collect();
            check(Stack { parts, rows, ..samples::stack() });
        }
    }
}
