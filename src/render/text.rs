//! Small facts about a page's text: its first sentences, the time to read it, dates.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Words of Latin text and characters of Chinese, Japanese and Korean that a minute takes, as Hugo counts.
const WORDS: usize = 213;
const CHARACTERS: usize = 500;

/// About this many characters make a description.
const DESCRIPTION: usize = 150;

/// Minutes to read a plain text; 0 for an empty one.
pub(super) fn reading_time(plain: &str) -> usize {
    let (mut wide, mut words, mut in_word) = (0, 0, false);
    for c in plain.chars() {
        let is_character = is_wide(c);
        let is_letter = !is_character && !c.is_whitespace();
        words += usize::from(is_letter && !in_word);
        wide += usize::from(is_character);
        in_word = is_letter;
    }
    (wide * WORDS + words * CHARACTERS).div_ceil(WORDS * CHARACTERS)
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

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
        let cut: String = word.chars().take(room.max(20)).collect();
        length += cut.chars().count() + 1;
        let is_cut = cut.len() < word.len();
        out.push_str(&cut);
        if is_cut {
            out.push('…');
            break;
        }
    }
    out
}

/// A line of the site's settings as HTML: links and emphasis of Markdown, and whatever HTML the author wrote.
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
    out
}

/// Text as it stands in HTML and XML.
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
    fn reading_takes_time_for_characters_and_words() {
        assert_eq!(reading_time(""), 0);
        assert_eq!(reading_time("one two"), 1);
        assert_eq!(reading_time(&"word ".repeat(427)), 3);
        assert_eq!(reading_time(&"字".repeat(1001)), 3);
    }

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
