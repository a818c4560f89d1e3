//! `columns`: text side by side, separated by lines that are only `<--->`, by the items of one list, or into `column`
//! calls.

use std::collections::BTreeMap;

use super::expansion::Prefix;
use super::tera_frame::Slots;
use super::{Outcome, Shortcodes};
use crate::diag::{FileId, Span};
use crate::markup::dom::{By, Element, Node};
use crate::parse::{Call, Segment};

/// The line between two columns.
pub(crate) const DIVIDER: &str = "<--->";

impl Shortcodes<'_> {
    pub(super) fn columns(&mut self, file: FileId, call: &Call) -> Outcome {
        let segments = call
            .inner
            .as_ref()
            .map(|inner| inner.segments.as_slice())
            .unwrap_or_default();
        let mut columns = Vec::new();
        for column in self.split(segments) {
            let prefix = Prefix::of_inner(self.cx.text(file), call, &column);
            columns.push(self.nested(call, |this| this.nodes(file, &column, &prefix)));
        }
        self.columns_with(call, columns)
    }

    /// Columns of finished contents; a single one may be a list of them.
    pub(super) fn columns_with(&mut self, call: &Call, mut columns: Vec<Vec<Node>>) -> Outcome {
        if let [only] = columns.as_slice()
            && let Some(items) = boxes(only).or_else(|| items(only))
        {
            columns = items;
        }
        let mut slots = Slots::default();
        let columns: Vec<String> = columns
            .into_iter()
            .map(|nodes| slots.add(nodes, String::new()))
            .collect();
        let view = self.call_view(call);
        let more = BTreeMap::from([("columns", columns)]);
        self.render_with(call, "columns", slots, &view, &more)
    }

    /// The segments of each column.
    fn split(&self, segments: &[Segment]) -> Vec<Vec<Segment>> {
        let mut columns = vec![Vec::new()];
        for segment in segments {
            let Segment::Text(span) = segment else {
                push(&mut columns, segment.clone());
                continue;
            };
            for (at, piece) in pieces(*span, self.cx.text(span.file)).into_iter().enumerate() {
                if at > 0 {
                    columns.push(Vec::new());
                }
                push(&mut columns, Segment::Text(piece));
            }
        }
        columns
    }
}

fn push(columns: &mut [Vec<Segment>], segment: Segment) {
    if let Some(column) = columns.last_mut() {
        column.push(segment);
    }
}

/// The parts of a span before, between and after the dividers in it.
fn pieces(span: Span, text: &str) -> Vec<Span> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (span.range().start, span.range().start);
    for line in text.get(span.range()).unwrap_or_default().split_inclusive('\n') {
        if line.trim() == DIVIDER {
            pieces.push(Span::new(span.file, start, at));
            start = at + line.len();
        }
        at += line.len();
    }
    pieces.push(Span::new(span.file, start, at));
    pieces
}

/// The texts of `column` calls, if there is nothing else.
fn boxes(nodes: &[Node]) -> Option<Vec<Vec<Node>>> {
    let boxes = nodes.iter().filter(|node| !node.is_blank()).map(|node| {
        let element = node.as_element()?;
        let is_box = element.by == By::Wsgen && element.has_class("column");
        is_box.then(|| element.children.clone())
    });
    boxes
        .collect::<Option<Vec<_>>>()
        .filter(|boxes| !boxes.is_empty())
}

/// The items of a list, if there is nothing else.
fn items(nodes: &[Node]) -> Option<Vec<Vec<Node>>> {
    let mut visible = nodes.iter().filter(|node| !node.is_blank());
    let (Some(Node::Element(list)), None) = (visible.next(), visible.next()) else {
        return None;
    };
    let is_list = list.by == By::Markdown && matches!(&*list.name, "ul" | "ol");
    let items = list
        .children
        .iter()
        .filter_map(Node::as_element)
        .map(|item: &Element| item.children.clone());
    is_list.then(|| items.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_divider_is_a_line_of_its_own() {
        let text = "a\n<--->\nb <--->\n  <--->  \nc";
        let pieces = pieces(Span::new(FileId(0), 0, text.len()), text);
        let texts: Vec<&str> = pieces.iter().map(|span| &text[span.range()]).collect();
        assert_eq!(texts, ["a\n", "b <--->\n", "c"]);
    }
}
