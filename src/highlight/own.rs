//! Languages that need no grammar file: diffs, and PromQL, for which no grammar is embedded.

use super::tokens::{Builder, TokenClass, Tokens};

/// The runs of a diff, whose classes go by line.
pub(super) fn diff(code: &str) -> Tokens {
    let mut out = Builder::default();
    for line in code.split_inclusive('\n') {
        out.push(diff_line(line), line);
    }
    out.finish()
}

fn diff_line(line: &str) -> TokenClass {
    const HEADS: [&str; 6] = ["+++ ", "--- ", "@@", "diff ", "index ", "Index: "];
    if HEADS.iter().any(|head| line.starts_with(head)) {
        return TokenClass::Meta;
    }
    match line.as_bytes().first() {
        Some(b'+' | b'>') => TokenClass::Inserted,
        Some(b'-' | b'<') => TokenClass::Deleted,
        Some(b'!') => TokenClass::Meta,
        _ => TokenClass::Plain,
    }
}

const PROMQL_WORDS: [&str; 14] = [
    "and",
    "atan2",
    "bool",
    "by",
    "group_left",
    "group_right",
    "ignoring",
    "offset",
    "on",
    "or",
    "start",
    "end",
    "unless",
    "without",
];

/// The runs of a PromQL expression.
pub(super) fn promql(code: &str) -> Tokens {
    let mut out = Builder::default();
    let mut rest = code;
    let mut labels = false;
    while let Some(first) = rest.chars().next() {
        let len = promql_token(rest, first);
        let (token, after) = rest.split_at(len);
        out.push(promql_class(token, first, after, labels), token);
        labels = match first {
            '{' => true,
            '}' => false,
            _ => labels,
        };
        rest = after;
    }
    out.finish()
}

fn promql_token(rest: &str, first: char) -> usize {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let end = |stop: &dyn Fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
    match first {
        '#' => end(&|c| c == '\n'),
        '"' | '\'' | '`' => quoted(rest, first),
        _ if first.is_ascii_digit() => end(&|c| !(c.is_ascii_alphanumeric() || c == '.')),
        _ if word(first) => end(&|c| !word(c)),
        _ => first.len_utf8(),
    }
}

/// Length of the string that `rest` begins with, up to the end of the code when it is not closed.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped && quote != '`';
    }
    rest.len()
}

fn promql_class(token: &str, first: char, after: &str, labels: bool) -> TokenClass {
    match first {
        '#' => TokenClass::Comment,
        '"' | '\'' | '`' => TokenClass::String,
        _ if first.is_ascii_digit() => TokenClass::Number,
        _ if !(first.is_alphabetic() || first == '_') => TokenClass::Plain,
        _ if labels => TokenClass::Variable,
        _ if PROMQL_WORDS.contains(&token.to_ascii_lowercase().as_str()) => TokenClass::Keyword,
        _ if calls(after) => TokenClass::Function,
        _ => TokenClass::Plain,
    }
}

/// Returns true if a name is called: `sum(`, `sum by (job) (`.
fn calls(after: &str) -> bool {
    let after = after.trim_start();
    after.starts_with('(') || after.starts_with("by") || after.starts_with("without")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str, tokens: &Tokens) -> Vec<String> {
        let mut at = 0;
        let mut words = Vec::new();
        for (class, len) in tokens.runs() {
            if let Some(css) = class.css() {
                words.push(format!("{css}:{}", &code[at..at + len]));
            }
            at += len;
        }
        words
    }

    #[test]
    fn a_diff_is_marked_line_by_line() {
        let code = "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n+more\n same\n";
        assert_eq!(
            words(code, &diff(code)),
            ["m:--- a\n+++ b\n@@ -1 +1 @@", "d:-old", "i:+new\n+more"]
        );
    }

    #[test]
    fn promql_has_functions_labels_and_durations() {
        let code = "sum by (job) (rate(http_total{code=~\"5..\", job!='x'}[5m])) > 0.5 # bad";
        let expected = [
            "f:sum",
            "k:by",
            "f:rate",
            "v:code",
            "s:\"5..\"",
            "v:job",
            "s:'x'",
            "n:5m",
            "n:0.5",
            "c:# bad",
        ];
        assert_eq!(words(code, &promql(code)), expected);
    }

    #[test]
    fn an_unclosed_promql_string_ends_with_the_code() {
        assert_eq!(words("\"aあ\\\"", &promql("\"aあ\\\"")), ["s:\"aあ\\\""]);
    }
}
