//! The lights of past issues, a cell each.

use super::canvas::{Align, Canvas};
use super::geometry::{Point, px};
use super::label::in_a_row;
use super::measure::{set_line, width};
use super::pen;
use super::{Caption, Chart, Kind, LegendEntry, LightMark, WIDTH, light_legend, mark};

const CELL: i32 = px(40);
const PER_LINE: usize = 10;
const LINE: i32 = px(72);

/// The lights of past issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The chart's name and message.
    pub caption: Caption,
    /// The names of the table's columns.
    pub head: HistoryHead,
    /// The issues, oldest first.
    pub cells: Vec<Cell>,
}

/// The names of a light history's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryHead {
    /// Of the issues.
    pub issue: String,
    /// Of the lights.
    pub light: String,
}

/// The light of one issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// A short name of the issue.
    pub issue: String,
    /// The light, with its word.
    pub light: LightMark,
    /// A letter or character for the light, such as 绿 or G.
    pub letter: String,
}

impl History {
    fn places(&self) -> impl Iterator<Item = (&Cell, Point)> {
        let place = |nth: usize| {
            let along = i32::try_from(nth % PER_LINE).unwrap_or(0);
            let line = i32::try_from(nth / PER_LINE).unwrap_or(0);
            (along * CELL + CELL / 2, line * LINE + px(14))
        };
        self.cells.iter().zip((0..).map(place))
    }

    /// Names every issue, or every nth up to the last where the names are too long for all.
    fn draw_issues(&self, canvas: &Canvas) {
        let longest =
            self.cells.iter().map(|cell| width(&cell.issue, pen::TICK.size)).max().unwrap_or(0);
        let step = usize::try_from((longest + px(4)) / CELL + 1).unwrap_or(1);
        canvas.pen(&pen::TICK);
        let places: Vec<(&Cell, Point)> = self.places().collect();
        for line in places.chunks(PER_LINE) {
            let first = (line.len() - 1) % step;
            let named = line[first..].iter().step_by(step);
            let wishes = named.map(|(cell, (x, _))| (*x, cell.issue.as_str()));
            for (middle, issue) in in_a_row(wishes, pen::TICK.size, 0, WIDTH) {
                canvas.text((middle, line[0].1.1 + px(42)), Align::Middle, issue);
            }
        }
    }
}

impl Kind for History {
    fn class(&self) -> &'static str {
        "chart-history"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        let lines = i32::try_from(self.cells.len().div_ceil(PER_LINE)).unwrap_or(1).max(1);
        let canvas = Canvas::new(WIDTH, lines * LINE);
        for (cell, at) in self.places() {
            canvas.tip(&format!("{} {}", cell.issue, cell.light.name));
            mark::light(&canvas, cell.light.light, at, px(9));
        }
        canvas.pen(&pen::LABEL);
        for (cell, (x, y)) in self.places() {
            let letter = set_line(&cell.letter, pen::LABEL.size, CELL - px(4));
            canvas.lines((x, y + px(23)), Align::Middle, &letter.lines, 0);
        }
        self.draw_issues(&canvas);
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let rows = self.cells.iter().map(|cell| vec![cell.issue.clone(), cell.light.name.clone()]);
        (vec![self.head.issue.clone(), self.head.light.clone()], rows.collect())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        light_legend(self.cells.iter().map(|cell| &cell.light))
    }
}

impl From<History> for Chart {
    fn from(history: History) -> Chart {
        Chart::History(history)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, light, shapes};
    use crate::chart::samples;
    use crate::indicator::Colour;

    #[test]
    fn lights_differ_by_their_shape() {
        let svg = Chart::from(samples::history()).svg("c1");
        assert_eq!(shapes(&svg, "light-green mark", "circle"), 2);
        assert_eq!(shapes(&svg, "light-yellow mark", "path"), 2);
        assert_eq!(shapes(&svg, "light-red mark", "rect"), 1);
    }

    /// The last of many narrow cells may have a wide letter.
    #[test]
    fn a_wide_letter_at_the_end_stays_in_the_picture() {
        let letters = (0..11).map(|at| if at < 10 { "" } else { "绿" });
        let cell = |letter: &str| Cell {
            issue: String::new(),
            light: samples::light(Colour::Green),
            letter: letter.into(),
        };
        check(History { cells: letters.map(cell).collect(), ..samples::history() });
    }

    proptest! {
        #[test]
        fn words_neither_collide_nor_leave_the_picture(
            cells in prop::collection::vec((light(), "[0-9]{0,8}期?", "[A-Z绿]{0,6}"), 0..40),
        ) {
            let cell = |(light, issue, letter)| Cell { issue, light: samples::light(light), letter };
            check(History { cells: cells.into_iter().map(cell).collect(), ..samples::history() });
        }
    }
}
