//! Summaries: the text before `<!--more-->`, or the first blocks. Rules: `docs/hugo.md`, section 11.2.

use crate::markup::dom::{Element, Node, for_each_element, push_text_apart, write_nodes};
use crate::markup::length;

/// Splits the paragraphs that hold the divider, takes the divider out, and gives the nodes before it.
pub(crate) fn take_divider(nodes: &mut Vec<Node>) -> Option<usize> {
    let at = nodes.iter().position(holds_divider)?;
    match nodes.remove(at) {
        Node::Element(paragraph) => {
            let (before, after) = split(*paragraph);
            let first = usize::from(before.is_some());
            nodes.splice(at..at, before.into_iter().chain(after).map(Node::from));
            Some(at + first)
        }
        _ => Some(at),
    }
}

fn is_divider(node: &Node) -> bool {
    matches!(node, Node::Comment(text) if text == "more")
}

fn holds_divider(node: &Node) -> bool {
    is_divider(node)
        || matches!(node, Node::Element(element) if element.name == "p" && element.children.iter().any(is_divider))
}

fn split(paragraph: Element) -> (Option<Element>, Option<Element>) {
    let at = paragraph.children.iter().position(is_divider).unwrap_or(0);
    let mut before = paragraph.clone();
    let mut after = paragraph;
    before.children.truncate(at);
    after.children.drain(..=at);
    let filled = |part: Element| (!part.children.iter().all(Node::is_blank)).then_some(part);
    (filled(before), filled(after))
}

/// The summary as HTML: the nodes before the divider, else the first ones until there are enough words, the last of which
/// holds a paragraph. All of them where there are fewer words.
pub(crate) fn html(nodes: &[Node], divider: Option<usize>, words: usize, cjk: bool) -> String {
    let end = divider.unwrap_or_else(|| end(nodes, words, cjk));
    let mut nodes = nodes[..end].to_vec();
    for_each_element(&mut nodes, &mut |element| {
        if element.heading_level().is_some() {
            element.children.retain(|child| !is_anchor(child));
        }
    });
    let mut out = String::new();
    write_nodes(&nodes, &mut out);
    out
}

/// Returns true for the link of a heading to itself, which leads nowhere on another page.
fn is_anchor(node: &Node) -> bool {
    node.as_element()
        .is_some_and(|element| element.has_class("heading-anchor"))
}

/// Index of the node after which there are enough words.
fn end(nodes: &[Node], words: usize, cjk: bool) -> usize {
    let (mut seen, mut text) = (0, String::new());
    for (at, node) in nodes.iter().enumerate() {
        text.clear();
        push_text_apart(std::slice::from_ref(node), &mut text);
        seen += length::words(&text, cjk);
        if seen >= words && holds_paragraph(node) {
            return at + 1;
        }
    }
    nodes.len()
}

fn holds_paragraph(node: &Node) -> bool {
    let element = node.as_element();
    element.is_some_and(|element| element.name == "p" || element.children.iter().any(holds_paragraph))
}
