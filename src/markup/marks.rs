//! Marks: private-use characters that stand for shortcode calls while Markdown is read.
//!
//! The character with index *n* of plane 16 stands for the *n*-th call of one text (the upper half of the plane for
//! texts that templates store for later calls). All marks of a text are exchanged for the results of the calls before
//! anything else sees the tree. Authors' own characters from that plane are replaced beforehand, so that none can be
//! taken for a mark.

mod table;

use std::borrow::Cow;

use memchr::memchr_iter;

use self::table::{Last, Table};
pub(crate) use self::table::{uses, uses_in};
use super::code_block::{CodeBlock, CodeKind, NOWHERE, Placeholder};
use super::dom::{By, Element, Node, is_block_name, text_of};
pub(crate) use super::mark::{Exchange, FLANK, FLANK_PUNCTUATION, has_mark, is_mark, mark};
use super::mark::{FIRST_BYTE, index, index_of_mark};
use super::values;

/// Maximum number of calls in one text.
pub(crate) const MAX: usize = KEPT;
/// The first mark of texts that Go templates store for other calls of the page.
const KEPT: usize = 0x8000;
/// Maximum number of stored entries.
const MAX_KEPT: usize = 0xfffd - KEPT;

/// The text with `by` added to the number of each of its `len` marks.
pub(crate) fn renumbered(text: &str, by: usize, len: usize) -> String {
    let change = |c: char| match index_of_mark(c) {
        at if at < len => mark(at + by),
        _ => without_entry(c),
    };
    text.chars().map(change).collect()
}

/// The character in the place of one that no table knows. A template that makes a mark by an escape has written a
/// character that cannot be shown.
fn without_entry(c: char) -> char {
    if is_mark(c) && c != FLANK {
        char::REPLACEMENT_CHARACTER
    } else {
        c
    }
}

/// Moves the entries of a text's marks from the table of a call to the entries that the page keeps.
pub(crate) fn keep(text: &str, table: &[Exchange], kept: &mut Vec<Exchange>) -> String {
    let change = |c: char| match table.get(index_of_mark(c)) {
        Some(exchange) if kept.len() < MAX_KEPT => {
            kept.push(exchange.clone());
            mark(KEPT + kept.len() - 1)
        }
        // A text that is stored again has entries already.
        _ if (KEPT..KEPT + kept.len()).contains(&index_of_mark(c)) => c,
        _ => without_entry(c),
    };
    text.chars().map(change).collect()
}

/// Moves the entries of a text's marks from the entries that the page keeps to the table of a call.
pub(crate) fn restore(text: &str, kept: &[Exchange], table: &mut Vec<Exchange>) -> String {
    let change = |c: char| {
        let found = index_of_mark(c).checked_sub(KEPT).and_then(|at| kept.get(at));
        match found {
            Some(exchange) if table.len() < MAX => {
                table.push(exchange.clone());
                mark(table.len() - 1)
            }
            _ => without_entry(c),
        }
    };
    text.chars().map(change).collect()
}

/// The comment that stands for a call on a line of its own. To Markdown a comment is a block that ends with its line.
pub(crate) fn block(mark: char) -> String {
    format!("<!--{mark}-->")
}

/// Exchanges the marks in a text, for attributes.
pub(crate) fn exchange_text(text: &str, table: &[Exchange]) -> String {
    exchange_code(text, table).0
}

/// The text without flanking marks and the marks beside them.
fn without_flanks(text: &str) -> Cow<'_, str> {
    let next = |text: &str| {
        let mut places = memchr_iter(FIRST_BYTE, text.as_bytes());
        places.find(|at| text[*at..].starts_with(FLANK))
    };
    let mut found = next(text);
    if found.is_none() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = found {
        let (before, after) = (&rest[..at], &rest[at + FLANK.len_utf8()..]);
        out.push_str(before.strip_suffix(FLANK_PUNCTUATION).unwrap_or(before));
        rest = after.strip_prefix(FLANK_PUNCTUATION).unwrap_or(after);
        found = next(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Exchanges the marks in a text for code, and returns the readers' variables in it.
pub(crate) fn exchange_code(text: &str, table: &[Exchange]) -> (String, Vec<Placeholder>) {
    let text = without_flanks(text);
    let mut placeholders = Vec::new();
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if is_mark(c) => {
                let Some(found) = table.get(index(c)) else {
                    out.extend(Some(without_entry(c)).filter(|c| !is_mark(*c)));
                    continue;
                };
                let written = &found.text;
                out.push_str(written);
                unwrap_block(&mut out, written, &mut chars);
                let range = out.len() - written.len()..out.len();
                placeholders.extend(Placeholder::of(&found.nodes, range));
            }
            c => out.push(c),
        }
    }
    (out, placeholders)
}

