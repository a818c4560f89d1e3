//! Proposals for a page whose name was mistyped, in the author's own notation.

use super::BodyContext;
use crate::graph::{PageId, relative};

impl BodyContext<'_> {
    /// The text to write on `from` instead of `written`, to mean the page at the logical path `near`: a file relative
    /// to the page's own if a file was written, else `near` as it is.
    pub(crate) fn proposal(&self, from: PageId, written: &str, near: &str) -> String {
        self.file_proposal(from, written, near)
            .unwrap_or_else(|| near.to_owned())
    }

    fn file_proposal(&self, from: PageId, written: &str, near: &str) -> Option<String> {
        let path = written.split(['#', '?']).next().unwrap_or_default();
        if !path.to_ascii_lowercase().ends_with(".md") {
            return None;
        }
        let page = self.graph.page_at(self.graph.page(from).lang, near)?;
        let (from, to) = (self.content_path(from)?, self.content_path(page)?);
        // In Markdown a target ends at white space.
        if to.contains(char::is_whitespace) {
            return None;
        }
        Some(if path.starts_with('/') {
            format!("/{to}")
        } else {
            relative(from, to)
        })
    }

    /// The path of a page's file inside the content.
    fn content_path(&self, page: PageId) -> Option<&str> {
        let source = self.graph.page(page).source?;
        let file = self.tree.get(self.parsed[source].file)?;
        Some(&file.target)
    }
}
