//! The first hour, done as it is written: its commands are run and its files are written, in each language.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The pages in the order in which a reader meets them.
const PAGES: [&str; 4] = ["10-new", "30-write", "40-check", "50-publish"];

/// Commands that need a network, a browser or somebody's account.
const NOT_RUN: [&str; 3] = ["git ", "wsgen serve", "npx "];

/// A reader with an empty folder.
struct Reader {
    folder: TempDir,
    place: PathBuf,
    /// The commands that were run.
    run: Vec<String>,
}

impl Reader {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self {
            place: folder.path().to_path_buf(),
            folder,
            run: Vec::new(),
        }
    }

    fn wsgen(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_wsgen"))
            .args(arguments)
            .current_dir(&self.place)
            .output()
            .unwrap()
    }

    /// Does what a command line says, and compares what it prints.
    fn command(&mut self, line: &str, expected: &str) {
        if NOT_RUN.iter().any(|start| line.starts_with(start)) {
            return;
        }
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["cd", folder] => self.place.push(folder),
            ["wsgen", arguments @ ..] => {
                let output = self.wsgen(arguments);
                let printed = [output.stdout, output.stderr].concat();
                let printed = String::from_utf8(printed).unwrap();
                assert!(output.status.success(), "{line}: {printed}");
                assert_eq!(timeless(&printed), timeless(expected), "{line}");
                self.run.push(line.to_owned());
            }
            _ => panic!("the test does not know how to run {line:?}"),
        }
    }

    /// Reads a page and does what it says.
    fn follow(&mut self, page: &str) {
        let mut lines = page.lines();
        while let Some(line) = lines.next() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            if ticks < 3 {
                continue;
            }
            let fence = "`".repeat(ticks);
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
            let title = line
                .split_once("title=\"")
                .and_then(|(_, rest)| rest.split('"').next());
            if let Some(title) = title {
                let path = self.place.join(title);
                assert!(path.exists(), "the page changes {title}, which is not there");
                std::fs::write(path, body.join("\n") + "\n").unwrap();
            } else if line[ticks..] == *"console" {
                self.session(&body);
            }
        }
    }

    fn session(&mut self, lines: &[&str]) {
        let starts: Vec<usize> = (0..lines.len())
            .filter(|at| lines[*at].starts_with("$ "))
            .collect();
        for (nth, start) in starts.iter().enumerate() {
            let end = starts.get(nth + 1).copied().unwrap_or(lines.len());
            let expected: String = lines[start + 1..end]
                .iter()
                .map(|line| format!("{line}\n"))
                .collect();
            self.command(&lines[*start][2..], &expected);
        }
    }
}

/// The text without how long something took, and without the end of the last line.
fn timeless(text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| match line.rsplit_once(", ") {
        Some((before, time)) if time.ends_with(" s") => before,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn follows(suffix: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/10-first-hour");
    let mut reader = Reader::new();
    for page in PAGES {
        let path = folder.join(format!("{page}{suffix}.md"));
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        reader.follow(&text);
    }
    assert!(reader.run.len() >= 5, "{:?}", reader.run);

    // What the pages let their readers try.
    let page = reader.place.join("content/_index.md");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, format!("{text}\n[Tools](10-prepare/tools.md)\n")).unwrap();
    let built = reader.wsgen(&["build", "--base-url", "https://example.org/workshop/"]);
    assert_eq!(built.status.code(), Some(0));
    let told = String::from_utf8(built.stderr).unwrap();
    assert!(told.contains("did you mean `10-prepare/10-tools.md`?"), "{told}");
    assert_eq!(reader.wsgen(&["check"]).status.code(), Some(1));
    let home = std::fs::read_to_string(reader.place.join("public/index.html")).unwrap();
    assert!(home.contains("href=\"/workshop/10-prepare/\""), "{home}");
    let new = reader.wsgen(&["new", "page", "30-end/"]);
    assert!(new.status.success());
    assert!(reader.place.join("content/30-end/_index.md").exists());
    drop(reader.folder);
}

#[test]
fn the_first_hour_can_be_done_as_it_is_written() {
    follows("");
}

#[test]
fn the_first_hour_can_be_done_as_it_is_written_in_japanese() {
    follows(".ja");
}
