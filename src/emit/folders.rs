//! The folders that a site's files lie in.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use rayon::prelude::*;

use super::{FileError, Paths, path};
use crate::disk;

/// The folders of all batches, by the result of making them.
#[derive(Debug, Default)]
pub(super) struct Folders {
    needed: Paths,
    created: Paths,
    failed: BTreeMap<String, Obstacle>,
}

/// The reason why a folder cannot be written to.
#[derive(Debug)]
enum Obstacle {
    Link,
    File,
    Io(io::Error),
}

impl Folders {
    /// Adds the folders of these files, and returns those that no earlier file has needed.
    pub(super) fn add<'a>(&mut self, files: impl Iterator<Item = &'a str>) -> Paths {
        let mut added = Paths::new();
        for file in files {
            for folder in path::folders(file) {
                if self.needed.contains(folder) {
                    break;
                }
                self.needed.insert(folder.to_owned());
                added.insert(folder.to_owned());
            }
        }
        added
    }

    pub(super) fn needed(&self) -> &Paths {
        &self.needed
    }

    /// The folders that were not there before.
    pub(super) fn created(&self) -> &Paths {
        &self.created
    }

    /// Makes those of the folders `added` that are missing, outer ones first.
    pub(super) fn create(&mut self, root: &Path, added: &Paths) {
        let mut folders: Vec<&str> = added.iter().map(String::as_str).collect();
        folders.sort_by_key(|folder| folder.matches('/').count());
        for level in folders.chunk_by(|a, b| a.matches('/').count() == b.matches('/').count()) {
            let results: Vec<_> = level
                .par_iter()
                .filter(|folder| self.failed_above(folder).is_none())
                .map(|folder| (*folder, create(&root.join(folder), self.is_fresh(folder))))
                .collect();
            for (folder, result) in results {
                match result {
                    Ok(true) => drop(self.created.insert(folder.to_owned())),
                    Ok(false) => {}
                    Err(obstacle) => drop(self.failed.insert(folder.to_owned(), obstacle)),
                }
            }
        }
    }

    /// Returns true if the file or folder at `path` is the first of that name, because its folder was made a moment
    /// ago. No earlier file has taken the path.
    pub(super) fn is_fresh(&self, path: &str) -> bool {
        let folder = path::folders(path).next();
        folder.is_some_and(|folder| self.created.contains(folder)) && !self.created.contains(path)
    }

    /// The folder around `path` that cannot be written to, and the reason.
    fn failed_above(&self, path: &str) -> Option<(&String, &Obstacle)> {
        if self.failed.is_empty() {
            return None;
        }
        path::folders(path).find_map(|folder| self.failed.get_key_value(folder))
    }

    /// Returns an error if a folder of `file` cannot be written to.
    pub(super) fn check(&self, file: &str) -> Result<(), FileError> {
        self.failed_above(file).map_or(Ok(()), |(folder, obstacle)| {
            let folder = folder.clone();
            Err(match obstacle {
                Obstacle::Link => FileError::Symlink { folder },
                Obstacle::File => FileError::NotAFolder { folder },
                Obstacle::Io(error) => {
                    // An `io::Error` cannot be cloned, and several files may lie in the folder.
                    FileError::Io {
                        path: folder.into(),
                        error: io::Error::new(error.kind(), error.to_string()),
                    }
                }
            })
        })
    }

    /// Removes the unfinished files that a killed build has left in the folders `added` and in `root`.
    pub(super) fn sweep(&self, root: &Path, added: &Paths) {
        let folders = added
            .iter()
            .filter(|folder| self.check(&format!("{folder}/x")).is_ok());
        for folder in folders.map(String::as_str).chain([""]) {
            let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
            for entry in entries.filter(is_abandoned) {
                // Another build may be faster.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Returns true for an unfinished file that is so old that no build can be writing it.
fn is_abandoned(entry: &fs::DirEntry) -> bool {
    const LONGEST_WRITE: Duration = Duration::from_secs(600);
    let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
    entry.file_name().to_str().is_some_and(disk::is_unfinished)
        && age().is_some_and(|age| age > LONGEST_WRITE)
}

/// Makes a folder; returns true if it did not exist. A `fresh` one is not looked for first.
fn create(path: &Path, fresh: bool) -> Result<bool, Obstacle> {
    if fresh && fs::create_dir(path).is_ok() {
        return Ok(true);
    }
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(false),
        Ok(found) if found.is_symlink() => Err(Obstacle::Link),
        Ok(_) => Err(Obstacle::File),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::create_dir(path) {
            Ok(()) => Ok(true),
            // Another build was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(false),
            Err(error) => Err(Obstacle::Io(error)),
        },
        Err(error) => Err(Obstacle::Io(error)),
    }
}
