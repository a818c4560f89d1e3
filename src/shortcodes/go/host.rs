//! The facts that Go templates can ask for: pages and sites, URLs, Markdown, files of the site.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use hugo_template::title_case::TitleStyle;
use hugo_template::{
    Fault, Handle, Host, RefForm, RefQuery, RenderOptions, Scratch, Template, TextForm, UrlForm, Value,
};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::go_values::params;
use super::shown_results::ShownResults;
use super::site_files::{self, File};
use super::texts::Texts;
use crate::budget::{self, Cost};
use crate::config::Goldmark;
use crate::diag::{Diagnostics, FileId, Span};
use crate::graph::{Page, PageId, RefAnswer, permalink, rel_permalink};
use crate::hugo;
use crate::lang::LangId;
use crate::markdown::mathml::Display;
use crate::markdown::{self, mathml};
use crate::markup::dom::{By, Element, Node, write_nodes};
use crate::markup::marks::{self, Exchange};
use crate::markup::outline::Heading;
use crate::markup::role::{OutlineForm, Role};
use crate::markup::values::Variable;
use crate::shortcodes::stores::Stores;
use crate::shortcodes::{BodyContext, PageText};
use crate::source::Component;
use crate::template::plural_form;

pub(crate) use super::go_values::argument;

/// Results of a call besides the output of its template.
pub(crate) struct Left {
    /// Entries of the marks in the output.
    pub(crate) table: Vec<Exchange>,
    /// Findings of the call.
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
    /// Entries of the marks in the inner text, and those that rendered Markdown has added.
    pub(super) table: RefCell<Vec<Exchange>>,
    /// Results that the template sees as HTML.
    shown_results: RefCell<ShownResults>,
    pub(super) diagnostics: RefCell<Diagnostics>,
    pub(super) variables: RefCell<Vec<Variable>>,
    pub(super) stores: Rc<Stores>,
    pub(super) texts: Texts<'a>,
    /// Depth of the texts whose calls are being made, and the number of calls.
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
            shown_results: RefCell::default(),
            diagnostics: RefCell::default(),
            variables: RefCell::default(),
            stores: Rc::default(),
            texts: Texts::new(cx, page),
            depth: Cell::new(0),
            calls: Cell::new(0),
        }
    }

    /// Makes a host for templates that print a finished page.
    pub(super) fn finished(cx: &'a BodyContext<'a>, page: PageId, text: &PageText) -> Self {
        let source = cx.graph.page(page).source;
        let file = source.map_or(FileId(0), |source| cx.parsed[source].file);
        let goldmark = &cx.config.markup.goldmark;
        Self {
            texts: Texts::finished(cx, page, text),
            ..Self::new(cx, page, goldmark, Span::new(file, 0, 0), Vec::new())
        }
    }

    /// Shares the stores of the other calls of the text.
    pub(crate) fn sharing(self, stores: Rc<Stores>) -> Self {
        Self { stores, ..self }
    }

    /// Sets the pages that show this one, outermost first.
    pub(crate) fn showing(self, pages: &[PageId]) -> Self {
        let showing = pages.to_vec();
        Self { showing, ..self }
    }

    /// Returns the results after the template has run.
    pub(crate) fn finish(self) -> Left {
        Left {
            table: self.table.into_inner(),
            diagnostics: self.diagnostics.into_inner(),
            variables: self.variables.into_inner(),
        }
    }

    /// The text as a template sees it: with results in the place of marks.
    pub(crate) fn with_results<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !marks::has_mark(text) {
            return Cow::Borrowed(text);
        }
        let mut shown = self.shown_results.borrow_mut();
        Cow::Owned(shown.show(text, &self.table.borrow()))
    }

    /// A text of a template with marks in the place of the results that it has seen.
    pub(crate) fn with_marks<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let shown = self.shown_results.borrow();
        match shown.is_empty() {
            true => Cow::Borrowed(text),
            false => Cow::Owned(shown.hide(text)),
        }
    }

    pub(super) fn at(&self, page: u32) -> Option<&'a Page> {
        self.cx.graph.pages.get(page as usize)
    }

    pub(super) fn pages(&self, ids: impl IntoIterator<Item = PageId>) -> Value {
        Value::list(ids.into_iter().map(|id| Value::page(id.0)).collect())
    }

    /// The newest date of the site.
    pub(super) fn newest(&self) -> Option<Timestamp> {
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

    pub(super) fn rel_permalink(&self, path: &str) -> String {
        rel_permalink(self.cx.config, path)
    }

    pub(super) fn language(&self, lang: LangId) -> Value {
        hugo::language(&self.cx.config.languages[lang])
    }

    /// The headings of the page that is being written, which are known when it is finished.
    pub(super) fn contents(&self) -> Value {
        let mut table = self.table.borrow_mut();
        if table.len() >= marks::MAX {
            return Value::Nil;
        }
        let nav = Element::new("nav", By::Wsgen)
            .attr("id", "TableOfContents")
            .with_role(Role::Outline(OutlineForm::TableOfContents));
        table.push(Exchange {
            nodes: vec![nav.into()],
            text: String::new(),
        });
        Value::html(marks::mark(table.len() - 1).to_string())
    }

    /// The headings of the page that is being written. The page is converted once for them; a template that asks for
    /// them meanwhile gets none.
    pub(super) fn outline(&self) -> &[Heading] {
        if self.cx.nesting > 0 {
            return &[];
        }
        self.stores.outline.get_or_init(|| {
            let context = BodyContext {
                nesting: 1,
                ..self.cx.clone()
            };
            self.cx.pages.text(self.page, &context).outline
        })
    }

    /// Markdown as HTML. What is more than a line of text stays in the tree as nodes, so that its headings, links and
    /// code take part in the page; the HTML is then only a mark.
    pub(super) fn markdown(&self, text: &str, block: bool) -> String {
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
        // A reference would not be known for one when it is read again.
        marks::set_aside(&mut nodes, &mut table, |node| {
            node.as_element().is_some_and(markdown::is_note)
        });
        let mut html = String::new();
        match nodes.as_slice() {
            [Node::Element(only)] if !block && only.name == "p" => write_nodes(&only.children, &mut html),
            nodes => write_nodes(nodes, &mut html),
        }
        html
    }
}

