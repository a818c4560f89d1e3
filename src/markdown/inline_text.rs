//! Text between the markup: links without markup, quotes and dashes.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::id_text::IdText;
use super::lines;
use super::work;
use crate::config::{Goldmark, Typographer};
use crate::markdown::{linkify, typographer};
use crate::markup::dom::{By, Element, Node};
use crate::markup::marks::FLANK;
use crate::markup::tree_builder::Tree;

/// The surroundings of a text.
pub(super) struct Context<'t> {
    /// The whole source.
    pub(super) source: &'t str,
    /// The site's switches for Markdown.
    pub(super) goldmark: &'t Goldmark,
    /// True inside a link.
    pub(super) in_link: bool,
    /// True after markup, where a URL may begin whatever the character before it.
    pub(super) after_markup: bool,
    /// The end of the block's text, as far as it is known.
    pub(super) block_end: usize,
}

/// State that one text leaves for the next one.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Open quotes.
    quotes: typographer::Open,
    /// Number of open square brackets: their content may still become a link, so no URL begins there.
    brackets: usize,
    /// The rest of the line whose end was asked for last.
    line: Option<Range<usize>>,
    /// Inside a heading: the text for its id.
    pub(super) id: Option<IdText>,
}

impl State {
    /// Begins another block.
    pub(super) fn begin_block(&mut self) {
        *self = Self {
            quotes: self.quotes.in_next_block(),
            ..Self::default()
        };
    }

    /// Passes the current heading's id text to `tell`, inside a heading.
    pub(super) fn id(&mut self, tell: impl FnOnce(&mut IdText)) {
        if let Some(id) = &mut self.id {
            tell(id);
        }
    }

    fn see(&mut self, c: char) {
        match c {
            '[' => self.brackets += 1,
            ']' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }
}

/// Adds the text at `range` of the source, which Markdown left unchanged.
pub(super) fn push(tree: &mut Tree, state: &mut State, range: Range<usize>, cx: &Context<'_>) {
    let text = &cx.source[range.clone()];
    let kinds = kinds(text);
    let Some(mut scanner) = Scanner::new(state, &range, kinds, cx) else {
        push_plain(tree, state, text, kinds);
        return;
    };
    let mut done = range.start;
    while let Some(piece) = scanner.next_piece() {
        let before = &cx.source[done..piece.range.start];
        match piece.kind {
            Kind::Link { prefix } => {
                end_piece(tree, scanner.state, before, "");
                push_link(tree, &plain_text(&cx.source[piece.range.clone()]), &prefix);
            }
            Kind::Sign(sign) => {
                end_piece(tree, scanner.state, before, sign);
                tree.text(sign);
            }
            Kind::EscapedSpace => tree.text(&plain_text(before)),
        }
        done = piece.range.end;
    }
    let rest = &cx.source[done..range.end];
    state.id(|id| id.source(rest));
    tree.text(&plain_text(rest));
}

/// Adds text in which nothing is to be replaced.
fn push_plain(tree: &mut Tree, state: &mut State, text: &str, kinds: u8) {
    if kinds & BRACKET != 0 {
        text.bytes().for_each(|byte| state.see(char::from(byte)));
    }
    state.id(|id| id.source(text));
    if kinds & ENTITY == 0 {
        tree.text(text);
    } else {
        tree.text(&plain_text(text));
    }
}

/// Looks for the pieces of a text that are not plain text.
struct Scanner<'s, 't> {
    cx: &'s Context<'t>,
    state: &'s mut State,
    at: usize,
    end: usize,
    line_end: usize,
    /// Signs that are replaced, where the site has them replaced and the text may hold some.
    signs: Option<&'t Typographer>,
    /// Addresses without markup become links.
    links: bool,
    after_markup: bool,
}

/// A part of a text that is not plain text.
struct Piece<'t> {
    range: Range<usize>,
    kind: Kind<'t>,
}

enum Kind<'t> {
    /// An address without markup, and what makes a URL of it.
    Link { prefix: String },
    /// Characters that this text replaces.
    Sign(&'t str),
    /// A backslash and a space, of which nothing is shown.
    EscapedSpace,
}

impl<'s, 't> Scanner<'s, 't> {
    /// `None` for a text that is plain text as a whole.
    fn new(state: &'s mut State, range: &Range<usize>, kinds: u8, cx: &'s Context<'t>) -> Option<Self> {
        let text = &cx.source[range.clone()];
        let signs = cx.goldmark.typographer.as_ref();
        let signs = signs.filter(|_| kinds & SIGN != 0 && typographer::worth_looking(text));
        let links =
            cx.goldmark.linkify && !cx.in_link && kinds & ADDRESS != 0 && linkify::worth_looking(text);
        if signs.is_none() && !links && !cx.goldmark.cjk.escaped_space {
            return None;
        }
        Some(Self {
            line_end: line_end(state, range, cx),
            cx,
            state,
            at: range.start,
            end: range.end,
            signs,
            links,
            after_markup: cx.after_markup,
        })
    }

