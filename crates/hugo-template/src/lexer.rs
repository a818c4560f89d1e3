//! Template text into tokens: text, and the tokens between `{{` and `}}`.

use super::error::TemplateError;
use super::literal;
use super::value::Value;

/// A token with its place.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Kinds of tokens.
#[derive(Debug, Clone)]
pub(super) enum Kind<'t> {
    /// Text outside of actions, trimmed as the markers say; never empty.
    Text(&'t str),
    /// `{{`
    Open,
    /// `}}`
    Close,
    /// `.`
    Dot,
    /// `.name`, without the dot.
    Field(&'t str),
    /// `$` or `$name`.
    Variable(&'t str),
    /// A function's name or a keyword.
    Word(&'t str),
    /// A text, number, character, `true`, `false`, `nil`.
    Literal(Value),
    /// `|`
    Bar,
    /// `,`
    Comma,
    /// `=`
    Assign,
    /// `:=`
    Declare,
    /// `(`
    LeftParen,
    /// `)`
    RightParen,
}

/// Splits `text` into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, TemplateError> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
    };
    lexer.run()?;
    Ok(lexer.tokens)
}

/// White space that trim markers remove.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token<'t>>,
}

impl<'t> Lexer<'t> {
    fn run(&mut self) -> Result<(), TemplateError> {
        while let Some(length) = self.rest().find("{{") {
            let open = self.at + length;
            let trims = trims_before(&self.text[open + 2..]);
            self.push_text(open, trims);
            self.at = open + if trims { 3 } else { 2 };
            match self.skip_comment(open)? {
                true => {}
                false => self.action(open)?,
            }
        }
        self.push_text(self.text.len(), false);
        Ok(())
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind<'t>, start: usize) {
        self.tokens.push(Token {
            kind,
            start,
            end: self.at,
        });
    }

    fn push_text(&mut self, end: usize, trims: bool) {
        let raw = &self.text[self.at..end];
        let text = if trims { raw.trim_end_matches(SPACE) } else { raw };
        let start = self.at;
        self.at = end;
        if !text.is_empty() {
            self.push(Kind::Text(text), start);
        }
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(SPACE).len();
    }

    /// A comment directly after the delimiter, with its closing delimiter.
    fn skip_comment(&mut self, open: usize) -> Result<bool, TemplateError> {
        let inside = self.rest().trim_start_matches(SPACE);
        if !inside.starts_with("/*") {
            return Ok(false);
        }
        self.skip_space();
        let length = self
            .rest()
            .find("*/")
            .ok_or_else(|| TemplateError::new(open, "unclosed comment"))?;
        self.at += length + 2;
        if self.close() {
            return Ok(true);
        }
        Err(TemplateError::new(self.at, "a comment must fill its action"))
    }

    /// Takes `}}` or ` -}}` with the space around; ` -}}` also removes the white space that follows.
    fn close(&mut self) -> bool {
        let spaced = self.rest().trim_start_matches(SPACE);
        let has_space = spaced.len() < self.rest().len();
        if spaced.starts_with("}}") {
            self.at = self.text.len() - spaced.len() + 2;
            return true;
        }
        if has_space && spaced.starts_with("-}}") {
            self.at = self.text.len() - spaced.len() + 3;
            self.skip_space();
            return true;
        }
        false
    }

    fn action(&mut self, open: usize) -> Result<(), TemplateError> {
        self.push(Kind::Open, open);
        loop {
            let before = self.at;
            if self.close() {
                self.push(Kind::Close, before);
                return Ok(());
            }
            self.skip_space();
            if self.rest().is_empty() {
                return Err(TemplateError::new(open, "unclosed action"));
            }
            self.token()?;
        }
    }

