//! Calls of shortcodes in texts that a template has rendered: `.RenderString "{{< x >}}"`.

use std::borrow::Cow;
use std::sync::Arc;

use hugo_template::{Host, Limits, Position, RefForm, RefQuery, Shortcode};

use super::GoTemplate;
use super::host::GoHost;
use crate::budget::{self, Cost};
use crate::markup::dom::{Node, text_of};
use crate::markup::{marks, tree_builder};
use crate::parse::shortcode::Places;
use crate::parse::{self, Call, Delimiter, Segment};
use crate::shortcodes::expand::without_paragraph;
use crate::shortcodes::withheld;
use crate::shortcodes::{
    Outcome, Shortcodes, arguments, columns, failed, tabs, template_message, unclosed, unknown,
};

/// Maximum depth of such texts, and maximum number of calls in them for one call of the page.
const MAX_DEPTH: usize = 3;
const MAX_CALLS: usize = 100;

impl GoHost<'_> {
    /// The text with marks in the place of calls.
    pub(super) fn with_calls<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let begins_with = |fence: &str| text.trim_start().starts_with(fence);
        let has_calls = text.contains("{{<") || text.contains("{{%");
        if !has_calls || begins_with("---") || begins_with("+++") || self.depth.get() >= MAX_DEPTH {
            return Cow::Borrowed(text);
        }
        let (segments, _) = parse::included(self.span.file, text);
        self.depth.set(self.depth.get() + 1);
        let mut out = String::new();
        self.segments(text, &segments, &mut out);
        self.depth.set(self.depth.get() - 1);
        Cow::Owned(out)
    }

    fn segments(&self, text: &str, segments: &[Segment], out: &mut String) {
        for segment in segments {
            let (span, written) = match segment {
                Segment::Text(span) => (span, None),
                Segment::Escaped { span, text } => (span, Some(text.clone())),
                Segment::Call(call) => (&call.span, self.call(text, call)),
            };
            let as_it_is = || text.get(span.range()).unwrap_or_default().to_owned();
            out.push_str(&written.unwrap_or_else(as_it_is));
        }
    }

    /// The output of a call. `None` where there are too many calls.
    fn call(&self, text: &str, call: &Call) -> Option<String> {
        let name = call.name.to_lowercase();
        if self.calls.get() >= MAX_CALLS {
            return None;
        }
        self.calls.set(self.calls.get() + 1);
        let (go, lang) = (&self.cx.go, self.lang_key());
        if let Some(own) = go.shortcode(&name, lang) {
            return self.own(text, call, own);
        }
        let address = match &*name {
            "ref" => self.reference_of(call, RefForm::Absolute),
            "relref" => self.reference_of(call, RefForm::Relative),
            _ => None,
        };
        let of_theme = || self.own(text, call, go.of_theme(&name, lang)?);
        let output = address.or_else(|| self.built_in(text, call)).or_else(of_theme);
        Some(output.unwrap_or_else(|| self.unknown(text, call)))
    }

    /// The output of a call that nothing can run: a finding, and its inner text. In code it is text.
    fn unknown(&self, text: &str, call: &Call) -> String {
        let found = unknown::finding(self.cx, &call.name, self.span);
        self.diagnostics.borrow_mut().push(found);
        if Places::of(text, 0..text.len())
            .code_at(call.span.range().start)
            .is_some()
        {
            return text.get(call.span.range()).unwrap_or_default().to_owned();
        }
        let mut inner = String::new();
        let segments = call.inner.as_ref().map(|inner| inner.segments.as_slice());
        self.segments(text, segments.unwrap_or_default(), &mut inner);
        inner
    }

    /// The output of a call of one of wsgen's own shortcodes.
    fn built_in(&self, text: &str, call: &Call) -> Option<String> {
        let mut shortcodes = self.shortcodes_of(self.page).ok()?;
        let variables = self.variables.borrow().len();
        let is_exercise = call.inner.is_some() && call.name.eq_ignore_ascii_case("exercise");
        let number = is_exercise.then(|| shortcodes.begin_exercise(call));
        let inner = call.inner.as_ref().map(|inner| {
            let mut out = String::new();
            self.segments(text, &inner.segments, &mut out);
            out
        });
        let argument = |names: &[&str], at| call.args.text(names, Some(at)).unwrap_or_default();
        match (&*call.name.to_lowercase(), &inner) {
            ("highlight", Some(code)) => {
                let (lang, options) = (argument(&["type", "lang"], 0), argument(&["options"], 1));
                return Some(self.code(code, &lang, &options));
            }
            ("mermaid" | "output", Some(code)) => {
                return Some(self.code(code, &call.name.to_lowercase(), ""));
            }
            _ => {}
        }
        if withheld::reason_of(call, self.cx.config).is_some() {
            self.variables.borrow_mut().truncate(variables);
        }
        let outcome = match (&*call.name.to_lowercase(), &inner) {
            (_, Some(inner)) if let Some(number) = &number => {
                shortcodes.end_exercise();
                Some(shortcodes.exercise_apart(call, number, self.nodes_of(inner), inner.clone(), self.span))
            }
            ("tabs" | "tabpane" | "tab", Some(_)) => Some(self.tabs(text, call, &mut shortcodes)),
            ("columns", Some(inner)) => {
                let lines: Vec<&str> = inner.split('\n').collect();
                let columns = lines.split(|line| line.trim() == columns::DIVIDER);
                let columns = columns.map(|lines| self.nodes_of(&lines.join("\n")));
                Some(shortcodes.columns_apart(call, columns.collect(), self.span))
            }
            _ => {
                let content = inner.as_ref().map(|inner| (self.nodes_of(inner), inner.clone()));
                shortcodes.apart(call, content, self.span)
            }
        };
        self.keep(shortcodes);
        Some(match outcome? {
            Outcome::Nothing => String::new(),
            Outcome::Inner => inner.unwrap_or_default(),
            Outcome::Text(text) if call.delimiter == Delimiter::Percent && !text.contains('<') => text,
            Outcome::Text(text) => {
                let nodes = vec![Node::text(text.clone())];
                self.marked(nodes, text).ok()?.to_string()
            }
            Outcome::Source { text, table } => marks::exchange_text(&text, &table),
            Outcome::Nodes(mut nodes) => {
                marks::exchange(&mut nodes, &self.table.borrow());
                let is_alone = is_alone(text, call);
                if !is_alone {
                    nodes = without_paragraph(nodes);
                }
                let alone = is_alone && nodes.iter().any(Node::is_block);
                let text = text_of(&nodes);
                let mark = self.marked(nodes, text).ok()?;
                if alone {
                    marks::block(mark)
                } else {
                    mark.to_string()
                }
            }
        })
    }

    /// A group of tabs, or a lone one. What is in no tab stands beside them.
    fn tabs(&self, text: &str, call: &Call, shortcodes: &mut Shortcodes<'_>) -> Outcome {
        let is_tab = |call: &Call| call.name.eq_ignore_ascii_case("tab");
        let inner_of = |call: &Call| {
            let mut out = String::new();
            let segments = call.inner.as_ref().map(|inner| inner.segments.as_slice());
            self.segments(text, segments.unwrap_or_default(), &mut out);
            self.nodes_of(&out)
        };
        let (mut tabs, mut before, mut after) = (Vec::new(), String::new(), String::new());
        let segments = call.inner.as_ref().map(|inner| inner.segments.as_slice());
        for segment in segments.unwrap_or_default().iter().filter(|_| !is_tab(call)) {
            match segment {
                Segment::Call(tab) if is_tab(tab) => {
                    tabs.push((tabs::title_of(tab, tabs.len()), inner_of(tab)));
                }
                other => {
                    let beside = if tabs.is_empty() { &mut before } else { &mut after };
                    self.segments(text, std::slice::from_ref(other), beside);
                }
            }
        }
        if is_tab(call) {
            tabs.push((tabs::title_of(call, 0), inner_of(call)));
        }
        let (before, after) = (self.nodes_of(&before), self.nodes_of(&after));
        if tabs.is_empty() {
            return Outcome::Nodes(before);
        }
        if !before.iter().chain(&after).all(Node::is_blank) {
            shortcodes
                .diagnostics
                .push(tabs::misplaced(&call.name, self.span));
        }
        match shortcodes.tabs_apart(call, tabs, self.span) {
            Outcome::Nodes(group) => Outcome::Nodes([before, group, after].concat()),
            other => other,
        }
    }

    /// The output of a call of a Go template.
    fn own(&self, text: &str, call: &Call, go: &GoTemplate) -> Option<String> {
        let found = unclosed(call, go, text, self.span);
        self.diagnostics.borrow_mut().extend(found);
        let position = Position {
            file: String::new(),
            line: 1,
            column: 1,
            offset: 0,
        };
        let dot = Arc::new(Shortcode::new(
            call.name.as_str(),
            self.page.0,
            arguments(&call.args),
            0,
            position,
        ));
        let mut inner = String::new();
        let segments = call.inner.as_ref().map(|inner| inner.segments.as_slice());
        self.segments(text, segments.unwrap_or_default(), &mut inner);
        let shown = self.with_results(&inner);
        dot.set_inner(&*shown, &*shown);
        let output = match go.template.execute(&dot.dot(), self, Limits::default()) {
            Ok(output) => output,
            // The call around it tells.
            Err(_) if budget::over().is_some() => return Some(inner),
            Err(error) => {
                let found = failed(self.cx, call, go, &error);
                self.diagnostics.borrow_mut().push(found);
                return Some(inner);
            }
        };
        let html = self.with_marks(&output.html).into_owned();
        // The next step finds out.
        let _ = budget::spend(Cost::bytes(html.len()));
        let found = output
            .messages
            .into_iter()
            .map(|message| template_message(message, self.span));
        self.diagnostics.borrow_mut().extend(found);
        if call.delimiter == Delimiter::Percent {
            return Some(html);
        }
        let mut nodes = tree_builder::fragment(&html, Some(self.span));
        marks::exchange(&mut nodes, &self.table.borrow());
        let text = text_of(&nodes);
        let mark = self.marked(nodes, text);
        Some(mark.map_or(html, |mark| mark.to_string()))
    }

    fn lang_key(&self) -> &str {
        &self.cx.config.languages[self.cx.graph.page(self.page).lang].key
    }

    /// The URL of `ref` and `relref`. `None` where they lead nowhere.
    fn reference_of(&self, call: &Call, form: RefForm) -> Option<String> {
        let path = call.args.text(&["path"], Some(0))?;
        let lang = call.args.text(&["lang"], None);
        let query = RefQuery {
            path: &path,
            lang: lang.as_deref(),
            form,
        };
        self.reference(self.page.0, &query).ok()
    }
}

/// Returns true if the call is alone on its lines.
fn is_alone(text: &str, call: &Call) -> bool {
    let before = text.get(..call.span.start as usize).unwrap_or_default();
    let after = text.get(call.span.end as usize..).unwrap_or_default();
    let is_blank = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
    is_blank(before.rsplit('\n').next()) && is_blank(after.split('\n').next())
}
