//! Taxonomies: a list page for each that is in use, and a page for each term.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::cascade::{Cascades, Reach};
use super::node::{Node, is_enabled};
use super::paths::{first, normal};
use super::titles::term_title;
use super::tree::{id, inherited};
use super::{Kind, PageId};
use crate::config::Config;
use crate::lang::{LangId, PerLanguage};
use crate::parse::Render;

/// Pages by language, index of the taxonomy, and logical path of the term.
type Terms = BTreeMap<(LangId, usize, String), Term>;

/// A term in use.
struct Term {
    /// The term as the first page writes it.
    written: String,
    pages: Vec<PageId>,
}

/// The pages of terms and taxonomies, and the terms of pages.
#[derive(Default)]
pub(super) struct Members {
    /// Pages of each term, and terms of each taxonomy.
    pub(super) of: HashMap<PageId, Vec<PageId>>,
    /// Terms of each page.
    pub(super) terms: HashMap<PageId, Vec<PageId>>,
    /// List pages by language, in the order of the configuration.
    pub(super) taxonomies: PerLanguage<Vec<PageId>>,
}

/// Adds the pages of taxonomies and terms that have no file, and collects the members of all of them.
pub(super) fn add(nodes: &mut Vec<Node>, cascades: &Cascades, config: &Config) -> Members {
    let mut members = Members {
        taxonomies: config.languages.map(|_| Vec::new()),
        ..Members::default()
    };
    if !is_enabled(Kind::Taxonomy, config) && !is_enabled(Kind::Term, config) {
        return members;
    }
    let terms = terms(nodes, config);
    let mut pages = existing(nodes, config);
    for lang in config.languages.ids() {
        for (at, (_, plural)) in config.taxonomies.iter().enumerate() {
            let range = (lang, at, String::new())..(lang, at + 1, String::new());
            let used: Vec<(&String, &Term)> = terms
                .range(range)
                .map(|((.., path), term)| (path, term))
                .collect();
            let path = format!("/{}", normal(plural));
            if used.is_empty() && !pages.contains_key(&(lang, path.clone())) {
                continue;
            }
            let list = page(nodes, &mut pages, lang, Kind::Taxonomy, path, plural, cascades);
            for (path, term) in used.into_iter().filter(|_| is_enabled(Kind::Term, config)) {
                let dir = format!("{plural}/{}", term.written);
                let page = page(nodes, &mut pages, lang, Kind::Term, path.clone(), &dir, cascades);
                let node = &mut nodes[page.0 as usize];
                if node.kind == Kind::Term {
                    let title = &mut node.front.title;
                    title.get_or_insert_with(|| term_title(&term.written, config.list_titles));
                }
                for member in &term.pages {
                    members.terms.entry(*member).or_default().push(page);
                }
                members.of.insert(page, term.pages.clone());
            }
            members.taxonomies[lang].push(list);
        }
    }
    add_terms_to_lists(nodes, &mut members);
    members
}

/// The terms of every page that has a URL.
fn terms(nodes: &[Node], config: &Config) -> Terms {
    let mut terms = Terms::new();
    for (at, node) in nodes.iter().enumerate() {
        if node.front.build.render == Render::Never || node.front.headless {
            continue;
        }
        for (plural, words) in &node.front.terms {
            let known = config
                .taxonomies
                .iter()
                .position(|(_, name)| name.eq_ignore_ascii_case(plural));
            let Some(taxonomy) = known else { continue };
            for word in words
                .iter()
                .map(|word| word.trim().trim_matches('/'))
                .filter(|word| !word.is_empty())
            {
                let path = format!("/{}/{}", normal(plural), normal(word));
                let term = terms.entry((node.lang, taxonomy, path));
                let term = term.or_insert_with(|| Term {
                    written: word.to_owned(),
                    pages: Vec::new(),
                });
                if term.pages.last() != Some(&id(at)) {
                    term.pages.push(id(at));
                }
            }
        }
    }
    terms
}

/// Pages of taxonomies and terms that have a file, and parts of the workshop of the same names.
fn existing(nodes: &[Node], config: &Config) -> HashMap<(LangId, String), PageId> {
    let has_name = |node: &Node| {
        let top = first(&node.path[1..]);
        let mut taxonomies = config.taxonomies.iter();
        taxonomies.any(|(_, plural)| normal(plural) == top)
    };
    nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| match node.kind {
            Kind::Taxonomy | Kind::Term => true,
            Kind::Section => has_name(node),
            Kind::Home | Kind::Page => false,
        })
        .map(|(at, node)| ((node.lang, node.path.clone()), id(at)))
        .collect()
}

fn page(
    nodes: &mut Vec<Node>,
    pages: &mut HashMap<(LangId, String), PageId>,
    lang: LangId,
    kind: Kind,
    path: String,
    dir: &str,
    cascades: &Cascades,
) -> PageId {
    let (front, params) = match pages.get(&(lang, path.clone())) {
        Some(page) => return *page,
        None => inherited(cascades, Reach::new(lang, kind, &path)),
    };
    let page = id(nodes.len());
    nodes.push(Node::generated(
        lang,
        kind,
        Cow::Owned(dir.to_owned()),
        front,
        params,
    ));
    pages.insert((lang, path), page);
    page
}

/// A taxonomy's members are its terms, also those that have a page but no members.
fn add_terms_to_lists(nodes: &[Node], members: &mut Members) {
    let lists: HashMap<(LangId, &str), PageId> = members
        .taxonomies
        .iter()
        .flatten()
        .map(|list| {
            (
                (nodes[list.0 as usize].lang, nodes[list.0 as usize].path.as_str()),
                *list,
            )
        })
        .collect();
    for (at, node) in nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.kind == Kind::Term)
    {
        let top = node.path[1..]
            .find('/')
            .map_or(node.path.as_str(), |end| &node.path[..=end]);
        if let Some(list) = lists.get(&(node.lang, top)) {
            members.of.entry(*list).or_default().push(id(at));
        }
    }
}
