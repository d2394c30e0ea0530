//! Completion over the months of a year, against the target and last year.

use super::canvas::{Align, Canvas, Plot, round_values};
use super::geometry::{Point, Rect, px};
use super::label::{Board, around, in_a_row, spread};
use super::measure::{Setting, set_two_lines, width};
use super::pen::{self, Pen};
use super::{ABSENT, Caption, Chart, Figure, Kind, LegendEntry, Moment, WIDTH, drawable, mark};

const HEIGHT: i32 = px(252);
const TOP: i32 = px(28);
const BOTTOM: i32 = HEIGHT - px(26);
const LEADING: i32 = px(17);
/// How wide a line's name may be in the right margin, and within the plot.
const MARGIN_ROOM: i32 = px(98);
const INNER_ROOM: i32 = px(190);

/// A month on the time scale, which is counted in hundredths of one so that an as-of date may lie
/// within.
const MONTH: i64 = 100;
/// All of the plan, on the scale of rates.
const FULL: i64 = 10_000;

/// The completion curve of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The chart's name and message.
    pub caption: Caption,
    /// The name of the table's first column.
    pub month_head: String,
    /// The names of the months.
    pub months: [String; 12],
    /// What was done, as a share of the plan.
    pub actual: Series,
    /// What should have been done; drawn from zero at the start of the year.
    pub target: Option<Series>,
    /// What was done by the same month of last year.
    pub last_year: Option<Series>,
    /// The day the data go up to, in hundredths of a month: the end of April is 400.
    pub as_of: Option<Moment>,
}

/// A line of the curve: what stood at the end of each month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The name printed at the end of the line.
    pub name: String,
    /// The months' figures; a month without one is a gap.
    pub points: [Option<Figure>; 12],
}

impl Series {
    /// The points on the chart's scales, in stretches that a gap divides.
    fn runs(&self) -> Vec<Vec<(i64, i64)>> {
        let mut runs = vec![Vec::new()];
        for (figure, month) in self.points.iter().zip(1..) {
            match (figure, runs.last_mut()) {
                (Some(figure), Some(run)) => run.push((month * MONTH, drawable(figure.value))),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// The figures there are, each with its place on the time scale.
    fn figures(&self) -> impl Iterator<Item = (i64, &Figure)> {
        self.points
            .iter()
            .zip(1..)
            .filter_map(|(figure, month)| Some((month * MONTH, figure.as_ref()?)))
    }

    fn last(&self) -> Option<(i64, &Figure)> {
        self.figures().last()
    }
}

/// A series with the way it is drawn.
struct Line<'a> {
    series: &'a Series,
    style: &'static Style,
}

struct Style {
    stroke: &'static Pen,
    marker: &'static Pen,
    label: &'static Pen,
    /// Draws the sign of a point that matters.
    sign: fn(&Canvas, Point),
    /// Whether the line begins at nothing, at the start of the year.
    from_zero: bool,
    /// Whether the name at the line's end says the last figure too.
    with_figure: bool,
}

const ACTUAL: Style = Style {
    stroke: &pen::ACTUAL,
    marker: &pen::ACTUAL_MARKER,
    label: &pen::ACTUAL_LABEL,
    sign: |canvas, at| canvas.circle(at, 45),
    from_zero: false,
    with_figure: true,
};
const TARGET: Style = Style {
    stroke: &pen::TARGET,
    marker: &pen::TARGET_MARKER,
    label: &pen::TARGET_LABEL,
    sign: |canvas, at| mark::diamond(canvas, at, 35),
    from_zero: true,
    with_figure: false,
};
const LAST_YEAR: Style = Style {
    stroke: &pen::LAST_YEAR,
    marker: &pen::LAST_YEAR_MARKER,
    label: &pen::LAST_YEAR_LABEL,
    sign: |canvas, at| mark::square(canvas, at, 32),
    from_zero: false,
    with_figure: false,
};

impl Line<'_> {
    fn runs(&self) -> Vec<Vec<(i64, i64)>> {
        let mut runs = self.series.runs();
        // The year begins with nothing due, whatever is due at the end of January; where January is
        // missing there is no saying how the line left zero.
        let starts = self.style.from_zero && self.series.points[0].is_some();
        runs.iter_mut().take(usize::from(starts)).for_each(|first| first.insert(0, (0, 0)));
        runs
    }

    fn draw(&self, canvas: &Canvas, plot: &Plot) {
        let runs = self.runs();
        canvas.pen(self.style.stroke);
        for run in runs.iter().filter(|run| run.len() > 1) {
            plot.line(run);
        }
        canvas.pen(self.style.marker);
        let last = self.series.last().map(|(x, _)| x);
        for run in &runs {
            // A lone point has no line that would show it.
            for &(x, y) in run.iter().filter(|&&(x, _)| run.len() == 1 || Some(x) == last) {
                (self.style.sign)(canvas, plot.at(x, y));
            }
        }
    }

    /// The words at the line's end.
    fn words(&self, last: &Figure, room: i32) -> Setting {
        let name = &self.series.name;
        let words =
            if self.style.with_figure { format!("{name} {}", last.label) } else { name.clone() };
        set_two_lines(&words, self.style.label.size, room)
    }

    fn strokes(&self, plot: &Plot) -> Vec<(Point, Point)> {
        let ends =
            |pair: &[(i64, i64)]| (plot.at(pair[0].0, pair[0].1), plot.at(pair[1].0, pair[1].1));
        self.runs().iter().flat_map(|run| run.windows(2).map(ends).collect::<Vec<_>>()).collect()
    }
}

impl Curve {
    /// The lines, the most important drawn last and so on top.
    fn lines(&self) -> Vec<Line<'_>> {
        let last_year = self.last_year.iter().map(|series| Line { series, style: &LAST_YEAR });
        let target = self.target.iter().map(|series| Line { series, style: &TARGET });
        last_year.chain(target).chain([Line { series: &self.actual, style: &ACTUAL }]).collect()
    }

