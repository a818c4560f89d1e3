//! Shortcode calls: a body becomes text and calls, nested as their tags are.
//!
//! Calls are found everywhere, in code fences and HTML comments too; only `{{</* x */>}}` protects one. Three steps:
//! [`lex`] finds tags, [`pair`] decides which closing tag belongs to which opening tag, and builds the tree. What
//! cannot be read stays text and is reported.

mod args;
mod lex;
mod malformed;
mod pair;
mod table;

pub use table::{Closing, closing};

use std::ops::Range;

use crate::diag::{Diagnostics, FileId};
use crate::parse::Segment;

/// Takes the part `body` of a file's `text` apart. The segments cover it without gap or overlap.
pub fn parse(file: FileId, text: &str, body: Range<usize>) -> (Vec<Segment>, Diagnostics) {
    let (tokens, mut diagnostics) = lex::lex(file, text, body.clone());
    let (segments, findings) = pair::pair(file, text, body, tokens);
    diagnostics.extend(findings);
    (segments, diagnostics)
}

#[cfg(test)]
mod tests;
