//! Stage 7, emit: files become a folder.
//!
//! An [`Emission`] takes files in batches and compares each, in parallel, with what the destination has. What differs
//! is written to a folder of its own, where it waits until every file is there ([`stage`]). Then a journal says what
//! is about to happen ([`plan`]), and it happens ([`commit`]): files are renamed into their places, and those of
//! earlier builds that nothing makes any more are removed. Until then the destination is untouched, and from then on
//! the next build finishes what this one cannot. A batch may be made while it is written, so that the files of a large
//! site need not be in memory together.
//!
//! A manifest in the site's `.wsgen/` remembers what was written ([`memory`]), so that files of others are left alone.
//! An error in one file is reported and costs only that file; a disk that takes no more costs the build, and the
//! destination stays as it was.

mod commit;
mod destination;
mod error;
mod file;
mod findings;
mod folders;
mod halt;
mod manifest;
mod memory;
mod path;
mod plan;
mod portable_names;
mod stage;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::PathBuf;

use rayon::prelude::*;

pub use destination::Place;
pub use error::{EmitError, Failure, FileError};
pub use halt::{Halt, Stopped};
pub use portable_names::Names;

use crate::render::{OutputContent, OutputFile, Published};
use crate::source::SourceTree;
use commit::{Outcome, Progress};
use file::{Data, Fingerprint};
use folders::Folders;
use memory::Memory;
use plan::{Move, Plan};
use stage::{Stage, Taken};

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
    /// Why the destination is not the site, if one cause was behind it all.
    pub obstacle: Option<Obstacle>,
    /// Paths of the site where somebody else's files are. These stay.
    pub foreign: Vec<String>,
    /// Files of earlier builds that nothing makes any more, and that somebody has changed. They stay.
    pub edited: Vec<String>,
    /// Pages that seem to be of earlier builds, where nothing tells which files are. They stay.
    pub forgotten: Vec<String>,
    /// True if it was known which files earlier builds had written.
    pub is_informed: bool,
    /// The reason why the manifest was not saved. The site is whole, but the next build will not know which files are
    /// stale.
    pub unremembered: Option<Failure>,
}

/// Why a destination could not be made the site.
#[derive(Debug)]
pub struct Obstacle {
    /// The error of the operating system.
    pub error: std::io::Error,
    /// The first file that could not be written.
    pub path: String,
    /// How many could not.
    pub files: usize,
    /// True if the destination is as it was before. If not, some files are new, and the next build finishes the rest.
    pub is_untouched: bool,
}

/// A site on its way to a folder.
#[derive(Debug)]
pub struct Emission<'a> {
    /// The source tree, for files to copy.
    tree: &'a SourceTree,
    root: PathBuf,
    halt: Halt,
    memory: Memory,
    stage: Stage,
    /// Every path of the batches so far, written or not.
    taken: Paths,
    /// The paths as file systems see them that do not tell case, where the destination is on one.
    folded: HashMap<String, String>,
    /// Folders of these paths.
    folders: Folders,
    /// The files of the site that are there or wait.
    files: BTreeMap<String, Ready>,
    report: Report,
}

/// A file of the site that is there or waits.
#[derive(Debug)]
struct Ready {
    fingerprint: Fingerprint,
    /// Number of the file that waits; nothing where the destination has it already.
    waits: Option<u32>,
}

/// The result of one file.
enum Put {
    Ready(Ready),
    /// Somebody else's file is there.
    Foreign,
}

