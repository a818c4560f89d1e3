//! The place in an HTML document that a template has reached.

use super::{entities, markup, script, style};

/// The kinds of places, as in Go's `html/template`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum State {
    /// Text between tags.
    #[default]
    Text,
    /// Inside a tag, where an attribute may begin.
    Tag,
    AttrName,
    AfterName,
    BeforeValue,
    HtmlComment,
    /// Inside `<textarea>` or `<title>`.
    Rcdata,
    /// A value without a language of its own.
    Attr,
    Url,
    Srcset,
    Js,
    JsDoubleQuoted,
    JsSingleQuoted,
    JsTemplate,
    JsRegex,
    JsBlockComment,
    JsLineComment,
    JsHtmlOpenComment,
    JsHtmlCloseComment,
    Css,
    CssDoubleQuoted,
    CssSingleQuoted,
    CssDoubleQuotedUrl,
    CssSingleQuotedUrl,
    CssUrl,
    CssBlockComment,
    CssLineComment,
}

/// The end of an attribute's value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// Not in a value.
    #[default]
    None,
    Double,
    Single,
    /// An unquoted value: white space or `>`.
    Space,
}

/// The part of a URL that has been reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum UrlPart {
    #[default]
    Start,
    BeforeQuery,
    QueryOrFragment,
}

/// Elements whose content is no HTML.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Element {
    #[default]
    Other,
    Script,
    Style,
    Textarea,
    Title,
}

/// Kinds of attributes' values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Attr {
    #[default]
    Plain,
    Script,
    /// `type` of a `<script>`.
    ScriptType,
    Style,
    Url,
    Srcset,
}

/// A place in a document: the state, with its details.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) state: State,
    pub(super) delimiter: Delimiter,
    pub(super) url_part: UrlPart,
    pub(super) element: Element,
    pub(super) attr: Attr,
    /// True if a slash in a script divides, rather than beginning a regular expression.
    pub(super) slash_divides: bool,
    /// Open braces in each `${ }` that is open.
    pub(super) braces: Vec<u32>,
}

impl Place {
    pub(super) fn in_element(state: State, element: Element) -> Self {
        Self {
            state,
            element,
            ..Self::default()
        }
    }

    pub(super) fn is_comment(&self) -> bool {
        matches!(
            self.state,
            State::HtmlComment
                | State::JsBlockComment
                | State::JsLineComment
                | State::JsHtmlOpenComment
                | State::JsHtmlCloseComment
                | State::CssBlockComment
                | State::CssLineComment
        )
    }

    /// Length of the comment's opening delimiter.
    pub(super) fn comment_opener(&self) -> usize {
        match self.state {
            State::HtmlComment | State::JsHtmlOpenComment => 4,
            State::JsHtmlCloseComment => 3,
            _ => 2,
        }
    }

    fn in_script_literal(&self) -> bool {
        matches!(
            self.state,
            State::JsDoubleQuoted | State::JsSingleQuoted | State::JsTemplate | State::JsRegex
        )
    }

    /// Moves to the place of a value that comes next.
    pub(super) fn nudge(&mut self) {
        match self.state {
            State::Tag | State::AfterName => {
                *self = Self {
                    state: State::Tag,
                    ..Self::in_element(State::Tag, self.element)
                }
            }
            State::BeforeValue => {
                self.state = markup::value_state(self.attr);
                self.delimiter = Delimiter::Space;
                self.attr = Attr::Plain;
            }
            _ => {}
        }
    }

    /// Records that a slash after a value divides.
    pub(super) fn after_js_value(&mut self) {
        self.slash_divides = true;
    }

    /// Follows the start of `text` and returns the number of bytes it took.
    pub(super) fn advance(&mut self, text: &str) -> usize {
        match self.delimiter {
            Delimiter::None => self.advance_outside_values(text),
            delimiter => self.advance_in_value(text, delimiter),
        }
    }

    fn advance_outside_values(&mut self, text: &str) -> usize {
        let ignores_end = self.element == Element::Script && (self.in_script_literal() || self.is_comment());
        let end = match ignores_end || self.in_tag() {
            true => None,
            false => markup::end_tag(text, self.element),
        };
        match end {
            Some(0) => {
                *self = Self::default();
                0
            }
            Some(end) => self.step(&text[..end]),
            None => self.step(text),
        }
    }

    fn in_tag(&self) -> bool {
        matches!(
            self.state,
            State::Tag | State::AttrName | State::AfterName | State::BeforeValue | State::Attr
        )
    }

    fn advance_in_value(&mut self, text: &str, delimiter: Delimiter) -> usize {
        let ends: &[char] = match delimiter {
            Delimiter::Double => &['"'],
            Delimiter::Single => &['\''],
            Delimiter::Space | Delimiter::None => &[' ', '\t', '\n', '\x0c', '\r', '>'],
        };
        let Some(end) = text.find(ends) else {
            // The rules of scripts, styles and URLs are for the value as the browser reads it.
            let value = entities::unescape(text);
            let mut rest = value.as_str();
            while !rest.is_empty() {
                let before = self.state;
                let read = self.step(rest);
                if read == 0 && self.state == before {
                    break;
                }
                rest = &rest[read..];
            }
            return text.len();
        };
        let other_script = self.attr == Attr::ScriptType && !script::is_javascript(&text[..end]);
        let element = if other_script {
            Element::Other
        } else {
            self.element
        };
        *self = Self::in_element(State::Tag, element);
        end + usize::from(delimiter != Delimiter::Space)
    }

    /// Makes one transition.
    fn step(&mut self, text: &str) -> usize {
        match self.state {
            State::Text => markup::text(self, text),
            State::Tag => markup::tag(self, text),
            State::AttrName => markup::attr_name(self, text),
            State::AfterName => markup::after_name(self, text),
            State::BeforeValue => markup::before_value(self, text),
            State::HtmlComment => markup::comment(self, text),
            State::Rcdata | State::Attr | State::Srcset => text.len(),
            State::Url => {
                self.follow_url(text);
                text.len()
            }
            State::Js => script::code(self, text),
            State::JsDoubleQuoted | State::JsSingleQuoted | State::JsRegex => script::literal(self, text),
            State::JsTemplate => script::template(self, text),
            State::JsBlockComment | State::CssBlockComment => script::block_comment(self, text),
            State::JsLineComment
            | State::JsHtmlOpenComment
            | State::JsHtmlCloseComment
            | State::CssLineComment => script::line_comment(self, text),
            State::Css => style::code(self, text),
            State::CssDoubleQuoted
            | State::CssSingleQuoted
            | State::CssDoubleQuotedUrl
            | State::CssSingleQuotedUrl
            | State::CssUrl => style::literal(self, text),
        }
    }

    pub(super) fn follow_url(&mut self, text: &str) {
        if text.contains(['#', '?']) {
            self.url_part = UrlPart::QueryOrFragment;
        } else if self.url_part == UrlPart::Start && !text.trim_start_matches(markup::SPACE).is_empty() {
            self.url_part = UrlPart::BeforeQuery;
        }
    }
}
