//! The finding about two pages with one URL.

use spanned_data::{Data, Value};

use super::Kind;
use super::input::Input;
use super::node::Node;
use super::paths::first;
use super::taxonomy::Members;
use super::tree::id;
use crate::diag::{Code, Diagnostic, Span};

/// The pages that want one URL: the first has it, the second gets another.
pub(super) struct Duplicate<'a> {
    pub(super) nodes: &'a [Node<'a>],
    pub(super) members: &'a Members,
    pub(super) input: Input<'a>,
    pub(super) first: usize,
    pub(super) second: usize,
}

impl Duplicate<'_> {
    /// The warning; `wanted` and `got` are the URLs of the two. A term is named, and stands where a page uses it.
    pub(super) fn finding(&self, wanted: &str, got: &str) -> Diagnostic {
        let second = &self.nodes[self.second];
        let (who, help) = if is_bare_term(second) {
            let help = "write the term otherwise, or give it a page with another `slug`: `_index.md` in a folder of its name";
            (format!("the term `{}`: another page", term(second)), help)
        } else {
            let help = "rename one of the two files, or give one of them another `slug` or `url`";
            ("another page".to_owned(), help)
        };
        let message = format!("{who} has the URL `{wanted}`; this one is published as `{got}`");
        let finding = Diagnostic::warning(Code::DuplicateUrl, self.span(self.second), message).help(help);
        let first = &self.nodes[self.first];
        let label = if is_bare_term(first) {
            format!("the term `{}` has the URL", term(first))
        } else {
            "this page has the URL".to_owned()
        };
        match self.span(self.first) {
            Some(span) => finding.label(span, label),
            None => finding,
        }
    }

    /// The place of a page: its file, or for a term without one the first page that uses it.
    fn span(&self, at: usize) -> Option<Span> {
        let node = &self.nodes[at];
        if !is_bare_term(node) {
            return node.file.map(|file| Span::new(file, 0, 0));
        }
        let user = &self.nodes[self.members.of.get(&id(at))?.first()?.0 as usize];
        let values = &self.input.parsed.get(user.source?)?.values;
        let named = |value: &&Value| {
            value
                .to_text()
                .is_some_and(|text| text.trim().trim_matches('/') == term(node))
        };
        let written = values
            .get(&first(&node.dir).to_lowercase())
            .and_then(|value| match &value.data {
                Data::List(terms) => terms.iter().find(named),
                _ => Some(value),
            });
        let bytes = written.map_or(0..0, |value| value.span.clone());
        user.file.map(|file| Span::new(file, bytes.start, bytes.end))
    }
}

/// Returns true for a term that no file makes.
fn is_bare_term(node: &Node) -> bool {
    node.kind == Kind::Term && node.source.is_none()
}

/// The term as the first page writes it.
fn term<'n>(node: &'n Node<'_>) -> &'n str {
    node.dir.split_once('/').map_or("", |(_, term)| term)
}