/// Takes the comment around a mark away again where Markdown did not read it as one.
fn unwrap_block(out: &mut String, written: &str, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let before = out.len() - written.len();
    let mut ahead = chars.clone();
    if out[..before].ends_with("<!--")
        && [ahead.next(), ahead.next(), ahead.next()] == [Some('-'), Some('-'), Some('>')]
    {
        out.replace_range(before - "<!--".len()..before, "");
        *chars = ahead;
    }
}

impl CodeBlock {
    /// Exchanges the marks in info and text.
    pub(crate) fn exchange(&mut self, table: &[Exchange]) {
        if has_mark(&self.info) {
            self.info = exchange_text(&self.info, table);
        }
        if has_mark(&self.text) {
            let first = self.text.find(is_mark).unwrap_or_default();
            (self.text, self.placeholders) = exchange_code(&self.text, table);
            self.lines.retain(|(start, _)| *start < first);
            self.lines.push((first, NOWHERE));
        }
    }
}

/// Exchanges every mark in a tree.
pub(crate) fn exchange(nodes: &mut Vec<Node>, mut table: &[Exchange]) {
    exchange_in(nodes, &mut table);
}

/// Exchanges every mark in a tree and consumes the table. `uses` is an upper bound for how often each mark occurs in
/// the tree.
pub(crate) fn exchange_last(nodes: &mut Vec<Node>, entries: Vec<Exchange>, uses: Vec<usize>) {
    exchange_in(nodes, &mut Last { entries, uses });
}

/// Puts a mark in the place of each outermost node that is `apart`, and adds the node to the table.
pub(crate) fn set_aside(nodes: &mut [Node], table: &mut Vec<Exchange>, apart: fn(&Node) -> bool) {
    for node in nodes {
        if apart(node) && table.len() < MAX {
            let mark = Node::text(mark(table.len()).to_string());
            let mut nodes = vec![std::mem::replace(node, mark)];
            // The marks inside stand for what came before.
            exchange(&mut nodes, table);
            let text = text_of(&nodes);
            table.push(Exchange { nodes, text });
        } else if let Node::Element(element) = node {
            set_aside(&mut element.children, table, apart);
        }
    }
}

fn exchange_in(nodes: &mut Vec<Node>, table: &mut impl Table) {
    // Most lists of nodes stay as they are.
    let mut first = None;
    for (at, node) in nodes.iter_mut().enumerate() {
        if !exchange_inside(node, table) && first.is_none() {
            first = Some(at);
        }
    }
    if let Some(first) = first {
        for node in nodes.split_off(first) {
            exchange_node(node, table, nodes);
        }
    }
}

/// Exchanges the marks inside an element, and drops the flanking marks of a text. Returns true if [`exchange_node`]
/// would give the node back unchanged.
fn exchange_inside(node: &mut Node, table: &mut impl Table) -> bool {
    match node {
        Node::Element(element) => {
            let calls_only = is_paragraph(element) && element.children.iter().all(is_calls_only);
            if element.name == "code" && element.by == By::Markdown {
                element
                    .children
                    .iter_mut()
                    .for_each(|child| write_blocks(child, table.entries()));
            }
            exchange_attrs(element, table.entries());
            exchange_in(&mut element.children, table);
            if calls_only && element.children.iter().all(Node::is_blank) {
                *node = Node::text("");
                return true;
            }
            !is_split(element)
        }
        Node::Text(text) if !has_mark(text) => true,
        Node::Text(text) => {
            // A text of nothing else goes as a whole.
            if let Cow::Owned(plain) = without_flanks(text)
                && !plain.is_empty()
            {
                *text = plain;
            }
            !has_mark(text)
        }
        Node::Code(code) => !has_mark(&code.text) && !has_mark(&code.info),
        Node::Comment(_) => false,
        Node::Html(_) => true,
    }
}

