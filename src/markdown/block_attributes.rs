//! Attribute lists on a line of their own behind a block, if the site switches them on:
//! `markup.goldmark.parser.attribute.block`.
//!
//! Markdown would read such a line as more of the block's text. In a comment it is a block of its own, which the reader
//! recognises. A list behind no block has no effect.

use super::attributes::{self, Attributes};
use super::lines::lines;
use crate::markup::range_map::RangeMap;

const BEGIN: &str = "<!--=";
/// Before a list behind no block.
const LONE: &str = "<!--~";
const END: &str = "-->";

/// Puts attribute lists into comments. `None` when there is none.
pub(super) fn mark(text: &str, map: &RangeMap) -> Option<(String, RangeMap)> {
    let lists = lists(text);
    if lists.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + lists.len() * (BEGIN.len() + END.len()));
    let (mut insertions, mut at) = (Vec::new(), 0);
    for (start, end, begin) in lists {
        insertions.extend([(start, begin.len()), (end, END.len())]);
        out.push_str(&text[at..start]);
        out.push_str(begin);
        out.push_str(&text[start..end]);
        out.push_str(END);
        at = end;
    }
    out.push_str(&text[at..]);
    Some((out, map.clone().with_insertions(insertions)))
}

/// The list that a comment made by [`mark`] holds.
pub(super) fn marked(html: &str) -> Option<Attributes> {
    attributes::parse(html.trim().strip_prefix(BEGIN)?.strip_suffix(END)?)
}

/// Start and end of each attribute list alone on a line, outside of code, and the opening of its comment.
fn lists(text: &str) -> Vec<(usize, usize, &'static str)> {
    let (mut found, mut after_text) = (Vec::new(), false);
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        let list = line
            .text
            .trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        let start = line.start + line.text.len() - list.len();
        if list.starts_with('{')
            && !line.is_fenced
            && (after_text || lines.peek().is_none_or(|next| next.content.is_empty()))
            && attributes::parse(list).is_some()
        {
            let begin = if after_text { BEGIN } else { LONE };
            found.push((start, start + list.len(), begin));
        }
        after_text = !list.is_empty();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lists_behind_a_block_are_marked() {
        let text = "para\n{.a}\n\n{.b}\n```\nx\n{.c}\n```\n> q\n> {#d}\n{{x}}\n\n{.e}\n";
        let (marked, _) = mark(text, &RangeMap::default()).unwrap();
        assert_eq!(
            marked,
            "para\n<!--={.a}-->\n\n{.b}\n```\nx\n{.c}\n```\n> q\n> <!--={#d}-->\n{{x}}\n\n<!--~{.e}-->\n"
        );
        assert!(mark("{a}\n", &RangeMap::default()).is_none());
    }
}
