//! The files of a site with look-ups.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::names::composed;
use super::{Component, LoadError, Origin, Skipped, SourceFile, embedded};
use crate::diag::FileId;
use crate::diag::print::Sources;

/// Every file of a site, and the default theme.
///
/// Of two files at the same place of the same component the look-ups give the site's own rather than the embedded one.
/// Embedded templates and interface texts are in the tree even where the site has its own, because they are what a
/// faulty file of the site falls back to; a shadowed static file is not.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    files: Vec<SourceFile>,
    by_target: HashMap<Component, HashMap<String, Vec<FileId>>>,
    by_path: HashMap<String, FileId>,
    /// Content files that were not read, by path.
    skipped: Vec<(String, Skipped)>,
}

impl SourceTree {
    /// The file of that name. A name of another tree gives nothing or another file.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text of a file; `None` for a file that is not text.
    pub fn text(&self, id: FileId) -> Option<&str> {
        self.get(id)?.text()
    }

    /// The path of a file for messages.
    pub fn path(&self, id: FileId) -> Option<&str> {
        Some(&self.get(id)?.path)
    }

    /// The file at `target` of a component; if languages have one each, the first.
    pub fn find(&self, component: Component, target: &str) -> Option<FileId> {
        self.at(component, target).first().copied()
    }

    /// The file at `target` of a component that `lang` sees: its own, or one that all languages share.
    pub fn find_in(&self, component: Component, target: &str, lang: &str) -> Option<FileId> {
        let found = self.at(component, target);
        let of = |wanted: Option<&str>| {
            found
                .iter()
                .copied()
                .find(|id| self.get(*id).is_some_and(|file| file.lang.as_deref() == wanted))
        };
        of(Some(lang)).or_else(|| of(None))
    }

    /// The file at a path from the site's root: `content/docs/a.yaml`.
    pub fn find_path(&self, path: &str) -> Option<FileId> {
        self.by_path.get(&*composed(path)).copied()
    }

    /// The names in a folder, by its path from the site's root, each with true for a folder; `None` if no file is below
    /// it.
    pub fn folder(&self, path: &str) -> Option<Vec<(String, bool)>> {
        let below = match path.trim_matches('/') {
            "" | "." => String::new(),
            path => format!("{path}/"),
        };
        let own = self.all().filter(|(_, file)| file.origin != Origin::Embedded);
        let names: BTreeMap<String, bool> = own
            .filter_map(|(_, file)| {
                let rest = file.path.strip_prefix(&below)?;
                let (name, is_folder) = rest
                    .split_once('/')
                    .map_or((rest, false), |(name, _)| (name, true));
                Some((name.to_owned(), is_folder))
            })
            .collect();
        (!names.is_empty()).then(|| names.into_iter().collect())
    }

    /// The files of a component: the site's own sorted by target and language, then the default theme's. Configuration
    /// files come in the order in which they were read.
    pub fn iter(&self, component: Component) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.all().filter(move |(_, file)| file.component == component)
    }

    /// All files, in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The content files and folders that were found and not read, with the reason. Folders end in a slash.
    pub fn skipped(&self) -> &[(String, Skipped)] {
        &self.skipped
    }

    /// Notes content files that are not read.
    pub(super) fn skip(&mut self, skipped: impl IntoIterator<Item = (String, Skipped)>) {
        self.skipped.extend(skipped);
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns true if there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Adds the files of the default theme behind its own.
    pub fn with_theme(mut self) -> Result<Self, LoadError> {
        for file in embedded::theme() {
            let shadowed = !self.at(file.component, &file.target).is_empty();
            if !(shadowed && file.component == Component::Static) {
                self.push(file)?;
            }
        }
        Ok(self)
    }

    /// Replaces the content of a file. Its path and place do not change, so that every look-up gives the same result as
    /// before.
    pub fn replace(&mut self, id: FileId, new: SourceFile) {
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            (file.content, file.len, file.facts) = (new.content, new.len, new.facts);
            file.returns = new.returns;
        }
    }

    /// The files with the same names, some of them at other places: path from the site's folder and inside the component.
    pub(crate) fn moved(&self, places: &HashMap<FileId, (String, String)>) -> Self {
        let mut tree = Self {
            skipped: self.skipped.clone(),
            ..Self::default()
        };
        for (id, file) in self.all() {
            let mut file = file.clone();
            if let Some((path, target)) = places.get(&id) {
                (file.path, file.target) = (path.clone(), target.clone());
            }
            // There are as many as before.
            let _ = tree.push(file);
        }
        tree
    }

    /// Sets the dates of the last changes of content files, by path.
    pub(super) fn set_changes(&mut self, changes: &HashMap<String, Timestamp>) {
        let content = |file: &&mut SourceFile| file.component == Component::Content;
        for file in self.files.iter_mut().filter(content) {
            file.facts.changed = changes.get(&file.path).copied();
        }
    }

    /// Appends a file. Its place is written in the composed form.
    pub(crate) fn push(&mut self, mut file: SourceFile) -> Result<FileId, LoadError> {
        if let Cow::Owned(target) = composed(&file.target) {
            file.target = target;
        }
        let id = FileId(u32::try_from(self.files.len()).map_err(|_| LoadError::TooManyFiles)?);
        self.by_target
            .entry(file.component)
            .or_default()
            .entry(file.target.clone())
            .or_default()
            .push(id);
        // Two mounts may show one file twice, and an embedded file has the path that a site's would have.
        let path = composed(&file.path).into_owned();
        self.by_path.entry(path).or_insert(id);
        self.files.push(file);
        Ok(id)
    }

    /// The files at a place, one for each language that has one.
    fn at(&self, component: Component, target: &str) -> &[FileId] {
        self.by_target
            .get(&component)
            .and_then(|targets| targets.get(&*composed(target)))
            .map_or(&[], Vec::as_slice)
    }
}

impl Sources for SourceTree {
    fn path(&self, file: FileId) -> &str {
        Self::path(self, file).unwrap_or_default()
    }

    fn text(&self, file: FileId) -> Option<&str> {
        Self::text(self, file)
    }

    fn in_file(&self, file: FileId, at: u32) -> u32 {
        self.get(file).map_or(at, |file| file.returns.in_file(at))
    }
}