    /// The end of the scale: 100 %, or a little above the highest point.
    fn top(&self) -> i64 {
        let lines = self.lines().into_iter();
        let values =
            lines.flat_map(|line| line.series.figures().map(|(_, figure)| drawable(figure.value)));
        let highest = values.max().unwrap_or(0);
        FULL.max(if highest > FULL { highest + highest / 40 } else { highest })
    }

    /// The plot's box: tick labels to the left of it, the names of lines to the right.
    fn frame(&self, ticks: &[i64]) -> Rect {
        let tick =
            ticks.iter().map(|&tick| width(&percent(tick), pen::TICK.size)).max().unwrap_or(0);
        let at_end = self.lines().into_iter().filter_map(|line| {
            let (x, last) = line.series.last()?;
            (x == 12 * MONTH)
                .then(|| px(10) + line.words(last, MARGIN_ROOM).width(line.style.label.size))
        });
        let month = width(&self.months[11], pen::TICK.size) / 2;
        let right = at_end.max().unwrap_or(0).max(month);
        Rect::new(tick + px(8), TOP, WIDTH - right, BOTTOM)
    }

    fn draw_grid(&self, canvas: &Canvas, plot: &Plot, ticks: &[i64]) {
        let ends = |tick: i64| [plot.at(0, tick), plot.at(12 * MONTH, tick)];
        canvas.pen(&pen::GRID);
        for &tick in ticks.iter().filter(|&&tick| tick > 0) {
            canvas.path(&ends(tick));
        }
        canvas.pen(&pen::AXIS).path(&ends(0));
        canvas.pen(&pen::TICK);
        for &tick in ticks {
            let (x, y) = plot.at(0, tick);
            canvas.text((x - px(7), y), Align::End, &percent(tick));
        }
    }

    /// Names the months, or every second, third or sixth where the names are too long for all.
    fn draw_months(&self, canvas: &Canvas, plot: &Plot) {
        let pitch = plot.at(MONTH, 0).0 - plot.at(0, 0).0;
        let longest =
            self.months.iter().map(|month| width(month, pen::TICK.size)).max().unwrap_or(0);
        let step =
            [1, 2, 3, 6].into_iter().find(|&step| longest + px(3) <= pitch * step).unwrap_or(12);
        canvas.pen(&pen::TICK);
        for (month, nth) in self.months.iter().zip(1..).filter(|(_, nth)| nth % step == 0) {
            let (x, y) = plot.at(i64::from(nth) * MONTH, 0);
            canvas.text((x, y + px(15)), Align::Middle, month);
        }
    }

