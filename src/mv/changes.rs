//! The changes of a move, and their way to the disk.

use std::io;
use std::path::{Path, PathBuf};

use super::error::MvError;
use super::places::Plan;
use crate::config::Include;
use crate::diag::{Edit, FileId};
use crate::disk;
use crate::fix::{self, Change};
use crate::pipeline::{BuildOptions, Results};

/// The changes that a move makes, before anything is written.
#[derive(Debug)]
pub struct Move {
    pub(super) root: PathBuf,
    /// Files and folders with their new paths, both from the site's folder.
    pub renames: Vec<(String, String)>,
    /// Texts that change.
    pub(super) changes: Vec<Change>,
    /// Number of addresses that are written anew.
    pub links: usize,
    /// Number of aliases that are added.
    pub aliases: usize,
    /// Places that an author has to look at: path with line and column, and the reason.
    pub remarks: Vec<String>,
}

/// Options for everything that a site has: drafts, pages of the future, notes for instructors and solutions.
pub(super) fn everything<'o>(options: &BuildOptions<'o>) -> BuildOptions<'o> {
    let mut variables = options.variables.clone();
    variables.push(("HUGO_WSGEN_SOLUTIONS".to_owned(), "true".to_owned()));
    let include = Include {
        drafts: true,
        future: true,
        expired: true,
    };
    BuildOptions {
        include,
        instructor: true,
        write: false,
        variables,
        ..options.clone()
    }
}

/// The changes of files with edits, at their new places; files that cannot be edited become remarks.
pub(super) fn changes(
    site: &Results,
    edits: impl Iterator<Item = Edit>,
    plan: &Plan,
    root: &Path,
    remarks: &mut Vec<String>,
) -> Vec<Change> {
    let mut by_file: Vec<(FileId, Vec<Edit>)> = Vec::new();
    for edit in edits {
        match by_file.iter_mut().find(|(file, _)| *file == edit.span.file) {
            Some((_, list)) => list.push(edit),
            None => by_file.push((edit.span.file, vec![edit])),
        }
    }
    by_file.sort_by_key(|(file, _)| *file);
    let mut out = Vec::new();
    for (file, list) in by_file {
        match fix::edited(file, list, &site.tree) {
            Some(mut change) => {
                if let Some((path, _)) = plan.files.get(&file) {
                    change.move_to(path, root);
                }
                out.push(change);
            }
            None => {
                let path = site.tree.path(file).unwrap_or_default();
                remarks.push(format!(
                    "{path}: is not UTF-8 or no file of the disk, and was left as it is"
                ));
            }
        }
    }
    out
}

impl Move {
    /// The move as text: the renames, and the changed lines as a unified diff.
    pub fn diff(&self) -> String {
        let renames = self
            .renames
            .iter()
            .map(|(from, to)| format!("rename from {from}\nrename to {to}\n"));
        let changes = self.changes.iter().map(Change::diff);
        renames.chain(changes).collect()
    }

    /// Number of files with changed texts.
    pub fn files(&self) -> usize {
        self.changes.len()
    }

    /// Moves and writes. A rename that fails takes back those before it.
    pub fn apply(&self) -> Result<(), MvError> {
        for (at, (from, to)) in self.renames.iter().enumerate() {
            let done = rename(&self.root, from, to);
            if let Err(error) = done {
                for (from, to) in self.renames[..at].iter().rev() {
                    // The first error is the one to tell.
                    let _ = rename(&self.root, to, from);
                }
                return Err(MvError::Write {
                    path: from.clone(),
                    error,
                });
            }
        }
        for change in &self.changes {
            change.write().map_err(|error| MvError::Write {
                path: change.path().to_owned(),
                error,
            })?;
        }
        Ok(())
    }
}

fn rename(root: &Path, from: &str, to: &str) -> io::Result<()> {
    let (from, to) = (root.join(from), root.join(to));
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // On disks that do not tell case, the target of a change in case is the file itself.
    let is_itself = || Some(to.canonicalize().ok()? == from.canonicalize().ok()?);
    if to.exists() && is_itself() != Some(true) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    disk::rename(&from, &to)
}
