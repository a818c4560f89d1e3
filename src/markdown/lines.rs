//! The lines of a Markdown text, for steps before parsing.
//!
//! Fences, quotes and list items are told from the lines themselves, without the parser.

use super::work;
pub(super) use crate::parse::lines::fence;

/// A line of a text.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// Its first byte in the text.
    pub start: usize,
    /// The line without white space at its end.
    pub text: &'t str,
    /// The line without the quote signs and list markers before it, and without white space around it.
    pub content: &'t str,
    /// True for a line of a block of code between fences, and for the fences.
    pub is_fenced: bool,
    /// True for the fence that closes a block of code.
    pub closes_code: bool,
}

/// The lines of a text in their order.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut opened: Option<&str> = None;
    let mut next = 0;
    text.split_inclusive('\n').map(move |whole| {
        let start = next;
        next += whole.len();
        let content = without_containers(whole);
        let found = fence(content);
        let closes_code = opened
            .is_some_and(|opening| found.is_some_and(|fence| fence.starts_with(opening) && fence == content));
        let is_fenced = opened.is_some() || found.is_some();
        opened = if closes_code { None } else { opened.or(found) };
        work::step(whole.len());
        Line {
            start,
            text: whole.trim_end(),
            content,
            is_fenced,
            closes_code,
        }
    })
}

/// A line without the quote signs and list markers before it, and without white space around it.
fn without_containers(line: &str) -> &str {
    let line = line.trim();
    &line[containers(line)..]
}

/// The number of bytes at the beginning of a line that open quotes and list items.
pub(crate) fn containers(line: &str) -> usize {
    let mut len = 0;
    loop {
        let rest = line[len..].trim_start();
        len = line.len() - rest.len();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match rest.as_bytes().get(digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 => 2,
            Some(b'.' | b')') if digits > 0 => digits + 2,
            _ => return len,
        };
        if marker > 1 && !matches!(rest.as_bytes().get(marker - 1), Some(b' ' | b'\t')) {
            return len;
        }
        len += marker;
    }
}

/// Returns true for a line that goes on with a paragraph: it is not empty and begins no other block.
pub(crate) fn goes_on(line: &str) -> bool {
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

/// The column at which the text of a list item begins on its first line; `None` for a line that begins no item.
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
