//! A figure: what it is about, what it rests on, its exact value, and how it is displayed.

use jiff::civil::Date;

use super::metric::{Metric, Unit};
use super::scope::Scope;
use crate::diagnostic::Phrase;
use crate::record::Method;
use crate::value::{Locale, Money, MoneyUnit, Rate, percent, points, trimmed};

/// A figure, exactly. It is rounded once, when it is displayed.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What is counted.
    pub metric: Metric,
    /// Over what.
    pub scope: Scope,
    /// The day that it is as of.
    pub as_of: Date,
    /// The value, or why there is none.
    pub value: Value,
    /// What the reader must know beside it, such as that two years are not comparable.
    pub note: Option<Phrase>,
}

/// The value of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number.
    Count(u64),
    /// Money.
    Money(Money),
    /// A part of a whole; the whole is never zero.
    Rate {
        /// The numerator.
        part: Quantity,
        /// The denominator.
        whole: Quantity,
    },
    /// A difference of rates; a hundredth is a percentage point.
    Points(Rate),
    /// There is none, and this is why.
    Unavailable(Phrase),
}

/// A numerator or denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// A number.
    Number(i128),
    /// Money.
    Money(Money),
}

impl Quantity {
    fn to_rate(self) -> Rate {
        match self {
            Quantity::Number(number) => Rate::from_integer(number),
            Quantity::Money(money) => money.to_rate(),
        }
    }

    /// The quantity as a decimal text, exactly; money in yuan.
    pub fn exact(self) -> String {
        match self {
            Quantity::Number(number) => number.to_string(),
            Quantity::Money(money) => money.exact(),
        }
    }
}

/// What is displayed where there is no value.
pub const DASH: &str = "—";

impl Value {
    /// A number of a number of projects, or why that is no rate.
    pub(super) fn ratio(part: u64, whole: u64, reason: impl FnOnce() -> Phrase) -> Self {
        match whole {
            0 => Value::Unavailable(reason()),
            _ => Value::Rate { part: number(part), whole: number(whole) },
        }
    }

    /// A fraction that stands for itself.
    pub(super) fn fraction(rate: Rate) -> Self {
        let (part, whole) = (Quantity::Number(*rate.numer()), Quantity::Number(*rate.denom()));
        Value::Rate { part, whole }
    }

    /// The value as an exact fraction: a number, yuan, a rate, or a difference of rates.
    pub fn exact(&self) -> Option<Rate> {
        match self {
            Value::Count(number) => Some(Rate::from_integer(i128::from(*number))),
            Value::Money(money) => Some(money.to_rate()),
            Value::Rate { part: Quantity::Money(part), whole: Quantity::Money(whole) } => {
                part.ratio(*whole)
            }
            Value::Rate { part, whole } => Some(part.to_rate() / whole.to_rate()),
            Value::Points(difference) => Some(*difference),
            Value::Unavailable(_) => None,
        }
    }
}

fn number(number: u64) -> Quantity {
    Quantity::Number(i128::from(number))
}

impl Figure {
    /// Why there is no value.
    pub fn reason(&self) -> Option<&Phrase> {
        match &self.value {
            Value::Unavailable(reason) => Some(reason),
            _ => None,
        }
    }

    /// The numerator as a decimal text, exactly: a number, yuan, or the hundredths of points.
    pub fn numerator(&self) -> Option<String> {
        match &self.value {
            Value::Count(number) => Some(number.to_string()),
            Value::Money(money) => Some(money.exact()),
            Value::Rate { part, .. } => Some(part.exact()),
            Value::Points(difference) => Some((difference * 100).numer().to_string()),
            Value::Unavailable(_) => None,
        }
    }

    /// The denominator as a decimal text, exactly, where the figure is a fraction.
    pub fn denominator(&self) -> Option<String> {
        match &self.value {
            Value::Rate { whole, .. } => Some(whole.exact()),
            Value::Points(difference) => Some((difference * 100).denom().to_string()),
            _ => None,
        }
    }

    /// The value for programs that read numbers only: the nearest floating-point number, for points in points.
    ///
    /// Nothing is computed from it.
    pub fn approximate(&self) -> Option<f64> {
        let exact = self.value.exact()?;
        nearest(if matches!(self.value, Value::Points(_)) { exact * 100 } else { exact })
    }

    /// The figure as it is displayed: `78.2%`, `77.6亿元`, `+13.8`, `—`.
    pub fn display(&self, locale: &Locale, method: &Method) -> String {
        let (decimals, rounding) = (method.rate_decimals, method.rounding);
        match &self.value {
            Value::Count(number) => number.to_string(),
            Value::Money(amount) => display_money(*amount, locale, method),
            Value::Points(difference) => points(*difference, decimals, rounding),
            Value::Rate { .. } => match self.value.exact() {
                Some(rate) if self.metric.unit() == Unit::Growth => {
                    format!("{}%", points(rate, decimals, rounding))
                }
                Some(rate) => format!("{}%", percent(rate, decimals, rounding)),
                None => DASH.into(),
            },
            Value::Unavailable(_) => DASH.into(),
        }
    }
}

