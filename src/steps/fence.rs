//! The fences of a page, with the place of each of their lines in the file.

use std::ops::Range;

use crate::parse::lines::{fence, indentation, prefix};
use crate::parse::shortcode::Places;

/// A block of code between fences. Ranges are bytes of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fence {
    /// From the opening fence to the end of the closing one.
    pub(super) whole: Range<usize>,
    /// The text behind the opening fence.
    pub(super) info: Range<usize>,
    /// The lines of the code, without the signs of quotes and list items before them and without line breaks.
    pub(super) lines: Vec<Range<usize>>,
    /// The text before the lines of the code: white space, quote signs.
    pub(super) margin: String,
}

/// The closed fences in the part `body` of a file's `text`, in order; those in comments are none.
pub(super) fn fences(text: &str, body: Range<usize>) -> Vec<Fence> {
    let code = Places::of(text, body).code.into_iter();
    code.filter_map(|range| read(text, range)).collect()
}

/// The fence in `range`, which begins with its line; `None` for code within a line.
fn read(text: &str, range: Range<usize>) -> Option<Fence> {
    let block = &text[range.clone()];
    let (opening, rest) = block.split_once('\n')?;
    let before = prefix(opening);
    let sign = fence(&opening[before..])?;
    let at_line_start = range.start == 0 || text[..range.start].ends_with('\n');
    let info = range.start + before + sign.len();
    let mut at = range.start + opening.len() + 1;
    let mut lines = Vec::new();
    let mut widest = "";
    for line in rest.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let margin = margin_len(content, &opening[..before]);
        lines.push(at + margin..at + content.len());
        if margin > widest.len() {
            widest = &content[..margin];
        }
        at += line.len();
    }
    let end = lines.pop()?.end;
    at_line_start.then(|| Fence {
        whole: range.start + before..end,
        info: info..range.start + opening.trim_end().len().max(before + sign.len()),
        lines,
        margin: widest.to_owned(),
    })
}

/// The number of bytes before the code of a line, in a block whose opening fence has `opening` before it.
fn margin_len(line: &str, opening: &str) -> usize {
    let mut at = 0;
    for _ in opening.matches('>') {
        let rest = line[at..].trim_start_matches([' ', '\t']);
        let Some(after) = rest.strip_prefix('>') else {
            break;
        };
        at = line.len() - after.len();
    }
    let inner = opening.rsplit('>').next().unwrap_or_default();
    let blanks = line[at..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    at + blanks.count().min(width(inner))
}

/// The columns that the beginning of a line takes. Signs of lists take as many as the white space below them.
fn width(before: &str) -> usize {
    let blank: String = before
        .chars()
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    indentation(&blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Vec<(&str, Vec<&str>)> {
        let all = fences(text, 0..text.len()).into_iter();
        all.map(|fence| {
            (
                &text[fence.info],
                fence.lines.into_iter().map(|line| &text[line]).collect(),
            )
        })
        .collect()
    }

    #[test]
    fn lines_stand_where_the_code_is() {
        assert_eq!(
            code("a\n```bash {exit=1}\n$ b\n  c\n```\n"),
            [("bash {exit=1}", vec!["$ b", "  c"])]
        );
        assert_eq!(code("~~~\r\na\r\n~~~\r\n"), [("", vec!["a"])]);
        assert_eq!(code("```sh\n```\n"), [("sh", vec![])]);
    }

    #[test]
    fn quotes_and_lists_around_code_are_no_code() {
        assert_eq!(code("> ```sh\n> a\n>   b\n> ```\n"), [("sh", vec!["a", "  b"])]);
        assert_eq!(
            code("1. x\n\n   ```sh\n   a\n     b\n   ```\n"),
            [("sh", vec!["a", "  b"])]
        );
        assert_eq!(code("- ```sh\n  a\n  ```\n"), [("sh", vec!["a"])]);
        assert_eq!(code("> - ```sh\n>   a\n>   ```\n"), [("sh", vec!["a"])]);
    }

    #[test]
    fn comments_and_code_in_a_line_hold_no_fence() {
        assert_eq!(code("<!--\n```sh\na\n```\n-->\n`x`\nb ```sh\nc``` d\n"), []);
    }
}
