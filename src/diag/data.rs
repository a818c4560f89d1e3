//! Mistakes in YAML, TOML and JSON as findings.

use spanned_data::{Problem, ProblemKind};

use super::{Code, Diagnostic, FileId, Span};

impl Diagnostic {
    /// A mistake in a data text of `file`. `syntax` is the code of mistakes other than duplicate keys.
    pub fn in_data(problem: &Problem, file: FileId, syntax: Code) -> Self {
        let span = Span::new(file, problem.span.start, problem.span.end);
        match &problem.kind {
            ProblemKind::Syntax => with_advice(Self::error(syntax, span, &problem.message)),
            ProblemKind::Duplicate { first } => Self::warning(Code::DuplicateKey, span, &problem.message)
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
