//! Planned, forecast and actual dates on a time axis.

use super::canvas::{Align, Canvas, Plot};
use super::geometry::{Point, Rect, px};
use super::label::{Board, Spot, in_a_row};
use super::measure::{Setting, set_two_lines, width};
use super::pen::{self, Pen};
use super::{ABSENT, Caption, Chart, Kind, LegendEntry, Moment, WIDTH, mark};

const ROW: i32 = px(48);
const TOP: i32 = px(30);
const TICKS: i32 = px(24);

/// The milestones of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestones {
    /// The chart's name and message.
    pub caption: Caption,
    /// The names of the table's columns and of the signs.
    pub head: MilestoneHead,
    /// The milestones, from the top.
    pub rows: Vec<Milestone>,
    /// The days that the time axis names. Like all days here they are counted from any one day.
    pub ticks: Vec<Moment>,
    /// The day the data go up to.
    pub as_of: Option<Moment>,
}

/// The names of a milestone chart's columns, which are also those of its signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MilestoneHead {
    /// Of the milestones.
    pub name: String,
    /// Of the planned days.
    pub planned: String,
    /// Of the forecast days.
    pub forecast: String,
    /// Of the actual days.
    pub actual: String,
}

/// A milestone and its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What is reached.
    pub name: String,
    /// When it should be reached: a diamond.
    pub planned: Option<Moment>,
    /// When it is thought to be reached: a ring.
    pub forecast: Option<Moment>,
    /// When it was reached: a disc.
    pub actual: Option<Moment>,
}

/// A kind of day, with its sign.
struct Sign {
    pen: &'static Pen,
    draw: fn(&Canvas, Point),
}

const PLANNED: Sign = Sign { pen: &pen::PLANNED, draw: |canvas, at| mark::diamond(canvas, at, 55) };
const FORECAST: Sign = Sign { pen: &pen::FORECAST, draw: |canvas, at| canvas.circle(at, px(5)) };
// Small enough to lie within the diamond where the plan was kept to the day.
const ACTUAL: Sign = Sign { pen: &pen::ACTUAL_MARKER, draw: |canvas, at| canvas.circle(at, 38) };

impl Milestone {
    /// The days there are, in the order in which they are labelled if there is not room for all.
    fn signs(&self) -> impl Iterator<Item = (&'static Sign, &Moment)> {
        let all = [(&ACTUAL, &self.actual), (&FORECAST, &self.forecast), (&PLANNED, &self.planned)];
        all.into_iter().filter_map(|(sign, moment)| Some((sign, moment.as_ref()?)))
    }

    fn draw(&self, canvas: &Canvas, plot: &Plot, frame: Rect, y: i32, as_of: Option<i32>) {
        let place = |moment: &Moment| (plot.at(day(moment), 0).0, y);
        let xs = || self.signs().map(|(_, moment)| place(moment).0);
        if let (Some(from), Some(to)) = (xs().min(), xs().max()) {
            canvas.pen(&pen::LEADER).path(&[(from, y), (to, y)]);
        }
        let mut board = Board::new(Rect::new(frame.left, y - ROW / 2, WIDTH, y + ROW / 2));
        for x in as_of.into_iter().flat_map(|x| [x - px(4), x + px(4)]) {
            board.avoid((x, y - ROW), (x, y + ROW));
        }
        board.avoid((xs().min().unwrap_or(0), y), (xs().max().unwrap_or(0), y));
        // The plan first and the fact last, on top.
        for (sign, moment) in self.signs().collect::<Vec<_>>().into_iter().rev() {
            board.reserve(Rect::around(place(moment), px(13), px(13)));
            canvas.pen(sign.pen).tip(&moment.label);
            (sign.draw)(canvas, place(moment));
        }
        canvas.pen(&pen::TICK);
        let mut named: Vec<&str> = Vec::new();
        for (_, moment) in self.signs() {
            // Days that are told by the same words, as a plan kept within the month, are told once.
            if named.contains(&moment.label.as_str()) {
                continue;
            }
            named.push(&moment.label);
            let spots = beside(place(moment));
            if let Some((at, align)) =
                board.place(width(&moment.label, pen::TICK.size), px(14), spots)
            {
                canvas.text(at, align, &moment.label);
            }
        }
    }
}

/// The spots for a date: beside its sign, or else above and below.
fn beside((x, y): Point) -> [Spot; 8] {
    let (gap, rise) = (px(10), px(16));
    [
        ((x + gap, y), Align::Start),
        ((x - gap, y), Align::End),
        ((x, y - rise), Align::Middle),
        ((x, y + rise), Align::Middle),
        ((x - px(6), y - rise), Align::Start),
        ((x - px(6), y + rise), Align::Start),
        ((x + px(6), y - rise), Align::End),
        ((x + px(6), y + rise), Align::End),
    ]
}

impl Milestones {
    fn days(&self) -> impl Iterator<Item = i64> {
        let rows = self.rows.iter().flat_map(|row| row.signs().map(|(_, moment)| day(moment)));
        rows.chain(self.ticks.iter().chain(&self.as_of).map(day))
    }

