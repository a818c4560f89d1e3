//! Pages: the parts that all of them share, and the output of each one's template.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use memchr::memmem;
use tera::{Context, Value};

use crate::body::Body;
use crate::budget::{self, Limits};
use crate::diag::{Code, Diagnostics};
use crate::graph::{Page, PageId, output_path};
use crate::lang::{LangId, PerLanguage};
use crate::source::{Component, Origin};

use super::assets::ThemeAssets;
use super::nav::NavTree;
use super::page_links::Links;
use super::pieces::Pieces;
use super::printing::{Printing, SLOT};
use super::renderer::{Renderer, Shared};
use super::steps::{is_step, steps};
use super::text_files::text_files;
use super::view::{PageView, SiteView};
use super::way;
use super::{OutputFile, RenderContext, SEARCH_FOLDER, excerpts, menu_views, mermaid, policy};

/// Names under which sites keep their icon in `static/`.
const ICONS: [&str; 8] = [
    "favicon.svg",
    "favicon.ico",
    "favicon.png",
    "images/favicon.svg",
    "images/favicon.ico",
    "images/favicon.png",
    "favicons/favicon.ico",
    "img/favicon.ico",
];

/// Usual number of bytes around the text of a page.
const FRAME: usize = 24 * 1024;

impl<'a> Renderer<'a> {
    /// Prepares the shared parts.
    pub fn new(context: RenderContext<'a>) -> Self {
        let mut renderer = Self {
            context,
            languages: PerLanguage::default(),
            steps: steps(context),
            places: way::places(context.graph),
            theme: ThemeAssets::new(context),
            pieces: Pieces::new(context.tree),
            printing: Printing::new(context),
            texts: text_files(context),
            policy: policy::Shared::new(context),
            zone: TimeZone::get(&context.config.time_zone).unwrap_or(TimeZone::UTC),
        };
        renderer.languages = context
            .config
            .languages
            .ids()
            .map(|lang| renderer.shared(lang))
            .collect();
        if !context.config.urls.relative {
            for lang in renderer.languages.ids() {
                renderer.languages[lang].fixed = Some(renderer.values(lang, renderer.links(None)));
            }
        }
        renderer
    }

