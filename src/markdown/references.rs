//! Links by reference and footnotes with a definition in another text of the page.
//!
//! `[text][label]` in a box may be defined at the end of the page, and the other way round, and so may a note. To Hugo
//! a page with its `{{% %}}` calls is one text; here the text of each call is read on its own, and the definitions of
//! all of them are collected before.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use memchr::{memmem, memrchr3};
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};

use super::footnotes::normal;
use super::work;
use crate::parse::Segment;
use crate::source::reserved;

/// Stands for a call within a line. A target with a call in it is known only where it is defined.
const CALL: char = '\u{fffc}';
/// The characters between a label and its target.
const DEFINES: &[u8] = b"]:";

/// Definitions that the texts of a page share. They are read when a text asks for something that it does not define
/// itself, which few do.
#[derive(Debug)]
pub(crate) struct References {
    /// The page without the tags of its calls.
    text: String,
    options: Options,
    labels: Labels,
    known: OnceCell<Known>,
}

/// Possible labels of definitions, those of notes with the sign before them.
#[derive(Debug)]
enum Labels {
    /// Only these labels.
    Among(HashSet<String>),
    /// Any label: only parsing tells.
    Any,
}

#[derive(Debug)]
struct Known {
    /// Targets and titles of links by label.
    links: HashMap<String, (String, String)>,
    /// Labels of notes, as written.
    notes: HashSet<String>,
}

impl References {
    /// The definitions in the text of a file, whose pieces are `segments`. None where all of it is read at once.
    pub(crate) fn of(source: &str, segments: &[Segment], options: Options) -> Self {
        let in_pieces = segments
            .iter()
            .any(|segment| matches!(segment, Segment::Call(call) if call.inner.is_some()));
        if !in_pieces || memmem::find(source.as_bytes(), DEFINES).is_none() {
            return Self::default();
        }
        let mut text = String::with_capacity(source.len());
        collect(source, segments, &mut text);
        Self {
            labels: Labels::of(&text),
            text,
            options,
            known: OnceCell::new(),
        }
    }

    /// Returns true when nothing is defined.
    pub(super) fn has_no_labels(&self) -> bool {
        matches!(&self.labels, Labels::Among(labels) if labels.is_empty())
    }

    /// Target and title of a link whose text does not define it.
    pub(super) fn resolve<'t>(&self, link: &BrokenLink<'_>) -> Option<(CowStr<'t>, CowStr<'t>)> {
        if !self.labels.may_hold(&link.reference) {
            return None;
        }
        let (target, title) = self.known().links.get(&normal(&link.reference))?;
        Some((target.clone().into(), title.clone().into()))
    }

    /// Definitions to put before a text for the notes that it uses and does not define, so that Markdown sees notes.
    /// The comment ends the last of them; without it indented code would belong to it.
    pub(super) fn stubs(&self, text: &str) -> String {
        if self.has_no_labels() {
            return String::new();
        }
        let notes = Notes::of(text);
        if !notes
            .lacking()
            .any(|label| self.labels.may_hold(&format!("^{label}")))
        {
            return String::new();
        }
        let known = &self.known().notes;
        let mut stubs = String::new();
        let mut seen = HashSet::new();
        for label in notes.lacking() {
            if known.contains(label) && seen.insert(label) {
                let _ = writeln!(stubs, "[^{label}]: -");
            }
        }
        if !stubs.is_empty() {
            stubs.push_str("<!-- -->\n");
        }
        stubs
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let parser = Parser::new_ext(&self.text, self.options);
            let mut links = HashMap::new();
            for (label, definition) in parser.reference_definitions().iter() {
                if !definition.dest.contains(CALL) {
                    let title = definition.title.as_deref().unwrap_or_default();
                    let [target, title] = [&definition.dest, title]
                        .map(|text| reserved::replaced(text).unwrap_or_else(|| text.to_owned()));
                    links.insert(normal(label), (target, title));
                }
            }
            let notes = match memmem::find(self.text.as_bytes(), b"[^") {
                Some(_) => parser.filter_map(note).collect(),
                None => HashSet::new(),
            };
            Known { links, notes }
        })
    }
}

impl Default for References {
    fn default() -> Self {
        Self {
            text: String::new(),
            options: Options::empty(),
            labels: Labels::Among(HashSet::new()),
            known: OnceCell::new(),
        }
    }
}

impl Labels {
    /// Reads the brackets before colons. A label with a backslash or on two lines is not told apart from the text
    /// around it as easily.
    fn of(text: &str) -> Self {
        let mut labels = HashSet::new();
        for at in memmem::find_iter(text.as_bytes(), DEFINES) {
            let Some(open) = memrchr3(b'[', b'\\', b'\n', &text.as_bytes()[..at]) else {
                continue;
            };
            if text.as_bytes()[open] != b'[' {
                return Self::Any;
            }
            labels.insert(normal(&text[open + 1..at]));
        }
        Self::Among(labels)
    }

    fn may_hold(&self, label: &str) -> bool {
        match self {
            Self::Among(labels) => labels.contains(&normal(label)),
            Self::Any => true,
        }
    }
}

/// The labels of notes in one text.
struct Notes<'t> {
    used: Vec<&'t str>,
    defined: HashSet<&'t str>,
}

impl<'t> Notes<'t> {
    fn of(text: &'t str) -> Self {
        let (mut used, mut defined) = (Vec::new(), HashSet::new());
        for at in memmem::find_iter(text.as_bytes(), b"[^") {
            let rest = &text[at + "[^".len()..];
            let Some(label) = label_len(rest).map(|len| &rest[..len]) else {
                continue;
            };
            if rest[label.len()..].starts_with("]:") {
                defined.insert(label);
            } else {
                used.push(label);
            }
        }
        Self { used, defined }
    }

    /// Labels that are used and not defined.
    fn lacking(&self) -> impl Iterator<Item = &'t str> {
        let used = self.used.iter().copied();
        used.filter(|label| !self.defined.contains(label))
    }
}

/// The length of a label up to the bracket that closes it. No label holds another bracket.
fn label_len(text: &str) -> Option<usize> {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        work::step(1);
        let is_bracket = matches!(byte, b'[' | b']') && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_bracket
    })?;
    (text.as_bytes()[end] == b']').then_some(end)
}

/// Adds the text of a page without its tags; a tag alone on a line leaves a gap.
fn collect(source: &str, segments: &[Segment], out: &mut String) {
    for segment in segments {
        match segment {
            Segment::Text(span) => out.push_str(source.get(span.range()).unwrap_or_default()),
            Segment::Escaped { text, .. } => out.push_str(text),
            Segment::Call(call) => match &call.inner {
                Some(inner) => {
                    out.push_str("\n\n");
                    collect(source, &inner.segments, out);
                    out.push_str("\n\n");
                }
                None => out.push(CALL),
            },
        }
    }
}

/// The label of the note whose definition begins with an event.
fn note(event: Event<'_>) -> Option<String> {
    match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some(label.into_string()),
        _ => None,
    }
}
