//! The text of nodes as a reader sees it, without markup.

use std::borrow::Cow;

use super::{Node, is_block_name, is_raw_text};

/// The text of nodes as [`text_of`] gives it, borrowed where it is a single piece.
pub(crate) fn text_in(nodes: &[Node]) -> Cow<'_, str> {
    match nodes {
        [Node::Text(text)] => Cow::Borrowed(text),
        nodes => Cow::Owned(text_of(nodes)),
    }
}

/// The text of nodes as a reader sees it, without markup.
pub fn text_of(nodes: &[Node]) -> String {
    let mut out = String::new();
    push_text(nodes, &mut out);
    out
}

/// Adds the text of nodes to `out`.
fn push_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Code(code) => out.push_str(&code.text),
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) if element.name == "img" => {
                out.push_str(element.get("alt").unwrap_or_default());
            }
            Node::Element(element) if is_raw_text(&element.name) || element.withheld().is_some() => {}
            Node::Element(element) => push_text(&element.children, out),
            Node::Comment(_) | Node::Html(_) => {}
        }
    }
}

/// Adds the text of nodes to `out`, with blocks inside of others apart: list items, cells.
pub(crate) fn push_text_apart(nodes: &[Node], out: &mut String) {
    let end_line = |out: &mut String| {
        if !out.is_empty() && !out.ends_with(char::is_whitespace) {
            out.push('\n');
        }
    };
    for node in nodes {
        match node {
            Node::Element(element) if is_raw_text(&element.name) || element.withheld().is_some() => {}
            Node::Element(element) if is_block_name(&element.name) => {
                end_line(out);
                push_text_apart(&element.children, out);
                end_line(out);
            }
            node => push_text(std::slice::from_ref(node), out),
        }
    }
}
