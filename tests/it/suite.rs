//! Runs the text cases in `tests/suite`. What a case may say is told in its README.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Parser;

use crate::archive::{self, File};
use crate::dom::{self, Keep};
use crate::site::{Built, Site};

/// `=== name`, files, expectations.
struct Case {
    name: String,
    /// Prose and options before the first file.
    head: String,
    files: Vec<File>,
}

/// The options of a case behind `options:`, as on the command line.
#[derive(Parser)]
#[command(no_binary_name = true)]
struct Options {
    #[arg(short, long)]
    base_url: Option<String>,
    #[arg(short = 'D', long)]
    drafts: bool,
    #[arg(short = 'F', long)]
    future: bool,
    #[arg(short = 'E', long)]
    expired: bool,
    #[arg(short, long)]
    environment: Option<String>,
    /// `NAME=VALUE`, an environment variable.
    #[arg(long)]
    set: Vec<String>,
}

#[test]
fn every_case_of_the_suite_gives_what_it_expects() {
    let bless = std::env::var_os("WSGEN_BLESS").is_some();
    let filter = std::env::var("WSGEN_CASE").unwrap_or_default();
    let files = case_files();
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| files.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.map(|path| run_file(path, &filter, bless))
            .collect::<Vec<_>>()
    };
    let done: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = threads.into_iter().map(|thread| thread.join().unwrap());
        done.flatten().collect()
    });
    let count: usize = done.iter().map(|(count, _)| count).sum();
    let mut failures: Vec<String> = done.into_iter().flat_map(|(_, failures)| failures).collect();
    failures.sort();
    assert!(count > 0, "no case is called `{filter}`");
    assert!(
        failures.is_empty(),
        "{} of {count} cases fail:\n\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Runs the cases of a file that `filter` names: how many there are, and what is wrong with them.
fn run_file(path: &Path, filter: &str, bless: bool) -> (usize, Vec<String>) {
    let text = std::fs::read_to_string(path).unwrap();
    let (preface, mut cases) = split(&text);
    let mut count = 0;
    let mut failures = Vec::new();
    for case in cases.iter_mut().filter(|case| case.name.contains(filter)) {
        count += 1;
        failures.extend(run(case, bless).map(|why| format!("{} · {}\n{why}", show(path), case.name)));
    }
    if bless {
        let blessed = join(&preface, &cases);
        if blessed != text {
            std::fs::write(path, blessed).unwrap();
        }
    }
    (count, failures)
}

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

fn show(path: &Path) -> String {
    path.strip_prefix(suite()).unwrap().display().to_string()
}

fn case_files() -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(suite())
        .sort_by_file_name()
        .into_iter()
        .flatten();
    entries
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect()
}

/// The text before the first case, and the cases.
fn split(text: &str) -> (String, Vec<Case>) {
    let mut parts: Vec<(String, String)> = vec![Default::default()];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("=== ") {
            Some(name) => parts.push((name.trim().to_owned(), String::new())),
            None => parts.last_mut().unwrap().1.push_str(line),
        }
    }
    let mut parts = parts.into_iter();
    let preface = parts.next().unwrap().1;
    let case = |(name, text): (String, String)| {
        let (head, files) = archive::parse(&text);
        Case { name, head, files }
    };
    (preface, parts.map(case).collect())
}

fn join(preface: &str, cases: &[Case]) -> String {
    let each = |case: &Case| format!("=== {}\n{}", case.name, archive::write(&case.head, &case.files));
    preface.to_owned() + &cases.iter().map(each).collect::<String>()
}

/// Builds the case and compares. With `bless` the expectations become what there is.
fn run(case: &mut Case, bless: bool) -> Option<String> {
    let built = build(case);
    let mut failures = Vec::new();
    let mut told = false;
    for file in &mut case.files {
        let Some(what) = file.name.strip_prefix("expect ").map(str::to_owned) else {
            continue;
        };
        told |= what == "diagnostics";
        match check(&built, &what, &file.text) {
            Ok(()) => {}
            Err((_, Some(actual))) if bless => file.text = end_with_empty_line(&actual),
            Err((why, _)) => failures.push(format!("  expect {what}:\n{why}")),
        }
    }
    let mut diagnostics = built.diagnostics();
    diagnostics.retain(|line| !is_note(line));
    if !told && !diagnostics.is_empty() {
        if bless {
            let text = end_with_empty_line(&diagnostics.join("\n"));
            case.files.push(File {
                name: "expect diagnostics".to_owned(),
                options: Vec::new(),
                text,
            });
        } else {
            failures.push(format!(
                "  findings that the case does not expect:\n    {}\n",
                diagnostics.join("\n    ")
            ));
        }
    }
    (!failures.is_empty()).then(|| failures.concat())
}

fn end_with_empty_line(text: &str) -> String {
    format!("{}\n\n", text.trim_end())
}

fn build(case: &Case) -> Built {
    let site = Site::new();
    for file in case.files.iter().filter(|file| !file.name.starts_with("expect ")) {
        site.write(&file.name, file.bytes());
    }
    let line = case
        .head
        .lines()
        .find_map(|line| line.strip_prefix("options:"))
        .unwrap_or_default();
    let options = Options::parse_from(line.split_whitespace());
    site.with(|build| {
        build.base_url = options.base_url;
        build.include.drafts = options.drafts;
        build.include.future = options.future;
        build.include.expired = options.expired;
        build.environment = options.environment;
        let pairs = options.set.iter().filter_map(|pair| pair.split_once('='));
        build.variables = pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
    })
    .build()
}

