//! The files that move, and their new places.

use std::collections::HashMap;
use std::path::Path;

use super::error::MvError;
use super::view::View;
use crate::address::without_dots;
use crate::config::Config;
use crate::diag::FileId;
use crate::discover::Name;
use crate::pipeline::Results;
use crate::source::{Component, Origin, SourceFile};

/// Extensions of pages that may be left out.
const PAGES: [&str; 5] = ["md", "markdown", "mdown", "html", "htm"];

/// The files that move.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// New path from the site's folder and inside the content, by file.
    pub(super) files: HashMap<FileId, (String, String)>,
    /// Files and folders on the disk with their new paths.
    pub(super) renames: Vec<(String, String)>,
    /// Old and new logical path of a folder.
    folders: Option<(String, String)>,
}

/// The subject of a move, as a path inside the content.
enum Subject {
    /// A page and its translations: folder and name.
    Page(String, String),
    /// A bundle or section.
    Folder(String),
}

impl Plan {
    pub(super) fn new(
        site: &Results,
        root: &Path,
        standing: &str,
        from: &str,
        to: &str,
    ) -> Result<Self, MvError> {
        let config = &site.config;
        let sources = readings(from, standing, config)?;
        let subject = sources.iter().find_map(|path| subject(site, path));
        let subject = subject.ok_or_else(|| missing(site, from, &sources))?;
        let targets = readings(to, standing, config)?;
        let target = targets.first().map_or("", String::as_str);
        let into = to.ends_with(['/', '\\']);
        let is_folder = content(site).any(|(_, file)| file.target.starts_with(&format!("{target}/")));
        let plan = match &subject {
            Subject::Page(..) if is_folder && !into => {
                let help = format!(", and is a folder: write `{to}/` to move the page into it");
                return Err(MvError::Exists {
                    path: to.to_owned(),
                    help,
                });
            }
            Subject::Page(dir, stem) => {
                Self::page(site, (dir, stem), &page_target(target, stem, into, config))
            }
            Subject::Folder(dir) => {
                let target = folder_target(target, dir, into).ok_or_else(|| MvError::Path {
                    path: to.to_owned(),
                    why: "a folder cannot become a file".to_owned(),
                })?;
                if target == *dir || target.starts_with(&format!("{dir}/")) {
                    let why = "the folder would lie in itself".to_owned();
                    return Err(MvError::Path {
                        path: to.to_owned(),
                        why,
                    });
                }
                Self::folder(site, dir, &target)
            }
        };
        let taken = plan.renames.iter().find(|(from, to)| {
            let is_itself = from.eq_ignore_ascii_case(to) && from != to;
            root.join(to).exists() && !is_itself
        });
        match taken {
            Some((_, path)) => Err(MvError::Exists {
                path: path.clone(),
                help: String::new(),
            }),
            None => Ok(plan),
        }
    }

    /// The files of a page in all languages. `target` is the new folder and name.
    fn page(site: &Results, (dir, stem): (&str, &str), target: &(String, String)) -> Self {
        let languages = &site.config.languages;
        let is_part = |file: &SourceFile| {
            let name = Name::new(&file.target, languages);
            name.dir == dir && name.stem == stem && name.format.is_some()
        };
        let mut plan = Self {
            files: HashMap::new(),
            renames: Vec::new(),
            folders: None,
        };
        for (id, file) in content(site).filter(|(_, file)| is_part(file)) {
            let rest = last(&file.target).strip_prefix(stem).unwrap_or_default();
            let new = join(&target.0, &format!("{}{rest}", target.1));
            if let Some(path) = with_target(file, &new) {
                plan.renames.push((file.path.clone(), path.clone()));
                plan.files.insert(id, (path, new));
            }
        }
        plan
    }

    /// The files of a folder, in all content folders.
    fn folder(site: &Results, dir: &str, target: &str) -> Self {
        let (old, below) = (join(dir, ""), join(target, ""));
        let mut plan = Self {
            files: HashMap::new(),
            renames: Vec::new(),
            folders: Some((
                format!("/{}", dir.to_lowercase()),
                format!("/{}", target.to_lowercase()),
            )),
        };
        for (id, file) in content(site) {
            let Some(rest) = file.target.strip_prefix(&old) else {
                continue;
            };
            let new = format!("{below}{rest}");
            let Some(path) = with_target(file, &new) else {
                continue;
            };
            let folder = |path: &str| path[..path.len() - rest.len()].trim_end_matches('/').to_owned();
            let rename = (folder(&file.path), folder(&path));
            if !plan.renames.contains(&rename) {
                plan.renames.push(rename);
            }
            plan.files.insert(id, (path, new));
        }
        plan
    }

