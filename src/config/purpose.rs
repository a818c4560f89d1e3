//! The use that a site is made for, which some settings depend on.

/// The use that a site is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Purpose {
    /// A host serves it.
    #[default]
    Publish,
    /// Its author looks at it while writing: `serve`.
    Preview,
    /// Readers open its files from a folder: `bundle`.
    Bundle,
}
