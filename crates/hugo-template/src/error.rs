//! What can go wrong with a template.

use std::fmt;

/// A template that cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    /// Byte offset in the template's text.
    pub offset: usize,
    /// What is wrong, in one sentence without a full stop.
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

/// Why a template stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It uses something that only Hugo has; [`ExecError::message`] names it.
    Unsupported,
    /// It did something wrong.
    Failed,
    /// It took too many steps, went too deep, or wrote too much.
    Limit,
}

/// A template that stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExecError {
    /// Why.
    pub cause: Cause,
    /// For [`Cause::Unsupported`] the name of what is missing (`resources.GetRemote`), else what went wrong.
    pub message: String,
    /// Name of the template, which may be a partial's.
    pub template: String,
    /// Byte offset in that template's text.
    pub offset: usize,
}

/// What a function, a field or a [`Host`](super::Host) answers with when it cannot give a value.
///
/// It has no position: the evaluator knows where the call stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub cause: Cause,
    /// See [`ExecError::message`].
    pub message: String,
    /// Name and offset of the partial in which it happened.
    pub(super) origin: Option<(String, usize)>,
}

impl Fault {
    /// Something that only Hugo has.
    pub fn unsupported(what: impl Into<String>) -> Self {
        Self::new(Cause::Unsupported, what)
    }

    /// Something that went wrong.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Cause::Failed, message)
    }

    /// A limit that was reached.
    pub(super) fn limit(message: impl Into<String>) -> Self {
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
