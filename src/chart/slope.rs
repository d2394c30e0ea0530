//! How ranks changed from issue to issue.

use super::canvas::{Align, Canvas, Plot};
use super::geometry::{Rect, px};
use super::label::{in_a_row, spread};
use super::measure::{set_line, width};
use super::pen::{self, Pen};
use super::{ABSENT, Caption, Chart, Kind, LegendEntry, WIDTH};

const ROW: i32 = px(22);
const TOP: i32 = px(28);
const NAME_ROOM: i32 = px(130);

/// The ranks of some towns or departments in two issues or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slope {
    /// The chart's name and message.
    pub caption: Caption,
    /// The name of the table's first column.
    pub name_head: String,
    /// The issues, oldest first.
    pub issues: Vec<String>,
    /// Who is ranked.
    pub rows: Vec<SlopeRow>,
    /// The words for a line that rises, falls, and stays.
    pub legend: [String; 3],
}

/// One town's or department's ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlopeRow {
    /// Who it is.
    pub name: String,
    /// The rank in each issue; without one the line has a gap.
    pub ranks: Vec<Option<u32>>,
}

impl SlopeRow {
    fn pen(&self) -> &'static Pen {
        let ranks = || self.ranks.iter().flatten();
        match (ranks().next(), ranks().next_back()) {
            (Some(first), Some(last)) if last < first => &pen::RANK_UP,
            (Some(first), Some(last)) if last > first => &pen::RANK_DOWN,
            _ => &pen::RANK_SAME,
        }
    }
}

/// The side of the chart that names stand on.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

impl Slope {
    fn lowest(&self) -> i64 {
        let ranks = self.rows.iter().flat_map(|row| row.ranks.iter().flatten());
        ranks.map(|&rank| rank_value(rank)).max().unwrap_or(1).max(2)
    }

    /// The names at one end with the rank there, in the order of the ranks.
    fn names(&self, side: Side) -> Vec<(i64, String, &SlopeRow)> {
        let end = match side {
            Side::Left => 0,
            Side::Right => self.issues.len().saturating_sub(1),
        };
        let ranked =
            self.rows.iter().filter_map(|row| Some((row.ranks.get(end).copied().flatten()?, row)));
        let mut names: Vec<_> = ranked
            .map(|(rank, row)| {
                let name = set_line(&row.name, pen::LABEL.size, NAME_ROOM).lines.concat();
                let text = match side {
                    Side::Left => format!("{name} {rank}"),
                    Side::Right => format!("{rank} {name}"),
                };
                (rank_value(rank), text, row)
            })
            .collect();
        names.sort_by_key(|(rank, ..)| *rank);
        names
    }

    fn draw_names(&self, canvas: &Canvas, plot: &Plot, frame: Rect, side: Side) {
        let names = self.names(side);
        let wishes: Vec<(i32, i32)> =
            names.iter().map(|(rank, ..)| (plot.at(0, *rank).1, px(17))).collect();
        let Some(middles) = spread(&wishes, frame.top - ROW / 2, frame.bottom + ROW / 2) else {
            return;
        };
        let (x, align) = match side {
            Side::Left => (frame.left - px(10), Align::End),
            Side::Right => (frame.right + px(10), Align::Start),
        };
        canvas.pen(&pen::LABEL);
        for ((_, text, row), y) in names.iter().zip(middles) {
            if !text.contains(row.name.trim()) {
                canvas.tip(row.name.trim());
            }
            canvas.text((x, y), align, text);
        }
    }

    fn draw_issues(&self, canvas: &Canvas, plot: &Plot, frame: Rect) {
        canvas.pen(&pen::GRID);
        for (_, nth) in self.issues.iter().zip(0..) {
            let x = plot.at(nth, 1).0;
            canvas.path(&[(x, frame.top - ROW / 2), (x, frame.bottom + ROW / 2)]);
        }
        canvas.pen(&pen::TICK);
        let places: Vec<i32> = (0..).map(|nth| plot.at(nth, 1).0).take(self.issues.len()).collect();
        let wishes = places.into_iter().zip(self.issues.iter().map(String::as_str));
        for (middle, issue) in in_a_row(wishes, pen::TICK.size, 0, WIDTH) {
            canvas.text((middle, px(8)), Align::Middle, issue);
        }
    }

