//! Files that pages show by their paths from the site's root: `readFile "code/main.go"`, `{{< readfile "/lab/a.yaml" >}}`.
//!
//! They may lie anywhere in the repository, and most sites show none. So they are looked for only where a page or a
//! template has one of the words that name them, and only texts of a moderate size are read.

use std::fs;
use std::path::Path;

use memchr::memmem;
use rayon::prelude::*;

use super::found_file::Read;
use super::hidden::{GitIgnores, is_private_key};
use super::mount::Mount;
use super::names::is_binary;
use super::read::PROBE_LIMIT;
use super::walk::{Found, Walker};
use super::{Component, SourceFile};
use crate::diag::Diagnostics;

/// Names of calls and functions that show a file.
const WORDS: [&str; 4] = ["readfile", "include", "os.stat", "code-file"];

/// Folders at the root without files for pages to show.
const APART: [&str; 3] = ["themes", "archetypes", "config"];

/// Returns true if a page or a template shows files.
pub(super) fn are_wanted(read: &[Read]) -> bool {
    read.par_iter().any(|read| {
        let text = read.contents.as_ref().ok().and_then(|contents| contents.text());
        may_show(read.found.component) && text.is_some_and(has_words)
    })
}

/// Returns true for a page or a template that shows files by their paths.
pub fn shows_files(file: &SourceFile) -> bool {
    may_show(file.component) && file.text().is_some_and(has_words)
}

fn may_show(component: Component) -> bool {
    matches!(component, Component::Content | Component::Layouts)
}

/// Returns true if a text has a call or an action with one of the [`WORDS`].
fn has_words(text: &str) -> bool {
    let text = text.as_bytes();
    let mut calls = memmem::find_iter(text, "{{").peekable();
    if calls.peek().is_none() {
        return false;
    }
    let (end, words) = (memmem::Finder::new("}}"), WORDS.map(memmem::Finder::new));
    let mut lower = Vec::new();
    while let Some(at) = calls.next() {
        let call = &text[at..*calls.peek().unwrap_or(&text.len())];
        lower.clear();
        lower.extend_from_slice(&call[..end.find(call).unwrap_or(call.len())]);
        lower.make_ascii_lowercase();
        if words.iter().any(|word| word.find(&lower).is_some()) {
            return true;
        }
    }
    false
}

/// The texts in no mount.
pub(super) fn find(walker: &Walker<'_>, known: &[Read]) -> Vec<Found> {
    let mut found = Vec::new();
    // What cannot be read or leads out of the site is of no concern as long as no page shows it.
    walker.walk(
        &Mount::new(".", Component::Other),
        &mut found,
        &mut Vec::new(),
        &mut Diagnostics::new(),
    );
    let taken: std::collections::HashSet<&Path> = known.iter().map(|read| &*read.found.disk).collect();
    let mut git = GitIgnores::around(walker.root);
    found.retain(|file| {
        let top = file.path.split('/').next().unwrap_or_default();
        !APART.contains(&top)
            && !is_binary(&file.target)
            && !taken.contains(&*file.disk)
            && fs::metadata(&file.disk).is_ok_and(|found| found.len() < PROBE_LIMIT)
            && !(is_hidden(&file.path) && (git.name(&file.disk) || is_private_key(&file.disk)))
    });
    found
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_and_actions_show_files() {
        assert!(has_words("a {{< readfile file=\"/code/a.yaml\" >}}"));
        assert!(has_words("{{ .Get 0 | readFile | safeHTML }}"));
        assert!(!has_words("#include <stdio.h>"));
        assert!(!has_words("{{< notice >}} include {{< /notice >}}"));
    }
}
