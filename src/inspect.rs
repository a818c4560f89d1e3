//! A description of a site, on one page, for `wsgen inspect`.
//!
//! Takes the [`Results`] of reading a site ([`Facts::of`]) and its findings; gives a text for people or JSON. This is a
//! description and no check: authors of a Hugo repository see the parts that are used, and those that are not.

mod facts_text;
mod shortcodes;

use std::collections::BTreeMap;

use serde::Serialize;
use spanned_data::Value;

use crate::account;
use crate::diag::lines::LineIndex;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::graph::{Bundle, Kind, Page};
use crate::lang::LangId;
use crate::pipeline::Results;
use crate::search;
use crate::shortcodes::runs_hook;
use crate::source::{Component, OTHER_THEME_LAYOUTS, Origin, SourceFile, SourceTree, THEME_LAYOUTS, THEMES};

pub use shortcodes::{ShortcodeFact, ShortcodeOrigin};

/// The facts of the description.
#[derive(Debug, Clone, Serialize)]
pub struct Facts {
    /// The site as a whole.
    pub site: SiteFacts,
    /// Themes that the configuration names. wsgen has its own and uses none of them.
    pub themes: Vec<String>,
    /// The languages in their order.
    pub languages: Vec<LanguageFacts>,
    /// The search index of each language; none where the site has no search.
    pub search: Vec<search::Facts>,
    /// Numbers of pages and files.
    pub content: ContentFacts,
    /// Content files that take no part, with the reasons.
    pub left_out: Vec<LeftOutFact>,
    /// Shortcodes that pages call: unknown ones first, then by origin and number of calls.
    pub shortcodes: Vec<ShortcodeFact>,
    /// Settings that have an effect.
    pub settings_honoured: Vec<Setting>,
    /// Settings without an effect.
    pub settings_ignored: Vec<Setting>,
    /// Files of the site that take the place of one of the theme's, or that the theme makes use of.
    pub theme_files: Vec<String>,
    /// Templates in `layouts/` that are not used.
    pub unused_templates: Vec<String>,
    /// Findings by kind.
    pub findings: Vec<FindingFacts>,
}

/// The site as a whole.
#[derive(Debug, Clone, Serialize)]
pub struct SiteFacts {
    /// Title of the site.
    pub title: String,
    /// Address of the published site; `None` if no setting gives it.
    pub base_url: Option<String>,
    /// Name of the environment.
    pub environment: String,
    /// Configuration files in the order in which they were read.
    pub config_files: Vec<String>,
}

/// A language of the site.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageFacts {
    /// Key of the language: `ja`.
    pub key: String,
    /// Name as its speakers write it.
    pub label: String,
    /// True for the default language.
    pub default: bool,
    /// URL of its home page.
    pub home: String,
    /// Pages with a text of their own, parts included.
    pub pages: usize,
    /// Pages that have no translation in some other language.
    pub untranslated: usize,
    /// Words of all texts.
    pub words: usize,
}

/// Numbers of pages and files.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ContentFacts {
    /// Number of page files.
    pub page_files: usize,
    /// Page files that are not part of the site: drafts, expired ones, ones that another file shadows.
    pub left_out: usize,
    /// Pages that are built but in no list.
    pub hidden: usize,
    /// Number of plain pages.
    pub pages: usize,
    /// Number of sections.
    pub sections: usize,
    /// Sections without an `_index.md`.
    pub sections_without_file: usize,
    /// Pages that own the files in their folder.
    pub leaf_bundles: usize,
    /// Pages of taxonomies and terms.
    pub taxonomy_pages: usize,
    /// Redirects from `aliases`.
    pub redirects: usize,
    /// Files beside pages.
    pub files_beside_pages: usize,
    /// Files in `static/`.
    pub static_files: usize,
    /// Files of `data/`.
    pub data_files: usize,
    /// Files of interface texts.
    pub translation_files: usize,
}

/// A content file that takes no part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOutFact {
    /// Path from the site's root.
    pub file: String,
    /// The reason in a word: `draft`.
    pub reason: &'static str,
}

