//! Diagnostics as values: a message with its place, and advice.
//!
//! Stages return a result and a list of [`Diagnostic`]s; nobody prints while working. [`mod@print`] turns one list into
//! the output formats. Positions are byte ranges of the *file*, front matter included; lines and columns are worked out
//! when printing.

mod code;
mod data;
mod kind;
pub mod lines;
pub mod nearest;
pub mod print;
mod span;

pub use code::Code;
pub use kind::{FindingName, Kind};
pub use span::{FileId, Span};

/// Severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is right; something could be better. Never fails a command.
    Note,
    /// The site is complete; something looks wrong.
    Warning,
    /// The site is written, but something in it is broken; the exit code says so.
    Error,
}

/// A further place that explains a finding ("first defined here").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Span of the place.
    pub span: Span,
    /// Remark about the place.
    pub text: String,
}

/// A change of a file's text that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Span of the text to replace.
    pub span: Span,
    /// The text that takes its place.
    pub text: String,
}

/// A finding: a message for the author.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Span of the finding. `None` for findings about no file in particular.
    pub span: Option<Span>,
    /// The stable name of this kind of finding.
    pub code: Code,
    /// The kind below the code, for codes that have kinds.
    pub kind: Option<Kind>,
    /// Its severity.
    pub severity: Severity,
    /// Description, in one sentence without a full stop.
    pub message: String,
    /// Further places, with remarks.
    pub labels: Vec<Label>,
    /// Advice for the author.
    pub help: Option<String>,
    /// The edits that certainly mend it; empty where an author has to decide.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// A warning at `span`.
    pub fn warning(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span.into(), message.into())
    }

    /// An error at `span`.
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span.into(), message.into())
    }

    /// A note at `span`.
    pub fn note(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, span.into(), message.into())
    }

    /// A finding of a kind, with the severity that this kind usually has.
    pub fn of(kind: Kind, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        let mut finding = Self::new(kind.severity(), kind.code(), span.into(), message.into());
        finding.kind = Some(kind);
        finding
    }

    fn new(severity: Severity, code: Code, span: Option<Span>, message: String) -> Self {
        Self {
            span,
            code,
            kind: None,
            severity,
            message,
            labels: Vec::new(),
            help: None,
            fix: Vec::new(),
        }
    }

    /// The most exact name: `broken-link`, `markdown-slip/table`.
    pub fn name(&self) -> &'static str {
        self.kind.map_or(self.code.name(), Kind::name)
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds an edit to those that mend the finding.
    #[must_use]
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }
}

/// A list of findings that a stage fills.
pub type Diagnostics = Vec<Diagnostic>;
