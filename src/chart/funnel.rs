//! The pools that a project passes through, with how many stand in each.

use std::borrow::Cow;

use super::canvas::{Align, Canvas};
use super::geometry::{Rect, px};
use super::measure::{set_two_lines, width};
use super::pen;
use super::{ABSENT, Caption, Chart, Figure, Kind, LegendEntry, WIDTH, drawable};
use crate::value::aligned;

const BAR: i32 = px(34);
const STEP: i32 = px(56);

/// The pools, first to last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funnel {
    /// The chart's name and message.
    pub caption: Caption,
    /// The names of the table's columns.
    pub head: FunnelHead,
    /// The pools in the order that a project passes through them.
    pub stages: Vec<Stage>,
}

/// The names of a funnel's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FunnelHead {
    /// Of the pools.
    pub stage: String,
    /// Of the counts.
    pub count: String,
    /// Of the amounts.
    pub amount: String,
}

/// A pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What the pool is called.
    pub name: String,
    /// How many projects stand in it; the value is the count itself.
    pub count: Figure,
    /// What they amount to, ready for print.
    pub amount: Option<String>,
}

impl Kind for Funnel {
    fn class(&self) -> &'static str {
        "chart-funnel"
    }

    fn caption(&self) -> &Caption {
        &self.caption
    }

    fn draw(&self) -> Canvas {
        let count = i32::try_from(self.stages.len()).unwrap_or(i32::MAX / STEP).max(1);
        let canvas = Canvas::new(WIDTH, (count - 1) * STEP + BAR + px(8));
        let boxes = self.boxes();

        canvas.pen(&pen::BAR_TRACK);
        for pair in boxes.windows(2) {
            let (upper, lower) = (pair[0], pair[1]);
            canvas.polygon(&[
                (upper.left, upper.bottom),
                (upper.right, upper.bottom),
                (lower.right, lower.top),
                (lower.left, lower.top),
            ]);
        }
        canvas.pen(&pen::BAR);
        boxes.iter().for_each(|&rect| canvas.rect(rect));
        for (stage, rect) in self.stages.iter().zip(&boxes) {
            let y = rect.middle().1;
            let name = set_two_lines(&stage.name, pen::LABEL.size, px(130));
            canvas.pen(&pen::LABEL);
            if name.shortened {
                canvas.tip(stage.name.trim());
            }
            canvas.lines((0, y), Align::Start, &name.lines, px(16));
        }
        for (stage, rect) in self.stages.iter().zip(&boxes) {
            let (y, shift) = (rect.middle().1, if stage.amount.is_some() { px(9) } else { 0 });
            canvas.pen(&pen::VALUE).text((WIDTH, y - shift), Align::End, &stage.count.label);
            if let Some(amount) = &stage.amount {
                canvas.pen(&pen::TICK).text((WIDTH, y + shift), Align::End, amount);
            }
        }
        canvas
    }

    fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let head = vec![self.head.stage.clone(), self.head.count.clone(), self.head.amount.clone()];
        let amounts = self.stages.iter().map(|stage| stage.amount.as_deref().unwrap_or(ABSENT));
        let row = |(stage, amount): (&Stage, Cow<'_, str>)| {
            vec![stage.name.clone(), stage.count.label.clone(), amount.into_owned()]
        };
        (head, self.stages.iter().zip(aligned(amounts)).map(row).collect())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        Vec::new()
    }
}

impl Funnel {
    /// The bars, one below the other around a common middle, between the names and the numbers.
    fn boxes(&self) -> Vec<Rect> {
        let names = self
            .stages
            .iter()
            .map(|s| set_two_lines(&s.name, pen::LABEL.size, px(130)).width(pen::LABEL.size));
        let left = names.max().unwrap_or(0) + px(14);
        let numbers = self.stages.iter().flat_map(|stage| {
            let amount = stage.amount.as_deref().map_or(0, |amount| width(amount, pen::TICK.size));
            [width(&stage.count.label, pen::VALUE.size), amount]
        });
        let right = (WIDTH - numbers.max().unwrap_or(0) - px(14)).max(left + px(40));
        let largest =
            self.stages.iter().map(|stage| drawable(stage.count.value)).max().unwrap_or(0).max(1);
        let room = i64::from(right - left);
        let boxed = |(stage, nth): (&Stage, i32)| {
            // A pool without projects is still a place on the way: a line.
            let width = i32::try_from(drawable(stage.count.value) * room / largest)
                .unwrap_or(right - left)
                .max(px(2));
            let middle = (left + right) / 2;
            let top = px(4) + nth * STEP;
            Rect::new(middle - width / 2, top, middle + width / 2, top + BAR)
        };
        self.stages.iter().zip(0..).map(boxed).collect()
    }
}

impl From<Funnel> for Chart {
    fn from(funnel: Funnel) -> Chart {
        Chart::Funnel(funnel)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::check::{check, name, shapes, value};
    use crate::chart::samples;

    #[test]
    fn an_empty_pool_is_still_a_line() {
        let mut funnel = samples::funnel();
        funnel.stages[2].count = samples::count(0);
        assert_eq!(shapes(&Chart::from(funnel).svg("c1"), "bar", "rect"), 4);
    }

    proptest! {
        #[test]
        fn words_neither_collide_nor_leave_the_picture(
            stages in prop::collection::vec((name(), value(), prop::option::of("[0-9]{1,6}亿元")), 0..6),
        ) {
            let stage = |(name, value, amount): (_, Option<i64>, _)| Stage {
                name,
                count: samples::count(value.unwrap_or(0)),
                amount,
            };
            check(Funnel { stages: stages.into_iter().map(stage).collect(), ..samples::funnel() });
        }
    }
}
