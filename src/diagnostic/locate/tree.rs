//! The shape of a YAML document with the place of every node, read from a parser's events.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use crate::diagnostic::Step;

/// The nodes of a YAML document. They lie in a row, so that neither reading nor dropping a deep one recurses.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Whether the parser stopped at an error: what it did not reach is unknown, not missing.
    is_broken: bool,
}

struct Node {
    range: Range<usize>,
    shape: Shape,
    /// Keys and values in turns for a mapping, items for a sequence.
    children: Vec<usize>,
}

enum Shape {
    Scalar { value: String, is_literal: bool },
    Mapping { is_flow: bool },
    Sequence,
    Alias(usize),
}

/// How far a key path leads.
pub(super) struct Found {
    /// Whether it leads to the end of the path, or only to the nearest parent that exists.
    pub(super) is_complete: bool,
    node: usize,
    key: Option<usize>,
}

impl Tree {
    /// Reads YAML that stands in a file from the byte `base` on.
    pub(super) fn parse(yaml: &str, base: usize) -> Self {
        let offsets: Vec<usize> = yaml.char_indices().map(|(offset, _)| offset).collect();
        let byte = |index: usize| base + offsets.get(index).copied().unwrap_or(yaml.len());
        let mut growth = Growth::default();
        for event in Parser::new_from_str(yaml) {
            match event {
                Ok((Event::DocumentEnd, _)) => break,
                Ok((event, Marks { start, end })) => {
                    growth.take(event, byte(start.index())..byte(end.index()));
                }
                Err(_) => return growth.into_tree(true),
            }
        }
        growth.into_tree(false)
    }

    /// Follows a key path; `None` if nothing is known of it.
    pub(super) fn find(&self, path: &[Step]) -> Option<Found> {
        let mut found = Found { is_complete: !self.nodes.is_empty(), node: 0, key: None };
        for step in path {
            let Some((key, node)) = self.child(found.node, step) else {
                found.is_complete = false;
                break;
            };
            found = Found { is_complete: true, node, key };
        }
        (found.is_complete || !(self.is_broken || self.nodes.is_empty())).then_some(found)
    }

    /// The written value, or its key where the value is empty.
    pub(super) fn shown(&self, found: &Found) -> Range<usize> {
        let range = &self.nodes[found.node].range;
        match found.key {
            Some(key) if range.is_empty() => self.nodes[key].range.clone(),
            _ => range.clone(),
        }
    }

    /// Where something is missed that should be in a value: at the first key of a mapping that has lines of its own.
    pub(super) fn head(&self, found: &Found) -> Range<usize> {
        let node = &self.nodes[found.node];
        match (&node.shape, node.children.first()) {
            (Shape::Mapping { is_flow: false }, Some(&first)) => self.nodes[first].range.clone(),
            _ => self.shown(found),
        }
    }

    /// The key that leads to what was found; `None` for the item of a sequence.
    pub(super) fn key_range(&self, found: &Found) -> Option<Range<usize>> {
        found.key.map(|key| self.nodes[key].range.clone())
    }

    /// Where a scalar, or its key where it is empty, is written, its value, and whether it is a literal block.
    pub(super) fn scalar(&self, found: &Found) -> Option<(Range<usize>, &str, bool)> {
        let key = found.key.filter(|_| self.nodes[found.node].range.is_empty());
        let node = &self.nodes[key.unwrap_or(self.target(found.node))];
        match &node.shape {
            Shape::Scalar { value, is_literal } => Some((node.range.clone(), value, *is_literal)),
            _ => None,
        }
    }

    /// The keys that stand in their mapping before.
    pub(super) fn duplicate_keys(&self) -> Vec<(Range<usize>, String)> {
        let mut duplicates = Vec::new();
        for node in self.nodes.iter().filter(|node| matches!(node.shape, Shape::Mapping { .. })) {
            let mut seen = BTreeSet::new();
            for key in node.children.iter().step_by(2).map(|key| &self.nodes[*key]) {
                if let Shape::Scalar { value, .. } = &key.shape
                    && !seen.insert(value)
                {
                    duplicates.push((key.range.clone(), value.clone()));
                }
            }
        }
        duplicates
    }

