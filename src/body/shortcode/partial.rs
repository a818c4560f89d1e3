//! What own shortcodes of a site have its theme print: `partial "shortcodes/notice.html" (dict "style" "tip" …)`, as the
//! theme relearn offers it. The theme is not there, its shortcodes are.

use super::{Outcome, Shortcodes, builtin};
use crate::body::dom::Node;
use crate::diag::Span;
use crate::parse::{Arg, ArgValue, Args, Call, Delimiter};

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
