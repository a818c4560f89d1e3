//! Footnotes: references are numbered by first use, definitions gathered at the end of the page.
//!
//! A page is read in pieces, and a note that is used in one may be defined in another. So both are elements with a role
//! at first ([`reference()`] and [`definition()`]), and [`gather`] makes the notes of the whole page out of them.

use std::collections::HashMap;

use super::work;
use crate::diag::FileId;
use crate::markup::dom::{By, Element, Node, for_each_element};
use crate::markup::role::{NoteKey, Role};

/// The places of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    /// Text that readers see.
    Shown,
    /// Code, and parts that are left out.
    LeftOut,
}

/// A reference. Its children are shown if the note is not defined.
pub(super) fn reference(label: &str, file: Option<FileId>) -> Element {
    Element::new("sup", By::Markdown)
        .with_role(Role::NoteReference(key(label, file)))
        .with(vec![Node::text(format!("[^{label}]"))])
}

/// A definition, until the notes are gathered.
pub(super) fn definition(label: &str, file: Option<FileId>, content: Vec<Node>) -> Element {
    Element::new("div", By::Markdown)
        .with_role(Role::NoteDefinition(key(label, file)))
        .with(content)
}

fn key(label: &str, file: Option<FileId>) -> NoteKey {
    let label = normal(label);
    NoteKey { file, label }
}

/// Returns true for a reference or a definition that has not been gathered.
pub(crate) fn is_note(element: &Element) -> bool {
    matches!(
        element.role.as_deref(),
        Some(Role::NoteReference(_) | Role::NoteDefinition(_))
    )
}

