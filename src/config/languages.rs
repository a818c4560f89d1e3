//! The languages of a site.

use spanned_data::Map;

use super::Table;
use super::menus::{Menus, menus, over};
use super::url_settings::{Permalink, permalinks};
use crate::diag::{Code, Diagnostic};
use crate::lang::LangId;

/// A language of the site.
#[derive(Debug, Clone)]
pub struct Language {
    /// Key in lower case: `ja`, `zh-cn`.
    pub key: String,
    /// Order among the languages; 0 sorts last.
    pub weight: i64,
    /// Name as its speakers write it.
    pub label: String,
    /// `lang` attribute: `ja`, `en-US`.
    pub locale: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// Title of the site in this language.
    pub title: String,
    /// Copyright line in this language.
    pub copyright: String,
    /// True if words are counted the East Asian way in this language.
    pub has_cjk_language: bool,
    /// Folder of its content, where it has its own.
    pub content_dir: Option<String>,
    /// Patterns of URLs that it sets itself.
    pub permalinks: Vec<Permalink>,
    /// Site params merged with the language's.
    pub params: Map,
    /// Menus of this language: site-wide ones, with those that it sets itself in their place.
    pub menus: Menus,
}

/// Values of the site that languages take where they set none.
pub(super) struct SiteWide<'a> {
    pub(super) title: &'a str,
    pub(super) copyright: &'a str,
    pub(super) has_cjk_language: bool,
    pub(super) params: &'a Map,
    pub(super) menus: &'a Menus,
}

/// The languages of a site.
pub(super) struct Languages {
    /// In Hugo's order: weight, 0 last, and then key.
    pub(super) all: Vec<Language>,
    /// Index of the default one.
    pub(super) default: LangId,
    /// Keys of those that are disabled.
    pub(super) disabled: Vec<String>,
    /// Content folders of those that are disabled.
    pub(super) disabled_folders: Vec<String>,
}

pub(super) fn languages(root: &Table<'_>, site: &SiteWide<'_>) -> Languages {
    let asked = root.text("defaultContentLanguage").map(|key| key.to_lowercase());
    let default = asked.as_deref().unwrap_or("en");
    let table = root.table("languages");
    let (keys, disabled) = keys(root, &table, default);
    let is_only = keys.len() < 2;
    let mut all: Vec<Language> = keys
        .iter()
        .map(|key| language(root, &table.table(key), key, is_only, site))
        .collect();
    all.sort_by(|a, b| (a.weight == 0, a.weight, &a.key).cmp(&(b.weight == 0, b.weight, &b.key)));
    let index = all.iter().position(|language| language.key == default);
    if index.is_none() && asked.is_some() {
        unknown_default(root, &all);
    }
    let disabled_folders = disabled
        .iter()
        .filter_map(|key| table.table(key).text("contentDir"))
        .collect();
    Languages {
        all,
        default: LangId(index.unwrap_or(0)),
        disabled,
        disabled_folders,
    }
}

/// The keys of the languages that take part, which is the default one when there are none, and of the disabled ones.
fn keys(root: &Table<'_>, table: &Table<'_>, default: &str) -> (Vec<String>, Vec<String>) {
    let listed = root.words("disableLanguages").unwrap_or_default();
    let (mut keys, mut disabled) = (Vec::new(), Vec::new());
    for entry in table.entries() {
        let off = listed.iter().any(|key| key.eq_ignore_ascii_case(&entry.key));
        let off = table.table(&entry.key).bool("disabled").unwrap_or(false) || off;
        if off && entry.key == default {
            let message = format!("the default language `{default}` cannot be disabled");
            let span = table.key_span(&entry.key);
            root.report(Diagnostic::warning(Code::InvalidConfig, span, message));
        }
        let takes_part = !off || entry.key == default;
        if takes_part { &mut keys } else { &mut disabled }.push(entry.key.clone());
    }
    if keys.is_empty() {
        keys.push(default.to_owned());
    }
    (keys, disabled)
}

