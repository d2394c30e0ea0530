//! Tables of open data: their columns with what they mean, and their rows.

use serde_json::{Value, json};

use super::list::List;
use crate::view::Reader;

/// A table as a file.
pub struct Table<'a> {
    /// The names of the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: List<'a, Vec<String>>,
}

impl Table<'_> {
    /// All of it, for who looks at it.
    pub fn to_value(&self) -> Value {
        json!({"head": self.head, "rows": self.rows.all()})
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// A code of a list.
    Code(&'static [&'static str]),
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
    /// A day.
    Day,
    /// A day, or a month that stands for its last day.
    Period,
    /// An address.
    Address,
}

/// A column of rows made from an `R`.
pub(super) struct Column<R: ?Sized> {
    /// Its name, for programs.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) kind: Kind,
    /// What it is called, in Chinese and English.
    pub(super) title: [&'static str; 2],
    /// What a row has in it; empty where there is nothing.
    pub(super) cell: fn(&R) -> String,
}

/// Makes a column.
pub(super) const fn column<R: ?Sized>(
    name: &'static str,
    kind: Kind,
    title: [&'static str; 2],
    cell: fn(&R) -> String,
) -> Column<R> {
    Column { name, kind, title, cell }
}

/// Fills a table.
pub(super) fn table<'a, R: Send + 'a>(columns: &'a [Column<R>], rows: List<'a, R>) -> Table<'a> {
    let cells = |row: R| columns.iter().map(|column| (column.cell)(&row)).collect();
    Table { head: columns.iter().map(|column| column.name).collect(), rows: rows.map(cells) }
}

/// The columns as the fields of a Table Schema (Frictionless).
pub(super) fn fields<R>(reader: &Reader<'_>, columns: &[Column<R>]) -> Vec<Value> {
    let title = |[zh, en]: [&'static str; 2]| if reader.locale.is_chinese() { zh } else { en };
    let field = |column: &Column<R>| {
        let mut field = json!({"name": column.name, "type": type_name(column.kind), "title": title(column.title)});
        match column.kind {
            Kind::Code(codes) => field["constraints"] = json!({"enum": codes}),
            Kind::Period => {
                field["constraints"] = json!({"pattern": "[0-9]{4}-[0-9]{2}(-[0-9]{2})?"});
            }
            Kind::Address => field["format"] = "uri".into(),
            _ => {}
        }
        field
    };
    columns.iter().map(field).collect()
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code(_) | Kind::Period | Kind::Address => "string",
        Kind::Whole => "integer",
        Kind::Number => "number",
        Kind::Truth => "boolean",
        Kind::Day => "date",
    }
}

/// A value as a cell; nothing where there is none.
pub(super) fn cell(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}
