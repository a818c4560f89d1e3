//! Tables whose first row has fewer cells than the row of hyphens below it.
//!
//! Hugo's Markdown adds the cells that are missing, as it does for every other row; that of GitHub, which pulldown-cmark
//! follows, sees no table then. Such a row gets cells that hold a mark, by which they are known.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::lines::{Line, lines, lines_with_bars, without_containers};
use crate::body::marks::FLANK;
use crate::body::range_map::RangeMap;

/// Completes the first rows of tables, as Markdown with `options` sees them. `None` when there is nothing to do.
pub(super) fn complete(text: &str, map: &RangeMap, options: Options) -> Option<(String, RangeMap)> {
    let mut rows = short_rows(text);
    if rows.is_empty() {
        return None;
    }
    keep_tables(text, &mut rows, options);
    let mut map = map.clone();
    for (at, cells) in rows.iter().rev() {
        map = map.with_insertions(&[*at], cells.len());
    }
    (!rows.is_empty()).then(|| (completed(text, &rows), map))
}

fn completed(text: &str, rows: &[(usize, String)]) -> String {
    let mut text = text.to_owned();
    // The last first, so that the places of the others stay.
    for (at, cells) in rows.iter().rev() {
        text.insert_str(*at, cells);
    }
    text
}

/// Leaves the rows that are those of tables when they are complete: what lines look like may be code.
fn keep_tables(text: &str, rows: &mut Vec<(usize, String)>, options: Options) {
    let text = completed(text, rows);
    let heads: Vec<Range<usize>> = Parser::new_ext(&text, options)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::TableHead)))
        .map(|(_, range)| range)
        .collect();
    let mut added = 0;
    rows.retain(|(at, cells)| {
        let place = at + added;
        added += cells.len();
        heads.iter().any(|head| head.contains(&place))
    });
}

/// Whether a cell is one that [`complete`] has added.
pub(super) fn is_added(cell: &str) -> bool {
    cell.trim().strip_prefix(FLANK) == Some("")
}

/// Where cells seem to be missing, and what is to be put there.
fn short_rows(text: &str) -> Vec<(usize, String)> {
    let mut rows = Vec::new();
    if !has_short_rows(text) {
        return rows;
    }
    let mut above: Option<Line<'_>> = None;
    for line in lines(text) {
        if let (Some(row), Some(columns)) = (above, columns(line.content))
            && !line.is_fenced
            && let Some(cells) = missing(row.content, columns)
        {
            rows.push((row.start + row.text.len(), cells));
        }
        above = (!line.is_fenced && is_text(line.content)).then_some(line);
    }
    rows
}

/// Whether there is such a row, in code or not. Hardly any text has one, and the others need not be taken apart line by
/// line.
fn has_short_rows(text: &str) -> bool {
    lines_with_bars(text).any(|(start, line)| {
        columns(without_containers(line)).is_some_and(|columns| {
            let above = text[..start].rsplit('\n').nth(1);
            above.is_some_and(|row| missing(without_containers(row), columns).is_some())
        })
    })
}

/// What a row with `columns` cells lacks.
fn missing(row: &str, columns: usize) -> Option<String> {
    let cells = cells(row);
    if cells >= columns {
        return None;
    }
    let mut out = String::new();
    if !ends_cell(row) {
        out.push_str(" |");
    }
    for _ in cells..columns {
        out.push(FLANK);
        out.push('|');
    }
    Some(out)
}

/// The cells of a row.
fn cells(row: &str) -> usize {
    let bars = bars(row);
    1 + bars - usize::from(row.starts_with('|')) - usize::from(bars > 1 && ends_cell(row))
}

/// The bars that no backslash takes for text.
fn bars(row: &str) -> usize {
    let mut escaped = false;
    let is_bar = |c: &char| {
        let bar = *c == '|' && !escaped;
        escaped = *c == '\\' && !escaped;
        bar
    };
    row.chars().filter(is_bar).count()
}

fn ends_cell(row: &str) -> bool {
    row.ends_with('|') && !row.ends_with("\\|")
}

/// The columns that a line such as `|---|:-:|` makes.
fn columns(line: &str) -> Option<usize> {
    let row = line.strip_prefix('|').unwrap_or(line);
    let row = row.strip_suffix('|').unwrap_or(row);
    let is_rule = |cell: &str| {
        let cell = cell.trim();
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    (line.contains('|') && row.split('|').all(is_rule)).then(|| row.split('|').count())
}

/// Whether a line can be the text of a paragraph.
fn is_text(content: &str) -> bool {
    !content.is_empty() && !content.starts_with(['#', '<'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(text: &str) -> Option<String> {
        complete(text, &RangeMap::default(), Options::ENABLE_TABLES).map(|(text, _)| text.replace(FLANK, "+"))
    }

    #[test]
    fn a_first_row_gets_the_cells_that_it_is_short_of() {
        assert_eq!(completed("| a |\n|---|---|\n").unwrap(), "| a |+|\n|---|---|\n");
        assert_eq!(
            completed("a | b\n:-:|--:|:-:\n").unwrap(),
            "a | b |+|\n:-:|--:|:-:\n"
        );
        assert_eq!(completed("> a:\n> |-|-|\n").unwrap(), "> a: |+|\n> |-|-|\n");
        assert_eq!(completed("- | a |\n  |-|-|\n").unwrap(), "- | a |+|\n  |-|-|\n");
        assert_eq!(
            completed("- x\n\n    | a |\n    |-|-|\n").unwrap(),
            "- x\n\n    | a |+|\n    |-|-|\n"
        );
        assert_eq!(completed("| a \\| b |\n|-|-|").unwrap(), "| a \\| b |+|\n|-|-|");
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "| a | b |\n|---|---|\n",
            "a|b\n-|-\n",
            "| a | b |\n|---|\n",
            "\n|---|---|\n",
            "# a\n|---|---|\n",
            "```\n| a |\n|---|---|\n```\n",
            "```\n```md\na\n|---|---|\n```\n",
            "> a\n|---|---|\n",
            "    | a |\n    |---|---|\n",
            "- x\n\n      | a |\n      |---|---|\n",
            "- x\n\ny\n\n    | a |\n    |---|---|\n",
            "| a | b |\n|===|===|===|\n",
            "|\n|-\n",
        ] {
            assert_eq!(completed(text), None, "{text}");
        }
    }
}
