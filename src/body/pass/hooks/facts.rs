//! The fields of the dot of a hook.

use hugo_template::{Map, Value};

use crate::markup::dom::{By, Element, Node, text_of, write_nodes};
use crate::markup::marks::{self, Exchange};

/// Fields, with the entries of the marks in them.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) values: Vec<(&'static str, Value)>,
    pub(super) table: Vec<Exchange>,
}

impl Facts {
    pub(super) fn value(&mut self, name: &'static str, value: Value) {
        self.values.push((name, value));
    }

    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        self.value(name, Value::str(text));
    }

    pub(super) fn html(&mut self, name: &'static str, html: &str) {
        self.value(name, Value::html(html));
    }

    /// `.Text` and `.PlainText`: the content of an element.
    pub(super) fn inner(&mut self, nodes: &[Node]) {
        let html = self.html_of(nodes);
        self.html("Text", &html);
        self.text("PlainText", &text_of(nodes));
    }

    /// Nodes as HTML. What would lose something when it is read again is a mark.
    pub(super) fn html_of(&mut self, nodes: &[Node]) -> String {
        let mut nodes = nodes.to_vec();
        marks::set_aside(&mut nodes, &mut self.table, is_more_than_html);
        let mut html = String::new();
        write_nodes(&nodes, &mut html);
        html
    }
}

fn is_more_than_html(node: &Node) -> bool {
    match node {
        Node::Element(element) => {
            element.role.is_some() || element.by == By::Wsgen || matches!(&*element.name, "a" | "img")
        }
        Node::Code(_) | Node::Html(_) => true,
        Node::Text(_) | Node::Comment(_) => false,
    }
}

/// `.Attributes` of an element, but for those `without` which have fields of their own.
pub(super) fn attributes(element: &Element, without: &[&str]) -> Value {
    let attrs = element
        .attrs
        .iter()
        .filter(|(name, _)| !without.contains(&&**name));
    let entries = attrs.map(|(name, value)| ((&**name).into(), Value::str(value.as_deref().unwrap_or(""))));
    Value::Map(Map::new(entries.collect()))
}