/// A setting with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// Dotted key of the setting.
    pub key: String,
    /// Its place in the file.
    pub at: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path from the site's root.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Findings of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingFacts {
    /// Code of the findings.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// Number of findings.
    pub count: usize,
    /// Meaning of the code, in one sentence.
    pub summary: &'static str,
    /// The first one.
    pub first: Option<Place>,
}

impl Facts {
    /// The facts of a site, as far as its pages have been converted. Findings of later stages are added with
    /// [`Facts::found`].
    pub fn of(site: &Results) -> Self {
        let tree = &site.tree;
        let settings = |list: &[(String, Span)]| {
            let setting = |(key, span): &(String, Span)| Setting {
                key: key.clone(),
                at: Place::of(*span, tree),
            };
            list.iter().map(setting).collect()
        };
        Self {
            site: site_facts(site),
            themes: themes(site),
            languages: languages(site),
            search: search_facts(site),
            content: content(site),
            left_out: account::left_out(site.content())
                .into_iter()
                .map(|(file, reason)| LeftOutFact {
                    file,
                    reason: reason.word(),
                })
                .collect(),
            shortcodes: shortcodes::facts(site),
            settings_honoured: settings(&site.config.honoured),
            settings_ignored: settings(&site.config.ignored),
            theme_files: theme_files(tree),
            unused_templates: unused_templates(tree),
            findings: Vec::new(),
        }
    }

    /// Adds findings, which are sorted.
    #[must_use]
    pub fn found(mut self, diagnostics: &[Diagnostic], tree: &SourceTree) -> Self {
        let mut kinds: BTreeMap<(Severity, Code), (usize, Option<Span>)> = BTreeMap::new();
        for finding in diagnostics {
            let kind = kinds.entry((finding.severity, finding.code)).or_default();
            kind.0 += 1;
            kind.1 = kind.1.or(finding.span);
        }
        let fact =
            |((severity, code), (count, first)): (&(Severity, Code), &(usize, Option<Span>))| FindingFacts {
                code: code.name(),
                severity: severity.name(),
                count: *count,
                summary: code.summary(),
                first: first.and_then(|span| Place::of(span, tree)),
            };
        // Errors first, and of these the most frequent.
        let mut sorted: Vec<_> = kinds.iter().collect();
        sorted.sort_by_key(|((severity, code), (count, _))| {
            std::cmp::Reverse((*severity, *count, std::cmp::Reverse(code.name())))
        });
        self.findings = sorted.into_iter().map(fact).collect();
        self
    }

