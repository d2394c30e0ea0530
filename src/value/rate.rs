//! Exact fractions, and the one place where a figure is rounded.

use std::fmt;

use num_rational::Ratio;

use super::{Decimal, Money};

/// An exact fraction: a rate, or an amount in a unit.
pub type Rate = Ratio<i128>;

/// How the last displayed digit is found. The default is 四舍五入.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rounding {
    /// Half away from zero, on the absolute value: 78.25 → 78.3, −0.05 → −0.1.
    #[default]
    HalfUp,
    /// Half to even, as GB/T 8170-2008 has it: 78.25 → 78.2.
    HalfEven,
}

/// Rounds a fraction once, from its exact value, to a decimal text; a negative zero is written without its sign.
pub fn rounded(value: Rate, decimals: u32, rounding: Rounding) -> String {
    rounded_fraction(*value.numer(), *value.denom(), decimals, rounding)
}

/// Rounds as [`rounded`] does a fraction that need not be reduced; the denominator is above zero.
pub(crate) fn rounded_fraction(
    value: i128,
    denominator: i128,
    decimals: u32,
    rounding: Rounding,
) -> String {
    let scale = 10_i128.pow(decimals);
    let (whole, rest) = divided(value.abs(), denominator);
    // The scale is applied to the rest only, so that no product outgrows the type.
    let (part, rest) = divided(rest * scale, denominator);
    let up = match (rest * 2).cmp(&denominator) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => match rounding {
            Rounding::HalfUp => true,
            Rounding::HalfEven => (whole * scale + part) % 2 == 1,
        },
    };
    let part = part + i128::from(up);
    let (whole, part) = if part == scale { (whole + 1, 0) } else { (whole, part) };
    let mut text = if value < 0 && (whole, part) != (0, 0) { "-".into() } else { String::new() };
    text.push_str(&digits(whole));
    if decimals > 0 {
        // With the scale before it a part keeps the zeros that it begins with.
        text.push('.');
        text.push_str(&digits(scale + part)[1..]);
    }
    text
}

/// A number as text. Nearly all fit into the half, which is written many times faster, as it is without `format!`.
fn digits(number: i128) -> String {
    u64::try_from(number).map_or_else(|_| number.to_string(), |number| number.to_string())
}

/// Quotient and rest. Nearly all numbers fit into the half, which processors divide many times faster.
pub(super) fn divided(number: i128, by: i128) -> (i128, i128) {
    match halves(number, by) {
        Some((number, by)) => ((number / by).into(), (number % by).into()),
        None => (number / by, number % by),
    }
}

/// A fraction in its lowest terms; the denominator is not zero.
pub(super) fn fraction(numerator: i128, denominator: i128) -> Rate {
    match halves(numerator, denominator) {
        Some((numerator, denominator)) => {
            let (numerator, denominator) = Ratio::new(numerator, denominator).into_raw();
            Rate::new_raw(numerator.into(), denominator.into())
        }
        None => Rate::new(numerator, denominator),
    }
}

/// Two numbers in half the bits, if they fit; the lowest does not, for its quotient by −1 would not.
fn halves(a: i128, b: i128) -> Option<(i64, i64)> {
    let half = |number| i64::try_from(number).ok().filter(|number| *number != i64::MIN);
    half(a).zip(half(b))
}

/// The exact difference of two rates; none if it has more digits than there is room for.
pub fn difference(a: Rate, b: Rate) -> Option<Rate> {
    let part = |one: Rate, other: Rate| one.numer().checked_mul(*other.denom());
    let numerator = part(a, b)?.checked_sub(part(b, a)?)?;
    Some(fraction(numerator, a.denom().checked_mul(*b.denom())?))
}

/// A rate as a percentage without the sign: 147/188 → `78.2`.
pub fn percent(rate: Rate, decimals: u32, rounding: Rounding) -> String {
    rounded_fraction(rate.numer() * 100, *rate.denom(), decimals, rounding)
}

/// A difference of rates in percentage points with its sign: `+13.8`, `-1.4`, `0.0`.
pub fn points(difference: Rate, decimals: u32, rounding: Rounding) -> String {
    let text = percent(difference, decimals, rounding);
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if text.starts_with('-') || is_zero { text } else { format!("+{text}") }
}

/// A decimal text without the zeros behind its last digit: `77.60` → `77.6`.
pub fn trimmed(decimal: &str) -> &str {
    match decimal.contains('.') {
        true => decimal.trim_end_matches('0').trim_end_matches('.'),
        false => decimal,
    }
}

