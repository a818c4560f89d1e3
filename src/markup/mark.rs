//! Marks as characters. The character with index *n* of plane 16 is the mark of the *n*-th call of a text.

use memchr::memchr;

use super::dom::Node;
use crate::source::reserved::is_reserved;

pub(crate) const FIRST: u32 = 0x10_0000;
/// The flanking mark (see `flanking`), above all call marks.
pub(crate) const FLANK: char = '\u{10fffd}';
/// A mark between a flanking mark and another delimiter, which Markdown takes for punctuation. It is a mark only beside
/// a flanking mark, where no author's text can be, and has the same length.
pub(crate) const FLANK_PUNCTUATION: char = '\u{10ead}';
/// The mark with this index.
pub(crate) fn mark(index: usize) -> char {
    u32::try_from(index)
        .ok()
        .and_then(|index| char::from_u32(FIRST + index))
        .unwrap_or('\u{fffd}')
}

/// Returns true for a character of the plane of marks.
pub(crate) fn is_mark(c: char) -> bool {
    is_reserved(c)
}

/// All marks begin with this byte, which no other common text has.
pub(crate) const FIRST_BYTE: u8 = 0xf4;

/// Returns true if the text holds a mark.
pub(crate) fn has_mark(text: &str) -> bool {
    memchr(FIRST_BYTE, text.as_bytes()).is_some() && text.chars().any(is_mark)
}

pub(crate) fn index(c: char) -> usize {
    (u32::from(c) - FIRST) as usize
}

/// The index of a mark; for another character an index that no table has.
pub(crate) fn index_of_mark(c: char) -> usize {
    if is_mark(c) { index(c) } else { usize::MAX }
}

/// The result of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exchange {
    /// The result as nodes.
    pub(crate) nodes: Vec<Node>,
    /// The result as text, for attributes and code.
    pub(crate) text: String,
}
