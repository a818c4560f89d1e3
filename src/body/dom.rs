//! The node tree that a body is made of, and its only serialiser.
//!
//! Markdown, raw HTML and the output of shortcode templates all end up here; passes change the tree; [`write_nodes`]
//! is the one place where text is escaped.

use std::borrow::Cow;

use memchr::memchr3;

use super::code::CodeBlock;
use super::places::{self, Place};
use super::withheld;
use crate::diag::Span;
use crate::graph::PageId;
use crate::source::FileId;

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

/// Who wrote an element; passes treat authors' links and headings, not those of templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Markdown.
    Markdown,
    /// An HTML tag in the page.
    Html,
    /// A template or a pass.
    Wsgen,
}

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Tag name in lower case.
    pub name: Cow<'static, str>,
    /// Attributes in order, no name twice.
    pub attrs: Vec<Attr>,
    /// Children.
    pub children: Vec<Node>,
    /// Where it is written, when it is the author's.
    pub span: Option<Span>,
    /// Who wrote it.
    pub by: By,
    /// What of the site its `href` or `src` leads to; known when the links have been resolved.
    pub to: Option<Inside>,
}

/// Something inside the site that an element leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// A page.
    Page(PageId),
    /// A file.
    Asset(FileId),
}

/// An attribute: name and unescaped value. `None` is an attribute without a value (`open`).
pub type Attr = (Cow<'static, str>, Option<String>);

impl Element {
    /// An element that a pass or the Markdown reader makes.
    pub fn new(name: impl Into<Cow<'static, str>>, by: By) -> Self {
        Self {
            name: name.into(),
            attrs: Vec::new(),
            children: Vec::new(),
            span: None,
            by,
            to: None,
        }
    }

    /// The same element with an attribute.
    #[must_use]
    pub fn attr(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.attrs.push((name.into(), Some(value.into())));
        self
    }

    /// The same element with an attribute that has no value.
    #[must_use]
    pub fn flag(mut self, name: &'static str) -> Self {
        self.attrs.push((name.into(), None));
        self
    }

    /// The same element with children.
    #[must_use]
    pub fn with(mut self, children: Vec<Node>) -> Self {
        self.children = children;
        self
    }

    /// The same element with the place where it is written.
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

    /// Whether it has the class.
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

    /// Whether it is nothing but white space.
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

    /// Whether it is a block: something that cannot stand in a paragraph.
    pub fn is_block(&self) -> bool {
        match self {
            Node::Element(element) => is_block_name(&element.name),
            Node::Code(code) => code.is_block(),
            _ => false,
        }
    }
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

/// Writes nodes as HTML.
pub fn write_nodes(nodes: &[Node], out: &mut String) {
    Writer { out, places: None }.nodes(nodes);
}

/// Writes nodes as HTML, of about `length` bytes, and gives the places in it where they speak of names.
pub(super) fn write_body(nodes: &[Node], length: usize) -> (String, Vec<Place>) {
    let (mut html, mut places) = (String::with_capacity(length), Vec::new());
    Writer {
        out: &mut html,
        places: Some(&mut places),
    }
    .nodes(nodes);
    (html, places)
}

/// Writes an opening tag and adds its places.
pub(super) fn write_open(element: &Element, out: &mut String, places: &mut Vec<Place>) {
    Writer {
        out,
        places: Some(places),
    }
    .open(element);
}

struct Writer<'a> {
    out: &'a mut String,
    /// Where places are noted, if anybody wants them.
    places: Option<&'a mut Vec<Place>>,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Element(element) => self.element(element),
            Node::Text(text) => escape_text(text, self.out),
            Node::Code(code) => {
                let start = self.out.len();
                code.write(self.out);
                for id in &code.ids {
                    self.note(Place::Id(start + id));
                }
            }
            Node::Comment(text) => self.comment(text),
            Node::Html(html) => self.out.push_str(html),
        }
    }

    fn comment(&mut self, text: &str) {
        self.out.push_str("<!--");
        self.out.push_str(&text.replace("--", "- -"));
        self.out.push_str("-->");
    }

    fn element(&mut self, element: &Element) {
        let Some((open, close)) = plain_tags(&element.name).filter(|_| element.attrs.is_empty()) else {
            return self.any_element(element);
        };
        self.out.push_str(open);
        self.nodes(&element.children);
        self.out.push_str(close);
        if starts_line(element) {
            self.out.push('\n');
        }
    }

    fn any_element(&mut self, element: &Element) {
        let start = self.out.len();
        let before = self.places.as_ref().map_or(0, |places| places.len());
        self.open(element);
        if is_void(&element.name) {
            return;
        }
        if is_raw_text(&element.name) {
            for child in &element.children {
                if let Node::Text(text) = child {
                    self.out.push_str(text);
                }
            }
        } else {
            self.nodes(&element.children);
        }
        self.out.push_str("</");
        self.out.push_str(&element.name);
        self.out.push('>');
        if element.name == "script" {
            if let Some(places) = &mut self.places {
                places.truncate(before);
            }
            self.note(Place::Script {
                start,
                end: self.out.len(),
            });
        }
        if starts_line(element) {
            self.out.push('\n');
        }
    }

    fn open(&mut self, element: &Element) {
        self.out.push('<');
        self.out.push_str(&element.name);
        for (name, value) in &element.attrs {
            self.out.push(' ');
            self.out.push_str(name);
            if let Some(value) = value {
                self.out.push_str("=\"");
                self.value(element, name, value);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    fn value(&mut self, element: &Element, name: &str, value: &str) {
        let start = self.out.len();
        match places::value_of(element, name, value) {
            places::Value::Plain => escape_attr(value, self.out),
            places::Value::Fragment => {
                self.note(Place::Id(start + 1));
                escape_attr(value, self.out);
            }
            places::Value::Ids => {
                for word in value.split_inclusive(|c: char| c.is_ascii_whitespace()) {
                    if !word.trim_ascii().is_empty() {
                        self.note(Place::Id(self.out.len()));
                    }
                    escape_attr(word, self.out);
                }
            }
            places::Value::Url(to) => {
                let (path, fragment) = value.split_at(value.find('#').map_or(value.len(), |at| at + 1));
                escape_attr(path, self.out);
                let at = self.out.len();
                escape_attr(fragment, self.out);
                self.note(Place::Link {
                    start,
                    fragment: at,
                    end: self.out.len(),
                    to,
                });
            }
        }
    }

    fn note(&mut self, place: Place) {
        if let Some(places) = &mut self.places {
            places.push(place);
        }
    }
}

/// The tags of the elements that most texts consist of, where they have no attributes.
fn plain_tags(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name.as_bytes() {
        b"blockquote" => ("<blockquote>", "</blockquote>"),
        b"code" => ("<code>", "</code>"),
        b"em" => ("<em>", "</em>"),
        b"li" => ("<li>", "</li>"),
        b"ol" => ("<ol>", "</ol>"),
        b"p" => ("<p>", "</p>"),
        b"strong" => ("<strong>", "</strong>"),
        b"table" => ("<table>", "</table>"),
        b"tbody" => ("<tbody>", "</tbody>"),
        b"td" => ("<td>", "</td>"),
        b"th" => ("<th>", "</th>"),
        b"thead" => ("<thead>", "</thead>"),
        b"tr" => ("<tr>", "</tr>"),
        b"ul" => ("<ul>", "</ul>"),
        _ => return None,
    })
}

/// Markdown blocks stand on lines of their own, so that the output can be read and compared.
fn starts_line(element: &Element) -> bool {
    element.by == By::Markdown && is_block_name(&element.name)
}

/// Escapes text.
pub fn escape_text(text: &str, out: &mut String) {
    // A search by many bytes at a time takes a while to begin, and most texts are words of code.
    const SHORT: usize = 16;
    let is_escaped = |byte: &u8| matches!(byte, b'&' | b'<' | b'>');
    escape(text, out, |rest| match rest.len() {
        ..SHORT => rest.iter().position(is_escaped),
        _ => memchr3(b'&', b'<', b'>', rest),
    });
}

/// Escapes the value of an attribute in double quotes.
pub fn escape_attr(text: &str, out: &mut String) {
    let is_escaped = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"');
    // Hardly any value has to be escaped, and many bytes at a time tell whether one has.
    if text.bytes().fold(false, |found, byte| found | is_escaped(&byte)) {
        escape(text, out, |rest| rest.iter().position(is_escaped));
    } else {
        out.push_str(text);
    }
}

/// `next` finds the next character that has to be escaped.
fn escape(text: &str, out: &mut String, next: impl Fn(&[u8]) -> Option<usize>) {
    let mut rest = text;
    while let Some(at) = next(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// The text of nodes as [`text_of`] gives it, without a copy where it is all that there is.
pub(super) fn text_in(nodes: &[Node]) -> Cow<'_, str> {
    match nodes {
        [Node::Text(text)] => Cow::Borrowed(text),
        nodes => Cow::Owned(text_of(nodes)),
    }
}

/// The text of nodes: what a reader sees, without markup.
pub fn text_of(nodes: &[Node]) -> String {
    let mut out = String::new();
    push_text(nodes, &mut out);
    out
}

/// Adds the text of nodes to `out`.
pub(super) fn push_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Code(code) => out.push_str(&code.text),
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) if element.name == "img" => {
                out.push_str(element.get("alt").unwrap_or_default());
            }
            Node::Element(element) if is_raw_text(&element.name) || is_withheld(element) => {}
            Node::Element(element) => push_text(&element.children, out),
            Node::Comment(_) | Node::Html(_) => {}
        }
    }
}

