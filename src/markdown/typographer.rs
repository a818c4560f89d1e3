//! Quotes, dashes and dots as Hugo's Markdown prints them.
//!
//! The rules are goldmark's: the replacement of a quote depends on the characters around it and on the number of open
//! quotes in the same block.

use memchr::{memchr_iter, memchr2, memchr3_iter, memmem};
use unicode_general_category::{GeneralCategory, get_general_category};

use super::flanking::is_east_asian;
use crate::config::Typographer;
use crate::markup::marks::{FLANK, FLANK_PUNCTUATION};

/// The numbers of open quotes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Open {
    /// Of all blocks so far: Hugo's Markdown forgets none.
    single: u32,
    double: u32,
    /// Of the current block.
    single_here: u32,
    double_here: u32,
}

impl Open {
    /// The quotes that are open where another block begins.
    pub(crate) fn in_next_block(self) -> Self {
        Self {
            single_here: 0,
            double_here: 0,
            ..self
        }
    }

    fn begin_double(&mut self) {
        self.double += 1;
        self.double_here += 1;
    }

    fn end_double(&mut self) {
        self.double = self.double.saturating_sub(1);
        self.double_here = self.double_here.saturating_sub(1);
    }

    fn begin_single(&mut self) {
        self.single += 1;
        self.single_here += 1;
    }

    fn end_single(&mut self) {
        self.single = self.single.saturating_sub(1);
        self.single_here = self.single_here.saturating_sub(1);
    }
}

/// Returns true if a text may hold something to replace: a quote, or two equal signs of the others.
pub(crate) fn worth_looking(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_pair = |at: usize| bytes.get(at + 1) == Some(&bytes[at]);
    memchr2(b'\'', b'"', bytes).is_some()
        || memchr_iter(b'-', bytes).any(is_pair)
        || memchr3_iter(b'.', b'<', b'>', bytes).any(is_pair)
}

/// Returns true if something to replace may begin with this byte.
pub(crate) const fn may_replace(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"' | b'-' | b'.' | b'<' | b'>')
}

/// The replacement of the characters at the beginning of `rest`, and their number of bytes. `before` is the character
/// before them in the source, `rest` the remainder of their line.
pub(crate) fn replacement<'t>(
    rest: &str,
    before: char,
    open: &mut Open,
    texts: &'t Typographer,
) -> Option<(usize, &'t str)> {
    let bytes = rest.as_bytes();
    match (bytes.first()?, bytes.get(1), bytes.get(2)) {
        (b'-', Some(b'-'), Some(b'-')) => Some((3, &texts.em_dash)),
        (b'-', Some(b'-'), _) if bytes.len() > 2 || bytes.len() == 2 => Some((2, &texts.en_dash)),
        (b'.', Some(b'.'), Some(b'.')) => Some((3, &texts.ellipsis)),
        (b'<', Some(b'<'), _) => Some((2, &texts.left_angle_quote)),
        (b'>', Some(b'>'), _) => Some((2, &texts.right_angle_quote)),
        (b'\'', ..) => single(rest, before, open, texts).map(|text| (1, text)),
        (b'"', ..) => double(rest, before, open, texts).map(|text| (1, text)),
        _ => None,
    }
}

/// Adds the places where a mark keeps `<<x>>` from being read as the tag `<x>`: Hugo's Markdown reads the angle quote
/// first.
pub(crate) fn separate_angles(text: &str, positions: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    for at in memmem::find_iter(bytes, "<<") {
        let tag = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'!' | b'?');
        let escaped = at > 0 && matches!(bytes[at - 1], b'\\' | b'<');
        if !escaped && bytes.get(at + 2).is_some_and(tag) {
            positions.push(at + 2);
        }
    }
}

/// The characters of a text without the marks between them.
fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !matches!(*c, FLANK | FLANK_PUNCTUATION))
}

/// The side on which a quote stands that has letters at both sides, one of them East Asian: `"OK"を`, `日本語"OK"です`. Such
/// scripts have no spaces that tell, so the second quote of a block closes the first. A quote alone is none.
fn beside_east_asian(rest: &str, before: char, open_here: u32) -> Option<Side> {
    let quote = rest.chars().next()?;
    let after = visible(rest).nth(1)?;
    let is_word = |c: char| c.is_alphanumeric();
    if !is_word(before) || !is_word(after) || !(is_east_asian(before) || is_east_asian(after)) {
        return None;
    }
    if open_here > 0 {
        return Some(Side::Closing);
    }
    let line = rest[quote.len_utf8()..].split('\n').next()?;
    line.contains(quote).then_some(Side::Opening)
}

enum Side {
    Opening,
    Closing,
}

/// Returns which sides of a run of quotes can open and close, as for emphasis.
fn flanking(rest: &str, before: char) -> (bool, bool) {
    let quote = rest.chars().next().unwrap_or(' ');
    let after = visible(rest).find(|c| *c != quote).unwrap_or('\n');
    let (space_before, space_after) = (is_space(before), is_space(after));
    let (punct_before, punct_after) = (is_punct(before), is_punct(after));
    let left = !space_after && (!punct_after || space_before || punct_before);
    let right = !space_before && (!punct_before || space_after || punct_after);
    (left, right)
}

