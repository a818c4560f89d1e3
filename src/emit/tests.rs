mod interrupted;
mod ownership;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::render::OutputContent;
use crate::source::{Component, Scope};

/// Writes files in one batch.
fn emit(files: &[OutputFile], tree: &SourceTree, place: &Place<'_>) -> Result<Report, EmitError> {
    let mut emission = begin(tree, place)?;
    emission.write(files);
    Ok(emission.finish())
}

fn begin<'a>(tree: &'a SourceTree, place: &Place<'_>) -> Result<Emission<'a>, EmitError> {
    Emission::begin(tree, place, &Halt::default(), || ())
}

/// A site's folder with its destination `public`.
struct Site {
    dir: TempDir,
}

impl Site {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root().join("public").join(path)
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.at(path)).ok()
    }

    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    fn emit(&self, files: &[(&str, &str)]) -> Report {
        self.emit_to("public", files)
    }

    fn emit_to(&self, destination: &str, files: &[(&str, &str)]) -> Report {
        emit(
            &output(files),
            &SourceTree::default(),
            &self.place(&self.root().join(destination)),
        )
        .unwrap()
    }

    fn place<'a>(&'a self, destination: &'a Path) -> Place<'a> {
        Place {
            site: self.root(),
            destination,
            sources: &[],
        }
    }

    /// Every file and folder of the destination.
    fn list(&self) -> Vec<String> {
        let entries = walkdir::WalkDir::new(self.at(""))
            .min_depth(1)
            .sort_by_file_name();
        let name = |entry: walkdir::DirEntry| {
            let path = entry
                .path()
                .strip_prefix(self.at(""))
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if entry.file_type().is_dir() {
                format!("{path}/")
            } else {
                path
            }
        };
        entries.into_iter().map(|entry| name(entry.unwrap())).collect()
    }
}

fn output(files: &[(&str, &str)]) -> Vec<OutputFile> {
    let file = |(path, text): &(&str, &str)| OutputFile {
        path: (*path).to_owned(),
        content: OutputContent::Bytes(text.as_bytes().to_vec()),
    };
    files.iter().map(file).collect()
}

fn failed(report: &Report) -> Vec<&str> {
    report
        .failures
        .iter()
        .map(|failure| failure.path.as_str())
        .collect()
}

#[test]
fn files_are_written_and_only_changed_ones_again() {
    let site = Site::new();
    let report = site.emit(&[("index.html", "home"), ("日本語/a/index.html", "a")]);
    assert_eq!((report.written, report.unchanged, report.removed), (2, 0, 0));
    assert_eq!(
        site.list(),
        ["index.html", "日本語/", "日本語/a/", "日本語/a/index.html"]
    );
    let before = fs::metadata(site.at("index.html")).unwrap().modified().unwrap();
    let report = site.emit(&[("index.html", "home"), ("日本語/a/index.html", "b")]);
    assert_eq!((report.written, report.unchanged, report.removed), (1, 1, 0));
    assert_eq!(
        fs::metadata(site.at("index.html")).unwrap().modified().unwrap(),
        before
    );
    assert_eq!(site.read("日本語/a/index.html").as_deref(), Some("b"));
}

#[test]
fn a_file_of_pieces_holds_them_one_after_the_other_and_is_written_when_one_has_changed() {
    let site = Site::new();
    let emitted = |pieces: &[&str]| {
        let pieces = pieces.iter().map(|piece| Arc::new((*piece).to_owned()));
        let file = OutputFile {
            path: "long.html".to_owned(),
            content: OutputContent::Pieces(pieces.collect()),
        };
        let report = emit(&[file], &SourceTree::default(), &site.place(&site.at(""))).unwrap();
        (report.written, report.unchanged)
    };
    assert_eq!(emitted(&["a", "", "日本", "b"]), (1, 0));
    assert_eq!(site.read("long.html").as_deref(), Some("a日本b"));
    assert_eq!(emitted(&["a日", "本b"]), (0, 1));
    assert_eq!(emitted(&["a日", "本c"]), (1, 0));
    assert_eq!(emitted(&["a日", "本"]), (1, 0));
    assert_eq!(site.read("long.html").as_deref(), Some("a日本"));
    let report = site.emit(&[("long.html", "a日本")]);
    assert_eq!((report.written, report.unchanged), (0, 1));
}

