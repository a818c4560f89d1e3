//! Emphasis next to Chinese, Japanese and Korean text.
//!
//! CommonMark leaves `**強調（括弧）**です` literal, because a closing `**` after punctuation must be followed by a space or
//! punctuation. The rule of the specification "markdown-cjk-friendly" counts East Asian characters and punctuation as
//! such. pulldown-cmark has no switch for it. Where the two rules differ, a mark that is a letter to Markdown is put
//! between the delimiter run and the punctuation; it is dropped with the other marks.
//!
//! If the punctuation is another delimiter run, as in `**_強調_**です`, that run must still see punctuation. So a second
//! mark, which Markdown takes for punctuation, stands between the first one and the run. Underscores mean the same by
//! both rules and get no marks.

use memchr::memchr2;
use unicode_general_category::{GeneralCategory, get_general_category};

use crate::markup::marks::{FLANK, FLANK_PUNCTUATION};

/// Marks that go into a text, by the offsets of the bytes that they go before. Those before the same byte are in order.
pub(crate) type Insertions = Vec<(usize, char)>;

/// The marks that `text` needs. Text without East Asian characters needs none.
pub(crate) fn marks(text: &str) -> Insertions {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr2(b'*', b'~', &bytes[at..]) {
        let first = at + next;
        let same = |byte: &&u8| **byte == bytes[first];
        let end = first + bytes[first..].iter().take_while(same).count();
        let start = first + usize::from(is_escaped(bytes, first));
        if start < end {
            mark_run(text, start, end, &mut found);
        }
        at = end;
    }
    found
}

/// Returns true if a backslash escapes the character at `at`.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let signs = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\');
    signs.count() % 2 == 1
}

/// Adds the marks that the run `start..end` needs.
fn mark_run(text: &str, start: usize, end: usize, found: &mut Insertions) {
    let before = char_before(&text[..start]);
    let after = text[end..].chars().next().unwrap_or('\n');
    let (before_kind, after_kind) = (kind(before), kind(after));
    let needs_none = |kind, c| kind == Kind::Space || c == FLANK_PUNCTUATION;
    if needs_none(before_kind, before) || needs_none(after_kind, after) {
        return;
    }
    if is_punctuation(after_kind) && before_kind == Kind::Letter && wants_left(before, after_kind) {
        found.push((end, FLANK));
        if is_delimiter(after) {
            found.push((end, FLANK_PUNCTUATION));
        }
    }
    if is_punctuation(before_kind) && after_kind == Kind::Letter && wants_right(after, before_kind) {
        if is_delimiter(before) {
            found.push((start, FLANK_PUNCTUATION));
        }
        found.push((start, FLANK));
    }
}

/// The last character before a run. A variation selector is no character of its own.
fn char_before(text: &str) -> char {
    let selects = |c: &char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let mut chars = text.chars().rev();
    chars.find(|c| !selects(c)).unwrap_or('\n')
}

/// Returns true if the character may begin or end another run of delimiters.
fn is_delimiter(c: char) -> bool {
    matches!(c, '*' | '_' | '~')
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

/// The class of a character in CommonMark's rules for delimiters.
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
    // Kana and kanji, beside which most runs stand, are in no need of a table.
    if matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='\u{9fff}') {
        return Kind::Letter;
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
        | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff01..=0xff9f | 0xffa0..=0xffee | 0x16fe0..=0x1b2ff
        | 0x1f200..=0x1f2ff | 0x20000..=0x3ffff)
}

/// The text with marks.
pub(crate) fn insert(text: &str, marks: &Insertions) -> String {
    let mut out = String::with_capacity(text.len() + marks.len() * FLANK.len_utf8());
    let mut done = 0;
    for &(at, mark) in marks {
        out.push_str(&text[done..at]);
        out.push(mark);
        done = at;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        insert(text, &marks(text))
            .replace(FLANK, "|")
            .replace(FLANK_PUNCTUATION, ".")
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
    fn another_run_beside_it_still_sees_punctuation() {
        assert_eq!(marked("**_強調_**です"), "**_強調_.|**です");
        assert_eq!(marked("日本**~~x~~**です"), "日本**|.~~x~~.|**です");
        assert_eq!(marked("*テスト*__b__"), "*テスト*|.__b__");
    }

    #[test]
    fn escaped_signs_are_no_delimiters() {
        assert_eq!(marked("日本\\*「"), "日本\\*「");
        assert_eq!(marked("日本\\\\**「"), "日本\\\\**「");
        assert_eq!(marked("\\**「x」**日"), "\\**「x」|**日");
    }

    #[test]
    fn latin_text_and_spaces_are_left_alone() {
        assert_eq!(marked("**a.**b é"), "**a.**b é");
        assert_eq!(marked("**強調。** 次"), "**強調。** 次");
    }
}
