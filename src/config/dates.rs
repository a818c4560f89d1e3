//! `[frontmatter]`: the sources of a page's dates.

use super::Table;

/// Sources for each date of a page, in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRules {
    /// `date`.
    pub date: Vec<DateSource>,
    /// `lastmod`.
    pub lastmod: Vec<DateSource>,
    /// `publishDate`.
    pub publish_date: Vec<DateSource>,
    /// `expiryDate`.
    pub expiry_date: Vec<DateSource>,
}

/// A source of dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateSource {
    /// A key of front matter, in lower case.
    Key(String),
    /// `:filename`: the beginning of the file name, `2024-02-03-setup.md`. The rest of it is the page's slug.
    FileName,
    /// `:git`: the history of the repository.
    History,
}

const DATE: [&str; 6] = [
    "date",
    "publishdate",
    "pubdate",
    "published",
    "lastmod",
    "modified",
];
const LASTMOD: [&str; 7] = [
    ":git",
    "lastmod",
    "modified",
    "date",
    "publishdate",
    "pubdate",
    "published",
];
const PUBLISH_DATE: [&str; 4] = ["publishdate", "pubdate", "published", "date"];
const EXPIRY_DATE: [&str; 2] = ["expirydate", "unpublishdate"];

impl Default for DateRules {
    /// Hugo's default sources.
    fn default() -> Self {
        let list = |names: &[&str]| names.iter().filter_map(|name| source(name)).collect();
        Self {
            date: list(&DATE),
            lastmod: list(&LASTMOD),
            publish_date: list(&PUBLISH_DATE),
            expiry_date: list(&EXPIRY_DATE),
        }
    }
}

impl DateRules {
    /// The keys of front matter that come before the history of the repository as sources of the last change.
    pub fn before_history(&self) -> impl Iterator<Item = &str> {
        let before = self
            .lastmod
            .iter()
            .take_while(|source| **source != DateSource::History);
        before.filter_map(|source| match source {
            DateSource::Key(key) => Some(key.as_str()),
            _ => None,
        })
    }
}

pub(super) fn date_rules(root: &Table<'_>) -> DateRules {
    let table = root.table("frontmatter");
    let list = |key: &str, usual: &[&str]| {
        let names = table.texts(key);
        let names = names.unwrap_or_else(|| vec![":default".to_owned()]);
        names
            .iter()
            .flat_map(|name| match name.to_lowercase().as_str() {
                ":default" => usual.iter().map(|name| (*name).to_owned()).collect(),
                name => with_old_names(name),
            })
            .filter_map(|name| source(&name))
            .collect()
    };
    DateRules {
        date: list("date", &DATE),
        lastmod: list("lastmod", &LASTMOD),
        publish_date: list("publishDate", &PUBLISH_DATE),
        expiry_date: list("expiryDate", &EXPIRY_DATE),
    }
}

/// A key with its other names, which Hugo asks after it.
fn with_old_names(key: &str) -> Vec<String> {
    let old: &[&str] = match key {
        "lastmod" => &["modified"],
        "publishdate" => &["pubdate", "published"],
        "expirydate" => &["unpublishdate"],
        _ => &[],
    };
    let names = std::iter::once(key).chain(old.iter().copied());
    names.map(str::to_owned).collect()
}

/// The source of that name. `:fileModTime`, the time that the disk gives a file, is none: it is that of a copy, and two
/// builds would differ.
fn source(name: &str) -> Option<DateSource> {
    match name {
        ":filename" => Some(DateSource::FileName),
        ":git" => Some(DateSource::History),
        _ if name.starts_with(':') => None,
        key => Some(DateSource::Key(key.to_owned())),
    }
}
