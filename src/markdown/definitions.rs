//! Definition lists, where pulldown-cmark differs from Hugo's Markdown.

use memchr::memchr_iter;

use super::lines::{content_of_item, indentation};
use crate::markup::dom::{Element, Node};

/// Adds the places where a mark keeps a line such as `:smile: to all` from being read as a definition, which needs white
/// space behind its colon, and none before it. A colon alone on its line begins none.
pub(super) fn separate_colons(text: &str, positions: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    positions.extend(memchr_iter(b':', bytes).filter(|at| {
        // Most stand behind a word.
        if *at > 0 && !matches!(bytes[at - 1], b'\n' | b' ' | b'\t' | b'>') {
            return false;
        }
        let before = text[..*at].trim_end_matches([' ', '\t', '>']);
        if !before.is_empty() && !before.ends_with('\n') {
            return false;
        }
        match text[at + 1..].chars().next() {
            None | Some('\n' | '\r') => true,
            Some(c) if c.is_whitespace() => is_indented(before, &text[before.len()..*at]),
            // `:--` may align the columns of a table.
            Some(c) => c != '-',
        }
    }));
}

/// Returns true if a colon with `before` before it on its line is further right than the beginning of the text `above`
/// it.
fn is_indented(above: &str, before: &str) -> bool {
    if before.is_empty() || !before.bytes().all(|byte| byte == b' ') {
        return false;
    }
    let mut lines = above.trim_end_matches('\n').rsplit('\n');
    let mut margin = usize::MAX;
    for line in lines.by_ref().take_while(|line| !line.trim().is_empty()) {
        if let Some(text) = content_of_item(line) {
            return before.len() > text;
        }
        margin = margin.min(indentation(line));
    }
    // A term that is indented itself may go on with an item of a list.
    let outer = lines.find(|line| !line.trim().is_empty() && indentation(line) < margin);
    let is_item = outer.and_then(content_of_item).is_some_and(|text| text <= margin);
    before.len() > if is_item { margin } else { 0 }
}

/// Returns true if the definition at `start` follows the line above without a gap.
pub(super) fn is_tight(source: &str, start: usize) -> bool {
    let line = source[..start].rfind('\n').unwrap_or(0);
    let above = source[..line].rsplit('\n').next().unwrap_or_default();
    !above.trim_matches(['>', ' ', '\t', '\r']).is_empty()
}

/// Replaces the only paragraph of a definition by its content.
pub(super) fn unwrap(definition: &mut Element) {
    if let [Node::Element(only)] = definition.children.as_mut_slice()
        && only.name == "p"
    {
        definition.children = std::mem::take(&mut only.children);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_makes_a_definition() {
        let mut positions = Vec::new();
        separate_colons("a\n:b\n: c\n> :d\n:--|--:\n:", &mut positions);
        assert_eq!(positions, [2, 11, 22]);
    }

    #[test]
    fn a_colon_further_right_than_its_term_makes_no_definition() {
        let separated = |text: &str| {
            let mut positions = Vec::new();
            separate_colons(text, &mut positions);
            positions
        };
        assert_eq!(separated("a\n : b"), [3]);
        assert_eq!(separated("x\n\n  a\n  : b"), [9]);
        assert_eq!(separated("a\nb\n\n  : c"), [7]);
        for text in ["a\n: b", "1. a\n   : b", "1. a\n\n   b\n   : c", "> a\n> : b"] {
            assert!(separated(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_gap_above_makes_a_definition_loose() {
        assert!(is_tight("a\n: b", 2) && !is_tight("a\n\n: b", 3));
    }
}
