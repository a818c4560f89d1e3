//! The text of pages that are not rendered now.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::BodyContext;
use crate::parse::{ParsedPage, Segment};
use crate::source::reserved;

/// The first paragraph of a page that is not rendered now, as text.
pub(crate) fn excerpt(cx: &BodyContext<'_>, parsed: &ParsedPage) -> String {
    let text = cx.text(parsed.file);
    let pieces = parsed.body.iter().filter_map(|segment| match segment {
        Segment::Text(span) => text.get(span.range()),
        _ => None,
    });
    pieces
        .map(first_paragraph)
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The text of a page that is not rendered now, without its shortcodes.
pub(crate) fn rough_text(cx: &BodyContext<'_>, parsed: &ParsedPage) -> String {
    let text = cx.text(parsed.file);
    let mut out = String::new();
    for segment in &parsed.body {
        let Segment::Text(span) = segment else { continue };
        for event in Parser::new(text.get(span.range()).unwrap_or_default()) {
            match event {
                Event::Text(text) | Event::Code(text) => out.push_str(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
                _ => {}
            }
        }
    }
    reserved::cleaned(out)
}

fn first_paragraph(markdown: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Paragraph) => inside = true,
            // The text of a callout is none to begin with, and that of a solution may be kept back.
            Event::End(TagEnd::Paragraph) if out.starts_with("[!") => {
                out.clear();
                inside = false;
            }
            Event::End(TagEnd::Paragraph) => break,
            Event::Text(text) | Event::Code(text) if inside => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak if inside => out.push(' '),
            _ => {}
        }
    }
    reserved::cleaned(out.trim().to_owned())
}
