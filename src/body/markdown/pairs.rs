//! `==marked==` and `++inserted++`, where the site switches them on: `markup.goldmark.extensions.extras`.

use crate::body::dom::{By, Element, Node};
use crate::config::Extras;

/// Puts elements around what stands between pairs of signs.
pub(super) fn apply(nodes: &mut Vec<Node>, extras: Extras) {
    for node in nodes.iter_mut() {
        if let Node::Element(element) = node
            && element.name != "code"
        {
            apply(&mut element.children, extras);
        }
    }
    if extras.mark {
        pair(nodes, "==", "mark");
    }
    if extras.insert {
        pair(nodes, "++", "ins");
    }
}

/// Looks for pairs of `sign` among siblings.
fn pair(nodes: &mut Vec<Node>, sign: &str, name: &'static str) {
    let mut from = 0;
    while let Some((first, open)) = find(nodes, from, |text, at| opens(text, at, sign), sign) {
        let (before, after) = split(&nodes[first], open, sign);
        nodes.splice(first..=first, [Node::text(before), Node::text(after)]);
        let Some((last, close)) = find(nodes, first + 1, closes, sign) else {
            let (Node::Text(before), Node::Text(after)) = (&nodes[first], &nodes[first + 1]) else {
                return;
            };
            let whole = format!("{before}{sign}{after}");
            nodes.splice(first..=first + 1, [Node::Text(whole)]);
            return;
        };
        let (inner, rest) = split(&nodes[last], close, sign);
        let mut children: Vec<Node> = nodes.drain(first + 1..=last).collect();
        if let Some(end) = children.last_mut() {
            *end = Node::text(inner);
        }
        let element = Element::new(name, By::Markdown).with(children);
        nodes.splice(first + 1..first + 1, [element.into(), Node::text(rest)]);
        from = first + 2;
    }
}

/// The next text from `from` on that holds `sign` where `fits`.
fn find(
    nodes: &[Node],
    from: usize,
    fits: impl Fn(&str, usize) -> bool,
    sign: &str,
) -> Option<(usize, usize)> {
    nodes.iter().enumerate().skip(from).find_map(|(nth, node)| {
        let Node::Text(text) = node else { return None };
        let at = text
            .match_indices(sign)
            .map(|(at, _)| at)
            .find(|at| fits(text, *at))?;
        Some((nth, at))
    })
}

fn opens(text: &str, at: usize, sign: &str) -> bool {
    let after = text[at + sign.len()..].chars().next();
    after.is_none_or(|c| !c.is_whitespace() && !sign.contains(c))
}

fn closes(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_whitespace())
}

fn split(node: &Node, at: usize, sign: &str) -> (String, String) {
    match node {
        Node::Text(text) => (text[..at].to_owned(), text[at + sign.len()..].to_owned()),
        _ => Default::default(),
    }
}