    fn draw_axis(&self, canvas: &Canvas, plot: &Plot, frame: Rect) {
        canvas.pen(&pen::GRID);
        for tick in &self.ticks {
            let x = plot.at(day(tick), 0).0;
            canvas.path(&[(x, frame.top), (x, frame.bottom)]);
        }
        canvas.pen(&pen::AXIS).path(&[(frame.left, frame.bottom), (WIDTH, frame.bottom)]);
        canvas.pen(&pen::TICK);
        let wishes = self.ticks.iter().map(|tick| (plot.at(day(tick), 0).0, tick.label.as_str()));
        for (middle, name) in in_a_row(wishes, pen::TICK.size, 0, WIDTH) {
            canvas.text((middle, frame.bottom + px(15)), Align::Middle, name);
        }
    }

    fn draw_as_of(&self, canvas: &Canvas, plot: &Plot, frame: Rect) -> Option<i32> {
        let as_of = self.as_of.as_ref()?;
        let x = plot.at(day(as_of), 0).0;
        canvas.pen(&pen::AS_OF).path(&[(x, frame.top - px(10)), (x, frame.bottom)]);
        canvas.pen(&pen::AS_OF_LABEL);
        for (middle, label) in
            in_a_row([(x, as_of.label.as_str())], pen::AS_OF_LABEL.size, 0, WIDTH)
        {
            canvas.text((middle, px(9)), Align::Middle, label);
        }
        Some(x)
    }
}

impl Kind for Milestones {
    fn class(&self) -> &'static str {
        "chart-milestones"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        let names: Vec<Setting> = self
            .rows
            .iter()
            .map(|row| set_two_lines(&row.name, pen::LABEL.size, px(142)))
            .collect();
        let left = names.iter().map(|name| name.width(pen::LABEL.size)).max().unwrap_or(0) + px(16);
        let rows = i32::try_from(self.rows.len()).unwrap_or(1).max(1);
        let frame = Rect::new(left, TOP, WIDTH, TOP + rows * ROW);
        let canvas = Canvas::new(WIDTH, frame.bottom + TICKS);
        let first = self.days().min().unwrap_or(0);
        let last = self.days().max().unwrap_or(0).max(first + 1);
        let plot = canvas.plot(
            Rect { left: left + px(8), right: WIDTH - px(12), ..frame },
            first..last,
            0..1,
        );

        self.draw_axis(&canvas, &plot, frame);
        let as_of = self.draw_as_of(&canvas, &plot, frame);
        for ((row, name), nth) in self.rows.iter().zip(&names).zip(0..) {
            let y = TOP + nth * ROW + ROW / 2;
            canvas.pen(&pen::LABEL);
            if name.shortened {
                canvas.tip(row.name.trim());
            }
            canvas.lines((0, y), Align::Start, &name.lines, px(16));
            row.draw(&canvas, &plot, frame, y, as_of);
        }
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let MilestoneHead { name, planned, forecast, actual } = self.head.clone();
        let cell = |moment: &Option<Moment>| {
            moment.as_ref().map_or(ABSENT, |moment| &moment.label).to_owned()
        };
        let row = |row: &Milestone| {
            vec![row.name.clone(), cell(&row.planned), cell(&row.forecast), cell(&row.actual)]
        };
        (vec![name, planned, forecast, actual], self.rows.iter().map(row).collect())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let entry = |sign: &Sign, class, text: &str| {
            LegendEntry::new(class, text, |canvas| {
                canvas.pen(sign.pen);
                (sign.draw)(canvas, (px(14), px(7)));
            })
        };
        vec![
            entry(&PLANNED, "series-target", &self.head.planned),
            entry(&FORECAST, "series-forecast", &self.head.forecast),
            entry(&ACTUAL, "series-actual", &self.head.actual),
        ]
    }
}

impl From<Milestones> for Chart {
    fn from(milestones: Milestones) -> Chart {
        Chart::Milestones(milestones)
    }
}

/// Keeps a day within what can be drawn: ten thousand years to either side.
fn day(moment: &Moment) -> i64 {
    moment.at.clamp(-3_650_000, 3_650_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, name, shapes};
    use crate::chart::samples;

    #[test]
    fn planned_forecast_and_actual_days_differ_by_shape() {
        let svg = Chart::from(samples::milestones()).svg("c1");
        assert_eq!(shapes(&svg, "marker series-target", "path"), 4);
        assert_eq!(shapes(&svg, "marker series-forecast", "circle"), 1);
        assert_eq!(shapes(&svg, "marker series-actual", "circle"), 2);
    }

    #[test]
    fn every_day_of_the_sample_is_named() {
        let svg = Chart::from(samples::milestones()).svg("c1");
        for day in ["2月10日", "2月15日", "4月15日", "4月8日", "6月30日", "7月31日", "12月16日"]
        {
            assert!(svg.contains(&format!(">{day}</text>")), "{day}");
        }
    }

    fn moment() -> impl Strategy<Value = Option<Moment>> {
        let at = prop_oneof![9 => 0..800_i64, 1 => any::<i64>()];
        prop::option::of(at.prop_map(|at| samples::moment(at, "12月30日")))
    }

    proptest! {
        #[test]
        fn words_neither_collide_nor_leave_the_picture(
            rows in prop::collection::vec((name(), moment(), moment(), moment()), 0..8),
            ticks in prop::collection::btree_set(0..800_i64, 0..9),
            as_of in moment(),
        ) {
            let row = |(name, planned, forecast, actual)| Milestone { name, planned, forecast, actual };
            let rows = rows.into_iter().map(row).collect();
            let ticks = ticks.into_iter().map(|at| samples::moment(at, "2024年1月")).collect();
            check(Milestones { rows, ticks, as_of, ..samples::milestones() });
        }
    }
}
