//! A Go template and the file that it is in.

use std::sync::Arc;

use hugo_template::Template;

use crate::diag::FileId;

/// The template of a shortcode or of a render hook.
#[derive(Debug, Clone)]
pub(crate) struct GoTemplate {
    pub(crate) template: Arc<Template>,
    pub(crate) file: FileId,
}
