//! Values come down from sections and from the site.

use super::site::site;

#[test]
fn the_nearest_cascade_wins_and_a_page_wins_over_all() {
    let site = site(&[
        (
            "hugo.toml",
            "[[cascade]]\ncolor = 'site'\nsize = 'site'\n[cascade.params]\nshape = 'round'",
        ),
        (
            "content/_index.md",
            "title: Home\ncascade: {color: home, type: docs}",
        ),
        ("content/a/_index.md", "title: A\ncascade: {color: a}"),
        ("content/a/x.md", "title: X"),
        ("content/a/own.md", "color: own"),
        ("content/b.md", "title: B"),
        ("content/auto/y.md", "title: Y"),
    ]);
    let param = |path: &str, key: &str| site.at(path).params.text(key).unwrap_or_default();
    assert_eq!(param("/a/x", "color"), "a");
    assert_eq!(param("/a", "color"), "a");
    assert_eq!(param("/a/own", "color"), "own");
    assert_eq!(param("/b", "color"), "home");
    assert_eq!(param("/auto", "color"), "home");
    assert_eq!(param("/", "color"), "home");
    assert_eq!(param("/b", "size"), "site");
    assert_eq!(param("/b", "shape"), "round");
    assert_eq!(site.at("/a/x").front.page_type.as_deref(), Some("docs"));
    assert_eq!(site.at("/").front.page_type.as_deref(), Some("docs"));
}

#[test]
fn fields_and_params_both_come_down() {
    let site = site(&[
        (
            "content/a/_index.md",
            "title: A\nweight: 9\ncascade:\n  weight: 7\n  draft: false\n  params: {level: basic}",
        ),
        ("content/a/x.md", "title: X"),
        ("content/a/y.md", "title: Y\nparams: {level: hard}"),
    ]);
    assert_eq!(site.at("/a/x").front.weight, 7);
    assert_eq!(site.at("/a").front.weight, 9);
    assert_eq!(site.at("/a/x").params.text("level").as_deref(), Some("basic"));
    assert_eq!(site.at("/a/y").params.text("level").as_deref(), Some("hard"));
}

#[test]
fn targets_choose_by_path_kind_and_language() {
    let site = site(&[
        (
            "hugo.toml",
            "defaultContentLanguage = 'en'\n[languages.en]\n[languages.ja]",
        ),
        (
            "content/_index.md",
            "cascade:\n- {target: {path: '/a/**'}, color: path}\n- {target: {kind: section}, color: section}\n- {color: rest}",
        ),
        ("content/a/_index.md", "title: A"),
        ("content/a/x.md", "title: X"),
        ("content/b.md", "title: B"),
        (
            "content/_index.ja.md",
            "cascade:\n- {target: {lang: en}, color: never}",
        ),
        ("content/b.ja.md", "title: B"),
    ]);
    let color = |path: &str| site.at(path).params.text("color").unwrap_or_default();
    assert_eq!(
        [color("/a/x"), color("/a"), color("/b")],
        ["path", "section", "rest"]
    );
    assert_eq!(site.page("b.ja.md").params.text("color"), None);
}

#[test]
fn drafts_can_come_from_above() {
    let site = site(&[
        (
            "content/a/_index.md",
            "title: A\ncascade: {draft: true}\ndraft: false",
        ),
        ("content/a/x.md", "title: X"),
        ("content/a/y.md", "title: Y\ndraft: false"),
    ]);
    assert_eq!(site.urls(), ["/", "/a/", "/a/y/"]);
}
