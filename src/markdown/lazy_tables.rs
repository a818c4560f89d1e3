//! Tables of which lines lack the indentation of the list item or the sign of the quote that they are in.
//!
//! Markdown lets a paragraph go on that way, and Hugo makes the table out of the paragraph, so that all of it is in the
//! item. pulldown-cmark ends the table there, or reads none. Such lines get what they lack.

use super::lines::{
    Line, content_of_item, goes_on, indentation, is_delimiter_row, lines, lines_like_delimiter_rows,
    without_containers,
};
use crate::markup::range_map::RangeMap;

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
    if !has_lazy_lines(text) {
        return tables;
    }
    let lines: Vec<Line<'_>> = lines(text).collect();
    let mut next = 0;
    for (number, line) in lines.iter().enumerate() {
        if line.is_fenced || number < next.max(1) || !is_quoted_delimiter_row(line.text) {
            continue;
        }
        let header = number - 1;
        let above = lines[..header].iter().rev().map(|line| line.text);
        let (first, prefix) = match lacking(lines[header].text, above) {
            Some(prefix) => (header, prefix),
            None => (number, containers(lines[header].text)),
        };
        if prefix.is_empty() {
            continue;
        }
        let rows = lines[first..].iter().map(|line| (line.start, line.text));
        let lacking: Vec<usize> = lacking_lines(rows, &prefix).collect();
        next = number + 1;
        if !lacking.is_empty() {
            tables.push(Table {
                lines: lacking,
                prefix,
            });
        }
    }
    tables
}

/// Whether there is a delimiter row whose table lacks something, in code or not. Hardly any text has one, and the others
/// need not be taken apart line by line.
fn has_lazy_lines(text: &str) -> bool {
    lines_like_delimiter_rows(text).any(|(start, line)| {
        let mut above = text[..start].rsplit('\n').skip(1).map(str::trim_end);
        if !is_quoted_delimiter_row(line) {
            return false;
        }
        let Some(header) = above.next() else { return false };
        let prefix = containers(header);
        let rows = || text[start..].split('\n').map(|line| (0, line.trim_end()));
        lacking(header, above).is_some()
            || !prefix.is_empty() && lacking_lines(rows(), &prefix).next().is_some()
    })
}

/// What a table's lines begin with to be in the item or quote of its first row; nothing where that is a rule or code.
fn containers(header: &str) -> String {
    let len = header.len() - without_containers(header).len();
    if is_rule(header) || (len > 3 && header[..len].trim().is_empty()) {
        return String::new();
    }
    let further = |c: char| if c == '>' { c } else { ' ' };
    header[..len].chars().map(further).collect()
}

/// Those of a table's lines that lack `prefix`. The table ends where another block begins.
fn lacking_lines<'t>(
    rows: impl Iterator<Item = (usize, &'t str)>,
    prefix: &str,
) -> impl Iterator<Item = usize> {
    let is_quoted = prefix.contains('>');
    let is_in = move |line: &str| {
        if is_quoted {
            line.trim_start().starts_with('>')
        } else {
            !line.trim().is_empty() && indentation(line) >= prefix.len()
        }
    };
    let is_lazy = |line: &str| goes_on(line) && !is_rule(line);
    rows.take_while(move |(_, line)| is_in(line) || is_lazy(line))
        .filter(move |(_, line)| !is_in(line))
        .map(|(start, _)| start)
}

/// What the row `header` lacks to be in the item or quote that the paragraph in the lines `above` it is in, the nearest
/// line first.
fn lacking<'t>(header: &str, above: impl Iterator<Item = &'t str>) -> Option<String> {
    if !goes_on(header) {
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

/// A line of hyphens, asterisks or underscores.
fn is_rule(line: &str) -> bool {
    let text = line.trim();
    let sign = text.chars().next();
    matches!(sign, Some('-' | '*' | '_')) && text.chars().all(|c| c == ' ' || Some(c) == sign)
}

/// `> |---|:-:|`, perhaps in a quote, and in no list item.
fn is_quoted_delimiter_row(line: &str) -> bool {
    let row = line.trim_start_matches(['>', ' ']).trim_end();
    is_delimiter_row(row) && !row.starts_with("- ")
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
        assert_eq!(indented("- | x |\n|---|\n").unwrap(), "- | x |\n  |---|\n");
    }

    #[test]
    fn rows_get_what_the_first_row_has() {
        assert_eq!(
            indented("> x|y\n> -|-\n1|2\n> 3|4\n5\n\n6|7\n").unwrap(),
            "> x|y\n> -|-\n> 1|2\n> 3|4\n> 5\n\n6|7\n"
        );
        assert_eq!(
            indented("- a\n  | x |\n  |---|\n| 1 |\n- | 2 |\n").unwrap(),
            "- a\n  | x |\n  |---|\n  | 1 |\n- | 2 |\n"
        );
        assert_eq!(
            indented("> > x|y\n> > -|-\n1|2\n").unwrap(),
            "> > x|y\n> > -|-\n> > 1|2\n"
        );
    }

    #[test]
    fn other_tables_stay() {
        for text in [
            "a\n| x |\n|---|\n",
            "- a\n\n| x |\n|---|\n",
            "- a\n  | x |\n  |---|\n",
            "```\n- a\n| x |\n|---|\n```\n",
            "- a\n# b\n| x |\n|---|\n",
            "> | x |\n> |---|\n> | 1 |\n---\n",
            "> | x |\n> |---|\n# b\n",
            "- | x |\n  |---|\n  | 1 |\n- b\n",
            "* * *\n|---|\n",
            "     | x |\n |---|\n",
        ] {
            assert_eq!(indented(text), None, "{text}");
        }
    }
}