#[test]
fn stale_files_and_folders_go_and_foreign_ones_stay() {
    let site = Site::new();
    site.emit(&[
        ("index.html", "x"),
        ("a/b/index.html", "x"),
        ("c/index.html", "x"),
    ]);
    site.put("CNAME", "example.org");
    site.put("c/mine.txt", "mine");
    fs::create_dir(site.at("empty")).unwrap();
    let report = site.emit(&[("index.html", "x")]);
    assert_eq!(report.removed, 2);
    assert_eq!(site.list(), ["CNAME", "c/", "c/mine.txt", "empty/", "index.html"]);
    fs::remove_file(site.at("c/mine.txt")).unwrap();
    site.emit(&[("index.html", "x")]);
    assert_eq!(site.list(), ["CNAME", "empty/", "index.html"]);
}

#[test]
fn a_folder_that_was_there_before_stays_when_it_becomes_empty() {
    let site = Site::new();
    fs::create_dir_all(site.at("a")).unwrap();
    site.emit(&[("a/index.html", "x")]);
    site.emit(&[]);
    assert_eq!(site.list(), ["a/"]);
}

#[test]
fn a_stale_file_that_was_changed_is_somebody_elses() {
    let site = Site::new();
    site.emit(&[("a.html", "x"), ("b.html", "x")]);
    site.put("a.html", "edited");
    site.emit(&[]);
    assert_eq!(site.list(), ["a.html"]);
}

#[test]
fn nothing_foreign_goes_when_the_destination_is_moved_and_another_takes_its_place() {
    let site = Site::new();
    site.emit(&[("index.html", "x"), ("a.html", "x")]);
    fs::rename(site.at(""), site.root().join("old")).unwrap();
    site.put("a.html", "another");
    site.emit(&[("index.html", "x")]);
    assert_eq!(site.list(), ["a.html", "index.html"]);
    assert!(site.root().join("old/a.html").exists());
}

#[test]
fn destinations_have_manifests_of_their_own() {
    let site = Site::new();
    site.emit(&[("a.html", "x")]);
    site.emit_to("other", &[("b.html", "x")]);
    assert_eq!(site.list(), ["a.html"]);
}

#[test]
fn a_site_may_be_moved_with_its_destination() {
    let site = Site::new();
    site.emit(&[("a.html", "x")]);
    let moved = tempfile::tempdir().unwrap();
    let root = moved.path().join("site");
    fs::rename(site.root(), &root).unwrap();
    let place = Place {
        site: &root,
        destination: &root.join("public"),
        sources: &[],
    };
    assert_eq!(
        emit(&output(&[]), &SourceTree::default(), &place)
            .unwrap()
            .removed,
        1
    );
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let site = Site::new();
    site.emit(&[("a", "x"), ("b/c/d", "x")]);
    let report = site.emit(&[("a/x", "x"), ("b", "x")]);
    assert_eq!(failed(&report), [""; 0]);
    assert_eq!(site.list(), ["a/", "a/x", "b"]);
}

#[test]
fn foreign_files_in_the_way_are_told_and_the_rest_is_written() {
    let site = Site::new();
    site.put("a", "mine");
    site.put("b/mine", "mine");
    let report = site.emit(&[("a/x", "x"), ("a/y/z", "x"), ("b", "x"), ("c", "x")]);
    assert_eq!(failed(&report), ["a/x", "a/y/z", "b"]);
    assert!(matches!(&report.failures[0].error, FileError::NotAFolder { folder } if folder == "a"));
    assert!(matches!(report.failures[2].error, FileError::IsAFolder));
    assert_eq!(site.list(), ["a", "b/", "b/mine", "c"]);
}

#[test]
fn paths_that_cannot_be_written_are_told_and_the_rest_is_written() {
    let site = Site::new();
    let long = format!("{}/index.html", "あ".repeat(100));
    let report = site.emit(&[
        ("../x", "x"),
        (&long, "x"),
        ("a", "1"),
        ("a", "2"),
        ("b/c", "x"),
        ("b", "x"),
    ]);
    assert_eq!(failed(&report), ["../x", "a", "b", &long]);
    assert_eq!(site.list(), ["a", "b/", "b/c"]);
    assert!(!site.root().join("x").exists());
}

