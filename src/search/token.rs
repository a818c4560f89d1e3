//! A text becomes tokens. `static/js/search-index.js` cuts queries by the same rules, which `docs/search.md` tells.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use unicode_general_category::{GeneralCategory, get_general_category};

/// Characters of a word that count.
const MAX_CHARS: usize = 40;

/// A piece of text that can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Two neighbours in a script without spaces.
    Pair(char, char),
    /// The last character of such a run.
    Last(char),
    /// A word, or a word with a sign.
    Word(&'a str),
    /// A part of a word.
    Part(&'a str),
}

/// The class of a character in the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Of a script that is written without spaces, or whose words take endings: Korean.
    Dense,
    Word,
    Sign,
    Space,
}

impl Class {
    fn of(c: char) -> Self {
        if c.is_ascii() {
            return match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' => Self::Word,
                ' ' | '\t'..='\r' => Self::Space,
                _ => Self::Sign,
            };
        }
        match c {
            _ if is_dense(c) => Self::Dense,
            _ if c.is_alphanumeric() || is_mark(c) => Self::Word,
            _ if c.is_whitespace() => Self::Space,
            _ => Self::Sign,
        }
    }
}

/// Han, kana, bopomofo, Hangul; Thai, Lao, Burmese, Khmer without their digits.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}'
        | '\u{e81}'..='\u{ecf}' | '\u{edc}'..='\u{edf}'
        | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{108f}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17d3}'
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' | '\u{303b}'
        | '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn is_mark(c: char) -> bool {
    use GeneralCategory as G;
    matches!(
        get_general_category(c),
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark
    )
}

/// Signs that tell words of code apart; those of prose do not.
fn is_of_code(c: char) -> bool {
    if c.is_ascii() {
        return "$./-+=><@#%^&*~\\|:!".contains(c);
    }
    use GeneralCategory as G;
    matches!(
        get_general_category(c),
        G::MathSymbol | G::CurrencySymbol | G::ModifierSymbol | G::OtherSymbol
    )
}

/// Signs that belong to the word before them.
fn is_behind(c: char) -> bool {
    "+#%*".contains(c) || get_general_category(c) == GeneralCategory::CurrencySymbol
}

/// Hands every token of `text` to `out`, in order.
pub(super) fn tokens(text: &str, out: &mut impl FnMut(Token<'_>)) {
    let text = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        ComposingNormalizerBorrowed::new_nfkc().normalize(text)
    };
    let mut rest = &*text;
    let mut before = Before::default();
    let mut scratch = String::new();
    while let Some(first) = rest.chars().next() {
        let class = Class::of(first);
        let end = rest.find(|c| Class::of(c) != class);
        let (run, after) = rest.split_at(end.unwrap_or(rest.len()));
        match class {
            Class::Dense => dense(run, out),
            Class::Word => word(before, run, after, &mut scratch, out),
            Class::Sign => {
                let alone = before.sign.is_none()
                    && before.word.is_none()
                    && !after.starts_with(|c| Class::of(c) != Class::Space);
                signs(run, alone, out);
            }
            Class::Space => {}
        }
        before = before.then(class, run);
        rest = after;
    }
}

fn dense(run: &str, out: &mut impl FnMut(Token<'_>)) {
    let mut last = None;
    for c in run.chars() {
        if let Some(last) = last {
            out(Token::Pair(last, c));
        }
        last = Some(c);
    }
    if let Some(last) = last {
        out(Token::Last(last));
    }
}

/// The characters directly before a run.
#[derive(Debug, Clone, Copy, Default)]
struct Before<'a> {
    sign: Option<char>,
    /// The word, or that before a single sign.
    word: Option<&'a str>,
}

