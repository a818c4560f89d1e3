//! The goal of the files of a site: a folder, the caller's memory, or nowhere.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{BuildOptions, Parts, Stage, Written};
use crate::diag::{Diagnostics, FileId};
use crate::emit::{Emission, EmitError, Names, Place};
use crate::render::{OutputContent, OutputFile, Renderer};

/// Takes the files of a site.
pub(super) struct Sink<'a> {
    goal: Goal<'a>,
    names: Names,
}

enum Goal<'a> {
    Folder(Box<Emission<'a>>),
    Memory(Vec<OutputFile>),
    /// A check makes all files and keeps none.
    Nowhere,
}

/// Makes the destination ready for stage 7.
pub(super) fn begin<'a>(parts: &'a Parts, options: &BuildOptions<'_>) -> Result<Emission<'a>, EmitError> {
    let mounts = parts.config.mounts.iter();
    let sources: Vec<PathBuf> = mounts.map(|mount| PathBuf::from(&mount.source)).collect();
    let place = Place {
        site: &options.source,
        destination: &options.source.join(&parts.config.publish_dir),
        sources: &sources,
    };
    let wait = || options.progress.begin(Stage::Wait, 0);
    Emission::begin(&parts.tree, &place, &options.halt, wait)
}

impl<'a> Sink<'a> {
    /// Files go to `folder`.
    pub(super) fn folder(folder: Emission<'a>) -> Self {
        Self::to(Goal::Folder(Box::new(folder)))
    }

    /// Files go to the caller.
    pub(super) fn memory() -> Self {
        Self::to(Goal::Memory(Vec::new()))
    }

    /// Files are made and dropped.
    pub(super) fn nowhere() -> Self {
        Self::to(Goal::Nowhere)
    }

    fn to(goal: Goal<'a>) -> Self {
        Self {
            goal,
            names: Names::default(),
        }
    }

    /// Tells what came of files that went to a folder, and gives those that went to memory. `destination` is the name of
    /// the folder.
    pub(super) fn finish(
        self,
        destination: &str,
        found: &mut Diagnostics,
    ) -> (Option<Written>, Vec<OutputFile>) {
        found.extend(self.names.findings());
        let report = match self.goal {
            Goal::Folder(folder) => folder.finish(),
            Goal::Memory(files) => return (None, firsts(files)),
            Goal::Nowhere => return (None, Vec::new()),
        };
        found.extend(report.findings(&self.names, destination));
        let written = Written {
            changed: report.written,
            unchanged: report.unchanged,
            removed: report.removed,
            ..Written::default()
        };
        (Some(written), Vec::new())
    }

    pub(super) fn put(&mut self, files: &[OutputFile]) {
        for file in files {
            let source = match file.content {
                OutputContent::Copy(source) => Some(source),
                _ => None,
            };
            self.names.add(&file.path, source);
        }
        match &mut self.goal {
            Goal::Folder(folder) => folder.write(files),
            Goal::Memory(all) => all.extend_from_slice(files),
            Goal::Nowhere => {}
        }
    }

    /// Adds the files that name every other one. Only sites in a folder have them: they are for servers.
    pub(super) fn put_last(&mut self, renderer: &Renderer<'_>) {
        if let Goal::Folder(folder) = &mut self.goal {
            let others: Vec<_> = folder.published().collect();
            let files = renderer.make_last_files(&others);
            self.put(&files);
        }
    }

    /// As [`Emission::write_each`]. `place` gives the path of an item, and the file that it is made of.
    pub(super) fn put_each<'i, T: Sync, R: Send>(
        &mut self,
        items: &'i [T],
        place: impl Fn(&'i T) -> (&'i str, Option<FileId>),
        make: impl Fn(&'i T) -> (Cow<'i, OutputContent>, R) + Sync,
    ) -> Vec<R> {
        for item in items {
            let (path, source) = place(item);
            self.names.add(path, source);
        }
        match &mut self.goal {
            Goal::Folder(folder) => folder.write_each(items, |item| place(item).0, make),
            Goal::Memory(all) => {
                let (contents, rests): (Vec<_>, Vec<_>) = items.par_iter().map(&make).unzip();
                all.extend(items.iter().zip(contents).map(|(item, content)| OutputFile {
                    path: place(item).0.to_owned(),
                    content: content.into_owned(),
                }));
                rests
            }
            Goal::Nowhere => items.par_iter().map(|item| make(item).1).collect(),
        }
    }
}

/// The files without those at the path of an earlier one. In a folder these are left out, too.
fn firsts(mut files: Vec<OutputFile>) -> Vec<OutputFile> {
    let mut taken = HashSet::new();
    files.retain(|file| taken.insert(file.path.clone()));
    files
}
