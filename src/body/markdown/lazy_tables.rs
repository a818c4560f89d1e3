//! Tables that follow a line of a list item or a quote without its indentation or its sign.
//!
//! Markdown lets a paragraph go on that way, and Hugo makes the table out of the paragraph, so that it is in the item.
//! pulldown-cmark reads no table there. Such lines get what they lack.

use memchr::{memchr, memrchr};

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
    let (mut lines, mut at): (Vec<(usize, &str)>, usize) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        lines.push((at, line.trim_end()));
        at += line.len();
    }
    let (mut fence, mut next) = (None, 0);
    for (number, (_, line)) in lines.iter().enumerate() {
        let content = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        let ticks = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark));
        match (fence, ticks) {
            (None, Some(_)) => fence = ticks,
            (Some(open), Some(close)) if open == close => fence = None,
            _ => {}
        }
        if fence.is_some() || number < next.max(2) || !is_delimiter_row(line) {
            continue;
        }
        let header = number - 1;
        let above = lines[..header].iter().rev().map(|(_, line)| *line);
        if let Some(prefix) = lacking(lines[header].1, above) {
            let rows = lines[number + 1..].iter().take_while(|(_, line)| goes_on(line));
            next = number + 1 + rows.count();
            let starts = lines[header..next].iter().map(|(at, _)| *at);
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
        is_delimiter_row(line.trim_end())
            && above
                .next()
                .is_some_and(|header| lacking(header, above).is_some())
    })
}

/// The lines that hold `|`, and where they start; all lines of tables are among them.
pub(super) fn lines_with_bars(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        let at = next + memchr(b'|', &bytes[next..])?;
        let start = memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        next = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
        Some((start, &text[start..next]))
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

/// Whether a line goes on with a paragraph: it is not empty and begins no other block.
pub(super) fn goes_on(line: &str) -> bool {
    let text = line.trim_start();
    !text.is_empty()
        && indentation(line) < 4
        && !line.starts_with('\t')
        && content_of_item(line).is_none()
        && !text.starts_with(['>', '#', '<'])
        && !text.starts_with("```")
        && !text.starts_with("~~~")
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where the text of a list item begins on its first line; `None` for a line that begins no item.
pub(super) fn content_of_item(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    let after = match rest.trim_start_matches(|c: char| c.is_ascii_digit()) {
        numbered if numbered.len() < rest.len() => numbered.strip_prefix(['.', ')'])?,
        _ => rest.strip_prefix(['-', '*', '+'])?,
    };
    let text = after.trim_start_matches(' ');
    let spaces = after.len() - text.len();
    (spaces > 0 && !text.is_empty()).then(|| line.len() - after.len() + if spaces > 4 { 1 } else { spaces })
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
