//! The reference of the manual: what the program knows is in it, and nothing else.
//!
//! The page about commands is made from the definition of the command line; `make bless` writes it anew. Settings and
//! fields of front matter are compared with the names that the sources ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use wsgen::shortcodes::BUILTIN_SHORTCODES;

use crate::tidy::files;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn reference(name: &str) -> PathBuf {
    root().join("content/40-reference").join(name)
}

// --- Commands ---------------------------------------------------------------------------------------------------------

/// A row of a table of options: its names, and what it does.
type Row = (String, String);

fn rows(command: &clap::Command) -> Vec<Row> {
    let options = command.get_arguments().filter(|argument| !argument.is_hide_set());
    options
        .filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()))
        .map(|argument| (names(argument), meaning(argument)))
        .collect()
}

/// `-s DIR`, `--source DIR`, or the name of what stands without an option.
fn names(argument: &clap::Arg) -> String {
    let takes_value = argument.get_action().takes_values();
    let value = argument
        .get_value_names()
        .filter(|_| takes_value)
        .and_then(|names| names.first())
        .map(ToString::to_string);
    let with_value = |name: String| match &value {
        Some(value) => format!("`{name} {value}`"),
        None => format!("`{name}`"),
    };
    let short = argument
        .get_short()
        .map(|letter| with_value(format!("-{letter}")));
    let long = argument.get_long().map(|word| with_value(format!("--{word}")));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    if names.is_empty() {
        return format!("`{}`", value.unwrap_or_else(|| argument.get_id().to_string()));
    }
    names.join(", ")
}

fn meaning(argument: &clap::Arg) -> String {
    let mut out = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if argument.get_action().takes_values() && !values.is_empty() {
        let _ = write!(out, ": {}", values.join(", "));
    }
    let usual: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| format!("`{}`", value.to_string_lossy()))
        .collect();
    if argument.get_action().takes_values() && !usual.is_empty() {
        let _ = write!(out, "; default: {}", usual.join(", "));
    }
    out.replace('|', "\\|")
}

/// The whole description, each paragraph with its full stop.
fn about(command: &clap::Command) -> String {
    let text = command.get_long_about().or(command.get_about());
    let text = text.map(ToString::to_string).unwrap_or_default();
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|paragraph| format!("{}.", paragraph.trim().trim_end_matches('.')))
        .collect();
    paragraphs.join("\n\n")
}

/// Every command with its full name, in the order of `--help`.
fn commands() -> Vec<(String, clap::Command)> {
    fn below(name: &str, command: &clap::Command, out: &mut Vec<(String, clap::Command)>) {
        for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
            let full = format!("{name} {}", inner.get_name());
            out.push((full.clone(), inner.clone()));
            below(&full, inner, out);
        }
    }
    let mut out = Vec::new();
    below("wsgen", &wsgen::cli::command(), &mut out);
    out
}

/// The generated part of the page about commands.
fn command_tables() -> String {
    let commands = commands();
    let mut users: BTreeMap<Row, Vec<&str>> = BTreeMap::new();
    let mut order = Vec::new();
    for (name, command) in &commands {
        for row in rows(command) {
            order.push(row.clone());
            users.entry(row).or_default().push(name);
        }
    }
    let is_shared = |row: &Row| users[row].len() > 1 && row.0.contains("--");
    let mut out = String::from(
        "\n## Options of several commands {#shared}\n\n| option | meaning | commands |\n|--------|---------|----------|\n",
    );
    let mut seen = BTreeSet::new();
    for row in order
        .iter()
        .filter(|row| is_shared(row) && seen.insert((*row).clone()))
    {
        let names: Vec<String> = users[row]
            .iter()
            .map(|name| format!("`{}`", name.trim_start_matches("wsgen ")))
            .collect();
        let _ = writeln!(out, "| {} | {} | {} |", row.0, row.1, names.join(", "));
    }
    for (name, command) in &commands {
        let _ = write!(out, "\n## {name}\n\n{}\n", about(command));
        let own: Vec<Row> = rows(command).into_iter().filter(|row| !is_shared(row)).collect();
        if own.is_empty() {
            continue;
        }
        out += "\n| option | meaning |\n|--------|---------|\n";
        for (names, meaning) in own {
            let _ = writeln!(out, "| {names} | {meaning} |");
        }
    }
    out
}

