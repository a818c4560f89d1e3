//! Reads single files again, for previews.

use std::{fs, io};

use super::load::facts;
use super::read::{Contents, Reading, read, reading};
use super::{Component, Facts, Origin, SourceFile};
use crate::diag::{Diagnostics, FileId};

/// The file `file`, called `id`, as it is on disk now, and findings about it. A file that never was on disk is
/// unchanged.
pub fn reread(id: FileId, file: &SourceFile) -> io::Result<(SourceFile, Diagnostics)> {
    let Origin::Disk(disk) = &file.origin else {
        return Ok((file.clone(), Diagnostics::new()));
    };
    let metadata = fs::metadata(disk)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no file any more"));
    }
    let copied_text = file.component == Component::Static && file.text().is_some();
    let reading = match reading(file.component, &file.target) {
        Reading::Leave if copied_text => Reading::Probe,
        reading => reading,
    };
    let Contents {
        content,
        len,
        returns,
        replacements,
    } = read(disk, reading)?;
    let file = SourceFile {
        content,
        len,
        returns,
        facts: Facts {
            changed: file.facts.changed,
            ..facts(file.component, disk)
        },
        ..file.clone()
    };
    Ok((file, replacements.findings(id)))
}
