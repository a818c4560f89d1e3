//! `[wsgen.findings]`: the severities that the author gives kinds of findings, everywhere or in some files.

use globset::GlobBuilder;

use super::Table;
use crate::diag::{Code, Diagnostic, FindingName, Severity};

/// A decision about the findings of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRule {
    /// The name that the findings have.
    pub name: FindingName,
    /// The severity that they get; `None` turns them off.
    pub severity: Option<Severity>,
    /// Globs of the files that the rule is for, from the site's folder; empty for all.
    pub files: Vec<String>,
}

const SEVERITIES: &str = "`error`, `warning`, `note` or `off`";

/// The rules of the table, those for some files first.
pub(super) fn finding_rules(wsgen: &Table<'_>) -> Vec<FindingRule> {
    let table = wsgen.table("findings");
    let mut rules = Vec::new();
    for place in table.tables("in") {
        let files = files(&place);
        // A rule for no file would be one for all.
        if !files.is_empty() {
            rules.extend(rules_of(&place, &files, &["files"]));
        }
    }
    rules.extend(rules_of(&table, &[], &["in"]));
    rules
}

/// The globs of a place, those that can be read.
fn files(place: &Table<'_>) -> Vec<String> {
    let globs = place.texts("files").unwrap_or_default();
    if globs.is_empty() {
        let entry = place.entries().next();
        let message = "a table of `wsgen.findings.in` needs `files`";
        let span = entry.and_then(|entry| place.key_span(&entry.key));
        let help = "name the files with a glob: `files = \"content/archive/**\"`";
        place.report(Diagnostic::warning(Code::InvalidConfig, span, message).help(help));
    }
    let is_glob = |glob: &String| {
        let error = GlobBuilder::new(glob).build().err();
        if let (Some(error), Some(value)) = (&error, place.value("files")) {
            let message = format!("`{glob}` is no glob: {}", error.kind());
            place.report(Diagnostic::warning(
                Code::InvalidConfig,
                place.span(value),
                message,
            ));
        }
        error.is_none()
    };
    globs.into_iter().filter(is_glob).collect()
}

fn rules_of(table: &Table<'_>, files: &[String], others: &[&str]) -> Vec<FindingRule> {
    let mut rules = Vec::new();
    for entry in table.entries().filter(|entry| !others.contains(&&*entry.key)) {
        let Some(severity) = severity(table, &entry.key) else {
            continue;
        };
        match FindingName::parse(&entry.key) {
            Ok(name) => rules.push(FindingRule {
                name,
                severity,
                files: files.to_vec(),
            }),
            Err(near) => unknown(table, &entry.key, &entry.written, near),
        }
    }
    rules
}

/// The severity that is the value of `key`; within, `None` for `off`.
fn severity(table: &Table<'_>, key: &str) -> Option<Option<Severity>> {
    let value = table.value(key)?;
    // YAML reads the bare word as false.
    let word = match value.as_bool() {
        Some(false) => "off".to_owned(),
        _ => value.to_text().unwrap_or_default().to_lowercase(),
    };
    match word.as_str() {
        "error" => Some(Some(Severity::Error)),
        "warning" => Some(Some(Severity::Warning)),
        "note" => Some(Some(Severity::Note)),
        "off" => Some(None),
        _ => {
            table.wrong(value, key, SEVERITIES);
            None
        }
    }
}

fn unknown(table: &Table<'_>, key: &str, written: &str, near: Option<&str>) {
    let message = format!("there is no finding `{written}`");
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`wsgen explain` lists all codes and kinds".to_owned(),
    };
    let span = table.key_span(key);
    table.report(Diagnostic::warning(Code::UnknownSetting, span, message).help(help));
}
