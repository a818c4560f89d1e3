//! Attribute lists in braces: `{linenos=table hl_lines=[1,"3-4"] .wide #id}`.
//!
//! As goldmark reads them, except that a mistake costs one attribute and not the site: Hugo stops the build.

use std::ops::Range;

use super::Problem;

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Text in quotes, a bare word, or a number with a fraction.
    Text(String),
    /// A list: `[1, "3-4"]`.
    List(Vec<Value>),
}

/// An attribute of a list in braces.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name as written; `class` for `.x`, `id` for `#x`.
    pub name: String,
    /// Its value, without quotes.
    pub value: Value,
    /// Byte range of the attribute.
    pub range: Range<usize>,
}

/// Reads the list that begins with the brace at `start` of `text`. Ranges count from byte 0 of `text`.
pub fn parse(text: &str, start: usize) -> (Vec<Attribute>, Vec<Problem>) {
    let mut reader = Reader {
        text,
        at: start + 1,
        problems: Vec::new(),
    };
    let attributes = reader.list();
    if reader.peek().is_none() {
        reader.problem(start..text.len(), "the options have no closing `}`");
    }
    (attributes, reader.problems)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn list(&mut self) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        loop {
            self.skip(|c| c.is_whitespace() || c == ',');
            if matches!(self.peek(), None | Some('}')) {
                return attributes;
            }
            let start = self.at;
            match self.attribute() {
                Ok((name, value)) => attributes.push(Attribute {
                    name,
                    value,
                    range: start..self.at,
                }),
                Err(message) => {
                    self.skip_rest(start);
                    self.problem(start..self.at, message);
                }
            }
        }
    }

    fn attribute(&mut self) -> Result<(String, Value), &'static str> {
        match self.peek() {
            Some(sign @ ('.' | '#')) => {
                self.at += 1;
                let word =
                    self.take(|c| !c.is_whitespace() && (!c.is_ascii_punctuation() || "_-:.".contains(c)));
                let name = if sign == '.' { "class" } else { "id" };
                if word.is_empty() {
                    Err("a name is missing here")
                } else {
                    Ok((name.into(), Value::Text(word)))
                }
            }
            Some(c) if c.is_ascii_alphabetic() || c == '_' || c == ':' => self.pair(),
            _ => Err("an option begins with a letter"),
        }
    }

    fn pair(&mut self) -> Result<(String, Value), &'static str> {
        let name = self.take(is_word);
        let end = self.at;
        self.skip(char::is_whitespace);
        if self.peek() != Some('=') {
            self.at = end;
            return Err("an option is written as `name=value`, with quotes around text that has spaces");
        }
        self.at += 1;
        self.skip(char::is_whitespace);
        Ok((name, self.value()?))
    }

    fn value(&mut self) -> Result<Value, &'static str> {
        match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            Some('[') => self.values(),
            Some(c) if is_word(c) || c == '+' => Ok(self.bare()),
            _ => Err("a value is missing here"),
        }
    }

    /// Reads a quoted value. Goldmark knows no single quotes; the value is used, with a warning.
    fn quoted(&mut self, quote: char) -> Result<Value, &'static str> {
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        loop {
            let c = self.peek().ok_or("a closing quote is missing")?;
            self.at += c.len_utf8();
            match c {
                _ if c == quote => break,
                '\\' if self.peek().is_some_and(|next| next == quote || next == '\\') => {
                    value.extend(self.peek());
                    self.at += 1;
                }
                _ => value.push(c),
            }
        }
        if quote == '\'' {
            self.problem(start..self.at, "Hugo takes only double quotes here");
        }
        Ok(Value::Text(value))
    }

    /// Reads a value without quotes. Goldmark stops at one that begins as a number does and is none.
    fn bare(&mut self) -> Value {
        let start = self.at;
        let word = self.take(|c| is_word(c) || c == '+');
        let begins_as_number = word.starts_with(|c: char| c.is_ascii_digit());
        if begins_as_number && word.contains(char::is_alphabetic) && word.parse::<f64>().is_err() {
            self.problem(start..self.at, "Hugo reads no such value without quotes");
        }
        bare(&word)
    }

    fn values(&mut self) -> Result<Value, &'static str> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip(|c| c.is_whitespace() || c == ',');
            match self.peek() {
                Some(']') => break,
                Some('[') => return Err("a list cannot hold a list"),
                _ => values.push(self.value()?),
            }
        }
        self.at += 1;
        Ok(Value::List(values))
    }

    /// Goes to the next place where an attribute may begin, at least one character on.
    fn skip_rest(&mut self, start: usize) {
        let first = self.text[start..].chars().next().map_or(0, char::len_utf8);
        self.at = self.at.max(start + first);
        self.skip(|c| !c.is_whitespace() && c != ',' && c != '}');
    }

    fn problem(&mut self, range: Range<usize>, message: &'static str) {
        self.problems.push(Problem {
            message: message.into(),
            range,
        });
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn skip(&mut self, accept: impl Fn(char) -> bool) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find(|c| !accept(c)).unwrap_or(rest.len());
    }

    fn take(&mut self, accept: impl Fn(char) -> bool) -> String {
        let start = self.at;
        self.skip(accept);
        self.text.get(start..self.at).unwrap_or_default().to_owned()
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_:.-".contains(c)
}

fn bare(word: &str) -> Value {
    match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => word
            .parse()
            .map_or_else(|_| Value::Text(word.to_owned()), Value::Int),
    }
}
