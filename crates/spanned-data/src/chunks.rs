//! Cutting a broken text into its top-level statements, so that each can be tried on its own.

use std::ops::Range;

/// The top-level entries of a YAML text: a line that begins at the margin, and the lines indented below it.
pub(super) fn yaml(text: &str) -> Vec<Range<usize>> {
    let continues = |line: &str| {
        line.is_empty()
            || line.starts_with([' ', '\t', '\r', '#', ']', '}'])
            || line == "-"
            || line.starts_with("- ")
    };
    cut(text, |line| !continues(line))
}

/// The statements of a TOML text: a table header, or a key and the lines up to the next one.
pub(super) fn toml(text: &str) -> Vec<Range<usize>> {
    cut(text, |line| {
        is_toml_header(line) || is_toml_key(line.trim_start())
    })
}

/// Returns true if a TOML line is `[table]` or `[[list]]`.
pub(super) fn is_toml_header(line: &str) -> bool {
    let line = line.trim();
    let line = line.split_once(']').map_or("", |(name, rest)| {
        let rest = rest.trim_start_matches(']').trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            name
        } else {
            ""
        }
    });
    let name = line
        .strip_prefix("[[")
        .or_else(|| line.strip_prefix('['))
        .unwrap_or_default()
        .trim();
    !name.is_empty() && name.chars().all(is_key_char) && !name.starts_with(['"', '\''])
}

fn is_toml_key(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim_end();
        !key.is_empty() && key.chars().all(is_key_char)
    })
}

fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ')
}

/// Cuts before every line that `starts` something.
fn cut(text: &str, starts: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match chunks.last_mut() {
            Some(last) if !starts(line.trim_end_matches(['\n', '\r'])) => last.end = end,
            _ => chunks.push(at..end),
        }
        at = end;
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, chunks: Vec<Range<usize>>) -> Vec<&str> {
        chunks.into_iter().map(|chunk| &text[chunk]).collect()
    }

    #[test]
    fn yaml_is_cut_at_keys_on_the_margin() {
        let text = "a: 1\nlist:\n- x\n  # c\n\nb: |\n  t\n\tz: 1\nc: [1,\n]\n";
        let expected = [
            "a: 1\n",
            "list:\n- x\n  # c\n\n",
            "b: |\n  t\n\tz: 1\n",
            "c: [1,\n]\n",
        ];
        assert_eq!(pieces(text, yaml(text)), expected);
    }

    #[test]
    fn toml_is_cut_at_keys_and_headers() {
        let text = "a = [\n 1,\n]\n[b]\n  c.d = 2\n[[e]] # x\n\"f\" = 3\n";
        let expected = [
            "a = [\n 1,\n]\n",
            "[b]\n",
            "  c.d = 2\n",
            "[[e]] # x\n",
            "\"f\" = 3\n",
        ];
        assert_eq!(pieces(text, toml(text)), expected);
    }
}
