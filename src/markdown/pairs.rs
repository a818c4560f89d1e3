//! `==marked==`, `++inserted++`, `H~2~O` and `x^2^`, where the site switches them on:
//! `markup.goldmark.extensions.extras`.
//!
//! pulldown-cmark knows the last two, but not within a word.

use crate::config::Extras;
use crate::markup::dom::{By, Element, Node};

/// Signs and their elements. A run of a sign must be as long as the sign is.
const PAIRS: [(&str, &str); 4] = [("==", "mark"), ("++", "ins"), ("~", "sub"), ("^", "sup")];

/// Stands behind a sign that a backslash makes an ordinary character. East Asian emphasis has one such mark at a place.
pub(super) const ESCAPED: &str = "\u{10fffd}\u{10fffd}";

/// Returns true if a character would be taken for a sign without the backslash before it.
pub(super) fn is_sign(c: char, extras: Extras) -> bool {
    PAIRS
        .iter()
        .any(|(sign, name)| sign.starts_with(c) && is_on(name, extras))
}

fn is_on(name: &str, extras: Extras) -> bool {
    match name {
        "mark" => extras.mark,
        "ins" => extras.insert,
        "sub" => extras.subscript,
        _ => extras.superscript,
    }
}

/// Puts elements around the text between pairs of signs.
pub(super) fn apply(nodes: &mut Vec<Node>, extras: Extras) {
    if extras == Extras::default() {
        return;
    }
    for node in nodes.iter_mut() {
        if let Node::Element(element) = node
            && element.name != "code"
        {
            apply(&mut element.children, extras);
        }
    }
    for (sign, name) in PAIRS {
        if is_on(name, extras) {
            pair(nodes, sign, name);
        }
    }
}

/// A sign in a text among siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    node: usize,
    at: usize,
}

/// Looks for pairs of `sign` among siblings.
fn pair(nodes: &mut Vec<Node>, sign: &str, name: &'static str) {
    let mut from = Place { node: 0, at: 0 };
    while let Some(open) = find(nodes, from, sign, flanks) {
        let inside = Place {
            at: open.at + sign.len(),
            ..open
        };
        // What is not open can begin further on.
        let Some(close) = find(nodes, inside, sign, |before, after| flanks(after, before)) else {
            return;
        };
        from = wrap(nodes, open, close, sign, name);
    }
}

/// Returns true if a sign between these characters can open; with the characters exchanged, if it can close.
fn flanks(outer: Option<char>, inner: Option<char>) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_punctuation = |c: Option<char>| c.is_some_and(|c| c.is_ascii_punctuation());
    !is_space(inner) && (!is_punctuation(inner) || is_space(outer) || is_punctuation(outer))
}

/// The next place of `sign` that `fits` with the characters before and after it.
fn find(
    nodes: &[Node],
    from: Place,
    sign: &str,
    fits: impl Fn(Option<char>, Option<char>) -> bool,
) -> Option<Place> {
    nodes
        .iter()
        .enumerate()
        .skip(from.node)
        .find_map(|(node, found)| {
            let Node::Text(text) = found else { return None };
            let start = if node == from.node { from.at } else { 0 };
            let at = runs(text, sign)
                .filter(|at| *at >= start)
                .find(|at| fits(before(nodes, node, *at), after(nodes, node, at + sign.len())))?;
            Some(Place { node, at })
        })
}

/// Runs of the character of `sign` that are as long as it.
fn runs<'t>(text: &'t str, sign: &'t str) -> impl Iterator<Item = usize> + 't {
    let c = sign.chars().next().unwrap_or_default();
    text.match_indices(sign).map(|(at, _)| at).filter(move |at| {
        let rest = &text[at + sign.len()..];
        !text[..*at].ends_with(c) && !rest.starts_with(c) && !rest.starts_with(ESCAPED)
    })
}

/// The character before a place. An element is as good as punctuation: in the source it begins and ends with some.
fn before(nodes: &[Node], node: usize, at: usize) -> Option<char> {
    match &nodes[node] {
        Node::Text(text) if at > 0 => text[..at].chars().next_back(),
        _ => neighbour(nodes, node.checked_sub(1), |text| text.chars().next_back()),
    }
}

fn after(nodes: &[Node], node: usize, at: usize) -> Option<char> {
    match &nodes[node] {
        Node::Text(text) if at < text.len() => text[at..].chars().next(),
        _ => neighbour(nodes, Some(node + 1), |text| text.chars().next()),
    }
}

fn neighbour(nodes: &[Node], at: Option<usize>, edge: impl Fn(&str) -> Option<char>) -> Option<char> {
    match nodes.get(at?)? {
        Node::Text(text) => edge(text),
        _ => Some('*'),
    }
}

/// Puts an element around the nodes between two signs; returns the place behind it.
fn wrap(nodes: &mut Vec<Node>, open: Place, close: Place, sign: &str, name: &'static str) -> Place {
    let part = |nodes: &[Node], node: usize, range: std::ops::Range<usize>| match &nodes[node] {
        Node::Text(text) => Node::text(&text[range]),
        other => other.clone(),
    };
    let len = |node: &Node| match node {
        Node::Text(text) => text.len(),
        _ => 0,
    };
    let inner = open.at + sign.len();
    let first = part(nodes, open.node, 0..open.at);
    let rest = part(nodes, close.node, close.at + sign.len()..len(&nodes[close.node]));
    let children = if open.node == close.node {
        vec![part(nodes, open.node, inner..close.at)]
    } else {
        let mut children = vec![part(nodes, open.node, inner..len(&nodes[open.node]))];
        children.extend(nodes[open.node + 1..close.node].iter().cloned());
        children.push(part(nodes, close.node, 0..close.at));
        children
    };
    let element = Element::new(name, By::Markdown).with(children);
    nodes.splice(open.node..=close.node, [first, element.into(), rest]);
    Place {
        node: open.node + 2,
        at: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::dom::write_nodes;

    fn read(text: &str) -> String {
        let mut nodes = vec![Node::text(text)];
        let extras = Extras {
            subscript: true,
            superscript: true,
            mark: true,
            insert: true,
            delete: true,
        };
        apply(&mut nodes, extras);
        let mut out = String::new();
        write_nodes(&nodes, &mut out);
        out
    }

    #[test]
    fn signs_work_within_words() {
        assert_eq!(
            read("H~2~O x^2^ x==y==z ++i++"),
            "H<sub>2</sub>O x<sup>2</sup> x<mark>y</mark>z <ins>i</ins>"
        );
    }

    #[test]
    fn signs_beside_spaces_and_longer_runs_are_text() {
        for text in ["c ~ 5 ~ 6", "a++ b++ c", "a ~~b~~ c", "a^b", "~a"] {
            assert_eq!(read(text), text);
        }
    }
}
