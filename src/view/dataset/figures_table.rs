//! The figures as a table.

use std::sync::Arc;

use super::figures::{self, FigureEntry, Number};
use super::table::{Column, Kind, Table, column, table};
use crate::view::{Reader, Site, correction};

/// A figure with the name of what it is of.
pub(super) struct FigureRow {
    entry: FigureEntry,
    scope_name: Arc<str>,
}

/// The figures of the site as a table.
pub(super) fn file<'a>(site: Site<'a>, reader: Reader<'a>) -> Table<'a> {
    let figures = figures::all(site, reader);
    table(columns(), figures.scopes.len(), move |at, row| {
        let scope_name: Arc<str> =
            correction::scope_name(&site, &reader, figures.scopes[at]).into();
        for entry in figures.of_scope(at) {
            row(&FigureRow { entry, scope_name: Arc::clone(&scope_name) });
        }
    })
}

/// The columns of the table of figures.
pub(super) fn columns() -> Vec<Column<FigureRow>> {
    vec![
        column("metric", Kind::Text, ["指标标识", "metric id"], |row| row.entry.metric.into()),
        column("label", Kind::Text, ["指标", "metric"], |row| (&*row.entry.label).into()),
        column("scope", Kind::Text, ["范围标识", "scope id"], |row| (&*row.entry.scope).into()),
        column("scope_name", Kind::Text, ["范围", "scope"], |row| (&*row.scope_name).into()),
        column("numerator", Kind::Number, ["分子或数值", "numerator or value"], |row| {
            row.entry.numerator.as_deref().into()
        }),
        column("denominator", Kind::Number, ["分母", "denominator"], |row| {
            row.entry.denominator.as_deref().into()
        }),
        column("value", Kind::Number, ["数值", "value"], |row| {
            row.entry.value.map(Number::text).into()
        }),
        column("display", Kind::Text, ["公布数", "as printed"], |row| {
            row.entry.display.as_str().into()
        }),
        column("basis", Kind::Text, ["口径", "basis"], |row| (&*row.entry.basis).into()),
        column("as_of", Kind::Day, ["数据截至", "as of"], |row| (&*row.entry.as_of).into()),
        column("reason", Kind::Text, ["无数原因", "why there is none"], |row| {
            row.entry.reason.as_deref().into()
        }),
        column("note", Kind::Text, ["说明", "note"], |row| row.entry.note.as_deref().into()),
    ]
}
