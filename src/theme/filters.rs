//! What templates can do besides showing the view: pure functions of their arguments.

use std::borrow::Cow;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::catalog;
use crate::value;

/// Registers the filters, before any template, so that an unknown one is found when templates are read.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("aligned", aligned);
    tera.register_filter("bar", bar);
}

/// Fills the places of a message: `{{ t.issue_number | fill(n=page.number) }}`. A place that is not filled is an error.
fn fill(message: &str, values: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let given = || values.iter().filter_map(|(name, _)| name.as_str());
    if let Some(unfilled) = catalog::names(message).find(|name| given().all(|given| given != *name))
    {
        let given: String = given().map(|given| format!(" `{given}`")).collect();
        return Err(Error::message(format!("Unfilled `{unfilled}`, given:{given}")));
    }
    Ok(catalog::filled(message, |place| {
        let value = values.iter().find(|(name, _)| name.as_str() == Some(place));
        value.map(|(_, value)| value.as_str().map_or_else(|| value.to_string().into(), Cow::from))
    }))
}

/// The texts of a column with the same number of decimals, as [`value::aligned`] has them; what is no text stays as it is.
fn aligned(column: &[Value], _: Kwargs, _: &State<'_>) -> Vec<Value> {
    let texts = value::aligned(column.iter().map(|cell| cell.as_str().unwrap_or_default()));
    let cell = |(text, cell): (Cow<'_, str>, &Value)| match text {
        Cow::Owned(text) => Value::from(text),
        Cow::Borrowed(_) => cell.clone(),
    };
    texts.into_iter().zip(column).map(cell).collect()
}

/// How long the bar of a rate is that is printed as `53.6%`, in percent of the whole, and no longer than that; empty for what is
/// no rate, and for a change (`+5.0%`).
fn bar(rate: &str, _: Kwargs, _: &State<'_>) -> String {
    let length =
        rate.strip_suffix('%').filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()));
    let is_whole = |length: &str| length.split('.').next().is_some_and(|whole| whole.len() > 2);
    length.map_or("", |length| if is_whole(length) { "100" } else { length }).to_owned()
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    #[track_caller]
    fn check(rate: &str, expected: &str) {
        let mut tera = Tera::new();
        super::register(&mut tera);
        tera.add_raw_template("bar", "{{ rate | bar }}").unwrap();
        let mut context = Context::new();
        context.insert("rate", rate);
        assert_eq!(tera.render("bar", &context).unwrap(), expected, "{rate}");
    }

    #[test]
    fn a_bar_is_as_long_as_its_rate_and_no_longer_than_the_whole() {
        check("53.6%", "53.6");
        check("0.0%", "0.0");
        check("100.0%", "100");
        check("1234.5%", "100");
    }

    #[test]
    fn what_is_no_rate_has_no_bar() {
        check("—", "");
        check("+5.0%", "");
        check("-5.0%", "");
        check("77.6亿元", "");
    }
}
