//! Tabs in places where pulldown-cmark knows spaces only: behind a fence, in the row of hyphens of a table, and behind the
//! signs that close a heading. They become spaces, so that no place in the text moves.

use memchr::{memchr_iter, memrchr};

use super::lines::{fence, is_delimiter_row, without_containers};
use crate::markup::range_map::RangeMap;

/// Puts spaces for such tabs. `None` when there is none.
pub(super) fn replace(text: &str, map: &RangeMap) -> Option<(String, RangeMap)> {
    let tabs = memchr_iter(b'\t', text.as_bytes());
    let found: Vec<usize> = tabs.filter(|at| is_like_a_space(text, *at)).collect();
    let spaced = || {
        let mut out = text.to_owned();
        for at in &found {
            out.replace_range(*at..at + 1, " ");
        }
        (out, map.clone())
    };
    (!found.is_empty()).then(spaced)
}

fn is_like_a_space(text: &str, tab: usize) -> bool {
    let before = text[..tab].trim_end_matches([' ', '\t']);
    // Most tabs indent lines of code.
    if !before.ends_with(['`', '~', '#', '-', ':', '|']) {
        return false;
    }
    let start = memrchr(b'\n', before.as_bytes()).map_or(0, |end| end + 1);
    let content = without_containers(text[start..].lines().next().unwrap_or_default());
    let closes_heading = || {
        content.starts_with('#')
            && text[tab..]
                .trim_start_matches([' ', '\t'])
                .starts_with(['\n', '\r'])
    };
    let is_fence = || fence(content).is_some_and(|fence| fence.len() == content.len());
    let is_rule = || is_delimiter_row(&content.replace('\t', " "));
    is_rule() || is_fence() || (before.ends_with('#') && closes_heading())
}
