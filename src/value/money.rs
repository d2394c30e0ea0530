//! Money: whole yuan as it is written, exact when it is shared out.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use super::rate::{divided, fraction};
use super::{Decimal, DecimalError, Rate, Rounding, Share, rounded_fraction};

/// An amount of money (人民币), exactly.
///
/// What editors write is whole 元. A town's share of a project may be a fraction of it, so amounts are counted in hundred
/// millionths of a yuan: a [`Share`] has at most eight decimal places, and a share of whole yuan is then a whole number of
/// these units. Sums need no fractions, and no cent is ever lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i128);

/// How many units of [`Money`] make a yuan.
const UNITS_PER_YUAN: i128 = 100_000_000;
/// The largest amount that may be written, in yuan: a hundred million 亿元.
const LIMIT: i128 = 10_000_000_000_000_000;

/// A unit in which amounts are written and displayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 万元, ten thousand yuan
    #[default]
    Wan,
    /// 亿元, a hundred million yuan
    Yi,
}

impl MoneyUnit {
    /// The power of ten that the unit stands for.
    pub fn exponent(self) -> u32 {
        match self {
            MoneyUnit::Yuan => 0,
            MoneyUnit::Wan => 4,
            MoneyUnit::Yi => 8,
        }
    }

    /// The unit that a text names, as editors write it.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "元" => Some(MoneyUnit::Yuan),
            "万" | "万元" => Some(MoneyUnit::Wan),
            "亿" | "亿元" => Some(MoneyUnit::Yi),
            _ => None,
        }
    }
}

