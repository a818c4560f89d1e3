//! A page that cannot be converted, and one in a notation that is not read, is shown as it is written.

use super::Body;
use super::dom::{By, Element, Node, write_nodes};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::guard::guarded;
use crate::parse::ParsedPage;

/// What `convert` makes of `page`; where that fails, its source text and a finding. `text` is its file's.
pub(super) fn or_source(
    page: &ParsedPage,
    text: &str,
    convert: impl FnOnce() -> (Body, Diagnostics),
) -> (Body, Diagnostics) {
    guarded(convert).unwrap_or_else(|panic| {
        // Of line breaks that belong to the delimiter nobody misses anything.
        let source = text
            .get(page.front_span.range().end..)
            .unwrap_or_default()
            .trim_start_matches(['\r', '\n']);
        (body(source), vec![finding(page, &panic)])
    })
}

/// A text as it is written.
pub(super) fn block(text: &str) -> Node {
    let code = Element::new("code", By::Wsgen).with(vec![Node::text(text)]);
    Element::new("pre", By::Wsgen).with(vec![code.into()]).into()
}

fn body(text: &str) -> Body {
    let mut html = String::new();
    write_nodes(&[block(text)], &mut html);
    Body {
        html,
        plain: text.to_owned(),
        ..Body::default()
    }
}

fn finding(page: &ParsedPage, panic: &str) -> Diagnostic {
    let span = Span::new(
        page.file,
        page.front_span.range().end,
        page.front_span.range().end,
    );
    let message = format!("this page cannot be converted: {panic}");
    Diagnostic::error(Code::PageFailed, span, message)
        .help("this is a mistake of wsgen's; please report it with the page. Its source is shown until then")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Format, ParseContext, Source, parse};
    use crate::source::FileId;

    #[test]
    fn a_page_that_fails_is_its_source_and_a_finding() {
        let text = "---\ntitle: T\n---\n# <b> & text\n";
        let source = Source {
            file: FileId(0),
            name: "p",
            format: Format::Markdown,
        };
        let page = parse(source, text, &ParseContext::in_zone("UTC")).0;
        let (body, found) = or_source(&page, text, || panic!("too much"));
        assert_eq!(
            body.html.trim(),
            "<pre><code># &lt;b&gt; &amp; text\n</code></pre>"
        );
        assert_eq!(found[0].code, Code::PageFailed);
        assert!(found[0].message.contains("too much"), "{}", found[0].message);
        let whole = or_source(&page, text, || (Body::default(), Vec::new()));
        assert!(whole.0.html.is_empty() && whole.1.is_empty());
    }
}
