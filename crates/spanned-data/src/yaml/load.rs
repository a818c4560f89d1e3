//! Parser events become a [`Value`]: an explicit stack instead of recursion, and a limit for aliases.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::scalar;
use crate::{Data, Entry, MAX_DEPTH, Map, Problem, Value};

/// Maximum number of values that aliases may add to a document.
const ALIAS_BUDGET: usize = 20_000;

/// The result of reading a text.
pub(super) struct Loaded {
    /// The value of the first document.
    pub(super) value: Option<Value>,
    /// The mistakes in it.
    pub(super) problems: Vec<Problem>,
    /// True if the parser gave up before the end.
    pub(super) broken: bool,
}

/// Reads `text`, which begins at byte `base` of its file.
pub(super) fn load(text: &str, base: usize) -> Loaded {
    let mut loader = Loader::new(text, base);
    let mut broken = false;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::DocumentEnd, _)) => break,
            Ok((event, span)) => loader.event(event, span),
            Err(error) => {
                loader.error(&error);
                broken = true;
                break;
            }
        }
    }
    Loaded {
        value: loader.root,
        problems: loader.problems,
        broken,
    }
}

struct Loader<'t> {
    places: Places<'t>,
    stack: Vec<Frame>,
    root: Option<Value>,
    /// Finished values with an anchor, and how many values they are made of.
    anchors: HashMap<usize, (Value, usize)>,
    /// Number of values that aliases may still add.
    budget: usize,
    /// Number of levels of a too deep value that are being skipped.
    skipping: usize,
    problems: Vec<Problem>,
}

/// A list or table that is being read.
struct Frame {
    start: usize,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Value>),
    Map {
        map: Map,
        key: Option<(String, Range<usize>)>,
        merges: Vec<Value>,
    },
}

impl<'t> Loader<'t> {
    fn new(text: &'t str, base: usize) -> Self {
        Self {
            places: Places::new(text, base),
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            budget: ALIAS_BUDGET,
            skipping: 0,
            problems: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if self.skipping > 0 {
            return self.skip(&event);
        }
        let place = self.places.range(&span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let place = self.places.scalar(place, style);
                let value = Value::new(scalar_data(&text, style, tag.as_deref()), place);
                self.finish(value, anchor, Some(&text));
            }
            Event::SequenceStart(anchor, _) => self.open(place, anchor, Content::List(Vec::new())),
            Event::MappingStart(anchor, _) => {
                let content = Content::Map {
                    map: Map::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.open(place, anchor, content);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place.end),
            Event::Alias(anchor) => self.alias(anchor, place),
            _ => {}
        }
    }

    fn error(&mut self, error: &ScanError) {
        let mut at = self.places.point(error.marker().index());
        if error.info().contains("tab") {
            at = self.places.tab(at);
        }
        self.problems
            .push(Problem::syntax(at, format!("invalid YAML: {}", error.info())));
        // What was open is worth keeping: its entries were understood.
        while !self.stack.is_empty() {
            self.close(self.places.end());
        }
    }

    fn open(&mut self, place: Range<usize>, anchor: usize, content: Content) {
        if self.stack.len() >= MAX_DEPTH {
            self.problems
                .push(Problem::syntax(place, "nested too deeply; the value is left out"));
            self.skipping = 1;
            return;
        }
        self.stack.push(Frame {
            start: place.start,
            anchor,
            content,
        });
    }

    /// Skips the parts of a value that is nested too deeply.
    fn skip(&mut self, event: &Event<'_>) {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => self.skipping += 1,
            Event::SequenceEnd | Event::MappingEnd => self.skipping -= 1,
            _ => {}
        }
        if self.skipping == 0 {
            self.finish(Value::null(), 0, None);
        }
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let data = match frame.content {
            Content::List(items) => Data::List(items),
            Content::Map { mut map, merges, .. } => {
                merges.iter().for_each(|merge| merge_key(&mut map, merge));
                Data::Map(map)
            }
        };
        self.finish(
            Value::new(data, frame.start..end.max(frame.start)),
            frame.anchor,
            None,
        );
    }

    fn alias(&mut self, anchor: usize, place: Range<usize>) {
        let Some((value, size)) = self.anchors.get(&anchor) else {
            self.problems.push(Problem::syntax(
                place.clone(),
                "this alias refers to a value that holds it",
            ));
            return self.finish(Value::new(Data::Null, place), 0, None);
        };
        if *size > self.budget {
            self.problems.push(Problem::syntax(
                place.clone(),
                "too many values through aliases; left out",
            ));
            self.budget = 0;
            return self.finish(Value::new(Data::Null, place), 0, None);
        }
        self.budget -= size;
        let value = Value::new(value.data.clone(), place);
        let text = value.to_text();
        self.finish(value, 0, text.as_deref());
    }

