//! The variables of templates are a contract: the manual's page about them repeats the docs of the source.
//!
//! `make bless` writes the tables of the page anew.

use std::path::{Path, PathBuf};

/// A struct of `src/render/view.rs`, or a field of one, with its documentation.
struct Item {
    name: String,
    kind: String,
    about: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> PathBuf {
    root().join("content/40-reference/templates.md")
}

/// The structs and fields of the views, in their order: a struct's `kind` is empty.
fn items() -> Vec<Item> {
    items_of("src/render/view.rs")
}

fn items_of(path: &str) -> Vec<Item> {
    let source = std::fs::read_to_string(root().join(path)).unwrap();
    let mut items = Vec::new();
    let mut about = Vec::new();
    for line in source.lines().map(str::trim) {
        if line == "pub use crate::body::Uses as UsesView;" {
            items.extend(view_of_uses());
        } else if let Some(text) = line.strip_prefix("/// ") {
            about.push(text.to_owned());
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(['<', ' ']).next().unwrap().to_owned();
            items.push(item(name, String::new(), &mut about));
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
            items.push(item(
                name.to_owned(),
                kind.trim_end_matches(',').to_owned(),
                &mut about,
            ));
        } else if !line.starts_with("#[") {
            about.clear();
        }
    }
    items
}

/// The view that is a struct of the stage before.
fn view_of_uses() -> Vec<Item> {
    let all = items_of("src/body/facts.rs");
    let mut items = all.into_iter().skip_while(|item| item.name != "Uses");
    let head = items.next().map(|item| Item {
        name: "UsesView".to_owned(),
        ..item
    });
    let fields = items.take_while(|item| !item.kind.is_empty());
    head.into_iter().chain(fields).collect()
}

fn item(name: String, kind: String, about: &mut Vec<String>) -> Item {
    let about = std::mem::take(about).join(" ");
    Item { name, kind, about }
}

/// The type in the words of those who write templates.
fn words(kind: &str) -> String {
    let inner = |prefix: &str| kind.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(kind) = inner("Option<") {
        return format!("{} or nothing", words(kind));
    }
    if let Some(kind) = inner("Vec<") {
        return format!("list of {}", words(kind));
    }
    let bare = kind.trim_start_matches(['&', '\'']).trim_start_matches("a ");
    match bare.split('<').next().unwrap() {
        "str" | "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "serde_json::Value" => "map".to_owned(),
        "Entries" | "Runs" => format!("list of {}", words("NavView")),
        view if view.ends_with("View") => format!("[{view}](#{})", view.to_lowercase()),
        _ => "number".to_owned(),
    }
}

/// The tables as the manual shows them.
fn tables() -> String {
    let mut out = String::new();
    for item in items() {
        if item.kind.is_empty() {
            out += &format!(
                "\n## {}\n\n{}\n\n| field | is | meaning |\n|-------|----|---------|\n",
                item.name, item.about
            );
        } else {
            let about = item.about.replace('|', "\\|");
            out += &format!("| `{}` | {} | {about} |\n", item.name, words(&item.kind));
        }
    }
    out
}

#[test]
fn the_manual_says_what_templates_see() {
    let text = std::fs::read_to_string(page()).unwrap();
    let start = text.find("\n## SiteView").unwrap_or(text.len());
    let expected = format!("{}{}", &text[..start], tables());
    if std::env::var_os("WSGEN_BLESS").is_some() {
        std::fs::write(page(), expected).unwrap();
    } else {
        assert!(
            text == expected,
            "content/40-reference/templates.md is not what src/render/view.rs says; run `make bless`"
        );
    }
}

#[test]
fn every_field_of_a_view_is_documented() {
    for item in items() {
        assert!(
            !item.about.is_empty(),
            "`{}` says nothing about itself",
            item.name
        );
    }
}