/// The same with the blocks inside of others apart: list items, cells.
pub(super) fn push_text_apart(nodes: &[Node], out: &mut String) {
    let end_line = |out: &mut String| {
        if !out.is_empty() && !out.ends_with(char::is_whitespace) {
            out.push('\n');
        }
    };
    for node in nodes {
        match node {
            Node::Element(element) if is_raw_text(&element.name) || is_withheld(element) => {}
            Node::Element(element) if is_block_name(&element.name) => {
                end_line(out);
                push_text_apart(&element.children, out);
                end_line(out);
            }
            node => push_text(std::slice::from_ref(node), out),
        }
    }
}

fn is_withheld(element: &Element) -> bool {
    withheld::reason_of(element).is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn html(node: Node) -> String {
        let mut out = String::new();
        write_nodes(&[node], &mut out);
        out
    }

    #[test]
    fn text_and_attributes_are_escaped_once() {
        let link = Element::new("a", By::Html)
            .attr("href", "?a=1&b=\"2\"")
            .with(vec![Node::text("a < b & c")]);
        assert_eq!(
            html(link.into()),
            "<a href=\"?a=1&amp;b=&quot;2&quot;\">a &lt; b &amp; c</a>"
        );
    }

    #[test]
    fn a_void_element_has_no_closing_tag() {
        assert_eq!(html(Element::new("br", By::Html).into()), "<br>");
    }

    #[test]
    fn a_style_element_keeps_its_text() {
        let style = Element::new("style", By::Html).with(vec![Node::text("a > b {}")]);
        assert_eq!(html(style.into()), "<style>a > b {}</style>");
    }

    #[test]
    fn a_comment_cannot_end_early() {
        assert_eq!(html(Node::Comment("a --> b".into())), "<!--a - -> b-->");
    }
}
