//! From positions in a text that was put together back to positions in files.

use std::cell::Cell;

use crate::diag::{FileId, Span};

/// A piece of the text: from `out` on it comes from `file`, beginning at `from`.
#[derive(Debug, Clone, Copy)]
struct Piece {
    out: u32,
    file: FileId,
    from: u32,
    /// Inserted text has no bytes of its own in the file: every position of it is the span `from..to`.
    inserted_to: Option<u32>,
}

/// The source position of each byte of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct RangeMap {
    pieces: Vec<Piece>,
    /// Number of pieces that begin at or before the position that was asked for last: positions are asked for in order.
    recent: Cell<usize>,
}

impl RangeMap {
    /// From `out` on, the text is that of `file` from `from` on.
    pub(crate) fn copied(&mut self, out: usize, file: FileId, from: usize) {
        self.pieces.push(Piece {
            out: narrow(out),
            file,
            from: narrow(from),
            inserted_to: None,
        });
    }

    /// From `out` on, the text was made by the source at `span`.
    pub(crate) fn inserted(&mut self, out: usize, span: Span) {
        self.pieces.push(Piece {
            out: narrow(out),
            file: span.file,
            from: span.start,
            inserted_to: Some(span.end),
        });
    }

    /// From `out` on, the text is that at `range` of the text of another map.
    pub(crate) fn extend(&mut self, other: &Self, range: std::ops::Range<usize>, out: usize) {
        let Some(first) = other.piece(range.start).filter(|_| !range.is_empty()) else {
            return;
        };
        let skipped = narrow(range.start) - first.out;
        let from = first.from + if first.inserted_to.is_some() { 0 } else { skipped };
        self.pieces.push(Piece {
            out: narrow(out),
            from,
            ..*first
        });
        let later = other.pieces.iter().filter(|piece| {
            let at = piece.out as usize;
            at > range.start && at < range.end
        });
        self.pieces.extend(later.map(|piece| Piece {
            out: narrow(out + piece.out as usize - range.start),
            ..*piece
        }));
    }

    /// The place of the byte at `out`.
    pub(crate) fn position(&self, out: usize) -> Option<(FileId, usize)> {
        let span = self.span(out..out)?;
        Some((span.file, span.start as usize))
    }

    /// The place that `range` of the text comes from.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let after = self.after(range.start);
        let first = self.pieces.get(after.checked_sub(1)?)?;
        let end = range.end.saturating_sub(1).max(range.start);
        // Most ranges end in the piece that they begin in.
        let last = match self.pieces.get(after) {
            Some(next) if next.out as usize <= end => self.piece(end)?,
            _ => first,
        };
        let start = first.inserted_to.map_or_else(
            || first.from as usize + range.start - first.out as usize,
            |_| first.from as usize,
        );
        let end = match last.inserted_to {
            Some(to) => to as usize,
            None => last.from as usize + range.end.saturating_sub(last.out as usize),
        };
        Some(Span::new(
            first.file,
            start,
            if last.file == first.file { end } else { start },
        ))
    }

    fn piece(&self, out: usize) -> Option<&Piece> {
        self.pieces.get(self.after(out).checked_sub(1)?)
    }

    /// The number of pieces that begin at `out` or before it.
    fn after(&self, out: usize) -> usize {
        let begins = |piece: &Piece| piece.out as usize <= out;
        let recent = self.recent.get();
        let is_last = recent > 0 && self.pieces.get(recent - 1).is_some_and(begins);
        if is_last && !self.pieces.get(recent).is_some_and(begins) {
            return recent;
        }
        let after = self.pieces.partition_point(begins);
        self.recent.set(after);
        after
    }

    /// The map of the same text with bytes inserted: their places (ascending) and numbers.
    pub(crate) fn with_insertions(self, insertions: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        let mut ahead = self.pieces.into_iter().peekable();
        let mut current: Option<Piece> = None;
        let mut inserted = 0;
        for (at, len) in insertions {
            while let Some(piece) = ahead.next_if(|piece| piece.out as usize <= at) {
                pieces.push(Piece {
                    out: piece.out + narrow(inserted),
                    ..piece
                });
                current = Some(piece);
            }
            inserted += len;
            if let Some(piece) = current {
                let from = if piece.inserted_to.is_some() {
                    piece.from
                } else {
                    piece.from + narrow(at) - piece.out
                };
                pieces.push(Piece {
                    out: narrow(at + inserted),
                    from,
                    ..piece
                });
            }
        }
        pieces.extend(ahead.map(|piece| Piece {
            out: piece.out + narrow(inserted),
            ..piece
        }));
        Self {
            pieces,
            recent: Cell::default(),
        }
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);

    #[test]
    fn copied_and_inserted_pieces_lead_back_to_the_file() {
        let mut map = RangeMap::default();
        map.copied(0, FILE, 100);
        map.inserted(10, Span::new(FILE, 110, 130));
        map.copied(15, FILE, 130);
        assert_eq!(map.span(2..5), Some(Span::new(FILE, 102, 105)));
        assert_eq!(map.span(11..12), Some(Span::new(FILE, 110, 130)));
        assert_eq!(map.span(8..20), Some(Span::new(FILE, 108, 135)));
    }

    #[test]
    fn a_piece_of_another_text_keeps_its_places() {
        let mut map = RangeMap::default();
        map.copied(0, FILE, 100);
        map.inserted(10, Span::new(FILE, 110, 130));
        map.copied(15, FILE, 130);
        let mut piece = RangeMap::default();
        piece.copied(0, FILE, 7);
        piece.extend(&map, 4..20, 3);
        assert_eq!(piece.position(2), Some((FILE, 9)));
        assert_eq!(piece.position(3), Some((FILE, 104)));
        assert_eq!(piece.span(9..10), Some(Span::new(FILE, 110, 130)));
        assert_eq!(piece.position(15), Some((FILE, 131)));
    }

    #[test]
    fn insertions_shift_what_comes_after_them() {
        let mut map = RangeMap::default();
        map.copied(0, FILE, 100);
        let map = map.with_insertions([(3, 4), (6, 4)]);
        assert_eq!(map.position(2), Some((FILE, 102)));
        assert_eq!(map.position(7), Some((FILE, 103)));
        assert_eq!(map.position(14), Some((FILE, 106)));
    }
}
