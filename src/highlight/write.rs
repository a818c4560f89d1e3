//! Prints code with its runs as the content of a `<code>` element.
//!
//! Line numbers are in an attribute, for the stylesheet to show, and not in the text: what a reader selects, copies,
//! searches or hears is the code and nothing else. Hugo's `linenos=inline` puts them into the text.

use std::ops::{Range, RangeInclusive};

use super::tokens::{TokenClass, Tokens};

/// Options for the lines of a code block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// True if lines have numbers.
    pub numbers: bool,
    /// Number of the first line.
    pub start: i64,
    /// Line numbers to mark, counted from 1; sorted, without overlaps.
    pub highlighted: Vec<RangeInclusive<usize>>,
    /// Prefix of the ids of lines; `None` if lines have no ids.
    pub anchor_prefix: Option<String>,
}

impl Lines {
    /// Returns true if lines need elements of their own.
    pub fn are_marked(&self) -> bool {
        self.numbers || !self.highlighted.is_empty() || self.anchor_prefix.is_some()
    }

    /// The ids that the lines of `code` have.
    pub fn ids(&self, code: &str) -> Vec<String> {
        let Some(prefix) = &self.anchor_prefix else {
            return Vec::new();
        };
        (1..=code.lines().count())
            .map(|line| format!("{prefix}{}", self.number(line)))
            .collect()
    }

    fn number(&self, line: usize) -> i64 {
        self.start.saturating_add_unsigned(line as u64 - 1)
    }

    fn is_highlighted(&self, line: usize) -> bool {
        let after = self.highlighted.partition_point(|range| *range.start() <= line);
        after
            .checked_sub(1)
            .is_some_and(|index| self.highlighted[index].contains(&line))
    }
}

/// A piece of the code with an element of its own, regardless of its highlighting. It holds no line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrap {
    /// Byte range in the code.
    pub range: Range<usize>,
    /// The opening tag.
    pub open: String,
    /// The closing tag.
    pub close: &'static str,
}

/// Appends `code` to `out` as HTML: runs as `<span class="k">`, and lines as `<span class="line">` where they are
/// marked, with class `hl` when highlighted, their number in `data-n`, and their id. `escape` appends text.
///
/// `wraps`, in order, are never cut: a run that begins or ends in one gives way. Without tokens, or with those of other
/// code, everything is plain. Returns the offsets in `out` at which the ids of lines begin.
pub fn write_code(
    out: &mut String,
    code: &str,
    tokens: Option<&Tokens>,
    lines: &Lines,
    wraps: &[Wrap],
    escape: impl Fn(&mut String, &str),
) -> Vec<usize> {
    let mut writer = Writer {
        ids: Vec::new(),
        out,
        escape,
        lines,
        line: 0,
        open: false,
    };
    let mut wraps = wraps.iter().peekable();
    let (mut done, mut end) = (0, 0);
    let runs = tokens.into_iter().flat_map(Tokens::runs);
    for (class, len) in runs.chain([(TokenClass::Plain, usize::MAX)]) {
        end = code.len().min(usize::saturating_add(end, len));
        while let Some(wrap) = wraps.next_if(|wrap| wrap.range.start < end) {
            let (Some(before), Some(text)) = (code.get(done..wrap.range.start), code.get(wrap.range.clone()))
            else {
                continue;
            };
            writer.run(class, before);
            writer.wrapped(class, text, wrap);
            done = wrap.range.end;
        }
        if let Some(text) = code.get(done..end) {
            writer.run(class, text);
            done = end;
        }
    }
    writer.close_line();
    writer.ids
}

struct Writer<'a, E> {
    out: &'a mut String,
    escape: E,
    lines: &'a Lines,
    line: usize,
    open: bool,
    ids: Vec<usize>,
}

