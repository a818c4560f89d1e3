//! Files that pages show by their paths from the site's root: `readFile "code/main.go"`, `{{< readfile "/lab/a.yaml" >}}`.
//!
//! They may lie anywhere in the repository, and most sites show none. So they are looked for only where a page or a
//! template has one of the words that name them, and only texts of a moderate size are read.

use std::path::Path;

use memchr::memmem;
use rayon::prelude::*;

use super::load::Read;
use super::mount::Mount;
use super::names::is_binary;
use super::read::PROBE_LIMIT;
use super::walk::{Found, Walker};
use super::{Component, SourceFile};
use crate::diag::Diagnostics;

/// What calls and functions are named that show a file.
const WORDS: [&str; 4] = ["readfile", "include", "os.stat", "code-file"];

/// Folders at the root that hold other things than what a page shows.
const APART: [&str; 3] = ["themes", "archetypes", "config"];

/// Whether a page or a template shows files.
pub(super) fn are_wanted(read: &[Read]) -> bool {
    read.par_iter().any(|read| {
        let text = read.contents.as_ref().ok().and_then(|contents| contents.text());
        may_show(read.found.component) && text.is_some_and(has_words)
    })
}

/// Whether a file is a page or a template that shows files by their paths.
pub fn shows_files(file: &SourceFile) -> bool {
    may_show(file.component) && file.text().is_some_and(has_words)
}

fn may_show(component: Component) -> bool {
    matches!(component, Component::Content | Component::Layouts)
}

/// Whether a text has a call or an action with one of the [`WORDS`].
fn has_words(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "{{").any(|at| {
        let call = before(&text[at + "{{".len()..], "{{");
        let call = before(call, "}}").to_lowercase();
        WORDS.iter().any(|word| call.contains(word))
    })
}

/// What stands before `end`; all where that is not there.
fn before<'t>(text: &'t str, end: &str) -> &'t str {
    let at = memmem::find(text.as_bytes(), end.as_bytes());
    &text[..at.unwrap_or(text.len())]
}

/// The texts that no mount has.
pub(super) fn find(walker: &Walker<'_>, known: &[Read]) -> Vec<Found> {
    let mut found = Vec::new();
    // What cannot be read or leads out of the site is of no concern as long as no page shows it.
    walker.walk(
        &Mount::new(".", Component::Other),
        &mut found,
        &mut Diagnostics::new(),
    );
    let taken: std::collections::HashSet<&Path> = known.iter().map(|read| &*read.found.disk).collect();
    found.retain(|file| {
        let top = file.path.split('/').next().unwrap_or_default();
        !APART.contains(&top)
            && file.len < PROBE_LIMIT
            && !is_binary(&file.target)
            && !taken.contains(&*file.disk)
    });
    found
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
