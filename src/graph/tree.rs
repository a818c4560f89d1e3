//! The section tree: the pages that take part, the sections without a file, and the parents.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use spanned_data::Map;

use super::cascade::{Cascades, Reach};
use super::input::Input;
use super::left_out::LeftOut;
use super::node::{Node, kind, logical_path};
use super::paths::{first, normal, parent};
use super::{Bundle, Kind, PageId};
use crate::config::Config;
use crate::discover::{Inventory, PageFile, Role};
use crate::lang::LangId;
use crate::parse::front_matter::page_params;
use crate::parse::{FrontMatter, ParsedPage};

/// Folders of sections in a language: normal form of the folder, page.
pub(super) type Sections = HashMap<(LangId, String), PageId>;

/// The pages that files make, then homes and top-level sections that no file makes; and the pages that are left out, by
/// their indices in the inventory.
pub(super) fn nodes<'a>(
    input: Input<'a>,
    cascades: &Cascades,
    now: Timestamp,
) -> (Vec<Node<'a>>, Vec<(usize, LeftOut)>) {
    let Input {
        inventory,
        parsed,
        config,
        tree,
    } = input;
    let mut nodes: Vec<Node> = Vec::with_capacity(inventory.pages.len() + 8);
    let mut left_out = Vec::new();
    let parts = parts(inventory, config);
    for (source, (page, parsed)) in inventory.pages.iter().zip(parsed).enumerate() {
        let path = logical_path(page);
        let kind = match kind(page, config) {
            Kind::Taxonomy | Kind::Term if parts.contains(&(page.lang, path.clone())) => Kind::Section,
            kind => kind,
        };
        let (mut front, params) =
            effective(parsed, cascades, page.name(), Reach::new(page.lang, kind, &path));
        // As in Hugo, the history comes before what the author says, unless the site wants it otherwise.
        if !config.dates.before_history().any(|key| params.contains(key)) {
            let changed = tree.get(page.file).and_then(|file| file.facts.changed);
            front.lastmod = changed.or(front.lastmod);
        }
        match LeftOut::of(&front, config.include, now) {
            Some(reason) => left_out.push((source, reason)),
            None => nodes.push(Node::of_file(source, page, kind, front, params)),
        }
    }
    add_homes(&mut nodes, cascades, config);
    add_sections(&mut nodes, inventory, &parts, cascades, config);
    (nodes, left_out)
}

/// Logical paths of folders with pages that have the name of a taxonomy, and of the folders in them: they are parts of the
/// workshop, which a taxonomy of the same name does not take.
fn parts(inventory: &Inventory, config: &Config) -> HashSet<(LangId, String)> {
    let mut parts = HashSet::new();
    let is_taxonomy = |top: &str| {
        config
            .taxonomies
            .iter()
            .any(|(_, plural)| plural.eq_ignore_ascii_case(top))
    };
    for page in &inventory.pages {
        let folder = match page.role {
            Role::Single => page.dir.as_str(),
            Role::Leaf => parent(&page.dir),
            Role::Branch => continue,
        };
        if is_taxonomy(first(folder)) {
            let folders = std::iter::successors(Some(folder), |folder| Some(parent(folder)));
            let folders = folders.take_while(|folder| !folder.is_empty());
            parts.extend(folders.map(|folder| (page.lang, format!("/{}", normal(folder)))));
        }
    }
    parts
}

/// Front matter and params of a page after cascade.
fn effective(parsed: &ParsedPage, cascades: &Cascades, name: &str, page: Reach) -> (FrontMatter, Map) {
    match cascades.apply(&parsed.values, page) {
        Some(values) => (cascades.decode(&values, name), page_params(&values)),
        None => (parsed.front.clone(), page_params(&parsed.values)),
    }
}

/// The values that cascades give a page without a file.
pub(super) fn inherited(cascades: &Cascades, page: Reach) -> (FrontMatter, Map) {
    match cascades.apply(&Map::new(), page) {
        Some(values) => (cascades.decode(&values, ""), page_params(&values)),
        None => (FrontMatter::default(), Map::new()),
    }
}

