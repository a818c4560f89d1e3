//! The files and folders that earlier builds have written to a destination.
//!
//! A text file: a first line with the version, then `d PATH` for every folder that wsgen made and `f CHECKSUM PATH` for
//! every file. The checksum makes the list safe: a file is only ever removed while it holds exactly what wsgen wrote,
//! wherever the list came from and whatever has happened to the folder since.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Failure, FileError, Paths, Report, path};
use crate::disk;

const HEAD: &str = "wsgen manifest 1";

/// Files with their checksums, and folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, u128>,
    pub(super) dirs: Paths,
}

impl Manifest {
    /// Reads a manifest; an empty one where there is none, and without the lines that cannot be read.
    pub(super) fn load(file: &Path) -> Self {
        let bytes = disk::read(file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut manifest = Self::default();
        let Some(lines) = text.strip_prefix(HEAD) else {
            return manifest;
        };
        for line in lines.lines() {
            manifest.read_line(line);
        }
        manifest
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        match kind {
            "d" => {
                self.dirs.insert(readable(rest)?);
            }
            "f" => {
                let (checksum, path) = rest.split_once(' ')?;
                let checksum = u128::from_str_radix(checksum, 16)
                    .ok()
                    .filter(|_| checksum.len() == 32)?;
                self.files.insert(readable(path)?, checksum);
            }
            _ => {}
        }
        Some(())
    }

    fn to_text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for dir in &self.dirs {
            let _ = writeln!(text, "d {}", escaped(dir));
        }
        for (path, checksum) in &self.files {
            let _ = writeln!(text, "f {checksum:032x} {}", escaped(path));
        }
        text
    }
}

/// The path with line breaks escaped: paths may hold anything but a zero.
fn escaped(path: &str) -> Cow<'_, str> {
    if !path.contains(['\\', '\n', '\r']) {
        return Cow::Borrowed(path);
    }
    let escaped = path.replace('\\', "\\\\");
    Cow::Owned(escaped.replace('\n', "\\n").replace('\r', "\\r"))
}

fn readable(escaped: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                c => c,
            },
            c => c,
        });
    }
    path::check(&text).is_ok().then_some(text)
}

/// Marks a build as begun. Returns true if an earlier one has never ended, so that it may have left unfinished files.
pub(super) fn begin(file: &Path, report: &mut Report) -> bool {
    let mark = mark(file);
    let unfinished = mark.exists();
    let dir = file.parent().unwrap_or(file);
    let result = disk::keep_out_of_version_control(dir).and_then(|()| disk::replace(&mark, b""));
    note(&mark, result, report);
    unfinished
}

/// Saves the manifest and marks the build as ended.
pub(super) fn finish(file: &Path, new: &Manifest, old: &Manifest, report: &mut Report) {
    if new != old || !file.exists() {
        note(file, disk::replace(file, new.to_text().as_bytes()), report);
    }
    // Of two builds at once the first to end takes the mark.
    let _ = fs::remove_file(mark(file));
}

fn mark(file: &Path) -> PathBuf {
    file.with_extension("unfinished")
}

fn note(file: &Path, result: std::io::Result<()>, report: &mut Report) {
    if let Err(error) = result {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let path = format!("{}/{name}", super::place::STATE);
        report.forgotten = Some(Failure {
            path,
            error: FileError::io(file)(error),
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Manifest {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("m");
        disk::replace(&file, text.as_bytes()).unwrap();
        Manifest::load(&file)
    }

    #[test]
    fn a_manifest_cannot_name_files_outside_the_destination() {
        let sum = "0".repeat(32);
        let text =
            format!("{HEAD}\nd ..\nd a\nf {sum} ../x\nf {sum} /etc/x\nf {sum} a/b\nf 12 c\nf {sum}\nz\n");
        let manifest = read(&text);
        assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["a/b"]);
        assert_eq!(manifest.dirs.iter().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_file_of_another_kind_is_no_manifest() {
        assert_eq!(read("d a\n"), Manifest::default());
        assert_eq!(Manifest::load(Path::new("nowhere")), Manifest::default());
    }

    proptest! {
        #[test]
        fn any_paths_survive(paths in prop::collection::btree_map("[^/\\x00.][^/\\x00]{0,8}", any::<u128>(), 0..9)) {
            let manifest = Manifest { dirs: paths.keys().cloned().collect(), files: paths };
            prop_assert_eq!(read(&manifest.to_text()), manifest);
        }
    }
}
