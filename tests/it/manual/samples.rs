//! The samples of the manual: settings, front matter, templates and styles under their names build without a finding.

use std::path::PathBuf;

use wsgen::diag::Code;

use crate::site::Site;
use crate::tidy::files;

/// A block of code that says which file it is.
struct Sample {
    page: PathBuf,
    file: String,
    text: String,
}

/// Findings that a sample must not bring about. Samples are pieces: files that they name may be missing.
const WRONG: [Code; 7] = [
    Code::InvalidConfig,
    Code::UnknownSetting,
    Code::InvalidFrontMatter,
    Code::InvalidValue,
    Code::InvalidDate,
    Code::TemplateError,
    Code::UnclosedFrontMatter,
];

/// Samples that begin a file which goes on.
const BEGINNINGS: [&str; 1] = ["templates/base.html"];

fn samples() -> Vec<Sample> {
    let folders = [
        "content/10-first-hour",
        "content/20-how-to",
        "content/30-coming-from",
    ];
    let pages = folders.iter().flat_map(|folder| files(folder, &["md"]));
    let mut samples: Vec<Sample> = pages.flat_map(|page| samples_of(&page)).collect();
    samples.extend(samples_of(&crate::manual::folder().with_file_name("settings.md")));
    samples
}

fn samples_of(page: &PathBuf) -> Vec<Sample> {
    let text = std::fs::read_to_string(page).unwrap();
    let text = wsgen::explain::shown(&text);
    let mut samples = Vec::new();
    let mut lines = text.lines();
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
        let file = title.and_then(|title| title.split([' ', ',', '（']).next());
        if let Some(file) = file.filter(|file| file.contains('.') && !BEGINNINGS.contains(file)) {
            samples.push(Sample {
                page: page.clone(),
                file: file.to_owned(),
                text: body,
            });
        }
    }
    samples
}

#[test]
fn samples_with_the_name_of_a_file_are_right() {
    let samples = samples();
    assert!(samples.len() > 40, "{} samples", samples.len());
    let mut failures = Vec::new();
    for sample in samples {
        let site = Site::new().file("content/home.md", "# Home\n");
        let settings = if sample.file == "hugo.toml" {
            ""
        } else {
            "title = \"T\"\n"
        };
        site.write("hugo.toml", settings);
        site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        site.write(&sample.file, &sample.text);
        let report = match site.try_build() {
            Ok(report) => report,
            Err(error) => {
                failures.push(format!("{}: {}: {error}", sample.page.display(), sample.file));
                continue;
            }
        };
        for finding in report
            .diagnostics
            .iter()
            .filter(|finding| WRONG.contains(&finding.code))
        {
            failures.push(format!(
                "{}: {}: {}",
                sample.page.display(),
                sample.file,
                finding.message
            ));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn the_sample_of_the_list_of_stylesheets_keeps_those_of_the_theme() {
    let theme = include_str!("../../../static/css/pieces.css");
    let theirs: Vec<&str> = theme.lines().filter(|line| line.starts_with("@import")).collect();
    let page =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/20-how-to/40-look/templates.md");
    let samples = samples_of(&page);
    let sample = samples
        .iter()
        .find(|sample| sample.file == "static/css/pieces.css");
    let text = &sample.expect("the page shows such a list").text;
    let missing: Vec<&&str> = theirs.iter().filter(|line| !text.contains(**line)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
