//! The way of one page through the stage: calls are evaluated, Markdown becomes nodes, passes change them one after the
//! other, and the finished nodes are written and looked through once.

use std::sync::Arc;

use super::body_facts::BodyFacts;
use super::content_kinds::ContentKinds;
use super::facts::{PageFacts, Uses};
use super::link_out::LinkOut;
use super::page_body::Body;
use super::pass::hooks::{CodeHooks, ElementHooks, Replace};
use super::passages::{self, Passage};
use super::{pass, raw_calls, summary};
use crate::diag::{Diagnostics, Span};
use crate::graph::PageId;
use crate::lang::LangId;
use crate::markdown;
use crate::markup::dom::{self, Node};
use crate::markup::length::{self, Length};
use crate::markup::outline::{self, Heading};
use crate::markup::values::{self, Variable};
use crate::parse::{Format, ParsedPage};
use crate::shortcodes::hooks::Hooks;
use crate::shortcodes::{BodyContext, PageText, Shortcodes, withheld};

/// Usual ratio of the lengths of HTML and Markdown.
const MARKUP: usize = 3;

/// A page on its way to a body.
pub(super) struct Draft<'c, 'a> {
    cx: &'c BodyContext<'a>,
    page: PageId,
    lang: LangId,
    /// Size of the page's file in bytes.
    size: usize,
    nodes: Vec<Node>,
    /// Nodes that the build leaves out.
    withheld: Vec<Node>,
    /// Index of the first node behind the summary's divider.
    divider: Option<usize>,
    plain: String,
    outline: Vec<Heading>,
    passages: Arc<[Passage]>,
    links: Vec<LinkOut>,
    variables: Vec<Variable>,
    /// The render hooks of the site.
    hooks: Option<Hooks<'c>>,
    /// The place of the text in its file.
    span: Span,
    has_form: bool,
    /// True if the text begins with a title.
    own_title: bool,
    uses: Uses,
    diagnostics: Diagnostics,
}

impl<'c, 'a> Draft<'c, 'a> {
    /// The nodes of a page, as its text and its calls give them.
    pub(super) fn new(page: PageId, parsed: &ParsedPage, cx: &'c BodyContext<'a>) -> Self {
        let mut shortcodes = Shortcodes::new(cx, page);
        shortcodes.percent_first(parsed.file, &parsed.body);
        let mut nodes = shortcodes.body(parsed);
        let mut variables = shortcodes.variables;
        values::dedup(&mut variables);
        Self {
            cx,
            page,
            lang: cx.graph.page(page).lang,
            size: cx.text(parsed.file).len(),
            divider: summary::take_divider(&mut nodes),
            nodes,
            withheld: Vec::new(),
            plain: String::new(),
            outline: Vec::new(),
            passages: Arc::default(),
            links: Vec::new(),
            variables,
            hooks: Hooks::new(cx, page),
            span: Span::new(parsed.file, text_start(parsed), text_start(parsed)),
            has_form: false,
            own_title: false,
            uses: Uses::default(),
            diagnostics: shortcodes.diagnostics,
        }
    }

    /// The finished body, with its findings.
    pub(super) fn finish(mut self) -> (Body, Diagnostics) {
        self.convert();
        self.write()
    }

    /// The finished text for templates of other pages.
    pub(super) fn text(mut self) -> PageText {
        self.convert();
        let length = self.cx.config.summary_length;
        let summary = summary::html(&self.nodes, self.divider, length, self.is_cjk());
        let body = self.write().0;
        PageText {
            html: body.html,
            outline: body.outline,
            plain: body.plain,
            summary,
            words: body.facts.words,
        }
    }

    /// Sends the passes over the nodes, one after the other.
    fn convert(&mut self) {
        self.blocks();
        let kinds = ContentKinds::of(&self.nodes);
        if kinds.notes {
            markdown::gather_notes(&mut self.nodes);
        }
        self.plain = plain_text(&self.nodes, self.size);
        self.headings(kinds);
        if self.cx.config.wsgen.search {
            self.passages = passages::of(&self.nodes).into();
        }
        if kinds.outlines {
            outline::apply(&mut self.nodes, &self.outline, self.cx.config.markup.toc);
        }
        self.own_title = begins_with_title(&self.nodes);
        self.run_hooks();
        self.addresses();
        pass::moved_ids::apply(&mut self.nodes, self.page, self.cx);
        #[cfg(feature = "diagrams")]
        pass::drawings::apply(&mut self.nodes, self.cx, self.page, &mut self.uses);
        if kinds.tables {
            pass::tables::apply(&mut self.nodes);
        }
    }

    /// Adds blocks and inline markup that Markdown has no syntax for.
    fn blocks(&mut self) {
        let Self { cx, nodes, .. } = self;
        if cx.config.enable_emoji {
            pass::emoji::apply(nodes);
        }
        pass::callouts::apply(nodes, cx, self.lang, &mut self.diagnostics);
        if let Some(hooks) = &mut self.hooks {
            CodeHooks::new(hooks, self.span).page(nodes, &mut self.divider);
        }
        pass::code_blocks::apply(nodes, cx, &mut self.uses, &mut self.diagnostics);
    }

