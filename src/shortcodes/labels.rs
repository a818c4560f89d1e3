//! Markdown in arguments: labels, captions, footers.
//!
//! The filter `md` of a template prints `<md>text</md>`, because templates do not read Markdown. Here the element is
//! replaced by the nodes of its text.

use super::Shortcodes;
use super::tera_frame::unwrapped;
use crate::diag::Span;
use crate::markdown;
use crate::markup::dom::{Element, Node, text_of};
use crate::markup::range_map::RangeMap;

/// Text before inline text, so that `1. Install` is a label and no list. Quotation marks open behind it.
const GUARD: &str = "\\(";

impl Shortcodes<'_> {
    /// Replaces the output of `md` in the output of a template that was called at `span`.
    pub(super) fn read_labels(&mut self, nodes: &mut Vec<Node>, span: Span) {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes.drain(..) {
            match node {
                Node::Element(element) if element.name == "md" => out.extend(self.label(&element, span)),
                Node::Element(mut element) => {
                    self.read_labels(&mut element.children, span);
                    self.describe(&mut element, span);
                    out.push(element.into());
                }
                other => out.push(other),
            }
        }
        *nodes = out;
    }

    fn label(&mut self, element: &Element, span: Span) -> Vec<Node> {
        let text = text_of(&element.children);
        if element.get("block").is_some() {
            return self.markdown(&text, span);
        }
        let mut nodes = unwrapped(self.markdown(&format!("{GUARD}{text}"), span));
        if let Some(Node::Text(first)) = nodes.first_mut() {
            first.remove(0);
        }
        nodes
    }

    /// `data-alt` holds Markdown whose text describes a picture.
    fn describe(&mut self, element: &mut Element, span: Span) {
        if let Some(at) = element.attrs.iter().position(|(name, _)| name == "data-alt") {
            let text = element.attrs[at].1.take().unwrap_or_default();
            let plain = text_of(&self.markdown(&text, span)).trim().to_owned();
            element.attrs[at] = ("alt".into(), Some(plain));
        }
    }

    fn markdown(&mut self, text: &str, span: Span) -> Vec<Node> {
        let mut map = RangeMap::default();
        map.inserted(0, span);
        markdown::read(text, map, None, &self.goldmark, &mut self.diagnostics)
    }
}
