//! Reads a site's folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::found_file::Read;
use super::names::is_binary;
use super::read::{Contents, Reading, read, reading};
use super::walk::{Found, Walker, unreadable};
use super::{
    Component, Facts, LoadError, Origin, Scope, Skipped, SourceFile, SourceTree, history, picture, quoted,
};
use crate::diag::Diagnostics;

/// Reads every file of `scope` below `root` and adds the default theme.
///
/// `config` is the result of [`config_files`](super::config_files()); its files keep their names. The order of files,
/// and so of everything made from them, does not depend on the order in which the disk lists or delivers them.
pub fn load(root: &Path, scope: &Scope, config: SourceTree) -> Result<(SourceTree, Diagnostics), LoadError> {
    let no_site = |error| LoadError::NoSite {
        path: root.to_owned(),
        error,
    };
    let root = &std::path::absolute(root).map_err(no_site)?;
    let real_root = root.canonicalize().map_err(no_site)?;
    check_destination(root, scope)?;
    let mut diagnostics = Diagnostics::new();
    let walker = Walker::new(root, real_root, scope);
    let mut skipped = Vec::new();
    let found = find(&walker, scope, &mut skipped, &mut diagnostics);
    let read = all_read(&walker, found);
    let mut tree = config;
    tree.skip(skipped.into_iter().map(|path| (path, Skipped::Ignored)));
    for read in read {
        match read.contents {
            Ok(contents) => add(&mut tree, read.found, contents, read.facts, &mut diagnostics)?,
            Err(error) => {
                diagnostics.push(unreadable(&read.found.path, &error.to_string()));
                if read.found.component == Component::Content {
                    tree.skip([(read.found.path, Skipped::Unreadable)]);
                }
            }
        }
    }
    if scope.history {
        history::note_changes(root, &mut tree);
    }
    Ok((tree.with_theme()?, diagnostics))
}

/// Reads the files found, and, if pages show files by their paths, the texts that they may mean.
fn all_read(walker: &Walker<'_>, found: Vec<Found>) -> Vec<Read> {
    let mut files = read_each(found, |found| reading(found.component, &found.target));
    if quoted::are_wanted(&files) {
        let copied = files
            .par_iter_mut()
            .filter(|read| read.found.component == Component::Static && !is_binary(&read.found.target));
        copied.for_each(|file| file.contents = read(&file.found.disk, Reading::Probe));
        let others = quoted::find(walker, &files);
        files.extend(read_each(others, |_| Reading::Probe));
    }
    files
}

fn read_each(found: Vec<Found>, how: impl Fn(&Found) -> Reading + Sync) -> Vec<Read> {
    let files = found.into_par_iter();
    files
        .map(|found| Read {
            contents: read(&found.disk, how(&found)),
            facts: facts(found.component, &found.disk),
            found,
        })
        .collect()
}

/// The files of all mounts, one for each place, sorted by place.
fn find(
    walker: &Walker<'_>,
    scope: &Scope,
    skipped: &mut Vec<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    let mut found = Vec::new();
    for mount in &scope.mounts {
        walker.walk(mount, &mut found, skipped, diagnostics);
    }
    // Two mounts of one folder find its mistakes twice.
    let mut seen = Vec::new();
    diagnostics.retain(|diagnostic| {
        let first = !seen.contains(diagnostic);
        if first {
            seen.push(diagnostic.clone());
        }
        first
    });
    winners(found)
}

/// Of several files at one place the first mount's wins; in `static/` the last one's, as the later copy would.
fn winners(found: Vec<Found>) -> Vec<Found> {
    let mut places: HashMap<(Component, String, Option<String>), usize> = HashMap::new();
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for file in found {
        let place = (file.component, file.target.clone(), file.lang.clone());
        match places.get(&place) {
            Some(&taken) if file.component == Component::Static => kept[taken] = file,
            Some(_) => {}
            None => {
                places.insert(place, kept.len());
                kept.push(file);
            }
        }
    }
    kept.sort_by(|a, b| (a.component, &a.target, &a.lang).cmp(&(b.component, &b.target, &b.lang)));
    kept
}

/// Further facts about a file of a component.
pub(super) fn facts(component: Component, disk: &Path) -> Facts {
    let shown = matches!(
        component,
        Component::Content | Component::Static | Component::Assets
    );
    Facts {
        picture: shown.then(|| picture::size(disk)).flatten(),
        changed: None,
    }
}

fn add(
    tree: &mut SourceTree,
    found: Found,
    contents: Contents,
    facts: Facts,
    diagnostics: &mut Diagnostics,
) -> Result<(), LoadError> {
    let Found {
        path,
        disk,
        component,
        target,
        lang,
        ..
    } = found;
    let Contents {
        content,
        len,
        returns,
        replacements,
    } = contents;
    let id = tree.push(SourceFile {
        path,
        component,
        target,
        lang,
        origin: Origin::Disk(disk),
        content,
        len,
        returns,
        facts,
    })?;
    diagnostics.extend(replacements.findings(id));
    Ok(())
}

/// Returns an error for a destination below a source folder, which would be read back, and for one above it, which
/// would replace the source.
fn check_destination(root: &Path, scope: &Scope) -> Result<(), LoadError> {
    let destination = real(&root.join(&scope.destination));
    let holds = |folder: &str| LoadError::DestinationHoldsSource {
        destination: scope.destination.clone(),
        folder: folder.to_owned(),
    };
    let real_root = real(root);
    if real_root.starts_with(&destination) {
        return Err(holds("."));
    }
    for mount in &scope.mounts {
        let source = real(&root.join(&mount.source));
        if real_root.starts_with(&source) {
            continue;
        }
        if source.starts_with(&destination) {
            return Err(holds(&mount.source));
        }
        if destination.starts_with(&source) {
            let (destination, folder) = (scope.destination.clone(), mount.source.clone());
            return Err(LoadError::DestinationInSource { destination, folder });
        }
    }
    Ok(())
}

/// The path without symbolic links and `..`, as far as it exists.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.components().next_back()) {
        (Some(parent), Some(std::path::Component::ParentDir)) => {
            let mut above = real(parent);
            above.pop();
            above
        }
        (Some(parent), Some(last)) => real(parent).join(last),
        _ => path.to_owned(),
    }
}
