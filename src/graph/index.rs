//! Look-ups: pages by path, file and name, and targets of URL paths.

use std::collections::HashMap;

use super::assets::BesidePages;
use super::input::Input;
use super::node::Node;
use super::page_urls::by_precedence;
use super::paths::{clean, decode_path, last, output_path};
use super::source_places::SourcePlaces;
use super::tree::id;
use super::{Graph, Kind, Page, PageId, Target};
use crate::config::LinkHook;
use crate::lang::{LangId, PerLanguage};
use crate::source::SourceFile;

/// Index for `ref`, `relref` and links.
#[derive(Debug, Clone, Default)]
pub struct RefIndex {
    /// One for each language.
    pub(super) languages: PerLanguage<LanguageIndex>,
    /// Files beside pages.
    pub(super) resources: BesidePages,
    /// Keys of the languages, in lower case.
    pub(super) keys: PerLanguage<String>,
    /// The links that are printed as their page's address, even if another one works.
    pub(super) canonical: LinkHook,
    /// Path of the `baseURL`, decoded: `/` or `/sub/`.
    pub(super) base_path: String,
    /// Folders of the files before mounts.
    pub(super) sources: SourcePlaces,
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

impl RefIndex {
    /// Indexes pages. Of two pages with the same logical path, the one with the URL counts.
    pub(super) fn new(nodes: &[Node], resources: BesidePages, input: Input) -> Self {
        let config = input.config;
        let mut languages = config.languages.map(|_| LanguageIndex::default());
        for at in by_precedence(nodes) {
            let file = nodes[at]
                .source
                .and_then(|source| input.tree.get(input.inventory.pages[source].file));
            languages[nodes[at].lang].add(&nodes[at], id(at), file);
        }
        Self {
            languages,
            resources,
            keys: config.languages.map(|language| language.key.to_lowercase()),
            canonical: config.markup.goldmark.link_hook,
            base_path: decode_path(&config.base_url.path).into_owned(),
            sources: SourcePlaces::new(nodes, input),
        }
    }
}

impl LanguageIndex {
    fn add(&mut self, node: &Node, page: PageId, file: Option<&SourceFile>) {
        self.by_path.entry(node.path.clone()).or_insert(page);
        if node.kind != Kind::Home {
            self.by_name
                .entry(last(&node.path).to_owned())
                .or_default()
                .push(page);
        }
        if let Some(file) = file {
            self.by_file.entry(file.target.to_lowercase()).or_insert(page);
        }
    }
}

impl Graph {
    /// The page named `id`.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// The target of a URL path of the site: `/docs/a/`, `/docs/a`, `/docs/a/index.html`, `/img/x.png`. The path may be
    /// percent-encoded and has no base path, query or fragment.
    pub fn lookup(&self, path: &str) -> Option<Target> {
        self.target_at(&decode_path(path))
    }

    /// The target of a decoded URL path of the site.
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
    pub fn page_at(&self, lang: LangId, path: &str) -> Option<PageId> {
        self.index.languages.get(lang)?.by_path.get(path).copied()
    }

    /// The page of a content file: `docs/a.md`, path inside the content in any case.
    pub fn page_of_file(&self, lang: LangId, path: &str) -> Option<PageId> {
        self.index
            .languages
            .get(lang)?
            .by_file
            .get(&path.to_lowercase())
            .copied()
    }
}
