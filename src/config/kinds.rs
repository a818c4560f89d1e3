//! Kinds of pages that are not rendered, and taxonomies.

use spanned_data::{Data, Value};

use super::Table;
use crate::diag::{Code, Diagnostic, nearest};

/// The kinds that `disableKinds` may name.
const KINDS: [&str; 9] = [
    "404",
    "home",
    "page",
    "robotstxt",
    "rss",
    "section",
    "sitemap",
    "taxonomy",
    "term",
];

/// Kinds that are not rendered, in lower case.
pub(super) fn disabled(root: &Table<'_>) -> Vec<String> {
    let Some(value) = root.value("disableKinds") else {
        return Vec::new();
    };
    let asked = root.words("disableKinds").unwrap_or_default();
    let asked: Vec<String> = asked.iter().map(|kind| kind.to_lowercase()).collect();
    // Before Hugo 0.73 the list of terms was called `taxonomyTerm`, and a term `taxonomy`.
    let is_old = asked.iter().any(|kind| kind == "taxonomyterm");
    let mut kinds: Vec<String> = Vec::new();
    for (at, kind) in asked.iter().enumerate() {
        let kind = match kind.as_str() {
            "taxonomyterm" => "taxonomy",
            "taxonomy" if is_old => "term",
            kind => kind,
        };
        if KINDS.contains(&kind) {
            if !kinds.iter().any(|known| known == kind) {
                kinds.push(kind.to_owned());
            }
        } else {
            unknown(root, value.items().get(at).unwrap_or(value), kind);
        }
    }
    kinds
}

fn unknown(root: &Table<'_>, value: &Value, kind: &str) {
    let message = format!("there is no kind of page `{kind}`");
    let finding = Diagnostic::warning(Code::InvalidConfig, root.span(value), message);
    root.report(match nearest::did_you_mean(kind, KINDS) {
        Some(help) => finding.help(help),
        None => finding,
    });
}

/// Taxonomies as (singular, plural): those of the settings, else tags and categories; none when neither their lists nor
/// their terms are rendered.
pub(super) fn taxonomies(root: &Table<'_>, disabled: &[String]) -> Vec<(String, String)> {
    let table = root.value("taxonomies");
    let off = ["taxonomy", "term"]
        .iter()
        .all(|kind| disabled.iter().any(|known| known == kind));
    if off {
        return Vec::new();
    }
    let usual = || {
        [("tag", "tags"), ("category", "categories")]
            .map(|(one, many)| (one.into(), many.into()))
            .into()
    };
    match table.map(|value| &value.data) {
        Some(Data::Map(map)) => map
            .iter()
            .filter_map(|entry| Some((entry.key.clone(), entry.value.as_str()?.to_lowercase())))
            .filter(|(_, plural)| !plural.is_empty())
            .collect(),
        Some(_) => {
            root.table("taxonomies");
            usual()
        }
        None => usual(),
    }
}
