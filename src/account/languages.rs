//! File names with the code of a language that the site does not have: `10-greeting.jp.md`.

use std::collections::HashSet;

use super::Content;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Codes of languages by ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka \
kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv \
ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn \
to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Codes of countries that people write for those of languages.
const COUNTRIES: [(&str, &str); 14] = [
    ("jp", "ja"),
    ("cn", "zh"),
    ("tw", "zh"),
    ("kr", "ko"),
    ("ua", "uk"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gr", "el"),
    ("se", "sv"),
    ("br", "pt"),
    ("gb", "en"),
    ("us", "en"),
    ("at", "de"),
    ("il", "he"),
];

/// A finding for each page whose name ends with the code of a language that the site lacks. A single-language site may end
/// its names as it likes, unless the original lies beside.
pub(super) fn findings(content: Content<'_>) -> Diagnostics {
    let several = content.config.languages.len() > 1;
    let pages = &content.inventory.pages;
    let named: Vec<_> = pages.iter().filter(|page| suffix(&page.stem).is_some()).collect();
    if named.is_empty() {
        return Diagnostics::new();
    }
    let originals: HashSet<(&str, &str)> = pages
        .iter()
        .map(|page| (page.dir.as_str(), page.stem.as_str()))
        .collect();
    let has_original = |dir: &str, stem: &str| originals.contains(&(dir, stem));
    named
        .into_iter()
        .filter_map(|page| {
            let (stem, code) = suffix(&page.stem)?;
            let path = content.tree.path(page.file)?;
            (several || has_original(&page.dir, stem)).then(|| finding(content, page.file, path, code))
        })
        .collect()
}

/// The code at the end of a name, and the text before it.
fn suffix(stem: &str) -> Option<(&str, &str)> {
    let (name, code) = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty())?;
    let known = LANGUAGES.split(' ').any(|language| language == code);
    (known || meant(code).is_some()).then_some((name, code))
}

/// The language that people mean by the code of a country.
fn meant(code: &str) -> Option<&'static str> {
    let found = COUNTRIES.iter().find(|(country, _)| *country == code);
    found.map(|(_, language)| *language)
}

fn finding(content: Content<'_>, file: crate::diag::FileId, path: &str, code: &str) -> Diagnostic {
    let message = format!("`{path}` ends in `.{code}`, and the site has no language `{code}`");
    let has = |language: &str| content.config.languages.iter().any(|own| own.key == language);
    let help = match meant(code).filter(|language| has(language)) {
        Some(language) => format!("write `.{language}`, the code of the language, for `.{code}`"),
        None => format!(
            "add `[languages.{code}]` to the settings; until then the page is one of the default language"
        ),
    };
    Diagnostic::warning(Code::UnknownLanguage, Span::new(file, 0, 0), message).help(help)
}
