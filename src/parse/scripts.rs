//! Scripts in attributes, targets and pieces of HTML that authors write: one rule for all notations.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Attributes that hold a target, of any element.
pub(crate) const TARGETS: [&str; 8] = [
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "data",
    "poster",
    "data-embed",
];

/// Returns true if an attribute may be written in an attribute list: `{.class key=value}` behind headings, blocks and
/// tables, in the first line of a fence, and in calls. Only HTML itself, in the text of a page, may hold event handlers.
pub(crate) fn is_writable(name: &str) -> bool {
    !is_handler(name)
}

fn is_handler(name: &str) -> bool {
    name.get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("on"))
}

/// Returns true for a target that is a script: `javascript:` and `vbscript:`, read as browsers read them, without line
/// ends, tabs, and control characters before.
pub(crate) fn is_script_target(url: &str) -> bool {
    let start = url.trim_start_matches(|c: char| c <= ' ');
    ["javascript:", "vbscript:"].iter().any(|scheme| {
        let mut written = start.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
        scheme
            .chars()
            .all(|wanted| written.next().is_some_and(|c| c.eq_ignore_ascii_case(&wanted)))
    })
}

/// A piece of HTML without scripts, handlers and targets that are scripts; `None` if it has none of them.
pub(crate) fn without_scripts(html: &str) -> Option<String> {
    if !html.contains('<') {
        return None;
    }
    let tokenizer = Tokenizer::new(Inert::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    // A script ends a feed; what follows it is fed again.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let written = tokenizer.sink.0.into_inner();
    written.has_script.then_some(written.html)
}

#[derive(Default)]
struct Inert(RefCell<Written>);

#[derive(Default)]
struct Written {
    html: String,
    in_script: bool,
    has_script: bool,
}

impl Written {
    fn open(&mut self, tag: &Tag) {
        self.html.push('<');
        self.html.push_str(&tag.name);
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            let is_target = TARGETS.contains(&name);
            if is_handler(name) || name == "srcdoc" || is_target && is_script_target(&attribute.value) {
                self.has_script = true;
                continue;
            }
            let value = attribute.value.replace('&', "&amp;").replace('"', "&quot;");
            self.html.push_str(&format!(" {name}=\"{value}\""));
        }
        self.html.push_str(if tag.self_closing { "/>" } else { ">" });
    }

    fn text(&mut self, text: &str) {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        self.html.push_str(&text);
    }
}

impl TokenSink for Inert {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut written = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if &*tag.name == "script" => {
                written.has_script = true;
                written.in_script = tag.kind == TagKind::StartTag;
                if written.in_script {
                    return TokenSinkResult::RawData(RawKind::ScriptData);
                }
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                written.html.push_str(&format!("</{}>", tag.name));
            }
            Token::TagToken(tag) => written.open(&tag),
            Token::CharacterTokens(text) if !written.in_script => written.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_are_not_writable() {
        for name in ["onclick", "ONLOAD", "onfocus"] {
            assert!(!is_writable(name), "{name}");
        }
        for name in ["id", "class", "data-onclick", "o", "style", "日本"] {
            assert!(is_writable(name), "{name}");
        }
    }

    #[test]
    fn targets_are_scripts_as_browsers_read_them() {
        for url in [
            "javascript:x",
            " JavaScript:x",
            "java\nscript:x",
            "\u{1}javascript:",
            "vb\tscript:x",
        ] {
            assert!(is_script_target(url), "{url:?}");
        }
        for url in [
            "/javascript:x",
            "javascript",
            "https://a.example/javascript:",
            "#javascript:x",
            "",
        ] {
            assert!(!is_script_target(url), "{url:?}");
        }
    }

    #[test]
    fn pieces_of_html_lose_their_scripts_and_nothing_else() {
        let inert = |html: &str| without_scripts(html).unwrap_or_else(|| html.to_owned());
        assert_eq!(inert("<b>1. </b> &lt;"), "<b>1. </b> &lt;");
        assert_eq!(
            inert("a<script>if (1 < 2) alert(1)</script><b>c</b>"),
            "a<b>c</b>"
        );
        assert_eq!(
            inert("<img src=x onerror='y' alt=\"a&quot;b\">"),
            "<img src=\"x\" alt=\"a&quot;b\">"
        );
        assert_eq!(inert("<a href='javascript:x'>1 &lt; 2</a>"), "<a>1 &lt; 2</a>");
        assert_eq!(inert("<script src=/x.js>"), "");
        assert_eq!(
            inert("<iframe srcdoc='<script>x</script>'></iframe>"),
            "<iframe></iframe>"
        );
    }
}
