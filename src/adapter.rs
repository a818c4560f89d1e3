//! Between stages 1 and 2: content adapters make pages.
//!
//! Takes the files of a site; adds the pages of its `_content.gotmpl` as files in memory with front matter and text, so
//! that to all later stages they are pages like others. An adapter sees the settings, `data/` and `assets/`, and no
//! page. Rules: Hugo's documentation of content adapters.

mod adapter_pages;
mod host;

use std::sync::Arc;

use hugo_template::{Adapter, AddedKind, ExecError, Limits, Severity, Template};

use self::host::AdapterHost;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::discover::Name;
use crate::hugo::data_files;
use crate::lang::LangId;
use crate::source::{Component, SourceTree};

/// Limits of one adapter, which makes many pages, where a shortcode makes a part of one.
const LIMITS: Limits = Limits {
    steps: 5_000_000,
    depth: 100,
    output: 16 << 20,
};

/// Returns true if a file of the content is an adapter, by its path.
pub fn is_adapter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".gotmpl").is_some_and(|stem| {
        stem.strip_prefix("_content")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Runs the adapters of a site, and adds their pages to its files. Returns true if there are adapters, and the
/// findings.
pub fn adapt(tree: &mut SourceTree, config: &Config) -> (bool, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let adapters: Vec<FileId> = tree
        .iter(Component::Content)
        .filter(|(_, file)| is_adapter(&file.target))
        .map(|(id, _)| id)
        .collect();
    if adapters.is_empty() {
        return (false, diagnostics);
    }
    let data = data_files(tree);
    for id in adapters {
        let Some(template) = read(id, tree, &mut diagnostics) else {
            continue;
        };
        let mut made = Vec::new();
        let (own, implied) = languages_of(id, tree, config);
        let (mut languages, mut next) = (vec![own], 0);
        while let Some(lang) = languages.get(next).copied() {
            let host = AdapterHost::new(tree, config, &data, lang);
            let adapter = run(&template, id, &host, &mut diagnostics);
            if next == 0 && adapter.is_in_all_languages() {
                languages.extend(config.languages.ids().filter(|other| *other != own));
            }
            let key = (lang != implied).then(|| &*config.languages[lang].key);
            let mut added = adapter.added();
            // Files that all languages share are there once.
            added.retain(|added| added.kind == AddedKind::Page || lang == own);
            made.extend(adapter_pages::files(&added, id, key, &host, tree));
            next += 1;
        }
        for file in made {
            // Memory ends before the numbers of files do.
            let _ = tree.push(file);
        }
    }
    (true, diagnostics)
}

/// The language that an adapter is for, and the language of files in its folder without a suffix.
fn languages_of(id: FileId, tree: &SourceTree, config: &Config) -> (LangId, LangId) {
    let file = tree.get(id);
    let of_folder = file
        .and_then(|file| file.lang.as_deref())
        .and_then(|key| config.language(key));
    let implied = of_folder.unwrap_or(config.default_language);
    let of_name = file.and_then(|file| Name::new(&file.target, &config.languages).lang);
    (of_name.unwrap_or(implied), implied)
}

fn read(id: FileId, tree: &SourceTree, diagnostics: &mut Diagnostics) -> Option<Template> {
    let file = tree.get(id)?;
    match Template::parse_text(file.target.as_str(), file.text()?) {
        Ok(template) => Some(template),
        Err(error) => {
            let span = Span::new(id, error.offset, error.offset);
            let message = format!("this template cannot be read: {}", error.message);
            diagnostics.push(Diagnostic::warning(Code::UnsupportedTemplate, span, message).help(HELP));
            None
        }
    }
}

const HELP: &str = "write its pages as Markdown files, or have a program write them before the build";

/// Runs an adapter in one language. Pages added before a failure count.
fn run(
    template: &Template,
    id: FileId,
    host: &AdapterHost<'_>,
    diagnostics: &mut Diagnostics,
) -> Arc<Adapter> {
    let adapter = Arc::new(Adapter::default());
    match template.execute(&Arc::clone(&adapter).dot(), host, LIMITS) {
        Ok(output) => diagnostics.extend(output.messages.into_iter().map(|message| {
            let finding = match message.severity {
                Severity::Error => Diagnostic::error,
                Severity::Warning => Diagnostic::warning,
            };
            finding(Code::UnsupportedTemplate, Span::new(id, 0, 0), message.text)
        })),
        Err(error) => diagnostics.push(failed(&error, template, id, host)),
    }
    adapter
}

fn failed(error: &ExecError, template: &Template, id: FileId, host: &AdapterHost<'_>) -> Diagnostic {
    let offset = error.offset;
    let span = match host.partial_named(&error.template) {
        Some(file) if error.template != template.name() => Span::new(file, offset, offset),
        _ => Span::new(id, offset, offset),
    };
    let message = format!(
        "this template makes pages, and it failed: {}; pages that it would have added after that are left out",
        error.message
    );
    Diagnostic::warning(Code::UnsupportedTemplate, span, message).help(HELP)
}