/// An amount as it is displayed: `77.6亿元`, `560.1万元`; in English `CNY 7.76 billion`, `CNY 5.6 million`.
///
/// Amounts of one unit are rounded at the same place, so that zeros added in a column are true. What is not zero is never displayed
/// as zero.
pub fn display_money(amount: Money, locale: &Locale, method: &Method) -> String {
    if locale.is_chinese() { shown(amount, method) } else { shown_in_english(amount, method) }
}

/// An amount as it is displayed, in both languages.
pub(super) fn money_phrase(amount: Money, method: &Method) -> Phrase {
    Phrase::new(shown(amount, method), shown_in_english(amount, method))
}

fn shown(amount: Money, method: &Method) -> String {
    let (decimals, rounding) = (method.amount_decimals, method.rounding);
    let mut unit = amount.natural_unit();
    let mut shown = amount.in_unit(unit, decimals, rounding);
    if !amount.is_zero() && is_zero(&shown) {
        unit = MoneyUnit::Yuan;
        shown = amount.in_unit(unit, decimals, rounding);
    }
    let name = match unit {
        MoneyUnit::Yi => "亿元",
        MoneyUnit::Wan => "万元",
        MoneyUnit::Yuan => "元",
    };
    format!("{}{name}", trimmed(&shown))
}

fn shown_in_english(amount: Money, method: &Method) -> String {
    let is_billions =
        amount >= Money::from_yuan(1_000_000_000) || amount <= Money::from_yuan(-1_000_000_000);
    let decimals = method.amount_decimals;
    let (exponent, decimals, name) =
        if is_billions { (9, decimals + 1, " billion") } else { (6, decimals, " million") };
    let shown = amount.in_power(exponent, decimals, method.rounding);
    if is_zero(&shown) {
        let yuan = amount.in_power(0, method.amount_decimals, method.rounding);
        return format!("CNY {}", trimmed(&yuan));
    }
    format!("CNY {}{name}", trimmed(&shown))
}

/// The floating-point number nearest to a fraction.
fn nearest(fraction: Rate) -> Option<f64> {
    let (numerator, denominator) = (*fraction.numer(), *fraction.denom());
    // Up to here every whole number has a floating-point number of its own, and a quotient of two is the nearest one.
    let is_exact = |number: i128| number.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS;
    if is_exact(numerator) && is_exact(denominator) {
        return Some(numerator as f64 / denominator as f64);
    }
    expansion(fraction).parse().ok()
}

/// The first digits of a fraction, enough of them to name one floating-point number and no other.
fn expansion(fraction: Rate) -> String {
    let (numerator, denominator) =
        (fraction.numer().unsigned_abs(), fraction.denom().unsigned_abs());
    let sign = if *fraction.numer() < 0 { "-" } else { "" };
    let mut text = format!("{sign}{}.", numerator / denominator);
    let mut rest = numerator % denominator;
    let mut significant = 0;
    while rest != 0 && significant < 25 && text.len() < 400 {
        let digit = (rest * 10) / denominator;
        rest = (rest * 10) % denominator;
        text.push_str(&digit.to_string());
        significant += u32::from(significant > 0 || digit != 0);
    }
    // What is cut off still tells a half from a little more than a half.
    text.push(if rest == 0 { '0' } else { '1' });
    text
}

fn is_zero(decimal: &str) -> bool {
    decimal.bytes().all(|byte| matches!(byte, b'0' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(yuan: i64, tag: &str) -> String {
        let locale = Locale::parse(tag).unwrap();
        display_money(Money::from_yuan(yuan), &locale, &Method::default())
    }

    #[test]
    fn the_floating_point_number_is_the_nearest_one() {
        for (numerator, denominator) in [(147, 188), (-1, 3), (0, 1), (2, 1), (1 << 53, 9_999_991)]
        {
            let rate = Rate::new(numerator, denominator);
            assert_eq!(nearest(rate), expansion(rate).parse().ok(), "{rate}");
        }
        assert_eq!(nearest(Rate::new(1, 10_i128.pow(20))), Some(1e-20));
        assert_eq!(expansion(Rate::new(1, 8)), "0.1250");
    }

    #[test]
    fn money_is_displayed_in_the_unit_of_the_language() {
        for (yuan, zh, en) in [
            (7_760_000_000, "77.6亿元", "CNY 7.76 billion"),
            (28_261_000_000, "282.61亿元", "CNY 28.261 billion"),
            (776_000_000, "7.76亿元", "CNY 776 million"),
            (100_590_000, "1.01亿元", "CNY 100.59 million"),
            (5_601_000, "560.1万元", "CNY 5.6 million"),
            (542_000, "54.2万元", "CNY 0.54 million"),
            (3000, "0.3万元", "CNY 3000"),
            (30, "30元", "CNY 30"),
            (0, "0万元", "CNY 0"),
            (-776_000_000, "-7.76亿元", "CNY -776 million"),
        ] {
            assert_eq!(shown(yuan, "zh-CN"), zh);
            assert_eq!(shown(yuan, "en"), en);
        }
    }
}
