//! Problems of a data text, before its file is known.

use std::ops::Range;

/// A mistake in a YAML, TOML or JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Bytes from the start of the file.
    pub span: Range<usize>,
    /// The kind of mistake.
    pub kind: ProblemKind,
    /// Description of the mistake, without a full stop.
    pub message: String,
}

/// Kinds of mistakes in data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text breaks the rules of its format.
    Syntax,
    /// A key is set twice; the later value was kept.
    Duplicate {
        /// Bytes of the first setting.
        first: Range<usize>,
    },
}

impl Problem {
    /// Makes the problem for a breach of the format's rules.
    pub fn syntax(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            kind: ProblemKind::Syntax,
            message: message.into(),
        }
    }

    /// Makes the problem for a key that is set again.
    pub fn duplicate(key: &str, first: Range<usize>, span: Range<usize>) -> Self {
        let message = format!("the key `{key}` is set twice");
        Self {
            span,
            kind: ProblemKind::Duplicate { first },
            message,
        }
    }
}
