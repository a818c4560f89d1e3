//! `title` and `humanize`.

use super::{Args, Entry, Outcome};
use crate::eval::Context;
use crate::title_case::first_upper;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["title", "strings.Title"], |cx, args| {
        Ok(cx.host().title_style().apply(&args.text(0)?).into())
    }),
    (&["humanize", "inflect.Humanize"], humanize),
];

/// `humanize`: a number becomes an ordinal; `my-first_post` and `myFirstPost` become «My first post».
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
