//! Transitions in JavaScript, and in comments.

use super::place::{Place, State};

/// Returns true if the content of `<script type="…">` is JavaScript, or JSON, which is escaped alike.
pub(super) fn is_javascript(mime: &str) -> bool {
    let mime = mime
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    matches!(
        mime.as_str(),
        "application/ecmascript"
            | "application/javascript"
            | "application/json"
            | "application/ld+json"
            | "application/x-ecmascript"
            | "application/x-javascript"
            | "module"
            | "importmap"
            | "speculationrules"
            | "text/ecmascript"
            | "text/javascript"
            | "text/jscript"
            | "text/livescript"
            | "text/x-ecmascript"
            | "text/x-javascript"
    ) || mime.starts_with("text/javascript1.")
}

/// Up to a literal, a comment or a brace.
pub(super) fn code(place: &mut Place, text: &str) -> usize {
    let Some(at) = text.find(['"', '`', '\'', '/', '{', '}', '<', '-', '#']) else {
        place.slash_divides = divides_after(text, place.slash_divides);
        return text.len();
    };
    place.slash_divides = divides_after(&text[..at], place.slash_divides);
    let rest = &text[at..];
    let (state, length) = match rest.as_bytes()[0] {
        b'"' => (State::JsDoubleQuoted, 1),
        b'\'' => (State::JsSingleQuoted, 1),
        b'`' => (State::JsTemplate, 1),
        b'/' if rest.starts_with("//") => (State::JsLineComment, 2),
        b'/' if rest.starts_with("/*") => (State::JsBlockComment, 2),
        b'/' if place.slash_divides => {
            place.slash_divides = false;
            return at + 1;
        }
        b'/' => (State::JsRegex, 1),
        b'<' if rest.starts_with("<!--") => (State::JsHtmlOpenComment, 4),
        b'-' if rest.starts_with("-->") => (State::JsHtmlCloseComment, 3),
        b'#' if rest.starts_with("#!") => (State::JsLineComment, 2),
        brace => {
            follow_brace(place, brace);
            place.slash_divides = divides_after(&rest[..1], place.slash_divides);
            return at + 1;
        }
    };
    place.state = state;
    if !place.is_comment() {
        place.slash_divides = false;
    }
    at + length
}

fn follow_brace(place: &mut Place, brace: u8) {
    let Some(open) = place.braces.last_mut() else {
        return;
    };
    match brace {
        b'{' => *open += 1,
        b'}' if *open > 0 => *open -= 1,
        b'}' => {
            place.braces.pop();
            place.state = State::JsTemplate;
        }
        _ => {}
    }
}

/// Returns true if a slash after this code divides.
fn divides_after(code: &str, before: bool) -> bool {
    let code = code.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let Some(last) = code.chars().next_back() else {
        return before;
    };
    match last {
        '+' | '-' => {
            // `x++ / y` divides, `x + /y/` does not.
            let run = code.chars().rev().take_while(|c| *c == last).count();
            run % 2 == 0
        }
        '.' => code.len() > 1 && code[..code.len() - 1].ends_with(|c: char| c.is_ascii_digit()),
        ',' | '<' | '>' | '=' | '*' | '%' | '&' | '|' | '^' | '?' | '!' | '~' | '(' | '[' | ':' | ';'
        | '{' | '}' => false,
        _ => {
            let start = code
                .rfind(|c: char| !is_identifier(c))
                .map_or(0, |at| at + code[at..].chars().next().map_or(1, char::len_utf8));
            !EXPECTS_EXPRESSION.contains(&&code[start..])
        }
    }
}

fn is_identifier(c: char) -> bool {
    c == '$' || c == '_' || c.is_alphanumeric()
}

/// Words after which an expression begins.
const EXPECTS_EXPRESSION: [&str; 15] = [
    "break",
    "case",
    "continue",
    "delete",
    "do",
    "else",
    "finally",
    "in",
    "instanceof",
    "return",
    "throw",
    "try",
    "typeof",
    "void",
    "yield",
];

/// Inside a quoted text or a regular expression.
pub(super) fn literal(place: &mut Place, text: &str) -> usize {
    let end = match place.state {
        State::JsSingleQuoted => '\'',
        State::JsRegex => '/',
        _ => '"',
    };
    let mut in_class = false;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' if end == '/' => in_class = true,
            ']' if end == '/' => in_class = false,
            _ if c == end && !in_class => {
                place.state = State::Js;
                place.slash_divides = true;
                return at + 1;
            }
            _ => {}
        }
    }
    text.len()
}

/// Inside a template literal.
pub(super) fn template(place: &mut Place, text: &str) -> usize {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '$' if text[at..].starts_with("${") => {
                place.braces.push(0);
                place.state = State::Js;
                place.slash_divides = false;
                return at + 2;
            }
            '`' => {
                place.state = State::Js;
                place.slash_divides = true;
                return at + 1;
            }
            _ => {}
        }
    }
    text.len()
}

pub(super) fn block_comment(place: &mut Place, text: &str) -> usize {
    let Some(end) = text.find("*/") else {
        return text.len();
    };
    place.state = if place.state == State::JsBlockComment {
        State::Js
    } else {
        State::Css
    };
    end + 2
}

/// Up to the end of the line, which is not part of the comment.
pub(super) fn line_comment(place: &mut Place, text: &str) -> usize {
    let ends: &[char] = match place.state {
        State::CssLineComment => &['\n', '\x0c', '\r'],
        _ => &['\n', '\r', '\u{2028}', '\u{2029}'],
    };
    let Some(end) = text.find(ends) else {
        return text.len();
    };
    place.state = if place.state == State::CssLineComment {
        State::Css
    } else {
        State::Js
    };
    end
}
