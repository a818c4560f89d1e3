//! Writes a body and records the places of names: its own ids, links into the site, scripts.
//!
//! A page that holds many bodies, such as the one for printing, has to keep their ids apart and to lead their links to
//! itself. It does so with these places and never reads HTML.

use super::dom::{Element, Inside};

/// A place in the HTML of a body. Offsets are bytes of it; places come in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Start of an id of the body, or of a reference to one.
    Id(usize),
    /// The value of an attribute that leads into the site.
    Link {
        /// First byte of it.
        start: usize,
        /// Start of the fragment behind `#`; the end of the value if it has none.
        fragment: usize,
        /// End of the value.
        end: usize,
        /// Target of the link.
        to: Inside,
    },
    /// A script of the author, from tag to tag.
    Script {
        /// First byte of it.
        start: usize,
        /// End of the closing tag.
        end: usize,
    },
}

/// The kind of an attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// An id, or several with blanks between them.
    Ids,
    /// A fragment of the page itself, behind `#`.
    Fragment,
    /// A URL that leads into the site.
    Url(Inside),
    /// Any other text.
    Plain,
}

/// The kind of the attribute `name` of `element` with this value.
pub(crate) fn value_of(element: &Element, name: &str, value: &str) -> Value {
    match name {
        "id" | "for" | "headers" | "list" | "form" | "popovertarget" | "aria-labelledby"
        | "aria-describedby" | "aria-controls" | "aria-details" | "aria-owns" => Value::Ids,
        // Anchors of old, groups of which one is open or chosen.
        "name" if matches!(&*element.name, "a" | "map" | "details" | "input") => Value::Ids,
        "href" | "src" | "usemap" | "xlink:href" if value.starts_with('#') => Value::Fragment,
        "href" | "src" => element.to.map_or(Value::Plain, Value::Url),
        _ => Value::Plain,
    }
}
