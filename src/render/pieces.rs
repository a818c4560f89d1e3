//! Which stylesheets a page needs beyond the one of every page: those of tabs, of cards, of exercises, and of whatever else
//! few pages hold. A page needs a sheet when its text has a class that the sheet names.

use std::collections::BTreeSet;

use super::assets;
use crate::body::Body;
use crate::source::{Component, SourceTree};

/// The stylesheet that names these sheets, and does nothing else.
const LIST: &str = "css/pieces.css";

/// The class of the form for values that readers fill in, which stands outside the text.
const VARIABLES: &str = "variables";

/// The sheets in the order in which pages load them.
#[derive(Debug, Default)]
pub(super) struct Pieces(Vec<Sheet>);

#[derive(Debug)]
struct Sheet {
    /// Path inside `static/`: `css/tabs.css`.
    name: String,
    classes: BTreeSet<String>,
}

impl Pieces {
    pub(super) fn new(tree: &SourceTree) -> Self {
        let sheets = sheets(tree).map(|name| Sheet {
            classes: classes(text(tree, &name)).collect(),
            name,
        });
        Self(sheets.collect())
    }

    /// The names of the sheets that texts need.
    pub(super) fn of<'b>(&self, bodies: impl IntoIterator<Item = &'b Body>) -> Vec<&str> {
        let mut needed = vec![false; self.0.len()];
        for body in bodies {
            let has_variables = !body.variables.is_empty();
            for (sheet, needed) in self.0.iter().zip(&mut needed) {
                *needed = *needed
                    || !sheet.classes.is_disjoint(&body.classes)
                    || has_variables && sheet.classes.contains(VARIABLES);
            }
        }
        let sheets = self.0.iter().zip(needed).filter(|(_, needed)| *needed);
        sheets.map(|(sheet, _)| sheet.name.as_str()).collect()
    }
}

/// The names of all sheets: `css/tabs.css`.
pub(super) fn sheets(tree: &SourceTree) -> impl Iterator<Item = String> {
    let names = text(tree, LIST).lines().filter_map(assets::import);
    names.map(|name| format!("css/{name}"))
}

fn text<'a>(tree: &'a SourceTree, name: &str) -> &'a str {
    let file = tree.find(Component::Static, name);
    file.and_then(|id| tree.text(id)).unwrap_or_default()
}

/// The names in a stylesheet that stand behind a point. What else than classes that may be does no harm.
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
