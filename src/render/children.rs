//! The list of pages on home, section and term pages.

use crate::body::{Body, LinkTarget};
use crate::graph::{Kind, Page, PageId};

use super::nav::{NavTree, visible};
use super::numbers::{are_below, numbers};
use super::page_links::Links;
use super::view::LinkView;

/// The pages that `page` lists below its text.
pub(super) fn children<'a>(
    page: &'a Page,
    body: Option<&Body>,
    tree: &NavTree<'_>,
    links: Links<'a>,
) -> Vec<LinkView<'a>> {
    if page.nav.no_list {
        return Vec::new();
    }
    let list = match page.kind {
        Kind::Home => tree.top(links.graph),
        Kind::Section => of_section(page, links),
        Kind::Taxonomy | Kind::Term => page.members.clone(),
        Kind::Page => Vec::new(),
    };
    if body.is_some_and(|body| lists_itself(body, &list)) {
        return Vec::new();
    }
    let lifted = (page.kind == Kind::Home).then(|| list.first().copied()).flatten();
    let above = match page.kind {
        Kind::Section => tree.number(links.graph, page.id),
        _ => String::new(),
    };
    let counted = page.kind == Kind::Home || !above.is_empty();
    let number = numbers(links.graph, if counted { &list } else { &[] }, &above);
    let views = list.iter().enumerate().map(|(at, id)| LinkView {
        number: number(at),
        children: if page.kind == Kind::Home {
            grandchildren(*id, &number(at), lifted, links)
        } else {
            Vec::new()
        },
        ..links.view(*id)
    });
    if page.kind == Kind::Home {
        grouped(views.collect())
    } else {
        views.collect()
    }
}

/// The pages of a section. One with the name of a taxonomy or of a term has the members of it, too.
fn of_section(page: &Page, links: Links<'_>) -> Vec<PageId> {
    let mut list = visible(links.graph, page.id);
    let members: Vec<PageId> = page
        .members
        .iter()
        .copied()
        .filter(|id| !list.contains(id))
        .collect();
    list.extend(members);
    list
}

/// A flat list whose titles count levels of their own (`Part 1`, `Part 1-1`), nested as they say.
fn grouped(views: Vec<LinkView<'_>>) -> Vec<LinkView<'_>> {
    let titles: Vec<&str> = views.iter().map(|view| view.title).collect();
    let mut groups: Vec<LinkView<'_>> = Vec::new();
    for (view, is_below) in views.into_iter().zip(are_below(&titles)) {
        match groups.last_mut() {
            Some(above) if is_below && view.children.is_empty() => above.children.push(view),
            _ => groups.push(view),
        }
    }
    groups
}

/// Returns true for a text that links to at least every second page below it, and so is a list of its own.
fn lists_itself(body: &Body, list: &[PageId]) -> bool {
    let linked = |id: &PageId| {
        body.facts
            .links
            .iter()
            .any(|link| matches!(link.to, LinkTarget::Page(to) if to == *id))
    };
    !list.is_empty() && list.iter().filter(|id| linked(id)).count() * 2 >= list.len()
}

/// The pages of a part on the home page, which shows parts like the contents of a book. Pages of the lifted section are
/// on the level of the section itself.
fn grandchildren<'a>(id: PageId, above: &str, lifted: Option<PageId>, links: Links<'a>) -> Vec<LinkView<'a>> {
    let below = visible(links.graph, id);
    let shown_beside = lifted == Some(id)
        && links
            .graph
            .page(id)
            .parent
            .is_some_and(|home| visible(links.graph, home).len() == 1);
    if shown_beside {
        return Vec::new();
    }
    let number = numbers(links.graph, if above.is_empty() { &[] } else { &below }, above);
    let view = |(at, id): (usize, &PageId)| LinkView {
        number: number(at),
        ..links.view(*id)
    };
    below.iter().enumerate().map(view).collect()
}
