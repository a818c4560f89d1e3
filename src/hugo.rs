//! The site as Hugo's templates see it, for all who run them: shortcodes, content adapters.

mod data_files;
mod site_facts;

pub use data_files::data_files;
pub use site_facts::{language, url};