    /// Puts a complete value where it belongs. `text` is the source of a scalar, which counts if it is a key.
    fn finish(&mut self, value: Value, anchor: usize, text: Option<&str>) {
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), size(&value)));
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(value).filter(|value| !value.is_null() || !value.span.is_empty());
            return;
        };
        match &mut frame.content {
            Content::List(items) => items.push(value),
            Content::Map { key: key @ None, .. } => {
                let written = text.map_or_else(|| value.to_string(), str::to_owned);
                *key = Some((written, value.span));
            }
            Content::Map { map, key, merges } => {
                let (written, span) = key.take().unwrap_or_default();
                if written == "<<" {
                    merges.push(value);
                } else if let Some(old) = map.insert_entry(Entry::new(written.clone(), span.clone(), value)) {
                    self.problems
                        .push(Problem::duplicate(&written, old.key_span, span));
                }
            }
        }
    }
}

/// Adds the values of `<<: *base` or `<<: [*a, *b]` that the table does not set itself; the first of several wins.
fn merge_key(map: &mut Map, merge: &Value) {
    for base in merge.items().iter().filter_map(Value::as_map) {
        for entry in base {
            if !map.contains(&entry.key) {
                map.insert_entry(entry.clone());
            }
        }
    }
}

fn scalar_data(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Data {
    let core = tag
        .filter(|tag| tag.is_yaml_core_schema())
        .map(|tag| tag.suffix.as_str());
    match core.and_then(|tag| scalar::tagged(tag, text)) {
        Some(data) => data,
        None if style == ScalarStyle::Plain => scalar::plain(text),
        None => Data::Str(text.to_owned()),
    }
}

/// Bytes up to the closing quote, of a text that begins with the opening one.
fn quoted_len(text: &str, quote: char, escape: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let escaped =
            c == escape && (escape != quote || chars.peek().is_some_and(|(_, next)| *next == quote));
        if escaped {
            chars.next();
        } else if c == quote {
            return at + quote.len_utf8();
        }
    }
    text.len()
}

/// Number of values it is made of.
fn size(value: &Value) -> usize {
    1 + match &value.data {
        Data::List(items) => items.iter().map(size).sum(),
        Data::Map(map) => map.iter().map(|entry| size(&entry.value)).sum(),
        _ => 0,
    }
}

/// The parser counts characters, spans count bytes of the file.
struct Places<'t> {
    text: &'t str,
    base: usize,
    /// Byte offset of each character; empty for ASCII, where the two are the same.
    offsets: Vec<usize>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str, base: usize) -> Self {
        let offsets = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self { text, base, offsets }
    }

    fn byte(&self, index: usize) -> usize {
        let byte = if self.offsets.is_empty() {
            index
        } else {
            self.offsets.get(index).copied().unwrap_or(usize::MAX)
        };
        byte.min(self.text.len())
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let start = self.base + self.byte(span.start.index());
        start..(self.base + self.byte(span.end.index())).max(start)
    }

    /// The place of a scalar. The parser counts a comment after a quoted one in.
    fn scalar(&self, place: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let text = &self.text[place.start - self.base..place.end - self.base];
        let len = match style {
            ScalarStyle::SingleQuoted => quoted_len(text, '\'', '\''),
            ScalarStyle::DoubleQuoted => quoted_len(text, '"', '\\'),
            _ => text.trim_end().len(),
        };
        place.start..place.start + len
    }

    /// The first tab in the white space at the begin of a line from the one before `at` on, where the parser means one.
    fn tab(&self, at: Range<usize>) -> Range<usize> {
        let from = self.text[..at.start - self.base]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let mut start = from;
        for line in self.text[from..].split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = line[..blank].find('\t') {
                return self.base + start + tab..self.base + start + tab + 1;
            }
            start += line.len();
        }
        at
    }

    /// The character at `index`; empty at the end of a line.
    fn point(&self, index: usize) -> Range<usize> {
        let start = self.byte(index);
        let next = self.text[start..]
            .chars()
            .next()
            .filter(|c| !c.is_control() || *c == '\t');
        self.base + start..self.base + start + next.map_or(0, char::len_utf8)
    }

    fn end(&self) -> usize {
        self.base + self.text.len()
    }
}