    fn draw_lines(&self, canvas: &Canvas, plot: &Plot) {
        // The quiet lines first, so that the rising ones lie on top.
        for pen in [&pen::RANK_SAME, &pen::RANK_DOWN, &pen::RANK_UP] {
            canvas.pen(pen);
            for row in self.rows.iter().filter(|row| row.pen() == pen) {
                let points: Vec<_> = row
                    .ranks
                    .iter()
                    .zip(0..)
                    .map(|(rank, x)| Some((x, rank_value((*rank)?))))
                    .collect();
                for run in points.split(Option::is_none).filter(|run| run.len() > 1) {
                    plot.line(&run.iter().flatten().copied().collect::<Vec<_>>());
                }
            }
        }
        canvas.pen(&pen::RANK_MARKER);
        for row in &self.rows {
            for (rank, nth) in row.ranks.iter().zip(0..).take(self.issues.len()) {
                rank.iter().for_each(|&rank| canvas.circle(plot.at(nth, rank_value(rank)), 30));
            }
        }
    }
}

impl Kind for Slope {
    fn class(&self) -> &'static str {
        "chart-slope"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        let lowest = self.lowest();
        // As tall as the ranks go, or as the names need where many share a rank.
        let ranks = i32::try_from(lowest.min(200)).unwrap_or(200);
        let rows = i32::try_from(self.rows.len()).unwrap_or(200).max(ranks);
        let widest = |side| {
            self.names(side)
                .iter()
                .map(|(_, text, _)| width(text, pen::LABEL.size))
                .max()
                .unwrap_or(0)
        };
        let frame = Rect::new(
            widest(Side::Left) + px(14),
            TOP + ROW / 2,
            WIDTH - widest(Side::Right) - px(14),
            TOP + ROW / 2 + (rows - 1) * ROW,
        );
        let canvas = Canvas::new(WIDTH, frame.bottom + ROW / 2 + px(4));
        let last = i64::try_from(self.issues.len()).unwrap_or(i64::MAX).saturating_sub(1).max(1);
        let plot = canvas.plot(frame, 0..last, lowest..1);
        self.draw_issues(&canvas, &plot, frame);
        self.draw_lines(&canvas, &plot);
        self.draw_names(&canvas, &plot, frame, Side::Left);
        self.draw_names(&canvas, &plot, frame, Side::Right);
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let head =
            [self.name_head.clone()].into_iter().chain(self.issues.iter().cloned()).collect();
        let cell =
            |rank: &Option<u32>| rank.map_or_else(|| ABSENT.to_owned(), |rank| rank.to_string());
        let row = |row: &SlopeRow| {
            [row.name.clone()].into_iter().chain(row.ranks.iter().map(cell)).collect()
        };
        (head, self.rows.iter().map(row).collect())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let pens = [&pen::RANK_UP, &pen::RANK_DOWN, &pen::RANK_SAME];
        let entry = |(pen, text): (&'static Pen, &String)| {
            LegendEntry::new(pen.class, text, |canvas| {
                canvas.pen(pen).path(&[(px(1), px(7)), (px(27), px(7))]);
            })
        };
        pens.into_iter().zip(&self.legend).map(entry).collect()
    }
}

impl From<Slope> for Chart {
    fn from(slope: Slope) -> Chart {
        Chart::Slope(slope)
    }
}

/// A rank on the scale; far beyond any that a list has, ranks are drawn alike.
fn rank_value(rank: u32) -> i64 {
    i64::from(rank.clamp(1, 10_000))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, name, path};
    use crate::chart::samples;

    #[test]
    fn a_missing_rank_breaks_the_line() {
        let mut slope = samples::slope();
        slope.rows = vec![
            SlopeRow { name: "甲".to_owned(), ranks: vec![Some(2), None, Some(1)] },
            SlopeRow { name: "乙".to_owned(), ranks: vec![Some(3), Some(2), Some(1)] },
        ];
        let svg = Chart::from(slope).svg("c1");
        assert_eq!(path(&svg, "rank-up").matches('M').count(), 1);
    }

    #[test]
    fn rising_falling_and_staying_lines_differ() {
        let svg = Chart::from(samples::slope()).svg("c1");
        for (class, lines) in [("rank-up", 1), ("rank-down", 1), ("rank-same", 2)] {
            assert_eq!(path(&svg, class).matches('M').count(), lines, "{class}");
        }
    }

    proptest! {
        #[test]
        fn names_neither_collide_nor_leave_the_picture(
            rows in prop::collection::vec((name(), prop::collection::vec(prop::option::of(1..40_u32), 0..6)), 0..40),
            issues in prop::collection::vec("第[0-9]{1,3}期", 0..6),
        ) {
            let rows = rows.into_iter().map(|(name, mut ranks)| {
                ranks.truncate(issues.len());
                SlopeRow { name, ranks }
            });
            check(Slope { rows: rows.collect(), issues: issues.clone(), ..samples::slope() });
        }
    }
}
