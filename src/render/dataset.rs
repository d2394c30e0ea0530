//! Open data as bytes: JSON an entry a line, and CSV that spreadsheets open.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::view::Table;

/// The mark by which spreadsheets know that a text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table as CSV: RFC 4180 in UTF-8, with a byte-order mark.
pub(super) fn csv(table: &Table) -> Vec<u8> {
    let mut csv = BYTE_ORDER_MARK.to_vec();
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut csv);
    // Rows have one cell a column, and a buffer in memory always takes more.
    let _ = writer.write_record(&table.head);
    for row in &table.rows {
        let _ = writer.write_record(row);
    }
    let _ = writer.flush();
    drop(writer);
    csv
}

/// JSON with each entry of the outermost lists on a line of its own: small, and its changes are easily seen.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut json = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut json, Lines { depth: 0 });
    // Views are plain data with text keys, and a buffer in memory always takes more.
    let _ = value.serialize(&mut writer);
    json.push(b'\n');
    json
}

/// Breaks lines before the keys of the outermost object and the entries of its lists.
struct Lines {
    depth: usize,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        separate(writer, first, self.depth == 2)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(if self.depth == 0 { b"\n}" } else { b"}" })
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        separate(writer, first, self.depth == 1)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.depth == 1 { b": " } else { b":" })
    }
}

fn separate<W: ?Sized + Write>(writer: &mut W, first: bool, on_a_line: bool) -> io::Result<()> {
    writer.write_all(match (first, on_a_line) {
        (true, true) => b"\n",
        (true, false) => b"",
        (false, true) => b",\n",
        (false, false) => b",",
    })
}
