//! Attribute lists on a line of their own behind a block, where the site switches them on:
//! `markup.goldmark.parser.attribute.block`.
//!
//! Markdown would read such a line as more of the block's text. In a comment it is a block of its own, which the reader
//! takes for what it is. A list that stands behind no block means nothing, and nobody sees it.

use super::attributes::{self, Attributes};
use crate::body::range_map::RangeMap;

const BEGIN: &str = "<!--=";
/// Before a list behind no block; as long as the other.
const LONE: &str = "<!--~";
const END: &str = "-->";

/// Puts attribute lists into comments. `None` when there is none.
pub(super) fn mark(text: &str, map: &RangeMap) -> Option<(String, RangeMap)> {
    let lists = lists(text);
    if lists.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + lists.len() * (BEGIN.len() + END.len()));
    let (mut begins, mut ends, mut at) = (Vec::new(), Vec::new(), 0);
    for (start, end, begin) in lists {
        begins.push(start);
        ends.push(end + begins.len() * BEGIN.len());
        out.push_str(&text[at..start]);
        out.push_str(begin);
        out.push_str(&text[start..end]);
        out.push_str(END);
        at = end;
    }
    out.push_str(&text[at..]);
    let map = map.clone().with_insertions(&begins, BEGIN.len());
    Some((out, map.with_insertions(&ends, END.len())))
}

/// The list that a comment made by [`mark`] holds.
pub(super) fn marked(html: &str) -> Option<Attributes> {
    attributes::parse(html.trim().strip_prefix(BEGIN)?.strip_suffix(END)?)
}

/// Where lists begin and end, and what is put before them: alone on a line, outside of code.
fn lists(text: &str) -> Vec<(usize, usize, &'static str)> {
    let (mut found, mut fence, mut after_text, mut at) = (Vec::new(), None, false, 0);
    let is_blank =
        |line: Option<&&str>| line.is_none_or(|line| line.trim_matches(['>', ' ', '\t']).trim().is_empty());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let content = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        let start = at + line.len() - content.len();
        let content = content.trim_end();
        let ticks = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark));
        match (fence, ticks) {
            (None, Some(_)) => fence = ticks,
            (Some(open), Some(close)) if open == close => fence = None,
            (None, None)
                if content.starts_with('{')
                    && (after_text || is_blank(lines.peek()))
                    && attributes::parse(content).is_some() =>
            {
                let begin = if after_text { BEGIN } else { LONE };
                found.push((start, start + content.len(), begin));
            }
            _ => {}
        }
        after_text = !content.is_empty();
        at += line.len();
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
