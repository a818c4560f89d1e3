//! Finding tags: `{{< name args >}}`, `{{% /name %}}`, `{{</* escaped */>}}`.

use std::ops::Range;

use memchr::memmem;

use super::call_args::{self, ArgReader};
use super::malformed::Malformed;
use super::regions::Places;
use super::table::{Closing, closing, holds_code};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::parse::{Args, Delimiter};

/// A piece of a body before tags are paired. Text lies between tokens.
#[derive(Debug)]
pub(super) enum Token {
    /// A call that is printed, not made.
    Escaped { span: Range<usize>, text: String },
    /// An opening or closing tag.
    Tag(Tag),
}

/// An opening or closing tag.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) span: Range<usize>,
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    pub(super) delimiter: Delimiter,
    pub(super) kind: TagKind,
    /// The rule for closing tags of this name.
    pub(super) closing: Closing,
    /// It stands in code without its partner, and belongs to no tag outside of the code.
    pub(super) alone: bool,
}

#[derive(Debug)]
pub(super) enum TagKind {
    Open {
        args: Args,
        /// True for `/>}}`: a call without text, whatever its name.
        self_closed: bool,
    },
    Close,
}

impl Delimiter {
    /// The opening braces: `{{<` or `{{%`.
    pub(super) fn left(self) -> &'static str {
        match self {
            Delimiter::Angle => "{{<",
            Delimiter::Percent => "{{%",
        }
    }

    /// The closing braces: `>}}` or `%}}`.
    pub(super) fn right(self) -> &'static str {
        match self {
            Delimiter::Angle => ">}}",
            Delimiter::Percent => "%}}",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Delimiter::Angle => Delimiter::Percent,
            Delimiter::Percent => Delimiter::Angle,
        }
    }
}

/// A comment that holds nothing, in the place of one that is hidden: it is the same to Markdown, and of one line.
const EMPTY_COMMENT: &str = "<!-- -->";

/// The tags of a body in order. Tags in comments are none.
pub(super) fn lex(
    file: FileId,
    text: &str,
    body: Range<usize>,
    places: &Places,
) -> (Vec<Token>, Diagnostics) {
    let mut lexer = Lexer {
        file,
        text: &text[..body.end],
        braces: memmem::Finder::new(b"{{"),
        unclosed_escapes: Vec::new(),
        code_end: body.start,
        diagnostics: Vec::new(),
    };
    let mut tokens = Vec::new();
    let mut pos = body.start;
    let mut comments = places
        .comments
        .iter()
        .filter(|comment| is_hidden(&text[comment.start..comment.end]));
    let mut comment = comments.next();
    loop {
        let next = lexer.next_delimiter(pos);
        let before_tag = |start: usize| next.is_none_or(|(at, _)| start < at);
        if let Some(hidden) = comment.filter(|comment| before_tag(comment.start)) {
            comment = comments.next();
            // In a call that holds code it is code.
            if hidden.start >= pos.max(lexer.code_end) {
                pos = hidden.end;
                let text = EMPTY_COMMENT.to_owned();
                tokens.push(Token::Escaped {
                    span: hidden.clone(),
                    text,
                });
            }
            continue;
        }
        let Some((at, delimiter)) = next else { break };
        pos = match lexer.tag(at, delimiter) {
            Ok(token) => {
                let end = token.span().end;
                lexer.note_code(&token);
                tokens.push(token);
                end
            }
            Err(malformed) => {
                lexer.report(at, malformed);
                at + delimiter.left().len()
            }
        };
    }
    (tokens, lexer.diagnostics)
}

impl Token {
    pub(super) fn span(&self) -> Range<usize> {
        match self {
            Token::Escaped { span, .. } => span.clone(),
            Token::Tag(tag) => tag.span.clone(),
        }
    }
}

struct Lexer<'t> {
    file: FileId,
    /// The file up to the end of the body.
    text: &'t str,
    braces: memmem::Finder<'static>,
    /// Delimiters of escapes that are not closed in the rest of the text, so that it is searched only once.
    unclosed_escapes: Vec<Delimiter>,
    /// The end of the last call whose text is code.
    code_end: usize,
    diagnostics: Diagnostics,
}

/// Returns true for a comment that Markdown might not see as one, or in which tags could be found.
fn is_hidden(comment: &str) -> bool {
    comment.contains(['\n', '\r']) || comment.contains("{{<") || comment.contains("{{%")
}