    /// The next piece. What lies between two of them is plain text.
    fn next_piece(&mut self) -> Option<Piece<'t>> {
        while self.at < self.end {
            if self.rest().starts_with(FLANK) {
                self.at += FLANK.len_utf8();
                continue;
            }
            let before = char_before(self.cx.source, self.at);
            let piece = self.link(before).or_else(|| self.sign(before));
            if let Some(piece) = piece.or_else(|| self.escaped_space()) {
                self.at = piece.range.end;
                self.after_markup = matches!(piece.kind, Kind::Sign(_));
                return Some(piece);
            }
            self.skip();
        }
        None
    }

    fn rest(&self) -> &'t str {
        &self.cx.source[self.at..self.end]
    }

    /// The next `len` bytes.
    fn piece(&self, len: usize, kind: Kind<'t>) -> Piece<'t> {
        Piece {
            range: self.at..self.at + len,
            kind,
        }
    }

    fn link(&mut self, before: char) -> Option<Piece<'t>> {
        let may_begin = std::mem::take(&mut self.after_markup) || linkify::may_follow(before);
        if !self.links || !may_begin || self.state.brackets > 0 {
            return None;
        }
        let found = linkify::marked_link_at(self.rest(), &self.cx.goldmark.linkify_protocol)?;
        let kind = Kind::Link { prefix: found.prefix };
        Some(self.piece(found.len, kind))
    }

    fn sign(&mut self, before: char) -> Option<Piece<'t>> {
        let rest = &self.cx.source[self.at..self.line_end];
        let found = typographer::replacement(rest, before, &mut self.state.quotes, self.signs?);
        let (len, sign) = found.filter(|(len, _)| self.at + len <= self.end)?;
        Some(self.piece(len, Kind::Sign(sign)))
    }

    fn escaped_space(&self) -> Option<Piece<'t>> {
        let is_there = self.cx.goldmark.cjk.escaped_space && self.rest().starts_with("\\ ");
        is_there.then(|| self.piece("\\ ".len(), Kind::EscapedSpace))
    }

    /// Goes on to the next place where a piece may begin.
    fn skip(&mut self) {
        let c = self.rest().chars().next().unwrap_or_default();
        self.state.see(c);
        self.at += c.len_utf8();
        if !linkify::may_follow(c) {
            let rest = self.rest().as_bytes();
            let next = rest.iter().position(|byte| may_matter(*byte));
            self.at += next.unwrap_or(rest.len());
        }
    }
}

/// Possible meanings of bytes, a bit for each.
const SIGN: u8 = 1;
const ADDRESS: u8 = 2;
const BRACKET: u8 = 4;
const ENTITY: u8 = 8;

/// The possible meanings of each byte.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let kind = &mut kinds[byte as usize];
        if typographer::may_replace(byte) {
            *kind |= SIGN;
        }
        if linkify::may_be_of_link(byte) {
            *kind |= ADDRESS;
        }
        if matches!(byte, b'[' | b']') {
            *kind |= BRACKET;
        }
        if byte == b'&' {
            *kind |= ENTITY;
        }
        byte += 1;
    }
    kinds
};

/// The possible meanings of the bytes of a text. Most texts are short and hold nothing: one look at them takes less time
/// than one for each kind.
fn kinds(text: &str) -> u8 {
    text.bytes()
        .fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)])
}

/// The end of the line that a text is in, with its line break; the last line of a block has none.
///
/// A line may have many texts, so that its end is kept for the next one.
fn line_end(state: &mut State, range: &Range<usize>, cx: &Context<'_>) -> usize {
    if let Some(known) = &state.line
        && known.contains(&range.end)
    {
        return known.end;
    }
    let end = find_line_end(range, cx);
    state.line = Some(range.end..end);
    end
}

fn find_line_end(range: &Range<usize>, cx: &Context<'_>) -> usize {
    let rest = &cx.source[range.end..];
    let length = memchr(b'\n', rest.as_bytes());
    work::step(length.unwrap_or(rest.len()));
    let Some(length) = length else {
        return cx.source.len();
    };
    let end = range.end + length;
    if cx.block_end >= range.end && cx.block_end <= end {
        return cx.block_end;
    }
    let next = cx.source[end + 1..].lines().next().unwrap_or_default();
    work::step(next.len());
    let goes_on = lines::goes_on(next.trim_start_matches([' ', '>']));
    if goes_on { end + 1 } else { end }
}

/// Adds the text before a piece of markup to a heading's id, and the sign of the markup, if it has one.
fn end_piece(tree: &mut Tree, state: &mut State, text: &str, sign: &str) {
    state.id(|id| {
        id.source(text);
        id.sign(sign);
    });
    tree.text(&plain_text(text));
}

/// A text of the source with its entities resolved, which it holds if it began with an address.
fn plain_text(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_some() {
        Cow::Owned(text.replace("&amp;", "&"))
    } else {
        Cow::Borrowed(text)
    }
}

fn push_link(tree: &mut Tree, text: &str, prefix: &str) {
    let text = text.replace(FLANK, "");
    let link = Element::new("a", By::Markdown).attr("href", format!("{prefix}{text}"));
    tree.push(link.with(vec![Node::text(text)]));
}

/// Returns true for a byte that may be something else than plain text, or behind which a link may begin.
fn may_matter(byte: u8) -> bool {
    matches!(byte, b'[' | b']' | b'\\')
        || typographer::may_replace(byte)
        || linkify::may_follow(char::from(byte))
}

fn char_before(source: &str, at: usize) -> char {
    source[..at].chars().rev().find(|c| *c != FLANK).unwrap_or('\n')
}
