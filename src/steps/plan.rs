//! The steps of a page, in their order, each with the reason why it does not run, if there is one.

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::graph::PageId;

use super::attributes::{self, Attributes};
use super::fence::{Fence, fences};
use super::page_text::{PageText, Text};
use super::reasons::{placeholder, skipped_program};
use super::script::{Command, Line, commands};
use super::surroundings::{Kind, Region, regions, system};

/// Languages of blocks whose commands run.
const SHELLS: [&str; 5] = ["bash", "sh", "console", "shell-session", "shellsession"];

/// The steps of a page.
#[derive(Debug, Clone)]
pub struct PagePlan {
    /// The page.
    pub page: PageId,
    /// Its file.
    pub file: FileId,
    /// The section whose pages share a session.
    pub(super) shared: Option<PageId>,
    /// The steps in the order of the page.
    pub steps: Vec<Step>,
    /// Mistakes in the attributes of steps.
    pub findings: Diagnostics,
}

/// A block of a page that runs, or could.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The text behind the opening fence, or the opening tag of a call.
    pub span: Span,
    /// The language of the block.
    pub language: String,
    /// The reason why it does not run.
    pub skip: Option<String>,
    pub(super) work: Work,
    pub(super) attributes: Attributes,
    /// The exercise that it is part of.
    pub(super) exercise: Option<Span>,
    /// True if it runs at the end of the page, whatever has happened before.
    pub(super) last: bool,
    /// A line break, and the text before the lines of its code in the file.
    pub(super) line_break: String,
}

/// The work of a step.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Work {
    /// Runs commands in the session.
    Commands(Vec<Command>),
    /// Takes a text, for `file=` and `check=`.
    Text(Vec<Line>),
    /// Has Go read a program, or a part of one.
    Go { lines: Vec<Line>, is_program: bool },
}

impl Step {
    /// The first line of the block, for lists.
    pub fn title(&self) -> &str {
        match &self.work {
            Work::Commands(commands) => commands.first().map_or("", |command| command.title()),
            Work::Text(lines) | Work::Go { lines, .. } => {
                let mut lines = lines.iter().map(|line| line.text.trim());
                lines.find(|line| !line.is_empty()).unwrap_or_default()
            }
        }
    }
}

/// Settings that decide which steps run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'a> {
    /// Programs whose blocks are skipped.
    pub(super) skip: &'a [String],
    /// The system of this machine.
    pub(super) system: &'a str,
    /// True if there is a `go` on it.
    pub(super) has_go: bool,
}

/// The plan of a page.
pub(super) fn plan(page: PageId, text: &PageText<'_>, rules: Rules<'_>) -> PagePlan {
    let mut planner = Planner {
        text,
        rules,
        regions: regions(text.segments),
        steps: Vec::new(),
        findings: Vec::new(),
    };
    let fences = fences(text.text, text.body.clone());
    planner.unfenced(&fences);
    for fence in &fences {
        planner.fence(fence);
    }
    let Planner {
        mut steps, findings, ..
    } = planner;
    steps.sort_by_key(|step| (step.last, step.span.start));
    PagePlan {
        page,
        file: text.file,
        shared: text.shared,
        steps,
        findings,
    }
}

struct Planner<'a> {
    text: &'a PageText<'a>,
    rules: Rules<'a>,
    regions: Vec<Region>,
    steps: Vec<Step>,
    findings: Diagnostics,
}

