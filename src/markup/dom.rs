//! The node tree that a body is made of.
//!
//! Markdown, raw HTML and the output of shortcode templates all end up here; passes change the tree; [`write_nodes`]
//! makes HTML of it.

mod plain_text;
mod serializer;

use std::borrow::Cow;

pub use self::plain_text::text_of;
pub(crate) use self::plain_text::{push_text_apart, text_in};
pub use self::serializer::{escape_attr, escape_text, write_nodes};
pub(crate) use self::serializer::{write_body, write_open};
use super::code_block::CodeBlock;
use super::role::Role;
use crate::diag::{FileId, Span};
use crate::graph::PageId;

/// A node of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An element with its children. In a box, because most nodes are texts, and lists of nodes are moved about.
    Element(Box<Element>),
    /// Text, not escaped.
    Text(String),
    /// A code block, highlighted when it is written.
    Code(Box<CodeBlock>),
    /// A comment of the author.
    Comment(String),
    /// Finished HTML of a library (MathML).
    Html(String),
}

/// The origin of an element. Passes treat authors' links and headings, not those of templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Markdown of the page.
    Markdown,
    /// An HTML tag in the page.
    Html,
    /// A template or a pass.
    Wsgen,
}

/// An element of the tree, with its attributes and children.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Tag name in lower case.
    pub name: Cow<'static, str>,
    /// Attributes in order, no name twice.
    pub attrs: Vec<Attr>,
    /// Child nodes in order.
    pub children: Vec<Node>,
    /// Span in the source, for an element of the author.
    pub span: Option<Span>,
    /// Its origin.
    pub by: By,
    /// The page or file of the site that `href` or `src` leads to; set when links are resolved.
    pub to: Option<Inside>,
    /// The part that it plays in later passes.
    pub role: Option<Box<Role>>,
}

/// The target of a link into the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// A page of the site.
    Page(PageId),
    /// A file of the site.
    Asset(FileId),
}

/// An attribute: name and unescaped value. `None` is an attribute without a value (`open`).
pub type Attr = (Cow<'static, str>, Option<String>);

impl Element {
    /// Makes an element without attributes and children.
    pub fn new(name: impl Into<Cow<'static, str>>, by: By) -> Self {
        Self {
            name: name.into(),
            attrs: Vec::new(),
            children: Vec::new(),
            span: None,
            by,
            to: None,
            role: None,
        }
    }

    /// Adds an attribute, for building elements.
    #[must_use]
    pub fn attr(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.attrs.push((name.into(), Some(value.into())));
        self
    }

    /// Adds an attribute without a value, for building elements.
    #[must_use]
    pub fn flag(mut self, name: &'static str) -> Self {
        self.attrs.push((name.into(), None));
        self
    }

    /// Adds children, for building elements.
    #[must_use]
    pub fn with(mut self, children: Vec<Node>) -> Self {
        self.children = children;
        self
    }

    /// Sets the span, for building elements.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// The value of an attribute; empty for one without a value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attrs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_deref().unwrap_or_default())
    }

    /// Sets an attribute, in its place when it is there already.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        match self.attrs.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = Some(value.into()),
            None => self.attrs.push((name.into(), Some(value.into()))),
        }
    }

    /// Takes an attribute away and gives its value.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.attrs.iter().position(|(key, _)| key == name)?;
        Some(self.attrs.remove(at).1.unwrap_or_default())
    }

    /// Adds a class.
    pub fn add_class(&mut self, class: &str) {
        match self.get("class") {
            Some(old) if !old.is_empty() => self.set("class", format!("{old} {class}")),
            _ => self.set("class", class),
        }
    }

    /// Returns true if the element has the class.
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class")
            .is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class))
    }

    /// Level of a heading element.
    pub fn heading_level(&self) -> Option<u8> {
        match self.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        }
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Node::Element(Box::new(element))
    }
}

impl From<Box<Element>> for Node {
    fn from(element: Box<Element>) -> Self {
        Node::Element(element)
    }
}

impl Node {
    /// A text node.
    pub fn text(text: impl Into<String>) -> Self {
        Node::Text(text.into())
    }

    /// Returns true for text that is only white space.
    pub fn is_blank(&self) -> bool {
        matches!(self, Node::Text(text) if text.trim_start().is_empty()) || matches!(self, Node::Comment(_))
    }

    /// The element, if it is one.
    pub fn as_element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Returns true for a block: a node that cannot stand in a paragraph.
    pub fn is_block(&self) -> bool {
        match self {
            Node::Element(element) => is_block_name(&element.name),
            Node::Code(code) => code.is_block(),
            _ => false,
        }
    }
}

/// A block of text as it is written.
pub(crate) fn verbatim(text: &str) -> Node {
    let code = Element::new("code", By::Wsgen).with(vec![Node::text(text)]);
    Element::new("pre", By::Wsgen).with(vec![code.into()]).into()
}

/// Prose as it is written, whose lines are as long as paragraphs. The style is on the element, since hardly any site has
/// such a page.
pub(crate) fn wrapped(text: &str) -> Node {
    let pre = Element::new("pre", By::Wsgen).attr(
        "style",
        "white-space:pre-wrap;overflow-wrap:anywhere;font:inherit",
    );
    pre.with(vec![Node::text(text)]).into()
}

/// Elements that have no content and no closing tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements that end a paragraph in HTML. As bytes, which the compiler tells apart letter by letter rather than name by
/// name: every element asks.
pub fn is_block_name(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"details"
            | b"dialog"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"iframe"
            | b"li"
            | b"main"
            | b"nav"
            | b"ol"
            | b"p"
            | b"pre"
            | b"section"
            | b"summary"
            | b"table"
            | b"tbody"
            | b"thead"
            | b"tr"
            | b"td"
            | b"th"
            | b"ul"
            | b"video"
    )
}

/// Elements whose text is not escaped.
fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style")
}

/// The number of nodes.
pub(crate) fn count(nodes: &[Node]) -> usize {
    let inner = nodes.iter().filter_map(Node::as_element);
    nodes.len() + inner.map(|element| count(&element.children)).sum::<usize>()
}

/// Calls `visit` for every element, parents before children.
pub fn for_each_element(nodes: &mut [Node], visit: &mut impl FnMut(&mut Element)) {
    for node in nodes {
        if let Node::Element(element) = node {
            visit(element);
            for_each_element(&mut element.children, visit);
        }
    }
}
