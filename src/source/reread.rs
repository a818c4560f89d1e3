//! Reads single files again, for previews.

use std::{fs, io};

use super::load::{invalid_utf8, replaced, reserved_character};
use super::read::{Contents, read, reading};
use super::{FileId, Origin, SourceFile};
use crate::diag::Diagnostics;

/// The file `file`, called `id`, as it is on disk now, and what is wrong with it. One that never was on disk stays.
pub fn reread(id: FileId, file: &SourceFile) -> io::Result<(SourceFile, Diagnostics)> {
    let Origin::Disk(disk) = &file.origin else {
        return Ok((file.clone(), Diagnostics::new()));
    };
    let metadata = fs::metadata(disk)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no file any more"));
    }
    let reading = reading(file.component, &file.target, metadata.len());
    let Contents {
        content,
        len,
        bad_byte,
        reserved,
    } = read(disk, reading, metadata.len())?;
    let bad = bad_byte.map(|at| invalid_utf8(replaced(id, at)));
    let found = bad
        .into_iter()
        .chain(reserved.map(|at| reserved_character(replaced(id, at))));
    let file = SourceFile {
        content,
        len,
        ..file.clone()
    };
    Ok((file, found.collect()))
}
