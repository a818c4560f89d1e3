//! The account of a site's content: every file below the content folders is a page, a file that is published or used, or
//! left out for a reason.
//!
//! Takes what discovering and resolving gave; gives a [`Fate`] for each file, and findings about the pages that their
//! author cannot have meant to lose.

mod languages;
mod lost;

use std::collections::{BTreeMap, HashMap};

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::discover::Inventory;
use crate::graph::{Graph, LeftOut};
use crate::parse::ParsedPage;
use crate::source::{Component, SourceTree};

/// The parts of a site that the account is about.
#[derive(Clone, Copy)]
pub struct Content<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The files.
    pub tree: &'a SourceTree,
    /// Their roles.
    pub inventory: &'a Inventory,
    /// The pages of the inventory in the same order.
    pub parsed: &'a [ParsedPage],
    /// The pages that take part.
    pub graph: &'a Graph,
}

/// The end of a content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is a page of the site.
    Page,
    /// It is published as it is, or a page uses it.
    File,
    /// It takes no part.
    LeftOut(LeftOut),
}

/// The fate of every content file, by its path from the site's folder.
pub fn account(content: Content<'_>) -> BTreeMap<String, Fate> {
    let mut fates = BTreeMap::new();
    for (path, skipped) in content.tree.skipped() {
        fates.insert(path.clone(), Fate::LeftOut((*skipped).into()));
    }
    // Files that are in no inventory belong to a language that is turned off.
    for (_, file) in content.tree.iter(Component::Content) {
        fates.insert(file.path.clone(), Fate::LeftOut(LeftOut::DisabledLanguage));
    }
    let left_out: HashMap<usize, LeftOut> = content.graph.left_out.iter().copied().collect();
    let rendered: HashMap<usize, bool> = content
        .graph
        .pages
        .iter()
        .filter_map(|page| Some((page.source?, page.rendered)))
        .collect();
    for (source, page) in content.inventory.pages.iter().enumerate() {
        let fate = match (left_out.get(&source), rendered.get(&source)) {
            (Some(reason), _) => Fate::LeftOut(*reason),
            (None, Some(true)) => Fate::Page,
            (None, _) => Fate::LeftOut(LeftOut::Hidden),
        };
        fates.extend(content.tree.path(page.file).map(|path| (path.to_owned(), fate)));
    }
    let uses = lost::Uses::of(content);
    for file in &content.inventory.resources {
        let is_there = file.published || uses.takes(file);
        let fate = if is_there {
            Fate::File
        } else {
            Fate::LeftOut(LeftOut::Shadowed)
        };
        fates.extend(content.tree.path(file.file).map(|path| (path.to_owned(), fate)));
    }
    fates
}

/// The files that take no part, by path.
pub fn left_out(content: Content<'_>) -> Vec<(String, LeftOut)> {
    account(content)
        .into_iter()
        .filter_map(|(path, fate)| match fate {
            Fate::LeftOut(reason) => Some((path, reason)),
            Fate::Page | Fate::File => None,
        })
        .collect()
}

/// Findings about pages that are lost, or published at an address that nobody meant.
pub fn findings(content: Content<'_>) -> Diagnostics {
    let mut found = lost::findings(content);
    found.extend(languages::findings(content));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::discover;
    use crate::parse::{ParseContext, parse};

    /// The fates of the content files of a site in memory.
    fn fates(files: &[(&str, &str)]) -> Vec<String> {
        let tree = SourceTree::from_memory(files.iter().copied());
        let config =
            Config::from_toml("disableLanguages = ['fr']\n[languages.en]\n[languages.ja]\n[languages.fr]");
        let (inventory, _) = discover(&tree, &config);
        let context = ParseContext::of(&config, "production");
        let parsed: Vec<_> = inventory
            .pages
            .iter()
            .map(|page| parse(page.source(), tree.text(page.file).unwrap_or_default(), &context).0)
            .collect();
        let now = "2025-06-01T12:00:00Z".parse().expect("a time");
        let (graph, _) = crate::graph::resolve(&inventory, &parsed, &tree, &config, now);
        let content = Content {
            config: &config,
            tree: &tree,
            inventory: &inventory,
            parsed: &parsed,
            graph: &graph,
        };
        let all = account(content);
        assert_eq!(all.len(), tree.iter(Component::Content).count(), "each file once");
        all.into_iter()
            .map(|(path, fate)| match fate {
                Fate::Page => format!("{path} page"),
                Fate::File => format!("{path} file"),
                Fate::LeftOut(reason) => format!("{path} {}", reason.word()),
            })
            .collect()
    }

    #[test]
    fn every_content_file_has_one_fate() {
        let found = fates(&[
            ("content/_index.md", ""),
            ("content/a.png", ""),
            ("content/a/index.md", "{{< include \"part.md\" >}}"),
            ("content/a/part.md", "used"),
            ("content/a/10-lost.md", "lost"),
            ("content/a/sub/index.md", "lost"),
            ("content/a/data.csv", ""),
            ("content/b.md", "---\ndraft: true\n---\n"),
            ("content/c.md", "---\nbuild:\n  render: never\n---\n"),
            ("content/d.ja.md", ""),
            ("content/e.fr.md", ""),
        ]);
        assert_eq!(
            found,
            [
                "content/_index.md page",
                "content/a.png file",
                "content/a/10-lost.md shadowed",
                "content/a/data.csv file",
                "content/a/index.md page",
                "content/a/part.md file",
                "content/a/sub/index.md shadowed",
                "content/b.md draft",
                "content/c.md hidden",
                "content/d.ja.md page",
                "content/e.fr.md in a disabled language",
            ]
        );
    }
}
