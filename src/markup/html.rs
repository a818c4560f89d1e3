//! Reads pieces of HTML into tags: raw HTML in Markdown, and the output of templates.
//!
//! The tokenizer is html5ever's, so that attributes, entities, comments and scripts are read as a browser reads them.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::dom::Attr;
use crate::source::reserved;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// An opening tag; `closed` when written `<x />`.
    Open {
        /// Name in lower case.
        name: Cow<'static, str>,
        /// Attributes in the order written.
        attrs: Vec<Attr>,
        /// True for `<x />`.
        closed: bool,
    },
    /// A closing tag.
    Close(Cow<'static, str>),
    /// Text with entities resolved.
    Text(String),
    /// A comment, without its delimiters.
    Comment(String),
}

#[derive(Default)]
struct Sink {
    pieces: RefCell<Vec<Piece>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut pieces = self.pieces.borrow_mut();
        match token {
            Token::CharacterTokens(text) => push_text(&mut pieces, &text),
            Token::NullCharacterToken => push_text(&mut pieces, "\u{fffd}"),
            Token::CommentToken(text) => pieces.push(Piece::Comment(text.to_string())),
            Token::TagToken(tag) => {
                let name = interned(&tag.name);
                if tag.kind == TagKind::EndTag {
                    pieces.push(Piece::Close(name));
                    return TokenSinkResult::Continue;
                }
                let raw = raw_kind(&name);
                let attrs = tag.attrs.iter().map(attribute).collect();
                pieces.push(Piece::Open {
                    name,
                    attrs,
                    closed: tag.self_closing,
                });
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::DoctypeToken(_) | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// The common names are static, so that a tree of many elements allocates none of them.
fn interned(name: &str) -> Cow<'static, str> {
    // A call within the name of a tag is nothing.
    if reserved::find(name).is_some() {
        return Cow::Owned(name.replace(reserved::is_reserved, ""));
    }
    const COMMON: &[&str] = &[
        "a",
        "p",
        "br",
        "div",
        "img",
        "span",
        "ul",
        "ol",
        "li",
        "details",
        "summary",
        "strong",
        "em",
        "b",
        "i",
        "code",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "sub",
        "kbd",
        "figure",
        "figcaption",
        "section",
        "aside",
        "center",
        "font",
        "u",
        "button",
        "svg",
        "path",
        "use",
        "label",
        "input",
        "iframe",
        "hr",
        "nav",
        "dl",
        "dt",
        "dd",
    ];
    COMMON
        .iter()
        .find(|common| **common == name)
        .map_or_else(|| Cow::Owned(name.to_owned()), |common| Cow::Borrowed(*common))
}

fn attribute(attribute: &html5ever::Attribute) -> Attr {
    let name = Cow::Owned(attribute.name.local.to_string());
    (name, Some(attribute.value.to_string()))
}

/// Elements whose content is text up to their closing tag.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "textarea" | "title" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Reads a piece of HTML. What cannot be read as a tag is text.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(&reserved::without_references(html)));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.pieces.take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_attributes_and_entities_are_read() {
        let read = pieces("<A HREF='x&amp;y' open>t &lt; u</A><br/>");
        let attrs = vec![
            ("href".into(), Some("x&y".into())),
            ("open".into(), Some(String::new())),
        ];
        assert_eq!(
            read,
            [
                Piece::Open {
                    name: "a".into(),
                    attrs,
                    closed: false
                },
                Piece::Text("t < u".into()),
                Piece::Close("a".into()),
                Piece::Open {
                    name: "br".into(),
                    attrs: vec![],
                    closed: true
                },
            ]
        );
    }

    #[test]
    fn a_script_is_one_text() {
        let read = pieces("<script>if (a < b) { '<b>' }</script>");
        assert_eq!(read[1], Piece::Text("if (a < b) { '<b>' }".into()));
    }
}
