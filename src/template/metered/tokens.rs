//! The tokens of Tera's tags, with their places.

/// A tag of a template: `{{ … }}` or `{% … %}`.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// True for `{{ … }}`.
    pub(super) prints: bool,
    /// Tokens between the delimiters.
    pub(super) tokens: Vec<Token<'t>>,
    /// Offset behind the closing delimiter.
    pub(super) end: usize,
    /// True if the text behind the tag loses its white space.
    pub(super) trims: bool,
}

/// A part of a template.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// Text with this number of bytes.
    Text(usize),
    Tag(Tag<'t>),
}

/// A token and its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A string or a number.
    Literal,
    Sign,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    pub(super) fn is(&self, sign: &str) -> bool {
        self.kind != Kind::Literal && self.text == sign
    }
}

/// Signs of more than one character.
const LONG: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// The parts of a template. `None` for one that Tera cannot read either.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("{#") {
            at += rest.find("#}")? + 2;
        } else if let Some(end) = raw_block(rest) {
            pieces.push(Piece::Text(end));
            at += end;
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            let tag = tag(text, at)?;
            at = tag.end;
            pieces.push(Piece::Tag(tag));
        } else {
            let end = next_delimiter(rest).unwrap_or(rest.len());
            pieces.push(Piece::Text(end));
            at += end;
        }
    }
    Some(pieces)
}

fn next_delimiter(text: &str) -> Option<usize> {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let found = text[first..].match_indices('{').find(|(at, _)| {
        let next = text.as_bytes().get(first + at + 1);
        matches!(next, Some(b'{' | b'%' | b'#'))
    });
    found.map(|(at, _)| first + at)
}

/// The length of `{% raw %}…{% endraw %}` at the beginning of `text`.
fn raw_block(text: &str) -> Option<usize> {
    let mut at = word_tag(text, "raw")?;
    loop {
        at += text[at..].find("{%")?;
        match word_tag(&text[at..], "endraw") {
            Some(length) => return Some(at + length),
            None => at += 2,
        }
    }
}

/// The length of a tag at the beginning of `text` that holds one word.
fn word_tag(text: &str, word: &str) -> Option<usize> {
    let inner = text.strip_prefix("{%")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner).trim_ascii_start();
    let after = inner.strip_prefix(word)?.trim_ascii_start();
    let after = after.strip_prefix('-').unwrap_or(after);
    Some(text.len() - after.strip_prefix("%}")?.len())
}

fn tag(text: &str, start: usize) -> Option<Tag<'_>> {
    let prints = text[start..].starts_with("{{");
    let close = if prints { "}}" } else { "%}" };
    let mut at = start + 2;
    if text[at..].starts_with('-') {
        at += 1;
    }
    let mut tokens = Vec::new();
    loop {
        let rest = text[at..].trim_ascii_start();
        at = text.len() - rest.len();
        let ending = rest.strip_prefix('-').filter(|rest| rest.starts_with(close));
        if rest.starts_with(close) || ending.is_some() {
            return Some(Tag {
                prints,
                tokens,
                end: at + close.len() + usize::from(ending.is_some()),
                trims: ending.is_some(),
            });
        }
        let (length, kind) = token(rest)?;
        tokens.push(Token {
            text: &rest[..length],
            at,
            kind,
        });
        at += length;
    }
}

fn token(rest: &str) -> Option<(usize, Kind)> {
    let first = *rest.as_bytes().first()?;
    if let Some(long) = LONG.iter().find(|sign| rest.starts_with(**sign)) {
        return Some((long.len(), Kind::Sign));
    }
    match first {
        b'"' | b'\'' | b'`' => Some((string(rest, first)?, Kind::Literal)),
        b'0'..=b'9' => Some((number(rest), Kind::Literal)),
        b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
            let is_part = |c: &u8| *c == b'_' || c.is_ascii_alphanumeric();
            Some((rest.bytes().take_while(is_part).count(), Kind::Word))
        }
        _ if first.is_ascii_punctuation() => Some((1, Kind::Sign)),
        _ => None,
    }
}

fn string(rest: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    let length = rest.bytes().skip(1).position(|c| {
        let ends = c == quote && !escaped;
        escaped = c == b'\\' && !escaped;
        ends
    })?;
    Some(length + 2)
}

fn number(rest: &str) -> usize {
    let mut has_point = false;
    let is_part = |c: &u8| match c {
        b'.' if !has_point => {
            has_point = true;
            true
        }
        c => c.is_ascii_digit(),
    };
    rest.bytes().take_while(is_part).count()
}
