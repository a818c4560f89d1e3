//! What templates ask about the menus of a site.

use std::sync::Arc;

use super::values::params;
use crate::gotemplate::{Map, Value};
use crate::graph::{Graph, LanguageSite, ResolvedMenuEntry};

fn table(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    let entries = entries.into_iter().map(|(name, value)| (Arc::from(name), value));
    Value::Map(Map::new(entries.collect()))
}

/// The menus of a language. `address` prints a path of the site.
pub(super) fn menus(graph: &Graph, site: &LanguageSite, address: &dyn Fn(&str) -> String) -> Value {
    let menus = site.menus.iter().map(|(name, entries)| {
        let entries = entries
            .iter()
            .map(|entry| menu_entry(graph, name, entry, address));
        (name.clone(), Value::list(entries.collect()))
    });
    table(menus)
}

fn menu_entry(
    graph: &Graph,
    menu: &str,
    resolved: &ResolvedMenuEntry,
    address: &dyn Fn(&str) -> String,
) -> Value {
    let entry = &resolved.entry;
    let page = resolved.page.map(|page| graph.page(page));
    let url = entry.url.as_deref().or(page.map(|page| page.url.as_str()));
    let url = match url {
        Some(path) if path.starts_with('/') && !path.starts_with("//") => address(path),
        other => other.unwrap_or_default().to_owned(),
    };
    let children = resolved
        .children
        .iter()
        .map(|child| menu_entry(graph, menu, child, address));
    Value::map([
        ("Menu", Value::str(menu)),
        ("Identifier", Value::str(entry.identifier.as_str())),
        ("Name", Value::str(entry.name.as_str())),
        ("Title", Value::str(entry.title.as_str())),
        ("URL", Value::str(url)),
        (
            "PageRef",
            Value::str(entry.page_ref.as_deref().unwrap_or_default()),
        ),
        ("Weight", Value::Int(entry.weight)),
        ("Parent", Value::str(entry.parent.as_deref().unwrap_or_default())),
        ("Pre", Value::html(entry.pre.as_str())),
        ("Post", Value::html(entry.post.as_str())),
        ("Params", params(&entry.params)),
        (
            "Page",
            resolved.page.map_or(Value::Nil, |page| Value::page(page.0)),
        ),
        ("HasChildren", Value::Bool(!resolved.children.is_empty())),
        ("Children", Value::list(children.collect())),
    ])
}
