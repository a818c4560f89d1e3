//! The `[wsgen.test]` table: the steps of pages that `wsgen test` lists.

use std::time::Duration;

use jiff::SignedDuration;

use super::Table;

/// Programs that change the computer or ask for a password.
const SKIPPED: [&str; 16] = [
    "sudo",
    "su",
    "apt",
    "apt-get",
    "dnf",
    "yum",
    "pacman",
    "apk",
    "zypper",
    "snap",
    "brew",
    "port",
    "choco",
    "winget",
    "scoop",
    "xcode-select",
];
/// Every key of the table.
const KEYS: [&str; 2] = ["vars", "skip"];

/// The `[wsgen.test]` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testing {
    /// Values for `var` calls.
    pub vars: Vec<(String, String)>,
    /// Programs whose blocks are skipped.
    pub skip: Vec<String>,
}

impl Default for Testing {
    fn default() -> Self {
        Self {
            vars: Vec::new(),
            skip: SKIPPED.map(str::to_owned).into(),
        }
    }
}

/// Reads the table inside `[wsgen]`.
pub(super) fn testing(wsgen: &Table<'_>) -> Testing {
    let table = wsgen.table("test");
    table.report_others(&KEYS);
    let usual = Testing::default();
    Testing {
        vars: pairs(&table, "vars"),
        skip: table.texts("skip").unwrap_or(usual.skip),
    }
}

/// A time limit: `60s`, `2m`, `500ms`, or a number of seconds.
pub(crate) fn time_limit(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let limit: SignedDuration = text.parse().ok()?;
    limit.try_into().ok().filter(|limit: &Duration| !limit.is_zero())
}

/// The entries of a table of texts, names as written.
fn pairs(table: &Table<'_>, key: &str) -> Vec<(String, String)> {
    let table = table.table(key);
    let pair = |entry: &spanned_data::Entry| {
        let text = table.text(&entry.key)?;
        Some((entry.written.clone(), text))
    };
    table.entries().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_limits_have_units_or_are_seconds() {
        for (text, millis) in [
            ("60s", 60_000),
            ("2m", 120_000),
            ("500ms", 500),
            ("1m 30s", 90_000),
            ("45", 45_000),
        ] {
            assert_eq!(time_limit(text), Some(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "soon", "-5s", "0s", "5 apples"] {
            assert_eq!(time_limit(text), None, "{text}");
        }
    }
}
