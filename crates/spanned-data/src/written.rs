//! Values that cannot be read, as the text that their author wrote.

use crate::{Data, Entry, Map, Value};

/// A line `key: value` or `key = value` with a broken value, as a map with the value as text. `line` begins at the byte
/// `base`. `None` where the value is no text: the beginning of a block, a list or table that is never closed.
pub(crate) fn entry(line: &str, base: usize, sign: &str) -> Option<Value> {
    let line = line.trim_end();
    let (key, rest) = line.split_once(sign)?;
    let (key, written) = (key.trim_end(), rest.trim_start());
    let is_key_char = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if line.contains('\n') || key.is_empty() || !key.chars().all(is_key_char) {
        return None;
    }
    let at = base + line.len() - written.len();
    let value = Value::new(Data::Str(meant(written)?.to_owned()), at..base + line.len());
    let mut map = Map::new();
    map.insert_entry(Entry::new(key, base..base + key.len(), value));
    Some(map.into())
}

/// The text of a broken value, without one pair of equal quotes around the whole, or a quote that is never closed.
fn meant(written: &str) -> Option<&str> {
    let first = written.chars().next()?;
    match first {
        '|' | '>' => None,
        '[' => written.contains(']').then_some(written),
        '{' => written.contains('}').then_some(written),
        '"' | '\'' => {
            let inner = &written[1..];
            match inner.strip_suffix(first) {
                Some(inner) => Some(inner),
                None if !inner.contains(first) => Some(inner),
                None => Some(written),
            }
        }
        _ => Some(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_value_is_what_was_written() {
        for (written, text) in [
            ("'It's broken'", Some("It's broken")),
            ("[Draft] Setup", Some("[Draft] Setup")),
            ("{x} y", Some("{x} y")),
            ("\"A\" or B", Some("\"A\" or B")),
            ("\"never closed", Some("never closed")),
            ("\"say \"hi\"\"", Some("say \"hi\"")),
            ("*star*", Some("*star*")),
            ("@home", Some("@home")),
            ("[a, b", None),
            ("|", None),
        ] {
            assert_eq!(meant(written), text, "{written}");
        }
    }
}
