//! Numbers of pages on their level, as books count chapters: shown where the author put the pages into an order and did
//! not number the titles already.

use crate::graph::{Graph, PageId};

use super::page_links::title;

/// Maximum number of letters before the number in a title: `Part 1`, `Exercise 2`, `第3章`.
const LABEL: usize = 12;
/// Maximum length of a level that is counted: nobody looks for page 120 by its number.
const MAX_NUMBER: usize = 99;

/// The numbers of a level below the page with the number `above`, empty if the level is not counted.
pub(super) fn numbers(graph: &Graph, level: &[PageId], above: &str) -> impl Fn(usize) -> String {
    let counted = are_counted(graph, level);
    move |at| match above {
        _ if !counted => String::new(),
        "" => (at + 1).to_string(),
        _ => format!("{above}.{}", at + 1),
    }
}

/// Returns true if the pages of a level are counted: every one has a weight, and few titles have a number of their own.
fn are_counted(graph: &Graph, level: &[PageId]) -> bool {
    let pages = level.iter().map(|id| graph.page(*id));
    if level.len() < 2 || level.len() > MAX_NUMBER || !pages.clone().all(|page| page.front.weight != 0) {
        return false;
    }
    let numbered = pages.filter(|page| has_number(title(page)) || page.nav.pre.contains(char::is_numeric));
    numbered.count() * 4 < level.len()
}

/// Returns true for each title whose own number continues that of a title before it, as `Part 1-2` does after `Part 1`:
/// the level is flat, and the author means it nested.
pub(super) fn are_below(titles: &[&str]) -> Vec<bool> {
    let mut above = None;
    let below = titles.iter().map(|title| {
        let own = own_number(title);
        let (label, number) = own.unwrap_or_default();
        let is_below = above.is_some_and(|(other, first)| label == other && continues(number, first));
        if !is_below {
            above = own;
        }
        is_below
    });
    below.collect()
}

/// The label and the number that a title begins with: `Part` and `1-2`.
fn own_number(title: &str) -> Option<(&str, &str)> {
    let start = title.find(|c: char| c.is_ascii_digit())?;
    let (label, rest) = (title[..start].trim(), &title[start..]);
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '-' && c != '.')
        .unwrap_or(rest.len());
    let short = label.chars().count() <= LABEL && label.chars().all(char::is_alphabetic);
    short.then(|| (label, rest[..end].trim_end_matches(['-', '.'])))
}

/// Returns true if `number` is one level below `first`: `1-2` and `1`.
fn continues(number: &str, first: &str) -> bool {
    let rest = number
        .strip_prefix(first)
        .and_then(|rest| rest.strip_prefix(['-', '.']));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()))
}

/// Returns true if a title begins with a number, or with one word and a number.
fn has_number(title: &str) -> bool {
    let Some((label, _)) = title.split_once(|c: char| c.is_numeric()) else {
        return false;
    };
    let label = label.trim();
    label.chars().count() <= LABEL && label.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_titles_nest_a_flat_level() {
        let titles = [
            "Intro",
            "Part 1: A",
            "Part 1-1: B",
            "Part 1-2",
            "Part 2",
            "Part 3-1",
            "Go 1.25",
            "終わり",
        ];
        assert_eq!(
            are_below(&titles),
            [false, false, true, true, false, false, false, false]
        );
        assert_eq!(
            are_below(&["1. A", "1.1 B", "1.1.1 C", "2 D", "11. E"]),
            [false, true, false, false, false]
        );
        assert_eq!(
            are_below(&["第1章", "第1-2章", "Lab 1", "Step 1-1"]),
            [false, true, false, false]
        );
        assert_eq!(are_below(&["", "1-", "--", "1"]), [false; 4]);
    }

    #[test]
    fn titles_with_numbers_are_recognised() {
        for title in [
            "1. Setup",
            "01 Setup",
            "Part 1: Go",
            "第3章",
            "ステップ 2",
            "Lab 1.2",
        ] {
            assert!(has_number(title), "{title}");
        }
        for title in [
            "Setup",
            "はじめに",
            "Write a page in 3 minutes",
            "Working with Go 1.25",
        ] {
            assert!(!has_number(title), "{title}");
        }
    }
}
