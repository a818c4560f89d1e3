//! Outcomes of steps, and findings about those that failed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::plan::{PagePlan, Step};
use super::script::{Command, Line};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Lines of output in a finding.
const LAST_LINES: usize = 20;

/// The outcome of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It did what the page says.
    Passed,
    /// It did not.
    Failed(Diagnostics),
    /// It does not run, for this reason.
    Skipped(String),
    /// A step before it failed.
    NotReached,
}

/// The results of the steps of a page.
#[derive(Debug, Clone, Default)]
pub struct PageRun {
    /// The outcomes, in the order of the plan's steps.
    pub outcomes: Vec<Outcome>,
    /// The folder of the session, where it is kept.
    pub folder: Option<PathBuf>,
}

impl PageRun {
    /// The results of a page that cannot run: an error stands at the first step that would have.
    pub(super) fn without(plan: &PagePlan, error: &mut Option<&std::io::Error>) -> Self {
        let outcome = |step: &Step| match &step.skip {
            Some(reason) => Outcome::Skipped(reason.clone()),
            None => error.take().map_or(Outcome::NotReached, |error| {
                let message = format!("the steps of this page cannot run: {error}");
                Outcome::Failed(vec![Diagnostic::error(Code::FailedStep, step.span, message)])
            }),
        };
        Self {
            outcomes: plan.steps.iter().map(outcome).collect(),
            folder: None,
        }
    }
}

/// A step about which something is found, and the line of it, if it is known.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) step: &'a Step,
    pub(super) line: Option<&'a Line>,
    /// The folder of the session, which is in no finding.
    pub(super) folder: &'a Path,
}

impl At<'_> {
    /// A command ended with another code than the wanted one.
    pub(super) fn code(self, code: i32, wanted: Option<i32>, printed: &str) -> Diagnostic {
        let wanted = wanted.filter(|wanted| *wanted != 0);
        let wanted = wanted.map(|wanted| format!(", not with {wanted}"));
        let message = format!(
            "`{}` ended with exit code {code}{}",
            self.title(),
            wanted.unwrap_or_default()
        );
        self.failed(message, self.last_lines(printed))
    }

    /// A command did not end in time.
    pub(super) fn timed_out(self, limit: Duration, printed: &str) -> Diagnostic {
        let message = format!("`{}` did not end within {} s", self.title(), limit.as_secs_f64());
        let advice = "give it more time with `timeout=\"…s\"`, or let it go on with `background=true`";
        let lines = self.last_lines(printed);
        let help = lines.map_or(advice.to_owned(), |lines| format!("{advice}; {lines}"));
        self.failed(message, Some(help))
    }

    /// A process in the background ended, or was never ready.
    pub(super) fn not_ready(self, code: Option<i32>, printed: &str) -> Diagnostic {
        let title = self.title();
        let message = match code {
            Some(code) => format!("`{title}` ended with exit code {code} before it was ready"),
            None => format!("`{title}` was not ready in time"),
        };
        self.failed(message, self.last_lines(printed))
    }

    /// A command printed something else than the page shows. `shown` are the lines to show instead.
    pub(super) fn changed(self, command: &Command, diff: &str, shown: &[String]) -> Diagnostic {
        let message = format!("`{}` printed something else than the page shows", command.title());
        let help = format!("`wsgen test --update` writes what it prints:\n{diff}");
        let (span, text) = replacement(self.step, command, shown);
        Diagnostic::error(Code::ChangedOutput, self.span(), message)
            .help(help)
            .edit(span, text)
    }

    /// Something beside the block failed: a check, a hook, Go.
    pub(super) fn apart(self, name: &str, code: i32, printed: &str) -> Diagnostic {
        let message = format!("{name} ended with exit code {code}");
        self.failed(message, self.last_lines(printed))
    }

    /// Somebody ended the run.
    pub(super) fn interrupted(self) -> Diagnostic {
        self.failed("the run was interrupted here".to_owned(), None)
    }

    /// A finding about the step, with advice.
    pub(super) fn failed(self, message: String, help: Option<String>) -> Diagnostic {
        let finding = Diagnostic::error(Code::FailedStep, self.span(), message);
        match help {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    fn title(&self) -> &str {
        self.line
            .map_or_else(|| self.step.title(), |line| line.text.trim())
    }

    fn span(&self) -> Span {
        let of = |line: &Line| Span::new(self.step.span.file, line.range.start, line.range.end);
        self.line.map_or(self.step.span, of)
    }

    /// The end of the output, as the end of a sentence.
    fn last_lines(&self, printed: &str) -> Option<String> {
        let printed = printed.replace(&*self.folder.to_string_lossy(), "…");
        let lines: Vec<&str> = printed.trim_end().lines().collect();
        let start = lines.len().saturating_sub(LAST_LINES);
        let shown = lines[start..].join("\n");
        (!shown.trim().is_empty()).then(|| format!("it printed\n{shown}"))
    }
}

/// The place of the output below a command, and the text that takes it.
fn replacement(step: &Step, command: &Command, shown: &[String]) -> (Span, String) {
    let span = |start, end| Span::new(step.span.file, start, end);
    let end_of_command = command.lines.last().map_or(0, |line| line.range.end);
    let (first, last) = (command.output.first(), command.output.last());
    if let (Some(first), Some(last), false) = (first, last, shown.is_empty()) {
        return (
            span(first.range.start, last.range.end),
            shown.join(&step.line_break),
        );
    }
    let end = last.map_or(end_of_command, |line| line.range.end);
    let text = shown
        .iter()
        .map(|line| format!("{}{line}", step.line_break))
        .collect();
    (span(end_of_command, end), text)
}