/// A part of a whole, 0 to 1, with at most eight decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Share(i64);

/// The parts of a whole [`Share`].
const WHOLE: i64 = 100_000_000;

impl Share {
    /// All of it.
    pub const WHOLE: Share = Share(WHOLE);

    /// Reads `65%`, `65.5％` or `0.655`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, rest) = Decimal::read_prefix(text).ok()?;
        let parts = match rest {
            "%" | "％" => number.shifted(6)?,
            "" => number.shifted(8)?,
            _ => return None,
        };
        Some(Share(i64::try_from(parts).ok()?))
    }

    /// How many hundred millionths of the whole it is.
    pub fn parts(self) -> i128 {
        i128::from(self.0)
    }

    /// Whether it is below nothing or above the whole.
    pub fn is_out_of_range(self) -> bool {
        !(0..=WHOLE).contains(&self.0)
    }

    /// The share as an exact fraction.
    pub fn to_rate(self) -> Rate {
        Rate::new(self.parts(), i128::from(WHOLE))
    }

    /// The sum of shares, as a fraction of the whole.
    pub fn sum(shares: impl Iterator<Item = Share>) -> Rate {
        Rate::new(shares.map(Share::parts).sum(), i128::from(WHOLE))
    }

    /// The share of an amount of money.
    pub fn of(self, amount: Money) -> Money {
        amount.share(self)
    }
}

/// In percent, with as many decimals as it has: `12.5%`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", trimmed(&percent(self.to_rate(), 6, Rounding::HalfUp)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_once_from_its_exact_value() {
        let shown = |n, d| percent(Rate::new(n, d), 1, Rounding::HalfUp);
        assert_eq!(shown(147, 188), "78.2");
        assert_eq!(shown(7825, 10000), "78.3");
        assert_eq!(shown(-5, 10000), "-0.1");
        assert_eq!(shown(-4, 10000), "0.0");
        assert_eq!(percent(Rate::new(7825, 10000), 1, Rounding::HalfEven), "78.2");
        assert_eq!(percent(Rate::new(7835, 10000), 1, Rounding::HalfEven), "78.4");
        assert_eq!(percent(Rate::new(9996, 10000), 0, Rounding::HalfUp), "100");
    }

    #[test]
    fn a_number_of_any_size_is_rounded() {
        let shown = |n| rounded(Rate::from_integer(n), 2, Rounding::HalfUp);
        assert_eq!(shown(i128::MAX), format!("{}.00", i128::MAX));
        assert_eq!(shown(-i128::MAX), format!("-{}.00", i128::MAX));
        assert_eq!(rounded(Rate::new(-1, 1000), 3, Rounding::HalfUp), "-0.001");
        assert_eq!(rounded(Rate::new(1999, 1000), 2, Rounding::HalfUp), "2.00");
    }

    #[test]
    fn a_fraction_is_in_its_lowest_terms_whatever_its_size() {
        let lowest = i128::from(i64::MIN);
        for (numerator, denominator) in
            [(6, -4), (0, -7), (lowest, -1), (lowest, lowest), (6 * 10_i128.pow(30), 4)]
        {
            let fraction = fraction(numerator, denominator);
            let whole = Rate::new(numerator, denominator);
            assert_eq!(fraction.into_raw(), whole.into_raw(), "{numerator}/{denominator}");
            let (quotient, rest) = divided(numerator, denominator);
            assert_eq!(quotient * denominator + rest, numerator);
        }
    }

    #[test]
    fn a_difference_is_exact_or_none() {
        let difference = |a, b| difference(Rate::new(1, a), Rate::new(1, b));
        assert_eq!(difference(4, 6), Some(Rate::new(1, 12)));
        assert_eq!(difference(10_i128.pow(20) - 1, 10_i128.pow(20)), None);
    }

    #[test]
    fn deviations_carry_their_sign() {
        let shown = |n, d| points(Rate::new(n, d), 1, Rounding::HalfUp);
        assert_eq!(shown(138, 1000), "+13.8");
        assert_eq!(shown(-14, 1000), "-1.4");
        assert_eq!(shown(1, 10000), "0.0");
    }

    #[test]
    fn shares_are_read_as_percentages_or_fractions() {
        assert_eq!(Share::parse("65%"), Share::parse("0.65"));
        assert_eq!(Share::parse("65％").map(Share::parts), Some(65_000_000));
        assert_eq!(Share::parse("sixty"), None);
    }
}