fn add_homes(nodes: &mut Vec<Node>, cascades: &Cascades, config: &Config) {
    let mut missing = config.languages.map(|_| true);
    for node in nodes.iter().filter(|node| node.kind == Kind::Home) {
        missing[node.lang] = false;
    }
    for lang in missing.ids().filter(|lang| missing[*lang]) {
        let (front, params) = inherited(cascades, Reach::new(lang, Kind::Home, "/"));
        nodes.push(Node::generated(
            lang,
            Kind::Home,
            Cow::Borrowed(""),
            front,
            params,
        ));
    }
}

/// Adds top-level sections without a file. A top-level folder with a page at any depth is a section, even if all of its
/// pages are drafts, unless a page of the same name has its place.
fn add_sections<'a>(
    nodes: &mut Vec<Node<'a>>,
    inventory: &'a Inventory,
    parts: &HashSet<(LangId, String)>,
    cascades: &Cascades,
    config: &Config,
) {
    let mut taken: HashSet<(LangId, String)> = top_level_paths(inventory, parts, config);
    for page in &inventory.pages {
        let top = first(&page.dir);
        if top.is_empty() || (page.role == Role::Leaf && page.dir == top) {
            continue;
        }
        let path = format!("/{}", normal(top));
        if !taken.insert((page.lang, path.clone())) {
            continue;
        }
        let (front, params) = inherited(cascades, Reach::new(page.lang, Kind::Section, &path));
        nodes.push(Node::generated(
            page.lang,
            Kind::Section,
            Cow::Borrowed(top),
            front,
            params,
        ));
    }
}

/// Logical paths one level below home that a page has, or that belong to a taxonomy alone.
fn top_level_paths(
    inventory: &Inventory,
    parts: &HashSet<(LangId, String)>,
    config: &Config,
) -> HashSet<(LangId, String)> {
    let is_top = |page: &&PageFile| match page.role {
        Role::Single => page.dir.is_empty(),
        Role::Leaf | Role::Branch => !page.dir.is_empty() && !page.dir.contains('/'),
    };
    let pages = inventory
        .pages
        .iter()
        .filter(is_top)
        .map(|page| (page.lang, logical_path(page)));
    let taxonomies = config
        .taxonomies
        .iter()
        .map(|(_, plural)| format!("/{}", normal(plural)));
    let taxonomies = taxonomies.flat_map(|path| config.languages.ids().map(move |lang| (lang, path.clone())));
    pages
        .chain(taxonomies.filter(|place| !parts.contains(place)))
        .collect()
}

/// The folders of home and section pages; if two pages claim one folder, the first.
pub(super) fn sections(nodes: &[Node]) -> Sections {
    let mut sections = Sections::new();
    for (at, node) in nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.bundle == Bundle::Branch)
    {
        sections.entry((node.lang, normal(&node.dir))).or_insert(id(at));
    }
    sections
}

/// The page above each page: the nearest section that exists; home has none.
pub(super) fn parents(nodes: &[Node], sections: &Sections) -> Vec<Option<PageId>> {
    let mut seen: HashMap<(LangId, &str), Option<PageId>> = HashMap::new();
    nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            if node.kind == Kind::Home {
                return None;
            }
            let container = node.container();
            let found = *seen
                .entry((node.lang, container))
                .or_insert_with(|| nearest_section(sections, node.lang, container));
            found.filter(|section| *section != id(at))
        })
        .collect()
}

/// The section of a folder as written, or of the nearest folder above that is one.
pub(super) fn nearest_section(sections: &Sections, lang: LangId, dir: &str) -> Option<PageId> {
    let dir = normal(dir);
    std::iter::successors(Some(dir.as_str()), |folder| {
        (!folder.is_empty()).then(|| parent(folder))
    })
    .find_map(|folder| sections.get(&(lang, folder.to_owned())).copied())
}

/// The id of the node at an index.
pub(super) fn id(at: usize) -> PageId {
    PageId(u32::try_from(at).unwrap_or(u32::MAX))
}
