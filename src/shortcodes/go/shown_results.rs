//! Results of calls as templates see them: while a template runs, its inner text holds HTML in the place of marks, so
//! that `len`, `eq` and `split` are right. Where a result has come through unharmed, it is a mark again afterwards, and
//! takes part in the page as nodes.

use std::collections::HashMap;

use crate::markdown::containers;
use crate::markup::dom::{Node, write_nodes};
use crate::markup::mark::{Exchange, index_of_mark};
use crate::markup::marks;
use crate::markup::role::Role;

/// Number of bytes by which results are looked up. Shorter ones lose nothing when they are read as HTML.
const HEAD: usize = 8;

/// The results that a template has seen as HTML.
#[derive(Default)]
pub(super) struct ShownResults {
    /// HTML and mark of each, in the order in which they were shown.
    results: Vec<Result>,
    /// Indices of results by their first bytes.
    by_head: HashMap<[u8; HEAD], Vec<usize>>,
}

struct Result {
    html: String,
    mark: char,
    is_block: bool,
}

impl ShownResults {
    /// `text` with results in the place of their marks in `table`. Some stay marks: what a build leaves out, readers'
    /// values, notes, and texts that HTML would have to escape.
    pub(super) fn show(&mut self, text: &str, table: &[Exchange]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(marks::is_mark) {
            let mark = rest[at..].chars().next().unwrap_or_default();
            let (before, after) = (&rest[..at], &rest[at + mark.len_utf8()..]);
            rest = after;
            let Some((html, is_block)) = table.get(index_of_mark(mark)).and_then(html_of) else {
                out.push_str(before);
                out.push(mark);
                continue;
            };
            self.add(html.trim(), mark, is_block);
            // A mark alone on its line is in a comment.
            match (before.strip_suffix("<!--"), after.strip_prefix("-->")) {
                (Some(before), Some(after)) => {
                    out.push_str(before);
                    rest = after;
                }
                _ => out.push_str(before),
            }
            out.push_str(&html);
        }
        out.push_str(rest);
        out
    }

    /// `text` with marks in the place of the results that were shown.
    pub(super) fn hide(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let (mut rest, mut last) = (text, 0);
        while let Some(next) = rest.chars().next() {
            let Some(found) = self.at_start(rest, last) else {
                out.push(next);
                rest = &rest[next.len_utf8()..];
                continue;
            };
            let result = &self.results[found];
            rest = &rest[result.html.len()..];
            last = found;
            if result.is_block && is_alone(&out, rest) {
                out.push_str(&marks::block(result.mark));
            } else {
                out.push(result.mark);
            }
        }
        out
    }

    pub(super) fn is_empty(&self) -> bool {
        self.results.is_empty()
    }

    fn add(&mut self, html: &str, mark: char, is_block: bool) {
        let Some(head) = html.as_bytes().first_chunk::<HEAD>() else {
            return;
        };
        let known = self.by_head.entry(*head).or_default();
        if !known.iter().any(|at| self.results[*at].mark == mark) {
            known.push(self.results.len());
            let html = html.to_owned();
            self.results.push(Result { html, mark, is_block });
        }
    }

    /// The longest result that `text` begins with. Of equal ones the first after `last`, so that each is found once.
    fn at_start(&self, text: &str, last: usize) -> Option<usize> {
        let head = text.as_bytes().first_chunk::<HEAD>()?;
        let found = self.by_head.get(head)?.iter().copied();
        let rank = |at: &usize| (self.results[*at].html.len(), *at > last, usize::MAX - *at);
        found
            .filter(|at| text.starts_with(&self.results[*at].html))
            .max_by_key(rank)
    }
}

/// Returns true between a text that opens containers on its last line, and one whose first line is blank.
fn is_alone(before: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = after.split('\n').next().unwrap_or_default();
    containers(line) == line.len() && rest.trim().is_empty()
}

/// The HTML of a result, and true for a block. `None` for one that has to stay a mark.
fn html_of(result: &Exchange) -> Option<(String, bool)> {
    if !result.nodes.iter().all(may_be_html) {
        return None;
    }
    let mut html = String::new();
    write_nodes(&result.nodes, &mut html);
    let is_block = result.nodes.iter().any(Node::is_block);
    Some((html, is_block))
}

fn may_be_html(node: &Node) -> bool {
    match node {
        Node::Text(text) => !text.contains(['<', '>', '&']),
        Node::Element(element) => {
            let is_order = element
                .role
                .as_deref()
                .is_some_and(|role| !matches!(role, Role::Heading(_) | Role::Link(_) | Role::Outline(_)));
            !is_order && element.children.iter().all(may_stand_in)
        }
        Node::Code(code) => code.placeholders.is_empty(),
        Node::Comment(_) | Node::Html(_) => true,
    }
}

/// Within an element texts are escaped on their way out and back.
fn may_stand_in(node: &Node) -> bool {
    matches!(node, Node::Text(_)) || may_be_html(node)
}