    fn child(&self, parent: usize, step: &Step) -> Option<(Option<usize>, usize)> {
        let parent = self.nodes.get(self.target(parent))?;
        match (&parent.shape, step) {
            (Shape::Mapping { .. }, Step::Key(wanted)) => {
                let mut entries = parent.children.chunks_exact(2);
                entries
                    .find(|entry| self.is_key(entry[0], wanted))
                    .map(|entry| (Some(entry[0]), entry[1]))
            }
            (Shape::Sequence, Step::Index(index)) => Some((None, *parent.children.get(*index)?)),
            _ => None,
        }
    }

    fn is_key(&self, node: usize, wanted: &str) -> bool {
        matches!(&self.nodes[self.target(node)].shape, Shape::Scalar { value, .. } if value == wanted)
    }

    /// What an alias stands for: never an alias itself, since those cannot be anchored.
    fn target(&self, node: usize) -> usize {
        match self.nodes.get(node).map(|node| &node.shape) {
            Some(Shape::Alias(target)) => *target,
            _ => node,
        }
    }
}

/// A tree of which some mappings and sequences are still open.
#[derive(Default)]
struct Growth {
    nodes: Vec<Node>,
    open: Vec<usize>,
    anchors: BTreeMap<usize, usize>,
}

impl Growth {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Scalar(value, style, anchor, _) => {
                // Of an empty value in brackets the mark is the comma behind it.
                let is_empty = value.is_empty() && style == ScalarStyle::Plain;
                let range = if is_empty { range.start..range.start } else { range };
                let shape = Shape::Scalar {
                    value: value.into(),
                    is_literal: style == ScalarStyle::Literal,
                };
                self.add(shape, range, anchor);
            }
            Event::MappingStart(anchor, _) => {
                let opened = self.add(Shape::Mapping { is_flow: false }, range, anchor);
                self.open.push(opened);
            }
            Event::SequenceStart(anchor, _) => {
                let opened = self.add(Shape::Sequence, range, anchor);
                self.open.push(opened);
            }
            Event::Alias(anchor) => {
                let target = self.anchors.get(&anchor).copied().unwrap_or(self.nodes.len());
                self.add(Shape::Alias(target), range, 0);
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(&range),
            _ => {}
        }
    }

    fn add(&mut self, shape: Shape, range: Range<usize>, anchor: usize) -> usize {
        let added = self.nodes.len();
        self.nodes.push(Node { range, shape, children: Vec::new() });
        if let Some(&parent) = self.open.last() {
            self.nodes[parent].children.push(added);
        }
        // The parser counts anchors from 1.
        if anchor > 0 {
            self.anchors.insert(anchor, added);
        }
        added
    }

    /// Ends a collection at its bracket or, where it has none, with its last child.
    fn close(&mut self, bracket: &Range<usize>) {
        let Some(closed) = self.open.pop() else { return };
        let last_end = self.nodes[closed].children.last().map(|last| self.nodes[*last].range.end);
        let node = &mut self.nodes[closed];
        let is_flow = !bracket.is_empty();
        let end = if is_flow { bracket.end } else { last_end.unwrap_or(node.range.start) };
        node.range.end = end.max(node.range.start);
        let Shape::Mapping { is_flow: flow } = &mut node.shape else { return };
        *flow = is_flow;
        // Where a mapping is anchored, its mark is the anchor's.
        if let (false, Some(first)) = (is_flow, node.children.first().copied()) {
            self.nodes[closed].range.start = self.nodes[first].range.start;
        }
    }

    fn into_tree(mut self, is_broken: bool) -> Tree {
        while !self.open.is_empty() {
            self.close(&(0..0));
        }
        Tree { nodes: self.nodes, is_broken }
    }
}
