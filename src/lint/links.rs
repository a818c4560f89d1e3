//! Links that are shown as text, lead to a misspelt scheme, or have no text.

use super::Line;
use super::prose::Prose;
use crate::diag::{Diagnostic, Diagnostics, Kind};

/// Beginnings of addresses with a slip, and what was meant.
const SCHEMES: [(&str, &str); 11] = [
    ("htps://", "https://"),
    ("htp://", "http://"),
    ("htttp://", "http://"),
    ("htttps://", "https://"),
    ("httsp://", "https://"),
    ("hhtps://", "https://"),
    ("https//", "https://"),
    ("http//", "http://"),
    ("https:\\\\", "https://"),
    ("ttps://", "https://"),
    ("www.", "https://www."),
];

pub(super) fn check(prose: &Prose<'_>, found: &mut Diagnostics) {
    for line in prose.lines() {
        for (at, _) in line.text.match_indices(']') {
            behind_text(prose, line, at, found);
        }
        for (at, _) in line.text.match_indices(")[") {
            reversed(prose, line, at, found);
        }
        call(prose, line, found);
    }
}

/// The link or picture whose text ends at `at`.
fn behind_text(prose: &Prose<'_>, line: Line<'_>, at: usize, found: &mut Diagnostics) {
    let Some(open) = line.text[..at].rfind('[') else {
        return;
    };
    let before = &line.text[..open];
    if before.ends_with('\\') {
        return;
    }
    let written = line.written.get(open + 1..at).unwrap_or_default();
    let rest = &line.text[at + 1..];
    if let Some(target) = rest.strip_prefix('(') {
        let Some(end) = target.find(')') else { return };
        let is_picture = before.ends_with('!');
        let from = at + 2;
        address(prose, line, &target[..end], from, found);
        let whole = line.span(prose, open - usize::from(is_picture), from + end + 1);
        let address = line.written.get(from..from + end).unwrap_or_default();
        if is_picture && written.trim().is_empty() && !address.trim().is_empty() {
            let message = "this picture has no alternative text";
            let help = "say in the brackets what it shows: `![the settings page](a.png)`";
            found.push(Diagnostic::of(Kind::ImageAlt, whole, message).help(help));
        } else if written.trim().is_empty() && !is_picture && !address.trim().is_empty() {
            let message = "this link has no text, so that nobody can see it";
            found.push(Diagnostic::of(Kind::EmptyLink, whole, message).help("write a text in the brackets"));
        }
    } else if let Some(target) = rest.strip_prefix(" (") {
        spaced(prose, line, (open, at), target, found);
    }
}

/// `[text] (address)`.
fn spaced(
    prose: &Prose<'_>,
    line: Line<'_>,
    (open, at): (usize, usize),
    target: &str,
    found: &mut Diagnostics,
) {
    let Some(end) = target.find(')') else { return };
    let text = line.written.get(open + 1..at).unwrap_or_default();
    let is_text =
        text.chars().any(char::is_alphabetic) && !matches!(text, "x" | "X") && !text.starts_with(['!', '^']);
    if !(is_text && is_address(&target[..end])) || line.text[..open].ends_with(']') {
        return;
    }
    let span = line.span(prose, open, at + 3 + end + 1);
    let message = "this is no link: there is a space between its text and its address";
    found.push(
        Diagnostic::of(Kind::SlipLink, span, message)
            .help("write `](` without a space")
            .edit(line.span(prose, at + 1, at + 2), ""),
    );
}

