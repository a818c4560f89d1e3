//! Calls of a site's own shortcodes that are Go templates.
//!
//! The template sees the inner text with the results of the calls in it. Its output is read as HTML for
//! `{{< >}}`, and put into the page's source for `{{% %}}`; a call inside another gives HTML, as in Hugo.

use std::rc::Rc;
use std::sync::Arc;

use hugo_template::{Arguments, Cause, ExecError, Limits, Message, Output, Position, Severity, Shortcode};
use memchr::memchr_iter;

use super::expansion::{Expansion, Prefix};
use super::{BodyContext, Outcome, Shortcodes};
use crate::budget::{self, Cost};
use crate::diag::{Code, Diagnostic, FileId, Span};
use crate::markdown;
use crate::markup::dom::{self, Node, write_nodes};
use crate::markup::marks::{self, Exchange};
use crate::markup::tree_builder;
use crate::parse::{Args, Call, Delimiter, Segment};
use crate::shortcodes::go::GoTemplate;
use crate::shortcodes::go::host::{GoHost, argument};

impl Shortcodes<'_> {
    /// Makes the calls in `{{% %}}` of the site's own templates at the top of a page. Hugo makes them before those in
    /// `{{< >}}`, and templates find values stored with the page in that order.
    pub(crate) fn percent_first(&mut self, file: FileId, segments: &[Segment]) {
        let (cx, lang) = (self.cx, self.language().key.clone());
        let is_own = |call: &Call| cx.go.shortcode(&call.name.to_lowercase(), &lang).is_some();
        let calls = segments.iter().filter_map(|segment| match segment {
            Segment::Call(call) => Some(&**call),
            _ => None,
        });
        let all: Vec<&Call> = calls.collect();
        let is_percent = |call: &Call| call.delimiter == Delimiter::Percent;
        if all.iter().all(|call| is_percent(call)) {
            return;
        }
        for (ordinal, call) in all.into_iter().enumerate() {
            if is_percent(call) && is_own(call) {
                self.siblings = vec![ordinal];
                let outcome = self.call(file, call);
                self.early.insert(call.open_span, outcome);
            }
        }
        self.siblings.clear();
    }

    /// Runs the template. `None` when it cannot run, so that the call falls back.
    pub(super) fn go(&mut self, file: FileId, call: &Call, go: &GoTemplate) -> Option<Outcome> {
        if budget::over().is_some() {
            return Some(without_template(call));
        }
        if let Some(finding) = unclosed(call, go, self.cx.text(file), call.open_span) {
            self.diagnostics.push(finding);
        }
        let nested = !self.parents.is_empty();
        self.scratches.insert(call.open_span, Arc::default());
        let (dot, inner) = self.go_call(file, call, go, nested);
        let host = GoHost::new(self.cx, self.page, &self.goldmark, call.open_span, inner.table);
        let host = host.showing(&self.showing).sharing(Rc::clone(&self.stores));
        let text = host.with_results(&inner.text);
        dot.set_inner(&*text, &*text);
        let mut result = go.template.execute(&dot.clone().dot(), &host, Limits::default());
        if let Ok(output) = &mut result {
            output.html = host.with_marks(&output.html).into_owned();
        }
        let mut left = host.finish();
        self.diagnostics.append(&mut left.diagnostics);
        self.variables.append(&mut left.variables);
        match result {
            Ok(output) => Some(self.go_output(call, output, left.table, nested)),
            Err(_) if budget::over().is_some() => {
                self.tell_limit(call, None);
                Some(without_template(call))
            }
            Err(error) => {
                self.go_failed(call, go, &error);
                None
            }
        }
    }

    /// The dot of a call, and its inner text with marks.
    fn go_call(
        &mut self,
        file: FileId,
        call: &Call,
        go: &GoTemplate,
        nested: bool,
    ) -> (Arc<Shortcode>, Expansion) {
        let calls = self.parents.iter().chain([call]).zip(&self.siblings);
        let dot = calls.fold(None, |outer: Option<Arc<Shortcode>>, (call, siblings)| {
            let dot = self.go_dot(call, siblings - 1);
            Some(Arc::new(match outer {
                Some(outer) => dot.inside(outer),
                None => dot,
            }))
        });
        // Every call is counted before it is evaluated.
        let dot = dot.unwrap_or_else(|| Arc::new(self.go_dot(call, 0)));
        let mut inner = self.go_inner(file, call);
        let rendered = (nested && call.delimiter == Delimiter::Percent) || go.template.wants_rendered_inner();
        if rendered {
            inner.text = self.rendered(&mut inner);
        }
        (dot, inner)
    }

    fn go_dot(&self, call: &Call, ordinal: usize) -> Shortcode {
        Shortcode::new(
            call.name.as_str(),
            self.page.0,
            arguments(&call.args),
            ordinal,
            position(self.cx, call.open_span),
        )
        .sharing(self.scratches.get(&call.open_span).cloned().unwrap_or_default())
    }

    fn go_inner(&mut self, file: FileId, call: &Call) -> Expansion {
        let Some(inner) = &call.inner else {
            return Expansion::default();
        };
        let prefix = Prefix::of_inner(self.cx.text(file), call, &inner.segments);
        self.nested(call, |this| this.expand(file, &inner.segments, &prefix))
    }

    /// An inner text as HTML, its marks left in; a single line has no paragraph around it. Headings, code and notes become
    /// marks, so that they take part in the page wherever the template puts them.
    fn rendered(&mut self, inner: &mut Expansion) -> String {
        let map = std::mem::take(&mut inner.map);
        let mut nodes = markdown::read_piece(
            &inner.text,
            map,
            Some(&mut inner.table),
            &self.goldmark,
            &self.references,
            &mut self.diagnostics,
        );
        marks::set_aside(&mut nodes, &mut inner.table, is_more_than_html);
        let mut html = String::new();
        match nodes.as_slice() {
            [Node::Element(only)] if only.name == "p" && !inner.text.trim().contains('\n') => {
                write_nodes(&only.children, &mut html);
            }
            nodes => write_nodes(nodes, &mut html),
        }
        html
    }

    fn go_output(&mut self, call: &Call, output: Output, table: Vec<Exchange>, nested: bool) -> Outcome {
        if self.over_limit(call, Cost::bytes(output.html.len()), None) {
            return without_template(call);
        }
        let found = output.messages.into_iter();
        self.diagnostics
            .extend(found.map(|message| template_message(message, call.open_span)));
        if call.delimiter == Delimiter::Percent && !nested {
            // The inner text has lost what its lines begin with in a list or a quote; the whole output gets it, so that
            // it stays in there. Without an inner text it is Hugo's affair: the indentation of a call alone on its line.
            let prefix = match call.inner {
                Some(_) => Prefix::of(self.cx.text(call.open_span.file), call).continued(),
                None => call.indent.clone().unwrap_or_default(),
            };
            return Outcome::Source {
                text: output.html.replace('\n', &format!("\n{prefix}")),
                table,
            };
        }
        let mut nodes = tree_builder::fragment(&output.html, Some(call.open_span));
        if self.over_limit(call, Cost::nodes(dom::count(&nodes)), None) {
            return without_template(call);
        }
        let uses = marks::uses(&nodes, table.len());
        marks::exchange_last(&mut nodes, table, uses);
        Outcome::Nodes(nodes)
    }

    fn go_failed(&mut self, call: &Call, go: &GoTemplate, error: &ExecError) {
        let found = failed(self.cx, call, go, error);
        self.diagnostics.push(found);
    }
}

