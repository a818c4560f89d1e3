//! The lines of a Markdown text, for what changes a text before it is parsed.
//!
//! Only [`blocks`] knows the blocks that the lines make; all else is told from the lines themselves.

use std::ops::Range;

use memchr::{memchr, memrchr};
use pulldown_cmark::{Event, Options, Parser, Tag};

/// A line of a text.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// Where it starts in the text.
    pub start: usize,
    /// As it stands there, without white space at its end.
    pub text: &'t str,
    /// Without the quote signs and list markers before it, and without white space around it.
    pub content: &'t str,
    /// Whether it belongs to a block of code between fences, which count as well.
    pub is_fenced: bool,
}

/// The lines of a text in their order.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut opened: Option<&str> = None;
    let mut next = 0;
    text.split_inclusive('\n').map(move |whole| {
        let start = next;
        next += whole.len();
        let content = without_containers(whole);
        let is_fenced = match (opened, fence(content)) {
            (None, opening) => {
                opened = opening;
                opening.is_some()
            }
            (Some(opening), Some(closing)) if closing.starts_with(opening) && closing == content => {
                opened = None;
                true
            }
            (Some(_), _) => true,
        };
        Line {
            start,
            text: whole.trim_end(),
            content,
            is_fenced,
        }
    })
}

/// The fence that a line begins with: three or more backticks or tildes. Behind backticks there are no others, or they
/// would be code within a line.
pub(super) fn fence(content: &str) -> Option<&str> {
    let sign = content.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = content.trim_start_matches(sign);
    let fence = &content[..content.len() - rest.len()];
    (fence.len() >= 3 && !(sign == '`' && rest.contains('`'))).then_some(fence)
}

/// A line without the quote signs and list markers before it, and without white space around it.
pub(super) fn without_containers(line: &str) -> &str {
    let mut rest = line.trim();
    loop {
        let inner = match (rest.strip_prefix('>'), content_of_item(rest)) {
            (Some(quoted), _) => quoted,
            (None, Some(width)) => &rest[width..],
            (None, None) => return rest,
        };
        rest = inner.trim_start();
    }
}

/// The lines that hold `|` and nothing that delimiter rows of tables do not, `> |---|:-:|`, and where they start.
pub(super) fn lines_like_delimiter_rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut next = 0;
    let lines = std::iter::from_fn(move || {
        let at = next + memchr(b'|', &bytes[next..])?;
        let start = memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        next = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
        Some((start, &text[start..next]))
    });
    lines.filter(|(_, line)| line.bytes().all(may_be_in_delimiter_row))
}

/// Whether a byte may be part of a delimiter row, or of the quote signs and list markers before it.
fn may_be_in_delimiter_row(byte: u8) -> bool {
    matches!(
        byte,
        b'|' | b'-' | b':' | b'>' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9'
    ) || byte.is_ascii_whitespace()
}

/// `|---|:-:|`: whether a line without the quote signs before it can be the delimiter row of a table.
pub(super) fn is_delimiter_row(row: &str) -> bool {
    row.contains('|') && row.contains('-') && row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The blocks of a text, as Markdown with `options` sees them, whose tag is `wanted`.
pub(super) fn blocks(text: &str, options: Options, wanted: impl Fn(&Tag<'_>) -> bool) -> Vec<Range<usize>> {
    Parser::new_ext(text, options)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(tag) if wanted(tag)))
        .map(|(_, range)| range)
        .collect()
}

/// Whether a line goes on with a paragraph: it is not empty and begins no other block.
pub(super) fn goes_on(line: &str) -> bool {
    let text = line.trim_start();
    !text.is_empty()
        && indentation(line) < 4
        && !line.starts_with('\t')
        && content_of_item(line).is_none()
        && !text.starts_with(['>', '#', '<'])
        && fence(text).is_none()
}

/// The spaces that a line begins with.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where the text of a list item begins on its first line; `None` for a line that begins no item.
pub(super) fn content_of_item(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    let after = match rest.trim_start_matches(|c: char| c.is_ascii_digit()) {
        numbered if numbered.len() < rest.len() => numbered.strip_prefix(['.', ')'])?,
        _ => rest.strip_prefix(['-', '*', '+'])?,
    };
    let text = after.trim_start_matches(' ');
    let spaces = after.len() - text.len();
    (spaces > 0 && !text.is_empty()).then(|| line.len() - after.len() + if spaces > 4 { 1 } else { spaces })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fenced(text: &str) -> String {
        lines(text)
            .map(|line| if line.is_fenced { '#' } else { '.' })
            .collect()
    }

    #[test]
    fn a_block_of_code_ends_with_a_fence_like_its_first() {
        assert_eq!(fenced("a\n```sh\nb\n```\nc\n"), ".###.");
        assert_eq!(fenced("````\n```\nb\n```\n````\nc"), "#####.");
        assert_eq!(fenced("~~~\n```\n~~~\n```\n"), "####");
        assert_eq!(fenced("```sh\n```go\n```\nc\n"), "###.");
        assert_eq!(fenced("```a```\n`` b\nc\n"), "...");
    }

    #[test]
    fn code_may_be_in_quotes_and_list_items() {
        assert_eq!(fenced("> ```\n> a\n> ```\nb\n"), "###.");
        assert_eq!(fenced("1. ```\n   a\n   ```\nb\n"), "###.");
        assert_eq!(fenced("> - ~~~\n>   a\n>   ~~~\nb\n"), "###.");
    }

    #[test]
    fn lines_know_where_they_start_and_what_they_say() {
        let found: Vec<_> = lines("> - a \r\nb")
            .map(|line| (line.start, line.content))
            .collect();
        assert_eq!(found, [(0, "a"), (8, "b")]);
    }
}
