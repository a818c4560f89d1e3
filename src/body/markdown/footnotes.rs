//! Footnotes: references are numbered by first use, definitions gathered at the end.

use crate::body::dom::{By, Element, Node, for_each_element};

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Labels in the order of first use, with the number of references.
    used: Vec<(String, usize)>,
    defined: Vec<(String, Vec<Node>)>,
}

impl Footnotes {
    /// A reference to `label`.
    pub(super) fn reference(&mut self, label: &str) -> Element {
        let number = match self.used.iter().position(|(used, _)| used == label) {
            Some(at) => at + 1,
            None => {
                self.used.push((label.to_owned(), 0));
                self.used.len()
            }
        };
        let count = &mut self.used[number - 1].1;
        *count += 1;
        let link = Element::new("a", By::Wsgen)
            .attr("href", format!("#fn:{number}"))
            .attr("class", "footnote-ref")
            .attr("role", "doc-noteref")
            .with(vec![Node::text(number.to_string())]);
        Element::new("sup", By::Markdown)
            .attr("id", back_id(*count, number))
            .with(vec![link.into()])
    }

    /// The definition of `label`.
    pub(super) fn define(&mut self, label: &str, content: Vec<Node>) {
        if !self.defined.iter().any(|(defined, _)| defined == label) {
            self.defined.push((label.to_owned(), content));
        }
    }

    /// The list for the end of the text; nothing when no footnote is used.
    pub(super) fn finish(self) -> Option<Element> {
        let Footnotes { used, mut defined } = self;
        if used.is_empty() {
            return None;
        }
        let items = used.iter().enumerate().map(|(at, (label, count))| {
            let content = defined
                .iter_mut()
                .find(|(defined, _)| defined == label)
                .map(|(_, content)| std::mem::take(content));
            item(at + 1, *count, content.unwrap_or_default()).into()
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

/// Puts a prefix that is the page's own before the ids of footnotes, so that several pages can stand in one document:
/// `markup.goldmark.extensions.footnote.enableAutoIDPrefix`. `path` is the logical path of the page.
pub(crate) fn prefix_ids(nodes: &mut [Node], path: &str) {
    let prefix = format!("h{:x}", xxhash_rust::xxh64::xxh64(path.as_bytes(), 0));
    for_each_element(nodes, &mut |element| match &*element.name {
        "sup" | "li" if element.by == By::Markdown => {
            if let Some(id) = element.get("id").filter(|id| id.starts_with("fn")) {
                element.set("id", format!("{prefix}{id}"));
            }
        }
        "a" if element.has_class("footnote-ref") || element.has_class("footnote-backref") => {
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
