//! A ranking, as horizontal bars.

use super::canvas::{Align, Canvas, Plot};
use super::geometry::{Rect, px};
use super::label::in_a_row;
use super::measure::{Setting, set_two_lines, width};
use super::pen;
use super::{
    ABSENT, Caption, Chart, Figure, Kind, LegendEntry, LightMark, WIDTH, drawable, light_legend,
    mark,
};
use crate::value::aligned;

const LEADING: i32 = px(16);
const BAR: i32 = px(14);
const NAME_ROOM: i32 = px(142);
const GAP: i32 = px(6);

/// A ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// The chart's name and message.
    pub caption: Caption,
    /// The names of the table's columns.
    pub head: BarHead,
    /// The rows, from the top.
    pub rows: Vec<BarRow>,
    /// The value that every row should have reached.
    pub target: Option<Figure>,
    /// The value of a full track, such as 100 % for rates; without one the longest bar is full.
    pub full: Option<i64>,
}

/// The names of a ranking's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BarHead {
    /// Of the ranks.
    pub rank: String,
    /// Of the names.
    pub name: String,
    /// Of the values.
    pub value: String,
    /// Of the lights.
    pub light: String,
}

/// A row of a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarRow {
    /// The rank ready for print.
    pub rank: Option<String>,
    /// The town, department or project.
    pub name: String,
    /// The value; a row without one has no bar.
    pub figure: Option<Figure>,
    /// The light, if lights are shown.
    pub light: Option<LightMark>,
}

/// Where the columns stand.
struct Layout {
    names: Vec<Setting>,
    light_at: i32,
    name_at: i32,
    bars: Rect,
}

impl Layout {
    /// The middle lines of the rows.
    fn middles(&self) -> Vec<i32> {
        let middle = |top: &mut i32, name: &Setting| {
            *top += row_height(name);
            Some(*top - row_height(name) / 2)
        };
        self.names.iter().scan(self.bars.top, middle).collect()
    }
}

impl Bars {
    fn layout(&self) -> Layout {
        let widest = |texts: &mut dyn Iterator<Item = &str>, size| {
            texts.map(|t| width(t, size)).max().unwrap_or(0)
        };
        let ranks =
            widest(&mut self.rows.iter().filter_map(|row| row.rank.as_deref()), pen::LABEL.size);
        let values = widest(&mut self.rows.iter().map(BarRow::value_label), pen::VALUE.size);
        let names: Vec<Setting> = self
            .rows
            .iter()
            .map(|row| set_two_lines(&row.name, pen::LABEL.size, NAME_ROOM))
            .collect();

        let light_at = if ranks > 0 { ranks + px(8) } else { 0 };
        let lit = self.rows.iter().any(|row| row.light.is_some());
        let name_at = light_at + if lit { px(18) } else { 0 };
        let left = name_at
            + names.iter().map(|name| name.width(pen::LABEL.size)).max().unwrap_or(0)
            + px(10);
        let right = (WIDTH - values - GAP).max(left + px(60));
        let top = if self.target.is_some() { px(24) } else { px(4) };
        let bottom = top + names.iter().map(row_height).sum::<i32>();
        Layout { names, light_at, name_at, bars: Rect::new(left, top, right, bottom) }
    }

    fn scale_end(&self) -> i64 {
        let values = self.rows.iter().filter_map(|row| row.figure.as_ref());
        let longest = values.chain(&self.target).map(|figure| drawable(figure.value)).max();
        longest.max(self.full.map(drawable)).unwrap_or(0).max(1)
    }

    /// Draws the target's line from the top to the bottom, broken where a value is printed.
    fn draw_target(&self, canvas: &Canvas, plot: &Plot, bars: Rect, values: &[Rect]) {
        let Some(target) = &self.target else { return };
        let x = plot.at(drawable(target.value), 0).0;
        canvas.pen(&pen::TARGET_MARK);
        let mut from = bars.top - px(5);
        for value in values.iter().filter(|value| value.left - px(3) < x && x < value.right + px(3))
        {
            canvas.path(&[(x, from), (x, value.top)]);
            from = value.bottom;
        }
        canvas.path(&[(x, from), (x, bars.bottom)]);
        canvas.pen(&pen::TARGET_NOTE);
        for (middle, label) in
            in_a_row([(x, target.label.as_str())], pen::TARGET_NOTE.size, 0, WIDTH)
        {
            canvas.text((middle, px(9)), Align::Middle, label);
        }
    }
}

impl BarRow {
    fn value_label(&self) -> &str {
        self.figure.as_ref().map_or(ABSENT, |figure| &figure.label)
    }

    /// The box of the printed value, behind the bar.
    fn value_box(&self, plot: &Plot, y: i32) -> Rect {
        let end = plot.at(self.figure.as_ref().map_or(0, |figure| drawable(figure.value)), 0).0;
        Align::Start.place((end + GAP, y), width(self.value_label(), pen::VALUE.size), LEADING)
    }

    fn draw_words(&self, canvas: &Canvas, y: i32, name: &Setting, layout: &Layout) {
        canvas.pen(&pen::LABEL);
        if let Some(rank) = &self.rank {
            canvas.text((layout.light_at - px(8), y), Align::End, rank);
        }
        if name.shortened {
            canvas.tip(self.name.trim());
        }
        canvas.lines((layout.name_at, y), Align::Start, &name.lines, LEADING);
    }
}

