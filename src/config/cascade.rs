//! Values for many pages at once.

use globset::Glob;
use spanned_data::{Map, Value};

use super::Table;

/// Values for a page and all below it.
#[derive(Debug, Clone, PartialEq)]
pub struct CascadeRule {
    /// The pages that it reaches. Empty fields match all.
    pub target: CascadeTarget,
    /// Values for these pages.
    pub values: Map,
}

/// The pages that a cascade reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CascadeTarget {
    /// Glob on the logical path.
    pub path: Option<String>,
    /// Glob on the kind.
    pub kind: Option<String>,
    /// Glob on the language key.
    pub lang: Option<String>,
}

impl CascadeRule {
    /// The rules of a `cascade` value: a table or a list of tables. A value that is no table gives none, nor does a
    /// rule for another environment.
    pub fn read(cascade: &Value, environment: &str) -> Vec<CascadeRule> {
        let tables = cascade.items().iter().filter_map(Value::as_map);
        tables.filter_map(|table| rule(table, environment)).collect()
    }
}

fn rule(table: &Map, environment: &str) -> Option<CascadeRule> {
    let mut values = table.clone();
    let old = values.remove("_target");
    let target = values
        .remove("target")
        .or(old)
        .and_then(Value::into_map)
        .unwrap_or_default();
    let text = |key: &str| target.text(key).filter(|text| !text.is_empty());
    if text("environment").is_some_and(|glob| !matches(&glob, environment)) {
        return None;
    }
    let target = CascadeTarget {
        path: text("path"),
        kind: text("kind"),
        lang: text("lang"),
    };
    Some(CascadeRule { target, values })
}

fn matches(glob: &str, text: &str) -> bool {
    Glob::new(glob).is_ok_and(|glob| glob.compile_matcher().is_match(text))
}

/// The site-wide cascade.
pub(super) fn cascade(root: &Table<'_>, environment: &str) -> Vec<CascadeRule> {
    let Some(value) = root.value("cascade") else {
        return Vec::new();
    };
    if value.items().iter().any(|item| item.as_map().is_none()) {
        root.wrong(value, "cascade", "a table or a list of tables");
    }
    CascadeRule::read(value, environment)
}
