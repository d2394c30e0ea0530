//! What templates can do besides showing the view: pure functions of their arguments.

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::language;

/// Registers the filters, before any template, so that an unknown one is found when templates are read.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("foreign", foreign);
    tera.register_filter("foreign_texts", foreign_texts);
}

/// Fills the places of a message: `{{ t.issue_number | fill(n=page.number) }}`.
fn fill(message: &str, values: Kwargs, _: &State<'_>) -> String {
    let mut text = message.to_owned();
    for (name, value) in values.iter() {
        text = text.replace(&format!("{{{name}}}"), &shown(value));
    }
    text
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Marks what of a text is in another language: `{{ text | foreign(lang=frame.foreign) }}`. Without a language there is
/// nothing to mark.
fn foreign(text: StringInput<'_>, values: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let lang = values.get::<Value>("lang")?;
    let Some(lang) = lang.as_ref().and_then(Value::as_str) else { return Ok(same(&text)) };
    let mut html = String::new();
    if text.is_safe() {
        html.push_str(text.as_str());
    } else {
        pulldown_cmark_escape::escape_html(&mut html, text.as_str())
            .map_err(|error| Error::message(error.to_string()))?;
    }
    Ok(Value::safe_string(&language::marked(&html, lang)))
}

/// Marks the texts of a drawing that are in another language.
fn foreign_texts(svg: StringInput<'_>, values: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let lang = values.get::<Value>("lang")?;
    Ok(lang.as_ref().and_then(Value::as_str).map_or_else(
        || same(&svg),
        |lang| Value::normal_string(&language::marked_texts(svg.as_str(), lang)),
    ))
}

fn same(text: &StringInput<'_>) -> Value {
    if text.is_safe() {
        Value::safe_string(text.as_str())
    } else {
        Value::normal_string(text.as_str())
    }
}
