//! Links by reference whose definition stands in another text of the page.
//!
//! `[text][label]` in a box may be defined at the end of the page, and the other way round. To Hugo a page with its
//! `{{% %}}` calls is one text; here the text of each call is read on its own, and what all of them define is collected
//! before.

use std::collections::HashMap;

use memchr::memmem;
use pulldown_cmark::{BrokenLink, CowStr, Options, Parser};

use crate::parse::Segment;

/// Stands for a call within a line. A target with a call in it is known only where it is defined.
const CALL: char = '\u{fffc}';

/// Targets and titles by label.
#[derive(Debug, Default)]
pub(crate) struct References(HashMap<String, (String, String)>);

impl References {
    /// What the text of a file defines, whose pieces are `segments`. Nothing where all of it is read at once.
    pub(crate) fn of(source: &str, segments: &[Segment], options: Options) -> Self {
        let in_pieces = segments
            .iter()
            .any(|segment| matches!(segment, Segment::Call(call) if call.inner.is_some()));
        if !in_pieces || memmem::find(source.as_bytes(), b"]:").is_none() {
            return Self::default();
        }
        let mut text = String::with_capacity(source.len());
        collect(source, segments, &mut text);
        let parser = Parser::new_ext(&text, options);
        let mut known = HashMap::new();
        for (label, definition) in parser.reference_definitions().iter() {
            if !definition.dest.contains(CALL) {
                let title = definition.title.as_deref().unwrap_or_default();
                known.insert(normal(label), (definition.dest.to_string(), title.to_owned()));
            }
        }
        Self(known)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Target and title of a link whose text does not define it.
    pub(super) fn resolve<'t>(&self, link: &BrokenLink<'_>) -> Option<(CowStr<'t>, CowStr<'t>)> {
        let (target, title) = self.0.get(&normal(&link.reference))?;
        Some((target.clone().into(), title.clone().into()))
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

/// Labels are equal whatever their case and the white space in them.
fn normal(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
