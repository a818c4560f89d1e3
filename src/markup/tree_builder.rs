//! Builds the node tree from Markdown containers and HTML tags, which may cross each other in authors' texts.
//!
//! A Markdown container always closes the elements opened inside it; an HTML tag never closes a Markdown container.

use std::borrow::Cow;

use super::dom::{By, Element, Node, is_block_name, is_void};
use super::html::Piece;
use crate::diag::Span;

/// Elements nested deeper than this are left out and their content kept, so that no later pass runs out of stack.
const MAX_DEPTH: usize = 200;

/// A tree under construction.
#[derive(Default)]
pub(crate) struct Tree {
    #[expect(
        clippy::vec_box,
        reason = "they end up in boxes, and would be copied into them"
    )]
    open: Vec<Box<Element>>,
    root: Vec<Node>,
    /// Elements that were opened in HTML and never closed.
    pub(crate) unclosed: Vec<(Cow<'static, str>, Option<Span>)>,
    /// Set when `MAX_DEPTH` was reached.
    pub(crate) too_deep: bool,
}

impl Tree {
    /// The list that nodes are added to.
    pub(crate) fn children(&mut self) -> &mut Vec<Node> {
        self.open
            .last_mut()
            .map_or(&mut self.root, |element| &mut element.children)
    }

    /// Returns true at the beginning of a list item.
    pub(crate) fn begins_item(&self) -> bool {
        let begins = |element: &Element, name: &str| element.name == name && element.children.is_empty();
        match self.open.as_slice() {
            [.., item, text] if begins(text, "p") => begins(item, "li"),
            [.., item] => begins(item, "li"),
            [] => false,
        }
    }

    /// The name of the Markdown container that nodes are added to now.
    pub(crate) fn container(&self) -> Option<&str> {
        let innermost = self.open.last().filter(|element| element.by == By::Markdown)?;
        Some(&innermost.name)
    }

    /// Adds a node.
    pub(crate) fn push(&mut self, node: impl Into<Node>) {
        let node = node.into();
        self.children().push(node);
    }

    /// Adds text to the text that is there.
    pub(crate) fn text(&mut self, text: &str) {
        match self.children().last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ => self.push(Node::text(text)),
        }
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, element: impl Into<Box<Element>>) {
        let element = element.into();
        if is_block_name(&element.name)
            && self
                .open
                .last()
                .is_some_and(|top| top.by == By::Html && top.name == "p")
        {
            self.close_top();
        }
        self.open.push(element);
    }

    /// Closes the innermost Markdown container, with the HTML elements left open in it.
    pub(crate) fn close(&mut self) -> Option<&mut Element> {
        while self.open.last().is_some_and(|top| top.by == By::Html) {
            self.report_unclosed();
            self.close_top();
        }
        self.close_top();
        match self.children().last_mut() {
            Some(Node::Element(element)) => Some(element),
            _ => None,
        }
    }

    fn close_top(&mut self) {
        let Some(element) = self.open.pop() else { return };
        if self.open.len() >= MAX_DEPTH {
            self.too_deep = true;
            let children = element.children;
            self.children().extend(children);
        } else {
            self.push(element);
        }
    }

    fn report_unclosed(&mut self) {
        if let Some(top) = self.open.last()
            && !may_stay_open(&top.name)
        {
            self.unclosed.push((top.name.clone(), top.span));
        }
    }

    /// Adds pieces of HTML.
    pub(crate) fn html(&mut self, pieces: Vec<Piece>, span: Option<Span>) {
        for piece in pieces {
            match piece {
                Piece::Open { name, attrs, closed } => {
                    let element = Element {
                        name,
                        attrs,
                        children: Vec::new(),
                        span,
                        by: By::Html,
                        to: None,
                        role: None,
                    };
                    self.open_html(element, closed);
                }
                Piece::Close(name) => self.close_html(&name),
                Piece::Text(text) => self.text(&text),
                Piece::Comment(text) => self.push(Node::Comment(text)),
            }
        }
    }

    fn open_html(&mut self, element: Element, closed: bool) {
        let foreign = || self.open.iter().any(|open| matches!(&*open.name, "svg" | "math"));
        if is_void(&element.name) || (closed && foreign()) {
            self.push(element);
        } else {
            self.open(element);
        }
    }

    fn close_html(&mut self, name: &str) {
        let within = self
            .open
            .iter()
            .rev()
            .take_while(|element| element.by == By::Html);
        let Some(above) = within.map(|element| element.name == name).position(|same| same) else {
            return;
        };
        for _ in 0..above {
            self.report_unclosed();
            self.close_top();
        }
        self.close_top();
    }

    /// Closes everything and gives the tree.
    pub(crate) fn finish(&mut self) -> Vec<Node> {
        while !self.open.is_empty() {
            self.report_unclosed();
            self.close_top();
        }
        std::mem::take(&mut self.root)
    }
}

/// Elements whose closing tag HTML lets authors leave out.
fn may_stay_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "option" | "colgroup"
    )
}

/// Makes a tree of the output of a Tera template, which may ask for [roles](crate::markup::role).
pub(crate) fn template_fragment(html: &str, span: Option<Span>) -> Vec<Node> {
    let mut nodes = fragment(html, span);
    super::role_setters::of_template(&mut nodes);
    nodes
}

/// Makes a tree of the output of a Go template, whose attributes are its author's.
pub(crate) fn fragment(html: &str, span: Option<Span>) -> Vec<Node> {
    let mut tree = Tree::default();
    tree.html(crate::markup::html::pieces(html), span);
    let mut nodes = tree.finish();
    crate::markup::dom::for_each_element(&mut nodes, &mut |element| element.by = By::Wsgen);
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::dom::write_nodes;

    fn written(html: &str) -> String {
        let mut out = String::new();
        write_nodes(&fragment(html, None), &mut out);
        out
    }

    #[test]
    fn elements_left_open_are_closed() {
        assert_eq!(written("<div><b>x</div>y"), "<div><b>x</b></div>y");
    }

    #[test]
    fn a_stray_closing_tag_is_dropped() {
        assert_eq!(written("a</div>b"), "ab");
    }

    #[test]
    fn a_block_ends_an_open_paragraph() {
        assert_eq!(written("<p>a<div>b</div>"), "<p>a</p><div>b</div>");
    }

    #[test]
    fn a_markdown_container_is_never_closed_by_html() {
        let mut tree = Tree::default();
        tree.open(Element::new("li", By::Markdown));
        tree.html(crate::markup::html::pieces("</li><i>x"), None);
        tree.close();
        let mut out = String::new();
        write_nodes(&tree.finish(), &mut out);
        assert_eq!(out, "<li><i>x</i></li>\n");
    }

    #[test]
    fn deep_nesting_keeps_the_text() {
        let html = written(&format!("{}x", "<i>".repeat(5000)));
        assert!(html.contains('x'));
        assert_eq!(html.matches("<i>").count(), MAX_DEPTH);
    }
}
