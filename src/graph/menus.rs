//! Menus: entries of the configuration, of front matter and of top-level sections, sorted and nested.

use std::collections::{HashMap, HashSet};

use super::order::Collator;
use super::script_links;
use super::{Graph, Kind, PageId, ResolvedMenuEntry};
use crate::config::{Config, MenuEntry};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::lang::LangId;
use crate::parse::scripts::is_script_target;

/// Maximum depth of menus. Deeper nesting is a mistake or a circle; such entries stand at the top.
const MAX_DEPTH: usize = 20;

/// An entry before it is nested.
struct Flat {
    entry: MenuEntry,
    page: Option<PageId>,
}

/// The menus of a language by name.
pub(super) fn menus(
    graph: &Graph,
    lang: LangId,
    collator: &Collator,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Vec<ResolvedMenuEntry>)> {
    let mut menus: Vec<(String, Vec<Flat>)> = Vec::new();
    for (name, entries) in &config.languages[lang].menus {
        for entry in entries {
            let flat = configured(graph, lang, entry, config, diagnostics);
            add(&mut menus, name, flat);
        }
    }
    for page in graph
        .pages
        .iter()
        .filter(|page| page.lang == lang && page.rendered)
    {
        for (name, entry) in &page.front.menus {
            add(&mut menus, name, of_page(graph, page.id, entry));
        }
    }
    if let Some(name) = &config.section_pages_menu {
        add_sections(graph, lang, name, &mut menus);
    }
    menus
        .into_iter()
        .map(|(name, entries)| (name, nest(entries, collator)))
        .collect()
}

fn add(menus: &mut Vec<(String, Vec<Flat>)>, name: &str, entry: Flat) {
    match menus
        .iter_mut()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
    {
        Some((_, entries)) => entries.push(entry),
        None => menus.push((name.to_owned(), vec![entry])),
    }
}

