//! The place of a page on the site.

/// The URL of a page and the folder of its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Decoded URL path; empty for a page that has none.
    pub(super) url: String,
    /// URL path of the folder for its files, without a slash at the end.
    pub(super) base: String,
}
