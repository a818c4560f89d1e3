//! Slips in Markdown that are no mistake to a parser: a reader sees signs where the author meant a heading, a link or a
//! table.
//!
//! Takes a parsed page and its text; gives findings with their places, and the edits that mend those with one reading. Rules
//! look at the prose alone: code, comments, formulas, raw text and the tags of calls are blanked out before ([`prose`]).

mod blocks;
mod callouts;
mod footnotes;
mod keys;
mod links;
mod prose;
mod tables;

use crate::diag::{Diagnostics, Span};
use crate::parse::{Format, ParsedPage};

use prose::Prose;

/// The slips of a page in Markdown.
pub fn page(page: &ParsedPage, text: &str) -> Diagnostics {
    let mut found = Diagnostics::new();
    keys::check(page, text, &mut found);
    if page.format != Format::Markdown {
        return found;
    }
    let prose = Prose::of(page, text);
    blocks::check(&prose, &mut found);
    tables::check(&prose, &mut found);
    callouts::check(&prose, &mut found);
    links::check(&prose, &mut found);
    footnotes::check(&prose, &mut found);
    found
}

/// A line of the prose.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Offset of the first byte in the file.
    start: usize,
    /// The line with everything blanked out that is no prose, without its end.
    text: &'t str,
    /// The line as it is written, without its end.
    written: &'t str,
}

impl Line<'_> {
    fn is_blank(self) -> bool {
        self.written.trim().is_empty()
    }

    /// Number of spaces at the beginning.
    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The span of bytes of the line.
    fn span(self, prose: &Prose<'_>, from: usize, to: usize) -> Span {
        Span::new(prose.file, self.start + from, self.start + to)
    }
}

#[cfg(test)]
mod tests;
