//! Stage 7, emit: an [`Output`] becomes a folder.
//!
//! Files are written in parallel, each in one step, and only when they changed. A manifest in the site's `.wsgen/`
//! remembers what was written, so that files of earlier builds that nothing makes any more are removed and all others
//! in the folder are left alone. What goes wrong with one file is told and costs only that file.
//!
//! On file systems that ignore case, paths that differ only in case are one file, and one of them wins.

mod error;
mod file;
mod folders;
mod manifest;
mod path;
mod place;
mod stale;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use error::{EmitError, Failure, FileError};
pub use place::Place;

use crate::render::{Output, OutputFile};
use crate::source::SourceTree;
use file::{Data, Written};
use folders::Folders;
use manifest::Manifest;
use stale::Stale;

/// What came of an [`Output`].
#[derive(Debug, Default)]
pub struct Report {
    /// Files that were new or had changed.
    pub written: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files of earlier builds that are gone.
    pub removed: usize,
    /// Files that could not be written or removed, by path.
    pub failures: Vec<Failure>,
    /// Why it could not be remembered what was written. The site is whole, but the next build will not know which
    /// files are stale.
    pub forgotten: Option<Failure>,
}

/// Writes `output` to the destination of `place`. `tree` has the files to copy.
pub fn emit(output: &Output, tree: &SourceTree, place: &Place<'_>) -> Result<Report, EmitError> {
    let root = place.prepare()?;
    let manifest_file = place.manifest_file(&root);
    let old = Manifest::load(&manifest_file);
    let mut report = Report::default();
    let files = writable(output, &mut report);
    let unfinished = manifest::begin(&manifest_file, &mut report);

    let mut folders = Folders::needed_by(files.keys().copied());
    let mut stale = Stale::new(&root, &old, &files, folders.needed());
    stale.remove_what_is_in_the_way(&mut report);
    folders.create(&root);
    if unfinished {
        folders.sweep(&root);
    }
    let mut written = write_all(&files, tree, &folders, &root, &mut report);
    stale.remove_rest(&mut report);
    let dirs = stale.remove_folders(folders.created());

    // What failed is tried again by the next build.
    let failed = report
        .failures
        .iter()
        .filter_map(|failure| old.files.get_key_value(&failure.path));
    written.extend(failed.map(|(path, checksum)| (path.clone(), *checksum)));
    let new = Manifest { files: written, dirs };
    manifest::finish(&manifest_file, &new, &old, &mut report);
    report.failures.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(report)
}

/// The files of `output` whose paths can be written, by path.
fn writable<'a>(output: &'a Output, report: &mut Report) -> BTreeMap<&'a str, &'a OutputFile> {
    let mut files = BTreeMap::new();
    for file in &output.files {
        let result = path::check(&file.path).and_then(|()| match files.insert(file.path.as_str(), file) {
            None => Ok(()),
            Some(_) => Err(FileError::Twice),
        });
        if let Err(error) = result {
            report.failures.push(Failure {
                path: file.path.clone(),
                error,
            });
        }
    }
    files
}

/// Writes the files and gives the checksums of what is there now.
fn write_all(
    files: &BTreeMap<&str, &OutputFile>,
    tree: &SourceTree,
    folders: &Folders,
    root: &std::path::Path,
    report: &mut Report,
) -> BTreeMap<String, u128> {
    let write = |file: &OutputFile| -> Result<Written, FileError> {
        folders.check(&file.path)?;
        file::write(&root.join(&file.path), &Data::of(&file.content, tree)?)
    };
    let results: Vec<(&str, Result<Written, FileError>)> = files
        .par_iter()
        .map(|(path, file)| (*path, write(file)))
        .collect();
    let mut checksums = BTreeMap::new();
    for (path, result) in results {
        match result {
            Ok(written) => {
                *if written.changed {
                    &mut report.written
                } else {
                    &mut report.unchanged
                } += 1;
                checksums.insert(path.to_owned(), written.checksum);
            }
            Err(error) => report.failures.push(Failure {
                path: path.to_owned(),
                error,
            }),
        }
    }
    checksums
}

/// A set of folders, each by its path from the destination.
type Paths = BTreeSet<String>;

#[cfg(test)]
mod tests;
