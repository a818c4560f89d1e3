//! Tables of marks: nodes are copied from a table that is used again, and moved out of one that is not.

use memchr::memchr_iter;

use crate::markup::dom::Node;
use crate::markup::mark::{Exchange, FIRST_BYTE, FLANK, index, index_of_mark};

/// The entries of marks, on the way into a tree.
pub(crate) trait Table {
    /// All entries.
    fn entries(&self) -> &[Exchange];

    /// Adds the nodes of a mark to `out`.
    fn put(&mut self, mark: char, out: &mut Vec<Node>);
}

impl Table for &[Exchange] {
    fn entries(&self) -> &[Exchange] {
        self
    }

    fn put(&mut self, mark: char, out: &mut Vec<Node>) {
        match self.get(index(mark)) {
            Some(found) => out.extend_from_slice(&found.nodes),
            None => put_unknown(mark, out),
        }
    }
}

/// A table that is not needed afterwards: nodes are moved at the last use of their mark.
pub(crate) struct Last {
    pub(crate) entries: Vec<Exchange>,
    /// Number of uses to come, for each mark.
    pub(crate) uses: Vec<usize>,
}

impl Table for Last {
    fn entries(&self) -> &[Exchange] {
        &self.entries
    }

    fn put(&mut self, mark: char, out: &mut Vec<Node>) {
        let at = index(mark);
        let Some(found) = self.entries.get_mut(at) else {
            return put_unknown(mark, out);
        };
        self.uses[at] = self.uses[at].saturating_sub(1);
        if self.uses[at] == 0 {
            out.append(&mut found.nodes);
        } else {
            out.extend_from_slice(&found.nodes);
        }
    }
}

/// A mark without an entry is a character that cannot be shown.
fn put_unknown(mark: char, out: &mut Vec<Node>) {
    if mark != FLANK {
        out.push(Node::text("\u{fffd}"));
    }
}

/// Number of uses of each of the first `len` marks in a text. No text is read into a tree twice.
pub(crate) fn uses_in(text: &str, len: usize) -> Vec<usize> {
    let mut uses = vec![0; len];
    count_in(text, &mut uses);
    uses
}

/// Number of uses of each of the first `len` marks in a tree.
pub(crate) fn uses(nodes: &[Node], len: usize) -> Vec<usize> {
    let mut uses = vec![0; len];
    count(nodes, &mut uses);
    uses
}

fn count(nodes: &[Node], uses: &mut [usize]) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Comment(text) => count_in(text, uses),
            Node::Code(code) => count_in(&code.text, uses),
            Node::Element(element) => {
                let values = element.attrs.iter().filter_map(|(_, value)| value.as_deref());
                values.for_each(|value| count_in(value, uses));
                count(&element.children, uses);
            }
            Node::Html(_) => {}
        }
    }
}

fn count_in(text: &str, uses: &mut [usize]) {
    for at in memchr_iter(FIRST_BYTE, text.as_bytes()) {
        let mark = text[at..].chars().next().map_or(usize::MAX, index_of_mark);
        if let Some(uses) = uses.get_mut(mark) {
            *uses += 1;
        }
    }
}
