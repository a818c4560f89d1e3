//! Removes files and folders of earlier builds that this one does not write.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::{fs, io};

use super::manifest::Manifest;
use super::{Failure, FileError, Paths, Report, file, path};

/// Files and folders of earlier builds.
#[derive(Debug)]
pub(super) struct Stale {
    root: PathBuf,
    old: Manifest,
    /// Paths that were looked at: true for a folder that was reached without links.
    real: HashMap<String, bool>,
}

impl Stale {
    /// The files and folders of `old` in the destination `root`.
    pub(super) fn new(root: PathBuf, old: Manifest) -> Self {
        Self {
            root,
            old,
            real: HashMap::new(),
        }
    }

    pub(super) fn old(&self) -> &Manifest {
        &self.old
    }

    /// Removes files in the places of the folders `needed`, and folders in the places of `files`.
    pub(super) fn remove_what_is_in_the_way(
        &mut self,
        files: &BTreeSet<&str>,
        needed: &Paths,
        report: &mut Report,
    ) {
        self.remove_files(report, |path| {
            !files.contains(path) && (needed.contains(path) || below_a_file(path, files))
        });
        let folders = self.old.dirs.iter().rev();
        let in_the_way: Vec<String> = folders
            .filter(|folder| files.contains(folder.as_str()) || below_a_file(folder, files))
            .cloned()
            .collect();
        for folder in in_the_way {
            if self.is_real(&folder) {
                // Whatever is left in it shows when the file is written.
                let _ = fs::remove_dir(self.root.join(folder));
            }
        }
        self.real.clear();
    }

    /// Removes all files that are not among those of this build.
    pub(super) fn remove_rest(&mut self, taken: &HashSet<String>, report: &mut Report) {
        self.remove_files(report, |path| !taken.contains(path));
    }

    /// Removes the folders that wsgen made, now or before, if they are empty and not needed. Returns those that are
    /// left.
    pub(super) fn remove_folders(&mut self, needed: &Paths, created: &Paths) -> Paths {
        let mut ours: Paths = self.old.dirs.union(created).cloned().collect();
        let folders: Vec<String> = ours.iter().rev().cloned().collect();
        // Backwards, what is inside comes before what it is in.
        for folder in folders {
            let unneeded = !needed.contains(&folder);
            // What this build has made and filled is there.
            if !unneeded && created.contains(&folder) {
                continue;
            }
            if !self.is_real(&folder) || unneeded && fs::remove_dir(self.root.join(&folder)).is_ok() {
                ours.remove(&folder);
            }
        }
        ours
    }

    fn remove_files(&mut self, report: &mut Report, is_gone: impl Fn(&str) -> bool) {
        let files = self.old.files.iter();
        let gone: Vec<(String, u128)> = files
            .filter(|(path, _)| is_gone(path))
            .map(|(path, checksum)| (path.clone(), *checksum))
            .collect();
        for (path, checksum) in gone {
            self.remove_file(&path, checksum, report);
        }
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

    /// Returns true if `folder` is a folder of the destination, reached without links.
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

fn below_a_file(path: &str, files: &BTreeSet<&str>) -> bool {
    path::folders(path).any(|folder| files.contains(folder))
}
