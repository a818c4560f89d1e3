//! Facts about a page for templates: from its front matter, its file, and its place in the site.

use hugo_template::{Handle, Value, md5_of};

use super::fragments::Fragments;
use super::host::GoHost;
use super::{go_values, site_files};
use crate::diag::Span;
use crate::discover::Name;
use crate::graph::{Bundle, Kind, Page, PageId, permalink};
use crate::shortcodes::rough_text;
use crate::shortcodes::withheld;

impl GoHost<'_> {
    /// The fact of a page under `name`; nothing for a name that pages do not have.
    pub(super) fn page_fact(&self, page: &Page, name: &str) -> Option<Value> {
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
            "Params" => go_values::page_params(page, &zone),
            "Date" => go_values::date(page, go_values::DATE, &zone),
            "Lastmod" => go_values::date(page, go_values::LASTMOD, &zone),
            "PublishDate" => go_values::date(page, go_values::PUBLISH_DATE, &zone),
            "ExpiryDate" => go_values::date(page, go_values::EXPIRY_DATE, &zone),
            "Weight" => Value::Int(page.front.weight),
            "Draft" => Value::Bool(page.front.draft),
            "Keywords" => Value::texts(page.front.keywords.iter().map(String::as_str)),
            "Aliases" => Value::texts(page.front.aliases.iter().map(String::as_str)),
            "File" => self.file(page),
            _ => return None,
        })
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
            // Templates read the Markdown of titles themselves: `.Title | markdownify`.
            "Title" => page.written_title().to_owned(),
            "LinkTitle" => page.written_link_title().to_owned(),
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
        Some(rough_text::excerpt(self.cx, &self.cx.parsed[page.source?]))
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
            "Sites" => return self.site_fact(page.lang, "Sites"),
            "Site" => Value::Handle(Handle::Site(page.lang.site_number())),
            "Language" => self.language(page.lang),
            "Translations" => self.pages(page.translations.iter().copied()),
            "AllTranslations" => {
                let mut all: Vec<PageId> = page.translations.clone();
                all.push(page.id);
                all.sort_by_key(|id| self.cx.graph.page(*id).lang);
                self.pages(all)
            }
            "RegularPagesRecursive" => self.in_order(self.pages_below(page)),
            "Resources" => Value::list(site_files::of_page(page)),
            _ => return None,
        })
    }
}
