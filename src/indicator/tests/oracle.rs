//! What is displayed is the exact value rounded once, held against division by hand.

use jiff::civil::date;
use proptest::prelude::*;

use crate::indicator::{Figure, Metric, Quantity, Scope, Value};
use crate::record::Method;
use crate::value::{Locale, Money, Rate, Rounding, Share};

/// Divides as one does on paper, digit by digit, and rounds by looking at the digits that follow.
fn by_hand(dividend: &str, divisor: u128, decimals: usize, rounding: Rounding) -> String {
    let mut digits = Vec::new();
    let mut rest = 0_u128;
    let whole_digits = dividend.len();
    for digit in dividend.bytes().map(|byte| u128::from(byte - b'0')).chain(vec![0; decimals + 1]) {
        let brought_down = rest * 10 + digit;
        digits.push((brought_down / divisor) as u8);
        rest = brought_down % divisor;
    }
    let next = digits.pop().unwrap();
    let last_is_odd = digits.last().unwrap() % 2 == 1;
    let up = match (next, rest) {
        (5, 0) => rounding == Rounding::HalfUp || last_is_odd,
        (next, _) => next >= 5,
    };
    let mut position = digits.len();
    let mut carry = up;
    while carry && position > 0 {
        position -= 1;
        carry = digits[position] == 9;
        digits[position] = if carry { 0 } else { digits[position] + 1 };
    }
    if carry {
        digits.insert(0, 1);
    }
    let whole_digits = whole_digits + usize::from(carry);
    let text =
        |digits: &[u8]| digits.iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
    let (whole, part) = digits.split_at(whole_digits);
    let whole = text(whole);
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    if decimals == 0 { whole.into() } else { format!("{whole}.{}", text(part)) }
}

fn figure(metric: Metric, value: Value) -> Figure {
    Figure { metric, scope: Scope::All, as_of: date(2023, 4, 30), value, note: None }
}

fn method(rate_decimals: u32, rounding: Rounding) -> Method {
    Method { rate_decimals, amount_decimals: rate_decimals, rounding, ..Method::default() }
}

/// An amount in hundred millionths of a yuan, as it is kept.
fn units(money: Money) -> String {
    (money.to_rate() * 100_000_000).to_integer().to_string()
}

prop_compose! {
    fn amounts()(yuan in 0_i64..10_000_000_000_000, parts in 0_u32..=100_000_000) -> Money {
        let share = format!("0.{parts:08}");
        let share = if parts == 100_000_000 { Share::WHOLE } else { Share::parse(&share).unwrap() };
        Money::from_yuan(yuan).share(share)
    }
}

proptest! {
    #[test]
    fn a_rate_is_displayed_as_division_by_hand_gives_it(
        part in amounts(), whole in amounts(), decimals in 0_u32..=4, even in any::<bool>(),
    ) {
        prop_assume!(!whole.is_zero());
        let rounding = if even { Rounding::HalfEven } else { Rounding::HalfUp };
        let value = Value::Rate { part: Quantity::Money(part), whole: Quantity::Money(whole) };
        let shown = figure(Metric::Annual, value).display(&Locale::default(), &method(decimals, rounding));
        let hundredfold = format!("{}00", units(part));
        let expected = by_hand(&hundredfold, units(whole).parse().unwrap(), decimals as usize, rounding);
        prop_assert_eq!(shown, format!("{expected}%"));
    }

    #[test]
    fn halves_are_rounded_as_the_method_says(number in 0_i128..200_000, even in any::<bool>()) {
        // 0.05 % and its like: exactly half of the last digit displayed.
        let (rounding, half) = (if even { Rounding::HalfEven } else { Rounding::HalfUp }, number * 2 + 1);
        let value = Value::Rate { part: Quantity::Number(half), whole: Quantity::Number(2000) };
        let shown = figure(Metric::StartAll, value).display(&Locale::default(), &method(1, rounding));
        let expected = by_hand(&format!("{half}00"), 2000, 1, rounding);
        prop_assert_eq!(shown, format!("{expected}%"));
    }

    #[test]
    fn an_amount_is_displayed_as_division_by_hand_gives_it(amount in amounts(), decimals in 0_u32..=4) {
        prop_assume!(amount >= Money::from_yuan(100_000_000));
        let shown = figure(Metric::Year, Value::Money(amount))
            .display(&Locale::default(), &method(decimals, Rounding::HalfUp));
        let expected = by_hand(&units(amount), 10_u128.pow(16), decimals as usize, Rounding::HalfUp);
        let expected = match expected.contains('.') {
            true => expected.trim_end_matches('0').trim_end_matches('.'),
            false => &expected,
        };
        prop_assert_eq!(shown, format!("{expected}亿元"));
    }

    #[test]
    fn a_deviation_is_rounded_on_its_absolute_value(numerator in -1_000_000_i128..1_000_000, denominator in 1_i128..1_000_000) {
        let shown = figure(Metric::Deviation, Value::Points(Rate::new(numerator, denominator)))
            .display(&Locale::default(), &method(1, Rounding::HalfUp));
        let size = by_hand(&format!("{}00", numerator.abs()), denominator.unsigned_abs(), 1, Rounding::HalfUp);
        let sign = match (size.as_str(), numerator < 0) {
            ("0.0", _) => "",
            (_, true) => "-",
            (_, false) => "+",
        };
        prop_assert_eq!(shown, format!("{sign}{size}"));
    }
}

#[test]
fn division_by_hand_is_right_about_known_figures() {
    assert_eq!(by_hand("14700", 188, 1, Rounding::HalfUp), "78.2");
    assert_eq!(by_hand("7825", 100, 1, Rounding::HalfUp), "78.3");
    assert_eq!(by_hand("7825", 100, 1, Rounding::HalfEven), "78.2");
    assert_eq!(by_hand("9996", 100, 0, Rounding::HalfUp), "100");
    // One step: 8.53459 is 8.53, not 8.535 and then 8.54.
    assert_eq!(by_hand("853459", 100_000, 2, Rounding::HalfUp), "8.53");
}
