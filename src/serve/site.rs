//! The site of a preview, from one change to the next.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::Changes;
use crate::body::Body;
use crate::config::Config;
use crate::diag::{Diagnostics, FileId};
use crate::highlight::Highlighter;
use crate::parse::Segment;
use crate::pipeline::{self, BuildOptions, Parts};
use crate::source::{self, Component, Content, LoadError, Origin};

/// The converted text of a page, and the findings of its conversion.
pub(super) struct Text {
    pub(super) body: Body,
    pub(super) found: Diagnostics,
    /// Findings of its template, once the page was made.
    pub(super) template: OnceLock<Diagnostics>,
}

/// A site in one version.
pub(super) struct Site {
    options: BuildOptions<'static>,
    /// The site's folder, absolute.
    root: PathBuf,
    /// Stages 1 to 4.
    pub(super) parts: Parts,
    pub(super) highlighter: Highlighter,
    /// Texts by page, as far as they are known. They survive changes that do not concern them.
    pub(super) texts: RefCell<Vec<Option<Arc<Text>>>>,
    /// The files that were read from a place on disk.
    by_disk: HashMap<PathBuf, Vec<FileId>>,
    /// All folders above these files.
    above: HashSet<PathBuf>,
    /// Folders by the places where they really are, where these differ. Some systems tell changes by them.
    real_places: Vec<(PathBuf, PathBuf)>,
    /// The folders that hold the site, symbolic links resolved.
    pub(super) within: Arc<[PathBuf]>,
    /// Folders outside the site, of files that pages show.
    quoting: BTreeSet<PathBuf>,
    /// Number of the version; grows with every change.
    pub(super) version: u64,
}

/// A folder that holds files of a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folder {
    /// Absolute path of the folder.
    pub path: PathBuf,
    /// True if everything below it belongs to the site, false if only the files in it do.
    pub whole: bool,
}

/// The effect of changes on a site.
pub(super) enum Effect {
    /// No effect.
    Nothing,
    /// These files have other content.
    Files(Vec<FileId>),
    /// Files have come or gone, or the extent of the changes is not known.
    Everything,
}

impl Site {
    pub(super) fn load(mut options: BuildOptions<'static>) -> Result<Self, LoadError> {
        let no_site = |error| LoadError::NoSite {
            path: options.source.clone(),
            error,
        };
        // Changes come with absolute paths.
        let root = std::path::absolute(&options.source).map_err(no_site)?;
        options.source.clone_from(&root);
        let parts = Parts::load(&options)?;
        let highlighter = pipeline::highlighter(&options.source, &parts.config);
        let by_disk = by_disk(&parts);
        Ok(Self {
            above: above(&by_disk),
            real_places: real_places(&folders(&root, &parts.config)),
            by_disk,
            within: real(&folders(&root, &parts.config)),
            quoting: quoting(&parts),
            texts: RefCell::new(vec![None; parts.graph.pages.len()]),
            options,
            root,
            parts,
            highlighter,
            version: 1,
        })
    }

    /// The effect of `changes` on the site, and the paths that matter.
    pub(super) fn effect_of(&self, changes: &Changes) -> (Effect, Vec<PathBuf>) {
        let mut files = BTreeSet::new();
        let mut everything = changes.all;
        let mut matter = Vec::new();
        for path in changes.paths.iter().map(|path| self.as_given(path)) {
            let path = &*path;
            match self.by_disk.get(path) {
                Some(ids) if path.is_file() => {
                    let differ: Vec<FileId> = ids.iter().copied().filter(|id| self.differs(*id)).collect();
                    if differ.is_empty() {
                        continue;
                    }
                    files.extend(differ);
                }
                Some(_) => everything = true,
                None if self.is_news(path) => everything = true,
                None => continue,
            }
            matter.push(path.to_owned());
        }
        let effect = match (everything, files.is_empty()) {
            (true, _) => Effect::Everything,
            (false, true) => Effect::Nothing,
            (false, false) => Effect::Files(files.into_iter().collect()),
        };
        (effect, matter)
    }

    /// Returns true if a path that no file of the site was read from matters to it: something new, or a folder that is
    /// gone.
    fn is_news(&self, path: &Path) -> bool {
        let concerns = match path.strip_prefix(&self.root) {
            Ok(below) => below
                .to_str()
                .is_some_and(|below| self.parts.config.scope().concerns(&below.replace('\\', "/"))),
            Err(_) => true,
        };
        concerns && (path.symlink_metadata().is_ok() || self.above.contains(path))
    }

