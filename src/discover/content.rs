//! Sorts content files into pages and the files beside them.

use std::collections::{HashMap, HashSet};

use super::content_name::{is_in_language, notation};
use super::{Inventory, Name, PageFile, ResourceFile, Role};
use crate::address::file_extension;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::lang::LangId;
use crate::parse::Format;
use crate::source::{Component, SourceTree};

/// A content file with the parts of its name.
struct Entry<'a> {
    file: FileId,
    path: &'a str,
    name: Name<'a>,
    role: Role,
    /// Language of the folder that it came from.
    mount: Option<LangId>,
}

/// Key of a page: language, folder and name.
type PlaceOf<'a> = (Option<LangId>, &'a str, &'a str);

/// A folder of one content tree: the language of its mount, and its path.
type Folder<'a> = (Option<LangId>, &'a str);

/// Fills the pages and resources of `inventory`. Pages without a language of their own are in the default one.
pub(super) fn sort(tree: &SourceTree, config: &Config, inventory: &mut Inventory) -> Diagnostics {
    let default = config.default_language;
    let mut diagnostics = Diagnostics::new();
    let mut entries = entries(tree, config);
    rename_home(&mut entries, default, &mut diagnostics);
    let leaves = leaf_folders(&entries);
    report_shadowed(&entries, &leaves, &mut diagnostics);
    let read = read_pages(&entries);
    let (mut pages, resources): (Vec<&Entry>, Vec<&Entry>) = entries
        .iter()
        .partition(|entry| is_page(entry, &leaves) && !(entry.is_plain() && read.contains(&entry.place())));
    pages.sort_by_key(|entry| (entry.lang().unwrap_or(default), entry.path));
    inventory.pages = pages.iter().map(|entry| page(entry, default)).collect();
    let bundles = bundles(&pages, default);
    inventory.resources = resources
        .iter()
        .map(|entry| resource(entry, &leaves, &bundles))
        .collect();
    report_unread(&pages, &resources, &leaves, &mut diagnostics);
    if inventory.pages.is_empty() {
        let message = "the site has no content: there is no page in `content/`";
        diagnostics.push(
            Diagnostic::error(Code::NoContent, None, message)
                .help("write a first page, `content/_index.md`, or begin with `wsgen new`"),
        );
    }
    diagnostics
}

impl<'a> Entry<'a> {
    fn is_plain(&self) -> bool {
        self.name.format == Some(Format::Plain)
    }

    fn place(&self) -> PlaceOf<'a> {
        (self.lang(), self.name.dir, self.name.stem)
    }

    fn lang(&self) -> Option<LangId> {
        self.name.lang.or(self.mount)
    }

    fn extension(&self) -> &str {
        file_extension(self.path).unwrap_or_default()
    }

    /// The name of its format, if wsgen does not read it.
    fn notation(&self) -> Option<&'static str> {
        notation(self.extension())
    }
}

/// The content files of the languages that take part.
fn entries<'a>(tree: &'a SourceTree, config: &Config) -> Vec<Entry<'a>> {
    let languages = &config.languages;
    let is_left_out = |path: &str| {
        let mut disabled = config.disabled_languages.iter();
        disabled.any(|language| is_in_language(path, language))
    };
    tree.iter(Component::Content)
        .filter(|(_, source)| !is_left_out(&source.target))
        .map(|(file, source)| {
            let name = Name::new(&source.target, languages);
            let mount = source.lang.as_deref().and_then(|key| config.language(key));
            Entry {
                file,
                path: &source.target,
                name,
                role: name.role(),
                mount,
            }
        })
        .collect()
}

/// Renames `index.md` at the root of the content, which would be one bundle of the whole site in Hugo: it is the home
/// page, or a plain page where there is a home page already.
fn rename_home(entries: &mut [Entry], default: LangId, diagnostics: &mut Diagnostics) {
    let homes: HashSet<LangId> = entries
        .iter()
        .filter(|entry| {
            entry.name.dir.is_empty() && entry.name.format.is_some() && entry.role == Role::Branch
        })
        .map(|entry| entry.lang().unwrap_or(default))
        .collect();
    for entry in entries.iter_mut() {
        if !entry.name.dir.is_empty() || entry.role != Role::Leaf || entry.name.format.is_none() {
            continue;
        }
        let taken = homes.contains(&entry.lang().unwrap_or(default));
        entry.role = if taken { Role::Single } else { Role::Branch };
        let message = "`index.md` at the root of the content is taken as a page of its own";
        let home = "`index.md` at the root of the content is taken as the home page";
        let message = if taken { message } else { home };
        diagnostics.push(
            Diagnostic::warning(Code::MisnamedHome, Span::new(entry.file, 0, 0), message)
                .help("name the home page `_index.md`"),
        );
    }
}

/// Folders with an `index.md`, except the root.
fn leaf_folders<'a>(entries: &[Entry<'a>]) -> HashSet<Folder<'a>> {
    entries
        .iter()
        .filter(|entry| entry.role == Role::Leaf && entry.name.format.is_some())
        .map(|entry| (entry.mount, entry.name.dir))
        .collect()
}

