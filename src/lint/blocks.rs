//! Headings, lists, and what version control leaves in a text.

use super::Line;
use super::prose::Prose;
use crate::diag::{Code, Diagnostic, Diagnostics, Kind};

pub(super) fn check(prose: &Prose<'_>, found: &mut Diagnostics) {
    let lines = prose.lines();
    for (nth, line) in lines.iter().enumerate() {
        let before = nth.checked_sub(1).and_then(|nth| lines.get(nth)).copied();
        let after = lines.get(nth + 1).copied();
        heading(prose, *line, before, found);
        item(prose, *line, before, after, found);
    }
    conflict(prose, &lines, found);
}

/// `##Title`, and a heading without text. One `#` may be a tag.
fn heading(prose: &Prose<'_>, line: Line<'_>, before: Option<Line<'_>>, found: &mut Diagnostics) {
    let text = line.text.trim_start_matches(' ');
    let signs = text.bytes().take_while(|byte| *byte == b'#').count();
    if !(1..=6).contains(&signs) || line.indent() > 3 {
        return;
    }
    let (at, rest) = (line.indent(), &text[signs..]);
    if rest.trim().trim_end_matches('#').is_empty() && line.written.trim().len() == line.text.trim().len() {
        let message = "this heading has no text";
        let span = line.span(prose, at, at + signs);
        found
            .push(Diagnostic::of(Kind::EmptyHeading, span, message).help("write a text, or remove the line"));
    }
    let begins_block = before.is_none_or(Line::is_blank);
    let begins_word = rest.starts_with(|c: char| c.is_alphabetic() || c.is_ascii_digit());
    if signs > 1 && begins_block && begins_word {
        let span = line.span(prose, at, at + signs);
        let message = "this is no heading: a space is missing after the signs";
        let space = line.span(prose, at + signs, at + signs);
        found.push(
            Diagnostic::of(Kind::SlipSpace, span, message)
                .help(format!("write `{} {}`", &text[..signs], rest.trim_end()))
                .edit(space, " "),
        );
    }
}

/// `-x` and `1.x` beside items of a list.
fn item(
    prose: &Prose<'_>,
    line: Line<'_>,
    before: Option<Line<'_>>,
    after: Option<Line<'_>>,
    found: &mut Diagnostics,
) {
    let Some(sign) = glued(line.text) else { return };
    let near = [before, after].into_iter().flatten();
    let mut near = near.filter(|other| other.indent() == line.indent());
    let is_item = near.any(|other| {
        let same = |found: usize| kind_of(other.text, found) == kind_of(line.text, sign);
        glued(other.text).is_some_and(same) || spaced(other.text).is_some_and(same)
    });
    if !is_item {
        return;
    }
    let at = line.indent();
    let message = "this is no item of a list: a space is missing after the sign";
    let space = line.span(prose, at + sign, at + sign);
    found.push(
        Diagnostic::of(Kind::SlipSpace, line.span(prose, at, at + sign), message)
            .help("write a space between the sign and the text")
            .edit(space, " "),
    );
}

/// The kind of an item: `-`, or `.` for numbers.
fn kind_of(line: &str, sign: usize) -> Option<char> {
    line.trim_start_matches(' ')[..sign].chars().last()
}

/// The length of the sign of an item whose text follows without a space.
fn glued(line: &str) -> Option<usize> {
    let (sign, rest) = item_sign(line)?;
    rest.starts_with(char::is_alphabetic).then_some(sign)
}

/// The length of the sign of a list item.
fn spaced(line: &str) -> Option<usize> {
    let (sign, rest) = item_sign(line)?;
    rest.starts_with(' ').then_some(sign)
}

fn item_sign(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches(' ');
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = match text.as_bytes().get(digits)? {
        b'-' if digits == 0 => 1,
        b'.' if (1..=2).contains(&digits) => digits + 1,
        _ => return None,
    };
    Some((sign, &text[sign..]))
}

/// Marks of a merge that nobody finished: both ends have to be there.
fn conflict(prose: &Prose<'_>, lines: &[Line<'_>], found: &mut Diagnostics) {
    let mut rest = lines.iter();
    while let Some(open) = rest.find(|line| line.text.starts_with("<<<<<<< ")) {
        let mut inner = rest.clone();
        let Some(close) = inner.find(|line| line.text.starts_with(">>>>>>> ")) else {
            return;
        };
        rest = inner;
        let message = "a merge was not finished: the text has both versions, and the marks between them";
        let span = open.span(prose, 0, open.text.trim_end().len());
        found.push(
            Diagnostic::warning(Code::ConflictMarker, span, message)
                .label(
                    close.span(prose, 0, close.text.trim_end().len()),
                    "the conflict ends here",
                )
                .help("keep one of the versions, and remove the lines with the marks"),
        );
    }
}
