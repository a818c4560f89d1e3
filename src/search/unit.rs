//! The units of a page: its title, and its passages in parts of a size that a reader takes in.

use std::ops::Range;

use crate::body::Passage;

/// Bytes of text in a unit, unless a line is longer.
const MAX_PARTS: usize = 2_000;

/// A part of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    /// The passage.
    pub(super) passage: &'a Passage,
    /// The part of its text.
    pub(super) text: &'a str,
    start: usize,
}

impl<'a> Unit<'a> {
    /// The text in stretches that are code and others that are not.
    pub(super) fn stretches(&self) -> impl Iterator<Item = (&'a str, bool)> {
        let own = self.start..self.start + self.text.len();
        let mut done = own.start;
        let mut stretches = Vec::new();
        for code in &self.passage.code {
            let code = within(code, &own);
            if code.is_empty() {
                continue;
            }
            stretches.push((done..code.start, false));
            done = code.end;
            stretches.push((code, true));
        }
        stretches.push((done..own.end, false));
        let text = &*self.passage.text;
        stretches
            .into_iter()
            .map(move |(range, code)| (&text[range], code))
    }
}

fn within(range: &Range<usize>, outer: &Range<usize>) -> Range<usize> {
    range.start.clamp(outer.start, outer.end)..range.end.clamp(outer.start, outer.end)
}

/// The units of a page after the first, which is its title.
pub(super) fn units(passages: &[Passage]) -> impl Iterator<Item = Unit<'_>> {
    passages.iter().flat_map(|passage| {
        cut(&passage.text).map(move |range| Unit {
            passage,
            start: range.start,
            text: &passage.text[range],
        })
    })
}

/// Cuts a text at the ends of lines. An empty one is one part.
fn cut(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let length = length(&text[from..]);
        start = Some(from + length).filter(|end| *end < text.len());
        Some(from..from + length)
    })
}

fn length(text: &str) -> usize {
    if text.len() <= MAX_PARTS {
        return text.len();
    }
    let head = &text.as_bytes()[..MAX_PARTS];
    let before = memchr::memrchr(b'\n', head).filter(|end| *end > 0);
    let end = before.or_else(|| memchr::memchr(b'\n', text.as_bytes()));
    end.map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_the_ends_of_lines_and_nothing_is_lost() {
        let line = "あいう abc\n";
        let long = "x".repeat(3 * MAX_PARTS) + "\n";
        for text in [
            "",
            line,
            &line.repeat(500),
            &long,
            &(line.repeat(200) + &long + line),
        ] {
            let parts: Vec<_> = cut(text).collect();
            assert_eq!(
                parts.iter().map(|part| &text[part.clone()]).collect::<String>(),
                text
            );
            let inner = &parts[..parts.len() - 1];
            assert!(inner.iter().all(|part| text[part.clone()].ends_with('\n')));
            assert!(
                parts
                    .iter()
                    .all(|part| part.len() <= MAX_PARTS || text[part.clone()].trim_end().lines().count() == 1)
            );
        }
    }

    #[test]
    fn stretches_of_code_are_told_apart_across_units() {
        let prose = "Some words in a line.\n".repeat(80);
        let code = "let x = 1;\n".repeat(200);
        let passage = Passage {
            text: format!("{prose}{code}{prose}"),
            code: std::iter::once(prose.len()..prose.len() + code.len()).collect(),
            ..Passage::default()
        };
        let passages = [passage];
        let mut of_code = String::new();
        for unit in units(&passages) {
            let whole: String = unit.stretches().map(|(text, _)| text).collect();
            assert_eq!(whole, unit.text);
            of_code.extend(unit.stretches().filter(|(_, code)| *code).map(|(text, _)| text));
        }
        assert_eq!(of_code, code);
    }
}
