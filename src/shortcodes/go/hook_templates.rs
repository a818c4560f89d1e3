//! A site's render hooks: templates of `_markup/` that print links, pictures, headings, tables, or code of one language.

use std::collections::BTreeMap;

use super::go_template::GoTemplate;

/// Languages of code that wsgen draws itself.
const DRAWN: [&str; 3] = ["mermaid", "math", "katex"];

/// The hooks that run, by their names: `link`, `codeblock-chart`.
#[derive(Debug, Default)]
pub(super) struct HookTemplates(BTreeMap<String, Vec<Hook>>);

#[derive(Debug)]
struct Hook {
    /// The folder of layouts that it is in, empty for the outermost.
    folder: String,
    /// The language of the pages that it is for.
    lang: Option<String>,
    of_theme: bool,
    template: GoTemplate,
}

/// The file of a hook that runs, by its path in `layouts/`.
pub(super) struct HookFile<'p> {
    folder: &'p str,
    name: &'p str,
    lang: Option<&'p str>,
}

/// The facts about a page that a hook is chosen by.
pub(crate) struct HookPage<'p> {
    /// Its path among the pages: `/lab/setup`.
    pub(crate) path: &'p str,
    /// The type that its front matter names.
    pub(crate) page_type: Option<&'p str>,
    /// The key of its language.
    pub(crate) lang: &'p str,
}

impl<'p> HookFile<'p> {
    /// Reads a path such as `lab/_markup/render-image.de.html`. `None` for a path of no hook that runs: boxes, formulas,
    /// diagrams and code without a language are wsgen's own affair.
    pub(super) fn of(target: &'p str) -> Option<Self> {
        let (folder, file) = target.rsplit_once('/')?;
        let folder = folder.strip_suffix("_markup")?;
        if !folder.is_empty() && !folder.ends_with('/') {
            return None;
        }
        let stem = file.strip_prefix("render-")?.strip_suffix(".html")?;
        let (name, lang) = match stem.split_once('.') {
            Some((name, lang)) => (name, Some(lang)),
            None => (stem, None),
        };
        let folder = folder.trim_end_matches('/');
        is_run(name).then_some(Self { folder, name, lang })
    }
}

fn is_run(name: &str) -> bool {
    match name.strip_prefix("codeblock-") {
        Some(lang) => !DRAWN.contains(&lang),
        None => matches!(name, "link" | "image" | "heading" | "table"),
    }
}

impl HookTemplates {
    pub(super) fn add(&mut self, file: &HookFile<'_>, of_theme: bool, template: GoTemplate) {
        self.0.entry(file.name.to_owned()).or_default().push(Hook {
            folder: file.folder.to_owned(),
            lang: file.lang.map(str::to_owned),
            of_theme,
            template,
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hook of a name for a page: of the site's own the one whose folder is nearest to the page, then of a theme.
    pub(super) fn find(&self, name: &str, page: &HookPage<'_>) -> Option<&GoTemplate> {
        let hooks = self.0.get(name)?.iter();
        let ranked = hooks.filter_map(|hook| Some((hook.rank(page)?, hook)));
        ranked
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, hook)| &hook.template)
    }
}

impl Hook {
    /// The rank among hooks of one name: own before a theme's, near before far, for one language before for all. `None`
    /// for a hook of other pages.
    fn rank(&self, page: &HookPage<'_>) -> Option<(bool, usize, bool)> {
        let in_language = match &self.lang {
            Some(lang) => lang.eq_ignore_ascii_case(page.lang),
            None => true,
        };
        let below = |path: &str| {
            let rest = path.trim_start_matches('/').strip_prefix(&*self.folder);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let near = match &*self.folder {
            "_default" => 0,
            "" => 1,
            folder if below(page.path) => 2 + folder.matches('/').count(),
            folder if page.page_type == Some(folder) => 2,
            _ => return None,
        };
        in_language.then_some((!self.of_theme, near, self.lang.is_some()))
    }
}

/// Returns true for the path in `layouts/` of a render hook that runs.
pub(crate) fn runs_hook(target: &str) -> bool {
    HookFile::of(target).is_some()
}

#[cfg(test)]
mod tests {
    use super::runs_hook;

    #[test]
    fn hooks_for_boxes_formulas_and_diagrams_do_not_run() {
        for name in ["link", "image.de", "heading", "table", "codeblock-chart"] {
            for folder in ["", "_default/", "docs/lab/"] {
                assert!(
                    runs_hook(&format!("{folder}_markup/render-{name}.html")),
                    "{name}"
                );
            }
        }
        for name in [
            "blockquote",
            "blockquote-alert",
            "passthrough",
            "codeblock",
            "codeblock-mermaid",
        ] {
            assert!(!runs_hook(&format!("_markup/render-{name}.html")), "{name}");
        }
        assert!(!runs_hook("partials/no_markup/render-link.html"));
        assert!(!runs_hook("_markup/render-link.rss.xml"));
    }
}
