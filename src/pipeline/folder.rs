//! The goal of the files of a site: a folder, or nowhere.

use std::borrow::Cow;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{BuildOptions, Parts, Stage, Written};
use crate::diag::{Diagnostics, FileId};
use crate::emit::{Emission, EmitError, Names, Place};
use crate::render::{OutputContent, OutputFile, Renderer};

/// Takes the files of a site. A check makes all files and keeps none: it takes them without a folder.
pub(super) struct Sink<'a> {
    folder: Option<Emission<'a>>,
    names: Names,
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
    pub(super) fn new(folder: Option<Emission<'a>>) -> Self {
        Self {
            folder,
            names: Names::default(),
        }
    }

    /// Tells what came of the files; nothing for those that went nowhere. `destination` is the name of the folder.
    pub(super) fn finish(self, destination: &str, found: &mut Diagnostics) -> Option<Written> {
        found.extend(self.names.findings());
        let report = self.folder?.finish();
        found.extend(report.findings(&self.names, destination));
        Some(Written {
            changed: report.written,
            unchanged: report.unchanged,
            removed: report.removed,
            ..Written::default()
        })
    }

    pub(super) fn put(&mut self, files: &[OutputFile]) {
        for file in files {
            let source = match file.content {
                OutputContent::Copy(source) => Some(source),
                _ => None,
            };
            self.names.add(&file.path, source);
        }
        if let Some(folder) = &mut self.folder {
            folder.write(files);
        }
    }

    /// Adds the files that name every other one.
    pub(super) fn put_last(&mut self, renderer: &Renderer<'_>) {
        if let Some(folder) = &mut self.folder {
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
        match &mut self.folder {
            Some(folder) => folder.write_each(items, |item| place(item).0, make),
            None => items.par_iter().map(|item| make(item).1).collect(),
        }
    }
}