#[test]
fn a_batch_leaves_alone_what_an_earlier_one_has_written() {
    let site = Site::new();
    site.emit(&[("gone", "x"), ("b", "old")]);
    let (tree, destination) = (SourceTree::default(), site.root().join("public"));
    let mut emission = begin(&tree, &site.place(&destination)).unwrap();
    emission.write(&output(&[("a", "1")]));
    let made = emission.write_each(
        &["a", "b", "c/d"],
        |path| path,
        |path| (Cow::Owned(OutputContent::Bytes(b"2".to_vec())), path.len()),
    );
    assert_eq!(made, [1, 1, 3]);
    let report = emission.finish();
    assert_eq!((report.written, report.unchanged, report.removed), (3, 0, 1));
    assert_eq!(site.read("a").as_deref(), Some("1"));
    assert_eq!(site.list(), ["a", "b", "c/", "c/d"]);
}

#[test]
fn a_file_that_failed_is_remembered_from_before() {
    let site = Site::new();
    site.emit(&[("a/x", "1")]);
    fs::remove_file(site.at("a/x")).unwrap();
    fs::create_dir(site.at("a/x")).unwrap();
    assert_eq!(failed(&site.emit(&[("a/x", "2")])), ["a/x"]);
    fs::remove_dir(site.at("a/x")).unwrap();
    site.put("a/x", "1");
    site.emit(&[]);
    assert_eq!(site.list(), [""; 0]);
}

#[test]
fn files_of_the_site_are_copied_and_only_changed_ones_again() {
    let site = Site::new();
    let big = site.root().join("static/big.bin");
    let mut bytes: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).collect();
    fs::create_dir(site.root().join("static")).unwrap();
    fs::write(&big, &bytes).unwrap();
    let (tree, _) = crate::source::load(site.root(), &Scope::default(), SourceTree::default()).unwrap();
    let output = copies(&tree, &["big.bin"]);
    let destination = site.root().join("public");
    let build = || emit(&output, &tree, &site.place(&destination)).unwrap();
    assert_eq!(build().written, 1);
    assert_eq!(build().unchanged, 1);
    assert_eq!(fs::read(site.at("big.bin")).unwrap(), bytes);
    bytes[200_000] ^= 1;
    fs::write(&big, &bytes).unwrap();
    assert_eq!(build().written, 1);
    assert_eq!(fs::read(site.at("big.bin")).unwrap(), bytes);
    fs::remove_file(&big).unwrap();
    assert_eq!(failed(&build()), ["big.bin"]);
    assert_eq!(site.list(), ["big.bin"]);
}

#[test]
fn files_in_memory_are_written() {
    let site = Site::new();
    let tree = SourceTree::from_memory([("static/a.txt", "a")]);
    let destination = site.root().join("public");
    emit(&copies(&tree, &["a.txt"]), &tree, &site.place(&destination)).unwrap();
    assert_eq!(site.read("a.txt").as_deref(), Some("a"));
}

fn copies(tree: &SourceTree, targets: &[&str]) -> Vec<OutputFile> {
    let copy = |target: &&str| OutputFile {
        path: (*target).to_owned(),
        content: OutputContent::Copy(tree.find(Component::Static, target).unwrap()),
    };
    targets.iter().map(copy).collect()
}

#[test]
fn destinations_that_hold_or_lie_in_sources_are_refused() {
    let site = Site::new();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir_all(elsewhere.path().join("shared/content")).unwrap();
    let root = site.root();
    let refused = |destination: &Path, sources: &[PathBuf]| {
        let place = Place {
            site: root,
            destination,
            sources,
        };
        emit(&[], &SourceTree::default(), &place).is_err()
    };
    for path in [
        "",
        "..",
        "/",
        "content",
        "content/public",
        "static/x",
        "public/../content/x",
        ".wsgen/x",
        "archetypes",
        "node_modules/x",
        "resources",
        "themes/a",
        ".git",
        ".git/x",
        "a/.git",
        ".GitHub/workflows",
        ".svn",
        ".vscode/x",
    ] {
        assert!(refused(&root.join(path), &[]), "{path}");
    }
    let shared = [elsewhere.path().join("shared/content"), PathBuf::from("docs")];
    for path in ["shared", "shared/content", "shared/content/a"] {
        assert!(refused(&elsewhere.path().join(path), &shared), "{path}");
    }
    assert!(refused(&root.join("docs/public"), &shared));
    for path in ["public", "docs2", "contents", ".site", ".github.io", "git"] {
        assert!(!refused(&root.join(path), &shared), "{path}");
    }
    assert!(!refused(&elsewhere.path().join("public"), &shared));
    assert!(!refused(&root.join("public"), &[PathBuf::from(".")]));
}

