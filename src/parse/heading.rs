//! The first heading of a body, for pages whose front matter has no title.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::parse::{Format, Segment};
use crate::source::reserved;

/// Level and plain text of the first heading outside of shortcodes.
pub(super) fn first(text: &str, body: &[Segment], format: Format) -> Option<(u8, String)> {
    let own = own_text(text, body);
    let (level, text) = match format {
        Format::Markdown => in_markdown(&own),
        Format::Html => in_html(&own),
        Format::Plain => in_plain(&own),
    }?;
    Some((level, reserved::cleaned(text)))
}

/// `= Title` of AsciiDoc, `* Title` of Org, and a line of reStructuredText with a line of signs under it.
fn in_plain(text: &str) -> Option<(u8, String)> {
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let marked = line.strip_prefix("= ").or_else(|| line.strip_prefix("* "));
        let is_underlined = lines.peek().is_some_and(|below| is_underline(below));
        let title =
            marked.or(Some(line).filter(|line| is_underlined && !line.is_empty() && !is_underline(line)));
        if let Some(title) = title {
            return Some((1, collapsed(title)));
        }
    }
    None
}

fn is_underline(line: &str) -> bool {
    let sign = line.bytes().next();
    line.len() >= 3
        && sign.is_some_and(|sign| sign.is_ascii_punctuation() && line.bytes().all(|byte| byte == sign))
}

/// The body without its shortcode calls.
fn own_text(text: &str, body: &[Segment]) -> String {
    let piece = |segment: &Segment| match segment {
        Segment::Text(span) => text[span.range()].to_owned(),
        Segment::Escaped { text, .. } => text.clone(),
        Segment::Call(_) => String::new(),
    };
    body.iter().map(piece).collect()
}

fn in_markdown(text: &str) -> Option<(u8, String)> {
    if !may_have_heading(text) {
        return None;
    }
    let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // Depth of quotes and lists, whose headings are no title.
    let mut nesting = 0;
    let mut heading: Option<(u8, String)> = None;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => nesting += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => nesting -= 1,
            Event::Start(Tag::Heading { level, .. }) if nesting == 0 => {
                heading = Some((level as u8, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => match heading.take() {
                Some((level, text)) if !text.trim().is_empty() => return Some((level, collapsed(&text))),
                _ => {}
            },
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, text)) = &mut heading {
                    text.push_str(&part);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, text)) = &mut heading {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns true if a line may make a heading. Most bodies without title are lists of links, and this look is quick.
fn may_have_heading(text: &str) -> bool {
    text.lines()
        .any(|line| line.trim_start().starts_with(['#', '=', '-']))
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_html(text: &str) -> Option<(u8, String)> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(HeadingSink::default(), TokenizerOpts::default());
    // A script ends a feed; what follows it is fed again.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.found.into_inner()
}

/// Listens for `<h1>` to `<h3>`.
#[derive(Default)]
struct HeadingSink {
    open: RefCell<Option<(u8, String)>>,
    found: RefCell<Option<(u8, String)>>,
}

impl HeadingSink {
    fn tag(&self, kind: TagKind, name: &str) {
        let level = match name {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            _ => return,
        };
        match kind {
            TagKind::StartTag => *self.open.borrow_mut() = Some((level, String::new())),
            TagKind::EndTag => self.close(),
        }
    }

    fn close(&self) {
        let Some((level, text)) = self.open.borrow_mut().take() else {
            return;
        };
        let text = collapsed(&text);
        if !text.is_empty() {
            self.found.borrow_mut().get_or_insert((level, text));
        }
    }
}

impl TokenSink for HeadingSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                self.tag(tag.kind, &tag.name);
                if let Some(kind) = raw_kind(&tag.name).filter(|_| tag.kind == TagKind::StartTag) {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::CharacterTokens(part) => {
                if let Some((_, text)) = &mut *self.open.borrow_mut() {
                    text.push_str(&part);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose content is no markup.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "iframe" | "xmp" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::parse::shortcode;

    fn heading(text: &str, format: Format) -> Option<(u8, String)> {
        let (body, _) = shortcode::parse(FileId(0), text, 0..text.len());
        first(text, &body, format)
    }

    fn markdown(text: &str) -> Option<(u8, String)> {
        heading(text, Format::Markdown)
    }

    #[test]
    fn headings_of_both_kinds_are_found() {
        assert_eq!(
            markdown("a\n\n## *B* `c` [d](e) {#id}\n"),
            Some((2, "B c d".into()))
        );
        assert_eq!(markdown("Title\nmore\n===\n"), Some((1, "Title more".into())));
    }

    #[test]
    fn headings_in_code_quotes_and_shortcodes_do_not_count() {
        let text = "```\n# no\n```\n> # no\n\n- # no\n\n<!-- \n# no\n-->\n\n{{% x %}}\n# no\n{{% /x %}}\n\n#\n\n# Yes";
        assert_eq!(markdown(text), Some((1, "Yes".into())));
        assert_eq!(markdown("just text"), None);
    }

    #[test]
    fn calls_in_a_heading_leave_nothing() {
        assert_eq!(
            markdown("## {{< icon >}} Task {{% param n %}}1"),
            Some((2, "Task 1".into()))
        );
    }

    #[test]
    fn html_has_headings_up_to_the_third_level() {
        let text =
            "<script>'<h1>no</h1>'</script><h4>no</h4><p>x<H2 class=a>A &amp;\n <b>B</b></H2><h1>c</h1>";
        assert_eq!(heading(text, Format::Html), Some((2, "A & B".into())));
        assert_eq!(heading("<h1>open", Format::Html), None);
    }
}
