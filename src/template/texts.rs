//! Interface texts: "Next", "On this page", the titles of callouts, in the language of the page.
//!
//! Takes the files of `i18n/`: those of a theme in the repository, the embedded ones over them, and the site's over all, in wsgen's flat form (`next = "Next"`) or
//! Hugo's (`[next]` with `other = "Next"`).

use std::collections::BTreeMap;

use spanned_data::{Value, json, toml, yaml};

use crate::config::Language;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Severity, Span};
use crate::source::{Component, Origin, SourceFile, SourceTree, THEME_LAYOUTS, reserved};

/// Language in which every text exists.
const FALLBACK: &str = "en";

/// Key of the attributes for elements that hold an interface text alone: none, or those of the fallback.
const ATTRIBUTES: &str = "attributes";
/// The attributes of a text in the fallback language.
const IN_ENGLISH: &str = " lang=\"en\" dir=\"ltr\"";
/// A text that every translation has.
const SAMPLE: &str = "mark_done";

/// The forms of a text that Hugo knows.
const FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other", "translation"];

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
        let of_theme = |file: &SourceFile| file.target.starts_with(THEME_LAYOUTS);
        let (theme, rest): (Vec<_>, Vec<_>) =
            tree.iter(Component::I18n).partition(|(_, file)| of_theme(file));
        for (id, file) in theme {
            // What is wrong with the texts of a theme is not the author's affair.
            texts.read(id, file, &mut Diagnostics::new());
        }
        let (embedded, own): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .partition(|(_, file)| file.origin == Origin::Embedded);
        for (id, file) in embedded.into_iter().chain(own) {
            texts.read(id, file, &mut diagnostics);
        }
        (texts, diagnostics)
    }

    /// The text `key` in the language `lang` (a key or locale such as `zh-CN`), else in English, else the key itself.
    pub fn get<'a>(&'a self, lang: &str, key: &'a str) -> &'a str {
        let tables = self.tables(&relatives(lang));
        let found = tables.into_iter().find_map(|table| table.get(key));
        found.map_or(key, String::as_str)
    }

    /// All texts for pages in `language`, completed from the languages it falls back to. The locale counts first: sites
    /// in one language often set nothing else.
    pub fn of(&self, language: &Language) -> BTreeMap<&str, &str> {
        let mut all = BTreeMap::new();
        let mut names = relatives(&language.locale);
        names.extend(relatives(&language.key));
        let tables = self.tables(&names);
        // By the locale alone, because the key of the only language may be one that nobody has chosen. The last table is
        // English.
        let spoken = self.tables(&relatives(&language.locale));
        let foreign = !spoken
            .iter()
            .rev()
            .skip(1)
            .any(|table| table.contains_key(SAMPLE));
        all.insert(ATTRIBUTES, if foreign { IN_ENGLISH } else { "" });
        for table in tables {
            for (key, text) in table {
                // The plural forms of a text go with that text, in whose language they are.
                let base = match key.rsplit_once('.') {
                    Some((base, form)) if FORMS.contains(&form) => base,
                    _ => key,
                };
                if all.get(base).copied() != table.get(base).map(String::as_str) && all.contains_key(base) {
                    continue;
                }
                all.entry(key.as_str()).or_insert(text.as_str());
            }
        }
        all
    }

    /// Tables to look in, best first: those of `names`, any other variant of the same languages, English.
    fn tables<'a>(&'a self, names: &[String]) -> Vec<&'a BTreeMap<String, String>> {
        let mut found: Vec<&str> = Vec::new();
        for name in names {
            let variants = format!("{name}-");
            let variants = self.languages.keys().filter(|key| key.starts_with(&variants));
            found.extend(self.languages.get_key_value(name).map(|(key, _)| key.as_str()));
            if !name.contains('-') {
                found.extend(variants.map(String::as_str));
            }
        }
        found.push(FALLBACK);
        found
            .into_iter()
            .filter_map(|name| self.languages.get(name))
            .collect()
    }

    fn read(&mut self, id: FileId, file: &SourceFile, diagnostics: &mut Diagnostics) {
        let path = file.target.strip_prefix(THEME_LAYOUTS).unwrap_or(&file.target);
        let Some((name, format)) = path.trim_start_matches('/').rsplit_once('.') else {
            return;
        };
        let text = file.text().unwrap_or_default();
        let (mut value, problems) = match format.to_ascii_lowercase().as_str() {
            "toml" => toml::parse(text, 0),
            "yaml" | "yml" => yaml::parse(text, 0),
            "json" => json::parse(text, 0),
            _ => return,
        };
        let reserved = value
            .as_mut()
            .and_then(|value| reserved::replace_escaped(text, value));
        diagnostics.extend(reserved.map(|at| reserved::finding(Span::new(id, at.start, at.end))));
        let found = problems
            .iter()
            .map(|problem| Diagnostic::in_data(problem, id, Code::InvalidTranslation))
            .map(|found| Diagnostic {
                severity: Severity::Warning,
                ..found
            });
        diagnostics.extend(found);
        let texts = self.languages.entry(name.to_lowercase()).or_default();
        for (key, text) in value.iter().flat_map(entries) {
            texts.insert(key, text);
        }
    }
}