/// The outermost leaf bundle that a folder is in.
fn bundle_of<'a>(entry: &Entry<'a>, leaves: &HashSet<Folder<'a>>) -> Option<&'a str> {
    if leaves.is_empty() {
        return None;
    }
    let dir = entry.name.dir;
    let ends = dir.match_indices('/').map(|(at, _)| at).chain([dir.len()]);
    ends.map(|end| &dir[..end])
        .find(|folder| leaves.contains(&(entry.mount, *folder)))
}

/// The places of pages in formats that are read, for folders that also hold the originals in other formats.
fn read_pages<'a>(entries: &'a [Entry<'a>]) -> HashSet<PlaceOf<'a>> {
    if !entries.iter().any(Entry::is_plain) {
        return HashSet::new();
    }
    let read = entries
        .iter()
        .filter(|entry| entry.name.format.is_some() && !entry.is_plain());
    read.map(Entry::place).collect()
}

fn is_page(entry: &Entry, leaves: &HashSet<Folder>) -> bool {
    entry.name.format.is_some()
        && match bundle_of(entry, leaves) {
            None => true,
            Some(folder) => entry.role == Role::Leaf && folder == entry.name.dir,
        }
}

/// Returns true for Hugo's content adapters: templates that make the pages of their folder.
fn is_adapter(entry: &Entry) -> bool {
    entry.name.stem == "_content" && entry.path.ends_with(".gotmpl")
}

/// Warns about pages in a format that is not read.
fn report_unread(
    pages: &[&Entry],
    files: &[&Entry],
    leaves: &HashSet<Folder>,
    diagnostics: &mut Diagnostics,
) {
    for entry in files.iter().filter(|entry| bundle_of(entry, leaves).is_none()) {
        let span = Span::new(entry.file, 0, 0);
        if let Some(notation) = entry.notation() {
            let message = format!(
                "this page is written in {notation}, which wsgen does not read; another page takes its place"
            );
            diagnostics.push(Diagnostic::warning(Code::UnreadNotation, span, message).help(
                "where that page is made of this one, let `ignoreFiles` in the configuration match this file",
            ));
        }
    }
    for entry in pages {
        if let Some(notation) = entry.notation() {
            let message = format!(
                "this page is written in {notation}, which wsgen does not read; its text is shown as it is"
            );
            diagnostics.push(
                Diagnostic::warning(Code::UnreadNotation, Span::new(entry.file, 0, 0), message)
                    .help("write it in Markdown, for example with `pandoc -t gfm`"),
            );
        }
    }
}

/// Warns about `_index.md` beside `index.md`: the folder is one page then, and everything below is its resource.
fn report_shadowed(entries: &[Entry], leaves: &HashSet<Folder>, diagnostics: &mut Diagnostics) {
    let both = |entry: &&Entry| {
        entry.role == Role::Branch
            && entry.name.format.is_some()
            && leaves.contains(&(entry.mount, entry.name.dir))
    };
    for entry in entries.iter().filter(both) {
        let leaf = entries.iter().find(|other| {
            other.role == Role::Leaf && other.mount == entry.mount && other.name.dir == entry.name.dir
        });
        let message = "this part is not published: `index.md` beside it makes the folder a single page";
        let finding = Diagnostic::warning(Code::ShadowedPage, Span::new(entry.file, 0, 0), message)
            .help("keep one of the two: `_index.md` for a part with pages, `index.md` for a page with files");
        diagnostics.push(match leaf {
            Some(leaf) => finding.label(Span::new(leaf.file, 0, 0), "this page takes the folder"),
            None => finding,
        });
    }
}

fn page(entry: &Entry, default: LangId) -> PageFile {
    PageFile {
        file: entry.file,
        lang: entry.lang().unwrap_or(default),
        dir: entry.name.dir.to_owned(),
        stem: entry.name.stem.to_owned(),
        role: entry.role,
        format: entry.name.format.unwrap_or(Format::Markdown),
    }
}

/// The pages of each leaf bundle: index and language.
fn bundles<'a>(pages: &[&Entry<'a>], default: LangId) -> HashMap<Folder<'a>, Vec<(usize, LangId)>> {
    let mut bundles: HashMap<Folder, Vec<(usize, LangId)>> = HashMap::new();
    for (at, entry) in pages
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.role == Role::Leaf)
    {
        let folder = (entry.mount, entry.name.dir);
        bundles
            .entry(folder)
            .or_default()
            .push((at, entry.lang().unwrap_or(default)));
    }
    bundles
}

fn resource<'a>(
    entry: &Entry<'a>,
    leaves: &HashSet<Folder<'a>>,
    bundles: &HashMap<Folder<'a>, Vec<(usize, LangId)>>,
) -> ResourceFile {
    let owners = bundle_of(entry, leaves).and_then(|folder| bundles.get(&(entry.mount, folder)));
    let owners = owners.map_or(&[][..], Vec::as_slice);
    let lang = entry.lang();
    let mut of_lang: Vec<usize> = owners
        .iter()
        .filter(|(_, owner)| lang.is_none_or(|lang| lang == *owner))
        .map(|(at, _)| *at)
        .collect();
    if of_lang.is_empty() {
        of_lang.extend(owners.iter().map(|(at, _)| *at));
    }
    let is_read = entry.name.format.is_some() && !entry.is_plain();
    let published = !is_read && !is_adapter(entry);
    ResourceFile {
        file: entry.file,
        lang,
        path: entry.path.to_owned(),
        bundles: of_lang,
        published,
    }
}

#[cfg(test)]
mod tests;
