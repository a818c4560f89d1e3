//! Stage 7, emit: files become a folder.
//!
//! An [`Emission`] takes files in batches, writes each batch in parallel, each file in one step, and only when it
//! changed. A batch may be made while it is written, so that the files of a large site need not be in memory together.
//! A manifest in the site's `.wsgen/` lists the written files, so that files of earlier builds that the site no longer
//! has are removed and all others in the folder are left alone. A failure with one file is reported and costs only that
//! file.
//!
//! On file systems that ignore case, paths that differ only in case are one file, and one of them wins.

mod error;
mod file;
mod folders;
mod manifest;
mod path;
mod place;
mod stale;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use rayon::prelude::*;

pub use error::{EmitError, Failure, FileError};
pub use place::Place;

use crate::render::{OutputContent, OutputFile, Published};
use crate::source::SourceTree;
use file::{Data, Written};
use folders::Folders;
use manifest::Manifest;
use stale::Stale;

/// The result of writing a site's files.
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
    /// The reason why the manifest was not saved. The site is whole, but the next build will not know which files are
    /// stale.
    pub forgotten: Option<Failure>,
}

/// A site on its way to a folder.
#[derive(Debug)]
pub struct Emission<'a> {
    /// The source tree, for files to copy.
    tree: &'a SourceTree,
    root: PathBuf,
    manifest_file: PathBuf,
    stale: Stale,
    /// True if an earlier build has never ended.
    unfinished: bool,
    /// Every path of the batches so far, written or not.
    taken: HashSet<String>,
    /// Folders of these paths.
    folders: Folders,
    /// The written files.
    written: BTreeMap<String, Written>,
    report: Report,
}

impl<'a> Emission<'a> {
    /// Makes the destination of `place` ready. `tree` has the files to copy.
    pub fn begin(tree: &'a SourceTree, place: &Place<'_>) -> Result<Self, EmitError> {
        let root = place.prepare()?;
        let manifest_file = place.manifest_file(&root);
        let mut report = Report::default();
        Ok(Self {
            tree,
            stale: Stale::new(root.clone(), Manifest::load(&manifest_file)),
            root,
            unfinished: manifest::begin(&manifest_file, &mut report),
            manifest_file,
            taken: HashSet::new(),
            folders: Folders::default(),
            written: BTreeMap::new(),
            report,
        })
    }

    /// Writes files. Paths that an earlier batch has taken stay as they are.
    pub fn write(&mut self, files: &[OutputFile]) {
        self.write_each(
            files,
            |file| &file.path,
            |file| (Cow::Borrowed(&file.content), ()),
        );
    }

    /// Makes and writes a file for each of `items`, in parallel; its path must be known before. `make` returns the
    /// content and further results. It is called for every item, written or not.
    pub fn write_each<'i, T: Sync, R: Send>(
        &mut self,
        items: &'i [T],
        path: impl Fn(&'i T) -> &'i str,
        make: impl Fn(&'i T) -> (Cow<'i, OutputContent>, R) + Sync,
    ) -> Vec<R> {
        let mut files = BTreeSet::new();
        let paths: Vec<Option<&str>> = items
            .iter()
            .map(|item| self.free(path(item), &mut files))
            .collect();
        self.make_room(&files);
        let results: Vec<(Option<Result<Written, FileError>>, R)> = items
            .par_iter()
            .zip(&paths)
            .map(|(item, path)| {
                let (content, rest) = make(item);
                (path.map(|path| self.write_file(path, &content)), rest)
            })
            .collect();
        let mut rests = Vec::with_capacity(items.len());
        for (path, (result, rest)) in paths.into_iter().zip(results) {
            if let (Some(path), Some(result)) = (path, result) {
                self.note(path, result);
            }
            rests.push(rest);
        }
        rests
    }

    /// The files so far, sorted by path.
    pub fn published(&self) -> impl Iterator<Item = Published<'_>> {
        self.written.iter().map(|(path, file)| Published {
            path,
            checksum: file.checksum,
            size: file.size,
        })
    }

    /// Removes files of earlier builds that this one did not write, and saves the manifest.
    pub fn finish(mut self) -> Report {
        self.stale.remove_rest(&self.taken, &mut self.report);
        let dirs = self
            .stale
            .remove_folders(self.folders.needed(), self.folders.created());
        // What failed is tried again by the next build.
        let old = self.stale.old();
        let failures = self.report.failures.iter();
        let failed = failures.filter_map(|failure| old.files.get_key_value(&failure.path));
        let failed = failed.map(|(path, checksum)| (path.clone(), *checksum));
        let written = self.written.into_iter();
        let new = Manifest {
            files: written
                .map(|(path, file)| (path, file.checksum))
                .chain(failed)
                .collect(),
            dirs,
        };
        manifest::finish(&self.manifest_file, &new, old, &mut self.report);
        self.report.failures.sort_by(|a, b| a.path.cmp(&b.path));
        self.report
    }

    /// Returns the path if it can be written and is free; then it is one of the batch's `files`.
    fn free<'p>(&mut self, path: &'p str, files: &mut BTreeSet<&'p str>) -> Option<&'p str> {
        let result = path::check(path).and_then(|()| {
            let free = !self.taken.contains(path);
            if !free || files.insert(path) {
                Ok(free)
            } else {
                Err(FileError::Twice)
            }
        });
        match result {
            Ok(free) => free.then_some(path),
            Err(error) => {
                self.fail(path, error);
                None
            }
        }
    }

    /// Makes the folders of `files`, and removes files and folders of earlier builds in the places of these.
    fn make_room(&mut self, files: &BTreeSet<&str>) {
        self.taken.extend(files.iter().map(|path| (*path).to_owned()));
        let folders = self.folders.add(files.iter().copied());
        self.stale
            .remove_what_is_in_the_way(files, &folders, &mut self.report);
        self.folders.create(&self.root, &folders);
        if self.unfinished {
            self.folders.sweep(&self.root, &folders);
        }
    }

    fn write_file(&self, path: &str, content: &OutputContent) -> Result<Written, FileError> {
        self.folders.check(path)?;
        let data = Data::of(content, self.tree)?;
        file::write(&self.root.join(path), &data, self.folders.is_fresh(path))
    }

    fn note(&mut self, path: &str, result: Result<Written, FileError>) {
        match result {
            Ok(written) => {
                let count = if written.changed {
                    &mut self.report.written
                } else {
                    &mut self.report.unchanged
                };
                *count += 1;
                self.written.insert(path.to_owned(), written);
            }
            Err(error) => self.fail(path, error),
        }
    }

    fn fail(&mut self, path: &str, error: FileError) {
        self.report.failures.push(Failure {
            path: path.to_owned(),
            error,
        });
    }
}

/// A set of folders, each by its path from the destination.
type Paths = BTreeSet<String>;

#[cfg(test)]
mod tests;
