//! Stage 6, render: bodies and templates become [`OutputFile`]s.
//!
//! A [`Renderer`] holds what all pages share. [`Renderer::page`] is a pure function of it, a page and that page's body,
//! so that pages can be made one by one, in any order, and a preview can ask for one. [`copies()`] adds the files that are
//! published as they are, and [`Renderer::site_files`] lists the files about the whole site.

mod assets;
mod audience;
mod body_markdown;
mod children;
mod classic;
mod copies;
mod diagrams;
mod excerpts;
mod feeds;
mod headers;
mod imports;
mod library_scripts;
mod llms;
mod menu_views;
mod mermaid;
mod modules;
mod nav;
mod not_found;
mod numbers;
mod offline;
mod page_links;
mod page_parts;
mod page_policy;
mod page_view;
mod pages;
mod params;
mod pieces;
mod policy;
mod print_page;
mod printing;
mod redirects;
mod renderer;
mod robots;
mod site_file;
mod site_table;
mod sitemap;
mod steps;
mod text_files;
mod theme_files;
mod toc;
pub mod view;
mod way;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::config::Config;
use crate::diag::FileId;
use crate::graph::Graph;
use crate::parse::ParsedPage;
use crate::source::SourceTree;
use crate::template::{Templates, Texts};

pub use copies::{copies, is_copied};
pub use page_parts::PageParts;
pub use renderer::Renderer;
pub use site_file::{AllPages, Content, Make, Published, SiteFile, SiteFiles};

/// Folder of the search, from the site's root.
pub const SEARCH_FOLDER: &str = "search/";

/// One file of the finished site.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputFile {
    /// Path from the site's root, decoded, with `/`, no leading slash: `docs/index.html`.
    pub path: String,
    /// Its content.
    pub content: OutputContent,
}

/// The content of an output file.
#[derive(Debug, Clone, PartialEq)]
pub enum OutputContent {
    /// Made by wsgen.
    Bytes(Vec<u8>),
    /// Made by wsgen, and so long that its pieces are not joined.
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

/// The input of rendering.
#[derive(Clone, Copy)]
pub struct RenderContext<'a> {
    /// Pages and their places.
    pub graph: &'a Graph,
    /// The site's settings.
    pub config: &'a Config,
    /// Pages as written, which [`Page::source`](crate::graph::Page::source) refers to.
    pub parsed: &'a [ParsedPage],
    /// The source files.
    pub tree: &'a SourceTree,
    /// Templates of the theme and the site.
    pub templates: &'a Templates,
    /// Interface texts of all languages.
    pub texts: &'a Texts,
}
