//! Arguments: bare words, `"quoted"`, `` `raw` ``, `key=value`.
//!
//! wsgen takes more than Hugo: single quotes, words with any characters, both kinds in one call. A notation that Hugo
//! refuses is a warning.

use std::ops::Range;

use super::malformed::Malformed;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::parse::{Arg, ArgValue, Args, Delimiter};

/// The rest of a tag after its name.
pub(super) struct ReadArgs {
    pub(super) args: Args,
    pub(super) self_closed: bool,
    /// One past the closing braces.
    pub(super) end: usize,
    pub(super) diagnostics: Diagnostics,
}

/// Reads the arguments of one tag.
pub(super) struct ArgReader<'t> {
    file: FileId,
    text: &'t str,
    /// Offset of the tag.
    open: usize,
    delimiter: Delimiter,
    pos: usize,
    args: Args,
    diagnostics: Diagnostics,
}

impl<'t> ArgReader<'t> {
    pub(super) fn new(file: FileId, text: &'t str, open: usize, delimiter: Delimiter) -> Self {
        Self {
            file,
            text,
            open,
            delimiter,
            pos: open,
            args: Args::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads from `pos` up to the closing braces.
    pub(super) fn read(mut self, pos: usize) -> Result<ReadArgs, Malformed> {
        self.pos = pos;
        let mut self_closed = false;
        loop {
            self.skip_blanks();
            if self.rest().starts_with(self.delimiter.right()) {
                let end = self.pos + self.delimiter.right().len();
                self.check_mixing();
                return Ok(ReadArgs {
                    args: self.args,
                    self_closed,
                    end,
                    diagnostics: self.diagnostics,
                });
            }
            self.check_end()?;
            match self.closing_slash() {
                true => {
                    self_closed = true;
                    self.pos += 1;
                }
                false => self.arg()?,
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.pos..]
    }

    fn skip_blanks(&mut self) {
        self.pos += self.rest().len() - self.rest().trim_start().len();
    }

    /// Returns true if the slash here is the one of `/>}}`.
    fn closing_slash(&self) -> bool {
        self.rest()
            .strip_prefix('/')
            .is_some_and(|rest| rest.trim_start().starts_with(self.delimiter.right()))
    }

    /// Returns an error for braces that do not belong to this tag, and for the end of the text.
    fn check_end(&self) -> Result<(), Malformed> {
        let (left, right) = (self.delimiter.left(), self.delimiter.right());
        let rest = self.rest();
        if rest.starts_with(self.delimiter.other().right()) {
            let message = format!("a call that begins with `{left}` ends with `{right}`");
            return Err(Malformed::new(self.pos..self.pos + 3, message));
        }
        if rest.is_empty() || rest.starts_with("{{") {
            let span = self.open..end_of_line(self.text, self.open);
            return Err(Malformed::new(
                span,
                format!("the call is not closed with `{right}`"),
            ));
        }
        if rest.starts_with("}}") {
            let message = format!("a call that begins with `{left}` ends with `{right}`, not `}}}}`");
            return Err(Malformed::new(self.pos..self.pos + 2, message));
        }
        Ok(())
    }

    /// Reads a positional or named argument.
    fn arg(&mut self) -> Result<(), Malformed> {
        if let Some(arg) = self.quoted()? {
            self.args.positional.push(arg);
            return Ok(());
        }
        let start = self.pos;
        let key = self.word(start, |c| !is_key_char(c));
        let after_key = start + key.len();
        let value = after_key + self.text[after_key..].len() - self.text[after_key..].trim_start().len();
        if !key.is_empty() && self.text[value..].starts_with('=') {
            self.pos = value + 1;
            return self.named(key);
        }
        let word = self.word(start, |c| matches!(c, '"' | '`'));
        self.pos = start + word.len();
        self.check_word(word, start);
        let arg = Arg {
            value: typed(word),
            span: self.span(start..self.pos),
        };
        self.args.positional.push(arg);
        Ok(())
    }

    fn named(&mut self, key: &str) -> Result<(), Malformed> {
        self.skip_blanks();
        let start = self.pos;
        let arg = match self.quoted()? {
            Some(arg) => arg,
            None => {
                let word = self.word(start, |_| false);
                self.pos = start + word.len();
                Arg {
                    value: typed(word),
                    span: self.span(start..self.pos),
                }
            }
        };
        if arg.span.range().is_empty() {
            let message = format!("the argument `{key}` has no value");
            self.warn(start..start, message, "write `\"\"` for an empty one");
        }
        self.args.named.push((key.to_owned(), arg));
        Ok(())
    }

    /// The word at `start`: up to white space, braces, a closing slash, or a character that `stops` it. A word that
    /// would be empty because of `stops` takes that character in, so that reading goes on.
    fn word(&self, start: usize, stops: impl Fn(char) -> bool) -> &'t str {
        let text = &self.text[start..];
        let ends = |at: usize, c: char| {
            let rest = &text[at..];
            let braces = match c {
                '>' => rest.starts_with(Delimiter::Angle.right()),
                '%' => rest.starts_with(Delimiter::Percent.right()),
                '{' => rest.starts_with("{{"),
                '}' => rest.starts_with("}}"),
                '/' => rest[1..].starts_with(self.delimiter.right()),
                _ => false,
            };
            braces || c.is_whitespace() || stops(c)
        };
        let len = text
            .char_indices()
            .find(|(at, c)| ends(*at, *c))
            .map_or(text.len(), |(at, _)| at);
        &text[..len]
    }

    /// A quoted argument, if one begins here.
    fn quoted(&mut self) -> Result<Option<Arg>, Malformed> {
        let start = self.pos;
        let rest = self.rest();
        let (value, len) = match rest.chars().next() {
            Some('`') => self.raw()?,
            Some('"') => self.string('"')?,
            Some('\'') => {
                let read = self.string('\'')?;
                let message = "Hugo knows no single quotes around an argument";
                self.warn(start..start + read.1, message, "use double quotes");
                read
            }
            Some('\\') if rest[1..].starts_with('"') => self.escaped_string()?,
            _ => return Ok(None),
        };
        self.pos = start + len;
        Ok(Some(Arg {
            value: ArgValue::Str(value),
            span: self.span(start..self.pos),
        }))
    }

    /// `` `raw` ``: everything up to the next back-quote, lines too.
    fn raw(&self) -> Result<(String, usize), Malformed> {
        let inside = &self.rest()[1..];
        let len = inside.find('`').ok_or_else(|| self.unterminated())?;
        Ok((inside[..len].to_owned(), len + 2))
    }

    /// `"text"` on one line. Only the quote can be escaped; other backslashes are kept.
    fn string(&self, quote: char) -> Result<(String, usize), Malformed> {
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\n' => break,
                '\\' if chars.peek().is_some_and(|(_, next)| *next == quote) => {
                    value.push(quote);
                    chars.next();
                }
                _ if c == quote => return Ok((value, at + 1)),
                _ => value.push(c),
            }
        }
        Err(self.unterminated())
    }