/// An entry of the configuration; its page comes from `pageRef`, else from a `url` inside the site. A page that this
/// language lacks is taken from another.
fn configured(
    graph: &Graph,
    lang: LangId,
    entry: &MenuEntry,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Flat {
    let home = graph.sites[lang].home;
    let by_ref = entry.page_ref.as_deref().filter(|target| !target.is_empty());
    let page = match by_ref {
        Some(target) => {
            let mut languages = std::iter::once(lang).chain(graph.sites.ids());
            languages.find_map(|lang| graph.find_page(home, target, lang))
        }
        None => entry
            .url
            .as_deref()
            .and_then(|url| match graph.resolve_link(home, url) {
                super::LinkAnswer::Page { page, .. } => Some(page),
                _ => None,
            }),
    };
    if let (Some(target), None) = (by_ref, page) {
        let span = entry.url_span.as_ref().and_then(|span| config.places.span(span));
        diagnostics.push(no_page(graph, lang, entry, target, span));
    }
    let written = entry.url.as_deref().filter(|_| page.is_none());
    if written.is_some_and(is_script_target) {
        let span = entry.url_span.as_ref().and_then(|span| config.places.span(span));
        diagnostics.push(script_links::finding(span));
    }
    // An entry without a weight has that of the page it names, as in Hugo.
    let mut entry = named(entry, page, graph);
    if let (0, Some(_), Some(page)) = (entry.weight, by_ref, page) {
        entry.weight = graph.page(page).front.weight;
    }
    Flat { entry, page }
}

fn no_page(graph: &Graph, lang: LangId, entry: &MenuEntry, target: &str, span: Option<Span>) -> Diagnostic {
    let message = format!("the menu entry `{}` names no page: `{target}`", label(entry));
    let finding = Diagnostic::warning(Code::BrokenRef, span, message);
    match graph.pages_like(target, lang).first() {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

fn of_page(graph: &Graph, page: PageId, entry: &MenuEntry) -> Flat {
    let mut entry = entry.clone();
    if entry.weight == 0 {
        entry.weight = graph.page(page).front.weight;
    }
    Flat {
        entry: named(&entry, Some(page), graph),
        page: Some(page),
    }
}

/// The entry with the page's text where it has no name of its own.
fn named(entry: &MenuEntry, page: Option<PageId>, graph: &Graph) -> MenuEntry {
    let mut entry = entry.clone();
    if let (true, Some(page)) = (entry.name.is_empty(), page) {
        entry.name.clone_from(&graph.page(page).link_title);
    }
    entry
}

fn label(entry: &MenuEntry) -> &str {
    if entry.name.is_empty() {
        &entry.identifier
    } else {
        &entry.name
    }
}

/// Adds top-level sections that the menu does not have under the same identifier.
fn add_sections(graph: &Graph, lang: LangId, name: &str, menus: &mut Vec<(String, Vec<Flat>)>) {
    let known: HashSet<String> = menus
        .iter()
        .filter(|(menu, _)| menu.eq_ignore_ascii_case(name))
        .flat_map(|(_, entries)| entries)
        .map(|flat| key(&flat.entry).to_owned())
        .collect();
    for page in graph
        .page(graph.sites[lang].home)
        .children
        .iter()
        .map(|id| graph.page(*id))
    {
        let identifier = page.path.trim_start_matches('/').to_owned();
        if page.kind == Kind::Section && !page.nav.hidden && !known.contains(&identifier) {
            let entry = MenuEntry {
                identifier,
                name: page.link_title.clone(),
                weight: page.front.weight,
                ..MenuEntry::default()
            };
            add(
                menus,
                name,
                Flat {
                    entry,
                    page: Some(page.id),
                },
            );
        }
    }
}

/// The key that `parent` of other entries names.
fn key(entry: &MenuEntry) -> &str {
    if entry.identifier.is_empty() {
        &entry.name
    } else {
        &entry.identifier
    }
}

/// Sorts by weight (none last), name and identifier, and puts entries under their parents.
fn nest(mut entries: Vec<Flat>, collator: &Collator) -> Vec<ResolvedMenuEntry> {
    entries.sort_by(|a, b| {
        let weight = |flat: &Flat| (flat.entry.weight == 0, flat.entry.weight);
        weight(a)
            .cmp(&weight(b))
            .then_with(|| collator.compare(&a.entry.name, &b.entry.name))
            .then_with(|| a.entry.identifier.cmp(&b.entry.identifier))
    });
    let parents = parents(&entries);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    let mut top = Vec::new();
    for (at, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(at),
            None => top.push(at),
        }
    }
    let mut entries: Vec<Option<Flat>> = entries.into_iter().map(Some).collect();
    top.into_iter()
        .filter_map(|at| take(at, &mut entries, &children))
        .collect()
}

fn parents(entries: &[Flat]) -> Vec<Option<usize>> {
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for (at, flat) in entries.iter().enumerate() {
        by_key.entry(key(&flat.entry)).or_insert(at);
    }
    let written: Vec<Option<usize>> = entries
        .iter()
        .enumerate()
        .map(|(at, flat)| {
            by_key
                .get(flat.entry.parent.as_deref()?)
                .copied()
                .filter(|parent| *parent != at)
        })
        .collect();
    let depth = |at: usize| {
        std::iter::successors(written[at], |up| written[*up])
            .take(MAX_DEPTH)
            .count()
    };
    (0..entries.len())
        .map(|at| written[at].filter(|_| depth(at) < MAX_DEPTH))
        .collect()
}

fn take(at: usize, entries: &mut [Option<Flat>], children: &[Vec<usize>]) -> Option<ResolvedMenuEntry> {
    let Flat { entry, page } = entries[at].take()?;
    let children = children[at]
        .iter()
        .filter_map(|child| take(*child, entries, children))
        .collect();
    Some(ResolvedMenuEntry {
        entry,
        page,
        children,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(entries: &[(&str, i64, Option<&str>)]) -> String {
        let flat = |(name, weight, parent): &(&str, i64, Option<&str>)| Flat {
            entry: MenuEntry {
                name: (*name).to_owned(),
                weight: *weight,
                parent: parent.map(str::to_owned),
                ..MenuEntry::default()
            },
            page: None,
        };
        let entries = nest(entries.iter().map(flat).collect(), &Collator::new("en"));
        print(&entries)
    }

    fn print(entries: &[ResolvedMenuEntry]) -> String {
        let one = |entry: &ResolvedMenuEntry| match entry.children.as_slice() {
            [] => entry.entry.name.clone(),
            below => format!("{}({})", entry.entry.name, print(below)),
        };
        entries.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn entries_sort_by_weight_then_name_and_without_weight_come_last() {
        assert_eq!(
            nested(&[("b", 0, None), ("a", 0, None), ("z", 2, None), ("y", -1, None)]),
            "y z a b"
        );
    }

    #[test]
    fn entries_stand_under_their_parents() {
        assert_eq!(
            nested(&[("c", 1, Some("a")), ("a", 5, None), ("b", 0, Some("c"))]),
            "a(c(b))"
        );
    }

    #[test]
    fn entries_in_a_circle_or_without_their_parent_stand_at_the_top() {
        assert_eq!(
            nested(&[("a", 1, Some("b")), ("b", 2, Some("a")), ("c", 3, Some("nobody"))]),
            "a b c"
        );
    }
}
