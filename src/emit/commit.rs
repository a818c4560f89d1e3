//! Carries a [`Plan`] out: what waits is put in, and what nothing makes any more is removed.
//!
//! Each step may have been done before, by a build that was ended in the middle.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::manifest::Manifest;
use super::plan::{Move, Plan};
use super::stage::waiting;
use super::{Failure, FileError, file, path};
use crate::disk;

/// The result of a plan.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) moved: usize,
    pub(super) removed: usize,
    pub(super) failures: Vec<Failure>,
    /// Files of earlier builds that nothing makes any more, and that somebody has changed. They stay.
    pub(super) edited: BTreeSet<String>,
}

/// Why a plan cannot be carried out to its end now. The next build does so.
#[derive(Debug)]
pub(super) struct Stuck {
    pub(super) path: String,
    pub(super) error: io::Error,
}

/// The state that a plan is carried out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// Nothing of it has been done.
    New,
    /// A part of it may have been done. What waits may have been damaged by a power cut.
    Resumed,
}

/// Carries `plan` out in the destination `root`, of which `old` is remembered. Files wait in the folder `stage`. Gives
/// what is to be remembered afterwards.
///
/// A file that waits for a resumed plan is put in only when it is whole.
pub(super) fn carry_out(
    plan: &Plan,
    root: &Path,
    stage: &Path,
    old: &Manifest,
    progress: Progress,
) -> Result<(Manifest, Outcome), Stuck> {
    let mut commit = Commit {
        plan,
        root,
        stage,
        progress,
        real: HashMap::new(),
        damaged: BTreeSet::new(),
        outcome: Outcome::default(),
    };
    commit.rename_in_case();
    commit.make_room(old);
    commit.make_folders()?;
    commit.put_in()?;
    for (path, checksum) in &plan.removed {
        commit.remove(path, *checksum);
    }
    let failures = commit.outcome.failures.iter();
    let mut failed: BTreeSet<String> = failures.map(|failure| failure.path.clone()).collect();
    failed.append(&mut commit.damaged);
    let mut new = plan.remembered(old, &failed);
    commit.remove_folders(&mut new);
    Ok((new, commit.outcome))
}

struct Commit<'a> {
    plan: &'a Plan,
    root: &'a Path,
    stage: &'a Path,
    progress: Progress,
    /// Paths that were looked at: true for a folder that was reached without links.
    real: HashMap<String, bool>,
    /// Files that waited and are not what they were.
    damaged: BTreeSet<String>,
    outcome: Outcome,
}

