//! Redirects from a page's old addresses.

use std::collections::HashMap;

use spanned_data::Value;

use super::input::Input;
use super::languages::root_redirect;
use super::moved_ids::{self, WrittenId};
use super::node::Node;
use super::page_place::Place;
use super::page_urls::{is_ugly, language_prefix};
use super::paths::{clean, decode_path, join, output_path, parent};
use super::tree::id;
use super::{Bundle, PageId};
use crate::diag::{Diagnostic, Diagnostics, Kind, Span};
use crate::lang::PerLanguage;

/// The aliases of a site.
#[derive(Default)]
pub(super) struct Aliases {
    /// Redirects as URL path and page.
    pub(super) redirects: Vec<(String, PageId)>,
    /// Those with a fragment.
    pub(super) ids: Vec<WrittenId>,
    /// Findings about those that lose.
    pub(super) found: Diagnostics,
}

/// The aliases of all pages. A page or file at the same place wins, of two redirects the first.
pub(super) fn aliases(
    nodes: &[Node],
    places: &[Place],
    homes: &PerLanguage<PageId>,
    taken: impl Fn(&str) -> bool,
    input: Input,
) -> Aliases {
    let config = input.config;
    let mut seen: HashMap<String, PageId> = HashMap::new();
    let (mut aliases, mut ids) = (Vec::new(), Vec::new());
    let mut found = Diagnostics::new();
    if !config.urls.disable_aliases {
        for (at, node) in nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.is_rendered(config))
        {
            let prefix = language_prefix(node.lang, config);
            let url_of = |written: &str| {
                alias_url(
                    written,
                    &folder(node, &places[at]),
                    &prefix,
                    is_ugly(node, config),
                )
            };
            for written in &node.front.aliases {
                if let Some((path, old, new)) = moved_ids::split(written) {
                    ids.push(WrittenId {
                        path: url_of(path).unwrap_or_default(),
                        id: decode_path(old).into_owned(),
                        to: id(at),
                        to_id: decode_path(new).into_owned(),
                        span: span_of(node, written, input),
                    });
                    continue;
                }
                if let Some(url) = url_of(written) {
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
    // The address of a page that is gone leads to the first page that has a part of it.
    for part in ids.iter().filter(|part: &&WrittenId| !part.path.is_empty()) {
        let target = output_path(&part.path);
        if !taken(&target) && !seen.contains_key(&target) {
            seen.insert(target, part.to);
            aliases.push((part.path.clone(), part.to));
        }
    }
    if let (Some(url), Some(home)) = (root_redirect(config), homes.get(config.default_language)) {
        let target = output_path(&url);
        if !taken(&target) && !seen.contains_key(&target) {
            aliases.push((url, *home));
        }
    }
    Aliases {
        redirects: aliases,
        ids,
        found,
    }
}

/// The place of an alias in the front matter.
fn span_of(node: &Node, written: &str, input: Input) -> Option<Span> {
    let values = node.source.map(|source| &input.parsed[source].values);
    let items = values.and_then(|values| values.get("aliases")).map(Value::items);
    let mut items = items.unwrap_or_default().iter();
    let item = items.find(|item| item.to_text().as_deref() == Some(written));
    node.file.map(|file| {
        let bytes = item.map_or(0..0, |item| item.span.clone());
        Span::new(file, bytes.start, bytes.end)
    })
}

/// The finding about an alias whose address something else has.
fn meets(node: &Node, written: &str, is_alias: bool, input: Input) -> Diagnostic {
    let span = span_of(node, written, input);
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
