//! Documents, shelves and the cache.

use std::path::Path;

use super::*;

fn document(url: &str, text: &str) -> Document {
    Document {
        url: url.to_owned(),
        html: format!("<html><body><h1>{url}</h1><p>{text}</p></body></html>"),
    }
}

fn texts(documents: &[(&str, &str)]) -> Texts {
    Texts {
        languages: vec![Language {
            key: "en".to_owned(),
            locale: "en".to_owned(),
            phrases: [("close".to_owned(), "Close".to_owned())].into(),
            documents: documents.iter().map(|(url, text)| document(url, text)).collect(),
        }],
    }
}

/// A text for each of that many pages.
fn many(pages: usize) -> Texts {
    let mut many = texts(&[]);
    many.languages[0].documents = (0..pages)
        .map(|nth| document(&format!("/part/{nth}/"), &format!("word{nth} and others")))
        .collect();
    many
}

fn paths(files: &[OutputFile]) -> Vec<&str> {
    files.iter().map(|file| &*file.path).collect()
}

fn json(files: &[OutputFile], path: &str) -> serde_json::Value {
    let file = files.iter().find(|file| file.path == path);
    let Some(OutputContent::Bytes(bytes)) = file.map(|file| &file.content) else {
        panic!("no {path} in {:?}", paths(files));
    };
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn a_small_site_has_one_index_with_all_that_a_browser_needs() {
    let files = index(&texts(&[("/", "one"), ("/a/", "two")]), &Cache::default()).unwrap();
    let named = |start: &str, end: &str| {
        let all = paths(&files).into_iter();
        all.filter(|path| path.starts_with(start) && path.ends_with(end))
            .count()
    };
    assert_eq!(named("search/en/0/fragment/", ".pf_fragment"), 2);
    assert_eq!(named("search/en/0/index/", ".pf_index"), 1);
    assert_eq!(named("search/en/0/pagefind.", ".pf_meta"), 1);
    for path in [
        "search/en/0/pagefind-entry.json",
        "search/en/0/wasm.en.pagefind",
        "search/en/index.json",
        "search/pagefind.js",
    ] {
        assert!(paths(&files).contains(&path), "{path}: {:?}", paths(&files));
    }
    assert_eq!(files.len(), 8, "{:?}", paths(&files));
    let manifest = json(&files, "search/en/index.json");
    assert_eq!(manifest["shelves"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["texts"]["close"], "Close");
}

#[test]
fn the_module_is_shared_and_languages_without_stems_have_the_general_program() {
    let mut two = texts(&[("/", "one")]);
    two.languages.push(Language {
        key: "ja".to_owned(),
        locale: "ja-JP".to_owned(),
        documents: vec![document("/ja/", "計測と改善")],
        ..two.languages[0].clone()
    });
    let files = index(&two, &Cache::default()).unwrap();
    let modules = paths(&files).into_iter().filter(|path| path.ends_with(".js"));
    assert_eq!(modules.collect::<Vec<_>>(), ["search/pagefind.js"]);
    let programs = paths(&files).into_iter().filter(|path| path.contains("wasm"));
    assert_eq!(
        programs.collect::<Vec<_>>(),
        [
            "search/en/0/wasm.en.pagefind",
            "search/ja/0/wasm.unknown.pagefind"
        ]
    );
}

#[test]
fn a_language_without_pages_has_no_files() {
    assert_eq!(index(&texts(&[]), &Cache::default()).unwrap(), []);
}

#[test]
fn equal_texts_give_equal_files_with_and_without_a_cache() {
    let dir = tempfile::tempdir().unwrap();
    let texts = many(300);
    let first = index(&texts, &Cache::default()).unwrap();
    let cache = Cache::load(dir.path());
    assert_eq!(index(&texts, &cache).unwrap(), first);
    cache.save(dir.path()).unwrap();
    assert_eq!(index(&texts, &Cache::load(dir.path())).unwrap(), first);
}

#[test]
fn a_broken_cache_gives_the_right_files() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(CACHE_FILE);
    let texts = texts(&[("/", "one"), ("/a/", "two")]);
    let cache = Cache::default();
    let right = index(&texts, &cache).unwrap();
    cache.save(dir.path()).unwrap();
    let sound = crate::disk::read(&file).unwrap();
    for at in [0, 9, 20, 40, 200, sound.len() / 2, sound.len() - 1] {
        let mut broken = sound.clone();
        broken[at] ^= 0x55;
        crate::disk::replace(&file, &broken).unwrap();
        assert_eq!(
            index(&texts, &Cache::load(dir.path())).unwrap(),
            right,
            "byte {at}"
        );
        crate::disk::replace(&file, &sound[..at]).unwrap();
        assert_eq!(
            index(&texts, &Cache::load(dir.path())).unwrap(),
            right,
            "cut at {at}"
        );
    }
}

#[test]
fn concurrent_runs_with_one_cache_give_the_same_files() {
    let dir = tempfile::tempdir().unwrap();
    let texts = many(140);
    let right = index(&texts, &Cache::default()).unwrap();
    let run = |dir: &Path| {
        let cache = Cache::load(dir);
        let files = index(&texts, &cache).unwrap();
        cache.save(dir).unwrap();
        files
    };
    thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| run(dir.path()))).collect();
        for one in runs {
            assert_eq!(one.join().unwrap(), right);
        }
    });
}

#[test]
fn a_change_on_one_page_changes_one_shelf() {
    let keys = |texts: &Texts| -> Vec<_> {
        let shelves = shelf::of(&texts.languages[0]);
        shelves.iter().map(|shelf| shelf.key).collect()
    };
    let before = many(1000);
    let mut after = before.clone();
    after.languages[0].documents[7].html.push_str("<p>more</p>");
    let (before, after) = (keys(&before), keys(&after));
    assert_eq!(before.len(), 8);
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b);
    assert_eq!(changed.count(), 1);
}

#[test]
fn shelves_hold_every_page_once_and_are_about_equal() {
    let texts = many(1000);
    let shelves = shelf::of(&texts.languages[0]);
    let sizes: Vec<usize> = shelves.iter().map(|shelf| shelf.documents.len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 1000);
    assert!(sizes.iter().all(|size| (80..=170).contains(size)), "{sizes:?}");
}

#[test]
fn the_engine_named_in_the_stamp_is_the_one_built_in() {
    let (name, version) = engine::ENGINE.split_once(' ').unwrap();
    let lock = include_str!("../../Cargo.lock");
    assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")));
}
