//! The folders that a site's files will lie in, as they are in the destination before anything is changed there.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::manifest::Manifest;
use super::{FileError, Paths, file, path};

/// The folders of all files so far.
#[derive(Debug, Default)]
pub(super) struct Folders {
    known: BTreeMap<String, State>,
}

#[derive(Debug)]
enum State {
    There,
    /// Not there, or where a file of an earlier build will go away.
    Missing,
    Link,
    File,
    Io(io::Error),
}

impl Folders {
    /// Looks at the folders of `path` that no file before has needed.
    pub(super) fn add(&mut self, root: &Path, path: &str, manifest: &Manifest) {
        let mut new: Vec<&str> = path::folders(path)
            .take_while(|folder| !self.known.contains_key(*folder))
            .collect();
        while let Some(folder) = new.pop() {
            let state = match self.around(folder) {
                None | Some((_, State::There)) => look(root, folder, manifest),
                Some((_, State::Missing)) => State::Missing,
                // Told by the folder around it.
                Some(_) => continue,
            };
            self.known.insert(folder.to_owned(), state);
        }
    }

    /// Returns true if a folder at `path` is needed.
    pub(super) fn needs(&self, path: &str) -> bool {
        self.known.contains_key(path)
    }

    pub(super) fn needed(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// Those that have to be made.
    pub(super) fn missing(&self) -> Paths {
        let missing = self.known.iter();
        let missing = missing.filter(|(_, state)| matches!(state, State::Missing));
        missing.map(|(folder, _)| folder.clone()).collect()
    }

    /// Returns true if nothing can be at `path`, because its folder is not there.
    pub(super) fn is_fresh(&self, path: &str) -> bool {
        matches!(self.around(path), Some((_, State::Missing)))
    }

    /// Checks that the folders of the file at `path` let it be written.
    pub(super) fn check(&self, path: &str) -> Result<(), FileError> {
        let Some((folder, state)) = self.around(path) else {
            return Ok(());
        };
        let folder = folder.to_owned();
        Err(match state {
            State::There | State::Missing => return Ok(()),
            State::Link => FileError::Symlink { folder },
            State::File => FileError::NotAFolder { folder },
            // An `io::Error` cannot be cloned, and several files may lie in the folder.
            State::Io(error) => FileError::Io {
                path: folder.into(),
                error: io::Error::new(error.kind(), error.to_string()),
            },
        })
    }

    /// The innermost folder around `path` that has been looked at.
    fn around<'p>(&self, path: &'p str) -> Option<(&'p str, &State)> {
        path::folders(path).find_map(|folder| Some((folder, self.known.get(folder)?)))
    }
}

fn look(root: &Path, folder: &str, manifest: &Manifest) -> State {
    let whole = root.join(folder);
    match fs::symlink_metadata(&whole) {
        Ok(found) if found.is_dir() => State::There,
        Ok(found) if found.is_symlink() => State::Link,
        Ok(_) if goes_away(&whole, folder, manifest) => State::Missing,
        Ok(_) => State::File,
        Err(error) if error.kind() == ErrorKind::NotFound => State::Missing,
        Err(error) => State::Io(error),
    }
}

/// Returns true if a file is still as an earlier build has written it.
fn goes_away(whole: &Path, path: &str, manifest: &Manifest) -> bool {
    let known = manifest.files.get(path);
    known.is_some_and(|checksum| file::checksum(whole).is_ok_and(|found| found == *checksum))
}
