//! The only serialiser of nodes, and the one place where text is escaped.

use memchr::memchr3;

use super::{By, Element, Node, is_block_name, is_raw_text, is_void};
use crate::markup::code_block::CodeBlock;
use crate::markup::places::{self, Place};

/// Writes nodes as HTML.
pub fn write_nodes(nodes: &[Node], out: &mut String) {
    Writer { out, places: None }.nodes(nodes);
}

/// Writes nodes as HTML, of about `length` bytes, and returns the places of names in it.
pub(crate) fn write_body(nodes: &[Node], length: usize) -> (String, Vec<Place>) {
    let (mut html, mut places) = (String::with_capacity(length), Vec::new());
    Writer {
        out: &mut html,
        places: Some(&mut places),
    }
    .nodes(nodes);
    (html, places)
}

/// Writes an opening tag and adds its places.
pub(crate) fn write_open(element: &Element, out: &mut String, places: &mut Vec<Place>) {
    Writer {
        out,
        places: Some(places),
    }
    .open(element);
}

impl CodeBlock {
    /// Writes the block: highlighted if a pass has done that, else as plain text.
    pub(crate) fn write(&self, out: &mut String) {
        match &self.rendered {
            Some(html) => out.push_str(html),
            None => self.write_plain(out),
        }
    }

    fn write_plain(&self, out: &mut String) {
        out.push_str("<pre tabindex=\"0\"><code");
        let language = self.info.split_whitespace().next().unwrap_or_default();
        if !language.is_empty() {
            out.push_str(" class=\"language-");
            escape_attr(language, out);
            out.push('"');
        }
        out.push('>');
        write_nodes(&self.nodes(), out);
        out.push_str("</code></pre>\n");
    }
}

struct Writer<'a> {
    out: &'a mut String,
    /// Places recorded so far, if they are wanted.
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

/// Escapes text for HTML.
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
