//! Removes what earlier builds have written and this one does not.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::Path;

use super::manifest::Manifest;
use super::{Failure, FileError, Paths, Report, file, path};
use crate::render::OutputFile;

/// Files and folders of earlier builds.
pub(super) struct Stale<'a> {
    root: &'a Path,
    in_the_way: Vec<(&'a str, u128)>,
    rest: Vec<(&'a str, u128)>,
    old: &'a Manifest,
    files: &'a BTreeMap<&'a str, &'a OutputFile>,
    needed: Paths,
    /// What is known of paths that may be folders.
    real: HashMap<String, bool>,
}

impl<'a> Stale<'a> {
    pub(super) fn new(
        root: &'a Path,
        old: &'a Manifest,
        files: &'a BTreeMap<&'a str, &'a OutputFile>,
        needed: &Paths,
    ) -> Self {
        let gone = old
            .files
            .iter()
            .map(|(path, checksum)| (path.as_str(), *checksum));
        let (in_the_way, rest) = gone
            .filter(|(path, _)| !files.contains_key(path))
            .partition(|(path, _)| needed.contains(*path) || below_a_file(path, files));
        Self {
            root,
            in_the_way,
            rest,
            old,
            files,
            needed: needed.clone(),
            real: HashMap::new(),
        }
    }

    /// Files where a folder is needed now, and folders where a file is.
    pub(super) fn remove_what_is_in_the_way(&mut self, report: &mut Report) {
        for (path, checksum) in std::mem::take(&mut self.in_the_way) {
            self.remove_file(path, checksum, report);
        }
        for folder in self.old.dirs.iter().rev() {
            let in_the_way = self.files.contains_key(folder.as_str()) || below_a_file(folder, self.files);
            if in_the_way && self.is_real(folder) {
                // Whatever is left in it shows when the file is written.
                let _ = fs::remove_dir(self.root.join(folder));
            }
        }
        self.real.clear();
    }

    /// All others.
    pub(super) fn remove_rest(&mut self, report: &mut Report) {
        for (path, checksum) in std::mem::take(&mut self.rest) {
            self.remove_file(path, checksum, report);
        }
    }

    /// Removes the folders that wsgen made, now or before, and that are empty now. Gives those that are left.
    pub(super) fn remove_folders(&mut self, created: &Paths) -> Paths {
        let mut ours: Paths = self.old.dirs.union(created).cloned().collect();
        let folders: Vec<String> = ours.iter().rev().cloned().collect();
        // Backwards, what is inside comes before what it is in.
        for folder in folders {
            let unneeded = !self.needed.contains(&folder);
            if !self.is_real(&folder) || unneeded && fs::remove_dir(self.root.join(&folder)).is_ok() {
                ours.remove(&folder);
            }
        }
        ours
    }

    /// Removes a file that is still as wsgen has written it. Any other file is somebody else's now.
    fn remove_file(&mut self, path: &str, checksum: u128, report: &mut Report) {
        let whole = self.root.join(path);
        let is_file = fs::symlink_metadata(&whole).is_ok_and(|found| found.is_file());
        let in_place = path::folders(path)
            .next()
            .is_none_or(|folder| self.is_real(folder));
        if !is_file || !in_place {
            return;
        }
        let removed = file::checksum(&whole).and_then(|found| {
            let ours = found == checksum;
            if ours {
                fs::remove_file(&whole).map(|()| true)
            } else {
                Ok(false)
            }
        });
        match removed {
            Ok(removed) => report.removed += usize::from(removed),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => report.failures.push(Failure {
                path: path.to_owned(),
                error: FileError::io(&whole)(error),
            }),
        }
    }

    /// Whether `folder` is a folder of the destination, reached without links.
    fn is_real(&mut self, folder: &str) -> bool {
        let mut outer: Vec<&str> = path::folders(folder).collect();
        outer.reverse();
        outer
            .into_iter()
            .chain([folder])
            .all(|folder| match self.real.get(folder) {
                Some(known) => *known,
                None => {
                    let real = fs::symlink_metadata(self.root.join(folder)).is_ok_and(|found| found.is_dir());
                    self.real.insert(folder.to_owned(), real);
                    real
                }
            })
    }
}

fn below_a_file(path: &str, files: &BTreeMap<&str, &OutputFile>) -> bool {
    path::folders(path).any(|folder| files.contains_key(folder))
}
