//! Keys of the front matter that are one slip away from one that has a meaning.

use crate::diag::{Diagnostic, Diagnostics, Kind, Span, nearest};
use crate::parse::ParsedPage;

/// Keys with a meaning on every site. Short ones are near to too many others.
const KNOWN: [&str; 22] = [
    "aliases",
    "authors",
    "categories",
    "cascade",
    "chapter",
    "date",
    "description",
    "draft",
    "duration",
    "expirydate",
    "headless",
    "hidden",
    "keywords",
    "lastmod",
    "layout",
    "linktitle",
    "menus",
    "publishdate",
    "resources",
    "summary",
    "title",
    "weight",
];

pub(super) fn check(page: &ParsedPage, text: &str, found: &mut Diagnostics) {
    for entry in &page.values {
        let key = entry.key.as_str();
        // Neighbours that are right: themes have `tittle` rarely, and `weights` on purpose.
        if KNOWN.contains(&key) || key.len() < 4 {
            continue;
        }
        let Some(near) = nearest::certain(key, KNOWN).filter(|near| !page.values.contains(near)) else {
            continue;
        };
        // A plural or a composed word is a name of its own.
        if key.strip_prefix(near).is_some() || near.strip_prefix(key).is_some() {
            continue;
        }
        let span = Span::new(page.file, entry.key_span.start, entry.key_span.end);
        let is_there = text
            .get(span.range())
            .is_some_and(|written| written.trim_matches(['"', '\'']) == entry.written);
        if !is_there {
            continue;
        }
        let message = format!("nothing reads `{}`", entry.written);
        let quoted = text
            .get(span.range())
            .unwrap_or_default()
            .replace(&entry.written, near);
        found.push(
            Diagnostic::of(Kind::KeyFrontMatter, span, message)
                .help(format!("did you mean `{near}`?"))
                .edit(span, quoted),
        );
    }
}
