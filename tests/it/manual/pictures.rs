//! The pictures of the README: each is there in both schemes, and shows what the manual says today.

use std::path::Path;

use scraper::{Html, Selector};
use serde::Deserialize;
use wsgen::pipeline::{self, BuildOptions};

/// A piece of a page, as `tests/browser/screenshots.js` has seen it.
#[derive(Deserialize)]
struct Picture {
    name: String,
    page: String,
    piece: String,
    text: String,
}

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Text of the first element that a selector matches, with single spaces.
fn text_of(html: &str, selector: &str) -> String {
    let selector = Selector::parse(selector).unwrap();
    let html = Html::parse_document(html);
    let piece = html.select(&selector).next();
    let words: String = piece.into_iter().flat_map(|piece| piece.text()).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn pictures_show_what_the_manual_says_today() {
    let folder = tempfile::tempdir().unwrap();
    let options = BuildOptions {
        destination: Some(folder.path().join("public")),
        base_url: Some("/".to_owned()),
        ..BuildOptions::new(env!("CARGO_MANIFEST_DIR"))
    };
    pipeline::build(&options).unwrap_or_else(|error| panic!("no manual: {error}"));
    let pictures: Vec<Picture> = serde_json::from_str(&read("docs/pictures.json")).unwrap();
    assert!(pictures.len() > 5);
    for Picture {
        name,
        page,
        piece,
        text,
    } in pictures
    {
        let path = folder.path().join("public").join(page).join("index.html");
        let today = text_of(&std::fs::read_to_string(path).unwrap(), &piece);
        assert_eq!(today, text, "`make screenshots` takes the picture {name} again");
    }
}

#[test]
fn every_picture_of_the_readme_is_there() {
    let readme = read("README.md");
    let names: Vec<&str> = readme
        .split(['"', '(', ')'])
        .filter(|part| part.starts_with("docs/") && part.ends_with(".png"))
        .collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(
            Path::new(env!("CARGO_MANIFEST_DIR")).join(name).is_file(),
            "{name}"
        );
    }
}
