//! Calls that nothing has run: raw `{{<` and `{{%` on the finished page.
//!
//! Every call in a source ends as one of run, text in code, hidden in a comment, and finding. This is the check of it.

use std::collections::BTreeSet;

use memchr::memmem;
use percent_encoding::percent_decode_str;

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::markup::dom::{By, Element, Node};
use crate::parse::{self, Call, ParsedPage, Segment};
use crate::shortcodes::BodyContext;

/// Elements whose text is code.
const CODE: [&str; 8] = ["code", "pre", "kbd", "samp", "tt", "script", "style", "textarea"];
/// Attributes that speak to readers or lead somewhere.
const SHOWN: [&str; 4] = ["href", "src", "alt", "title"];
/// Fields of front matter that are printed.
const FIELDS: [&str; 4] = ["title", "linktitle", "description", "summary"];
/// Ways in which authors write a sign of a call that is none.
const ESCAPES: [&str; 11] = [
    "&lt;", "&#60;", "&#x3c;", "&lbrace;", "&lcub;", "&#123;", "&#x7b;", "&percnt;", "&#37;", "{\\", "\\{",
];

/// Returns true if finished HTML may hold raw calls.
pub(super) fn may_be_in(html: &str) -> bool {
    ["{{&lt;", "{{<", "{{%", "%7B%7B%"]
        .iter()
        .any(|opening| memmem::find(html.as_bytes(), opening.as_bytes()).is_some())
}

/// Raw calls in the front matter of a page, where none is run.
pub(super) fn in_front_matter(page: &ParsedPage, text: &str, found: &mut Diagnostics) {
    for value in FIELDS.iter().filter_map(|field| page.values.get(field)) {
        let source = text.get(value.span.clone()).unwrap_or_default();
        let shown = without_code(source);
        if let Some((at, key)) = keys(&shown).next() {
            let source = Source::of(page.file, text);
            found.push(source.finding(source.call_at(value.span.start + at, &key), &key));
        }
    }
}

/// Raw calls in the finished nodes of a page. `known` are its findings so far; a call with one gets no second.
pub(super) fn in_nodes(
    nodes: &[Node],
    page: &ParsedPage,
    cx: &BodyContext<'_>,
    known: &Diagnostics,
) -> Diagnostics {
    let mut raw = Vec::new();
    let whole = Span::new(page.file, page.front_span.range().end, cx.text(page.file).len());
    collect(nodes, whole, &mut raw);
    let mut places = BTreeSet::new();
    let mut found = Diagnostics::new();
    for (near, key) in raw {
        let own = Source::of(page.file, cx.text(page.file));
        let near_file = Source::of(near.file, cx.text(near.file));
        if own.shows(&key) || near_file.shows(&key) {
            continue;
        }
        let place = near_file.place(near.range(), &key);
        let place = place.or_else(|| own.place(whole.range(), &key));
        let Some(place) = place.or_else(|| near_file.origin(near)) else {
            continue;
        };
        let has_finding = |one: &Diagnostic| {
            let labels = one.labels.iter().map(|label| label.span);
            one.span
                .into_iter()
                .chain(labels)
                .any(|span| overlap(span, place))
        };
        let told = known
            .iter()
            .chain(&own.diagnostics)
            .chain(&near_file.diagnostics)
            .any(has_finding);
        if !told && places.insert(place) {
            let source = if place.file == page.file { &own } else { &near_file };
            found.push(source.finding(place, &key));
        }
    }
    found
}

fn overlap(one: Span, other: Span) -> bool {
    one.file == other.file && one.start <= other.end && other.start <= one.end
}

/// Adds the raw calls in `nodes`, each with the nearest span around it.
fn collect(nodes: &[Node], near: Span, raw: &mut Vec<(Span, String)>) {
    for node in nodes {
        match node {
            Node::Text(text) => raw.extend(keys(text).map(|(_, key)| (near, key))),
            Node::Element(element) if !CODE.contains(&&*element.name) => {
                let near = element.span.unwrap_or(near);
                if element.by != By::Wsgen {
                    let values = shown_values(element);
                    raw.extend(values.flat_map(|value| {
                        let value = percent_decode_str(value).decode_utf8_lossy();
                        keys(&value).map(|(_, key)| (near, key)).collect::<Vec<_>>()
                    }));
                }
                collect(&element.children, near, raw);
            }
            _ => {}
        }
    }
}

