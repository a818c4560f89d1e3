//! What is wrong with a data text, before it is known whose text it is.

use std::ops::Range;

/// A mistake in a YAML, TOML or JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Bytes from the start of the file.
    pub span: Range<usize>,
    /// What kind of mistake.
    pub kind: ProblemKind,
    /// What is wrong, without a full stop.
    pub message: String,
}

/// Kinds of mistakes in data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text breaks the rules of its language.
    Syntax,
    /// A key is set twice; the later value was kept.
    Duplicate {
        /// Where it is set first.
        first: Range<usize>,
    },
}

impl Problem {
    /// A breach of the language's rules.
    pub fn syntax(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            kind: ProblemKind::Syntax,
            message: message.into(),
        }
    }

    /// A key that is set again.
    pub fn duplicate(key: &str, first: Range<usize>, span: Range<usize>) -> Self {
        let message = format!("the key `{key}` is set twice");
        Self {
            span,
            kind: ProblemKind::Duplicate { first },
            message,
        }
    }
}
