//! The makers of the files in the destination.
//!
//! With a manifest this is known: what is not in it is somebody else's. Without one nobody can know, as when the
//! folder was brought here and wsgen's own files were not. Then the home page tells: where a generator has put its
//! mark, the folder is a published site, whose pages and lists of pages were generated.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::folders::Folders;
use super::manifest::Manifest;
use super::{Paths, path, stage};
use crate::disk;

/// Bytes of a page in which its head is looked for.
const HEAD: u64 = 64 * 1024;

/// Facts about the files in the destination.
#[derive(Debug)]
pub(super) struct Memory {
    file: PathBuf,
    manifest: Manifest,
    trust: Trust,
    /// The paths of the manifest as a file system sees them that does not tell case, where the destination is on one.
    folded: Option<HashMap<String, String>>,
}

/// How far the manifest can be believed about what it does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// It names all that wsgen has written there, or nothing was there.
    Whole,
    /// Nothing is known of a site that a generator has made.
    Published,
    /// Nothing is known.
    Nothing,
}

impl Memory {
    /// Reads the manifest `file` of the destination `root`.
    pub(super) fn load(file: PathBuf, root: &Path) -> Self {
        disk::sweep(file.parent().unwrap_or(&file));
        let manifest = Manifest::load(&file);
        // A manifest that cannot be written has not been written by the last build, either.
        let is_whole = match &manifest {
            Some(_) => OpenOptions::new().append(true).open(&file).is_ok(),
            None => is_empty(root),
        };
        let trust = if is_whole {
            Trust::Whole
        } else if is_published(root) {
            Trust::Published
        } else {
            Trust::Nothing
        };
        let mut memory = Self {
            file,
            manifest: Manifest::default(),
            trust,
            folded: is_blind(root).then(HashMap::new),
        };
        memory.know(manifest.unwrap_or_default());
        memory
    }

    /// Takes the destination for one on a file system that does not tell case.
    #[cfg(test)]
    pub(super) fn be_blind(&mut self) {
        self.folded = Some(HashMap::new());
        self.know(self.manifest.clone());
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns true if the manifest names everything that wsgen has written.
    pub(super) fn is_whole(&self) -> bool {
        self.trust == Trust::Whole
    }

    /// Returns true if the destination is on a file system that does not tell case.
    pub(super) fn is_blind(&self) -> bool {
        self.folded.is_some()
    }

    /// The manifest is that of a build that knew of everything in the destination.
    pub(super) fn believe(&mut self) {
        self.trust = Trust::Whole;
    }

    /// Takes `manifest` for what is known.
    pub(super) fn know(&mut self, manifest: Manifest) {
        if let Some(folded) = &mut self.folded {
            let paths = manifest.files.keys();
            *folded = paths
                .map(|path| (path::fold(path).into_owned(), path.clone()))
                .collect();
        }
        self.manifest = manifest;
    }

    /// Remembers `manifest` for the next build.
    pub(super) fn keep(&mut self, manifest: Manifest) -> std::io::Result<()> {
        let result = if manifest != self.manifest || !self.file.exists() {
            manifest.save(&self.file)
        } else {
            Ok(())
        };
        self.know(manifest);
        result
    }

    /// The file where it is remembered.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Returns true if a file at `path` may be written over.
    pub(super) fn owns(&self, path: &str) -> bool {
        self.manifest.files.contains_key(path)
            || self
                .folded
                .as_ref()
                .is_some_and(|folded| folded.contains_key(&*path::fold(path)))
            || self.trust == Trust::Published && is_markup(path)
    }

    /// Returns true if a folder at `path` has become one of earlier builds.
    pub(super) fn owns_folder(&self, path: &str) -> bool {
        self.manifest.dirs.contains(path)
    }

    /// The pages and lists of pages in the destination that an earlier build seems to have made, and which are not
    /// among those of this build.
    pub(super) fn forgotten(&self, root: &Path, is_ours: impl Fn(&str) -> bool) -> Vec<String> {
        let visible = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || name != stage::FOLDER && !path::is_repository(&name)
        };
        let entries = WalkDir::new(root).sort_by_file_name().into_iter();
        let files = entries
            .filter_entry(visible)
            .flatten()
            .filter(|entry| entry.file_type().is_file());
        files
            .filter_map(|entry| {
                let path = slashed(entry.path().strip_prefix(root).ok()?)?;
                let generated = is_markup(&path) && !is_ours(&path);
                let seems_ours = || self.trust == Trust::Published || has_mark(entry.path());
                (generated && seems_ours()).then_some(path)
            })
            .collect()
    }