    fn shared(&self, lang: LangId) -> Shared<'a> {
        let RenderContext { graph, templates, .. } = self.context;
        let language = self.language(lang);
        let site = &graph.sites[lang];
        let texts = Value::from_serializable(&self.context.texts.of(language));
        Shared {
            tree: NavTree::new(
                graph,
                site.home,
                templates,
                texts.clone(),
                self.policy.has_templates(),
            ),
            steps: site
                .reading_order
                .iter()
                .filter(|id| is_step(graph, **id))
                .count(),
            texts,
            params: super::params::with_named(language.params.to_json(), &templates.site_params()),
            fixed: None,
        }
    }

    /// Renders a page with its body. The result depends on nothing else that could change while authors write.
    pub fn page(&self, id: PageId, body: Option<&Body>) -> (OutputFile, Diagnostics) {
        let page = self.context.graph.page(id);
        let empty = Body::default();
        let body = body.unwrap_or(&empty);
        let mut view = self.view(page, body);
        // A template of the site's own may do with the text what it likes.
        let whole = self.policy.has_templates() || body.html.is_empty();
        if !whole {
            view.body = SLOT;
        }
        let (from, text) = (Some(page.url.as_str()), body.html.len());
        let (mut html, diagnostics) = self.render_with(self.template(page), page.lang, from, &view, text, []);
        if !whole {
            put_in(&mut html, &body.html);
        }
        (OutputFile::text(output_path(&page.url), html), diagnostics)
    }

    /// The name of a template: by `layout` if there is one, else by the kind.
    fn template<'p>(&self, page: &'p Page) -> std::borrow::Cow<'p, str> {
        let layout = page
            .front
            .layout
            .as_deref()
            .map(|layout| format!("{layout}.html"));
        match layout.filter(|name| self.context.templates.contains(name)) {
            Some(name) => name.into(),
            None => format!("{}.html", page.kind.name()).into(),
        }
    }

    pub(super) fn render(
        &self,
        template: impl AsRef<str>,
        lang: LangId,
        from: Option<&str>,
        view: &PageView<'_>,
    ) -> (Vec<u8>, Diagnostics) {
        self.render_with(template, lang, from, view, view.body.len(), [])
    }

    /// Renders a template with further variables; `text` is the length of the texts in them, in bytes.
    pub(super) fn render_with<const N: usize>(
        &self,
        template: impl AsRef<str>,
        lang: LangId,
        from: Option<&str>,
        view: &PageView<'_>,
        text: usize,
        more: [(&'static str, Value); N],
    ) -> (Vec<u8>, Diagnostics) {
        let shared = &self.languages[lang];
        let (site, assets) = match &shared.fixed {
            Some(fixed) => fixed.clone(),
            None => self.values(lang, self.links(from)),
        };
        let mut context = Context::new();
        context.insert("page", view);
        context.insert_value("site", site);
        context.insert_value("assets", assets);
        context.insert_value("t", shared.texts.clone());
        for (name, value) in more {
            context.insert_value(name, value);
        }
        let limits = self.limits(text);
        budget::within(limits, || {
            self.template_or_theme(template.as_ref(), context, view, text)
        })
    }

    /// The limits of the template around a text of `text` bytes, which it may pass from variable to variable.
    fn limits(&self, text: usize) -> Limits {
        const PASSES: u64 = 8;
        let limits = self.context.config.wsgen.limits;
        let limits = limits.of_one(self.context.graph.pages.len());
        let bytes = (text as u64).saturating_mul(PASSES);
        Limits {
            bytes: limits.bytes.saturating_add(bytes),
            ..limits
        }
    }

    fn template_or_theme(
        &self,
        template: &str,
        mut context: Context,
        view: &PageView<'_>,
        text: usize,
    ) -> (Vec<u8>, Diagnostics) {
        let templates = self.context.templates;
        let length = text + FRAME;
        let (mut html, mut errors) = templates.render_or_theme(template, &context, length);
        if let Some(policy) = self.policy_of_template(&html, &view.policy) {
            let view = PageView {
                policy,
                ..view.clone()
            };
            context.insert("page", &view);
            (html, errors) = templates.render_or_theme(template, &context, length);
        }
        let found = errors.iter().map(|error| {
            let finding = error.diagnostic(Code::TemplateError);
            finding.help(templates.lost(&error.template))
        });
        let found: Diagnostics = match budget::over() {
            // It is no mistake of the default theme's that there is nothing left for it.
            Some(_) => {
                let place = errors.first().and_then(|error| error.span);
                budget::finding(place, &[]).into_iter().collect()
            }
            None => found.collect(),
        };
        (html, found)
    }

    fn values(&self, lang: LangId, links: Links<'_>) -> (Value, Value) {
        let site = Value::from_serializable(&self.site(lang, links));
        (site, Value::from_serializable(&self.theme.urls(links)))
    }

    fn site<'s>(&'s self, lang: LangId, links: Links<'s>) -> SiteView<'s> {
        let language = self.language(lang);
        let config = self.context.config;
        let home = self.context.graph.sites[lang].home;
        SiteView {
            title: &language.title,
            home: links.page(home),
            base_path: &config.base_url.path,
            base_url: config.base_url.to_string(),
            lang: &language.locale,
            dir: &language.direction,
            copyright: links.in_html(home, &excerpts::inline(&language.copyright)),
            params: &self.languages[lang].params,
            menu: menu_views::menus(&self.context.graph.sites[lang], &self.languages[lang].tree, links),
            icon: self.icon().map(|icon| links.to(icon)),
            first_script: self.policy.first_script(),
            version: env!("CARGO_PKG_VERSION"),
            accent: config.wsgen.accent,
            multilingual: config.languages.len() > 1,
            mermaid: mermaid::entry().map(|entry| links.to(&entry.path())),
            search: config
                .wsgen
                .search
                .then(|| links.to(&format!("{SEARCH_FOLDER}{}/", language.key))),
            relative: config.urls.relative,
            print: self.print_url(lang).map(|url| links.to(url)),
            instructor: config.instructor,
            offline: self.offline_worker().map(|path| links.to(path)),
        }
    }

    fn icon(&self) -> Option<&'static str> {
        let own = |name: &&str| {
            let file = self.context.tree.find(Component::Static, name);
            file.and_then(|id| self.context.tree.get(id))
                .is_some_and(|file| file.origin != Origin::Embedded)
        };
        ICONS.into_iter().find(own)
    }

    /// URLs of stylesheets by their numbers.
    pub(super) fn sheets(&self, numbers: &BTreeSet<usize>, links: Links<'_>) -> Vec<String> {
        let names = self.pieces.names(numbers);
        names.filter_map(|name| self.theme.url(name, links)).collect()
    }
}

/// Puts the text of a page into its slot. The template would copy it twice.
fn put_in(html: &mut Vec<u8>, text: &str) {
    if let Some(at) = memmem::find(html, SLOT.as_bytes()) {
        let behind = html.split_off(at + SLOT.len());
        html.truncate(at);
        html.extend_from_slice(text.as_bytes());
        html.extend_from_slice(&behind);
    }
}
