//! Tables whose first row pulldown-cmark does not see as one.
//!
//! Hugo's Markdown adds the cells that the first row lacks below the row of hyphens, as it does for every other row; that
//! of GitHub, which pulldown-cmark follows, sees no table then. Such a row gets cells that hold a mark, by which they are
//! known. And Hugo takes the last line of a paragraph for such a row however it begins; here it gets the bar that it may
//! begin with.

use pulldown_cmark::{Options, Tag};

use super::lines::{Line, blocks, lines, lines_like_delimiter_rows, without_containers};
use crate::markup::marks::FLANK;
use crate::markup::range_map::RangeMap;

/// A first row, and what it lacks.
struct Head {
    /// Where its text begins.
    start: usize,
    bar: &'static str,
    /// Where it ends.
    end: usize,
    cells: String,
}

/// Completes the first rows of tables, as Markdown with `options` sees them. `None` when there is nothing to do.
pub(super) fn complete(text: &str, map: &RangeMap, options: Options) -> Option<(String, RangeMap)> {
    let mut heads = short_heads(text);
    if heads.is_empty() {
        return None;
    }
    keep_tables(text, &mut heads, options);
    let mut map = map.clone();
    for head in heads.iter().rev() {
        map = map.with_insertions(&[head.end], head.cells.len());
        map = map.with_insertions(&[head.start], head.bar.len());
    }
    (!heads.is_empty()).then(|| (completed(text, &heads), map))
}

fn completed(text: &str, heads: &[Head]) -> String {
    let mut text = text.to_owned();
    // The last first, so that the places of the others stay.
    for head in heads.iter().rev() {
        text.insert_str(head.end, &head.cells);
        text.insert_str(head.start, head.bar);
    }
    text
}

/// Leaves the rows that are those of tables when they are complete: what lines look like may be code.
fn keep_tables(text: &str, heads: &mut Vec<Head>, options: Options) {
    let text = completed(text, heads);
    let tables = blocks(&text, options, |tag| matches!(tag, Tag::TableHead));
    let mut added = 0;
    heads.retain(|head| {
        let place = head.start + added;
        added += head.bar.len() + head.cells.len();
        tables.iter().any(|table| table.contains(&place))
    });
}

/// Whether a cell is one that [`complete`] has added.
pub(super) fn is_added(cell: &str) -> bool {
    cell.trim().strip_prefix(FLANK) == Some("")
}

/// The rows that seem to lack something.
fn short_heads(text: &str) -> Vec<Head> {
    let mut heads = Vec::new();
    if !has_short_heads(text) {
        return heads;
    }
    let mut above: [Option<Line<'_>>; 2] = [None, None];
    for line in lines(text) {
        if let ([text_above, Some(row)], Some(columns)) = (above, columns(line.content))
            && !line.is_fenced
            && let Some((bar, cells)) = lacking(row.content, columns, text_above.is_some())
        {
            let end = row.start + row.text.len();
            heads.push(Head {
                start: end - row.content.len(),
                bar,
                end,
                cells,
            });
        }
        above = [
            above[1],
            (!line.is_fenced && is_text(line.content)).then_some(line),
        ];
    }
    heads
}

/// Whether there is such a row, in code or not. Hardly any text has one, and the others need not be taken apart line by
/// line.
fn has_short_heads(text: &str) -> bool {
    lines_like_delimiter_rows(text).any(|(start, line)| {
        columns(without_containers(line)).is_some_and(|columns| {
            let mut above = text[..start].rsplit('\n').skip(1).map(without_containers);
            let row = above.next();
            row.is_some_and(|row| lacking(row, columns, above.next().is_some_and(is_text)).is_some())
        })
    })
}

/// The bar at its beginning and the cells at its end that a row lacks to be the first of a table with `columns`, perhaps
/// behind other lines of a paragraph.
fn lacking(row: &str, columns: usize, text_above: bool) -> Option<(&'static str, String)> {
    let cells = missing(row, columns);
    // A bar before a tag would keep it from beginning a block of HTML.
    let is_begun = row.starts_with(['|', '<']) || !(text_above || columns == 1);
    if !is_text(row) || (is_begun && cells.is_none()) || crate::markdown::short_headers::cells(row) > columns
    {
        return None;
    }
    Some((if is_begun { "" } else { "|" }, cells.unwrap_or_default()))
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

/// Whether a line can be the text of a paragraph: a line with one tag and nothing else is HTML.
fn is_text(content: &str) -> bool {
    let is_tag = content.starts_with('<') && content.find('>').is_none_or(|end| end + 1 == content.len());
    !content.is_empty() && !content.starts_with('#') && !is_tag
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
    fn the_last_line_of_a_paragraph_gets_a_bar() {
        assert_eq!(completed("a\nb\n|-|-|\n").unwrap(), "a\n|b |+|\n|-|-|\n");
        assert_eq!(completed("a\nb | c\n-|-\n").unwrap(), "a\n|b | c\n-|-\n");
        assert_eq!(
            completed("> a\n> b\n> |-|-|\n").unwrap(),
            "> a\n> |b |+|\n> |-|-|\n"
        );
        assert_eq!(completed("a\n|-|\n").unwrap(), "|a\n|-|\n");
        assert_eq!(completed("<b>a</b>\n|-|-|\n").unwrap(), "<b>a</b> |+|\n|-|-|\n");
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "| a | b |\n|---|---|\n",
            "a|b\n-|-\n",
            "| a | b |\n|---|\n",
            "\n|---|---|\n",
            "<b>\n|---|---|\n",
            "a\n<div>\n|---|---|\n",
            "a\n<details><summary>b\n|---|---|\n",
            "a\nb | c | d\n---|---\n",
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
