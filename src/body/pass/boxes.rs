//! Names of boxes for readers who listen: a callout is a note, and its title is its name.

use crate::markup::dom::{Element, Node, text_of};

/// Class of a box.
const BOX: &str = "callout";
/// Class of its title.
const TITLE: &str = "callout-title";

/// Makes a box a note. One that folds has a name of its own, and one with a role is what its author says.
pub(crate) fn apply(element: &mut Element) {
    if element.name != "div" || !element.has_class(BOX) || element.get("role").is_some() {
        return;
    }
    element.set("role", "note");
    let title = element
        .children
        .iter()
        .filter_map(Node::as_element)
        .find(|child| child.has_class(TITLE));
    let name = title.map(|title| text_of(&title.children));
    let name = name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    if let Some(name) = name
        && element.get("aria-label").is_none()
    {
        element.set("aria-label", name);
    }
}
