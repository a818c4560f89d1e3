//! Menus of the settings. Menus of front matter and of sections are added by the graph.

use std::ops::Range;

use spanned_data::{Data, Map, Value};

use super::Table;

/// Menus by name in lower case.
pub type Menus = Vec<(String, Vec<MenuEntry>)>;

/// An entry of a menu.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "Hugo's keys of the same name")]
pub struct MenuEntry {
    pub identifier: String,
    pub name: String,
    pub url: Option<String>,
    pub page_ref: Option<String>,
    /// Bytes of `url` or `pageRef`; in settings as [`Places`](super::Places) counts them.
    pub url_span: Option<Range<usize>>,
    pub weight: i64,
    pub parent: Option<String>,
    pub title: String,
    pub pre: String,
    pub post: String,
    pub params: Map,
}

impl MenuEntry {
    /// The entry that a table of settings or front matter describes.
    pub fn read(map: &Map) -> Self {
        let text = |key: &str| map.text(key).unwrap_or_default();
        let filled = |key: &str| map.text(key).filter(|text| !text.is_empty());
        Self {
            identifier: text("identifier"),
            name: text("name"),
            url: filled("url"),
            page_ref: filled("pageref"),
            url_span: map
                .get("pageref")
                .or(map.get("url"))
                .map(|value| value.span.clone()),
            weight: map.int("weight").unwrap_or(0),
            parent: filled("parent"),
            title: text("title"),
            pre: text("pre"),
            post: text("post"),
            params: map.map("params").cloned().unwrap_or_default(),
        }
    }
}

/// The menus of a table: the root's or a language's. Entries are in Hugo's order: weight, 0 last, then name.
pub(super) fn menus(table: &Table<'_>) -> Menus {
    let Some(value) = table.value("menus") else {
        return Menus::new();
    };
    let Data::Map(map) = &value.data else {
        table.wrong(value, "menus", "a table of menus");
        return Menus::new();
    };
    map.iter()
        .map(|menu| (menu.key.clone(), entries(table, &menu.value)))
        .collect()
}

fn entries(table: &Table<'_>, menu: &Value) -> Vec<MenuEntry> {
    let mut entries = Vec::new();
    for item in menu.items() {
        match item.as_map() {
            Some(map) => entries.push(MenuEntry::read(map)),
            None => table.wrong(item, "menus", "a list of entries"),
        }
    }
    entries.sort_by(|a: &MenuEntry, b: &MenuEntry| {
        (a.weight == 0, a.weight, &a.name).cmp(&(b.weight == 0, b.weight, &b.name))
    });
    entries
}

/// `base` with the menus of `own` in the place of those of the same name.
pub(super) fn over(base: &Menus, own: Menus) -> Menus {
    let mut menus = base.clone();
    for (name, entries) in own {
        match menus.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = entries,
            None => menus.push((name, entries)),
        }
    }
    menus
}
