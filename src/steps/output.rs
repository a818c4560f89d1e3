//! The comparison of shown output with printed output.
//!
//! In shown output `...` stands for any number of lines, and `[..]` for anything within a line. Times, durations, ids,
//! addresses and temporary paths match each other.

use std::sync::LazyLock;

use regex::Regex;

use super::attributes::Output;
use super::script::after_prompt;

/// Text that differs from run to run, and the sign that stands for it.
static VOLATILE: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let patterns = [
        (r"\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b", "\u{1}host"),
        (
            r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?",
            "\u{1}time",
        ),
        (r"\b\d{4}[-/]\d\d[-/]\d\d\b", "\u{1}date"),
        (r"\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\b", "\u{1}clock"),
        (
            r"\b(?:\d+(?:\.\d+)? ?(?:ns|µs|us|ms|seconds?|secs?|s|minutes?|min|m|hours?|h))+\b",
            "\u{1}duration",
        ),
        (
            r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b",
            "\u{1}uuid",
        ),
        (r"\b0x[0-9a-fA-F]+\b", "\u{1}address"),
        (r"(?i)\bpid[ =:]*\d+|^\[\d+\] \d+$", "\u{1}process"),
        (r#"(?:/private)?/(?:tmp|var/folders)/[^\s'":,;)]+"#, "\u{1}path"),
    ];
    let made = patterns
        .into_iter()
        .filter_map(|(pattern, sign)| Some((Regex::new(pattern).ok()?, sign)));
    made.collect()
});

/// Ids of commits and the like, which hold letters and digits.
static ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[0-9a-f]{7,64}\b").ok());

/// A line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Op {
    /// A shown line that was printed: its number.
    Kept(usize),
    /// A shown line that was not printed: its number.
    Missing(usize),
    /// A printed line that is not shown.
    Extra(String),
    /// `...`: its number.
    Skip(usize),
}

/// The result of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comparison {
    ops: Vec<Op>,
    shown: Vec<String>,
    mode: Output,
    /// The folder of the session, which is in no page.
    folder: String,
}

/// Compares the `shown` lines with the `printed` text of a session in `folder`.
pub(super) fn compare(shown: &[&str], printed: &str, mode: Output, folder: &str) -> Comparison {
    let shown: Vec<String> = shown.iter().map(|line| line.trim_end().to_owned()).collect();
    let pairs = |lines: &mut dyn Iterator<Item = &str>| -> Vec<[String; 2]> {
        lines
            .map(|line| [line.to_owned(), steady(line, folder)])
            .collect()
    };
    let expected = pairs(&mut shown.iter().map(String::as_str));
    let actual = pairs(&mut printed.trim_end().lines().map(str::trim_end));
    let ops = align(&expected, &actual);
    Comparison {
        ops,
        shown,
        mode,
        folder: folder.to_owned(),
    }
}

impl Comparison {
    /// Returns true if the page shows what was printed.
    pub(super) fn fits(&self) -> bool {
        !self.ops.iter().any(|op| match op {
            Op::Missing(_) => true,
            Op::Extra(_) => self.mode == Output::Exact,
            Op::Kept(_) | Op::Skip(_) => false,
        })
    }

    /// The number of the first shown line that was not printed.
    pub(super) fn first_missing(&self) -> Option<usize> {
        self.ops.iter().find_map(|op| match op {
            Op::Missing(line) => Some(*line),
            _ => None,
        })
    }

    /// The differences: `-` shown and not printed, `+` printed and not shown.
    pub(super) fn diff(&self) -> String {
        const MOST: usize = 30;
        let line = |op: &Op| match op {
            Op::Kept(line) | Op::Skip(line) => format!("  {}", self.shown[*line]),
            Op::Missing(line) => format!("- {}", self.shown[*line]),
            Op::Extra(text) => format!("+ {text}"),
        };
        let mut lines: Vec<String> = self.relevant().map(line).collect();
        if lines.len() > MOST {
            lines.truncate(MOST);
            lines.push("  …".to_owned());
        }
        lines.join("\n")
    }

