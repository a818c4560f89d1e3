//! Tokens, postings, files and the cache.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::block::Block;
use super::merge::{self, List};
use super::token::{Token, tokens};
use super::*;
use crate::body::Passage;
use crate::lang::LangId;

fn cut(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    tokens(text, &mut |token| {
        found.push(match token {
            Token::Pair(a, b) => format!("{a}{b}"),
            Token::Last(c) => c.to_string(),
            Token::Word(word) | Token::Part(word) => word.to_owned(),
        });
    });
    found
}

#[test]
fn texts_are_cut_by_their_script() {
    for (text, expected) in [
        ("並列実行", "並列 列実 実行 行"),
        ("Goのヒープ", "go のヒ ヒー ープ プ"),
        ("ｺﾝﾃﾅ", "コン ンテ テナ ナ"),
        ("컨테이너를", "컨테 테이 이너 너를 를"),
        ("ติดตั้ง", "ติ ิด ดต ตั ั้ ้ง ง"),
        ("Über Straße", "uber strasse"),
        ("हिन्दी", "हिन्दी"),
        ("Ёлка", "елка"),
    ] {
        assert_eq!(cut(text).join(" "), expected, "{text}");
    }
}

#[test]
fn identifiers_are_found_whole_in_parts_and_with_their_signs() {
    for (text, expected) in [
        ("$HOME", &["home", "$home"][..]),
        ("~/.bashrc", &["bashrc", ".bashrc"]),
        (
            "kubectl_apply_file",
            &["kubectl", "apply", "file", "kubectl_apply", "apply_file"],
        ),
        (
            "http.ListenAndServe",
            &["listenandserve", "listen", "and", "serve", "http.listenandserve"],
        ),
        ("HTTPServer2Go", &["httpserver2go", "http", "server2", "go"]),
        ("-Dspring.profile=dev", &["dspring", "spring", "profile", "dev"]),
        ("C++ and C#, 5€", &["c", "c+", "c#", "5€"]),
        ("a->b && c := d", &["a", ">b", "&&", ":="]),
        (">=1.2.3", &["1", "=1", "2", "1.2", "2.3"]),
    ] {
        let found = cut(text);
        for token in expected {
            assert!(
                found.iter().any(|own| own == token),
                "{token} of {text} in {found:?}"
            );
        }
    }
    let long = "x".repeat(100);
    assert_eq!(cut(&long), ["x".repeat(40)]);
}

fn passage(title: &str, text: &str) -> Passage {
    Passage {
        level: 2,
        id: title.to_lowercase(),
        title: title.to_owned(),
        text: text.to_owned(),
        code: Vec::new(),
    }
}

fn document(url: &str, text: &str) -> Document {
    Document {
        url: url.to_owned(),
        title: url.to_owned(),
        weight: 1.0,
        passages: Arc::from([passage("Heading", text)]),
        ..Document::default()
    }
}

fn language(locale: &str, documents: Vec<Document>) -> Language {
    Language {
        key: locale.to_lowercase(),
        locale: locale.to_owned(),
        phrases: [("close".to_owned(), "Close".to_owned())].into(),
        documents,
    }
}

fn texts(documents: &[(&str, &str)]) -> Texts {
    let documents = documents.iter().map(|(url, text)| document(url, text));
    Texts {
        languages: vec![language("en", documents.collect())].into(),
    }
}

/// The value that a file of the index hands over.
fn value(bytes: &[u8]) -> serde_json::Value {
    let json = bytes
        .strip_prefix(b"wsgenSearch(")
        .and_then(|rest| rest.strip_suffix(b")"));
    serde_json::from_slice(json.unwrap()).unwrap()
}

