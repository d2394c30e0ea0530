//! What every chart must hold, checked on the SVG that came out.

use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::canvas::Align;
use super::geometry::Rect;
use super::{Chart, measure, samples};
use crate::indicator::Colour;

/// Asserts all that must hold for every chart whatever is in it.
pub(super) fn check(chart: impl Into<Chart>) {
    let chart = chart.into();
    let svg = chart.svg("c1");
    assert_eq!(svg, chart.svg("c1"), "the same chart gives the same bytes");
    let document = Document::parse(&svg).unwrap();
    check_root(&document);
    check_labels(&document, &svg);
    Document::parse(&chart.standalone()).unwrap();
    for entry in chart.legend() {
        Document::parse(&entry.sample).unwrap();
    }
    let table = chart.table();
    assert!(table.rows.iter().all(|row| row.len() <= table.head.len()), "{table:?}");
}

fn check_root(document: &Document<'_>) {
    let root = document.root_element();
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(
        root.attribute("aria-labelledby"),
        Some(ids.join(" ").as_str()),
        "no ids but those that name the chart"
    );
    assert!(ids.iter().all(|id| id.starts_with("c1-")));
    assert_eq!(root.first_element_child().unwrap().tag_name().name(), "title");
}

fn check_labels(document: &Document<'_>, svg: &str) {
    let view: Vec<i32> = document
        .root_element()
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|n| n.parse().unwrap())
        .collect();
    let picture = Rect::new(0, 0, view[2] * 10, view[3] * 10);
    let labels = labels(document);
    for (nth, (text, label)) in labels.iter().enumerate() {
        assert!(
            picture.holds(label),
            "`{text}` leaves the picture: {label:?} in {picture:?}\n{svg}"
        );
        for (other, rect) in &labels[..nth] {
            assert!(!label.overlaps(rect), "`{text}` {label:?} lies on `{other}` {rect:?}\n{svg}");
        }
    }
}

/// The texts, with the boxes that they are thought to fill.
pub(super) fn labels(document: &Document<'_>) -> Vec<(String, Rect)> {
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    texts.map(|node| (node.text().unwrap_or_default().to_owned(), label_box(node))).collect()
}

fn label_box(node: Node<'_, '_>) -> Rect {
    let tenths = |node: Node<'_, '_>, name| {
        (node.attribute(name).unwrap().parse::<f64>().unwrap() * 10.0).round() as i32
    };
    let size = tenths(node.parent_element().unwrap(), "font-size");
    let align = match node.attribute("text-anchor") {
        Some("middle") => Align::Middle,
        Some("end") => Align::End,
        _ => Align::Start,
    };
    let middle = (tenths(node, "x"), tenths(node, "y") - size * 36 / 100);
    align.place(middle, measure::width(node.text().unwrap_or_default(), size), size)
}

/// The commands of the path in the group of this class.
pub(super) fn path(svg: &str, class: &str) -> String {
    let document = Document::parse(svg).unwrap();
    let group = document.descendants().find(|node| node.attribute("class") == Some(class));
    let paths =
        group.into_iter().flat_map(|group| group.children().filter_map(|node| node.attribute("d")));
    paths.collect()
}

/// How many shapes of one name the groups of this class hold.
pub(super) fn shapes(svg: &str, class: &str, name: &str) -> usize {
    let document = Document::parse(svg).unwrap();
    let groups = document.descendants().filter(|node| node.attribute("class") == Some(class));
    groups.flat_map(|group| group.children()).filter(|node| node.tag_name().name() == name).count()
}

/// Names as they occur, of 2 to 20 characters, Chinese or not.
pub(super) fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(
            prop::sample::select(
                "镇乡街道园区龙潭南山现代食品产业经济（二期）、·".chars().collect::<Vec<_>>()
            ),
            2..=20
        )
        .prop_map(String::from_iter),
        "[A-Za-z][a-z ]{1,19}",
        "[镇园A-Z0-9<&\"']{2,20}",
    ]
}

pub(super) fn light() -> impl Strategy<Value = Colour> {
    prop::sample::select(vec![Colour::Green, Colour::Yellow, Colour::Red, Colour::None])
}

/// A rate from 0.3 % to 151.47 %, or none, or anything at all.
pub(super) fn value() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![8 => (30..=15147_i64).prop_map(Some), 2 => Just(None), 1 => any::<i64>().prop_map(Some)]
}

#[test]
fn every_kind_holds_its_promises() {
    for (_, chart) in samples::all() {
        check(chart);
    }
}

#[test]
fn every_kind_is_drawn_as_it_was() {
    for (name, chart) in samples::all() {
        let path = format!("{}/src/chart/snapshots/{name}.svg", env!("CARGO_MANIFEST_DIR"));
        let expected = snapbox::Data::read_from(std::path::Path::new(&path), None);
        snapbox::assert_data_eq!(chart.standalone(), expected.raw());
    }
}

#[test]
fn hostile_words_are_only_words() {
    let mut curve = samples::curve();
    curve.caption = samples::caption("</title><script>", "\"&\u{0}\u{7}");
    curve.actual.name = "<b>&amp;".to_owned();
    check(curve);
}
