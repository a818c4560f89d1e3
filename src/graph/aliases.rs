//! Redirects from a page's old addresses.

use std::collections::HashMap;

use spanned_data::Value;

use super::input::Input;
use super::languages::root_redirect;
use super::node::Node;
use super::page_place::Place;
use super::page_urls::{is_ugly, language_prefix};
use super::paths::{clean, join, output_path, parent};
use super::tree::id;
use super::{Bundle, PageId};
use crate::diag::{Diagnostic, Diagnostics, Kind, Span};
use crate::lang::PerLanguage;

/// Redirects as URL path and page, and findings about those that lose. A page or file at the same place wins, of two
/// redirects the first.
pub(super) fn aliases(
    nodes: &[Node],
    places: &[Place],
    homes: &PerLanguage<PageId>,
    taken: impl Fn(&str) -> bool,
    input: Input,
) -> (Vec<(String, PageId)>, Diagnostics) {
    let config = input.config;
    let mut seen: HashMap<String, PageId> = HashMap::new();
    let mut aliases = Vec::new();
    let mut found = Diagnostics::new();
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
                    let target = output_path(&url);
                    let other = seen.get(&target).copied();
                    let own = target == output_path(&places[at].url) || other == Some(id(at));
                    if taken(&target) || other.is_some() {
                        found.extend((!own).then(|| meets(node, written, other.is_some(), input)));
                    } else {
                        seen.insert(target, id(at));
                        aliases.push((url, id(at)));
                    }
                }
            }
        }
    }
    if let (Some(url), Some(home)) = (root_redirect(config), homes.get(config.default_language)) {
        let target = output_path(&url);
        if !taken(&target) && !seen.contains_key(&target) {
            aliases.push((url, *home));
        }
    }
    (aliases, found)
}

/// The finding about an alias whose address something else has.
fn meets(node: &Node, written: &str, is_alias: bool, input: Input) -> Diagnostic {
    let values = node.source.map(|source| &input.parsed[source].values);
    let items = values.and_then(|values| values.get("aliases")).map(Value::items);
    let mut items = items.unwrap_or_default().iter();
    let item = items.find(|item| item.to_text().as_deref() == Some(written));
    let span = node.file.map(|file| {
        let bytes = item.map_or(0..0, |item| item.span.clone());
        Span::new(file, bytes.start, bytes.end)
    });
    let other = if is_alias {
        "another page has the same alias"
    } else {
        "a page or file has this address"
    };
    let message = format!("the alias `{written}` leads nowhere: {other}");
    Diagnostic::of(Kind::DuplicateAlias, span, message).help("take the alias out of one of the two")
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
