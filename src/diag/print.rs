//! Output formats of a list of diagnostics.
//!
//! Every format is a function from one sorted list to text. Colours are always in the text of [`Format::Human`]; the
//! caller removes them where they are not wanted (`anstream` does).

mod abridged;
mod human;
mod inert;
mod junit;
mod machine;
mod sarif;

use std::borrow::Cow;
use std::collections::HashMap;

use super::lines::{LineIndex, Position};
use super::{Code, Diagnostic, FileId, Severity, Span};

pub use abridged::{abridged, notes_last};

/// Finds the files that spans name.
pub trait Sources {
    /// The file's path from the site's folder.
    fn path(&self, file: FileId) -> &str;

    /// The file's path for the one who reads the list.
    fn shown(&self, file: FileId) -> Cow<'_, str> {
        Cow::Borrowed(self.path(file))
    }

    /// The file's text, when it is text.
    fn text(&self, file: FileId) -> Option<&str>;

    /// The offset in the file of an offset in its text, which has other line ends where the file has carriage returns.
    fn in_file(&self, _file: FileId, at: u32) -> u32 {
        at
    }
}

/// Output formats of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the source line and a mark under the place, for people.
    #[default]
    Human,
    /// `path:line:column: severity[code]: message`, for editors and `grep`.
    Short,
    /// A JSON array of objects, for programs.
    Json,
    /// Workflow commands, which GitHub shows beside the changed lines.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML, for lists of tests.
    Junit,
    /// A table in Markdown, for the summary of a job.
    Summary,
}

/// Columns that a source line may take before it is cut.
pub const DEFAULT_WIDTH: usize = 100;

/// Writes `list` in `format`. `width` is the number of columns for a source line.
pub fn render(list: &[Diagnostic], sources: &dyn Sources, format: Format, width: usize) -> String {
    let mut places = Places::new(sources);
    match format {
        Format::Human => human::render(list, &mut places, width),
        Format::Short => machine::short(list, &mut places),
        Format::Json => machine::json(list, &mut places),
        Format::Github => machine::github(list, &mut places),
        Format::Sarif => sarif::sarif(list, &mut places),
        Format::Junit => junit::junit(list, &mut places),
        Format::Summary => junit::summary(list, &mut places),
    }
}

/// Text that comes from a site, for a line of its own: neither terminals nor build servers act on it. Further lines are
/// moved to the right.
pub fn harmless(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(inert::line).collect();
    lines.join("\n  ")
}

/// Puts findings into the order of the files and drops repetitions. Findings about no file come first.
pub fn sort(list: &mut Vec<Diagnostic>, sources: &dyn Sources) {
    let path = |d: &Diagnostic| d.span.map(|span| sources.path(span.file).to_owned());
    list.sort_by_cached_key(|d| (path(d), d.clone()));
    // What a template cannot do at a place fails there for every page, with other values in the message.
    let is_of_template = |d: &Diagnostic| d.code == Code::UnsupportedTemplate && d.span.is_some();
    list.dedup_by(|next, one| {
        one == next || is_of_template(one) && one.code == next.code && one.span == next.span
    });
}

impl Severity {
    /// The printed word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A span as people read it: file, lines and columns.
#[derive(Debug, Clone)]
struct Place<'a> {
    /// Path from the site's folder.
    path: &'a str,
    /// Path for the one who reads.
    shown: Cow<'a, str>,
    /// First and last position; `None` if the file's text is not at hand.
    lines: Option<(Position, Position)>,
}

/// Looks up places, and remembers the lines of files already seen.
struct Places<'a> {
    sources: &'a dyn Sources,
    indexes: HashMap<FileId, Option<LineIndex<'a>>>,
}

impl<'a> Places<'a> {
    fn new(sources: &'a dyn Sources) -> Self {
        Self {
            sources,
            indexes: HashMap::new(),
        }
    }

    fn place(&mut self, span: Span) -> Place<'a> {
        let range = span.range();
        let lines = self
            .index(span.file)
            .map(|index| (index.position(range.start), index.position(range.end)));
        Place {
            path: self.sources.path(span.file),
            shown: self.sources.shown(span.file),
            lines,
        }
    }

    /// The bytes of the file that a span means.
    fn bytes(&self, span: Span) -> (u32, u32) {
        let in_file = |at| self.sources.in_file(span.file, at);
        (in_file(span.start), in_file(span.end))
    }

    fn index(&mut self, file: FileId) -> Option<&LineIndex<'a>> {
        let sources = self.sources;
        self.indexes
            .entry(file)
            .or_insert_with(|| sources.text(file).map(LineIndex::new))
            .as_ref()
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&inert::line(&self.shown))?;
        match self.lines {
            Some((start, _)) => write!(f, ":{}:{}", start.line, start.column),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
