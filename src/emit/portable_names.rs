//! The names of a site's files, as other systems see them.
//!
//! A site is written on one system, checked out on another and served from a third. So a name that one of them cannot hold
//! is told on all of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::path;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};

/// The files of a site with the sources that they are made of.
#[derive(Debug, Default)]
pub struct Names {
    files: BTreeMap<String, Option<FileId>>,
}

/// The files whose paths share a name that cannot be everywhere.
struct Bad<'a> {
    first: &'a str,
    reason: String,
    count: usize,
}

impl Names {
    /// Adds a file, unless there is one of its path.
    pub fn add(&mut self, path: &str, source: Option<FileId>) {
        if !self.files.contains_key(path) {
            self.files.insert(path.to_owned(), source);
        }
    }

    /// The beginning of the source of a file.
    pub(super) fn span(&self, path: &str) -> Option<Span> {
        let source = *self.files.get(path)?;
        source.map(|source| Span::new(source, 0, 0))
    }

    /// The names that are not the same everywhere.
    pub fn findings(&self) -> Diagnostics {
        let mut found = self.unportable();
        found.extend(self.alike());
        found
    }

    /// A finding for each name that Windows cannot hold.
    fn unportable(&self) -> Diagnostics {
        let mut bad: BTreeMap<&str, Bad<'_>> = BTreeMap::new();
        for path in self.files.keys() {
            let Some((place, reason)) = path::unportable(path) else {
                continue;
            };
            let seen = bad.entry(place).or_insert_with(|| Bad {
                first: path,
                reason: reason.to_string(),
                count: 0,
            });
            seen.count += 1;
        }
        bad.values().map(|bad| self.unportable_name(bad)).collect()
    }

    fn unportable_name(&self, bad: &Bad<'_>) -> Diagnostic {
        let Bad { first, reason, count } = bad;
        let more = match count {
            1 => String::new(),
            2 => " and another file".to_owned(),
            count => format!(" and {} other files", count - 1),
        };
        let message = format!("Windows cannot hold `{first}`{more}: {reason}");
        Diagnostic::warning(Code::UnportableName, self.span(first), message)
            .help("rename the source, or give the page another `slug` or `url`")
    }

    /// A finding for each file that is one with another where case does not count.
    fn alike(&self) -> Diagnostics {
        let mut others: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for path in self.files.keys() {
            if let Cow::Owned(fold) = path::fold(path) {
                others.entry(fold).or_default().push(path);
            }
        }
        let mut found = Diagnostics::new();
        for (fold, mut paths) in others {
            if let Some((path, _)) = self.files.get_key_value(&fold) {
                paths.push(path);
            }
            let (first, rest) = paths
                .split_first()
                .map_or(("", &[][..]), |(first, rest)| (*first, rest));
            found.extend(rest.iter().map(|path| self.alike_names(first, path)));
        }
        found
    }

    fn alike_names(&self, first: &str, path: &str) -> Diagnostic {
        let difference = if first.to_lowercase() == path.to_lowercase() {
            "case"
        } else {
            "how their characters are composed"
        };
        let message = format!(
            "`{first}` and `{path}` differ only in {difference}: on Windows and macOS they are one file"
        );
        let finding =
            Diagnostic::warning(Code::AlikeNames, self.span(path), message).help("rename one of the two");
        match self.span(first) {
            Some(span) => finding.label(span, "this makes the other"),
            None => finding,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&str]) -> Vec<String> {
        let mut names = Names::default();
        for path in paths {
            names.add(path, None);
        }
        let findings = names.findings();
        findings
            .into_iter()
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect()
    }

    #[test]
    fn usual_names_are_no_finding() {
        assert_eq!(
            found(&[
                "index.html",
                "A/x",
                "a/y",
                "日本語/index.html",
                "Logo.png",
                "a.b/c"
            ]),
            [""; 0]
        );
    }

    #[test]
    fn one_finding_tells_all_files_below_a_name() {
        assert_eq!(
            found(&["aux/a.png", "aux/b/index.html", "aux/index.html", "x/aux"]),
            [
                "unportable-name: Windows cannot hold `aux/a.png` and 2 other files: `aux` is the name of a device there",
                "unportable-name: Windows cannot hold `x/aux`: `aux` is the name of a device there",
            ]
        );
    }

    #[test]
    fn files_that_differ_only_in_case_or_composition_are_told() {
        let case = "differ only in case: on Windows and macOS they are one file";
        let composition =
            "differ only in how their characters are composed: on Windows and macOS they are one file";
        assert_eq!(
            found(&["README.txt", "readme.txt", "A/x", "a/X", "か\u{3099}", "が"]),
            [
                format!("alike-names: `A/x` and `a/X` {case}"),
                format!("alike-names: `README.txt` and `readme.txt` {case}"),
                format!("alike-names: `か\u{3099}` and `が` {composition}"),
            ]
        );
    }
}
