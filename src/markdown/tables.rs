//! Tables that Hugo's Markdown reads and pulldown-cmark does not. All kinds are those of workshop pages.
//!
//! Values at the left margin below a step. To Hugo the lines go on with the paragraph of the list item, and a table is made
//! of it; here they get the indentation of their item.
//!
//! ```text
//! 1. Enter these values:
//! | Field | Value |
//! |-------|-------|
//! | Name  | demo  |
//! ```
//!
//! A first row that has fewer cells than the row of hyphens below it: a column was added, and the row forgotten. Hugo adds
//! empty cells.
//!
//! A row that is one bar: the line before was broken in two. To Hugo it is an empty row, and the table goes on.

use memchr::{memchr, memrchr};

use super::lines::{Line, content_of_item, goes_on, indentation, lines};
use crate::markup::range_map::RangeMap;

/// Text that a table lacks at one place.
struct Insertion {
    at: usize,
    text: &'static str,
    times: usize,
}

impl Insertion {
    /// Makes a row of a lone bar.
    fn empty_cell(line: &Line<'_>) -> Self {
        Self {
            at: line.start + line.text.len(),
            text: " |",
            times: 1,
        }
    }

    fn indent(line: &Line<'_>, width: usize) -> Self {
        Self {
            at: line.start,
            text: " ",
            times: width,
        }
    }
}

/// Completes the tables. `None` when none lacks anything.
pub(super) fn complete(text: &str, map: &RangeMap) -> Option<(String, RangeMap)> {
    if !has_delimiter_row(text) {
        return None;
    }
    let insertions = insertions(text);
    if insertions.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + insertions.len() * 4);
    let mut done = 0;
    for Insertion { at, text: new, times } in &insertions {
        out.push_str(&text[done..*at]);
        out.extend(std::iter::repeat_n(*new, *times));
        done = *at;
    }
    out.push_str(&text[done..]);
    let lengths = insertions.iter().map(|new| (new.at, new.text.len() * new.times));
    Some((out, map.clone().with_insertions(lengths)))
}

