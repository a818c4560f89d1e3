//! One file: compares its content with the wanted one, and writes it when they differ.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::FileError;
use crate::disk;
use crate::render::OutputContent;
use crate::source::{Content, Origin, SourceTree};

/// Content of a file.
pub(super) enum Data<'a> {
    /// Bytes in memory.
    Bytes(&'a [u8]),
    /// These texts, one after the other.
    Pieces(&'a [Arc<String>]),
    /// The content of that file.
    File(&'a Path),
}

impl<'a> Data<'a> {
    pub(super) fn of(content: &'a OutputContent, tree: &'a SourceTree) -> Result<Self, FileError> {
        let file = match content {
            OutputContent::Bytes(bytes) => return Ok(Self::Bytes(bytes)),
            OutputContent::Pieces(pieces) => return Ok(Self::Pieces(pieces)),
            OutputContent::Copy(id) => tree.get(*id).ok_or(FileError::NoSource)?,
        };
        match (&file.origin, &file.content) {
            // Text in memory has lost what was no UTF-8.
            (Origin::Disk(path), _) => Ok(Self::File(path)),
            (_, Content::Text(text)) => Ok(Self::Bytes(text.as_bytes())),
            (_, Content::Static(bytes)) => Ok(Self::Bytes(bytes)),
            (_, Content::OnDisk) => Err(FileError::NoSource),
        }
    }
}

/// A file as it is now.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) checksum: u128,
    /// Size in bytes.
    pub(super) size: u64,
    pub(super) changed: bool,
}

/// Makes the file at `path` hold `data`. A link at `path` is replaced, not followed. A `fresh` file is not looked for
/// first.
pub(super) fn write(path: &Path, data: &Data<'_>, fresh: bool) -> Result<Written, FileError> {
    let found = if fresh {
        None
    } else {
        fs::symlink_metadata(path).ok()
    };
    if found.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(FileError::IsAFolder);
    }
    let len = found.filter(fs::Metadata::is_file).map(|found| found.len());
    match data {
        Data::Bytes(bytes) => write_bytes(path, len, bytes),
        Data::Pieces(pieces) => write_pieces(path, len, pieces),
        Data::File(source) => copy(path, len, source),
    }
}

fn write_bytes(path: &Path, len: Option<u64>, bytes: &[u8]) -> Result<Written, FileError> {
    let same = len == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|there| there == bytes);
    if !same {
        disk::replace(path, bytes).map_err(FileError::io(path))?;
    }
    Ok(Written {
        checksum: xxh3_128(bytes),
        size: bytes.len() as u64,
        changed: !same,
    })
}

fn write_pieces(path: &Path, len: Option<u64>, pieces: &[Arc<String>]) -> Result<Written, FileError> {
    let mut hash = Xxh3::new();
    let mut size = 0;
    for piece in pieces {
        hash.update(piece.as_bytes());
        size += piece.len() as u64;
    }
    // A file that cannot be compared is written again, which tells what is wrong with it.
    let same = len == Some(size) && holds(path, pieces).unwrap_or(false);
    if !same {
        disk::replace_with(path, |file| {
            let mut out = BufWriter::with_capacity(BUFFER, file);
            for piece in pieces {
                out.write_all(piece.as_bytes())?;
            }
            out.flush()
        })
        .map_err(FileError::io(path))?;
    }
    Ok(Written {
        checksum: hash.digest128(),
        size,
        changed: !same,
    })
}

/// Returns true if the file at `path` begins with these texts.
fn holds(path: &Path, pieces: &[Arc<String>]) -> io::Result<bool> {
    let mut there = BufReader::with_capacity(BUFFER, File::open(path)?);
    let mut buffer = Vec::new();
    for piece in pieces {
        buffer.resize(piece.len(), 0);
        there.read_exact(&mut buffer)?;
        if buffer != piece.as_bytes() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn copy(path: &Path, len: Option<u64>, source: &Path) -> Result<Written, FileError> {
    let open = || File::open(source).map_err(FileError::io(source));
    let mut from = open()?;
    if let Some(size) = len.filter(|len| from.metadata().is_ok_and(|found| found.len() == *len)) {
        // A file that cannot be compared is written again, which tells what is wrong with it.
        if let Ok(Some(checksum)) = equal(path, &mut from) {
            return Ok(Written {
                checksum,
                size,
                changed: false,
            });
        }
        from = open()?;
    }
    let (mut checksum, mut size) = (0, 0);
    disk::replace_with(path, |file| {
        let written = pump(&mut from, |bytes| {
            size += bytes.len() as u64;
            file.write_all(bytes).map(|()| true)
        });
        checksum = written?.unwrap_or_default();
        Ok(())
    })
    .map_err(FileError::io(path))?;
    Ok(Written {
        checksum,
        size,
        changed: true,
    })
}

/// The checksum of the file at `path`.
pub(super) fn checksum(path: &Path) -> io::Result<u128> {
    pump(&mut File::open(path)?, |_| Ok(true)).map(Option::unwrap_or_default)
}

/// The checksum of `source` if the file at `path` has equal content.
fn equal(path: &Path, source: &mut File) -> io::Result<Option<u128>> {
    let mut there = File::open(path)?;
    let mut buffer = Vec::new();
    pump(source, |bytes| {
        buffer.resize(bytes.len(), 0);
        match there.read_exact(&mut buffer) {
            Ok(()) => Ok(buffer == bytes),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    })
}

const BUFFER: usize = 64 * 1024;

/// Passes `source` piece by piece to `take` until it returns false; returns the checksum if it never did.
fn pump(source: &mut File, mut take: impl FnMut(&[u8]) -> io::Result<bool>) -> io::Result<Option<u128>> {
    let mut hash = Xxh3::new();
    let len = source.metadata()?.len();
    // One more tells that there is no more.
    let mut buffer = vec![0; usize::try_from(len).map_or(BUFFER, |len| BUFFER.min(len + 1))];
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => return Ok(Some(hash.digest128())),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&buffer[..read]);
        if !take(&buffer[..read])? {
            return Ok(None);
        }
    }
}
