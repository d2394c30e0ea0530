//! Open data as bytes: JSON, an entry a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

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
