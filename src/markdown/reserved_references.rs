//! References to the characters that stand for calls, `&#x100000;`.
//!
//! Markdown turns them into the characters when no one can tell any more who wrote them. So they become references to
//! the replacement character before, of equal length. In code they are not references, and stay.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::diag::Diagnostics;
use crate::markup::range_map::RangeMap;
use crate::source::reserved;

/// As long as the references that it replaces, which have six digits or seven without an `x`.
const REPLACED: &str = "&#x00FFFD;";

/// The text without such references; `None` when there are none.
pub(super) fn replace(
    text: &str,
    map: &RangeMap,
    options: Options,
    diagnostics: &mut Diagnostics,
) -> Option<(String, RangeMap)> {
    // Longer ones and those without a semicolon are text to Markdown. HTML replaces its own.
    let is_whole = |range: &Range<usize>| range.len() == REPLACED.len() && text[range.clone()].ends_with(';');
    let mut references = reserved::references(text).filter(is_whole).peekable();
    references.peek()?;
    let code = code(text, options);
    let is_code = |at: usize| {
        let after = code.partition_point(|range| range.end <= at);
        code.get(after).is_some_and(|range| range.start <= at)
    };
    let mut out = text.to_owned();
    for range in references.filter(|range| !is_code(range.start)) {
        if out == text {
            diagnostics.push(reserved::finding(map.span(range.clone())));
        }
        out.replace_range(range, REPLACED);
    }
    (out != text).then(|| (out, map.clone()))
}

/// The ranges of code, in order.
fn code(text: &str, options: Options) -> Vec<Range<usize>> {
    let mut in_block = false;
    let events = Parser::new_ext(text, options).into_offset_iter();
    events
        .filter_map(|(event, range)| {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                    in_block = true;
                }
                Event::End(TagEnd::CodeBlock) => in_block = false,
                Event::Code(_) => return Some(range),
                Event::Text(_) if in_block => return Some(range),
                _ => {}
            }
            None
        })
        .collect()
}
