//! Finds the files of a mount, in sorted order.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::Regex;
use walkdir::{DirEntry, WalkDir};

use super::names::is_ignored;
use super::{Component, Mount, Scope, reserved};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Folders at the site's root with files that programs made, never the author.
pub(super) const GENERATED: [&str; 4] = ["public", "node_modules", ".wsgen", "resources/_gen"];

/// A file that belongs to a component, not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// As in [`SourceFile`](super::SourceFile).
    pub(super) path: String,
    /// Path to read it from.
    pub(super) disk: PathBuf,
    /// As in [`SourceFile`](super::SourceFile).
    pub(super) component: Component,
    /// As in [`SourceFile`](super::SourceFile).
    pub(super) target: String,
    /// As in [`SourceFile`](super::SourceFile).
    pub(super) lang: Option<String>,
}

/// Rules for every mount of a site.
pub(super) struct Walker<'a> {
    pub(super) root: &'a Path,
    real_root: PathBuf,
    scope: &'a Scope,
    ignore_files: Vec<Regex>,
}

/// The treatment of a file or folder.
enum Treatment {
    Take,
    Skip,
    /// A link that is not followed, and the reason.
    Refuse(Refusal),
}

/// The reason why a symbolic link is not followed.
enum Refusal {
    LeadsOut,
    /// It leads to this place, on whose path a name is hidden.
    Hidden(String),
    /// It stands below a folder that was reached through a link, and leads to a folder.
    Nested,
}

impl<'a> Walker<'a> {
    /// Rules for the site at `root`, an absolute path; `real_root` is the same without symbolic links.
    pub(super) fn new(root: &'a Path, real_root: PathBuf, scope: &'a Scope) -> Self {
        let ignore_files = scope
            .ignore_files
            .iter()
            .filter_map(|pattern| Regex::new(pattern).ok())
            .collect();
        Self {
            root,
            real_root,
            scope,
            ignore_files,
        }
    }

    /// Appends the files of one mount. A source that does not exist has none.
    /// Notes content that is ignored in `skipped`.
    pub(super) fn walk(
        &self,
        mount: &Mount,
        found: &mut Vec<Found>,
        skipped: &mut Vec<String>,
        diagnostics: &mut Diagnostics,
    ) {
        let start = self.root.join(&mount.source);
        if start.symlink_metadata().is_err() {
            return;
        }
        let visit = Visit {
            walker: self,
            mount,
            start: &start,
            globs: Globs::of(mount),
        };
        // The folder that the walk has reached through a link and is in.
        let mut linked: Option<PathBuf> = None;
        let mut entries = WalkDir::new(&start)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    diagnostics.extend(visit.failure(&error));
                    continue;
                }
            };
            let below = visit.below(entry.path());
            linked = linked.filter(|folder| entry.path().starts_with(folder));
            let treatment = visit.treatment(&entry, &below, linked.is_some());
            if let Treatment::Refuse(reason) = &treatment {
                diagnostics.push(not_followed(&visit.shown(&below), reason));
            }
            if mount.component == Component::Content && visit.is_ignored(&entry) {
                skipped.push(visit.shown(&below) + if entry.file_type().is_dir() { "/" } else { "" });
            }
            let is_dir = entry.file_type().is_dir();
            match treatment {
                Treatment::Take if entry.file_type().is_file() => {
                    visit.take(&entry, &below, found, diagnostics);
                }
                Treatment::Take if entry.path_is_symlink() && !below.is_empty() => {
                    linked = Some(entry.path().to_owned());
                }
                Treatment::Skip | Treatment::Refuse(_) if is_dir => entries.skip_current_dir(),
                Treatment::Take | Treatment::Skip | Treatment::Refuse(_) => {}
            }
        }
    }

    /// Returns true if a folder at `path` from the root never belongs to a mount above it.
    fn is_kept_apart(&self, path: &str, mount: &Mount) -> bool {
        GENERATED.contains(&path)
            || self.scope.is_left_out(path)
            || self.is_content_of_other_language(path, mount)
    }

    /// Returns true if `path` is the content folder of a language below the content folder of another one.
    fn is_content_of_other_language(&self, path: &str, mount: &Mount) -> bool {
        mount.component == Component::Content
            && self.scope.mounts.iter().any(|other| {
                other.component == Component::Content
                    && other.lang.is_some()
                    && other.lang != mount.lang
                    && other.source == path
            })
    }
}

