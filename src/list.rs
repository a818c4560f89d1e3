//! The pages of a site in reading order, for `wsgen list`.
//!
//! Takes the [`Results`] of reading a site; gives [`Row`]s and writes them as a table for people, as JSON or as CSV.

pub mod translations;

use std::fmt::Write as _;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use crate::account;
use crate::duration;
use crate::graph::{Graph, LeftOut, Page, PageId, link};
use crate::pipeline::Results;

/// A page in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Key of the language.
    pub language: String,
    /// `home`, `section` or `page`.
    pub kind: &'static str,
    /// Depth in the tree: 0 for the home page.
    pub depth: usize,
    /// Weight; nothing when it is not set.
    pub weight: Option<i64>,
    /// Title of the page.
    pub title: String,
    /// URL with the base path.
    pub url: String,
    /// The source file; `None` for a part without one.
    pub file: Option<String>,
    /// Words of the text.
    pub words: usize,
    /// `duration`, `time` or `minutes` of the front matter, as written.
    pub duration: Option<String>,
    /// Minutes that it takes, if known; of a part, the sum over its pages.
    pub minutes: Option<u32>,
    /// True for a draft.
    pub draft: bool,
    /// The reason for which it is no page of the site: `draft`, `shadowed`.
    pub left_out: Option<&'static str>,
}

/// The pages of every language in reading order.
pub fn rows(site: &Results) -> Vec<Row> {
    let languages = site.graph.sites.iter();
    languages
        .flat_map(|language| &language.reading_order)
        .map(|id| row(site, *id))
        .collect()
}

fn row(site: &Results, id: PageId) -> Row {
    let page = site.graph.page(id);
    let facts = site.facts.get(id.0 as usize).and_then(Option::as_ref);
    let file = page
        .source
        .and_then(|source| site.tree.path(site.parsed[source].file));
    Row {
        language: site.config.languages[page.lang].key.clone(),
        kind: page.kind.name(),
        depth: depth(&site.graph, page),
        weight: Some(page.front.weight).filter(|weight| *weight != 0),
        title: page.title.clone(),
        url: link(&site.config, "/", &page.url),
        file: file.map(str::to_owned),
        words: facts.map_or(0, |facts| facts.words),
        minutes: Some(page.minutes).filter(|minutes| *minutes > 0),
        duration: duration(page),
        draft: page.front.draft,
        left_out: None,
    }
}

/// The content files that are left out, by path.
pub fn left_out(site: &Results) -> Vec<Row> {
    let files = account::left_out(site.content());
    files
        .into_iter()
        .map(|(path, reason)| Row {
            language: String::new(),
            kind: "file",
            depth: 0,
            weight: None,
            title: String::new(),
            url: String::new(),
            file: Some(path),
            words: 0,
            duration: None,
            minutes: None,
            draft: reason == LeftOut::Draft,
            left_out: Some(reason.word()),
        })
        .collect()
}

fn depth(graph: &Graph, page: &Page) -> usize {
    let above = |id: &PageId| graph.page(*id).parent;
    std::iter::successors(page.parent, above)
        .take(graph.pages.len())
        .count()
}

fn duration(page: &Page) -> Option<String> {
    ["duration", "time", "minutes"]
        .iter()
        .find_map(|key| page.params.text(key))
        .filter(|text| !text.trim().is_empty())
}

/// The rows as a JSON array.
pub fn json(rows: &[Row]) -> String {
    // Rows are text and numbers, which JSON has.
    serde_json::to_string_pretty(rows).unwrap_or_default() + "\n"
}

