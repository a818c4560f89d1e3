//! Compares with what a real Hugo wrote: see `tests/golden/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, value};

use crate::archive::{self, File};
use crate::dom::{self, Keep};
use crate::site::{Built, Site};

/// One file of `tests/golden/cases`.
struct Case {
    name: String,
    files: Vec<File>,
}

#[test]
fn pages_and_sites_come_out_as_with_hugo() {
    let filter = std::env::var("WSGEN_CASE").unwrap_or_default();
    let deviations = reasons("deviations.toml");
    let mut wrong = Vec::new();
    let mut equal = 0;
    let mut names = BTreeSet::new();
    for case in cases().into_iter().filter(|case| case.name.contains(&filter)) {
        let deviates = deviations.contains_key(&case.name);
        match compare(&case) {
            Ok(()) if deviates => {
                wrong.push(format!(
                    "{}: no longer differs, take it off deviations.toml",
                    case.name
                ));
            }
            Ok(()) => equal += 1,
            Err(_) if filter.is_empty() && deviates => {}
            Err(why) => wrong.push(format!("{}\n{why}", case.name)),
        }
        names.insert(case.name);
    }
    if filter.is_empty() {
        wrong.extend(
            deviations
                .keys()
                .filter(|name| !names.contains(*name))
                .map(|name| format!("{name}: no such case")),
        );
    }
    assert!(
        wrong.is_empty(),
        "{equal} equal, {} deviations, {} wrong:\n\n{}",
        deviations.len(),
        wrong.len(),
        wrong.join("\n")
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn reasons(file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join(file)).unwrap_or_default();
    let table: DocumentMut = text.parse().unwrap();
    let reason = |item: &Item| {
        item.as_str()
            .filter(|reason| reason.len() > 8)
            .unwrap()
            .to_owned()
    };
    table
        .iter()
        .map(|(name, item)| (name.to_owned(), reason(item)))
        .collect()
}

fn cases() -> Vec<Case> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let read = |path: PathBuf| Case {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        files: archive::parse(&std::fs::read_to_string(path).unwrap()).1,
    };
    paths.into_iter().map(read).collect()
}

impl Case {
    fn get(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|file| file.name == name)
    }

    fn text(&self, name: &str) -> &str {
        self.get(name).map(|file| file.text.as_str()).unwrap_or_default()
    }

    fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a File)> {
        self.files
            .iter()
            .filter_map(move |file| Some((file.name.strip_prefix(folder)?, file)))
    }

    fn hugo_failed(&self) -> bool {
        self.get("expected.exit").is_some()
    }
}

/// The differences, as an error.
fn compare(case: &Case) -> Result<(), String> {
    let site = site(case);
    let printed = case
        .get("template.html")
        .filter(|_| case.get("expected.html").is_some())
        .map(|layout| site.printed(&layout.text));
    let built = site.build();
    if case.hugo_failed() && built.report().diagnostics.is_empty() {
        return Err(format!(
            "  nothing found where Hugo says: {}",
            case.text("expected.stderr")
        ));
    }
    if case.get("input.md").is_some() {
        compare_page(case, &built, printed)
    } else {
        compare_site(case, &built)
    }
}

fn site(case: &Case) -> Site {
    let site = Site::new();
    let page = case.get("input.md");
    if let Some(input) = page {
        let path = case.text("path.txt").trim();
        site.write(if path.is_empty() { "content/p.md" } else { path }, input.bytes());
        site.write("hugo.toml", page_config(case.text("config.toml")));
        for (name, file) in case.below("shortcodes/") {
            site.write(&format!("layouts/_shortcodes/{name}"), file.bytes());
        }
        for (name, file) in case.below("hooks/") {
            site.write(&format!("layouts/_markup/{name}"), file.bytes());
        }
        for (name, file) in case.below("extra/") {
            site.write(name, file.bytes());
        }
    }
    for (name, file) in case.below("site/") {
        site.write(name, file.bytes());
    }
    if let (None, Some(config)) = (page, case.get("config.toml")) {
        site.write("hugo.toml", config.bytes());
    }
    site.with(|options| {
        let args: Vec<&str> = case.text("args.txt").split_whitespace().collect();
        let after = |flag| {
            args.iter()
                .position(|arg| *arg == flag)
                .map(|at| args[at + 1].to_owned())
        };
        options.base_url = after("-b");
        options.environment = after("--environment");
        options.include.drafts = args.contains(&"-D");
        options.include.future = args.contains(&"-F");
        options.include.expired = args.contains(&"-E");
        let variables = case
            .text("env.txt")
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='));
        options.variables = variables
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
    })
}

/// The settings of a page case. Hugo leaves raw HTML out unless it is told not to; wsgen does so only when told.
fn page_config(text: &str) -> String {
    let mut config: DocumentMut = text.parse().unwrap();
    config["baseURL"] = value("https://example.org/");
    config["title"] = value("T");
    config["disableKinds"] = value(toml_edit::Array::from_iter([
        "taxonomy",
        "term",
        "rss",
        "sitemap",
        "robotstxt",
    ]));
    let mut table: &mut dyn toml_edit::TableLike = config.as_table_mut();
    for key in ["markup", "goldmark", "renderer"] {
        table = table
            .entry(key)
            .or_insert(Item::Table(Table::new()))
            .as_table_like_mut()
            .unwrap();
    }
    table.entry("unsafe").or_insert(value(false));
    config.to_string()
}

