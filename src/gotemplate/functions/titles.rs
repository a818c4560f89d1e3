//! `title` and `humanize`.

use super::strings::first_upper;
use super::{Args, Entry, Outcome};
use crate::gotemplate::eval::Context;
use crate::gotemplate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["title", "strings.Title"], |_, args| {
        Ok(title(&args.text(0)?).into())
    }),
    (&["humanize", "inflect.Humanize"], humanize),
];

/// Words that the style of the Associated Press leaves small inside of a title.
const SMALL: [&str; 23] = [
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per",
    "the", "to", "v", "v.", "via", "vs", "vs.",
];

/// A title with capitals in the style of the Associated Press, Hugo's default.
fn title(text: &str) -> String {
    let words = words(text);
    let last = words.len().saturating_sub(1);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (number, &(start, end)) in words.iter().enumerate() {
        out.push_str(&text[copied..start]);
        let word = &text[start..end];
        let lower = word.to_lowercase();
        let small = SMALL.contains(&lower.as_str()) && number > 0 && (number < last || end < text.len());
        let small = small && !after_colon(&text[..start]) && !text[end..].starts_with('-');
        out.push_str(&if small { lower } else { first_upper(word) });
        copied = end;
    }
    out + &text[copied..]
}

fn after_colon(before: &str) -> bool {
    before.trim_end_matches(' ').ends_with(':')
}

/// Where words stand: from a letter or digit to white space, a hyphen or a slash.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match open {
            None if c.is_alphanumeric() => open = Some(at),
            Some(start) if c.is_whitespace() || matches!(c, '-' | '/') => {
                words.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    words.extend(open.map(|start| (start, text.len())));
    words
}

/// A number becomes an ordinal; `my-first_post` and `myFirstPost` become «My first post».
fn humanize(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let text = args.text(0)?;
    let number = match args.value(0)? {
        Value::Int(number) => Some(*number),
        _ => text.parse::<i64>().ok(),
    };
    Ok(match number {
        Some(number) => ordinal(number).into(),
        None => humanized(&text).into(),
    })
}

fn ordinal(number: i64) -> String {
    let magnitude = number.unsigned_abs();
    let suffix = match (magnitude % 100, magnitude % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// Words that stay in capitals.
const ACRONYMS: [&str; 26] = [
    "ACL", "API", "CLI", "CPU", "DNS", "FTP", "HTML", "HTTP", "HTTPS", "ID", "IP", "JSON", "JWT", "LAN",
    "OK", "RAM", "SMTP", "SQL", "SSH", "TCP", "UDP", "URI", "URL", "USB", "UUID", "VPN",
];

fn humanized(text: &str) -> String {
    let words = words_of_name(text);
    let shown = words.iter().enumerate().map(|(number, word)| {
        let upper = word.to_uppercase();
        match ACRONYMS.contains(&upper.as_str()) {
            true => upper,
            false if number == 0 => first_upper(&word.to_lowercase()),
            false => word.to_lowercase(),
        }
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// The parts of a name: between separators, and where a capital begins a new word.
fn words_of_name(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    let mut previous = ' ';
    while let Some(c) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        let begins = c.is_uppercase()
            && (previous.is_lowercase() || previous.is_numeric() || previous.is_uppercase() && next_is_lower);
        let separates = c.is_whitespace() || matches!(c, '_' | '-' | ':' | '/' | '=' | '+');
        if begins || separates {
            words.push(std::mem::take(&mut word));
        }
        if !separates {
            word.push(c);
        }
        previous = c;
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
