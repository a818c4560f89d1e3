//! What Go templates may ask: facts about pages and sites, URLs, Markdown, files of the site. Nothing else.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::files::{self, File};
use super::fragments::Fragments;
use super::site;
use super::texts::Texts;
use super::values::{self, params};
use crate::body::dom::{By, Element, Node, for_each_element, write_nodes};
use crate::body::marks::{self, Exchange};
use crate::body::shortcode::Exercise;
use crate::body::variables::Variable;
use crate::body::{self, Body, BodyContext, Heading, markdown, pass, withheld};
use crate::config::Goldmark;
use crate::data::title_case::TitleStyle;
use crate::diag::{Diagnostics, Span};
use crate::discover::Name;
use crate::gotemplate::{
    self, Fault, Handle, Host, RefQuery, RenderOptions, Scratch, Template, UrlForm, Value, md5_of,
};
use crate::graph::{Bundle, Kind, Page, PageId, RefAnswer, permalink, rel_permalink};
use crate::source::{Component, FileId};
use crate::template::plural_form;

pub(crate) use super::values::argument;

/// What the calls of one text share.
#[derive(Default)]
pub(crate) struct Stores {
    /// `.Scratch` and `.Store` of pages, and under no page the site's.
    scratches: RefCell<BTreeMap<Option<u32>, Arc<Scratch>>>,
    /// What the marks in stored texts stand for.
    kept: RefCell<Vec<Exchange>>,
    /// The headings of the page that is being written, where a template has asked for them.
    outline: OnceCell<Vec<Heading>>,
    /// The last number of `math.Counter`.
    count: Cell<u64>,
    /// How often each name was called, for numbers and ids.
    pub(crate) counts: RefCell<HashMap<String, usize>>,
    /// Exercises that are being evaluated, outermost first.
    pub(crate) exercises: RefCell<Vec<Exercise>>,
}

/// What a call leaves besides what its template prints.
pub(crate) struct Left {
    /// What the marks in the output stand for.
    pub(crate) table: Vec<Exchange>,
    /// What was found.
    pub(crate) diagnostics: Diagnostics,
    /// Variables of readers in texts that the template has rendered.
    pub(crate) variables: Vec<Variable>,
}

/// The host of one call.
pub(crate) struct GoHost<'a> {
    pub(super) cx: &'a BodyContext<'a>,
    pub(super) page: PageId,
    pub(super) goldmark: &'a Goldmark,
    /// The call's place, for findings in rendered Markdown.
    pub(super) span: Span,
    /// The pages that show the call's page, outermost first.
    pub(super) showing: Vec<PageId>,
    /// What the marks in the inner text stand for, and what rendered Markdown has added.
    pub(super) table: RefCell<Vec<Exchange>>,
    pub(super) diagnostics: RefCell<Diagnostics>,
    pub(super) variables: RefCell<Vec<Variable>>,
    pub(super) stores: Rc<Stores>,
    texts: Texts<'a>,
    /// How deep the texts nest whose calls are being made, and how many calls were.
    pub(super) depth: Cell<usize>,
    pub(super) calls: Cell<usize>,
}

impl<'a> GoHost<'a> {
    pub(crate) fn new(
        cx: &'a BodyContext<'a>,
        page: PageId,
        goldmark: &'a Goldmark,
        span: Span,
        table: Vec<Exchange>,
    ) -> Self {
        Self {
            cx,
            page,
            goldmark,
            span,
            showing: Vec::new(),
            table: RefCell::new(table),
            diagnostics: RefCell::default(),
            variables: RefCell::default(),
            stores: Rc::default(),
            texts: Texts::new(cx, page),
            depth: Cell::new(0),
            calls: Cell::new(0),
        }
    }

    /// For what is printed of a page when its text is finished.
    pub(super) fn finished(cx: &'a BodyContext<'a>, page: PageId, body: &Body) -> Self {
        let source = cx.graph.page(page).source;
        let file = source.map_or(FileId(0), |source| cx.parsed[source].file);
        let goldmark = &cx.config.markup.goldmark;
        Self {
            texts: Texts::finished(cx, page, body),
            ..Self::new(cx, page, goldmark, Span::new(file, 0, 0), Vec::new())
        }
    }