/// The place of a span as templates see it.
pub(super) fn position(cx: &BodyContext<'_>, span: Span) -> Position {
    let before = cx.text(span.file).get(..span.start as usize).unwrap_or_default();
    Position {
        file: cx.tree.path(span.file).map(str::to_owned).unwrap_or_default(),
        line: memchr_iter(b'\n', before.as_bytes()).count() + 1,
        column: before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1,
        offset: before.len(),
    }
}

/// The finding for a call in `text` without a closing tag whose template asks for the text between two, as Hugo wants it.
pub(crate) fn unclosed(call: &Call, go: &GoTemplate, text: &str, span: Span) -> Option<Diagnostic> {
    let tag = text.get(call.open_span.range()).unwrap_or_default();
    let is_closed = call.inner.is_some() || tag.trim_end_matches(['}', '>', '%', ' ']).ends_with('/');
    if is_closed || !go.template.uses_inner() {
        return None;
    }
    let message = format!("`{}` has no closing tag", call.name);
    let help = format!(
        "add a tag with `/{}` where its text ends, or write `/` at the end of this one",
        call.name
    );
    Some(Diagnostic::warning(Code::UnclosedShortcode, span, message).help(help))
}

/// The finding for a template that cannot run. One for each reason: its place is in the template, so that equal ones of
/// many calls fall together.
pub(crate) fn failed(cx: &BodyContext<'_>, call: &Call, go: &GoTemplate, error: &ExecError) -> Diagnostic {
    let span: Span = cx.go.span(&error.template, error.offset, go.file);
    let message = match error.cause {
        Cause::Unsupported => format!(
            "the shortcode `{}` uses `{}`, which wsgen cannot run",
            call.name, error.message
        ),
        Cause::Failed | Cause::Limit => {
            format!("the shortcode `{}` failed: {}", call.name, error.message)
        }
    };
    let help = format!(
        "its text is shown without it; a Tera template `templates/shortcodes/{}.html` can take its place",
        call.name
    );
    Diagnostic::warning(Code::UnsupportedTemplate, span, message).help(help)
}

/// A call of a page that has reached its limits: the inner text, without what the template makes of it.
fn without_template(call: &Call) -> Outcome {
    match call.inner {
        Some(_) => Outcome::Inner,
        None => Outcome::Nothing,
    }
}

/// The finding for a message of `errorf` and its like, at the call at `span`.
pub(crate) fn template_message(message: Message, span: Span) -> Diagnostic {
    let finding = match message.severity {
        Severity::Error => Diagnostic::error,
        Severity::Warning => Diagnostic::warning,
    };
    finding(Code::ShortcodeFailed, span, message.text)
}

/// Returns true for a node that loses something when it is written as HTML and read again.
fn is_more_than_html(node: &Node) -> bool {
    match node {
        Node::Code(_) => true,
        Node::Element(element) => element.heading_level().is_some() || element.role.is_some(),
        Node::Text(_) | Node::Comment(_) | Node::Html(_) => false,
    }
}

pub(crate) fn arguments(args: &Args) -> Arguments {
    if !args.named.is_empty() {
        let named = args
            .named
            .iter()
            .map(|(name, arg)| (name.clone(), argument(&arg.value)));
        return Arguments::Named(named.collect());
    }
    if args.positional.is_empty() {
        return Arguments::None;
    }
    Arguments::Positional(args.positional.iter().map(|arg| argument(&arg.value)).collect())
}