    /// Gives headings their ids, and runs the passes that need the page's headings.
    fn headings(&mut self, kinds: ContentKinds) {
        let Self { cx, nodes, lang, .. } = self;
        if kinds.withheld {
            withheld::mark_headings(nodes);
        }
        self.has_form = kinds.forms && pass::value_forms::apply(nodes, &self.variables, cx.texts_of(*lang));
        if kinds.headings {
            pass::heading_ids::set_levels(nodes);
        }
        self.outline = pass::heading_ids::apply(nodes, cx, kinds.yielding);
        if cx.config.markup.goldmark.footnote_id_prefix {
            markdown::prefix_ids(nodes, &cx.graph.page(self.page).path);
        }
        if kinds.withheld {
            self.withheld = withheld::take(nodes);
        }
    }

    /// Has the site's hooks print links, pictures, headings and tables. They come after everything that looks at the text,
    /// so that ids, contents and search are those of what the author has written.
    fn run_hooks(&mut self) {
        let Some(mut hooks) = self.hooks.take() else {
            return;
        };
        let bare_images = !self.cx.config.markup.goldmark.wrap_standalone_image;
        if let Some(mut elements) = ElementHooks::new(&mut hooks, self.span, bare_images) {
            elements.page(&mut self.nodes, &mut self.divider);
            // Code that a hook has had highlighted.
            pass::code_blocks::apply(&mut self.nodes, self.cx, &mut self.uses, &mut self.diagnostics);
        }
        self.diagnostics.append(&mut hooks.diagnostics);
        self.variables.append(&mut hooks.variables);
        values::dedup(&mut self.variables);
    }

    /// Resolves links and pictures, and what only readers see.
    fn addresses(&mut self) {
        let mut links = pass::link_urls::Links::new(self.cx, self.page, &mut self.diagnostics);
        let mut pictures = pass::images::Pictures::new(self.cx);
        dom::for_each_element(&mut self.nodes, &mut |element| {
            // Most elements are plain ones, which lead nowhere.
            if !element.attrs.is_empty() || element.name == "img" {
                pass::boxes::apply(element);
                pass::bare_looks::apply(element);
                pass::effects::apply(element);
                links.element(element);
                pictures.element(element);
            }
            pass::phrases::apply(element);
        });
        dom::for_each_element(&mut self.withheld, &mut |element| links.element(element));
        self.links = links.found;
    }

    fn write(mut self) -> (Body, Diagnostics) {
        let (html, places) = dom::write_body(&self.nodes, self.size * MARKUP);
        self.tell_raw_calls(&html);
        let mut found = BodyFacts {
            uses: Uses {
                variables: !self.variables.is_empty(),
                ..self.uses
            },
            ..BodyFacts::default()
        };
        found.nodes(&self.nodes);
        let cjk = self.is_cjk();
        let length = Length::of(&self.plain);
        let body = Body {
            reading_time: length.minutes,
            classes: found.classes,
            policy: found.policy,
            html,
            places,
            variables_form: self.form(),
            facts: PageFacts {
                words: if cjk {
                    length::words(&self.plain, true)
                } else {
                    length.words
                },
                own_title: self.own_title,
                diagrams: found.diagrams,
                ids: found.ids,
                withheld: withheld::ids(&mut self.withheld),
                passages: self.passages,
                links: self.links,
                variables: self.variables,
                uses: found.uses,
            },
            outline: self.outline,
            plain: self.plain,
        };
        (body, self.diagnostics)
    }

    /// Tells of calls that nothing has run.
    fn tell_raw_calls(&mut self, html: &str) {
        let Some(source) = self.cx.graph.page(self.page).source else {
            return;
        };
        let page = &self.cx.parsed[source];
        raw_calls::in_front_matter(page, self.cx.text(page.file), &mut self.diagnostics);
        if page.format != Format::Plain && raw_calls::may_be_in(html) {
            let found = raw_calls::in_nodes(&self.nodes, page, self.cx, &self.diagnostics);
            self.diagnostics.extend(found);
        }
    }

    /// Returns true if words are counted as in Chinese, Japanese and Korean.
    fn is_cjk(&self) -> bool {
        let own = self.cx.graph.page(self.page).front.is_cjk_language;
        own.unwrap_or(self.cx.config.has_cjk_language)
    }

    /// The form for the variables, where the page has no place for it.
    fn form(&self) -> String {
        let mut html = String::new();
        if !self.has_form && !self.variables.is_empty() {
            let form = values::form(&self.variables, self.cx.texts_of(self.lang));
            dom::write_nodes(&[form.into()], &mut html);
        }
        html
    }
}

/// The text of a page with its blocks apart, of about `length` bytes.
fn plain_text(nodes: &[Node], length: usize) -> String {
    let mut out = String::with_capacity(length);
    for node in nodes {
        let end = out.len();
        if end > 0 {
            out.push('\n');
        }
        let start = out.len();
        dom::push_text_apart(std::slice::from_ref(node), &mut out);
        let blank = out.len() - start - out[start..].trim_start().len();
        out.drain(start..start + blank);
        let len = out[start..].trim_end().len();
        out.truncate(if len > 0 { start + len } else { end });
    }
    out
}

fn text_start(parsed: &ParsedPage) -> usize {
    parsed.front_span.range().end
}

fn begins_with_title(nodes: &[Node]) -> bool {
    let first = nodes.iter().find(|node| !node.is_blank());
    matches!(first, Some(Node::Element(element)) if element.name == "h1")
}
