//! Prefixes of Markdown lines: quote signs and list markers.

/// The line without the quote signs and list markers before its content, and without white space around it.
pub(crate) fn content(line: &str) -> &str {
    line[prefix(line)..].trim_end()
}

/// The number of bytes before the content of a line: white space, quote signs, list markers.
pub(crate) fn prefix(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = line[at..].trim_start_matches([' ', '\t']);
        at = line.len() - rest.len();
        match marker(rest) {
            Some(len) => at += len,
            None => return at,
        }
    }
}

/// The length of the quote sign or list marker at the beginning of `rest`.
pub(crate) fn marker(rest: &str) -> Option<usize> {
    if rest.starts_with('>') {
        return Some(1);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let sign = rest.as_bytes().get(digits)?;
    let is_list = match sign {
        b'-' | b'*' | b'+' => digits == 0,
        b'.' | b')' => (1..=9).contains(&digits),
        _ => false,
    };
    let after = rest.as_bytes().get(digits + 1);
    (is_list && after.is_some_and(u8::is_ascii_whitespace)).then_some(digits + 1)
}

/// The fence that a line begins with: three or more backticks or tildes. Behind backticks there are no others, or they
/// would be code within a line.
pub(crate) fn fence(content: &str) -> Option<&str> {
    let sign = content.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = content.trim_start_matches(sign);
    let fence = &content[..content.len() - rest.len()];
    (fence.len() >= 3 && !(sign == '`' && rest.contains('`'))).then_some(fence)
}

/// The number of columns of white space that a line begins with.
pub(crate) fn indentation(line: &str) -> usize {
    let columns = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    columns.fold(0, |column, byte| {
        if byte == b'\t' {
            column / 4 * 4 + 4
        } else {
            column + 1
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_no_content() {
        for (line, inner) in [
            ("> - a \n", "a"),
            ("  1) `x`", "`x`"),
            ("- ", ""),
            ("-a", "-a"),
            ("**b**", "**b**"),
            (">> c", "c"),
        ] {
            assert_eq!(content(line), inner, "{line:?}");
        }
    }

    #[test]
    fn tabs_reach_to_the_next_stop() {
        assert_eq!(
            [indentation(" \ta"), indentation("  a"), indentation("\t\t")],
            [4, 2, 8]
        );
    }
}
