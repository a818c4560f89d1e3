//! The end of a call that nobody closes: that of the construct it stands in, so that it never takes the rest of a page.

use std::ops::Range;

use crate::parse::lines::{content, fence, indentation, marker, prefix};

/// The place where the text of the call ends whose opening tag is at `tag`: the end of the cell, heading, list item,
/// quote or paragraph. A tag that stands alone on its line reaches to the next heading.
pub(super) fn reach(text: &str, tag: &Range<usize>) -> usize {
    let start = text[..tag.start].rfind('\n').map_or(0, |at| at + 1);
    let end = line_end(text, tag.end);
    let line = &text[start..end];
    if let Some(cell) = end_of_cell(text, start, tag.end, end) {
        return cell;
    }
    let before = line[..tag.start - start].trim_start();
    if content(line).starts_with('#') && !before.is_empty() {
        return trimmed(text, end);
    }
    if before.starts_with('>') {
        return last_line(text, end, |line| line.trim_start().starts_with('>'));
    }
    let in_item = |column: usize| {
        last_line(text, end, |line| {
            line.trim().is_empty() || indentation(line) >= column
        })
    };
    match marker(before) {
        Some(_) => in_item(prefix(line)),
        None if before.is_empty() && indentation(line) > 0 => in_item(indentation(line)),
        None if before.is_empty() && text[tag.end..end].trim().is_empty() => before_next_heading(text, end),
        None => last_line(text, end, |line| !line.trim().is_empty()),
    }
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |len| at + len + 1)
}

/// The end of the last of the lines from `from` on that are `inside`, without the white space behind it.
fn last_line(text: &str, from: usize, inside: impl Fn(&str) -> bool) -> usize {
    let mut end = from;
    while end < text.len() {
        let next = line_end(text, end);
        if !inside(&text[end..next]) {
            break;
        }
        end = next;
    }
    trimmed(text, end)
}

/// `end` before the line breaks and blanks in front of it.
fn trimmed(text: &str, end: usize) -> usize {
    text[..end].trim_end().len()
}

/// The end of the text from `from` up to the next heading. What an author forgets to close is often a box at the end of
/// a part, and its text may be a solution.
fn before_next_heading(text: &str, from: usize) -> usize {
    let (mut at, mut open) = (from, None);
    while at < text.len() {
        let next = line_end(text, at);
        let line = content(&text[at..next]);
        match open {
            Some(opening) if line.starts_with(opening) => open = None,
            Some(_) => {}
            None if is_heading(&text[at..next]) => break,
            None => open = fence(line),
        }
        at = next;
    }
    trimmed(text, at)
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (1..=6).contains(&level) && rest.starts_with(char::is_whitespace)
}

/// The end of the cell that a tag ends in at `at`, where the line from `start` to `end` is one of a table.
fn end_of_cell(text: &str, start: usize, at: usize, end: usize) -> Option<usize> {
    let is_row = |line: &str| line.contains('|');
    if !is_row(&text[start..at]) && !text[at..end].contains('|') {
        return None;
    }
    let above = text[..start].lines().rev().take_while(|line| is_row(line));
    let below = text[end..].lines().take(1);
    if !above.chain(below).any(is_delimiter_row) {
        return None;
    }
    let cell = text[at..end].find('|').unwrap_or(end - at);
    Some(trimmed(text, at + cell).max(at))
}

/// Returns true for the row of hyphens below the head of a table.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | '>') || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text behind the tag `{{T}}`, up to where its call ends.
    fn reached(text: &str) -> &str {
        let at = text.find("{{T}}").unwrap();
        let tag = at..at + 5;
        &text[tag.end..reach(text, &tag)]
    }

    #[test]
    fn a_call_ends_with_its_construct() {
        for (text, inner) in [
            ("a {{T}} b\nc\n\nd", " b\nc"),
            ("{{T}}\nb\n\nc\n## d", "\nb\n\nc"),
            ("{{T}}\n\nb\n#c", "\n\nb\n#c"),
            ("{{T}}\n\n## b\nc", ""),
            ("{{T}}\n```\n# b\n```\nc\n# d", "\n```\n# b\n```\nc"),
            ("- a {{T}}\n  b\n\n  c\n- d", "\n  b\n\n  c"),
            ("- a\n  {{T}}\n  b\n- d", "\n  b"),
            ("> {{T}}\n> b\n\nc", "\n> b"),
            ("## a {{T}} b\nc", " b"),
            ("| a |\n|---|\n| {{T}} b | c |\n", " b"),
            ("| {{T}} b | c |\n|---|---|\n", " b"),
            ("{{T}}", ""),
        ] {
            assert_eq!(reached(text), inner, "{text:?}");
        }
    }
}
