//! Blocks of HTML with `<pre>`: where they begin and end, pulldown-cmark differs from CommonMark.

use memchr::memmem;

use super::lines::{indentation, lines};
use crate::markup::range_map::RangeMap;

/// What ends a block that begins with `<pre>`, besides its own closing tag.
const ENDS: [&str; 3] = ["</script>", "</style>", "</textarea>"];
const CLOSE: &str = "</pre>";

/// Adds the places of `</pre>` at the beginning of a block. Only the tag that opens `pre` begins a block of HTML, and
/// pulldown-cmark takes the other for one, too.
pub(super) fn separate_ends(text: &str, positions: &mut Vec<usize>) {
    positions.extend(memmem::find_iter(text.as_bytes(), CLOSE).filter(|at| {
        let before = text[..*at].trim_end_matches(' ');
        let gap = before
            .strip_suffix('\n')
            .map(|above| above.trim_end_matches([' ', '\r']));
        before.is_empty() || gap.is_some_and(|above| above.is_empty() || above.ends_with('\n'))
    }));
}

/// Closes a `<pre>` that nobody has closed where CommonMark ends its block: at a `</script>` or the like in it.
/// pulldown-cmark waits for `</pre>`, and what comes until the end of the text would not be read as Markdown.
///
/// The other three are left to it: until their own closing tag, browsers take everything for their text.
pub(super) fn close(text: &str, map: &RangeMap) -> Option<(String, RangeMap)> {
    // Backwards is slow, and hardly any text has one.
    memmem::find(text.as_bytes(), b"<pre")?;
    let last = memmem::rfind(text.as_bytes(), b"<pre")?;
    let rest = &text[last..];
    if rest.contains(CLOSE) || !ENDS.iter().any(|end| rest.contains(end)) {
        return None;
    }
    let mut after = lines(text).filter(|line| !line.is_fenced).skip_while(|line| {
        line.start + line.text.len() <= last || indentation(line.text) > 3 || !opens(line.content)
    });
    let end = after.find(|line| ENDS.iter().any(|end| line.text.contains(end)))?;
    let at = end.start + end.text.len();
    let text = format!("{}{CLOSE}{}", &text[..at], &text[at..]);
    Some((text, map.clone().with_insertions(&[at], CLOSE.len())))
}

/// Whether a block begins with `<pre>`.
fn opens(line: &str) -> bool {
    line.strip_prefix("<pre")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['>', ' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(text: &str) -> Option<String> {
        close(text, &RangeMap::default()).map(|(text, _)| text)
    }

    #[test]
    fn a_block_that_nobody_closes_ends_with_the_end_of_a_script() {
        assert_eq!(
            closed("<pre>\na\n</script>\n\nb\n").unwrap(),
            "<pre>\na\n</script></pre>\n\nb\n"
        );
    }

    #[test]
    fn others_end_by_themselves() {
        for text in [
            "<pre>\n<script>\n</script>\na\n</pre>\n",
            "<pre>a</pre>\n<script>\n</script>\n",
            "```\n<pre>\n</script>\n```\n",
            "<script>\n</pre>\n</script>\n",
            "<prefix>\n</style>\n",
            "`<pre` and `</style>`\n",
        ] {
            assert_eq!(closed(text), None, "{text}");
        }
    }
}
