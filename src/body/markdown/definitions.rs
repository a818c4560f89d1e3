//! Definition lists: what pulldown-cmark sees otherwise than Hugo's Markdown.

use memchr::memchr_iter;

use crate::body::dom::{Element, Node};

/// Adds the places where a mark keeps a line such as `:smile: to all` from being read as a definition, which needs white
/// space behind its colon.
pub(super) fn separate_colons(text: &str, positions: &mut Vec<usize>) {
    positions.extend(memchr_iter(b':', text.as_bytes()).filter(|at| {
        let before = text[..*at].trim_end_matches([' ', '\t', '>']);
        let next = text[at + 1..].chars().next();
        // `:--` may align the columns of a table.
        let word = next.is_some_and(|c| !c.is_whitespace() && c != '-');
        word && (before.is_empty() || before.ends_with('\n'))
    }));
}

/// Whether the definition at `start` follows the line above without a gap.
pub(super) fn is_tight(source: &str, start: usize) -> bool {
    let line = source[..start].rfind('\n').unwrap_or(0);
    let above = source[..line].rsplit('\n').next().unwrap_or_default();
    !above.trim_matches(['>', ' ', '\t', '\r']).is_empty()
}

/// Takes the only paragraph of a definition away.
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
        assert_eq!(positions, [2, 11]);
    }

    #[test]
    fn a_gap_above_makes_a_definition_loose() {
        assert!(is_tight("a\n: b", 2) && !is_tight("a\n\n: b", 3));
    }
}
