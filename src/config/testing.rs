//! The `[wsgen.test]` table: the steps of pages that `wsgen test` runs.

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
const KEYS: [&str; 9] = [
    "enabled", "before", "copy", "env", "pass", "vars", "skip", "timeout", "output",
];
/// Time limit of a command that has none of its own.
const TIMEOUT: Duration = Duration::from_secs(120);

/// The `[wsgen.test]` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testing {
    /// True if `wsgen test` may run commands without being asked to.
    pub enabled: bool,
    /// Commands at the beginning of each session.
    pub before: Option<String>,
    /// Files and folders, from the site's folder, that sessions find in theirs.
    pub copy: Vec<String>,
    /// Environment variables of sessions.
    pub env: Vec<(String, String)>,
    /// Names of environment variables that sessions have as wsgen has them.
    pub pass: Vec<String>,
    /// Values for `var` calls.
    pub vars: Vec<(String, String)>,
    /// Programs whose blocks are skipped.
    pub skip: Vec<String>,
    /// Time limit of a command.
    pub timeout: Duration,
    /// Comparison of output behind prompts: `ignore`, `contains`, `exact`.
    pub output: String,
}

impl Default for Testing {
    fn default() -> Self {
        Self {
            enabled: false,
            before: None,
            copy: Vec::new(),
            env: Vec::new(),
            pass: Vec::new(),
            vars: Vec::new(),
            timeout: TIMEOUT,
            output: "contains".to_owned(),
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
        enabled: table.bool("enabled").unwrap_or(usual.enabled),
        before: table.text("before"),
        copy: table.texts("copy").unwrap_or_default(),
        env: pairs(&table, "env"),
        pass: table.texts("pass").unwrap_or_default(),
        timeout: checked(&table, "timeout", "a time such as \"60s\"", time_limit).unwrap_or(usual.timeout),
        output: checked(&table, "output", "\"ignore\", \"contains\" or \"exact\"", output)
            .unwrap_or(usual.output),
        vars: pairs(&table, "vars"),
        skip: table.texts("skip").unwrap_or(usual.skip),
    }
}

/// The value of a key whose text `read` understands.
fn checked<T>(table: &Table<'_>, key: &str, wanted: &str, read: fn(&str) -> Option<T>) -> Option<T> {
    let text = table.text(key)?;
    let value = read(&text);
    if let (None, Some(written)) = (&value, table.value(key)) {
        table.wrong(written, key, wanted);
    }
    value
}

fn output(text: &str) -> Option<String> {
    ["ignore", "contains", "exact"]
        .contains(&text)
        .then(|| text.to_owned())
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