    fn draw_as_of(&self, canvas: &Canvas, plot: &Plot, board: &mut Board) {
        let Some(as_of) = &self.as_of else { return };
        let at = as_of.at.clamp(0, 12 * MONTH);
        let (x, bottom) = plot.at(at, 0);
        canvas.pen(&pen::AS_OF).path(&[(x, TOP - px(10)), (x, bottom)]);
        board.avoid((x, TOP), (x, bottom));
        canvas.pen(&pen::AS_OF_LABEL);
        for (middle, label) in
            in_a_row([(x, as_of.label.as_str())], pen::AS_OF_LABEL.size, 0, WIDTH)
        {
            canvas.text((middle, px(9)), Align::Middle, label);
        }
    }

    /// Dots for the actual months, each telling its figure to the pointer.
    fn draw_dots(&self, canvas: &Canvas, plot: &Plot) {
        canvas.pen(&pen::ACTUAL_MARKER);
        let months = self.months.iter().zip(&self.actual.points);
        for ((month, point), x) in months.zip((1..).map(|nth| nth * MONTH)) {
            if let Some(figure) = point {
                canvas
                    .tip(&format!("{month} {}", figure.label))
                    .circle(plot.at(x, drawable(figure.value)), 30);
            }
        }
    }
}

impl Kind for Curve {
    fn class(&self) -> &'static str {
        "chart-curve"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        let canvas = Canvas::new(WIDTH, HEIGHT);
        let top = self.top();
        let ticks = round_values(0..top, 6);
        let frame = self.frame(&ticks);
        let plot = canvas.plot(frame, 0..12 * MONTH, 0..top);
        let mut board = Board::new(Rect::new(frame.left, TOP - px(8), WIDTH, BOTTOM));

        self.draw_grid(&canvas, &plot, &ticks);
        self.draw_months(&canvas, &plot);
        self.draw_as_of(&canvas, &plot, &mut board);
        let lines = self.lines();
        for line in &lines {
            line.draw(&canvas, &plot);
            line.strokes(&plot).into_iter().for_each(|(from, to)| board.avoid(from, to));
        }
        self.draw_dots(&canvas, &plot);
        draw_margin_names(&canvas, &plot, &lines, &mut board);
        draw_inner_names(&canvas, &plot, &lines, &mut board);
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let series: Vec<&Series> =
            [Some(&self.actual), self.target.as_ref(), self.last_year.as_ref()]
                .into_iter()
                .flatten()
                .collect();
        let mut head = vec![self.month_head.clone()];
        head.extend(series.iter().map(|series| series.name.clone()));
        let cell = |point: &Option<Figure>| {
            point.as_ref().map_or(ABSENT, |figure| &figure.label).to_owned()
        };
        let row = |(nth, month): (usize, &String)| {
            let cells = series.iter().map(|series| cell(&series.points[nth]));
            [month.clone()].into_iter().chain(cells).collect()
        };
        (head, self.months.iter().enumerate().map(row).collect())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let sample = |line: Line<'_>| {
            let Style { stroke, marker, sign, .. } = line.style;
            LegendEntry::new(stroke.class, &line.series.name, |canvas| {
                canvas.pen(stroke).path(&[(px(1), px(7)), (px(27), px(7))]);
                canvas.pen(marker);
                sign(canvas, (px(14), px(7)));
            })
        };
        self.lines().into_iter().rev().map(sample).collect()
    }
}

impl From<Curve> for Chart {
    fn from(curve: Curve) -> Chart {
        Chart::Curve(Box::new(curve))
    }
}

/// A tick of the scale. Its values are whole percentages by construction.
fn percent(tick: i64) -> String {
    format!("{}%", tick / 100)
}