impl<E: Fn(&mut String, &str)> Writer<'_, E> {
    fn run(&mut self, class: TokenClass, text: &str) {
        if !self.lines.are_marked() {
            return self.span(class, text, None);
        }
        for piece in text.split_inclusive('\n') {
            let content = piece.strip_suffix('\n');
            self.open_line();
            self.span(class, content.unwrap_or(piece), None);
            if content.is_some() {
                self.out.push('\n');
                self.close_line();
            }
        }
    }

    fn wrapped(&mut self, class: TokenClass, text: &str, wrap: &Wrap) {
        if self.lines.are_marked() {
            self.open_line();
        }
        self.span(class, text, Some(wrap));
    }

    fn span(&mut self, class: TokenClass, text: &str, wrap: Option<&Wrap>) {
        let css = class.css().filter(|_| !text.is_empty());
        if let Some(css) = css {
            self.out.push_str("<span class=\"");
            self.out.push_str(css);
            self.out.push_str("\">");
        }
        match wrap {
            Some(wrap) => {
                self.out.push_str(&wrap.open);
                (self.escape)(self.out, text);
                self.out.push_str(wrap.close);
            }
            None => (self.escape)(self.out, text),
        }
        if css.is_some() {
            self.out.push_str("</span>");
        }
    }

    fn open_line(&mut self) {
        if self.open {
            return;
        }
        self.open = true;
        self.line += 1;
        let number = self.lines.number(self.line).to_string();
        self.out.push_str(if self.lines.is_highlighted(self.line) {
            "<span class=\"line hl\""
        } else {
            "<span class=\"line\""
        });
        if let Some(prefix) = &self.lines.anchor_prefix {
            self.ids.push(self.out.len() + " id=\"".len());
            self.attribute("id", &[prefix, &number]);
        }
        if self.lines.numbers {
            self.attribute("data-n", &[&number]);
        }
        self.out.push('>');
    }

    fn attribute(&mut self, name: &str, value: &[&str]) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        for part in value {
            (self.escape)(self.out, part);
        }
        self.out.push('"');
    }

    fn close_line(&mut self) {
        if std::mem::take(&mut self.open) {
            self.out.push_str("</span>");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::highlight::tokens::Builder;

    fn escape(out: &mut String, text: &str) {
        out.push_str(
            &text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('"', "&#34;"),
        );
    }

    fn html(parts: &[(TokenClass, &str)], lines: &Lines) -> String {
        let mut builder = Builder::default();
        let mut code = String::new();
        for (class, text) in parts {
            builder.push(*class, text);
            code.push_str(text);
        }
        let mut out = String::new();
        write_code(&mut out, &code, Some(&builder.finish()), lines, &[], escape);
        out
    }

    #[test]
    fn runs_become_spans_and_plain_text_does_not() {
        let html = html(
            &[(TokenClass::Keyword, "if"), (TokenClass::Plain, " a<b\n")],
            &Lines::default(),
        );
        assert_eq!(html, "<span class=\"k\">if</span> a&lt;b\n");
    }

    #[test]
    fn numbered_lines_hold_their_line_break_and_no_number_in_the_text() {
        let lines = Lines {
            numbers: true,
            start: 9,
            highlighted: vec![2..=2],
            ..Lines::default()
        };
        assert_eq!(
            html(
                &[(TokenClass::Comment, "/* a\nb */"), (TokenClass::Plain, "\n\nx")],
                &lines
            ),
            "<span class=\"line\" data-n=\"9\"><span class=\"c\">/* a</span>\n</span>\
             <span class=\"line hl\" data-n=\"10\"><span class=\"c\">b */</span>\n</span>\
             <span class=\"line\" data-n=\"11\">\n</span>\
             <span class=\"line\" data-n=\"12\">x</span>"
        );
    }

    #[test]
    fn lines_may_have_ids() {
        let lines = Lines {
            start: 1,
            anchor_prefix: Some("a\"-".into()),
            ..Lines::default()
        };
        assert_eq!(
            html(&[(TokenClass::Plain, "x\n")], &lines),
            "<span class=\"line\" id=\"a&#34;-1\">x\n</span>"
        );
        assert_eq!(lines.ids("x\n"), ["a\"-1"]);
    }

    #[test]
    fn what_is_wrapped_is_never_cut_and_has_the_colour_of_its_beginning() {
        let code = "a my-project\nmy-project";
        let wrap = |range| Wrap {
            range,
            open: "<var>".into(),
            close: "</var>",
        };
        let mut builder = Builder::default();
        for (class, text) in [
            (TokenClass::Keyword, "a"),
            (TokenClass::Plain, " "),
            (TokenClass::String, "my"),
            (TokenClass::Plain, "-"),
            (TokenClass::Number, "project"),
            (TokenClass::Plain, "\nmy-project"),
        ] {
            builder.push(class, text);
        }
        let tokens = builder.finish();
        let html = |lines: &Lines| {
            let mut out = String::new();
            write_code(
                &mut out,
                code,
                Some(&tokens),
                lines,
                &[wrap(2..12), wrap(13..23)],
                escape,
            );
            out
        };
        assert_eq!(
            html(&Lines::default()),
            "<span class=\"k\">a</span> <span class=\"s\"><var>my-project</var></span>\n<var>my-project</var>"
        );
        let numbered = Lines {
            numbers: true,
            start: 1,
            ..Lines::default()
        };
        assert!(html(&numbered).ends_with("<span class=\"line\" data-n=\"2\"><var>my-project</var></span>"));
    }

    #[test]
    fn code_without_tokens_is_plain_and_empty_code_is_empty() {
        let mut out = String::new();
        write_code(&mut out, "a<b", None, &Lines::default(), &[], escape);
        assert_eq!(out, "a&lt;b");
        assert_eq!(
            html(
                &[],
                &Lines {
                    numbers: true,
                    ..Lines::default()
                }
            ),
            ""
        );
    }

    proptest! {
        #[test]
        fn the_text_is_the_code_whatever_tokens_are_given(
            code in "[a-z\nあ ]{0,60}", other in "[a-z\nあ ]{0,60}", numbers: bool, start: i64,
        ) {
            let mut builder = Builder::default();
            for (index, word) in other.split_inclusive(' ').enumerate() {
                builder.push(if index % 2 == 0 { TokenClass::Keyword } else { TokenClass::Plain }, word);
            }
            let mut out = String::new();
            let lines = Lines { numbers, start, ..Lines::default() };
            write_code(&mut out, &code, Some(&builder.finish()), &lines, &[], escape);
            let text: String = out.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
            prop_assert_eq!(text, code);
        }
    }
}
