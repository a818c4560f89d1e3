//! Render hooks of the site print what they are for: links, pictures, headings, tables, and code of a language.
//!
//! Their HTML becomes part of the tree. An address that a hook prints as it was given is resolved as that of the author,
//! and a heading keeps the id that wsgen has given it.

mod code;
mod facts;
mod tables;

use std::mem;

pub(crate) use self::code::CodeHooks;
use self::facts::{Facts, attributes};
use crate::diag::Span;
use crate::markup::dom::{By, Element, Node, escape_text, for_each_element};
use crate::shortcodes::go::GoTemplate;
use crate::shortcodes::hooks::Hooks;

/// Replaces the nodes that hooks are for.
pub(crate) trait Replace {
    /// Adds a node to `out`, or what a hook prints in its place. Returns true in the second case.
    fn node(&mut self, node: Node, out: &mut Vec<Node>) -> bool;

    /// Replaces nodes and what is in them.
    fn nodes(&mut self, nodes: &mut Vec<Node>) {
        let mut out = Vec::with_capacity(nodes.len());
        for node in mem::take(nodes) {
            self.node(node, &mut out);
        }
        *nodes = out;
    }

    /// Replaces the nodes of a page. `divider` is the index of the first node behind the summary.
    fn page(&mut self, nodes: &mut Vec<Node>, divider: &mut Option<usize>) {
        let mut out = Vec::with_capacity(nodes.len());
        let (before, mut behind) = (*divider, None);
        for (at, node) in mem::take(nodes).into_iter().enumerate() {
            if before == Some(at) {
                behind = Some(out.len());
            }
            self.node(node, &mut out);
        }
        *divider = before.map(|_| behind.unwrap_or(out.len()));
        *nodes = out;
    }
}

/// The hooks for everything but code.
pub(crate) struct ElementHooks<'h, 'a> {
    hooks: &'h mut Hooks<'a>,
    link: Option<&'a GoTemplate>,
    image: Option<&'a GoTemplate>,
    heading: Option<&'a GoTemplate>,
    table: Option<&'a GoTemplate>,
    /// The nearest place in the source.
    near: Span,
    /// True if a picture alone in its paragraph has lost it.
    bare_images: bool,
    /// True where only blocks and pictures stand beside each other.
    among_blocks: bool,
    images: i64,
    tables: i64,
}

impl<'h, 'a> ElementHooks<'h, 'a> {
    /// `None` on a page without such hooks.
    pub(crate) fn new(hooks: &'h mut Hooks<'a>, near: Span, bare_images: bool) -> Option<Self> {
        let [link, image, heading, table] =
            ["link", "image", "heading", "table"].map(|name| hooks.find(name));
        let any = link.or(image).or(heading).or(table);
        any.map(|_| Self {
            hooks,
            link,
            image,
            heading,
            table,
            near,
            bare_images,
            among_blocks: true,
            images: 0,
            tables: 0,
        })
    }

    fn element(&mut self, element: &mut Element) -> Option<Vec<Node>> {
        let has_values = element.link_role().is_some_and(|link| link.has_values);
        if element.by != By::Markdown || has_values {
            return None;
        }
        match &*element.name {
            "a" => self.link(element, self.link?),
            "img" => self.image(element, self.image?),
            "table" => self.table(element, self.table?),
            _ if element.heading_level().is_some() => self.heading(element, self.heading?),
            _ => None,
        }
    }

    fn link(&mut self, link: &Element, hook: &GoTemplate) -> Option<Vec<Node>> {
        let mut facts = Facts::default();
        facts.text("Destination", link.get("href").unwrap_or_default());
        facts.text("Title", link.get("title").unwrap_or_default());
        facts.inner(&link.children);
        let mut nodes = self.run(hook, facts)?;
        of_author(&mut nodes, link, "a", "href");
        Some(nodes)
    }

    fn image(&mut self, image: &Element, hook: &GoTemplate) -> Option<Vec<Node>> {
        let mut facts = Facts::default();
        let alt = image.get("alt").unwrap_or_default();
        let mut escaped = String::new();
        escape_text(alt, &mut escaped);
        facts.text("Destination", image.get("src").unwrap_or_default());
        facts.text("Title", image.get("title").unwrap_or_default());
        facts.html("Text", &escaped);
        facts.text("PlainText", alt);
        facts.value("IsBlock", (self.bare_images && self.among_blocks).into());
        facts.value("Ordinal", self.images.into());
        facts.value("Attributes", attributes(image, &["src", "alt", "title"]));
        self.images += 1;
        let mut nodes = self.run(hook, facts)?;
        of_author(&mut nodes, image, "img", "src");
        Some(nodes)
    }

