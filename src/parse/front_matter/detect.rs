//! The bounds of front matter.
//!
//! Hugo decides by the first character and stops the build when it was not meant as front matter. wsgen looks at the
//! whole first line, takes anything but a delimiter as text, and reports it.

use std::ops::Range;

use super::org;
use crate::diag::{Code, Diagnostic, FileId, Kind, Span};

/// The formats of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Toml,
    Json,
    Org,
}

/// The parts of a file.
#[derive(Debug, PartialEq)]
pub(super) struct Detected {
    /// `None` for a file without front matter.
    pub(super) language: Option<Language>,
    /// Front matter with its delimiters; empty at the body's start when there is none.
    pub(super) span: Range<usize>,
    /// Bytes between the delimiters.
    pub(super) content: Range<usize>,
    /// Offset of the body's first byte.
    pub(super) body: usize,
    /// The mistake in it, if there is one.
    pub(super) finding: Option<Finding>,
}

/// A mistake in a delimiter.
#[derive(Debug, PartialEq)]
pub(super) struct Finding {
    code: Code,
    kind: Option<Kind>,
    span: Range<usize>,
    message: String,
    help: String,
}

impl Finding {
    /// The mistake as a finding in `file`.
    pub(super) fn diagnostic(self, file: FileId) -> Diagnostic {
        let span = Span::new(file, self.span.start, self.span.end);
        let finding = match self.kind {
            Some(kind) => Diagnostic::of(kind, span, self.message),
            None => Diagnostic::warning(self.code, span, self.message),
        };
        finding.help(self.help)
    }
}

/// Finds the parts of a file.
pub(super) fn detect(text: &str) -> Detected {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let blank = [' ', '\t', '\r', '\n', '\x0b', '\x0c'];
    let mut rest = text[start..].trim_start_matches(blank);
    // A licence or an order to a linter may stand before it.
    let without_comments = after_comments(rest, blank);
    if begins_front_matter(without_comments) {
        rest = without_comments;
    }
    let at = text.len() - rest.len();
    let first_line = line(text, at);
    match first_line.trim_end() {
        "---" => delimited(text, at, Language::Yaml),
        "+++" => delimited(text, at, Language::Toml),
        _ if looks_like_json(rest) => json(text, at),
        keyword if org::keyword(keyword).is_some() => keywords(text, at),
        // A page may begin with a call.
        trimmed if trimmed.starts_with("{{<") || trimmed.starts_with("{{%") => Detected {
            finding: Some(call_first(at)),
            ..no_front_matter(start)
        },
        trimmed if trimmed.starts_with(['-', '+', '{']) => Detected {
            finding: Some(not_front_matter(trimmed, at)),
            ..no_front_matter(start)
        },
        _ => no_front_matter(start),
    }
}

/// The text behind the comments at its beginning.
fn after_comments(text: &str, blank: [char; 6]) -> &str {
    let mut rest = text;
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            break;
        };
        rest = after.trim_start_matches(blank);
    }
    rest
}

fn begins_front_matter(text: &str) -> bool {
    let line = line(text, 0).trim_end();
    matches!(line, "---" | "+++") || looks_like_json(text)
}

fn no_front_matter(body: usize) -> Detected {
    Detected {
        language: None,
        span: body..body,
        content: body..body,
        body,
        finding: None,
    }
}

fn call_first(at: usize) -> Finding {
    Finding {
        code: Code::InvalidFrontMatter,
        kind: Some(Kind::CallFirst),
        span: at..at + "{{<".len(),
        message: "the page begins with a call, which Hugo takes for front matter and stops at".to_owned(),
        help: "put front matter above it, at least two lines `---`, where Hugo has to build the page, too"
            .to_owned(),
    }
}

fn not_front_matter(line: &str, at: usize) -> Finding {
    let first = &line[..1];
    Finding {
        code: Code::InvalidFrontMatter,
        kind: None,
        span: at..at + line.len(),
        message: format!(
            "the page begins with `{first}`, which Hugo takes for front matter; it is read as text"
        ),
        help: "put front matter above it, at least two lines `---`".to_owned(),
    }
}

