//! Shortcodes: a call becomes text or nodes.
//!
//! A name is looked up in this order: a template of the site's own `templates/shortcodes/`, a Go template of the site or of
//! a theme in the repository that wsgen does not know, the shortcodes in Rust that need the site (`ref`, `children`, …),
//! the embedded templates, and a Go template of a known theme in the repository. An unknown call is a finding, and its arguments and inner text stay on the page.
//! Inner text is Markdown for both delimiters.

mod agenda;
pub(crate) mod builtin;
mod call_args;
mod child_lists;
mod code_calls;
mod columns;
mod context;
mod excerpt;
mod exercise;
mod expand;
mod expansion;
mod file_lists;
pub(crate) mod frame_cache;
pub(crate) mod go;
mod go_call;
pub(crate) mod hooks;
pub(crate) mod include;
mod labels;
pub(crate) mod left_out;
mod param_calls;
mod partial;
mod rough_text;
mod stores;
mod suggestion;
pub(crate) mod tabs;
mod tera_call;
mod tera_frame;
mod unknown;
mod value_calls;
pub(crate) mod withheld;

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hugo_template::Scratch;

pub use self::builtin::NAMES as BUILTIN_SHORTCODES;
pub use self::context::{BodyContext, PageText, PageTexts};
use self::expansion::Prefix;
pub use self::frame_cache::Frames;
pub(crate) use self::go::runs_hook;
pub use self::go::{GoTemplates, print_layout};
pub(crate) use self::go_call::{arguments, failed, template_message, unclosed};
use self::stores::Stores;
use crate::config::{Goldmark, Passthrough};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::graph::{Page, PageId};
use crate::markdown::{self, References};
use crate::markup::code_block::Placeholder;
use crate::markup::dom::{self, Node};
use crate::markup::marks;
use crate::markup::role::Withheld;
use crate::markup::values::Variable;
use crate::parse::shortcode::{Places, holds_code};
use crate::parse::{Call, Delimiter, Format, ParsedPage, Segment};
use crate::source::Origin;

/// Maximum depth of nested shortcodes and includes.
const MAX_DEPTH: usize = 60;

/// The result of a call.
pub(crate) enum Outcome {
    /// No output.
    Nothing,
    /// Text: of the page's source for `{{% %}}`, of the finished page for `{{< >}}`.
    Text(String),
    /// Nodes in the call's place.
    Nodes(Vec<Node>),
    /// Text of the page's source with marks in it.
    Source {
        /// Text with marks.
        text: String,
        /// The entries of its marks.
        table: Vec<marks::Exchange>,
    },
    /// The call's inner text, as if the tags were not there.
    Inner,
}

/// The evaluation of one page's calls.
pub(crate) struct Shortcodes<'a> {
    pub(crate) cx: &'a BodyContext<'a>,
    pub(crate) page: PageId,
    pub(crate) diagnostics: Diagnostics,
    /// Variables of readers, in the order of their calls.
    pub(crate) variables: Vec<Variable>,
    /// Calls that are being evaluated, outermost first.
    parents: Vec<Call>,
    depth: usize,
    /// Files that are being included, outermost first.
    including: Vec<FileId>,
    /// Number of calls so far: at the top of the page, in the call that is being evaluated, and so on inwards.
    siblings: Vec<usize>,
    /// The switches of Markdown for this page.
    goldmark: Cow<'a, Goldmark>,
    /// The links that the page defines.
    references: Rc<References>,
    /// `.Scratch` of the calls that Go templates see, by their places.
    scratches: HashMap<Span, Arc<Scratch>>,
    /// State that the calls of the page share: stored values of Go templates, numbers of calls by name, open exercises.
    stores: Rc<Stores>,
    /// The pages that show this one, outermost first.
    showing: Vec<PageId>,
    /// Results of calls that are made before their turn, by their places.
    early: HashMap<Span, Outcome>,
    /// Code in the files whose calls asked for it.
    code: HashMap<FileId, Places>,
}

impl<'a> Shortcodes<'a> {
    pub(crate) fn new(cx: &'a BodyContext<'a>, page: PageId) -> Self {
        let goldmark = goldmark(cx, page);
        Self {
            cx,
            page,
            diagnostics: Vec::new(),
            variables: Vec::new(),
            parents: Vec::new(),
            depth: 0,
            including: Vec::new(),
            siblings: Vec::new(),
            references: Rc::new(references(cx, page, &goldmark)),
            goldmark,
            scratches: HashMap::new(),
            stores: Rc::default(),
            showing: Vec::new(),
            early: HashMap::new(),
            code: HashMap::new(),
        }
    }

    /// Evaluates a page that another one shows; `showing` are the pages that do, outermost first.
    pub(crate) fn inside(cx: &'a BodyContext<'a>, page: PageId, showing: Vec<PageId>) -> Self {
        Self {
            showing,
            ..Self::new(cx, page)
        }
    }

    /// Evaluates a part of a page, whose calls share `stores`.
    pub(crate) fn sharing(self, stores: Rc<Stores>) -> Self {
        Self { stores, ..self }
    }

