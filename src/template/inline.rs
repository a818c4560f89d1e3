//! The little Markdown of labels: `expand "**Click** for `code`"`.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// `text` as HTML with emphasis and code; everything else is text. Blocks lose their frame.
pub(super) fn render(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(tag) => out.push_str(opening(&tag)),
            Event::End(tag) => out.push_str(closing(tag)),
            Event::Code(code) => element(&mut out, "code", &code),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => escape(&mut out, &text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

fn opening(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Strong => "<strong>",
        Tag::Emphasis => "<em>",
        Tag::Strikethrough => "<del>",
        _ => "",
    }
}

fn closing(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Strong => "</strong>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strikethrough => "</del>",
        _ => "",
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    escape(out, text);
    out.push_str(&format!("</{name}>"));
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn emphasis_and_code_become_elements() {
        assert_eq!(
            render("**Click** for `a<b`"),
            "<strong>Click</strong> for <code>a&lt;b</code>"
        );
    }

    #[test]
    fn blocks_and_markup_are_text() {
        assert_eq!(render("1. one <b>&\"x\""), "one &lt;b&gt;&amp;&quot;x&quot;");
        assert_eq!(render("# Head"), "Head");
    }
}