/// Returns true if a `{` begins JSON: a key or the end follows. `{{< x >}}` and `{#id}` do not.
fn looks_like_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('{') else {
        return false;
    };
    let inside = inside.trim_start();
    inside.starts_with(['"', '\'', '}'])
        || inside.split_once(':').is_some_and(|(key, _)| {
            let key = key.trim_end();
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
        })
}

/// YAML or TOML that begins with a delimiter at `at`.
fn delimited(text: &str, at: usize, language: Language) -> Detected {
    let delimiter = &text[at..at + 3];
    let content = at + line(text, at).len();
    let mut close = content;
    while close < text.len() {
        let line = line(text, close);
        if let Some(rest) = line.strip_prefix(delimiter) {
            let body = if rest.trim().is_empty() {
                close + line.len()
            } else {
                close + 3
            };
            let (content, span) = (content..close, at..close + 3);
            return Detected {
                language: Some(language),
                span,
                content,
                body,
                finding: None,
            };
        }
        close += line.len();
    }
    unclosed(text, at, content, language)
}

/// Without a closing delimiter the front matter ends with the last line that looks like a part of it.
fn unclosed(text: &str, at: usize, content: usize, language: Language) -> Detected {
    let mut end = content;
    while end < text.len() {
        let line = line(text, end);
        if !is_front_matter_line(line, language, end == content) {
            break;
        }
        end += line.len();
    }
    let delimiter = &text[at..at + 3];
    let has_keys = end > content;
    let finding = Some(Finding {
        code: Code::UnclosedFrontMatter,
        kind: None,
        span: at..at + 3,
        message: format!("the front matter has no closing `{delimiter}`"),
        help: format!("add a line `{delimiter}` after the last key"),
    });
    if !has_keys {
        return Detected {
            finding,
            ..no_front_matter(at)
        };
    }
    Detected {
        language: Some(language),
        span: at..end,
        content: content..end,
        body: end,
        finding,
    }
}

fn is_front_matter_line(line: &str, language: Language, first: bool) -> bool {
    let separator = if language == Language::Toml { '=' } else { ':' };
    let is_key = line.split_once(separator).is_some_and(|(key, value)| {
        let key = key.trim();
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
        let separated = language == Language::Toml || value.starts_with(char::is_whitespace);
        !key.is_empty() && key.chars().all(plain) && separated
    });
    let continues = line.starts_with([' ', '\t']) || line.starts_with("- ");
    let is_table = language == Language::Toml && line.starts_with('[');
    is_key || is_table || !first && continues && !line.trim().is_empty()
}

/// Keywords of Org that begin at `at`: `#+title: …` and the lines like it below.
fn keywords(text: &str, at: usize) -> Detected {
    let mut end = at;
    while org::keyword(line(text, end)).is_some() {
        end += line(text, end).len();
    }
    Detected {
        language: Some(Language::Org),
        span: at..end,
        content: at..end,
        body: end,
        finding: None,
    }
}

/// JSON that begins at `at`.
fn json(text: &str, at: usize) -> Detected {
    let Some(end) = balanced_end(&text[at..]).map(|len| at + len) else {
        return unclosed_json(text, at);
    };
    let rest = line(text, end);
    let body = if rest.trim().is_empty() {
        end + rest.len()
    } else {
        end
    };
    Detected {
        language: Some(Language::Json),
        span: at..end,
        content: at..end,
        body,
        finding: None,
    }
}

fn unclosed_json(text: &str, at: usize) -> Detected {
    let end = text[at..].find("\n\n").map_or(text.len(), |blank| at + blank + 1);
    let finding = Some(Finding {
        code: Code::UnclosedFrontMatter,
        kind: None,
        span: at..at + 1,
        message: "the front matter has no closing `}`".to_owned(),
        help: "add a line `}` after the last key".to_owned(),
    });
    Detected {
        language: None,
        span: at..end,
        content: at..end,
        body: end,
        finding,
    }
}

/// Length of the JSON object at the begin of `text`.
fn balanced_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut in_string = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if in_string => {
                bytes.next();
            }
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The line that `at` begins, its end included.
fn line(text: &str, at: usize) -> &str {
    text[at..].split_inclusive('\n').next().unwrap_or_default()
}
