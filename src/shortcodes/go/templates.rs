//! The Go templates of a site: its shortcodes, render hooks and partials.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use hugo_template::{Template, Value};

use super::go_template::GoTemplate;
use super::hook_templates::{HookFile, HookPage, HookTemplates};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::hugo::data_files;
use crate::source::{Component, OTHER_THEME_LAYOUTS, SourceTree, THEME_LAYOUTS};

/// Every Go template of a site that can be read, by the name of its shortcode or partial in lower case.
#[derive(Debug, Default)]
pub struct GoTemplates {
    shortcodes: BTreeMap<String, GoTemplate>,
    /// Shortcodes of themes in the repository that wsgen has, used for names that it does not know.
    of_theme: BTreeMap<String, GoTemplate>,
    hooks: HookTemplates,
    partials: BTreeMap<String, Arc<Template>>,
    /// The data of `data/`; nothing where no template asks for it.
    data: Value,
    /// File of each template, by the name that errors carry.
    files: BTreeMap<String, FileId>,
}

impl GoTemplates {
    /// Parses the templates of `tree`. One that cannot be read is a finding, and its calls fall back.
    pub fn new(tree: &SourceTree) -> (Self, Diagnostics) {
        let mut templates = Self::default();
        let mut others = BTreeMap::new();
        let mut diagnostics = Diagnostics::new();
        for (id, file) in tree.iter(Component::Layouts) {
            if let Some(text) = file.text() {
                templates.add(id, &file.target, text, &mut others, &mut diagnostics);
            }
        }
        for (name, template) in others {
            templates.shortcodes.entry(name).or_insert(template);
        }
        let is_asked = !(templates.shortcodes.is_empty() && templates.of_theme.is_empty());
        if is_asked || templates.has_hooks() {
            templates.data = data_files(tree);
        }
        (templates, diagnostics)
    }

    /// Adds a template; `others` are the shortcodes of themes that wsgen does not know.
    fn add(
        &mut self,
        id: FileId,
        target: &str,
        text: &str,
        others: &mut BTreeMap<String, GoTemplate>,
        diagnostics: &mut Diagnostics,
    ) {
        let below = |folder: &str| target.strip_prefix(folder)?.strip_prefix('/');
        let (of_known, of_other) = (below(THEME_LAYOUTS), below(OTHER_THEME_LAYOUTS));
        let of_theme = of_known.or(of_other).is_some();
        let place = of_known.or(of_other).unwrap_or(target);
        let hook = HookFile::of(place);
        let Some((folder, name)) = place.split_once('/') else {
            return;
        };
        let is_partial = matches!(folder, "partials" | "_partials");
        let (stem, is_text) = match name.rsplit_once('.') {
            _ if !(is_partial || hook.is_some() || matches!(folder, "shortcodes" | "_shortcodes")) => return,
            // To Hugo partials are HTML, whatever their names end with.
            Some((stem, _)) if is_partial => (stem, false),
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
            // Of the shortcodes of a theme a site may need none.
            Err(_) if of_theme => return,
            Err(error) => {
                let span = Span::new(id, error.offset, error.offset);
                let message = format!("this template cannot be read: {}", error.message);
                diagnostics.push(Diagnostic::warning(Code::UnsupportedTemplate, span, message));
                return;
            }
        };
        self.files.insert(target.to_owned(), id);
        if let Some(hook) = hook {
            let template = GoTemplate { template, file: id };
            self.hooks.add(&hook, of_theme, template);
            return;
        }
        match folder {
            "shortcodes" | "_shortcodes" if of_theme => {
                let known = if of_other.is_some() {
                    others
                } else {
                    &mut self.of_theme
                };
                known
                    .entry(stem.to_lowercase())
                    .or_insert(GoTemplate { template, file: id });
            }
            "partials" | "_partials" if of_theme => {
                self.partials.entry(name.to_owned()).or_insert(template);
            }
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

    /// The template of a shortcode for the pages of a language.
    pub(crate) fn shortcode(&self, name: &str, lang: &str) -> Option<&GoTemplate> {
        for_language(&self.shortcodes, name, lang)
    }

    /// The template of a shortcode among those of a theme.
    pub(crate) fn of_theme(&self, name: &str, lang: &str) -> Option<&GoTemplate> {
        for_language(&self.of_theme, name, lang)
    }

    /// Returns true if the site has render hooks.
    pub(crate) fn has_hooks(&self) -> bool {
        !self.hooks.is_empty()
    }

    /// The render hook of a name for a page.
    pub(crate) fn hook(&self, name: &str, page: &HookPage<'_>) -> Option<&GoTemplate> {
        self.hooks.find(name, page)
    }

    pub(crate) fn partial(&self, name: &str) -> Option<Arc<Template>> {
        let found = self
            .partials
            .get(name)
            .or_else(|| self.partials.get(&format!("{name}.html")));
        found.cloned()
    }

    /// The files of `data/`.
    pub(crate) fn data(&self) -> &Value {
        &self.data
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let stems = self.shortcodes.keys();
        stems.map(|stem| stem.split_once('.').map_or(&**stem, |(name, _)| name))
    }

    /// The span in a template that an error names.
    pub(crate) fn span(&self, template: &str, offset: usize, or: FileId) -> Span {
        let file = self.files.get(template).copied().unwrap_or(or);
        Span::new(file, offset, offset)
    }
}

/// The template of a name in the order of Hugo: `NAME.LANG.html`, `NAME.LANG.html.html`, `NAME.html`, `NAME.html.html`.
fn for_language<'t>(
    templates: &'t BTreeMap<String, GoTemplate>,
    name: &str,
    lang: &str,
) -> Option<&'t GoTemplate> {
    // Most calls are not of the site's own shortcodes, whose names begin what comes next in order.
    let from = (Bound::Included(name), Bound::Unbounded);
    let (next, _) = templates.range::<str, _>(from).next()?;
    if !next.starts_with(name) {
        return None;
    }
    let lang = lang.to_lowercase();
    templates
        .get(&format!("{name}.{lang}"))
        .or_else(|| templates.get(&format!("{name}.{lang}.html")))
        .or_else(|| templates.get(name))
        .or_else(|| templates.get(&format!("{name}.html")))
}
