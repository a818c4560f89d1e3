//! A site's own shortcodes, written as Go templates: `layouts/shortcodes/NAME.html`.
//!
//! [`GoTemplates`] holds the parsed files; [`host`] answers what templates ask about pages, the site, and Markdown.

mod files;
pub(crate) mod host;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::gotemplate::Template;
use crate::source::{Component, FileId, SourceTree};

/// Every Go template of a site that can be read, by the name of its shortcode or partial in lower case.
#[derive(Debug, Default)]
pub struct GoTemplates {
    shortcodes: BTreeMap<String, GoTemplate>,
    partials: BTreeMap<String, Arc<Template>>,
    /// File of each template, by the name that errors carry.
    files: BTreeMap<String, FileId>,
}

/// A shortcode's template.
#[derive(Debug, Clone)]
pub(crate) struct GoTemplate {
    pub(crate) template: Arc<Template>,
    pub(crate) file: FileId,
}

impl GoTemplates {
    /// Parses the templates of `tree`. One that cannot be read is a finding, and its calls fall back.
    pub fn new(tree: &SourceTree) -> (Self, Diagnostics) {
        let mut templates = Self::default();
        let mut diagnostics = Diagnostics::new();
        for (id, file) in tree.iter(Component::Layouts) {
            if let Some(text) = file.text() {
                templates.add(id, &file.target, text, &mut diagnostics);
            }
        }
        (templates, diagnostics)
    }

    fn add(&mut self, id: FileId, target: &str, text: &str, diagnostics: &mut Diagnostics) {
        let Some((folder, name)) = target.split_once('/') else {
            return;
        };
        let (stem, is_text) = match name.rsplit_once('.') {
            Some((stem, "html")) => (stem, false),
            Some((stem, "md")) => (stem, true),
            _ => return,
        };
        let parsed = if is_text {
            Template::parse_text(target, text)
        } else {
            Template::parse(target, text)
        };
        let template = match parsed {
            Ok(template) => Arc::new(template),
            Err(error) => {
                let span = Span::new(id, error.offset, error.offset);
                let message = format!("this template cannot be read: {}", error.message);
                diagnostics.push(Diagnostic::warning(Code::UnsupportedTemplate, span, message));
                return;
            }
        };
        self.files.insert(target.to_owned(), id);
        match folder {
            // The newer folder wins, as in Hugo, wherever it comes in the order of files.
            "_shortcodes" => drop(
                self.shortcodes
                    .insert(stem.to_lowercase(), GoTemplate { template, file: id }),
            ),
            "shortcodes" => {
                self.shortcodes
                    .entry(stem.to_lowercase())
                    .or_insert(GoTemplate { template, file: id });
            }
            "partials" | "_partials" => drop(self.partials.insert(name.to_owned(), template)),
            _ => {}
        }
    }

    pub(crate) fn shortcode(&self, name: &str) -> Option<&GoTemplate> {
        self.shortcodes.get(name)
    }

    pub(crate) fn partial(&self, name: &str) -> Option<Arc<Template>> {
        let found = self
            .partials
            .get(name)
            .or_else(|| self.partials.get(&format!("{name}.html")));
        found.cloned()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.shortcodes.keys().map(String::as_str)
    }

    /// The place in a template that an error names.
    pub(crate) fn span(&self, template: &str, offset: usize, or: FileId) -> Span {
        let file = self.files.get(template).copied().unwrap_or(or);
        Span::new(file, offset, offset)
    }
}
