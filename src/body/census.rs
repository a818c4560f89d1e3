//! What the finished text of a page holds, for what stands around it: ids, classes, and what it may load and run.

use std::collections::BTreeSet;

use super::{Policy, Uses, diagram};
use crate::markup::dom::{self, By, Element, Node};

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Census {
    /// Every id that a link can lead to.
    pub(super) ids: Vec<String>,
    /// Every class.
    pub(super) classes: BTreeSet<String>,
    /// What the diagrams need of the library.
    pub(super) diagrams: BTreeSet<String>,
    /// What the page may load and run.
    pub(super) policy: Policy,
    /// What the page uses. What passes have seen before is known already.
    pub(super) uses: Uses,
}

impl Census {
    /// Goes through finished nodes.
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
                // Finished HTML is that of a formula.
                Node::Html(_) => self.uses.math = true,
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

/// Whether there is nothing to note about an element, as about most.
fn is_plain(element: &Element) -> bool {
    element.attrs.is_empty()
        && !matches!(
            element.name.as_bytes(),
            b"math" | b"script" | b"style" | b"embed" | b"object"
        )
}
