//! Callouts: `> [!NOTE] Title` becomes a box with icon and title.
//!
//! The marker is the beginning of the quote's first paragraph: ASCII letters in `[! ]`, a fold sign `+` or `-`
//! directly behind it, and the rest of the line as title. Rules: `docs/hugo.md`, section 9.

use crate::budget::Cost;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::lang::LangId;
use crate::markup::dom::{By, Element, Node, text_of};
use crate::markup::marks::{self, Exchange};
use crate::markup::role::Withheld;
use crate::markup::tree_builder;
use crate::shortcodes::frame_cache::Key;
use crate::shortcodes::{BodyContext, withheld};
use crate::template::TemplateError;

/// Changes every marked quote, inner ones first.
pub(crate) fn apply(nodes: &mut [Node], cx: &BodyContext<'_>, lang: LangId, diagnostics: &mut Diagnostics) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        apply(&mut element.children, cx, lang, diagnostics);
        if element.name == "blockquote"
            && element.by == By::Markdown
            && let Some(callout) = Callout::take(element)
        {
            let kept_back = callout.kind == "solution" && !cx.config.wsgen.solutions;
            callout.render(element, cx, lang, diagnostics);
            if kept_back {
                let quote = std::mem::replace(&mut **element, Element::new("div", By::Wsgen));
                *node = withheld::wrapped(vec![quote.into()], Withheld::Solution);
            }
        }
    }
}

/// Path of the template.
const TEMPLATE: &str = "callout.html";
/// The variable that differs from callout to callout.
const OWN: [&str; 1] = ["title_text"];

/// The parts of a marked quote.
struct Callout {
    /// Type in lower case: `note`.
    kind: String,
    sign: Option<char>,
    title: Vec<Node>,
    body: Vec<Node>,
}

impl Callout {
    /// Takes a marked quote apart; leaves any other as it is.
    fn take(quote: &mut Element) -> Option<Self> {
        let first = quote.children.iter_mut().find(|node| !node.is_blank())?;
        let Node::Element(paragraph) = first else {
            return None;
        };
        if paragraph.name != "p" {
            return None;
        }
        let Some(Node::Text(text)) = paragraph.children.first_mut() else {
            return None;
        };
        let marker = Marker::read(text)?;
        let rest = text[marker.len..].to_owned();
        text.clone_from(&rest);
        let (title, remaining) = split_line(std::mem::take(&mut paragraph.children));
        let attrs = std::mem::take(&mut paragraph.attrs);
        let mut body = Vec::new();
        if !remaining.iter().all(Node::is_blank) {
            body.push(
                Element {
                    attrs,
                    ..Element::new("p", By::Markdown)
                }
                .with(remaining)
                .into(),
            );
        }
        let at = quote
            .children
            .iter()
            .position(|node| !node.is_blank())
            .unwrap_or(0);
        body.extend(quote.children.drain(..).skip(at + 1));
        Some(Self {
            kind: marker.kind,
            sign: marker.sign,
            title,
            body,
        })
    }

    /// The template's output, with slots for title and text. Its nodes have the place `span`.
    fn frame(
        &self,
        cx: &BodyContext<'_>,
        lang: LangId,
        span: Option<Span>,
    ) -> Result<Vec<Node>, TemplateError> {
        let has_title = !self.title.is_empty();
        let key = Key::new(TEMPLATE, &(lang, &self.kind, self.sign, has_title)).zip(span);
        if let Some((key, span)) = &key
            && let Some(known) = cx.frames.get(key, *span)
        {
            // Linear in the page's own text.
            return Ok(known.0);
        }
        let title = if has_title {
            marks::mark(0).to_string()
        } else {
            String::new()
        };
        let mut context = tera::Context::new();
        context.insert("kind", &self.kind);
        context.insert("foldable", &self.sign.is_some());
        context.insert("open", &(self.sign == Some('+')));
        context.insert("title", &title);
        context.insert("title_text", &text_of(&self.title));
        context.insert("inner", &marks::mark(1).to_string());
        context.insert_value("t", cx.text_values_of(lang));
        let html = cx.templates.render(TEMPLATE, &context)?;
        let nodes = tree_builder::template_fragment(html.trim(), span);
        if let Some((key, _)) = key {
            cx.frames
                .keep(key, (&nodes, Cost::default()), cx.templates, TEMPLATE, &OWN);
        }
        Ok(nodes)
    }