/// Why an expectation fails, and the text that would fulfil it where there is one.
type Failure = (String, Option<String>);

fn check(built: &Built, what: &str, text: &str) -> Result<(), Failure> {
    match what.split_once(' ').unwrap_or((what, "")) {
        ("diagnostics", _) => check_diagnostics(built, text),
        ("files", _) => check_files(built, text),
        ("contains", url) => check_fragments(&built.body(target(url)), text, true),
        ("lacks", url) => check_fragments(&built.body(target(url)), text, false),
        ("page", url) => check_fragments(&built.page(target(url)), text, true),
        ("file", path) => check_file(built, path, text),
        ("all", url) => check_body(&built.body(target(url)), text, Keep::All),
        (url, "") => check_body(&built.body(target(url)), text, Keep::Content),
        _ => Err(("    nothing is known of this expectation\n".to_owned(), None)),
    }
}

/// The home page is written `/`.
fn target(url: &str) -> &str {
    url.trim_start_matches('/')
}

fn check_body(body: &str, text: &str, keep: Keep) -> Result<(), Failure> {
    let difference = dom::difference(&dom::lines(text, keep), &dom::lines(body, keep));
    difference.map_or(Ok(()), |why| Err((why, Some(body.to_owned()))))
}

/// Every line is a piece of HTML that is (or is not) there, white space apart.
fn check_fragments(html: &str, text: &str, there: bool) -> Result<(), Failure> {
    let squash = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let html = squash(html);
    let wrong = |line: &&str| !line.trim().is_empty() && html.contains(&squash(line)) != there;
    let wrong: Vec<&str> = text.lines().filter(wrong).collect();
    let word = if there { "missing" } else { "there" };
    let why = || {
        format!(
            "    {word}: {}\n    in: {html}\n",
            wrong.join(&format!("\n    {word}: "))
        )
    };
    if wrong.is_empty() {
        Ok(())
    } else {
        Err((why(), None))
    }
}

fn check_file(built: &Built, path: &str, text: &str) -> Result<(), Failure> {
    let bytes = built
        .file(path)
        .ok_or_else(|| (format!("    there is no file {path}\n"), None))?;
    let got = String::from_utf8_lossy(&bytes);
    let lines = |text: &str| text.trim_end().lines().map(str::to_owned).collect::<Vec<_>>();
    let difference = dom::difference(&lines(text), &lines(&got));
    difference.map_or(Ok(()), |why| Err((why, Some(got.into_owned()))))
}

fn is_note(line: &str) -> bool {
    line.contains(" note[") || line.starts_with("note[")
}

/// Every line must be the beginning of a finding, in their order.
fn check_diagnostics(built: &Built, text: &str) -> Result<(), Failure> {
    let want: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    // Notes are about style, which cases about something else need not have.
    let notes = want.iter().any(|line| is_note(line));
    let mut got = built.diagnostics();
    got.retain(|line| notes || !is_note(line));
    if want.len() == got.len() && want.iter().zip(&got).all(|(want, got)| got.starts_with(want)) {
        return Ok(());
    }
    let want: Vec<String> = want.into_iter().map(str::to_owned).collect();
    let why = dom::difference(&want, &got).unwrap_or_default();
    Err((why, Some(got.join("\n"))))
}

/// Lines of paths that are there, or with `!` before them are not.
fn check_files(built: &Built, text: &str) -> Result<(), Failure> {
    let files = built.files();
    let there = |path: &str| files.iter().any(|file| file == path);
    let wrong = |line: &&str| match line.strip_prefix('!') {
        Some(path) => there(path.trim()),
        None => !line.is_empty() && !there(line),
    };
    let wrong: Vec<&str> = text.lines().map(str::trim).filter(wrong).collect();
    let why = || format!("    wrong: {}\n    there are: {files:#?}\n", wrong.join(", "));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err((why(), None))
    }
}

/// The shortcodes that the themes of the catalogue have and wsgen knows by another way than a template or a name of its
/// own: other names, and what is left out or shown as a link.
const OTHER_NAMES: &[&str] = &[
    "gist",
    "ghcontributors",
    "github",
    "html",
    "instagram",
    "latex",
    "mathjax",
    "nextprevlinks",
    "readandhighlight",
    "remotefile",
    "site_param",
    "surveymonkey",
    "tweet",
    "twitter",
    "vars",
    "x",
    "year",
];

#[test]
fn every_shortcode_has_a_case() {
    let cases: String = case_files()
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap().to_lowercase())
        .collect();
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/shortcodes");
    let names = walkdir::WalkDir::new(&templates)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&templates).unwrap();
            path.with_extension("").to_string_lossy().replace('\\', "/")
        });
    let built_in = wsgen::shortcodes::BUILTIN_SHORTCODES.iter().chain(OTHER_NAMES);
    let names = names.chain(built_in.map(|name| (*name).to_owned()));
    let is_called = |name: &String| {
        ["{{< ", "{{% "].iter().any(|open| {
            let call = format!("{open}{name}");
            cases
                .match_indices(&call)
                .any(|(at, _)| cases[at + call.len()..].starts_with([' ', '/', '\n']))
        })
    };
    let mut missing: Vec<String> = names.filter(|name| !is_called(name)).collect();
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "no case calls {missing:?}");
}
