//! Puts embedded and site templates into one Tera, in whatever state the site's are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use tera::Tera;

use super::TemplateError;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Severity, Span};
use crate::source::{Component, SourceTree};

/// One template file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateSource<'a> {
    /// Path inside `templates/`: `page.html`, `shortcodes/box.html`.
    pub name: &'a str,
    /// The file of the site; `None` for embedded ones.
    pub file: Option<FileId>,
    /// The template's text.
    pub text: &'a str,
}

/// The origin of each loaded template, to turn Tera's places into spans.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins {
    by_name: BTreeMap<String, Origin>,
}

#[derive(Debug, Clone)]
struct Origin {
    file: Option<FileId>,
    text: Arc<str>,
}

impl Origins {
    fn insert(&mut self, source: &TemplateSource<'_>) {
        let origin = Origin {
            file: source.file,
            text: Arc::from(source.text),
        };
        self.by_name.insert(source.name.to_owned(), origin);
    }

    /// The span of `range` in the template `name`, for a template of the site.
    pub(super) fn span(&self, name: &str, range: Range<usize>) -> Option<Span> {
        let file = self.by_name.get(name)?.file?;
        Some(Span::new(file, range.start, range.end))
    }

    /// The span of one character at `line` and `column` (both from 1, columns in characters).
    pub(super) fn span_at(&self, name: &str, line: usize, column: usize) -> Option<Span> {
        let origin = self.by_name.get(name)?;
        let start = offset_of(&origin.text, line, column);
        Some(Span::new(origin.file?, start, start + 1))
    }

    /// The text of a template.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(|origin| &*origin.text)
    }

    /// Paths named in `asset(path="…")` in any template.
    pub(super) fn assets(&self) -> BTreeSet<String> {
        let texts = self.by_name.values().map(|origin| &origin.text);
        texts
            .flat_map(|text| asset_calls(text))
            .map(str::to_owned)
            .collect()
    }
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(before..).unwrap_or_default();
    before
        + rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(0, |(at, _)| at)
}

fn asset_calls(text: &str) -> impl Iterator<Item = &str> {
    let calls = text.split("asset(path=").skip(1);
    calls.filter_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    })
}

/// The template files of `tree`: the site's, and all embedded ones, shadowed or not.
pub(super) fn sources(tree: &SourceTree) -> Vec<TemplateSource<'_>> {
    let files = tree.iter(Component::Templates);
    files
        .filter_map(|(id, file)| {
            let own = !matches!(file.origin, crate::source::Origin::Embedded);
            Some(TemplateSource {
                name: &file.target,
                file: own.then_some(id),
                text: file.text()?,
            })
        })
        .collect()
}

/// Loads the embedded templates.
pub(super) fn theme(tera: &mut Tera, embedded: &[&TemplateSource<'_>]) -> (Origins, Diagnostics) {
    let mut origins = Origins::default();
    let result = add(tera, &mut origins, embedded);
    let found = result.err().map(|error| error.diagnostic(Code::TemplateError));
    (origins, found.into_iter().collect())
}

/// Loads the site's templates over the embedded ones. Faulty ones are left out and reported.
pub(super) fn own(tera: &mut Tera, mut site: Vec<&TemplateSource<'_>>, origins: &mut Origins) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    site.sort_by_key(|source| source.name);
    if add(tera, origins, &site).is_err() {
        add_one_by_one(tera, origins, site, &mut diagnostics);
    }
    diagnostics
}

/// Adds templates one by one. They may need each other in any order, so those that fail are tried again until none gets
/// in any more.
fn add_one_by_one(
    tera: &mut Tera,
    origins: &mut Origins,
    mut waiting: Vec<&TemplateSource<'_>>,
    diagnostics: &mut Diagnostics,
) {
    loop {
        let before = waiting.len();
        waiting.retain(|source| add(tera, origins, &[source]).is_err());
        if waiting.len() == before {
            break;
        }
    }
    // Repositories keep files for other programs in folders of this name.
    waiting.retain(|source| source.name.ends_with(".html"));
    for source in waiting {
        if let Err(error) = add(tera, origins, &[source]) {
            let found = Diagnostic {
                severity: Severity::Warning,
                ..error.diagnostic(Code::TemplateError)
            };
            diagnostics.push(found.help("the template of the default theme is used instead"));
        }
    }
}

/// Adds all of `sources` or none.
fn add(tera: &mut Tera, origins: &mut Origins, sources: &[&TemplateSource<'_>]) -> Result<(), TemplateError> {
    let result = tera.add_raw_templates(sources.iter().map(|source| (source.name, source.text)));
    let mut with_new = origins.clone();
    for source in sources {
        with_new.insert(source);
    }
    match result {
        Ok(()) => {
            *origins = with_new;
            Ok(())
        }
        Err(error) => {
            let name = sources.first().map_or("", |source| source.name);
            Err(TemplateError::new(name, &error, &with_new))
        }
    }
}
