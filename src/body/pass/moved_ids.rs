//! Ids that have moved: a renamed one is on the page again, and one that is on another page now leads there.

use crate::graph::{MovedId, PageId};
use crate::markup::dom::{By, Element, Inside, Node, for_each_element};
use crate::shortcodes::BodyContext;

/// Adds the places of ids that the page had.
pub(crate) fn apply(nodes: &mut Vec<Node>, page: PageId, cx: &BodyContext<'_>) {
    for moved in cx.graph.moved_ids.iter().filter(|moved| moved.on == page) {
        if moved.to == page {
            rename(nodes, moved);
        } else {
            nodes.push(lead(moved, cx).into());
        }
    }
}

/// Puts an empty element with the old id before the text of the one with the new id.
fn rename(nodes: &mut [Node], moved: &MovedId) {
    let mut is_there = false;
    for_each_element(nodes, &mut |element| {
        if !is_there && element.get("id") == Some(&moved.to_id) {
            is_there = true;
            let old = Element::new("span", By::Wsgen).attr("id", moved.id.as_str());
            element.children.insert(0, old.into());
        }
    });
}

/// A line that only those see who follow the old address, with a link that a script follows.
fn lead(moved: &MovedId, cx: &BodyContext<'_>) -> Element {
    let target = cx.graph.page(moved.to);
    let fragment = if moved.to_id.is_empty() {
        String::new()
    } else {
        format!("#{}", moved.to_id)
    };
    let href = cx.graph.href(cx.config, moved.on, &target.url) + &fragment;
    let mut link = Element::new("a", By::Wsgen)
        .attr("href", href)
        .with(vec![Node::text(&target.title)]);
    link.to = Some(Inside::Page(moved.to));
    let moved_to = cx
        .texts_of(cx.graph.page(moved.on).lang)
        .get("moved")
        .copied()
        .unwrap_or_default();
    Element::new("p", By::Wsgen)
        .attr("class", "moved")
        .attr("id", moved.id.as_str())
        .with(vec![Node::text(format!("{moved_to}: ")), link.into()])
}
