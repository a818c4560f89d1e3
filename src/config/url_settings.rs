//! Rules for URLs of paths, and for references without a page.

use spanned_data::{Data, Value};

use super::Table;
use super::purpose::Purpose;
use crate::diag::{Code, Diagnostic};

/// Rules for the URLs of paths.
#[derive(Debug, Clone, Default)]
pub struct UrlRules {
    /// `/lab/a.html` instead of `/lab/a/`.
    pub ugly: bool,
    /// Top-level sections with a setting of their own.
    pub ugly_sections: Vec<(String, bool)>,
    /// Links relative to the page that holds them.
    pub relative: bool,
    /// Links to files, where a server would find the file of a folder.
    pub files: bool,
    /// Links with scheme and host.
    pub canonify: bool,
    /// True if upper case is kept.
    pub keep_case: bool,
    /// True if accents are removed.
    pub remove_accents: bool,
    /// True if there are no redirect pages.
    pub disable_aliases: bool,
    /// Patterns of all languages.
    pub permalinks: Vec<Permalink>,
}

impl UrlRules {
    /// The rules for a purpose: in a folder, links lead from file to file.
    pub(super) fn of(self, purpose: Purpose) -> Self {
        let in_folder = purpose == Purpose::Bundle;
        Self {
            relative: self.relative || in_folder,
            files: in_folder,
            ..self
        }
    }
}

/// A pattern for the URLs of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalink {
    /// Kind of page: `page`, `section`, `taxonomy`, `term`.
    pub kind: String,
    /// Folder that the pages are in, `post` or `post/old`; empty for pages at the root.
    pub section: String,
    /// Text with tokens: `/:year/:slug/`.
    pub pattern: String,
}

/// Treatment of `ref` and `relref` without a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefLinks {
    /// True if a miss is an error (the default), not a warning.
    pub miss_is_error: bool,
    /// The result of a missed reference.
    pub not_found_url: String,
}

pub(super) fn url_rules(root: &Table<'_>) -> UrlRules {
    let is_on = |key: &str| root.bool(key).unwrap_or(false);
    let (ugly, ugly_sections) = ugly(root);
    UrlRules {
        ugly,
        ugly_sections,
        relative: is_on("relativeURLs"),
        files: false,
        canonify: is_on("canonifyURLs"),
        keep_case: is_on("disablePathToLower"),
        remove_accents: is_on("removePathAccents"),
        disable_aliases: is_on("disableAliases"),
        permalinks: permalinks(root),
    }
}

/// `uglyURLs` is a switch, or a table of sections with one each.
fn ugly(root: &Table<'_>) -> (bool, Vec<(String, bool)>) {
    match root.value("uglyURLs").map(|value| &value.data) {
        Some(Data::Map(sections)) => {
            let section = |entry: &spanned_data::Entry| Some((entry.key.clone(), entry.value.as_bool()?));
            (false, sections.iter().filter_map(section).collect())
        }
        _ => (root.bool("uglyURLs").unwrap_or(false), Vec::new()),
    }
}

/// Patterns by kind. Without a kind, as in old sites, a pattern is for the pages and terms of its section.
pub(super) fn permalinks(root: &Table<'_>) -> Vec<Permalink> {
    const KINDS: [&str; 4] = ["page", "section", "taxonomy", "term"];
    let mut rules = Vec::new();
    let mut add = |kind: &str, section: &str, pattern: &str| {
        rules.push(Permalink {
            kind: kind.to_owned(),
            section: section.trim_matches(['/', ' ']).to_owned(),
            pattern: pattern.to_owned(),
        });
    };
    let Some(value) = root.value("permalinks") else {
        return Vec::new();
    };
    let Data::Map(map) = &value.data else {
        root.wrong(value, "permalinks", "a table of patterns");
        return Vec::new();
    };
    for entry in map {
        match &entry.value.data {
            Data::Str(pattern) => {
                add("page", &entry.key, pattern);
                add("term", &entry.key, pattern);
            }
            Data::Map(sections) if KINDS.contains(&entry.key.as_str()) => {
                for section in sections {
                    if let Some(pattern) = section.value.as_str() {
                        add(&entry.key, &section.key, pattern);
                    }
                }
            }
            _ => no_pattern(root, &entry.value, &entry.written),
        }
    }
    rules
}

fn no_pattern(root: &Table<'_>, value: &Value, key: &str) {
    let message =
        format!("`permalinks.{key}` should be a pattern, or a table of patterns for a kind of page");
    root.report(Diagnostic::warning(
        Code::InvalidConfig,
        root.span(value),
        message,
    ));
}

pub(super) fn ref_links(root: &Table<'_>) -> RefLinks {
    let level = root.text("refLinksErrorLevel").unwrap_or_default();
    RefLinks {
        miss_is_error: !level.eq_ignore_ascii_case("warning"),
        not_found_url: root.text("refLinksNotFoundURL").unwrap_or_default(),
    }
}