/// Exchanges the marks of blocks in code within a line, where they stay as they are written.
fn write_blocks(node: &mut Node, table: &[Exchange]) {
    let Node::Text(text) = node else { return };
    let block = |c: char| {
        let found = table.get(index_of_mark(c))?;
        found.nodes.iter().any(Node::is_block).then_some(&*found.text)
    };
    if text.chars().any(|c| block(c).is_some()) {
        let pieces = text
            .chars()
            .map(|c| block(c).map_or_else(|| c.to_string(), str::to_owned));
        *text = pieces.collect();
    }
}

/// Exchanges the marks of a node itself; those inside an element have been exchanged before.
fn exchange_node(node: Node, table: &mut impl Table, out: &mut Vec<Node>) {
    match node {
        Node::Text(text) if has_mark(&text) => split_text(&text, table, out),
        Node::Comment(text) => split_comment(&text, table, out),
        Node::Code(code)
            if code.kind == CodeKind::Indented && has_mark(&code.text) && code.text.lines().any(is_block) =>
        {
            split_code(&code, table, out);
        }
        Node::Code(mut code) => {
            code.exchange(table.entries());
            out.push(Node::Code(code));
        }
        Node::Element(element) => split_paragraph(*element, out),
        other => out.push(other),
    }
}

/// Returns true if a line is only a [`block`].
fn is_block(line: &str) -> bool {
    alone(line).is_some()
}

/// Calls that stand indented on lines of their own are no code, and end the code before them.
fn split_code(code: &CodeBlock, table: &mut impl Table, out: &mut Vec<Node>) {
    let mut lines = code.text.lines().peekable();
    while lines.peek().is_some() {
        if let Some(line) = lines.next_if(|line| is_block(line)) {
            if let Some(mark) = alone(line) {
                table.put(mark, out);
            }
            continue;
        }
        let mut text = String::new();
        while let Some(line) = lines.next_if(|line| !is_block(line)) {
            text.push_str(line);
            text.push('\n');
        }
        if text.trim().is_empty() {
            continue;
        }
        let mut part = CodeBlock {
            text: text.trim_matches('\n').to_owned() + "\n",
            lines: code.lines.iter().take(1).copied().collect(),
            ..code.clone()
        };
        part.exchange(table.entries());
        out.push(Node::Code(Box::new(part)));
    }
}

fn exchange_attrs(element: &mut Element, table: &[Exchange]) {
    let mut target = None;
    let mut called = false;
    for (name, value) in &mut element.attrs {
        if let Some(value) = value
            && has_mark(value)
        {
            let (text, variables) = exchange_code(value, table);
            called |= name == "href";
            if name == "href" && !variables.is_empty() {
                target = Some(values::target(&text, &variables));
            }
            *value = text;
        }
        // Names in the program are none of an author's.
        if matches!(name, Cow::Owned(_)) && has_mark(name) {
            *name = exchange_text(name, table).into();
        }
    }
    if let Some(target) = target {
        element.set(values::TARGET, target);
        element.link_role_mut().has_values = true;
    }
    if called {
        element.link_role_mut().called = true;
    }
}

fn split_text(text: &str, table: &mut impl Table, out: &mut Vec<Node>) {
    let mut plain = String::new();
    for c in without_flanks(text).chars() {
        if !is_mark(c) {
            plain.push(c);
        } else {
            push_plain(&mut plain, out);
            table.put(c, out);
        }
    }
    push_plain(&mut plain, out);
}

fn push_plain(plain: &mut String, out: &mut Vec<Node>) {
    if !plain.is_empty() {
        out.push(Node::Text(std::mem::take(plain)));
    }
}

/// The mark of a line that is nothing but a block mark, as indented calls outside a list are.
fn alone(text: &str) -> Option<char> {
    sole_mark(text.trim().strip_prefix("<!--")?.strip_suffix("-->")?)
}

