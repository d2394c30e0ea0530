//! The plotters backend that writes our SVG.
//!
//! plotters' own backend knows no classes, repeats every style on every shape and measures text by
//! its bytes. This one writes what follows a change of pen as one group, and consecutive strokes as
//! one path.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::measure;
use super::pen::Pen;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// What was drawn so far, and the pen in hand.
#[derive(Default)]
pub(super) struct Svg {
    size: (u32, u32),
    body: String,
    pen: Option<&'static Pen>,
    // The pen whose group is open; it lags behind the pen in hand until something is drawn.
    group: Option<&'static Pen>,
    in_path: bool,
    tooltip: Option<String>,
}

impl Svg {
    /// An empty picture, its size in tenths.
    pub(super) fn new(size: (u32, u32)) -> Svg {
        Svg { size, ..Svg::default() }
    }

    /// Takes another pen in hand.
    pub(super) fn take(&mut self, pen: &'static Pen) {
        self.pen = Some(pen);
    }

    /// Gives the next shape a title of its own, which browsers show to the pointer.
    pub(super) fn tip(&mut self, text: &str) {
        self.tooltip = Some(text.to_owned());
    }

    /// Ends the picture and hands over the elements inside the root.
    pub(super) fn finish(&mut self) -> String {
        self.end_group();
        std::mem::take(&mut self.body)
    }

    /// Opens the group of the pen in hand, unless it is open.
    fn begin(&mut self) {
        if self.group == self.pen {
            return;
        }
        self.end_group();
        let Some(pen) = self.pen else { return };
        self.body.push_str("<g class=\"");
        self.body.push_str(pen.class);
        self.body.push('"');
        if pen.size > 0 {
            self.attribute("font-size", pen.size);
        }
        if !pen.look.is_empty() {
            self.body.push(' ');
            self.body.push_str(pen.look);
        }
        self.body.push('>');
        self.group = self.pen;
    }

    fn end_group(&mut self) {
        self.end_path();
        if self.group.take().is_some() {
            self.body.push_str("</g>\n");
        }
    }

    fn begin_path(&mut self) {
        self.begin();
        if !self.in_path || self.tooltip.is_some() {
            self.end_path();
            self.body.push_str("<path d=\"");
            self.in_path = true;
        }
    }

    fn end_path(&mut self) {
        if std::mem::take(&mut self.in_path) {
            self.body.push_str("\"/>");
        }
    }

    fn begin_element(&mut self, name: &str) {
        self.begin();
        self.end_path();
        self.body.push('<');
        self.body.push_str(name);
    }

    fn end_element(&mut self, name: &str) {
        let Some(text) = self.tooltip.take() else {
            self.body.push_str("/>");
            return;
        };
        self.body.push_str("><title>");
        escape(&mut self.body, &text);
        self.body.push_str("</title></");
        self.body.push_str(name);
        self.body.push('>');
    }

    fn attribute(&mut self, name: &str, tenths: i32) {
        self.body.push(' ');
        self.body.push_str(name);
        self.body.push_str("=\"");
        number(&mut self.body, tenths);
        self.body.push('"');
    }

    fn trace(&mut self, points: impl IntoIterator<Item = BackendCoord>, closed: bool) {
        self.begin_path();
        let mut last = None;
        for point in points {
            self.step(last, point);
            last = Some(point);
        }
        if closed {
            self.body.push('Z');
        }
        if self.tooltip.is_some() {
            self.in_path = false;
            self.body.push('"');
            self.end_element("path");
        }
    }

    /// One step of a path, by the shortest command for it.
    fn step(&mut self, last: Option<BackendCoord>, (x, y): BackendCoord) {
        let (command, first, second) = match last {
            None => ('M', Some(x), Some(y)),
            Some((_, before)) if before == y => ('H', Some(x), None),
            Some((before, _)) if before == x => ('V', None, Some(y)),
            Some(_) => ('L', Some(x), Some(y)),
        };
        self.body.push(command);
        if let Some(x) = first {
            number(&mut self.body, x);
        }
        if let Some(y) = second {
            if first.is_some() {
                self.body.push(' ');
            }
            number(&mut self.body, y);
        }
    }
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, _: BackendColor) -> Drawn {
        self.trace([(x, y), (x + 1, y)], false);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, _: &S) -> Drawn {
        self.trace([from, to], false);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Drawn {
        self.trace(path, false);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Drawn {
        self.trace(path, true);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        _: &S,
        _: bool,
    ) -> Drawn {
        self.begin_element("rect");
        self.attribute("x", from.0);
        self.attribute("y", from.1);
        self.attribute("width", to.0 - from.0);
        self.attribute("height", to.1 - from.1);
        self.end_element("rect");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        _: &S,
        _: bool,
    ) -> Drawn {
        self.begin_element("circle");
        self.attribute("cx", x);
        self.attribute("cy", y);
        self.attribute("r", i32::try_from(radius).unwrap_or(i32::MAX));
        self.end_element("circle");
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let anchor = style.anchor();
        self.begin_element("text");
        self.attribute("x", x);
        self.attribute("y", y + baseline(anchor.v_pos, self.text_size()));
        self.body.push_str(match anchor.h_pos {
            HPos::Left => ">",
            HPos::Center => r#" text-anchor="middle">"#,
            HPos::Right => r#" text-anchor="end">"#,
        });
        escape(&mut self.body, text);
        if let Some(tip) = self.tooltip.take() {
            self.body.push_str("<title>");
            escape(&mut self.body, &tip);
            self.body.push_str("</title>");
        }
        self.body.push_str("</text>");
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let size = self.text_size();
        Ok((measure::width(text, size).unsigned_abs(), size.unsigned_abs()))
    }
}

impl Svg {
    fn text_size(&self) -> i32 {
        self.pen.map_or(0, |pen| pen.size)
    }
}

/// How far the baseline lies below the anchor. `dominant-baseline` would say it, but renderers
/// disagree about it.
fn baseline(anchor: VPos, size: i32) -> i32 {
    match anchor {
        VPos::Top => size * 88 / 100,
        VPos::Center => size * 36 / 100,
        VPos::Bottom => 0,
    }
}

/// Writes tenths as a decimal number, `125` as `12.5` and `120` as `12`.
fn number(out: &mut String, tenths: i32) {
    if tenths < 0 {
        out.push('-');
    }
    let tenths = tenths.unsigned_abs();
    digits(out, tenths / 10);
    if !tenths.is_multiple_of(10) {
        out.push('.');
        digits(out, tenths % 10);
    }
}

const DIGITS: &[u8; 10] = b"0123456789";

// By hand, because a chart is mostly numbers and `write!` takes many times as long for them.
fn digits(out: &mut String, whole: u32) {
    if whole >= 10 {
        digits(out, whole / 10);
    }
    out.push(DIGITS[(whole % 10) as usize].into());
}

/// Writes a text so that it means itself in an element or an attribute of XML.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            // XML has no way at all to hold these.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_at_most_one_decimal() {
        let mut out = String::new();
        for tenths in [0, 5, 120, 125, -5, -120] {
            number(&mut out, tenths);
            out.push(' ');
        }
        assert_eq!(out, "0 0.5 12 12.5 -0.5 -12 ");
    }

    #[test]
    fn markup_and_control_characters_are_escaped() {
        let mut out = String::new();
        escape(&mut out, "a<b>&\"c\"\u{1}\n");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c&quot; ");
    }
}
