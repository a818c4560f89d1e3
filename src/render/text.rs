//! Small facts about a page's text: its first sentences, the time to read it, dates.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Words of Latin text and characters of Chinese, Japanese and Korean that a minute takes, as Hugo counts.
const WORDS: usize = 213;
const CHARACTERS: usize = 500;

/// About this many characters make a description.
const DESCRIPTION: usize = 150;

/// Minutes to read a plain text; 0 for an empty one.
pub(super) fn reading_time(plain: &str) -> usize {
    let wide = plain.chars().filter(|c| is_wide(*c)).count();
    let words = plain
        .split(|c: char| c.is_whitespace() || is_wide(c))
        .filter(|word| !word.is_empty())
        .count();
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

/// `YYYY-MM-DD` in the site's time zone; empty for no date.
pub(super) fn day(date: Option<Timestamp>, zone: &TimeZone) -> String {
    date.map(|date| date.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string())
        .unwrap_or_default()
}
