//! The edits that mend findings, applied to the files of a site.
//!
//! Takes findings with their edits; gives the files that change, with their old and new texts ([`changes`]). Nothing but the
//! bytes of the edits is touched. A finding whose edits meet those of another one is left for the next run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Edit, FileId};
use crate::disk;
use crate::source::{Content, Origin, Returns, SourceTree};

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Path from the site's folder.
    pub path: String,
    /// The path before a move; empty for a file that stays.
    old_path: String,
    /// Path on the disk.
    disk: PathBuf,
    /// The text as the file has it.
    old: String,
    /// The carriage returns in it, which the spans of findings do not count.
    returns: Returns,
    /// The edits in their order.
    edits: Vec<Edit>,
    /// Number of findings that it mends.
    pub findings: usize,
}

/// The files that change when everything is mended that has edits.
pub fn changes(list: &[Diagnostic], tree: &SourceTree) -> Vec<Change> {
    let mut files: BTreeMap<FileId, Change> = BTreeMap::new();
    for finding in list {
        let Some(first) = finding.fix.first() else {
            continue;
        };
        let file = first.span.file;
        if finding.fix.iter().any(|edit| edit.span.file != file) {
            continue;
        }
        let Some(change) = files.get_mut(&file) else {
            if let Some(mut change) = unchanged(file, tree) {
                change.add(finding);
                files.insert(file, change);
            }
            continue;
        };
        change.add(finding);
    }
    files
        .into_values()
        .filter(|change| !change.edits.is_empty())
        .collect()
}

/// A file with edits that do not meet; `None` if it is no file of the disk, or holds other bytes than were read.
pub(crate) fn edited(file: FileId, mut edits: Vec<Edit>, tree: &SourceTree) -> Option<Change> {
    let mut change = unchanged(file, tree)?;
    edits = edits.iter().map(|edit| change.in_file(edit)).collect();
    edits.retain(|edit| change.old.get(edit.span.range()).is_some());
    edits.sort();
    change.edits = edits;
    Some(change)
}

/// A file of the disk that holds what was read, byte by byte: a text that is no UTF-8 was read otherwise.
fn unchanged(file: FileId, tree: &SourceTree) -> Option<Change> {
    let source = tree.get(file)?;
    let (Origin::Disk(disk), Content::Text(text)) = (&source.origin, &source.content) else {
        return None;
    };
    let bytes = disk::read(disk)?;
    let old = source.returns.restored(text);
    (bytes == old.as_bytes()).then(|| Change {
        path: source.path.clone(),
        old_path: String::new(),
        disk: disk.clone(),
        old: old.into_owned(),
        returns: source.returns.clone(),
        edits: Vec::new(),
        findings: 0,
    })
}

impl Change {
    /// Adds the edits of a finding, all or none.
    fn add(&mut self, finding: &Diagnostic) {
        let meets = |new: &Edit| {
            let (start, end) = (new.span.start, new.span.end);
            self.edits
                .iter()
                .any(|old| start <= old.span.end && old.span.start <= end)
        };
        let fits = |edit: &Edit| self.old.get(edit.span.range()).is_some();
        let edits: Vec<Edit> = finding.fix.iter().map(|edit| self.in_file(edit)).collect();
        if edits.iter().all(fits) && !edits.iter().any(meets) {
            self.edits.extend(edits);
            self.edits.sort();
            self.findings += 1;
        }
    }

    /// Path from the site's folder.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Writes to another path from now on.
    pub(crate) fn move_to(&mut self, path: &str, root: &Path) {
        self.disk = root.join(path);
        self.old_path = std::mem::replace(&mut self.path, path.to_owned());
    }

    /// An edit as the file has it, with its line ends.
    fn in_file(&self, edit: &Edit) -> Edit {
        let mut edit = edit.clone();
        if !self.returns.is_empty() {
            edit.span.start = self.returns.in_file(edit.span.start);
            edit.span.end = self.returns.in_file(edit.span.end);
            edit.text = edit.text.replace('\n', "\r\n");
        }
        edit
    }

    /// The text with all edits.
    pub fn new_text(&self) -> String {
        let mut out = self.old.clone();
        for edit in self.edits.iter().rev() {
            out.replace_range(edit.span.range(), &edit.text);
        }
        out
    }

    /// Writes the file.
    pub fn write(&self) -> io::Result<()> {
        disk::replace(&self.disk, self.new_text().as_bytes())
    }

    /// The change as a unified diff without context.
    pub fn diff(&self) -> String {
        let old = if self.old_path.is_empty() {
            &self.path
        } else {
            &self.old_path
        };
        let mut out = format!("--- a/{old}\n+++ b/{}\n", self.path);
        let mut shift = 0;
        let mut rest = self.edits.as_slice();
        while let Some(first) = rest.first() {
            let mut range = lines_around(&self.old, first.span.range());
            let mut count = 1;
            // Edits of the same lines are one piece.
            while let Some(next) = rest.get(count).filter(|next| next.span.range().start < range.end) {
                range.end = range.end.max(lines_around(&self.old, next.span.range()).end);
                count += 1;
            }
            let old = &self.old[range.clone()];
            let mut new = old.to_owned();
            for edit in rest[..count].iter().rev() {
                let (from, to) = (
                    edit.span.range().start - range.start,
                    edit.span.range().end - range.start,
                );
                new.replace_range(from..to, &edit.text);
            }
            let line = self.old[..range.start].matches('\n').count() + 1;
            let (before, after) = (old.lines().count(), new.lines().count());
            let _ = writeln!(out, "@@ -{line},{before} +{},{after} @@", line + shift);
            let signed = |sign: char, text: &str| {
                text.lines()
                    .map(|line| format!("{sign}{line}\n"))
                    .collect::<String>()
            };
            out += &(signed('-', old) + &signed('+', &new));
            shift += after.saturating_sub(before);
            rest = &rest[count..];
        }
        out
    }
}

/// The whole lines that hold a range.
fn lines_around(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..]
        .find('\n')
        .map_or(text.len(), |at| range.end + at + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Span};

    fn change(old: &str, edits: &[(usize, usize, &str)]) -> Change {
        let mut change = Change {
            path: "content/a.md".to_owned(),
            old_path: String::new(),
            disk: PathBuf::new(),
            old: old.to_owned(),
            returns: Returns::default(),
            edits: Vec::new(),
            findings: 0,
        };
        for (start, end, text) in edits {
            let span = Span::new(FileId(0), *start, *end);
            change.add(&Diagnostic::note(Code::BrokenLink, span, "m").edit(span, *text));
        }
        change
    }

    #[test]
    fn edits_that_meet_wait_for_the_next_run() {
        let change = change("abcdef\n", &[(4, 5, "E"), (0, 2, "AB"), (1, 3, "x"), (2, 2, "-")]);
        assert_eq!((change.new_text().as_str(), change.findings), ("ABcdEf\n", 2));
    }

    #[test]
    fn a_diff_shows_the_lines_that_change() {
        let change = change("one\ntwo\nthree\n", &[(4, 5, "T"), (6, 7, "O"), (8, 8, "x\n")]);
        assert_eq!(
            change.diff(),
            "--- a/content/a.md\n+++ b/content/a.md\n@@ -2,1 +2,1 @@\n-two\n+TwO\n@@ -3,1 +3,2 @@\n-three\n+x\n+three\n"
        );
    }
}
