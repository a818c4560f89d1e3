//! Cascades: values that a page hands down to the pages below it.
//!
//! The nearest page wins over pages further up and over the site; a page's own values win over all of them. A page's
//! cascade also reaches the page itself.

use std::collections::HashMap;

use globset::{GlobBuilder, GlobMatcher};
use spanned_data::{Entry, Map, Value};

use super::input::Input;
use super::paths::{normal, parent};
use super::{Kind, node};
use crate::config::CascadeRule;
use crate::diag::FileId;
use crate::lang::{LangId, PerLanguage};
use crate::parse::{FrontMatter, ParseContext};

/// Values of a cascade may come from several files.
const NO_FILE: FileId = FileId(u32::MAX);

/// Every cascade of a site.
pub(super) struct Cascades<'a> {
    site: Vec<Rule<'a>>,
    /// By language and logical path of the page that has it.
    pages: HashMap<(LangId, String), Vec<Rule<'a>>>,
    languages: PerLanguage<&'a str>,
    context: ParseContext,
}

/// A page with the properties that targets of cascades match.
#[derive(Clone, Copy)]
pub(super) struct Reach<'p> {
    pub(super) lang: LangId,
    pub(super) kind: Kind,
    /// Logical path of the page.
    pub(super) path: &'p str,
}

impl<'p> Reach<'p> {
    pub(super) fn new(lang: LangId, kind: Kind, path: &'p str) -> Self {
        Self { lang, kind, path }
    }
}

/// A cascade with compiled patterns.
struct Rule<'a> {
    path: Pattern,
    kind: Pattern,
    lang: Pattern,
    values: &'a Map,
}

/// A glob: absent, present, or one that cannot be read and matches nothing.
enum Pattern {
    Any,
    Glob(GlobMatcher),
    None,
}

impl<'a> Cascades<'a> {
    /// Collects the cascades of the site and of its pages, drafts included.
    pub(super) fn new(input: Input<'a>) -> Self {
        let Input {
            inventory,
            parsed,
            config,
            ..
        } = input;
        let mut pages = HashMap::new();
        for (page, parsed) in inventory.pages.iter().zip(parsed) {
            if !parsed.front.cascade.is_empty() {
                let rules = parsed.front.cascade.iter().map(Rule::new).collect();
                pages.insert((page.lang, node::logical_path(page)), rules);
            }
        }
        let site = config.cascade.iter().map(Rule::new).collect();
        let languages = config.languages.iter();
        let languages = languages.map(|language| language.key.as_str()).collect();
        let context = ParseContext::of(config, &config.environment);
        Self {
            site,
            pages,
            languages,
            context,
        }
    }

    /// The fields of values that a cascade has changed. Mistakes in them have been reported where they are written.
    pub(super) fn decode(&self, values: &Map, name: &str) -> FrontMatter {
        FrontMatter::decode(values, NO_FILE, name, &self.context).0
    }

    /// The values of a page with those that reach it; `None` if nothing changes.
    pub(super) fn apply(&self, own: &Map, page: Reach) -> Option<Map> {
        if self.site.is_empty() && self.pages.is_empty() {
            return None;
        }
        let mut values: Option<Map> = None;
        for rule in self.reaching(page) {
            for entry in flat(rule.values) {
                if !values.as_ref().unwrap_or(own).contains(&entry.key) {
                    values
                        .get_or_insert_with(|| own.clone())
                        .insert_entry(entry.clone());
                }
            }
        }
        values
    }

    /// The rules that reach a page, the nearest first.
    fn reaching<'s>(&'s self, page: Reach<'s>) -> impl Iterator<Item = &'s Rule<'a>> {
        let up = (!self.pages.is_empty()).then_some(page.path);
        let chain = std::iter::successors(up, |path| (*path != "/").then(|| root_or(parent(path))));
        chain
            .filter_map(move |path| self.pages.get(&(page.lang, path.to_owned())))
            .flatten()
            .chain(&self.site)
            .filter(move |rule| {
                rule.reaches(page, self.languages.get(page.lang).copied().unwrap_or_default())
            })
    }
}

fn root_or(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

/// The entries of a cascade, those of its `params` in front.
fn flat(values: &Map) -> impl Iterator<Item = &Entry> {
    let params = values.get("params").and_then(Value::as_map);
    params
        .into_iter()
        .flatten()
        .chain(values.iter().filter(|entry| entry.key != "params"))
}

impl<'a> Rule<'a> {
    fn new(rule: &'a CascadeRule) -> Self {
        let target = &rule.target;
        Self {
            path: Pattern::new(target.path.as_deref()),
            kind: Pattern::new(target.kind.as_deref()),
            lang: Pattern::new(target.lang.as_deref()),
            values: &rule.values,
        }
    }

    fn reaches(&self, page: Reach, lang: &str) -> bool {
        self.path.matches(page.path) && self.kind.matches(page.kind.name()) && self.lang.matches(lang)
    }
}

impl Pattern {
    fn new(glob: Option<&str>) -> Self {
        let Some(glob) = glob.filter(|glob| !glob.is_empty()) else {
            return Self::Any;
        };
        match GlobBuilder::new(&normal(glob)).literal_separator(true).build() {
            Ok(glob) => Self::Glob(glob.compile_matcher()),
            Err(_) => Self::None,
        }
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Glob(glob) => glob.is_match(text),
            Self::None => false,
        }
    }
}