impl<'a> Before<'a> {
    fn then(self, class: Class, run: &'a str) -> Self {
        match class {
            Class::Word => Self {
                sign: None,
                word: Some(run),
            },
            Class::Sign => {
                let last = run.chars().next_back();
                let single = last.is_some_and(|sign| sign.len_utf8() == run.len());
                Self {
                    sign: last,
                    word: self.word.filter(|_| single),
                }
            }
            // A dense character is like a word that is joined with nothing.
            Class::Dense => Self {
                sign: None,
                word: Some(""),
            },
            Class::Space => Self::default(),
        }
    }
}

fn word(before: Before<'_>, run: &str, after: &str, scratch: &mut String, out: &mut impl FnMut(Token<'_>)) {
    scratch.clear();
    let joined = before.word.filter(|word| !word.is_empty());
    if let Some(sign) = before
        .sign
        .filter(|c| is_of_code(*c) || *c == '_' && joined.is_some())
    {
        fold(joined.unwrap_or_default(), scratch);
        scratch.push(sign);
    }
    let start = scratch.len();
    fold(run, scratch);
    out(Token::Word(&scratch[start..]));
    if start > 0 {
        out(Token::Word(scratch));
    }
    let mut behind = after.chars();
    let next = behind.next().filter(|c| is_behind(*c));
    if let Some(sign) = next.filter(|_| !behind.next().is_some_and(|c| Class::of(c) == Class::Word)) {
        scratch.push(sign);
        out(Token::Word(&scratch[start..]));
    }
    // The value of an option that is one letter: `-Dspring.profile`.
    let rest = run
        .get(1..)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    if let Some(rest) =
        rest.filter(|_| before.sign == Some('-') && run.starts_with(|c: char| c.is_ascii_uppercase()))
    {
        scratch.clear();
        fold(rest, scratch);
        out(Token::Part(scratch));
    }
    // Most words have no parts.
    if run.bytes().skip(1).all(|byte| byte.is_ascii_lowercase()) {
        return;
    }
    for part in humps(run) {
        scratch.clear();
        fold(part, scratch);
        out(Token::Part(scratch));
    }
}

/// Two or three signs of code that stand alone.
fn signs(run: &str, alone: bool, out: &mut impl FnMut(Token<'_>)) {
    if alone && (2..=3).contains(&run.chars().count()) && run.chars().all(is_of_code) {
        out(Token::Word(run));
    }
}

/// Appends a word in lower case and without accents, as far as it counts.
fn fold(run: &str, out: &mut String) {
    if run.is_ascii() {
        let end = run.len().min(MAX_CHARS);
        out.extend(run[..end].chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let lower = run.to_lowercase();
    let plain = lower.chars().flat_map(plain);
    out.extend(plain.take(MAX_CHARS));
}

/// A letter in lower case without its accents, where its script is one of Europe's.
fn plain(c: char) -> impl Iterator<Item = char> {
    let mut letters = [Some(c), None];
    match c {
        'ß' => letters = [Some('s'), Some('s')],
        '\u{300}'..='\u{36f}' => letters = [None, None],
        '\u{c0}'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' => {
            let mut bytes = [0; 4];
            let parts = DecomposingNormalizerBorrowed::new_nfd();
            let parts = parts.normalize(c.encode_utf8(&mut bytes)).into_owned();
            letters = [parts.chars().next(), None];
        }
        _ => {}
    }
    letters.into_iter().flatten()
}

/// The parts of `camelCase` and `HTTPServer` that have at least two characters; nothing for a word that has no parts.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let mut starts = vec![0];
    let mut chars = word.char_indices().peekable();
    let mut last: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        let follows_small = last.is_some_and(|last| !last.is_uppercase());
        let begins_word = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
        if last.is_some() && c.is_uppercase() && (follows_small || begins_word) {
            starts.push(at);
        }
        last = Some(c);
    }
    let ends = starts.clone().into_iter().skip(1).chain([word.len()]);
    let several = starts.len() > 1;
    let parts = starts.into_iter().zip(ends).map(|(start, end)| &word[start..end]);
    parts.filter(move |part| several && part.chars().nth(1).is_some())
}
