//! Fences: those that pulldown-cmark reads otherwise than CommonMark, and those that are never closed.
//!
//! A fence that nobody closed is no mistake to Markdown: the code goes on to the fence that was meant to close the next
//! block, or to the end of the page, the list item or the quote. To a reader it is one, because headings and paragraphs are
//! shown as code.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};

use super::lines::{fence, lines};
use crate::diag::{Code, Diagnostic};
use crate::markup::range_map::RangeMap;

/// Puts spaces for the tabs behind a fence that ends a block of code. CommonMark allows both there; pulldown-cmark reads
/// on, and the rest of the page is code. `None` when there are none.
pub(super) fn replace_tabs(text: &str, map: &RangeMap) -> Option<(String, RangeMap)> {
    let mut tabs = memchr_iter(b'\t', text.as_bytes());
    if !tabs.any(|at| text[..at].trim_end_matches(' ').ends_with(['`', '~'])) {
        return None;
    }
    let mut out = text.to_owned();
    for line in lines(text).filter(|line| line.closes_code) {
        let end = line.start + line.text.len();
        let gap = text[end..]
            .bytes()
            .take_while(|byte| matches!(byte, b' ' | b'\t'));
        let gap = gap.count();
        out.replace_range(end..end + gap, &" ".repeat(gap));
    }
    (out != text).then(|| (out, map.clone()))
}

/// The mistake in the fences of the block of code at `block` of `source`, if there is one.
pub(super) fn check(source: &str, block: &Range<usize>, map: &RangeMap) -> Option<Diagnostic> {
    let text = source[block.clone()].trim_end();
    let (opening, code) = text.split_once('\n').unwrap_or((text, ""));
    let fence = fence(content(opening)).unwrap_or_default();
    let place = |line: &str| {
        let start = line.as_ptr() as usize - source.as_ptr() as usize;
        map.span(start..start + line.len())
    };
    let finding = |message| {
        Diagnostic::warning(Code::UnclosedFence, place(opening), message).help(format!(
            "add a line with {fence} alone, indented as the one that opens it"
        ))
    };
    let (body, last) = code.rsplit_once('\n').unwrap_or(("", code));
    let closed = closes(last, fence);
    let inside = if closed { body } else { code };
    if let Some(next) = lines_with(inside, fence).find(|line| opens(line, fence)) {
        let finding = finding("this block of code is not closed before the next one begins");
        return Some(match place(next) {
            Some(next) => finding.label(next, "this is taken for code of the first one"),
            None => finding,
        });
    }
    (!closed).then(|| finding("this block of code is never closed"))
}

/// The lines of the code that have the signs of its fence, which few have.
fn lines_with<'c>(code: &'c str, fence: &'c str) -> impl Iterator<Item = &'c str> {
    let sign = fence.bytes().next().unwrap_or_default();
    // A search for a whole fence takes longer to begin than one for its sign takes to end.
    let some = memchr(sign, code.as_bytes()).into_iter();
    some.flat_map(move |_| memmem::find_iter(code.as_bytes(), fence))
        .map(|at| {
            let start = code[..at].rfind('\n').map_or(0, |before| before + 1);
            content(code[start..].lines().next().unwrap_or_default())
        })
}

/// The line without the prefix of the quotes and list items around it.
fn content(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t']).trim_end()
}

/// Returns true for a line that looks like the beginning of another block, with the name of a language.
fn opens(line: &str, opening: &str) -> bool {
    fence(line).is_some_and(|fence| {
        let name = &line[fence.len()..];
        fence.starts_with(opening) && name.starts_with(char::is_alphabetic) && !name.contains('`')
    })
}

fn closes(line: &str, opening: &str) -> bool {
    let line = content(line);
    line.starts_with(opening) && fence(line) == Some(line)
}
