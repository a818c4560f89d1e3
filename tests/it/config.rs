//! Configuration files on disk: those that are asked for, and those of real workshops.

use std::path::{Path, PathBuf};

use wsgen::config::{self, ConfigOptions};
use wsgen::source::{self, Component};

#[test]
fn of_files_asked_for_the_last_wins_and_tables_are_merged() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hugo.toml"), "title='no'").unwrap();
    std::fs::write(
        folder.path().join("a.toml"),
        "title='a'\ncopyright='a'\n[params]\nx=1",
    )
    .unwrap();
    std::fs::write(folder.path().join("b.yaml"), "title: b\nparams: {y: 2}").unwrap();
    let config_files = vec!["a.toml".to_owned(), "b.yaml".to_owned()];
    let options = ConfigOptions {
        config_files,
        ..ConfigOptions::default()
    };
    let (config, _, _) = config::load(folder.path(), &options).unwrap();
    assert_eq!((config.title.as_str(), config.copyright.as_str()), ("b", "a"));
    assert_eq!(config.params.to_json().to_string(), r#"{"x":1,"y":2}"#);
}

#[test]
fn a_file_asked_for_is_the_root_of_settings_wherever_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("config")).unwrap();
    std::fs::write(folder.path().join("config/workshop.toml"), "title='w'").unwrap();
    let config_files = vec!["config/workshop.toml".to_owned()];
    let options = ConfigOptions {
        config_files,
        ..ConfigOptions::default()
    };
    assert_eq!(config::load(folder.path(), &options).unwrap().0.title, "w");
}

#[test]
fn content_of_a_disabled_language_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "hugo.toml",
        "[languages.en]\n[languages.ja]\ncontentDir='content/ja/'\ndisabled=true",
    );
    write("content/a.md", "");
    write("content/ja/a.md", "");
    let (config, tree, _) = config::load(folder.path(), &ConfigOptions::default()).unwrap();
    let (tree, _) = source::load(folder.path(), &config.scope(), tree).unwrap();
    assert!(tree.find_path("content/a.md").is_some());
    assert!(tree.find_path("content/ja/a.md").is_none());
}

/// Real sites are not part of the repository.
#[test]
#[ignore = "needs WSGEN_WORKSHOPS"]
fn configurations_of_real_workshops_are_understood() {
    let folder =
        std::env::var_os("WSGEN_WORKSHOPS").expect("WSGEN_WORKSHOPS names the folder of the workshops");
    for site in folders(Path::new(&folder)) {
        let mut environments = vec!["production".to_owned()];
        for environment in folders(&site.join("config")) {
            environments.push(environment.file_name().unwrap().to_string_lossy().into_owned());
        }
        for environment in environments {
            is_understood(&site, &environment);
        }
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut folders: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn is_understood(site: &Path, environment: &str) {
    let name = format!("{} for {environment}", site.display());
    let options = ConfigOptions {
        environment: environment.to_owned(),
        ..ConfigOptions::default()
    };
    let (config, tree, mut diagnostics) = config::load(site, &options).unwrap();
    let (tree, found) = source::load(site, &config.scope(), tree).unwrap();
    diagnostics.extend(found);
    assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}");
    let pages = tree
        .iter(Component::Content)
        .filter(|(_, file)| file.target.ends_with(".md"))
        .count();
    assert!(pages > 5, "{name}: {pages} pages");
    for language in &config.languages {
        assert!(
            !language.title.is_empty(),
            "{name}: {} has no title",
            language.key
        );
        assert!(
            !language.label.is_empty() && !language.locale.is_empty(),
            "{name}: {language:?}"
        );
    }
}