    /// The same host with what other calls of the text have stored.
    pub(crate) fn sharing(self, stores: Rc<Stores>) -> Self {
        Self { stores, ..self }
    }

    /// The same host on a page that others show, outermost first.
    pub(crate) fn showing(self, pages: &[PageId]) -> Self {
        let showing = pages.to_vec();
        Self { showing, ..self }
    }

    /// What is left when the template has run.
    pub(crate) fn finish(self) -> Left {
        Left {
            table: self.table.into_inner(),
            diagnostics: self.diagnostics.into_inner(),
            variables: self.variables.into_inner(),
        }
    }

    fn at(&self, page: u32) -> Option<&'a Page> {
        self.cx.graph.pages.get(page as usize)
    }

    pub(super) fn pages(&self, ids: impl IntoIterator<Item = PageId>) -> Value {
        Value::list(ids.into_iter().map(|id| Value::page(id.0)).collect())
    }

    /// The newest date of the site.
    fn newest(&self) -> Option<Timestamp> {
        let pages = self.cx.graph.pages.iter();
        pages
            .filter_map(|page| page.front.lastmod.or(page.front.date))
            .max()
    }

    /// A file by its path from the site's root. Hugo lays the content over the repository.
    fn at_path(&self, path: &str) -> Option<FileId> {
        let (tree, path) = (self.cx.tree, path.trim_start_matches('/'));
        tree.find_path(path)
            .or_else(|| tree.find(Component::Content, path))
    }

    pub(super) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.cx.config.time_zone).unwrap_or(TimeZone::UTC)
    }

    fn rel_permalink(&self, path: &str) -> String {
        rel_permalink(self.cx.config, path)
    }

    fn file(&self, page: &Page) -> Value {
        let file = page
            .source
            .and_then(|source| self.cx.tree.get(self.cx.parsed[source].file));
        let Some(file) = file else { return Value::Nil };
        let (dir, name) = file
            .target
            .rsplit_once('/')
            .map_or((String::new(), &*file.target), |(dir, name)| {
                (format!("{dir}/"), name)
            });
        let (base, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let folder = dir
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let stem = Name::new(name, &self.cx.config.languages).stem;
        let content_base = match stem {
            "index" | "_index" => folder.as_str(),
            stem => stem,
        };
        let lang = &self.cx.config.languages[page.lang].key;
        Value::map([
            ("Path", Value::str(file.target.as_str())),
            ("Dir", Value::str(dir.as_str())),
            ("LogicalName", Value::str(name)),
            ("BaseFileName", Value::str(base)),
            ("TranslationBaseName", Value::str(stem)),
            ("ContentBaseName", Value::str(content_base)),
            ("Ext", Value::str(extension)),
            ("Lang", Value::str(lang.as_str())),
            ("Filename", Value::str(file.path.as_str())),
            ("UniqueID", Value::str(md5_of(&file.target))),
        ])
    }

    fn language(&self, lang: usize) -> Value {
        gotemplate::language(&self.cx.config.languages[lang])
    }

    fn section_of(&self, page: &Page) -> String {
        let path = page.path.trim_start_matches('/');
        match path.split_once('/') {
            Some((first, _)) => first.to_owned(),
            None if page.kind == Kind::Page => String::new(),
            None => path.to_owned(),
        }
    }

    /// The nearest section at or above a page.
    fn current_section(&self, page: &Page) -> Value {
        let id = if page.kind == Kind::Page {
            page.parent.unwrap_or(page.id)
        } else {
            page.id
        };
        Value::page(id.0)
    }

    /// The outermost section at or above a page, below the home page.
    fn first_section(&self, page: &Page) -> Value {
        let mut first = page;
        while let Some(parent) = first.parent.map(|id| self.cx.graph.page(id)) {
            if parent.kind == Kind::Home && first.kind != Kind::Page {
                break;
            }
            first = parent;
        }
        Value::page(first.id.0)
    }

    fn text_fact(&self, page: &Page, name: &str) -> Option<String> {
        Some(match name {
            "Title" => page.title.clone(),
            "LinkTitle" => page.link_title.clone(),
            // A page that has no place, as some bundles for their files alone.
            "RelPermalink" | "Permalink" if page.url.is_empty() => String::new(),
            "RelPermalink" => self.rel_permalink(&page.url),
            "Permalink" => permalink(self.cx.config, &page.url),
            "Kind" => format!("{:?}", page.kind).to_lowercase(),
            "Type" => page
                .front
                .page_type
                .clone()
                .unwrap_or_else(|| match self.section_of(page) {
                    section if section.is_empty() => "page".to_owned(),
                    section => section,
                }),
            "Section" => self.section_of(page),
            "Path" => page.path.clone(),
            "Slug" => page.front.slug.clone().unwrap_or_default(),
            "Layout" => page.front.layout.clone().unwrap_or_default(),
            "TranslationKey" => page
                .front
                .translation_key
                .clone()
                .unwrap_or_else(|| page.path.clone()),
            "Description" => page.front.description.clone().unwrap_or_default(),
            "Summary" => self.excerpt(page).unwrap_or_default(),
            "RawContent" => self.source_of(page),
            "BundleType" => match page.bundle {
                Bundle::None => "",
                Bundle::Leaf => "leaf",
                Bundle::Branch => "branch",
            }
            .to_owned(),
            _ => return None,
        })
    }

    /// The Markdown of a page as it is written.
    pub(super) fn source_of(&self, page: &Page) -> String {
        let Some(source) = page.source else {
            return String::new();
        };
        let parsed = &self.cx.parsed[source];
        let text = self.cx.text(parsed.file);
        let span = Span::new(parsed.file, parsed.front_span.range().end, text.len());
        withheld::visible(text, span, &parsed.body, self.cx.config)
    }

    fn excerpt(&self, page: &Page) -> Option<String> {
        Some(body::summary::excerpt(self.cx, &self.cx.parsed[page.source?]))
    }

    fn relation(&self, page: &Page, name: &str) -> Option<Value> {
        let link = |id: Option<PageId>| id.map_or(Value::Nil, |id| Value::page(id.0));
        Some(match name {
            "Parent" => link(page.parent),
            "Pages" => self.pages(page.children.iter().copied()),
            // Hugo's order is reversed: its `.Next` is the page before this one.
            "Next" | "Prev" | "NextInSection" | "PrevInSection" => link(self.beside(page, name)),
            "CurrentSection" => self.current_section(page),
            "FirstSection" => self.first_section(page),
            "Sites" => return self.site(u32::try_from(page.lang).unwrap_or_default(), "Sites"),
            "Site" => Value::Handle(Handle::Site(u32::try_from(page.lang).unwrap_or_default())),
            "Language" => self.language(page.lang),
            "Translations" => self.pages(page.translations.iter().copied()),
            "AllTranslations" => {
                let mut all: Vec<PageId> = page.translations.clone();
                all.push(page.id);
                all.sort_by_key(|id| self.cx.graph.page(*id).lang);
                self.pages(all)
            }
            "RegularPagesRecursive" => self.in_order(self.pages_below(page)),
            "Resources" => Value::list(files::of_page(page)),
            _ => return None,
        })
    }

    /// The headings of the page that is being written, which are known when it is finished.
    fn contents(&self) -> Value {
        let mut table = self.table.borrow_mut();
        if table.len() >= marks::MAX {
            return Value::Nil;
        }
        let nav = Element::new("nav", By::Wsgen)
            .attr("id", "TableOfContents")
            .attr(pass::contents::OUTLINE, pass::contents::TABLE_OF_CONTENTS);
        table.push(Exchange {
            nodes: vec![nav.into()],
            text: String::new(),
        });
        Value::html(marks::mark(table.len() - 1).to_string())
    }

    /// The headings of the page that is being written: it is converted once for them, and what asks for them meanwhile
    /// gets none.
    fn outline(&self) -> &[Heading] {
        if self.cx.nesting > 0 {
            return &[];
        }
        self.stores.outline.get_or_init(|| {
            let context = BodyContext {
                nesting: 1,
                ..self.cx.clone()
            };
            body::render(self.page, &context).0.outline
        })
    }

    /// Markdown as HTML. What is more than a line of text stays in the tree as nodes, so that its headings, links and
    /// code take part in the page; the HTML is then only a mark.
    fn markdown(&self, text: &str, block: bool) -> String {
        let mut nodes = self.nodes_of(text);
        let mut table = self.table.borrow_mut();
        let is_line = match nodes.as_slice() {
            [] => true,
            [Node::Element(only)] => only.name == "p",
            _ => false,
        };
        if (!is_line || text.trim().contains('\n')) && table.len() < marks::MAX {
            if let [Node::Element(only)] = nodes.as_mut_slice()
                && is_line
                && !block
            {
                nodes = std::mem::take(&mut only.children);
            }
            table.push(Exchange {
                nodes,
                text: text.to_owned(),
            });
            return marks::mark(table.len() - 1).to_string();
        }
        for_each_element(&mut nodes, &mut |element| drop(element.take(markdown::ID_TEXT)));
        let mut html = String::new();
        match nodes.as_slice() {
            [Node::Element(only)] if !block && only.name == "p" => write_nodes(&only.children, &mut html),
            nodes => write_nodes(nodes, &mut html),
        }
        html
    }
}