    fn heading(&mut self, heading: &mut Element, hook: &GoTemplate) -> Option<Vec<Node>> {
        if heading.is_template_heading() {
            return None;
        }
        let is_anchor = |node: &mut Node| node.as_element().is_some_and(|a| a.has_class("heading-anchor"));
        let anchor = heading.children.pop_if(is_anchor);
        let mut facts = Facts::default();
        let level = heading.heading_level().map_or(0, i64::from);
        facts.value("Level", level.into());
        facts.text("Anchor", heading.get("id").unwrap_or_default());
        facts.value("Attributes", attributes(heading, &[]));
        facts.inner(&heading.children);
        let printed = self.run(hook, facts);
        let Some(mut nodes) = printed else {
            heading.children.extend(anchor);
            return None;
        };
        with_id(&mut nodes, heading, anchor);
        Some(nodes)
    }

    fn run(&mut self, hook: &GoTemplate, facts: Facts) -> Option<Vec<Node>> {
        self.hooks.run(hook, facts.values, facts.table, self.near)
    }

    /// A block in a paragraph ends it, because HTML allows no block in one.
    fn paragraph(&mut self, mut paragraph: Element, out: &mut Vec<Node>) {
        let outside = mem::replace(&mut self.among_blocks, false);
        let mut inner = Vec::new();
        for child in mem::take(&mut paragraph.children) {
            let start = inner.len();
            if self.node(child, &mut inner) && inner[start..].iter().any(Node::is_block) {
                let blocks = inner.split_off(start);
                push_paragraph(&paragraph, mem::take(&mut inner), out);
                out.extend(blocks);
            }
        }
        push_paragraph(&paragraph, inner, out);
        self.among_blocks = outside;
    }

    /// Replaces what is in an element.
    fn inner(&mut self, element: &mut Element) {
        let is_block = element.children.iter().all(may_be_block);
        let outside = mem::replace(&mut self.among_blocks, is_block);
        self.nodes(&mut element.children);
        self.among_blocks = outside;
    }

    fn replace(&mut self, mut element: Box<Element>, out: &mut Vec<Node>) -> bool {
        let near = element.span.unwrap_or(self.near);
        let outside = mem::replace(&mut self.near, near);
        self.inner(&mut element);
        let printed = self.element(&mut element);
        self.near = outside;
        let is_printed = printed.is_some();
        out.extend(printed.unwrap_or_else(|| vec![element.into()]));
        is_printed
    }
}

impl Replace for ElementHooks<'_, '_> {
    fn node(&mut self, node: Node, out: &mut Vec<Node>) -> bool {
        match node {
            Node::Element(element) if element.withheld().is_none() => {
                if element.name == "p" && element.by == By::Markdown {
                    let near = element.span.unwrap_or(self.near);
                    let outside = mem::replace(&mut self.near, near);
                    self.paragraph(*element, out);
                    self.near = outside;
                    return false;
                }
                self.replace(element, out)
            }
            other => {
                out.push(other);
                false
            }
        }
    }
}

/// Returns true unless text stands here, beside which a picture is no block.
fn may_be_block(node: &Node) -> bool {
    let is_image = node.as_element().is_some_and(|element| element.name == "img");
    is_image || node.is_block() || node.is_blank()
}

fn push_paragraph(of: &Element, children: Vec<Node>, out: &mut Vec<Node>) {
    if !children.iter().all(Node::is_blank) {
        out.push(Node::from(Element {
            children,
            ..of.clone()
        }));
    }
}

/// An element that leads where the author's does is the author's.
fn of_author(nodes: &mut [Node], author: &Element, name: &str, attribute: &'static str) {
    let Some(address) = author.get(attribute) else {
        return;
    };
    for_each_element(nodes, &mut |element| {
        let is_it = element.by == By::Html && element.name == name;
        if is_it
            && element
                .get(attribute)
                .is_some_and(|printed| is_same(printed, address))
        {
            element.by = By::Markdown;
            element.role.clone_from(&author.role);
            element.set(attribute, address);
        }
    });
}

/// Returns true for one address in two spellings: templates escape what they print.
fn is_same(one: &str, other: &str) -> bool {
    let decoded = |address| percent_encoding::percent_decode_str(address).collect::<Vec<u8>>();
    one == other || decoded(one) == decoded(other)
}

/// Gives the heading that a hook has printed the id and the anchor of the page's own, unless they are there.
fn with_id(nodes: &mut Vec<Node>, heading: &Element, anchor: Option<Node>) {
    let Some(id) = heading.get("id").filter(|id| !id.is_empty()) else {
        return;
    };
    let place = ["#", id].concat();
    let (mut has_id, mut has_anchor, mut has_heading) = (false, false, false);
    for_each_element(nodes, &mut |element| {
        let is_heading = element.heading_level().is_some();
        has_id |= !is_heading && element.get("id") == Some(id);
        has_anchor |= element.get("href") == Some(&*place);
        has_heading |= is_heading;
    });
    if !has_heading {
        if !has_id {
            nodes.insert(0, Element::new("span", By::Wsgen).attr("id", id).into());
        }
        return;
    }
    let mut anchor = anchor.filter(|_| !has_anchor);
    let mut is_first = true;
    for_each_element(nodes, &mut |element| {
        if element.heading_level().is_some() && mem::take(&mut is_first) {
            element.by = By::Markdown;
            element.role.clone_from(&heading.role);
            if !has_id {
                element.set("id", id);
            }
            element.children.extend(anchor.take());
        }
    });
}
