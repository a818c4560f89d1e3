//! Parts of a content file's name: folder, stem, language, and format.

use super::Role;
use crate::config::Language;
use crate::lang::LangId;
use crate::parse::Format;

/// The parts of a content file's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// Folder, empty for the root.
    pub dir: &'a str,
    /// File name without extension and language suffix.
    pub stem: &'a str,
    /// Index of the language in the suffix.
    pub lang: Option<LangId>,
    /// Format of the body; `None` for a file that is no page.
    pub format: Option<Format>,
}

impl<'a> Name<'a> {
    /// Takes `path` apart: `lab/a.ja.md`. A suffix that is not a language of the site is part of the name.
    pub fn new(path: &'a str, languages: &[Language]) -> Self {
        let (dir, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (base, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let (stem, lang) = split_language(base, languages);
        Self {
            dir,
            stem,
            lang,
            format: page_format(extension),
        }
    }

    /// The role of a page with this name.
    pub fn role(&self) -> Role {
        if self.stem.eq_ignore_ascii_case("_index") {
            Role::Branch
        } else if self.stem.eq_ignore_ascii_case("index") {
            Role::Leaf
        } else {
            Role::Single
        }
    }
}

/// Splits the language off a name: `a.ja` is `a` in Japanese if the site has Japanese.
pub(crate) fn split_language<'a>(base: &'a str, languages: &[Language]) -> (&'a str, Option<LangId>) {
    let Some((stem, suffix)) = base.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) else {
        return (base, None);
    };
    match languages
        .iter()
        .position(|language| language.key.eq_ignore_ascii_case(suffix))
    {
        Some(lang) => (stem, Some(LangId(lang))),
        None => (base, None),
    }
}

/// Returns true if the name of a file has the suffix of the language with the key `language`: `a.ja.md` is in `ja`.
pub(super) fn is_in_language(path: &str, language: &str) -> bool {
    let mut parts = path.rsplit('/').next().unwrap_or(path).rsplit('.').skip(1);
    let suffix = parts
        .next()
        .is_some_and(|suffix| suffix.eq_ignore_ascii_case(language));
    suffix && parts.any(|stem| !stem.is_empty())
}

/// The format of a page with that extension; `None` if files with it are no pages. Pandoc's Markdown is an extended
/// Markdown.
fn page_format(extension: &str) -> Option<Format> {
    let is = |known: &str| extension.eq_ignore_ascii_case(known);
    if ["md", "markdown", "mdown", "pandoc", "pdc"].into_iter().any(is) {
        Some(Format::Markdown)
    } else if ["html", "htm"].into_iter().any(is) {
        Some(Format::Html)
    } else {
        notation(extension).map(|_| Format::Plain)
    }
}

/// The name of the format with that extension, if Hugo reads it, by itself or with another program, and wsgen does not.
pub(super) fn notation(extension: &str) -> Option<&'static str> {
    const NOTATIONS: [(&str, &str); 5] = [
        ("org", "Org"),
        ("adoc", "AsciiDoc"),
        ("asciidoc", "AsciiDoc"),
        ("ad", "AsciiDoc"),
        ("rst", "reStructuredText"),
    ];
    let found = NOTATIONS
        .iter()
        .find(|(known, _)| extension.eq_ignore_ascii_case(known));
    found.map(|(_, notation)| *notation)
}