    /// The lines that the page shows after an update.
    pub(super) fn updated(&self) -> Vec<String> {
        let lines = self.relevant().filter_map(|op| match op {
            Op::Kept(line) | Op::Skip(line) => Some(self.shown[*line].clone()),
            Op::Missing(_) => None,
            Op::Extra(text) => Some(self.plain(text)),
        });
        lines.collect()
    }

    /// A printed line for a page: without the session's folder, and without signs that mean something there.
    fn plain(&self, line: &str) -> String {
        let line = line.replace(&self.folder, "[..]").replace("{{", "[..]");
        let is_sign = ["```", "~~~"]
            .iter()
            .any(|sign| line.trim_start().starts_with(sign));
        match after_prompt(&line) {
            Some(text) => format!("[..]{text}"),
            None if is_sign || line.trim() == "..." => "[..]".to_owned(),
            None => line,
        }
    }

    /// The lines without those that nobody misses: printed ones, between shown ones that are all there.
    fn relevant(&self) -> impl Iterator<Item = &Op> {
        let runs = self.ops.chunk_by(|a, b| is_change(a) && is_change(b));
        runs.filter(|run| {
            let only_extra = run.iter().all(|op| matches!(op, Op::Extra(_)));
            !(only_extra && self.mode == Output::Contains)
        })
        .flatten()
    }
}

fn is_change(op: &Op) -> bool {
    matches!(op, Op::Missing(_) | Op::Extra(_))
}

/// The line with signs for what differs from run to run.
fn steady(line: &str, folder: &str) -> String {
    let mut text = if folder.is_empty() {
        line.to_owned()
    } else {
        line.replace(folder, "/tmp/session")
    };
    for (pattern, sign) in VOLATILE.iter() {
        if pattern.is_match(&text) {
            text = pattern.replace_all(&text, *sign).into_owned();
        }
    }
    let Some(id) = ID.as_ref() else { return text };
    let replace = |found: &regex::Captures<'_>| {
        let word = &found[0];
        let mixed =
            word.contains(|c: char| c.is_ascii_digit()) && word.contains(|c: char| c.is_ascii_alphabetic());
        if mixed {
            "\u{1}id".to_owned()
        } else {
            word.to_owned()
        }
    };
    id.replace_all(&text, replace).into_owned()
}

