//! Columns of printed amounts.

use std::borrow::Cow;
use std::collections::HashMap;

/// The amounts of a column, those of a unit with the same number of decimals: `17.4亿元` below `24.85亿元` is `17.40亿元`. What has
/// no number in it stays as it is.
///
/// Zeros at the end are dropped only where the whole column can do without (DOMAIN.md 6.18).
pub fn aligned<'a>(column: impl IntoIterator<Item = &'a str>) -> Vec<Cow<'a, str>> {
    let amounts: Vec<(&str, Option<Amount<'_>>)> =
        column.into_iter().map(|text| (text, Amount::read(text))).collect();
    let mut most: HashMap<Unit<'_>, usize> = HashMap::new();
    for amount in amounts.iter().filter_map(|(_, amount)| amount.as_ref()) {
        let decimals = most.entry(amount.unit).or_default();
        *decimals = amount.decimals.len().max(*decimals);
    }
    let shown = |(text, amount): &(&'a str, Option<Amount<'_>>)| match amount {
        Some(amount) if amount.decimals.len() < most[&amount.unit] => {
            amount.with_decimals(most[&amount.unit]).into()
        }
        _ => Cow::from(*text),
    };
    amounts.iter().map(shown).collect()
}

/// What stands before and behind the number: nothing and `亿元`, or `CNY ` and ` billion`.
type Unit<'a> = (&'a str, &'a str);

/// An amount in its parts.
struct Amount<'a> {
    unit: Unit<'a>,
    /// With its sign.
    whole: &'a str,
    /// Without the point.
    decimals: &'a str,
}

impl<'a> Amount<'a> {
    /// Reads what begins and ends with anything but has one number within; `None` where there is no number.
    fn read(text: &'a str) -> Option<Self> {
        let (before, rest) =
            text.split_at(text.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'))?);
        let is_behind = |c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
        let (number, behind) = rest.split_at(rest.find(is_behind).unwrap_or(rest.len()));
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        Some(Amount { unit: (before, behind), whole, decimals })
    }

    fn with_decimals(&self, most: usize) -> String {
        let (before, behind) = self.unit;
        format!("{before}{}.{:0<most$}{behind}", self.whole, self.decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn the_amounts_of_a_column_have_the_same_decimals_by_unit() {
        let column = ["17.4亿元", "24.85亿元", "-3亿元", "4300万元", "0万元", "—", "58%", "58.3%"];
        let shown =
            ["17.40亿元", "24.85亿元", "-3.00亿元", "4300万元", "0万元", "—", "58.0%", "58.3%"];
        assert_eq!(aligned(column), shown);
        let english = ["CNY 7.76 billion", "CNY 28.261 billion", "CNY 776 million", "CNY 0"];
        let shown = ["CNY 7.760 billion", "CNY 28.261 billion", "CNY 776 million", "CNY 0"];
        assert_eq!(aligned(english), shown);
    }
}