/// `(text)[address]`.
fn reversed(prose: &Prose<'_>, line: Line<'_>, at: usize, found: &mut Diagnostics) {
    let Some(open) = line.text[..at].rfind('(') else {
        return;
    };
    let rest = &line.text[at + 2..];
    let Some(end) = rest.find(']') else { return };
    let (text, address) = (&line.text[open + 1..at], &rest[..end]);
    let is_link = line.text[..open].ends_with(']') || rest[end + 1..].starts_with(['(', ':']);
    if is_link || text.trim().is_empty() || text.contains(['[', ']']) || !is_address(address) {
        return;
    }
    let span = line.span(prose, open, at + 2 + end + 1);
    let written = format!(
        "[{}]({address})",
        line.written.get(open + 1..at).unwrap_or_default()
    );
    found.push(
        Diagnostic::of(
            Kind::SlipLink,
            span,
            "this is no link: its brackets are the wrong way round",
        )
        .help(format!("write `{written}`"))
        .edit(span, written),
    );
}

/// Returns true for a text that can only be the address of a link.
fn is_address(text: &str) -> bool {
    let begins = ["https://", "http://", "/", "./", "../", "mailto:"];
    let file = text.split('#').next().unwrap_or_default();
    !text.contains(' ')
        && text.len() > 1
        && (begins.iter().any(|begin| text.starts_with(begin)) || file.ends_with(".md"))
}

/// Slips in the address of a link.
fn address(prose: &Prose<'_>, line: Line<'_>, target: &str, from: usize, found: &mut Diagnostics) {
    let slip = SCHEMES.iter().find(|(wrong, _)| target.starts_with(wrong));
    if let Some((wrong, right)) = slip {
        let span = line.span(prose, from, from + wrong.len());
        let message = format!("`{wrong}` is no beginning of an address");
        found.push(
            Diagnostic::of(Kind::AddressScheme, span, message)
                .help(format!("write `{right}`"))
                .edit(span, *right),
        );
        return;
    }
    let one_slash = ["https:/", "http:/"]
        .iter()
        .find(|scheme| target.starts_with(**scheme) && !target[scheme.len()..].starts_with('/'));
    if let Some(scheme) = one_slash {
        let span = line.span(prose, from, from + scheme.len());
        found.push(
            Diagnostic::of(Kind::AddressScheme, span, format!("`{scheme}` lacks a slash"))
                .help(format!("write `{scheme}/`"))
                .edit(span, format!("{scheme}/")),
        );
        return;
    }
    spaces(prose, line, target, from, found);
}

/// `[a](my file.md)`: a title would stand in quotes, and a call leaves blanks.
fn spaces(prose: &Prose<'_>, line: Line<'_>, target: &str, from: usize, found: &mut Diagnostics) {
    let text = target.trim();
    let written = line.written.get(from..from + target.len()).unwrap_or_default();
    let plain = written == target && !text.starts_with('<') && !text.contains(['"', '\'', '(', '=', '`']);
    let name = text.split('#').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !(plain && text.contains(' ') && is_file) {
        return;
    }
    let at = from + target.len() - target.trim_start().len();
    let span = line.span(prose, at, at + text.len());
    let message = "this is no link: its address has a space in it";
    found.push(
        Diagnostic::of(Kind::AddressSpaces, span, message)
            .help(format!("write `<{text}>`, or name the file without spaces"))
            .edit(span, format!("<{text}>")),
    );
}

/// `{{ < tip > }}`, which is printed as it is.
fn call(prose: &Prose<'_>, line: Line<'_>, found: &mut Diagnostics) {
    for (open, sign) in [("{{ <", '<'), ("{{ %", '%')] {
        let Some(at) = line.text.find(open) else { continue };
        let close = if sign == '<' { "> }}" } else { "% }}" };
        let Some(end) = line.text[at..].find(close).map(|end| at + end) else {
            continue;
        };
        let span = line.span(prose, at, end + close.len());
        let message = "this is no call of a shortcode: there are spaces in its signs";
        found.push(
            Diagnostic::of(Kind::SlipShortcode, span, message)
                .help(format!("write `{{{{{sign}` and `{}`", close.replace(' ', "")))
                .edit(line.span(prose, at + 2, at + 3), "")
                .edit(line.span(prose, end + 1, end + 2), ""),
        );
    }
}
