//! Folders that are read.

use super::*;

fn shown(text: &str) -> Vec<String> {
    let config = Config::from_toml(text);
    let wanted = |mount: &&Mount| matches!(mount.component, Component::Content | Component::Static);
    let show = |mount: &Mount| {
        let lang = mount.lang.as_deref().unwrap_or("*");
        format!(
            "{} -> {}/{} {lang}",
            mount.source,
            mount.component.name(),
            mount.target
        )
    };
    config.mounts.iter().filter(wanted).map(show).collect()
}

#[test]
fn folders_are_named_by_settings() {
    assert_eq!(
        shown("contentDir='content/en/'\nstaticDir=['a','b']\nstaticDir2='c'"),
        [
            "content/en -> content/ *",
            "a -> static/ *",
            "b -> static/ *",
            "c -> static/ *"
        ]
    );
}

#[test]
fn declared_mounts_replace_the_usual_folder_of_their_component_only() {
    let text = "[[module.mounts]]\nsource='docs'\ntarget='content'\n[[module.mounts]]\nsource='content'\ntarget='content/sub'\n[[module.mounts]]\nsource='a'\ntarget='archetypes'";
    assert_eq!(
        shown(text),
        [
            "docs -> content/ *",
            "content -> content/sub *",
            "static -> static/ *"
        ]
    );
}

#[test]
fn languages_have_content_folders() {
    assert_eq!(
        shown("[languages.en]\ncontentDir='content.en'\n[languages.zh]\ncontentDir='content.zh'"),
        [
            "content.en -> content/ en",
            "content.zh -> content/ zh",
            "static -> static/ *"
        ]
    );
    assert_eq!(
        shown("[languages.en]\n[languages.ja]\ncontentDir='content/ja'"),
        [
            "content -> content/ *",
            "content/ja -> content/ ja",
            "static -> static/ *"
        ]
    );
}

#[test]
fn declared_mounts_may_be_for_languages() {
    let languages = "[languages.en]\n[languages.ja]\n[languages.ko]\n";
    let mount = "[[module.mounts]]\nsource='a'\ntarget='content'\n";
    let of = |rest: &str| {
        let mut all = shown(&format!("{languages}{mount}{rest}"));
        all.retain(|mount| mount.starts_with("a "));
        all
    };
    assert_eq!(of("lang='ja'"), ["a -> content/ ja"]);
    assert_eq!(
        of("[module.mounts.sites.matrix]\nlanguages='ko'"),
        ["a -> content/ ko"]
    );
    assert_eq!(
        of("[module.mounts.sites.matrix]\nlanguages=['!en']"),
        ["a -> content/ ja", "a -> content/ ko"]
    );
    assert_eq!(
        of("[module.mounts.sites.matrix]\nlanguages=['**']"),
        ["a -> content/ *"]
    );
}

#[test]
fn content_of_languages_keeps_its_language_in_the_tree() {
    let files = [
        (
            "hugo.toml",
            "[languages.en]\ncontentDir='content.en'\n[languages.ja]\ncontentDir='content.ja'",
        ),
        ("content.en/a.md", "E"),
        ("content.ja/a.md", "J"),
        ("content/no.md", ""),
    ];
    let (_, tree, _) = site(&files, &ConfigOptions::default());
    let text = |lang| {
        tree.find_in(Component::Content, "a.md", lang)
            .and_then(|id| tree.text(id))
    };
    assert_eq!((text("en"), text("ja"), text("fr")), (Some("E"), Some("J"), None));
    assert_eq!(tree.iter(Component::Content).count(), 2);
}
