//! Headings that break between the phrases of Japanese, in every browser.

use crate::markup::dom::{By, Element, Node};
use crate::phrases::phrases;

/// Marks the places in a heading where a line may break.
pub(crate) fn apply(element: &mut Element) {
    if element.heading_level().is_some() {
        broken(&mut element.children);
    }
}

fn broken(nodes: &mut Vec<Node>) {
    let mut at = 0;
    while at < nodes.len() {
        let pieces = match &mut nodes[at] {
            Node::Text(text) => pieces(text),
            Node::Element(element) if element.name != "code" => {
                broken(&mut element.children);
                Vec::new()
            }
            _ => Vec::new(),
        };
        let count = pieces.len().max(1);
        if !pieces.is_empty() {
            nodes.splice(at..=at, pieces);
        }
        at += count;
    }
}

/// A text with the breaks in it; empty if there are none.
fn pieces(text: &str) -> Vec<Node> {
    let phrases = phrases(text);
    if phrases.len() < 2 {
        return Vec::new();
    }
    let mut nodes = Vec::with_capacity(phrases.len() * 2);
    for phrase in phrases {
        if !nodes.is_empty() {
            nodes.push(Element::new("wbr", By::Wsgen).into());
        }
        nodes.push(Node::text(phrase));
    }
    nodes
}
