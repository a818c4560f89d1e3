//! Rows of tables that pulldown-cmark takes for list items.
//!
//! To Hugo's Markdown a table is a paragraph, and a list that does not begin with 1 ends no paragraph: `2. Next` below a
//! table is a row of it. Such a line gets the bar that a row may begin with.

use pulldown_cmark::{Options, Tag};

use super::lines::{
    Line, blocks, content_of_item, fence, indentation, is_delimiter_row, lines, lines_like_delimiter_rows,
};
use crate::markdown::flanking;
use crate::markup::range_map::RangeMap;

const BAR: char = '|';

/// Marks the rows, as Markdown with `options` sees them. `None` when there is none.
pub(super) fn mark(text: &str, map: &RangeMap, options: Options) -> Option<(String, RangeMap)> {
    let mut places = places(text);
    if places.is_empty() {
        return None;
    }
    keep_rows(text, &mut places, options);
    let map = || map.clone().with_insertions(&places, BAR.len_utf8());
    (!places.is_empty()).then(|| (marked(text, &places), map()))
}

fn marked(text: &str, places: &[usize]) -> String {
    let bars: Vec<(usize, char)> = places.iter().map(|place| (*place, BAR)).collect();
    flanking::insert(text, &bars)
}

/// Leaves the places that are in tables: what lines look like may be something else.
fn keep_rows(text: &str, places: &mut Vec<usize>, options: Options) {
    let text = marked(text, places);
    let rows = blocks(&text, options, |tag| matches!(tag, Tag::TableRow));
    let mut added = 0;
    places.retain(|place| {
        let place = place + added;
        added += BAR.len_utf8();
        rows.iter().any(|row| row.contains(&place))
    });
}

/// Where lines below something like a table begin like list items, and are rows.
fn places(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    if !has_items(text) {
        return places;
    }
    let mut table: Option<&str> = None;
    for line in lines(text) {
        if is_delimiter_row(line.content) {
            table = Some(&line.text[..line.text.len() - line.content.len()]);
        } else if let Some(prefix) = table {
            match row(&line, prefix) {
                Some(Row::Plain) => {}
                Some(Row::LikeItem) => places.push(line.start + prefix.len()),
                None => table = None,
            }
        }
    }
    places
}

/// Whether something like a list item is below something like a table, before an empty line. Hardly any text has it, and
/// the others need not be taken apart line by line.
fn has_items(text: &str) -> bool {
    lines_like_delimiter_rows(text).any(|(start, _)| {
        let below = text[start..].lines().skip(1);
        let mut below = below
            .map(|line| line.trim_matches([' ', '>']))
            .take_while(|line| !line.is_empty());
        below.any(|line| content_of_item(line).is_some() || is_empty_item(line))
    })
}

enum Row {
    Plain,
    LikeItem,
}

/// What a line is to the table above it whose lines begin with `prefix`; nothing where it ends the table.
fn row(line: &Line<'_>, prefix: &str) -> Option<Row> {
    let is_inside =
        line.text.starts_with(prefix) || (prefix.trim().is_empty() && indentation(line.text) >= prefix.len());
    let rest = line
        .text
        .get(prefix.len()..)
        .filter(|_| is_inside && !line.is_fenced)?;
    let text = rest.trim_start();
    let is_indented = indentation(rest) >= 4;
    let is_item = content_of_item(text).is_some() || is_empty_item(text);
    let ends = text.starts_with(['>', '#', '<']) || fence(text).is_some() || (is_item && !may_go_on(text));
    match (text.is_empty(), is_item, ends && !is_indented) {
        (true, ..) | (.., true) => None,
        (_, true, _) => Some(Row::LikeItem),
        _ => Some(Row::Plain),
    }
}

/// Whether a list item does not end a paragraph: it has a number other than 1, or nothing but its number.
fn may_go_on(item: &str) -> bool {
    let number = item.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = item[..number.len()].split(['.', ')']).next().unwrap_or_default();
    (!number.is_empty() && number != "1" && number.bytes().all(|byte| byte.is_ascii_digit()))
        || is_empty_item(item)
}

/// `2.`
fn is_empty_item(text: &str) -> bool {
    let number = text.strip_suffix(['.', ')']).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Option<String> {
        mark(text, &RangeMap::default(), Options::ENABLE_TABLES).map(|(text, _)| text)
    }

    #[test]
    fn a_number_other_than_1_is_a_row() {
        assert_eq!(
            marked("|a|b|\n|-|-|\n|1|2|\n2. c\n3) d\nx\n10.\n").unwrap(),
            "|a|b|\n|-|-|\n|1|2|\n|2. c\n|3) d\nx\n|10.\n"
        );
        assert_eq!(
            marked("> |a|\n> |-|\n> 2. c\n").unwrap(),
            "> |a|\n> |-|\n> |2. c\n"
        );
        assert_eq!(
            marked("- x\n\n  |a|\n  |-|\n  2. c\n").unwrap(),
            "- x\n\n  |a|\n  |-|\n  |2. c\n"
        );
        assert_eq!(marked("|a|\n|-|\n    - b\n").unwrap(), "|a|\n|-|\n|    - b\n");
    }

    #[test]
    fn what_ends_a_table_stays() {
        for text in [
            "|a|b|\n|-|-|\n1. c\n",
            "|a|b|\n|-|-|\n\n2. c\n",
            "|a|b|\n|-|-|\n- c\n2. d\n",
            "|a|b|\n|-|-|\n# c\n2. d\n",
            "|a|b|\n|-|-|\n<div>\n2. d\n",
            "1. x\n\n   |a|b|\n   |-|-|\n2. d\n",
            "```\n|a|b|\n|-|-|\n2. c\n```\n",
            "x\n\n|-|-|\n2. c\n",
        ] {
            assert_eq!(marked(text), None, "{text}");
        }
    }
}