    /// `\"text\"`, as calls within quoted text are written.
    fn escaped_string(&self) -> Result<(String, usize), Malformed> {
        let inside = &self.rest()[2..];
        let line = inside.split('\n').next().unwrap_or_default();
        let len = line.find("\\\"").ok_or_else(|| self.unterminated())?;
        Ok((inside[..len].to_owned(), len + 4))
    }

    fn unterminated(&self) -> Malformed {
        let span = self.pos..end_of_line(self.text, self.pos);
        Malformed::new(span, "the quoted argument is not closed")
            .help("put the closing quote on the same line")
    }

    /// Warns about characters in a bare word for which Hugo wants quotes.
    fn check_word(&mut self, word: &str, start: usize) {
        let fine = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        if let Some((at, c)) = word.char_indices().find(|(_, c)| !fine(*c)) {
            let place = start + at..start + at + c.len_utf8();
            self.warn(
                place,
                format!("Hugo takes no `{c}` in an argument without quotes"),
                "put it in double quotes",
            );
        }
    }

    fn check_mixing(&mut self) {
        let (Some(positional), Some((key, named))) = (self.args.positional.first(), self.args.named.first())
        else {
            return;
        };
        let later = positional.span.max(named.span).range();
        let message = format!("Hugo takes no positional arguments beside named ones like `{key}`");
        self.warn(later, message, "name all arguments or none");
    }

    fn warn(&mut self, place: Range<usize>, message: impl Into<String>, help: &str) {
        let span = self.span(place);
        self.diagnostics
            .push(Diagnostic::warning(Code::ShortcodeArgument, span, message).help(help));
    }

    fn span(&self, place: Range<usize>) -> Span {
        Span::new(self.file, place.start, place.end)
    }
}

fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The type of a bare word: `true`, `false` and decimal numbers; all else is text.
fn typed(word: &str) -> ArgValue {
    match word {
        "true" => return ArgValue::Bool(true),
        "false" => return ArgValue::Bool(false),
        _ => {}
    }
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number = match digits.split_once('.') {
        None if !digits.is_empty() && all_digits(digits) => word.parse().ok().map(ArgValue::Int),
        Some((whole, fraction)) if !fraction.is_empty() && all_digits(whole) && all_digits(fraction) => {
            word.parse().ok().map(ArgValue::Float)
        }
        _ => None,
    };
    number.unwrap_or_else(|| ArgValue::Str(word.to_owned()))
}

/// End of the line that holds `pos`, without the line break. Lines without end are cut: a finding shows no more of
/// them, and reading stays linear.
pub(super) fn end_of_line(text: &str, pos: usize) -> usize {
    const MAX_BYTES: usize = 300;
    let end = text.floor_char_boundary(pos.saturating_add(MAX_BYTES).min(text.len()));
    let line = text[pos..end].split('\n').next().unwrap_or_default();
    pos + line.trim_end().len()
}

/// One past the closing braces, or the end of the line that holds `pos`.
pub(super) fn end_of_tag(text: &str, pos: usize, delimiter: Delimiter) -> usize {
    let line = end_of_line(text, pos).max(pos);
    text[pos..line]
        .find(delimiter.right())
        .map_or(line, |at| pos + at + delimiter.right().len())
}