impl Host for GoHost<'_> {
    fn current_page(&self) -> u32 {
        self.page.0
    }

    fn current_site(&self) -> u32 {
        u32::try_from(self.cx.graph.page(self.page).lang).unwrap_or_default()
    }

    fn page(&self, page: u32, name: &str) -> Option<Value> {
        let page = self.at(page)?;
        if name == "TableOfContents" && self.texts.is_unfinished(page.id) {
            return Some(self.contents());
        }
        if name == "Fragments" && self.texts.is_unfinished(page.id) {
            return Some(Fragments::value(self.outline()));
        }
        if let ("Summary", Some(summary)) = (name, &page.front.summary) {
            return Some(Value::html(self.markdown(summary, false)));
        }
        if let Some(value) = self.texts.fact(page, name) {
            return Some(value);
        }
        if let Some(text) = self.text_fact(page, name) {
            return Some(Value::str(text));
        }
        if let Some(value) = self.relation(page, name) {
            return Some(value);
        }
        let zone = self.zone();
        Some(match name {
            "Params" => values::page_params(page, &zone),
            "Date" => values::date(page, values::DATE, &zone),
            "Lastmod" => values::date(page, values::LASTMOD, &zone),
            "PublishDate" => values::date(page, values::PUBLISH_DATE, &zone),
            "ExpiryDate" => values::date(page, values::EXPIRY_DATE, &zone),
            "Weight" => Value::Int(page.front.weight),
            "Draft" => Value::Bool(page.front.draft),
            "Keywords" => Value::texts(page.front.keywords.iter().map(String::as_str)),
            "Aliases" => Value::texts(page.front.aliases.iter().map(String::as_str)),
            "File" => self.file(page),
            _ => return None,
        })
    }

    fn site(&self, site: u32, name: &str) -> Option<Value> {
        let lang = site as usize;
        let language = self.cx.config.languages.get(lang)?;
        let site = self.cx.graph.sites.iter().find(|site| site.lang == lang)?;
        Some(match name {
            "Title" => Value::str(language.title.as_str()),
            "Config" => site::config(&self.cx.config.raw),
            "RelatedIndices" => site::related_indices(&self.cx.config.raw),
            "BaseURL" => Value::str(permalink(self.cx.config, "/")),
            "Copyright" => Value::str(self.cx.config.copyright.as_str()),
            "Language" => self.language(lang),
            "Languages" => Value::list(
                (0..self.cx.config.languages.len())
                    .map(|lang| self.language(lang))
                    .collect(),
            ),
            "Params" => params(&language.params),
            "Data" => self.cx.go.data().clone(),
            "Menus" => site::menus(self.cx.graph, site, &|path| self.rel_permalink(path)),
            "Taxonomies" => self.taxonomies(lang),
            "Sites" => Value::list(
                self.cx
                    .graph
                    .sites
                    .iter()
                    .filter_map(|site| Some(Value::Handle(Handle::Site(u32::try_from(site.lang).ok()?))))
                    .collect(),
            ),
            "Lastmod" | "LastChange" => values::time(self.newest(), &self.zone()),
            "Home" => Value::page(site.home.0),
            "Pages" => {
                let pages = self.cx.graph.pages.iter();
                let pages = pages.filter(|page| page.lang == lang && page.listed);
                self.in_order(pages.map(|page| page.id))
            }
            "Sections" => {
                let children = &self.cx.graph.page(site.home).children;
                self.pages(
                    children
                        .iter()
                        .copied()
                        .filter(|id| self.cx.graph.page(*id).kind == Kind::Section),
                )
            }
            _ => return None,
        })
    }

    fn resource(&self, resource: Handle, name: &str) -> Option<Value> {
        let resource = match resource {
            Handle::Resource(page, at) => File::of_bundle(self.at(page)?.resources.get(at as usize)?),
            Handle::Asset(at) => File::of_pool(self.cx.graph.pool.get(at as usize)?),
            Handle::Page(_) | Handle::Site(_) => return None,
        };
        if files::resource_type(resource.path) == "page"
            && let Some(value) = self.bundled(resource.file, name)
        {
            return Some(value);
        }
        Some(match name {
            "Name" => Value::str(resource.name),
            "Title" => Value::str(resource.title),
            // Pages inside of a bundle have no address.
            "RelPermalink" | "Permalink" if resource.url.is_empty() => Value::str(""),
            "RelPermalink" => Value::str(self.rel_permalink(resource.url)),
            "Permalink" => Value::str(permalink(self.cx.config, resource.url)),
            "Content" => Value::str(self.cx.text(resource.file)),
            "Params" => resource.params.map(params).unwrap_or_default(),
            "ResourceType" => Value::str(files::resource_type(resource.path)),
            "MediaType" => files::media_type(resource.path),
            "Width" | "Height" => {
                let size = self.cx.tree.get(resource.file)?.facts.picture?;
                Value::Int(i64::from(if name == "Width" { size.width } else { size.height }))
            }
            _ => return None,
        })
    }

    fn asset(&self, path: &str) -> Option<Handle> {
        let path = path.trim_start_matches("./").trim_matches('/');
        let at = self.cx.graph.pool.iter().position(|(known, _)| known == path)?;
        u32::try_from(at).ok().map(Handle::Asset)
    }

    fn assets(&self) -> Vec<Handle> {
        let count = u32::try_from(self.cx.graph.pool.len()).unwrap_or_default();
        (0..count).map(Handle::Asset).collect()
    }

    fn get_page(&self, _site: u32, from: Option<u32>, path: &str) -> Option<u32> {
        let from = from.map_or(self.page, PageId);
        match self.cx.graph.resolve_ref(from, path, None) {
            RefAnswer::Found { page: Some(page), .. } => Some(page.0),
            _ => None,
        }
    }

    fn reference(&self, from: u32, query: &RefQuery<'_>) -> Result<String, Fault> {
        let lang = query
            .lang
            .and_then(|key| self.cx.config.languages.iter().position(|lang| lang.key == key));
        match self.cx.graph.resolve_ref(PageId(from), query.path, lang) {
            RefAnswer::Found { page, fragment } => {
                let url = page.map_or_else(String::new, |page| {
                    let path = &self.cx.graph.page(page).url;
                    if query.relative {
                        self.rel_permalink(path)
                    } else {
                        permalink(self.cx.config, path)
                    }
                });
                Ok(fragment.map_or(url.clone(), |fragment| format!("{url}#{fragment}")))
            }
            _ => Err(Fault::failed(format!("no page is named `{}`", query.path))),
        }
    }

    fn url(&self, form: UrlForm, path: &str) -> String {
        gotemplate::url(&self.cx.config.base_url, form, path)
    }

    fn render_string(&self, _page: u32, text: &str, options: RenderOptions) -> Result<String, Fault> {
        Ok(self.markdown(&self.with_calls(text), options.block))
    }

    fn kept(&self, value: Value) -> Value {
        value.map_texts(&mut |text| {
            let (table, mut kept) = (self.table.borrow(), self.stores.kept.borrow_mut());
            marks::has_mark(text).then(|| marks::keep(text, &table, &mut kept))
        })
    }

    fn restored(&self, value: Value) -> Value {
        value.map_texts(&mut |text| {
            let (kept, mut table) = (self.stores.kept.borrow(), self.table.borrow_mut());
            marks::has_mark(text).then(|| marks::restore(text, &kept, &mut table))
        })
    }

    fn environment(&self) -> &str {
        &self.cx.config.environment
    }

    fn variable(&self, name: &str) -> &str {
        let variables = &self.cx.config.variables;
        let found = variables.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    fn title_style(&self) -> TitleStyle {
        self.cx.config.list_titles.style
    }

    fn now(&self) -> Zoned {
        // Two builds of one site must be equal, so the newest date of the site stands for today.
        self.newest().unwrap_or_default().to_zoned(self.zone())
    }

    fn partial(&self, name: &str) -> Option<Arc<Template>> {
        self.cx.go.partial(name)
    }

    fn partial_of_theme(&self, name: &str, dot: &Value) -> Result<Option<Value>, Fault> {
        self.theme_partial(name, dot)
    }

    fn read_file(&self, path: &str) -> Option<String> {
        self.cx.tree.text(self.at_path(path)?).map(str::to_owned)
    }

    fn has_file(&self, path: &str) -> bool {
        self.at_path(path).is_some()
    }

    fn file_size(&self, path: &str) -> Option<u64> {
        Some(self.cx.tree.get(self.at_path(path)?)?.len)
    }

    fn picture(&self, path: &str) -> Option<(u32, u32)> {
        let size = self.cx.tree.get(self.at_path(path)?)?.facts.picture?;
        Some((size.width, size.height))
    }

    fn math(&self, tex: &str, display: bool) -> Result<String, Fault> {
        body::math::to_mathml(tex, display).map_err(|error| Fault::failed(error.message))
    }

    fn read_dir(&self, path: &str) -> Option<Vec<(String, bool)>> {
        self.cx.tree.folder(path)
    }

    fn page_text(&self, page: u32, evaluated: bool) -> Result<Value, Fault> {
        let Some(page) = self.at(page) else {
            return Ok(Value::Nil);
        };
        if evaluated {
            self.with_shortcodes(page)
        } else {
            self.content_of(page)
        }
    }

    fn resource_text(&self, resource: Handle) -> Result<Option<Value>, Fault> {
        let Handle::Resource(page, at) = resource else {
            return Ok(None);
        };
        let resources = self.at(page).map_or(&[][..], |page| &page.resources);
        match resources.get(at as usize) {
            Some(file) if files::resource_type(&file.path) == "page" => {
                self.bundled_content(file.file).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn has_shortcode(&self, page: u32, name: &str) -> bool {
        self.at(page).is_some_and(|page| self.calls(page, name))
    }

    fn seed(&self) -> u64 {
        u64::from(self.span.start)
    }

    fn count(&self) -> u64 {
        self.stores.count.set(self.stores.count.get() + 1);
        self.stores.count.get()
    }

    fn terms(&self, page: u32, taxonomy: &str) -> Vec<u32> {
        let page = self.at(page);
        page.map_or_else(Vec::new, |page| self.terms_of(page, taxonomy))
            .into_iter()
            .map(|id| id.0)
            .collect()
    }

    fn highlight(&self, code: &str, lang: &str, options: &str) -> Result<String, Fault> {
        Ok(self.code(code, lang, options))
    }

    fn translate(&self, key: &str) -> Option<String> {
        let lang = self.cx.graph.page(self.page).lang;
        self.cx.texts_of(lang).get(key).map(|text| (*text).to_owned())
    }

    fn plural_form(&self, number: &str) -> Option<&'static str> {
        let lang = self.cx.graph.page(self.page).lang;
        plural_form(&self.cx.config.languages[lang].locale, number)
    }

    fn store(&self, page: Option<u32>) -> Arc<Scratch> {
        self.stores
            .scratches
            .borrow_mut()
            .entry(page)
            .or_insert_with(|| Arc::new(Scratch::new()))
            .clone()
    }
}
