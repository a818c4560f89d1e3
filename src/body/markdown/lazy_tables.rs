//! Tables that follow a line of a list item or a quote without its indentation or its sign.
//!
//! Markdown lets a paragraph go on that way, and Hugo makes the table out of the paragraph, so that it is in the item.
//! pulldown-cmark reads no table there. Such lines get what they lack.

use super::lines::{Line, content_of_item, goes_on, indentation, lines, lines_with_bars};
use crate::body::range_map::RangeMap;

/// Lines of a table by their starts, and what each lacks.
struct Table {
    lines: Vec<usize>,
    prefix: String,
}

/// Puts tables into the item or quote that they go on. `None` when there is none.
pub(super) fn indent(text: &str, map: &RangeMap) -> Option<(String, RangeMap)> {
    let tables = tables(text);
    if tables.is_empty() {
        return None;
    }
    let (mut text, mut map) = (text.to_owned(), map.clone());
    // The last first, so that the places of the others stay.
    for Table { lines, prefix } in tables.iter().rev() {
        for at in lines.iter().rev() {
            text.insert_str(*at, prefix);
        }
        map = map.with_insertions(lines, prefix.len());
    }
    Some((text, map))
}

fn tables(text: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    if !has_lazy_rows(text) {
        return tables;
    }
    let lines: Vec<Line<'_>> = lines(text).collect();
    let mut next = 0;
    for (number, line) in lines.iter().enumerate() {
        if line.is_fenced || number < next.max(2) || !is_delimiter_row(line.text) {
            continue;
        }
        let header = number - 1;
        let above = lines[..header].iter().rev().map(|line| line.text);
        if let Some(prefix) = lacking(lines[header].text, above) {
            let rows = lines[number + 1..].iter();
            next = number + 1 + rows.take_while(|line| goes_on(line.text)).count();
            let starts = lines[header..next].iter().map(|line| line.start);
            tables.push(Table {
                lines: starts.collect(),
                prefix,
            });
        }
    }
    tables
}

/// Whether there is a delimiter row whose table lacks something, in code or not. Hardly any text has one, and the others
/// need not be taken apart line by line.
fn has_lazy_rows(text: &str) -> bool {
    lines_with_bars(text).any(|(start, line)| {
        let mut above = text[..start].rsplit('\n').skip(1).map(str::trim_end);
        is_delimiter_row(line)
            && above
                .next()
                .is_some_and(|header| lacking(header, above).is_some())
    })
}

/// What the row `header` lacks to be in the item or quote that the paragraph in the lines `above` it is in, the nearest
/// line first.
fn lacking<'t>(header: &str, above: impl Iterator<Item = &'t str>) -> Option<String> {
    if !header.contains('|') || !goes_on(header) {
        return None;
    }
    for line in above {
        if let Some(width) = content_of_item(line) {
            return (indentation(header) < width).then(|| " ".repeat(width));
        }
        if let Some(quoted) = line.trim_start().strip_prefix('>') {
            let is_plain = content_of_item(quoted).is_none() && !quoted.trim().is_empty();
            return is_plain.then(|| "> ".to_owned());
        }
        if !goes_on(line) {
            return None;
        }
    }
    None
}

/// `|---|:-:|`
fn is_delimiter_row(line: &str) -> bool {
    let row = line.trim();
    row.contains('|')
        && row.contains('-')
        && row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
        && !row.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indented(text: &str) -> Option<String> {
        indent(text, &RangeMap::default()).map(|(text, _)| text)
    }

    #[test]
    fn a_table_gets_the_indentation_of_its_item() {
        let text = "1. a\nb\n| x | y |\n|---|---|\n| 1 | 2 |\n2. c\n";
        let wanted = "1. a\nb\n   | x | y |\n   |---|---|\n   | 1 | 2 |\n2. c\n";
        assert_eq!(indented(text).unwrap(), wanted);
        assert_eq!(indented("> a\nx|y\n-|-\n").unwrap(), "> a\n> x|y\n> -|-\n");
    }

    #[test]
    fn other_tables_stay() {
        for text in [
            "a\n| x |\n|---|\n",
            "- a\n\n| x |\n|---|\n",
            "- a\n  | x |\n  |---|\n",
            "```\n- a\n| x |\n|---|\n```\n",
            "- a\n# b\n| x |\n|---|\n",
            "- | x |\n|---|\n",
        ] {
            assert_eq!(indented(text), None, "{text}");
        }
    }
}
