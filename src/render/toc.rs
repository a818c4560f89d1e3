//! The table of contents of a page.

use crate::body::{Body, Heading};
use crate::config::Toc;

use super::view::TocView;

/// The headings that the site's settings ask for, nested. `wanted` is what the page says about it.
pub(super) fn toc(body: &Body, levels: Toc, wanted: Option<bool>) -> Vec<TocView> {
    // A title at the head of the text leads nowhere.
    let titled = body.outline.first().is_some_and(|heading| heading.level == 1);
    let headings = body.outline.iter().skip(usize::from(titled));
    let listed: Vec<&Heading> = headings
        .filter(|heading| !heading.id.is_empty() && !heading.text.trim().is_empty())
        .filter(|heading| (levels.start_level..=levels.end_level).contains(&heading.level))
        .collect();
    let enough = if wanted == Some(true) { 1 } else { 2 };
    if wanted == Some(false) || listed.len() < enough {
        return Vec::new();
    }
    nest(&listed, 0)
}

/// Headings up to the next one of the same or a higher level belong to the first.
fn nest(headings: &[&Heading], depth: u8) -> Vec<TocView> {
    let mut out = Vec::new();
    let mut rest = headings;
    while let Some((first, after)) = rest.split_first() {
        let below = after
            .iter()
            .take_while(|heading| heading.level > first.level)
            .count();
        out.push(TocView {
            id: first.id.clone(),
            html: first.html.clone(),
            depth,
            children: nest(&after[..below], depth + 1),
        });
        rest = &after[below..];
    }
    out
}
