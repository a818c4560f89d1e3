//! ContentKinds content: one look through a page tells which passes have nothing to do on it.

use crate::markup::dom::{Element, Node};
use crate::markup::role::Role;

/// The rare kinds of content that a page holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ContentKinds {
    /// Parts that are left out.
    pub(super) withheld: bool,
    /// Places for the form of the reader's values.
    pub(super) forms: bool,
    /// Places for the list of headings.
    pub(super) outlines: bool,
    /// Headings that templates have printed.
    pub(super) headings: bool,
    /// Headings whose ids give way to others.
    pub(super) yielding: bool,
    /// Tables of Markdown.
    pub(super) tables: bool,
    /// Footnotes of the page.
    pub(super) notes: bool,
}

impl ContentKinds {
    /// Looks through `nodes`.
    pub(super) fn of(nodes: &[Node]) -> Self {
        let mut found = Self::default();
        found.nodes(nodes);
        found
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for element in nodes.iter().filter_map(Node::as_element) {
            self.element(element);
            self.nodes(&element.children);
        }
    }

    fn element(&mut self, element: &Element) {
        self.tables |= element.name == "table";
        match element.role.as_deref() {
            Some(Role::Withheld(_)) => self.withheld = true,
            Some(Role::ValuesForm(_)) => self.forms = true,
            Some(Role::Outline(_)) => self.outlines = true,
            Some(Role::NoteReference(_) | Role::NoteDefinition(_)) => self.notes = true,
            Some(Role::Heading(heading)) => {
                self.headings |= heading.of_template;
                self.yielding |= heading.yields;
            }
            Some(Role::Link(_) | Role::Value { .. }) | None => {}
        }
    }
}
