//! Passes over the tree of a page, in the order in which `body` calls them.

pub(crate) mod bare_looks;
pub(crate) mod boxes;
pub(crate) mod callouts;
pub(crate) mod code_blocks;
#[cfg(feature = "diagrams")]
pub(crate) mod drawings;
pub(crate) mod effects;
pub(crate) mod emoji;
pub(crate) mod heading_ids;
pub(crate) mod hooks;
pub(crate) mod images;
pub(crate) mod link_urls;
pub(crate) mod moved_ids;
pub(crate) mod phrases;
pub(crate) mod tables;
pub(crate) mod value_forms;
