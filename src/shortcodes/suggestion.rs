//! Proposals for a page whose name was mistyped, in the author's own notation.

use super::BodyContext;
use crate::diag::{Diagnostic, Span, nearest};
use crate::graph::{PageId, relative};

impl BodyContext<'_> {
    /// The part of `span` that is `address`, where it is written there as it is.
    pub(crate) fn within(&self, span: Span, address: &str) -> Span {
        let text = self.text(span.file).get(span.range()).unwrap_or_default();
        // Behind the bracket, the quote or the sign that begins an address; the text of a link may be the same.
        let begins = |at: &usize| *at == 0 || text[..*at].ends_with(['(', '"', '\'', '<', '=', ' ', '`']);
        let places = || text.rmatch_indices(address).map(|(at, _)| at);
        let found = places().find(begins).or_else(|| places().next());
        match found.filter(|_| !address.is_empty()) {
            Some(at) => {
                let start = span.range().start + at;
                Span::new(span.file, start, start + address.len())
            }
            None => span,
        }
    }

    /// Adds the edit for an address of which one of the `proposals` was certainly meant. `span` holds it as it is written.
    pub(crate) fn mended(
        &self,
        finding: Diagnostic,
        span: Span,
        written: &str,
        proposals: &[String],
    ) -> Diagnostic {
        let path = &written[..written.find(['#', '?']).unwrap_or(written.len())];
        let place = self.within(span, path);
        let is_there = self.text(span.file).get(place.range()) == Some(path);
        match nearest::certain(path, proposals.iter().map(String::as_str)) {
            Some(meant) if is_there => finding.edit(place, meant),
            _ => finding,
        }
    }

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
