use super::*;
use crate::config::ConfigOptions;
use crate::discover::discover;
use crate::lang::LangId;

fn found(paths: &[&str]) -> (Vec<String>, Vec<String>, Vec<String>) {
    let files = paths.iter().map(|path| (*path, ""));
    let (config, tree, _) = crate::config::from_memory(files, &ConfigOptions::default());
    let (inventory, diagnostics) = discover(&tree, &config);
    let path = |file: FileId| tree.path(file).unwrap_or_default();
    let page = |page: &PageFile| format!("{} {:?}", path(page.file), page.role);
    let resource = |file: &ResourceFile| format!("{} {:?}", path(file.file), file.bundles);
    (
        inventory.pages.iter().map(page).collect(),
        inventory.resources.iter().map(resource).collect(),
        diagnostics
            .iter()
            .map(|finding| finding.code.to_string())
            .collect(),
    )
}

#[test]
fn names_say_what_a_page_is() {
    let (pages, resources, findings) = found(&[
        "content/_Index.MD",
        "content/README.md",
        "content/_under.md",
        "content/a/index.markdown",
        "content/b/INDEX.htm",
        "content/c/x.mdown",
        "content/c/y.html",
        "content/x.mdx",
        "content/x.swp",
        "content/.hidden.md",
        "content/#tmp.md",
        "content/bak.md~",
        "content/.dir/a.md",
    ]);
    assert_eq!(
        pages,
        [
            "content/README.md Single",
            "content/_Index.MD Branch",
            "content/_under.md Single",
            "content/a/index.markdown Leaf",
            "content/b/INDEX.htm Leaf",
            "content/c/x.mdown Single",
            "content/c/y.html Single",
        ]
    );
    assert_eq!(resources, ["content/x.mdx []", "content/x.swp []"]);
    assert_eq!(findings, [""; 0]);
}

#[test]
fn everything_in_a_leaf_bundle_belongs_to_it() {
    let (pages, resources, _) = found(&[
        "content/a/index.md",
        "content/a/b/index.md",
        "content/a/b/c.md",
        "content/a/x.png",
        "content/ab/y.png",
    ]);
    assert_eq!(pages, ["content/a/index.md Leaf"]);
    assert_eq!(
        resources,
        [
            "content/a/b/c.md [0]",
            "content/a/b/index.md [0]",
            "content/a/x.png [0]",
            "content/ab/y.png []"
        ]
    );
}

#[test]
fn index_beside_a_section_page_takes_the_folder_with_a_warning() {
    let (pages, resources, findings) =
        found(&["content/a/index.md", "content/a/_index.md", "content/a/x.md"]);
    assert_eq!(pages, ["content/a/index.md Leaf"]);
    assert_eq!(resources, ["content/a/_index.md [0]", "content/a/x.md [0]"]);
    assert_eq!(findings, ["shadowed-page"]);
}

#[test]
fn index_at_the_root_is_the_home_page_unless_there_is_one() {
    let (pages, _, findings) = found(&["content/index.md", "content/a.md"]);
    assert_eq!(pages, ["content/a.md Single", "content/index.md Branch"]);
    assert_eq!(findings, ["misnamed-home"]);
    let (pages, _, findings) = found(&["content/index.md", "content/_index.md"]);
    assert_eq!(pages, ["content/_index.md Branch", "content/index.md Single"]);
    assert_eq!(findings, ["misnamed-home"]);
}

#[test]
fn suffixes_are_languages_of_the_site_or_part_of_the_name() {
    let files = [
        (
            "hugo.toml",
            "defaultContentLanguage = 'en'\n[languages.en]\n[languages.ja]",
        ),
        ("content/a.ja.md", ""),
        ("content/a.md", ""),
        ("content/b.fr.md", ""),
        ("content/pic.JA.png", ""),
        ("content/bun/index.ja.md", ""),
        ("content/bun/index.md", ""),
        ("content/bun/x.ja.png", ""),
        ("content/bun/y.png", ""),
    ];
    let (config, tree, _) = crate::config::from_memory(files, &ConfigOptions::default());
    let (inventory, _) = discover(&tree, &config);
    let pages: Vec<(LangId, &str)> = inventory
        .pages
        .iter()
        .map(|page| (page.lang, page.stem.as_str()))
        .collect();
    assert_eq!(
        pages,
        [
            (LangId(0), "a"),
            (LangId(0), "b.fr"),
            (LangId(0), "index"),
            (LangId(1), "a"),
            (LangId(1), "index")
        ]
    );
    let files: Vec<(&str, Option<LangId>, &[usize])> = inventory
        .resources
        .iter()
        .map(|file| (file.path.as_str(), file.lang, file.bundles.as_slice()))
        .collect();
    assert_eq!(
        files,
        [
            ("bun/x.ja.png", Some(LangId(1)), &[4][..]),
            ("bun/y.png", None, &[2, 4][..]),
            ("pic.JA.png", Some(LangId(1)), &[][..])
        ]
    );
}
