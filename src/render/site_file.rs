//! The terms of the table of files about the whole site: kinds of files, and what they are made of.

use std::collections::{BTreeSet, HashMap};

use super::page_parts::PageParts;
use super::{OutputContent, OutputFile, Renderer};
use crate::body::PageFacts;
use crate::diag::Diagnostics;

/// A kind of files about the whole site.
pub(super) struct Kind {
    /// The paths of the files of this kind; none where the site has no such file. A path that ends with `/` is a folder
    /// of files whose names depend on their content.
    pub(super) paths: fn(&Renderer<'_>) -> Vec<String>,
    pub(super) make: Make,
}

/// The content of a file, and the findings about it.
pub type Content = (OutputContent, Diagnostics);

/// The maker of files of one kind, by what has to be known before. A file is named by its place among the kind's paths.
#[derive(Clone, Copy)]
pub enum Make {
    /// Needs the graph and the settings.
    Graph(fn(&Renderer<'_>, usize) -> Content),
    /// Needs the text of every page.
    Pages(fn(&Renderer<'_>, usize, &AllPages<'_>) -> Content),
    /// Needs nothing, but a site publishes only the files that its pages need.
    Stock {
        /// Makes a file.
        file: fn(&Renderer<'_>, usize) -> OutputContent,
        /// Gives the places of the files that pages need.
        needed: fn(&Renderer<'_>, &AllPages<'_>) -> BTreeSet<usize>,
    },
    /// Needs an index of every text; made by [`search`](crate::search).
    Search,
    /// Needs every other file of the finished site, sorted by path.
    Published(fn(&Renderer<'_>, &[Published<'_>]) -> Vec<OutputFile>),
}

/// Everything about the texts of pages that site files are made of, indexed by page.
#[derive(Clone, Copy)]
pub struct AllPages<'p> {
    /// The facts about each text.
    pub facts: &'p [Option<&'p PageFacts>],
    /// The parts of each text that site files show.
    pub parts: &'p [PageParts],
}

/// A file of the finished site.
#[derive(Debug, Clone, Copy)]
pub struct Published<'a> {
    /// Path from the site's root, as in [`OutputFile`].
    pub path: &'a str,
    /// Hash of the content.
    pub checksum: u128,
    /// Size in bytes.
    pub size: u64,
}

/// A file that a site can have.
#[derive(Clone, Copy)]
pub struct SiteFile {
    /// Its place among the paths of its kind.
    pub place: usize,
    /// The maker of its kind.
    pub make: Make,
}

/// The site files of a site by path.
#[derive(Default)]
pub struct SiteFiles {
    pub(super) files: HashMap<String, SiteFile>,
    pub(super) folders: Vec<(String, SiteFile)>,
}

impl SiteFiles {
    /// Returns true if the finished site has a file at `path` whatever its pages hold.
    pub fn has(&self, path: &str) -> bool {
        let file = self.files.get(path);
        file.is_some_and(|file| !matches!(file.make, Make::Stock { .. }))
    }

    /// The file at `path`.
    pub fn at(&self, path: &str) -> Option<SiteFile> {
        let in_folder = || {
            let mut folders = self.folders.iter();
            folders.find(|(folder, _)| path.starts_with(folder))
        };
        let file = self.files.get(path);
        file.or_else(|| in_folder().map(|(_, file)| file)).copied()
    }
}
