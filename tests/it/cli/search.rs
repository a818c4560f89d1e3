//! The files of the search, as a build leaves them.

use super::*;

const SITE: &str = "-- hugo.toml --\ndefaultContentLanguage = \"ja\"\n[languages.ja]\nweight = 1\n[languages.en]\nweight = 2\n\
    -- content/_index.md --\n# 計測\n-- content/a.md --\n# 手順\n-- content/a.en.md --\n# Steps\n";

fn searched(site: &Site) -> Vec<String> {
    let all = public(site).into_iter();
    all.filter(|path| path.starts_with("search/")).collect()
}

fn fragments(site: &Site, language: &str) -> usize {
    let start = format!("search/{language}/0/fragment/");
    searched(site)
        .iter()
        .filter(|path| path.starts_with(&start))
        .count()
}

#[test]
fn every_language_is_indexed_by_itself() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["build"]).exits(0);
    // A home page without a text is found by its title.
    assert_eq!((fragments(&site, "ja"), fragments(&site, "en")), (2, 2));
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
    let module = site.root().join("public/search/pagefind.js");
    let written = time(&module);
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!((time(&cache), time(&module)), (kept, written));
    assert_eq!(searched(&site), before);
}

#[test]
fn files_of_an_index_that_nothing_needs_any_more_are_removed() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["build"]).exits(0);
    std::fs::write(site.root().join("content/a.md"), "# 別の手順\n").unwrap();
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(fragments(&site, "ja"), 2);
    let metas = searched(&site)
        .into_iter()
        .filter(|path| path.ends_with(".pf_meta"));
    assert_eq!(metas.count(), 2);
}

#[test]
fn pages_that_ask_for_it_are_not_found() {
    let site = Site::from(
        "-- content/_index.md --\n# Home\n-- content/a.md --\n---\nexcludeSearch: true\n---\n# A\n\
        -- content/b.md --\n---\nhidden: true\n---\n# B\n-- content/c.md --\n---\nbookHidden: true\n---\n# C\n",
    );
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(fragments(&site, "en"), 2);
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
    let site = Site::from("-- content/a.md --\n# A\n-- static/search/en/index.json --\n{}\n");
    wsgen(site.root(), &["build"]).exits(0);
    assert_eq!(read(&site, "public/search/en/index.json"), "{}\n");
}

#[test]
fn a_check_makes_no_index() {
    let site = Site::from(SITE);
    wsgen(site.root(), &["check"]).exits(0);
    assert!(!site.root().join(".wsgen").exists());
}
