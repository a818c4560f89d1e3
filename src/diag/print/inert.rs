//! Texts of a site as they may stand in a terminal or in the log of a build server.
//!
//! A terminal acts on control characters, and a build server on lines that look like its commands: `::add-mask::x` at
//! the beginning of a line, `##[group]` or `##vso[…]` anywhere. Names of files, titles and templates are written by
//! whoever sends a change, so that none of this may come out of them.

use std::borrow::Cow;

/// A character that a terminal does not act on: pictures for control characters, a replacement for the ones that turn
/// the direction of writing.
pub(super) fn visible(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        c => c,
    }
}

/// Text on one line that nobody acts on. A space takes commands apart.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| visible(c) == c;
    if !text.trim_start().starts_with("::") && !text.contains("##") && text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 1);
    let begins = text.len() - text.trim_start().len();
    for (at, c) in text.char_indices() {
        let second_colon = at == begins + 1 && text[begins..].starts_with("::");
        if second_colon || begins_command(text, at) {
            out.push(' ');
        }
        out.push(visible(c));
    }
    Cow::Owned(out)
}

/// Returns true if the character at byte `at` is the second `#` of a command: `##[`, `##vso[`.
pub(super) fn begins_command(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'#') || at == 0 || bytes[at - 1] != b'#' {
        return false;
    }
    let name = bytes[at + 1..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric());
    bytes.get(at + 1 + name.count()) == Some(&b'[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_build_servers_are_taken_apart() {
        for (text, expected) in [
            ("::add-mask::x", ": :add-mask::x"),
            ("  ::error::x", "  : :error::x"),
            ("\u{a0}::set-output name=a::b", "\u{a0}: :set-output name=a::b"),
            ("a ##[group]b", "a # #[group]b"),
            ("##vso[task.setvariable]x", "# #vso[task.setvariable]x"),
            ("##teamcity[message]", "# #teamcity[message]"),
            ("a\n::warning::b", "a␊::warning::b"),
            ("###[x]", "## #[x]"),
        ] {
            assert_eq!(line(text), expected);
        }
    }

    #[test]
    fn other_texts_are_as_they_are() {
        for text in [
            "std::fs::read",
            "## Heading",
            "a :: b",
            "##",
            "#[derive]",
            "日本語 ## [x]",
            "::",
            ":",
        ] {
            let expected = if text == "::" { ": :" } else { text };
            assert_eq!(line(text), expected);
        }
    }
}
