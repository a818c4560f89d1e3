//! Every address of a site that leads to a page or file of it, with its bytes.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::Parser;
use spanned_data::{Data, Value};

use super::view::{Form, Goal, Reader, View};
use crate::body::{LinkTarget, PageFacts};
use crate::config::MenuEntry;
use crate::diag::{FileId, Span};
use crate::lang::LangId;
use crate::parse::{Arg, ArgValue, Call, ParsedPage, Segment};
use crate::pipeline::Results;

/// Keys of front matter with the name of a page.
const PAGE_KEYS: [&str; 7] = [
    "prev",
    "next",
    "manuallink",
    "manuallinkrelref",
    "menupageref",
    "bookhref",
    "link",
];

/// An address.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) file: FileId,
    /// Its bytes, as they are written.
    pub(super) range: Range<usize>,
    pub(super) reader: Reader,
    pub(super) form: Form,
}

/// All addresses that lead into the site, each once, by file and place.
pub(super) fn all(site: &Results, view: &View<'_>) -> Vec<Reference> {
    let mut found = Found {
        view,
        list: Vec::new(),
        seen: HashSet::new(),
    };
    found.settings();
    for page in &view.graph.pages {
        let Some(parsed) = page.source.map(|source| &view.parsed[source]) else {
            continue;
        };
        found.front(parsed);
        found.calls(parsed.file, parsed.file, &parsed.body);
        let facts = site.facts.get(page.id.0 as usize).and_then(Option::as_ref);
        found.links(facts, parsed.file, true);
        found.definitions(parsed);
    }
    // A text that other pages show, too, is its own page's first.
    for page in &view.graph.pages {
        let facts = site.facts.get(page.id.0 as usize).and_then(Option::as_ref);
        if let Some(file) = view.file_of(page.id) {
            found.links(facts, file, false);
        }
    }
    found.list.sort_by_key(|found| (found.file, found.range.start));
    found.list
}

struct Found<'v, 'a> {
    view: &'v View<'a>,
    list: Vec<Reference>,
    seen: HashSet<(FileId, usize)>,
}

impl Found<'_, '_> {
    /// Adds an address that leads somewhere.
    fn add(&mut self, span: Span, reader: Reader, form: Form) -> bool {
        let Some(written) = self.written(span) else {
            return false;
        };
        let leads = !written.is_empty() && self.view.goal(reader, form, written).is_some();
        if leads && self.seen.insert((span.file, span.range().start)) {
            self.list.push(Reference {
                file: span.file,
                range: span.range(),
                reader,
                form,
            });
        }
        leads
    }

    fn written(&self, span: Span) -> Option<&str> {
        self.view.tree.text(span.file)?.get(span.range())
    }

    /// The links of a page in its own file, or in others.
    fn links(&mut self, facts: Option<&PageFacts>, page: FileId, own: bool) {
        let links = facts.into_iter().flat_map(|facts| &facts.links);
        for link in links.filter(|link| (link.span.file == page) == own) {
            let goal = match link.to {
                LinkTarget::Page(page) => self.view.goal_of(page),
                LinkTarget::Asset(file) => Goal::File(file),
                LinkTarget::External(_) => continue,
            };
            self.link(link.address, Reader::Page(page), &goal);
        }
    }

    /// A link that the page has. It counts where its address is written as it is, which its target tells.
    fn link(&mut self, span: Span, reader: Reader, goal: &Goal) {
        let Some(written) = self.written(span) else { return };
        let forms = [Form::Link, Form::Attribute];
        let form = forms
            .into_iter()
            .find(|form| self.view.goal(reader, *form, written).as_ref() == Some(goal));
        if let Some(form) = form {
            self.add(span, reader, form);
        }
    }

    /// Targets of links by reference: `[label]: ../setup.md`.
    fn definitions(&mut self, parsed: &ParsedPage) {
        let start = parsed.front_span.range().end;
        let Some(body) = self
            .view
            .tree
            .text(parsed.file)
            .and_then(|text| text.get(start..))
        else {
            return;
        };
        let parser = Parser::new(body);
        let definitions: Vec<Range<usize>> = parser
            .reference_definitions()
            .iter()
            .filter_map(|(_, definition)| {
                let text = body.get(definition.span.clone())?;
                let label = text.find("]:")? + 2;
                let at = label + text[label..].find(definition.dest.as_ref())?;
                let begin = definition.span.start + at;
                Some(start + begin..start + begin + definition.dest.len())
            })
            .collect();
        for range in definitions {
            let span = Span::new(parsed.file, range.start, range.end);
            self.add(span, Reader::Page(parsed.file), Form::Link);
        }
    }

