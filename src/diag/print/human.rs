//! The format for people: the message, the source line, a mark under the place, and advice.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::Places;
use super::inert::{self, visible};
use crate::diag::lines::LineIndex;
use crate::diag::{Diagnostic, Severity, Span};

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const WARNING: Style = AnsiColor::BrightYellow.on_default().bold();
const NOTE: Style = AnsiColor::BrightCyan.on_default().bold();
const FRAME: Style = AnsiColor::BrightBlue.on_default().bold();
const STRONG: Style = Style::new().bold();

/// Columns of a tab.
const TAB: usize = 4;
/// The sign where a line is cut.
const CUT: char = '…';

/// All findings, an empty line after each.
pub(super) fn render(list: &[Diagnostic], places: &mut Places<'_>, width: usize) -> String {
    list.iter()
        .map(|d| one(d, places, width.max(20)) + "\n")
        .collect()
}

fn one(d: &Diagnostic, places: &mut Places<'_>, width: usize) -> String {
    let marks = marks(d);
    let gutter = marks
        .iter()
        .map(|mark| last_line_digits(mark.span, places))
        .max()
        .unwrap_or(1);
    let mut out = title(d);
    let mut previous = None;
    for (nth, mark) in marks.iter().enumerate() {
        let arrow = if nth == 0 { "-->" } else { ":::" };
        mark.draw(
            &mut out,
            &Frame {
                gutter,
                width,
                arrow,
                previous,
            },
            places,
        );
        previous = Some(mark.span);
    }
    if let Some(help) = &d.help {
        let _ = writeln!(
            out,
            "{:gutter$} {FRAME}={FRAME:#} {STRONG}help{STRONG:#}: {}",
            "",
            indent(help, gutter + 9)
        );
    }
    out
}

fn title(d: &Diagnostic) -> String {
    let style = severity_style(d.severity);
    let (name, message) = (d.severity.name(), indent(&d.message, 2));
    format!(
        "{style}{name}[{}]{style:#}{STRONG}: {message}{STRONG:#}\n",
        d.name()
    )
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Note => NOTE,
        Severity::Warning => WARNING,
        Severity::Error => ERROR,
    }
}

/// Several lines, all but the first moved to the right.
fn indent(text: &str, by: usize) -> String {
    let lines: Vec<_> = text.lines().map(inert::line).collect();
    lines.join(&format!("\n{:by$}", ""))
}

/// A place to mark, with a remark.
struct Mark<'d> {
    span: Span,
    text: &'d str,
    style: Style,
    underline: char,
}

/// The layout around a mark.
struct Frame<'f> {
    /// Digits of the largest line number.
    gutter: usize,
    width: usize,
    arrow: &'f str,
    /// The mark drawn before this one.
    previous: Option<Span>,
}

fn marks(d: &Diagnostic) -> Vec<Mark<'_>> {
    let style = severity_style(d.severity);
    let primary = d.span.map(|span| Mark {
        span,
        text: "",
        style,
        underline: '^',
    });
    let labels = d.labels.iter().map(|l| Mark {
        span: l.span,
        text: &l.text,
        style: FRAME,
        underline: '-',
    });
    primary.into_iter().chain(labels).collect()
}

fn last_line_digits(span: Span, places: &mut Places<'_>) -> usize {
    places
        .place(span)
        .lines
        .map_or(1, |(start, _)| start.line.to_string().len())
}

impl Mark<'_> {
    fn draw(&self, out: &mut String, frame: &Frame<'_>, places: &mut Places<'_>) {
        let gutter = frame.gutter;
        let place = places.place(self.span);
        let Some((start, _)) = place.lines else {
            let said = format!("{place} {}", indent(self.text, 2));
            let _ = writeln!(
                out,
                "{:gutter$}{FRAME}{}{FRAME:#} {}",
                "",
                frame.arrow,
                said.trim_end()
            );
            return;
        };
        let same_line = frame.previous.is_some_and(|span| {
            span.file == self.span.file
                && places
                    .place(span)
                    .lines
                    .is_some_and(|(p, _)| p.line == start.line)
        });
        let Some(index) = places.index(self.span.file) else {
            return;
        };
        let source = SourceLine::new(index, start.line, self.span, frame.width);
        if !(same_line && source.whole) {
            let _ = writeln!(out, "{:gutter$}{FRAME}{}{FRAME:#} {place}", "", frame.arrow);
            let _ = writeln!(out, "{:gutter$} {FRAME}|{FRAME:#}", "");
            let _ = writeln!(
                out,
                "{FRAME}{:>gutter$} |{FRAME:#} {}",
                start.line,
                source.text.trim_end()
            );
        }
        let underline = self.underline.to_string().repeat(source.mark_width);
        let (style, before, text) = (self.style, source.mark_column, indent(self.text, 2));
        let marked = format!("{style}{underline} {text}");
        let _ = writeln!(
            out,
            "{:gutter$} {FRAME}|{FRAME:#} {:before$}{}{style:#}",
            "",
            "",
            marked.trim_end()
        );
    }
}

