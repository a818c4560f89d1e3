//! The check of anchors, which needs the bodies of all pages.

use std::collections::{HashMap, HashSet};

use super::{LinkOut, LinkTarget, PageFacts};
use crate::diag::{Code, Diagnostic, Diagnostics, Kind, Span, nearest};
use crate::graph::{Graph, PageId};
use crate::markup::role::Withheld;

/// Findings for fragments that name no id of their page.
pub(super) fn check(graph: &Graph, facts: &[Option<&PageFacts>]) -> Diagnostics {
    // Few pages have links into their texts.
    let mut ids: HashMap<PageId, HashSet<&str>> = HashMap::new();
    let links = facts.iter().flatten().flat_map(|page| &page.links);
    let mut findings = Diagnostics::new();
    for link in links {
        let (LinkTarget::Page(page), Some(fragment)) = (&link.to, &link.fragment) else {
            continue;
        };
        let target = facts[page.0 as usize];
        let known = ids.entry(*page).or_insert_with(|| ids_of(target));
        if fragment.is_empty()
            || fragment == "top"
            || known.contains(fragment.as_str())
            || !has_body(graph, *page)
        {
            continue;
        }
        let title = &graph.page(*page).title;
        if let Some(why) = withheld(target, fragment) {
            findings.push(left_out(link, fragment, title, why));
            continue;
        }
        let finding = Diagnostic::warning(
            Code::BrokenAnchor,
            link.span,
            format!("`#{fragment}` is not on the page “{title}”"),
        );
        let mut sorted: Vec<&str> = known.iter().copied().collect();
        sorted.sort_unstable();
        findings.push(match nearest::nearest(fragment, sorted) {
            Some(near) => {
                let finding = finding.help(format!("did you mean `#{near}`?"));
                mended(finding, link, fragment, known)
            }
            None => finding,
        });
    }
    findings.extend(moved(graph, facts));
    findings
}

/// Findings about aliases with a fragment: their new id has to be there, and their old one must not.
fn moved(graph: &Graph, facts: &[Option<&PageFacts>]) -> Diagnostics {
    let ids = |page: PageId| facts[page.0 as usize].into_iter().flat_map(|facts| &facts.ids);
    let mut found = Diagnostics::new();
    for alias in &graph.moved_ids {
        let (id, to_id, title) = (&alias.id, &alias.to_id, &graph.page(alias.to).title);
        let is_there = ids(alias.to).any(|id| id == to_id);
        if !to_id.is_empty() && !is_there && has_body(graph, alias.to) {
            let message =
                format!("the alias of `#{id}` leads to `#{to_id}`, which is not on the page “{title}”");
            let finding = Diagnostic::warning(Code::BrokenAnchor, alias.span, message);
            found.push(match nearest::nearest(to_id, ids(alias.to).map(String::as_str)) {
                Some(near) => finding.help(format!("did you mean `#{near}`?")),
                None => finding,
            });
        }
        // One of them is the place that the alias has made.
        if ids(alias.on).filter(|other| *other == id).count() > 1 {
            let on = &graph.page(alias.on).title;
            let message = format!("the alias of `#{id}` leads nowhere: the page “{on}” has this id");
            let finding = Diagnostic::of(Kind::DuplicateAlias, alias.span, message);
            found.push(finding.help("take the alias out, or give the element another id"));
        }
    }
    found
}

/// Adds the edit for an id with a slip, where it is written as it is.
fn mended(finding: Diagnostic, link: &LinkOut, fragment: &str, known: &HashSet<&str>) -> Diagnostic {
    let id = Span {
        start: link.span.start + 1,
        ..link.span
    };
    match nearest::certain(fragment, known.iter().copied()) {
        Some(meant) if id.range().len() == fragment.len() => finding.edit(id, meant),
        _ => finding,
    }
}

fn ids_of(page: Option<&PageFacts>) -> HashSet<&str> {
    let ids = page.iter().flat_map(|page| &page.ids);
    ids.map(String::as_str).collect()
}

fn withheld(page: Option<&PageFacts>, fragment: &str) -> Option<Withheld> {
    let ids = &page?.withheld;
    ids.iter().find(|(id, _)| id == fragment).map(|(_, why)| *why)
}

fn left_out(link: &LinkOut, fragment: &str, title: &str, why: Withheld) -> Diagnostic {
    let (message, help) = match why {
        Withheld::Solution => (
            format!("`#{fragment}` is in a solution on the page “{title}”, and solutions are left out"),
            "link to the exercise, or put the link into a solution as well",
        ),
        Withheld::Instructor => (
            format!(
                "`#{fragment}` is in a note for instructors on the page “{title}”, which readers do not get"
            ),
            "put the link into a note for instructors as well",
        ),
        Withheld::Test => (
            format!("`#{fragment}` is in a hidden step on the page “{title}”, which no build shows"),
            "link to text that readers see",
        ),
    };
    Diagnostic::warning(Code::BrokenAnchor, link.span, message).help(help)
}

/// Pages that only list others have no text to point into.
fn has_body(graph: &Graph, page: PageId) -> bool {
    graph.page(page).source.is_some()
}
