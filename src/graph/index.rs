//! Look-ups: pages by path, file and name, and whatever a URL path leads to.

use std::collections::HashMap;

use super::node::Node;
use super::paths::{clean, decode_path, last, output_path};
use super::tree::id;
use super::{Graph, Kind, Page, PageId, Target};
use crate::discover::Inventory;
use crate::source::{FileId, SourceTree};

/// Index for `ref`, `relref` and links.
#[derive(Debug, Clone, Default)]
pub struct RefIndex {
    /// One for each language.
    pub(super) languages: Vec<LanguageIndex>,
    /// URL paths of files beside pages, by their path inside the content.
    pub(super) resources: HashMap<String, (FileId, String)>,
    /// Keys of the languages, in lower case.
    pub(super) keys: Vec<String>,
    /// Path of the `baseURL`, decoded: `/` or `/sub/`.
    pub(super) base_path: String,
}

/// The pages of a language.
#[derive(Debug, Clone, Default)]
pub(super) struct LanguageIndex {
    /// By logical path.
    pub(super) by_path: HashMap<String, PageId>,
    /// By last part of the logical path; sections by their folder.
    pub(super) by_name: HashMap<String, Vec<PageId>>,
    /// By path of the file inside the content, in lower case, with extension.
    pub(super) by_file: HashMap<String, PageId>,
}

/// Indexes pages; of two pages with the same logical path `order` gives the one that counts first.
pub(super) fn index(
    nodes: &[Node],
    order: &[usize],
    inventory: &Inventory,
    tree: &SourceTree,
    languages: usize,
) -> Vec<LanguageIndex> {
    let mut index = vec![LanguageIndex::default(); languages];
    for at in order.iter().copied() {
        let (node, page) = (&nodes[at], id(at));
        let language = &mut index[node.lang];
        language.by_path.entry(node.path.clone()).or_insert(page);
        if node.kind != Kind::Home {
            language
                .by_name
                .entry(last(&node.path).to_owned())
                .or_default()
                .push(page);
        }
        let file = node
            .source
            .and_then(|source| tree.get(inventory.pages[source].file));
        if let Some(file) = file {
            language.by_file.entry(file.target.to_lowercase()).or_insert(page);
        }
    }
    index
}

impl Graph {
    /// The page named `id`.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// What a URL path of the site leads to: `/docs/a/`, `/docs/a`, `/docs/a/index.html`, `/img/x.png`. The path may be
    /// percent-encoded and has no base path, query or fragment.
    pub fn lookup(&self, path: &str) -> Option<Target> {
        self.target_at(&decode_path(path))
    }

    /// The same for a decoded path.
    pub(super) fn target_at(&self, path: &str) -> Option<Target> {
        let clean = clean(path);
        let folder = if clean == "/" {
            clean.clone()
        } else {
            format!("{clean}/")
        };
        let as_folder = || self.targets.get(&output_path(&folder)).copied();
        if path.ends_with('/') || clean == "/" {
            return as_folder();
        }
        self.targets.get(&output_path(&clean)).copied().or_else(as_folder)
    }

    /// The page at a logical path in a language.
    pub fn page_at(&self, lang: usize, path: &str) -> Option<PageId> {
        self.index.languages.get(lang)?.by_path.get(path).copied()
    }

    /// The page that a content file makes: `docs/a.md`, path inside the content in any case.
    pub fn page_of_file(&self, lang: usize, path: &str) -> Option<PageId> {
        self.index
            .languages
            .get(lang)?
            .by_file
            .get(&path.to_lowercase())
            .copied()
    }
}
