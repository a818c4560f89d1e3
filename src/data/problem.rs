//! What is wrong with a data text, before it is known whose text it is.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, FileId, Span};

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

    /// The same as a finding in `file`. `syntax` is the code of mistakes other than duplicate keys.
    pub fn diagnostic(&self, file: FileId, syntax: Code) -> Diagnostic {
        let span = Span::new(file, self.span.start, self.span.end);
        match &self.kind {
            ProblemKind::Syntax => with_advice(Diagnostic::error(syntax, span, &self.message)),
            ProblemKind::Duplicate { first } => Diagnostic::warning(Code::DuplicateKey, span, &self.message)
                .label(Span::new(file, first.start, first.end), "first set here")
                .help("the later value is used; remove one of the two"),
        }
    }
}

/// Advice for the mistakes that people make most.
fn with_advice(finding: Diagnostic) -> Diagnostic {
    const ADVICE: [(&str, &str); 3] = [
        (
            "mapping values are not allowed",
            "put the text in quotes when it holds a colon followed by a space",
        ),
        ("tab", "indent with spaces"),
        (
            "cannot start any token",
            "put the text in quotes when it begins with a special character",
        ),
    ];
    match ADVICE.iter().find(|(part, _)| finding.message.contains(part)) {
        Some((_, advice)) => finding.help(*advice),
        None => finding,
    }
}
