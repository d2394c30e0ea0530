//! The figures as a table.

use super::figures::{self, FigureEntry, Number};
use super::list::List;
use super::table::{Column, Kind, cell, column};
use crate::indicator::Scope;
use crate::view::{Reader, Site, correction};

/// A figure with the name of what it is of.
pub(super) struct FigureRow {
    entry: FigureEntry,
    scope_name: String,
}

/// The figures of the site as rows.
pub(super) fn rows<'a>(site: Site<'a>, reader: Reader<'a>) -> List<'a, FigureRow> {
    let row = move |entry: FigureEntry| {
        let scope = Scope::parse(&entry.scope, site.model).unwrap_or(Scope::All);
        FigureRow { scope_name: correction::scope_name(&site, &reader, scope), entry }
    };
    figures::all(site, reader).map(row)
}

/// The columns of the table of figures.
pub(super) const COLUMNS: &[Column<FigureRow>] = &[
    column("metric", Kind::Text, ["指标标识", "metric id"], |row| row.entry.metric.to_owned()),
    column("label", Kind::Text, ["指标", "metric"], |row| row.entry.label.to_string()),
    column("scope", Kind::Text, ["范围标识", "scope id"], |row| row.entry.scope.to_string()),
    column("scope_name", Kind::Text, ["范围", "scope"], |row| row.scope_name.clone()),
    column("numerator", Kind::Number, ["分子或数值", "numerator or value"], |row| {
        cell(row.entry.numerator.as_ref())
    }),
    column("denominator", Kind::Number, ["分母", "denominator"], |row| {
        cell(row.entry.denominator.as_ref())
    }),
    column("value", Kind::Number, ["数值", "value"], |row| {
        row.entry.value.map_or_else(String::new, Number::text)
    }),
    column("display", Kind::Text, ["公布数", "as printed"], |row| row.entry.display.clone()),
    column("basis", Kind::Text, ["口径", "basis"], |row| row.entry.basis.to_string()),
    column("as_of", Kind::Day, ["数据截至", "as of"], |row| row.entry.as_of.to_string()),
    column("reason", Kind::Text, ["无数原因", "why there is none"], |row| {
        cell(row.entry.reason.as_ref())
    }),
    column("note", Kind::Text, ["说明", "note"], |row| cell(row.entry.note.as_ref())),
];
