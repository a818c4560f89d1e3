//! Code in titles: `` `kubectl` basics ``. Titles are plain text otherwise.

use std::borrow::Cow;

/// A part of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text outside of code.
    Text(&'t str),
    /// Text between backticks.
    Code(&'t str),
}

/// The parts of a title in their order. Backticks without an equal run behind them are text.
pub fn pieces(title: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut done, mut at) = (0, 0);
    while let Some(start) = title[at..].find('`').map(|next| at + next) {
        let signs = run(&title[start..]);
        let inner = start + signs;
        let Some(end) = closing(&title[inner..], signs).map(|length| inner + length) else {
            at = inner;
            continue;
        };
        if start > done {
            found.push(Piece::Text(&title[done..start]));
        }
        found.push(Piece::Code(without_padding(&title[inner..end])));
        done = end + signs;
        at = done;
    }
    if done < title.len() {
        found.push(Piece::Text(&title[done..]));
    }
    found
}

/// The title without the signs of its code.
pub fn plain(title: &str) -> Cow<'_, str> {
    if !title.contains('`') {
        return Cow::Borrowed(title);
    }
    let text = |piece: Piece<'_>| match piece {
        Piece::Text(text) | Piece::Code(text) => text.to_owned(),
    };
    Cow::Owned(pieces(title).into_iter().map(text).collect())
}

/// The number of backticks that a text begins with.
fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The offset of the next run of exactly `signs` backticks.
fn closing(text: &str, signs: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|next| at + next) {
        let length = run(&text[start..]);
        if length == signs {
            return Some(start);
        }
        at = start + length;
    }
    None
}

/// Code without the space at each side that keeps backticks apart.
fn without_padding(code: &str) -> &str {
    let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
    inner.filter(|_| !code.trim().is_empty()).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_in_pairs_make_code() {
        use Piece::{Code, Text};
        for (title, wanted) in [
            ("`kubectl` basics", vec![Code("kubectl"), Text(" basics")]),
            ("Use `` a`b ``", vec![Text("Use "), Code("a`b")]),
            ("`a` and `b", vec![Code("a"), Text(" and `b")]),
            ("a `` b ` c", vec![Text("a `` b ` c")]),
            ("", vec![]),
        ] {
            assert_eq!(pieces(title), wanted, "{title}");
        }
        assert_eq!(plain("`a` ``b`` `c"), "a b `c");
    }
}
