//! The end of a run: findings and one line of summary.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use super::args::{FindingArgs, Format};
use super::shown::Shown;
use super::{FAILURE, FINDINGS};
use crate::diag::{Code, Diagnostic, Severity, print};
use crate::discover::Name;
use crate::graph::LeftOut;
use crate::pipeline::BuildReport;
use crate::source::SourceTree;

/// Columns of the gutter beside a source line, at most.
const GUTTER: usize = 8;

/// A finished run, ready to be told.
pub(super) struct Report<'a> {
    build: &'a BuildReport,
    /// Folder of the site, as given.
    site: &'a Path,
    args: &'a FindingArgs,
    strict: bool,
    took: Duration,
}

impl<'a> Report<'a> {
    /// `strict`: warnings count as errors.
    pub(super) fn new(
        build: &'a BuildReport,
        site: &'a Path,
        args: &'a FindingArgs,
        strict: bool,
        took: Duration,
    ) -> Self {
        Self {
            build,
            site,
            args,
            strict,
            took,
        }
    }

    /// The exit code.
    fn code(&self) -> u8 {
        let codes = self.build.diagnostics.iter().map(|d| match d.code {
            Code::UnreadableFile | Code::UnwritableFile if d.severity == Severity::Error => FAILURE,
            _ => u8::from(self.fails(d)) * FINDINGS,
        });
        codes.max().unwrap_or_default()
    }

    /// Prints findings and summary; returns the exit code.
    pub(super) fn tell(&self) -> ExitCode {
        self.print();
        ExitCode::from(self.code())
    }

    fn told(&self) -> Told<'_> {
        Told {
            tree: &self.build.tree,
            site: self.site,
            args: self.args,
        }
    }

    /// Prints findings and summary.
    fn print(&self) {
        let told = self.told();
        told.write(&self.findings());
        told.add_summary(&self.build.diagnostics, &self.summary());
        told.end(&self.ending());
    }

    /// Returns true if the finding fails the command. Notes never do.
    fn fails(&self, d: &Diagnostic) -> bool {
        match d.severity {
            Severity::Error => true,
            Severity::Warning => self.strict,
            Severity::Note => false,
        }
    }

    fn findings(&self) -> String {
        let all = self.build.diagnostics.iter();
        let list: Vec<&Diagnostic> = all.filter(|d| !self.args.quiet || self.fails(d)).collect();
        let (shown, more) = if self.args.format == Format::Human && !self.args.verbose {
            print::abridged(&list)
        } else {
            (print::notes_last(&list), Vec::new())
        };
        let mut text = self.told().render(&shown);
        for (name, count) in more {
            text += &format!("{count} more of note[{name}], which -v shows\n");
        }
        text
    }

    fn ending(&self) -> String {
        let details = if self.args.verbose {
            self.details()
        } else {
            String::new()
        };
        format!("{details}{}\n", self.summary())
    }

    /// `17 pages, no warnings, 3 notes, 0.12 s`.
    fn summary(&self) -> String {
        let mut parts = vec![counted(self.build.pages, "page")];
        parts.extend(left_out(&self.build.left_out));
        parts.push(severities(&self.build.diagnostics));
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

/// The output of a command with findings. A closed pipe is no failure.
pub(super) struct Told<'a> {
    pub(super) tree: &'a SourceTree,
    /// Folder of the site, as given.
    pub(super) site: &'a Path,
    pub(super) args: &'a FindingArgs,
}

impl Told<'_> {
    /// Prints all findings and a line that sums up.
    pub(super) fn tell(&self, findings: &[Diagnostic], summary: &str) {
        self.write(&self.render(&print::notes_last(&findings.iter().collect::<Vec<_>>())));
        self.add_summary(findings, summary);
        if !summary.is_empty() {
            self.end(&format!("{summary}\n"));
        }
    }

    fn render(&self, list: &[Diagnostic]) -> String {
        let format = self.args.format;
        let files = Shown::new(self.tree, self.site, format);
        print::render(list, &files, format.printer(), width(format))
    }

    /// Prints findings where those who read the format look for them.
    fn write(&self, findings: &str) {
        if self.args.format.for_programs() {
            let _ = anstream::stdout().write_all(findings.as_bytes());
        } else {
            let _ = anstream::stderr().write_all(findings.as_bytes());
        }
    }

    /// Adds all findings to the summary of the job. GitHub shows ten annotations of a step, and the summary has room for
    /// the rest. A summary that cannot be written is no failure.
    fn add_summary(&self, findings: &[Diagnostic], summary: &str) {
        let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY") else {
            return;
        };
        let list = print::notes_last(&findings.iter().collect::<Vec<_>>());
        let files = Shown::new(self.tree, self.site, Format::Github);
        let table = if list.is_empty() {
            String::new()
        } else {
            format!("\n{}", print::render(&list, &files, print::Format::Summary, 0))
        };
        let text = format!("### wsgen\n\n{summary}\n{table}\n");
        let opened = std::fs::OpenOptions::new().create(true).append(true).open(file);
        let _ = opened.and_then(|mut summary| summary.write_all(text.as_bytes()));
    }

    fn end(&self, ending: &str) {
        if !self.args.quiet {
            let _ = anstream::stderr().write_all(ending.as_bytes());
        }
    }
}

/// `3 left out: 1 draft, 2 future`.
fn left_out(pages: &[(String, LeftOut)]) -> Option<String> {
    let is_page = |path: &str| Name::new(path, &[]).format.is_some();
    let pages: Vec<LeftOut> = pages
        .iter()
        .filter(|(path, _)| is_page(path))
        .map(|(_, reason)| *reason)
        .collect();
    let count = |reason| pages.iter().filter(|other| **other == reason).count();
    let counts = LeftOut::ALL
        .into_iter()
        .map(|reason| (count(reason), reason.word()));
    let words: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    (!words.is_empty()).then(|| format!("{} left out: {}", pages.len(), words.join(", ")))
}

/// `no warnings`, `1 warning, 2 errors, 3 notes`.
pub(super) fn severities(list: &[Diagnostic]) -> String {
    let count = |severity| list.iter().filter(|d| d.severity == severity).count();
    let mut parts = vec![counted(count(Severity::Warning), "warning")];
    for (severity, noun) in [(Severity::Error, "error"), (Severity::Note, "note")] {
        let count = count(severity);
        parts.extend((count > 0).then(|| counted(count, noun)));
    }
    parts.join(", ")
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
