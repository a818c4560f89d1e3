//! Errors of templates.

use std::fmt;

/// A template that cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    /// Byte offset in the template's text.
    pub offset: usize,
    /// Description of the error: one sentence without a full stop.
    pub message: String,
}

impl TemplateError {
    pub(super) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self {
            offset,
            message: message.into(),
        }
    }
}

/// The reason why a template stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It uses a feature that only Hugo has; [`ExecError::message`] names it.
    Unsupported,
    /// It failed.
    Failed,
    /// It took too many steps, went too deep, or wrote too much.
    Limit,
}

/// A template that stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExecError {
    /// The reason.
    pub cause: Cause,
    /// For [`Cause::Unsupported`] the name of the missing feature (`resources.GetRemote`), else a description of the
    /// error.
    pub message: String,
    /// Name of the template, which may be a partial's.
    pub template: String,
    /// Byte offset in that template's text.
    pub offset: usize,
}

/// The error of a function, a field or a [`Host`](super::Host).
///
/// It has no position: the evaluator knows the place of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The reason.
    pub cause: Cause,
    /// See [`ExecError::message`].
    pub message: String,
    /// Name of the partial in which it happened, and the offset there.
    pub(super) origin: Option<(String, usize)>,
}

impl Fault {
    /// Makes the fault for a feature that only Hugo has.
    pub fn unsupported(what: impl Into<String>) -> Self {
        Self::new(Cause::Unsupported, what)
    }

    /// Makes the fault for an error.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Cause::Failed, message)
    }

    /// Makes the fault for a limit that was reached.
    pub fn limit(message: impl Into<String>) -> Self {
        Self::new(Cause::Limit, message)
    }

    fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self {
            cause,
            message: message.into(),
            origin: None,
        }
    }

    /// The error at `offset` of `template`, unless it came from a template that was called there.
    pub(super) fn at(self, template: &str, offset: usize) -> ExecError {
        let (template, offset) = self.origin.unwrap_or_else(|| (template.to_owned(), offset));
        ExecError {
            cause: self.cause,
            message: self.message,
            template,
            offset,
        }
    }
}

impl From<ExecError> for Fault {
    fn from(error: ExecError) -> Self {
        Self {
            cause: error.cause,
            message: error.message,
            origin: Some((error.template, error.offset)),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