/// The rows as comma-separated values with a line of names, as RFC 4180 wants it but with `\n`.
pub fn csv(rows: &[Row]) -> String {
    let mut out = String::from("language,kind,weight,title,url,file,words,duration,minutes,draft,left_out\n");
    for row in rows {
        let cells = [
            row.language.clone(),
            row.kind.to_owned(),
            row.weight.map(|weight| weight.to_string()).unwrap_or_default(),
            row.title.clone(),
            row.url.clone(),
            row.file.clone().unwrap_or_default(),
            row.words.to_string(),
            row.duration.clone().unwrap_or_default(),
            row.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            row.draft.to_string(),
            row.left_out.unwrap_or_default().to_owned(),
        ];
        out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        out.push('\n');
    }
    out
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// The rows as a table for people; titles show the tree, and each language ends with its sums.
pub fn table(all: &[Row]) -> String {
    let mut out = String::new();
    let rows: Vec<Row> = all.iter().filter(|row| row.left_out.is_none()).cloned().collect();
    for group in rows.chunk_by(|a, b| a.language == b.language) {
        if !out.is_empty() {
            out.push('\n');
        }
        let several = rows.iter().any(|row| row.language != group[0].language);
        if several {
            let _ = writeln!(out, "{}", group[0].language);
        }
        write_group(&mut out, group);
    }
    out + &left_out_table(all)
}

/// The files that are left out, with the reasons.
fn left_out_table(rows: &[Row]) -> String {
    let file = |row: &Row| row.file.clone().unwrap_or_default();
    let left_out = rows.iter().filter_map(|row| Some((file(row), row.left_out?)));
    let left_out: Vec<(String, &str)> = left_out.collect();
    let width = left_out.iter().map(|(file, _)| file.width()).max().unwrap_or(0);
    let mut out = String::new();
    for (nth, (file, reason)) in left_out.iter().enumerate() {
        if nth == 0 {
            out.push_str("\nleft out\n");
        }
        let _ = writeln!(out, "{}  {reason}", left(file, width));
    }
    out
}

fn write_group(out: &mut String, rows: &[Row]) {
    let cells: Vec<[String; 5]> =
        std::iter::once(["weight", "title", "url", "words", "time"].map(str::to_owned))
            .chain(rows.iter().map(cells))
            .collect();
    let width = |column: usize| cells.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    for row in &cells {
        let line = format!(
            "{}  {}  {}  {}  {}",
            right(&row[0], widths[0]),
            left(&row[1], widths[1]),
            left(&row[2], widths[2]),
            right(&row[3], widths[3]),
            right(&row[4], widths[4]),
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let _ = writeln!(out, "{}", sums(rows));
}

fn cells(row: &Row) -> [String; 5] {
    let draft = if row.draft { " (draft)" } else { "" };
    [
        row.weight.map(|weight| weight.to_string()).unwrap_or_default(),
        format!("{}{}{draft}", "  ".repeat(row.depth), one_line(&row.title)),
        row.url.clone(),
        row.words.to_string(),
        time(row),
    ]
}

/// The time as in the sums; a text that cannot be understood is unchanged.
fn time(row: &Row) -> String {
    let written = row.duration.clone().unwrap_or_default();
    row.minutes.map_or(written, duration::spelled)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sums(rows: &[Row]) -> String {
    let words: usize = rows.iter().map(|row| row.words).sum();
    // Parts hold the sums of their pages.
    let top = rows.iter().map(|row| row.depth).min().unwrap_or_default();
    let minutes: u32 = rows
        .iter()
        .filter(|row| row.depth == top)
        .filter_map(|row| row.minutes)
        .sum();
    let pages = rows.len();
    let time = match minutes {
        0 => String::new(),
        minutes => format!(", {}", duration::spelled(minutes)),
    };
    let noun = if pages == 1 { "page" } else { "pages" };
    format!("{pages} {noun}, {words} words{time}")
}

fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(title: &str, depth: usize, weight: Option<i64>) -> Row {
        Row {
            language: "en".to_owned(),
            kind: "page",
            depth,
            weight,
            title: title.to_owned(),
            url: format!("/{title}/"),
            file: Some(format!("content/{title}.md")),
            words: 12,
            duration: Some("1h 5m".to_owned()),
            minutes: Some(65),
            draft: weight.is_none(),
            left_out: None,
        }
    }

    #[test]
    fn the_table_shows_the_tree_and_the_sums() {
        let text = table(&[sample("part", 1, Some(10)), sample("準備", 2, None)]);
        let expected = "\
weight  title             url     words       time
    10    part            /part/     12  1 h 5 min
            準備 (draft)  /準備/     12  1 h 5 min
2 pages, 24 words, 1 h 5 min
";
        assert_eq!(text, expected);
    }

    #[test]
    fn files_that_are_left_out_come_last() {
        let draft = Row {
            left_out: Some("draft"),
            ..sample("b", 0, None)
        };
        let text = table(&[draft, sample("a", 0, Some(1))]);
        assert!(
            text.ends_with("\n1 page, 12 words, 1 h 5 min\n\nleft out\ncontent/b.md  draft\n"),
            "{text}"
        );
    }

    #[test]
    fn languages_are_told_apart() {
        let german = Row {
            language: "de".to_owned(),
            ..sample("b", 0, None)
        };
        let text = table(&[sample("a", 0, None), german]);
        assert!(text.starts_with("en\nweight"), "{text}");
        assert!(text.contains("\n\nde\nweight"), "{text}");
    }

    #[test]
    fn csv_quotes_what_has_to_be_quoted() {
        let text = csv(&[sample("a \"b\", c", 0, None)]);
        let line = text.lines().nth(1).unwrap();
        assert!(line.starts_with("en,page,,\"a \"\"b\"\", c\","), "{line}");
        assert!(line.ends_with(",12,1h 5m,65,true,"), "{line}");
    }
}
