//! How long a text is, in words and in time.

/// Words of Latin text and characters of Chinese, Japanese and Korean that a minute takes, as Hugo counts.
const WORDS: usize = 213;
const CHARACTERS: usize = 500;

/// The length of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Length {
    /// Words, separated by white space.
    pub(super) words: usize,
    /// Minutes to read it; 0 for an empty text.
    pub(super) minutes: usize,
}

impl Length {
    /// Counts a text.
    pub(super) fn of(plain: &str) -> Self {
        let (mut words, mut read_words, mut wide) = (0, 0, 0);
        let mut before = Kind::Space;
        for c in plain.chars() {
            let kind = kind(c);
            // Without branches, which nobody could predict at the ends of words.
            words += usize::from((before == Kind::Space) & (kind != Kind::Space));
            read_words += usize::from((before != Kind::Narrow) & (kind == Kind::Narrow));
            wide += usize::from(kind == Kind::Wide);
            before = kind;
        }
        Self {
            words,
            minutes: (wide * WORDS + read_words * CHARACTERS).div_ceil(WORDS * CHARACTERS),
        }
    }
}

/// Words separated by white space; with `cjk` every character of a word that is not ASCII alone is a word, as in Hugo.
pub(super) fn words(text: &str, cjk: bool) -> usize {
    let words = text.split_whitespace();
    let size = |word: &str| match cjk && !word.is_ascii() {
        true => word.chars().count(),
        false => 1,
    };
    words.map(size).sum()
}

/// What a character is to those who read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    /// Part of a word.
    Narrow,
    /// Chinese, Japanese or Korean, read by itself.
    Wide,
}

/// Wide is what Hugo's reading time takes for it, which leaves full-width letters and Hangul's parts to the words; the
/// rule for emphasis ([`flanking`](super::flanking)) and that of `countwords` have bounds of their own.
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
    use super::*;

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
