//! The input of the stage.

use crate::config::Config;
use crate::discover::Inventory;
use crate::parse::ParsedPage;
use crate::source::SourceTree;

/// Everything that pages are put into their places by.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) inventory: &'a Inventory,
    /// The pages of the inventory in the same order.
    pub(super) parsed: &'a [ParsedPage],
    pub(super) tree: &'a SourceTree,
    pub(super) config: &'a Config,
}
