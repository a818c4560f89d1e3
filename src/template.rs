//! Tera templates: the embedded default theme, overridden file by file by a site's `templates/`.
//!
//! Takes the template files of a [`SourceTree`]; gives [`Templates`], which renders by name. A template of the site
//! that cannot be read becomes a finding with its line, and the embedded one of the same name takes its place, so a
//! slip in one file never costs the whole site. Rendering gives errors as values.

mod assemble;
#[expect(clippy::needless_pass_by_value, reason = "Tera passes arguments by value")]
mod calls;
mod camera_code;
mod error;
#[expect(clippy::needless_pass_by_value, reason = "Tera passes arguments by value")]
mod functions;
#[expect(clippy::needless_pass_by_value, reason = "Tera passes arguments by value")]
mod meter;
mod metered;
mod plural;
mod reach;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tera::Tera;

use crate::budget;
use crate::diag::{Diagnostics, Kind};
use crate::source::SourceTree;

use assemble::Work;

pub use assemble::TemplateSource;
pub use error::TemplateError;
pub use plural::plural_form;
pub use texts::Texts;

/// Folder of the shortcodes' templates inside `templates/`.
const SHORTCODES: &str = "shortcodes/";

/// Every template of a site, ready to render.
#[derive(Clone)]
pub struct Templates {
    tera: Arc<Tera>,
    /// The default theme alone.
    theme: Arc<Tera>,
    origins: assemble::Origins,
    /// The texts of the theme, if the site has templates of its own.
    texts: Arc<BTreeMap<String, String>>,
    /// The templates without some of the site's, by their names.
    reduced: Arc<Mutex<Reduced>>,
    shortcodes: BTreeSet<String>,
}

/// Templates without faulty ones, by the names of these.
type Reduced = BTreeMap<BTreeSet<String>, Option<(Arc<Tera>, assemble::Origins)>>;

impl Templates {
    /// Reads the templates of `tree`. Where one of the site is faulty, the embedded one is used.
    pub fn new(tree: &SourceTree) -> (Self, Diagnostics) {
        let (templates, mut found) = Self::from_sources(&assemble::sources(tree));
        found.retain(|finding| {
            finding.kind != Some(Kind::TemplateUnused) || !assemble::is_layout(finding, tree)
        });
        (templates, found)
    }

