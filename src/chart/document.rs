//! The SVG document around what a chart drew: root, title, description.

use super::Kind;
use super::canvas::Canvas;
use super::geometry::{Rect, px};
use super::svg::escape;

/// What a file of its own needs to be legible without the site's style sheet, on light ground and
/// dark.
const STYLE: &str = "<style>\
svg{color:#1b1b1b;background:#fff;font-family:sans-serif}\
.series-actual,.label-actual,.bar,.rank-up{color:#1f4e8c}\
.series-target,.label-target,.target-mark{color:#a33b20}\
.light-green{color:#1a7f4b}.light-yellow{color:#a86b00}.light-red{color:#b3261e}.light-none{color:#6b6b6b}\
.cat-1{color:#2d5f8e}.cat-2{color:#97662a}.cat-3{color:#47773b}.cat-4{color:#80508a}\
.cat-5{color:#23797b}.cat-6{color:#a8543a}.cat-7{color:#5c606e}.cat-8{color:#7f720f}\
@media(prefers-color-scheme:dark){\
svg{color:#e8e6e3;background:#16181a}\
.series-actual,.label-actual,.bar,.rank-up{color:#8ab4f0}\
.series-target,.label-target,.target-mark{color:#f0a58a}\
.light-green{color:#6fcf97}.light-yellow{color:#f2c14e}.light-red{color:#ff8a80}.light-none{color:#a0a0a0}\
.cat-1{color:#79abdb}.cat-2{color:#d6a566}.cat-3{color:#8fbf82}.cat-4{color:#c799d0}\
.cat-5{color:#6cc0c1}.cat-6{color:#e79b82}.cat-7{color:#a8adbd}.cat-8{color:#c8bb55}}\
</style>\n";

/// The chart as an element of a page.
pub(super) fn inline(kind: &dyn Kind, id: &str) -> String {
    document(kind, id, "")
}

/// The chart as a file of its own.
pub(super) fn standalone(kind: &dyn Kind) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&document(kind, "chart", STYLE));
    out
}

fn document(kind: &dyn Kind, id: &str, style: &str) -> String {
    let ((width, height), body) = kind.draw().finish();
    let (width, height) = (width / 10, height / 10);
    let caption = kind.caption();
    let mut quoted = String::new();
    escape(&mut quoted, id);
    let described = if caption.desc.is_empty() { String::new() } else { format!(" {quoted}-d") };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {class}\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" fill=\"currentColor\" role=\"img\" aria-labelledby=\"{quoted}-t{described}\">",
        class = kind.class(),
    );
    element(&mut out, "title", &format!("{quoted}-t"), &caption.title);
    if !caption.desc.is_empty() {
        element(&mut out, "desc", &format!("{quoted}-d"), &caption.desc);
    }
    out.push_str(style);
    out.push_str(&body);
    out.push_str("</svg>\n");
    out
}

fn element(out: &mut String, name: &str, id: &str, text: &str) {
    out.push_str(&format!("<{name} id=\"{id}\">"));
    escape(out, text);
    out.push_str(&format!("</{name}>\n"));
}

/// The box that a legend's sample fills.
pub(super) const SAMPLE: Rect = Rect { left: 0, top: 0, right: px(28), bottom: px(14) };

/// A small picture for a legend. The words stand beside it, so screen readers may pass it by.
pub(super) fn sample(draw: impl FnOnce(&Canvas)) -> String {
    let canvas = Canvas::new(SAMPLE.width(), SAMPLE.height());
    draw(&canvas);
    let ((width, height), body) = canvas.finish();
    let (width, height) = (width / 10, height / 10);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart-sample\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" fill=\"currentColor\" aria-hidden=\"true\">{}</svg>",
        body.trim_end(),
    )
}
