//! Markers of callouts with a slip, and callouts that lost their text.

use super::Line;
use super::prose::Prose;
use crate::diag::{Diagnostic, Diagnostics, Kind, nearest};

/// The kinds that GitHub, Obsidian and wsgen have.
const KINDS: [&str; 31] = [
    "abstract",
    "attention",
    "bug",
    "caution",
    "check",
    "cite",
    "danger",
    "done",
    "error",
    "example",
    "exercise",
    "fail",
    "failure",
    "faq",
    "help",
    "hint",
    "important",
    "info",
    "instructor",
    "missing",
    "note",
    "question",
    "quote",
    "solution",
    "success",
    "summary",
    "tip",
    "tldr",
    "todo",
    "warn",
    "warning",
];
/// Kinds that are written in capitals where GitHub has them.
const GITHUB: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

pub(super) fn check(prose: &Prose<'_>, found: &mut Diagnostics) {
    let lines = prose.lines();
    for (nth, line) in lines.iter().enumerate() {
        let first = nth == 0 || !is_quote(lines[nth - 1]);
        if first && is_quote(*line) {
            marker(prose, *line, found);
            if is_alone(*line) && !lines.get(nth + 1).is_some_and(|next| is_quote(*next)) {
                lost_text(prose, *line, &lines[nth + 1..], found);
            }
        }
    }
}

fn is_quote(line: Line<'_>) -> bool {
    line.text.trim_start().starts_with('>')
}

/// The text behind the sign of the quote, and its place.
fn quoted(line: Line<'_>) -> (&str, usize) {
    let at = line.text.find('>').map_or(0, |at| at + 1);
    let rest = &line.text[at..];
    let text = rest.trim_start();
    (text, at + rest.len() - text.len())
}

fn marker(prose: &Prose<'_>, line: Line<'_>, found: &mut Diagnostics) {
    let (text, at) = quoted(line);
    let Some((inside, _)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return;
    };
    let end = inside.len() + 1;
    let mut report = |from: usize, to: usize, message: String, written: String| {
        let span = line.span(prose, at + from, at + to);
        found.push(
            Diagnostic::of(Kind::SlipCallout, span, message)
                .help(format!("write `{written}`"))
                .edit(span, written),
        );
    };
    if GITHUB.contains(&inside) && !text[end + 1..].starts_with(['(', '[', ':']) {
        let message = format!("this is no callout: `!` is missing before `{inside}`");
        return report(0, end + 1, message, format!("[!{inside}]"));
    }
    let Some(name) = inside.strip_prefix('!') else {
        return;
    };
    let bare = name.trim();
    let is_word = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_word && bare != name {
        let message = "this is no callout: there is a space in its marker".to_owned();
        return report(0, end + 1, message, format!("[!{bare}]"));
    }
    let lower = bare.to_lowercase();
    if let Some(near) = nearest::certain(&lower, KINDS).filter(|_| is_word) {
        let capitals = bare.bytes().all(|byte| byte.is_ascii_uppercase());
        let near = if capitals {
            near.to_uppercase()
        } else {
            near.to_owned()
        };
        report(2, end, format!("there is no kind of callout `{bare}`"), near);
    }
}

/// Returns true for a marker without title.
fn is_alone(line: Line<'_>) -> bool {
    let (text, _) = quoted(line);
    text.starts_with("[!") && text.trim_end().ends_with(']')
}

/// A callout whose text stands behind an empty line, or without the sign of the quote.
fn lost_text(prose: &Prose<'_>, line: Line<'_>, rest: &[Line<'_>], found: &mut Diagnostics) {
    let next = rest.iter().find(|line| !line.is_blank());
    let Some(next) = next.filter(|next| next.text.trim_start().starts_with(char::is_alphanumeric)) else {
        return;
    };
    // A line that follows at once goes on with the quote.
    if !rest[0].is_blank() {
        return;
    }
    let (text, at) = quoted(line);
    let span = line.span(prose, at, at + text.trim_end().len());
    let label = next.span(prose, 0, next.written.trim_end().len());
    found.push(
        Diagnostic::of(Kind::SlipCallout, span, "this callout has no text")
            .label(label, "this text is outside of it")
            .help("write `> ` before each line of the callout"),
    );
}
