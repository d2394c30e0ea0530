//! The share of the year's plan that should be done by a day (序时进度, DOMAIN.md 6.7).

use jiff::civil::Date;

use crate::record::TargetCurve;
use crate::value::{Rate, days_in_year, month_end};

/// σ(t): the share of the year's plan that should be done by a day.
///
/// At the end of a month, the month counts whole. On a day within it the curve is read straight between the ends of the months,
/// but for [`TargetCurve::HalfMonth`], which knows only the 15th and the end.
pub fn target(curve: &TargetCurve, day: Date) -> Rate {
    match curve {
        TargetCurve::LinearMonth => months(day) / 12,
        TargetCurve::LinearDay => Rate::new(i128::from(day.day_of_year()), days_in_year(day)),
        TargetCurve::HalfMonth => half_months(day) / 12,
        TargetCurve::QuarterCurve => between(&QUARTERS.map(percent), months(day) / 3),
        TargetCurve::Custom(ends) => between(ends.as_slice(), months(day)),
    }
}

/// σ at the end of each month of a year.
pub fn targets(curve: &TargetCurve, year: i16) -> [Rate; 12] {
    std::array::from_fn(|month| target(curve, month_end(year, month as i8 + 1)))
}

/// What should be done at the ends of the quarters, in percent.
const QUARTERS: [i128; 4] = [20, 50, 80, 100];

fn percent(number: i128) -> Rate {
    Rate::new(number, 100)
}

/// How many months of the year have passed, with the part of the last.
fn months(day: Date) -> Rate {
    let part = Rate::new(i128::from(day.day()), i128::from(day.days_in_month()));
    part + i128::from(day.month() - 1)
}

/// How many months have passed, in halves: to the 14th none of the month, to its last day but one a half.
fn half_months(day: Date) -> Rate {
    let halves = match day.day() {
        last if last == day.days_in_month() => 2,
        15.. => 1,
        _ => 0,
    };
    Rate::new(i128::from(day.month() - 1) * 2 + halves, 2)
}

/// The value of a curve through zero and the given nodes, at 1, 2, 3 and so on, straight between them.
fn between(nodes: &[Rate], at: Rate) -> Rate {
    let whole = usize::try_from(at.to_integer()).unwrap_or_default().min(nodes.len());
    let node = |position: usize| match position {
        0 => Rate::from_integer(0),
        _ => nodes[position.min(nodes.len()) - 1],
    };
    node(whole) + (node(whole + 1) - node(whole)) * at.fract()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::value::{Rounding, percent};

    fn shown(curve: &TargetCurve, day: Date) -> String {
        percent(target(curve, day), 2, Rounding::HalfUp)
    }

    #[test]
    fn a_month_is_a_twelfth() {
        for (month, expected) in [(4, "33.33"), (6, "50.00"), (10, "83.33"), (12, "100.00")] {
            assert_eq!(shown(&TargetCurve::LinearMonth, month_end(2023, month)), expected);
        }
        assert_eq!(shown(&TargetCurve::LinearMonth, date(2023, 4, 15)), "29.17");
    }

    #[test]
    fn days_count_within_leap_years_too() {
        assert_eq!(target(&TargetCurve::LinearDay, date(2023, 3, 1)), Rate::new(60, 365));
        assert_eq!(target(&TargetCurve::LinearDay, date(2024, 3, 1)), Rate::new(61, 366));
        assert_eq!(target(&TargetCurve::LinearDay, date(2024, 12, 31)), Rate::from_integer(1));
    }

    #[test]
    fn the_fifteenth_of_august_is_seven_months_and_a_half() {
        assert_eq!(shown(&TargetCurve::HalfMonth, date(2017, 8, 15)), "62.50");
        assert_eq!(shown(&TargetCurve::HalfMonth, date(2017, 8, 14)), "58.33");
        assert_eq!(shown(&TargetCurve::HalfMonth, date(2017, 8, 30)), "62.50");
        assert_eq!(shown(&TargetCurve::HalfMonth, date(2017, 8, 31)), "66.67");
    }

    #[test]
    fn the_quarter_curve_goes_through_20_50_80_100() {
        let shown = targets(&TargetCurve::QuarterCurve, 2022);
        let shown = shown.map(|share| percent(share, 2, Rounding::HalfUp));
        let expected = [
            "6.67", "13.33", "20.00", "30.00", "40.00", "50.00", "60.00", "70.00", "80.00",
            "86.67", "93.33", "100.00",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_written_curve_goes_through_its_months() {
        let ends = std::array::from_fn(|month| Rate::new(month as i128 * month as i128, 121));
        let curve = TargetCurve::Custom(Box::new(ends));
        assert_eq!(target(&curve, month_end(2024, 2)), Rate::new(1, 121));
        assert_eq!(target(&curve, date(2024, 1, 15)), Rate::from_integer(0));
        assert_eq!(target(&curve, date(2023, 4, 15)), Rate::new(4 * 2 + 5, 242));
        assert_eq!(target(&curve, month_end(2024, 12)), Rate::from_integer(1));
    }
}
