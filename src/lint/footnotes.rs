//! Footnotes without their text, and texts of footnotes that nothing refers to.

use std::collections::BTreeMap;

use super::prose::Prose;
use crate::diag::{Diagnostic, Diagnostics, Kind, Span};

pub(super) fn check(prose: &Prose<'_>, found: &mut Diagnostics) {
    let mut references: BTreeMap<String, Span> = BTreeMap::new();
    let mut definitions: BTreeMap<String, Span> = BTreeMap::new();
    for line in prose.lines() {
        for (at, _) in line.text.match_indices("[^") {
            let rest = &line.text[at + 2..];
            let Some(end) = rest.find(']') else { continue };
            let label = &rest[..end];
            if !is_label(label) || line.text[..at].ends_with('\\') {
                continue;
            }
            let span = line.span(prose, at, at + 2 + end + 1);
            let is_definition =
                line.text[..at].trim_matches([' ', '>']).is_empty() && rest[end + 1..].starts_with(':');
            let list = if is_definition {
                &mut definitions
            } else {
                &mut references
            };
            list.entry(label.to_lowercase()).or_insert(span);
        }
    }
    for (label, span) in &references {
        // A regular expression looks alike: `[^a-z]`.
        let is_note = label.bytes().all(|byte| byte.is_ascii_digit()) || !definitions.is_empty();
        if is_note && !definitions.contains_key(label) {
            let message = format!("the footnote `{label}` has no text, and is shown as it is written");
            let help = format!("write a line `[^{label}]: …`");
            found.push(Diagnostic::of(Kind::FootnoteUndefined, *span, message).help(help));
        }
    }
    for (label, span) in definitions
        .iter()
        .filter(|(label, _)| !references.contains_key(*label))
    {
        let message = format!("nothing refers to the footnote `{label}`, so that it is not shown");
        let help = format!("write `[^{label}]` where it belongs, or remove the line");
        found.push(Diagnostic::of(Kind::FootnoteUnused, *span, message).help(help));
    }
}

fn is_label(label: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !label.is_empty() && label.chars().all(plain)
}
