//! The shape of the sources: layers, lengths, and what must not stand in a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Crates and modules from the lowest layer to the highest. Each uses only its own layer's and lower ones.
const LAYERS: &[&[&str]] = &[
    &["spanned-data"],
    &["hugo-template"],
    &[
        "address", "budget", "cache", "diag", "disk", "duration", "guard", "lang", "phrases",
    ],
    &["source"],
    &["config", "discover", "parse"],
    &["graph", "triage"],
    &["account", "fix", "hugo", "lint", "template"],
    &["adapter"],
    &["markup"],
    &["highlight", "markdown"],
    &["shortcodes"],
    &["body"],
    &["render"],
    &["emit", "search"],
    &["pipeline"],
    &[
        "explain", "external", "hosting", "inspect", "list", "serve", "steps",
    ],
    &["adopt", "bundle", "mv", "new"],
    &["cli"],
];

/// Lines that a file of Rust may have, tests included.
const LONGEST_FILE: usize = 700;

/// Pieces of text that are of one machine only.
const FORBIDDEN: &[&str] = &[
    "/root/",
    "/home/",
    concat!("/wo", "rk/"),
    concat!("/tmp/", "bash"),
    concat!("crates.io/", "api"),
    concat!("registry.", "npmjs"),
];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder of the repository with one of these extensions, as they would be committed, sorted.
pub(crate) fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let ours = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        !(matches!(
            &*name,
            "target" | "node_modules" | "public" | "corpus" | "artifacts"
        ) || name.starts_with('.') && name != ".ci" && entry.depth() > 0)
    };
    let wanted = |path: &Path| {
        path.extension()
            .is_some_and(|e| extensions.iter().any(|x| *x == e))
    };
    let entries = walkdir::WalkDir::new(root().join(folder))
        .sort_by_file_name()
        .into_iter();
    entries
        .filter_entry(ours)
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| wanted(path))
        .collect()
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The sources of all crates, without their tests.
fn sources() -> Vec<PathBuf> {
    let mut sources = files("src", &["rs"]);
    let in_src = |path: &PathBuf| {
        path.strip_prefix(root().join("crates")).unwrap().iter().nth(1) == Some("src".as_ref())
    };
    sources.extend(files("crates", &["rs"]).into_iter().filter(in_src));
    sources
}

