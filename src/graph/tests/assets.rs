//! Files beside pages are copied to the right place.

use super::site::site;

#[test]
fn files_beside_pages_are_published_at_their_place() {
    let site = site(&[
        ("content/_index.md", "title: H"),
        ("content/top.png", "x"),
        ("content/lab/_index.md", "title: Lab"),
        ("content/lab/img.png", "x"),
        ("content/lab/leaf/index.md", "title: Leaf"),
        ("content/lab/leaf/pic.png", "x"),
        ("content/lab/leaf/note.md", "title: Note"),
        ("content/lab/leaf/sub/deep.txt", "x"),
        ("content/lab/no page/x Y.png", "x"),
        ("content/resonly/data.json", "{}"),
        ("content/Auto/a.md", "title: A"),
        ("content/Auto/Pic.PNG", "x"),
    ]);
    assert_eq!(
        site.assets(),
        [
            "auto/Pic.PNG",
            "lab/img.png",
            "lab/leaf/pic.png",
            "lab/leaf/sub/deep.txt",
            "lab/no page/x Y.png",
            "resonly/data.json",
            "top.png",
        ]
    );
    let names = |path: &str| -> Vec<(&str, &str)> {
        site.at(path)
            .resources
            .iter()
            .map(|file| (file.path.as_str(), file.url.as_str()))
            .collect()
    };
    assert_eq!(
        names("/lab"),
        [
            ("img.png", "/lab/img.png"),
            ("no page/x Y.png", "/lab/no page/x Y.png")
        ]
    );
    assert_eq!(
        names("/lab/leaf"),
        [
            ("note.md", ""),
            ("pic.png", "/lab/leaf/pic.png"),
            ("sub/deep.txt", "/lab/leaf/sub/deep.txt")
        ]
    );
    assert_eq!(
        names("/"),
        [
            ("resonly/data.json", "/resonly/data.json"),
            ("top.png", "/top.png")
        ]
    );
}

#[test]
fn files_of_a_draft_bundle_are_not_published_and_those_of_a_draft_section_are() {
    let site = site(&[
        ("content/a/index.md", "draft: true"),
        ("content/a/x.png", "x"),
        ("content/s/_index.md", "draft: true"),
        ("content/s/b.md", "title: B"),
        ("content/s/y.png", "x"),
    ]);
    assert_eq!(site.assets(), ["s/y.png"]);
}

#[test]
fn content_wins_over_static_files_of_the_same_place() {
    let site = site(&[
        ("content/_index.md", "title: H"),
        ("content/x.txt", "content"),
        ("static/x.txt", "static"),
        ("static/y.txt", "y"),
    ]);
    assert_eq!(site.assets(), ["x.txt", "y.txt"]);
    assert_eq!(site.tree.path(site.graph.assets[0].1), Some("content/x.txt"));
}

#[test]
fn rules_give_files_names_titles_and_params() {
    let site = site(&[
        (
            "content/b/index.md",
            "resources:\n- {src: 'images/*.png', name: 'pic-:counter', title: 'Picture :counter', params: {a: 1}}\n- {src: '**', params: {a: 2, b: 3}}",
        ),
        ("content/b/images/one.png", "x"),
        ("content/b/images/two.png", "x"),
        ("content/b/z.txt", "x"),
    ]);
    let files = &site.at("/b").resources;
    let shown: Vec<String> = files
        .iter()
        .map(|file| {
            let params = spanned_data::Value::from(file.params.clone());
            format!("{}|{}|{params}", file.name, file.title)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "pic-1|Picture 1|map[a:1 b:3]",
            "pic-2|Picture 2|map[a:1 b:3]",
            "z.txt|z.txt|map[a:2 b:3]"
        ]
    );
}
