//! The text that a heading's id is made of.
//!
//! Hugo takes less than the reader sees: of emphasis, links and images in a heading only their first piece of text, and
//! nothing of bare URLs. Pieces end where its parser looked for markup: behind `_`, `*`, `~` and `[` that turned out to
//! be text, and at signs that the typographer replaces. Authors link to these ids, so wsgen makes the same.

use crate::markup::marks::{FLANK, FLANK_PUNCTUATION};

/// Collects the text while the reader goes through a heading.
#[derive(Debug, Default)]
pub(super) struct IdText {
    text: String,
    /// Number of open inline elements.
    depth: usize,
    /// State of the first piece of the outermost one.
    piece: Piece,
}

/// Entities of signs, which no id holds, as people write them in code.
const ENTITIES: [&str; 6] = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&nbsp;"];

fn without_entities(text: &str) -> String {
    ENTITIES
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, ""))
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Piece {
    #[default]
    Ahead,
    Begun,
    Over,
}

impl IdText {
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Text of the source.
    pub(super) fn source(&mut self, text: &str) {
        if text.chars().all(|c| matches!(c, FLANK | FLANK_PUNCTUATION)) {
            return;
        }
        let marker = |c: char| matches!(c, '_' | '*' | '~' | '[');
        let end = match text.find(marker) {
            Some(at) if self.depth > 0 => {
                let run = &text[at..];
                at + run.len() - run.trim_start_matches(marker).len()
            }
            _ => text.len(),
        };
        self.plain(&text[..end]);
        if end < text.len() {
            self.end_piece();
        }
    }

    /// Text of an escape or an entity.
    pub(super) fn plain(&mut self, text: &str) {
        if text.is_empty() || self.depth > 0 && self.piece == Piece::Over {
            return;
        }
        self.text.push_str(text);
        self.piece = Piece::Begun;
    }

    /// A sign that the typographer puts in. It ends a piece, and inside of markup it is no part of one that has begun.
    pub(super) fn sign(&mut self, sign: &str) {
        if self.depth == 0 || self.piece == Piece::Ahead {
            self.plain(sign);
        }
        self.end_piece();
    }

    /// Text of an entity that is written as `source`: Hugo reads names, and takes numbers for digits.
    pub(super) fn entity(&mut self, text: &str, source: &str) {
        self.plain(if source.starts_with("&#") { source } else { text });
    }

    /// Code, which is a piece of its own. Names of entities are read in it, too.
    pub(super) fn code(&mut self, text: &str) {
        if self.depth == 0 || self.piece == Piece::Ahead {
            self.plain(&without_entities(text));
        }
        self.end_piece();
    }

    /// Ends a piece at markup without text: raw HTML, a bare URL.
    pub(super) fn end_piece(&mut self) {
        self.piece = Piece::Over;
    }

    /// The end of a line of a heading with several: only the last one counts.
    pub(super) fn end_line(&mut self) {
        self.text.clear();
        self.end_piece();
    }

    pub(super) fn open(&mut self) {
        if self.depth == 0 {
            self.piece = Piece::Ahead;
        } else if self.piece == Piece::Begun {
            self.end_piece();
        }
        self.depth += 1;
    }

    pub(super) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.piece == Piece::Begun {
            self.end_piece();
        }
    }
}
