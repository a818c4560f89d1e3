//! Emphasis next to Chinese, Japanese and Korean text.
//!
//! CommonMark leaves `**強調（括弧）**です` literal, because a closing `**` after punctuation must be followed by a
//! space or punctuation. The rule of the specification "markdown-cjk-friendly" counts East Asian characters and
//! punctuation as what they are. pulldown-cmark has no switch for it, so a mark that is a letter to Markdown is put
//! between the delimiter run and the punctuation where the two rules differ; it is dropped with the other marks.

use memchr::memchr2;
use unicode_general_category::{GeneralCategory, get_general_category};

use super::marks::FLANK;

/// Byte offsets of `text` where a mark goes, ascending. Text without East Asian characters has none.
pub(crate) fn mark_positions(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr2(b'*', b'~', &bytes[at..]) {
        let start = at + next;
        let len = bytes[start..]
            .iter()
            .take_while(|byte| **byte == bytes[start])
            .count();
        let end = start + len;
        if start == 0 || bytes[start - 1] != b'\\' {
            found.extend(position(text, start, end));
        }
        at = end;
    }
    found
}

/// Where the run `start..end` needs a mark.
fn position(text: &str, start: usize, end: usize) -> Option<usize> {
    let before = text[..start].chars().next_back().unwrap_or('\n');
    let after = text[end..].chars().next().unwrap_or('\n');
    let (before_kind, after_kind) = (kind(before), kind(after));
    // Beside a mark, which is a letter, an underscore would be one within a word.
    if before == '_' || after == '_' {
        return None;
    }
    if before_kind != Kind::Space && after_kind != Kind::Space {
        if is_punctuation(after_kind) && before_kind == Kind::Letter && wants_left(before, after_kind) {
            return Some(end);
        }
        if is_punctuation(before_kind) && after_kind == Kind::Letter && wants_right(after, before_kind) {
            return Some(start);
        }
    }
    None
}

/// Left-flanking under the East Asian rule, where CommonMark says no: before a letter, after punctuation.
fn wants_left(before: char, after: Kind) -> bool {
    after == Kind::WidePunctuation || is_east_asian(before)
}

fn wants_right(after: char, before: Kind) -> bool {
    before == Kind::WidePunctuation || is_east_asian(after)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Punctuation,
    WidePunctuation,
    Letter,
}

fn is_punctuation(kind: Kind) -> bool {
    matches!(kind, Kind::Punctuation | Kind::WidePunctuation)
}

/// What CommonMark takes a character for.
fn kind(c: char) -> Kind {
    use GeneralCategory as G;
    if c.is_whitespace() {
        return Kind::Space;
    }
    if c.is_ascii() {
        return if c.is_ascii_punctuation() {
            Kind::Punctuation
        } else {
            Kind::Letter
        };
    }
    match get_general_category(c) {
        G::ConnectorPunctuation
        | G::DashPunctuation
        | G::OpenPunctuation
        | G::ClosePunctuation
        | G::InitialPunctuation
        | G::FinalPunctuation
        | G::OtherPunctuation
        | G::MathSymbol
        | G::CurrencySymbol
        | G::ModifierSymbol
        | G::OtherSymbol => {
            if is_east_asian(c) {
                Kind::WidePunctuation
            } else {
                Kind::Punctuation
            }
        }
        _ => Kind::Letter,
    }
}

/// Characters of East Asian scripts and their punctuation, as the specification of CJK-friendly emphasis draws the line.
pub(crate) fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11ff | 0x2e80..=0x303f | 0x3041..=0x33ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa960..=0xa97f
        | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff01..=0xff9f | 0xffa0..=0xffee | 0x1b000..=0x1b16f
        | 0x1f200..=0x1f2ff | 0x20000..=0x3ffff)
}

/// The text with marks, and where they were put.
pub(crate) fn insert(text: &str, positions: &[usize]) -> String {
    let mut out = String::with_capacity(text.len() + positions.len() * FLANK.len_utf8());
    let mut done = 0;
    for &at in positions {
        out.push_str(&text[done..at]);
        out.push(FLANK);
        done = at;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        insert(text, &mark_positions(text)).replace(FLANK, "|")
    }

    #[test]
    fn a_closing_run_after_wide_punctuation_is_marked() {
        assert_eq!(marked("**強調（括弧）**です"), "**強調（括弧）|**です");
    }

    #[test]
    fn an_opening_run_before_wide_punctuation_is_marked() {
        assert_eq!(marked("これは**「強調」**です"), "これは**|「強調」|**です");
    }

    #[test]
    fn a_closing_run_after_narrow_punctuation_before_kanji_is_marked() {
        assert_eq!(marked("**Go (1.25)**以降"), "**Go (1.25)|**以降");
    }

    #[test]
    fn underscores_keep_their_neighbours() {
        assert_eq!(marked("*テスト*__b__"), "*テスト*__b__");
        assert_eq!(marked("**_強調_**です"), "**_強調_**です");
    }

    #[test]
    fn latin_text_and_spaces_are_left_alone() {
        assert_eq!(marked("**a.**b é"), "**a.**b é");
        assert_eq!(marked("**強調。** 次"), "**強調。** 次");
    }
}
