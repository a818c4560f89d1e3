//! Line ends: texts have line feeds alone, and know where the file has carriage returns before them.
//!
//! So a site builds the same bytes whether its files were saved on Windows or elsewhere, and no later stage need think of
//! it. Files that are copied are copied as they are.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memmem;

/// The carriage returns that a text has lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returns {
    /// Offsets in the text of the line feeds that a carriage return stood before, ascending.
    feeds: Arc<[u32]>,
}

impl Returns {
    /// Takes the carriage returns before line feeds out of a text; `None` if it has none.
    pub(super) fn take(text: &str) -> Option<(String, Self)> {
        let mut out = String::new();
        let mut feeds = Vec::new();
        let mut done = 0;
        for at in memmem::find_iter(text.as_bytes(), b"\r\n") {
            out.push_str(&text[done..at]);
            feeds.push(u32::try_from(out.len()).unwrap_or(u32::MAX));
            done = at + 1;
        }
        if feeds.is_empty() {
            return None;
        }
        out.push_str(&text[done..]);
        Some((out, Self { feeds: feeds.into() }))
    }

    /// Returns true if the file has none.
    pub fn is_empty(&self) -> bool {
        self.feeds.is_empty()
    }

    /// The offset in the file of an offset in the text. That of a line feed is the one of its carriage return.
    pub fn in_file(&self, at: u32) -> u32 {
        let before = self.feeds.partition_point(|feed| *feed < at);
        at + u32::try_from(before).unwrap_or_default()
    }

    /// The text as the file has it.
    pub fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + self.feeds.len());
        let mut done = 0;
        for feed in self.feeds.iter().map(|feed| *feed as usize) {
            out.push_str(text.get(done..feed).unwrap_or_default());
            out.push('\r');
            done = feed;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_after_its_returns_are_back() {
        for file in ["a\r\nb\nc\r\n\r\n", "\r\n", "設定\r\nx", "\ra\r"] {
            let (text, returns) =
                Returns::take(file).unwrap_or_else(|| (file.to_owned(), Returns::default()));
            assert!(!text.contains("\r\n"), "{file:?}");
            assert_eq!(returns.restored(&text), file);
        }
        assert_eq!(Returns::take("a\nb\r"), None);
    }

    #[test]
    fn offsets_are_those_of_the_file() {
        let (text, returns) = Returns::take("ab\r\nc\nd\r\ne").unwrap();
        let at = |c: char| returns.in_file(u32::try_from(text.find(c).unwrap()).unwrap());
        assert_eq!(['a', 'b', 'c', 'd', 'e'].map(at), [0, 1, 4, 6, 9]);
        assert_eq!(returns.in_file(2), 2);
    }
}
