//! The length of a text, in words and in reading time.

/// Words of Latin text and characters of Chinese, Japanese and Korean that a minute takes, as Hugo counts.
const WORDS: usize = 213;
const CHARACTERS: usize = 500;

/// The length of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Length {
    /// Words, separated by white space.
    pub(crate) words: usize,
    /// Minutes to read it; 0 for an empty text.
    pub(crate) minutes: usize,
}

impl Length {
    /// Counts a text.
    pub(crate) fn of(plain: &str) -> Self {
        let count = Count::of(plain);
        Self {
            words: count.words,
            minutes: (count.wide * WORDS + count.read_words * CHARACTERS).div_ceil(WORDS * CHARACTERS),
        }
    }
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;
/// The lowest bit of each of eight bytes.
const LOW: u64 = 0x0101_0101_0101_0101;

/// The state of counting.
struct Count {
    words: usize,
    /// Words of characters that are narrow.
    read_words: usize,
    wide: usize,
    /// The kind of the last character.
    before: Kind,
    /// The first byte of the first characters that are all wide, up to those with 0xE9: U+3000, a space, begins with 0xE3
    /// as all of kana do.
    first_wide: u8,
}

impl Count {
    fn of(plain: &str) -> Self {
        let mut count = Self {
            words: 0,
            read_words: 0,
            wide: 0,
            before: Kind::Space,
            first_wide: if plain.contains('\u{3000}') { 0xe4 } else { 0xe3 },
        };
        let mut at = 0;
        while let Some(block) = plain.as_bytes()[at..].first_chunk() {
            at = match count.add_block(u64::from_le_bytes(*block)) {
                true => at + 8,
                false => count.add_chars(plain, at, at + 8),
            };
        }
        count.add_chars(plain, at, plain.len());
        count
    }

    fn add(&mut self, kind: Kind) {
        // Without branches, which nobody could predict at the ends of words.
        self.words += usize::from((self.before == Kind::Space) & (kind != Kind::Space));
        self.read_words += usize::from((self.before != Kind::Narrow) & (kind == Kind::Narrow));
        self.wide += usize::from(kind == Kind::Wide);
        self.before = kind;
    }

    /// Adds the characters that begin in `from..to`, and gives where the last one ends.
    fn add_chars(&mut self, plain: &str, from: usize, to: usize) -> usize {
        let mut end = plain.ceil_char_boundary(from);
        for c in plain[end..].chars() {
            if end >= to {
                break;
            }
            self.add(kind(c));
            end += c.len_utf8();
        }
        end
    }

    /// Adds eight bytes at once, the first one lowest, where their values alone tell what they are: ASCII, and East Asian
    /// characters, which may go on behind them. Else adds nothing and gives `false`.
    ///
    /// Of each byte only the highest bit is looked at: whether something is true of it.
    fn add_block(&mut self, bytes: u64) -> bool {
        let low_bits = bytes & !HIGH;
        let from = |byte: u8| low_bits + LOW * u64::from(0x80 - byte);
        let within = |first: u8, last: u8| from(first) & !from(last + 1) & HIGH;
        let firsts = bytes & (bytes << 1) & HIGH;
        let wide = within(self.first_wide & 0x7f, 0x69) & bytes;
        if firsts != wide {
            return false;
        }
        let ascii = !bytes & HIGH;
        let space = (within(b' ', b' ') | within(b'\t', b'\r')) & ascii;
        let narrow = ascii & !space;
        let before = self.before;
        let after = |kind: Kind, bytes: u64| bytes << 8 | u64::from(before == kind) << 7;
        let count = |bytes: u64| ((bytes >> 7).wrapping_mul(LOW) >> 56) as usize;
        self.words += count(after(Kind::Space, space) & !space & HIGH);
        self.read_words += count(narrow & !after(Kind::Narrow, narrow));
        self.wide += count(wide);
        self.before = match (space >> 63, narrow >> 63) {
            (1, _) => Kind::Space,
            (_, 1) => Kind::Narrow,
            _ => Kind::Wide,
        };
        true
    }
}

/// Words separated by white space; with `cjk` every character of a word that is not ASCII alone is a word, as in Hugo.
pub(crate) fn words(text: &str, cjk: bool) -> usize {
    let words = text.split_whitespace();
    let size = |word: &str| match cjk && !word.is_ascii() {
        true => word.chars().count(),
        false => 1,
    };
    words.map(size).sum()
}

/// The role of a character in counting words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    /// Part of a word.
    Narrow,
    /// Chinese, Japanese or Korean, read by itself.
    Wide,
}

/// The kind of a character. Wide characters are those of Hugo's reading time, which counts full-width letters and
/// Hangul's parts as words. The rule for emphasis (`markdown::flanking`) and that of `countwords` have
/// bounds of their own.
fn kind(c: char) -> Kind {
    if c.is_ascii() {
        let is_space = matches!(c, ' ' | '\t'..='\r');
        if is_space { Kind::Space } else { Kind::Narrow }
    } else if matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3001}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    {
        Kind::Wide
    } else if c.is_whitespace() {
        Kind::Space
    } else {
        Kind::Narrow
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn many_bytes_at_once_are_counted_as_one_by_one(text in "[a\\.\t \u{3000}\u{2003}、あ字가é→（😀\u{20000}]{0,60}") {
            for text in [text.replace('\u{3000}', ""), text] {
                let (mut words, mut read_words, mut wide) = (0, 0, 0);
                let mut before = Kind::Space;
                for kind in text.chars().map(kind) {
                    words += usize::from(before == Kind::Space && kind != Kind::Space);
                    read_words += usize::from(before != Kind::Narrow && kind == Kind::Narrow);
                    wide += usize::from(kind == Kind::Wide);
                    before = kind;
                }
                let found = Count::of(&text);
                prop_assert_eq!((found.words, found.read_words, found.wide), (words, read_words, wide));
            }
        }
    }

    fn minutes(text: &str) -> usize {
        Length::of(text).minutes
    }

    #[test]
    fn reading_takes_time_for_characters_and_words() {
        assert_eq!(minutes(""), 0);
        assert_eq!(minutes("one two"), 1);
        assert_eq!(minutes(&"word ".repeat(427)), 3);
        assert_eq!(minutes(&"字".repeat(1001)), 3);
    }

    #[test]
    fn words_are_separated_by_white_space() {
        assert_eq!(Length::of(" one  two\n三四\u{3000}五 ").words, 4);
        assert_eq!(Length::of(" \n").words, 0);
    }
}
