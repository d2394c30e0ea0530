//! Tables of open data: their columns with what they mean, and their rows.

use serde_json::{Value, json};

use super::list::List;
use crate::view::Reader;
use crate::view::tree::Tree;

/// A table as a file.
pub struct Table<'a> {
    /// The names of the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: List<'a, Row>,
}

/// A row: the texts of its cells, and where each ends.
pub struct Row {
    text: String,
    ends: Vec<usize>,
}

impl Row {
    /// What is in its cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.text[*start..*end])
    }
}

impl Table<'_> {
    /// All of it, for who looks at it.
    pub fn to_value(&self) -> Value {
        let rows = self.rows.all();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.cells().collect()).collect();
        json!({"head": self.head, "rows": rows})
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
    /// What a row has in it: a single value.
    pub(super) cell: fn(&R) -> Tree<'_>,
}

/// Makes a column.
pub(super) const fn column<R: ?Sized>(
    name: &'static str,
    kind: Kind,
    title: [&'static str; 2],
    cell: fn(&R) -> Tree<'_>,
) -> Column<R> {
    Column { name, kind, title, cell }
}

/// A table of rows that are made in so many parts.
pub(super) fn table<'a, R: 'a>(
    columns: Vec<Column<R>>,
    parts: usize,
    make: impl Fn(usize, &mut dyn FnMut(&R)) + Send + Sync + 'a,
) -> Table<'a> {
    let head = columns.iter().map(|column| column.name).collect();
    let rows = move |part: usize, rows: &mut Vec<Row>| {
        make(part, &mut |of| rows.push(row(&columns, of)));
    };
    Table { head, rows: List::new(parts, rows) }
}

fn row<R>(columns: &[Column<R>], of: &R) -> Row {
    let mut row = Row { text: String::new(), ends: Vec::with_capacity(columns.len()) };
    for column in columns {
        (column.cell)(of).write_to(&mut row.text);
        row.ends.push(row.text.len());
    }
    row
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