    fn page(&self) -> &'a Page {
        self.cx.graph.page(self.page)
    }

    /// The body of a page as nodes, in any format.
    pub(crate) fn body(&mut self, page: &ParsedPage) -> Vec<Node> {
        match page.format {
            Format::Markdown => self.nodes(page.file, &page.body, &Prefix::default()),
            Format::Html => self.html_nodes(page.file, &page.body),
            Format::Plain => {
                let body = page.front_span.range().end..;
                let text = self.cx.text(page.file).get(body).unwrap_or_default();
                vec![dom::wrapped(text.trim_matches(['\r', '\n']))]
            }
        }
    }

    /// Markdown of a file with its calls becomes nodes.
    pub(crate) fn nodes(&mut self, file: FileId, segments: &[Segment], prefix: &Prefix) -> Vec<Node> {
        let mut expansion = self.expand(file, segments, prefix);
        let mut nodes = markdown::read_piece(
            &expansion.text,
            expansion.map,
            Some(&mut expansion.table),
            &self.goldmark,
            &self.references,
            &mut self.diagnostics,
        );
        let uses = marks::uses_in(&expansion.text, expansion.table.len());
        marks::exchange_last(&mut nodes, expansion.table, uses);
        nodes
    }

    /// HTML of a file with its calls becomes nodes; no Markdown.
    pub(crate) fn html_nodes(&mut self, file: FileId, segments: &[Segment]) -> Vec<Node> {
        let expansion = self.expand(file, segments, &Prefix::default());
        let mut tree = crate::markup::tree_builder::Tree::default();
        tree.html(
            crate::markup::html::pieces(&expansion.text),
            expansion.map.span(0..0),
        );
        let mut nodes = tree.finish();
        marks::exchange(&mut nodes, &expansion.table);
        nodes
    }

    /// Returns true if the page is written in HTML; text in its `{{< >}}` calls is, too.
    fn is_html(&self) -> bool {
        let source = self.page().source;
        source.is_some_and(|source| self.cx.parsed[source].format == Format::Html)
    }

    /// The inner text of a call as nodes.
    fn inner_nodes(&mut self, file: FileId, call: &Call) -> Vec<Node> {
        let Some(inner) = &call.inner else {
            return Vec::new();
        };
        if self.is_html() && call.delimiter == Delimiter::Angle {
            return self.nested(call, |this| this.html_nodes(file, &inner.segments));
        }
        let prefix = Prefix::of_inner(self.cx.text(file), call, &inner.segments);
        self.nested(call, |this| this.nodes(file, &inner.segments, &prefix))
    }

    /// The inner text of a call: calls in it expanded, the call's indentation removed.
    fn inner_text(&mut self, file: FileId, call: &Call) -> String {
        self.inner_code(file, call).0
    }

    /// The inner text of a call as code, with the variables in it.
    fn inner_code(&mut self, file: FileId, call: &Call) -> (String, Vec<Placeholder>) {
        let Some(inner) = &call.inner else {
            return (String::new(), Vec::new());
        };
        let prefix = Prefix::of_inner(self.cx.text(file), call, &inner.segments);
        let mut expansion = self.nested(call, |this| this.expand(file, &inner.segments, &prefix));
        let code = expansion.text.trim_end_matches([' ', '\t']);
        if code.ends_with('\n') {
            // The indentation of the closing tag.
            expansion.text.truncate(code.len());
        }
        marks::exchange_code(&expansion.text, &expansion.table)
    }

    /// Runs `work` with `call` as the innermost parent.
    fn nested<T>(&mut self, call: &Call, work: impl FnOnce(&mut Self) -> T) -> T {
        // Children ask for their parent's name and arguments only.
        self.scratches.entry(call.open_span).or_default();
        self.parents.push(Call {
            inner: None,
            ..call.clone_head()
        });
        let result = work(self);
        self.parents.pop();
        result
    }

    /// Evaluates a call that stands in `file`.
    fn call(&mut self, file: FileId, call: &Call) -> Outcome {
        if self.depth >= MAX_DEPTH {
            let message = format!("`{}` is nested too deeply, or includes itself", call.name);
            self.diagnostics
                .push(Diagnostic::error(Code::NestedTooDeeply, call.open_span, message));
            return Outcome::Nothing;
        }
        self.depth += 1;
        let level = self.parents.len();
        self.siblings.resize(level + 1, 0);
        self.siblings[level] += 1;
        if let Some(outcome) = self.early.remove(&call.open_span) {
            self.depth -= 1;
            return outcome;
        }
        let variables = self.variables.len();
        let mut outcome = self.look_up(file, call);
        self.depth -= 1;
        if let Some(why) = withheld::reason_of(call, self.cx.config) {
            self.variables.truncate(variables);
            outcome = self.withheld(file, call, outcome, why);
        }
        outcome
    }

    /// The result of a call, marked as a part that is left out.
    fn withheld(&mut self, file: FileId, call: &Call, outcome: Outcome, why: Withheld) -> Outcome {
        let nodes = match outcome {
            Outcome::Nodes(nodes) => nodes,
            Outcome::Inner => self.inner_nodes(file, call),
            Outcome::Nothing | Outcome::Text(_) | Outcome::Source { .. } => return Outcome::Nothing,
        };
        Outcome::Nodes(vec![withheld::wrapped(nodes, why)])
    }

    /// Returns true for a call in code: between fences, within a line, or in a call whose text is code.
    fn is_in_code(&mut self, call: &Call) -> bool {
        let mut parents = self.parents.iter();
        if parents.any(|parent| holds_code(&parent.name, &parent.args) && !self.is_own(&parent.name)) {
            return true;
        }
        let (cx, span) = (self.cx, call.open_span);
        let places = self.code.entry(span.file).or_insert_with(|| {
            let text = cx.text(span.file);
            let page = cx.parsed.iter().find(|page| page.file == span.file);
            let body = page.map_or(0, |page| page.front_span.range().end);
            Places::of(text, body..text.len())
        });
        places.code_at(span.range().start).is_some()
    }

    fn look_up(&mut self, file: FileId, call: &Call) -> Outcome {
        let name = call.name.to_lowercase();
        if self.is_own_template(&name) {
            return match self.prepared(file, call, &name) {
                Some(outcome) => outcome,
                None => self.template(file, call, &name),
            };
        }
        let cx = self.cx;
        let lang = &*cx.config.languages[self.page().lang].key;
        if let Some(go) = self.cx.go.shortcode(&name, lang)
            && let Some(outcome) = self.go(file, call, go)
        {
            return outcome;
        }
        if let Some(outcome) = self.builtin(file, call, &name) {
            return outcome;
        }
        if self.cx.templates.shortcode(&name) {
            return self.template(file, call, &name);
        }
        let of_theme = self.cx.go.of_theme(&name, lang);
        if let Some(go) = of_theme
            && let Some(outcome) = self.go(file, call, go)
        {
            return outcome;
        }
        if of_theme.is_some() || self.cx.go.shortcode(&name, lang).is_some() {
            // That its template cannot run has been said.
            return if call.inner.is_some() {
                Outcome::Inner
            } else {
                Outcome::Nothing
            };
        }
        self.unknown(file, call, &name)
    }

    /// Returns true if a template of the site, or of a theme that wsgen does not know, runs for a name.
    fn is_own(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let lang = &self.cx.config.languages[self.page().lang].key;
        self.is_own_template(&name) || self.cx.go.shortcode(&name, lang).is_some()
    }

    fn is_own_template(&self, name: &str) -> bool {
        let path = format!("shortcodes/{name}.html");
        let file = self.cx.tree.find(crate::source::Component::Templates, &path);
        file.and_then(|file| self.cx.tree.get(file))
            .is_some_and(|file| file.origin != Origin::Embedded)
    }

    /// Number of earlier calls of `name` on this page; counts this one.
    fn count(&mut self, name: &str) -> usize {
        let mut counts = self.stores.counts.borrow_mut();
        let count = counts.entry(name.to_owned()).or_default();
        *count += 1;
        *count - 1
    }

    fn warn(&mut self, code: Code, call: &Call, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::warning(code, call.open_span, message));
    }
}

