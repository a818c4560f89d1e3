//! Tables scroll inside a frame of their own, so that a wide one never widens the page.

use crate::markup::dom::{By, Element, Node};

/// Puts a frame around every table that is not inside another.
pub(crate) fn apply(nodes: &mut [Node]) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        if element.name != "table" {
            apply(&mut element.children);
            continue;
        }
        let table = std::mem::replace(node, Node::text(""));
        let frame = Element::new("div", By::Wsgen)
            .attr("class", "table-wrap")
            .attr("tabindex", "0");
        *node = frame.with(vec![table]).into();
    }
}