/// A language and its closest relatives: `zh-hant-hk`, `zh-tw`, `zh-hant`, `zh`.
fn relatives(lang: &str) -> Vec<String> {
    let lang = lang.to_lowercase().replace('_', "-");
    let mut names = vec![lang.clone()];
    if lang.starts_with("zh-hant") || lang == "zh-hk" || lang == "zh-mo" {
        names.push("zh-tw".to_owned());
    }
    let mut rest = lang.as_str();
    while let Some((shorter, _)) = rest.rsplit_once('-') {
        names.push(shorter.to_owned());
        rest = shorter;
    }
    names
}

/// The texts of a file: `key = "…"` and `[key] other = "…"`, or a list of `id` and `translation`.
fn entries(value: &Value) -> Vec<(String, String)> {
    if let Some(map) = value.as_map() {
        return map
            .iter()
            .flat_map(|entry| forms(&entry.written, &entry.value))
            .collect();
    }
    let items = value
        .as_list()
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_map);
    items
        .filter_map(|item| Some(forms(&item.text("id")?, item.get("translation")?)))
        .flatten()
        .collect()
}

/// The text `value` of `key`, and its plural forms as `key.one`, `key.few` and so on. A table without forms holds texts `key.name`.
fn forms(key: &str, value: &Value) -> Vec<(String, String)> {
    let Some(plurals) = value.as_map() else {
        return value
            .to_text()
            .map(|text| (key.to_owned(), text))
            .into_iter()
            .collect();
    };
    if !plurals.iter().any(|entry| FORMS.contains(&entry.key.as_str())) {
        let nested = plurals
            .iter()
            .map(|entry| (format!("{key}.{}", entry.written), &entry.value));
        return nested.flat_map(|(key, value)| forms(&key, value)).collect();
    }
    let other = plurals.text("other").map(|text| (key.to_owned(), text));
    let forms = FORMS.iter().filter(|form| **form != "other");
    let forms = forms.filter_map(|form| Some((format!("{key}.{form}"), plurals.text(form)?)));
    other.into_iter().chain(forms).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::LangId;

    fn texts(files: &[(&str, &str)]) -> (Texts, Diagnostics) {
        let tree = SourceTree::from_memory(files.iter().copied());
        Texts::new(&tree.with_theme().unwrap())
    }

    #[test]
    fn a_text_is_found_in_the_language_then_its_relatives_then_english() {
        let (texts, _) = texts(&[]);
        assert_eq!(texts.get("ja", "next"), "次へ");
        assert_eq!(texts.get("ja-JP", "next"), "次へ");
        assert_eq!(texts.get("pt", "next"), "Próxima");
        assert_eq!(texts.get("zh-Hans", "next"), "下一页");
        assert_eq!(texts.get("zh-Hant-HK", "language"), "語言");
        assert_eq!(texts.get("tlh", "next"), "Next");
        assert_eq!(texts.get("en", "no-such-text"), "no-such-text");
    }

    #[test]
    fn the_locale_of_a_language_counts_before_its_key() {
        let (texts, _) = texts(&[]);
        let config = crate::config::Config::from_toml("languageCode = 'ja'");
        assert_eq!(
            texts.of(&config.languages[config.default_language])["next"],
            "次へ"
        );
    }

    #[test]
    fn a_site_overrides_texts_one_by_one_in_its_own_form() {
        let (texts, diagnostics) = texts(&[
            ("i18n/ja.toml", "[next]\nother = \"つぎ\"\n"),
            ("i18n/en.yaml", "- id: next\n  translation: Onwards\n"),
        ]);
        assert_eq!(diagnostics, []);
        assert_eq!(texts.get("ja", "next"), "つぎ");
        assert_eq!(texts.get("ja", "previous"), "前へ");
        assert_eq!(texts.get("en", "next"), "Onwards");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_reported_and_costs_only_its_bad_lines() {
        let (texts, diagnostics) = texts(&[("i18n/en.toml", "next = \"On\"\nprevious = = 2\n")]);
        assert_eq!(diagnostics[0].code, Code::InvalidTranslation);
        assert_eq!(texts.get("en", "previous"), "Previous");
    }

    #[test]
    fn the_form_for_one_goes_with_its_text_and_tables_nest() {
        let (texts, diagnostics) = texts(&[
            (
                "i18n/en.toml",
                "[min]\none = \"a minute\"\nother = \"minutes\"\n[lab.task]\nother = \"Task\"\n",
            ),
            ("i18n/ja.toml", "[min]\nother = \"分\"\n"),
        ]);
        assert_eq!(diagnostics, []);
        let of = |key: &str| {
            texts
                .of(
                    &crate::config::Config::from_toml(&format!("languageCode = '{key}'")).languages
                        [LangId(0)],
                )
                .get("min.one")
                .map(|text| (*text).to_owned())
        };
        assert_eq!(of("en").as_deref(), Some("a minute"));
        assert_eq!(of("ja"), None);
        assert_eq!(texts.get("en", "lab.task"), "Task");
    }

    #[test]
    fn every_language_has_every_text() {
        let (texts, _) = texts(&[]);
        let english = &texts.languages[FALLBACK];
        for (lang, table) in &texts.languages {
            let missing: Vec<_> = english.keys().filter(|key| !table.contains_key(*key)).collect();
            assert!(missing.is_empty(), "{lang} lacks {missing:?}");
        }
    }
}
