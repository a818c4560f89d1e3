//! Character references of HTML.

use html5ever::data::NAMED_ENTITIES;

/// `text` with its character references replaced.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((value, length)) => {
                out.push_str(&value);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn reference(text: &str) -> Option<(String, usize)> {
    // No name is longer than this.
    let end = text.char_indices().take(34).find(|(_, c)| *c == ';')?.0;
    let name = &text[1..end];
    let value = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            let c = char::from_u32(code)
                .filter(|c| *c != '\0')
                .unwrap_or(char::REPLACEMENT_CHARACTER);
            c.to_string()
        }
        None => named(&text[1..=end])?,
    };
    Some((value, end + 1))
}

/// The one or two characters of a name with its semicolon.
fn named(name: &str) -> Option<String> {
    let (first, second) = *NAMED_ENTITIES.get(name)?;
    // The table holds beginnings of names too, with zeros.
    let chars = [first, second]
        .into_iter()
        .filter(|code| *code != 0)
        .filter_map(char::from_u32);
    Some(chars.collect()).filter(|text: &String| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_once() {
        assert_eq!(
            unescape("&amp;lt; &#39;&#x41; &nope; & &;"),
            "&lt; 'A &nope; & &;"
        );
        assert_eq!(unescape("&hearts;&NotEqualTilde;&am;&copy"), "♥≂\u{338}&am;&copy");
    }
}
