//! Small facts about a page: the first sentences of its text, dates.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::source::reserved;

/// Number of characters in a description, roughly.
const DESCRIPTION: usize = 150;

/// The beginning of a plain text, cut at a word.
pub(super) fn beginning(plain: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in plain.split_whitespace() {
        let room = DESCRIPTION.saturating_sub(length);
        if room == 0 {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        let mut ends = word.char_indices().skip(room.max(20));
        let cut = ends.next().map_or(word, |(end, _)| &word[..end]);
        length += cut.chars().count() + 1;
        out.push_str(cut);
        if cut.len() < word.len() {
            out.push('…');
            break;
        }
    }
    out
}

/// A line of the site's settings as HTML: links and emphasis of Markdown, and the author's HTML.
pub(super) fn inline(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                out.push_str(&format!("<a href=\"{}\">", escape(&dest_url)));
            }
            Event::End(TagEnd::Link) => out.push_str("</a>"),
            Event::Start(Tag::Strong) => out.push_str("<strong>"),
            Event::End(TagEnd::Strong) => out.push_str("</strong>"),
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Html(html) | Event::InlineHtml(html) => out.push_str(&html),
            Event::Text(text) | Event::Code(text) => out.push_str(&escape(&text)),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    reserved::cleaned(out)
}

/// Escapes text for HTML and XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// `YYYY-MM-DD` in the site's time zone; empty for no date.
pub(super) fn day(date: Option<Timestamp>, zone: &TimeZone) -> String {
    date.map(|date| date.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_ends_at_a_word_or_within_a_long_one() {
        assert_eq!(beginning(" a  b\nc "), "a b c");
        assert!(beginning(&"word ".repeat(100)).ends_with("word…"));
        assert_eq!(beginning(&"字".repeat(1000)).chars().count(), DESCRIPTION + 1);
    }

    #[test]
    fn settings_may_hold_links() {
        assert_eq!(
            inline("[© A & B](https://x.example/?a&b) <b>x</b>"),
            "<a href=\"https://x.example/?a&amp;b\">© A &amp; B</a> <b>x</b>"
        );
    }
}