    fn token(&mut self) -> Result<(), TemplateError> {
        let start = self.at;
        let rest = self.rest();
        let mut chars = rest.chars();
        let first = chars.next().unwrap_or_default();
        let second = chars.next().unwrap_or_default();
        let kind = match first {
            '"' | '`' | '\'' => return self.quoted(first),
            '+' | '-' if second.is_ascii_digit() || second == '.' => return self.number(),
            '0'..='9' => return self.number(),
            '.' if second.is_ascii_digit() => return self.number(),
            ':' if second == '=' => self.take(2, Kind::Declare),
            '=' => self.take(1, Kind::Assign),
            '|' => self.take(1, Kind::Bar),
            ',' => self.take(1, Kind::Comma),
            '(' => self.take(1, Kind::LeftParen),
            ')' => self.take(1, Kind::RightParen),
            '.' if is_name(second) => {
                let name = name_at(&rest[1..]);
                self.take(1 + name.len(), Kind::Field(name))
            }
            '.' => self.take(1, Kind::Dot),
            '$' => {
                let length = 1 + name_at(&rest[1..]).len();
                self.take(length, Kind::Variable(&rest[..length]))
            }
            _ if is_name(first) => {
                let name = name_at(rest);
                self.take(name.len(), word(name))
            }
            other => {
                return Err(TemplateError::new(
                    start,
                    format!("unexpected character {other:?} in an action"),
                ));
            }
        };
        self.push(kind, start);
        Ok(())
    }

    fn take(&mut self, length: usize, kind: Kind<'t>) -> Kind<'t> {
        self.at += length;
        kind
    }

    fn quoted(&mut self, quote: char) -> Result<(), TemplateError> {
        let start = self.at;
        let length = literal::quoted_length(self.rest(), quote)
            .ok_or_else(|| TemplateError::new(start, "unterminated quoted text"))?;
        let value = literal::unquote(&self.rest()[..length])
            .ok_or_else(|| TemplateError::new(start, "malformed escape in quoted text"))?;
        let token = self.take(length, Kind::Literal(value));
        self.push(token, start);
        Ok(())
    }

    fn number(&mut self) -> Result<(), TemplateError> {
        let start = self.at;
        let length = literal::number_length(self.rest());
        let written = &self.rest()[..length];
        let value = literal::number(written)
            .ok_or_else(|| TemplateError::new(start, format!("bad number syntax: {written:?}")))?;
        let token = self.take(length, Kind::Literal(value));
        self.push(token, start);
        Ok(())
    }
}

/// Returns true if `after`, the text behind `{{`, begins with a trim marker: a hyphen and white space.
fn trims_before(after: &str) -> bool {
    after
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(SPACE))
}

fn is_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn name_at(text: &str) -> &str {
    &text[..text.find(|c| !is_name(c)).unwrap_or(text.len())]
}

fn word(name: &str) -> Kind<'_> {
    match name {
        "true" => Kind::Literal(Value::Bool(true)),
        "false" => Kind::Literal(Value::Bool(false)),
        "nil" => Kind::Literal(Value::Nil),
        _ => Kind::Word(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<String> {
        tokens(text)
            .unwrap()
            .iter()
            .map(|token| format!("{:?}", token.kind))
            .collect()
    }

    #[test]
    fn trim_markers_eat_white_space_on_their_side() {
        assert_eq!(
            shapes("a \n{{- . -}}\t b"),
            [r#"Text("a")"#, "Open", "Dot", "Close", r#"Text("b")"#]
        );
        assert_eq!(
            shapes("a {{ . }} b"),
            [r#"Text("a ")"#, "Open", "Dot", "Close", r#"Text(" b")"#]
        );
    }

    #[test]
    fn a_hyphen_without_space_is_no_trim_marker() {
        assert_eq!(shapes("a {{-1}}")[0], r#"Text("a ")"#);
        assert!(tokens("{{ .x-}}").is_err());
    }

    #[test]
    fn comments_leave_nothing() {
        assert_eq!(shapes("a {{/* {{ }} */}} b"), [r#"Text("a ")"#, r#"Text(" b")"#]);
        assert_eq!(shapes("a {{- /* x */ -}} b"), [r#"Text("a")"#, r#"Text("b")"#]);
        assert!(tokens("{{/* x }}").is_err());
        assert!(tokens("{{/* x */ .y }}").is_err());
    }

    #[test]
    fn actions_may_span_lines() {
        assert_eq!(
            shapes("{{ a\n  .B\n}}"),
            ["Open", r#"Word("a")"#, r#"Field("B")"#, "Close"]
        );
    }

    #[test]
    fn errors_name_the_place() {
        assert_eq!(tokens("ab{{ . ").unwrap_err().offset, 2);
        assert_eq!(tokens("ab{{ ! }}").unwrap_err().offset, 5);
        assert_eq!(tokens("ab{{ \"x }}").unwrap_err().offset, 5);
    }
}