    /// Replaces the quote by the template's output.
    fn render(self, quote: &mut Element, cx: &BodyContext<'_>, lang: LangId, diagnostics: &mut Diagnostics) {
        let frame = self.frame(cx, lang, quote.span);
        let slot = |nodes| Exchange {
            nodes,
            text: String::new(),
        };
        match frame {
            Ok(mut nodes) => {
                let uses = marks::uses(&nodes, 2);
                marks::exchange_last(&mut nodes, vec![slot(self.title), slot(self.body)], uses);
                let attrs = std::mem::take(&mut quote.attrs);
                if let Some(Node::Element(callout)) = nodes.into_iter().find(|node| !node.is_blank()) {
                    *quote = *callout;
                }
                keep_attributes(quote, attrs);
            }
            Err(error) => {
                let message = format!("the template of callouts failed: {error}");
                diagnostics.push(Diagnostic::error(Code::TemplateError, quote.span, message));
                quote.children = self.body;
            }
        }
    }
}

fn keep_attributes(callout: &mut Element, attrs: Vec<crate::markup::dom::Attr>) {
    for (name, value) in attrs {
        match (&*name, value) {
            ("class", Some(class)) => callout.add_class(&class),
            (_, value) => callout.attrs.push((name, value)),
        }
    }
}

struct Marker {
    kind: String,
    sign: Option<char>,
    len: usize,
}

impl Marker {
    fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("[!")?;
        let (kind, rest) = rest.split_once(']')?;
        if kind.is_empty() || !kind.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'));
        let len = "[!]".len() + kind.len() + sign.map_or(0, char::len_utf8);
        Some(Self {
            kind: kind.to_ascii_lowercase(),
            sign,
            len,
        })
    }
}

/// The nodes of the first line, without white space around them, and those of the others.
fn split_line(nodes: Vec<Node>) -> (Vec<Node>, Vec<Node>) {
    let (mut line, mut rest) = (Vec::new(), Vec::new());
    let mut nodes = nodes.into_iter();
    for node in nodes.by_ref() {
        match node {
            Node::Text(text) => match text.split_once('\n') {
                Some((before, after)) => {
                    push_text(&mut line, before);
                    push_text(&mut rest, after);
                    break;
                }
                None => push_text(&mut line, &text),
            },
            Node::Element(element) if element.name == "br" => break,
            other => line.push(other),
        }
    }
    rest.extend(nodes);
    trim(&mut line);
    (line, rest)
}

fn push_text(nodes: &mut Vec<Node>, text: &str) {
    if !text.is_empty() {
        nodes.push(Node::text(text));
    }
}

fn trim(nodes: &mut Vec<Node>) {
    if let Some(Node::Text(text)) = nodes.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Node::Text(text)) = nodes.last_mut() {
        text.truncate(text.trim_end().len());
    }
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(text: &str) -> Option<(String, Option<char>, &str)> {
        Marker::read(text).map(|marker| (marker.kind, marker.sign, &text[marker.len..]))
    }

    #[test]
    fn markers_are_letters_with_an_optional_sign() {
        assert_eq!(
            marker("[!NOTE]- Title"),
            Some(("note".into(), Some('-'), " Title"))
        );
        assert_eq!(marker("[!note]text"), Some(("note".into(), None, "text")));
        assert_eq!(marker("[!NOTE] +"), Some(("note".into(), None, " +")));
    }

    #[test]
    fn other_brackets_are_no_markers() {
        for text in ["[!a-b] x", "[!日本] x", "[ !NOTE ] x", "[!]", "x [!NOTE]"] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
