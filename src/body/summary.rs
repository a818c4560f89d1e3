//! Summaries: the text before `<!--more-->`, or the first blocks. Rules: `docs/hugo.md`, section 11.2.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::dom::{Element, Node, for_each_element, push_text_apart, write_nodes};
use super::{BodyContext, length};
use crate::parse::{ParsedPage, Segment};

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

/// Whether it is the link of a heading to itself, which leads nowhere on another page.
fn is_anchor(node: &Node) -> bool {
    node.as_element()
        .is_some_and(|element| element.has_class("heading-anchor"))
}

/// Where enough words are together.
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

/// The first paragraph of a page that is not rendered now, as text.
pub(crate) fn excerpt(cx: &BodyContext<'_>, parsed: &ParsedPage) -> String {
    let text = cx.text(parsed.file);
    let pieces = parsed.body.iter().filter_map(|segment| match segment {
        Segment::Text(span) => text.get(span.range()),
        _ => None,
    });
    pieces
        .map(first_paragraph)
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The text of a page that is not rendered now, without its shortcodes.
pub(crate) fn rough_text(cx: &BodyContext<'_>, parsed: &ParsedPage) -> String {
    let text = cx.text(parsed.file);
    let mut out = String::new();
    for segment in &parsed.body {
        let Segment::Text(span) = segment else { continue };
        for event in Parser::new(text.get(span.range()).unwrap_or_default()) {
            match event {
                Event::Text(text) | Event::Code(text) => out.push_str(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
                _ => {}
            }
        }
    }
    out
}

fn first_paragraph(markdown: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Paragraph) => inside = true,
            // The text of a callout is none to begin with, and that of a solution may be kept back.
            Event::End(TagEnd::Paragraph) if out.starts_with("[!") => {
                out.clear();
                inside = false;
            }
            Event::End(TagEnd::Paragraph) => break,
            Event::Text(text) | Event::Code(text) if inside => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak if inside => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}
