//! Diagrams get the drawings that are made while building.
//!
//! A drawing stands before the source of its diagram, which is hidden, or in its place: as the site wants it. It is named
//! by the author's title, else by the caption below, else by the heading above.

use xxhash_rust::xxh3::xxh3_64;

use crate::body::{Uses, drawing};
use crate::config::Diagrams;
use crate::graph::PageId;
use crate::markup::dom::{By, Element, Node, text_of};
use crate::shortcodes::BodyContext;

/// Adds the drawings of a page.
pub(crate) fn apply(nodes: &mut [Node], cx: &BodyContext<'_>, page: PageId, uses: &mut Uses) {
    let mode = cx.config.wsgen.diagrams;
    if !uses.mermaid || mode == Diagrams::Source {
        return;
    }
    let mut pass = Pass {
        cx,
        page,
        mode,
        heading: cx.graph.page(page).title.clone(),
        number: 0,
        left: 0,
    };
    pass.nodes(nodes, None);
    uses.drawings = pass.number > 0;
    uses.mermaid = pass.left > 0 || mode == Diagrams::Client;
}

struct Pass<'a> {
    cx: &'a BodyContext<'a>,
    page: PageId,
    mode: Diagrams,
    /// The text of the last heading.
    heading: String,
    /// Number of drawings so far.
    number: usize,
    /// Number of diagrams that have none.
    left: usize,
}

impl Pass<'_> {
    /// `caption` is that of the figure around the nodes.
    fn nodes(&mut self, nodes: &mut [Node], caption: Option<&str>) {
        for at in 0..nodes.len() {
            let (before, behind) = nodes.split_at_mut(at + 1);
            let Some(Node::Element(element)) = before.last_mut() else {
                continue;
            };
            if element.heading_level().is_some() {
                self.heading = heading_text(element);
            } else if element.name == "pre" && element.has_class("mermaid") {
                let below = caption.map(str::to_owned).or_else(|| caption_in(behind));
                self.diagram(element, below);
            } else {
                let inner = caption_of(element).or_else(|| caption_in(behind));
                let inner = inner.as_deref().or(caption);
                self.nodes(&mut element.children, inner);
            }
        }
    }

    fn diagram(&mut self, source: &mut Element, caption: Option<String>) {
        let text = text_of(&source.children);
        let Some(drawing) = drawing::draw(text.trim(), self.cx.highlighter.cache()) else {
            self.left += 1;
            return;
        };
        self.number += 1;
        let title = match &*drawing.title {
            "" => caption.unwrap_or_else(|| self.usual_title()),
            own => own.to_owned(),
        };
        let svg = Node::Html(drawing.svg(&self.id(), &title));
        let frame = Element::new("div", By::Wsgen)
            .attr("class", "drawing")
            .with(vec![svg]);
        let class = if drawing.own {
            "diagram drawn own"
        } else {
            "diagram drawn"
        };
        let mut children = vec![frame.into()];
        if self.mode == Diagrams::Client {
            children.push(source.clone().flag("hidden").into());
        }
        *source = Element::new("div", By::Wsgen).attr("class", class).with(children);
    }

    /// The id of the drawing, on the page for printing, too.
    fn id(&self) -> String {
        let page = self.cx.graph.page(self.page);
        let place = format!("{:?} {} {}", page.lang, page.url, self.number);
        format!("d{:08x}", xxh3_64(place.as_bytes()) >> 32)
    }

    fn usual_title(&self) -> String {
        let texts = self.cx.texts_of(self.cx.graph.page(self.page).lang);
        let word = texts.get("diagram").copied().unwrap_or("Diagram");
        match &*self.heading {
            "" => word.to_owned(),
            heading => format!("{word}: {heading}"),
        }
    }
}

fn heading_text(heading: &Element) -> String {
    let is_anchor = |node: &&Node| {
        node.as_element()
            .is_some_and(|element| element.has_class("heading-anchor"))
    };
    let own = heading.children.iter().filter(|node| !is_anchor(node));
    let text: String = own.map(|node| text_of(std::slice::from_ref(node))).collect();
    text.trim().to_owned()
}

/// The caption that a figure has.
fn caption_of(element: &Element) -> Option<String> {
    let caption = |node: &Node| {
        let element = node.as_element().filter(|element| element.name == "figcaption")?;
        filled(&element.children)
    };
    element
        .children
        .iter()
        .filter(|_| element.name == "figure")
        .find_map(caption)
}

/// The centred paragraph that comes next, as in repositories without figures.
fn caption_in(behind: &[Node]) -> Option<String> {
    let is_space = |node: &&Node| matches!(node, Node::Text(text) if text.trim().is_empty());
    let next = behind.iter().find(|node| !is_space(node))?.as_element()?;
    let is_caption = next.name == "p" && next.get("align") == Some("center");
    filled(&next.children).filter(|_| is_caption)
}

fn filled(nodes: &[Node]) -> Option<String> {
    let text = text_of(nodes);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