/// Why a text is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// It does not begin with a number, or something unknown follows the number.
    NotMoney,
    /// It is a bare number, and the site names no unit for bare numbers.
    NoUnit,
    /// It is below zero.
    Negative,
    /// It is not a whole number of yuan.
    PartOfYuan,
    /// It is larger than any project could be.
    TooLarge,
}

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// A whole number of yuan.
    pub const fn from_yuan(yuan: i64) -> Self {
        Money(yuan as i128 * UNITS_PER_YUAN)
    }

    /// Reads an amount as editors write it: `77.6亿元`, `7.76 亿`, `776000万元`, `1,440,000元` (CONTRACT section 1).
    ///
    /// A bare number counts in `bare_unit`, the site's `money_unit`.
    ///
    /// # Errors
    /// [`MoneyError`] says what is wrong with the text.
    pub fn parse(text: &str, bare_unit: Option<MoneyUnit>) -> Result<Self, MoneyError> {
        let (number, rest) = Decimal::read_prefix(text).map_err(|error| match error {
            DecimalError::NotANumber => MoneyError::NotMoney,
            DecimalError::TooLong => MoneyError::TooLarge,
        })?;
        let unit = match rest {
            "" => bare_unit.ok_or(MoneyError::NoUnit)?,
            named => MoneyUnit::parse(named).ok_or(MoneyError::NotMoney)?,
        };
        if number.digits < 0 {
            return Err(MoneyError::Negative);
        }
        let yuan = number.shifted(unit.exponent()).ok_or(MoneyError::PartOfYuan)?;
        if yuan > LIMIT { Err(MoneyError::TooLarge) } else { Ok(Money(yuan * UNITS_PER_YUAN)) }
    }

    /// The part of the amount that a share is, exactly.
    pub fn share(self, share: Share) -> Self {
        if share == Share::WHOLE {
            return self;
        }
        Money(self.0 / UNITS_PER_YUAN * share.parts())
    }

    /// The whole yuan in the amount.
    pub fn whole_yuan(self) -> i128 {
        divided(self.0, UNITS_PER_YUAN).0
    }

    /// The amount in yuan as an exact fraction.
    pub fn to_rate(self) -> Rate {
        fraction(self.0, UNITS_PER_YUAN)
    }

    /// The amount divided by another, exactly; `None` where the other is zero.
    pub fn ratio(self, whole: Money) -> Option<Rate> {
        (whole.0 != 0).then(|| fraction(self.0, whole.0))
    }

    /// Whether there is none.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount in yuan as a decimal string, exactly: `1440000`, `12.5`.
    pub fn exact(self) -> String {
        let whole = self.0 / UNITS_PER_YUAN;
        let part = (self.0 % UNITS_PER_YUAN).abs();
        let sign = if self.0 < 0 && whole == 0 { "-" } else { "" };
        if part == 0 {
            return whole.to_string();
        }
        let digits = format!("{part:08}");
        format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
    }

    /// The amount exactly as an editor would write it: `1440万元`, `12500元` where it is no whole 万元, `4000亿元` from a hundred
    /// 亿元 on.
    pub fn written(self) -> String {
        let wan = UNITS_PER_YUAN * 10_i128.pow(MoneyUnit::Wan.exponent());
        let yi = wan * 10_000;
        match self.0 % wan {
            0 if self.0.abs() >= 100 * yi && self.0 % yi == 0 => format!("{}亿元", self.0 / yi),
            0 => format!("{}万元", self.0 / wan),
            _ => format!("{}元", self.exact()),
        }
    }

    /// The amount in a unit, rounded once to a number of decimals, without the unit's name.
    pub fn in_unit(self, unit: MoneyUnit, decimals: u32, rounding: Rounding) -> String {
        self.in_power(unit.exponent(), decimals, rounding)
    }

    /// The amount in the unit that a power of ten of yuan is, rounded once to a number of decimals.
    pub fn in_power(self, exponent: u32, decimals: u32, rounding: Rounding) -> String {
        rounded_fraction(self.0, 10_i128.pow(exponent) * UNITS_PER_YUAN, decimals, rounding)
    }

    /// The unit that suits the amount: 亿元 from one 亿 on, else 万元 (DOMAIN.md 6.18).
    pub fn natural_unit(self) -> MoneyUnit {
        if self.0.abs() >= 100_000_000 * UNITS_PER_YUAN { MoneyUnit::Yi } else { MoneyUnit::Wan }
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_amount_is_read_from_every_written_form() {
        for text in ["77.6亿元", "77.6 亿", "776000万元", "7,760,000,000元", "７７．６亿元"]
        {
            assert_eq!(Money::parse(text, None), Ok(Money::from_yuan(7_760_000_000)), "{text}");
        }
        assert_eq!(Money::parse("560.1万元", None), Ok(Money::from_yuan(5_601_000)));
        assert_eq!(Money::parse("12.5", Some(MoneyUnit::Wan)), Ok(Money::from_yuan(125_000)));
    }

    #[test]
    fn what_is_no_money_is_refused_with_the_reason() {
        assert_eq!(Money::parse("1200", None), Err(MoneyError::NoUnit));
        assert_eq!(Money::parse("-3亿元", None), Err(MoneyError::Negative));
        assert_eq!(Money::parse("0.5元", None), Err(MoneyError::PartOfYuan));
        assert_eq!(Money::parse("3亿美元", None), Err(MoneyError::NotMoney));
        for commas in ["77,6", "77，6", "1,2,3,4", "1234,567", "1,2345", "1,", "1,,234", "1.5,234"]
        {
            assert_eq!(Money::parse(&format!("{commas}亿元"), None), Err(MoneyError::NotMoney));
        }
        assert_eq!(Money::parse("9999999999亿元", None), Err(MoneyError::TooLarge));
    }

    #[test]
    fn shares_of_an_amount_add_up_to_it() {
        let amount = Money::from_yuan(5_601_001);
        let shares = ["33.33%", "33.33%", "33.34%"].map(|text| Share::parse(text).unwrap());
        assert_eq!(shares.into_iter().map(|share| amount.share(share)).sum::<Money>(), amount);
        assert_eq!(Money::from_yuan(1).share(Share::parse("33.33%").unwrap()).exact(), "0.3333");
        assert_eq!(Money::from_yuan(14_400_000).written(), "1440万元");
        assert_eq!(Money::from_yuan(12_500).written(), "12500元");
    }

    #[test]
    fn amounts_are_displayed_in_the_unit_that_suits_them() {
        let shown = |yuan| {
            let money = Money::from_yuan(yuan);
            money.in_unit(money.natural_unit(), 2, Rounding::HalfUp)
        };
        assert_eq!(shown(7_760_000_000), "77.60");
        assert_eq!(shown(5_601_000), "560.10");
        assert_eq!(shown(99_999_999), "10000.00");
    }
}
