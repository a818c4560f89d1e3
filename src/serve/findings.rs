//! Findings as browsers show them.

use std::collections::HashMap;
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::diag::lines::LineIndex;
use crate::diag::{Diagnostic, FileId, Severity, Span};
use crate::source::{Origin, SourceTree};

/// Maximum number of findings that are shown; the terminal has the rest.
const MAX_SHOWN: usize = 50;
/// Characters of a source line that are shown on each side of a place.
const AROUND: usize = 80;

/// Characters that are encoded in a path for the address of an editor.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':');

/// The findings about a site, errors first.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Notes {
    errors: usize,
    warnings: usize,
    notes: usize,
    /// The first of them.
    list: Vec<Note>,
}

/// A finding for browsers.
#[derive(Debug, Clone, Serialize)]
struct Note {
    severity: &'static str,
    code: &'static str,
    message: String,
    #[serde(flatten)]
    place: Option<Place>,
    help: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Place {
    /// Path from the site's root.
    file: String,
    /// Line number, from 1.
    line: Option<usize>,
    /// Column in characters, from 1.
    column: Option<usize>,
    /// The source line: the text before the place, the place, the text behind.
    source: Option<[String; 3]>,
    /// Address that opens the place in the author's editor.
    edit: Option<String>,
}

/// The notes for `list`. `editor` is the address of an editor with `{path}`, `{line}` and `{col}` in it.
pub(super) fn notes(list: &[Diagnostic], tree: &SourceTree, editor: Option<&str>) -> Notes {
    let count = |severity| list.iter().filter(|finding| finding.severity == severity).count();
    let mut sorted: Vec<&Diagnostic> = list.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut indexes = HashMap::new();
    let shown = sorted.into_iter().take(MAX_SHOWN).map(|finding| Note {
        severity: finding.severity.name(),
        code: finding.name(),
        message: finding.message.clone(),
        place: finding.span.map(|span| place(span, tree, &mut indexes, editor)),
        help: finding.help.clone(),
    });
    Notes {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        list: shown.collect(),
    }
}

fn place<'t>(
    span: Span,
    tree: &'t SourceTree,
    indexes: &mut HashMap<FileId, Option<LineIndex<'t>>>,
    editor: Option<&str>,
) -> Place {
    let index = indexes
        .entry(span.file)
        .or_insert_with(|| tree.text(span.file).map(LineIndex::new));
    let position = index.as_ref().map(|index| index.position(span.range().start));
    let file = tree.get(span.file);
    let disk = file.and_then(|file| match &file.origin {
        Origin::Disk(path) => Some(path.as_path()),
        Origin::Embedded | Origin::Memory => None,
    });
    let (line, column) = position.map_or((1, 1), |position| (position.line, position.column));
    Place {
        file: file.map(|file| file.path.clone()).unwrap_or_default(),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        source: index.as_ref().map(|index| source(index, span)),
        edit: editor
            .zip(disk)
            .map(|(editor, path)| edit(editor, path, line, column)),
    }
}

/// The line of a place in three pieces; of long lines the part around the place.
fn source(index: &LineIndex<'_>, span: Span) -> [String; 3] {
    let range = span.range();
    let line = index.line_range(index.position(range.start).line);
    let start = index.boundary(range.start).clamp(line.start, line.end);
    let end = index.boundary(range.end).clamp(start, line.end);
    let text = index.text();
    let before: Vec<char> = text[line.start..start].chars().collect();
    let skipped = before.len().saturating_sub(AROUND);
    [
        before[skipped..].iter().collect(),
        text[start..end].chars().take(AROUND).collect(),
        text[end..line.end].chars().take(AROUND).collect(),
    ]
}

/// The address that opens a place in an editor: `vscode://file/{path}:{line}:{col}`.
fn edit(editor: &str, path: &Path, line: usize, column: usize) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let path = utf8_percent_encode(&path, PATH).to_string();
    editor
        // An absolute path brings its own slash.
        .replace("/{path}", &format!("/{}", path.trim_start_matches('/')))
        .replace("{path}", &path)
        .replace("{line}", &line.to_string())
        .replace("{col}", &column.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn editors_get_path_line_and_column() {
        let path = Path::new("/srv/my site/日.md");
        assert_eq!(
            edit("vscode://file/{path}:{line}:{col}", path, 3, 7),
            "vscode://file/srv/my%20site/%E6%97%A5.md:3:7"
        );
        assert_eq!(
            edit("idea://open?file={path}&line={line}", path, 3, 7),
            "idea://open?file=/srv/my%20site/%E6%97%A5.md&line=3"
        );
    }

    #[test]
    fn the_place_is_marked_in_its_line() {
        let tree = SourceTree::from_memory([("content/a.md", "one\nzwei 日本 drei\n")]);
        let file = tree.find_path("content/a.md").unwrap();
        let span = Span::new(file, 9, 15);
        let warning = Diagnostic::warning(Code::BrokenLink, span, "m");
        let error = Diagnostic::error(Code::BrokenRef, span, "n");
        let notes = notes(&[warning, error], &tree, Some("e:{path}"));
        assert_eq!((notes.errors, notes.warnings), (1, 1));
        assert_eq!(notes.list[0].severity, "error");
        let place = notes.list[0].place.as_ref().unwrap();
        assert_eq!((place.line, place.column), (Some(2), Some(6)));
        assert_eq!(place.source.as_ref().unwrap(), &["zwei ", "日本", " drei"]);
        // Only files on disk can be opened.
        assert_eq!(place.edit, None);
    }

    #[test]
    fn a_place_of_several_lines_ends_with_its_first() {
        let tree = SourceTree::from_memory([("content/a.md", "one\ntwo\nthree\n")]);
        let file = tree.find_path("content/a.md").unwrap();
        let notes = notes(
            &[Diagnostic::warning(Code::BrokenLink, Span::new(file, 1, 9), "m")],
            &tree,
            None,
        );
        assert_eq!(
            notes.list[0].place.as_ref().unwrap().source.as_ref().unwrap(),
            &["o", "ne", ""]
        );
    }
}
