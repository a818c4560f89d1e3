//! The site as Hugo's templates see it, for all who run them: shortcodes, content adapters.

mod data_files;
mod facts;

pub use data_files::data_files;
pub use facts::{language, url};
