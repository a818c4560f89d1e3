//! Escaping of what a template prints, for the place where it is printed: Go's `html/template`.
//!
//! Go works out the place of every action when it parses; here the text that a template prints is followed while it
//! runs. Both come to the same because the branches of a template must leave the same place behind. Values never
//! move the place: trusted markup counts as whole.

mod entities;
mod filters;
mod markup;
mod place;
mod script;
mod style;

pub(super) use entities::unescape as unescape_html;
pub(super) use filters::{html, js_string};
pub(super) use markup::strip_tags;

use place::{Delimiter, Place, State};

use super::error::Fault;
use super::print;
use super::value::Value;

/// Takes what a template prints.
pub(super) struct Writer {
    out: String,
    escapes: bool,
    place: Place,
}

impl Writer {
    pub(super) fn new(escapes: bool) -> Self {
        Self {
            out: String::new(),
            escapes,
            place: Place::default(),
        }
    }

    /// Bytes written.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Writes text of the template itself. Comments are left out, as in Go.
    pub(super) fn text(&mut self, text: &str) {
        match self.escapes {
            true => self.follow(text),
            false => self.out.push_str(text),
        }
    }

    /// Writes a value.
    pub(super) fn value(&mut self, value: &Value) -> Result<(), Fault> {
        if !self.escapes {
            if !matches!(value, Value::Nil) {
                print::write_plain(&mut self.out, value);
            }
            return Ok(());
        }
        self.place.nudge();
        let escaped = filters::escape(&self.place, value);
        self.out.push_str(&escaped);
        match self.place.state {
            State::Js => self.place.after_js_value(),
            State::Tag => self.place.state = State::AttrName,
            _ => {}
        }
        Ok(())
    }

    fn follow(&mut self, text: &str) {
        let mut at = 0;
        let mut written = 0;
        while at < text.len() {
            let before = self.place.clone();
            let read = self.place.advance(&text[at..]);
            let end = at + read;
            if matches!(before.state, State::Text | State::Rcdata) {
                written = self.escape_stray_brackets(text, at, end, written, before.state);
            } else if before.is_comment() && before.delimiter == Delimiter::None {
                self.out
                    .push_str(comment_replacement(before.state, &text[written..end]));
                written = end;
            }
            if self.place.state != before.state
                && self.place.is_comment()
                && self.place.delimiter == Delimiter::None
            {
                let start = end.saturating_sub(self.place.comment_opener()).max(written);
                self.out.push_str(&text[written..start]);
                written = end;
            }
            if read == 0 && self.place.state == before.state {
                break;
            }
            at = end;
        }
        if !self.place.is_comment() || self.place.delimiter != Delimiter::None {
            self.out.push_str(&text[written.min(text.len())..]);
        }
    }

    /// A `<` that opens no tag becomes `&lt;`. Gives how far the text is written.
    fn escape_stray_brackets(
        &mut self,
        text: &str,
        at: usize,
        end: usize,
        written: usize,
        state: State,
    ) -> usize {
        let chunk = &text[at..end];
        let stop = match self.place.state == state {
            true => end,
            false => chunk.rfind('<').map_or(end, |bracket| at + bracket),
        };
        let mut written = written;
        for (offset, _) in text[at..stop].match_indices('<') {
            let bracket = at + offset;
            let doctype = text
                .get(bracket..bracket + 9)
                .is_some_and(|tag| tag.eq_ignore_ascii_case("<!doctype"));
            if !doctype {
                self.out.push_str(&text[written..bracket]);
                self.out.push_str("&lt;");
                written = bracket + 1;
            }
        }
        written
    }
}

/// A block comment of a script separates what stands around it, as a line break if it holds one.
fn comment_replacement(state: State, comment: &str) -> &'static str {
    match state {
        State::JsBlockComment if comment.contains(['\n', '\r', '\u{2028}', '\u{2029}']) => "\n",
        State::JsBlockComment | State::CssBlockComment => " ",
        _ => "",
    }
}
