//! Comments that ignore findings: `<!-- wsgen-ignore broken-link: reason -->`, for the block that follows.
//!
//! The block goes to the next empty line. A block of code goes to its end, a list on over the empty lines between its
//! items, and a shortcode call to its closing tag.

use std::ops::Range;

use memchr::memmem;

use super::Site;
use crate::diag::{Diagnostic, Diagnostics, FindingName, Kind, Span};
use crate::parse::lines::{content, fence, indentation, marker, prefix};
use crate::parse::{ParsedPage, Segment};

/// The beginning of such a comment.
const OPEN: &str = "<!-- wsgen-ignore";

/// A name in a comment.
struct Ignore {
    /// Span of the name.
    span: Span,
    name: FindingName,
    block: Span,
    used: bool,
}

/// The ignores of a site.
pub(super) struct Ignores {
    list: Vec<Ignore>,
    wrong: Diagnostics,
}

/// Reads the comments of all pages. Few texts have one.
pub(super) fn ignores(site: Site<'_>) -> Ignores {
    let finder = memmem::Finder::new(OPEN);
    let mut found = Ignores {
        list: Vec::new(),
        wrong: Vec::new(),
    };
    for page in site.parsed {
        let text = site.tree.get(page.file).and_then(|file| file.text());
        if let Some(text) = text.filter(|text| finder.find(text.as_bytes()).is_some()) {
            found.add(page, text);
        }
    }
    found
}

impl Ignores {
    /// Returns true for a finding that a comment ignores.
    pub(super) fn takes(&mut self, finding: &Diagnostic) -> bool {
        let Some(span) = finding.span.filter(|_| !self.list.is_empty()) else {
            return false;
        };
        let mut taken = false;
        for ignore in &mut self.list {
            let here = ignore.block.file == span.file
                && ignore.block.range().contains(&(span.start as usize))
                && ignore.name.means(finding.code, finding.kind);
            ignore.used |= here;
            taken |= here;
        }
        taken
    }

    /// Names that are no findings, and if the list was `complete`, ignores without effect.
    pub(super) fn findings(self, complete: bool) -> Diagnostics {
        let unused = self.list.into_iter().filter(|ignore| complete && !ignore.used);
        let unused = unused.map(|ignore| {
            let message = "this comment ignores nothing: the block below it has no such finding";
            Diagnostic::of(Kind::IgnoreUnused, ignore.span, message).help("remove the comment")
        });
        self.wrong.into_iter().chain(unused).collect()
    }

    fn add(&mut self, page: &ParsedPage, text: &str) {
        let body = page.front_span.range().end;
        let lines = lines(text, body);
        for (nth, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_code) {
            let own = &text[line.range.clone()];
            let start = line.range.start + prefix(own);
            let Some(rest) = text[start..].strip_prefix(OPEN) else {
                continue;
            };
            let Some(end) = rest.find("-->") else { continue };
            let names_at = start + OPEN.len();
            let end = names_at + end;
            let last = lines[nth..].partition_point(|line| line.range.end <= end + 2);
            let behind = lines.get(nth + last + 1..).unwrap_or_default();
            let block = block(text, behind, end + 3, page);
            self.names(page, &text[names_at..end], names_at, &block);
        }
    }

    /// Reads the names before the colon; the reason behind it is for people.
    fn names(&mut self, page: &ParsedPage, text: &str, at: usize, block: &Range<usize>) {
        let names = text.split(':').next().unwrap_or_default();
        for name in names
            .split([',', ' ', '\t', '\n', '\r'])
            .filter(|name| !name.is_empty())
        {
            let start = at + (name.as_ptr() as usize - text.as_ptr() as usize);
            let span = Span::new(page.file, start, start + name.len());
            match FindingName::parse(name) {
                Ok(name) => self.list.push(Ignore {
                    span,
                    name,
                    block: Span::new(page.file, block.start, block.end),
                    used: false,
                }),
                Err(near) => self.wrong.push(unknown(name, near, span)),
            }
        }
    }
}

fn unknown(name: &str, near: Option<&str>, span: Span) -> Diagnostic {
    let finding = Diagnostic::of(
        Kind::IgnoreUnknown,
        span,
        format!("there is no finding `{name}` to ignore"),
    );
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("write a code that `wsgen explain` lists, and the reason behind a colon"),
    }
}

/// A line of a page.
struct Line {
    range: Range<usize>,
    /// True between fences and for the fences themselves.
    is_code: bool,
}

fn lines(text: &str, body: usize) -> Vec<Line> {
    let mut opened: Option<&str> = None;
    let mut at = body;
    let mut list = Vec::new();
    for line in text.get(body..).unwrap_or_default().split_inclusive('\n') {
        let found = fence(content(line));
        let closes = opened.is_some_and(|opening| {
            found.is_some_and(|fence| fence.starts_with(opening) && fence == content(line))
        });
        let is_code = opened.is_some() || found.is_some();
        opened = if closes { None } else { opened.or(found) };
        list.push(Line {
            range: at..at + line.len(),
            is_code,
        });
        at += line.len();
    }
    list
}

/// The block that begins in `lines`, behind `from`.
fn block(text: &str, lines: &[Line], from: usize, page: &ParsedPage) -> Range<usize> {
    let shown = |line: &Line| text[line.range.clone()].trim_matches(['>', ' ', '\t', '\r', '\n']);
    let mut rest = lines.iter().skip_while(|line| shown(line).is_empty()).peekable();
    let Some(first) = rest.peek().map(|line| line.range.clone()) else {
        return from..text.len();
    };
    let in_list = marker(text[first.clone()].trim_start_matches(['>', ' '])).is_some();
    let mut end = first.end;
    while let Some(line) = rest.next() {
        let is_gap = shown(line).is_empty() && !line.is_code;
        let next = rest.peek().map(|next| &text[next.range.clone()]);
        let is_item = |next: &str| indentation(next) >= 2 || marker(next.trim_start()).is_some();
        let is_in_list = in_list && next.is_some_and(is_item);
        if is_gap && !is_in_list {
            break;
        }
        end = line.range.end;
    }
    let call = call_at(&page.body, first.start + prefix(&text[first.clone()]));
    from..end.max(call.map_or(end, |call| call.end))
}

/// The range of the call that begins at `start`.
fn call_at(segments: &[Segment], start: usize) -> Option<Range<usize>> {
    segments.iter().find_map(|segment| match segment {
        Segment::Call(call) if call.span.range().start == start => Some(call.span.range()),
        Segment::Call(call) if call.span.range().contains(&start) => {
            call_at(&call.inner.as_ref()?.segments, start)
        }
        _ => None,
    })
}
