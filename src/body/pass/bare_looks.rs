//! Buttons, cards and badges in which nothing is to be seen are drawn as nothing: a frame around nothing is a blot.

use crate::markup::dom::{Element, Node};

/// Classes with a frame or a ground of their own. What begins with one of them and a hyphen is a variant.
const LOOKS: [&str; 4] = ["button", "btn", "card", "badge"];

/// Elements that are seen without text. Icons of fonts (`<i class="fa fa-x">`) are none, for no font is there.
const SEEN: [&str; 12] = [
    "img", "svg", "video", "audio", "iframe", "input", "canvas", "object", "embed", "math", "picture", "hr",
];

/// Takes the looks of an element that shows nothing.
pub(crate) fn apply(element: &mut Element) {
    let Some(classes) = element.get("class") else {
        return;
    };
    let has_looks = classes
        .split_ascii_whitespace()
        .any(|class| LOOKS.contains(&class));
    if !has_looks || shows_something(&element.children) {
        return;
    }
    let others: Vec<&str> = classes
        .split_ascii_whitespace()
        .filter(|class| !LOOKS.contains(&class.split('-').next().unwrap_or_default()))
        .collect();
    match others.join(" ") {
        none if none.is_empty() => {
            element.take("class");
        }
        others => element.set("class", others),
    }
}

fn shows_something(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(element) => {
            SEEN.contains(&&*element.name) || element.has_class("glyph") || shows_something(&element.children)
        }
        Node::Code(_) | Node::Html(_) => true,
        Node::Comment(_) => false,
    })
}
