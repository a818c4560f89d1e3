//! Partials of a theme that own shortcodes of a site print: `partial "shortcodes/notice.html" (dict "style" "tip" …)`,
//! as the theme relearn offers it. The theme is not there, its shortcodes are.

use super::{Outcome, Shortcodes, builtin};
use crate::diag::Span;
use crate::markup::dom::Node;
use crate::parse::{Arg, ArgValue, Args, Call, Delimiter};
use crate::shortcodes::withheld;

impl Shortcodes<'_> {
    /// The template `name` with these arguments around `content`; `None` when there is no such template.
    pub(crate) fn box_of(
        &mut self,
        name: &str,
        arguments: Vec<(String, ArgValue)>,
        content: Vec<Node>,
        span: Span,
    ) -> Option<Vec<Node>> {
        if builtin::NAMES.contains(&name) || !self.cx.templates.shortcode(name) {
            return None;
        }
        let call = call(name, arguments, span);
        nodes(self.filled(&call, name, "", content, String::new(), &[]))
    }

    /// The result of a call that is in no file; `content` is the text between its tags, as nodes and as written.
    /// Findings have their place at `span`. `None` for an unknown name, and for a shortcode that needs more than the
    /// content.
    pub(crate) fn apart(
        &mut self,
        call: &Call,
        content: Option<(Vec<Node>, String)>,
        span: Span,
    ) -> Option<Outcome> {
        let call = placed(call, span);
        let outcome = self.outcome_apart(&call, content, span)?;
        Some(match withheld::reason_of(&call, self.cx.config) {
            Some(why) => {
                self.variables.clear();
                self.withheld(span.file, &call, outcome, why)
            }
            None => outcome,
        })
    }

    fn outcome_apart(
        &mut self,
        call: &Call,
        content: Option<(Vec<Node>, String)>,
        span: Span,
    ) -> Option<Outcome> {
        let name = call.name.to_lowercase();
        match content {
            Some((_, tex)) if matches!(&*name, "math" | "katex" | "mathjax" | "latex") => {
                Some(self.formula(call, &tex))
            }
            Some((_, html)) if matches!(&*name, "rawhtml" | "html") => Some(builtin::html_of(call, &html)),
            Some((nodes, raw)) if matches!(&*name, "hint" | "solution" | "instructor") => {
                let number = self.number_in_exercise(call, &name).unwrap_or_default();
                Some(self.filled(call, &name, &number, nodes, raw, &[]))
            }
            None if !self.is_own_template(&name)
                && let Some(outcome) = self.builtin(span.file, call, &name) =>
            {
                Some(outcome)
            }
            Some(_) if matches!(&*name, "onlywhen" | "onlywhennot" | "comment") => {
                self.builtin(span.file, call, &name)
            }
            _ if !self.cx.templates.shortcode(&name) => None,
            Some(_) if builtin::NAMES.contains(&&*name) && !self.is_own_template(&name) => None,
            content => {
                let (nodes, raw) = content.unwrap_or_default();
                Some(self.filled(call, &name, "", nodes, raw, &[]))
            }
        }
    }

    /// The result of a group of tabs with these titles and contents that is in no file.
    pub(crate) fn tabs_apart(&mut self, call: &Call, tabs: Vec<(String, Vec<Node>)>, span: Span) -> Outcome {
        self.tabs_with(&placed(call, span), tabs)
    }

    /// The result of columns that are in no file.
    pub(crate) fn columns_apart(&mut self, call: &Call, columns: Vec<Vec<Node>>, span: Span) -> Outcome {
        self.columns_with(&placed(call, span), columns)
    }

    /// Tabs with these titles and contents.
    pub(crate) fn tabs_of_partial(
        &mut self,
        arguments: Vec<(String, ArgValue)>,
        tabs: Vec<(String, Vec<Node>)>,
        span: Span,
    ) -> Option<Vec<Node>> {
        let call = call("tabs", arguments, span);
        nodes(self.tabs_with(&call, tabs))
    }
}

/// A call that is in no file, with the place for findings about it.
pub(super) fn placed(call: &Call, span: Span) -> Call {
    Call {
        name_span: span,
        open_span: span,
        span,
        ..call.clone_head()
    }
}

fn call(name: &str, arguments: Vec<(String, ArgValue)>, span: Span) -> Call {
    let named = arguments
        .into_iter()
        .map(|(name, value)| (name, Arg { value, span }));
    Call {
        name: name.to_owned(),
        name_span: span,
        open_span: span,
        span,
        delimiter: Delimiter::Angle,
        args: Args {
            positional: Vec::new(),
            named: named.collect(),
        },
        inner: None,
        indent: None,
    }
}

fn nodes(outcome: Outcome) -> Option<Vec<Node>> {
    match outcome {
        Outcome::Nodes(nodes) => Some(nodes),
        _ => None,
    }
}
