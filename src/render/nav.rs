//! The sidebar: the part of the navigation tree that a page shows.
//!
//! A small workshop is shown whole. Of a large one a page shows its own branch: its ancestors and their siblings, its
//! siblings and its children, and of a long level a window around the way to the page. So the output of a site grows
//! with the number of its pages and not with its square.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;
use tera::{Context, Value};

use crate::graph::{Graph, Page, PageId};
use crate::template::Templates;

use super::numbers::{are_below, numbers};
use super::page_links::{Links, heading, title};
use super::steps::is_step;
use super::view::NavView;

/// Number of pages up to which every page shows the whole tree.
const WHOLE: usize = 80;
/// Number of pages up to which parts start open.
const OPEN: usize = 40;
/// Entries of a level that are shown around the current one.
const WINDOW: usize = 40;
/// A window that would leave out no more than this shows them.
const SLACK: usize = 4;
/// Number of levels in the sidebar. Deeper pages can be reached from the pages themselves.
const DEPTH: usize = 8;
/// Number of levels whose pages are counted.
const COUNTED: usize = 2;

/// The component that prints an entry.
const ENTRY: &str = "nav.entry";

/// Entries of a level as a page shows them. To templates they are a list of [`NavView`], each by itself.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    pieces: Vec<Piece>,
    /// Entries of the level that are left out before these.
    skipped_before: usize,
    /// Entries of the level that are left out after these.
    skipped_after: usize,
    /// Number of entries at and below these.
    shown: usize,
    /// True if templates get each by itself, see [`NavTree::listed`]. If not, that list is empty.
    listed: bool,
}

/// The pieces of [`Entries`] as templates print them: a list of [`NavView`], in which neighbours that are alike on many
/// pages are one [`Run`].
pub type Runs = Vec<Value>;

/// A part of [`Entries`].
#[derive(Debug, Clone)]
enum Piece {
    /// An entry that is printed with the page.
    Entry(Value),
    /// Neighbours that other pages show as well. `entries` is empty where they are not listed.
    Run { entries: Vec<Value>, printed: Value },
}

/// An entry of [`Runs`] that stands for several.
#[derive(Serialize)]
struct Run {
    html: Value,
    skipped_before: usize,
    skipped_after: usize,
}

/// An entry as it is on every page that is neither there nor below.
struct Shared {
    entry: Value,
    /// The printed entry; `None` if a site's template does not know how.
    html: Option<Value>,
    /// Number of entries with those below.
    shown: usize,
}

impl Entries {
    /// Adds an entry of this page alone.
    fn push(&mut self, entry: &NavView<'_>) {
        self.pieces.push(Piece::Entry(Value::from_serializable(entry)));
        self.shown += 1 + entry.children.shown;
    }

    /// Adds entries that others show as well; `printed` stands for all of them, if it could be made.
    fn extend(&mut self, others: &[&Shared], printed: Option<Value>) {
        self.shown += others.iter().map(|other| other.shown).sum::<usize>();
        let entries = others.iter().map(|other| &other.entry);
        match printed {
            Some(printed) => self.pieces.push(Piece::Run {
                entries: entries.filter(|_| self.listed).cloned().collect(),
                printed,
            }),
            None => self.pieces.extend(entries.cloned().map(Piece::Entry)),
        }
    }

    /// The entries as pieces, see [`NavView::runs`].
    pub(super) fn runs(&self) -> Runs {
        let runs = self.pieces.iter().map(|piece| match piece {
            Piece::Entry(entry) => entry,
            Piece::Run { printed, .. } => printed,
        });
        self.between_gaps(runs.cloned().collect())
    }

    /// The entries as a list, see [`NavView::children`].
    fn list(&self) -> Vec<Value> {
        let entries = self.pieces.iter().flat_map(|piece| match piece {
            Piece::Entry(entry) => std::slice::from_ref(entry),
            Piece::Run { entries, .. } => entries,
        });
        self.between_gaps(entries.filter(|_| self.listed).cloned().collect())
    }