#[test]
fn the_page_about_commands_is_the_command_line() {
    let path = reference("commands.md");
    let text = read(&path);
    let start = text
        .find("\n## Options of several commands")
        .unwrap_or(text.len());
    let expected = format!("{}{}", &text[..start], command_tables());
    if std::env::var_os("WSGEN_BLESS").is_some() {
        std::fs::write(path, expected).unwrap();
    } else {
        assert!(
            text == expected,
            "content/40-reference/commands.md is old; run `make bless`"
        );
    }
}

// --- Settings and front matter ----------------------------------------------------------------------------------------

/// The production part of the sources below `folder`, without tests.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let production = |path: &PathBuf| !path.iter().any(|part| part == "tests" || part == "tests.rs");
    files(folder, &["rs"])
        .into_iter()
        .filter(production)
        .map(|path| {
            let text = read(&path);
            let end = text.find("#[cfg(test)]").unwrap_or(text.len());
            (path, text[..end].to_owned())
        })
        .collect()
}

/// Texts in quotes of `source`, up to `end`.
fn literals(source: &str, end: char) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = source;
    while let Some(quote) = rest.find(['"', end]).filter(|at| rest[*at..].starts_with('"')) {
        let Some(length) = rest[quote + 1..].find('"') else {
            break;
        };
        out.push(&rest[quote + 1..quote + 1 + length]);
        rest = &rest[quote + length + 2..];
    }
    out
}

/// Keys that `source` asks a table for, by calls of these methods: `.text("title")`, `.first(&["a", "b"])`.
fn asked<'a>(source: &'a str, methods: &[&str]) -> Vec<&'a str> {
    let mut keys = Vec::new();
    for method in methods {
        for (at, found) in source.match_indices(&format!("{method}(")) {
            let argument = source[at + found.len()..].trim_start();
            if let Some(list) = argument.strip_prefix("&[") {
                keys.extend(literals(list, ']'));
            } else if argument.starts_with('"') {
                keys.extend(literals(argument, ',').first());
            }
        }
    }
    keys.retain(|key| key.len() > 2 && key.chars().all(|c| c.is_ascii_alphabetic() || "_.".contains(c)));
    keys
}

/// Words in backticks of a page, in lower case, and each part of a dotted one.
fn words(page: &str) -> BTreeSet<String> {
    let code = page.split('`').skip(1).step_by(2);
    let dotted = code.flat_map(|code| {
        code.split(|c: char| !(c.is_alphanumeric() || "_.".contains(c)))
            .map(|word| word.trim_matches('.').to_lowercase())
            .collect::<Vec<_>>()
    });
    let mut out = BTreeSet::new();
    for word in dotted {
        out.extend(word.split('.').map(str::to_owned));
        out.insert(word);
    }
    out
}

/// Keys of the first column of the tables, as written there, whose last part is a name.
fn documented(page: &str) -> BTreeSet<String> {
    let cells = page
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|line| line.split(" | ").next());
    let codes = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    codes
        .map(|code| code.split([':', ' ']).next().unwrap().to_lowercase())
        .filter(|code| !code.is_empty() && code.chars().all(|c| c.is_alphanumeric() || "_.".contains(c)))
        .collect()
}

fn unknown_to<'a>(sources: &str, keys: impl IntoIterator<Item = &'a String>) -> Vec<&'a String> {
    let lower = sources.to_lowercase();
    let known = |key: &str| {
        let last = key.rsplit('.').next().unwrap();
        // A key, a part of a dotted one, and the name of a field that is read by its place.
        [format!("\"{key}\""), format!("\"{last}\""), format!(".{last}\"")]
            .iter()
            .any(|quoted| lower.contains(quoted.as_str()))
    };
    keys.into_iter().filter(|key| !known(key)).collect()
}

