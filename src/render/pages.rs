//! Pages: the parts that all of them share, and the output of each one's template.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use memchr::memmem;
use tera::{Context, Value};

use crate::body::Body;
use crate::config::Language;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::graph::{Graph, Kind, Page, PageId, output_path};
use crate::source::{Component, Origin};

use super::assets::ThemeAssets;
use super::nav::NavTree;
use super::page_links::Links;
use super::pieces::Pieces;
use super::print_page::{Printing, SLOT};
use super::view::{Entries, PageView, SiteView};
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

/// The parts that all pages share.
pub struct Renderer<'a> {
    pub(super) context: RenderContext<'a>,
    pub(super) languages: Vec<Shared<'a>>,
    /// Place in reading order by page, from 1; 0 for pages outside it.
    pub(super) steps: Vec<usize>,
    pub(super) theme: ThemeAssets,
    pub(super) pieces: Pieces,
    pub(super) printing: Printing<'a>,
    pub(super) policy: policy::Shared,
    pub(super) zone: TimeZone,
}

/// The parts that all pages of a language share.
pub(super) struct Shared<'a> {
    pub(super) tree: NavTree<'a>,
    pub(super) steps: usize,
    texts: Value,
    params: serde_json::Value,
    /// The variables `site` and `assets`, if links do not depend on the page.
    fixed: Option<(Value, Value)>,
}

impl<'a> Renderer<'a> {
    /// Prepares the shared parts.
    pub fn new(context: RenderContext<'a>) -> Self {
        let mut renderer = Self {
            context,
            languages: Vec::new(),
            steps: steps(context),
            theme: ThemeAssets::new(context),
            pieces: Pieces::new(context.tree),
            printing: Printing::new(context),
            policy: policy::Shared::new(context),
            zone: TimeZone::get(&context.config.time_zone).unwrap_or(TimeZone::UTC),
        };
        renderer.languages = (0..context.config.languages.len())
            .map(|lang| renderer.shared(lang))
            .collect();
        if !context.config.urls.relative {
            for lang in 0..renderer.languages.len() {
                renderer.languages[lang].fixed = Some(renderer.values(lang, renderer.links(None)));
            }
        }
        renderer
    }

    fn shared(&self, lang: usize) -> Shared<'a> {
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
            params: language.params.to_json(),
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
        lang: usize,
        from: Option<&str>,
        view: &PageView<'_>,
    ) -> (Vec<u8>, Diagnostics) {
        self.render_with(template, lang, from, view, view.body.len(), [])
    }

    /// Renders a template with further variables; `text` is the length of the texts in them, in bytes.
    pub(super) fn render_with<const N: usize>(
        &self,
        template: impl AsRef<str>,
        lang: usize,
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
        let templates = self.context.templates;
        let length = text + FRAME;
        let (mut html, mut errors) = templates.render_or_theme(template.as_ref(), &context, length);
        if let Some(policy) = self.policy_of_template(&html, &view.policy) {
            let view = PageView {
                policy,
                ..view.clone()
            };
            context.insert("page", &view);
            (html, errors) = templates.render_or_theme(template.as_ref(), &context, length);
        }
        // After one error the default theme's template has taken the place of the site's, and the page is complete.
        let severity = if errors.len() > 1 {
            Severity::Error
        } else {
            Severity::Warning
        };
        let found = errors.iter().map(|error| Diagnostic {
            severity,
            ..error.diagnostic(Code::TemplateError)
        });
        (html, found.collect())
    }

    fn values(&self, lang: usize, links: Links<'_>) -> (Value, Value) {
        let site = Value::from_serializable(&self.site(lang, links));
        (site, Value::from_serializable(&self.theme.urls(links)))
    }

    fn site<'s>(&'s self, lang: usize, links: Links<'s>) -> SiteView<'s> {
        let language = self.language(lang);
        let config = self.context.config;
        SiteView {
            title: &language.title,
            home: links.page(self.context.graph.sites[lang].home),
            base_path: &config.base_url.path,
            base_url: config.base_url.to_string(),
            lang: &language.locale,
            dir: &language.direction,
            copyright: excerpts::inline(&language.copyright),
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

    pub(super) fn links<'l>(&self, from: Option<&'l str>) -> Links<'l>
    where
        'a: 'l,
    {
        Links {
            graph: self.context.graph,
            config: self.context.config,
            from,
        }
    }

    pub(super) fn language(&self, lang: usize) -> &'a Language {
        &self.context.config.languages[lang]
    }

    /// An interface text.
    pub(super) fn text_of(&self, lang: usize, key: &str) -> &str {
        let texts = self.context.texts.of(self.language(lang));
        texts.get(key).copied().unwrap_or_default()
    }

    /// The sidebar of a page outside the tree.
    pub(super) fn sidebar(&self, lang: usize, links: Links<'_>) -> Entries {
        self.languages[lang].tree.view(links, None)
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

fn steps(context: RenderContext<'_>) -> Vec<usize> {
    let mut steps = vec![0; context.graph.pages.len()];
    for site in &context.graph.sites {
        let order = site
            .reading_order
            .iter()
            .filter(|id| is_step(context.graph, **id));
        for (at, id) in order.enumerate() {
            steps[id.0 as usize] = at + 1;
        }
    }
    steps
}

/// The home page is where a workshop begins, not a step of it. Nor are parts that say `progress: false`, with all pages
/// below them.
pub(super) fn is_step(graph: &Graph, id: PageId) -> bool {
    let page = graph.page(id);
    let mut line = std::iter::successors(Some(page), |page| page.parent.map(|id| graph.page(id)));
    page.kind != Kind::Home && line.all(|page| page.params.bool("progress") != Some(false))
}