    /// Adds to the first and the last entry the numbers of entries left out before and after them.
    fn between_gaps(&self, mut list: Vec<Value>) -> Vec<Value> {
        if let Some(first) = list.first_mut().filter(|_| self.skipped_before > 0) {
            set(first, "skipped_before", self.skipped_before);
        }
        if let Some(last) = list.last_mut().filter(|_| self.skipped_after > 0) {
            set(last, "skipped_after", self.skipped_after);
        }
        list
    }
}

impl Serialize for Entries {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list().serialize(serializer)
    }
}

/// The parts that the sidebars of one language share.
pub(super) struct NavTree<'a> {
    /// The page whose children are the top level.
    home: PageId,
    /// The only section of the site, whose pages are on the top level.
    lifted: Option<PageId>,
    /// Number of pages, or more than [`WHOLE`].
    size: usize,
    /// Number of pages in reading order at and below each page.
    steps: Vec<usize>,
    templates: &'a Templates,
    /// True if each entry may be needed by itself: by templates of the site. The theme prints runs.
    listed: bool,
    /// The interface texts, the variable `t`.
    texts: Value,
    levels: Levels,
}

/// The levels that pages have shown so far, by the page that they are below. An entry is the same on every page that is
/// neither there nor below, so it is made and printed once.
#[derive(Default)]
struct Levels(Mutex<HashMap<PageId, Arc<Level>>>);

struct Level {
    pages: Vec<PageId>,
    numbers: Vec<String>,
    /// Places whose titles count a level below the one before, see [`NavView::below`].
    below: Vec<bool>,
    /// As pages elsewhere show them; those that have been asked for.
    entries: Vec<OnceLock<Shared>>,
    /// Neighbours that several pages show, printed, by their places.
    runs: Mutex<HashMap<Range<usize>, Value>>,
}

impl Level {
    /// The entries at `places`, which have been asked for, printed as one; `None` if a site's template does not know
    /// how. `kept`: other pages are going to show them, too.
    fn run(&self, places: Range<usize>, kept: bool) -> Option<Value> {
        let known = || self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(run) = known().get(&places) {
            return Some(run.clone());
        }
        let mut html = String::new();
        for entry in &self.entries[places.clone()] {
            if !html.is_empty() {
                html.push('\n');
            }
            html.push_str(entry.get()?.html.as_ref()?.as_str()?);
        }
        let run = Value::from_serializable(&Run {
            html: Value::safe_string(&html),
            skipped_before: 0,
            skipped_after: 0,
        });
        if kept {
            known().insert(places, run.clone());
        }
        Some(run)
    }
}

impl Levels {
    /// The level below `id`. Two threads may `make` it at once, and make the same.
    fn get(&self, id: PageId, make: impl FnOnce() -> Level) -> Arc<Level> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(&id).cloned();
        found.unwrap_or_else(|| {
            let level = Arc::new(make());
            known().insert(id, Arc::clone(&level));
            level
        })
    }
}

