//! Stage 6, render: bodies and templates become an [`Output`]: every file of the site by its path.
//!
//! A [`Renderer`] holds what all pages share. [`Renderer::page`] is a pure function of it, a page and that page's body,
//! so that a preview can ask for one page; [`render`] asks for all of them in parallel and adds what belongs to no
//! page: files, redirects, the sitemap.

mod assets;
mod children;
mod edit;
mod links;
mod menus;
mod mermaid;
mod modules;
mod nav;
mod numbers;
mod pages;
mod redirects;
mod robots;
mod sitemap;
mod text;
mod toc;
pub mod view;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::body::Body;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::graph::{Graph, PageId};
use crate::parse::ParsedPage;
use crate::source::{Component, FileId, Origin, SourceTree};
use crate::template::{Templates, Texts};

pub use pages::Renderer;

/// The finished site, not yet on disk.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Files in a fixed order; no path twice.
    pub files: Vec<OutputFile>,
}

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
    /// A copy of a source file.
    Copy(FileId),
}

impl OutputFile {
    /// A text file.
    fn text(path: impl Into<String>, text: String) -> Self {
        Self {
            path: path.into(),
            content: OutputContent::Bytes(text.into_bytes()),
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

/// Renders the whole site. `bodies` are indexed by [`PageId`].
pub fn render(context: RenderContext<'_>, bodies: &[Option<Body>]) -> (Output, Diagnostics) {
    let renderer = Renderer::new(context);
    let mut diagnostics = Diagnostics::new();
    let bodies: Vec<Option<&Body>> = bodies.iter().map(Option::as_ref).collect();
    let body = |id: PageId| bodies.get(id.0 as usize).copied().flatten();
    let pages: Vec<_> = context
        .graph
        .pages
        .par_iter()
        .filter(|page| page.rendered)
        .map(|page| renderer.page(page.id, body(page.id)))
        .collect();
    let mut files = copies(context);
    for (file, found) in pages {
        files.push(file);
        diagnostics.extend(found);
    }
    for (more, found) in [renderer.frame(), renderer.gathered(&bodies)] {
        files.extend(more);
        diagnostics.extend(found);
    }
    // One faulty template fails on every page, in the same words.
    diagnostics.sort();
    diagnostics.dedup();
    (
        Output {
            files: first_of_each(files),
        },
        diagnostics,
    )
}

impl Renderer<'_> {
    /// The files that are no pages and need no page's text.
    pub fn frame(&self) -> (Vec<OutputFile>, Diagnostics) {
        let (mut files, mut diagnostics) = self.not_found();
        let (redirects, found) = redirects::redirects(self);
        files.extend(redirects);
        diagnostics.extend(found);
        files.extend(sitemap::sitemaps(self.context));
        files.extend(robots::robots(self.context));
        files.extend(self.assets());
        (files, diagnostics)
    }

    /// The files that the texts of all pages decide on.
    pub fn gathered(&self, bodies: &[Option<&Body>]) -> (Vec<OutputFile>, Diagnostics) {
        let mut files = Vec::new();
        if bodies.iter().flatten().any(|body| body.uses.mermaid) {
            files.extend(mermaid::files());
        }
        (files, Diagnostics::new())
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

/// Files that are copied.
fn copies(context: RenderContext<'_>) -> Vec<OutputFile> {
    let files = context.graph.assets.iter();
    files
        .filter(|(_, id)| is_copied(context.tree, *id))
        .map(|(path, id)| OutputFile {
            path: path.clone(),
            content: OutputContent::Copy(*id),
        })
        .collect()
}

/// What an author put at a path stays there: a static `robots.txt` comes before ours.
fn first_of_each(files: Vec<OutputFile>) -> Vec<OutputFile> {
    let mut seen = HashSet::new();
    files
        .into_iter()
        .filter(|file| seen.insert(file.path.clone()))
        .collect()
}
