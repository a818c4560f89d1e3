//! Shortcode calls: a body becomes text and calls, nested as their tags are.
//!
//! Calls are found in code, too; `{{</* x */>}}` protects one, and the author's comments hide all that is in them. Three
//! steps: [`lex`] finds tags, [`pair`] decides which closing tag belongs to which opening tag, and builds the tree. What
//! cannot be read stays text and is reported.

mod call_args;
mod lex;
mod malformed;
mod pair;
mod reach;
mod regions;
mod table;

pub(crate) use regions::Places;
pub(crate) use table::{CODE_OF_THEMES, holds_code};
pub use table::{Closing, closing};

use std::ops::Range;

use crate::diag::{Diagnostics, FileId};
use crate::parse::Segment;

/// Splits the part `body` of a file's `text` into segments, which cover it without gap or overlap.
pub fn parse(file: FileId, text: &str, body: Range<usize>) -> (Vec<Segment>, Diagnostics) {
    let places = Places::of(text, body.clone());
    let (tokens, mut diagnostics) = lex::lex(file, text, body.clone(), &places);
    let (segments, findings) = pair::pair(file, text, body, tokens, &places);
    diagnostics.extend(findings);
    (segments, diagnostics)
}

#[cfg(test)]
mod tests;
