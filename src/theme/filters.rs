//! What templates can do besides showing the view: pure functions of their arguments.

use super::catalog;
use tera::{Kwargs, State, Tera, Value};

/// Registers the filters, before any template, so that an unknown one is found when templates are read.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
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
