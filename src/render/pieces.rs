//! Stylesheets that only some pages need beyond the one of every page: those of tabs, of cards, of exercises, and of
//! other rare content. A page needs a sheet when its text has a class that the sheet names.

use std::collections::{BTreeSet, HashMap};

use crate::body::Body;
use crate::source::{Component, SourceTree};

/// The stylesheet that only names these sheets.
const LIST: &str = "css/pieces.css";

/// The class of the form for values that readers fill in, which stands outside the text.
const VARIABLES: &str = "variables";

/// The sheets that few pages need.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// Paths inside `static/`, `css/tabs.css`, in the order in which pages load them.
    names: Vec<String>,
    /// The numbers of the sheets that name a class.
    by_class: HashMap<String, Vec<usize>>,
}

impl Pieces {
    pub(super) fn new(tree: &SourceTree) -> Self {
        let mut pieces = Self::default();
        for (number, name) in sheets(tree).enumerate() {
            for class in classes(text(tree, &name)) {
                pieces.by_class.entry(class).or_default().push(number);
            }
            pieces.names.push(name);
        }
        pieces
    }

    /// The numbers of the sheets that a text needs.
    pub(super) fn needed(&self, body: &Body) -> BTreeSet<usize> {
        let variables = body.facts.uses.variables.then_some(VARIABLES);
        let classes = body.classes.iter().map(String::as_str).chain(variables);
        let numbers = classes.filter_map(|class| self.by_class.get(class));
        numbers.flatten().copied().collect()
    }

    /// The names of sheets, in the order in which pages load them.
    pub(super) fn names(&self, numbers: &BTreeSet<usize>) -> impl Iterator<Item = &str> {
        numbers.iter().map(|number| self.names[*number].as_str())
    }
}

/// The names of all sheets: `css/tabs.css`.
pub(super) fn sheets(tree: &SourceTree) -> impl Iterator<Item = String> {
    let names = text(tree, LIST).lines().filter_map(import);
    names.map(|name| format!("css/{name}"))
}

/// The file that a line of a stylesheet imports by name: `@import "other.css";`.
pub(super) fn import(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("@import \"")?;
    rest.strip_suffix("\";")
}

fn text<'a>(tree: &'a SourceTree, name: &str) -> &'a str {
    let file = tree.find(Component::Static, name);
    file.and_then(|id| tree.text(id)).unwrap_or_default()
}

/// The names behind a point in a stylesheet. Those that are no classes do no harm.
fn classes(css: &str) -> impl Iterator<Item = String> {
    let names = css.split('.').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    });
    names
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_and_numbers_are_not() {
        let found: Vec<_> = classes(".tab-list > .x:is(.a, .b-c)::before { margin: .5rem 1.5em; }").collect();
        assert_eq!(found, ["tab-list", "x", "a", "b-c"]);
    }
}
