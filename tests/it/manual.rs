//! The manual: every kind of finding has a page whose example really gives what the page says, every shortcode is shown,
//! and the manual itself is a site without a finding.

mod first_hour;
mod pictures;
mod reference;
mod samples;

use std::path::{Path, PathBuf};

use wsgen::diag::print::{self, Format};
use wsgen::diag::{Code, Kind};
use wsgen::explain;
use wsgen::pipeline::{self, BuildOptions, BuildReport};
use wsgen::shortcodes::BUILTIN_SHORTCODES;

use crate::site::Site;
use crate::tidy::files;

/// Looks for what a finding needs.
type Look = fn(&Site);

/// Codes whose cause is no text: how to bring it about. The page shows what is printed.
const SPECIAL: &[(Code, Look)] = &[
    (Code::InvalidUtf8, |site| {
        site.write("content/setup.md", b"# \x83Z\x83b\x83g\x83A\x83b\x83v\n");
    }),
    (Code::PrivateUseCharacter, |site| {
        site.write("content/setup.md", "Press \u{100000} now.\n");
    }),
    (Code::ForeignFile, |site| {
        site.write("content/_index.md", "# Home\n");
        let wanted = site.root().join("static/CNAME");
        let text = std::fs::read(&wanted).unwrap();
        std::fs::remove_file(&wanted).unwrap();
        build(site);
        site.write("public/CNAME", "elsewhere.example.org");
        site.write("static/CNAME", text);
    }),
    (Code::ForgottenBuild, |site| {
        let generated = "<meta name=\"generator\" content=\"Hugo 0.150.0\">";
        site.write("public/index.html", generated);
        site.write("public/old/index.html", generated);
    }),
    #[cfg(unix)]
    (Code::SymlinkLoop, |site| {
        site.write("content/docs/_index.md", "# Docs\n");
        std::os::unix::fs::symlink("../../content", site.root().join("content/docs/again")).unwrap();
    }),
    #[cfg(unix)]
    (Code::OutsideLink, |site| {
        site.write("content/_index.md", "# Home\n");
        site.write("static/a.txt", "");
        std::os::unix::fs::symlink("/usr/share", site.root().join("static/shared")).unwrap();
    }),
];

/// Codes whose cause needs more than a site: they are brought about elsewhere.
const ELSEWHERE: &[(Code, &str)] = &[
    (
        Code::UnreadableFile,
        "source: a user who may read everything cannot bring it about",
    ),
    (
        Code::UnwritableFile,
        "emit: needs a destination that is in the way",
    ),
    (Code::UnreachableLink, "external: needs a server"),
    (
        Code::PageFailed,
        "body: a text that brings it about is mended at once",
    ),
    (Code::InvalidStep, "steps: no build reads the steps of pages"),
    (Code::FailedStep, "steps: no build runs them"),
    (Code::ChangedOutput, "steps: no build runs them"),
    (Code::SkippedStep, "steps: no build runs them"),
    (Code::UnsupportedTemplate, "body: comes with the Go templates"),
];

/// A page, taken apart.
struct Page {
    source: String,
    files: Vec<(String, String)>,
    expected: Option<String>,
}

fn file(code: Code) -> PathBuf {
    folder().join(format!("{code}.md"))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("content")
        .join(explain::FOLDER)
}

fn page(code: Code) -> Page {
    // From the disk rather than from the program: a page can be written without compiling.
    let path = file(code);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let markdown = explain::shown(&text);
    let mut page = Page {
        source: markdown.clone(),
        files: Vec::new(),
        expected: None,
    };
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            continue;
        }
        let fence = "`".repeat(ticks);
        let body: String = lines
            .by_ref()
            .take_while(|line| *line != fence)
            .map(|line| format!("{line}\n"))
            .collect();
        let title = line
            .split_once("title=\"")
            .and_then(|(_, rest)| rest.split('"').next());
        match title {
            // What stands behind the message belongs to the cure.
            Some(title) if page.expected.is_none() => page.files.push((title.to_owned(), body)),
            None if line[ticks..] == *"text" => page.expected = page.expected.or(Some(body)),
            _ => {}
        }
    }
    page
}

fn build(site: &Site) -> BuildReport {
    site.try_build()
        .unwrap_or_else(|error| panic!("no site: {error}"))
}

/// The findings of that kind as a terminal shows them.
fn findings(report: &BuildReport, code: Code) -> String {
    let list: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|finding| finding.code == code)
        .cloned()
        .collect();
    let text = print::render(&list, &report.tree, Format::Human, print::DEFAULT_WIDTH);
    let plain = anstream::adapter::strip_str(&text).to_string();
    // The manual cannot show the character that wsgen reserves.
    plain.trim_end().replace('\u{100000}', "\u{fffd}") + "\n"
}

fn example(code: Code, page: &Page) -> Site {
    let site = Site::new();
    for (path, text) in &page.files {
        site.write(path, text);
    }
    if let Some((_, make)) = SPECIAL.iter().find(|(special, _)| *special == code) {
        make(&site);
    } else {
        assert!(!page.files.is_empty(), "the page of {code} has no example");
    }
    site
}