    /// The logical path of a section after the move.
    pub(super) fn new_logical(&self, path: &str) -> String {
        let moved = self.folders.as_ref().and_then(|(from, to)| {
            let rest = path.strip_prefix(from.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
        });
        moved.unwrap_or_else(|| path.to_owned())
    }
}

/// Refuses a move to the address of another page.
pub(super) fn no_clash(old: &View<'_>, new: &View<'_>, plan: &Plan) -> Result<(), MvError> {
    for file in plan.files.keys() {
        let Some(before) = old.page_of(*file) else {
            continue;
        };
        let Some(page) = new.page_of(*file) else {
            let path = plan.files[file].0.clone();
            let why = "it would be no page there: another page has its place, or an `index.md` hides it";
            return Err(MvError::Path {
                path,
                why: why.to_owned(),
            });
        };
        let other = old.graph.pages.iter().find(|other| {
            let is_moved = old
                .file_of(other.id)
                .is_some_and(|file| plan.files.contains_key(&file));
            (other.url == page.url || other.path == page.path)
                && other.lang == page.lang
                && other.rendered
                && other.source.is_some()
                && !is_moved
        });
        if let Some(other) = other.filter(|_| page.url != before.url && !page.url.is_empty()) {
            let help = format!(" as the address of “{}”", other.title);
            return Err(MvError::Exists {
                path: page.url.clone(),
                help,
            });
        }
    }
    Ok(())
}

/// The file of the page at a path.
pub(super) fn page_file(site: &Results, standing: &str, path: &str) -> Result<FileId, MvError> {
    let paths = readings(path, standing, &site.config)?;
    let names = |path: &String| {
        [
            path.clone(),
            format!("{path}.md"),
            format!("{path}/index.md"),
            format!("{path}/_index.md"),
        ]
    };
    let found = paths
        .iter()
        .flat_map(names)
        .find_map(|path| content(site).find(|(_, file)| file.target == path));
    found.map(|(id, _)| id).ok_or_else(|| missing(site, path, &paths))
}

fn content(site: &Results) -> impl Iterator<Item = (FileId, &SourceFile)> {
    let files = site.tree.iter(Component::Content);
    files.filter(|(_, file)| matches!(file.origin, Origin::Disk(_)))
}

/// The path from the site's folder of a file that gets another place inside the content.
fn with_target(file: &SourceFile, target: &str) -> Option<String> {
    let mount = file.path.strip_suffix(&file.target)?;
    Some(format!("{mount}{target}"))
}

/// The paths inside the content that a path may mean, the most likely first.
fn readings(given: &str, standing: &str, config: &Config) -> Result<Vec<String>, MvError> {
    let wrong = |why: &str| MvError::Path {
        path: given.to_owned(),
        why: why.to_owned(),
    };
    let mounts = config
        .mounts
        .iter()
        .filter(|mount| mount.component == Component::Content);
    let folders: Vec<&str> = mounts.map(|mount| mount.source.as_str()).collect();
    let inside = |path: &str| {
        folders.iter().find_map(|folder| {
            let rest = path.strip_prefix(folder)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_start_matches('/').to_owned())
        })
    };
    let given = given.replace('\\', "/");
    if given.starts_with('/') {
        return Err(wrong(
            "write it from the content folder, without a slash at the beginning",
        ));
    }
    let mut found = Vec::new();
    let here = without_dots(&join(standing, &given));
    let plain = without_dots(&given);
    // A folder that is named wins; then the one that the author stands in.
    found.extend(plain.as_deref().and_then(inside));
    found.extend(here.as_deref().filter(|_| !standing.is_empty()).and_then(inside));
    found.extend(plain.filter(|path| inside(path).is_none()));
    if found.is_empty() {
        return Err(wrong("it leads out of the content folder"));
    }
    Ok(found)
}

fn subject(site: &Results, path: &str) -> Option<Subject> {
    let is_file = |path: &str| content(site).any(|(_, file)| file.target == path);
    let is_folder = content(site).any(|(_, file)| file.target.starts_with(&format!("{path}/")));
    if path.is_empty() {
        return None;
    }
    if is_folder {
        return Some(Subject::Folder(path.to_owned()));
    }
    let with_extension = || PAGES.iter().map(|extension| format!("{path}.{extension}"));
    let file = std::iter::once(path.to_owned())
        .chain(with_extension())
        .find(|path| is_file(path))?;
    let name = Name::new(&file, &site.config.languages);
    name.format?;
    let is_index = matches!(&*name.stem.to_lowercase(), "index" | "_index");
    match is_index {
        true if name.dir.is_empty() => None,
        true => Some(Subject::Folder(name.dir.to_owned())),
        false => Some(Subject::Page(name.dir.to_owned(), name.stem.to_owned())),
    }
}

fn missing(site: &Results, given: &str, paths: &[String]) -> MvError {
    let wanted = paths.first().map_or("", String::as_str);
    let names = content(site).map(|(_, file)| file.target.as_str());
    let near = crate::diag::nearest::did_you_mean(wanted, names);
    MvError::Missing {
        path: given.to_owned(),
        help: near.map(|near| format!("; {near}")).unwrap_or_default(),
    }
}

/// The new folder and name of a page.
fn page_target(path: &str, stem: &str, into: bool, config: &Config) -> (String, String) {
    if into {
        return (path.to_owned(), stem.to_owned());
    }
    let is_page = crate::address::has_extension(path, &PAGES);
    let path = if is_page {
        path.to_owned()
    } else {
        format!("{path}.md")
    };
    let name = Name::new(&path, &config.languages);
    (name.dir.to_owned(), name.stem.to_owned())
}

/// The new path of a folder; `None` for the name of a file.
fn folder_target(path: &str, dir: &str, into: bool) -> Option<String> {
    if into {
        return Some(join(path, last(dir)));
    }
    if !crate::address::has_extension(path, &PAGES[..3]) {
        return Some(path.to_owned());
    }
    let (folder, name) = path.rsplit_once('/')?;
    name.trim_start_matches('_')
        .starts_with("index.")
        .then(|| folder.to_owned())
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}
