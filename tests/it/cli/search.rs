//! The files of the search, as a build leaves them.

use super::*;

const SITE: &str = "-- hugo.toml --\ndefaultContentLanguage = \"ja\"\n[languages.ja]\nweight = 1\n[languages.en]\nweight = 2\n\
    -- content/_index.md --\n# 計測\n-- content/a.md --\n# 手順\n-- content/a.en.md --\n# Steps\n";

fn searched(site: &Site) -> Vec<String> {
    let all = public(site).into_iter();
    all.filter(|path| path.starts_with("search/")).collect()
}

/// Pages that are found in a language.
fn pages(site: &Site, language: &str) -> u64 {
    let table = read(site, &format!("public/search/{language}/index.js"));
    let json = table
        .strip_prefix("wsgenSearch(")
        .and_then(|rest| rest.strip_suffix(')'));
    let table: serde_json::Value = serde_json::from_str(json.unwrap()).unwrap();
    table["pages"].as_u64().unwrap()
}

#[test]
fn every_language_is_indexed_by_itself() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["build"]).exits(0);
    // A home page without a text is found by its title.
    assert_eq!((pages(&site, "ja"), pages(&site, "en")), (2, 2));
    let button = "data-search=\"/search/ja/\"";
    assert!(read(&site, "public/a/index.html").contains(button));
}

#[test]
fn a_site_that_wants_no_search_has_neither_files_nor_button() {
    let site = Site::from(&format!(
        "{SITE}-- config/_default/wsgen.toml --\nsearch = false\n"
    ));
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(searched(&site), [""; 0]);
    assert!(!read(&site, "public/a/index.html").contains("search-open"));
    assert!(!site.root().join(".wsgen/search.pack").exists());
}

#[test]
fn a_second_build_takes_the_index_of_the_first_and_writes_nothing() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["build"]).exits(0);
    let cache = site.root().join(".wsgen/search.pack");
    let time = |path: &Path| std::fs::metadata(path).unwrap().modified().unwrap();
    let (kept, before) = (time(&cache), searched(&site));
    let table = site.root().join("public/search/ja/index.js");
    let written = time(&table);
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!((time(&cache), time(&table)), (kept, written));
    assert_eq!(searched(&site), before);
}

#[test]
fn files_of_an_index_that_nothing_needs_any_more_are_removed() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["build"]).exits(0);
    let before = searched(&site);
    std::fs::write(site.root().join("content/a.md"), "# 別の手順\n").unwrap();
    wsgen(site.root(), &["build"]).exits(0);
    let after = searched(&site);
    assert_eq!(after.len(), before.len());
    let changed = after.iter().filter(|path| !before.contains(path));
    assert_eq!(
        changed.count(),
        2,
        "the shard and the piece: {before:?} {after:?}"
    );
}

#[test]
fn pages_that_ask_for_it_are_not_found() {
    let site = Site::from(
        "-- content/_index.md --\n# Home\n-- content/a.md --\n---\nexcludeSearch: true\n---\n# A\n\
        -- content/b.md --\n---\nhidden: true\n---\n# B\n-- content/c.md --\n---\nbookHidden: true\n---\n# C\n",
    );
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(pages(&site, "en"), 2);
}

#[test]
fn relative_urls_lead_to_the_search_from_every_depth() {
    let site = Site::from(
        "-- hugo.toml --\nbaseURL = \"https://example.org/sub/\"\nrelativeURLs = true\n-- content/a/b.md --\n# B\n",
    );
    wsgen(site.root(), &["build"]).exits(0);
    let page = read(&site, "public/a/b/index.html");
    assert!(page.contains("data-search=\"../../search/en/\""), "{page}");
}

#[test]
fn an_authors_file_stays_where_the_search_would_write() {
    let site = Site::from("-- content/a.md --\n# A\n-- static/search/en/index.js --\n{}\n");
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(read(&site, "public/search/en/index.js"), "{}\n");
}

#[test]
fn a_check_makes_no_index() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["check"]).exits(0);
    assert!(!site.root().join(".wsgen").exists());
}

#[test]
fn the_facts_of_a_site_tell_the_scripts_that_are_indexed() {
    let site = Site::from(
        "-- hugo.toml --\nlocale = 'en-us'\n-- content/_index.md --\n# Home\n-- content/a.md --\n# 並列実行\n並列に実行します。\n",
    );
    let output = wsgen(site.root(), &["inspect", "--format", "json"])
        .exits(0)
        .stdout;
    let facts: serde_json::Value = serde_json::from_str(&output).unwrap();
    let search = &facts["search"][0];
    assert_eq!(search["pages"], 2);
    let names: Vec<&str> = search["scripts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|script| script["name"].as_str().unwrap())
        .collect();
    assert!(
        names.starts_with(&["Han"]) && names.contains(&"Hiragana"),
        "{names:?}"
    );
    assert!(search["bytes"].as_u64().unwrap() > 200, "{search}");
}
