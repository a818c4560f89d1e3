//! Languages have folders, translations and refs of their own.

use super::site::{Site, site};
use crate::graph::RefAnswer;
use crate::lang::LangId;

const CONTENT: [(&str, &str); 14] = [
    ("content/_index.en.md", "title: EHome"),
    ("content/_index.md", "title: JHome"),
    ("content/lab/_index.md", "title: JLab"),
    ("content/lab/a.en.md", "title: EA"),
    ("content/lab/a.md", "title: JA"),
    ("content/lab/b.en.md", "title: EB"),
    ("content/lab/b.md", "title: JB"),
    ("content/lab/bun/index.en.md", "title: EBun"),
    ("content/lab/bun/index.md", "title: JBun"),
    ("content/lab/bun/x.png", "x"),
    ("content/lab/bun/y.en.png", "y"),
    ("content/lab/c.fr.md", "title: C fr?"),
    ("content/other.en.md", "title: T1e\ntranslationKey: tk"),
    ("content/t1.md", "title: T1\ntranslationKey: tk"),
];

const LANGUAGES: &str =
    "defaultContentLanguage = 'ja'\n[languages.ja]\nweight = 1\n[languages.en]\nweight = 2\n";

fn japanese_and_english(in_subdir: bool) -> Site {
    let config = format!("defaultContentLanguageInSubdir = {in_subdir}\n{LANGUAGES}");
    let mut files = CONTENT.to_vec();
    files.push(("content/lab/only.ja.md", "title: JO"));
    files.push(("hugo.toml", &config));
    site(&files)
}

fn translations<'s>(site: &'s Site, file: &str) -> Vec<&'s str> {
    site.page(file)
        .translations
        .iter()
        .map(|page| site.graph.page(*page).url.as_str())
        .collect()
}

#[test]
fn other_languages_live_in_folders_of_their_own() {
    let site = japanese_and_english(false);
    assert_eq!(
        site.urls(),
        [
            "/",
            "/en/",
            "/en/lab/",
            "/en/lab/a/",
            "/en/lab/b/",
            "/en/lab/bun/",
            "/en/other/",
            "/lab/",
            "/lab/a/",
            "/lab/b/",
            "/lab/bun/",
            "/lab/c.fr/",
            "/lab/only/",
            "/t1/",
        ]
    );
    let redirects: Vec<&str> = site.graph.aliases.iter().map(|(from, _)| from.as_str()).collect();
    assert_eq!(redirects, ["/ja/"]);
    assert_eq!(site.graph.sites[LangId(1)].reading_order.len(), 6);
}

#[test]
fn the_default_language_may_have_a_folder_too() {
    let site = japanese_and_english(true);
    assert_eq!(site.url("lab/a.md"), "/ja/lab/a/");
    let redirects: Vec<(&str, &str)> = site
        .graph
        .aliases
        .iter()
        .map(|(from, to)| (from.as_str(), site.graph.page(*to).url.as_str()))
        .collect();
    assert_eq!(redirects, [("/", "/ja/")]);
}

#[test]
fn translations_belong_together_by_path_or_key() {
    let site = japanese_and_english(false);
    assert_eq!(translations(&site, "lab/a.md"), ["/en/lab/a/"]);
    assert_eq!(translations(&site, "lab/a.en.md"), ["/lab/a/"]);
    assert_eq!(translations(&site, "lab/_index.md"), ["/en/lab/"]);
    assert_eq!(translations(&site, "t1.md"), ["/en/other/"]);
    assert_eq!(translations(&site, "lab/only.ja.md"), [""; 0]);
    assert_eq!(translations(&site, "_index.en.md"), ["/"]);
}

#[test]
fn shared_files_of_a_bundle_are_published_once() {
    let site = japanese_and_english(false);
    assert_eq!(site.assets(), ["en/lab/bun/y.en.png", "lab/bun/x.png"]);
    let urls = |file: &str| -> Vec<&str> {
        site.page(file)
            .resources
            .iter()
            .map(|resource| resource.url.as_str())
            .collect()
    };
    assert_eq!(urls("lab/bun/index.md"), ["/lab/bun/x.png"]);
    assert_eq!(
        urls("lab/bun/index.en.md"),
        ["/lab/bun/x.png", "/en/lab/bun/y.en.png"]
    );
}

#[test]
fn refs_stay_in_their_language_unless_told_otherwise() {
    let site = japanese_and_english(false);
    let url = |from: &str, target: &str, lang: Option<LangId>| match site.graph.resolve_ref(
        site.page(from).id,
        target,
        lang,
    ) {
        RefAnswer::Found { page: Some(page), .. } => site.graph.page(page).url.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(url("lab/a.md", "b", None), "/lab/b/");
    assert_eq!(url("lab/a.en.md", "b", None), "/en/lab/b/");
    assert_eq!(url("lab/a.en.md", "b.md", None), "/en/lab/b/");
    assert_eq!(url("lab/a.md", "b", Some(LangId(1))), "/en/lab/b/");
    assert_eq!(url("lab/a.en.md", "/lab/a", Some(LangId(0))), "/lab/a/");
    assert!(url("lab/a.en.md", "only", None).starts_with("NotFound"));
}

#[test]
fn each_language_may_have_a_content_folder() {
    let site = site(&[
        (
            "hugo.toml",
            "[languages.en]\ncontentDir = 'content.en'\nweight = 1\n[languages.he]\ncontentDir = 'content.he'\nweight = 2",
        ),
        ("content.en/_index.md", "---\ntitle: E\n---"),
        ("content.en/docs/a.md", "---\ntitle: EA\n---"),
        ("content.en/docs/x.png", "x"),
        ("content.he/_index.md", "---\ntitle: H\n---"),
        ("content.he/docs/a.md", "---\ntitle: HA\n---"),
        ("content.he/docs/x.png", "x"),
    ]);
    assert_eq!(
        site.urls(),
        ["/", "/docs/", "/docs/a/", "/he/", "/he/docs/", "/he/docs/a/"]
    );
    assert_eq!(site.assets(), ["docs/x.png", "he/docs/x.png"]);
    assert_eq!(translations(&site, "docs/a.md"), ["/he/docs/a/"]);
}

#[test]
fn a_url_without_leading_slash_stays_in_its_language() {
    let config = format!("title = 'T'\n{LANGUAGES}");
    let site = site(&[
        ("hugo.toml", &config),
        ("content/a.en.md", "url: rel/a"),
        ("content/b.en.md", "url: /abs/b"),
    ]);
    assert_eq!(
        (site.url("a.en.md"), site.url("b.en.md")),
        ("/en/rel/a/", "/abs/b/")
    );
}