    /// A path by way of the folders as they are named.
    fn as_given<'p>(&self, path: &'p Path) -> Cow<'p, Path> {
        let below = |(real, given): &(PathBuf, PathBuf)| {
            let below = path.strip_prefix(real).ok()?;
            (!path.starts_with(given)).then(|| given.join(below))
        };
        self.real_places
            .iter()
            .find_map(below)
            .map_or(Cow::Borrowed(path), Cow::Owned)
    }

    /// Returns true if a file on disk differs from the one read. Files that are not read may always differ.
    fn differs(&self, id: FileId) -> bool {
        let Some(file) = self.parts.tree.get(id) else {
            return true;
        };
        match (&file.content, source::reread(id, file)) {
            (Content::Text(old), Ok((new, _))) => !matches!(new.content, Content::Text(new) if new == *old),
            _ => true,
        }
    }

    /// The site after the content of `files` has changed. `None` if reading them is not enough.
    pub(super) fn reread(&mut self, files: &[FileId], now: jiff::Timestamp) -> Option<()> {
        self.options.now = now;
        let next = self.parts.reread(&self.options, files)?;
        let pages = &next.inventory.pages;
        let texts_only = files
            .iter()
            .all(|file| pages.iter().any(|page| page.file == *file));
        let same = texts_only
            && Arc::ptr_eq(&next.graph, &self.parts.graph)
            && Arc::ptr_eq(&next.templates, &self.parts.templates);
        self.parts = next;
        let parts = &self.parts;
        // A text without calls depends on its own file and on the graph.
        let stays = |source: usize| {
            let page = &parts.parsed[source];
            let calls = page
                .body
                .iter()
                .any(|segment| !matches!(segment, Segment::Text(_)));
            !calls && !files.contains(&page.file)
        };
        let texts = self.texts.get_mut();
        texts.resize(parts.graph.pages.len(), None);
        for page in &parts.graph.pages {
            if !(same && page.source.is_none_or(stays)) {
                texts[page.id.0 as usize] = None;
            }
        }
        self.version += 1;
        Some(())
    }

    /// Reads the site again. If that is not possible it stays as it is.
    pub(super) fn reload(&mut self, now: jiff::Timestamp) -> Result<(), LoadError> {
        self.options.now = now;
        let parts = Parts::load(&self.options)?;
        self.by_disk = by_disk(&parts);
        self.above = above(&self.by_disk);
        self.real_places = real_places(&folders(&self.root, &parts.config));
        self.within = real(&folders(&self.root, &parts.config));
        self.quoting = quoting(&parts);
        self.texts = RefCell::new(vec![None; parts.graph.pages.len()]);
        self.parts = parts;
        self.version += 1;
        Ok(())
    }

    /// Keeps highlighted code for the next run.
    pub(super) fn keep_highlights(&self) {
        pipeline::keep_highlights(&self.highlighter, &self.options.source, &self.parts.config);
    }

    /// The folders of the site, as [`folders`] gives them, and those of other files that pages show.
    pub(super) fn folders(&self) -> Vec<Folder> {
        let others = self.quoting.iter().map(|path| Folder {
            path: path.clone(),
            whole: false,
        });
        folders(&self.root, &self.parts.config)
            .into_iter()
            .chain(others)
            .collect()
    }

    /// Returns true if pages show files outside the folders of the site.
    pub(super) fn quotes(&self) -> bool {
        !self.quoting.is_empty()
    }

    /// The site's own folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}

/// The folders of the site at `root`: its own, for new files in it, and those that are mounted.
pub(super) fn folders(root: &Path, config: &Config) -> Vec<Folder> {
    let mounts = config.mounts.iter().map(|mount| root.join(&mount.source));
    let below: BTreeSet<PathBuf> = mounts.chain([root.join("config")]).collect();
    let own = Folder {
        path: root.to_owned(),
        whole: false,
    };
    let below = below.into_iter().map(|path| Folder { path, whole: true });
    [own].into_iter().chain(below).collect()
}

/// The folders of files that belong to no part of the site.
fn quoting(parts: &Parts) -> BTreeSet<PathBuf> {
    let files = parts.tree.iter(Component::Other);
    files
        .filter_map(|(_, file)| match &file.origin {
            Origin::Disk(path) => path.parent().map(Path::to_owned),
            Origin::Embedded | Origin::Memory => None,
        })
        .collect()
}

fn real(folders: &[Folder]) -> Arc<[PathBuf]> {
    folders
        .iter()
        .filter_map(|folder| folder.path.canonicalize().ok())
        .collect()
}

/// Folders and the places where they really are, the innermost first, for those that are reached through a link.
fn real_places(folders: &[Folder]) -> Vec<(PathBuf, PathBuf)> {
    let places = folders.iter().map(|folder| &folder.path);
    let places = places.filter_map(|path| Some((path.canonicalize().ok()?, path.clone())));
    let mut places: Vec<_> = places.filter(|(real, given)| real != given).collect();
    places.sort_by_key(|(real, _)| std::cmp::Reverse(real.components().count()));
    places
}

fn above(by_disk: &HashMap<PathBuf, Vec<FileId>>) -> HashSet<PathBuf> {
    let mut above = HashSet::new();
    for file in by_disk.keys() {
        for folder in file.ancestors().skip(1) {
            if !above.insert(folder.to_owned()) {
                break;
            }
        }
    }
    above
}

fn by_disk(parts: &Parts) -> HashMap<PathBuf, Vec<FileId>> {
    let mut by_disk: HashMap<PathBuf, Vec<FileId>> = HashMap::new();
    for (id, file) in parts.tree.all() {
        if let Origin::Disk(path) = &file.origin {
            by_disk.entry(path.clone()).or_default().push(id);
        }
    }
    by_disk
}