    /// Reads the templates from sources: embedded ones and the site's, in any order.
    pub fn from_sources(sources: &[TemplateSource<'_>]) -> (Self, Diagnostics) {
        let (embedded, own): (Vec<_>, Vec<_>) = sources.iter().partition(|source| source.file.is_none());
        let mut theme = Tera::new();
        functions::register(&mut theme);
        calls::register(&mut theme);
        let (mut origins, mut diagnostics) = assemble::theme(&mut theme, &embedded, Work::Free);
        let mut tera = theme.clone();
        if !own.is_empty() {
            // Those of the theme, too: a loop of the site's may include them.
            meter::register(&mut tera);
            (origins, _) = assemble::theme(&mut tera, &embedded, Work::Counted);
            diagnostics.extend(assemble::own(&mut tera, own, &mut origins));
        }
        let shortcodes = shortcode_names(&tera);
        let has_own = origins.own().next().is_some();
        let texts = embedded.iter().filter(|_| has_own);
        let texts = texts.map(|source| (source.name.to_owned(), source.text.to_owned()));
        (
            Self {
                tera: Arc::new(tera),
                theme: Arc::new(theme),
                texts: Arc::new(texts.collect()),
                reduced: Arc::default(),
                origins,
                shortcodes,
            },
            diagnostics,
        )
    }

    /// Returns true if there is a template `name`, for example `page.html`.
    pub fn contains(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Renders the template `name`.
    pub fn render(&self, name: &str, context: &tera::Context) -> Result<String, TemplateError> {
        self.tera
            .render(name, context)
            .map_err(|error| TemplateError::new(name, &error, &self.origins))
    }

    /// Renders the template `name`, to about `length` bytes of UTF-8. A file of the site that fails is left out, so that
    /// the theme's own takes its place, and the error is returned as well. The text is empty only if even the default theme
    /// failed.
    pub fn render_or_theme(
        &self,
        name: &str,
        context: &tera::Context,
        length: usize,
    ) -> (Vec<u8>, Vec<TemplateError>) {
        let render = |tera: &Tera| {
            let mut text = Vec::with_capacity(length);
            tera.render_to(name, context, &mut text).map(|()| text)
        };
        let mut errors = Vec::new();
        let mut faulty = BTreeSet::new();
        while let Some((tera, origins)) = self.without(&faulty) {
            let error = match render(&tera) {
                Ok(text) => return (text, errors),
                Err(error) => TemplateError::new(name, &error, &origins),
            };
            let culprit = error.template.clone();
            let is_own = origins.is_own(&culprit);
            errors.push(error);
            // Without a budget nothing else can be rendered either.
            if !is_own || budget::over().is_some() || !faulty.insert(culprit) {
                break;
            }
        }
        match render(&self.theme) {
            Ok(text) => (text, errors),
            Err(error) => {
                errors.push(TemplateError::new(name, &error, &Default::default()));
                (Vec::new(), errors)
            }
        }
    }

    /// The templates without `faulty` ones of the site: those of the theme are in their places, or nothing.
    fn without(&self, faulty: &BTreeSet<String>) -> Option<(Arc<Tera>, assemble::Origins)> {
        if faulty.is_empty() {
            return Some((Arc::clone(&self.tera), self.origins.clone()));
        }
        let mut known = self.reduced.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.entry(faulty.clone()).or_insert_with(|| {
            let (mut tera, mut origins) = (Tera::clone(&self.tera), self.origins.clone());
            let text = |name: &String| self.texts.get(name).map_or("", String::as_str);
            let sources = faulty.iter().map(|name| TemplateSource {
                name,
                file: None,
                text: text(name),
            });
            let sources: Vec<TemplateSource<'_>> = sources.collect();
            assemble::replace(&mut tera, &mut origins, &sources).then(|| (Arc::new(tera), origins))
        });
        made.clone()
    }

    /// The loss of a faulty template, for a help line.
    pub fn lost(&self, name: &str) -> String {
        assemble::lost(name, self.texts.contains_key(name))
    }

    /// Paths below `site.params` that templates of the site name: `footer.phone`.
    pub fn site_params(&self) -> BTreeSet<String> {
        let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        let texts = self
            .origins
            .own()
            .flat_map(|text| text.split("site.params.").skip(1));
        let paths = texts.map(|rest| &rest[..rest.find(|c| !is_path(c)).unwrap_or(rest.len())]);
        paths
            .map(|path| path.trim_matches('.').to_owned())
            .filter(|path| !path.is_empty())
            .collect()
    }

    /// Returns true if the shortcode `name` has a template. Case is ignored, as in Hugo.
    pub fn shortcode(&self, name: &str) -> bool {
        self.shortcode_template(name).is_some()
    }

    /// The shortcodes that have a template, for "did you mean".
    pub fn shortcode_names(&self) -> impl Iterator<Item = &str> {
        self.shortcodes.iter().map(|file| shortcode_name(file))
    }

    /// Renders the shortcode `name` with the fields of `context` as variables.
    pub fn render_shortcode(&self, name: &str, context: &impl Serialize) -> Result<String, TemplateError> {
        let Some(template) = self.shortcode_template(name) else {
            return Err(TemplateError::unknown(&format!("{SHORTCODES}{name}.html")));
        };
        let context = tera::Context::from_serialize(context)
            .map_err(|error| TemplateError::new(template, &error, &self.origins))?;
        self.render(template, &context)
    }

    /// Renders the component `name` with the arguments `arguments`; nothing where there is none that takes them.
    pub fn component(&self, name: &str, arguments: &tera::Context) -> Option<String> {
        self.tera.render_component(name, arguments, None, true).ok()
    }

    /// Returns true if the template `name`, or one that it includes, may read `variable`. False is certain.
    pub fn mentions(&self, name: &str, variable: &str) -> bool {
        reach::mentions(&self.tera, &self.origins, name, variable)
    }

    /// Paths that templates name in `asset(path="…")`; nothing else of the theme's files needs publishing.
    pub fn assets(&self) -> BTreeSet<String> {
        self.origins.assets()
    }

    fn shortcode_template(&self, name: &str) -> Option<&str> {
        let wanted = format!("{SHORTCODES}{name}.html");
        match self.shortcodes.get(&wanted) {
            Some(found) => Some(found),
            None => {
                let mut all = self.shortcodes.iter();
                all.find(|file| file.to_lowercase() == wanted.to_lowercase())
                    .map(String::as_str)
            }
        }
    }
}

fn shortcode_names(tera: &Tera) -> BTreeSet<String> {
    let names = tera.get_template_names();
    names
        .filter(|name| name.starts_with(SHORTCODES) && name.ends_with(".html"))
        .map(str::to_owned)
        .collect()
}

fn shortcode_name(file: &str) -> &str {
    file.trim_start_matches(SHORTCODES).trim_end_matches(".html")
}

#[cfg(test)]
mod tests;
