//! Text between the markup: links without markup, quotes and dashes.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::id_text::IdText;
use super::lines;
use super::work;
use crate::config::Goldmark;
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
    /// True if the text comes after markup, where a URL may begin whatever the character before it.
    pub(super) after_markup: bool,
    /// End of the block's text, as far as it is known.
    pub(super) block_end: usize,
}

/// State that one text leaves for the next.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Open quotes in all blocks before: Hugo's Markdown forgets none.
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
            quotes: self.quotes,
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
    let holds = kinds(text);
    let typographer = cx.goldmark.typographer.as_ref();
    let typographer = typographer.filter(|_| holds & SIGN != 0 && typographer::worth_looking(text));
    let links = cx.goldmark.linkify && !cx.in_link && holds & ADDRESS != 0 && linkify::worth_looking(text);
    if typographer.is_none() && !links && !cx.goldmark.cjk.escaped_space {
        if holds & BRACKET != 0 {
            text.bytes().for_each(|byte| state.see(char::from(byte)));
        }
        state.id(|id| id.source(text));
        if holds & ENTITY == 0 {
            tree.text(text);
        } else {
            tree.text(&plain_text(text));
        }
        return;
    }
    let line_end = line_end(state, &range, cx);
    let mut at = range.start;
    let mut plain = range.start;
    let mut after_markup = cx.after_markup;
    while at < range.end {
        if cx.source[at..range.end].starts_with(FLANK) {
            at += FLANK.len_utf8();
            continue;
        }
        let before = char_before(cx.source, at);
        let may_begin = std::mem::take(&mut after_markup) || linkify::may_follow(before);
        if links
            && may_begin
            && state.brackets == 0
            && let Some(found) = linkify::link_at(&cx.source[at..range.end], &cx.goldmark.linkify_protocol)
        {
            end_piece(tree, state, &cx.source[plain..at], "");
            push_link(tree, &plain_text(&cx.source[at..at + found.len]), &found.prefix);
            at += found.len;
            plain = at;
            continue;
        }
        if let Some(texts) = typographer
            && let Some((len, with)) =
                typographer::replacement(&cx.source[at..line_end], before, &mut state.quotes, texts)
            && at + len <= range.end
        {
            end_piece(tree, state, &cx.source[plain..at], with);
            tree.text(with);
            at += len;
            plain = at;
            after_markup = true;
            continue;
        }
        if cx.goldmark.cjk.escaped_space && cx.source[at..range.end].starts_with("\\ ") {
            tree.text(&plain_text(&cx.source[plain..at]));
            at += "\\ ".len();
            plain = at;
            continue;
        }
        let c = cx.source[at..].chars().next().unwrap_or_default();
        state.see(c);
        at += c.len_utf8();
        if !linkify::may_follow(c) {
            let rest = &cx.source.as_bytes()[at..range.end];
            at += rest
                .iter()
                .position(|byte| may_matter(*byte))
                .unwrap_or(rest.len());
        }
    }
    let rest = &cx.source[plain..range.end];
    state.id(|id| id.source(rest));
    tree.text(&plain_text(rest));
}

/// Possible roles of bytes in a text, one bit each.
const SIGN: u8 = 1;
const ADDRESS: u8 = 2;
const BRACKET: u8 = 4;
const ENTITY: u8 = 8;

/// The possible roles of each byte.
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

/// The possible roles of the bytes of a text. Most texts are short and have none: one look at them takes less time than
/// one for each role.
fn kinds(text: &str) -> u8 {
    text.bytes()
        .fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)])
}

/// End of the line that a text is in, with its line break; the last line of a block has none.
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
        id.plain(sign);
        id.end_piece();
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
    let link = Element::new("a", By::Markdown).attr("href", format!("{prefix}{text}"));
    tree.push(link.with(vec![Node::text(text)]));
}

/// Returns true if a byte may be something else than plain text, or a link may begin behind it.
fn may_matter(byte: u8) -> bool {
    matches!(byte, b'[' | b']' | b'\\')
        || typographer::may_replace(byte)
        || linkify::may_follow(char::from(byte))
}

fn char_before(source: &str, at: usize) -> char {
    source[..at].chars().rev().find(|c| *c != FLANK).unwrap_or('\n')
}