/// A line of a file as it is shown.
struct SourceLine {
    text: String,
    /// Column of the mark's beginning, from 0.
    mark_column: usize,
    /// Number of columns, at least 1.
    mark_width: usize,
    /// True if nothing was cut.
    whole: bool,
}

impl SourceLine {
    /// The line (counted from 1) with the part of `span` that lies on it.
    fn new(index: &LineIndex<'_>, line: usize, span: Span, width: usize) -> Self {
        let full = index.line_range(line);
        let start = index.boundary(span.range().start).clamp(full.start, full.end);
        let end = index.boundary(span.range().end).clamp(start, full.end);
        // A line may have megabytes; only what could be shown is looked at.
        let near = index.boundary(start.saturating_sub(width * 4)).max(full.start)
            ..index.boundary(start + width * 8).min(full.end);
        let mut cells = Cells::new(&index.text()[near.clone()]);
        let (from, to) = (
            cells.column(start - near.start),
            cells.column(end.min(near.end) - near.start),
        );
        let more = (near.start > full.start, near.end < full.end);
        let shift = cells.cut(from, to, width, more);
        let mark_column = from + usize::from(shift.is_some()) - shift.unwrap_or(0);
        let room = (width + 1).saturating_sub(mark_column).max(1);
        let mark_width = (to - from).clamp(1, room);
        Self {
            text: cells.text(),
            mark_column,
            mark_width,
            whole: cells.whole,
        }
    }
}

/// The characters of a line with their columns.
struct Cells {
    /// Byte, column and shown text of each character.
    list: Vec<(usize, usize, String)>,
    width: usize,
    whole: bool,
}

impl Cells {
    fn new(line: &str) -> Self {
        let mut width = 0;
        let mut list = Vec::with_capacity(line.len());
        for (at, c) in line.char_indices() {
            let shown = match c {
                '\t' => " ".repeat(TAB - width % TAB),
                '\u{feff}' => String::new(),
                '#' if inert::begins_command(line, at) => " #".to_owned(),
                c => visible(c).to_string(),
            };
            list.push((at, width, shown));
            width += list.last().map_or(0, |(.., shown)| columns(shown));
        }
        Self {
            list,
            width,
            whole: true,
        }
    }

    /// Column of a byte.
    fn column(&self, byte: usize) -> usize {
        let at = self.list.partition_point(|(at, ..)| *at < byte);
        self.list.get(at).map_or(self.width, |(_, column, _)| *column)
    }

    /// Shortens the line to `width` columns around the mark `from..to`. Returns the first column that is kept if the
    /// beginning is cut. `more` says whether text was left out on either side before.
    fn cut(&mut self, from: usize, to: usize, width: usize, more: (bool, bool)) -> Option<usize> {
        if self.width <= width && more == (false, false) {
            return None;
        }
        self.whole = false;
        let fits_from_start = !more.0 && to.min(from + width / 2) <= width;
        let wanted = if fits_from_start {
            0
        } else {
            from.saturating_sub(width / 3)
        };
        let first = self.list.partition_point(|(_, column, _)| *column < wanted);
        let start = self.list.get(first).map_or(self.width, |(_, column, _)| *column);
        let last = self
            .list
            .partition_point(|(_, column, shown)| column + columns(shown) <= start + width);
        let ends = last < self.list.len() || more.1;
        self.list.truncate(last);
        self.list.drain(..first.min(last));
        if ends {
            self.list.push((0, 0, CUT.to_string()));
        }
        if start == 0 && !more.0 {
            return None;
        }
        self.list.insert(0, (0, 0, CUT.to_string()));
        Some(start)
    }

    fn text(&self) -> String {
        self.list.iter().map(|(.., shown)| shown.as_str()).collect()
    }
}

fn columns(shown: &str) -> usize {
    shown.chars().map(|c| c.width().unwrap_or(0)).sum()
}
