//! The function `truncate`.

use super::strings::is_cjk;
use super::{Args, Entry, Outcome};
use crate::error::Fault;
use crate::eval::Context;
use crate::value::{Safe, Value};
use crate::{cast, escape, print};

pub(super) const FUNCTIONS: &[Entry] = &[(&["truncate", "strings.Truncate"], truncate)];

/// `truncate LENGTH [ELLIPSIS] TEXT`: cut at a word's end; open tags of trusted markup are closed.
fn truncate(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let most = args.count(0)?;
    let text = cast::text(args.last()?)?;
    let is_html = matches!(args.last()?, Value::Safe(Safe::Html, _));
    let ellipsis = match args.len() {
        2 => " …".to_owned(),
        3 => match args.value(1)? {
            Value::Safe(Safe::Html, text) => text.to_string(),
            other => escape::html(&cast::text(other)?),
        },
        _ => return Err(Fault::failed("wants a length and a text")),
    };
    Ok(Value::html(cut(&text, most, &ellipsis, is_html)))
}

/// A tag before the place that was reached.
struct Tag<'t> {
    name: &'t str,
    at: usize,
    opens: bool,
}

/// Counts text without tags, and cuts after the last whole word that fits.
fn cut(text: &str, most: usize, ellipsis: &str, is_html: bool) -> String {
    let mut tags = Vec::new();
    let (mut seen, mut word_end, mut text_end, mut at) = (0, 0, 0, 0);
    while let Some(c) = text[at..].chars().next() {
        if let Some(length) = is_html.then(|| tag_length(&text[at..])).flatten() {
            word_end = text_end;
            tags.extend(tag(&text[at + 1..at + length - 1], at));
            at += length;
            continue;
        }
        seen += 1;
        let next = at + c.len_utf8();
        match c {
            _ if c.is_whitespace() => word_end = text_end,
            _ if is_cjk(c) => word_end = at,
            _ => text_end = next,
        }
        if seen > most {
            let end = if word_end == 0 { at } else { word_end };
            return match is_html {
                true => format!("{}{ellipsis}{}", &text[..end], closing(&tags, end)),
                false => format!("{}{ellipsis}", escape::html(&text[..end])),
            };
        }
        at = next;
    }
    if is_html {
        text.to_owned()
    } else {
        escape::html(text)
    }
}

fn tag_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let named = inside
        .strip_prefix('/')
        .unwrap_or(inside)
        .starts_with(|c: char| c.is_ascii_alphabetic());
    named.then(|| text.find('>')).flatten().map(|end| end + 1)
}

fn tag(inside: &str, at: usize) -> Option<Tag<'_>> {
    const VOID: [&str; 8] = ["br", "col", "link", "base", "img", "hr", "input", "meta"];
    let opens = !inside.starts_with('/');
    let name = inside
        .trim_start_matches('/')
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()?;
    (!VOID.contains(&name) && !inside.ends_with('/')).then_some(Tag { name, at, opens })
}

/// The end tags of the elements that are open at `end`.
fn closing(tags: &[Tag<'_>], end: usize) -> String {
    let mut closed: Vec<&str> = Vec::new();
    let mut out = String::new();
    for tag in tags.iter().rev().filter(|tag| tag.at < end) {
        match closed.last() {
            _ if !tag.opens => closed.push(tag.name),
            Some(name) if *name == tag.name => drop(closed.pop()),
            _ => print::push(&mut out, format_args!("</{}>", tag.name)),
        }
    }
    out
}
