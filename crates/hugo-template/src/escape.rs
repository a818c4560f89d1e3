//! Escaping of a template's output for its place in the document: Go's `html/template`.
//!
//! Go works out the place of every action when it parses; here the output is followed while the template runs. Both
//! come to the same because the branches of a template must end in the same place. Values never move the place: trusted
//! markup counts as whole.

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

/// Receives the output of a template and escapes it.
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

    /// Number of bytes written.
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

    /// Writes a value, escaped for its place.
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

    /// Writes text in which a `<` that opens no tag becomes `&lt;`. Returns the offset up to which it is written.
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

/// The replacement of a script's block comment: a line break if it holds one, so that the code around it stays apart.
fn comment_replacement(state: State, comment: &str) -> &'static str {
    match state {
        State::JsBlockComment if comment.contains(['\n', '\r', '\u{2028}', '\u{2029}']) => "\n",
        State::JsBlockComment | State::CssBlockComment => " ",
        _ => "",
    }
}