impl Planner<'_> {
    /// Hidden steps may stand between their tags without a fence.
    fn unfenced(&mut self, fences: &[Fence]) {
        let is_bare = |region: &&Region| {
            matches!(region.kind, Kind::Hidden { .. })
                && !fences
                    .iter()
                    .any(|fence| region.inner.contains(&fence.whole.start))
        };
        let bare: Vec<Region> = self.regions.iter().filter(is_bare).cloned().collect();
        for region in bare {
            let text = self.text.lines(self.text.line_ranges(region.inner.clone()));
            let span = Span::new(self.text.file, region.span.range().start, region.inner.start);
            self.add(span, "bash".to_owned(), Attributes::default(), text, "");
        }
    }

    fn fence(&mut self, fence: &Fence) {
        let info = &self.text.text[fence.info.clone()];
        let (language, attributes, mistakes) = attributes::read(info);
        let is_step = SHELLS.contains(&&*language)
            || language == "go"
            || attributes.file.is_some()
            || attributes.check.is_some();
        if !is_step {
            return;
        }
        for mistake in mistakes {
            let at = fence.info.start;
            let span = Span::new(self.text.file, at + mistake.range.start, at + mistake.range.end);
            let finding = Diagnostic::error(Code::InvalidStep, span, mistake.message);
            self.findings.push(match mistake.help {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
        let span = Span::new(self.text.file, fence.info.start, fence.info.end);
        let text = self.text.lines(fence.lines.iter().cloned());
        self.add(span, language, attributes, text, &fence.margin);
    }

    fn add(&mut self, span: Span, language: String, attributes: Attributes, text: Text, margin: &str) {
        let around: Vec<&Region> = self
            .regions
            .iter()
            .filter(|region| region.span.range().contains(&span.range().start))
            .collect();
        let exercise = around.iter().find(|region| region.kind == Kind::Exercise);
        let exercise = exercise.map(|region| region.span);
        let last = around
            .iter()
            .any(|region| region.kind == Kind::Hidden { last: true });
        let skip = attributes
            .skip
            .clone()
            .or_else(|| self.text.skip.clone())
            .or_else(|| self.surroundings(&around, attributes.os.as_deref()))
            .or_else(|| self.content(&text, &language, &attributes));
        self.findings
            .extend(text.missing.into_iter().filter(|_| skip.is_none()));
        let work = work(&language, &attributes, text.lines);
        if matches!(&work, Work::Commands(commands) if commands.is_empty()) && attributes.file.is_none() {
            return;
        }
        self.steps.push(Step {
            span,
            language,
            skip,
            work,
            attributes,
            exercise,
            last,
            line_break: format!("{}{margin}", line_break(self.text.text)),
        });
    }

    /// The reason for which the place of a block keeps it from running.
    fn surroundings(&self, around: &[&Region], os: Option<&str>) -> Option<String> {
        let own = self.rules.system;
        if let Some(os) = os.filter(|os| system(os).unwrap_or(os) != own) {
            return Some(format!("for {os}"));
        }
        around.iter().find_map(|region| match &region.kind {
            Kind::Comment => Some("in a comment".to_owned()),
            Kind::Systems(systems) if !systems.contains(&own) => Some(format!("for {}", systems.join(", "))),
            _ => None,
        })
    }

    /// The reason for which the text of a block keeps it from running.
    fn content(&self, text: &Text, language: &str, attributes: &Attributes) -> Option<String> {
        if let Some(name) = &text.unread {
            return Some(format!("holds a call of `{name}`"));
        }
        if attributes.file.is_some() {
            return None;
        }
        if !SHELLS.contains(&language) {
            let needs_go = language == "go" && attributes.check.is_none() && !self.rules.has_go;
            return needs_go.then(|| "needs go".to_owned());
        }
        let script: String = commands(text.lines.clone()).iter().map(Command::text).collect();
        if let Some(program) = skipped_program(&script, self.rules.skip) {
            return Some(format!("needs {program}"));
        }
        placeholder(&script).map(|name| format!("has the placeholder {name}"))
    }
}

/// The line break that a file has.
fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn work(language: &str, attributes: &Attributes, lines: Vec<Line>) -> Work {
    if attributes.file.is_some() {
        return Work::Text(lines);
    }
    if SHELLS.contains(&language) {
        return Work::Commands(commands(lines));
    }
    if language == "go" && attributes.check.is_none() {
        let has = |start: &str| lines.iter().any(|line| line.text.starts_with(start));
        let is_program =
            has("package main") && has("func main()") && !lines.iter().any(|line| imports_module(&line.text));
        return Work::Go { lines, is_program };
    }
    Work::Text(lines)
}

/// Returns true for a line that imports a package of a module other than Go's own: its first name has a dot.
fn imports_module(line: &str) -> bool {
    let path = line.trim().rsplit(' ').next().unwrap_or_default();
    let name = path
        .strip_prefix('"')
        .and_then(|path| path.strip_suffix('"')?.split_once('/'));
    name.is_some_and(|(first, _)| first.contains('.'))
}
