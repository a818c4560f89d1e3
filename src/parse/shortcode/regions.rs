//! Places of a text in which tags mean something else: code, and the author's comments.
//!
//! Markdown cannot be asked, because the inner text of a call is read on its own, without the indentation of the call.
//! So fences count at any depth, and indented code does not count.

use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

use crate::parse::lines::{content, fence};

/// Elements whose text is no HTML.
const RAW_ELEMENTS: [&str; 3] = ["script", "style", "textarea"];

/// Code and comments of a text, each in order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    /// Fenced blocks that are closed, and code within a line.
    pub(crate) code: Vec<Range<usize>>,
    /// Comments from `<!--` to `-->`, outside of code.
    pub(crate) comments: Vec<Range<usize>>,
}

impl Places {
    /// The places in the part `body` of a file's `text`.
    pub(crate) fn of(text: &str, body: Range<usize>) -> Self {
        let mut scanner = Scanner {
            text: &text[..body.end],
            pos: body.start,
            missing: [body.start; LONGEST_RUN],
            found: Self::default(),
        };
        scanner.run();
        scanner.found
    }

    /// The code that holds `at`.
    pub(crate) fn code_at(&self, at: usize) -> Option<Range<usize>> {
        let after = self.code.partition_point(|range| range.start <= at);
        let range = self.code[..after].last()?;
        (at < range.end).then(|| range.clone())
    }
}

/// Longer runs of backticks are no code within a line.
const LONGEST_RUN: usize = 16;

struct Scanner<'t> {
    text: &'t str,
    pos: usize,
    /// For each length of a run of backticks: there is none of it from here to the end of the paragraph before this.
    missing: [usize; LONGEST_RUN],
    found: Places,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut line_start = true;
        while self.pos < self.text.len() {
            if line_start && self.fenced() {
                continue;
            }
            line_start = false;
            let Some(at) = memchr3(b'\n', b'`', b'<', &self.text.as_bytes()[self.pos..]) else {
                return;
            };
            self.pos += at;
            match self.text.as_bytes()[self.pos] {
                b'`' => self.code_span(),
                b'<' => self.tag(),
                _ => {
                    self.pos += 1;
                    line_start = true;
                }
            }
        }
    }

    /// Goes over a block of code whose first line begins here. False when there is none, or it is not closed.
    fn fenced(&mut self) -> bool {
        let (start, end) = (self.pos, self.line_end(self.pos));
        let Some(opening) = fence(content(&self.text[start..end])) else {
            return false;
        };
        let mut at = end;
        while at < self.text.len() {
            let end = self.line_end(at);
            let line = content(&self.text[at..end]);
            if line.starts_with(opening) && fence(line) == Some(line) {
                self.found.code.push(start..end);
                self.pos = end;
                return true;
            }
            at = end;
        }
        false
    }

    fn line_end(&self, at: usize) -> usize {
        memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |len| at + len + 1)
    }

    /// Goes over code within a line, or over the run of backticks that begins none.
    fn code_span(&mut self) {
        let start = self.pos;
        let run = run_at(self.text, start);
        self.pos += run;
        let escaped = self.text[..start].ends_with('\\') && !self.text[..start].ends_with("\\\\");
        if escaped || run >= LONGEST_RUN || self.missing[run] > self.pos {
            return;
        }
        let mut at = self.pos;
        while let Some(next) = self.next_run(at) {
            let len = run_at(self.text, next);
            at = next + len;
            if len == run {
                self.found.code.push(start..at);
                self.pos = at;
                return;
            }
        }
        self.missing[run] = self.paragraph_end(self.pos);
    }

    /// The next run of backticks in the paragraph.
    fn next_run(&self, from: usize) -> Option<usize> {
        let at = from + memchr(b'`', &self.text.as_bytes()[from..])?;
        (!has_blank_line(&self.text[from..at])).then_some(at)
    }

    fn paragraph_end(&self, from: usize) -> usize {
        let blank = memmem::find(&self.text.as_bytes()[from..], b"\n\n");
        blank.map_or(self.text.len(), |at| from + at)
    }

    /// Goes over a comment, or over an element with raw text; else over one character.
    fn tag(&mut self) {
        let (start, rest) = (self.pos, &self.text[self.pos..]);
        if rest.starts_with("<!--") {
            // `<!-->` is a comment, too.
            if let Some(len) = memmem::find(&rest.as_bytes()[2..], b"-->") {
                self.pos = start + 2 + len + "-->".len();
                self.found.comments.push(start..self.pos);
                return;
            }
        }
        let raw = RAW_ELEMENTS.iter().find(|name| {
            let tag = rest.as_bytes().get(1..=name.len());
            let after = rest.as_bytes().get(1 + name.len());
            tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
                && after.is_none_or(|c| !c.is_ascii_alphanumeric())
        });
        let end = raw.and_then(|name| memmem::find(rest.as_bytes(), format!("</{name}").as_bytes()));
        self.pos = start + end.unwrap_or(1);
    }
}

/// The length of the run of backticks at `at`.
fn run_at(text: &str, at: usize) -> usize {
    text.as_bytes()[at..]
        .iter()
        .take_while(|byte| **byte == b'`')
        .count()
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.split('\n');
    lines.next();
    let mut lines = lines.rev();
    lines.next();
    lines.any(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Vec<&str>, Vec<&str>) {
        let Places { code, comments } = Places::of(text, 0..text.len());
        let texts = |ranges: Vec<Range<usize>>| ranges.into_iter().map(|range| &text[range]).collect();
        (texts(code), texts(comments))
    }

    #[test]
    fn fences_at_any_depth_are_code_when_they_are_closed() {
        let text = "    ```sh\n    <!-- a -->\n    ```\n> ~~~\n> b\n> ~~~\n```\nnever closed\n";
        let (code, comments) = found(text);
        assert_eq!(
            code,
            ["    ```sh\n    <!-- a -->\n    ```\n", "> ~~~\n> b\n> ~~~\n"]
        );
        assert!(comments.is_empty());
    }

    #[test]
    fn code_within_a_line_ends_with_a_run_as_long() {
        assert_eq!(found("a `b` ``c`d`` `e\n\nf \\`g` x").0, ["`b`", "``c`d``"]);
        assert_eq!(found("`a\nb` `<!--` -->").0, ["`a\nb`", "`<!--`"]);
    }

    #[test]
    fn comments_may_span_paragraphs_and_stand_in_no_script() {
        let text = "a <!-- b\n\n`c` --> <script>x = '<!--'; y = '-->'</script> <!--> <!-- open";
        assert_eq!(found(text).1, ["<!-- b\n\n`c` -->", "<!-->"]);
    }

    #[test]
    fn many_runs_of_backticks_are_read_in_one_go() {
        let text = "`` ` ".repeat(50_000);
        assert_eq!(Places::of(&text, 0..text.len()).comments.len(), 0);
    }
}
