//! Puts embedded and site templates into one Tera, in whatever state the site's are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use tera::Tera;

use super::metered::Metered;
use super::{SHORTCODES, TemplateError};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Kind, Severity, Span, nearest};
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
    /// The text that Tera has, if it is another.
    metered: Option<Arc<Metered>>,
}

/// The work of templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// It is not counted: that of the theme alone grows with the site and no faster.
    Free,
    /// It is taken from the budget of the page.
    Counted,
}

impl Origin {
    fn new(source: &TemplateSource<'_>, work: Work) -> Self {
        Self {
            file: source.file,
            text: Arc::from(source.text),
            metered: (work == Work::Counted).then(|| Arc::new(Metered::of(source.text))),
        }
    }

    fn loaded(&self) -> &str {
        self.metered.as_ref().map_or(&self.text, |metered| &metered.text)
    }

    fn original(&self, offset: usize) -> usize {
        self.metered
            .as_ref()
            .map_or(offset, |metered| metered.original(offset))
    }
}

impl Origins {
    /// The span of `range` in the template `name`, for a template of the site.
    pub(super) fn span(&self, name: &str, range: Range<usize>) -> Option<Span> {
        let origin = self.by_name.get(name)?;
        let (start, end) = (origin.original(range.start), origin.original(range.end));
        Some(Span::new(origin.file?, start, end))
    }

    /// The span of one character at `line` and `column` (both from 1, columns in characters).
    pub(super) fn span_at(&self, name: &str, line: usize, column: usize) -> Option<Span> {
        let origin = self.by_name.get(name)?;
        let start = origin.original(offset_of(origin.loaded(), line, column));
        Some(Span::new(origin.file?, start, start + 1))
    }

    /// Returns true if a template is a file of the site.
    pub(super) fn is_own(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(|origin| origin.file.is_some())
    }

    /// The texts of the site's own templates.
    pub(super) fn own(&self) -> impl Iterator<Item = &str> {
        let own = self.by_name.values().filter(|origin| origin.file.is_some());
        own.map(|origin| &*origin.text)
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
pub(super) fn theme(tera: &mut Tera, embedded: &[&TemplateSource<'_>], work: Work) -> (Origins, Diagnostics) {
    let mut origins = Origins::default();
    let result = add(tera, &mut origins, embedded, work);
    let found = result.err().map(|error| error.diagnostic(Code::TemplateError));
    (origins, found.into_iter().collect())
}

/// Loads the site's templates over the embedded ones. Faulty ones are left out and reported.
pub(super) fn own(tera: &mut Tera, mut site: Vec<&TemplateSource<'_>>, origins: &mut Origins) -> Diagnostics {
    site.sort_by_key(|source| source.name);
    let mut diagnostics = unused(&site, origins);
    if add(tera, origins, &site, Work::Counted).is_err() {
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
        waiting.retain(|source| add(tera, origins, &[source], Work::Counted).is_err());
        if waiting.len() == before {
            break;
        }
    }
    // Repositories keep files for other programs in folders of this name.
    waiting.retain(|source| source.name.ends_with(".html"));
    for source in waiting {
        let replaces = origins.text(source.name).is_some();
        if let Err(error) = add(tera, origins, &[source], Work::Counted) {
            let mut found = error.diagnostic(Code::TemplateError);
            // Another program's files are no part of the site.
            if !replaces && !source.name.starts_with(SHORTCODES) {
                found.severity = Severity::Warning;
            }
            diagnostics.push(found.help(lost(source.name, replaces)));
        }
    }
}

/// The loss of a faulty template. `replaces`: the theme has one of this name.
pub(super) fn lost(name: &str, replaces: bool) -> String {
    if replaces {
        format!("the theme's own `{name}` takes its place")
    } else {
        format!("nothing takes the place of `{name}`")
    }
}

/// Notes about files that replace nothing and that nothing includes, where the theme has a name like theirs.
fn unused(site: &[&TemplateSource<'_>], theme: &Origins) -> Diagnostics {
    let names = || theme.by_name.keys().map(String::as_str);
    let is_named = |name: &str| {
        let mut texts = site.iter().map(|source| source.text);
        texts.any(|text| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'")))
    };
    let alone = site.iter().filter(|source| {
        let name = source.name;
        theme.text(name).is_none()
            && !name.starts_with(SHORTCODES)
            && name.ends_with(".html")
            && !is_named(name)
    });
    let note = |source: &&TemplateSource<'_>| {
        let near = nearest::certain(source.name, names())?;
        let span = source.file.map(|file| Span::new(file, 0, 0));
        let message = format!("`{}` takes the place of no file of the theme", source.name);
        Some(Diagnostic::of(Kind::TemplateUnused, span, message).help(format!("did you mean `{near}`?")))
    };
    alone.filter_map(note).collect()
}

/// Returns true if the front matter of a page names the template of a finding: `layout: bare`.
pub(super) fn is_layout(finding: &Diagnostic, tree: &SourceTree) -> bool {
    let file = finding.span.and_then(|span| tree.get(span.file));
    let Some(name) = file.and_then(|file| file.target.rsplit('/').next()?.split('.').next()) else {
        return false;
    };
    let names = |line: &str| {
        let key = line.trim_start().trim_start_matches(['"', '\'']);
        let is_key = ["layout", "type"].iter().any(|known| key.starts_with(known));
        is_key
            && line
                .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
                .any(|word| word == name)
    };
    let mut pages = tree.iter(Component::Content);
    pages.any(|(_, page)| page.text().is_some_and(|text| text.lines().any(names)))
}

/// Puts templates in the places of others. Returns false if they do not fit in.
pub(super) fn replace(tera: &mut Tera, origins: &mut Origins, sources: &[TemplateSource<'_>]) -> bool {
    let sources: Vec<&TemplateSource<'_>> = sources.iter().collect();
    add(tera, origins, &sources, Work::Counted).is_ok()
}

/// Adds all of `sources` or none.
fn add(
    tera: &mut Tera,
    origins: &mut Origins,
    sources: &[&TemplateSource<'_>],
    work: Work,
) -> Result<(), TemplateError> {
    let new: Vec<(&str, Origin)> = sources
        .iter()
        .map(|source| (source.name, Origin::new(source, work)))
        .collect();
    let result = tera.add_raw_templates(new.iter().map(|(name, origin)| (*name, origin.loaded())));
    let mut with_new = origins.clone();
    with_new.by_name.extend(
        new.iter()
            .map(|(name, origin)| ((*name).to_owned(), origin.clone())),
    );
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
