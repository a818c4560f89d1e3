//! Collects facts about the finished text of a page: ids, classes, and the scripts and other resources that it needs.

use std::collections::BTreeSet;

use super::diagram;
use super::facts::Uses;
use super::policy::Policy;
use crate::markup::dom::{self, By, Element, Node};

/// The facts collected so far.
#[derive(Debug, Default)]
pub(super) struct BodyFacts {
    /// Every id that a link can lead to.
    pub(super) ids: Vec<String>,
    /// Every class, each once.
    pub(super) classes: BTreeSet<String>,
    /// The parts of the diagram library that the page's diagrams need.
    pub(super) diagrams: BTreeSet<String>,
    /// The sources that the page's policy has to allow.
    pub(super) policy: Policy,
    /// The scripts and styles that the page needs. Facts that passes have recorded are kept.
    pub(super) uses: Uses,
}

impl BodyFacts {
    /// Collects the facts of finished nodes.
    pub(super) fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Element(element) => {
                    if !is_plain(element) {
                        self.element(element);
                        self.policy.element(element);
                    }
                    self.nodes(&element.children);
                }
                // Finished HTML is that of a formula, or of a drawing.
                Node::Html(html) => self.uses.math |= html.starts_with("<math"),
                Node::Text(_) | Node::Code(_) | Node::Comment(_) => {}
            }
        }
    }

    fn element(&mut self, element: &Element) {
        self.ids.extend(element.get("id").map(str::to_owned));
        match &*element.name {
            "a" => {
                self.ids.extend(element.get("name").map(str::to_owned));
                self.uses.video |= element.link_role().is_some_and(|link| link.embeds);
            }
            "math" => self.uses.math = true,
            "input" => self.uses.tasks |= element.get("type") == Some("checkbox"),
            "pre" if self.uses.mermaid && element.has_class("mermaid") => {
                self.diagrams
                    .extend(diagram::needs(&dom::text_of(&element.children)));
            }
            _ => {}
        }
        for class in element.get("class").unwrap_or_default().split_ascii_whitespace() {
            self.class(class, element);
        }
    }

    fn class(&mut self, class: &str, element: &Element) {
        let is_other = !matches!(&*element.name, "a" | "math" | "input");
        match class {
            "tabs" => self.uses.tabs |= is_other,
            "footnotes" => self.uses.footnotes = true,
            "exercise" => self.uses.exercises |= element.name == "section",
            "children" | "child" => self.uses.children |= is_other && element.by == By::Wsgen,
            _ => {}
        }
        if !self.classes.contains(class) {
            self.classes.insert(class.to_owned());
        }
    }
}

/// Returns true for an element without anything to record, as most are.
fn is_plain(element: &Element) -> bool {
    element.attrs.is_empty()
        && !matches!(
            element.name.as_bytes(),
            b"math" | b"script" | b"style" | b"embed" | b"object"
        )
}