/// The lines of all shards of a language.
fn lines(language: &Language) -> Vec<String> {
    let files = files::files(language);
    let shards = files
        .iter()
        .filter_map(|(_, bytes)| value(bytes).as_str().map(str::to_owned));
    shards
        .flat_map(|shard| shard.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The other words that a query for `word` finds.
fn others(language: &Language, word: &str) -> Vec<String> {
    let lines = lines(language);
    let line = lines.iter().find(|line| line.split(' ').next() == Some(word));
    let words = line.map(|line| line.split(' ').skip(2).map(str::to_owned).collect());
    words.unwrap_or_default()
}

#[test]
fn forms_of_a_word_find_each_other() {
    let english = language(
        "en-US",
        vec![document(
            "/",
            "Callouts, a callout; profiles, profiling, profiled",
        )],
    );
    assert_eq!(others(&english, "callout"), ["callouts"]);
    assert_eq!(others(&english, "profiled"), ["profiles", "profiling"]);
}

#[test]
fn a_word_finds_longer_ones_that_end_with_it() {
    let text = "Der Arbeitsspeicher und die Arbeit; Netzwerkkarte, Karte";
    let german = language("de", vec![document("/", text)]);
    assert_eq!(others(&german, "speicher"), ["arbeitsspeicher"]);
    assert!(others(&german, "karte").contains(&"netzwerkkarte".to_owned()));
}

#[test]
fn shards_are_sorted_as_browsers_compare() {
    let text = "😀x ｶ 你好 \u{20000}\u{20001} zebra \u{fb4b} Ａ";
    let lines = lines(&language("en", vec![document("/", text)]));
    let tokens: Vec<Vec<u16>> = lines
        .iter()
        .filter_map(|line| line.split(' ').next().map(|token| token.encode_utf16().collect()))
        .collect();
    assert!(tokens.is_sorted(), "{lines:?}");
}

#[test]
fn a_table_leads_to_every_shard_and_piece() {
    let pages = (0..120).map(|nth| {
        document(
            &format!("/part/{nth}/"),
            &format!("word{nth} and others. ").repeat(20),
        )
    });
    let own = language("en", pages.collect());
    let files = files::files(&own);
    let find = |name: &str| {
        files
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, bytes)| value(bytes))
    };
    let table = find(files::TABLE).unwrap();
    let size = table["size"].as_u64().unwrap() as usize;
    let names: Vec<&[u8]> = table["names"].as_str().unwrap().as_bytes().chunks(size).collect();
    let pieces = table["units"].as_array().unwrap().len();
    assert!(pieces > 4 && names.len() > pieces + 1);
    assert_eq!(
        table["tokens"].as_str().unwrap().lines().count() + 1 + pieces,
        names.len()
    );
    let values: Vec<_> = names
        .iter()
        .map(|name| find(&format!("{}.js", String::from_utf8_lossy(name))).unwrap())
        .collect();
    let (shards, texts) = values.split_at(names.len() - pieces);
    assert!(shards.iter().all(serde_json::Value::is_string));
    let pages: BTreeSet<String> = texts
        .iter()
        .flat_map(|piece| piece.as_array().unwrap())
        .map(|part| part[1].to_string())
        .collect();
    assert_eq!(pages.len(), 120);
}

fn merged(documents: &[Document], at_once: usize) -> Vec<List> {
    let mut lists = Vec::new();
    let mut first = 0;
    for documents in documents.chunks(at_once) {
        let blocks: Vec<&Block> = documents.iter().map(|document| &**document.block()).collect();
        lists = merge::join(lists, merge::merge(&blocks, first, &vec![0; documents.len()]));
        first += documents.len() as u32;
    }
    lists
}

#[test]
fn pages_that_are_merged_in_groups_give_the_same_lists() {
    let words = |nth: usize| format!("all w{} w{} 並列{nth}", nth % 7, nth % 11);
    let documents: Vec<Document> = (0..200)
        .map(|nth| document(&format!("/{nth}/"), &words(nth)))
        .collect();
    let whole = merged(&documents, 1_000);
    assert!(whole.len() > 200);
    for at_once in [1, 3, 64] {
        assert_eq!(merged(&documents, at_once), whole);
    }
}

