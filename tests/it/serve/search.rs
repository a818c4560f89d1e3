//! The search in a preview, which is made beside it.

use std::path::Path;
use std::sync::Arc;

use wsgen::pipeline::BuildOptions;
use wsgen::serve::{Answer, Changes, Findings, News, Observer, Preview};
use wsgen::source::LoadError;

use crate::site::Site;

const INDEX: &str = "search/en/index.js";

/// Ignores all events.
struct Nobody;

impl Observer for Nobody {
    fn changed(&self, _: &[String]) {}
    fn failed(&self, _: &LoadError) {}
    fn found(&self, _: &Findings) {}
}

fn now() -> jiff::Timestamp {
    "2026-11-01T00:00:00Z".parse().unwrap()
}

fn start(site: &Site) -> Preview {
    start_at(site.root())
}

fn start_at(folder: &Path) -> Preview {
    let options = BuildOptions {
        now: now(),
        ..BuildOptions::new(folder)
    };
    Preview::start(options, now, News::new(now(), Arc::new(Nobody)), |_| {}).unwrap()
}

fn bytes(answer: Answer) -> Vec<u8> {
    match answer {
        Answer::Made(made) => made.bytes.to_vec(),
        answer => panic!("{answer:?}"),
    }
}

#[test]
fn no_page_waits_for_the_search() {
    let site = Site::from("-- content/_index.md --\n# Home\n-- content/a.md --\nWords\n");
    // So many that their index takes seconds.
    for nth in 0..300 {
        let words: String = (0..400).map(|word| format!("word{} ", word * nth)).collect();
        site.write(&format!("content/many/{nth}.md"), &words);
    }
    let preview = start(&site);
    let mut search = preview.ask(INDEX.to_owned());
    let page = preview.get("a/").unwrap();
    assert!(search.try_recv().is_err(), "the page came after the search");
    assert!(String::from_utf8(bytes(page)).unwrap().contains("Words"));
    assert!(!bytes(search.blocking_recv().unwrap()).is_empty());
}

/// Some systems tell changes by the places where files really are, such as `/private/tmp` for `/tmp`.
#[cfg(unix)]
#[test]
fn a_site_that_is_reached_through_a_link_is_followed_file_by_file() {
    let site = Site::from("-- content/_index.md --\n# Home\n-- content/a.md --\nFirst\n");
    let link = site.root().with_extension("link");
    std::os::unix::fs::symlink(site.root(), &link).unwrap();
    let preview = start_at(&link);
    let shows = |text: &str| {
        let page = bytes(preview.get("a/").unwrap());
        assert!(String::from_utf8(page).unwrap().contains(text));
    };
    shows("First");
    site.write("content/a.md", "Second\n");
    let real = site.root().canonicalize().unwrap();
    preview.change(Changes::of([real.join("content/a.md")]));
    shows("Second");
    std::fs::remove_file(&link).unwrap();
}

#[test]
fn a_search_that_was_asked_for_before_a_change_is_of_the_site_after_it() {
    let site = Site::from("-- content/_index.md --\n# Home\n-- content/a.md --\nWords\n");
    let preview = start(&site);
    let before = bytes(preview.get(INDEX).unwrap());
    // Asked for, then changed: the answer is of the version that is there when it is made.
    site.write("content/b.md", "More words\n");
    let path = std::path::absolute(site.root().join("content/b.md")).unwrap();
    preview.change(Changes::of([path]));
    let after = bytes(preview.get(INDEX).unwrap());
    assert_ne!(before, after);
    let built = site.build();
    assert!(built.file(INDEX).unwrap() == after, "as a build makes it");
    let nothing = preview.get("search/en/none.json").unwrap();
    assert!(matches!(nothing, Answer::Missing(_)));
}

#[test]
fn a_new_word_is_found_soon_after_its_page_was_asked_for() {
    let site = Site::from("-- content/_index.md --\n# Home\n");
    for nth in 0..60 {
        site.write(
            &format!("content/{nth}.md"),
            format!("# Page {nth}\n{}\n", "Some words to find. ".repeat(40)),
        );
    }
    let preview = start(&site);
    bytes(preview.get(INDEX).unwrap());
    for word in ["firstword", "secondword"] {
        site.write("content/7.md", format!("# Page 7\nA {word}.\n"));
        let path = std::path::absolute(site.root().join("content/7.md")).unwrap();
        preview.change(Changes::of([path]));
        bytes(preview.get("7/").unwrap());
        let table = String::from_utf8(bytes(preview.get(INDEX).unwrap())).unwrap();
        let shards = names(&table).into_iter().map(|name| {
            let file = preview.get(&format!("search/en/{name}.js")).unwrap();
            String::from_utf8(bytes(file)).unwrap()
        });
        assert!(
            shards
                .into_iter()
                .any(|shard| shard.contains(&format!("\\n{word} "))),
            "{word}"
        );
    }
}

/// The names of the files that a table leads to.
fn names(table: &str) -> Vec<String> {
    let json = table
        .strip_prefix("wsgenSearch(")
        .and_then(|rest| rest.strip_suffix(')'));
    let table: serde_json::Value = serde_json::from_str(json.unwrap()).unwrap();
    let size = table["size"].as_u64().unwrap() as usize;
    let names = table["names"].as_str().unwrap().as_bytes().chunks(size);
    names
        .map(|name| String::from_utf8(name.to_vec()).unwrap())
        .collect()
}
