//! Markdown in the folder of a page: pieces that the page uses, and pages that are lost because their folder's own page is
//! called `index.md` instead of `_index.md`.

use std::collections::{BTreeMap, HashSet};

use super::Content;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::discover::{ResourceFile, Role};
use crate::parse::{ArgValue, Args, Segment};
use crate::source::Component;

/// File names of a lost folder that a message has room for.
const NAMED: usize = 3;
/// Shortcodes that list the files of their page.
const LISTS: [&str; 3] = ["attachments", "resources", "attachment"];

/// The ways in which the pages of a site use Markdown files.
pub(super) struct Uses {
    /// True if a template takes the pages of a bundle.
    by_template: bool,
    /// Pages that take all their files, by index: with `resources` in the front matter, and headless ones.
    whole: HashSet<usize>,
    /// Names in the arguments of calls, without folder and extension, in lower case.
    named: HashSet<String>,
}

impl Uses {
    pub(super) fn of(content: Content<'_>) -> Self {
        let mut uses = Self {
            by_template: false,
            whole: HashSet::new(),
            named: HashSet::new(),
        };
        // Most sites have no such files, and need not be looked through.
        if content.inventory.resources.iter().all(|file| file.published) {
            return uses;
        }
        let mut templates = [Component::Layouts, Component::Templates]
            .into_iter()
            .flat_map(|component| content.tree.iter(component));
        uses.by_template = templates.any(|(_, file)| file.text().is_some_and(takes_pages));
        for (source, page) in content.parsed.iter().enumerate() {
            let front = &page.front;
            let lists = uses.read(&page.body);
            if lists || front.headless || !front.resources.is_empty() {
                uses.whole.insert(source);
            }
        }
        let pages = content.graph.pages.iter();
        let unlisted = pages.filter(|page| !page.rendered).filter_map(|page| page.source);
        uses.whole.extend(unlisted);
        uses
    }

    /// Notes the names in the arguments of calls; returns true if one of them lists the files of its page.
    fn read(&mut self, segments: &[Segment]) -> bool {
        let mut lists = false;
        for segment in segments {
            let Segment::Call(call) = segment else { continue };
            lists |= LISTS.contains(&call.name.to_lowercase().as_str());
            self.note(&call.args);
            if let Some(inner) = &call.inner {
                lists |= self.read(&inner.segments);
            }
        }
        lists
    }

    fn note(&mut self, args: &Args) {
        let named = args.named.iter().map(|(_, arg)| arg);
        for arg in args.positional.iter().chain(named) {
            if let ArgValue::Str(text) = &arg.value {
                self.named.insert(bare(text));
            }
        }
    }

    /// Returns true for a file that a page may use, or that is no page to anybody.
    pub(super) fn takes(&self, file: &ResourceFile) -> bool {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let is_piece = name.starts_with('_') && !name.to_lowercase().starts_with("_index.");
        is_piece
            || self.by_template
            || bare(name) == "readme"
            || name.ends_with(".gotmpl")
            || self.named.contains(&bare(&file.path))
            || file.bundles.iter().any(|bundle| self.whole.contains(bundle))
    }
}

/// The name without folder and extension, in lower case.
fn bare(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name).to_lowercase()
}

/// Returns true for a template that asks for the pages of a bundle.
fn takes_pages(text: &str) -> bool {
    text.contains(".Resources")
        && (text.contains("\"page\"") || text.contains(".md") || text.contains("'page'"))
}

/// A finding for each folder whose page hides others.
pub(super) fn findings(content: Content<'_>) -> Diagnostics {
    let uses = Uses::of(content);
    let mut folders: BTreeMap<usize, Vec<&ResourceFile>> = BTreeMap::new();
    for file in &content.inventory.resources {
        if let (false, Some(bundle)) = (file.published || uses.takes(file), file.bundles.first()) {
            folders.entry(*bundle).or_default().push(file);
        }
    }
    folders
        .into_iter()
        .filter(|(bundle, _)| content.inventory.pages[*bundle].role == Role::Leaf)
        .filter_map(|(bundle, files)| finding(content, bundle, &files))
        .collect()
}

fn finding(content: Content<'_>, bundle: usize, files: &[&ResourceFile]) -> Option<Diagnostic> {
    let page = &content.inventory.pages[bundle];
    let folder = format!("{}/", page.dir);
    let names: Vec<&str> = files
        .iter()
        .map(|file| file.path.strip_prefix(&folder).unwrap_or(&file.path))
        .collect();
    // Of two pages of one folder the other finding speaks.
    if names
        .iter()
        .any(|name| name.to_lowercase().starts_with("_index."))
    {
        return None;
    }
    let own = content.tree.path(page.file).unwrap_or_default();
    let own = own.rsplit('/').next().unwrap_or(own);
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(NAMED);
    let (list, verb) = match (shown.as_slice(), more) {
        ([one], _) => (one.clone(), "is"),
        (several, 0) => (joined(several), "are"),
        (several, more) => (format!("{} and {more} more", several.join(", ")), "are"),
    };
    let message = format!("{list} {verb} not published: `{own}` makes this folder a single page");
    let section = own.replacen("index", "_index", 1);
    let help = format!("rename `{own}` to `{section}`, and the folder is a part with these pages");
    Some(Diagnostic::warning(Code::ShadowedPage, Span::new(page.file, 0, 0), message).help(help))
}

/// `a`, `b` and `c`.
fn joined(names: &[String]) -> String {
    match names {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        names => names.concat(),
    }
}
