//! Interface texts: "Next", "On this page", the titles of callouts, in the language of the page.
//!
//! Takes the files of `i18n/`: the embedded ones, and the site's over them, in wsgen's flat form (`next = "Next"`) or
//! Hugo's (`[next]` with `other = "Next"`).

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::source::{Component, FileId, Origin, SourceFile, SourceTree};

/// Language that every text exists in.
const FALLBACK: &str = "en";

/// Interface texts of all languages.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    languages: BTreeMap<String, BTreeMap<String, String>>,
}

impl Texts {
    /// Reads the texts of `tree`.
    pub fn new(tree: &SourceTree) -> (Self, Diagnostics) {
        let mut texts = Self::default();
        let mut diagnostics = Diagnostics::new();
        let (embedded, own): (Vec<_>, Vec<_>) = tree
            .iter(Component::I18n)
            .partition(|(_, file)| file.origin == Origin::Embedded);
        for (id, file) in embedded.into_iter().chain(own) {
            texts.read(id, file, &mut diagnostics);
        }
        (texts, diagnostics)
    }

    /// The text `key` in the language `lang` (a key or locale such as `zh-CN`), else in English, else the key itself.
    pub fn get<'a>(&'a self, lang: &str, key: &'a str) -> &'a str {
        let mut tables = self.tables(lang);
        tables
            .find_map(|table| table.get(key))
            .map_or(key, String::as_str)
    }

    /// All texts of `lang`, completed from the languages it falls back to.
    pub fn all(&self, lang: &str) -> BTreeMap<&str, &str> {
        let mut all = BTreeMap::new();
        for table in self.tables(lang) {
            for (key, text) in table {
                all.entry(key.as_str()).or_insert(text.as_str());
            }
        }
        all
    }

    /// Tables to look in, best first: `zh-hant-tw`, `zh-hant`, `zh`, any other `zh-…`, `en`.
    fn tables(&self, lang: &str) -> impl Iterator<Item = &BTreeMap<String, String>> {
        let lang = lang.to_lowercase().replace('_', "-");
        let mut names = vec![lang.clone()];
        let mut rest = lang.as_str();
        while let Some((shorter, _)) = rest.rsplit_once('-') {
            names.push(shorter.to_owned());
            rest = shorter;
        }
        let base = format!("{rest}-");
        names.extend(
            self.languages
                .keys()
                .filter(|key| key.starts_with(&base))
                .cloned(),
        );
        names.push(FALLBACK.to_owned());
        names.into_iter().filter_map(|name| self.languages.get(&name))
    }

    fn read(&mut self, id: FileId, file: &SourceFile, diagnostics: &mut Diagnostics) {
        let Some((name, "toml")) = file.target.rsplit_once('.') else {
            return;
        };
        match file.text().unwrap_or_default().parse::<toml_edit::DocumentMut>() {
            Ok(document) => self.add(name, document.as_table()),
            Err(error) => {
                let range = error.span().unwrap_or_default();
                let span = Span::new(id, range.start, range.end);
                let message = format!("this translation file cannot be read: {}", error.message());
                diagnostics.push(Diagnostic::error(Code::InvalidTranslation, span, message));
            }
        }
    }

    fn add(&mut self, lang: &str, table: &toml_edit::Table) {
        let texts = self.languages.entry(lang.to_lowercase()).or_default();
        for (key, item) in table {
            let text = item
                .as_str()
                .or_else(|| item.get("other").and_then(toml_edit::Item::as_str));
            if let Some(text) = text {
                texts.insert(key.to_owned(), text.to_owned());
            }
        }
    }
}
