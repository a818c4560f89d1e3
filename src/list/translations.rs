//! Translations that are missing or older than their originals, for `wsgen list --translations`.
//!
//! The original of a page is the one in the site's default language. Ages come from the history of the repository.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::{left, quoted};
use crate::graph::{Page, PageId};
use crate::lang::LangId;
use crate::pipeline::Results;

/// The relation of a translation to its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// There is no translation.
    Missing,
    /// The original has changed since.
    Older,
    /// As new as the original, as far as the history says.
    Current,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Older => "older",
            Self::Current => "current",
        }
    }
}

/// An original, and its translation into one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// Key of the translation's language.
    pub language: String,
    /// Its relation to the original.
    pub state: State,
    /// File of the original.
    pub original: String,
    /// File of the translation.
    pub file: Option<String>,
    /// Day of the original's last change.
    pub original_changed: Option<String>,
    /// Day of the translation's last change.
    pub changed: Option<String>,
}

/// The translations of every page with a file into every language besides the default one, in reading order.
pub fn translations(site: &Results) -> Vec<Translation> {
    let default = site.config.default_language;
    let others = site
        .config
        .languages
        .ids()
        .filter(|language| *language != default);
    let originals = &site.graph.sites[default].reading_order;
    others
        .flat_map(|language| {
            originals
                .iter()
                .filter_map(move |id| translation(site, *id, language))
        })
        .collect()
}

fn translation(site: &Results, original: PageId, language: LangId) -> Option<Translation> {
    let page = site.graph.page(original);
    let (path, written) = source(site, page)?;
    let other = page
        .translations
        .iter()
        .map(|id| site.graph.page(*id))
        .filter(|other| other.lang == language)
        .find_map(|other| source(site, other));
    let changed = other.and_then(|(_, changed)| changed);
    let state = match (other, written, changed) {
        (None, ..) => State::Missing,
        (Some(_), Some(written), Some(changed)) if changed < written => State::Older,
        (Some(_), ..) => State::Current,
    };
    Some(Translation {
        language: site.config.languages[language].key.clone(),
        state,
        original: path.to_owned(),
        file: other.map(|(path, _)| path.to_owned()),
        original_changed: written.map(day),
        changed: changed.map(day),
    })
}

/// The path of the page's file, and the time of its last change.
fn source<'s>(site: &'s Results, page: &Page) -> Option<(&'s str, Option<Timestamp>)> {
    let file = site.tree.get(site.parsed[page.source?].file)?;
    Some((&file.path, file.facts.changed))
}

fn day(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).date().to_string()
}

/// Every translation as a JSON array.
pub fn json(translations: &[Translation]) -> String {
    // They are texts, which JSON has.
    serde_json::to_string_pretty(translations).unwrap_or_default() + "\n"
}

/// Every translation as comma-separated values with a line of names.
pub fn csv(translations: &[Translation]) -> String {
    let mut out = String::from("language,state,original,file,original_changed,changed\n");
    for translation in translations {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            translation.language.clone(),
            translation.state.name().to_owned(),
            translation.original.clone(),
            text(&translation.file),
            text(&translation.original_changed),
            text(&translation.changed),
        ];
        out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        out.push('\n');
    }
    out
}

/// The work to do as a table for people: for each language a sum, and the pages that are missing or older.
pub fn table(translations: &[Translation]) -> String {
    if translations.is_empty() {
        return "the site has one language\n".to_owned();
    }
    let mut out = String::new();
    for group in translations.chunk_by(|a, b| a.language == b.language) {
        if !out.is_empty() {
            out.push('\n');
        }
        write_language(&mut out, group);
    }
    out
}

fn write_language(out: &mut String, group: &[Translation]) {
    let count = |state| {
        group
            .iter()
            .filter(|translation| translation.state == state)
            .count()
    };
    let (missing, older) = (count(State::Missing), count(State::Older));
    let _ = writeln!(
        out,
        "{}: {} of {} pages translated, {older} older than the original",
        group[0].language,
        group.len() - missing,
        group.len(),
    );
    let work = || {
        group
            .iter()
            .filter(|translation| translation.state != State::Current)
    };
    let width = work()
        .map(|translation| translation.original.width())
        .max()
        .unwrap_or(0);
    for translation in work() {
        let days = match (&translation.original_changed, &translation.changed) {
            (Some(original), Some(changed)) => format!("changed {original}, translation {changed}"),
            _ => String::new(),
        };
        let name = left(translation.state.name(), 7);
        let line = format!("  {name}  {}  {days}", left(&translation.original, width));
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(original: &str, state: State) -> Translation {
        let there = state != State::Missing;
        Translation {
            language: "ja".to_owned(),
            state,
            original: original.to_owned(),
            file: there.then(|| original.replace(".md", ".ja.md")),
            original_changed: Some("2026-02-02".to_owned()),
            changed: there.then(|| "2026-01-01".to_owned()),
        }
    }

    #[test]
    fn the_table_shows_the_work_to_do() {
        let text = table(&[
            sample("a.md", State::Missing),
            sample("longer.md", State::Older),
            sample("done.md", State::Current),
        ]);
        let expected = "\
ja: 2 of 3 pages translated, 1 older than the original
  missing  a.md
  older    longer.md  changed 2026-02-02, translation 2026-01-01
";
        assert_eq!(text, expected);
    }

    #[test]
    fn programs_get_every_page() {
        let all = [sample("a.md", State::Missing), sample("b.md", State::Current)];
        assert_eq!(
            csv(&all),
            "language,state,original,file,original_changed,changed\n\
             ja,missing,a.md,,2026-02-02,\n\
             ja,current,b.md,b.ja.md,2026-02-02,2026-01-01\n"
        );
        assert!(json(&all).contains("\"state\": \"missing\""));
    }
}