impl Lexer<'_> {
    fn next_delimiter(&self, from: usize) -> Option<(usize, Delimiter)> {
        let mut pos = from;
        loop {
            let at = pos + self.braces.find(&self.text.as_bytes()[pos..])?;
            match self.text.as_bytes().get(at + 2) {
                Some(b'<') => return Some((at, Delimiter::Angle)),
                Some(b'%') => return Some((at, Delimiter::Percent)),
                _ => pos = at + 1,
            }
        }
    }

    /// Notes the end of a call whose text is code.
    fn note_code(&mut self, token: &Token) {
        let Token::Tag(tag) = token else { return };
        let TagKind::Open {
            args,
            self_closed: false,
        } = &tag.kind
        else {
            return;
        };
        if tag.span.start < self.code_end || !holds_code(&tag.name, args) {
            return;
        }
        let mut pos = tag.span.end;
        while let Some((at, delimiter)) = self.next_delimiter(pos) {
            pos = at + delimiter.left().len();
            let rest = self.text[pos..].trim_start();
            let closes = rest.strip_prefix('/').map(str::trim_start);
            if closes.is_some_and(|rest| rest.starts_with(&tag.name)) {
                self.code_end = at;
                return;
            }
        }
    }

    /// The tag that begins at `at`.
    fn tag(&mut self, at: usize, delimiter: Delimiter) -> Result<Token, Malformed> {
        let inside = at + delimiter.left().len();
        if self.text[inside..].starts_with("/*") {
            return self.escaped(at, delimiter);
        }
        let mut pos = self.after_blanks(inside);
        let closes = self.text[pos..].starts_with('/');
        if closes {
            pos = self.after_blanks(pos + 1);
        }
        let name_span = self.name(at, pos, delimiter)?;
        let read = ArgReader::new(self.file, self.text, at, delimiter).read(name_span.end)?;
        self.diagnostics.extend(read.diagnostics);
        if closes {
            self.check_close(&read.args);
        }
        let kind = match closes {
            true => TagKind::Close,
            false => TagKind::Open {
                args: read.args,
                self_closed: read.self_closed,
            },
        };
        let name = self.text[name_span.clone()].to_owned();
        Ok(Token::Tag(Tag {
            span: at..read.end,
            closing: closing(&name),
            alone: false,
            name,
            name_span,
            delimiter,
            kind,
        }))
    }

    /// `{{</* … */>}}`: the text between the comment marks is kept unchanged.
    fn escaped(&mut self, at: usize, delimiter: Delimiter) -> Result<Token, Malformed> {
        let from = at + delimiter.left().len() + 2;
        let end_mark = format!("*/{}", delimiter.right());
        let known_unclosed = self.unclosed_escapes.contains(&delimiter);
        let end = if known_unclosed {
            None
        } else {
            self.text[from..].find(&end_mark)
        };
        let Some(len) = end else {
            if !known_unclosed {
                self.unclosed_escapes.push(delimiter);
            }
            let span = at..call_args::end_of_line(self.text, at);
            let malformed = Malformed::new(span, "the escaped call is not closed");
            return Err(malformed.help("end it with `*/` and the closing braces"));
        };
        let text = format!(
            "{}{}{}",
            delimiter.left(),
            &self.text[from..from + len],
            delimiter.right()
        );
        Ok(Token::Escaped {
            span: at..from + len + end_mark.len(),
            text,
        })
    }

    fn after_blanks(&self, pos: usize) -> usize {
        let rest = &self.text[pos..];
        pos + rest.len() - rest.trim_start().len()
    }

    fn name(&self, at: usize, pos: usize, delimiter: Delimiter) -> Result<Range<usize>, Malformed> {
        let rest = &self.text[pos..];
        let len = rest.find(|c| !is_name_char(c)).unwrap_or(rest.len());
        // `{{< name/>}}`: the slash closes and is no part of the name.
        let name = rest[..len].strip_suffix('/').unwrap_or(&rest[..len]);
        let end = pos + name.len();
        if name.is_empty() {
            let span = at..call_args::end_of_tag(self.text, pos, delimiter);
            return Err(Malformed::new(span, "a shortcode call needs a name"));
        }
        let rest = &self.text[end..];
        let braces = [">}}", "%}}", "{{", "}}"]
            .iter()
            .any(|braces| rest.starts_with(braces));
        match rest.chars().next() {
            Some(c) if !braces && !c.is_whitespace() && !matches!(c, '/' | '"' | '`') => {
                let message = format!("a shortcode's name cannot hold `{c}`");
                Err(Malformed::new(pos..end + c.len_utf8(), message))
            }
            _ => Ok(pos..end),
        }
    }

    fn check_close(&mut self, args: &Args) {
        let first = args.positional.first().or(args.named.first().map(|(_, arg)| arg));
        if let Some(arg) = first {
            let message = "a closing tag takes no arguments";
            self.diagnostics
                .push(Diagnostic::warning(Code::ShortcodeArgument, arg.span, message));
        }
    }

    fn report(&mut self, at: usize, malformed: Malformed) {
        let Malformed { span, message, help } = malformed;
        let mut finding = Diagnostic::warning(
            Code::InvalidShortcode,
            Span::new(self.file, span.start, span.end),
            message,
        );
        if span.start > at {
            finding = finding.label(Span::new(self.file, at, at + 3), "the call begins here");
        }
        if let Some(help) = help {
            finding = finding.help(help);
        }
        self.diagnostics.push(finding);
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')
}