/// The crate of a path in `crates/`, or the first module of one in `src/`: `diag` for `src/diag/print/mod.rs`.
fn module(path: &Path) -> String {
    let below = ["src", "crates"]
        .iter()
        .find_map(|folder| path.strip_prefix(root().join(folder)).ok())
        .unwrap();
    let first = below.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules that a line uses: `use crate::a::b` and `crate::a::b` in code.
fn used(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("crate::")
        .map(|(at, found)| &code[at + found.len()..])
        .map(|rest| {
            rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap_or_default()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// The folders of `crates/`.
fn crates() -> Vec<String> {
    let entries = std::fs::read_dir(root().join("crates")).unwrap();
    let mut crates: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    crates.sort_unstable();
    crates
}

/// The crates of this repository that a crate names in its `Cargo.toml`.
fn dependencies(of: &str) -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("crates").join(of).join("Cargo.toml")).unwrap();
    let manifest: toml_edit::DocumentMut = manifest.parse().unwrap();
    let named = |name: &String| {
        ["dependencies", "dev-dependencies", "build-dependencies"]
            .iter()
            .any(|table| manifest.get(table).is_some_and(|table| table.get(name).is_some()))
    };
    crates()
        .into_iter()
        .chain(["wsgen".to_owned()])
        .filter(named)
        .collect()
}

#[test]
fn crates_use_lower_crates_only() {
    for own in crates() {
        assert!(layer(&own) < layer("diag"), "{own} lies below all modules");
        for other in dependencies(&own) {
            assert!(layer(&other) < layer(&own), "`{own}` uses `{other}`");
        }
    }
}

#[test]
fn crates_do_not_know_the_program() {
    let knows = |path: &PathBuf| {
        std::fs::read_to_string(path)
            .unwrap()
            .to_lowercase()
            .contains("wsgen")
    };
    let wrong: Vec<String> = files("crates", &["rs", "md", "toml", "txt", "py"])
        .iter()
        .filter(|path| knows(path))
        .map(|path| name(path))
        .collect();
    assert!(wrong.is_empty(), "they are for others, too: {wrong:?}");
}

#[test]
fn no_layer_uses_a_higher_one() {
    let mut wrong = Vec::new();
    for path in files("src", &["rs"]) {
        let from = module(&path);
        let Some(own) = layer(&from) else { continue };
        let text = std::fs::read_to_string(&path).unwrap();
        for (nth, line) in text.lines().enumerate() {
            for to in used(line) {
                if layer(to).is_some_and(|theirs| theirs > own) {
                    wrong.push(format!("{}:{}: `{from}` uses `{to}`", name(&path), nth + 1));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "lower layers use higher ones:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_module_has_a_layer() {
    let unknown: Vec<String> = sources()
        .iter()
        .map(|path| module(path))
        .filter(|module| !matches!(module.as_str(), "lib" | "main") && layer(module).is_none())
        .collect();
    assert!(
        unknown.is_empty(),
        "add to LAYERS in tests/it/tidy.rs: {unknown:?}"
    );
}

/// The module names of ARCHITECTURE.md below `## Layers`, layer by layer.
fn layers_of_the_page(page: &str) -> Vec<Vec<&str>> {
    let section = page.split("\n## Layers\n").nth(1).unwrap_or_default();
    let line = section
        .lines()
        .find(|line| line.starts_with('`'))
        .unwrap_or_default();
    line.split('<')
        .map(|layer| {
            let mut names: Vec<&str> = layer
                .split(',')
                .map(|name| name.trim_matches([' ', '`']))
                .collect();
            names.sort_unstable();
            names
        })
        .collect()
}

#[test]
fn the_architecture_page_tells_the_same_layers() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert_eq!(layers_of_the_page(&page), LAYERS);
}

/// Regular expressions over texts of authors, names of files and settings. HTML is read as a tree, see `markup/dom.rs`.
const MAY_USE_REGEX: &[&str] = &[
    "src/markdown/linkify.rs",
    "src/shortcodes/file_lists.rs",
    "src/steps/output.rs",
    "src/steps/reasons.rs",
    "src/steps/script.rs",
];

#[test]
fn no_regular_expression_reads_html() {
    let wrong: Vec<String> = files("src", &["rs"])
        .iter()
        .filter(|path| layer(&module(path)) >= layer("markup"))
        .filter(|path| std::fs::read_to_string(path).unwrap().contains("regex::"))
        .map(|path| name(path))
        .filter(|name| !MAY_USE_REGEX.contains(&name.as_str()))
        .collect();
    assert!(wrong.is_empty(), "regular expressions in {wrong:?}");
}

/// The keys of a file in `i18n/`, each with the places that its text leaves open: `{n}`.
fn interface_texts(path: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let document: toml_edit::DocumentMut = text.parse().unwrap();
    let texts = document.iter().map(|(key, text)| {
        let text = text.as_str().unwrap_or_default();
        let places = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        (
            key.to_owned(),
            places.map(|(place, _)| place.to_owned()).collect(),
        )
    });
    texts.collect()
}

#[test]
fn every_language_has_every_interface_text() {
    let english = interface_texts(&root().join("i18n/en.toml"));
    let others = files("i18n", &["toml"]);
    assert!(others.len() > 10, "{others:?}");
    for path in others {
        assert_eq!(interface_texts(&path), english, "{}", name(&path));
    }
}

#[test]
fn files_fit_into_a_head() {
    let lines = |path: &Path| std::fs::read_to_string(path).unwrap().lines().count();
    let long: Vec<String> = ["src", "crates", "tests", "benches", "build.rs", "build"]
        .iter()
        .filter(|folder| root().join(folder).exists())
        .flat_map(|folder| files(folder, &["rs"]))
        .map(|path| (lines(&path), path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{}: {lines} lines", name(&path)))
        .collect();
    assert!(
        long.is_empty(),
        "files of more than {LONGEST_FILE} lines:\n{}",
        long.join("\n")
    );
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|path| !path.ends_with("tests.rs"))
        .filter(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            !text.starts_with("//!") && !text.starts_with("#![doc = include_str!")
        })
        .map(|path| name(path))
        .collect();
    assert!(
        silent.is_empty(),
        "modules without a first line `//!`: {silent:#?}"
    );
}

#[test]
fn only_the_command_prints_and_ends_the_process() {
    let words = ["println!(", "eprintln!(", "print!(", "process::exit"];
    let mut wrong = Vec::new();
    for path in sources().into_iter().filter(|path| module(path) != "cli") {
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (nth, line) in lines.filter(|(_, line)| words.iter().any(|word| line.contains(word))) {
            wrong.push(format!("{}:{}: {}", name(&path), nth + 1, line.trim()));
        }
    }
    assert!(
        wrong.is_empty(),
        "printing below the command:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn nothing_is_of_one_machine_only() {
    let extensions = &[
        "rs", "md", "toml", "lock", "json", "js", "mjs", "ts", "css", "html", "txt", "yaml", "yml", "sh",
    ];
    let mut wrong = Vec::new();
    for path in files(".", extensions)
        .into_iter()
        .filter(|path| !path.ends_with("tests/it/tidy.rs"))
    {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        for (nth, line) in text.lines().enumerate() {
            wrong.extend(
                FORBIDDEN
                    .iter()
                    .filter(|piece| line.contains(*piece))
                    .map(|piece| format!("{}:{}: {piece}", name(&path), nth + 1)),
            );
        }
    }
    assert!(
        wrong.is_empty(),
        "machine paths or registry hosts:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn lock_files_name_no_download_address() {
    for path in files("tests", &["json"])
        .into_iter()
        .filter(|path| path.ends_with("package-lock.json"))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            !text.contains("\"resolved\": \"http"),
            "{} names a host",
            name(&path)
        );
    }
}

#[test]
fn no_text_holds_a_character_that_wsgen_reserves() {
    let private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
    for path in files(".", &["rs", "md", "html", "css", "js", "txt", "toml"]) {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        assert!(
            !text.contains(private),
            "{} holds a private-use character",
            name(&path)
        );
    }
}

/// Openings that make a riddle of a doc. The rule is in CONTRIBUTING.md, "Plain English".
const RIDDLES: [&str; 5] = ["What", "Who", "Whether", "Where", "The same"];

fn is_riddle(text: &str) -> bool {
    let mut rests = RIDDLES.iter().filter_map(|opening| text.strip_prefix(opening));
    rests.any(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The text of a line that is a doc comment.
fn doc_text(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
    (!text.starts_with('/')).then(|| text.trim())
}

/// The docs of a source, line by line, with their line numbers.
fn doc_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = (1..).zip(source.lines());
    lines.filter_map(|(number, line)| Some((number, doc_text(line)?)))
}

/// Lines of a source with a doc of one word. Code counts: it is the syntax or the key that the item stands for.
fn one_word_docs(source: &str) -> Vec<usize> {
    let lines: Vec<Option<&str>> = source.lines().map(doc_text).collect();
    let is_doc = |at: usize| lines.get(at).is_some_and(Option::is_some);
    let is_alone = |at: usize| (at == 0 || !is_doc(at - 1)) && !is_doc(at + 1);
    let is_word = |text: &str| text.split_whitespace().count() == 1 && !text.contains('`');
    let alone = (0..lines.len()).filter(|at| is_alone(*at) && lines[*at].is_some_and(is_word));
    alone.map(|at| at + 1).collect()
}

#[test]
fn docs_name_their_thing() {
    let mut wrong = Vec::new();
    for path in ["src", "crates"].iter().flat_map(|folder| files(folder, &["rs"])) {
        let source = std::fs::read_to_string(&path).unwrap();
        let riddles = doc_lines(&source).filter(|(_, text)| is_riddle(text));
        let found = riddles.map(|(number, _)| number).chain(one_word_docs(&source));
        wrong.extend(found.map(|number| format!("{}:{number}", name(&path))));
    }
    assert!(
        wrong.is_empty(),
        "docs that begin with {RIDDLES:?} or are one word; see CONTRIBUTING.md, Plain English:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn riddles_are_recognised() {
    let source = "/// What is kept.\nfn a() {}\n    /// Children.\n    b: u8,\n/// `x`.\nfn c() {}\n/// Whether\n/// so.\n";
    let openings = doc_lines(source).filter(|(_, text)| is_riddle(text));
    assert_eq!(openings.map(|(number, _)| number).collect::<Vec<_>>(), [1, 7]);
    assert_eq!(one_word_docs(source), [3]);
    assert_eq!(doc_text("//// a rule of slashes"), None);
}

/// The sections of `docs/hugo.md` that a source cites: `2` and `5` for "sections 2–5".
fn cited_sections(source: &str) -> Vec<String> {
    let text = source.replace(['`', '"'], "");
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !matches!(*word, "//!" | "///"))
        .collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        if words[at] == "docs/hugo.md," || words[at] == "(docs/hugo.md," {
            let numbers = words[at + 2..].iter().filter(|word| **word != "and");
            let numbers = numbers.take_while(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            for word in numbers {
                found.extend(word.split('–').map(|number| {
                    let number = number.trim_end_matches(|c: char| !c.is_ascii_digit());
                    number.to_owned()
                }));
            }
        }
    }
    found
}

#[test]
fn cited_rules_of_hugo_exist() {
    let page = std::fs::read_to_string(root().join("docs/hugo.md")).unwrap();
    let headings: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")))
        .filter_map(|heading| heading.split(' ').next())
        .map(|number| number.trim_end_matches('.'))
        .collect();
    let mut cited = 0;
    for path in ["src", "crates"].iter().flat_map(|folder| files(folder, &["rs"])) {
        for section in cited_sections(&std::fs::read_to_string(&path).unwrap()) {
            assert!(
                headings.contains(section.as_str()),
                "{} cites section {section}",
                name(&path)
            );
            cited += 1;
        }
    }
    assert!(cited > 10, "{cited} citations");
}
