//! A page that cannot be converted, and one in a notation that is not read, is shown as it is written.

use super::Body;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::guard::guarded;
use crate::markup::dom::{verbatim, write_nodes};
use crate::parse::ParsedPage;
use crate::shortcodes::PageText;

/// The result of `convert` for `page`; if that fails, its source text and a finding. `text` is the text of its file.
pub(super) fn or_source(
    page: &ParsedPage,
    text: &str,
    convert: impl FnOnce() -> (Body, Diagnostics),
) -> (Body, Diagnostics) {
    guarded(convert).unwrap_or_else(|panic| (body(source_of(page, text)), vec![finding(page, &panic)]))
}

/// The text that `convert` makes of `page`; where that fails, its source. `text` is its file's.
pub(super) fn text_or_source(page: &ParsedPage, text: &str, convert: impl FnOnce() -> PageText) -> PageText {
    guarded(convert).unwrap_or_else(|_| {
        let Body { html, plain, .. } = body(source_of(page, text));
        PageText {
            html,
            plain,
            ..PageText::default()
        }
    })
}

/// The source of a page. Nobody misses the line breaks that belong to the delimiter.
fn source_of<'t>(page: &ParsedPage, text: &'t str) -> &'t str {
    text.get(page.front_span.range().end..)
        .unwrap_or_default()
        .trim_start_matches(['\r', '\n'])
}

fn body(text: &str) -> Body {
    let mut html = String::new();
    write_nodes(&[verbatim(text)], &mut html);
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
    use crate::diag::FileId;
    use crate::parse::{Format, ParseContext, Source, parse};

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