/// The walk through one mount.
struct Visit<'a> {
    walker: &'a Walker<'a>,
    mount: &'a Mount,
    start: &'a Path,
    globs: Globs,
}

impl Visit<'_> {
    /// The treatment of an entry at `below` from the mount's source.
    fn treatment(&self, entry: &DirEntry, below: &str, is_linked: bool) -> Treatment {
        let is_dir = entry.file_type().is_dir();
        if !below.is_empty() && self.is_skipped(entry, below, is_linked) {
            return Treatment::Skip;
        }
        let refusal = match entry.path_is_symlink() {
            true => self.refusal(entry.path(), is_dir && is_linked),
            false => None,
        };
        refusal.map_or(Treatment::Take, Treatment::Refuse)
    }

    fn is_skipped(&self, entry: &DirEntry, below: &str, is_linked: bool) -> bool {
        let is_dir = entry.file_type().is_dir();
        let name = entry.file_name().to_string_lossy();
        // `static/` is copied with hidden files, since authors put them there. No one puts them behind a link.
        self.is_ignored(entry)
            || (is_linked && name.starts_with('.'))
            || name == ".git"
            || self.globs.reject(below, is_dir)
            || (is_dir && self.walker.is_kept_apart(&self.shown(below), self.mount))
    }

    /// Returns true if the name of an entry, or `ignoreFiles`, says that it is no part of the site.
    fn is_ignored(&self, entry: &DirEntry) -> bool {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 0
            && (is_ignored(self.mount.component, &name) || self.matches_ignore_files(entry.path()))
    }

    /// Returns true if `ignoreFiles` leaves an entry out. Hugo applies it to content alone, to folders as well as to
    /// files.
    fn matches_ignore_files(&self, path: &Path) -> bool {
        self.mount.component == Component::Content
            && self
                .walker
                .ignore_files
                .iter()
                .any(|pattern| pattern.is_match(&path.to_string_lossy()))
    }

    /// The reason not to follow a link. It is judged by where it leads: inside the site, or inside the mount if the
    /// site's settings name a folder elsewhere; and to nothing hidden, such as `.git` and `.env`.
    fn refusal(&self, link: &Path, is_nested: bool) -> Option<Refusal> {
        let Ok(real) = link.canonicalize() else {
            return Some(Refusal::LeadsOut);
        };
        let elsewhere = self.mount.source.starts_with("..") || Path::new(&self.mount.source).is_absolute();
        let start = elsewhere.then(|| self.start.canonicalize().ok()).flatten();
        let homes = [Some(self.walker.real_root.as_path()), start.as_deref()];
        let mut homes = homes.into_iter().flatten();
        let Some(below) = homes.find_map(|home| real.strip_prefix(home).ok()) else {
            return Some(Refusal::LeadsOut);
        };
        let shown = slashed(below);
        if shown.split('/').any(|name| name.starts_with('.')) {
            return Some(Refusal::Hidden(shown));
        }
        // So a tree grows by each of its links once, and not by the paths through them.
        is_nested.then_some(Refusal::Nested)
    }

    fn take(&self, entry: &DirEntry, below: &str, found: &mut Vec<Found>, diagnostics: &mut Diagnostics) {
        let path = self.shown(below);
        if entry.path().to_str().is_none() {
            diagnostics.push(unreadable(&path, "its name is not valid UTF-8"));
            return;
        }
        if reserved::find(&path).is_some() {
            let message = "its name holds a character for private use, from U+100000 on";
            diagnostics.push(unreadable(
                &path.replace(reserved::is_reserved, "\u{fffd}"),
                message,
            ));
            return;
        }
        found.push(Found {
            path,
            disk: entry.path().to_owned(),
            component: self.mount.component,
            target: self.mount.target_of(below),
            lang: self.mount.lang.clone(),
        });
    }

    /// The finding for a file or folder that cannot be visited; none for ignored names, because editors leave broken
    /// links as lock files.
    fn failure(&self, error: &walkdir::Error) -> Option<Diagnostic> {
        let path = error.path().unwrap_or(self.start);
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        if is_ignored(self.mount.component, &name) || name.starts_with(".#") {
            return None;
        }
        let shown = self.shown(&self.below(path));
        if let Some(ancestor) = error.loop_ancestor() {
            return Some(symlink_loop(&shown, &self.shown(&self.below(ancestor))));
        }
        let is_broken_link = path
            .symlink_metadata()
            .is_ok_and(|metadata| metadata.is_symlink());
        if is_broken_link {
            return Some(broken_link(&shown));
        }
        let reason = error
            .io_error()
            .map_or_else(|| error.to_string(), ToString::to_string);
        Some(unreadable(&shown, &reason))
    }

    /// The path below the mount's source, with `/`.
    fn below(&self, path: &Path) -> String {
        slashed(path.strip_prefix(self.start).unwrap_or(path))
    }

    /// The path from the site's root, with `/`, of the entry at `below` from the mount's source.
    fn shown(&self, below: &str) -> String {
        match (self.mount.source.as_str(), below) {
            (source, "") => source.to_owned(),
            (".", below) => below.to_owned(),
            (source, below) => format!("{source}/{below}"),
        }
    }
}

