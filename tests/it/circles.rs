//! No circle of files inside a module: a file that a reader opens leads down, never back to where he came from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::tidy::{files, root};

/// The crates whose files form no circles. `hugo-template` is an interpreter: values print themselves, functions call
/// templates, and templates functions.
const FOLDERS: &[&str] = &["src", "crates/spanned-data/src"];

/// The modules of a crate by their paths (`graph::urls`), each with its code without comments and tests.
type Modules = BTreeMap<String, String>;

/// Uses of modules by modules.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn modules(folder: &str) -> Modules {
    let mut found = Modules::new();
    for path in files(folder, &["rs"]) {
        let below = path.strip_prefix(root().join(folder)).unwrap();
        let name = module_path(below);
        if !matches!(&*name, "lib" | "main") && !name.ends_with("tests") {
            found.insert(name, code(&std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn module_path(file: &Path) -> String {
    let path = file
        .with_extension("")
        .to_string_lossy()
        .replace(['/', '\\'], "::");
    path.strip_suffix("::mod").map(str::to_owned).unwrap_or(path)
}

fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths of a `use`, written out: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn written_out(tree: &str) -> Vec<String> {
    let Some((prefix, rest)) = tree.trim().split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.trim().to_owned()];
    };
    let inner = rest.trim_end().trim_end_matches('}');
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let item = inner[start..at].trim();
                if !item.is_empty() {
                    out.extend(
                        written_out(item)
                            .iter()
                            .map(|path| format!("{}{path}", prefix.trim())),
                    );
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    out
}

/// The `use` declarations of a file; `public` chooses those that pass names on.
fn declarations(code: &str, public: bool) -> Vec<String> {
    let mut out = Vec::new();
    for statement in code.split(';') {
        let Some(at) = statement.rfind("use ") else {
            continue;
        };
        let before = statement[..at].trim_end();
        let line = before.rsplit('\n').next().unwrap_or_default().trim();
        if (line.is_empty() || line.starts_with("pub")) && line.starts_with("pub") == public {
            out.extend(written_out(&statement[at + 4..]));
        }
    }
    out
}

/// A path as one from the root of the crate; `None` for one of another crate.
fn absolute(module: &str, path: &str) -> Option<Vec<String>> {
    let mut base: Vec<String> = module.split("::").map(str::to_owned).collect();
    let mut rest = path.split("::").map(str::to_owned).peekable();
    match rest.next()?.as_str() {
        "crate" => base.clear(),
        "self" => {}
        "super" => {
            base.pop();
            while rest.next_if(|part| part == "super").is_some() {
                base.pop();
            }
        }
        _ => return None,
    }
    base.extend(rest);
    Some(base)
}

/// The module that a path names, and the name in it.
fn split(modules: &Modules, path: &[String]) -> Option<(String, String)> {
    let lengths = (1..=path.len()).rev();
    let mut candidates =
        lengths.map(|len| (path[..len].join("::"), path.get(len).cloned().unwrap_or_default()));
    candidates.find(|(module, _)| modules.contains_key(module))
}

/// The module in which a name that others pass on is at home.
fn home(
    modules: &Modules,
    passed_on: &BTreeMap<(String, String), Vec<String>>,
    path: &[String],
) -> Option<String> {
    let (mut module, mut name) = split(modules, path)?;
    while let Some(next) = passed_on.get(&(module.clone(), name.clone())) {
        (module, name) = split(modules, next)?;
    }
    Some(module)
}

fn uses(modules: &Modules) -> Uses {
    let mut passed_on = BTreeMap::new();
    for (module, code) in modules {
        for path in declarations(code, true)
            .iter()
            .filter_map(|path| absolute(module, path))
        {
            let name = path.last().cloned().unwrap_or_default();
            passed_on.insert((module.clone(), name), path);
        }
    }
    let mut all = Uses::new();
    for (module, code) in modules {
        let room = module.split("::").next();
        let paths = declarations(code, false);
        let used = paths
            .iter()
            .filter_map(|path| home(modules, &passed_on, &absolute(module, path)?));
        let inside = used.filter(|other| other != module && other.split("::").next() == room);
        all.insert(module.clone(), inside.collect());
    }
    all
}

/// A way from `from` back to itself, where there is one.
fn circle<'u>(uses: &'u Uses, from: &'u str) -> Option<Vec<&'u str>> {
    let (mut came_from, mut open) = (BTreeMap::new(), vec![from]);
    while let Some(module) = open.pop() {
        for next in &uses[module] {
            if next == from {
                let way = std::iter::successors(Some(module), |at| came_from.get(at).copied());
                let mut way: Vec<&str> = way.collect();
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(next.as_str()) {
                came_from.insert(next.as_str(), module);
                open.push(next);
            }
        }
    }
    None
}

#[test]
fn no_files_of_a_module_use_each_other_in_a_circle() {
    let mut wrong = Vec::new();
    for folder in FOLDERS.iter().filter(|folder| root().join(folder).exists()) {
        let uses = uses(&modules(folder));
        for module in uses.keys() {
            if let Some(way) = circle(&uses, module) {
                wrong.push(format!("{} > {module}", way.join(" > ")));
            }
        }
    }
    assert!(wrong.is_empty(), "circles of files:\n{}", wrong.join("\n"));
}

#[test]
fn a_circle_is_found_through_names_that_are_passed_on() {
    let code = |text: &str| text.to_owned();
    let modules = Modules::from([
        ("a".to_owned(), code("mod b;\nmod c;\npub use self::c::C;\n")),
        ("a::b".to_owned(), code("use super::C;\n")),
        ("a::c".to_owned(), code("use super::{b::{B, D}, x};\n")),
    ]);
    let uses = uses(&modules);
    assert_eq!(circle(&uses, "a::b"), Some(vec!["a::b", "a::c"]));
    assert_eq!(circle(&uses, "a"), None);
}
