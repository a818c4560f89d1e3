//! Facts about a site for templates: its pages, menus and settings.

use std::sync::Arc;

use hugo_template::{Handle, Map, Value};
use spanned_data::{Map as DataMap, Value as DataValue};

use super::go_values::{self, params};
use super::host::GoHost;
use crate::address::is_from_root;
use crate::graph::{Graph, Kind, LanguageSite, ResolvedMenuEntry, permalink};
use crate::lang::LangId;

impl GoHost<'_> {
    /// The fact of the site in the language with this index under `name`.
    pub(super) fn site_fact(&self, lang: LangId, name: &str) -> Option<Value> {
        let language = self.cx.config.languages.get(lang)?;
        let site = self.cx.graph.sites.iter().find(|site| site.lang == lang)?;
        Some(match name {
            "Title" => Value::str(language.title.as_str()),
            "Config" => config(&self.cx.config.raw),
            "BaseURL" => Value::str(permalink(self.cx.config, "/")),
            "Copyright" => Value::str(self.cx.config.copyright.as_str()),
            "Language" => self.language(lang),
            "Languages" => Value::list(
                self.cx
                    .config
                    .languages
                    .ids()
                    .map(|lang| self.language(lang))
                    .collect(),
            ),
            "Params" => params(&language.params),
            "Data" => self.cx.go.data().clone(),
            "Menus" => menus(self.cx.graph, site, &|path| self.rel_permalink(path)),
            "Taxonomies" => self.taxonomies(lang),
            "Sites" => Value::list(
                self.cx
                    .graph
                    .sites
                    .iter()
                    .map(|site| Value::Handle(Handle::Site(site.lang.site_number())))
                    .collect(),
            ),
            "Lastmod" | "LastChange" => go_values::time(self.newest(), &self.zone()),
            "Home" => Value::page(site.home.0),
            "Pages" => {
                let pages = self.cx.graph.pages.iter();
                let pages = pages.filter(|page| page.lang == lang && page.listed);
                self.in_order(pages.map(|page| page.id))
            }
            "Sections" => {
                let children = &self.cx.graph.page(site.home).children;
                self.pages(
                    children
                        .iter()
                        .copied()
                        .filter(|id| self.cx.graph.page(*id).kind == Kind::Section),
                )
            }
            _ => return None,
        })
    }
}

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
        Some(path) if is_from_root(path) => address(path),
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

/// `.Site.Config`: the site's settings about services of others, by Hugo's names.
pub(super) fn config(raw: &DataMap) -> Value {
    let flag = |path: &str| {
        let value = raw.get_path(path).and_then(DataValue::as_bool);
        Value::Bool(value.unwrap_or(false))
    };
    let text = |paths: &[&str]| {
        let mut values = paths.iter().filter_map(|path| raw.get_path(path)?.as_str());
        Value::str(values.next().unwrap_or_default())
    };
    let privacy = PRIVACY.map(|(service, names)| {
        let flags = names.iter().map(|name| {
            let path = format!("privacy.{service}.{name}");
            ((*name).to_owned(), flag(&path))
        });
        (service, table(flags))
    });
    let analytics = text(&["services.googleanalytics.id", "googleanalytics"]);
    let disqus = text(&["services.disqus.shortname", "disqusshortname"]);
    let limit = raw.get_path("services.rss.limit").and_then(DataValue::as_int);
    let plain = |service: &str| {
        Value::map([(
            "DisableInlineCSS",
            flag(&format!("services.{service}.disableinlinecss")),
        )])
    };
    let services = Value::map([
        ("Disqus", Value::map([("Shortname", disqus)])),
        ("GoogleAnalytics", Value::map([("ID", analytics)])),
        ("Instagram", plain("instagram")),
        ("RSS", Value::map([("Limit", Value::Int(limit.unwrap_or(-1)))])),
        ("Twitter", plain("twitter")),
        ("X", plain("x")),
    ]);
    Value::map([("Privacy", Value::map(privacy)), ("Services", services)])
}

/// The services of others that Hugo knows, with the switches of each.
const PRIVACY: [(&str, &[&str]); 7] = [
    ("Disqus", &["Disable"]),
    ("GoogleAnalytics", &["Disable", "RespectDoNotTrack"]),
    ("Instagram", &["Disable", "Simple"]),
    ("Twitter", &["Disable", "EnableDNT", "Simple"]),
    ("X", &["Disable", "EnableDNT", "Simple"]),
    ("Vimeo", &["Disable", "EnableDNT", "Simple"]),
    ("YouTube", &["Disable", "PrivacyEnhanced"]),
];
