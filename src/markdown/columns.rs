//! The columns of a table with their alignment.

use pulldown_cmark::Alignment;

use crate::markup::dom::{By, Element};

/// The kinds of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    Head,
    Body,
}

/// The columns of the table that is being read.
pub(super) struct Columns {
    alignments: Vec<Alignment>,
    column: usize,
    row: Row,
}

impl Columns {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self {
            alignments,
            column: 0,
            row: Row::Body,
        }
    }

    /// Begins a row.
    pub(super) fn row(&mut self, row: Row) {
        self.column = 0;
        self.row = row;
    }

    /// Makes the next cell; the author may have left it out.
    pub(super) fn cell(&mut self, missing: bool) -> Element {
        let alignment = self
            .alignments
            .get(self.column)
            .copied()
            .unwrap_or(Alignment::None);
        self.column += 1;
        let cell = Element::new(if self.row == Row::Head { "th" } else { "td" }, By::Markdown);
        match alignment {
            _ if missing => cell,
            Alignment::None => cell,
            Alignment::Left => cell.attr("style", "text-align: left"),
            Alignment::Center => cell.attr("style", "text-align: center"),
            Alignment::Right => cell.attr("style", "text-align: right"),
        }
    }
}
