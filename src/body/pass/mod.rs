//! Passes over the tree of a page, in the order in which `body` calls them.

pub(crate) mod callouts;
pub(crate) mod code;
pub(crate) mod contents;
pub(crate) mod effects;
pub(crate) mod emoji;
pub(crate) mod headings;
pub(crate) mod images;
pub(crate) mod links;
pub(crate) mod tables;
pub(crate) mod variables;
