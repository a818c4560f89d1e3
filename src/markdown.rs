//! Markdown text becomes nodes: pulldown-cmark's events, put into the tree with the extensions of Hugo's Markdown.

mod attributes;
mod block_attributes;
mod columns;
mod definitions;
#[cfg(test)]
mod emphasis_tests;
mod fences;
mod flanking;
mod footnotes;
pub(crate) mod formula;
mod id_text;
mod inline_text;
mod line_breaks;
mod lines;
mod linkify;
mod lone_images;
pub mod mathml;
mod pairs;
mod passthrough;
mod reader;
mod references;
mod reserved_references;
mod tables;
#[cfg(test)]
mod tests;
mod typographer;
mod work;

use std::borrow::Cow;

use pulldown_cmark::{BrokenLink, Options, Parser};

pub(crate) use self::footnotes::{gather as gather_notes, is_note, prefix_ids};
pub(crate) use self::lines::{containers, goes_on};
use self::reader::Reader;
pub(crate) use self::references::References;
use crate::config::Goldmark;
use crate::diag::Diagnostics;
use crate::markup::dom::Node;
use crate::markup::marks::{Exchange, FLANK};
use crate::markup::range_map::RangeMap;

/// Reads a text that was put together from files; `map` leads back to them.
///
/// `table` holds the entries of the marks in the text, which the caller exchanges. Formulas are added to it; without a
/// table there are none.
pub(crate) fn read(
    text: &str,
    map: RangeMap,
    table: Option<&mut Vec<Exchange>>,
    goldmark: &Goldmark,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    read_piece(text, map, table, goldmark, &References::default(), diagnostics)
}

/// Reads a piece of a page, where links may be defined in other pieces.
pub(crate) fn read_piece(
    text: &str,
    map: RangeMap,
    table: Option<&mut Vec<Exchange>>,
    goldmark: &Goldmark,
    references: &References,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    let mut source = Source {
        text: Cow::Borrowed(text),
        map,
    };
    if let (Some(table), Some(delimiters)) = (table, &goldmark.passthrough) {
        source.change(|text, map| {
            passthrough::take(text, map, delimiters, options(goldmark), table, diagnostics)
        });
    }
    source.change(|text, map| reserved_references::replace(text, map, options(goldmark), diagnostics));
    source.change(fences::replace_tabs);
    if goldmark.block_attributes {
        source.change(block_attributes::mark);
    }
    if goldmark.table {
        source.change(tables::complete);
    }
    source.change(|text, map| separate(text, map, goldmark));
    let stubs = references.stubs(&source.text);
    if !stubs.is_empty() {
        source.change(|text, map| {
            Some((
                format!("{stubs}{text}"),
                map.clone().with_insertions([(0, stubs.len())]),
            ))
        });
    }
    let mut reader = Reader::new(&source.text, &source.map, goldmark);
    let resolve = |link: BrokenLink<'_>| references.resolve(&link);
    let resolve = (!references.has_no_labels()).then_some(resolve);
    let parser = Parser::new_with_broken_link_callback(&source.text, options(goldmark), resolve);
    for (event, range) in parser.into_offset_iter() {
        if range.start >= stubs.len() {
            reader.event(event, range);
        }
    }
    let mut nodes = reader.finish(diagnostics);
    pairs::apply(&mut nodes, goldmark.extras);
    if !goldmark.wrap_standalone_image {
        lone_images::unwrap(&mut nodes);
    }
    nodes
}

/// Markdown on its way to the parser, with the source position of each byte.
struct Source<'t> {
    text: Cow<'t, str>,
    map: RangeMap,
}

impl Source<'_> {
    /// Applies a step, which returns `None` if there is nothing to do.
    fn change(&mut self, change: impl FnOnce(&str, &RangeMap) -> Option<(String, RangeMap)>) {
        if let Some((text, map)) = change(&self.text, &self.map) {
            *self = Self {
                text: Cow::Owned(text),
                map,
            };
        }
    }
}

/// Puts marks between characters that would mean something else side by side.
fn separate(text: &str, map: &RangeMap, goldmark: &Goldmark) -> Option<(String, RangeMap)> {
    let mut marks = flanking::marks(text);
    let mut positions = Vec::new();
    if goldmark.typographer.is_some() {
        typographer::separate_angles(text, &mut positions);
    }
    if goldmark.linkify {
        linkify::separate_underscores(text, &mut positions);
    }
    if goldmark.definition_list {
        definitions::separate_colons(text, &mut positions);
    }
    marks.extend(positions.into_iter().map(|at| (at, FLANK)));
    marks.sort_by_key(|(at, _)| *at);
    marks.dedup();
    if marks.is_empty() {
        return None;
    }
    let insertions = marks.iter().map(|(at, mark)| (*at, mark.len_utf8()));
    Some((
        flanking::insert(text, &marks),
        map.clone().with_insertions(insertions),
    ))
}

pub(crate) fn options(goldmark: &Goldmark) -> Options {
    let mut options = Options::empty();
    options.set(Options::ENABLE_TABLES, goldmark.table);
    options.set(
        Options::ENABLE_STRIKETHROUGH,
        goldmark.strikethrough || goldmark.extras.delete,
    );
    options.set(Options::ENABLE_TASKLISTS, goldmark.task_list);
    options.set(Options::ENABLE_FOOTNOTES, goldmark.footnote);
    options.set(Options::ENABLE_DEFINITION_LIST, goldmark.definition_list);
    options.set(Options::ENABLE_SUBSCRIPT, goldmark.extras.subscript);
    options.set(Options::ENABLE_SUPERSCRIPT, goldmark.extras.superscript);
    options
}

/// The typographer of a site that sets nothing.
#[cfg(test)]
pub(crate) fn test_typographer() -> crate::config::Typographer {
    crate::config::Typographer {
        left_single_quote: "‘".into(),
        right_single_quote: "’".into(),
        left_double_quote: "“".into(),
        right_double_quote: "”".into(),
        en_dash: "–".into(),
        em_dash: "—".into(),
        ellipsis: "…".into(),
        left_angle_quote: "«".into(),
        right_angle_quote: "»".into(),
        apostrophe: "’".into(),
    }
}