impl Host for GoHost<'_> {
    fn spend(&self, steps: u64) -> Result<(), Fault> {
        budget::spend(Cost::steps(steps)).map_err(|over| Fault::limit(over.to_string()))
    }

    fn current_page(&self) -> u32 {
        self.page.0
    }

    fn current_site(&self) -> u32 {
        self.cx.graph.page(self.page).lang.site_number()
    }

    fn page(&self, page: u32, name: &str) -> Option<Value> {
        self.page_fact(self.at(page)?, name)
    }

    fn site(&self, site: u32, name: &str) -> Option<Value> {
        self.site_fact(LangId(site as usize), name)
    }

    fn resource(&self, resource: Handle, name: &str) -> Option<Value> {
        let resource = match resource {
            Handle::Resource(page, at) => File::of_bundle(self.at(page)?.resources.get(at as usize)?),
            Handle::Asset(at) => File::of_pool(self.cx.graph.pool.get(at as usize)?),
            Handle::Page(_) | Handle::Site(_) => return None,
        };
        if site_files::resource_type(resource.path) == "page"
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
            "ResourceType" => Value::str(site_files::resource_type(resource.path)),
            "MediaType" => site_files::media_type(resource.path),
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
        let lang = query.lang.and_then(|key| self.cx.config.language(key));
        match self.cx.graph.resolve_ref(PageId(from), query.path, lang) {
            RefAnswer::Found { page, fragment } => {
                let url = page.map_or_else(String::new, |page| {
                    let path = &self.cx.graph.page(page).url;
                    match query.form {
                        RefForm::Relative => self.rel_permalink(path),
                        RefForm::Absolute => permalink(self.cx.config, path),
                    }
                });
                Ok(fragment.map_or(url.clone(), |fragment| format!("{url}#{fragment}")))
            }
            _ => Err(Fault::failed(format!("no page is named `{}`", query.path))),
        }
    }

    fn url(&self, form: UrlForm, path: &str) -> String {
        hugo::url(&self.cx.config.base_url, form, path)
    }

    fn render_string(&self, _page: u32, text: &str, options: RenderOptions) -> Result<String, Fault> {
        let text = self.with_marks(text);
        Ok(self.markdown(&self.with_calls(&text), options.block))
    }

    fn kept(&self, value: Value) -> Value {
        value.map_texts(&mut |text| {
            let text = self.with_marks(text);
            let (table, mut kept) = (self.table.borrow(), self.stores.kept.borrow_mut());
            marks::has_mark(&text).then(|| marks::keep(&text, &table, &mut kept))
        })
    }

    fn restored(&self, value: Value) -> Value {
        value.map_texts(&mut |text| {
            marks::has_mark(text).then(|| {
                let kept = self.stores.kept.borrow();
                let restored = marks::restore(text, &kept, &mut self.table.borrow_mut());
                self.with_results(&restored).into_owned()
            })
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
        mathml::to_mathml(tex, Display::of(display)).map_err(|error| Fault::failed(error.message))
    }

    fn read_dir(&self, path: &str) -> Option<Vec<(String, bool)>> {
        self.cx.tree.folder(path)
    }

    fn page_text(&self, page: u32, form: TextForm) -> Result<Value, Fault> {
        let Some(page) = self.at(page) else {
            return Ok(Value::Nil);
        };
        if form == TextForm::Markdown {
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
            Some(file) if site_files::resource_type(&file.path) == "page" => {
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
