//! Links in the front matter of pages that are scripts, and are left out.

use super::input::Input;
use super::nav::LINKS;
use super::node::Node;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::parse::scripts::is_script_target;

/// Finds pages whose link in the navigation is a script.
pub(super) fn check(nodes: &[Node], input: Input, diagnostics: &mut Diagnostics) {
    for node in nodes {
        let (Some(file), Some(source)) = (node.file, node.source) else {
            continue;
        };
        let values = &input.parsed[source].values;
        let entries = values.iter();
        let tables = entries.clone().filter(|entry| entry.key == "params");
        let inner = tables.filter_map(|entry| entry.value.as_map());
        for entry in entries.chain(inner.flat_map(spanned_data::Map::iter)) {
            let is_link = LINKS.contains(&entry.key.as_str());
            if is_link
                && entry
                    .value
                    .as_str()
                    .is_some_and(|link| is_script_target(link.trim()))
            {
                let span = Span::new(file, entry.value.span.start, entry.value.span.end);
                diagnostics.push(finding(Some(span)));
            }
        }
    }
}

/// The finding for a link of a menu or the navigation that is a script.
pub(super) fn finding(span: Option<Span>) -> Diagnostic {
    let message = "the target of this link is a script, and the link is left out";
    Diagnostic::warning(Code::ScriptTarget, span, message).help("lead to a page or an address")
}