impl<'a> Emission<'a> {
    /// Makes the destination of `place` ready, and finishes what a build has begun there that was ended from outside.
    /// `tree` has the files to copy. Where another build is writing there, `wait` is called, and its end waited for.
    pub fn begin(
        tree: &'a SourceTree,
        place: &Place<'_>,
        halt: &Halt,
        wait: impl Fn(),
    ) -> Result<Self, EmitError> {
        let root = place.prepare()?;
        loop {
            let mut held = halt.hold();
            let stage = match Stage::take(&root) {
                Taken::Free(stage) => stage,
                Taken::Busy(other) => {
                    drop(held);
                    wait();
                    other.wait();
                    continue;
                }
            };
            let mut memory = Memory::load(place.manifest_file(&root), &root);
            if let Some(plan) = stage.begun() {
                finish_earlier(&plan, &root, &stage, &mut memory).map_err(|stuck| EmitError::Unfinished {
                    destination: place.destination.to_owned(),
                    path: stuck.path,
                    error: stuck.error,
                })?;
            }
            stage.clear();
            held.wait_in(Some(stage.dir()));
            return Ok(Self {
                tree,
                root,
                halt: halt.clone(),
                memory,
                stage,
                taken: Paths::new(),
                folded: HashMap::new(),
                folders: Folders::default(),
                files: BTreeMap::new(),
                report: Report::default(),
            });
        }
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
        let mut batch = BTreeSet::new();
        let paths: Vec<Option<&str>> = items
            .iter()
            .map(|item| self.claim(path(item), &mut batch))
            .collect();
        let results: Vec<(Option<Result<Put, FileError>>, R)> = items
            .par_iter()
            .zip(&paths)
            .map(|(item, path)| {
                let (content, rest) = make(item);
                (path.map(|path| self.put(path, &content)), rest)
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
        self.files.iter().map(|(path, file)| Published {
            path,
            checksum: file.fingerprint.checksum,
            size: file.fingerprint.size,
        })
    }

    /// Puts in what waits, removes what earlier builds have written and this one did not, and remembers what there is.
    pub fn finish(mut self) -> Report {
        let halt = self.halt.clone();
        let mut held = halt.hold();
        if self.report.obstacle.is_none() {
            self.commit();
        } else if let Some(error) = self.stage.take_cause() {
            self.block(error);
        }
        let Self {
            stage, mut report, ..
        } = self;
        // What has begun and is not done waits for the next build.
        if report
            .obstacle
            .as_ref()
            .is_none_or(|obstacle| obstacle.is_untouched)
        {
            stage.end();
        }
        held.wait_in(None);
        report.failures.sort_by(|a, b| a.path.cmp(&b.path));
        report
    }

    fn commit(&mut self) {
        let plan = self.plan();
        let begun = if plan.is_idle() {
            Ok(())
        } else {
            self.stage.begin(&plan)
        };
        if let Err(error) = begun {
            return self.block(error);
        }
        let (root, old) = (&self.root, self.memory.manifest());
        match commit::carry_out(&plan, root, self.stage.dir(), old, Progress::New) {
            Ok((new, outcome)) => {
                self.tell_forgotten();
                self.remember(new);
                self.tell(outcome);
            }
            Err(stuck) => {
                self.report.obstacle = Some(Obstacle {
                    path: stuck.path,
                    files: plan.moved.len(),
                    error: stuck.error,
                    is_untouched: false,
                });
            }
        }
    }

    /// The steps to take in the destination.
    fn plan(&self) -> Plan {
        let stale = self.memory.stale(&self.taken, &self.folders);
        let known = &self.memory.manifest().files;
        let mut plan = Plan {
            is_informed: self.memory.is_whole(),
            renamed: stale.renamed,
            folders: self.folders.missing(),
            removed: stale.removed.into_iter().collect(),
            ..Plan::default()
        };
        for (path, file) in &self.files {
            let checksum = file.fingerprint.checksum;
            match file.waits {
                Some(number) => plan.moved.push(Move {
                    number,
                    path: path.clone(),
                    checksum,
                }),
                None if known.get(path) != Some(&checksum) => drop(plan.known.insert(path.clone(), checksum)),
                None => {}
            }
        }
        // Folders of files that are not written are not made.
        let needed = plan.needed();
        let folders = plan
            .folders
            .iter()
            .filter(|folder| needed.contains(folder.as_str()));
        plan.folders = folders.cloned().collect();
        plan.sort();
        plan
    }

    fn remember(&mut self, new: manifest::Manifest) {
        if let Err(error) = self.memory.keep(new) {
            let file = self.memory.file();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            self.report.unremembered = Some(Failure {
                path: format!("{}/{name}", destination::STATE),
                error: FileError::io(file)(error),
            });
        }
    }

    fn tell(&mut self, outcome: Outcome) {
        self.report.written = outcome.moved;
        self.report.removed = outcome.removed;
        self.report.edited = outcome.edited.into_iter().collect();
        self.report.failures.extend(outcome.failures);
    }

    /// Looks for pages of earlier builds where nobody has told of them.
    fn tell_forgotten(&mut self) {
        self.report.is_informed = self.memory.is_whole();
        if !self.report.is_informed {
            let is_ours = |path: &str| self.taken.contains(path);
            self.report.forgotten = self.memory.forgotten(&self.root, is_ours);
        }
    }

    /// The whole site cannot be written, because of `error`.
    fn block(&mut self, error: std::io::Error) {
        let waiting = self.files.iter().filter(|(_, file)| file.waits.is_some());
        let waiting: Vec<&String> = waiting.map(|(path, _)| path).collect();
        let (path, files) = match &self.report.obstacle {
            Some(obstacle) => (obstacle.path.clone(), obstacle.files + waiting.len()),
            None => (
                waiting.first().map_or_else(String::new, |path| (*path).clone()),
                waiting.len(),
            ),
        };
        self.report.obstacle = Some(Obstacle {
            error,
            path,
            files,
            is_untouched: true,
        });
    }

    /// The path if it can be written and is free; then it is one of the batch's paths.
    fn claim<'p>(&mut self, path: &'p str, batch: &mut BTreeSet<&'p str>) -> Option<&'p str> {
        match self.check(path, batch) {
            Ok(true) => {
                batch.insert(path);
                self.taken.insert(path.to_owned());
                if self.memory.is_blind() {
                    self.folded.insert(path::fold(path).into_owned(), path.to_owned());
                }
                self.folders.add(&self.root, path, self.memory.manifest());
                Some(path)
            }
            Ok(false) => None,
            Err(error) => {
                self.fail(path, error);
                None
            }
        }
    }

    /// Checks that the path is free. One that an earlier batch has is not, and nobody's mistake.
    fn check(&self, path: &str, batch: &BTreeSet<&str>) -> Result<bool, FileError> {
        path::check(path)?;
        if batch.contains(path) {
            return Err(FileError::Twice);
        }
        if self.taken.contains(path) {
            return Ok(false);
        }
        if self.memory.is_blind()
            && let Some(other) = self.folded.get(&*path::fold(path))
        {
            return Err(FileError::Alike { other: other.clone() });
        }
        if self.folders.needs(path) {
            return Err(FileError::NeedsFolder);
        }
        match path::folders(path).find(|folder| self.taken.contains(*folder)) {
            Some(folder) => Err(FileError::NotAFolder {
                folder: folder.to_owned(),
            }),
            None => Ok(true),
        }
    }

    /// Compares a file with what is there, and lets it wait if it differs.
    fn put(&self, path: &str, content: &OutputContent) -> Result<Put, FileError> {
        self.folders.check(path)?;
        let data = Data::of(content, self.tree)?;
        let whole = self.root.join(path);
        let found = if self.folders.is_fresh(path) {
            None
        } else {
            fs::symlink_metadata(&whole).ok()
        };
        if let Some(found) = found {
            if found.is_file()
                && let Some(fingerprint) = file::compare(&whole, found.len(), &data)?
            {
                return Ok(Put::Ready(Ready {
                    fingerprint,
                    waits: None,
                }));
            }
            if found.is_dir() && !self.memory.owns_folder(path) {
                return Err(FileError::IsAFolder);
            }
            if !found.is_dir() && !self.memory.owns(path) {
                return Ok(Put::Foreign);
            }
        }
        let (number, fingerprint) = self.stage.put(&data, &self.halt)?;
        Ok(Put::Ready(Ready {
            fingerprint,
            waits: Some(number),
        }))
    }

    fn note(&mut self, path: &str, result: Result<Put, FileError>) {
        match result {
            Ok(Put::Ready(file)) => {
                self.report.unchanged += usize::from(file.waits.is_none());
                self.files.insert(path.to_owned(), file);
            }
            Ok(Put::Foreign) => self.report.foreign.push(path.to_owned()),
            Err(FileError::Stopped) => self.count_stopped(path),
            Err(error) => self.fail(path, error),
        }
    }

    /// One more file that could not be written because of what has happened before.
    fn count_stopped(&mut self, path: &str) {
        let obstacle = self.report.obstacle.get_or_insert_with(|| Obstacle {
            error: std::io::ErrorKind::Interrupted.into(),
            path: path.to_owned(),
            files: 0,
            is_untouched: true,
        });
        obstacle.files += 1;
    }

    fn fail(&mut self, path: &str, error: FileError) {
        self.report.failures.push(Failure {
            path: path.to_owned(),
            error,
        });
    }
}

/// Finishes what a build that was ended from outside has begun.
fn finish_earlier(
    plan: &Plan,
    root: &std::path::Path,
    stage: &Stage,
    memory: &mut Memory,
) -> Result<(), commit::Stuck> {
    let (new, _) = commit::carry_out(plan, root, stage.dir(), memory.manifest(), Progress::Resumed)?;
    if plan.is_informed {
        memory.believe();
    }
    // Where it cannot be kept, this build has it all the same, and tells.
    let _ = memory.keep(new);
    Ok(())
}

/// A set of folders or files, each by its path from the destination.
type Paths = BTreeSet<String>;

#[cfg(test)]
mod tests;
