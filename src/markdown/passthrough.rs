//! Formulas between delimiters, where the site or the page switches them on: `markup.goldmark.extensions.passthrough`.
//!
//! A formula is none of Markdown's business: `a_b*c*` in it is no emphasis. So formulas are taken out of the text before
//! Markdown reads it, and marks stand in their places. Where a formula begins before code or an HTML tag does, the
//! delimiters win, as in Hugo; inside code and tags they are text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::config::Passthrough;
use crate::diag::Diagnostics;
use crate::markdown::formula;
use crate::markdown::mathml::Display;
use crate::markup::marks::{self, Exchange};
use crate::markup::range_map::RangeMap;

/// A formula in a text.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    /// Range with the delimiters.
    range: Range<usize>,
    /// Range without the delimiters.
    tex: Range<usize>,
    display: Display,
}

/// Takes the formulas out of `text`: the text with marks in their places, and its map. The formulas are added to
/// `table`, which the marks are numbered by. `None` when there are none.
pub(super) fn take(
    text: &str,
    map: &RangeMap,
    delimiters: &Passthrough,
    options: Options,
    table: &mut Vec<Exchange>,
    diagnostics: &mut Diagnostics,
) -> Option<(String, RangeMap)> {
    let pairs = || delimiters.block.iter().chain(&delimiters.inline);
    if !pairs().any(|(open, _)| !open.is_empty() && text.contains(open.as_str())) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut places = RangeMap::default();
    let mut done = 0;
    for found in find(text, delimiters, &verbatim(text, options)) {
        if table.len() >= marks::MAX {
            break;
        }
        places.extend(map, done..found.range.start, out.len());
        out.push_str(&text[done..found.range.start]);
        let span = map.span(found.range.clone());
        if let Some(span) = span {
            places.inserted(out.len(), span);
        }
        let mark = marks::mark(table.len());
        if found.display == Display::Block && is_alone(text, &found.range) {
            out.push_str(&marks::block(mark));
        } else {
            out.push(mark);
        }
        let mut tex = marks::exchange_text(&without_quotes(text, &found), table);
        if delimiters.after_markdown {
            tex = formula::after_markdown(&tex);
        }
        let written = formula::Written {
            text: &text[found.range.clone()],
            span,
            place: &|part| map.span(found.range.start + part.start..found.range.start + part.end),
        };
        table.push(Exchange {
            nodes: vec![formula::node(tex.trim(), found.display, &written, diagnostics)],
            text: text[found.range.clone()].to_owned(),
        });
        done = found.range.end;
    }
    if done == 0 {
        return None;
    }
    places.extend(map, done..text.len(), out.len());
    out.push_str(&text[done..]);
    Some((out, places))
}

/// Code and HTML, in order.
fn verbatim(text: &str, options: Options) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, options).into_offset_iter();
    let is_verbatim = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) | Event::InlineHtml(_)
        )
    };
    events
        .filter(|(event, _)| is_verbatim(event))
        .map(|(_, range)| range)
        .collect()
}

/// The formulas in order, found from left to right.
fn find(text: &str, delimiters: &Passthrough, verbatim: &[Range<usize>]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut ahead = verbatim.iter().peekable();
    let mut at = 0;
    while at < text.len() {
        while ahead.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = ahead.peek()
            && range.start <= at
        {
            at = range.end;
            continue;
        }
        let rest = &text[at..];
        match formula_at(rest, delimiters) {
            Some((tex, len, display)) => {
                found.push(Found {
                    range: at..at + len,
                    tex: at + tex.start..at + tex.end,
                    display,
                });
                at += len;
            }
            // The character behind a backslash is only itself.
            None if rest.starts_with('\\') => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// The formula that `rest` begins with: its TeX, its length, and its place. A blank line ends the search.
fn formula_at(rest: &str, delimiters: &Passthrough) -> Option<(Range<usize>, usize, Display)> {
    let block = delimiters.block.iter().map(|pair| (pair, Display::Block));
    let inline = delimiters.inline.iter().map(|pair| (pair, Display::Inline));
    let opening = |((open, close), _): &(&(String, String), Display)| {
        !open.is_empty() && !close.is_empty() && rest.starts_with(open.as_str())
    };
    // `$$` comes before `$`.
    let ((open, close), display) = block
        .chain(inline)
        .filter(opening)
        .max_by_key(|((open, _), display)| (open.len(), *display == Display::Block))?;
    let inner = &rest[open.len()..];
    let end = inner.find(close.as_str()).filter(|end| *end > 0)?;
    let is_blank = |line: &str| line.chars().all(|c| c.is_whitespace() || c == '>');
    let lines = inner[..end].split('\n');
    let gaps = lines.skip(1).filter(|line| is_blank(line)).count();
    // What stands before the closing delimiter on its line is no line of its own.
    let last = inner[..end]
        .rsplit_once('\n')
        .is_some_and(|(_, last)| is_blank(last));
    if gaps > usize::from(last) || inner[..end].trim().is_empty() {
        return None;
    }
    let tex = open.len()..open.len() + end;
    Some((tex, open.len() + end + close.len(), display))
}

/// Returns true if a formula is alone on its lines, apart from signs that open a container.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].rsplit('\n').next().unwrap_or_default();
    let after = text[range.end..].split('\n').next().unwrap_or_default();
    let opens =
        |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit();
    before.chars().all(opens) && after.trim().is_empty()
}

/// The TeX of a formula without the quote signs that its lines begin with.
fn without_quotes(text: &str, found: &Found) -> String {
    let tex = &text[found.tex.clone()];
    let before = text[..found.range.start].rsplit('\n').next().unwrap_or_default();
    if !before.trim_start().starts_with('>') {
        return tex.to_owned();
    }
    let lines = tex.split('\n').enumerate();
    let stripped = lines.map(|(nth, line)| match nth {
        0 => line,
        _ => line.trim_start_matches([' ', '\t', '>']),
    });
    stripped.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formulas(text: &str) -> Vec<(&str, bool)> {
        let pair = |open: &str, close: &str| (open.to_owned(), close.to_owned());
        let delimiters = Passthrough {
            block: vec![pair("\\[", "\\]"), pair("$$", "$$")],
            inline: vec![pair("\\(", "\\)"), pair("$", "$")],
            after_markdown: false,
        };
        let found = find(text, &delimiters, &verbatim(text, Options::empty()));
        found
            .into_iter()
            .map(|found| (&text[found.tex], found.display == Display::Block))
            .collect()
    }

    #[test]
    fn delimiters_say_whether_a_formula_is_a_block() {
        assert_eq!(
            formulas("a $x$ b $$y$$ \\(z\\)\n\n\\[\nu\n\\]"),
            [("x", false), ("y", true), ("z", false), ("\nu\n", true)]
        );
    }

    #[test]
    fn code_and_tags_hold_no_formula() {
        assert_eq!(
            formulas("`$a$` <b title=\"$c$\">\n\n```\n$d$\n```\n\n    $e$\n"),
            []
        );
        assert_eq!(formulas("$a `b` c$"), [("a `b` c", false)]);
    }

    #[test]
    fn a_blank_line_ends_a_formula_and_a_backslash_takes_its_delimiter_away() {
        assert_eq!(formulas("$$\na\n\nb\n$$"), []);
        assert_eq!(formulas("\\$a$ b \\\\(c\\\\)"), []);
        assert_eq!(formulas("> $$\n> a\n> $$"), [("\n> a\n> ", true)]);
    }
}