/// The normal form of a label: labels are equal regardless of case and white space.
pub(super) fn normal(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Numbers the references of a page, and puts the notes that are used at its end. Nodes keep their places.
pub(crate) fn gather(nodes: &mut Vec<Node>) {
    let mut notes = Notes::default();
    notes.take_definitions(nodes);
    notes.number(nodes, Text::Shown);
    // Notes may refer to others.
    let mut next = 0;
    while let Some(&used) = notes.used.get(next) {
        let mut content = std::mem::take(&mut notes.defined[used].content);
        notes.number(&mut content, Text::Shown);
        notes.defined[used].content = content;
        next += 1;
    }
    nodes.extend(notes.list().map(Node::from));
}

/// The notes of a page.
#[derive(Default)]
struct Notes {
    defined: Vec<Note>,
    /// Indices of definitions by key, and by label alone for references of other files.
    keys: HashMap<NoteKey, usize>,
    labels: HashMap<String, usize>,
    /// Indices of definitions in the order of first use.
    used: Vec<usize>,
}

/// A definition, until the notes are gathered.
struct Note {
    content: Vec<Node>,
    /// Its number on the page; `None` while no reference has been met.
    number: Option<usize>,
    /// The number of references.
    references: usize,
}

impl Notes {
    fn take_definitions(&mut self, nodes: &mut [Node]) {
        for node in nodes {
            work::step(1);
            let Node::Element(element) = node else { continue };
            self.take_definitions(&mut element.children);
            if let Some(Role::NoteDefinition(key)) = element.role.as_deref() {
                let key = key.clone();
                let content = std::mem::take(&mut element.children);
                *node = Node::text("");
                self.define(key, content);
            }
        }
    }

    /// Adds a definition. The first one of a key counts.
    fn define(&mut self, key: NoteKey, content: Vec<Node>) {
        if self.keys.contains_key(&key) {
            return;
        }
        let at = self.defined.len();
        self.labels.entry(key.label.clone()).or_insert(at);
        self.keys.insert(key, at);
        self.defined.push(Note {
            content,
            number: None,
            references: 0,
        });
    }

    /// Numbers the references in `nodes`; in code and in parts that are left out they stay text.
    fn number(&mut self, nodes: &mut Vec<Node>, text: Text) {
        for mut node in std::mem::take(nodes) {
            work::step(1);
            let mut behind = Vec::new();
            if let Node::Element(element) = &mut node {
                let is_code = element.name == "code" && element.by == By::Markdown;
                let text = if is_code || element.withheld().is_some() {
                    Text::LeftOut
                } else {
                    text
                };
                match element.role.take().map(|role| *role) {
                    Some(Role::NoteReference(key)) => {
                        let written = std::mem::take(&mut element.children);
                        node = self.reference(&key, text, written);
                    }
                    role => {
                        element.role = role.map(Box::new);
                        self.number(&mut element.children, text);
                        if element.name == "a" {
                            take_references(&mut element.children, &mut behind);
                        }
                    }
                }
            }
            nodes.push(node);
            nodes.extend(behind);
        }
    }

    /// The node for a reference whose text is `written`.
    fn reference(&mut self, key: &NoteKey, text: Text, written: Vec<Node>) -> Node {
        let of_label = || self.labels.get(&key.label);
        let defined = self.keys.get(key).or_else(of_label).copied();
        let Some(at) = defined.filter(|_| text == Text::Shown) else {
            return written.into_iter().next().unwrap_or_else(|| Node::text(""));
        };
        let note = &mut self.defined[at];
        note.references += 1;
        let number = *note.number.get_or_insert_with(|| {
            self.used.push(at);
            self.used.len()
        });
        let link = Element::new("a", By::Wsgen)
            .attr("href", format!("#fn:{number}"))
            .attr("class", "footnote-ref")
            .attr("role", "doc-noteref")
            .with(vec![Node::text(number.to_string())]);
        Element::new("sup", By::Markdown)
            .attr("id", back_id(note.references, number))
            .with(vec![link.into()])
            .into()
    }

    /// The list for the end of the page; nothing when no note is used.
    fn list(self) -> Option<Element> {
        let Notes {
            used, mut defined, ..
        } = self;
        if used.is_empty() {
            return None;
        }
        let items = used.iter().enumerate().map(|(at, used)| {
            let note = &mut defined[*used];
            item(at + 1, note.references, std::mem::take(&mut note.content)).into()
        });
        let list = Element::new("ol", By::Markdown).with(items.collect());
        let rule = Element::new("hr", By::Markdown);
        Some(
            Element::new("div", By::Wsgen)
                .attr("class", "footnotes")
                .attr("role", "doc-endnotes")
                .with(vec![rule.into(), list.into()]),
        )
    }
}

/// Takes the references in the text of a link out of it: no link can hold another.
fn take_references(nodes: &mut Vec<Node>, taken: &mut Vec<Node>) {
    nodes.retain_mut(|node| {
        let Node::Element(element) = node else { return true };
        let is_reference = |child: &Node| {
            child
                .as_element()
                .is_some_and(|child| child.by == By::Wsgen && child.get("class") == Some("footnote-ref"))
        };
        if element.children.iter().any(is_reference) {
            taken.push(Node::Element(std::mem::replace(
                element,
                Box::new(Element::new("sup", By::Markdown)),
            )));
            return false;
        }
        take_references(&mut element.children, taken);
        true
    });
}

/// Puts a prefix that is the page's own before the ids of footnotes, so that several pages can stand in one document:
/// `markup.goldmark.extensions.footnote.enableAutoIDPrefix`. `path` is the logical path of the page.
pub(crate) fn prefix_ids(nodes: &mut [Node], path: &str) {
    let prefix = format!("h{:016x}", xxhash_rust::xxh64::xxh64(path.as_bytes(), 0));
    for_each_element(nodes, &mut |element| match &*element.name {
        "sup" | "li" if element.by == By::Markdown => {
            if let Some(id) = element.get("id").filter(|id| id.starts_with("fn")) {
                element.set("id", format!("{prefix}{id}"));
            }
        }
        "a" if element.by == By::Wsgen
            && (element.has_class("footnote-ref") || element.has_class("footnote-backref")) =>
        {
            let target = element.get("href").and_then(|href| href.strip_prefix('#'));
            if let Some(id) = target {
                element.set("href", format!("#{prefix}{id}"));
            }
        }
        _ => {}
    });
}

fn back_id(count: usize, number: usize) -> String {
    if count == 1 {
        format!("fnref:{number}")
    } else {
        format!("fnref{}:{number}", count - 1)
    }
}

/// A note with a link back to each of its references, at the end of its last paragraph.
fn item(number: usize, count: usize, mut content: Vec<Node>) -> Element {
    let mut links = Vec::new();
    for reference in 1..=count {
        links.push(Node::text("\u{a0}"));
        let link = Element::new("a", By::Wsgen)
            .attr("href", format!("#{}", back_id(reference, number)))
            .attr("class", "footnote-backref")
            .attr("role", "doc-backlink")
            .with(vec![Node::text("\u{21a9}\u{fe0e}")]);
        links.push(link.into());
    }
    match content.last_mut() {
        Some(Node::Element(last)) if last.name == "p" => last.children.extend(links),
        _ => content.extend(links),
    }
    Element::new("li", By::Markdown)
        .attr("id", format!("fn:{number}"))
        .with(content)
}