/// Returns true if `line` is what `pattern` says, in which `[..]` stands for anything.
fn is_match(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split("[..]");
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// The alignment in which most shown lines were printed. Each line is there as it is, and with signs for what differs.
fn align(shown: &[[String; 2]], printed: &[[String; 2]]) -> Vec<Op> {
    let (rows, columns) = (shown.len(), printed.len());
    let is_skip = |i: usize| shown[i][0].trim() == "...";
    let is_shown = |i: usize, j: usize| (0..2).any(|form| is_match(&shown[i][form], &printed[j][form]));
    let mut best = vec![vec![0u32; columns + 1]; rows + 1];
    let mut equal = vec![vec![false; columns]; rows];
    for i in (0..rows).rev() {
        for j in (0..=columns).rev() {
            let without = best[i + 1][j].max(if j < columns { best[i][j + 1] } else { 0 });
            let fits = j < columns && !is_skip(i) && is_shown(i, j);
            if j < columns {
                equal[i][j] = fits;
            }
            best[i][j] = if fits {
                without.max(1 + best[i + 1][j + 1])
            } else {
                without
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut ops = Vec::new();
    let mut skipping = false;
    while i < rows || j < columns {
        if i < rows && is_skip(i) {
            ops.push(Op::Skip(i));
            (i, skipping) = (i + 1, true);
        } else if i < rows && j < columns && equal[i][j] && best[i][j] == 1 + best[i + 1][j + 1] {
            ops.push(Op::Kept(i));
            (i, j, skipping) = (i + 1, j + 1, false);
        } else if i < rows && (j == columns || best[i][j] == best[i + 1][j]) {
            ops.push(Op::Missing(i));
            i += 1;
        } else {
            if !skipping {
                ops.push(Op::Extra(printed[j][0].clone()));
            }
            j += 1;
        }
    }
    ops
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shown: &str, printed: &str, mode: Output) -> Comparison {
        let shown: Vec<&str> = shown.lines().collect();
        compare(&shown, printed, mode, "/tmp/wsgen-test-x")
    }

    #[test]
    fn shown_lines_occur_in_order() {
        for (shown, printed, fits) in [
            ("a\nc", "a\nb\nc\n", true),
            ("c\na", "a\nb\nc\n", false),
            ("", "a", true),
            ("a", "", false),
            ("a[..]c", "abbbc", true),
            ("[..]b[..]", "abc", true),
            ("a[..]a", "a", false),
            ("a\n...\nd", "a\nb\nc\nd", true),
        ] {
            assert_eq!(
                check(shown, printed, Output::Contains).fits(),
                fits,
                "{shown:?} {printed:?}"
            );
        }
    }

    #[test]
    fn exact_output_has_no_other_lines() {
        for (shown, printed, fits) in [
            ("a\nb", "a\nb\n", true),
            ("a", "a\nb", false),
            ("a\n...", "a\nb\nc", true),
            ("...\nc", "a\nb\nc", true),
            ("...", "", true),
            ("a\n...\nc", "a\nb\nc\nd", false),
        ] {
            assert_eq!(
                check(shown, printed, Output::Exact).fits(),
                fits,
                "{shown:?} {printed:?}"
            );
        }
    }

    #[test]
    fn what_differs_from_run_to_run_matches_by_itself() {
        for (shown, printed) in [
            ("ok  demo 0.012s", "ok  demo 1.5s"),
            ("Finished in 3.2 seconds", "Finished in 12 seconds"),
            ("real\t0m1.204s", "real\t1m0.001s"),
            ("[main 1a2b3c4] x", "[main ff00aa9] x"),
            ("2026-01-02T03:04:05Z up", "2027-12-11T10:09:08Z up"),
            ("at 12:30", "at 9:05"),
            ("pid 12", "pid 99812"),
            ("*main.T 0xc000123", "*main.T 0xdeadbeef"),
            ("127.0.0.1:41234", "10.0.0.7:80"),
            ("/tmp/x.abc/out", "/tmp/wsgen-test-x/page/out"),
            (
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "00000000-4f89-11d3-9a0c-0305e82c3302",
            ),
        ] {
            assert!(
                check(shown, printed, Output::Exact).fits(),
                "{shown:?} {printed:?}"
            );
        }
        for (shown, printed) in [
            ("3 tests", "4 tests"),
            ("12345678", "12345679"),
            ("v1.2.3", "v1.2.4"),
            ("added", "facade"),
        ] {
            assert!(
                !check(shown, printed, Output::Exact).fits(),
                "{shown:?} {printed:?}"
            );
        }
    }

    #[test]
    fn an_update_changes_nothing_but_what_differs() {
        let found = check("a 1s\nold\n...\nz", "a 2s\nnew\nm\nn\nz", Output::Exact);
        assert_eq!(found.updated(), ["a 1s", "...", "z"]);
        let found = check("old\nz", "new /tmp/wsgen-test-x/page\nz", Output::Exact);
        assert_eq!(found.updated(), ["new [..]/page", "z"]);
        let found = check("b\nold\nz", "a\nb\nnew\nz\nrest", Output::Contains);
        assert_eq!(found.updated(), ["b", "new", "z"]);
        assert_eq!(
            (found.diff(), found.first_missing()),
            ("  b\n- old\n+ new\n  z".to_owned(), Some(1))
        );
    }
}
