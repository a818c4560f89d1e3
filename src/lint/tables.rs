//! Tables without the row that makes them one, and cells that no column takes.

use super::Line;
use super::prose::{Prose, inside};
use crate::diag::{Diagnostic, Diagnostics, Kind};

pub(super) fn check(prose: &Prose<'_>, found: &mut Diagnostics) {
    let lines = prose.lines();
    let mut at = 0;
    while at < lines.len() {
        let rows = lines[at..].iter().take_while(|line| is_row(**line)).count();
        let begins = at == 0 || lines[at - 1].is_blank();
        if rows >= 2 && begins {
            table(prose, &lines[at..at + rows], found);
        }
        at += rows.max(1);
    }
}

/// Returns true for a line with a sign at either end. Its cells may hold code.
fn is_row(line: Line<'_>) -> bool {
    let (text, _) = inside(line.text);
    text.len() > 2 && text.starts_with('|') && text.ends_with('|') && line.indent() < 4
}

fn table(prose: &Prose<'_>, rows: &[Line<'_>], found: &mut Diagnostics) {
    let columns = cells(rows[0]).len();
    if !is_divider(rows[1]) {
        let equal = rows.iter().all(|row| cells(*row).len() == columns);
        if equal && columns > 1 && !rows.iter().any(|row| is_divider(*row)) {
            no_divider(prose, rows[0], columns, found);
        }
        return;
    }
    let dividers = cells(rows[1]).len();
    // A first row that is short of cells is a table to Hugo.
    if dividers < columns {
        let (text, at) = inside(rows[1].written);
        let message =
            format!("this is no table: its first row has {columns} cells, and the row of hyphens {dividers}");
        let span = rows[1].span(prose, at, at + text.len());
        found.push(
            Diagnostic::of(Kind::SlipTable, span, message).help("write as many groups of hyphens as cells"),
        );
        return;
    }
    let columns = dividers;
    for row in &rows[2..] {
        let cells = cells(*row);
        let lost = cells
            .iter()
            .skip(columns)
            .find(|(_, text)| !text.trim().is_empty());
        if let Some((at, text)) = lost {
            let message = format!("this cell is not shown: the table has {columns} columns");
            let span = row.span(prose, *at, at + text.trim_end().len());
            let help =
                "add a column to the first two rows, or write `\\|` for a sign that is part of the text";
            found.push(Diagnostic::of(Kind::SlipTable, span, message).help(help));
        }
    }
}

fn no_divider(prose: &Prose<'_>, first: Line<'_>, columns: usize, found: &mut Diagnostics) {
    let (text, at) = inside(first.written);
    let span = first.span(prose, at, at + text.len());
    let divider = format!("|{}", "---|".repeat(columns));
    let end = first.span(prose, first.written.len(), first.written.len());
    let edit = format!("\n{}{divider}", &first.written[..at]);
    found.push(
        Diagnostic::of(
            Kind::SlipTable,
            span,
            "this is no table: the row of hyphens is missing",
        )
        .help(format!("write `{divider}` below the first row"))
        .edit(end, edit),
    );
}

/// `|---|:-:|`.
fn is_divider(row: Line<'_>) -> bool {
    let (text, _) = inside(row.text);
    text.contains('-') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells of a row with their places in the line.
fn cells(row: Line<'_>) -> Vec<(usize, &str)> {
    let (text, at) = inside(row.written);
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner
        .strip_suffix('|')
        .filter(|rest| !rest.ends_with('\\'))
        .unwrap_or(inner);
    let mut out = Vec::new();
    let mut start = 0;
    let ends = inner
        .match_indices('|')
        .map(|(at, _)| at)
        .filter(|at| !inner[..*at].ends_with('\\'));
    for end in ends.chain([inner.len()]) {
        out.push((at + 1 + start, &inner[start..end]));
        start = end + 1;
    }
    out
}
