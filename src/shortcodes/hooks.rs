//! Runs a site's render hooks on a page.

use std::borrow::Cow;
use std::rc::Rc;

use hugo_template::{Cause, ExecError, Limits, Map, Value};

use super::go::{GoTemplate, HookPage};
use super::go_call::{position, template_message};
use super::stores::Stores;
use super::{BodyContext, goldmark};
use crate::budget::{self, Cost};
use crate::config::Goldmark;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::graph::PageId;
use crate::markup::dom::{By, Node, for_each_element};
use crate::markup::marks::{self, Exchange};
use crate::markup::tree_builder;
use crate::markup::values::Variable;
use crate::shortcodes::go::host::GoHost;

/// The render hooks of a page.
pub(crate) struct Hooks<'a> {
    cx: &'a BodyContext<'a>,
    page: PageId,
    goldmark: Cow<'a, Goldmark>,
    stores: Rc<Stores>,
    pub(crate) diagnostics: Diagnostics,
    /// Readers' values in what the hooks have printed.
    pub(crate) variables: Vec<Variable>,
}

impl<'a> Hooks<'a> {
    /// `None` on a site without hooks.
    pub(crate) fn new(cx: &'a BodyContext<'a>, page: PageId) -> Option<Self> {
        cx.go.has_hooks().then(|| Self {
            cx,
            page,
            goldmark: goldmark(cx, page),
            stores: Rc::default(),
            diagnostics: Diagnostics::new(),
            variables: Vec::new(),
        })
    }

    /// The hook of a name, such as `link` and `codeblock-chart`, for this page.
    pub(crate) fn find(&self, name: &str) -> Option<&'a GoTemplate> {
        let page = self.cx.graph.page(self.page);
        let place = HookPage {
            path: &page.path,
            page_type: page.front.page_type.as_deref(),
            lang: &self.cx.config.languages[page.lang].key,
        };
        self.cx.go.hook(name, &place)
    }

    /// Runs a hook for what stands at `span`. `facts` are the fields of its dot, `table` has the entries of the marks in
    /// them. `None` where the hook fails, which is a finding.
    pub(crate) fn run(
        &mut self,
        hook: &GoTemplate,
        facts: Vec<(&str, Value)>,
        table: Vec<Exchange>,
        span: Span,
    ) -> Option<Vec<Node>> {
        if budget::over().is_some() {
            self.diagnostics.extend(budget::finding(span, &[]));
            return None;
        }
        let host = GoHost::new(self.cx, self.page, &self.goldmark, span, table);
        let host = host.sharing(Rc::clone(&self.stores));
        let dot = self.dot(facts, span);
        let seen = |text: &str| marks::has_mark(text).then(|| host.with_results(text).into_owned());
        let dot = dot.map_texts(&mut |text| seen(text));
        let mut result = hook.template.execute(&dot, &host, Limits::default());
        if let Ok(output) = &mut result {
            output.html = host.with_marks(&output.html).into_owned();
        }
        let mut left = host.finish();
        let output = match result {
            Ok(output) => output,
            Err(_) if budget::over().is_some() => {
                self.diagnostics.extend(budget::finding(span, &[]));
                return None;
            }
            Err(error) => {
                self.diagnostics.push(failed(self.cx, hook, &error));
                return None;
            }
        };
        // The next hook finds out.
        let _ = budget::spend(Cost::bytes(output.html.len()));
        self.diagnostics.append(&mut left.diagnostics);
        self.variables.append(&mut left.variables);
        let messages = output.messages.into_iter();
        self.diagnostics
            .extend(messages.map(|message| template_message(message, span)));
        let mut nodes = tree_builder::fragment(&output.html, Some(span));
        // The links and pictures in it are the author's.
        for_each_element(&mut nodes, &mut |element| element.by = By::Html);
        let uses = marks::uses(&nodes, left.table.len());
        marks::exchange_last(&mut nodes, left.table, uses);
        Some(nodes)
    }

    fn dot(&self, facts: Vec<(&str, Value)>, span: Span) -> Value {
        let page = Value::page(self.page.0);
        let place = Value::Object(std::sync::Arc::new(position(self.cx, span)));
        let shared = [("Page", page.clone()), ("PageInner", page), ("Position", place)];
        let all = facts.into_iter().chain(shared);
        Value::Map(Map::new(all.map(|(name, value)| (name.into(), value)).collect()))
    }
}

/// The finding for a hook that cannot run. Its place is in the template, so that it is one for the whole site.
fn failed(cx: &BodyContext<'_>, hook: &GoTemplate, error: &ExecError) -> Diagnostic {
    let span = cx.go.span(&error.template, error.offset, hook.file);
    let path = cx.tree.path(hook.file).unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let message = match error.cause {
        Cause::Unsupported => format!(
            "the render hook `{name}` uses `{}`, which wsgen cannot run",
            error.message
        ),
        Cause::Failed | Cause::Limit => format!("the render hook `{name}` failed: {}", error.message),
    };
    Diagnostic::warning(Code::UnsupportedTemplate, span, message)
        .help("wherever it fails, wsgen prints what it prints without a hook")
}