#[test]
fn of_a_long_list_the_strongest_postings_stay() {
    let pages = (0..3_000).map(|nth| {
        let often = if nth % 100 == 99 {
            "all ".repeat(30)
        } else {
            "all".to_owned()
        };
        document(&format!("/{nth}/"), &often)
    });
    let own = language("en", pages.collect());
    let lines = lines(&own);
    let list = lines.iter().find_map(|line| line.strip_prefix("all ")).unwrap();
    let postings = merge::read(list.strip_prefix('!').unwrap().as_bytes());
    assert_eq!(postings.len(), 2_048);
    let places: BTreeSet<u32> = postings.iter().map(|(place, _)| *place).collect();
    assert!((0..30).all(|nth| places.contains(&(nth * 100 + 99))));
}

#[test]
fn what_is_kept_is_used_and_a_broken_cache_gives_the_right_files() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(CACHE_FILE);
    let texts = texts(&[("/", "one"), ("/a/", "two")]);
    let cache = Cache::default();
    let right = index(&texts, &cache);
    assert_eq!(right, index_anew(&texts));
    cache.save(dir.path()).unwrap();
    assert_eq!(index(&texts, &Cache::load(dir.path())), right);
    let sound = crate::disk::read(&file).unwrap();
    for at in [0, 9, 20, 40, 200, sound.len() / 2, sound.len() - 1] {
        let mut broken = sound.clone();
        broken[at] ^= 0x55;
        crate::disk::replace(&file, &broken).unwrap();
        assert_eq!(index(&texts, &Cache::load(dir.path())), right, "byte {at}");
        crate::disk::replace(&file, &sound[..at]).unwrap();
        assert_eq!(index(&texts, &Cache::load(dir.path())), right, "cut at {at}");
    }
}

#[test]
fn pages_that_have_not_changed_keep_their_tokens() {
    let before = texts(&[("/", "one"), ("/a/", "two")]);
    index_anew(&before);
    let mut after = before.clone();
    let changed = &mut after.languages[LangId(0)].documents[1];
    *changed = document("/a/", "three");
    for document in &mut after.languages[LangId(0)].documents {
        document.block = Default::default();
    }
    after.reuse(&before);
    let known = |texts: &Texts| -> Vec<bool> {
        let documents = texts.languages[LangId(0)].documents.iter();
        documents.map(|document| document.block.get().is_some()).collect()
    };
    assert_eq!(known(&after), [true, false]);
    let fresh = texts(&[("/", "one"), ("/a/", "three")]);
    assert_eq!(index_anew(&after), index_anew(&fresh));
}

proptest! {
    /// A text is found by its own beginning: every token of that is one of the text, but for the last word, which is the
    /// beginning of one.
    #[test]
    fn a_text_is_found_by_its_first_characters(text in "[a-zA-Z0-9$_./~ =+ßéがあカ漢字ーไทย가나。、]{0,60}") {
        let found = cut(&text);
        let head: String = text.chars().take(20).collect();
        for token in cut(&head) {
            let is_there = found.contains(&token) || found.iter().any(|own| own.starts_with(&token));
            // A sign may end the beginning and belong to nothing.
            let only_ranks = token.ends_with(['+', '#', '%', '*']) || token.starts_with(|c: char| c.is_ascii_punctuation());
            // Within a word that is cut off, parts end elsewhere; its beginning as a whole is what finds it.
            let last = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let is_begun = |whole: &String| found.iter().any(|own| own.starts_with(whole.as_str()));
            let in_last = cut(last).iter().any(|whole| *whole != token && whole.contains(&token) && is_begun(whole));
            prop_assert!(is_there || only_ranks || in_last, "{token} of {head} in {found:?}");
        }
    }

    #[test]
    fn postings_are_read_as_they_were_written(places in proptest::collection::btree_set((0u32..5_000, 0u16..300), 1..80)) {
        let documents: Vec<(u32, merge::Posting)> = places
            .into_iter()
            .map(|(place, unit)| (place, merge::Posting { unit, weight: (unit % 64) as u8 }))
            .collect();
        let mut bytes = Vec::new();
        merge::write(&documents, 0, &mut bytes);
        prop_assert_eq!(merge::read(&bytes), documents);
    }
}