/// The links that a page defines, where it is read in pieces.
fn references(cx: &BodyContext<'_>, page: PageId, goldmark: &Goldmark) -> References {
    match cx.graph.page(page).source.map(|source| &cx.parsed[source]) {
        Some(parsed) if parsed.format == Format::Markdown => {
            References::of(cx.text(parsed.file), &parsed.body, markdown::options(goldmark))
        }
        _ => References::default(),
    }
}

/// The switches of Markdown for a page. A page that declares formulas as for a theme's script has them between the
/// delimiters that such scripts look for.
fn goldmark<'a>(cx: &BodyContext<'a>, page: PageId) -> Cow<'a, Goldmark> {
    const KEYS: [&str; 4] = ["math", "katex", "mathjax", "katex.enable"];
    let goldmark = &cx.config.markup.goldmark;
    let page = cx.graph.page(page);
    let site = &cx.config.languages[page.lang].params;
    let says = |key: &&str| {
        let value = page.params.get_path(key).or_else(|| site.get_path(key));
        value.is_some_and(|value| value.as_bool() == Some(true))
    };
    if goldmark.passthrough.is_some() || !KEYS.iter().any(says) {
        return Cow::Borrowed(goldmark);
    }
    let pairs = |list: &[(&str, &str)]| {
        let pair = |(open, close): &(&str, &str)| ((*open).to_owned(), (*close).to_owned());
        list.iter().map(pair).collect()
    };
    Cow::Owned(Goldmark {
        passthrough: Some(Passthrough {
            block: pairs(&[("$$", "$$"), ("\\[", "\\]"), ("\\\\[", "\\\\]")]),
            inline: pairs(&[("\\(", "\\)"), ("\\\\(", "\\\\)")]),
            after_markdown: true,
        }),
        ..goldmark.clone()
    })
}

impl Call {
    /// The call without its inner text.
    fn clone_head(&self) -> Call {
        Call {
            name: self.name.clone(),
            args: self.args.clone(),
            inner: None,
            indent: None,
            name_span: self.name_span,
            open_span: self.open_span,
            span: self.span,
            delimiter: self.delimiter,
        }
    }
}