/// Names the lines that reach the end of the year in the right margin, one above the other where
/// they come close.
fn draw_margin_names(canvas: &Canvas, plot: &Plot, lines: &[Line<'_>], board: &mut Board) {
    let mut names: Vec<(i32, Setting, &Line<'_>)> = Vec::new();
    for line in lines {
        if let Some((x, last)) = line.series.last().filter(|&(x, _)| x == 12 * MONTH) {
            names.push((plot.at(x, drawable(last.value)).1, line.words(last, MARGIN_ROOM), line));
        }
    }
    names.sort_by_key(|&(y, ..)| y);
    let wishes: Vec<(i32, i32)> = names.iter().map(|(y, words, _)| (*y, height(words))).collect();
    let Some(middles) = spread(&wishes, TOP - px(8), BOTTOM) else { return };
    let left = plot.at(12 * MONTH, 0).0 + px(10);
    for ((_, words, line), y) in names.iter().zip(middles) {
        canvas.pen(line.style.label).lines((left, y), Align::Start, &words.lines, LEADING);
        board.reserve(Align::Start.place(
            (left, y),
            words.width(line.style.label.size),
            height(words),
        ));
    }
}

/// Names the lines that end within the year beside their last point, clear of the other lines if
/// there is room.
fn draw_inner_names(canvas: &Canvas, plot: &Plot, lines: &[Line<'_>], board: &mut Board) {
    for line in lines.iter().rev() {
        let Some((x, last)) = line.series.last().filter(|&(x, _)| x < 12 * MONTH) else { continue };
        let words = line.words(last, INNER_ROOM);
        let spots = around(plot.at(x, drawable(last.value)), px(9), height(&words));
        if let Some((at, align)) =
            board.place(words.width(line.style.label.size), height(&words), spots)
        {
            canvas.pen(line.style.label).lines(at, align, &words.lines, LEADING);
        }
    }
}

fn height(words: &Setting) -> i32 {
    i32::try_from(words.lines.len()).unwrap_or(i32::MAX) * LEADING
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, name, path, shapes, value};
    use crate::chart::samples;

    const GAPS: [i64; 12] = [430, 1210, -1, 3360, -1, 6600, 8020, 9900, 11900, 12700, 13800, 15147];

    fn with(actual: [i64; 12]) -> Curve {
        Curve { actual: samples::series("实际", actual), ..samples::curve() }
    }

    fn svg(curve: Curve) -> String {
        Chart::from(curve).svg("c1")
    }

    #[test]
    fn a_missing_month_breaks_the_line() {
        let line = path(&svg(with(GAPS)), "series-actual");
        assert_eq!(line.matches('M').count(), 2, "{line}");
        let whole = path(&svg(with([10; 12])), "series-actual");
        assert_eq!(whole.matches('M').count(), 1, "{whole}");
    }

    #[test]
    fn a_lone_month_between_gaps_is_seen_as_a_marker() {
        // Nine months' dots, and the larger ones of the lone month and of the last.
        let svg = svg(with(GAPS));
        assert_eq!(shapes(&svg, "marker series-actual", "circle"), 10 + 2);
    }

    #[test]
    fn a_year_without_data_still_has_its_target_and_axis() {
        let svg = svg(with([-1; 12]));
        assert_eq!(path(&svg, "series-actual"), "");
        assert_eq!(path(&svg, "series-target").matches('M').count(), 1);
        assert!(svg.contains(">12月</text>"));
    }

    #[test]
    fn a_rate_above_the_plan_stretches_the_scale() {
        assert!(svg(with(GAPS)).contains(">150%</text>"));
        assert!(!svg(with([9000; 12])).contains(">120%</text>"));
    }

    #[test]
    fn month_names_too_long_for_all_are_thinned_out() {
        let months = std::array::from_fn(|nth| format!("Month {}", nth + 1));
        let svg = svg(Curve { months, ..samples::curve() });
        assert!(svg.contains(">Month 3</text>") && svg.contains(">Month 12</text>"));
        assert!(!svg.contains(">Month 1</text>"));
    }

    #[test]
    fn the_table_says_what_the_lines_show() {
        let table = Chart::from(samples::curve()).table();
        assert_eq!(table.head, ["月份", "实际", "序时进度", "上年同期"]);
        assert_eq!(table.rows[0], ["1月", "—", "6.6%", "—"]);
        assert_eq!(table.rows[3], ["4月", "53.6%", "30.0%", "27.1%"]);
    }

    fn series() -> impl Strategy<Value = Series> {
        let points =
            prop::array::uniform12(value()).prop_map(|values| values.map(|v| v.map(samples::rate)));
        (name(), points).prop_map(|(name, points)| Series { name, points })
    }

    proptest! {
        #[test]
        fn names_neither_collide_nor_leave_the_picture(
            actual in series(),
            target in prop::option::of(series()),
            last_year in prop::option::of(series()),
            as_of in prop::option::of(-100..1400_i64),
        ) {
            let as_of = as_of.map(|at| samples::moment(at, "截至4月30日"));
            check(Curve { actual, target, last_year, as_of, ..samples::curve() });
        }
    }
}
