//! The sidebar: the part of the navigation tree that a page shows.
//!
//! A small workshop is shown whole. Of a large one a page shows its own branch: its ancestors and their siblings, its
//! siblings and its children, and of a long level a window around the way to the page. So the output of a site grows
//! with the number of its pages and not with its square.

use crate::graph::{Graph, Page, PageId};

use super::links::{Links, title};
use super::numbers::numbers;
use super::view::NavView;

/// Up to how many pages every page shows the whole tree.
const WHOLE: usize = 80;
/// Up to how many pages parts start open.
const OPEN: usize = 40;
/// Entries of a level that are shown around the current one.
const WINDOW: usize = 40;
/// A window that would leave out no more than this shows them.
const SLACK: usize = 4;
/// Levels that the sidebar shows. What is deeper can be reached from the pages themselves.
const DEPTH: usize = 8;
/// Levels whose pages are counted.
const COUNTED: usize = 2;

/// What the sidebars of one language have in common.
#[derive(Debug)]
pub(super) struct NavTree {
    /// The page whose children are the top level.
    home: PageId,
    /// The only section of the site, whose pages stand on the top level.
    lifted: Option<PageId>,
    /// How many pages there are, or more than [`WHOLE`].
    size: usize,
    /// How many pages in reading order there are at and below each page.
    steps: Vec<usize>,
}

impl NavTree {
    /// The tree below `home`.
    pub(super) fn new(graph: &Graph, home: PageId) -> Self {
        let lifted = only_section(graph, home);
        let mut size = 0;
        count(graph, home, 0, &mut size);
        Self {
            home,
            lifted,
            size,
            steps: steps(graph, home),
        }
    }

    /// Pages of the top level, the lifted section first.
    pub(super) fn top(&self, graph: &Graph) -> Vec<PageId> {
        let below = visible(graph, self.lifted.unwrap_or(self.home));
        self.lifted.into_iter().chain(below).collect()
    }

    /// Number of a page of the top level, empty for others and where pages are not counted. The lifted section has
    /// none, because its pages are counted beside it.
    pub(super) fn number(&self, graph: &Graph, id: PageId) -> String {
        let top = match self.lifted {
            Some(lifted) if lifted == id => Vec::new(),
            _ => self.top(graph),
        };
        let at = top.iter().position(|page| *page == id);
        at.map(numbers(graph, &top, "")).unwrap_or_default()
    }

    /// What the page `current` shows; `None` for pages outside the tree.
    pub(super) fn view<'a>(&self, links: Links<'a>, current: Option<PageId>) -> Vec<NavView<'a>> {
        let way = current.map(|id| ancestors(links.graph, id)).unwrap_or_default();
        let branch = Branch {
            links,
            tree: self,
            current,
            way,
        };
        branch.level(&self.top(links.graph), "", 0)
    }
}

/// The children of a page that navigation shows.
pub(super) fn visible(graph: &Graph, id: PageId) -> Vec<PageId> {
    let children = graph.page(id).children.iter().copied();
    children.filter(|child| is_visible(graph.page(*child))).collect()
}

fn is_visible(page: &Page) -> bool {
    page.listed
        && !page.nav.hidden
        && (!page.url.is_empty() || page.nav.manual_link.is_some() || !page.children.is_empty())
}

/// A site whose pages are all in one section, as hugo-book's are in `docs/`.
fn only_section(graph: &Graph, home: PageId) -> Option<PageId> {
    match visible(graph, home).as_slice() {
        [only] if !visible(graph, *only).is_empty() => Some(*only),
        _ => None,
    }
}

fn count(graph: &Graph, id: PageId, depth: usize, size: &mut usize) {
    for child in visible(graph, id) {
        *size += 1;
        if *size > WHOLE || depth > DEPTH {
            return;
        }
        count(graph, child, depth + 1, size);
    }
}

/// Of each page of a language, how many pages in reading order there are at and below it.
fn steps(graph: &Graph, home: PageId) -> Vec<usize> {
    let mut steps = vec![0; graph.pages.len()];
    let order = graph.sites.iter().find(|site| site.home == home);
    for id in order.into_iter().flat_map(|site| &site.reading_order) {
        for above in ancestors(graph, *id) {
            steps[above.0 as usize] += 1;
        }
    }
    steps
}

/// Entries at and below these.
fn shown(entries: &[NavView<'_>]) -> usize {
    entries.iter().map(|entry| 1 + shown(&entry.children)).sum()
}

/// The page and everything above it.
fn ancestors(graph: &Graph, id: PageId) -> Vec<PageId> {
    std::iter::successors(Some(id), |id| graph.page(*id).parent)
        .take(graph.pages.len())
        .collect()
}

/// The view of one page.
struct Branch<'a, 't> {
    links: Links<'a>,
    tree: &'t NavTree,
    current: Option<PageId>,
    way: Vec<PageId>,
}

impl<'a> Branch<'a, '_> {
    /// The entries below the page with the number `above`.
    fn level(&self, pages: &[PageId], above: &str, depth: usize) -> Vec<NavView<'a>> {
        let (start, end) = self.window(pages);
        let counted = depth == 0 || (depth < COUNTED && !above.is_empty());
        let number = numbers(self.links.graph, if counted { pages } else { &[] }, above);
        let mut entries: Vec<_> = (start..end)
            .map(|at| self.entry(pages[at], number(at), depth))
            .collect();
        if let Some(first) = entries.first_mut() {
            first.skipped_before = start;
        }
        if let Some(last) = entries.last_mut() {
            last.skipped_after = pages.len() - end;
        }
        entries
    }

    /// The entries of a level that are shown.
    fn window(&self, pages: &[PageId]) -> (usize, usize) {
        if pages.len() <= WINDOW + SLACK {
            return (0, pages.len());
        }
        let here = pages.iter().rposition(|id| self.way.contains(id)).unwrap_or(0);
        let start = here.saturating_sub(WINDOW / 2).min(pages.len() - WINDOW);
        (start, start + WINDOW)
    }

    fn entry(&self, id: PageId, number: String, depth: usize) -> NavView<'a> {
        let page = self.links.graph.page(id);
        let lifted = self.tree.lifted == Some(id);
        let below = if lifted {
            Vec::new()
        } else {
            visible(self.links.graph, id)
        };
        let on_the_way = self.way.contains(&id);
        let opens = depth + 1 < DEPTH && (self.tree.size <= WHOLE || on_the_way);
        let current = self.current == Some(id);
        let children = if opens {
            self.level(&below, &number, depth + 1)
        } else {
            Vec::new()
        };
        let steps = self.tree.steps[id.0 as usize];
        NavView {
            title: title(page),
            pre: &page.nav.pre,
            post: &page.nav.post,
            minutes: page.minutes,
            url: page
                .nav
                .manual_link
                .clone()
                .unwrap_or_else(|| self.links.page(id)),
            current,
            active: on_the_way && !current && !lifted,
            folded: !on_the_way && self.is_folded(page, depth),
            flat: page.nav.flat,
            has_children: !below.is_empty(),
            pages: if lifted || steps <= 1 + shown(&children) {
                0
            } else {
                steps
            },
            children,
            skipped_before: 0,
            skipped_after: 0,
            number,
        }
    }

    fn is_folded(&self, page: &Page, depth: usize) -> bool {
        page.nav.collapsed.unwrap_or(depth > 0 || self.tree.size > OPEN)
    }
}
