//! The text of a page, heading by heading, for the search.

use std::ops::Range;

use crate::markup::dom::{By, Element, Node, text_of};

/// A heading and the text below it, up to the next heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Level, 1 to 6; 0 for the text before the first heading.
    pub level: u8,
    /// Id of the heading; empty when it has none.
    pub id: String,
    /// Text of the heading.
    pub title: String,
    /// Text below it, a block a line, without diagrams and formulas. Cells of a row stand between tabs.
    pub text: String,
    /// The parts of the text that are blocks of code, in order.
    pub code: Vec<Range<usize>>,
}

/// The passages of a page whose headings have their ids.
pub(super) fn of(nodes: &[Node]) -> Vec<Passage> {
    let mut passages = vec![Passage::default()];
    for node in nodes {
        push(node, &mut passages);
        end_line(&mut passages);
    }
    passages.retain(|passage| passage.level > 0 || !passage.text.is_empty());
    passages
}

fn push(node: &Node, passages: &mut Vec<Passage>) {
    match node {
        Node::Text(text) => add(text, passages),
        Node::Code(code) => add_code(&code.text, passages),
        Node::Comment(_) | Node::Html(_) => {}
        Node::Element(element) => push_element(element, passages),
    }
}

fn push_element(element: &Element, passages: &mut Vec<Passage>) {
    if is_left_out(element) {
        return;
    }
    if let Some(level) = element.heading_level() {
        end_line(passages);
        passages.push(Passage {
            level,
            id: element.get("id").unwrap_or_default().to_owned(),
            title: title(element),
            ..Passage::default()
        });
        return;
    }
    let block = crate::markup::dom::is_block_name(&element.name) || element.name == "br";
    let cell = matches!(&*element.name, "td" | "th");
    if block && !cell {
        end_line(passages);
    }
    if element.name == "img" {
        add(element.get("alt").unwrap_or_default(), passages);
    }
    for child in &element.children {
        push(child, passages);
    }
    if cell {
        end_cell(passages);
    } else if block {
        end_line(passages);
    }
}

/// The text of a heading without the link to itself.
fn title(heading: &Element) -> String {
    let own = heading.children.iter().filter(|node| !is_anchor(node));
    let text: String = own.map(|node| text_of(std::slice::from_ref(node))).collect();
    text.trim().to_owned()
}

fn is_anchor(node: &Node) -> bool {
    node.as_element()
        .is_some_and(|element| element.by == By::Wsgen && element.has_class("heading-anchor"))
}

/// Returns true for elements without readable text: scripts, drawings, the source of diagrams.
fn is_left_out(element: &Element) -> bool {
    matches!(&*element.name, "script" | "style" | "svg" | "math" | "template")
        || element.name == "pre" && element.has_class("mermaid")
        || element.get("aria-hidden") == Some("true")
}

fn add(text: &str, passages: &mut [Passage]) {
    if let Some(passage) = passages.last_mut() {
        let at_start = passage.text.is_empty() || passage.text.ends_with(['\n', '\t']);
        passage
            .text
            .push_str(if at_start { text.trim_start() } else { text });
    }
}

fn add_code(text: &str, passages: &mut [Passage]) {
    let length = |passages: &[Passage]| passages.last().map_or(0, |passage| passage.text.len());
    let start = length(passages);
    add(text, passages);
    if let Some(passage) = passages.last_mut() {
        // White space at the end goes when the line ends.
        let end = passage.text.trim_end().len();
        if end > start {
            passage.code.push(start..end);
        }
    }
}

fn end_cell(passages: &mut [Passage]) {
    if let Some(passage) = passages.last_mut() {
        let end = passage.text.trim_end_matches([' ', '\t']).len();
        passage.text.truncate(end);
        if !passage.text.is_empty() && !passage.text.ends_with('\n') {
            passage.text.push('\t');
        }
    }
}

fn end_line(passages: &mut [Passage]) {
    if let Some(passage) = passages.last_mut() {
        passage.text.truncate(passage.text.trim_end().len());
        if !passage.text.is_empty() {
            passage.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(name: &'static str, children: Vec<Node>) -> Element {
        Element::new(name, By::Markdown).with(children)
    }

    #[test]
    fn text_belongs_to_the_heading_above_it_wherever_that_stands() {
        let heading = element("h2", vec![Node::text("Set up")]).attr("id", "set-up");
        let anchor = Element::new("a", By::Wsgen)
            .attr("class", "heading-anchor")
            .with(vec![Node::text("#")]);
        let mut inner = heading.clone();
        inner.children.push(anchor.into());
        let nodes = [
            element("p", vec![Node::text("Before.")]).into(),
            element(
                "details",
                vec![inner.into(), element("p", vec![Node::text("In it.")]).into()],
            )
            .into(),
            element("p", vec![Node::text("After.")]).into(),
        ];
        let passages = of(&nodes);
        assert_eq!(passages.len(), 2);
        assert_eq!((passages[0].level, &*passages[0].text), (0, "Before.\n"));
        assert_eq!(
            passages[1],
            Passage {
                level: 2,
                id: "set-up".into(),
                title: "Set up".into(),
                text: "In it.\nAfter.\n".into(),
                code: Vec::new(),
            }
        );
    }

    #[test]
    fn blocks_do_not_run_into_each_other_and_drawings_are_no_text() {
        let cell = |text: &str| element("td", vec![Node::text(text)]).into();
        let nodes = [
            element("tr", vec![cell("one"), cell("two")]).into(),
            element("pre", vec![Node::text("graph LR")])
                .attr("class", "mermaid")
                .into(),
            element(
                "p",
                vec![Node::text("a"), element("em", vec![Node::text("b")]).into()],
            )
            .into(),
        ];
        assert_eq!(of(&nodes)[0].text, "one\ttwo\nab\n");
    }
}
