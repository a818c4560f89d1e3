//! Diagnostics as values: what is wrong, where, and what to do about it.
//!
//! Stages return a result and a list of [`Diagnostic`]s; nobody prints while working. [`mod@print`] turns one list into
//! the output formats. Positions are byte ranges of the *file*, front matter included; lines and columns are worked
//! out when printing.

mod code;
mod data;
pub mod lines;
pub mod nearest;
pub mod print;
mod span;

pub use code::Code;
pub use span::{FileId, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is complete; something looks wrong.
    Warning,
    /// The site is written, but something in it is broken; the exit code says so.
    Error,
}

/// A further place that explains a finding ("first defined here").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where it is. `None` for findings about no file in particular.
    pub span: Option<Span>,
    /// The stable name of this kind of finding.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Further places.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
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

    fn new(severity: Severity, code: Code, span: Option<Span>, message: String) -> Self {
        Self {
            span,
            code,
            severity,
            message,
            labels: Vec::new(),
            help: None,
        }
    }

    /// The same finding with a line that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with a further place.
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