/// Compares the text of the page, or `printed`: what the case's layout prints of it.
fn compare_page(case: &Case, built: &Built, printed: Option<Result<String, String>>) -> Result<(), String> {
    let Some(expected) = case.get("expected.html") else {
        return Ok(());
    };
    // wsgen names files by their path from the site's root, so that a site is the same wherever it is built.
    let expected = expected.text.replace("<SITE>/", "");
    match printed {
        // The length of the text as HTML is that of each program's own markup.
        Some(printed) => compare_bodies(&without_length(&expected), &without_length(&printed?)),
        None => compare_bodies(&expected, &built.body(page_url(case))),
    }
}

fn without_length(html: &str) -> String {
    match html.split_once("LEN=") {
        Some((before, after)) => before.to_owned() + after.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => html.to_owned(),
    }
}

fn page_url(case: &Case) -> &'static str {
    case.get("path.txt").map_or("p/", |_| "10_my-page-name/")
}

fn compare_bodies(expected: &str, body: &str) -> Result<(), String> {
    let difference = dom::difference(
        &dom::lines(expected, Keep::Content),
        &dom::lines(body, Keep::Content),
    );
    difference.map_or(Ok(()), Err)
}

fn compare_site(case: &Case, built: &Built) -> Result<(), String> {
    let wrote_nothing = !case.below("expected/").any(|(path, _)| path.ends_with(".html"));
    if case.hugo_failed() && wrote_nothing {
        return Ok(());
    }
    compare_paths(case, built)?;
    for (path, file) in case.below("expected/") {
        match redirect(&file.text) {
            _ if !path.ends_with(".html") => compare_file(path, file, built)?,
            Some(target) => compare_redirect(path, &target, built)?,
            None if prints_content_only(case, path) => {
                compare_bodies(&file.text, &built.body(path)).map_err(|why| format!("  {path}\n{why}"))?;
            }
            None => {}
        }
    }
    Ok(())
}

/// Pages must be the same. Hugo writes no file for a page whose layout prints nothing; wsgen always has a page for what
/// is not found, and one for printing.
fn compare_paths(case: &Case, built: &Built) -> Result<(), String> {
    let ours = ["404.html", "print/index.html"];
    let is_page = |path: &str| path.ends_with(".html") && !ours.iter().any(|name| path.ends_with(name));
    let expected: BTreeSet<String> = case
        .below("expected/")
        .map(|(path, _)| path.to_owned())
        .filter(|path| is_page(path))
        .collect();
    let got: BTreeSet<String> = built.files().into_iter().filter(|path| is_page(path)).collect();
    let missing: Vec<_> = expected.difference(&got).collect();
    let prints_nothing = |path: &str| {
        let redirect = redirect(&built.page(path)).is_some();
        !redirect
            && (has_no_layout(case, path)
                || prints_content_only(case, path) && built.body(path).trim().is_empty())
    };
    let more: Vec<_> = got
        .difference(&expected)
        .filter(|path| !prints_nothing(path))
        .collect();
    if missing.is_empty() && more.is_empty() {
        return Ok(());
    }
    Err(format!("  pages missing: {missing:?}\n  pages more: {more:?}\n"))
}

/// Files that Hugo copied. What it makes itself is compared elsewhere.
fn compare_file(path: &str, expected: &File, built: &Built) -> Result<(), String> {
    if path.ends_with(".xml") || path.ends_with("robots.txt") {
        return Ok(());
    }
    match built.file(path) {
        None => Err(format!("  file missing: {path}\n")),
        Some(bytes) if bytes == expected.bytes() || expected.text.trim() == "<binary>" => Ok(()),
        Some(_) => Err(format!("  file differs: {path}\n")),
    }
}

fn compare_redirect(path: &str, target: &str, built: &Built) -> Result<(), String> {
    let ours = redirect(&built.page(path));
    if ours.as_deref() == Some(target) {
        return Ok(());
    }
    Err(format!("  {path} leads to {ours:?}, not to {target}\n"))
}

/// The target of a redirect page.
fn redirect(html: &str) -> Option<String> {
    let (_, refresh) = html.split_once("http-equiv=\"refresh\"")?;
    let (_, target) = refresh.split_once("url=")?;
    Some(target.split('"').next()?.to_owned())
}

/// Returns true if the layout of a page prints only the content.
fn prints_content_only(case: &Case, path: &str) -> bool {
    layout(case, path).is_some_and(|layout| layout.text.trim() == "{{ .Content }}")
}

/// Returns true if Hugo had no layout for a page.
fn has_no_layout(case: &Case, path: &str) -> bool {
    layout(case, path).is_none()
}

/// The layout that Hugo used for a page.
fn layout<'a>(case: &'a Case, path: &str) -> Option<&'a File> {
    let folder = path.trim_end_matches("index.html");
    let folder = folder
        .strip_prefix("en/")
        .or(folder.strip_prefix("ja/"))
        .unwrap_or(folder);
    let names: Vec<&str> = case
        .below("site/content/")
        .filter_map(|(name, _)| name.strip_prefix(folder))
        .collect();
    let leaf = names.iter().any(|name| name.starts_with("index."));
    let branch = !names.is_empty() && !leaf;
    let layouts: &[&str] = match (folder.is_empty(), branch) {
        (true, _) => &["home", "list", "all"],
        (false, true) => &["section", "list", "all"],
        (false, false) => &["page", "all"],
    };
    layouts
        .iter()
        .find_map(|name| case.get(&format!("site/layouts/{name}.html")))
}
