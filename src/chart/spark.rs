//! A curve without words, for lists.

use super::canvas::Canvas;
use super::geometry::{Rect, px};
use super::pen;
use super::{ABSENT, Caption, Chart, Figure, Kind, LegendEntry, drawable};

/// A little room around the line, for the dot at its end.
const FRAME: Rect = Rect { left: px(4), top: px(4), right: px(96), bottom: px(20) };

/// A curve of 100 by 24 without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spark {
    /// The chart's name and message.
    pub caption: Caption,
    /// The names of the table's two columns.
    pub head: [String; 2],
    /// The names of the points, usually months.
    pub names: Vec<String>,
    /// The points; one without a figure is a gap.
    pub points: Vec<Option<Figure>>,
    /// The least height of the scale, such as 100 % for rates.
    pub full: Option<i64>,
}

impl Spark {
    fn values(&self) -> impl Iterator<Item = Option<(i64, i64)>> {
        self.points.iter().zip(0..).map(|(point, x)| Some((x, drawable(point.as_ref()?.value))))
    }
}

impl Kind for Spark {
    fn class(&self) -> &'static str {
        "chart-spark"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        let canvas = Canvas::new(px(100), px(24));
        let values: Vec<Option<(i64, i64)>> = self.values().collect();
        let highest = values.iter().flatten().map(|&(_, y)| y).max();
        let top = highest.max(self.full.map(drawable)).unwrap_or(0).max(1);
        let steps = i64::try_from(values.len()).unwrap_or(i64::MAX).saturating_sub(1).max(1);
        let plot = canvas.plot(FRAME, 0..steps, 0..top);

        canvas.pen(&pen::GRID).path(&[(FRAME.left, FRAME.bottom), (FRAME.right, FRAME.bottom)]);
        let runs = || {
            values
                .split(Option::is_none)
                .map(|run| run.iter().flatten().copied().collect::<Vec<_>>())
        };
        canvas.pen(&pen::SPARK);
        runs().filter(|run| run.len() > 1).for_each(|run| plot.line(&run));
        canvas.pen(&pen::ACTUAL_MARKER);
        let last = values.iter().flatten().next_back().copied();
        for run in runs().filter(|run| run.len() == 1) {
            run.iter()
                .filter(|&&point| Some(point) != last)
                .for_each(|&(x, y)| canvas.circle(plot.at(x, y), 15));
        }
        if let Some((x, y)) = last {
            canvas.circle(plot.at(x, y), 25);
        }
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let label = |point: &Option<Figure>| {
            point.as_ref().map_or(ABSENT, |figure| &figure.label).to_owned()
        };
        let rows = self
            .names
            .iter()
            .zip(&self.points)
            .map(|(name, point)| vec![name.clone(), label(point)]);
        (self.head.to_vec(), rows.collect())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        Vec::new()
    }
}

impl From<Spark> for Chart {
    fn from(spark: Spark) -> Chart {
        Chart::Spark(spark)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, path, shapes, value};
    use crate::chart::samples;

    #[test]
    fn gaps_break_the_line_and_a_lone_point_is_a_dot() {
        let svg = Chart::from(samples::spark()).svg("c1");
        assert_eq!(path(&svg, "series-actual").matches('M').count(), 2);
        assert_eq!(shapes(&svg, "marker series-actual", "circle"), 2);
    }

    #[test]
    fn a_title_that_says_all_needs_no_description() {
        let svg = Chart::from(samples::spark()).svg("c1");
        assert!(svg.contains("aria-labelledby=\"c1-t\"") && !svg.contains("<desc"));
    }

    proptest! {
        #[test]
        fn any_points_make_a_picture(values in prop::collection::vec(value(), 0..=12), full in prop::option::of(any::<i64>())) {
            let points = values.into_iter().map(|value| value.map(samples::rate)).collect();
            check(Spark { points, full, ..samples::spark() });
        }
    }
}