#[test]
fn every_setting_is_in_the_reference_and_nothing_else() {
    const METHODS: [&str; 12] = [
        ".text", ".bool", ".int", ".float", ".value", ".table", ".tables", ".texts", ".map", ".text_at",
        ".first", ".peek",
    ];
    let page = read(&reference("settings.md"));
    let words = words(&page);
    let mut missing = BTreeSet::new();
    for (path, text) in sources("src/config") {
        for key in asked(&text, &METHODS) {
            if key.split('.').any(|part| !words.contains(&part.to_lowercase())) {
                missing.insert(format!("{key} ({})", path.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    assert!(missing.is_empty(), "settings.md lacks {missing:#?}");

    let all: String = sources("src").into_iter().map(|(_, text)| text).collect();
    let documented = documented(&page);
    assert!(documented.len() > 60, "{documented:?}");
    let gone = unknown_to(&all, &documented);
    assert!(
        gone.is_empty(),
        "settings.md tells of {gone:?}, which nothing asks for"
    );
}

/// Files that keep the names of fields in lists.
const FIELD_FILES: [&str; 5] = [
    "src/graph/nav.rs",
    "src/graph/filter.rs",
    "src/render/audience.rs",
    "src/graph/edit.rs",
    "src/parse/front_matter/times.rs",
];

/// Texts in these files that are values, or names on the side of the site.
const NO_FIELDS: [&str; 16] = [
    "home",
    "http",
    "https",
    "none",
    "nenhum",
    "ninguno",
    "break",
    "main",
    "true",
    "false",
    "editurl.enable",
    "editurl.base",
    "enabledmodule",
    "ignore",
    "text",
    "minutes",
];

#[test]
fn every_field_of_front_matter_is_in_the_reference_and_nothing_else() {
    const METHODS: [&str; 7] = [
        "self.text",
        "self.bool",
        "self.entry",
        "fields.entry",
        "params.text",
        "params.get",
        "params.bool",
    ];
    let page = read(&reference("front-matter.md"));
    let settings = read(&reference("settings.md"));
    let words: BTreeSet<String> = words(&page).union(&words(&settings)).cloned().collect();
    let mut missing = BTreeSet::new();
    for (path, text) in sources("src") {
        let listed = FIELD_FILES.iter().any(|file| path.ends_with(file));
        let in_front_matter = path.iter().any(|part| part == "front_matter");
        let mut keys = asked(&text, if in_front_matter { &METHODS } else { &METHODS[4..] });
        if listed {
            let texts = text.split('"').skip(1).step_by(2);
            keys.extend(texts.filter(|text| {
                text.len() > 3 && text.chars().all(|c| c.is_ascii_lowercase() || "_.".contains(c))
            }));
        }
        for key in keys {
            if !NO_FIELDS.contains(&key) && !words.contains(&key.to_lowercase()) {
                missing.insert(format!("{key} ({})", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "front-matter.md lacks {missing:#?}");

    let all: String = sources("src").into_iter().map(|(_, text)| text).collect();
    let documented = documented(&page);
    assert!(documented.len() > 40, "{documented:?}");
    let gone = unknown_to(&all, &documented);
    assert!(
        gone.is_empty(),
        "front-matter.md tells of {gone:?}, which nothing asks for"
    );
}

// --- Shortcodes -------------------------------------------------------------------------------------------------------

#[test]
fn the_reference_shows_no_shortcode_that_does_not_exist() {
    let mut gone = BTreeSet::new();
    for path in files("content/40-reference/shortcodes", &["md"]) {
        // Its subject is shortcodes that the site makes.
        if path.ends_with("80-own.md") {
            continue;
        }
        let text = read(&path);
        for open in ["{{</* ", "{{%/* "] {
            for (at, _) in text.match_indices(open) {
                let call = text[at + open.len()..].trim_start_matches('/').trim_start();
                let name = call.split([' ', '*']).next().unwrap();
                let template = root().join("templates/shortcodes").join(format!("{name}.html"));
                let lower = name.to_lowercase();
                let is_built_in = BUILTIN_SHORTCODES
                    .iter()
                    .any(|known| known.to_lowercase() == lower);
                if !name.is_empty() && !is_built_in && !template.exists() && !is_template(&lower) {
                    gone.insert(name.to_owned());
                }
            }
        }
    }
    assert!(gone.is_empty(), "the reference shows {gone:?}");
}

/// Returns true if the theme has a template of that name in another case.
fn is_template(name: &str) -> bool {
    files("templates/shortcodes", &["html"]).iter().any(|path| {
        let below = path
            .strip_prefix(root().join("templates/shortcodes"))
            .unwrap_or(path);
        below.with_extension("").to_string_lossy().to_lowercase() == name
    })
}
