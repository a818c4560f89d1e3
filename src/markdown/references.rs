//! Links by reference and footnotes whose definition stands in another text of the page.
//!
//! `[text][label]` in a box may be defined at the end of the page, and the other way round, and so may a note. To Hugo a
//! page with its `{{% %}}` calls is one text; here the text of each call is read on its own, and what all of them define
//! is collected before.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use memchr::{memchr2, memmem, memrchr3};
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};

use super::footnotes::normal;
use crate::parse::Segment;

/// Stands for a call within a line. A target with a call in it is known only where it is defined.
const CALL: char = '\u{fffc}';
/// What stands between a label and its target.
const DEFINES: &[u8] = b"]:";

/// What the texts of a page define for each other. They are read for it when one asks for something that it does not
/// define itself, which few do.
#[derive(Debug)]
pub(crate) struct References {
    /// The page without the tags of its calls.
    text: String,
    options: Options,
    labels: Labels,
    known: OnceCell<Known>,
}

/// What may be labels of definitions, those of notes with the sign before them.
#[derive(Debug)]
enum Labels {
    /// These alone.
    Among(HashSet<String>),
    /// Only reading the text tells.
    Any,
}

#[derive(Debug)]
struct Known {
    /// Targets and titles of links by label.
    links: HashMap<String, (String, String)>,
    /// Labels of notes, as they are written.
    notes: Vec<String>,
}

impl References {
    /// What the text of a file defines, whose pieces are `segments`. Nothing where all of it is read at once.
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

    /// Whether there are no links.
    pub(super) fn has_no_links(&self) -> bool {
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

    /// Whether the page has a note with this label.
    pub(super) fn has_note(&self, label: &str) -> bool {
        self.labels.may_hold(&format!("^{label}")) && self.known().notes.iter().any(|note| note == label)
    }

    /// What is to be put before a text so that Markdown takes the notes for notes which it uses and does not define.
    /// The comment ends the last of them; without it indented code would belong to it.
    pub(super) fn stubs(&self, text: &str) -> String {
        if !self.may_lack_notes(text) {
            return String::new();
        }
        let lacking = self.known().notes.iter().filter(|label| {
            let reference = format!("[^{label}]");
            let mut uses = text.match_indices(&reference).peekable();
            uses.peek().is_some() && uses.all(|(at, _)| !text[at + reference.len()..].starts_with(':'))
        });
        let mut stubs: String = lacking.map(|label| format!("[^{label}]: -\n")).collect();
        if !stubs.is_empty() {
            stubs.push_str("<!-- -->\n");
        }
        stubs
    }

    /// Whether a text may use a note that is defined in another one alone.
    fn may_lack_notes(&self, text: &str) -> bool {
        let mut uses = memmem::find_iter(text.as_bytes(), b"[^");
        uses.any(|at| {
            let rest = &text[at + 1..];
            match memchr2(b']', b'\\', rest.as_bytes()) {
                Some(end) if rest.as_bytes()[end] == b']' => {
                    let label = &rest[..end];
                    let definition = format!("[{label}]:");
                    let is_here = memmem::find(text.as_bytes(), definition.as_bytes()).is_some();
                    !is_here && self.labels.may_hold(label)
                }
                Some(_) => true,
                None => false,
            }
        })
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let parser = Parser::new_ext(&self.text, self.options);
            let mut links = HashMap::new();
            for (label, definition) in parser.reference_definitions().iter() {
                if !definition.dest.contains(CALL) {
                    let title = definition.title.as_deref().unwrap_or_default();
                    links.insert(normal(label), (definition.dest.to_string(), title.to_owned()));
                }
            }
            let notes = match memmem::find(self.text.as_bytes(), b"[^") {
                Some(_) => parser.filter_map(note).collect(),
                None => Vec::new(),
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
    /// What stands in brackets before a colon. A label with a backslash or on two lines is not told apart from the text
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

/// Adds the text of a page without its tags; what stood alone on a line leaves a gap.
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
