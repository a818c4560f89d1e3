//! Stage 6, render: bodies and templates become [`OutputFile`]s.
//!
//! A [`Renderer`] holds what all pages share. [`Renderer::page`] is a pure function of it, a page and that page's body,
//! so that pages can be made one by one, in any order, and a preview can ask for one. [`copies`],
//! [`Renderer::frame`] and [`Renderer::gathered`] add what belongs to no page: files, redirects, the sitemap.

mod assets;
mod audience;
mod children;
mod diagrams;
mod edit;
mod headers;
mod imports;
mod links;
mod menus;
mod mermaid;
mod modules;
mod nav;
mod numbers;
mod offline;
mod page_view;
mod pages;
mod pieces;
mod policy;
mod print;
mod redirects;
mod robots;
mod share;
mod sitemap;
mod text;
mod toc;
pub mod view;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::body::{Body, LinkTarget, Policy};
use crate::config::Config;
use crate::diag::{Diagnostics, FileId};
use crate::graph::Graph;
use crate::parse::ParsedPage;
use crate::source::{Component, Origin, SourceTree};
use crate::template::{Templates, Texts};

pub use offline::Published;
pub use pages::Renderer;
pub use share::Share;

/// Where the files of the search are, from the site's root.
pub const SEARCH_FOLDER: &str = "search/";

/// One file of the finished site.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputFile {
    /// Path from the site's root, decoded, with `/`, no leading slash: `docs/index.html`.
    pub path: String,
    /// What is in it.
    pub content: OutputContent,
}

/// What an output file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum OutputContent {
    /// Made by wsgen.
    Bytes(Vec<u8>),
    /// Made by wsgen, and so long that it is not put together: what these hold, one after the other.
    Pieces(Vec<Arc<String>>),
    /// A copy of a source file.
    Copy(FileId),
}

impl OutputFile {
    /// A text file.
    fn text(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            content: OutputContent::Bytes(text.into()),
        }
    }
}

/// What a site is rendered from.
#[derive(Clone, Copy)]
pub struct RenderContext<'a> {
    /// Pages and their places.
    pub graph: &'a Graph,
    /// Settings.
    pub config: &'a Config,
    /// Pages as written, which [`Page::source`](crate::graph::Page::source) refers to.
    pub parsed: &'a [ParsedPage],
    /// Files.
    pub tree: &'a SourceTree,
    /// Templates.
    pub templates: &'a Templates,
    /// Interface texts.
    pub texts: &'a Texts,
}

/// The files that are published as they are.
pub fn copies(context: RenderContext<'_>) -> Vec<OutputFile> {
    let RenderContext { graph, tree, .. } = context;
    let files = graph.assets.iter();
    files
        .filter(|(_, id)| is_copied(tree, *id))
        .map(|(path, id)| OutputFile {
            path: path.clone(),
            content: OutputContent::Copy(*id),
        })
        .collect()
}

impl Renderer<'_> {
    /// Files of `assets/` that pages show. Bodies are indexed by page.
    pub fn shown(&self, bodies: &[Option<&Body>]) -> Vec<OutputFile> {
        let links = bodies.iter().flatten().flat_map(|body| &body.links);
        let shown: HashSet<FileId> = links
            .filter_map(|link| match link.to {
                LinkTarget::Asset(file) => Some(file),
                _ => None,
            })
            .collect();
        let pool = self.context.graph.pool.iter();
        pool.filter(|(_, file)| shown.contains(file))
            .map(|(path, file)| OutputFile {
                path: path.clone(),
                content: OutputContent::Copy(*file),
            })
            .collect()
    }

    /// What [`Renderer::gathered`], the search and the check of links need of a body whose page has been rendered, and
    /// whose [share](Renderer::share) of the page for printing has been made. It is a small part: whatever stays here is
    /// in memory for all pages of a site at once.
    pub fn rest_of(&self, body: Body) -> Body {
        Body {
            html: String::new(),
            policy: Policy::default(),
            classes: BTreeSet::new(),
            places: Vec::new(),
            outline: Vec::new(),
            plain: String::new(),
            variables_form: String::new(),
            ..body
        }
    }

    /// The files that are no pages and need no page's text.
    pub fn frame(&self) -> (Vec<OutputFile>, Diagnostics) {
        let (mut files, mut diagnostics) = self.not_found();
        let (redirects, found) = redirects::redirects(self);
        files.extend(redirects);
        diagnostics.extend(found);
        files.extend(sitemap::sitemaps(self.context));
        files.extend(robots::robots(self.context));
        files.push(headers::headers(self.context));
        files.extend(self.assets());
        (first_of_each(files), diagnostics)
    }

    /// The file of [`frame`](Self::frame) at `path`, made alone.
    pub fn frame_file(&self, path: &str) -> Option<(OutputFile, Diagnostics)> {
        let (not_found, found) = if path.ends_with("404.html") {
            self.not_found()
        } else {
            Default::default()
        };
        if let Some(file) = not_found.into_iter().find(|file| file.path == path) {
            return Some((file, found));
        }
        if let Some(redirect) = redirects::redirect_at(self, path) {
            return Some(redirect);
        }
        let sitemaps = if path.ends_with("sitemap.xml") {
            sitemap::sitemaps(self.context)
        } else {
            Vec::new()
        };
        let others = sitemaps
            .into_iter()
            .chain(robots::robots(self.context))
            .chain([headers::headers(self.context)])
            .chain(self.assets());
        let file = others.into_iter().find(|file| file.path == path)?;
        Some((file, Diagnostics::new()))
    }

    /// Whether the file at `path` is one of [`gathered`](Self::gathered), the diagram library left out.
    pub fn is_gathered(&self, path: &str) -> bool {
        let mut urls = (0..self.context.config.languages.len()).filter_map(|lang| self.print_url(lang));
        urls.any(|url| crate::graph::output_path(url) == path)
    }

    /// The files that the texts of all pages decide on. Bodies and [shares](Renderer::share) are indexed by page.
    pub fn gathered(
        &self,
        bodies: &[Option<&Body>],
        shares: &[Option<Share>],
    ) -> (Vec<OutputFile>, Diagnostics) {
        let mut files = Vec::new();
        if bodies.iter().flatten().any(|body| body.uses.mermaid) {
            files.extend(self.diagram_library(bodies));
        }
        let (prints, diagnostics) = self.prints(shares);
        files.extend(prints);
        (files, diagnostics)
    }
}

/// The diagram library's file at a path of the site, whether a page needs it or not.
pub fn diagram_library(path: &str) -> Option<Vec<u8>> {
    mermaid::file(path)
}

/// Whether a file in the graph is published as it is. Those of the theme are published under other names, if at all.
pub fn is_copied(tree: &SourceTree, id: FileId) -> bool {
    let file = tree.get(id);
    file.is_none_or(|file| file.component != Component::Static || file.origin != Origin::Embedded)
}

/// Two redirects may begin at one path.
fn first_of_each(files: Vec<OutputFile>) -> Vec<OutputFile> {
    let mut seen = HashSet::new();
    files
        .into_iter()
        .filter(|file| seen.insert(file.path.clone()))
        .collect()
}
