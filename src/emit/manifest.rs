//! The files and folders that earlier builds have written to a destination.
//!
//! A text file: a first line with the version, then `d PATH` for every folder that wsgen made and `f CHECKSUM PATH` for
//! every file. The checksum makes the list safe: a file is only ever removed while it holds exactly what wsgen wrote,
//! wherever the list came from and whatever has happened to the folder since.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::{Paths, path};
use crate::disk;

const HEAD: &str = "wsgen manifest 1";

/// Files with their checksums, and folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, u128>,
    pub(super) dirs: Paths,
}

impl Manifest {
    /// Reads a manifest without the lines that cannot be read; nothing where there is none.
    pub(super) fn load(file: &Path) -> Option<Self> {
        let bytes = disk::read(file)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut manifest = Self::default();
        for line in text.strip_prefix(HEAD)?.lines() {
            manifest.read_line(line);
        }
        Some(manifest)
    }

    /// Writes the manifest to `file`, in a folder that version control does not see.
    pub(super) fn save(&self, file: &Path) -> io::Result<()> {
        disk::keep_out_of_version_control(file.parent().unwrap_or(file))?;
        disk::replace_durably(file, self.to_text().as_bytes())
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        match kind {
            "d" => {
                self.dirs.insert(readable(rest)?);
            }
            "f" => {
                let (path, checksum) = summed(rest)?;
                self.files.insert(path, checksum);
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

/// Reads `CHECKSUM PATH`.
pub(super) fn summed(text: &str) -> Option<(String, u128)> {
    let (checksum, path) = text.split_once(' ')?;
    let sum = u128::from_str_radix(checksum, 16).ok();
    Some((readable(path)?, sum.filter(|_| checksum.len() == 32)?))
}

/// The path with line breaks escaped: paths may hold anything but a zero.
pub(super) fn escaped(path: &str) -> Cow<'_, str> {
    if !path.contains(['\\', '\n', '\r']) {
        return Cow::Borrowed(path);
    }
    let escaped = path.replace('\\', "\\\\");
    Cow::Owned(escaped.replace('\n', "\\n").replace('\r', "\\r"))
}

/// The path that was [`escaped`], if it can be one of the destination.
pub(super) fn readable(escaped: &str) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Manifest {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("m");
        disk::replace(&file, text.as_bytes()).unwrap();
        Manifest::load(&file).unwrap_or_default()
    }

    #[test]
    fn a_manifest_cannot_name_files_outside_the_destination() {
        let sum = "0".repeat(32);
        let text = format!(
            "{HEAD}\nd ..\nd a\nf {sum} ../x\nf {sum} /etc/x\nf {sum} .git/x\nf {sum} a/b\nf 12 c\nf {sum}\nz\n"
        );
        let manifest = read(&text);
        assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["a/b"]);
        assert_eq!(manifest.dirs.iter().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_file_of_another_kind_is_no_manifest() {
        assert_eq!(read("d a\n"), Manifest::default());
        assert_eq!(Manifest::load(Path::new("nowhere")), None);
    }

    proptest! {
        #[test]
        fn any_paths_survive(paths in prop::collection::btree_map("[^/\\x00.][^/\\x00]{0,8}", any::<u128>(), 0..9)) {
            let manifest = Manifest { dirs: paths.keys().cloned().collect(), files: paths };
            prop_assert_eq!(read(&manifest.to_text()), manifest);
        }
    }
}