impl Kind for Bars {
    fn class(&self) -> &'static str {
        "chart-bars"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        let layout = self.layout();
        let bars = layout.bars;
        let canvas = Canvas::new(WIDTH, bars.bottom + px(4));
        let plot = canvas.plot(bars, 0..self.scale_end(), 0..1);
        let middles = layout.middles();
        let rows = || self.rows.iter().zip(middles.iter().copied());
        let end = |value: i64| plot.at(drawable(value), 0).0;
        let bar =
            |from: i32, to: i32, y: i32| canvas.rect(Rect::new(from, y - BAR / 2, to, y + BAR / 2));

        // Kind by kind rather than row by row, so that each class is one group.
        if let Some(full) = self.full {
            canvas.pen(&pen::BAR_TRACK);
            let done =
                |row: &BarRow| row.figure.as_ref().map_or(bars.left, |figure| end(figure.value));
            rows()
                .filter(|(row, _)| done(row) < end(full))
                .for_each(|(row, y)| bar(done(row), end(full), y));
        }
        canvas.pen(&pen::BAR);
        for (figure, y) in rows().filter_map(|(row, y)| Some((row.figure.as_ref()?, y))) {
            bar(bars.left, end(figure.value), y);
        }
        canvas.pen(&pen::AXIS).path(&[(bars.left, bars.top), (bars.left, bars.bottom)]);
        let values: Vec<Rect> = rows().map(|(row, y)| row.value_box(&plot, y)).collect();
        self.draw_target(&canvas, &plot, bars, &values);
        for ((row, y), name) in rows().zip(&layout.names) {
            row.draw_words(&canvas, y, name, &layout);
        }
        for (light, y) in rows().filter_map(|(row, y)| Some((row.light.as_ref()?, y))) {
            mark::light(canvas.tip(&light.name), light.light, (layout.light_at + px(6), y), px(5));
        }
        canvas.pen(&pen::VALUE);
        for ((row, y), rect) in rows().zip(&values) {
            canvas.text((rect.left, y), Align::Start, row.value_label());
        }
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let ranked = self.rows.iter().any(|row| row.rank.is_some());
        let lit = self.rows.iter().any(|row| row.light.is_some());
        let row = |name: &str, value: &str, rank: &str, light: &str| -> Vec<String> {
            let optional = [ranked.then_some(rank), lit.then_some(light)];
            [Some(name), Some(value)]
                .into_iter()
                .chain(optional)
                .flatten()
                .map(str::to_owned)
                .collect()
        };
        let head = row(&self.head.name, &self.head.value, &self.head.rank, &self.head.light);
        let values = aligned(self.rows.iter().map(BarRow::value_label));
        let rows = self.rows.iter().zip(&values).map(|(r, value)| {
            let light = r.light.as_ref().map_or(ABSENT, |light| &light.name);
            row(&r.name, value, r.rank.as_deref().unwrap_or(ABSENT), light)
        });
        (head, rows.collect())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let target = self.target.iter().map(|target| {
            LegendEntry::new("target-mark", &target.label, |canvas| {
                canvas.pen(&pen::TARGET_MARK).path(&[(px(14), 0), (px(14), px(14))]);
            })
        });
        target.chain(light_legend(self.rows.iter().filter_map(|row| row.light.as_ref()))).collect()
    }
}

impl From<Bars> for Chart {
    fn from(bars: Bars) -> Chart {
        Chart::Bars(bars)
    }
}

fn row_height(name: &Setting) -> i32 {
    if name.lines.len() > 1 { px(40) } else { px(26) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, light, name, path, shapes, value};
    use crate::chart::samples;
    use crate::indicator::Colour;

    #[test]
    fn a_row_without_a_value_has_a_dash_and_no_bar() {
        let svg = Chart::from(samples::bars()).svg("c1");
        assert_eq!(shapes(&svg, "bar", "rect"), 4);
        assert_eq!(svg.matches(">—</text>").count(), 1);
    }

    #[test]
    fn a_shortened_name_keeps_the_whole_in_a_title() {
        let svg = Chart::from(samples::bars()).svg("c1");
        assert!(svg.contains("<title>现代食品与生物医药产业园区筹备工作领导小组</title>"));
    }

    #[test]
    fn the_target_line_is_broken_where_a_value_is_printed() {
        let svg = Chart::from(samples::bars()).svg("c1");
        assert_eq!(path(&svg, "target-mark").matches('M').count(), 3);
    }

    #[test]
    fn a_ranking_without_rows_is_still_a_picture() {
        check(Bars { rows: Vec::new(), ..samples::bars() });
    }

    #[test]
    fn columns_that_no_row_fills_are_left_out_of_the_table() {
        let mut bars = samples::bars();
        bars.rows.iter_mut().for_each(|row| (row.rank, row.light) = (None, None));
        let table = Chart::from(bars).table();
        assert_eq!(table.head, ["镇", "完成率"]);
        assert_eq!(table.rows[4], ["青云乡", "—"]);
    }

    proptest! {
        #[test]
        fn words_neither_collide_nor_leave_the_picture(
            rows in prop::collection::vec((name(), value(), light(), any::<bool>()), 1..=60),
            target in prop::option::of(0..16_000_i64),
            full in prop::option::of(Just(FULL)),
        ) {
            let row = |(nth, (name, value, light, ranked)): (usize, (String, Option<i64>, Colour, bool))| {
                let rank = if ranked { (nth + 1).to_string() } else { String::new() };
                samples::bar(&rank, &name, value.map(|v| v % 10_0000), light)
            };
            let rows = rows.into_iter().enumerate().map(row).collect();
            let target = target.map(|value| Figure { value, label: "序时进度 33.3%".to_owned() });
            check(Bars { rows, target, full, ..samples::bars() });
        }
    }

    const FULL: i64 = 10_000;
}