impl<'a> NavTree<'a> {
    /// The tree below `home`, printed with `templates` and the interface texts `texts`. Lists of single entries are only
    /// made where they are `listed`.
    pub(super) fn new(
        graph: &Graph,
        home: PageId,
        templates: &'a Templates,
        texts: Value,
        listed: bool,
    ) -> Self {
        let lifted = only_section(graph, home);
        let mut size = 0;
        count(graph, home, 0, &mut size);
        Self {
            home,
            lifted,
            size,
            steps: steps(graph, home),
            templates,
            listed,
            texts,
            levels: Levels::default(),
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

    /// Number of a page as the sidebar counts it: `3`, or `3.1` below a page with a number.
    pub(super) fn place(&self, graph: &Graph, id: PageId) -> String {
        let own = self.number(graph, id);
        let parent = graph.page(id).parent.filter(|_| own.is_empty());
        let above = parent
            .map(|parent| self.number(graph, parent))
            .unwrap_or_default();
        if above.is_empty() {
            return own;
        }
        let level = parent.map(|parent| visible(graph, parent)).unwrap_or_default();
        let at = level.iter().position(|page| *page == id);
        at.map(numbers(graph, &level, &above)).unwrap_or_default()
    }

    /// The only section of the site, whose pages are on the top level.
    pub(super) fn lifted(&self) -> Option<PageId> {
        self.lifted
    }

    /// Returns true for a page below the lifted section, whose pages are on the top level.
    pub(super) fn is_lifted(&self, graph: &Graph, id: PageId) -> bool {
        self.lifted
            .is_some_and(|lifted| lifted != id && ancestors(graph, id).contains(&lifted))
    }

    /// The entries that the page `current` shows; `None` for pages outside the tree.
    pub(super) fn view(&self, links: Links<'_>, current: Option<PageId>) -> Entries {
        let way = current.map(|id| ancestors(links.graph, id)).unwrap_or_default();
        let own = Levels::default();
        let branch = Branch {
            links,
            tree: self,
            // Where links depend on the page, no two pages have an entry in common.
            levels: if links.config.urls.relative {
                &own
            } else {
                &self.levels
            },
            current,
            way: &way,
        };
        branch.shown(self.home, "", 0)
    }

    /// A printed entry, safe; `None` if a site's template does not know how.
    fn printed(&self, entry: &Value) -> Option<Value> {
        let mut context = Context::new();
        context.insert_value("entry", entry.clone());
        context.insert_value("t", self.texts.clone());
        let html = self.templates.component(ENTRY, &context)?;
        (!html.is_empty()).then(|| Value::safe_string(&html))
    }
}

/// The children of a page that navigation shows.
pub(super) fn visible(graph: &Graph, id: PageId) -> Vec<PageId> {
    let children = graph.page(id).children.iter().copied();
    children.filter(|child| is_visible(graph.page(*child))).collect()
}

fn has_visible(graph: &Graph, id: PageId) -> bool {
    let mut children = graph.page(id).children.iter();
    children.any(|child| is_visible(graph.page(*child)))
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

/// Of each page of a language, how many steps of the workshop there are at and below it.
fn steps(graph: &Graph, home: PageId) -> Vec<usize> {
    let mut steps = vec![0; graph.pages.len()];
    let order = graph.sites.iter().find(|site| site.home == home);
    let order = order.into_iter().flat_map(|site| &site.reading_order);
    for id in order.filter(|id| is_step(graph, **id)) {
        for above in ancestors(graph, *id) {
            steps[above.0 as usize] += 1;
        }
    }
    steps
}

/// The page and everything above it.
fn ancestors(graph: &Graph, id: PageId) -> Vec<PageId> {
    std::iter::successors(Some(id), |id| graph.page(*id).parent)
        .take(graph.pages.len())
        .collect()
}

/// The view of one page.
#[derive(Clone, Copy)]
struct Branch<'a> {
    links: Links<'a>,
    tree: &'a NavTree<'a>,
    levels: &'a Levels,
    current: Option<PageId>,
    /// The current page and everything above it.
    way: &'a [PageId],
}

impl<'a> Branch<'a> {
    /// The entries below the page `id`, which has the number `above`, as this page shows them.
    fn shown(self, id: PageId, above: &str, depth: usize) -> Entries {
        let level = self.levels.get(id, || self.level(id, above, depth));
        let (start, end) = self.window(&level.pages);
        let mut entries = Entries {
            skipped_before: start,
            skipped_after: level.pages.len() - end,
            listed: self.tree.listed,
            ..Entries::default()
        };
        let mut elsewhere = start;
        for at in start..end {
            if self.way.contains(&level.pages[at]) {
                self.add_elsewhere(&mut entries, &level, elsewhere..at, depth);
                let entry = self.entry(&level, at, depth);
                entries.push(&entry);
                elsewhere = at + 1;
            }
        }
        self.add_elsewhere(&mut entries, &level, elsewhere..end, depth);
        entries
    }

    /// Adds entries of a level that this page shows as others do.
    fn add_elsewhere(self, entries: &mut Entries, level: &Level, places: Range<usize>, depth: usize) {
        if places.is_empty() {
            return;
        }
        let others = places
            .clone()
            .map(|at| level.entries[at].get_or_init(|| self.elsewhere(level, at, depth)));
        let others: Vec<&Shared> = others.collect();
        // Beside the page itself no other page shows them so.
        let beside = self.current.is_some_and(|id| level.pages.contains(&id));
        entries.extend(&others, level.run(places, !beside));
    }

    /// The level below the page `id`, no entry of which is made yet.
    fn level(self, id: PageId, above: &str, depth: usize) -> Level {
        let graph = self.links.graph;
        let pages = match depth {
            0 => self.tree.top(graph),
            _ => visible(graph, id),
        };
        let counted = depth == 0 || (depth < COUNTED && !above.is_empty());
        let number = numbers(graph, if counted { &pages } else { &[] }, above);
        Level {
            numbers: (0..pages.len()).map(number).collect(),
            below: are_below(&pages.iter().map(|id| title(graph.page(*id))).collect::<Vec<_>>()),
            entries: pages.iter().map(|_| OnceLock::new()).collect(),
            runs: Mutex::default(),
            pages,
        }
    }

    /// An entry as pages that are neither there nor below show it.
    fn elsewhere(self, level: &Level, at: usize, depth: usize) -> Shared {
        let elsewhere = Self {
            current: None,
            way: &[],
            ..self
        };
        let entry = elsewhere.entry(level, at, depth);
        let shown = 1 + entry.children.shown;
        let mut entry = Value::from_serializable(&entry);
        let html = self.tree.printed(&entry);
        if let Some(html) = &html {
            set(&mut entry, "html", html.clone());
        }
        Shared { entry, html, shown }
    }

    /// The entries of a level that are shown.
    fn window(self, pages: &[PageId]) -> (usize, usize) {
        if pages.len() <= WINDOW + SLACK {
            return (0, pages.len());
        }
        let here = pages.iter().rposition(|id| self.way.contains(id)).unwrap_or(0);
        let start = here.saturating_sub(WINDOW / 2).min(pages.len() - WINDOW);
        (start, start + WINDOW)
    }

    /// The entry at a place of a level.
    fn entry(self, level: &Level, at: usize, depth: usize) -> NavView<'a> {
        let (id, number) = (level.pages[at], level.numbers[at].as_str());
        let page = self.links.graph.page(id);
        let lifted = self.tree.lifted == Some(id);
        let has_children = !lifted && has_visible(self.links.graph, id);
        let on_the_way = self.way.contains(&id);
        let opens = depth + 1 < DEPTH && (self.tree.size <= WHOLE || on_the_way);
        let current = self.current == Some(id);
        let children = if opens && has_children {
            self.shown(id, number, depth + 1)
        } else {
            Entries::default()
        };
        let steps = self.tree.steps[id.0 as usize];
        NavView {
            title: title(page),
            heading: heading(page),
            pre: &page.nav.pre,
            post: &page.nav.post,
            minutes: page.minutes,
            url: match (&page.nav.manual_page, &page.nav.manual_link) {
                (Some(other), _) => self.links.page(*other),
                (None, Some(link)) => link.clone(),
                (None, None) => self.links.page(id),
            },
            current,
            active: on_the_way && !current && !lifted,
            folded: !on_the_way && self.is_folded(page, depth),
            flat: page.nav.flat,
            has_children,
            pages: if lifted || steps <= 1 + children.shown {
                0
            } else {
                steps
            },
            runs: children.runs(),
            children,
            skipped_before: 0,
            skipped_after: 0,
            html: "",
            number: number.to_owned(),
            below: level.below[at],
        }
    }

    fn is_folded(self, page: &Page, depth: usize) -> bool {
        page.nav.collapsed.unwrap_or(depth > 0 || self.tree.size > OPEN)
    }
}

/// Sets a field of an entry.
fn set(entry: &mut Value, field: &'static str, value: impl Into<Value>) {
    if let Some(mut map) = std::mem::replace(entry, Value::none()).into_map() {
        map.insert(field.into(), value.into());
        *entry = Value::from(map);
    }
}
