//! A small, complete workshop: settings, a home page, two parts, an exercise with hint and solution, a diagram, and the
//! file that has a host publish it.

use std::path::{Path, PathBuf};

use crate::hosting::{Host, Place};

use super::{NewError, write};

/// Languages that a new workshop can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// A workshop in English.
    #[default]
    English,
    /// A workshop in Japanese.
    Japanese,
}

/// Path in the workshop and text, in which words between `@` are filled in.
type File = (&'static str, &'static str);

const SHARED: [File; 2] = [
    ("hugo.toml", include_str!("skeleton/hugo.toml")),
    (".gitignore", include_str!("skeleton/gitignore")),
];

const ENGLISH: [File; 5] = [
    ("content/_index.md", include_str!("skeleton/en/_index.md")),
    (
        "content/10-prepare/_index.md",
        include_str!("skeleton/en/10-prepare/_index.md"),
    ),
    (
        "content/10-prepare/10-tools.md",
        include_str!("skeleton/en/10-prepare/10-tools.md"),
    ),
    (
        "content/20-build/_index.md",
        include_str!("skeleton/en/20-build/_index.md"),
    ),
    (
        "content/20-build/10-greeting.md",
        include_str!("skeleton/en/20-build/10-greeting.md"),
    ),
];

const JAPANESE: [File; 5] = [
    ("content/_index.md", include_str!("skeleton/ja/_index.md")),
    (
        "content/10-prepare/_index.md",
        include_str!("skeleton/ja/10-prepare/_index.md"),
    ),
    (
        "content/10-prepare/10-tools.md",
        include_str!("skeleton/ja/10-prepare/10-tools.md"),
    ),
    (
        "content/20-build/_index.md",
        include_str!("skeleton/ja/20-build/_index.md"),
    ),
    (
        "content/20-build/10-greeting.md",
        include_str!("skeleton/ja/20-build/10-greeting.md"),
    ),
];

impl Language {
    /// The lines of `hugo.toml` for the language.
    fn settings(self) -> &'static str {
        match self {
            Self::English => "defaultContentLanguage = \"en\"",
            Self::Japanese => {
                "defaultContentLanguage = \"ja\"\nhasCJKLanguage = true # 日本語は文字数で数える"
            }
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::English => "My workshop",
            Self::Japanese => "ワークショップ",
        }
    }

    fn files(self) -> [File; 5] {
        match self {
            Self::English => ENGLISH,
            Self::Japanese => JAPANESE,
        }
    }
}

/// Writes a new workshop into `folder`, which may exist if none of the files does. Returns the files in it.
pub fn workshop(
    folder: &Path,
    language: Language,
    title: Option<&str>,
    host: Host,
) -> Result<Vec<PathBuf>, NewError> {
    let mut files: Vec<(PathBuf, String)> = SHARED
        .into_iter()
        .chain(language.files())
        .map(|(path, text)| (PathBuf::from(path), filled(text, language, title)))
        .collect();
    let published = host.file(&place(folder));
    files.push((PathBuf::from(published.path), published.text));
    if let Some((path, _)) = files.iter().find(|(path, _)| folder.join(path).exists()) {
        return Err(NewError::Exists(folder.join(path)));
    }
    for (path, text) in &files {
        write(&folder.join(path), text)?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// A new workshop is the root of its repository, and has its name.
fn place(folder: &Path) -> Place {
    let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    Place {
        folder: String::new(),
        name: name.into_owned(),
    }
}

fn filled(text: &str, language: Language, title: Option<&str>) -> String {
    let title = title.unwrap_or(language.title());
    // A text in JSON's quotes is one in YAML and TOML as well.
    let title = serde_json::to_string(title.trim()).unwrap_or_default();
    text.replace("@LANGUAGE@", language.settings())
        .replace("@TITLE@", &title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_fill_in() {
        for language in [Language::English, Language::Japanese] {
            for (path, text) in SHARED.into_iter().chain(language.files()) {
                let text = filled(text, language, Some("A \"B\""));
                assert!(!text.contains("@TITLE") && !text.contains("@LANG"), "{path}");
            }
        }
    }

    #[test]
    fn titles_are_quoted() {
        let text = filled("title = @TITLE@", Language::English, Some("A \"B\": c\\d"));
        assert_eq!(text, r#"title = "A \"B\": c\\d""#);
    }

    #[test]
    fn a_folder_with_other_files_is_fine_and_one_with_a_workshop_is_not() {
        let dir = tempfile::TempDir::new().unwrap();
        std::fs::write(dir.path().join("README.md"), "mine").unwrap();
        let files = workshop(dir.path(), Language::English, None, Host::Netlify).unwrap();
        assert!(files.contains(&PathBuf::from("content/_index.md")));
        assert!(files.contains(&PathBuf::from("netlify.toml")));
        let again = workshop(dir.path(), Language::Japanese, None, Host::Vercel);
        assert!(matches!(again, Err(NewError::Exists(_))), "{again:?}");
    }
}
