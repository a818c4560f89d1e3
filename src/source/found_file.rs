//! A file on the disk before it is part of the tree.

use std::io;

use super::Facts;
use super::read::Contents;
use super::walk::Found;

/// A file that was found, and the result of reading it.
pub(super) struct Read {
    pub(super) found: Found,
    pub(super) contents: io::Result<Contents>,
    pub(super) facts: Facts,
}