    /// Arguments of calls that name pages and files.
    fn calls(&mut self, file: FileId, page: FileId, segments: &[Segment]) {
        for segment in segments {
            let Segment::Call(call) = segment else { continue };
            self.call(file, page, call);
            if let Some(inner) = &call.inner {
                self.calls(file, page, &inner.segments);
            }
        }
    }

    fn call(&mut self, file: FileId, page: FileId, call: &Call) {
        let reader = Reader::Page(page);
        let lang = call
            .args
            .named
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("lang"));
        let lang = lang.and_then(|(_, arg)| match &arg.value {
            ArgValue::Str(key) => self.view.config.language(key),
            _ => None,
        });
        let name = call.name.to_ascii_lowercase();
        let arguments = call.args.positional.iter().map(|arg| ("", arg));
        let named = call.args.named.iter().map(|(key, arg)| (key.as_str(), arg));
        for (at, (key, arg)) in arguments.chain(named).enumerate() {
            let Some(span) = self.text_of(file, arg) else {
                continue;
            };
            let is_target = at == 0 || matches!(key, "path" | "file" | "href" | "of" | "part");
            match &*name {
                "ref" | "relref" | "link" | "agenda" if is_target => {
                    self.add(span, reader, Form::Ref(lang));
                }
                "include" | "readfile" | "code" | "readandhighlight" if is_target => {
                    self.add(span, reader, Form::Include(file));
                }
                // The site's own shortcodes may read their arguments in any way.
                _ if self.written(span).is_some_and(is_path) => {
                    let forms = [Form::Attribute, Form::Ref(lang), Form::Include(file)];
                    let _ = forms.into_iter().any(|form| self.add(span, reader, form));
                }
                _ => {}
            }
        }
    }

    /// The bytes of an argument without its quotes, if they are its value.
    fn text_of(&self, file: FileId, arg: &Arg) -> Option<Span> {
        let ArgValue::Str(value) = &arg.value else {
            return None;
        };
        let written = self.written(arg.span)?;
        let at = written.find(value.as_str())?;
        let start = arg.span.range().start + at;
        Some(Span::new(file, start, start + value.len())).filter(|span| span.file == arg.span.file)
    }

    fn front(&mut self, parsed: &ParsedPage) {
        let reader = Reader::Page(parsed.file);
        for key in PAGE_KEYS {
            if let Some(value) = parsed.values.get(key) {
                self.value(parsed.file, value, reader, &[Form::Ref(None), Form::Attribute]);
            }
        }
        for (_, entry) in &parsed.front.menus {
            let span = entry
                .url_span
                .as_ref()
                .map(|range| Span::new(parsed.file, range.start, range.end));
            self.entry(entry, span, reader, None);
        }
    }

    fn value(&mut self, file: FileId, value: &Value, reader: Reader, forms: &[Form]) {
        if let Data::Str(text) = &value.data {
            let span = Span::new(file, value.span.start, value.span.end);
            if let Some(span) = self.inside_quotes(span, text) {
                let _ = forms.iter().any(|form| self.add(span, reader, *form));
            }
        }
    }

    fn settings(&mut self) {
        let config = self.view.config;
        for (lang, language) in config.languages.each() {
            for entry in language.menus.iter().flat_map(|(_, entries)| entries) {
                let span = entry.url_span.as_ref().and_then(|span| config.places.span(span));
                self.entry(entry, span, Reader::Home(lang), Some(lang));
            }
        }
    }

    fn entry(&mut self, entry: &MenuEntry, span: Option<Span>, reader: Reader, lang: Option<LangId>) {
        let by_ref = entry.page_ref.as_ref().filter(|name| !name.is_empty());
        let (text, form) = match (by_ref, &entry.url) {
            (Some(name), _) => (name, Form::Ref(lang)),
            (None, Some(url)) => (url, Form::Attribute),
            (None, None) => return,
        };
        if let Some(span) = span.and_then(|span| self.inside_quotes(span, text)) {
            self.add(span, reader, form);
        }
    }

    fn inside_quotes(&self, span: Span, text: &str) -> Option<Span> {
        let start = span.range().start + self.written(span)?.find(text)?;
        Some(Span::new(span.file, start, start + text.len()))
    }
}

/// Returns true for a text that looks like the path of a page or file.
fn is_path(text: &str) -> bool {
    !text.contains(char::is_whitespace) && (text.contains('/') || text.ends_with(".md"))
}
