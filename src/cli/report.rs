//! The end of a run: findings and one line of summary.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use super::args::{FindingArgs, Format};
use super::{FAILURE, FINDINGS};
use crate::diag::{Code, Diagnostic, Severity, print};
use crate::graph::LeftOut;
use crate::pipeline::BuildReport;

/// Columns of the gutter beside a source line, at most.
const GUTTER: usize = 8;

/// A finished run, ready to be told.
pub(super) struct Report<'a> {
    build: &'a BuildReport,
    args: &'a FindingArgs,
    strict: bool,
    took: Duration,
}

impl<'a> Report<'a> {
    /// `strict`: warnings count as errors.
    pub(super) fn new(build: &'a BuildReport, args: &'a FindingArgs, strict: bool, took: Duration) -> Self {
        Self {
            build,
            args,
            strict,
            took,
        }
    }

    /// The exit code.
    fn code(&self) -> u8 {
        let codes = self.build.diagnostics.iter().map(|d| match d.code {
            Code::UnreadableFile | Code::UnwritableFile if d.severity == Severity::Error => FAILURE,
            _ => u8::from(self.strict || d.severity == Severity::Error) * FINDINGS,
        });
        codes.max().unwrap_or_default()
    }

    /// Prints findings and summary; returns the exit code.
    pub(super) fn tell(&self) -> ExitCode {
        self.print();
        ExitCode::from(self.code())
    }

    /// Prints findings and summary. A closed pipe is no failure.
    fn print(&self) {
        let findings = self.findings();
        if self.args.format.for_programs() {
            let _ = anstream::stdout().write_all(findings.as_bytes());
        } else {
            let _ = anstream::stderr().write_all(findings.as_bytes());
        }
        if !self.args.quiet {
            let _ = anstream::stderr().write_all(self.ending().as_bytes());
        }
    }

    fn findings(&self) -> String {
        let shown: Vec<Diagnostic> = self
            .build
            .diagnostics
            .iter()
            .filter(|d| self.shows(d))
            .cloned()
            .collect();
        print::render(
            &shown,
            &self.build.tree,
            self.args.format.printer(),
            width(self.args.format),
        )
    }

    fn shows(&self, d: &Diagnostic) -> bool {
        !self.args.quiet || d.severity == Severity::Error || self.strict
    }

    fn ending(&self) -> String {
        let details = if self.args.verbose {
            self.details()
        } else {
            String::new()
        };
        format!("{details}{}\n", self.summary())
    }

    /// `17 pages, no warnings, 0.12 s`.
    fn summary(&self) -> String {
        let count = |severity| {
            self.build
                .diagnostics
                .iter()
                .filter(|d| d.severity == severity)
                .count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let mut parts = vec![counted(self.build.pages, "page")];
        parts.extend(left_out(&self.build.left_out));
        parts.push(counted(warnings, "warning"));
        parts.extend((errors > 0).then(|| counted(errors, "error")));
        parts.push(format!("{:.2} s", self.took.as_secs_f64()));
        parts.join(", ")
    }

    fn details(&self) -> String {
        let stages = self.build.timings.iter();
        let mut out: String = stages
            .map(|(stage, took)| format!("{:>14} {:8.1} ms\n", stage.verb(), took.as_secs_f64() * 1000.0))
            .collect();
        if let Some(written) = &self.build.written {
            let (changed, unchanged, removed) = (written.changed, written.unchanged, written.removed);
            out += &format!(
                "{}: {} written, {unchanged} unchanged, {removed} removed\n",
                written.destination.display(),
                counted(changed, "file"),
            );
        }
        out
    }
}

/// `3 left out: 1 draft, 2 future`.
fn left_out(pages: &[(String, LeftOut)]) -> Option<String> {
    let count = |reason| pages.iter().filter(|(_, other)| *other == reason).count();
    let reasons = [LeftOut::Draft, LeftOut::Future, LeftOut::Expired];
    let counts = reasons.into_iter().map(|reason| (count(reason), reason.word()));
    let words: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    (!words.is_empty()).then(|| format!("{} left out: {}", pages.len(), words.join(", ")))
}

/// Columns that a source line may take on standard error.
pub(super) fn width(format: Format) -> usize {
    let terminal = terminal_size::terminal_size_of(std::io::stderr());
    let columns = terminal.map(|(width, _)| usize::from(width.0).saturating_sub(GUTTER));
    match format {
        Format::Human if std::io::stderr().is_terminal() => columns.unwrap_or(print::DEFAULT_WIDTH),
        _ => print::DEFAULT_WIDTH,
    }
}

/// `no pages`, `1 page`, `2 pages`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
