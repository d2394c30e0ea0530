//! Open data as bytes: JSON an entry a line, and CSV that spreadsheets open.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::Formatter;

use crate::view::{Json, Table};

/// The mark by which spreadsheets know that a text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table as CSV: RFC 4180 in UTF-8, with a byte-order mark.
pub(super) fn csv(table: &Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(&table.head)?;
    table.rows.try_for_each(|rows| {
        rows.iter().try_for_each(|row| writer.write_record(row.cells())).map_err(io::Error::from)
    })?;
    writer.flush()
}

/// JSON with each entry of the outermost lists on a line of its own: small, and its changes are easily seen.
pub(super) fn json_bytes(value: &Value) -> Vec<u8> {
    let mut json = Vec::new();
    // Plain data with text keys can be written, and a buffer in memory always takes more.
    let _ = write(value, 0, &mut json);
    json.push(b'\n');
    json
}

/// A file of data in the form of [`json_bytes`].
pub(super) fn json(file: &Json<'_>, out: &mut dyn Write) -> io::Result<()> {
    let fields = file.head.as_object().into_iter().flatten();
    let mut before = "{\n";
    for (name, value) in fields {
        write!(out, "{before}{}: ", Value::from(name.as_str()))?;
        write(value, 1, out)?;
        before = ",\n";
    }
    for (name, list) in &file.lists {
        write!(out, "{before}\"{name}\": [")?;
        // Before the first entry stands no comma.
        let mut from = 1;
        list.try_for_each(|entries| {
            let Some(written) = entries.get(from..) else { return Ok(()) };
            from = 0;
            out.write_all(written)
        })?;
        write!(out, "]")?;
        before = ",\n";
    }
    out.write_all(b"\n}\n")
}

/// Writes a value that is so deep in its file.
fn write(value: &Value, depth: usize, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let mut writer = serde_json::Serializer::with_formatter(out, Lines { depth });
    value.serialize(&mut writer).map_err(io::Error::from)
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
