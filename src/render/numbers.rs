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
    let numbered = pages.filter(|page| has_number(title(page))).count();
    numbered * 4 < level.len()
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
