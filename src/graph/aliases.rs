//! Redirects from a page's old addresses.

use std::collections::HashSet;

use super::languages::root_redirect;
use super::node::Node;
use super::page_place::Place;
use super::page_urls::{is_ugly, language_prefix};
use super::paths::{clean, join, output_path, parent};
use super::tree::id;
use super::{Bundle, PageId};
use crate::config::Config;

/// Redirects as URL path and page. A page or file at the same place wins, of two redirects the first.
pub(super) fn aliases(
    nodes: &[Node],
    places: &[Place],
    homes: &[PageId],
    taken: impl Fn(&str) -> bool,
    config: &Config,
) -> Vec<(String, PageId)> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut aliases = Vec::new();
    let mut add = |url: String, page: PageId| {
        let target = output_path(&url);
        if !taken(&target) && seen.insert(target) {
            aliases.push((url, page));
        }
    };
    if !config.urls.disable_aliases {
        for (at, node) in nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.is_rendered(config))
        {
            for written in &node.front.aliases {
                let prefix = language_prefix(node.lang, config);
                if let Some(url) = alias_url(
                    written,
                    &folder(node, &places[at]),
                    &prefix,
                    is_ugly(node, config),
                ) {
                    add(url, id(at));
                }
            }
        }
    }
    if let (Some(url), Some(home)) = (root_redirect(config), homes.get(config.default_language)) {
        add(url, *home);
    }
    aliases
}

/// The folder that the aliases of a page are relative to: the one above the page.
fn folder(node: &Node, place: &Place) -> String {
    let of_file = !place.url.ends_with('/') && node.bundle != Bundle::Branch;
    parent(if of_file { &place.url } else { &place.base }).to_owned()
}

/// The URL path of an alias: with a leading slash from the root of the language, which it may name itself, else from
/// `folder`.
fn alias_url(written: &str, folder: &str, language: &str, ugly: bool) -> Option<String> {
    let written: String = written.trim().chars().filter(|c| !c.is_control()).collect();
    if written.is_empty() || written.contains("://") {
        return None;
    }
    let path = match clean(&written) {
        _ if !written.starts_with('/') => join(folder, &written),
        path if path == "/" || path.starts_with(&format!("{language}/")) => path,
        path => format!("{language}{path}"),
    };
    let is_file = [".html", ".htm"]
        .iter()
        .any(|extension| path.ends_with(extension));
    Some(match (is_file, ugly, path.as_str()) {
        (true, ..) => path,
        (false, _, "/") => path,
        (false, true, _) => format!("{path}.html"),
        (false, false, _) => format!("{path}/"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(written: &str, ugly: bool) -> Option<String> {
        alias_url(written, "/lab/ignored", "", ugly)
    }

    #[test]
    fn aliases_are_resolved_from_the_folder_above_the_page() {
        let cases = [
            ("/old/f/", "/old/f/"),
            ("rel-old", "/lab/ignored/rel-old/"),
            ("../up/", "/lab/up/"),
            ("/x.html", "/x.html"),
            ("/Caps Here/", "/Caps Here/"),
            ("/", "/"),
            ("/../../etc", "/etc/"),
        ];
        for (written, url) in cases {
            assert_eq!(alias(written, false).as_deref(), Some(url));
        }
        assert_eq!(alias("/zold", true).as_deref(), Some("/zold.html"));
        assert_eq!(
            alias_url("/old", "/ja/lab", "/ja", false).as_deref(),
            Some("/ja/old/")
        );
        assert_eq!(
            alias_url("/ja/old", "/ja/lab", "/ja", false).as_deref(),
            Some("/ja/old/")
        );
        assert_eq!(alias(" ", false), None);
        assert_eq!(alias("https://x.example/a", false), None);
    }
}
