//! The node tree of a text: its nodes, how they are built and written, and the marks that stand in it for calls.
//!
//! Markdown, raw HTML and the output of templates end up in one tree ([`dom`]); passes change it, and
//! [`dom::write_nodes`] writes it once. Nothing here knows where a text comes from.

pub(crate) mod code_block;
pub mod dom;
pub(crate) mod html;
pub(crate) mod length;
pub(crate) mod mark;
pub(crate) mod marks;
pub(crate) mod outline;
pub(crate) mod places;
pub(crate) mod range_map;
pub mod role;
pub(crate) mod role_setters;
pub(crate) mod tree_builder;
pub(crate) mod values;

pub use self::code_block::Placeholder;
pub use self::outline::Heading;
pub use self::places::Place;
pub use self::role::Withheld;
pub use self::values::Variable;