fn sole_mark(text: &str) -> Option<char> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if is_mark(c) => Some(c),
        _ => None,
    }
}

/// A call that stands alone on its line was written as a comment holding its mark, which is a block of its own to
/// Markdown. Authors' own comments are not published, but for the divider of the summary.
fn split_comment(text: &str, table: &mut impl Table, out: &mut Vec<Node>) {
    if let Some(c) = sole_mark(text) {
        table.put(c, out);
    } else if text == "more" {
        out.push(Node::Comment(text.to_owned()));
    }
}

fn is_paragraph(element: &Element) -> bool {
    element.name == "p" && element.by == By::Markdown
}

/// Returns true for text that holds only marks, all of which may stand for nothing.
fn is_calls_only(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.chars().all(|c| is_mark(c) || c.is_ascii_whitespace()))
}

/// Returns true if a call put a block into the paragraph.
fn is_split(element: &Element) -> bool {
    is_paragraph(element) && element.children.iter().any(is_inserted_block)
}

fn is_inserted_block(node: &Node) -> bool {
    match node {
        Node::Element(child) => child.by != By::Html && is_block_name(&child.name),
        Node::Code(code) => code.is_block(),
        _ => false,
    }
}

/// A block that a call put into a paragraph splits the paragraph, because HTML allows no block in one.
fn split_paragraph(element: Element, out: &mut Vec<Node>) {
    if !is_split(&element) {
        out.push(element.into());
        return;
    }
    let mut rest = Vec::new();
    let (attrs, span) = (element.attrs, element.span);
    let paragraph = |rest: &mut Vec<Node>, out: &mut Vec<Node>| {
        let children = std::mem::take(rest);
        if !children.iter().all(Node::is_blank) {
            out.push(
                Element {
                    name: "p".into(),
                    attrs: attrs.clone(),
                    children,
                    span,
                    by: By::Markdown,
                    to: None,
                    role: None,
                }
                .into(),
            );
        }
    };
    for child in element.children {
        if is_inserted_block(&child) {
            paragraph(&mut rest, out);
            out.push(child);
        } else {
            rest.push(child);
        }
    }
    paragraph(&mut rest, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::dom::write_nodes;

    fn exchanged(node: Node, table: &[Exchange]) -> String {
        let mut nodes = vec![node];
        exchange(&mut nodes, table);
        let mut out = String::new();
        write_nodes(&nodes, &mut out);
        out
    }

    fn one(node: Node, text: &str) -> Vec<Exchange> {
        vec![Exchange {
            nodes: vec![node],
            text: text.into(),
        }]
    }

    #[test]
    fn a_mark_in_text_becomes_nodes_and_in_an_attribute_text() {
        let table = one(Element::new("b", By::Wsgen).into(), "url");
        let link = Element::new("a", By::Markdown)
            .attr("href", format!("/{}#x", mark(0)))
            .with(vec![Node::text(format!("t{}", mark(0)))]);
        assert_eq!(exchanged(link.into(), &table), "<a href=\"/url#x\">t<b></b></a>");
    }

    #[test]
    fn a_block_splits_its_paragraph() {
        let table = one(Element::new("div", By::Wsgen).into(), "");
        let p = Element::new("p", By::Markdown).with(vec![Node::text(format!("a {} b", mark(0)))]);
        assert_eq!(exchanged(p.into(), &table), "<p>a </p>\n<div></div><p> b</p>\n");
    }

    #[test]
    fn a_paragraph_of_calls_that_give_nothing_is_nothing() {
        let p = |text: String| Node::from(Element::new("p", By::Markdown).with(vec![Node::Text(text)]));
        let nothing = [Exchange::default()];
        assert_eq!(exchanged(p(mark(0).to_string()), &nothing), "");
        assert_eq!(exchanged(p(format!("a{}", mark(0))), &nothing), "<p>a</p>\n");
    }

    #[test]
    fn authors_comments_are_not_published() {
        assert_eq!(exchanged(Node::Comment("todo".into()), &[]), "");
    }
}