impl Commit<'_> {
    /// Renames by way of the folder of waiting files: to some file systems the two names are one, and a rename does
    /// nothing.
    fn rename_in_case(&mut self) {
        for (nth, (from, to)) in self.plan.renamed.iter().enumerate() {
            // The folder around has its new name by now.
            let from = to.strip_suffix(last(to)).unwrap_or_default().to_owned() + last(from);
            if from == *to || !self.is_in_place(&from) {
                continue;
            }
            let aside = self.stage.join(format!("case-{nth}"));
            let renamed = match disk::rename(&self.root.join(&from), &aside) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                // A build that was ended may have done the first half.
                _ if aside.exists() => disk::rename(&aside, &self.root.join(to)),
                _ => Ok(()),
            };
            self.real.clear();
            if let Err(error) = renamed {
                self.fail(to, FileError::io(&self.root.join(to))(error));
            }
        }
    }

    /// Removes files of earlier builds where folders have to be, and folders where files have.
    fn make_room(&mut self, old: &Manifest) {
        let files: BTreeSet<&str> = self.plan.moved.iter().map(|file| file.path.as_str()).collect();
        let below_a_file = |path: &str| path::folders(path).any(|folder| files.contains(folder));
        let plan = self.plan;
        for (path, checksum) in &plan.removed {
            if plan.folders.contains(path) || below_a_file(path) {
                self.remove(path, *checksum);
            }
        }
        // Backwards, what is inside comes before what it is in.
        for folder in old.dirs.iter().rev() {
            if (files.contains(folder.as_str()) || below_a_file(folder)) && self.is_real(folder) {
                // Whatever is left in it shows when the file is put in.
                let _ = fs::remove_dir(self.root.join(folder));
            }
        }
        self.real.clear();
    }

    /// Makes the folders that are missing, outer ones first.
    fn make_folders(&mut self) -> Result<(), Stuck> {
        let mut folders: Vec<&str> = self.plan.folders.iter().map(String::as_str).collect();
        let depth = |folder: &str| folder.matches('/').count();
        folders.sort_by_key(|folder| depth(folder));
        for level in folders.chunk_by(|a, b| depth(a) == depth(b)) {
            let made: Vec<_> = level
                .par_iter()
                .map(|folder| (*folder, fs::create_dir(self.root.join(folder))))
                .collect();
            for (folder, result) in made {
                match result {
                    Ok(()) => drop(self.real.insert(folder.to_owned(), true)),
                    Err(error) if is_stuck(&error) => return Err(stuck(folder, error)),
                    // It is there, or something else is, which the files in it will tell.
                    Err(_) => {}
                }
            }
        }
        Ok(())
    }

    fn put_in(&mut self) -> Result<(), Stuck> {
        for file in &self.plan.moved {
            let from = waiting(self.stage, file.number);
            if self.progress == Progress::Resumed && !is_whole(&from, file) {
                // What does not wait any more has been put in.
                if from.exists() {
                    self.damaged.insert(file.path.clone());
                }
                continue;
            }
            if let Err(error) = self.check_place(&file.path) {
                self.fail(&file.path, error);
                continue;
            }
            let to = self.root.join(&file.path);
            match disk::rename(&from, &to) {
                Ok(()) => self.outcome.moved += 1,
                Err(_) if to.is_dir() && !to.is_symlink() => self.fail(&file.path, FileError::IsAFolder),
                // What waited has been taken away, and the rest with it.
                Err(error) if is_stuck(&error) || error.kind() == ErrorKind::NotFound => {
                    return Err(stuck(&file.path, error));
                }
                Err(error) => self.fail(&file.path, FileError::io(&to)(error)),
            }
        }
        Ok(())
    }

    /// Checks that the folders of the file at `path` are folders of the destination.
    fn check_place(&mut self, path: &str) -> Result<(), FileError> {
        let mut outer: Vec<&str> = path::folders(path).collect();
        outer.reverse();
        let Some(folder) = outer.into_iter().find(|folder| !self.is_folder(folder)) else {
            return Ok(());
        };
        let whole = self.root.join(folder);
        let folder = folder.to_owned();
        Err(match fs::symlink_metadata(&whole) {
            Ok(found) if found.is_symlink() => FileError::Symlink { folder },
            Ok(_) => FileError::NotAFolder { folder },
            Err(error) => FileError::io(&whole)(error),
        })
    }

    /// Removes a file that is still as wsgen has written it. Any other file is somebody else's now.
    fn remove(&mut self, path: &str, checksum: u128) {
        let whole = self.root.join(path);
        let is_file = fs::symlink_metadata(&whole).is_ok_and(|found| found.is_file());
        if !is_file || !self.is_in_place(path) {
            return;
        }
        let removed = file::checksum(&whole).and_then(|found| {
            let ours = found == checksum || file::is_void(&whole);
            if ours {
                fs::remove_file(&whole).map(|()| true)
            } else {
                Ok(false)
            }
        });
        match removed {
            Ok(true) => self.outcome.removed += 1,
            Ok(false) => drop(self.outcome.edited.insert(path.to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.fail(path, FileError::io(&whole)(error)),
        }
    }

    /// Removes the folders of `new` that wsgen made, that are empty now, and in which no file of `new` lies; they and
    /// those that have gone away are forgotten.
    fn remove_folders(&mut self, new: &mut Manifest) {
        let needed: BTreeSet<&str> = new.files.keys().flat_map(|path| path::folders(path)).collect();
        let mut gone = Vec::new();
        // Backwards, what is inside comes before what it is in.
        for folder in new.dirs.iter().rev() {
            if needed.contains(folder.as_str()) {
                continue;
            }
            if !self.is_real(folder) || fs::remove_dir(self.root.join(folder)).is_ok() {
                gone.push(folder.clone());
            }
        }
        for folder in gone {
            new.dirs.remove(&folder);
        }
    }

    fn is_in_place(&mut self, path: &str) -> bool {
        path::folders(path)
            .next()
            .is_none_or(|folder| self.is_real(folder))
    }

    /// Returns true if `folder` is a folder of the destination, reached without links.
    fn is_real(&mut self, folder: &str) -> bool {
        let mut outer: Vec<&str> = path::folders(folder).collect();
        outer.reverse();
        outer
            .into_iter()
            .chain([folder])
            .all(|folder| self.is_folder(folder))
    }

    fn is_folder(&mut self, folder: &str) -> bool {
        if let Some(known) = self.real.get(folder) {
            return *known;
        }
        let real = fs::symlink_metadata(self.root.join(folder)).is_ok_and(|found| found.is_dir());
        self.real.insert(folder.to_owned(), real);
        real
    }

    fn fail(&mut self, path: &str, error: FileError) {
        self.outcome.failures.push(Failure {
            path: path.to_owned(),
            error,
        });
    }
}

/// The last name of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns true if a file waits, and holds what was written to it.
fn is_whole(waiting: &Path, file: &Move) -> bool {
    file::checksum(waiting).is_ok_and(|found| found == file.checksum)
}

fn stuck(path: &str, error: io::Error) -> Stuck {
    Stuck {
        path: path.to_owned(),
        error,
    }
}

/// Returns true if an error is about the whole disk, and not about one file.
fn is_stuck(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem
    )
}