fn shown_values(element: &Element) -> impl Iterator<Item = &str> {
    let shown = element.attrs.iter().filter(|(name, _)| SHOWN.contains(&&**name));
    shown.filter_map(|(_, value)| value.as_deref())
}

/// The calls in a text, as opening sign and name, with their places.
fn keys(text: &str) -> impl Iterator<Item = (usize, String)> {
    let openings = memmem::find_iter(text.as_bytes(), "{{").collect::<Vec<_>>();
    openings.into_iter().filter_map(move |at| {
        let rest = &text[at + 2..];
        let sign = rest.chars().next().filter(|sign| matches!(sign, '<' | '%'))?;
        let name = rest[1..].trim_start();
        let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '%' | '}' | '<'));
        let name = &name[..end.unwrap_or(name.len())];
        (!name.is_empty()).then(|| (at, format!("{{{{{sign} {name}")))
    })
}

/// A text with spaces in the place of code between backticks.
fn without_code(text: &str) -> String {
    let mut in_code = false;
    let blank = |c: char| {
        in_code ^= c == '`';
        if in_code && c.is_ascii() { ' ' } else { c }
    };
    text.chars().map(blank).collect()
}

/// A file as its author wrote it.
struct Source<'a> {
    file: FileId,
    text: &'a str,
    escaped: Vec<Span>,
    calls: Vec<Span>,
    diagnostics: Diagnostics,
}

impl<'a> Source<'a> {
    fn of(file: FileId, text: &'a str) -> Self {
        let (segments, diagnostics) = parse::included(file, text);
        let mut source = Self {
            file,
            text,
            escaped: Vec::new(),
            calls: Vec::new(),
            diagnostics,
        };
        source.add(&segments);
        source
    }

    fn add(&mut self, segments: &[Segment]) {
        for segment in segments {
            match segment {
                Segment::Escaped { span, .. } => self.escaped.push(*span),
                Segment::Call(call) => self.add_call(call),
                Segment::Text(_) => {}
            }
        }
    }

    fn add_call(&mut self, call: &Call) {
        self.calls.push(call.open_span);
        if let Some(inner) = &call.inner {
            self.calls.push(Span::new(
                self.file,
                inner.span.range().end,
                call.span.range().end,
            ));
            self.add(&inner.segments);
        }
    }

    /// Returns true if an escaped example prints the call.
    fn shows(&self, key: &str) -> bool {
        let written = |span: &Span| self.text.get(span.range()).unwrap_or_default();
        let mut examples = self.escaped.iter().map(written);
        examples.any(|example| {
            let plain = example.replacen("/*", "", 1).replace("*/", " ");
            keys(&plain).any(|(_, shown)| shown == key)
        })
    }

    /// The place of a call in the text: one that was not read as a call before one that was, and one within `near`
    /// before the others.
    fn place(&self, near: std::ops::Range<usize>, key: &str) -> Option<Span> {
        let within = |spans: &[Span], at: usize| spans.iter().any(|span| span.range().contains(&at));
        let places: Vec<usize> = keys(self.text)
            .filter(|(at, found)| found == key && !within(&self.escaped, *at))
            .map(|(at, _)| at)
            .collect();
        let rank = |at: &usize| (within(&self.calls, *at), !near.contains(at), *at);
        let at = places.into_iter().min_by_key(rank)?;
        Some(self.call_at(at, key))
    }

    /// The span of a call: to its closing sign, where that is on the same line.
    fn call_at(&self, at: usize, key: &str) -> Span {
        let line = self.text[at..].lines().next().unwrap_or_default();
        let closing = if key.starts_with("{{<") { ">}}" } else { "%}}" };
        let end = line.find(closing).map_or(key.len(), |end| end + closing.len());
        Span::new(self.file, at, at + end)
    }

    fn finding(&self, place: Span, key: &str) -> Diagnostic {
        let call = self.text.get(place.range()).filter(|call| call.starts_with("{{"));
        let call = call.unwrap_or(key);
        let message = format!("the page shows `{call}` as it is written, because no call is run here");
        Diagnostic::warning(Code::RawShortcode, place, message).help(
            "calls are run in the text of pages; to show one, write `/*` after its opening sign and `*/` before its closing one",
        )
    }

    /// The place that a call comes from which is not written in the text, unless its signs are escaped there.
    fn origin(&self, near: Span) -> Option<Span> {
        let source = self.text.get(near.range()).unwrap_or_default().to_lowercase();
        let is_call = keys(&source).next().is_some();
        (is_call && !ESCAPES.iter().any(|escape| source.contains(escape))).then_some(near)
    }
}
