//! Builds the graph of a site that is written down in a test.

use crate::config::{Config, ConfigOptions};
use crate::diag::Diagnostics;
use crate::discover::{Inventory, discover};
use crate::graph::{Graph, Page, PageId, resolve};
use crate::parse::{self, ParseContext, ParsedPage};
use crate::source::SourceTree;

/// A site with everything that the graph was made from.
pub(super) struct Site {
    pub(super) graph: Graph,
    pub(super) config: Config,
    pub(super) tree: SourceTree,
    pub(super) diagnostics: Diagnostics,
}

/// Files as (path, text). Configuration is `hugo.toml`; the text of a page that does not begin with `---` or `+++` is
/// its front matter in YAML.
pub(super) fn site(files: &[(&str, &str)]) -> Site {
    let is_page =
        |path: &str| path.starts_with("content") && (path.ends_with(".md") || path.ends_with(".MD"));
    let file = |(path, text): &(&str, &str)| {
        let written = text.starts_with("---") || text.starts_with("+++") || text.starts_with('#');
        let text = if is_page(path) && !written {
            format!("---\n{text}\n---\n")
        } else {
            (*text).to_owned()
        };
        ((*path).to_owned(), text)
    };
    let (config, tree, _) = crate::config::from_memory(files.iter().map(file), &ConfigOptions::default());
    of_tree(config, tree)
}

/// Pages alone, each with its path as its title.
pub(super) fn pages(paths: &[&str]) -> Site {
    let titles: Vec<String> = paths.iter().map(|path| format!("title: {path:?}")).collect();
    let files: Vec<(&str, &str)> = paths
        .iter()
        .copied()
        .zip(titles.iter().map(String::as_str))
        .collect();
    site(&files)
}

pub(super) fn of_tree(config: Config, tree: SourceTree) -> Site {
    let (inventory, mut diagnostics) = discover(&tree, &config);
    let parsed = parse_all(&inventory, &tree, &config);
    let now = "2025-06-01T00:00:00Z".parse().expect("a time");
    let (graph, findings) = resolve(&inventory, &parsed, &tree, &config, now);
    diagnostics.extend(findings);
    Site {
        graph,
        config,
        tree,
        diagnostics,
    }
}

pub(super) fn parse_all(inventory: &Inventory, tree: &SourceTree, config: &Config) -> Vec<ParsedPage> {
    let context = ParseContext::of(config, &config.environment);
    let parse = |page: &crate::discover::PageFile| {
        parse::parse(page.source(), tree.text(page.file).unwrap_or_default(), &context).0
    };
    inventory.pages.iter().map(parse).collect()
}

impl Site {
    /// The page of a content file.
    pub(super) fn page(&self, file: &str) -> &Page {
        let found = self
            .config
            .languages
            .ids()
            .find_map(|lang| self.graph.page_of_file(lang, file));
        self.graph
            .page(found.unwrap_or_else(|| panic!("{file} is no page")))
    }

    pub(super) fn url(&self, file: &str) -> &str {
        &self.page(file).url
    }

    /// The page at a logical path of the default language.
    pub(super) fn at(&self, path: &str) -> &Page {
        let found = self.graph.page_at(self.config.default_language, path);
        self.graph
            .page(found.unwrap_or_else(|| panic!("nothing at {path}")))
    }

    /// URLs of all rendered pages, sorted.
    pub(super) fn urls(&self) -> Vec<&str> {
        let mut urls: Vec<&str> = self
            .graph
            .pages
            .iter()
            .filter(|page| page.rendered)
            .map(|page| page.url.as_str())
            .collect();
        urls.sort_unstable();
        urls
    }

    pub(super) fn paths(&self, pages: &[PageId]) -> Vec<&str> {
        pages
            .iter()
            .map(|page| self.graph.page(*page).path.as_str())
            .collect()
    }

    /// Codes and files of the findings.
    pub(super) fn findings(&self) -> Vec<String> {
        let path = |finding: &crate::diag::Diagnostic| {
            let path = finding
                .span
                .and_then(|span| self.tree.path(span.file))
                .unwrap_or_default();
            format!("{} {path}", finding.code).trim().to_owned()
        };
        self.diagnostics.iter().map(path).collect()
    }

    /// Paths of the files that are copied.
    pub(super) fn assets(&self) -> Vec<&str> {
        self.graph.assets.iter().map(|(path, _)| path.as_str()).collect()
    }
}
