//! A site before or after the move, with the targets of addresses as files, whose names both share.

use std::collections::HashMap;

use crate::config::Config;
use crate::diag::FileId;
use crate::graph::{Graph, LinkAnswer, Page, PageId, RefAnswer};
use crate::lang::LangId;
use crate::parse::ParsedPage;
use crate::pipeline::{Placed, Results};
use crate::shortcodes::include;
use crate::source::SourceTree;

/// A site in its places.
pub(super) struct View<'a> {
    pub(super) tree: &'a SourceTree,
    pub(super) config: &'a Config,
    pub(super) parsed: &'a [ParsedPage],
    pub(super) graph: &'a Graph,
    by_file: HashMap<FileId, PageId>,
}

/// The target of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goal {
    /// The page of a file.
    Page(FileId),
    /// A section without a file: its language and logical path.
    Section(LangId, String),
    /// A file that is no page.
    File(FileId),
}

/// The place that an address is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The page of a file.
    Page(FileId),
    /// The home page of a language, for settings.
    Home(LangId),
}

/// The rule by which an address is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The target of a link in Markdown.
    Link,
    /// The value of an attribute, of HTML or of what a template prints.
    Attribute,
    /// The name in a `ref`.
    Ref(Option<LangId>),
    /// The path in an `include` that stands in a file.
    Include(FileId),
}

impl<'a> View<'a> {
    pub(super) fn of_site(site: &'a Results) -> Self {
        Self::new(&site.tree, &site.config, &site.parsed, &site.graph)
    }

    pub(super) fn of_placed(tree: &'a SourceTree, placed: &'a Placed, config: &'a Config) -> Self {
        Self::new(tree, config, &placed.parsed, &placed.graph)
    }

    fn new(tree: &'a SourceTree, config: &'a Config, parsed: &'a [ParsedPage], graph: &'a Graph) -> Self {
        let files = graph
            .pages
            .iter()
            .filter_map(|page| Some((parsed[page.source?].file, page.id)));
        Self {
            tree,
            config,
            parsed,
            graph,
            by_file: files.collect(),
        }
    }

    /// The page of a file.
    pub(super) fn page_of(&self, file: FileId) -> Option<&Page> {
        self.by_file.get(&file).map(|id| self.graph.page(*id))
    }

    /// The page that an address is read on.
    pub(super) fn reader(&self, reader: Reader) -> Option<&Page> {
        match reader {
            Reader::Page(file) => self.page_of(file),
            Reader::Home(lang) => self.graph.sites.get(lang).map(|site| self.graph.page(site.home)),
        }
    }

    /// The file of a page.
    pub(super) fn file_of(&self, page: PageId) -> Option<FileId> {
        self.graph
            .page(page)
            .source
            .map(|source| self.parsed[source].file)
    }

    /// The page as a target.
    pub(super) fn goal_of(&self, page: PageId) -> Goal {
        match self.file_of(page) {
            Some(file) => Goal::Page(file),
            None => Goal::Section(self.graph.page(page).lang, self.graph.page(page).path.clone()),
        }
    }

    /// The page that is a target.
    pub(super) fn page_at(&self, goal: &Goal) -> Option<&Page> {
        match goal {
            Goal::Page(file) => self.page_of(*file),
            Goal::Section(lang, path) => {
                let page = self.graph.page_at(*lang, path)?;
                Some(self.graph.page(page))
            }
            Goal::File(_) => None,
        }
    }

    /// The target of an address as it is written.
    pub(super) fn goal(&self, reader: Reader, form: Form, written: &str) -> Option<Goal> {
        let page = self.reader(reader)?;
        let of_link = |answer| match answer {
            LinkAnswer::Page { page, .. } => Some(self.goal_of(page)),
            LinkAnswer::Asset { file, .. } => Some(Goal::File(file)),
            LinkAnswer::SelfFragment { .. } => Some(self.goal_of(page.id)),
            LinkAnswer::External | LinkAnswer::Missing { .. } => None,
        };
        let inside = &written[self.outside(written).len()..];
        match form {
            Form::Link if inside.len() == written.len() => {
                of_link(self.graph.resolve_written_link(page.id, inside))
            }
            Form::Link | Form::Attribute => of_link(self.graph.resolve_link(page.id, inside)),
            Form::Ref(lang) => match self.graph.resolve_ref(page.id, written, lang) {
                RefAnswer::Found { page: Some(page), .. } => Some(self.goal_of(page)),
                RefAnswer::Found { page: None, .. } => Some(self.goal_of(page.id)),
                _ => None,
            },
            Form::Include(file) => include::file_at(self.tree, page, file, written)
                .map(Goal::File)
                .or_else(|| self.goal(reader, Form::Ref(None), written)),
        }
    }

    /// The beginning of an address that is no part of the path inside the site: scheme, host and base path.
    pub(super) fn outside<'w>(&self, written: &'w str) -> &'w str {
        let base = &self.config.base_url;
        let origin = written
            .strip_prefix(base.origin.as_str())
            .filter(|rest| self.config.base_url_set && !base.origin.is_empty() && rest.starts_with('/'))
            .map_or(0, |_| base.origin.len());
        let below = base.path.trim_end_matches('/');
        let is_below = written[origin..]
            .strip_prefix(below)
            .is_some_and(|rest| rest.starts_with('/'));
        &written[..origin + if is_below { below.len() } else { 0 }]
    }

    /// The path of a content file inside the content.
    pub(super) fn content_path(&self, file: FileId) -> &str {
        self.tree.get(file).map_or("", |file| file.target.as_str())
    }

    /// `path:line:column` of a byte of a file.
    pub(super) fn place(&self, file: FileId, at: usize) -> String {
        let before = self
            .tree
            .text(file)
            .and_then(|text| text.get(..at))
            .unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.tree.path(file).unwrap_or_default())
    }
}
