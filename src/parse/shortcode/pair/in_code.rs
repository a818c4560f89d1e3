//! Tags in code: a call that begins in a block of code or in code within a line ends there.
//!
//! People write about shortcodes and forget to protect them. Such a tag must not take the closing tag of another call,
//! nor the rest of the page.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::parse::shortcode::lex::{Tag, TagKind, Token};
use crate::parse::shortcode::regions::Places;
use crate::parse::shortcode::table::Closing;

/// Sets opening tags apart whose closing tag is not in the same code. Those that need one become text, with a finding.
pub(super) fn settle(file: FileId, text: &str, tokens: &mut [Token], places: &Places) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut start = 0;
    while start < tokens.len() {
        let Some(code) = places.code_at(tokens[start].span().start) else {
            start += 1;
            continue;
        };
        let inside = tokens[start..]
            .iter()
            .take_while(|token| token.span().start < code.end);
        let end = start + inside.count();
        set_apart(&mut tokens[start..end]);
        for token in &mut tokens[start..end] {
            if let Token::Tag(tag) = token
                && tag.alone
                && tag.closing == Closing::Required
            {
                found.push(unclosed(file, tag));
                *token = as_text(text, tag.span.clone());
            }
        }
        start = end;
    }
    found
}

/// Sets the opening tags apart that no closing tag of `tokens` belongs to. Where a closing tag is left over, the code
/// began by mistake, and nothing is set apart.
fn set_apart(tokens: &mut [Token]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..tokens.len() {
        let Token::Tag(tag) = &tokens[at] else { continue };
        match tag.kind {
            TagKind::Open {
                self_closed: true, ..
            } => {}
            TagKind::Open { .. } if tag.closing == Closing::Never => {}
            TagKind::Open { .. } => open.push(at),
            TagKind::Close => {
                let is_same = |other: &usize| name(&tokens[*other]).eq_ignore_ascii_case(&tag.name);
                let Some(found) = open.iter().rposition(is_same) else {
                    return;
                };
                open.remove(found);
            }
        }
    }
    for at in open {
        if let Token::Tag(tag) = &mut tokens[at] {
            tag.alone = true;
        }
    }
}

fn name(token: &Token) -> &str {
    match token {
        Token::Tag(tag) => &tag.name,
        Token::Escaped { .. } => "",
    }
}

fn as_text(text: &str, span: Range<usize>) -> Token {
    Token::Escaped {
        text: text[span.clone()].to_owned(),
        span,
    }
}

fn unclosed(file: FileId, tag: &Tag) -> Diagnostic {
    let span = Span::new(file, tag.span.start, tag.span.end);
    let (left, right) = (tag.delimiter.left(), tag.delimiter.right());
    let name = &tag.name;
    Diagnostic::warning(
        Code::UnclosedShortcode,
        span,
        format!("`{name}` has no closing tag in this code"),
    )
    .help(format!("write `{left}/* {name} */{right}` to show the tag"))
}
