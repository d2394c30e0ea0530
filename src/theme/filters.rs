//! What templates can do besides showing the view: pure functions of their arguments.

use std::collections::HashMap;

use super::catalog;
use tera::{Kwargs, State, Tera, Value};

/// Registers the filters, before any template, so that an unknown one is found when templates are read.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("aligned", aligned);
}

/// Fills the places of a message: `{{ t.issue_number | fill(n=page.number) }}`.
fn fill(message: &str, values: Kwargs, _: &State<'_>) -> String {
    let mut text = message.to_owned();
    for (name, value) in values.iter() {
        catalog::put(&mut text, &name.to_string(), &shown(value));
    }
    text
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The amounts of a column, those of a unit with the same number of decimals: `17.4亿元` below `24.85亿元` is `17.40亿元`.
///
/// Zeros at the end are dropped only where the whole column can do without (DOMAIN.md 6.18).
fn aligned(column: &[Value], _: Kwargs, _: &State<'_>) -> Vec<Value> {
    let amounts: Vec<Option<Amount<'_>>> =
        column.iter().map(|value| Amount::read(value.as_str()?)).collect();
    let mut most: HashMap<Unit<'_>, usize> = HashMap::new();
    for amount in amounts.iter().flatten() {
        let decimals = most.entry(amount.unit).or_default();
        *decimals = amount.decimals.len().max(*decimals);
    }
    let shown = |(value, amount): (&Value, &Option<Amount<'_>>)| match amount {
        Some(amount) if amount.decimals.len() < most[&amount.unit] => {
            Value::from(amount.with_decimals(most[&amount.unit]))
        }
        _ => value.clone(),
    };
    column.iter().zip(&amounts).map(shown).collect()
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
    use super::*;

    #[test]
    fn the_amounts_of_a_column_have_the_same_decimals_by_unit() {
        let column = ["17.4亿元", "24.85亿元", "-3亿元", "4300万元", "0万元", "—", "58%", "58.3%"];
        let shown =
            ["17.40亿元", "24.85亿元", "-3.00亿元", "4300万元", "0万元", "—", "58.0%", "58.3%"];
        assert_eq!(column_of(&column), shown);
        let english = ["CNY 7.76 billion", "CNY 28.261 billion", "CNY 776 million", "CNY 0"];
        let aligned = ["CNY 7.760 billion", "CNY 28.261 billion", "CNY 776 million", "CNY 0"];
        assert_eq!(column_of(&english), aligned);
    }

    fn column_of(column: &[&str]) -> Vec<String> {
        let mut tera = Tera::default();
        register(&mut tera);
        tera.add_raw_template("column", "{{ column | aligned | join(sep=\"|\") }}").unwrap();
        let mut context = tera::Context::new();
        context.insert("column", column);
        tera.render("column", &context).unwrap().split('|').map(str::to_owned).collect()
    }
}