    /// The files of the manifest that are not among `taken`. Those that are one file with one of `taken` to the
    /// destination, and the folders that are one with one of `folders`, only get another name.
    pub(super) fn stale(&self, taken: &Paths, folders: &Folders) -> Stale {
        let mut stale = Stale::default();
        let gone = self.manifest.files.iter();
        let gone = gone.filter(|(path, _)| !taken.contains(*path));
        if !self.is_blind() {
            stale.removed = gone.map(|(path, checksum)| (path.clone(), *checksum)).collect();
            return stale;
        }
        let by_fold = |paths: &mut dyn Iterator<Item = &str>| -> HashMap<String, String> {
            paths
                .map(|path| (path::fold(path).into_owned(), path.to_owned()))
                .collect()
        };
        let needed = by_fold(&mut folders.needed());
        let unneeded = self.manifest.dirs.iter().filter(|folder| !folders.needs(folder));
        let alike = |folder: &String| Some((folder.clone(), needed.get(&*path::fold(folder))?.clone()));
        stale.renamed = unneeded.filter_map(alike).collect();
        let wanted = by_fold(&mut taken.iter().map(String::as_str));
        for (path, checksum) in gone {
            match wanted.get(&*path::fold(path)) {
                Some(new) => stale.renamed.push((path.clone(), new.clone())),
                None => stale.removed.push((path.clone(), *checksum)),
            }
        }
        stale
    }
}

/// See [`Memory::stale`].
#[derive(Debug, Default)]
pub(super) struct Stale {
    pub(super) renamed: Vec<(String, String)>,
    pub(super) removed: Vec<(String, u128)>,
}

fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Returns true if there is nothing in the destination.
fn is_empty(root: &Path) -> bool {
    let mut entries = fs::read_dir(root).into_iter().flatten().flatten();
    entries.all(|entry| entry.file_name() == stage::FOLDER)
}

/// Returns true if the file system of the destination finds the folder of waiting files by a name in other case.
fn is_blind(root: &Path) -> bool {
    let other = root.join(stage::FOLDER.to_uppercase());
    root.join(stage::FOLDER).exists() && fs::symlink_metadata(other).is_ok()
}

fn is_markup(path: &str) -> bool {
    [".html", ".htm", ".xhtml", ".xml"]
        .iter()
        .any(|extension| path.ends_with(extension))
}

/// Returns true if the home page in `root`, or that of a language below it, has a generator's mark.
fn is_published(root: &Path) -> bool {
    let below = fs::read_dir(root).into_iter().flatten().flatten();
    let languages = below
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path());
    std::iter::once(root.to_owned())
        .chain(languages.filter(|_| is_redirect(&root.join("index.html"))))
        .any(|folder| has_mark(&folder.join("index.html")))
}

fn is_redirect(page: &Path) -> bool {
    metas(&head(page)).any(|meta| meta.contains("http-equiv") && meta.contains("refresh"))
}

/// Returns true if a page says that wsgen or Hugo has made it.
fn has_mark(page: &Path) -> bool {
    metas(&head(page)).any(|meta| {
        let plain: String = meta.chars().filter(|c| !matches!(c, '"' | '\'')).collect();
        let by = |generator: &str| plain.contains(&format!("content={generator}"));
        plain.contains("name=generator") && (by("wsgen") || by("hugo"))
    })
}

/// The first part of a page, in lower case.
fn head(page: &Path) -> String {
    let mut bytes = Vec::new();
    let is_file = fs::symlink_metadata(page).is_ok_and(|found| found.is_file());
    if let Some(file) = fs::File::open(page).ok().filter(|_| is_file) {
        let _ = file.take(HEAD).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).to_lowercase()
}

/// The attributes of the `meta` elements in a head.
fn metas(head: &str) -> impl Iterator<Item = &str> {
    head.split("<meta ")
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str) -> bool {
        let dir = tempfile::tempdir().unwrap();
        let page = dir.path().join("index.html");
        fs::write(&page, html).unwrap();
        has_mark(&page)
    }

    #[test]
    fn pages_of_generators_are_told_from_others() {
        for html in [
            r#"<meta name="generator" content="wsgen 0.1.0">"#,
            r#"<html><head><META content='Hugo 0.168.0' name='generator'/>"#,
            "<head><meta charset=utf-8><meta name=generator content=\"Hugo 0.120.4\">",
        ] {
            assert!(marked(html), "{html}");
        }
        for html in [
            "",
            r#"<meta name="generator" content="Jekyll v4">"#,
            r#"<p>Write <code>name="generator" content="wsgen"</code></p>"#,
            r#"<meta name="description" content="wsgen"><meta name="x" content="generator">"#,
        ] {
            assert!(!marked(html), "{html}");
        }
    }
}