#[test]
fn a_destination_that_is_a_file_is_an_error_with_its_path() {
    let site = Site::new();
    fs::write(site.root().join("public"), "x").unwrap();
    let destination = site.root().join("public");
    let error = emit(&[], &SourceTree::default(), &site.place(&destination)).unwrap_err();
    assert!(matches!(&error, EmitError::Destination { path, .. } if *path == destination));
}

#[test]
fn concurrent_builds_leave_whole_files() {
    let site = Site::new();
    let text = "x".repeat(10_000);
    let files: Vec<(String, &str)> = (0..50)
        .map(|n| (format!("{n}/index.html"), text.as_str()))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(failed(&site.emit(&files)), [""; 0]));
        }
    });
    assert_eq!(site.list().len(), 100);
    assert!(
        files
            .iter()
            .all(|(path, text)| site.read(path).as_deref() == Some(*text))
    );
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_in_the_destination_are_never_followed() {
        let site = Site::new();
        let outside = tempfile::tempdir().unwrap();
        site.emit(&[("a/x", "x"), ("a/b/y", "x"), ("c", "x")]);
        fs::rename(site.at("a"), outside.path().join("a")).unwrap();
        symlink(outside.path().join("a"), site.at("a")).unwrap();
        fs::write(outside.path().join("c"), "x").unwrap();
        fs::remove_file(site.at("c")).unwrap();
        symlink(outside.path().join("c"), site.at("c")).unwrap();

        let report = site.emit(&[("a/x", "new"), ("d", "x")]);
        assert!(matches!(&report.failures[0].error, FileError::Symlink { folder } if folder == "a"));
        assert_eq!(fs::read_to_string(outside.path().join("a/x")).unwrap(), "x");
        site.emit(&[]);
        assert!(outside.path().join("a/b/y").exists());
        assert!(outside.path().join("c").exists() && site.at("c").is_symlink());
    }

    #[test]
    fn a_link_in_the_place_of_a_file_of_ours_is_replaced_and_another_stays() {
        let site = Site::new();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("x"), "new").unwrap();
        site.emit(&[("x", "new")]);
        fs::remove_file(site.at("x")).unwrap();
        symlink(outside.path().join("x"), site.at("x")).unwrap();
        symlink(outside.path(), site.at("y")).unwrap();
        let report = site.emit(&[("x", "new"), ("y", "new")]);
        assert!(!site.at("x").is_symlink() && site.at("y").is_symlink());
        assert_eq!(report.foreign, ["y"]);
    }

    #[test]
    fn a_destination_behind_a_link_out_of_the_site_is_refused() {
        let site = Site::new();
        let outside = tempfile::tempdir().unwrap();
        symlink(outside.path(), site.root().join("public")).unwrap();
        fs::create_dir(site.root().join("real")).unwrap();
        symlink("real", site.root().join("inside")).unwrap();
        let refused = |destination: &Path| {
            let result = emit(
                &output(&[("x", "x")]),
                &SourceTree::default(),
                &site.place(destination),
            );
            matches!(result, Err(EmitError::LeadsOut { .. }))
        };
        assert!(refused(&site.root().join("public")));
        assert!(refused(&site.root().join("public/deeper")));
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
        // What somebody names is meant.
        assert!(!refused(outside.path()));
        assert!(!refused(&site.root().join("inside")));
    }

    #[test]
    fn a_site_behind_a_link_has_its_destination_inside() {
        let site = Site::new();
        let link = tempfile::tempdir().unwrap();
        let root = link.path().join("site");
        symlink(site.root(), &root).unwrap();
        for (site, destination) in [(&*root, root.join("public")), (site.root(), root.join("public"))] {
            let place = Place {
                site,
                destination: &destination,
                sources: &[],
            };
            assert!(emit(&output(&[("x", "x")]), &SourceTree::default(), &place).is_ok());
        }
    }

    #[test]
    fn a_link_to_a_source_folder_is_no_destination() {
        let site = Site::new();
        fs::create_dir(site.root().join("content")).unwrap();
        symlink(site.root().join("content"), site.root().join("public")).unwrap();
        let destination = site.root().join("public");
        assert!(emit(&[], &SourceTree::default(), &site.place(&destination)).is_err());
    }
}