#[test]
fn every_code_has_a_page_whose_example_gives_what_it_says() {
    let bless = std::env::var_os("WSGEN_BLESS").is_some();
    let mut failures = Vec::new();
    for code in Code::ALL {
        let page = page(*code);
        let Some(expected) = &page.expected else {
            failures.push(format!("{code}: no message is shown"));
            continue;
        };
        if ELSEWHERE.iter().any(|(other, _)| other == code) {
            if !expected.contains(&format!("[{code}]")) {
                failures.push(format!("{code}: the page shows another message"));
            }
            continue;
        }
        let found = findings(&build(&example(*code, &page)), *code);
        if found.trim().is_empty() {
            failures.push(format!("{code}: the example gives no such finding"));
        } else if found != *expected {
            failures.push(format!("{code}: the page says\n{expected}and there is\n{found}"));
            if bless {
                rewrite(*code, &found);
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} pages:\n\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Writes the message into the page.
fn rewrite(code: Code, found: &str) {
    let path = file(code);
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("\n```text\n").unwrap();
    let rest = if rest.starts_with("```") {
        rest
    } else {
        &rest[rest.find("\n```").unwrap() + 1..]
    };
    std::fs::write(path, format!("{before}\n```text\n{}{rest}", escaped(found))).unwrap();
}

/// The text as the manual has to write it, so that calls are shown and not run.
fn escaped(text: &str) -> String {
    let mut out = text.to_owned();
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}")] {
        let pieces: Vec<&str> = out.split(open).collect();
        let pieces = pieces
            .iter()
            .enumerate()
            .map(|(nth, piece)| match piece.split_once(close) {
                Some((inside, after)) if nth > 0 && !inside.starts_with("/*") => {
                    format!("{open}/*{inside}*/{close}{after}")
                }
                _ if nth > 0 => format!("{open}{piece}"),
                _ => (*piece).to_owned(),
            });
        out = pieces.collect();
    }
    out
}

#[test]
fn pages_say_what_it_means_and_what_to_do() {
    for code in Code::ALL {
        let source = page(*code).source;
        for heading in ["\n## Example\n", "\n## What to do\n"] {
            assert!(source.contains(heading), "{code} lacks {heading:?}");
        }
    }
}

#[test]
fn pages_tell_all_kinds_of_their_code() {
    for kind in Kind::ALL {
        let (name, severity) = (kind.name(), kind.severity().name());
        let row = format!("\n| `{name}` | {severity} | {} |\n", kind.summary());
        let source = page(kind.code()).source;
        assert!(source.contains(&row), "the page of {} lacks{row}", kind.code());
    }
}

#[test]
fn there_is_no_page_about_a_code_that_does_not_exist() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let Some(code) = Code::ALL.iter().find(|code| code.name() == stem) else {
            assert_eq!(stem, "_index", "{} is about no code", path.display());
            continue;
        };
        assert!(
            text.contains(&format!("\ntitle: {code}\n")),
            "the title of {code}"
        );
        let description = serde_json::to_string(code.summary()).unwrap();
        assert!(
            text.contains(&format!("\ndescription: {description}\n")),
            "the description of {code} is not {description}"
        );
    }
}

#[test]
fn the_manual_has_no_finding() {
    let options = BuildOptions {
        write: false,
        ..BuildOptions::new(env!("CARGO_MANIFEST_DIR"))
    };
    let report = pipeline::build(&options).unwrap_or_else(|error| panic!("no manual: {error}"));
    let text = print::render(
        &report.diagnostics,
        &report.tree,
        Format::Short,
        print::DEFAULT_WIDTH,
    );
    assert!(text.is_empty(), "{text}");
    assert!(report.pages > 50, "{} pages", report.pages);
}

/// Names of the shortcodes that are templates of the theme: `blocks/cover`, `notice`.
fn templates() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/shortcodes");
    let files = walkdir::WalkDir::new(&folder).into_iter().flatten();
    let names = files.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&folder).unwrap().with_extension("");
        path.components()
            .map(|part| part.as_os_str().to_str().unwrap())
            .collect::<Vec<_>>()
            .join("/")
    });
    names.collect()
}

#[test]
fn every_shortcode_is_in_the_manual() {
    let pages: String = files("content", &["md"])
        .into_iter()
        .filter(|path| !path.starts_with(folder()))
        .map(|path| std::fs::read_to_string(path).unwrap().to_lowercase())
        .collect();
    let shown = |name: &str| {
        ["{{</* ", "{{%/* ", "`"].iter().any(|before| {
            pages.contains(&format!("{before}{name} ")) || pages.contains(&format!("{before}{name}`"))
        })
    };
    let built_in = BUILTIN_SHORTCODES.iter().map(|name| (*name).to_owned());
    let missing: Vec<String> = templates()
        .into_iter()
        .chain(built_in)
        .filter(|name| !shown(name))
        .collect();
    assert!(missing.is_empty(), "the manual does not show {missing:?}");
}

#[test]
fn pages_that_are_read_from_top_to_bottom_are_short() {
    let options = BuildOptions {
        write: false,
        ..BuildOptions::new(env!("CARGO_MANIFEST_DIR"))
    };
    let site = pipeline::read(&options).unwrap_or_else(|error| panic!("no manual: {error}"));
    let long: Vec<String> = wsgen::list::rows(&site)
        .into_iter()
        .filter(|row| row.words > 900 && !row.url.starts_with("/40-reference/"))
        .map(|row| format!("{} has {} words", row.url, row.words))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}