fn single<'t>(rest: &str, before: char, open: &mut Open, texts: &'t Typographer) -> Option<&'t str> {
    let (can_open, can_close) = flanking(rest, before);
    let mut next = visible(rest).skip(1);
    let (one, two, three) = (next.next(), next.next(), next.next());
    match beside_east_asian(rest, before, open.single_here) {
        // `日本's` has an apostrophe.
        Some(Side::Opening) if !is_contraction(one, two, three) => {
            open.begin_single();
            return Some(&texts.left_single_quote);
        }
        Some(Side::Closing) => {
            open.end_single();
            return Some(&texts.right_single_quote);
        }
        _ => {}
    }
    if is_apostrophe(before, rest, (one, two, three), can_open && !can_close) {
        return Some(&texts.apostrophe);
    }
    if can_open && !can_close {
        if is_contraction(one, two, three) {
            return Some(&texts.right_single_quote);
        }
        open.begin_single();
        return Some(&texts.left_single_quote);
    }
    let is_digit = |c| get_general_category(c) == GeneralCategory::DecimalNumber;
    if two.is_some() && one.is_some_and(|c| !is_digit(c)) {
        return Some(&texts.right_single_quote);
    }
    if open.single > 0 && closes(can_open, can_close, one, two) {
        open.end_single();
        return Some(&texts.right_single_quote);
    }
    None
}

/// Decades (`'90s`), clipped words (`'twas`), and apostrophes between letters.
fn is_apostrophe(
    before: char,
    rest: &str,
    next: (Option<char>, Option<char>, Option<char>),
    opens: bool,
) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (one, two, three) = next;
    if opens && digit(one) && digit(two) && three == Some('s') {
        let after = rest.chars().nth(4).unwrap_or(' ');
        if is_space(after) || is_punct(after) {
            return true;
        }
    }
    if (is_go_punct(before) || is_space(before)) && matches!(one, Some('t' | 'e' | 'n' | 'l')) {
        return true;
    }
    before.is_alphanumeric() && one.is_some_and(char::is_alphabetic)
}

/// `'s`, `'m`, `'t`, `'d`, `'ve`, `'ll`, `'re` behind something that is not a letter.
fn is_contraction(one: Option<char>, two: Option<char>, three: Option<char>) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| c.is_ascii_punctuation() || is_space(c));
    (matches!(one, Some('s' | 'm' | 't' | 'd')) && ends(two))
        || (matches!((one, two), (Some('v' | 'r'), Some('e')) | (Some('l'), Some('l'))) && ends(three))
}

fn double<'t>(rest: &str, before: char, open: &mut Open, texts: &'t Typographer) -> Option<&'t str> {
    let (can_open, can_close) = flanking(rest, before);
    if can_open && !can_close {
        open.begin_double();
        return Some(&texts.left_double_quote);
    }
    // Two straight quotes are a pair as well, so that none is opened here.
    if let Some(Side::Closing) = beside_east_asian(rest, before, open.double_here) {
        open.end_double();
        return Some(&texts.right_double_quote);
    }
    let mut next = visible(rest).skip(1);
    let (one, two) = (next.next(), next.next());
    if open.double > 0 && closes(can_open, can_close, one, two) {
        if one == Some('"') && before.is_ascii_digit() {
            return None;
        }
        open.end_double();
        return Some(&texts.right_double_quote);
    }
    None
}

fn closes(can_open: bool, can_close: bool, one: Option<char>, two: Option<char>) -> bool {
    // goldmark looks at the second byte: behind a character of several it is never punctuation.
    let maybe = || {
        one.is_some_and(|c| c.is_ascii() && is_go_punct(c))
            && two.is_none_or(|c| c.is_ascii_punctuation() || is_space(c))
    };
    can_close && (!can_open || maybe())
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Punctuation as CommonMark means it, with symbols.
fn is_punct(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_punctuation()
    } else {
        is_of(c, ['P', 'S'])
    }
}

/// Punctuation as Go's `unicode.IsPunct` means it: no symbols.
fn is_go_punct(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
    } else {
        is_of(c, ['P'])
    }
}

/// Returns true if the general category of a character is one of these classes.
fn is_of<const N: usize>(c: char, classes: [char; N]) -> bool {
    get_general_category(c).abbreviation().starts_with(classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> String {
        let texts = crate::markdown::test_typographer();
        let mut open = Open::default();
        let (mut out, mut at, mut before) = (String::new(), 0, '\n');
        while let Some(c) = text[at..].chars().next() {
            match replacement(&text[at..], before, &mut open, &texts) {
                Some((len, with)) => {
                    out.push_str(with);
                    at += len;
                    before = text[..at].chars().next_back().unwrap_or('\n');
                }
                None => {
                    out.push(c);
                    at += c.len_utf8();
                    before = c;
                }
            }
        }
        out
    }

    #[test]
    fn quotes_and_apostrophes_turn_the_right_way() {
        assert_eq!(set("\"x\" and 'y' it's"), "“x” and ‘y’ it’s");
        assert_eq!(set("the '90s"), "the ’90s");
        assert_eq!(set("5'10\""), "5'10\"");
        assert_eq!(set("\"ファイル\"→\"開く\" (\"→\")"), "“ファイル”→“開く” (\"→\")");
        assert_eq!(set("\"a (\"。 b"), "“a (\"。 b");
    }

    #[test]
    fn quotes_beside_east_asian_letters_come_in_pairs() {
        for (text, wanted) in [
            ("\"OK\"を押す", "“OK”を押す"),
            ("日本語\"OK\"です", "日本語\"OK\"です"),
            ("\"설정\"을 \"확인\"을", "“설정”을 “확인”을"),
            ("点击'确定'按钮", "点击‘确定’按钮"),
            ("24\"モニター", "24\"モニター"),
            ("a \"b\"c d", "a “b\"c d"),
            ("日本's", "日本’s"),
        ] {
            assert_eq!(set(text), wanted);
        }
    }

    #[test]
    fn dashes_dots_and_angles_are_replaced() {
        assert_eq!(set("a -- b --- c..."), "a – b — c…");
        assert_eq!(set("<<x>>"), "«x»");
    }
}
