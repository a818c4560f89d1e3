//! What pages hold seldom: one look through a page tells which passes have nothing to do on it.

use super::dom::{Element, Node};
use super::{markdown, pass, withheld};

/// Which of the things that passes look for a page holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rare {
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
    /// Tables.
    pub(super) tables: bool,
    /// Footnotes.
    pub(super) notes: bool,
}

impl Rare {
    /// What `nodes` hold.
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
        for (name, _) in &element.attrs {
            match &**name {
                withheld::MARK => self.withheld = true,
                pass::variables::FORM => self.forms = true,
                pass::contents::OUTLINE => self.outlines = true,
                pass::headings::HEADING => self.headings = true,
                markdown::NOTE => self.notes = true,
                pass::headings::YIELDS => self.yielding = true,
                _ => {}
            }
        }
    }
}