/// Walks over the lines once.
fn insertions(text: &str) -> Vec<Insertion> {
    let mut found = Vec::new();
    let mut place = Place::Elsewhere;
    let mut above: [Option<Line<'_>>; 2] = [None, None];
    let mut in_table = false;
    for line in lines(text) {
        place = place.with(&line);
        in_table &= !line.is_fenced && !line.content.is_empty();
        if in_table && line.content == "|" {
            found.push(Insertion::empty_cell(&line));
        }
        if let [paragraph, Some(header)] = above
            && !line.is_fenced
            && is_delimiter_row(line.content)
            && content_of_item(line.text).is_none()
        {
            in_table = begins_table(paragraph, &header, line.content);
            if in_table && header.content == "|" {
                found.push(Insertion::empty_cell(&header));
            }
            if let Some(width) = place.lacking(&header, &line) {
                place = Place::Table(width);
                found.push(Insertion::indent(&header, width));
                // Behind a paragraph, pulldown-cmark knows a table by the bar that its first row begins with.
                found.extend((!header.content.starts_with('|')).then_some(Insertion {
                    at: header.start,
                    text: "|",
                    times: 1,
                }));
            } else if paragraph.is_none_or(|line| line.content.is_empty()) {
                found.extend(missing_cells(&header, line.content));
            }
        }
        if let Place::Table(width) = place
            && indentation(line.text) < width
        {
            found.push(Insertion::indent(&line, width));
        }
        above = [above[1], Some(line)];
    }
    found
}

/// Returns true if `header` above the row of hyphens `row` is the first row of a table.
fn begins_table(paragraph: Option<Line<'_>>, header: &Line<'_>, row: &str) -> bool {
    let is_own_block = paragraph.is_none_or(|line| line.content.is_empty());
    let is_row = header.content.contains('|') && indentation(header.text) < 4;
    is_row && cells(header.content) <= cells(row) && (is_own_block || header.content.starts_with('|'))
}

/// The cells that a first row lacks.
fn missing_cells(header: &Line<'_>, row: &str) -> Option<Insertion> {
    let missing = cells(row).saturating_sub(cells(header.content));
    let is_row = header.content.contains('|') && indentation(header.text) < 4;
    let times = missing + usize::from(!ends_cell(header.content));
    (is_row && missing > 0).then_some(Insertion {
        at: header.start + header.text.len(),
        text: " |",
        times,
    })
}

/// The number of cells of a row.
fn cells(row: &str) -> usize {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let mut escaped = false;
    let bars = inner.bytes().filter(|byte| {
        let is_bar = *byte == b'|' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        is_bar
    });
    bars.count() + usize::from(!ends_cell(inner))
}

fn ends_cell(row: &str) -> bool {
    row.ends_with('|') && !row.ends_with("\\|")
}

/// The block that a line goes on with. List items have the column of their text.
#[derive(Clone, Copy)]
enum Place {
    /// The paragraph that a list item begins with.
    Item(usize),
    /// A table that lacks the indentation of its list item.
    Table(usize),
    Elsewhere,
}

impl Place {
    /// The block that `line` is part of, when this is that of the line above it.
    fn with(self, line: &Line<'_>) -> Self {
        let goes_on = goes_on(line.text) && !line.is_fenced && !is_rule(line.text);
        match (self, content_of_item(line.text)) {
            (Self::Table(width), _) if goes_on || is_inside(line, width) => self,
            (Self::Item(_), None) if goes_on => self,
            (_, Some(width)) if !line.is_fenced && !is_rule(line.text) => Self::Item(width),
            _ => Self::Elsewhere,
        }
    }

    /// The indentation that the first row of a table lacks whose delimiter row is in this place.
    fn lacking(self, header: &Line<'_>, row: &Line<'_>) -> Option<usize> {
        let Self::Item(width) = self else { return None };
        let begins = goes_on(header.text) && cells(header.content) == cells(row.content);
        (begins && indentation(header.text) < width).then_some(width)
    }
}

/// Returns true for a line with the indentation of an item whose text begins at `width`.
fn is_inside(line: &Line<'_>, width: usize) -> bool {
    !line.text.is_empty() && indentation(line.text) >= width
}

/// A line of hyphens, asterisks or underscores.
fn is_rule(line: &str) -> bool {
    let text = line.trim();
    let sign = text.chars().next();
    matches!(sign, Some('-' | '*' | '_')) && text.chars().all(|c| c == ' ' || Some(c) == sign)
}

/// Most texts have no table and need not be taken apart line by line.
fn has_delimiter_row(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut next = 0;
    while let Some(bar) = memchr(b'|', &bytes[next..]) {
        let start = memrchr(b'\n', &bytes[..next + bar]).map_or(0, |end| end + 1);
        next = memchr(b'\n', &bytes[next + bar..]).map_or(bytes.len(), |end| next + bar + end);
        if is_delimiter_row(text[start..next].trim_start_matches(['>', ' '])) {
            return true;
        }
    }
    false
}

/// Returns true for `|---|:-:|`.
fn is_delimiter_row(line: &str) -> bool {
    let row = line.trim();
    row.contains('|') && row.contains('-') && row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    fn completed(text: &str) -> Option<String> {
        complete(text, &RangeMap::default()).map(|(text, _)| text)
    }

    #[test]
    fn a_table_gets_the_indentation_of_its_item() {
        assert_eq!(
            completed("1. a\nb\n| x | y |\n|---|---|\n| 1 | 2 |\n2. c\n").unwrap(),
            "1. a\nb\n   | x | y |\n   |---|---|\n   | 1 | 2 |\n2. c\n"
        );
        assert_eq!(
            completed("- a\nx|y\n-|-\n1|2\n3\n\n4|5\n").unwrap(),
            "- a\n  |x|y\n  -|-\n  1|2\n  3\n\n4|5\n"
        );
        assert_eq!(
            completed("* a\r\n| x |\r\n|---|\r\n").unwrap(),
            "* a\r\n  | x |\r\n  |---|\r\n"
        );
        assert_eq!(
            completed("- a\n    10) b\n | x |\n |---|\n         | 1 |\n> c\n").unwrap(),
            "- a\n    10) b\n         | x |\n         |---|\n         | 1 |\n> c\n"
        );
    }

    #[test]
    fn several_tables_are_found_in_one_walk() {
        let step = "1. a\n| x |\n|---|\n";
        let wanted = "1. a\n   | x |\n   |---|\n";
        assert_eq!(completed(&step.repeat(3)).unwrap(), wanted.repeat(3));
    }

    #[test]
    fn a_first_row_gets_the_cells_that_it_is_short_of() {
        for (text, wanted) in [
            ("| a |\n|---|---|\n", "| a | |\n|---|---|\n"),
            ("x\n\na | b\n:-:|--:|:-:|-\n", "x\n\na | b | | |\n:-:|--:|:-:|-\n"),
            ("> | a |\n> |-|-|\n", "> | a | |\n> |-|-|\n"),
            ("| a \\| b |\r\n|-|-|\r\n", "| a \\| b | |\r\n|-|-|\r\n"),
        ] {
            assert_eq!(completed(text).unwrap(), wanted);
        }
    }

    #[test]
    fn a_lone_bar_is_an_empty_row() {
        let table = "| a | b |\n|---|---|\n";
        for (text, wanted) in [
            (
                format!("{table}| 1 | 2 |\n|\n| 3 |\n"),
                format!("{table}| 1 | 2 |\n| |\n| 3 |\n"),
            ),
            (format!("{table} |\n"), format!("{table} | |\n")),
            (
                format!("> {}> |\n", table.replace("\n|-", "\n> |-")),
                format!("> {}> | |\n", table.replace("\n|-", "\n> |-")),
            ),
            ("|\n|-\n| a\n".to_owned(), "| |\n|-\n| a\n".to_owned()),
        ] {
            assert_eq!(completed(&text), Some(wanted), "{text}");
        }
        for text in [
            format!("{table}\n|\n"),
            format!("```\n{table}|\n```\n"),
            "a\n|\nb\n".to_owned(),
        ] {
            assert_eq!(completed(&text), None, "{text}");
        }
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let text = "- a\n| x |\n|---|\n| 1 |\n";
        let mut map = RangeMap::default();
        map.copied(0, FileId(0), 100);
        let (out, map) = complete(text, &map).unwrap();
        for written in ["a", "x", "---", "1"] {
            let place = map.position(out.find(written).unwrap());
            assert_eq!(place, Some((FileId(0), 100 + text.find(written).unwrap())));
        }
    }

    #[test]
    fn other_tables_stay() {
        for text in [
            "a\n| x |\n|---|\n",
            "- a\n\n| x |\n|---|\n",
            "- a\n  | x |\n  |---|\n",
            "```\n- a\n| x |\n|---|\n```\n",
            "- a\n# b\n| x |\n|---|\n",
            "- a\n---\n| x |\n|---|\n",
            "* * *\n| x |\n|---|\n",
            "> a\n| x |\n|---|\n",
            "- a\nb\n- | -\n",
            "- a\nb\n- |-|\n",
            "- a\nb\n|-|-|\n",
            "a\n|---|---|\n",
            "a\n| b |\n|---|---|\n",
            "| a | b |\n|---|\n",
            "    | a |\n    |---|---|\n",
            "```\n\n| a |\n|---|---|\n```\n",
            "- a\n  | x |\n|---|\n| 1 |\n",
        ] {
            assert_eq!(completed(text), None, "{text}");
        }
    }
}