    /// The facts as JSON.
    pub fn json(&self) -> String {
        // Facts are text and numbers, which JSON has.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The facts as text for people, with ANSI styles; lists are wrapped at `width` columns.
    pub fn text(&self, width: usize) -> String {
        facts_text::write(self, width)
    }
}

impl Place {
    fn of(span: Span, tree: &SourceTree) -> Option<Self> {
        let file = tree.get(span.file)?;
        let position = LineIndex::new(file.text()?).position(span.start as usize);
        Some(Self {
            file: file.path.clone(),
            line: position.line,
            column: position.column,
        })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

fn site_facts(site: &Results) -> SiteFacts {
    let config = &site.config;
    let files = site
        .tree
        .iter(Component::Config)
        .filter(|(_, file)| !file.path.starts_with(THEMES))
        .map(|(_, file)| file.path.clone());
    SiteFacts {
        title: config.title.clone(),
        base_url: config.base_url_set.then(|| config.base_url.absolute("/")),
        environment: config.environment.clone(),
        config_files: files.collect(),
    }
}

/// The themes named by `theme` and `module.imports`.
fn themes(site: &Results) -> Vec<String> {
    let raw = &site.config.raw;
    let imports = raw
        .get_path("module.imports")
        .map(Value::items)
        .unwrap_or_default();
    let imported = imports.iter().filter_map(|import| import.as_map()?.text("path"));
    raw.strings("theme").into_iter().chain(imported).collect()
}

fn languages(site: &Results) -> Vec<LanguageFacts> {
    let several = site.config.languages.len();
    let facts = |(lang, language): (LangId, &crate::config::Language)| {
        let pages = written(site).filter(move |page| page.lang == lang);
        let facts = |page: &Page| site.facts.get(page.id.0 as usize).and_then(Option::as_ref);
        let home = site
            .graph
            .sites
            .get(lang)
            .map(|found| site.graph.page(found.home));
        LanguageFacts {
            key: language.key.clone(),
            label: language.label.clone(),
            default: lang == site.config.default_language,
            home: home
                .map(|home| crate::graph::link(&site.config, "/", &home.url))
                .unwrap_or_default(),
            pages: pages.clone().count(),
            untranslated: pages
                .clone()
                .filter(|page| page.translations.len() + 1 < several)
                .count(),
            words: pages.filter_map(facts).map(|facts| facts.words).sum(),
        }
    };
    site.config.languages.each().map(facts).collect()
}

fn search_facts(site: &Results) -> Vec<search::Facts> {
    if !site.config.wsgen.search {
        return Vec::new();
    }
    let facts: Vec<_> = site.facts.iter().map(Option::as_ref).collect();
    let texts = search::Texts::new(&site.graph, &site.config, &site.texts, &facts);
    let files = search::index_anew(&texts);
    let facts = |language| search::Facts::of(language, &files);
    texts.languages.iter().map(facts).collect()
}

/// Pages that have a file.
fn written(site: &Results) -> impl Iterator<Item = &Page> + Clone {
    site.graph.pages.iter().filter(|page| page.source.is_some())
}

fn content(site: &Results) -> ContentFacts {
    let count = |wanted: &dyn Fn(&Page) -> bool| site.graph.pages.iter().filter(|page| wanted(page)).count();
    let files = |component| site.tree.iter(component).filter(|(_, file)| is_own(file)).count();
    let page_files = site.parsed.len();
    let beside = site
        .graph
        .assets
        .iter()
        .filter_map(|(_, file)| site.tree.get(*file));
    ContentFacts {
        page_files,
        left_out: page_files.saturating_sub(written(site).count()),
        hidden: count(&|page| page.source.is_some() && page.rendered && (!page.listed || page.nav.hidden)),
        pages: count(&|page| page.kind == Kind::Page),
        sections: count(&|page| page.kind == Kind::Section),
        sections_without_file: count(&|page| page.kind == Kind::Section && page.source.is_none()),
        leaf_bundles: count(&|page| page.bundle == Bundle::Leaf),
        taxonomy_pages: count(&|page| page.rendered && matches!(page.kind, Kind::Taxonomy | Kind::Term)),
        redirects: site.graph.aliases.len(),
        files_beside_pages: beside.filter(|file| file.component == Component::Content).count(),
        static_files: files(Component::Static),
        data_files: files(Component::Data),
        translation_files: files(Component::I18n),
    }
}

fn is_own(file: &SourceFile) -> bool {
    file.origin != Origin::Embedded
}

/// Templates of the site that wsgen uses, and static files that replace one of the theme's.
fn theme_files(tree: &SourceTree) -> Vec<String> {
    let templates = tree
        .iter(Component::Templates)
        .filter(|(_, file)| is_own(file) && !file.target.starts_with("shortcodes/"));
    let own = |target: &str| target.starts_with("css/") || target.starts_with("js/");
    let replaced = crate::source::embedded::theme()
        .filter(|file| file.component == Component::Static && own(&file.target))
        .filter_map(|file| tree.get(tree.find(Component::Static, &file.target)?))
        .filter(|file| is_own(file))
        .map(|file| file.path.clone());
    templates
        .map(|(_, file)| file.path.clone())
        .chain(replaced)
        .collect()
}

/// Go templates of the site that do not run.
fn unused_templates(tree: &SourceTree) -> Vec<String> {
    tree.iter(Component::Layouts)
        .filter(|(_, file)| shortcodes::go_shortcode(&file.target).is_none() && !runs_hook(&file.target))
        .filter(|(_, file)| {
            ![THEME_LAYOUTS, OTHER_THEME_LAYOUTS]
                .iter()
                .any(|theme| file.target.starts_with(theme))
        })
        .map(|(_, file)| file.path.clone())
        .collect()
}
