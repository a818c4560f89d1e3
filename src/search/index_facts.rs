//! Facts about an index, for `wsgen inspect`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::documents::Language;
use crate::render::{OutputContent, OutputFile, SEARCH_FOLDER};

/// The index of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Key of the language.
    pub language: String,
    /// Pages that are found.
    pub pages: usize,
    /// Scripts of their texts, the most frequent first.
    pub scripts: Vec<Script>,
    /// Files of the index.
    pub files: usize,
    /// Bytes of these files.
    pub bytes: usize,
}

/// A script and how much of the texts is written in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Script {
    /// Its name in Unicode.
    pub name: &'static str,
    /// Letters in it.
    pub letters: usize,
}

impl Facts {
    /// The facts of a language whose index is among `files`.
    pub fn of(language: &Language, files: &[OutputFile]) -> Self {
        let folder = format!("{SEARCH_FOLDER}{}/", language.key);
        let own = files.iter().filter(|file| file.path.starts_with(&folder));
        let bytes = own.clone().map(|file| match &file.content {
            OutputContent::Bytes(bytes) => bytes.len(),
            OutputContent::Pieces(_) | OutputContent::Copy(_) => 0,
        });
        Self {
            language: language.key.clone(),
            pages: language.documents.len(),
            scripts: scripts(language),
            files: own.clone().count(),
            bytes: bytes.sum(),
        }
    }
}

fn scripts(language: &Language) -> Vec<Script> {
    let mut letters: BTreeMap<&'static str, usize> = BTreeMap::new();
    for document in &language.documents {
        let texts = document
            .passages
            .iter()
            .flat_map(|passage| [&passage.title, &passage.text]);
        for text in texts.chain([&document.title]) {
            for script in text.chars().filter_map(script) {
                *letters.entry(script).or_default() += 1;
            }
        }
    }
    let mut scripts: Vec<Script> = letters
        .into_iter()
        .map(|(name, letters)| Script { name, letters })
        .collect();
    scripts.sort_by_key(|script| std::cmp::Reverse(script.letters));
    scripts
}

/// The script of a letter; nothing for signs, digits and marks that many scripts share.
fn script(c: char) -> Option<&'static str> {
    Some(match c {
        'a'..='z' | 'A'..='Z' => "Latin",
        _ if c.is_ascii() || !c.is_alphabetic() => return None,
        '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => "Latin",
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => "Greek",
        '\u{400}'..='\u{52f}' => "Cyrillic",
        '\u{530}'..='\u{58f}' => "Armenian",
        '\u{590}'..='\u{5ff}' => "Hebrew",
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => "Arabic",
        '\u{900}'..='\u{97f}' => "Devanagari",
        '\u{980}'..='\u{9ff}' => "Bengali",
        '\u{b80}'..='\u{bff}' => "Tamil",
        '\u{e00}'..='\u{e7f}' => "Thai",
        '\u{e80}'..='\u{eff}' => "Lao",
        '\u{1000}'..='\u{109f}' => "Myanmar",
        '\u{10a0}'..='\u{10ff}' => "Georgian",
        '\u{1780}'..='\u{17ff}' => "Khmer",
        '\u{3041}'..='\u{309f}' => "Hiragana",
        '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => "Katakana",
        '\u{3100}'..='\u{312f}' => "Bopomofo",
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => "Hangul",
        '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => "Han",
        _ => "other",
    })
}
