//! One file: compares what is there with what should be, and writes what should be.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::FileError;
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

/// The checksum and the length of the content of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) checksum: u128,
    /// Size in bytes.
    pub(super) size: u64,
}

impl Fingerprint {
    fn of(bytes: &[u8]) -> Self {
        Self {
            checksum: xxh3_128(bytes),
            size: bytes.len() as u64,
        }
    }
}

/// The fingerprint of `data` if the file at `path`, of `len` bytes, holds it. A file that cannot be compared is as good
/// as another one: writing it tells what is wrong with it.
pub(super) fn compare(path: &Path, len: u64, data: &Data<'_>) -> Result<Option<Fingerprint>, FileError> {
    match data {
        Data::Bytes(bytes) => {
            let same = len == bytes.len() as u64 && fs::read(path).is_ok_and(|there| there == *bytes);
            Ok(same.then(|| Fingerprint::of(bytes)))
        }
        Data::Pieces(pieces) => {
            let whole = of_pieces(pieces);
            let same = len == whole.size && holds(path, pieces).unwrap_or(false);
            Ok(same.then_some(whole))
        }
        Data::File(source) => {
            let mut from = File::open(source).map_err(FileError::io(source))?;
            if from.metadata().is_ok_and(|found| found.len() != len) {
                return Ok(None);
            }
            let checksum = equal(path, &mut from).ok().flatten();
            Ok(checksum.map(|checksum| Fingerprint { checksum, size: len }))
        }
    }
}

/// Why a file was not filled.
pub(super) enum Fault {
    /// The source of its content cannot be read.
    Source(FileError),
    /// It cannot be written.
    Target(io::Error),
}

/// Writes `data` to an empty file.
pub(super) fn fill(file: &mut File, data: &Data<'_>) -> Result<Fingerprint, Fault> {
    match data {
        Data::Bytes(bytes) => file
            .write_all(bytes)
            .map(|()| Fingerprint::of(bytes))
            .map_err(Fault::Target),
        Data::Pieces(pieces) => write_pieces(file, pieces)
            .map(|()| of_pieces(pieces))
            .map_err(Fault::Target),
        Data::File(source) => copy(file, source),
    }
}

fn of_pieces(pieces: &[Arc<String>]) -> Fingerprint {
    let mut hash = Xxh3::new();
    let mut size = 0;
    for piece in pieces {
        hash.update(piece.as_bytes());
        size += piece.len() as u64;
    }
    Fingerprint {
        checksum: hash.digest128(),
        size,
    }
}

fn write_pieces(file: &mut File, pieces: &[Arc<String>]) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, file);
    for piece in pieces {
        out.write_all(piece.as_bytes())?;
    }
    out.flush()
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

fn copy(file: &mut File, source: &Path) -> Result<Fingerprint, Fault> {
    let unreadable = |error| Fault::Source(FileError::io(source)(error));
    let mut from = File::open(source).map_err(unreadable)?;
    let (mut size, mut failed) = (0, None);
    let copied = pump(&mut from, |bytes| {
        size += bytes.len() as u64;
        failed = file.write_all(bytes).err();
        Ok(failed.is_none())
    });
    match (copied, failed) {
        (_, Some(error)) => Err(Fault::Target(error)),
        (Err(error), None) => Err(unreadable(error)),
        (Ok(checksum), None) => Ok(Fingerprint {
            checksum: checksum.unwrap_or_default(),
            size,
        }),
    }
}

/// The checksum of the file at `path`.
pub(super) fn checksum(path: &Path) -> io::Result<u128> {
    pump(&mut File::open(path)?, |_| Ok(true)).map(Option::unwrap_or_default)
}

/// Returns true if the file at `path` holds nothing, or nothing but zeros: what a power cut leaves of a file that was
/// written a moment before.
pub(super) fn is_void(path: &Path) -> bool {
    let zeros = |bytes: &[u8]| Ok(bytes.iter().all(|byte| *byte == 0));
    let checked = File::open(path).and_then(|mut file| pump(&mut file, zeros));
    checked.is_ok_and(|checksum| checksum.is_some())
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
