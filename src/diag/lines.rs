//! From byte offsets to lines and columns.
//!
//! Lines end at `\n`, as in editors. Columns count characters (Unicode scalar values) from 1, because that is what
//! editors show and what people count; a byte-order mark at the start of a file is not counted.

/// Bytes between two remembered character counts.
const STEP: usize = 1024;

/// The lines of a text by their first bytes, for many look-ups.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// First byte of every line.
    starts: Vec<usize>,
    /// Characters that begin before byte `i * STEP`.
    chars: Vec<usize>,
}

/// A place by line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
}

impl<'a> LineIndex<'a> {
    /// Finds the lines of `text`.
    pub fn new(text: &'a str) -> Self {
        let newlines = text
            .bytes()
            .enumerate()
            .filter(|&(_, byte)| byte == b'\n')
            .map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(newlines).collect();
        let mut count = 0;
        let mut chars = vec![0];
        for chunk in text.as_bytes().chunks(STEP) {
            count += chars_in(chunk);
            chars.push(count);
        }
        Self { text, starts, chars }
    }

    /// The place of a byte. An offset beyond the end is the end, one inside a character is its beginning.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.boundary(offset);
        let line = self.line_of(offset);
        let start = self.starts[line];
        let bom = usize::from(line == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        Position {
            line: line + 1,
            column: self.chars_before(offset) - self.chars_before(start) - bom + 1,
        }
    }

    /// Bytes of a line (counted from 1), without its line end.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len());
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = end.max(start);
        let text = &self.text[start..end];
        start..start + text.strip_suffix('\r').unwrap_or(text).len()
    }

    /// The nearest start of a character at or before `offset`.
    pub fn boundary(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }

    /// The indexed text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    fn chars_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.chars[step] + chars_in(&self.text.as_bytes()[step * STEP..offset])
    }
}

/// Characters that begin in `bytes`.
fn chars_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (usize, usize) {
        let position = LineIndex::new(text).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters_from_one() {
        assert_eq!(at("title: 準備\nx", 7), (1, 8));
        assert_eq!(at("title: 準備\nx", 10), (1, 9));
        assert_eq!(at("title: 準備\nx", 14), (2, 1));
    }

    #[test]
    fn an_offset_inside_a_character_is_its_beginning() {
        assert_eq!(at("é", 1), (1, 1));
    }

    #[test]
    fn an_offset_beyond_the_end_is_the_end() {
        assert_eq!(at("ab\n", 99), (2, 1));
        assert_eq!(at("", 3), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_is_not_counted() {
        assert_eq!(at("\u{feff}abc", 3), (1, 1));
        assert_eq!(at("\u{feff}abc", 4), (1, 2));
        assert_eq!(at("\u{feff}abc", 0), (1, 1));
    }

    #[test]
    fn line_ends_are_not_part_of_a_line() {
        let index = LineIndex::new("a\r\nb\nc");
        assert_eq!(
            [index.line_range(1), index.line_range(2), index.line_range(3)],
            [0..1, 3..4, 5..6]
        );
        assert_eq!(index.line_range(9), 6..6);
    }

    #[test]
    fn long_lines_are_counted_exactly() {
        let text = "あ".repeat(5000);
        for nth in [0, 1, 341, 342, 1024, 4999] {
            assert_eq!(at(&text, nth * 3), (1, nth + 1));
        }
    }

    proptest::proptest! {
        #[test]
        fn every_offset_has_the_place_that_counting_gives(text in "[a\r\nあ\u{feff}]{0,60}", offset in 0usize..200) {
            let cut = text.floor_char_boundary(offset.min(text.len()));
            let before = &text[..cut];
            let line = before.matches('\n').count() + 1;
            let last = before.rsplit('\n').next().unwrap_or_default();
            let bom = usize::from(line == 1 && last.starts_with('\u{feff}'));
            proptest::prop_assert_eq!(at(&text, offset), (line, last.chars().count() - bom + 1));
        }
    }
}
