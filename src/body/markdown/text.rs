//! Text between the markup: links without markup, quotes and dashes.

use std::ops::Range;

use crate::body::dom::{By, Element, Node};
use crate::body::marks::FLANK;
use crate::body::tree::Tree;
use crate::body::{linkify, typographer};
use crate::config::Goldmark;

/// What the treatment of a text needs to know of the text around it.
pub(super) struct Context<'t> {
    /// The whole source.
    pub(super) source: &'t str,
    /// The switches.
    pub(super) goldmark: &'t Goldmark,
    /// Whether the text is inside a link.
    pub(super) in_link: bool,
}

/// Adds the text at `range` of the source, which Markdown left as it is.
pub(super) fn push(tree: &mut Tree, open: &mut typographer::Open, range: Range<usize>, cx: &Context<'_>) {
    let text = &cx.source[range.clone()];
    let typographer = cx
        .goldmark
        .typographer
        .as_ref()
        .filter(|_| typographer::worth_looking(text));
    let links = cx.goldmark.linkify && !cx.in_link && linkify::worth_looking(text);
    if typographer.is_none() && !links {
        tree.text(text);
        return;
    }
    let line_end = cx.source[range.end..]
        .find('\n')
        .map_or(cx.source.len(), |at| range.end + at + 1);
    let mut at = range.start;
    let mut plain = range.start;
    while at < range.end {
        let before = char_before(cx.source, at);
        if links
            && linkify::may_follow(before)
            && let Some(found) = linkify::link_at(&cx.source[at..range.end], &cx.goldmark.linkify_protocol)
        {
            tree.text(&cx.source[plain..at]);
            push_link(tree, &cx.source[at..at + found.len], &found.prefix);
            at += found.len;
            plain = at;
            continue;
        }
        if let Some(texts) = typographer
            && let Some((len, with)) = typographer::replacement(&cx.source[at..line_end], before, open, texts)
            && at + len <= range.end
        {
            tree.text(&cx.source[plain..at]);
            tree.text(with);
            at += len;
            plain = at;
            continue;
        }
        at += cx.source[at..].chars().next().map_or(1, char::len_utf8);
    }
    tree.text(&cx.source[plain..range.end]);
}

fn push_link(tree: &mut Tree, text: &str, prefix: &str) {
    let link = Element::new("a", By::Markdown).attr("href", format!("{prefix}{text}"));
    tree.push(link.with(vec![Node::text(text)]));
}

fn char_before(source: &str, at: usize) -> char {
    source[..at].chars().rev().find(|c| *c != FLANK).unwrap_or('\n')
}