/// The globs of a mount.
struct Globs {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Globs {
    fn of(mount: &Mount) -> Self {
        let include = (!mount.include.is_empty()).then(|| glob_set(&mount.include));
        Self {
            include,
            exclude: glob_set(&mount.exclude),
        }
    }

    fn reject(&self, below: &str, is_dir: bool) -> bool {
        let left_out = !is_dir
            && self
                .include
                .as_ref()
                .is_some_and(|include| !include.is_match(below));
        left_out || self.exclude.is_match(below)
    }
}

/// A set of Hugo's globs without invalid ones, which reading the configuration has reported.
fn glob_set(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.trim_start_matches('/');
        if let Ok(glob) = GlobBuilder::new(pattern)
            .literal_separator(true)
            .case_insensitive(true)
            .build()
        {
            set.add(glob);
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// The finding for a file that could not be read.
pub(super) fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(
        Code::UnreadableFile,
        None,
        format!("cannot read `{path}`: {reason}"),
    )
}

fn broken_link(path: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::UnreadableFile,
        None,
        format!("the symbolic link `{path}` leads to nothing"),
    )
}

fn symlink_loop(path: &str, ancestor: &str) -> Diagnostic {
    let message = format!("the symbolic link `{path}` leads back to `{ancestor}`");
    Diagnostic::warning(Code::SymlinkLoop, None, message).help("the link is not followed; remove it")
}

fn not_followed(path: &str, reason: &Refusal) -> Diagnostic {
    let (leads, help) = match reason {
        Refusal::LeadsOut => (
            "leads out of the site's folder".to_owned(),
            "the link is not followed; name the folder in `module.mounts` to read it",
        ),
        Refusal::Hidden(to) => (
            format!("leads to `{to}`, which is hidden"),
            "the link is not followed; copy what may be published to a name without a dot",
        ),
        Refusal::Nested => (
            "leads to a folder, and stands in a folder that is itself reached through a link".to_owned(),
            "the link is not followed; let a link in a real folder lead there",
        ),
    };
    let message = format!("the symbolic link `{path}` {leads}");
    Diagnostic::warning(Code::OutsideLink, None, message).help(help)
}
