//! Fields that are tables: `build`, `sitemap`, `resources`, `menus`, `cascade`.

use spanned_data::{Entry, Map, Value};

use super::fields::Fields;
use super::lift_params;
use crate::config::{CascadeRule, MenuEntry};
use crate::diag::{Code, Diagnostic, Span};
use crate::parse::scripts::without_scripts;
use crate::parse::{BuildRules, List, Render, ResourceRule, SitemapRules};

/// `build`, or `_build` as it was once called.
pub(super) fn build(fields: &mut Fields<'_>) -> BuildRules {
    let Some(entry) = fields.entry("build").or_else(|| fields.entry("_build")).cloned() else {
        return BuildRules::default();
    };
    if entry.key == "_build" {
        let span = Span::new(fields.file, entry.key_span.start, entry.key_span.end);
        let finding = Diagnostic::warning(Code::InvalidValue, span, "`_build` is now called `build`");
        fields
            .diagnostics
            .push(finding.help("Hugo refuses the old name; write `build`"));
    }
    let Some(rules) = entry.value.as_map() else {
        fields.misfit(&entry, "a table of `render`, `list` and `publishResources`");
        return BuildRules::default();
    };
    BuildRules {
        render: choice(fields, rules, "render", &RENDER),
        list: choice(fields, rules, "list", &LIST),
        publish_resources: rules.bool("publishresources").unwrap_or(true),
    }
}

const RENDER: [(&str, Render); 5] = [
    ("always", Render::Always),
    ("true", Render::Always),
    ("never", Render::Never),
    ("false", Render::Never),
    ("link", Render::Link),
];

const LIST: [(&str, List); 5] = [
    ("always", List::Always),
    ("true", List::Always),
    ("never", List::Never),
    ("false", List::Never),
    ("local", List::Local),
];

/// One of some words; the first if nothing or another word is written.
fn choice<T: Copy>(fields: &mut Fields<'_>, rules: &Map, key: &str, words: &[(&str, T)]) -> T {
    let default = words[0].1;
    let Some(entry) = rules.entry(key).filter(|entry| !entry.value.is_null()) else {
        return default;
    };
    let written = entry.value.to_string().to_lowercase();
    if let Some((_, choice)) = words.iter().find(|(word, _)| *word == written) {
        return *choice;
    }
    let list: Vec<&str> = words
        .iter()
        .map(|(word, _)| *word)
        .filter(|word| !["true", "false"].contains(word))
        .collect();
    fields.misfit(entry, &format!("one of {}", list.join(", ")));
    default
}

/// `sitemap`.
pub(super) fn sitemap(fields: &mut Fields<'_>) -> SitemapRules {
    let Some(entry) = fields.entry("sitemap").cloned() else {
        return SitemapRules::default();
    };
    let Some(sitemap) = entry.value.as_map() else {
        fields.misfit(&entry, "a table");
        return SitemapRules::default();
    };
    SitemapRules::read(sitemap)
}

/// `resources`: tables with a glob each.
pub(super) fn resources(fields: &mut Fields<'_>) -> Vec<ResourceRule> {
    let Some(entry) = fields.entry("resources").cloned() else {
        return Vec::new();
    };
    let tables: Vec<&Map> = entry.value.items().iter().filter_map(Value::as_map).collect();
    if tables.len() < entry.value.items().len() {
        fields.misfit(&entry, "a list of tables");
    }
    tables.into_iter().map(resource).collect()
}

fn resource(table: &Map) -> ResourceRule {
    ResourceRule {
        src: table.text("src").unwrap_or_default(),
        name: table.text("name"),
        title: table.text("title"),
        params: table.map("params").cloned().unwrap_or_default(),
    }
}

/// `menus`, or `menu`: the name of a menu, a list of names, or a table of entries by name of the menu. Entries
/// without weight have the page's.
pub(super) fn menus(fields: &mut Fields<'_>, weight: i64) -> Vec<(String, MenuEntry)> {
    let Some(entry) = fields.entry("menus").or_else(|| fields.entry("menu")).cloned() else {
        return Vec::new();
    };
    let here = || MenuEntry {
        weight,
        ..MenuEntry::default()
    };
    let Some(table) = entry.value.as_map() else {
        let names = entry.value.to_strings();
        return names.into_iter().map(|name| (name, here())).collect();
    };
    let mut entries = Vec::new();
    for Entry { key, value, .. } in table {
        match value.as_map() {
            Some(table) => {
                let mut entry = menu_entry(table, weight);
                for (key, html) in [("pre", &mut entry.pre), ("post", &mut entry.post)] {
                    if let Some(inert) = without_scripts(html) {
                        *html = inert;
                        table
                            .entry(key)
                            .into_iter()
                            .for_each(|entry| fields.script(entry));
                    }
                }
                entries.push((key.clone(), entry));
            }
            None if value.is_null() => entries.push((key.clone(), here())),
            None => fields.misfit(
                &Entry {
                    value: value.clone(),
                    ..entry.clone()
                },
                "a table of menu entries",
            ),
        }
    }
    entries
}

fn menu_entry(table: &Map, weight: i64) -> MenuEntry {
    let mut entry = MenuEntry::read(table);
    if entry.weight == 0 {
        entry.weight = weight;
    }
    entry
}

/// `cascade`: a table, or a list of tables with a target each.
pub(super) fn cascade(fields: &mut Fields<'_>) -> Vec<CascadeRule> {
    let Some(entry) = fields.entry("cascade").cloned() else {
        return Vec::new();
    };
    if entry.value.items().iter().any(|item| item.as_map().is_none()) {
        fields.misfit(&entry, "a table or a list of tables");
    }
    let mut rules = CascadeRule::read(&entry.value, &fields.cx.environment);
    for rule in &mut rules {
        lift_params(&mut rule.values, &fields.cx.taxonomies);
    }
    rules
}