fn unknown_default(root: &Table<'_>, languages: &[Language]) {
    let Some(value) = root.value("defaultContentLanguage") else {
        return;
    };
    let message = format!("the default language `{value}` is not one of the site's `languages`");
    let help = format!(
        "`{}` is used instead",
        languages.first().map_or("", |language| &language.key)
    );
    root.report(Diagnostic::warning(Code::InvalidConfig, root.span(value), message).help(help));
}

fn language(root: &Table<'_>, table: &Table<'_>, key: &str, is_only: bool, site: &SiteWide<'_>) -> Language {
    let locale = locale(root, table, key, is_only);
    let mut params = site.params.clone();
    params.merge(&table.map("params"));
    Language {
        weight: table.int("weight").unwrap_or(0),
        label: table
            .text_at(&["label", "languageName"])
            .unwrap_or_else(|| own_name(&locale).unwrap_or(key).to_owned()),
        direction: direction(table, &locale),
        title: table.text("title").unwrap_or_else(|| site.title.to_owned()),
        copyright: table
            .text("copyright")
            .unwrap_or_else(|| site.copyright.to_owned()),
        has_cjk_language: table.bool("hasCJKLanguage").unwrap_or(site.has_cjk_language),
        content_dir: table.text("contentDir").filter(|dir| !dir.is_empty()),
        permalinks: permalinks(table),
        menus: over(site.menus, menus(table)),
        key: key.to_owned(),
        locale,
        params,
    }
}

/// The language's own locale; the site's if it can be meant, since one `languageCode` does not make a page in another
/// language English; else the key.
fn locale(root: &Table<'_>, table: &Table<'_>, key: &str, is_only: bool) -> String {
    const KEYS: [&str; 2] = ["locale", "languageCode"];
    let of_site = root
        .text_at(&KEYS)
        .filter(|locale| is_only || primary(locale) == primary(key));
    let found = table
        .text_at(&KEYS)
        .or(of_site)
        .filter(|locale| !locale.trim().is_empty());
    found.unwrap_or_else(|| key.to_owned())
}

fn direction(table: &Table<'_>, locale: &str) -> String {
    let by_script = if is_right_to_left(&primary(locale)) {
        "rtl"
    } else {
        "ltr"
    };
    let direction = table
        .text_at(&["direction", "languageDirection"])
        .map(|text| text.to_lowercase());
    match direction.as_deref() {
        Some("rtl") => "rtl".to_owned(),
        Some("ltr") => "ltr".to_owned(),
        _ => by_script.to_owned(),
    }
}

/// `zh` of `zh-CN`.
fn primary(locale: &str) -> String {
    locale.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

fn is_right_to_left(language: &str) -> bool {
    matches!(
        language,
        "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi"
    )
}

/// The name of a language in the language itself, for those that workshops are written in.
fn own_name(locale: &str) -> Option<&'static str> {
    match locale.to_lowercase().replace('_', "-").as_str() {
        "zh-tw" | "zh-hant" | "zh-hk" => return Some("繁體中文"),
        "pt-br" => return Some("Português (Brasil)"),
        _ => {}
    }
    Some(match primary(locale).as_str() {
        "ar" => "العربية",
        "cs" => "Čeština",
        "da" => "Dansk",
        "de" => "Deutsch",
        "el" => "Ελληνικά",
        "en" => "English",
        "es" => "Español",
        "fa" => "فارسی",
        "fi" => "Suomi",
        "fr" => "Français",
        "he" => "עברית",
        "hi" => "हिन्दी",
        "hu" => "Magyar",
        "id" => "Bahasa Indonesia",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "nb" | "no" => "Norsk",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "ro" => "Română",
        "ru" => "Русский",
        "sv" => "Svenska",
        "th" => "ไทย",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "vi" => "Tiếng Việt",
        "zh" => "简体中文",
        _ => return None,
    })
}
