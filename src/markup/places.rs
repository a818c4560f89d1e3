//! Writes a body and keeps where it speaks of names: its own ids, links into the site, scripts.
//!
//! A page that holds many bodies, such as the one for printing, has to keep their ids apart and to lead their links to
//! itself. It does so with these places and never reads HTML.

use super::dom::{Element, Inside};

/// Something in the HTML of a body. Offsets are bytes of it; places come in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Here begins an id of the body, or a reference to one.
    Id(usize),
    /// The value of an attribute that leads into the site.
    Link {
        /// Where it begins.
        start: usize,
        /// Where its fragment begins, behind `#`; its end where it has none.
        fragment: usize,
        /// Where it ends.
        end: usize,
        /// What it leads to.
        to: Inside,
    },
    /// A script of the author, from tag to tag.
    Script {
        /// Where it begins.
        start: usize,
        /// One past its end.
        end: usize,
    },
}

/// What the value of an attribute is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// An id, or several with blanks between them.
    Ids,
    /// A fragment of the page itself, behind `#`.
    Fragment,
    /// A URL that leads into the site.
    Url(Inside),
    /// Anything else.
    Plain,
}

/// What the attribute `name` of `element` with this value is.
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
